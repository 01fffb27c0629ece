//! Places in doubt: a comparison is decided when every place that a row can have agrees.

use proptest::prelude::*;

use super::tables::{SERVIZI, rank};
use crate::outcome::Verdict;
use crate::testing::{Files, HEADER};

/// A service: its group, what orders it, whether it takes part; none is an empty cell.
type Row = (Option<u8>, Option<u8>, Option<bool>);

fn csv(rows: &[Row]) -> String {
    let line = |(at, (group, by, part)): (usize, &Row)| {
        let group = group.map_or(String::new(), |group| format!("00100{}", group + 1));
        let by = by.map_or(String::new(), |by| by.to_string());
        let part = part.map_or("", |part| if part { "sì" } else { "no" });
        format!("s{at},{group},nido,{by},2020-01-01,{part}\n")
    };
    let rows: String = rows.iter().enumerate().map(line).collect();
    format!("codice,comune,tipo,posti,aperto,pubblico\n{rows}")
}

/// What a condition on the place of each row gives, within its group.
fn verdicts(that: &str, rows: &[Row]) -> Vec<Verdict> {
    let place =
        rank("by = \"posti\"\norder = \"ascending\"\nwithin = \"comune\"\nwhere = \"pubblico\"");
    let rule = format!(
        "[eligibility.primo]\nlabel = \"Primo\"\nof = \"servizi\"\nact = \"a\"\n[eligibility.primo.condition.posto]\nlabel = \"il posto\"\nthat = \"{that}\"\nact = \"a\"\n"
    );
    let comuni =
        format!("{HEADER}001001,A001,Alba,1,,,,\n001002,A002,Bra,1,,,,\n001003,A003,Cuneo,1,,,,\n");
    let files = Files::measure(&[SERVIZI, &place, &rule].concat());
    let (run, faults) = files.run(&[("comuni", &comuni), ("servizi", &csv(rows))]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    let rows = run.outcome.decisions[0].rows.iter();
    rows.map(|row| row.verdict).collect()
}

use Verdict::{Eligible as Yes, NotEligible as No, Undetermined as Open};

#[test]
fn a_row_that_can_only_be_second_or_third_is_not_first() {
    // One asks at 00:01 and one at 00:03; of the one at 00:02 a fact is missing.
    let rows = [
        (Some(0), Some(1), Some(true)),
        (Some(0), Some(2), None),
        (Some(0), Some(3), Some(true)),
    ];
    assert_eq!(verdicts("x == 1", &rows), [Yes, Open, No]);
    assert_eq!(verdicts("1 != x", &rows), [No, Open, Yes]);
    assert_eq!(verdicts("x <= 2", &rows), [Yes, Open, Open]);
    assert_eq!(verdicts("x <= 3", &rows), [Yes, Open, Yes]);
    assert_eq!(verdicts("x > 1", &rows), [No, Open, Yes]);
    assert_eq!(verdicts("x >= 4", &rows), [No, Open, No]);
    assert_eq!(verdicts("x < 2", &rows), [Yes, Open, No]);
    // Another number made of the place is bounded otherwise, and stays open.
    assert_eq!(verdicts("x - 1 == 0", &rows), [Yes, Open, Open]);
}

#[test]
fn a_row_that_misses_what_orders_it_can_have_any_place_of_its_group() {
    let rows = [
        (Some(0), Some(1), Some(true)),
        (Some(0), None, Some(true)),
        (Some(1), Some(1), Some(true)),
    ];
    assert_eq!(verdicts("x <= 2", &rows), [Yes, Yes, Yes]);
    assert_eq!(verdicts("x == 1", &rows), [Open, Open, Yes]);
    // Of no group, it may be of each.
    let stray = [rows[0], (None, Some(0), Some(true)), rows[2]];
    assert_eq!(verdicts("x == 1", &stray), [Open, Open, Open]);
    let last = [rows[0], (None, Some(2), Some(true)), rows[2]];
    assert_eq!(verdicts("x == 1", &last), [Yes, Open, Yes]);
}

#[test]
fn an_aggregate_has_a_place_for_each_of_its_subjects() {
    let servizi = "title = \"codice\"\n";
    let servizi = SERVIZI.replace(servizi, &format!("{servizi}aggregate = \"posti\"\n"));
    let place = rank("by = \"aperto\"\norder = \"ascending\"\nwithin = \"comune\"");
    let verdicts = |that: &str| {
        let rule = format!(
            "[eligibility.primo]\nlabel = \"Primo\"\nof = \"servizi\"\nact = \"a\"\n[eligibility.primo.condition.posto]\nlabel = \"il posto\"\nthat = \"{that}\"\nact = \"a\"\n"
        );
        let comuni = format!(
            "{HEADER}001001,A001,Alba,1,,,,\n001002,A002,Bra,1,,,,\n001003,A003,Cuneo,1,,,,\n"
        );
        // Alba has one service and three more in a row; Bra some, not known how many; Cuneo one.
        let rows = "codice,comune,tipo,posti,aperto,pubblico\n\
            s0,001001,nido,1,2020-01-01,sì\n\
            *altri,001001,nido,3,2021-01-01,sì\n\
            *ignoti,001002,nido,,2021-01-01,sì\n\
            s3,001003,nido,1,2020-01-01,sì\n";
        let files = Files::measure(&[&servizi, &place, &rule].map(String::as_str).concat());
        let (run, faults) = files.run(&[("comuni", &comuni), ("servizi", rows)]);
        let run = run.unwrap_or_else(|| panic!("{faults:?}"));
        let rows = run.outcome.decisions[0].rows.iter();
        rows.map(|row| row.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts("x == 1"), [Open, Open, Open, Yes]);
    assert_eq!(verdicts("x <= 4"), [Yes, Yes, Open, Yes]);
    assert_eq!(verdicts("x > 4"), [No, No, Open, No]);
}

fn row() -> impl Strategy<Value = Row> {
    (
        prop::option::weighted(0.8, 0..2_u8),
        prop::option::weighted(0.8, 0..5_u8),
        prop::option::weighted(0.8, any::<bool>()),
    )
}

fn filled() -> impl Strategy<Value = Row> {
    (0..2_u8, 0..5_u8, any::<bool>()).prop_map(|(a, b, c)| (Some(a), Some(b), Some(c)))
}

/// The same rows with the facts of others in their empty cells.
fn fill(rows: &[Row], with: &[Row]) -> Vec<Row> {
    let both = rows.iter().zip(with);
    both.map(|(row, with)| (row.0.or(with.0), row.1.or(with.1), row.2.or(with.2)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_decided_in_doubt_is_what_any_further_fact_decides(
        (rows, with) in (1..7_usize).prop_flat_map(|n| (
            prop::collection::vec(row(), n), prop::collection::vec(filled(), n)
        )),
        that in prop::sample::select(vec!["x == 1", "x <= 2", "x > 1", "x >= 3", "x != 2"]),
    ) {
        let (before, after) = (verdicts(that, &rows), verdicts(that, &fill(&rows, &with)));
        for (before, after) in before.into_iter().zip(after) {
            prop_assert!(before == Open || before == after);
        }
    }

    #[test]
    fn a_row_that_comes_along_opens_nothing_that_was_refused(
        rows in prop::collection::vec(row(), 1..7), more in row(),
        that in prop::sample::select(vec!["x == 1", "x <= 2", "x < 3"]),
    ) {
        let after = verdicts(that, &[&rows[..], &[more]].concat());
        for (before, after) in verdicts(that, &rows).into_iter().zip(after) {
            prop_assert!(before != No || after == No);
        }
    }
}
