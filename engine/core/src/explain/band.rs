//! Which band decided a value: the number, the interval it is in, the act of that interval.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::rules::{Derive, Expr, Formula, Reference, Scalar, Typed, quantity};
use crate::say;
use crate::words;

impl Teller<'_> {
    /// Tells which row of each decision table that a formula reads applies to a row of facts.
    pub(super) fn band_steps(&self, formula: &Typed, row: usize) -> Vec<Step> {
        let mut found: Vec<&Derive> = Vec::new();
        self.collect(formula, &mut found);
        found
            .into_iter()
            .flat_map(|derive| self.steps_of_band(derive, row).unwrap_or_default())
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

    /// The row that applies, then each parameter that its ends or its value name.
    fn steps_of_band(&self, derive: &Derive, row: usize) -> Option<Vec<Step>> {
        let (band, applying, of) = self.run.band(self.measure, self.data, derive, row)?;
        let value = match self.said(&applying.value)? {
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
        let params = applying.params.iter();
        let params = params.filter_map(|id| self.param_step(id));
        let first = Step::from("band", text, &applying.source);
        Some(std::iter::once(first).chain(params).collect())
    }

    fn said<'t>(&'t self, value: &'t Expr) -> Option<&'t Scalar> {
        match value {
            Expr::Constant(value) => Some(value),
            Expr::Reference(Reference::Param(id)) => self.measure.params.get(id)?.value.as_ref(),
            _ => None,
        }
    }

    fn param_step(&self, id: &str) -> Option<Step> {
        let param = self.measure.params.get(id)?;
        let value = match param.percent {
            true => words::percent(param.number()?),
            false => quantity(param.number()?, &param.unit),
        };
        let text = say!("{label}: {value}", "{label}: {value}"; label = param.label.clone(), value = value);
        Some(Step::from("param", text, &param.source))
    }
}
