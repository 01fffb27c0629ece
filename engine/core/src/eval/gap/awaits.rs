//! What a value waits for, each thing once, of many the first by name and the others by number.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Place, Text};
use crate::say;
use crate::words;

/// How many are named in one text before the rest are only counted.
const NAMED: usize = 12;
/// How many are kept by name: a column of nothing but such values stays small.
const KEPT: usize = 100;

/// One thing that is awaited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Awaited {
    /// A datum.
    Datum {
        /// What is missing, and where.
        what: Text,
        /// The empty cell.
        place: Option<Place>,
    },
    /// The amount of a fund.
    Fund(String),
    /// The value of a parameter.
    Param(String),
}

impl Awaited {
    /// Tells whether it is a datum.
    pub fn is_datum(&self) -> bool {
        matches!(self, Self::Datum { .. })
    }

    /// Gives the empty cell, where it is a datum of one.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Datum { place, .. } => place.as_ref(),
            Self::Fund(_) | Self::Param(_) => None,
        }
    }

    /// Says what it is.
    pub fn text(&self) -> Text {
        match self {
            Self::Datum { what, .. } => what.clone(),
            Self::Fund(fund) => say!(
                "l'importo del fondo `{fund}` non è noto",
                "the amount of the fund `{fund}` is not known"
            ),
            Self::Param(param) => say!(
                "il valore del parametro `{param}` non è noto",
                "the value of the parameter `{param}` is not known"
            ),
        }
    }
}

/// All that a value waits for, in the order in which it was met; one thing at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaits {
    items: Vec<Awaited>,
    /// How many more there are, at least.
    rest: usize,
}

impl From<Awaited> for Awaits {
    fn from(awaited: Awaited) -> Self {
        Self {
            items: vec![awaited],
            rest: 0,
        }
    }
}

impl Awaits {
    /// Brings several to one, each thing once; none for none.
    pub fn together(mut all: Vec<Arc<Self>>) -> Option<Arc<Self>> {
        all.dedup_by(|one, other| Arc::ptr_eq(one, other));
        if all.len() < 2 {
            return all.pop();
        }
        if all.iter().map(|one| one.items.len()).sum::<usize>() > NAMED {
            // One cell beside a whole column would never be named after it.
            all.sort_by_key(|one| one.items.len());
        }
        let mut seen = BTreeSet::new();
        let items = all.iter().flat_map(|one| &one.items);
        let items: Vec<&Awaited> = items.filter(|item| seen.insert(*item)).collect();
        let beyond = all.iter().map(|one| one.rest).max().unwrap_or_default();
        Some(Arc::new(Self {
            rest: items.len().saturating_sub(KEPT) + beyond,
            items: items.into_iter().take(KEPT).cloned().collect(),
        }))
    }

    /// Gives what is known by name.
    pub fn items(&self) -> &[Awaited] {
        &self.items
    }

    /// Gives how many more there are than those known by name.
    pub fn rest(&self) -> usize {
        self.rest
    }

    /// Says each; of many the first, then how many others.
    pub fn texts(&self) -> Vec<Text> {
        let (mut named, rest) = self.named();
        if rest > 0 {
            named.push(say!("altri {rest}", "{rest} more"));
        }
        named
    }

    /// Says them all in one text; of many the first, and how many others.
    pub fn text(&self) -> Text {
        let (named, rest) = self.named();
        let named = words::listed(&named);
        match rest {
            0 => named,
            _ => say!("{named} e altri {rest}", "{named} and {rest} more"; named = named),
        }
    }

    /// The same datum may be missed twice in the same words, so texts are told once.
    fn named(&self) -> (Vec<Text>, usize) {
        let mut texts: Vec<Text> = Vec::new();
        for text in self.items.iter().map(Awaited::text) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let more = texts.len().saturating_sub(NAMED);
        texts.truncate(NAMED);
        (texts, more + self.rest)
    }
}
