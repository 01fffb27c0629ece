//! Who changes at a point of a simulation: tables with a title to each column.

use riparto_core::diag::Text;
use riparto_core::num::Ratio;
use riparto_core::rules::{Pack, quantity};
use riparto_core::say;
use riparto_core::simulate::{Change, Decided, Given, Group, JudgedChange, Point, SubjectChange};

use super::super::style::Page;
use super::super::table::table;
use super::{euro, named, values};

/// The subjects that decisions concern and the lists whose rows change at a point.
pub fn of(pack: &Pack, point: &Point, page: Page, terminal: bool) -> Vec<String> {
    let Ok(comparison) = &point.result else {
        return Vec::new();
    };
    let at = values(pack, point, page);
    let groups = comparison.groups.iter();
    let groups = groups.filter_map(|group| decided(&at, group, page, terminal));
    let lists = comparison.judged.iter();
    let lists = lists.filter(|change| !change.columns.is_empty());
    let lists = lists.map(|change| listed(&at, change, page, terminal));
    groups.chain(lists).collect()
}

/// Everybody who shares in funds at the last point that ran, by gain; what is not known comes last.
pub fn at_the_last_point(pack: &Pack, grid: &[Point], page: Page, terminal: bool) -> Vec<String> {
    let mut ran = grid.iter().rev();
    let last = ran.find_map(|point| Some((point, point.result.as_ref().ok()?)));
    let Some((point, comparison)) = last else {
        return Vec::new();
    };
    let splits: Vec<&Group> = comparison.groups.iter().filter(|one| one.splits).collect();
    let blocks = splits.iter().filter(|group| !group.subjects.is_empty());
    let blocks = blocks.map(|group| {
        let at = values(pack, point, page);
        let title = match splits.len() {
            1 => say!("Con {at}", "With {at}"),
            _ => {
                say!("Con {at}: {group}", "With {at}: {group}"; group = called(group))
            }
        };
        let title = page.dress.heading(title.get(page.lang));
        format!("{title}\n{}", shares(group, page, terminal))
    });
    blocks.collect()
}

fn shares(group: &Group, page: Page, terminal: bool) -> String {
    let header = [
        say!("codice", "code"),
        say!("nome", "name"),
        say!("prima", "before"),
        say!("dopo", "after"),
        say!("differenza", "change"),
    ];
    let header: Vec<&str> = header.iter().map(|title| title.get(page.lang)).collect();
    let mut rows: Vec<&SubjectChange> = group.subjects.iter().collect();
    rows.sort_by_cached_key(|row| std::cmp::Reverse(row.euro_change()));
    let rows = rows.into_iter().map(|row| {
        let side = |of: fn(&Change) -> &Option<Ratio>| {
            let amount = row.euro.as_ref().and_then(|change| of(change).as_ref());
            euro(amount, page)
        };
        vec![
            row.key.clone(),
            named(row),
            side(|change| &change.before),
            side(|change| &change.after),
            euro(row.euro_change().as_ref(), page),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    table(terminal, &header, &[2, 3, 4], &rows)
}

/// The subjects of a table of whom something else is decided, or who are given something else.
fn decided(at: &str, group: &Group, page: Page, terminal: bool) -> Option<String> {
    let changed = group
        .subjects
        .iter()
        .filter(|one| one.is_decided_otherwise());
    let changed: Vec<&SubjectChange> = changed.collect();
    if changed.is_empty() {
        return None;
    }
    // Only what changes for somebody has a column.
    let given = group.benefits.iter().enumerate().filter(|(at, _)| {
        let mut changes = changed.iter().filter_map(|one| one.received.get(*at));
        changes.any(Change::moves)
    });
    let given: Vec<(usize, &Given)> = given.collect();
    let decisions = group.decisions.iter().enumerate().filter(|(at, _)| {
        let mut verdicts = changed.iter().filter_map(|one| one.verdicts.get(*at));
        verdicts.any(|(before, after)| before != after)
    });
    let decisions: Vec<(usize, &Decided)> = decisions.collect();
    let mut header = vec![say!("codice", "code"), say!("nome", "name")];
    let mut numbers = Vec::new();
    for (_, given) in &given {
        numbers.extend([header.len(), header.len().saturating_add(1)]);
        header.extend([given.label.clone(), say!("differenza", "change")]);
    }
    header.extend(decisions.iter().map(|(_, decision)| decision.label.clone()));
    let header: Vec<&str> = header.iter().map(|title| title.get(page.lang)).collect();
    let rows = changed.into_iter().map(|subject| {
        let mut cells = vec![subject.key.clone(), named(subject)];
        for (at, given) in &given {
            cells.extend(received(given, subject.received.get(*at), page));
        }
        cells.extend(decisions.iter().filter_map(|(at, decision)| {
            let (before, after) = subject.verdicts.get(*at)?;
            let (before, after) = (decision.words.of(*before), decision.words.of(*after));
            Some(arrow(&before, &after, page))
        }));
        cells
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let title = format!("{at}: {}", called(group).get(page.lang));
    let title = page.dress.heading(&title);
    let table = table(terminal, &header, &numbers, &rows);
    Some(format!("{title}\n{table}"))
}

/// What a subject is given before and after, then the difference.
fn received(given: &Given, change: Option<&Change>, page: Page) -> [String; 2] {
    let unknown = || Text::same("?");
    let said = |number: &Ratio| quantity(number, &given.unit);
    let side = |number: Option<&Ratio>| number.map_or_else(unknown, said);
    let before = side(change.and_then(|change| change.before.as_ref()));
    let after = side(change.and_then(|change| change.after.as_ref()));
    let by = change.and_then(Change::difference);
    let by = side(by.as_ref());
    [arrow(&before, &after, page), by.get(page.lang).to_owned()]
}

/// The rows of a list that enter it, leave it, or say something else.
fn listed(at: &str, change: &JudgedChange, page: Page, terminal: bool) -> String {
    let mut header = vec![say!("riga", "row")];
    header.extend(change.columns.iter().cloned());
    let header: Vec<&str> = header.iter().map(|title| title.get(page.lang)).collect();
    let rows = change.rows.iter().map(|row| {
        let (before, after) = &row.cells;
        let (word, cells) = match (before.is_empty(), after.is_empty()) {
            (true, _) => (say!("entra", "enters"), plain(after, page)),
            (_, true) => (say!("esce", "leaves"), plain(before, page)),
            _ => {
                let cells = before.iter().zip(after);
                let cells = cells.map(|(before, after)| arrow(before, after, page));
                (say!("cambia", "changes"), cells.collect())
            }
        };
        [vec![word.get(page.lang).to_owned()], cells].concat()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let title = format!("{at}: {}", change.label.get(page.lang));
    let title = page.dress.heading(&title);
    format!("{title}\n{}", table(terminal, &header, &[], &rows))
}

fn plain(cells: &[Text], page: Page) -> Vec<String> {
    let cells = cells.iter().map(|cell| cell.get(page.lang).to_owned());
    cells.collect()
}

fn arrow(before: &Text, after: &Text, page: Page) -> String {
    let (before, after) = (before.get(page.lang), after.get(page.lang));
    match before == after {
        true => after.to_owned(),
        false => format!("{before} → {after}"),
    }
}

fn called(group: &Group) -> Text {
    say!(
        "{measure}, {table}", "{measure}, {table}";
        measure = group.title.clone(), table = group.label.clone()
    )
}
