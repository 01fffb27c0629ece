//! The one scale at which minimums, maximums and the pot all hold, found by walking breakpoints.

use std::cmp::Ordering;

use crate::num::Ratio;

use super::field::{Entry, Field, Fraction, PaidBy, Whole};

/// Where every row stands once the bounds hold.
#[derive(Debug, Clone)]
pub(super) struct Level<N> {
    /// What a unit of weight is worth to the rows that pay.
    pub(super) payers: Fraction<N>,
    /// What it is worth to the others: the plain quota.
    pub(super) others: Fraction<N>,
    pub(super) stands: Vec<Stand>,
}

/// Where a row stands between its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Free,
    AtMin,
    AtMax,
}

/// The payers cannot go below their minimums, and that is still more than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

/// Finds the value of a unit of weight at which the exact amounts add up to the pot.
///
/// The sum of `clamp(rate × weight, min, max)` never falls as the rate grows and is straight
/// between the rates where some row meets a bound. The walk starts at the plain quota and goes only
/// as far as it must, so nobody is scaled more than needed. When even all maximums are less than
/// the pot it ends where the last of them is met.
pub(super) fn level<N: Whole>(field: &Field<N>) -> Result<Level<N>, Exhausted> {
    let plain = Fraction::reduced(
        field.pot.numer.clone(),
        field.pot.denom.clone() * field.whole.clone(),
    );
    let payers = match field.paid_by {
        PaidBy::Nobody | PaidBy::Reserve => plain.clone(),
        PaidBy::All | PaidBy::Some => solve(field, &plain)?,
    };
    let stands = field
        .entries
        .iter()
        .map(|entry| entry.stand(if entry.pays { &payers } else { &plain }))
        .collect();
    Ok(Level {
        payers,
        others: plain,
        stands,
    })
}

impl<N: Whole> Level<N> {
    /// Gives by how much the quotas of the payers were multiplied.
    pub(super) fn scale(&self) -> Ratio {
        let plain = self.others.to_ratio();
        let scaled = self.payers.to_ratio().checked_div(&plain);
        scaled.unwrap_or_else(Ratio::one)
    }
}

impl<N: Whole> Entry<N> {
    /// Tells where the row stands when a unit of weight is worth `rate`. Meeting a bound counts as
    /// standing at it; a minimum of zero is none.
    fn stand(&self, rate: &Fraction<N>) -> Stand {
        let amount = self.weight.clone() * rate.numer.clone();
        if !self.min.is_zero() && amount <= self.min.clone() * rate.denom.clone() {
            return Stand::AtMin;
        }
        match &self.max {
            Some(max) if amount >= max.clone() * rate.denom.clone() => Stand::AtMax,
            _ => Stand::Free,
        }
    }
}

/// The exact amounts at some rate: what stands at a bound, and the weight that moves with the rate.
struct Sum<N> {
    held: N,
    free: N,
}

/// A rate at which a row meets or leaves a bound.
struct Breakpoint<N> {
    bound: N,
    weight: N,
    /// Whether the row moves with the rate beyond this point.
    released: bool,
}

fn solve<N: Whole>(field: &Field<N>, plain: &Fraction<N>) -> Result<Fraction<N>, Exhausted> {
    let money = money_of_payers(field, plain);
    let mut sum = sum_of_payers(field, plain);
    let direction = sum.compare(plain, &money);
    if direction == Ordering::Equal {
        return Ok(plain.clone());
    }
    let upwards = direction == Ordering::Less;
    let mut reached = plain.clone();
    for point in breakpoints(field, plain, upwards) {
        let rate = point.rate();
        if sum.compare(&rate, &money) != direction {
            return Ok(sum.rate_for(&money));
        }
        sum.pass(point);
        reached = rate;
    }
    if upwards && sum.free.is_zero() {
        return Ok(reached);
    }
    let owed = sum.held.clone() * money.denom.clone();
    if sum.free.is_zero() || owed > money.numer {
        return Err(Exhausted);
    }
    Ok(sum.rate_for(&money))
}

/// Gives the pot less what the rows that do not pay get.
fn money_of_payers<N: Whole>(field: &Field<N>, plain: &Fraction<N>) -> Fraction<N> {
    if field.paid_by == PaidBy::All {
        return field.pot.clone();
    }
    let others = field.entries.iter().filter(|entry| !entry.pays);
    let sum = Sum::of(others, plain);
    let common = field.pot.denom.clone() * plain.denom.clone();
    let spent =
        (sum.held * plain.denom.clone() + sum.free * plain.numer.clone()) * field.pot.denom.clone();
    Fraction::reduced(
        field.pot.numer.clone() * plain.denom.clone() - spent,
        common,
    )
}

fn sum_of_payers<N: Whole>(field: &Field<N>, plain: &Fraction<N>) -> Sum<N> {
    Sum::of(field.entries.iter().filter(|entry| entry.pays), plain)
}

impl<N: Whole> Sum<N> {
    fn of<'a>(entries: impl Iterator<Item = &'a Entry<N>>, rate: &Fraction<N>) -> Self
    where
        N: 'a,
    {
        let (mut held, mut free) = (N::zero(), N::zero());
        for entry in entries {
            match (entry.stand(rate), &entry.max) {
                (Stand::AtMin, _) => held = held + entry.min.clone(),
                (Stand::AtMax, Some(max)) => held = held + max.clone(),
                _ => free = free + entry.weight.clone(),
            }
        }
        Self { held, free }
    }

    /// Compares the sum at `rate` with `money`.
    fn compare(&self, rate: &Fraction<N>, money: &Fraction<N>) -> Ordering {
        let sum = self.held.clone() * rate.denom.clone() + self.free.clone() * rate.numer.clone();
        (sum * money.denom.clone()).cmp(&(money.numer.clone() * rate.denom.clone()))
    }

    /// Gives the rate at which the sum is `money`, on the straight stretch it stands on.
    fn rate_for(&self, money: &Fraction<N>) -> Fraction<N> {
        Fraction::reduced(
            money.numer.clone() - self.held.clone() * money.denom.clone(),
            money.denom.clone() * self.free.clone(),
        )
    }

    fn pass(&mut self, point: Breakpoint<N>) {
        let Breakpoint {
            bound,
            weight,
            released,
        } = point;
        let (held, free) = (self.held.clone(), self.free.clone());
        (self.held, self.free) = if released {
            (held - bound, free + weight)
        } else {
            (held + bound, free - weight)
        };
    }
}

impl<N: Whole> Breakpoint<N> {
    fn rate(&self) -> Fraction<N> {
        Fraction {
            numer: self.bound.clone(),
            denom: self.weight.clone(),
        }
    }
}

/// Gives the breakpoints of the payers beyond the plain quota, nearest first.
///
/// Several rows may share a breakpoint: the sum there is the same whichever comes first.
fn breakpoints<N: Whole>(
    field: &Field<N>,
    plain: &Fraction<N>,
    upwards: bool,
) -> Vec<Breakpoint<N>> {
    let mut points = Vec::new();
    for entry in field
        .entries
        .iter()
        .filter(|e| e.pays && !e.weight.is_zero())
    {
        let stand = entry.stand(plain);
        let mut add = |bound: &N, released| {
            points.push(Breakpoint {
                bound: bound.clone(),
                weight: entry.weight.clone(),
                released,
            });
        };
        if upwards && stand == Stand::AtMin
            || !upwards && !entry.min.is_zero() && stand != Stand::AtMin
        {
            add(&entry.min, upwards);
        }
        if let Some(max) = &entry.max
            && (upwards == (stand != Stand::AtMax))
        {
            add(max, !upwards);
        }
    }
    points.sort_by(|a, b| {
        let nearest =
            (a.bound.clone() * b.weight.clone()).cmp(&(b.bound.clone() * a.weight.clone()));
        if upwards { nearest } else { nearest.reverse() }
    });
    points
}
