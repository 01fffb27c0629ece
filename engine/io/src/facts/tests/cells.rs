//! Faults of single cells, by type.

use super::*;

fn codes(kind: ColumnType, cell: &str) -> Vec<Code> {
    let found = found(&one(kind), format!("k;v\na;{cell}\n"));
    found.iter().map(|fault| fault.code).collect()
}

#[test]
fn an_empty_required_cell_points_to_where_it_should_be() {
    assert_eq!(
        faults(&comuni(), "istat;nome;bambini;spesa\n001272;Torino; ;1\n"),
        [(Code::EmptyCell, 2, 15, 1)]
    );
    assert_eq!(
        faults(&one(ColumnType::Integer), "k;v\na;\n"),
        [(Code::EmptyCell, 2, 3, 1)]
    );
}

#[test]
fn a_count_is_whole_and_not_below_zero() {
    for cell in [
        "-5",
        "12,5",
        "1e3",
        "dodici",
        "1 250",
        "12 bambini",
        "99999999999999999999",
        "1.23.456",
    ] {
        assert_eq!(
            codes(ColumnType::Integer, cell),
            [Code::MalformedCell],
            "{cell}"
        );
    }
    assert_eq!(help(ColumnType::Integer, "12,0"), "scrivere `12`");
    assert_eq!(help(ColumnType::Integer, "1.250,00"), "scrivere `1250`");
}

#[test]
fn a_grouped_count_is_not_taken_for_one_with_decimals() {
    let decl = table(
        "t",
        vec![
            column("k", ColumnType::Text),
            column("v", ColumnType::Integer),
            column("d", ColumnType::Decimal),
        ],
    );
    let (_, help) = words(&decl, "k;v;d\na;1.000;0.5\n", Lang::It);
    assert_eq!(help, "scrivere `1000`, senza separare le migliaia");
}

#[test]
fn an_amount_has_two_decimals_at_most() {
    for cell in ["12,505", "€ 12", "12 €", "1'250", ",50", "5."] {
        let text = format!("k;v\na;{cell}\nb;0,5\n");
        assert_eq!(
            faults(&one(ColumnType::Euro), text)[0].0,
            Code::MalformedCell,
            "{cell}"
        );
    }
    assert_eq!(
        codes(ColumnType::Decimal, &"9".repeat(40)),
        [Code::MalformedCell]
    );
}

#[test]
fn a_number_that_reads_in_two_ways_is_refused_with_both() {
    for kind in [ColumnType::Decimal, ColumnType::Euro, ColumnType::Integer] {
        assert_eq!(
            faults(&one(kind), "k;v\na;18.500\n"),
            [(Code::AmbiguousNumber, 2, 3, 6)]
        );
    }
    let (message, help) = words(&one(ColumnType::Decimal), "k;v\na;1.234\n", Lang::It);
    assert!(
        message.contains("1234") && message.contains("1,234"),
        "{message}"
    );
    assert_eq!(help, "scrivere `1234` nel primo caso, `1.2340` nel secondo");
    let euro = words(&one(ColumnType::Euro), "k;v\na;18,500\n", Lang::En).1;
    assert_eq!(
        euro,
        "write `18500` in the first case, `18,5` in the second"
    );
    let count = words(&one(ColumnType::Integer), "k;v\na;1.234\n", Lang::En).1;
    assert_eq!(count, "write `1234`, without grouping thousands");
}

#[test]
fn what_an_ambiguous_number_is_told_to_become_is_accepted() {
    for (cell, value) in [
        ("1234", "1234"),
        ("1.2340", "1.234"),
        ("18.5", "18.5"),
        ("1.0", "1"),
    ] {
        let read = sound(&one(ColumnType::Decimal), format!("k;v\na;{cell}\n"));
        assert_eq!(numbers(&read, "v"), some(&[value]));
    }
}

#[test]
fn two_decimal_marks_point_to_each_other() {
    let text = "k;v\na;1.234,56\nb;1,234.56\nc;7,5\n";
    let diagnostics = found(&one(ColumnType::Decimal), text);
    let mixed: Vec<_> = diagnostics.iter().collect();
    assert_eq!(mixed.len(), 1);
    assert_eq!(fault(mixed[0]), (Code::MixedDecimals, 3, 3, 8));
    assert_eq!(
        (mixed[0].related[0].0.line, mixed[0].related[0].0.column),
        (2, 3)
    );
}

#[test]
fn a_lost_zero_is_given_back() {
    for (cell, meant) in [
        ("5005", "005005"),
        ("1001", "001001"),
        ("12133", "012133"),
        ("5005.0", "005005"),
        ("5.005", "005005"),
    ] {
        assert_eq!(
            codes(ColumnType::Istat, cell),
            [Code::IstatLeadingZero],
            "{cell}"
        );
        assert!(
            help(ColumnType::Istat, cell).contains(&format!("`{meant}`")),
            "{cell}"
        );
    }
    assert_eq!(help(ColumnType::Istat, "101001,0"), "scrivere `101001`");
    for cell in ["001", "0012720", "L219", "00127a", "٠٠١٢٧٢"] {
        assert_eq!(
            codes(ColumnType::Istat, cell),
            [Code::MalformedCell],
            "{cell}"
        );
    }
}

#[test]
fn a_cadastral_code_is_a_letter_and_three_digits() {
    assert_eq!(help(ColumnType::Cadastral, "l219"), "scrivere `L219`");
    for cell in ["219", "LL19", "L2199", "È219"] {
        assert_eq!(
            codes(ColumnType::Cadastral, cell),
            [Code::MalformedCell],
            "{cell}"
        );
    }
}

#[test]
fn a_day_is_shown_as_it_must_be_written() {
    for cell in [
        "18/09/2024",
        "18-9-2024",
        "18.09.2024",
        "2024/09/18",
        "2024-9-18",
        "2024-09-18 00:00:00",
        "18/09/2024 00:00",
    ] {
        assert_eq!(
            help(ColumnType::Date, cell),
            "scrivere `2024-09-18`",
            "{cell}"
        );
    }
    for cell in ["2023-02-29", "31/02/2024", "settembre 2024", "18/09/24"] {
        assert!(
            help(ColumnType::Date, cell).contains("anno, mese e giorno"),
            "{cell}"
        );
    }
}

#[test]
fn what_stands_for_a_missing_value_is_to_be_left_out() {
    let decl = table(
        "t",
        vec![
            column("k", ColumnType::Text),
            optional("v", ColumnType::Decimal),
            optional("w", ColumnType::Text),
        ],
    );
    for cell in ["#N/D", "#REF!", "n.d.", "-", "#DIV/0!"] {
        assert_eq!(
            faults(&decl, format!("k;v;w\na;{cell};x\n"))[0].0,
            Code::MalformedCell
        );
        let (_, help) = words(&decl, format!("k;v;w\na;1;{cell}\n"), Lang::It);
        assert_eq!(help, "se il dato manca davvero, lasciare la cella vuota");
    }
    assert!(help(ColumnType::Decimal, "n.d.").contains("obbligatoria"));
}

#[test]
fn a_long_cell_is_cut_in_the_message() {
    let (message, _) = words(
        &one(ColumnType::Integer),
        format!("k;v\na;{}\n", "x".repeat(500)),
        Lang::En,
    );
    assert!(message.chars().count() < 120, "{message}");
}

#[test]
fn the_number_of_a_day_in_a_spreadsheet_is_turned_into_that_day() {
    assert!(help(ColumnType::Date, "45553").ends_with("scrivere `2024-09-18`"));
}

#[test]
fn a_number_too_long_to_keep_is_told_as_such() {
    for kind in [ColumnType::Integer, ColumnType::Decimal] {
        let (message, _) = words(&one(kind), format!("k;v\na;{}\n", "9".repeat(30)), Lang::It);
        assert!(message.contains("troppe cifre"), "{message}");
    }
}

#[test]
fn an_instant_is_read_by_the_italian_clock() {
    let text = "k;v\na;2026-05-18 12:00\nb;2026-01-18T12:00:01\nc;2025-10-26T02:30:00+01:00\n";
    let (read, faults, _) = read_table(&one(ColumnType::Moment), "t.csv", text.as_bytes());
    assert!(faults.is_empty(), "{faults:?}");
    let read = read.unwrap();
    let column = read.column("v").unwrap();
    let instants = (0..3).map(|row| column.facts.instant(row).unwrap().iso());
    assert_eq!(
        instants.collect::<Vec<_>>(),
        [
            "2026-05-18T12:00:00+02:00",
            "2026-01-18T12:00:01+01:00",
            "2025-10-26T02:30:00+01:00"
        ]
    );
}

#[test]
fn an_hour_that_is_skipped_or_comes_twice_asks_for_the_offset() {
    for cell in ["2026-03-29 02:30", "2025-10-26 02:30"] {
        assert_eq!(codes(ColumnType::Moment, cell), [Code::LocalTime], "{cell}");
    }
}

#[test]
fn what_is_no_instant_is_told_with_what_was_meant() {
    for cell in [
        "2026-05-18",
        "18/05/2026 12:00",
        "mezzogiorno",
        "2026-05-18 24:00",
    ] {
        assert_eq!(
            codes(ColumnType::Moment, cell),
            [Code::MalformedCell],
            "{cell}"
        );
    }
    let meant = "scrivere `2026-05-18 09:30`";
    assert_eq!(help(ColumnType::Moment, "18/05/2026 9.30"), meant);
}
