//! Which band decided a value: the number, the interval it is in, the act of that interval.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::rules::{Derive, Formula, Measure, Reference, Scalar, Typed, quantity};
use crate::say;

impl Teller<'_> {
    /// Tells which row of each decision table that a formula reads applies to a row of facts.
    pub(super) fn band_steps(&self, formula: &Typed, row: usize) -> Vec<Step> {
        let mut found: Vec<Banded<'_>> = Vec::new();
        collect(self.measure, formula, &mut found);
        found
            .into_iter()
            .filter_map(|banded| self.band_step(banded, row))
            .collect()
    }

    fn band_step(&self, (measure, derive): Banded<'_>, row: usize) -> Option<Step> {
        let (band, applying, of) = self.run.band(measure, self.data, derive, row)?;
        let value = match &applying.value {
            Scalar::Number(number) => quantity(number, &derive.unit),
            Scalar::Text(word) => Text::same(word.clone()),
            Scalar::Bool(_) | Scalar::Date(_) | Scalar::Moment(_) => return None,
        };
        let by = match (&band.by, &applying.is) {
            (Some(by), Some(Scalar::Bool(true))) => {
                say!(" e {by} = sì", " and {by} = yes"; by = Text::same(by.text.clone()))
            }
            (Some(by), Some(Scalar::Bool(false))) => {
                say!(" e {by} = no", " and {by} = no"; by = Text::same(by.text.clone()))
            }
            (Some(by), Some(Scalar::Text(word))) => {
                say!(" e {by} = {word}", " and {by} = {word}"; by = Text::same(by.text.clone()))
            }
            _ => Text::same(""),
        };
        let unit = band.of.unit.clone().unwrap_or_default();
        let name = &band.of.text;
        let text = say!(
            "{label}: con {name} = {of}{by} vale la fascia «{band}», {value}",
            "{label}: with {name} = {of}{by} the band is “{band}”, {value}";
            label = derive.label.clone(), of = quantity(&of, &unit), by = by,
            band = applying.label.clone(), value = value
        );
        Some(Step::from("band", text, &applying.source))
    }
}

/// A decision table, with the measure that it is of.
type Banded<'m> = (&'m Measure, &'m Derive);

/// Collects the decision tables that a formula reads, also through other columns.
fn collect<'m>(measure: &'m Measure, formula: &Typed, found: &mut Vec<Banded<'m>>) {
    for reference in formula.expr.references() {
        let Reference::Derived(id) = reference else {
            continue;
        };
        let Some((home, derive)) = measure.derive_at_home(id) else {
            continue;
        };
        let reads: Vec<&Typed> = match &derive.formula {
            Formula::Line(line) => vec![line],
            Formula::Function { inputs, .. } => inputs.iter().collect(),
            Formula::Rollup(_) | Formula::Rank(_) => Vec::new(),
            Formula::Band(band) => {
                if found.iter().any(|(_, known)| std::ptr::eq(*known, derive)) {
                    continue;
                }
                found.push((home, derive));
                [Some(&band.of), band.by.as_ref()]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        };
        for formula in reads {
            collect(home, formula, found);
        }
    }
}
