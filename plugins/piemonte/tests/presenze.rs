//! The average attendance of a service, by hand.

#![cfg(test)]

mod common;

use common::{Cell, days, function, number, table, texts};
use riparto_plugin::{Column, Fault, Table};

/// The period of a service that was open all along.
const PERIOD: [&str; 2] = ["2025-03-03", "2026-02-27"];

/// A row of the register of service `s`: from, to, days open, attendances.
type Entry = (&'static str, &'static str, i64, i64);

fn register(entries: &[Entry]) -> Table {
    let of = |entries: &[Entry], day: fn(&Entry) -> &'static str| {
        days(&entries.iter().map(day).collect::<Vec<_>>())
    };
    let integers = |count: fn(&Entry) -> i64| {
        Column::Integers(entries.iter().map(|entry| Some(count(entry))).collect())
    };
    let columns = vec![
        ("riga", texts(&vec!["r"; entries.len()])),
        ("servizio", texts(&vec!["s"; entries.len()])),
        ("dal", of(entries, |entry| entry.0)),
        ("al", of(entries, |entry| entry.1)),
        ("giorni_apertura", integers(|entry| entry.2)),
        ("bambini_presenti", integers(|entry| entry.3)),
    ];
    table("presenze", columns)
}

fn average_in(
    [from, to]: [&str; 2],
    declared: Option<(i128, i128)>,
    register: Table,
) -> Result<Cell, Box<Fault>> {
    let columns = vec![
        texts(&["s"]),
        days(&[from]),
        days(&[to]),
        Column::Fractions(vec![declared]),
    ];
    let mut cells = function("media_frequentanti", columns, vec![register])?;
    Ok(cells.pop().unwrap())
}

fn average(entries: &[Entry]) -> Cell {
    average_in(PERIOD, None, register(entries)).unwrap()
}

#[test]
fn attendances_are_divided_by_days_open_exactly() {
    // 460 attendances on 21 days and 500 on 20.
    let entries = [
        ("2025-03-03", "2025-03-31", 21, 460),
        ("2026-02-02", "2026-02-27", 20, 500),
    ];
    assert_eq!(average(&entries), number(960, 41));
    assert_eq!(average(&entries[1..]), number(25, 1));
}

#[test]
fn the_ends_of_the_period_are_within_it() {
    let entries = [
        ("2025-03-03", "2025-03-03", 1, 10),
        ("2026-02-27", "2026-02-27", 1, 11),
    ];
    assert_eq!(average(&entries), number(21, 2));
}

#[test]
fn a_row_wholly_outside_does_not_count() {
    let entries = [
        ("2025-03-01", "2025-03-02", 2, 2_000),
        ("2025-04-01", "2025-04-30", 20, 300),
        ("2026-02-28", "2026-03-31", 20, 2_000),
    ];
    assert_eq!(average(&entries), number(15, 1));
}

#[test]
fn a_row_astride_an_end_leaves_the_average_absent() {
    let within = ("2025-04-01", "2025-04-30", 20, 300);
    for astride in [
        ("2025-03-01", "2025-03-03", 1, 10),
        ("2026-02-27", "2026-02-28", 1, 10),
    ] {
        assert_eq!(average(&[within, astride]), None, "{astride:?}");
    }
    let both_ends = ("2025-01-01", "2026-12-31", 200, 10);
    assert_eq!(average(&[both_ends]), None);
}

#[test]
fn a_row_that_cannot_be_leaves_the_average_absent_even_outside_the_period() {
    let within = ("2025-04-01", "2025-04-30", 20, 300);
    assert_eq!(
        average(&[within, ("2025-05-01", "2025-05-31", 31, 0)]),
        number(300, 51)
    );
    for impossible in [
        ("2025-05-01", "2025-05-31", 32, 300),
        ("2025-05-01", "2025-05-31", -1, 300),
        ("2025-05-01", "2025-05-31", 20, -1),
        ("2025-05-01", "2025-05-31", 0, 200),
        ("2024-05-01", "2024-05-31", 32, 300),
        ("2025-05-31", "2025-05-01", 0, 0),
    ] {
        assert_eq!(average(&[within, impossible]), None, "{impossible:?}");
    }
}

#[test]
fn the_declared_average_stands_in_only_where_no_day_was_open() {
    let declared = Some((51, 2));
    let closed = ("2025-08-01", "2025-08-31", 0, 0);
    let open = ("2025-04-01", "2025-04-30", 20, 300);
    let astride = ("2025-03-01", "2025-03-03", 1, 10);
    for (entries, given) in [
        (&[][..], number(51, 2)),
        (&[closed], number(51, 2)),
        (&[closed, open], number(15, 1)),
        (&[astride], None),
    ] {
        let cell = average_in(PERIOD, declared, register(entries)).unwrap();
        assert_eq!(cell, given, "{entries:?}");
    }
    assert_eq!(average(&[closed]), None);
}

#[test]
fn a_missing_end_matters_only_to_the_rows_that_it_could_move() {
    let open = ("2025-04-01", "2025-04-30", 20, 300);
    let declared = Some((9, 1));
    let given = |period| average_in(period, declared, register(&[open])).unwrap();
    assert_eq!(given(["", "2026-02-27"]), None);
    assert_eq!(given(["2025-03-03", ""]), None);
    assert_eq!(given(["", "2025-03-31"]), number(9, 1), "the row is later");
    assert_eq!(
        given(["2025-05-01", ""]),
        number(9, 1),
        "the row is earlier"
    );
}

#[test]
fn each_service_has_its_own_rows_and_its_own_period() {
    let mut register = register(&[
        ("2025-04-01", "2025-04-30", 20, 300),
        ("2025-09-01", "2025-09-30", 20, 200),
        ("2025-04-01", "2025-04-30", 10, 10),
    ]);
    register.columns[1].1 = texts(&["s", "s", "t"]);
    let columns = vec![
        texts(&["s", "s", "t", "u", ""]),
        days(&[
            "2025-03-03",
            "2025-09-01",
            "2025-03-03",
            "2025-03-03",
            "2025-03-03",
        ]),
        days(&["2026-02-27"; 5]),
        Column::Integers(vec![None; 5]),
    ];
    let cells = function("media_frequentanti", columns, vec![register]).unwrap();
    assert_eq!(
        cells,
        [number(25, 2), number(10, 1), number(1, 1), None, None]
    );
}

#[test]
fn a_missing_cell_of_a_row_leaves_its_service_without_average() {
    for missing in 2..6 {
        let entries = [
            ("2025-04-01", "2025-04-30", 20, 300),
            ("2025-05-01", "2025-05-31", 20, 300),
        ];
        let mut register = register(&entries);
        match &mut register.columns[missing].1 {
            Column::Dates(cells) => cells[1] = None,
            Column::Integers(cells) => cells[1] = None,
            other => panic!("{other:?}"),
        }
        let cell = average_in(PERIOD, Some((1, 1)), register).unwrap();
        assert_eq!(cell, None, "column {missing}");
    }
}

#[test]
fn rows_of_no_service_are_all_told_at_once() {
    let mut register = register(&[("2025-04-01", "2025-04-30", 20, 300); 3]);
    register.columns[1].1 = texts(&["", "s", ""]);
    let fault = average_in(PERIOD, None, register).unwrap_err();
    assert_eq!(fault.code, "missing-service");
    assert!(fault.message.contains("`2`, `4`"), "{}", fault.message);
}

#[test]
fn rows_of_a_service_with_a_day_in_common_are_all_told_at_once() {
    let faults = |entries: &[Entry]| {
        let fault = average_in(PERIOD, None, register(entries)).unwrap_err();
        assert_eq!(fault.code, "overlapping-rows");
        let named = fault.message_en.split(": ").nth(1).unwrap().to_owned();
        (named, fault.place.unwrap().line)
    };
    // A month twice, then one of its days; a day that stands twice.
    let entries = [
        ("2025-04-01", "2025-04-30", 20, 200),
        ("2025-04-01", "2025-04-30", 20, 200),
        ("2025-06-03", "2025-06-03", 1, 10),
        ("2025-04-30", "2025-04-30", 1, 30),
        ("2025-06-03", "2025-06-03", 1, 30),
    ];
    let named = "`2 and 3`, `2 and 5`, `4 and 6`".to_owned();
    assert_eq!(faults(&entries[..5]), (named, 3));
    // The year covers what the day after its first month does not.
    let entries = [
        ("2025-05-10", "2025-05-10", 1, 30),
        ("2025-04-01", "2026-03-31", 200, 200),
        ("2025-04-02", "2025-04-02", 1, 30),
    ];
    assert_eq!(faults(&entries), ("`3 and 4`, `2 and 3`".to_owned(), 4));
    // They need not lie within the period.
    let entries = [
        ("2024-05-10", "2024-05-11", 1, 30),
        ("2024-05-11", "2024-05-12", 1, 30),
    ];
    assert_eq!(faults(&entries), ("`2 and 3`".to_owned(), 3));
}

#[test]
fn the_same_days_of_two_services_do_not_overlap() {
    let mut register = register(&[("2025-04-01", "2025-04-30", 20, 300); 2]);
    register.columns[1].1 = texts(&["s", "t"]);
    let cell = average_in(PERIOD, None, register).unwrap();
    assert_eq!(cell, number(15, 1));
}

#[test]
fn columns_that_the_register_lacks_are_all_told_at_once() {
    let fault = average_in(PERIOD, None, table("presenze", vec![("dal", days(&[]))])).unwrap_err();
    assert_eq!(fault.code, "missing-column");
    let lacks = "`servizio`, `al`, `giorni_apertura`, `bambini_presenti`";
    assert!(fault.message_en.contains(lacks), "{}", fault.message_en);
}

#[test]
fn sums_that_overflow_are_refused_not_wrapped() {
    let entries = [
        ("0001-01-01", "2999-12-31", 1, i64::MAX),
        ("3000-01-01", "5999-12-31", 1, i64::MAX),
        ("6000-01-01", "9999-12-31", 1, i64::MAX),
    ];
    let cell = average_in(["0001-01-01", "9999-12-31"], None, register(&entries)).unwrap();
    assert_eq!(cell, number(i128::from(i64::MAX), 1));
    let mut huge = register(&entries);
    huge.columns[5].1 = Column::Fractions(vec![Some((i128::MAX, 1)); 3]);
    let fault = average_in(["0001-01-01", "9999-12-31"], None, huge).unwrap_err();
    assert_eq!(fault.code, "too-large");
}
