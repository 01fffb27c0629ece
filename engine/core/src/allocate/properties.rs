//! What holds for every split, tried on small problems with and without bounds.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use proptest::prelude::*;

use super::field::Field;
use super::*;
use crate::diag::Code;
use crate::num::{Ratio, Rounding, Step};

fn cents(count: i64) -> Ratio {
    Step::cent().times(&count.into())
}

fn ratio(numer: i64, denom: i64) -> Ratio {
    Ratio::new(numer, denom).unwrap()
}

/// One row of a problem: weight, minimum, maximum, whether it pays.
type Line = (Ratio, Option<Ratio>, Option<Ratio>, bool);

/// Weights with up to two decimals, some of them zero and many of them equal.
fn weight() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        1 => Just(Ratio::zero()),
        3 => (0..6_i64).prop_map(Ratio::from),
        3 => (0..50_000_i64).prop_map(|hundredths| ratio(hundredths, 100)),
    ]
}

/// A bound in thousandths of a euro: it must be brought to a step.
fn bound() -> impl Strategy<Value = Option<Ratio>> {
    prop_oneof![
        2 => Just(None),
        1 => (0..60_000_i64).prop_map(|thousandths| Some(ratio(thousandths, 1000))),
    ]
}

fn lines(bounded: bool) -> impl Strategy<Value = Vec<Line>> {
    let line = (weight(), bound(), bound(), any::<bool>()).prop_map(move |(weight, a, b, pays)| {
        let (min, max) = match (a, b) {
            _ if !bounded => (None, None),
            // Room for a step between them, so that the row itself is never infeasible.
            (Some(a), Some(b)) => (Some(a.clone().min(b.clone())), Some(&a.max(b) + &cents(2))),
            other => other,
        };
        (weight, min, max, pays)
    });
    prop::collection::vec(line, 1..9).prop_filter("some weight is above zero", |lines| {
        lines.iter().any(|line| !line.0.is_zero())
    })
}

/// A pot in thirds of a cent, and the cents it closes to.
fn money() -> impl Strategy<Value = (Ratio, Ratio)> {
    (0..60_000_i64, any::<bool>()).prop_map(|(thirds, up)| {
        let above = up && thirds % 3 != 0;
        (ratio(thirds, 300), cents(thirds / 3 + i64::from(above)))
    })
}

fn mode() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::ALL.to_vec())
}

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(Method::ALL.to_vec())
}

fn payers() -> impl Strategy<Value = u8> {
    0..3_u8
}

/// Makes the problem; a unit value multiplies whole counts, so it gets whole weights.
fn problem(
    lines: &[Line],
    (pot, target): (Ratio, Ratio),
    method: Method,
    rounding: Rounding,
    payers: u8,
) -> Problem {
    let count = |weight: &Ratio| match method {
        Method::UnitValue => Rounding::Ceiling.to_whole(weight).into(),
        _ => weight.clone(),
    };
    let weights = lines.iter().enumerate();
    let weights = weights.map(|(index, line)| (index.to_string(), count(&line.0)));
    let mut problem = Problem::new(pot, method, weights);
    problem.target = target;
    problem.rounding = rounding;
    for (row, (_, min, max, _)) in problem.rows.iter_mut().zip(lines) {
        row.min = min.clone().map(Bound::min);
        row.max = max.clone().map(Bound::max);
    }
    let paying = lines.iter().enumerate().filter(|(_, line)| line.3);
    problem.payers = match payers {
        0 => Payers::All,
        1 => Payers::Rows(paying.map(|(index, _)| index).collect()),
        _ => Payers::Reserve,
    };
    problem
}

fn untied(mut problem: Problem) -> Problem {
    problem.ties = Ties::First;
    problem
}

fn sum<'a>(numbers: impl Iterator<Item = &'a Ratio>) -> Ratio {
    numbers.sum()
}

fn by_key(outcome: &Outcome) -> BTreeMap<String, Allotment> {
    let rows = outcome.rows.iter().cloned();
    rows.map(|row| (row.key.clone(), row)).collect()
}

fn codes(result: &Result<Outcome, crate::diag::Diagnostics>) -> Vec<Code> {
    match result {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.code).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn amounts_and_residue_make_the_target(
        lines in lines(true), money in money(), method in method(), mode in mode(), payers in payers(),
    ) {
        let problem = untied(problem(&lines, money, method, mode, payers));
        if let Ok(outcome) = allocate(&problem) {
            let certificate = outcome.certificate;
            let rows = sum(outcome.rows.iter().map(|row| &row.amount));
            let drawn = certificate.reserve.map_or(Ratio::zero(), |reserve| reserve.amount);
            prop_assert_eq!(&rows, &certificate.distributed);
            prop_assert_eq!(&rows + &certificate.residue.clone().unwrap(), &problem.target + &drawn);
            let exact = sum(outcome.rows.iter().map(|row| &row.exact));
            let closes = exact == problem.pot || payers == 2;
            if method == Method::LargestRemainder && closes {
                prop_assert_eq!(certificate.residue, Some(Ratio::zero()));
            }
        }
    }

    #[test]
    fn a_plain_largest_remainder_always_closes(lines in lines(false), money in money()) {
        let problem = untied(problem(&lines, money, Method::LargestRemainder, Rounding::HalfUp, 0));
        let outcome = allocate(&problem).unwrap();
        prop_assert_eq!(sum(outcome.rows.iter().map(|row| &row.amount)), problem.target);
        for row in &outcome.rows {
            prop_assert!((&row.amount - &row.exact).abs() < cents(1));
        }
    }

    #[test]
    fn an_amount_is_made_of_whole_steps_within_its_bounds(
        lines in lines(true), money in money(), method in method(), mode in mode(), payers in payers(),
    ) {
        let problem = untied(problem(&lines, money, method, mode, payers));
        if let Ok(outcome) = allocate(&problem) {
            for (row, line) in outcome.rows.iter().zip(&lines) {
                prop_assert!(problem.step.count(&row.amount).is_whole());
                prop_assert!(line.1.as_ref().is_none_or(|min| *min <= row.amount));
                prop_assert!(line.2.as_ref().is_none_or(|max| *max >= row.amount));
            }
        }
    }

    #[test]
    fn free_payers_share_one_scale_and_bounds_hold_the_others(
        lines in lines(true), money in money(), payers in payers(),
    ) {
        let problem = problem(&lines, money, Method::Floor, Rounding::HalfUp, payers);
        if let Ok(outcome) = allocate(&problem) {
            let scale = &outcome.certificate.scale;
            let mut all_payers_are_full = true;
            for (row, line) in outcome.rows.iter().zip(&lines) {
                let pays = payers == 0 || payers == 1 && line.3;
                let wanted = if pays { scale * &row.quota } else { row.quota.clone() };
                match &row.held {
                    None => prop_assert_eq!(&row.exact, &wanted),
                    Some(Held::Min(_)) => prop_assert!(wanted <= row.exact),
                    Some(Held::Max(_)) => prop_assert!(wanted >= row.exact),
                }
                let full = matches!(row.held, Some(Held::Max(_)))
                    || line.1.is_some() && line.2.as_ref() == Some(&row.exact)
                    || row.quota.is_zero();
                all_payers_are_full &= !pays || full;
            }
            let exact = sum(outcome.rows.iter().map(|row| &row.exact));
            if payers != 2 && exact != problem.pot {
                prop_assert!(exact < problem.pot && all_payers_are_full);
            }
        }
    }

    #[test]
    fn an_extra_step_never_goes_to_a_smaller_remainder(
        lines in lines(true), money in money(), payers in payers(),
    ) {
        let method = Method::LargestRemainder;
        let problem = untied(problem(&lines, money, method, Rounding::HalfUp, payers));
        if let Ok(outcome) = allocate(&problem) {
            let remainder = |row: &Allotment| {
                &row.exact - &problem.step.round(&row.exact, Rounding::Floor)
            };
            let (served, others): (Vec<_>, Vec<_>) =
                outcome.rows.iter().partition(|row| row.extra_step);
            let smallest_served = served.iter().map(|row| remainder(row)).min();
            let largest_other = others.iter().map(|row| remainder(row)).max();
            if let (Some(served), Some(other)) = (smallest_served, largest_other) {
                prop_assert!(served >= other);
            }
            prop_assert!(served.iter().all(|row| !row.remainder.is_zero()));
            prop_assert!(outcome.rows.iter().all(|row| row.remainder == remainder(row)));
        }
    }

    #[test]
    fn every_amount_is_rounded_as_its_exact_value_is(
        lines in lines(true), money in money(), mode in mode(), payers in payers(),
    ) {
        let problem = problem(&lines, money, Method::EachRounded, mode, payers);
        if let Ok(outcome) = allocate(&problem) {
            for row in &outcome.rows {
                prop_assert_eq!(&row.amount, &problem.step.round(&row.exact, mode));
            }
        }
    }

    #[test]
    fn the_order_of_the_rows_changes_nothing(
        (lines, order) in lines(true).prop_flat_map(|lines| {
            let order: Vec<usize> = (0..lines.len()).collect();
            (Just(lines), Just(order).prop_shuffle())
        }),
        money in money(), method in method(), mode in mode(), payers in payers(),
    ) {
        let straight = problem(&lines, money, method, mode, payers);
        let mut shuffled = straight.clone();
        shuffled.rows = order.iter().map(|index| straight.rows[*index].clone()).collect();
        let weights = &straight.criteria[0].weights;
        shuffled.criteria[0].weights = order.iter().map(|index| weights[*index].clone()).collect();
        if let Payers::Rows(paying) = &straight.payers {
            let places = order.iter().enumerate().filter(|(_, index)| paying.contains(index));
            shuffled.payers = Payers::Rows(places.map(|(place, _)| place).collect::<BTreeSet<_>>());
        }
        let (straight, shuffled) = (allocate(&straight), allocate(&shuffled));
        prop_assert_eq!(codes(&straight), codes(&shuffled));
        if let (Ok(straight), Ok(shuffled)) = (straight, shuffled) {
            prop_assert_eq!(by_key(&straight), by_key(&shuffled));
            prop_assert_eq!(straight.certificate.scale, shuffled.certificate.scale);
            prop_assert_eq!(straight.certificate.residue, shuffled.certificate.residue);
        }
    }

    #[test]
    fn weights_in_another_unit_give_the_same_amounts(
        lines in lines(true), money in money(), mode in mode(), payers in payers(),
        numer in 1..1000_i64, denom in 1..1000_i64,
    ) {
        for method in [Method::LargestRemainder, Method::EachRounded, Method::Floor] {
            let plain = problem(&lines, money.clone(), method, mode, payers);
            let mut scaled = plain.clone();
            for weight in &mut scaled.criteria[0].weights {
                *weight = &*weight * &ratio(numer, denom);
            }
            let (plain, scaled) = (allocate(&plain), allocate(&scaled));
            prop_assert_eq!(codes(&plain), codes(&scaled));
            prop_assert_eq!(plain.ok().map(|o| o.rows), scaled.ok().map(|o| o.rows));
        }
    }

    #[test]
    fn more_weight_never_gives_less(
        lines in lines(false), money in money(), more in 1..20_000_i64, who in any::<prop::sample::Index>(),
    ) {
        let before = untied(problem(&lines, money, Method::LargestRemainder, Rounding::HalfUp, 0));
        let who = who.index(lines.len());
        let mut after = before.clone();
        let weight = &mut after.criteria[0].weights[who];
        *weight = &*weight + &ratio(more, 100);
        let (before, after) = (allocate(&before).unwrap(), allocate(&after).unwrap());
        prop_assert!(after.rows[who].amount >= before.rows[who].amount);
    }

    #[test]
    fn the_smallest_pot_works_and_a_step_less_does_not(
        lines in lines(true), money in money(), some in any::<bool>(),
    ) {
        let base = problem(&lines, money, Method::Floor, Rounding::HalfUp, u8::from(some));
        let with_pot = |pot: &Ratio| {
            let (pot, target) = (pot.clone(), pot.clone());
            allocate(&Problem { pot, target, ..base.clone() })
        };
        match smallest_pot(&base).unwrap() {
            Some(pot) => {
                prop_assert_eq!(codes(&with_pot(&pot)), []);
                if !pot.is_zero() {
                    prop_assert_eq!(codes(&with_pot(&(&pot - &cents(1)))), [Code::Infeasible]);
                }
            }
            None => prop_assert_eq!(codes(&with_pot(&Ratio::from(1_000_000_000))), [Code::Infeasible]),
        }
    }

    /// Weights and pots of up to some 10^30: around what the narrow kernel can hold.
    #[test]
    fn the_narrow_kernel_never_overflows(
        weights in prop::collection::vec(1..=u32::MAX, 2..6),
        (weight_bits, money_bits) in (0..70_u32, 0..60_u32),
        (pot, thirds) in (1..=u32::MAX, 0..3_i64),
        bounds in prop::collection::vec((any::<u16>(), any::<u16>()), 6),
        method in method(), payers in payers(),
    ) {
        let big = |number: u32, bits: u32| Ratio::from(BigInt::from(number) << bits);
        let weights = weights.iter().enumerate();
        let weights = weights.map(|(i, weight)| (i.to_string(), &big(*weight, weight_bits) + &ratio(1, 1)));
        let pot = &big(pot, money_bits) + &ratio(thirds, 300);
        let mut problem = untied(Problem::new(pot.clone(), method, weights));
        problem.target = problem.step.round(&pot, Rounding::Floor);
        for (row, (min, more)) in problem.rows.iter_mut().zip(bounds) {
            let min = &pot * &ratio(min.into(), 3 * 65_536);
            row.max = Some(Bound::max(&(&min + &(&pot * &ratio(more.into(), 65_536))) + &cents(1)));
            row.min = Some(Bound::min(min));
        }
        if payers == 2 {
            problem.payers = Payers::Reserve;
        }
        let wide = Field::<BigInt>::of(&problem);
        if let Some(narrow) = wide.narrowed() {
            prop_assert_eq!(round::round(&problem, &narrow), round::round(&problem, &wide));
        }
    }

    #[test]
    fn narrow_and_wide_numbers_agree(
        lines in lines(true), money in money(), method in method(), mode in mode(), payers in payers(),
    ) {
        let problem = problem(&lines, money, method, mode, payers);
        let wide = Field::<BigInt>::of(&problem);
        match wide.narrowed() {
            Some(narrow) => {
                prop_assert_eq!(round::round(&problem, &narrow), round::round(&problem, &wide));
            }
            None => prop_assert_eq!(payers, 1),
        }
    }
}

/// 10^30 euro by weights of 30 digits: no `i128` holds their product.
#[test]
fn numbers_beyond_the_narrow_kernel_are_as_exact() {
    let huge = |digit: &str| Ratio::parse_decimal(&digit.repeat(30)).unwrap();
    let pot = Ratio::parse_decimal(&format!("1{}", "0".repeat(30))).unwrap();
    let weights = [("a", huge("1")), ("b", huge("2")), ("c", huge("4"))];
    let problem = Problem::new(pot.clone(), Method::LargestRemainder, weights);
    assert!(Field::of(&problem).narrowed().is_none());
    let outcome = allocate(&problem).unwrap();
    assert_eq!(outcome.rows[0].exact, &pot * &ratio(1, 7));
    assert_eq!(sum(outcome.rows.iter().map(|row| &row.amount)), pot);
}

/// 8,000 rows, 10^13 cents, weights with six decimals, floors and caps: still in the narrow kernel.
#[test]
fn a_national_split_fits_the_narrow_kernel() {
    let weight = |index: i64| ratio((index * 7_919) % 1_000_003 * 997 + 1, 1_000_000);
    let weights = (0..8000).map(|index| (index.to_string(), weight(index)));
    let mut problem = Problem::new(cents(10_000_000_000_000), Method::LargestRemainder, weights);
    problem.ties = Ties::First;
    for row in problem.rows.iter_mut().step_by(3) {
        row.min = Some(Bound::min(Ratio::from(9_000_000)));
        row.max = Some(Bound::max(Ratio::from(20_000_000)));
    }
    assert!(Field::of(&problem).narrowed().is_some());
    let outcome = allocate(&problem).unwrap();
    assert_eq!(outcome.certificate.residue, Some(Ratio::zero()));
    assert_eq!(outcome.certificate.distributed, problem.target);
}
