//! What each subject receives in all.

use crate::num::Cents;
use crate::outcome::{AllocationOutcome, SubjectTotal};

/// Adds up the amounts of each subject, in the order in which subjects first appear.
///
/// # Shape
/// Rows of different tables with one key are one subject. A subject that shares in a fund which is
/// not known has no sum: a part of it would be read as the whole.
pub fn of(allocations: &[AllocationOutcome]) -> Vec<SubjectTotal> {
    let mut totals: Vec<SubjectTotal> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for row in allocations.iter().flat_map(|allocation| &allocation.rows) {
        let amount = row.amounts.as_ref().map(|amounts| amounts.amount);
        let at = *places.entry(row.key.as_str()).or_insert_with(|| {
            totals.push(SubjectTotal {
                key: row.key.clone(),
                name: row.name.clone(),
                subjects: row.subjects,
                amount: Some(Cents::ZERO),
            });
            totals.len() - 1
        });
        if let Some(total) = totals.get_mut(at) {
            total.amount = total.amount.zip(amount).and_then(|(a, b)| a.checked_add(b));
        }
    }
    totals
}
