//! Winners and losers when parameters take other values: each point of a grid against the pack as
//! it is.

mod compare;
mod judged;
#[cfg(test)]
mod tests;
mod vary;

pub use compare::{AllocationChange, Comparison, SubjectChange, compare};
pub use judged::{JudgedChange, JudgedRow};
pub use vary::{MOST_POINTS, Vary, check, parse};

use crate::diag::Diagnostic;
use crate::eval::evaluate;
use crate::model::Dataset;
use crate::outcome::Outcome;
use crate::pack::{Opened, Overrides};

/// One point of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The value of each parameter that moves, in the order given.
    pub values: Vec<(String, String)>,
    /// What changes, or all that is wrong with these values.
    pub result: Result<Comparison, Vec<Diagnostic>>,
}

/// Runs the pack at each point of the grid, and compares it with the base.
///
/// # Shape
/// `base` is the outcome of the same pack with `overrides` alone, on the same `data`. The last
/// parameter moves fastest. A point that is refused does not stop the others.
pub fn simulate(
    opened: &Opened<'_>,
    overrides: &Overrides,
    data: &Dataset,
    base: &Outcome,
    varies: &[Vary],
) -> Vec<Point> {
    let points = vary::grid(varies).into_iter();
    points
        .map(|values| {
            let mut overrides = overrides.clone();
            overrides.params.extend(values.iter().cloned());
            let result = run(opened, &overrides, data);
            Point {
                values,
                result: result.map(|outcome| compare(base, &outcome)),
            }
        })
        .collect()
}

fn run(
    opened: &Opened<'_>,
    overrides: &Overrides,
    data: &Dataset,
) -> Result<Outcome, Vec<Diagnostic>> {
    let (pack, mut faults) = opened.resolve(overrides);
    let Some(pack) = pack else {
        return Err(faults.into_sorted());
    };
    let (run, found) = evaluate(&pack, data);
    faults.extend(found);
    run.map(|run| run.outcome).ok_or(faults.into_sorted())
}
