//! Which rules are new, gone or not the same between two packs.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Kind, Value};
use super::names::Names;
use super::{describe, kinds, parts, same, sentence, splits};
use crate::diag::Text;
use crate::rules::{Measure, Pack};

/// A rule that two packs do not have alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The measure; none for a parameter that several measures share.
    pub measure: Option<String>,
    /// What kind of block it is: `param`, `allocation`, `condition`.
    pub block: &'static str,
    /// Its name; a part bears that of its block first: `ambito.comuni`.
    pub id: String,
    /// What became of it.
    pub change: Change,
    /// What of it: `value`, `method`; `block` for all of it, `act` for its source alone.
    pub what: &'static str,
    /// What it was, as programs read it.
    pub before: Option<String>,
    /// What it is, as programs read it.
    pub after: Option<String>,
    /// The act that said it.
    pub act_before: Option<String>,
    /// The act that says it.
    pub act_after: Option<String>,
    /// Whether it only reads otherwise: a label, a note.
    pub wording: bool,
    /// All of that as a sentence.
    pub text: Text,
    /// How it is told with others that change alike; none where it is told alone.
    pub together: Option<Together>,
    /// What it sets, where it is new or gone and its sentence does not say it.
    pub parts: Vec<RulePart>,
}

/// How a change is told with others alike: what they have in common once, then each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// What they have in common.
    pub head: Text,
    /// This one.
    pub item: Text,
}

/// A part of a rule that is new or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePart {
    /// What it is, as a sentence.
    pub text: Text,
    /// What it is made of itself.
    pub parts: Vec<RulePart>,
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the second pack has it.
    Added,
    /// Only the first pack has it.
    Removed,
    /// Both have it, not alike.
    Changed,
}

impl Change {
    /// Gives the word that programs use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// How the second pack comes from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Descent {
    /// It is the first after an edit, or made from it: what it lacks, it says has ended.
    Heir,
    /// It was written apart: it may lack what is still in force.
    Apart,
}

impl Descent {
    fn of(before: &Pack, after: &Pack) -> Self {
        let region = |pack: &Pack| pack.id.split('/').next().map(str::to_owned);
        // Of the packs of the State a Region takes the values over, and no measure.
        match region(before) == region(after) && after.lineage.contains(&before.id) {
            true => Self::Heir,
            false => Self::Apart,
        }
    }
}

/// Gives the rules that two packs do not have alike: those that several measures share, then measure
/// by measure in the order of their names, then those that only read otherwise, in the same order.
/// A measure that only its file or title sets apart is compared with what it was.
pub fn rule_changes(before: &Pack, after: &Pack) -> Vec<RuleChange> {
    let descent = Descent::of(before, after);
    let found = same::measures(before, after).into_iter().flat_map(|pair| {
        let name = pair.1.or(pair.0).map(|measure| measure.id.clone());
        let mut changes = match pair {
            (Some(old), Some(new)) => of_both(descent, blocks(before, old), &blocks(after, new)),
            (Some(old), None) => whole(descent, &own_blocks(before, old), removed),
            (None, Some(new)) => whole(descent, &own_blocks(after, new), added),
            (None, None) => Vec::new(),
        };
        for change in &mut changes {
            change.measure.clone_from(&name);
        }
        changes
    });
    let mut changes = shared_first(found.collect());
    changes.sort_by_key(|change| change.wording);
    changes
}

fn blocks(pack: &Pack, measure: &Measure) -> Vec<Block> {
    let law = pack.law.as_ref();
    describe::blocks(&Names { measure, law })
}

/// The blocks of a measure that comes or goes as a whole: the parameters that others of its pack
/// have alike neither come nor go with it.
fn own_blocks(pack: &Pack, measure: &Measure) -> Vec<Block> {
    let others = pack.measures.iter().filter(|other| other.id != measure.id);
    let others: Vec<Block> = others
        .flat_map(|other| other.params.values().map(splits::param))
        .collect();
    let alike = |block: &Block, other: &Block| {
        (block.key(), &block.label, &block.values) == (other.key(), &other.label, &other.values)
    };
    let mut blocks = blocks(pack, measure);
    blocks.retain(|block| !others.iter().any(|other| alike(block, other)));
    blocks
}

/// A measure that comes or goes: its own block says the others.
fn whole(
    descent: Descent,
    blocks: &[Block],
    told: fn(Descent, &Block, &[Block]) -> RuleChange,
) -> Vec<RuleChange> {
    blocks
        .first()
        .map(|block| told(descent, block, blocks))
        .into_iter()
        .collect()
}

/// What differs in a measure that both packs have, perhaps under another name.
fn of_both(descent: Descent, mut old: Vec<Block>, new: &[Block]) -> Vec<RuleChange> {
    let mut found = Vec::new();
    if let (Some(was), Some(is)) = (old.first_mut(), new.first())
        && was.id != is.id
    {
        found.push(RuleChange {
            before: Some(was.id.clone()),
            after: Some(is.id.clone()),
            act_before: was.act.clone(),
            act_after: is.act.clone(),
            ..change(is, Change::Changed, "id", sentence::refiled(was, is))
        });
        was.id.clone_from(&is.id);
        was.label.clone_from(&is.label);
    }
    let called = same::align(&mut old, new);
    let called = called.into_iter().map(|(before, block)| RuleChange {
        after: Some(block.id.clone()),
        wording: true,
        text: sentence::called(block, &before),
        before: Some(before),
        ..change(block, Change::Changed, "id", Text::same(""))
    });
    let called: Vec<RuleChange> = called.collect();
    found.extend(changes(descent, &old, new));
    found.extend(called);
    found
}

/// A parameter of the pack is read by each of its measures: what several tell alike is told once.
fn shared_first(mut changes: Vec<RuleChange>) -> Vec<RuleChange> {
    let alone = |change: &RuleChange| RuleChange {
        measure: None,
        ..change.clone()
    };
    let mut shared: Vec<RuleChange> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let one = alone(change);
        let mut later = changes.iter().skip(at + 1);
        let is_param = change.block == kinds::PARAM.key;
        if is_param && !shared.contains(&one) && later.any(|other| alone(other) == one) {
            shared.push(one);
        }
    }
    changes.retain(|change| !shared.contains(&alone(change)));
    [shared, changes].concat()
}

fn changes(descent: Descent, before: &[Block], after: &[Block]) -> Vec<RuleChange> {
    let mut found = Vec::new();
    let mut told: BTreeSet<(Kind, &str)> = BTreeSet::new();
    let mut sources = BTreeMap::new();
    for pair in pairs(before, after) {
        match pair {
            (Some(old), Some(new)) => {
                let source = (old.source(), new.source());
                sources.insert(new.key(), source);
                // What cites the acts of its whole changes them with it.
                let whole = new.whole().and_then(|whole| sources.get(&whole));
                let mut differ = both(old, new);
                differ.retain(|change| change.what != "act" || whole != Some(&source));
                found.extend(differ);
            }
            (Some(one), None) | (None, Some(one)) => {
                told.insert(one.key());
                let part_of_told = one.whole().is_some_and(|whole| told.contains(&whole));
                // A window is of its own year: that it comes or goes is told by its dates.
                let dated = [kinds::WINDOW, kinds::PROSE].contains(&one.kind);
                if !part_of_told && !dated {
                    found.push(if pair.0.is_some() {
                        removed(descent, one, before)
                    } else {
                        added(descent, one, after)
                    });
                }
            }
            (None, None) => {}
        }
    }
    found
}

/// Tells whether two blocks are one and the same, before and after.
type Alike<'a> = &'a dyn Fn(&Block, &Block) -> bool;

/// Pairs blocks by name; those without one by what they set, then by their label, then in order.
fn pairs<'b>(
    before: &'b [Block],
    after: &'b [Block],
) -> Vec<(Option<&'b Block>, Option<&'b Block>)> {
    let same_list =
        |a: &Block, b: &Block| !a.named && !b.named && a.kind == b.kind && a.whole() == b.whole();
    let alike: [Alike<'_>; 4] = [
        &|a, b| a.named && b.named && a.key() == b.key(),
        &|a, b| same_list(a, b) && a.values == b.values,
        &|a, b| same_list(a, b) && a.label == b.label,
        &same_list,
    ];
    let mut left: Vec<&Block> = before.iter().collect();
    let mut paired: Vec<(Option<&Block>, &Block)> = after.iter().map(|new| (None, new)).collect();
    for alike in alike {
        for (old, new) in paired.iter_mut().filter(|(old, _)| old.is_none()) {
            if let Some(at) = left.iter().position(|one| alike(one, new)) {
                *old = Some(left.remove(at));
            }
        }
    }
    let paired = paired.into_iter().map(|(old, new)| (old, Some(new)));
    let gone = left.into_iter().map(|old| (Some(old), None));
    paired.chain(gone).collect()
}

fn added(descent: Descent, block: &Block, blocks: &[Block]) -> RuleChange {
    let parts = parts::inside(block, blocks);
    let text = sentence::added(descent, block, !parts.is_empty());
    RuleChange {
        after: block.values.first().map(|value| value.plain.clone()),
        act_after: block.act.clone(),
        parts,
        ..change(block, Change::Added, "block", text)
    }
}

fn removed(descent: Descent, block: &Block, blocks: &[Block]) -> RuleChange {
    let parts = parts::inside(block, blocks);
    let text = sentence::removed(descent, block, !parts.is_empty());
    RuleChange {
        before: block.values.first().map(|value| value.plain.clone()),
        act_before: block.act.clone(),
        parts,
        ..change(block, Change::Removed, "block", text)
    }
}

/// What differs in a block that both packs have: its values, else its source; then its words.
fn both(old: &Block, new: &Block) -> Vec<RuleChange> {
    let differ = |what: &'static str, before: Option<&Value>, after: Option<&Value>, text: Text| {
        RuleChange {
            before: before.map(|value| value.plain.clone()),
            after: after.map(|value| value.plain.clone()),
            act_before: old.act.clone(),
            act_after: new.act.clone(),
            ..change(new, Change::Changed, what, text)
        }
    };
    let mut found = Vec::new();
    for value in &new.values {
        match old.value(value.what) {
            None => {
                let text = sentence::gains(new, value);
                found.push(differ(value.what, None, Some(value), text));
            }
            Some(was) if was.plain != value.plain => {
                let text = sentence::changes(old, new, was, value);
                found.push(differ(value.what, Some(was), Some(value), text));
            }
            Some(_) => {}
        }
    }
    for was in &old.values {
        if new.value(was.what).is_none() {
            let text = sentence::loses(old, new, was);
            found.push(differ(was.what, Some(was), None, text));
        }
    }
    if found.is_empty() && old.source() != new.source() {
        let alone = new.kind == kinds::MEASURE;
        found.push(RuleChange {
            before: old.act.clone(),
            after: new.act.clone(),
            together: (!alone).then(|| sentence::same_source(old, new)),
            ..differ("act", None, None, sentence::source(old, new))
        });
    }
    found.extend(words(old, new));
    found
}

/// What only reads otherwise.
fn words(old: &Block, new: &Block) -> Vec<RuleChange> {
    let mut found = Vec::new();
    if old.label != new.label {
        let before = Some(old.label.it.clone());
        let after = Some(new.label.it.clone());
        let text = sentence::renamed(old, new);
        found.push(("label", before, after, text));
    }
    if old.note != new.note {
        let text = sentence::noted(new);
        found.push(("note", old.note.clone(), new.note.clone(), text));
    }
    let told = found
        .into_iter()
        .map(|(what, before, after, text)| RuleChange {
            before,
            after,
            wording: true,
            ..change(new, Change::Changed, what, text)
        });
    told.collect()
}

/// A change with nothing said of before or after.
fn change(block: &Block, change: Change, what: &'static str, text: Text) -> RuleChange {
    RuleChange {
        measure: None,
        block: block.kind.key,
        id: block.id.clone(),
        change,
        what,
        before: None,
        after: None,
        act_before: None,
        act_after: None,
        wording: false,
        text,
        together: None,
        parts: Vec::new(),
    }
}
