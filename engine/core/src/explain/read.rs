//! From which measure a number comes, where another one computed it.

use super::Step;
use super::split::Teller;
use crate::eval::named_parts;
use crate::rules::{Expr, Reference, Typed};
use crate::say;

impl Teller<'_> {
    /// Tells, for each name of a formula that another measure gives, what it is in a row of
    /// `table`, from which measure and by which act.
    pub(super) fn read_steps(&self, table: &str, formula: &Typed, row: usize) -> Vec<Step> {
        let parts = named_parts(formula).into_iter();
        let values = self
            .run
            .numbers(self.measure, self.data, table, row, formula);
        let steps = parts.zip(values).filter_map(|((_, expr), (name, value))| {
            let origin = self.measure.origin(reference(&expr)?)?;
            let (label, measure) = (origin.label.clone(), origin.measure.title.clone());
            let value = value.unwrap_or_else(|| say!("manca", "missing"));
            let text = say!(
                "«{label}» (`{name}`) viene dalla misura «{measure}»: {value}",
                "“{label}” (`{name}`) comes from the measure “{measure}”: {value}";
                label = label, measure = measure, value = value
            );
            Some(match origin.source {
                Some(source) => Step::from("read", text, source),
                None => Step::new("read", text),
            })
        });
        steps.collect()
    }
}

fn reference(part: &Expr) -> Option<&Reference> {
    match part {
        Expr::Reference(reference) | Expr::Through { of: reference, .. } => Some(reference),
        Expr::Fold { column, .. } => column.as_ref(),
        _ => None,
    }
}
