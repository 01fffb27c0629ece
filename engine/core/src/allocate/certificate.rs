//! The outcome as a reader checks it: each row with its reason, and the sums that close.

use num_bigint::BigInt;

use crate::num::Ratio;

use super::field::{Entry, Field, Fraction, PaidBy, Whole, steps_below};
use super::level::{Level, Stand};
use super::outcome::{
    Allotment, Certificate, CriterionSums, Held, Leftover, Outcome, Reserve, Settled, Standing,
    UnitValue,
};
use super::remainder::Queue;
use super::round::{ExactSteps, held_at};
use super::{Method, Problem, Row};

/// Everything that rounding decided.
pub(super) struct Rounded<N> {
    pub(super) sums: Vec<CriterionSums>,
    pub(super) level: Level<N>,
    pub(super) exact: ExactSteps<N>,
    /// How many steps a closing method hands out.
    pub(super) closing: BigInt,
    /// The order in which steps left over were handed out, if they were.
    pub(super) queue: Option<Queue>,
    /// The amount of each row, in steps.
    pub(super) steps: Vec<BigInt>,
}

/// Turns steps into euro and says how they came about.
pub(super) fn certify<N: Whole>(
    problem: &Problem,
    field: &Field<N>,
    rounded: &Rounded<N>,
) -> Outcome {
    let distributed = problem.step.times(&rounded.steps.iter().sum());
    let unit = applied_unit(problem, rounded);
    let reserve = (field.paid_by == PaidBy::Reserve).then(|| reserve(problem, rounded));
    Outcome {
        rows: allotments(problem, field, rounded),
        certificate: Certificate {
            pot: problem.pot.clone(),
            target: problem.target.clone(),
            criteria: rounded.sums.clone(),
            scale: rounded.level.scale(),
            leftover: leftover(problem, rounded),
            residue: residue(problem, &distributed, unit.as_ref(), reserve.as_ref()),
            unit_value: unit,
            distributed,
            reserve,
        },
    }
}

fn applied_unit<N: Whole>(problem: &Problem, rounded: &Rounded<N>) -> Option<UnitValue> {
    let [only] = rounded.sums.as_slice() else {
        return None;
    };
    let exact = &only.unit_value * &rounded.level.scale();
    let applied = match problem.method {
        Method::UnitValue => problem.step.round(&exact, problem.rounding),
        _ => exact.clone(),
    };
    Some(UnitValue { exact, applied })
}

fn reserve<N: Whole>(problem: &Problem, rounded: &Rounded<N>) -> Reserve {
    let target = steps_below(&problem.step, &problem.target);
    Reserve {
        exact: &(&rounded.exact.sum * problem.step.size()) - &problem.pot,
        amount: problem.step.times(&(&rounded.closing - target)),
    }
}

/// Gives what stays undistributed, of the whole where the rows are only a part of it.
fn residue(
    problem: &Problem,
    distributed: &Ratio,
    unit: Option<&UnitValue>,
    reserve: Option<&Reserve>,
) -> Option<Ratio> {
    let drawn = reserve.map_or_else(Ratio::zero, |reserve| reserve.amount.clone());
    let at_hand = &problem.target + &drawn;
    let totals: Vec<&Ratio> = problem
        .criteria
        .iter()
        .filter_map(|c| c.total.as_ref())
        .collect();
    match (totals.as_slice(), unit) {
        ([], _) => Some(&at_hand - distributed),
        ([total], Some(unit)) if problem.method == Method::UnitValue && total.is_whole() => {
            Some(&at_hand - &(&unit.applied * *total))
        }
        _ => None,
    }
}

fn leftover<N: Whole>(problem: &Problem, rounded: &Rounded<N>) -> Option<Leftover> {
    let queue = rounded.queue.as_ref()?;
    let standing = |among: &[usize], front: Option<&usize>| {
        let place = queue.ranks.get(*front?)?;
        let mut rows: Vec<usize> = among
            .iter()
            .copied()
            .filter(|index| queue.ranks.get(*index) == Some(place))
            .collect();
        rows.sort_unstable();
        Some(Standing {
            keys: keys(problem, &rows),
            remainder: remainder(problem, rounded, *front?),
        })
    };
    let (served, not_served) = (queue.served(), queue.not_served());
    Some(Leftover {
        steps: queue.steps,
        last_served: standing(served, served.last())?,
        first_not_served: standing(not_served, not_served.first()),
        settled: queue.tied.clone().map(|tied| Settled {
            steps: queue.steps.saturating_sub(tied.start),
            keys: keys(problem, queue.order.get(tied).unwrap_or(&[])),
            by: problem.ties,
        }),
    })
}

fn keys(problem: &Problem, rows: &[usize]) -> Vec<String> {
    rows.iter()
        .filter_map(|index| problem.rows.get(*index))
        .map(|row| row.key.clone())
        .collect()
}

/// Gives the remainder of a row in euro.
fn remainder<N: Whole>(problem: &Problem, rounded: &Rounded<N>, index: usize) -> Ratio {
    match rounded.exact.remainders.get(index) {
        Some(numer) if !numer.is_zero() => euro(problem, &numer.to_big(), &rounded.exact.denom),
        _ => Ratio::zero(),
    }
}

/// Gives `numer / denom` steps in euro, brought to lowest terms once.
fn euro<N: Whole>(problem: &Problem, numer: &BigInt, denom: &N) -> Ratio {
    let size = problem.step.size();
    // INVARIANT: denominators are above zero, so there is always a number.
    Ratio::new(numer * size.numer(), denom.to_big() * size.denom()).unwrap_or_else(Ratio::zero)
}

fn allotments<N: Whole>(
    problem: &Problem,
    field: &Field<N>,
    rounded: &Rounded<N>,
) -> Vec<Allotment> {
    let level = &rounded.level;
    let mut extra = vec![false; problem.rows.len()];
    for index in rounded.queue.iter().flat_map(Queue::served) {
        if let Some(served) = extra.get_mut(*index) {
            *served = true;
        }
    }
    let rows = problem.rows.iter().zip(&field.entries).zip(&level.stands);
    rows.zip(&rounded.steps)
        .zip(extra)
        .enumerate()
        .map(|(index, ((((row, entry), stand), steps), extra_step))| {
            let quota = money(problem, entry, &level.others);
            let exact = match held_at(entry, *stand) {
                Some(bound) => euro(problem, &bound.to_big(), &N::one()),
                None if level.rate(entry) == &level.others => quota.clone(),
                None => money(problem, entry, level.rate(entry)),
            };
            Allotment {
                key: row.key.clone(),
                quota,
                exact,
                amount: euro(problem, steps, &N::one()),
                held: held(row, *stand),
                remainder: remainder(problem, rounded, index),
                extra_step,
                rank: rounded
                    .queue
                    .as_ref()
                    .and_then(|queue| queue.ranks.get(index).copied()),
            }
        })
        .collect()
}

/// Gives the euro that a row is worth at `rate` steps per unit of weight.
fn money<N: Whole>(problem: &Problem, entry: &Entry<N>, rate: &Fraction<N>) -> Ratio {
    let steps = entry.weight.clone() * rate.numer.clone();
    euro(problem, &steps.to_big(), &rate.denom)
}

fn held(row: &Row, stand: Stand) -> Option<Held> {
    match stand {
        Stand::Free => None,
        Stand::AtMin => row.min.as_ref().map(|min| Held::Min(min.label.clone())),
        Stand::AtMax => row.max.as_ref().map(|max| Held::Max(max.label.clone())),
    }
}
