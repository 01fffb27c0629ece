//! The problem in whole numbers: weights over one common denominator, money in steps.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use crate::num::{Ratio, Step};

use super::{Criterion, Payers, Problem, Row};

/// A whole number that the kernel counts in: `i128` where everything fits, else `BigInt`.
pub(super) trait Whole: Integer + Clone {
    /// Narrows, or gives nothing when the number does not fit.
    fn from_big(number: &BigInt) -> Option<Self>;
    /// Widens.
    fn to_big(&self) -> BigInt;
}

impl Whole for i128 {
    fn from_big(number: &BigInt) -> Option<Self> {
        number.to_i128()
    }
    fn to_big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Whole for BigInt {
    fn from_big(number: &BigInt) -> Option<Self> {
        Some(number.clone())
    }
    fn to_big(&self) -> BigInt {
        self.clone()
    }
}

/// The rows and the pot in whole numbers.
///
/// # Units
/// Money in steps. The quota of an entry is `pot × weight / whole`.
#[derive(Debug, Clone)]
pub(super) struct Field<N> {
    pub(super) entries: Vec<Entry<N>>,
    pub(super) whole: N,
    pub(super) pot: Fraction<N>,
    /// Whether quotas are scaled to pay for bounds, and whether only some are.
    pub(super) paid_by: PaidBy,
}

/// A row in whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Entry<N> {
    pub(super) weight: N,
    /// Zero where there is no minimum: it binds nobody.
    pub(super) min: N,
    pub(super) max: Option<N>,
    pub(super) pays: bool,
}

/// Who pays for the bounds, once it is known whether there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaidBy {
    /// There are no bounds.
    Nobody,
    All,
    Some,
    Reserve,
}

/// A quotient of whole numbers, with a denominator above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fraction<N> {
    pub(super) numer: N,
    pub(super) denom: N,
}

impl<N: Whole> Fraction<N> {
    /// Gives `numer / denom` in lowest terms.
    pub(super) fn reduced(numer: N, denom: N) -> Self {
        let common = numer.gcd(&denom);
        if common.is_one() || common.is_zero() {
            return Self { numer, denom };
        }
        Self {
            numer: numer / common.clone(),
            denom: denom / common,
        }
    }

    /// Gives the number itself.
    pub(super) fn to_ratio(&self) -> Ratio {
        // INVARIANT: the denominator is above zero, so there is always a number.
        Ratio::new(self.numer.to_big(), self.denom.to_big()).unwrap_or_else(Ratio::zero)
    }
}

impl Field<BigInt> {
    /// Brings a problem that was checked to whole numbers.
    pub(super) fn of(problem: &Problem) -> Self {
        let (weights, whole) = common_weights(problem);
        let pot = problem.step.count(&problem.pot);
        let paid_by = match problem.payers {
            _ if !problem.has_bounds() => PaidBy::Nobody,
            Payers::All => PaidBy::All,
            Payers::Rows(_) => PaidBy::Some,
            Payers::Reserve => PaidBy::Reserve,
        };
        let entry = |(index, (row, weight)): (usize, (&Row, BigInt))| Entry {
            weight,
            min: row.min.as_ref().map_or_else(BigInt::zero, |bound| {
                steps_above(&problem.step, &bound.amount).max(BigInt::zero())
            }),
            max: row
                .max
                .as_ref()
                .map(|bound| steps_below(&problem.step, &bound.amount)),
            pays: match &problem.payers {
                Payers::All => true,
                Payers::Rows(positions) => positions.contains(&index),
                Payers::Reserve => false,
            },
        };
        Self {
            entries: problem
                .rows
                .iter()
                .zip(weights)
                .enumerate()
                .map(entry)
                .collect(),
            whole,
            pot: Fraction {
                numer: pot.numer().clone(),
                denom: pot.denom().clone(),
            },
            paid_by,
        }
    }

    /// Gives the same field in `i128`, or nothing when some step of the kernel could overflow.
    ///
    /// Every product of the kernel is at most money × whole × the denominator of the pot squared,
    /// where money is the pot plus all the bounds. Two classes of rows with rates of their own need more room:
    /// they stay wide.
    pub(super) fn narrowed(&self) -> Option<Field<i128>> {
        let bounds: BigInt = self
            .entries
            .iter()
            .map(|entry| {
                entry
                    .max
                    .iter()
                    .fold(entry.min.clone(), |sum, max| sum + max)
            })
            .sum();
        let pot: BigInt = &self.pot.numer / &self.pot.denom;
        let money = pot + bounds + BigInt::from(self.entries.len() + 1);
        let weights: BigInt = self.entries.iter().map(|entry| &entry.weight).sum();
        let weights = weights.max(self.whole.clone());
        let room = money.bits() + weights.bits() + 2 * self.pot.denom.bits();
        if self.paid_by == PaidBy::Some || room > 122 {
            return None;
        }
        let small = i128::from_big;
        let entries = self.entries.iter().map(|entry| {
            Some(Entry {
                weight: small(&entry.weight)?,
                min: small(&entry.min)?,
                max: match &entry.max {
                    Some(max) => Some(small(max)?),
                    None => None,
                },
                pays: entry.pays,
            })
        });
        Some(Field {
            entries: entries.collect::<Option<_>>()?,
            whole: small(&self.whole)?,
            pot: Fraction {
                numer: small(&self.pot.numer)?,
                denom: small(&self.pot.denom)?,
            },
            paid_by: self.paid_by,
        })
    }
}

/// Gives how many whole steps are in `amount`, without bringing the quotient to lowest terms.
pub(super) fn steps_below(step: &Step, amount: &Ratio) -> BigInt {
    let size = step.size();
    (amount.numer() * size.denom()).div_floor(&(amount.denom() * size.numer()))
}

/// Gives how few whole steps reach `amount`.
pub(super) fn steps_above(step: &Step, amount: &Ratio) -> BigInt {
    let size = step.size();
    (amount.numer() * size.denom()).div_ceil(&(amount.denom() * size.numer()))
}

/// Gives one whole weight per row, and the whole they are parts of: `Σ_c share_c · w_c / W_c` over
/// its common denominator.
fn common_weights(problem: &Problem) -> (Vec<BigInt>, BigInt) {
    let columns: Vec<(Vec<BigInt>, Ratio)> = problem.criteria.iter().map(whole_column).collect();
    let denom = columns
        .iter()
        .fold(BigInt::one(), |lcm, (_, factor)| lcm.lcm(factor.denom()));
    let mut weights = vec![BigInt::zero(); problem.rows.len()];
    for (column, factor) in columns {
        let times = factor.numer() * (&denom / factor.denom());
        for (weight, own) in weights.iter_mut().zip(column) {
            *weight += own * &times;
        }
    }
    (weights, denom)
}

/// Gives the weights of a criterion as whole numbers, and the part of the pot that one of them is.
fn whole_column(criterion: &Criterion) -> (Vec<BigInt>, Ratio) {
    let (column, denom) = whole_numbers(&criterion.weights);
    let whole = match &criterion.total {
        Some(total) => total * &Ratio::from(denom),
        None => Ratio::from(column.iter().sum::<BigInt>()),
    };
    // INVARIANT: the problem was checked, so the whole is above zero.
    let factor = criterion.share.checked_div(&whole);
    (column, factor.unwrap_or_else(Ratio::zero))
}

/// Brings numbers over one common denominator.
pub(super) fn whole_numbers(numbers: &[Ratio]) -> (Vec<BigInt>, BigInt) {
    let denom = numbers.iter().fold(BigInt::one(), |lcm, number| {
        if lcm.is_multiple_of(number.denom()) {
            lcm
        } else {
            lcm.lcm(number.denom())
        }
    });
    let whole = |number: &Ratio| number.numer() * (&denom / number.denom());
    (numbers.iter().map(whole).collect(), denom)
}
