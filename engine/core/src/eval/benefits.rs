//! What each decision gives to the rows that it admits.

use super::gap::Gap;
use super::labels::label_of;
use super::value::{RowOf, Values};
use crate::diag::Diagnostics;
use crate::num::Ratio;
use crate::outcome::{BenefitOutcome, BenefitRow};
use crate::rules::{Eligibility, Expr, Given, Reference};

/// Gives what the rows of a decision receive; a fault of a rule is told once, and then the column
/// is left out.
pub fn benefits(
    rule: &Eligibility,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> Vec<BenefitOutcome> {
    let given = rule.gives.iter();
    let read = given.filter_map(|given| match benefit(rule, given, values) {
        Ok(outcome) => Some(outcome),
        Err(gap) => {
            let fault = gap.diagnostic(&rule.label, Some(given.place.clone()), rule.source.cited());
            faults.extend(fault.into_iter().collect());
            None
        }
    });
    read.collect()
}

fn benefit(rule: &Eligibility, given: &Given, values: &Values<'_>) -> Result<BenefitOutcome, Gap> {
    let measure = values.measure;
    let table = values.data.tables.get(&rule.table);
    let table = table.ok_or(Gap::Impossible)?;
    let declared = measure.table(&rule.table).ok_or(Gap::Impossible)?;
    let mut rows = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let key = declared.key_shown(table, row).unwrap_or_default();
        let name = declared.title_shown(table, row);
        let (value, awaits) = match received(rule, given, RowOf { table, row }, values) {
            Ok(value) => (Some(value), None),
            Err(gap) => (None, Some(gap.awaited().ok_or(gap)?)),
        };
        rows.push(BenefitRow {
            name: name.unwrap_or_else(|| key.clone()),
            key,
            value,
            awaits,
        });
    }
    let expr = &given.value.expr;
    let computed = match expr {
        Expr::Reference(Reference::Derived(id)) => measure.derive(id),
        _ => None,
    };
    let act = computed.and_then(|derive| derive.source.cited());
    Ok(BenefitOutcome {
        id: given.value.text.clone(),
        decision: rule.id.clone(),
        measure: measure.id.clone(),
        label: label_of(measure, &rule.table, &given.value.text, expr),
        table: rule.table.clone(),
        unit: given.unit.clone(),
        act: act.or_else(|| rule.source.cited()),
        rows,
    })
}

/// What a row receives: nothing where it is not admitted.
fn received(
    rule: &Eligibility,
    given: &Given,
    at: RowOf<'_>,
    values: &Values<'_>,
) -> Result<Ratio, Gap> {
    let decision = Expr::Reference(Reference::Decision(rule.id.clone()));
    match values.condition(&decision, Some(at))? {
        true => values.number(&given.value.expr, Some(at)),
        false => Ok(Ratio::zero()),
    }
}
