//! What changes besides amounts: who is admitted, and what lists say of their rows.

use std::collections::BTreeMap;

use crate::diag::Text;
use crate::outcome::{DecisionOutcome, Outcome, RegisterOutcome};

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
type Said = Vec<(String, String, Text)>;

fn said(decision: &DecisionOutcome) -> Said {
    let rows = decision.rows.iter();
    rows.map(|row| (row.key.clone(), row.name.clone(), row.verdict.text()))
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
        (key.clone(), key, said)
    });
    rows.collect()
}

fn changed(before: Said, after: Said) -> Vec<JudgedRow> {
    let mut earlier: BTreeMap<String, (String, Text)> = before
        .iter()
        .map(|(key, name, said)| (key.clone(), (name.clone(), said.clone())))
        .collect();
    let mut rows = Vec::new();
    for (key, name, said) in after {
        let before = earlier.remove(&key).map(|(_, said)| said);
        if before.as_ref() != Some(&said) {
            rows.push(JudgedRow {
                key,
                name,
                before,
                after: Some(said),
            });
        }
    }
    let gone = before
        .into_iter()
        .filter(|(key, ..)| earlier.contains_key(key));
    rows.extend(gone.map(|(key, name, said)| JudgedRow {
        key,
        name,
        before: Some(said),
        after: None,
    }));
    rows
}
