//! The exact split of a sum of money: quotas as fractions, bounds solved exactly, one rounding, and
//! a certificate that says where every cent went.
//!
//! It knows nothing of packs or files. Amounts, weights and bounds come in as exact numbers; the
//! same problem gives the same answer on every machine and, except for the tie rules that name the
//! input order, in every order of its rows.
//!
//! ```text
//! check → quotas (pot × share × weight / whole) → bounds (one scale, by breakpoints) → rounding
//! ```

mod certificate;
mod check;
mod field;
mod infeasible;
mod level;
mod outcome;
mod pots;
mod problem;
mod remainder;
mod round;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use infeasible::smallest_pot;
pub use outcome::{
    Allotment, Certificate, CriterionSums, Held, Leftover, Outcome, Reserve, Settled, Standing,
    UnitValue,
};
pub use pots::pots;
pub use problem::{Bound, Criterion, Method, Payers, Problem, Row, Ties};

use num_bigint::BigInt;

use crate::diag::Diagnostics;
use field::Field;

/// Splits the pot of `problem` among its rows.
///
/// # Errors
/// All the faults of the problem at once, without a place, which the caller adds:
/// - weights: `negative-weight`, `zero-weights`, `fractional-count`, `total-weight`
/// - shares of the criteria: `shares-not-100`
/// - parts that contradict each other: `invalid-rule`
/// - bounds that cannot all hold: `infeasible`, with the smallest pot that would do
/// - equal remainders for the last step, unless [`Ties`] settles them: `tie`
///
/// # Examples
/// ```
/// use riparto_core::allocate::{allocate, Method, Problem};
/// use riparto_core::num::Ratio;
/// let problem = Problem::new(
///     Ratio::from(1000),
///     Method::LargestRemainder,
///     [("a", Ratio::from(3)), ("b", Ratio::from(2))],
/// );
/// let outcome = allocate(&problem).unwrap();
/// assert_eq!(outcome.rows[0].amount, Ratio::from(600));
/// ```
pub fn allocate(problem: &Problem) -> Result<Outcome, Diagnostics> {
    check::check(problem)?;
    let field = Field::<BigInt>::of(problem);
    match field.narrowed() {
        Some(small) => round::round(problem, &small),
        None => round::round(problem, &field),
    }
}
