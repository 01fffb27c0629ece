//! Which band decided a value: the number, the interval it is in, the act of that interval.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::eval::label_of;
use crate::rules::{Derive, Formula, Reference, Scalar, Typed, quantity};
use crate::say;

impl Teller<'_> {
    /// Tells which row of each decision table that a formula reads applies to a row of facts.
    pub(super) fn band_steps(&self, formula: &Typed, row: usize) -> Vec<Step> {
        let mut found: Vec<&Derive> = Vec::new();
        self.collect(formula, &mut found);
        found
            .into_iter()
            .filter_map(|derive| self.band_step(derive, row))
            .collect()
    }

    /// Collects the decision tables that a formula reads, also through other columns.
    fn collect<'t>(&'t self, formula: &Typed, found: &mut Vec<&'t Derive>) {
        for reference in formula.expr.references() {
            let Reference::Derived(id) = reference else {
                continue;
            };
            let Some(derive) = self.measure.derive(id) else {
                continue;
            };
            let reads: Vec<&Typed> = match &derive.formula {
                Formula::Line(line) => vec![line],
                Formula::Function { inputs, .. } => inputs.iter().collect(),
                Formula::Rollup(_) | Formula::Rank(_) => Vec::new(),
                Formula::Band(band) => {
                    if found.iter().any(|known| known.id == derive.id) {
                        continue;
                    }
                    found.push(derive);
                    [Some(&band.of), band.by.as_ref()]
                        .into_iter()
                        .flatten()
                        .collect()
                }
            };
            for formula in reads {
                self.collect(formula, found);
            }
        }
    }

    fn band_step(&self, derive: &Derive, row: usize) -> Option<Step> {
        let (band, applying, of) = self.run.band(self.measure, self.data, derive, row)?;
        let value = match &applying.value {
            Scalar::Number(number) => quantity(number, &derive.unit),
            Scalar::Text(word) => Text::same(word.clone()),
            Scalar::Bool(_) | Scalar::Date(_) | Scalar::Moment(_) => return None,
        };
        let called =
            |formula: &Typed| label_of(self.measure, &derive.table, &formula.text, &formula.expr);
        let by = match (&band.by, &applying.is) {
            (Some(by), Some(Scalar::Bool(true))) => {
                say!(" e {by}: sì", " and {by}: yes"; by = called(by))
            }
            (Some(by), Some(Scalar::Bool(false))) => {
                say!(" e {by}: no", " and {by}: no"; by = called(by))
            }
            (Some(by), Some(Scalar::Text(word))) => {
                say!(" e {by}: {word}", " and {by}: {word}"; by = called(by))
            }
            _ => Text::same(""),
        };
        let unit = band.of.unit.clone().unwrap_or_default();
        let text = say!(
            "{label}: con {name}: {of}{by} vale la fascia «{band}», {value}",
            "{label}: with {name}: {of}{by} the band is “{band}”, {value}";
            label = derive.label.clone(), name = called(&band.of), of = quantity(&of, &unit), by = by,
            band = applying.label.clone(), value = value
        );
        Some(Step::from("band", text, &applying.source))
    }
}
