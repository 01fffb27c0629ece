//! From exact amounts to amounts in whole steps, by the method of the problem.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use crate::diag::Diagnostics;
use crate::num::{Ratio, Rounding};

use super::certificate::{Rounded, certify};
use super::field::{Entry, Field, Fraction, PaidBy, Whole, steps_below};
use super::level::{Level, Stand, level};
use super::remainder::{Queue, Unsettled, queue};
use super::{Criterion, CriterionSums, Method, Outcome, Problem, infeasible};

/// Solves the bounds of a checked problem, rounds, and certifies.
pub(super) fn round<N: Whole>(problem: &Problem, field: &Field<N>) -> Result<Outcome, Diagnostics> {
    let level = level(field).map_err(|_| infeasible::diagnostic(problem))?;
    let exact = ExactSteps::of(field, &level);
    let closing = closing_steps(problem, field, &exact);
    let queue = hand_out(problem, &exact, &closing).map_err(|tie| tie.diagnostic(problem))?;
    let sums: Vec<CriterionSums> = problem.criteria.iter().map(|c| sums(problem, c)).collect();
    let steps = match (problem.method, sums.as_slice()) {
        (Method::UnitValue, [only]) => unit_steps(problem, field, &level, &only.unit_value),
        _ => whole_steps(problem, &exact, queue.as_ref()),
    };
    let rounded = Rounded {
        sums,
        level,
        exact,
        closing,
        queue,
        steps,
    };
    Ok(certify(problem, field, &rounded))
}

/// The exact amount of each row: whole steps, and a remainder over one common denominator.
pub(super) struct ExactSteps<N> {
    pub(super) below: Vec<N>,
    pub(super) remainders: Vec<N>,
    pub(super) denom: N,
    /// The sum of the exact amounts, in steps.
    pub(super) sum: Ratio,
}

impl<N: Whole> ExactSteps<N> {
    fn of(field: &Field<N>, level: &Level<N>) -> Self {
        let denom = match field.paid_by {
            PaidBy::Some => level.payers.denom.lcm(&level.others.denom),
            PaidBy::All => level.payers.denom.clone(),
            PaidBy::Nobody | PaidBy::Reserve => level.others.denom.clone(),
        };
        let (mut below, mut remainders) = (Vec::new(), Vec::new());
        let (mut whole, mut rest) = (BigInt::zero(), BigInt::zero());
        for (entry, stand) in field.entries.iter().zip(&level.stands) {
            let rate = level.rate(entry);
            let (steps, remainder) = match held_at(entry, *stand) {
                Some(bound) => (bound.clone(), N::zero()),
                None => (entry.weight.clone() * rate.numer.clone()).div_mod_floor(&rate.denom),
            };
            let remainder = if rate.denom == denom {
                remainder
            } else {
                remainder * (denom.clone() / rate.denom.clone())
            };
            whole += steps.to_big();
            rest += remainder.to_big();
            below.push(steps);
            remainders.push(remainder);
        }
        let rest = Fraction {
            numer: rest,
            denom: denom.to_big(),
        };
        Self {
            below,
            remainders,
            denom,
            sum: Ratio::from(whole) + rest.to_ratio(),
        }
    }
}

impl<N: Whole> Level<N> {
    /// Gives what a unit of weight is worth to a row, in steps.
    pub(super) fn rate(&self, entry: &Entry<N>) -> &Fraction<N> {
        if entry.pays {
            &self.payers
        } else {
            &self.others
        }
    }
}

/// Gives the bound, in steps, that a row stands at.
pub(super) fn held_at<N>(entry: &Entry<N>, stand: Stand) -> Option<&N> {
    match stand {
        Stand::Free => None,
        Stand::AtMin => Some(&entry.min),
        Stand::AtMax => entry.max.as_ref(),
    }
}

/// Gives how many steps a closing method hands out.
///
/// They are those of the target, unless the maximums leave money that nobody may take, or a reserve
/// changes what there is: then it is the exact sum, rounded.
fn closing_steps<N: Whole>(problem: &Problem, field: &Field<N>, exact: &ExactSteps<N>) -> BigInt {
    if field.pot.to_ratio() == exact.sum {
        steps_below(&problem.step, &problem.target)
    } else if field.paid_by == PaidBy::Reserve {
        problem.rounding.to_whole(&exact.sum)
    } else {
        exact.sum.floor()
    }
}

/// Decides who takes the steps that rounding down leaves over, when the method hands them out.
fn hand_out<N: Whole>(
    problem: &Problem,
    exact: &ExactSteps<N>,
    closing: &BigInt,
) -> Result<Option<Queue>, Unsettled> {
    if problem.method != Method::LargestRemainder {
        return Ok(None);
    }
    let below: BigInt = exact.below.iter().map(Whole::to_big).sum();
    // INVARIANT: the closing sum lies between the exact sum rounded down and rounded up, so what is
    // left is not below zero and at most one step for each remainder above zero.
    match (closing - below).to_usize() {
        None | Some(0) => Ok(None),
        Some(left) => queue(&exact.remainders, left, problem.ties, &problem.rows).map(Some),
    }
}

fn sums(problem: &Problem, criterion: &Criterion) -> CriterionSums {
    let listed = criterion.listed_weight();
    let whole = criterion.total.clone().unwrap_or_else(|| listed.clone());
    let part = &problem.pot * &criterion.share;
    CriterionSums {
        label: criterion.label.clone(),
        share: criterion.share.clone(),
        listed,
        // INVARIANT: the problem was checked, so the whole is above zero.
        unit_value: part.checked_div(&whole).unwrap_or_else(Ratio::zero),
        whole,
    }
}

/// Rounds the exact amount of each row, in steps.
fn whole_steps<N: Whole>(
    problem: &Problem,
    exact: &ExactSteps<N>,
    queue: Option<&Queue>,
) -> Vec<BigInt> {
    match problem.method {
        Method::EachRounded => exact
            .below
            .iter()
            .zip(&exact.remainders)
            .map(|(below, remainder)| {
                rounded(below, remainder, &exact.denom, problem.rounding).to_big()
            })
            .collect(),
        _ => {
            let mut steps: Vec<BigInt> = exact.below.iter().map(Whole::to_big).collect();
            for index in queue.into_iter().flat_map(Queue::served) {
                if let Some(own) = steps.get_mut(*index) {
                    *own += 1;
                }
            }
            steps
        }
    }
}

/// Multiplies the rounded unit value; who stands at a bound gets the bound.
fn unit_steps<N: Whole>(
    problem: &Problem,
    field: &Field<N>,
    level: &Level<N>,
    unit_value: &Ratio,
) -> Vec<BigInt> {
    let counts = problem.criteria.iter().flat_map(|c| &c.weights);
    let in_steps = |unit: &Ratio| problem.rounding.to_whole(&problem.step.count(unit));
    let of_payers = in_steps(&(unit_value * &level.scale()));
    let of_others = in_steps(unit_value);
    field
        .entries
        .iter()
        .zip(&level.stands)
        .zip(counts)
        .map(|((entry, stand), count)| {
            if let Some(bound) = held_at(entry, *stand) {
                return bound.to_big();
            }
            let unit = if entry.pays { &of_payers } else { &of_others };
            let steps = (unit * count.numer()).max(entry.min.to_big());
            match &entry.max {
                Some(max) => steps.min(max.to_big()),
                None => steps,
            }
        })
        .collect()
}

/// Rounds `below + remainder / denom`, none of them below zero.
fn rounded<N: Whole>(below: &N, remainder: &N, denom: &N, mode: Rounding) -> N {
    if remainder.is_zero() {
        return below.clone();
    }
    let half = remainder.cmp(&(denom.clone() - remainder.clone()));
    let up = match mode {
        Rounding::Floor | Rounding::Down => false,
        Rounding::Ceiling | Rounding::Up => true,
        _ if half != Ordering::Equal => half == Ordering::Greater,
        Rounding::HalfUp => true,
        Rounding::HalfDown => false,
        Rounding::HalfEven => below.is_odd(),
    };
    if up {
        below.clone() + N::one()
    } else {
        below.clone()
    }
}
