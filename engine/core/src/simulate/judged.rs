//! What changes besides amounts: who is admitted, and what lists say of their rows.

use std::collections::BTreeMap;

use crate::diag::Text;
use crate::outcome::{DecisionOutcome, Outcome, RegisterOutcome, Verdict};

/// The rows of a decision or of a list that are not the same in two outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedChange {
    /// The measure.
    pub measure: String,
    /// The decision or the list.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// The rows that change, in their order.
    pub rows: Vec<JudgedRow>,
}

/// A row before and after; none where it was not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRow {
    /// Its key: of a list, what its first column says.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// What was said of it before.
    pub before: Option<Text>,
    /// What is said of it after.
    pub after: Option<Text>,
    /// What is decided of it before and after; none for a list.
    pub outcomes: Option<(Verdict, Verdict)>,
}

/// Gives the decisions and the lists whose rows change.
pub fn judged(before: &Outcome, after: &Outcome) -> Vec<JudgedChange> {
    let decisions = after.decisions.iter().filter_map(|later| {
        let same = |earlier: &&DecisionOutcome| {
            (&earlier.measure, &earlier.id) == (&later.measure, &later.id)
        };
        let earlier = before.decisions.iter().find(same)?;
        let rows = changed(said(earlier), said(later));
        Some(JudgedChange {
            measure: later.measure.clone(),
            id: later.id.clone(),
            label: later.label.clone(),
            rows,
        })
    });
    let lists = after.registers.iter().filter_map(|later| {
        let same = |earlier: &&RegisterOutcome| {
            (&earlier.measure, &earlier.id) == (&later.measure, &later.id)
        };
        let earlier = before.registers.iter().find(same)?;
        let rows = changed(listed(earlier), listed(later));
        Some(JudgedChange {
            measure: later.measure.clone(),
            id: later.id.clone(),
            label: later.label.clone(),
            rows,
        })
    });
    let changes = decisions.chain(lists);
    changes.filter(|change| !change.rows.is_empty()).collect()
}

/// A row by key: what a reader calls it, and what is said of it.
type Said = Vec<(String, String, Text, Option<Verdict>)>;

fn said(decision: &DecisionOutcome) -> Said {
    let rows = decision.rows.iter();
    rows.map(|row| {
        let verdict = row.verdict;
        (
            row.key.clone(),
            row.name.clone(),
            decision.words.of(verdict),
            Some(verdict),
        )
    })
    .collect()
}

fn listed(register: &RegisterOutcome) -> Said {
    let rows = register.rows.iter().map(|row| {
        let texts = row
            .iter()
            .map(|cell| cell.clone().unwrap_or_else(|| Text::same("?")));
        let texts: Vec<Text> = texts.collect();
        let join = |side: fn(&Text) -> &str| texts.iter().map(side).collect::<Vec<_>>().join(" · ");
        let key = texts
            .first()
            .map(|first| first.it.clone())
            .unwrap_or_default();
        let said = Text {
            it: join(|text| &text.it),
            en: join(|text| &text.en),
        };
        (key.clone(), key, said, None)
    });
    rows.collect()
}

fn changed(before: Said, after: Said) -> Vec<JudgedRow> {
    let mut earlier: BTreeMap<String, (Text, Option<Verdict>)> = before
        .iter()
        .map(|(key, _, said, verdict)| (key.clone(), (said.clone(), *verdict)))
        .collect();
    let mut rows = Vec::new();
    for (key, name, said, verdict) in after {
        let before = earlier.remove(&key);
        if before.as_ref().map(|(said, _)| said) != Some(&said) {
            let (before, earlier) = before.unzip();
            rows.push(JudgedRow {
                key,
                name,
                before,
                after: Some(said),
                outcomes: earlier.flatten().zip(verdict),
            });
        }
    }
    let gone = before.into_iter();
    let gone = gone.filter(|(key, ..)| earlier.contains_key(key));
    rows.extend(gone.map(|(key, name, said, _)| JudgedRow {
        key,
        name,
        before: Some(said),
        after: None,
        outcomes: None,
    }));
    rows
}

/// Who comes to be admitted, who ceases to be, and of how many rows that can be said: what a
/// simulation counts where no money moves.
pub fn admitted_otherwise(after: &Outcome, changes: &[JudgedChange]) -> (usize, usize, usize) {
    let outcomes = || {
        let rows = changes.iter().flat_map(|change| &change.rows);
        rows.filter_map(|row| row.outcomes)
    };
    let eligible = |verdict: Verdict| verdict == Verdict::Eligible;
    let winners = outcomes().filter(|(before, after)| !eligible(*before) && eligible(*after));
    let losers = outcomes().filter(|(before, after)| eligible(*before) && !eligible(*after));
    let all = after.decisions.iter().map(|decision| decision.rows.len());
    (winners.count(), losers.count(), all.sum())
}
