//! Splits worked out by hand, and splits that were published.

mod refusals;

use super::*;
use crate::diag::{Code, Lang, Text};
use crate::num::{Cents, Ratio, Rounding, Step};

fn n(text: &str) -> Ratio {
    match text.split_once('/') {
        Some((numer, denom)) => {
            Ratio::new(numer.parse::<i64>().unwrap(), denom.parse::<i64>().unwrap()).unwrap()
        }
        None => Ratio::parse_decimal(text).unwrap(),
    }
}

/// A split of `amount` by weights, to rows called `1`, `2`, `3`…
fn split(amount: &str, method: Method, weights: &[&str]) -> Problem {
    let weights = weights.iter().enumerate();
    Problem::new(
        n(amount),
        method,
        weights.map(|(index, weight)| ((index + 1).to_string(), n(weight))),
    )
}

fn closing(amount: &str, weights: &[&str]) -> Problem {
    split(amount, Method::LargestRemainder, weights)
}

trait Change: Sized {
    fn with(self, change: impl FnOnce(&mut Self)) -> Self;
    fn min(self, row: usize, amount: &str) -> Self;
    fn max(self, row: usize, amount: &str) -> Self;
    fn paid_by(self, payers: Payers) -> Self;
}

impl Change for Problem {
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
    fn min(self, row: usize, amount: &str) -> Self {
        self.with(|p| p.rows[row - 1].min = Some(Bound::min(n(amount))))
    }
    fn max(self, row: usize, amount: &str) -> Self {
        self.with(|p| p.rows[row - 1].max = Some(Bound::max(n(amount))))
    }
    fn paid_by(self, payers: Payers) -> Self {
        self.with(|p| p.payers = payers)
    }
}

fn rows(positions: &[usize]) -> Payers {
    Payers::Rows(positions.iter().map(|position| position - 1).collect())
}

fn amounts(outcome: &Outcome) -> Vec<String> {
    outcome.rows.iter().map(|row| euro(&row.amount)).collect()
}

fn euro(amount: &Ratio) -> String {
    Step::cent().format(amount)
}

fn solved(problem: &Problem) -> Outcome {
    allocate(problem).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The code and the Italian sentences of the only fault.
fn fault(problem: &Problem) -> (Code, String, String) {
    let faults = allocate(problem).unwrap_err().into_sorted();
    assert_eq!(faults.len(), 1, "{faults:?}");
    let help = faults[0]
        .help
        .as_ref()
        .map_or("", |help| help.get(Lang::It));
    (
        faults[0].code,
        faults[0].message.get(Lang::It).to_owned(),
        help.to_owned(),
    )
}

fn codes(problem: &Problem) -> Vec<Code> {
    allocate(problem)
        .unwrap_err()
        .iter()
        .map(|d| d.code)
        .collect()
}

/// A pot that holds fractions of a cent, split by the unit value among a few of many.
fn published(fund: &str, share: &str, total: &str, counts: &[&str]) -> Outcome {
    let share = n(share);
    let pot = &n(fund) * &share;
    let target = pots(Cents::parse(fund).unwrap(), &[("one", share)]).unwrap()[0].to_ratio();
    solved(&split("0", Method::UnitValue, counts).with(|p| {
        p.pot = pot;
        p.target = target;
        p.criteria[0].total = Some(n(total));
    }))
}

fn unit(outcome: &Outcome) -> String {
    euro(&outcome.certificate.unit_value.as_ref().unwrap().applied)
}

mod published_figures {
    use super::*;

    /// As published in 2022: 95% over the 20,355 children of all Comuni, 5% over the 9,541 of those with
    /// training. Biella has 144 children in both, Borriana 9 in the first only.
    #[test]
    fn the_table_of_2022_gives_the_amounts_of_biella_and_borriana() {
        let funds = [
            ("16342410.11", "762.73", "85.64", "122165.28", "6864.57"),
            ("4701296.61", "219.42", "24.64", "35144.64", "1974.78"),
        ];
        for (fund, base_unit, training_unit, biella, borriana) in funds {
            let base = published(fund, "0.95", "20355", &["144", "9"]);
            let training = published(fund, "0.05", "9541", &["144"]);
            assert_eq!(unit(&base), base_unit);
            assert_eq!(unit(&training), training_unit);
            let of_biella = &base.rows[0].amount + &training.rows[0].amount;
            assert_eq!(euro(&of_biella), biella);
            assert_eq!(euro(&base.rows[1].amount), borriana);
        }
    }

    /// As published in 2024: 95% over 23,580 children, of whom 493 in Asti.
    #[test]
    fn the_table_of_2024_gives_the_amount_of_asti() {
        let region = published("4701451.00", "0.95", "23580", &["493"]);
        let state = published("14630769.47", "0.95", "23580", &["493"]);
        assert_eq!(unit(&region), "189.41");
        assert_eq!(unit(&state), "589.45");
        let asti = &region.rows[0].amount + &state.rows[0].amount;
        assert_eq!(euro(&asti), "383977.98");
    }

    /// 4,701,451.00 × 95% = 4,466,378.45; 189.41 × 23,580 = 4,466,287.80.
    #[test]
    fn the_residue_of_a_unit_value_is_that_of_the_whole() {
        let region = published("4701451.00", "0.95", "23580", &["493"]);
        assert_eq!(region.certificate.residue, Some(n("90.65")));
    }
}

mod plain_splits {
    use super::*;

    #[test]
    fn a_thousand_by_three_and_two_is_six_hundred_and_four_hundred() {
        for method in Method::ALL {
            let outcome = solved(&split("1000.00", method, &["3", "2"]));
            assert_eq!(amounts(&outcome), ["600.00", "400.00"], "{}", method.name());
            assert_eq!(outcome.certificate.residue, Some(Ratio::zero()));
            assert_eq!(outcome.certificate.leftover, None);
            assert_eq!(outcome.rows[0].rank, None);
        }
    }

    /// 10.00 by 1, 2, 4: quotas 1.428571…, 2.857142…, 5.714285…; floors 1.42, 2.85, 5.71 leave two
    /// cents; remainders 6/7, 5/7, 3/7 of a cent.
    #[test]
    fn the_cents_left_go_to_the_largest_remainders() {
        let outcome = solved(&closing("10.00", &["1", "2", "4"]));
        assert_eq!(amounts(&outcome), ["1.43", "2.86", "5.71"]);
        let ranks: Vec<_> = outcome.rows.iter().map(|row| row.rank.unwrap()).collect();
        assert_eq!(ranks, [1, 2, 3]);
        let leftover = outcome.certificate.leftover.unwrap();
        assert_eq!(leftover.steps, 2);
        assert_eq!(leftover.last_served.keys, ["2"]);
        assert_eq!(leftover.last_served.remainder, n("5/700"));
        let next = leftover.first_not_served.unwrap();
        assert_eq!((next.keys[0].as_str(), next.remainder), ("3", n("3/700")));
        assert_eq!(leftover.settled, None);
        assert_eq!(outcome.rows[0].exact, n("10/7"));
        assert_eq!(outcome.rows[0].remainder, n("6/700"));
        assert!(outcome.rows[0].extra_step && !outcome.rows[2].extra_step);
    }

    /// 20000 / 3 = 6666.67 a unit; 6666.67 × 3 is one cent too many.
    #[test]
    fn a_unit_value_may_leave_less_than_nothing() {
        let outcome = solved(&split("20000.00", Method::UnitValue, &["1", "2"]));
        assert_eq!(amounts(&outcome), ["6666.67", "13333.34"]);
        assert_eq!(outcome.certificate.residue, Some(n("-0.01")));
        let unit = outcome.certificate.unit_value.unwrap();
        assert_eq!((unit.exact, unit.applied), (n("20000/3"), n("6666.67")));
    }

    /// 0.05 by 1, 1: each quota is 2.5 cents. 0.07 by 1, 1: each is 3.5 cents.
    #[test]
    fn every_mode_rounds_a_midpoint_as_it_says() {
        let modes = [
            (Rounding::HalfUp, "0.03", "0.04"),
            (Rounding::HalfEven, "0.02", "0.04"),
            (Rounding::HalfDown, "0.02", "0.03"),
            (Rounding::Up, "0.03", "0.04"),
            (Rounding::Down, "0.02", "0.03"),
            (Rounding::Ceiling, "0.03", "0.04"),
            (Rounding::Floor, "0.02", "0.03"),
        ];
        for (mode, five, seven) in modes {
            for (amount, expected) in [("0.05", five), ("0.07", seven)] {
                let problem = split(amount, Method::EachRounded, &["1", "1"]);
                let outcome = solved(&problem.with(|p| p.rounding = mode));
                assert_eq!(amounts(&outcome), [expected, expected], "{}", mode.name());
            }
        }
    }

    #[test]
    fn floor_keeps_what_it_cuts() {
        let outcome = solved(&split("100.00", Method::Floor, &["1", "1", "1"]));
        assert_eq!(amounts(&outcome), ["33.33", "33.33", "33.33"]);
        assert_eq!(outcome.certificate.residue, Some(n("0.01")));
    }

    #[test]
    fn an_amount_that_is_not_a_multiple_of_the_step_leaves_the_odd_part() {
        let problem = closing("1005.00", &["3", "2"]).with(|p| p.step = Step::parse("10").unwrap());
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["600.00", "400.00"]);
        assert_eq!(outcome.certificate.residue, Some(n("5")));
    }

    #[test]
    fn a_row_of_zero_weight_gets_nothing() {
        let outcome = solved(&closing("0.05", &["1", "0", "2"]));
        assert_eq!(amounts(&outcome), ["0.02", "0.00", "0.03"]);
    }

    #[test]
    fn nothing_to_split_gives_nothing_to_each() {
        let outcome = solved(&closing("0.00", &["1", "2"]).max(1, "5"));
        assert_eq!(amounts(&outcome), ["0.00", "0.00"]);
        assert_eq!(outcome.certificate.scale, Ratio::one());
    }

    /// 60.00 by children 1, 3 and 40.00 by services 1, 1: 15 + 20 and 45 + 20.
    #[test]
    fn several_criteria_add_up_row_by_row() {
        let problem = closing("100.00", &["1", "3"]).with(|p| {
            p.criteria[0].share = n("0.6");
            p.criteria.push(Criterion {
                share: n("0.4"),
                ..Criterion::whole(vec![n("1"), n("1")])
            });
        });
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["35.00", "65.00"]);
        let units: Vec<_> = outcome
            .certificate
            .criteria
            .iter()
            .map(|c| euro(&c.unit_value))
            .collect();
        assert_eq!(units, ["15.00", "20.00"]);
        assert_eq!(outcome.certificate.unit_value, None);
    }

    /// A share of 1/3 of 1.00 is 33 1/3 cents: the pot given to close is 33 cents.
    #[test]
    fn a_pot_with_fractions_of_a_cent_closes_to_its_cents() {
        for (target, expected) in [("0.33", ["0.11", "0.22"]), ("0.34", ["0.11", "0.23"])] {
            let problem = closing("0", &["1", "2"]).with(|p| {
                p.pot = n("1/3");
                p.target = n(target);
            });
            let outcome = solved(&problem);
            assert_eq!(amounts(&outcome), expected);
            assert_eq!(outcome.certificate.residue, Some(Ratio::zero()));
        }
    }

    /// The listed rows weigh 3 of 10: 30.00 of 100.00. Only a whole unit value fixes the residue.
    #[test]
    fn a_total_weight_makes_the_rows_a_part_of_a_whole() {
        let of_ten = |method| {
            let problem = split("100.00", method, &["1", "2"]);
            solved(&problem.with(|p| p.criteria[0].total = Some(n("10"))))
        };
        for method in [Method::UnitValue, Method::EachRounded, Method::Floor] {
            assert_eq!(amounts(&of_ten(method)), ["10.00", "20.00"]);
        }
        assert_eq!(of_ten(Method::UnitValue).certificate.residue, Some(n("0")));
        assert_eq!(of_ten(Method::EachRounded).certificate.residue, None);
        assert_eq!(of_ten(Method::Floor).certificate.residue, None);
        let fractional = split("100.00", Method::UnitValue, &["1", "2"])
            .with(|p| p.criteria[0].total = Some(n("3.5")));
        assert_eq!(solved(&fractional).certificate.residue, None);
    }

    #[test]
    fn pots_close_to_the_fund_however_it_is_cut() {
        let sevenths: Vec<(&str, Ratio)> = "abcdefg"
            .split("")
            .filter(|name| !name.is_empty())
            .map(|name| (name, n("1/7")))
            .collect();
        let cut = pots(Cents::new(100), &sevenths).unwrap();
        assert_eq!(cut.iter().map(|pot| pot.count()).sum::<i128>(), 100);
        assert!(cut.iter().all(|pot| [14, 15].contains(&pot.count())));
        assert_eq!(
            pots(
                Cents::parse("4701451.00").unwrap(),
                &[("comuni", n("0.95")), ("cpt", n("0.05"))]
            )
            .unwrap(),
            [Cents::new(446_637_845), Cents::new(23_507_255)]
        );
    }

    #[test]
    fn the_odd_cent_of_a_fund_goes_to_the_largest_remainder_in_any_order() {
        // 4701296.61 × 95% = 4466231.7795 and × 5% = 235064.8305: the cent goes where 0.95 of it is.
        let fund = Cents::parse("4701296.61").unwrap();
        let (comuni, formazione) = (("comuni", n("0.95")), ("formazione", n("0.05")));
        let cut = pots(fund, &[comuni.clone(), formazione.clone()]).unwrap();
        assert_eq!(cut, [Cents::new(446_623_178), Cents::new(23_506_483)]);
        let turned = pots(fund, &[formazione, comuni]).unwrap();
        assert_eq!(turned, [cut[1], cut[0]]);
    }
}

mod ties {
    use super::*;

    #[test]
    fn equal_remainders_for_the_last_cent_stop_the_split() {
        let (code, message, _) = fault(&closing("100.00", &["1", "1", "1"]));
        assert_eq!(code, Code::Tie);
        assert_eq!(
            message,
            "3 righe hanno lo stesso resto e si contendono l'ultimo passo da 0.01: `1`, `2`, `3`"
        );
    }

    #[test]
    fn equal_remainders_that_are_all_served_are_no_tie() {
        // 6.67 by 1, 1, 2: quotas 1.6675, 1.6675, 3.335; remainders 3/4, 3/4, 1/2 of a cent.
        let outcome = solved(&closing("6.67", &["1", "1", "2"]));
        assert_eq!(amounts(&outcome), ["1.67", "1.67", "3.33"]);
        assert_eq!(
            outcome.certificate.leftover.unwrap().last_served.keys,
            ["1", "2"]
        );
    }

    #[test]
    fn a_rule_that_names_the_order_settles_a_tie() {
        let thirds = closing("100.00", &["1", "1", "1"]);
        let by = |ties| amounts(&solved(&thirds.clone().with(|p| p.ties = ties)));
        assert_eq!(by(Ties::First), ["33.34", "33.33", "33.33"]);
        assert_eq!(by(Ties::Last), ["33.33", "33.33", "33.34"]);
        let drawn = thirds.with(|p| {
            p.ties = Ties::Ranked;
            for (row, place) in p.rows.iter_mut().zip([3, 1, 2]) {
                row.precedence = Some(place);
            }
        });
        let outcome = solved(&drawn);
        assert_eq!(amounts(&outcome), ["33.33", "33.34", "33.33"]);
        let settled = outcome.certificate.leftover.unwrap().settled.unwrap();
        assert_eq!(settled.keys, ["2", "3", "1"]);
        assert_eq!((settled.steps, settled.by), (1, Ties::Ranked));
        assert!(outcome.rows.iter().all(|row| row.rank == Some(1)));
    }

    #[test]
    fn a_precedence_that_does_not_tell_them_apart_leaves_the_tie() {
        let ranked = |places: [Option<i64>; 3]| {
            closing("100.00", &["1", "1", "1"]).with(|p| {
                p.ties = Ties::Ranked;
                for (row, place) in p.rows.iter_mut().zip(places) {
                    row.precedence = place;
                }
            })
        };
        assert_eq!(fault(&ranked([Some(1), Some(1), Some(2)])).0, Code::Tie);
        assert_eq!(fault(&ranked([Some(1), Some(2), None])).0, Code::Tie);
        assert!(allocate(&ranked([Some(1), Some(2), Some(2)])).is_ok());
    }
}

mod bounds {
    use super::*;

    /// 100.00 by 1, 2, 7 with at least 25 for the first and at most 50 for the third: quotas 10,
    /// 20, 70. The second takes the other 25: its quota times 5/4.
    #[test]
    fn floors_and_caps_are_paid_by_all_at_one_scale() {
        let problem = closing("100.00", &["1", "2", "7"])
            .min(1, "25")
            .max(3, "50");
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["25.00", "25.00", "50.00"]);
        assert_eq!(outcome.certificate.scale, n("5/4"));
        assert_eq!(
            outcome.rows[0].held,
            Some(Held::Min(Text {
                it: "minimo".into(),
                en: "minimum".into()
            }))
        );
        assert!(matches!(outcome.rows[2].held, Some(Held::Max(_))));
        assert_eq!(outcome.rows[1].held, None);
        assert_eq!(
            (&outcome.rows[0].quota, &outcome.rows[0].exact),
            (&n("10"), &n("25"))
        );
    }

    /// 60.00 by 1, 1, 4 with at least 20 each for the first two: the third pays 20 of its 40.
    #[test]
    fn minimums_are_taken_from_those_above_theirs() {
        let problem = closing("60.00", &["1", "1", "4"]).min(1, "20").min(2, "20");
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["20.00", "20.00", "20.00"]);
        assert_eq!(outcome.certificate.scale, n("1/2"));
    }

    /// 100.00 by 1, 1, 2, first at least 40; the third alone pays: 50 − 15.
    #[test]
    fn a_class_of_payers_leaves_the_others_alone() {
        let problem = closing("100.00", &["1", "1", "2"])
            .min(1, "40")
            .paid_by(rows(&[3]));
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["40.00", "25.00", "35.00"]);
        assert_eq!(outcome.certificate.scale, n("7/10"));
    }

    /// As above by the unit value: payers get 17.50 a unit, the others 25.00.
    #[test]
    fn payers_have_a_unit_value_of_their_own() {
        let problem = split("100.00", Method::UnitValue, &["1", "1", "2"])
            .min(1, "40")
            .paid_by(rows(&[3]));
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["40.00", "25.00", "35.00"]);
        assert_eq!(unit(&outcome), "17.50");
    }

    /// 100.00 by 1, 1, first at least 70: the reserve adds 20. First at most 30: it takes 20 back.
    #[test]
    fn a_reserve_pays_for_floors_and_takes_what_caps_free() {
        let floor = closing("100.00", &["1", "1"])
            .min(1, "70")
            .paid_by(Payers::Reserve);
        let cap = closing("100.00", &["1", "1"])
            .max(1, "30")
            .paid_by(Payers::Reserve);
        for (problem, expected, drawn) in [
            (floor, ["70.00", "50.00"], "20"),
            (cap, ["30.00", "50.00"], "-20"),
        ] {
            let outcome = solved(&problem);
            assert_eq!(amounts(&outcome), expected);
            let reserve = outcome.certificate.reserve.unwrap();
            assert_eq!((reserve.exact, reserve.amount), (n(drawn), n(drawn)));
            assert_eq!(outcome.certificate.residue, Some(Ratio::zero()));
            assert_eq!(outcome.certificate.scale, Ratio::one());
        }
    }

    /// 100.00 by 1, 2: quotas 33.333…, 66.666…; first at least 40. Exactly 106.666…, drawn in cents.
    #[test]
    fn a_reserve_moves_whole_steps() {
        let problem = closing("100.00", &["1", "2"])
            .min(1, "40")
            .paid_by(Payers::Reserve);
        let outcome = solved(&problem);
        assert_eq!(amounts(&outcome), ["40.00", "66.67"]);
        let reserve = outcome.certificate.reserve.unwrap();
        assert_eq!((reserve.exact, reserve.amount), (n("20/3"), n("6.67")));
        assert_eq!(outcome.certificate.residue, Some(Ratio::zero()));
    }

    #[test]
    fn maximums_below_the_pot_leave_a_residue() {
        for method in Method::ALL {
            let problem = split("100.00", method, &["1", "2"])
                .max(1, "10")
                .max(2, "33.339");
            let outcome = solved(&problem);
            assert_eq!(amounts(&outcome), ["10.00", "33.33"], "{}", method.name());
            assert_eq!(outcome.certificate.residue, Some(n("56.67")));
        }
    }

    #[test]
    fn a_row_of_zero_weight_gets_its_minimum_and_never_absorbs_money() {
        let with_min = closing("100.00", &["1", "0"]).min(2, "30");
        assert_eq!(amounts(&solved(&with_min)), ["70.00", "30.00"]);
        let capped = solved(&closing("100.00", &["1", "0"]).max(1, "60"));
        assert_eq!(amounts(&capped), ["60.00", "0.00"]);
        assert_eq!(capped.certificate.residue, Some(n("40")));
    }

    #[test]
    fn minimums_round_up_to_a_step_and_maximums_down() {
        let problem = closing("100.00", &["1", "1", "1"])
            .min(1, "40.001")
            .max(2, "20.009");
        assert_eq!(amounts(&solved(&problem)), ["40.01", "20.00", "39.99"]);
    }

    /// 10.00 by 1, 1, 1 with at most 3.33 for the first: the others have 3.335 each, and the cent
    /// that is left cannot go to the first.
    #[test]
    fn an_extra_cent_never_breaks_a_maximum() {
        let problem = closing("10.00", &["1", "1", "1"])
            .max(1, "3.33")
            .with(|p| p.ties = Ties::First);
        assert_eq!(amounts(&solved(&problem)), ["3.33", "3.34", "3.33"]);
    }

    /// 100.00 by 1, 1, at least 60 and 40: any scale up to 4/5 would do; the nearest to one is told.
    #[test]
    fn where_a_range_of_scales_would_do_the_nearest_to_one_is_told() {
        let outcome = solved(&closing("100.00", &["1", "1"]).min(1, "60").min(2, "40"));
        assert_eq!(amounts(&outcome), ["60.00", "40.00"]);
        assert_eq!(outcome.certificate.scale, n("4/5"));
    }
}
