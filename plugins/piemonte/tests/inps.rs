//! The register for INPS, byte by byte.

#![cfg(test)]

mod common;

use common::{days, export, table, texts};
use riparto_plugin::{Column, ExportInput};

fn register(columns: Vec<(&str, Column)>) -> ExportInput {
    let labels = columns
        .iter()
        .map(|(name, _)| name.to_uppercase())
        .collect();
    ExportInput {
        name: "bonus_nido".to_owned(),
        table: table("servizi", columns),
        labels,
    }
}

#[test]
fn the_columns_stand_in_their_order_with_their_codes_in_full() {
    let input = register(vec![
        ("servizio", texts(&["s1", "s2"])),
        ("nome", texts(&["Nido; \"il Sole\"", "L'Aquilone"])),
        ("comune", texts(&["001272", "005005"])),
        ("posti", Column::Integers(vec![Some(30), None])),
        ("titolare", texts(&["01735420018", ""])),
    ]);
    let expected = "SERVIZIO;NOME;COMUNE;POSTI;TITOLARE\r\n\
        s1;\"Nido; \"\"il Sole\"\"\";001272;30;01735420018\r\n\
        s2;L'Aquilone;005005;;\r\n";
    assert_eq!(export(&input).unwrap(), expected);
}

#[test]
fn a_text_that_a_spreadsheet_would_compute_is_made_inert() {
    let input = register(vec![(
        "nome",
        texts(&[
            "=1+1", "+39", "-", "@a", "\t=1", "＝1", "\"=1\"", "a=1", " =1",
        ]),
    )]);
    let written = export(&input).unwrap();
    let cells: Vec<&str> = written.split("\r\n").skip(1).collect();
    let expected = [
        "'=1+1",
        "'+39",
        "'-",
        "'@a",
        "'\t=1",
        "'＝1",
        "\"\"\"=1\"\"\"",
        "a=1",
        " =1",
        "",
    ];
    assert_eq!(cells, expected);
}

#[test]
fn a_negative_number_is_no_formula() {
    let cells = ["-5", "-5,25", "-0.5", "-5,", "-5-2", "-5,2,1", "-,5"];
    let written = export(&register(vec![("n", texts(&cells))])).unwrap();
    let cells: Vec<&str> = written.lines().skip(1).collect();
    let expected = ["-5", "-5,25", "-0.5", "'-5,", "'-5-2", "'-5,2,1", "'-,5"];
    assert_eq!(cells, expected);
}

#[test]
fn a_list_of_which_no_line_is_known_has_the_rows_of_its_columns() {
    let mut input = register(vec![
        ("servizio", texts(&["s1", "s2"])),
        ("posti", texts(&["30", ""])),
        ("comune.comune", texts(&["Asti", "Torino"])),
    ]);
    input.table.file.clear();
    input.table.lines.clear();
    let expected = "SERVIZIO;POSTI;COMUNE.COMUNE\r\ns1;30;Asti\r\ns2;;Torino\r\n";
    assert_eq!(export(&input).unwrap(), expected);

    input.table.columns[1].1 = Column::Fractions(vec![Some((61, 2)), None]);
    let expected = expected.replace("30", "30,5");
    assert_eq!(export(&input).unwrap(), expected);

    input.table.columns[1].1 = Column::Fractions(vec![Some((1, 2)), Some((1, 3))]);
    let fault = export(&input).unwrap_err();
    assert_eq!(fault.code, "endless-decimal");
    assert_eq!(fault.place.unwrap().line, 2, "the second of the list");
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let input = register(vec![("a", texts(&["1", "2"])), ("b", texts(&["1"]))]);
    assert_eq!(export(&input).unwrap_err().code, "unreadable-message");
}

#[test]
fn numbers_are_exact_with_a_decimal_comma() {
    let input = register(vec![
        (
            "a",
            Column::Decimals {
                scale: 2,
                digits: vec![Some(2550), Some(-5), Some(0)],
            },
        ),
        (
            "b",
            Column::Fractions(vec![Some((1, 8)), Some((-1, 1)), None]),
        ),
        ("c", days(&["2026-05-18", "", "2026-01-01"])),
        ("d", Column::Bools(vec![Some(true), Some(false), None])),
    ]);
    let expected = "A;B;C;D\r\n25,5;0,125;2026-05-18;sì\r\n-0,05;-1;;no\r\n0;;2026-01-01;\r\n";
    assert_eq!(export(&input).unwrap(), expected);
}

#[test]
fn numbers_without_an_end_are_refused_all_at_once() {
    let thirds = vec![Some((1, 3)), Some((1, 2)), Some((2, 3))];
    let fault = export(&register(vec![("media", Column::Fractions(thirds))])).unwrap_err();
    assert_eq!(fault.code, "endless-decimal");
    assert!(fault.message.contains("`2`, `4`"), "{}", fault.message);
    assert_eq!(fault.place.unwrap().line, 2);
}

#[test]
fn a_table_that_does_not_match_its_labels_is_refused() {
    let mut input = register(vec![("nome", texts(&["a"]))]);
    input.labels.clear();
    assert_eq!(export(&input).unwrap_err().code, "unreadable-message");
}
