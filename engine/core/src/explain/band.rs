//! Which band decided a value: the number, the interval it is in, the act of that interval.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::eval::label_of;
use crate::rules::{Derive, Expr, Formula, Measure, Reference, Scalar, Typed, quantity};
use crate::say;

impl Teller<'_> {
    /// Tells which row of each decision table that a formula reads applies to a row of facts.
    pub(super) fn band_steps(&self, formula: &Typed, row: usize) -> Vec<Step> {
        let mut found: Vec<Banded<'_>> = Vec::new();
        collect(self.measure, formula, &mut found);
        found
            .into_iter()
            .flat_map(|banded| self.steps_of_band(banded, row).unwrap_or_default())
            .collect()
    }

    /// The row that applies, then each parameter that its ends or its value name.
    fn steps_of_band(&self, (measure, derive): Banded<'_>, row: usize) -> Option<Vec<Step>> {
        let (band, applying, of) = self.run.band(measure, self.data, derive, row)?;
        let value = match said(measure, &applying.value)? {
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
        let params = applying.params.iter();
        let params = params.filter_map(|id| param_step(measure, id));
        let first = Step::from("band", text, &applying.source);
        Some(std::iter::once(first).chain(params).collect())
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
            Formula::Native(native) => native.takes.iter().collect(),
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

fn said<'m>(measure: &'m Measure, value: &'m Expr) -> Option<&'m Scalar> {
    match value {
        Expr::Constant(value) => Some(value),
        Expr::Reference(Reference::Param(id)) => measure.param(id)?.value.as_ref(),
        _ => None,
    }
}

fn param_step(measure: &Measure, id: &str) -> Option<Step> {
    let param = measure.param(id)?;
    let (label, value) = (param.label.clone(), param.said()?);
    let text = say!("{label}: {value}", "{label}: {value}"; label = label, value = value);
    Some(Step::from("param", text, &param.source))
}
