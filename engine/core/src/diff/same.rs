//! What is plainly the same in two packs though it bears another name.
//!
//! A measure is the one that bears its name, else the one whose title has the same words, numbers
//! apart, else the one that shares with it more than half of the names of its rules and tables.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Block;
use crate::rules::{Measure, Pack};

/// A measure in the first pack and in the second.
pub(super) type Pair<'p> = (Option<&'p Measure>, Option<&'p Measure>);

/// Pairs the measures of two packs, in the order of the names that they bear last.
pub(super) fn measures<'p>(before: &'p Pack, after: &'p Pack) -> Vec<Pair<'p>> {
    let renamed = renamed(before, after);
    let mut pairs: BTreeMap<&str, Pair<'p>> = BTreeMap::new();
    for measure in &before.measures {
        let name = renamed.get(measure.id.as_str()).copied();
        pairs.entry(name.unwrap_or(&measure.id)).or_default().0 = Some(measure);
    }
    for measure in &after.measures {
        pairs.entry(&measure.id).or_default().1 = Some(measure);
    }
    pairs.into_values().collect()
}

/// Gives the name in the second pack of each measure that bears another in the first.
pub(super) fn renamed<'p>(before: &'p Pack, after: &'p Pack) -> BTreeMap<&'p str, &'p str> {
    let gone = before.measures.iter().map(AsRef::as_ref);
    let gone = gone.filter(|one: &&Measure| after.measure(&one.id).is_none());
    let new = after.measures.iter().map(AsRef::as_ref);
    let new = new.filter(|one: &&Measure| before.measure(&one.id).is_none());
    let new: Vec<&Measure> = new.collect();
    let pairs = gone.flat_map(|old| new.iter().map(move |one| (old, *one)));
    let alike = pairs.filter_map(|(old, one)| Some((likeness(old, one)?, old, one)));
    let mut alike: Vec<(Likeness, &Measure, &Measure)> = alike.collect();
    alike.sort_by(|a, b| {
        b.0.cmp(&a.0)
            .then((&a.1.id, &a.2.id).cmp(&(&b.1.id, &b.2.id)))
    });
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, old, one) in alike {
        let taken = found.values().any(|name| *name == one.id);
        if !taken && !found.contains_key(old.id.as_str()) {
            found.insert(&old.id, &one.id);
        }
    }
    found
}

/// How alike two measures are: whether their titles are, then how many names they share.
type Likeness = (bool, usize);

/// How many words two titles must have to tell anything.
const LEAST_WORDS: usize = 2;

/// How many names two measures must share to tell anything.
const LEAST_NAMES: usize = 3;

/// Tells how alike two measures are; none where they are not plainly the same.
fn likeness(old: &Measure, new: &Measure) -> Option<Likeness> {
    let titles = (title_words(old), title_words(new));
    let titled = titles.0 == titles.1 && titles.0.len() >= LEAST_WORDS;
    let (first, second) = (names(old), names(new));
    let shared = first.intersection(&second).count();
    let most = shared * 2 > first.len().max(second.len());
    let same = titled || (most && shared >= LEAST_NAMES);
    same.then_some((titled, shared))
}

/// The words of a title, those with digits left out.
fn title_words(measure: &Measure) -> BTreeSet<String> {
    let title = measure.title.it.to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !word.contains(|c: char| c.is_numeric()));
    words.map(str::to_owned).collect()
}

/// The names of the rules and tables of a measure; parameters may be those of its pack.
fn names(measure: &Measure) -> BTreeSet<(&'static str, &str)> {
    let m = measure;
    let funds = m.funds.iter().map(|one| ("fund", one.id.as_str()));
    let tables = m.tables.iter().map(|one| ("table", one.name.as_str()));
    let derives = m.derives.iter().map(|one| ("derive", one.id.as_str()));
    let totals = m.totals.iter().map(|one| ("total", one.id.as_str()));
    let checks = m.checks.iter().map(|one| ("check", one.id.as_str()));
    let decisions = m.eligibilities.iter();
    let decisions = decisions.map(|one| ("eligibility", one.id.as_str()));
    let splits = m.allocations.iter();
    let splits = splits.map(|one| ("allocation", one.id.as_str()));
    let times = m.deadlines.iter().map(|one| ("deadline", one.id.as_str()));
    let lists = m.registers.iter().map(|one| ("register", one.id.as_str()));
    let judges = m.validators.iter();
    let judges = judges.map(|one| ("validator", one.id.as_str()));
    let exports = m.exports.iter().map(|one| ("export", one.id.as_str()));
    let lives = m.lives.iter().map(|one| ("life", one.id.as_str()));
    let forms = m.documents.iter().map(|one| ("document", one.id.as_str()));
    let actions = m.actions.iter().map(|one| ("action", one.id.as_str()));
    let money = funds.chain(tables).chain(derives).chain(totals);
    let judged = checks
        .chain(decisions)
        .chain(splits)
        .chain(times)
        .chain(judges);
    let rest = lists
        .chain(exports)
        .chain(lives)
        .chain(forms)
        .chain(actions);
    money.chain(judged).chain(rest).collect()
}

/// Gives to the blocks of the first pack the names that they bear in the second, where only one
/// block of a kind bears a label on each side; says each name that was left and the block it became.
pub(super) fn align<'b>(before: &mut [Block], after: &'b [Block]) -> Vec<(String, &'b Block)> {
    let mut found = Vec::new();
    for at in 0..before.len() {
        let Some((old, new)) = under_another_name(before, at, after) else {
            continue;
        };
        let prefix = format!("{old}.");
        let (whole, parts) = before.split_at_mut(at + 1);
        if let Some(block) = whole.last_mut() {
            block.id.clone_from(&new.id);
        }
        for part in parts.iter_mut().take_while(|one| one.of.is_some()) {
            let name = |id: &str| Some(format!("{}.{}", new.id, id.strip_prefix(&prefix)?));
            let Some(id) = name(&part.id) else { continue };
            part.id = id;
            if let Some(of) = &mut part.of {
                of.id = name(&of.id).unwrap_or_else(|| new.id.clone());
            }
        }
        found.push((old, new));
    }
    found
}

/// The block at a place, by its name, and the one block of the second pack that it can have become.
fn under_another_name<'b>(
    before: &[Block],
    at: usize,
    after: &'b [Block],
) -> Option<(String, &'b Block)> {
    let old = before.get(at)?;
    let alike = |one: &&Block| {
        one.named && one.kind == old.kind && one.whole() == old.whole() && one.label == old.label
    };
    let mut new = after.iter().filter(alike);
    let (one, more) = (new.next()?, new.next());
    let only = more.is_none() && before.iter().filter(alike).count() == 1;
    let has = |side: &[Block], block: &Block| side.iter().any(|it| it.key() == block.key());
    let other = old.named && !has(after, old) && !has(before, one);
    (other && only).then(|| (old.id.clone(), one))
}
