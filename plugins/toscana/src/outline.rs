//! Where the points of a programme begin: their titles, told from tables of contents and mentions.

use std::collections::{BTreeMap, BTreeSet};

use riparto_plugin::{Fault, Place, fault};

use crate::form::{self, Followed, POINTS, follow};
use crate::text::Line;

/// The title of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// The number of the point in the form.
    pub point: usize,
    /// Where it ends.
    pub end: Followed,
}

/// The titles of a programme.
#[derive(Debug, Default)]
pub struct Outline {
    /// Each title, by the place of its first line.
    pub titles: BTreeMap<usize, Title>,
    /// The places of the lines of a table of contents.
    pub entries: BTreeSet<usize>,
}

/// Letters by which the title of a point is known, where its number is there too.
const SURE_WITH_NUMBER: usize = 12;
/// Letters beyond those that two titles have in common by which one is known.
const SURE_BEYOND: usize = 5;
/// Lines of text under the items of a table of contents, such as the number of its page.
const STRAY_LINES: usize = 2;
/// Lines from an entry of a table of contents to the next.
const ENTRY_LINES: usize = 4;

/// What may be a title, with what stands below it before the next.
struct Candidate {
    at: usize,
    title: Title,
    /// Whether it has no number but its own.
    own_number: bool,
    /// The first item below.
    first: Option<usize>,
    /// The lines of text below, headings and blank ones left out.
    text: usize,
}

impl Candidate {
    /// Whether the first item below is «situazione attuale».
    fn opens(&self) -> bool {
        self.first == Some(0)
    }
}

/// Finds the titles of the points.
///
/// # Shape
/// A title has «situazione attuale» as the first item below it, or none of that point has it: it is
/// then a title in its place among the others. Of two with items the one without text is an entry
/// of a table of contents.
///
/// # Errors
/// A point stands twice; or «situazione attuale» stands where no title was found.
pub fn outline(lines: &[Line]) -> Result<Outline, Box<Fault>> {
    let candidates = candidates(lines);
    let mut kept = opening(lines, &candidates)?;
    // Backwards: whether an entry stands alone depends on the next title.
    for (index, candidate) in candidates.iter().enumerate().rev() {
        let point = candidate.title.point;
        let of = |index: &usize| candidates.get(*index).map(|c| c.title.point);
        let before = kept.range(..index).next_back().and_then(of);
        let after = kept.range(index..).next().and_then(of);
        let known = kept.iter().filter_map(of).any(|known| known == point);
        let in_place = candidate.own_number
            && before.is_none_or(|before| before < point)
            && after.is_none_or(|after| point < after)
            && (kept.contains(&(index + 1)) || !is_entry(&candidates, index));
        if !known && in_place {
            kept.insert(index);
        }
    }
    let mut outline = Outline::default();
    for (index, candidate) in candidates.iter().enumerate() {
        if kept.contains(&index) {
            outline.titles.insert(candidate.at, candidate.title);
        } else if candidate.opens() || is_entry(&candidates, index) {
            outline.entries.insert(candidate.at);
        }
    }
    match orphan(lines, &outline) {
        Some(at) => Err(unknown(lines, &outline, at)),
        None => Ok(outline),
    }
}

fn candidates(lines: &[Line]) -> Vec<Candidate> {
    let mut found: Vec<(usize, Title, bool)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let title = title(lines, at);
        if let Some((title, own_number)) = title {
            found.push((at, title, own_number));
        }
        at = title.map_or(at, |(title, _)| title.end.line) + 1;
    }
    let ends = found
        .iter()
        .skip(1)
        .map(|(at, ..)| *at)
        .chain([lines.len()]);
    let below = found
        .iter()
        .zip(ends)
        .map(|((at, title, own_number), end)| {
            let (mut first, mut text, mut line) = (None, 0, title.end.line + 1);
            while line < end {
                let item = form::item(lines, line, &[]);
                let blank = lines.get(line).is_none_or(|l| l.text.trim().is_empty());
                text += usize::from(item.is_none() && !blank);
                first = first.or(item.map(|(item, _, _)| item));
                line = item.map_or(line, |(_, _, heading)| heading.line) + 1;
            }
            Candidate {
                at: *at,
                title: *title,
                own_number: *own_number,
                first,
                text,
            }
        });
    below.collect()
}

/// Reads a title: known by words that no other title has, or by its number with words of its own.
/// Says whether it has no number but its own.
fn title(lines: &[Line], at: usize) -> Option<(Title, bool)> {
    let text = &lines.get(at)?.text;
    let numbered = form::numbered(text);
    let byte = numbered.map_or(0, |(_, byte)| byte);
    let number = numbered.map(|(number, _)| number);
    let first = form::letters(text.get(byte..)?).next()?;
    let alike = POINTS
        .iter()
        .zip(1..)
        .filter(|(title, _)| title.starts_with(first));
    let found: Vec<_> = alike
        .map(|(title, point)| (point, title, follow(lines, at, byte, title)))
        .filter(|(_, _, found)| found.letters >= SURE_WITH_NUMBER)
        .collect();
    let distinct = found.iter().filter(|(point, title, found)| {
        found.letters
            >= (shared(*point) + SURE_BEYOND)
                .max(SURE_WITH_NUMBER)
                .min(count(title))
    });
    let best = distinct.max_by_key(|(_, _, found)| found.letters);
    let best = best.or_else(|| found.iter().find(|(point, _, _)| Some(*point) == number));
    let (point, _, end) = best?;
    let title = Title {
        point: *point,
        end: *end,
    };
    let own_number = number.is_none_or(|number| number == *point);
    (number.is_some() || stands_alone(lines, at, *end)).then_some((title, own_number))
}

/// Tells whether lines say nothing but words of the form.
fn stands_alone(lines: &[Line], at: usize, end: Followed) -> bool {
    let said = lines.get(at..=end.line).unwrap_or_default();
    said.iter().map(|line| count(&line.text)).sum::<usize>() == end.letters
}

/// Gives how many letters the title of a point has in common with another, from the first on.
fn shared(point: usize) -> usize {
    let Some(title) = POINTS.get(point - 1) else {
        return 0;
    };
    let others = POINTS.iter().filter(|other| *other != title);
    let common = others.map(|other| {
        let pairs = form::letters(title).zip(form::letters(other));
        pairs.take_while(|(a, b)| a == b).count()
    });
    common.max().unwrap_or(0)
}

fn count(text: &str) -> usize {
    form::letters(text).count()
}

/// Chooses, of the titles with items below, the one of each point.
fn opening(lines: &[Line], candidates: &[Candidate]) -> Result<BTreeSet<usize>, Box<Fault>> {
    let mut of_point: BTreeMap<usize, (usize, &Candidate)> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.opens()) {
        let known = of_point.insert(candidate.title.point, (index, candidate));
        match known.filter(|(_, known)| known.text > STRAY_LINES) {
            Some((_, known)) if candidate.text > STRAY_LINES => {
                return Err(twice(lines, known, candidate));
            }
            Some(known) => {
                of_point.insert(candidate.title.point, known);
            }
            None => {}
        }
    }
    Ok(of_point.into_values().map(|(index, _)| index).collect())
}

/// Tells whether the next title comes at once, as in a table of contents.
fn is_entry(candidates: &[Candidate], index: usize) -> bool {
    let next = |index: usize| {
        let (here, next) = (candidates.get(index)?, candidates.get(index + 1)?);
        let follows = here.title.point < next.title.point;
        let near = next.at - here.title.end.line <= ENTRY_LINES;
        Some(here.first.is_none() && follows && near)
    };
    let last = || {
        let ends = candidates.get(index)?.first.is_none();
        Some(ends && next(index.checked_sub(1)?)?)
    };
    next(index).or_else(last).unwrap_or_default()
}

/// Finds the «situazione attuale» of a point whose title was not found.
fn orphan(lines: &[Line], outline: &Outline) -> Option<usize> {
    let (mut open, mut passed, mut at) = (false, false, 0);
    while at < lines.len() {
        if outline.titles.contains_key(&at) {
            (open, passed) = (true, false);
        }
        passed |= outline.entries.contains(&at);
        let item = form::item(lines, at, &[]);
        let first = matches!(item, Some((0, _, _)));
        match (first && !passed, open) {
            (true, true) => open = false,
            (true, false) => return Some(at),
            _ => {}
        }
        at = item.map_or(at, |(_, _, heading)| heading.line) + 1;
    }
    None
}

fn number_of(lines: &[Line], at: usize) -> u32 {
    lines.get(at).map_or(0, |line| line.number)
}

fn twice(lines: &[Line], first: &Candidate, second: &Candidate) -> Box<Fault> {
    let point = first.title.point;
    let (first, line) = (number_of(lines, first.at), number_of(lines, second.at));
    let mut fault = fault(
        "repeated-point",
        &format!("il punto {point} c'è due volte: anche alla riga {first}"),
        &format!("point {point} stands twice: at line {first} too"),
    );
    fault.place = Some(Place {
        line,
        ..Place::default()
    });
    fault.help = "tenere un programma solo in un file".to_owned();
    fault.help_en = "keep only one programme in a file".to_owned();
    fault
}

fn unknown(lines: &[Line], outline: &Outline, at: usize) -> Box<Fault> {
    let found = |point: &usize| outline.titles.values().any(|title| title.point == *point);
    let missing = (1..=POINTS.len()).filter(|point| !found(point));
    let missing: Vec<String> = missing.map(|point| point.to_string()).collect();
    let missing = missing.join(", ");
    let after = outline.titles.range(..at).next_back();
    let after = after.map(|(_, title)| title.point);
    let (it, en) = match after {
        Some(point) => (
            format!("dopo il punto {point} comincia un punto il cui titolo non si riconosce"),
            format!("after point {point} a point begins whose title is not known"),
        ),
        None => (
            "prima di ogni altro comincia un punto il cui titolo non si riconosce".to_owned(),
            "before any other a point begins whose title is not known".to_owned(),
        ),
    };
    let mut fault = fault("unknown-point", &it, &en);
    fault.place = Some(Place {
        line: number_of(lines, at),
        ..Place::default()
    });
    fault.help = format!(
        "sopra questa «situazione attuale» scrivere il titolo del modulo; non si sono trovati: {missing}"
    );
    fault.help_en = format!(
        "write the title of the form above this «situazione attuale»; those not found are: {missing}"
    );
    fault
}

#[cfg(test)]
mod tests;
