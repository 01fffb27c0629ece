//! What changes besides amounts: who is admitted, and what lists say of their rows.

use std::collections::BTreeMap;

use crate::diag::Text;
use crate::outcome::{DecisionOutcome, Outcome, RegisterOutcome, Told, Verdict};

/// The rows of a decision or of a list that are not the same in two outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedChange {
    /// The measure.
    pub measure: String,
    /// The decision or the list.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// What a reader calls the columns of a list; none for a decision.
    pub columns: Vec<Text>,
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
    /// What was said of it before, as another program reads it.
    pub before: Option<Text>,
    /// What is said of it after, as another program reads it.
    pub after: Option<Text>,
    /// What a reader is told that a list says of it before and after, column by column; nothing for a decision.
    pub cells: (Vec<Text>, Vec<Text>),
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
            columns: Vec::new(),
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
            columns: later
                .columns
                .iter()
                .map(|(_, label)| label.clone())
                .collect(),
            rows,
        })
    });
    let changes = decisions.chain(lists);
    changes.filter(|change| !change.rows.is_empty()).collect()
}

/// What is said of a row.
struct Said {
    key: String,
    name: String,
    text: Text,
    cells: Vec<Text>,
    verdict: Option<Verdict>,
}

fn said(decision: &DecisionOutcome) -> Vec<Said> {
    let rows = decision.rows.iter();
    rows.map(|row| Said {
        key: row.key.clone(),
        name: row.name.clone(),
        text: decision.words.of(row.verdict),
        cells: Vec::new(),
        verdict: Some(row.verdict),
    })
    .collect()
}

fn listed(register: &RegisterOutcome) -> Vec<Said> {
    let rows = register.rows.iter().map(|row| {
        let side = |of: fn(&Told) -> &Text| -> Vec<Text> {
            let cells = row.iter().map(|cell| cell.as_ref().map(of).cloned());
            cells
                .map(|cell| cell.unwrap_or_else(|| Text::same("?")))
                .collect()
        };
        let plain = side(|cell| &cell.plain);
        let join = |side: fn(&Text) -> &str| plain.iter().map(side).collect::<Vec<_>>().join(" · ");
        let key = plain.first().map(|first| first.it.clone());
        let key = key.unwrap_or_default();
        Said {
            name: key.clone(),
            key,
            text: Text {
                it: join(|text| &text.it),
                en: join(|text| &text.en),
            },
            cells: side(|cell| &cell.shown),
            verdict: None,
        }
    });
    rows.collect()
}

fn changed(before: Vec<Said>, after: Vec<Said>) -> Vec<JudgedRow> {
    let keys: Vec<String> = before.iter().map(|said| said.key.clone()).collect();
    let before = before.into_iter().map(|said| (said.key.clone(), said));
    let mut before: BTreeMap<String, Said> = before.collect();
    let mut rows = Vec::new();
    for after in after {
        let before = before.remove(&after.key);
        if before.as_ref().map(|said| &said.text) != Some(&after.text) {
            rows.push(row(before, Some(after)));
        }
    }
    let gone = keys.iter().filter_map(|key| before.remove(key));
    rows.extend(gone.map(|said| row(Some(said), None)));
    rows
}

fn row(before: Option<Said>, after: Option<Said>) -> JudgedRow {
    let called = after.as_ref().or(before.as_ref());
    let called = called.map(|said| (said.key.clone(), said.name.clone()));
    let (key, name) = called.unwrap_or_default();
    let verdict = |side: &Option<Said>| side.as_ref().and_then(|said| said.verdict);
    let outcomes = verdict(&before).zip(verdict(&after));
    let parts = |side: Option<Said>| side.map(|said| (said.text, said.cells)).unzip();
    let ((before, earlier), (after, later)) = (parts(before), parts(after));
    JudgedRow {
        key,
        name,
        before,
        after,
        cells: (earlier.unwrap_or_default(), later.unwrap_or_default()),
        outcomes,
    }
}
