//! Bounds that cannot all hold: which ones collide, and the smallest pot that would do.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::num::Ratio;
use crate::say;

use super::field::{Entry, Field, PaidBy};
use super::{Payers, Problem, check, words};

/// Gives the smallest pot, in whole steps, with which the minimums of `problem` hold.
///
/// It does not depend on the pot of the problem. Nothing is given when no pot would do: those who
/// do not pay then take any sum whole.
///
/// # Units
/// Euro.
///
/// # Errors
/// All the faults of the problem but this one, as [`allocate`](super::allocate) reports them.
pub fn smallest_pot(problem: &Problem) -> Result<Option<Ratio>, Diagnostics> {
    check::check(problem)?;
    Ok(smallest(problem, &Field::of(problem)))
}

/// Says why the bounds of a checked problem cannot hold.
pub(super) fn diagnostic(problem: &Problem) -> Diagnostics {
    let field = Field::<BigInt>::of(problem);
    let message = match &problem.payers {
        Payers::Rows(_) => payers_exhausted(problem, &field),
        Payers::All | Payers::Reserve => minimums_above_pot(problem, &field),
    };
    let help = match smallest(problem, &field) {
        Some(pot) => {
            let pot = words::money(&problem.step, &pot);
            say!(
                "il più piccolo importo che basta è {pot}",
                "the smallest amount that would do is {pot}"
            )
        }
        None => say!(
            "nessun importo basterebbe: chi non paga prende comunque tutto; cambiare chi paga o i minimi",
            "no amount would do: those who do not pay take all of any; change who pays or the minimums"
        ),
    };
    Diagnostic::error(Code::Infeasible, message)
        .help(help)
        .into()
}

fn minimums_above_pot(problem: &Problem, field: &Field<BigInt>) -> Text {
    let sum = problem
        .step
        .times(&field.entries.iter().map(|entry| &entry.min).sum());
    let who = minimums(problem, field);
    let (it, en) = (who.it, who.en);
    let sum = words::money(&problem.step, &sum);
    let pot = words::money(&problem.step, &problem.pot);
    say!(
        "i minimi fanno {sum}, più dell'importo da ripartire, {pot}: {it}",
        "the minimums add up to {sum}, more than the amount to split, {pot}: {en}"
    )
}

fn payers_exhausted(problem: &Problem, field: &Field<BigInt>) -> Text {
    let pot = field.pot.to_ratio();
    // INVARIANT: the whole is above zero in a checked problem.
    let rate = pot.checked_div(&Ratio::from(field.whole.clone()));
    let rate = rate.unwrap_or_else(Ratio::zero);
    let own = |entry: &Entry<BigInt>| {
        let quota = &rate * &Ratio::from(entry.weight.clone());
        let quota = quota.max(Ratio::from(entry.min.clone()));
        match &entry.max {
            Some(max) => quota.min(Ratio::from(max.clone())),
            None => quota,
        }
    };
    let entries = &field.entries;
    let others: Ratio = entries.iter().filter(|e| !e.pays).map(own).sum();
    let least: BigInt = entries.iter().filter(|e| e.pays).map(|e| &e.min).sum();
    let left = &(&pot - &others) * problem.step.size();
    let money = |amount: &Ratio| words::money(&problem.step, amount);
    let least = money(&problem.step.times(&least));
    let others = money(&(&others * problem.step.size()));
    let left = money(&left);
    let payers = words::keys(
        problem
            .rows
            .iter()
            .zip(entries)
            .filter(|(_, entry)| entry.pays)
            .map(|(row, _)| row.key.as_str()),
    );
    let payers = if payers.it.is_empty() {
        say!("nessuno", "nobody")
    } else {
        payers
    };
    let (who_it, who_en) = (payers.it, payers.en);
    let minimums = minimums(problem, field);
    let (it, en) = (minimums.it, minimums.en);
    say!(
        "chi paga ({who_it}) non può dare abbastanza: alle altre righe vanno {others}, restano {left}, e a chi paga spettano almeno {least}; minimi: {it}",
        "the payers ({who_en}) cannot give enough: the other rows take {others}, {left} is left, and the payers must get at least {least}; minimums: {en}"
    )
}

fn minimums(problem: &Problem, field: &Field<BigInt>) -> Text {
    let rows: Vec<(&str, Ratio)> = problem
        .rows
        .iter()
        .zip(&field.entries)
        .filter(|(_, entry)| !entry.min.is_zero())
        .map(|(row, entry)| (row.key.as_str(), problem.step.times(&entry.min)))
        .collect();
    words::amounts(
        &problem.step,
        rows.iter().map(|(key, amount)| (*key, amount)),
    )
}

/// Walks the pot upwards: what is left to the payers never falls as it grows, because the others
/// never take more than the whole of each new step.
fn smallest(problem: &Problem, field: &Field<BigInt>) -> Option<Ratio> {
    let minimums = |pays: bool| -> BigInt {
        let entries = field.entries.iter().filter(|entry| entry.pays == pays);
        entries.map(|entry| &entry.min).sum()
    };
    let steps = match field.paid_by {
        PaidBy::Nobody | PaidBy::Reserve => BigInt::zero(),
        PaidBy::All => minimums(true),
        PaidBy::Some => smallest_for_some(field, minimums(true) + minimums(false))?,
    };
    Some(problem.step.times(&steps))
}

/// Starts at a pot of zero, where every row takes its minimum: `fixed` is what does not move with
/// the pot, `moving` the weight of those who do not pay and take their quota.
fn smallest_for_some(field: &Field<BigInt>, mut fixed: BigInt) -> Option<BigInt> {
    let mut moving: BigInt = BigInt::zero();
    for (bound, weight, released) in points_of_others(field) {
        let kept = &field.whole - &moving;
        if &bound * kept >= &fixed * &weight {
            break;
        }
        if released {
            fixed -= bound;
            moving += weight;
        } else {
            fixed += bound;
            moving -= weight;
        }
    }
    let kept = &field.whole - moving;
    if fixed.is_zero() {
        return Some(fixed);
    }
    (!kept.is_zero()).then(|| (fixed * &field.whole).div_ceil(&kept))
}

/// Gives the pots (as bound over weight) at which a row that does not pay leaves its minimum or
/// meets its maximum, smallest first.
fn points_of_others(field: &Field<BigInt>) -> Vec<(BigInt, BigInt, bool)> {
    let mut points = Vec::new();
    let others = field.entries.iter().filter(|entry| !entry.pays);
    for entry in others.filter(|entry| !entry.weight.is_zero()) {
        points.push((entry.min.clone(), entry.weight.clone(), true));
        if let Some(max) = &entry.max {
            points.push((max.clone(), entry.weight.clone(), false));
        }
    }
    points.sort_by(|a, b| {
        let smallest = (&a.0 * &b.1).cmp(&(&b.0 * &a.1));
        smallest.then(b.2.cmp(&a.2))
    });
    points
}
