//! Winners and losers when parameters take other values: each point of a grid against the pack as
//! it is.

mod compare;
mod group;
mod judged;
mod subject;
#[cfg(test)]
mod tests;
mod vary;

pub use compare::{AllocationChange, Comparison, Tally, compare};
pub use group::{Decided, Given, Group};
pub use judged::{JudgedChange, JudgedRow};
pub use subject::{Change, Effect, SubjectChange};
pub use vary::{MOST_POINTS, Vary, check, parse};

use crate::diag::Diagnostic;
use crate::eval::evaluate;
use crate::model::Dataset;
use crate::outcome::Outcome;
use crate::pack::{Opened, Overrides};
use crate::rules::{Measure, Pack};

/// One point of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The value of each parameter that moves, in the order given.
    pub values: Vec<(String, String)>,
    /// What changes, or all that is wrong with these values.
    pub result: Result<Comparison, Vec<Diagnostic>>,
}

/// What each point is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Base<'b> {
    /// The pack as it is.
    pub pack: &'b Pack,
    /// The facts.
    pub data: &'b Dataset,
    /// What comes out of the pack on them.
    pub outcome: &'b Outcome,
}

/// Gives the measures that the parameters can change, in the order of the pack.
pub fn concerned<'p>(pack: &'p Pack, varies: &[Vary]) -> Vec<&'p Measure> {
    let measures = pack.measures.iter().map(AsRef::as_ref);
    let moved = |measure: &&Measure| varies.iter().any(|vary| measure.is_changed_by(&vary.param));
    measures.filter(moved).collect()
}

/// Runs the pack at each point of the grid, and compares it with the base.
///
/// # Shape
/// `base` is of the same pack with `overrides` alone. The last parameter moves fastest. A point that is refused does not stop the others.
pub fn simulate(
    opened: &Opened<'_>,
    overrides: &Overrides,
    base: &Base<'_>,
    varies: &[Vary],
) -> Vec<Point> {
    let measures = concerned(base.pack, varies);
    let points = vary::grid(varies).into_iter();
    points
        .map(|values| {
            let mut overrides = overrides.clone();
            overrides.params.extend(values.iter().cloned());
            let result = run(opened, &overrides, base.data);
            Point {
                values,
                result: result.map(|outcome| compare(&measures, base.outcome, &outcome)),
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
