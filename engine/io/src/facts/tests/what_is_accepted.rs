//! What a table may look like.

use super::*;

#[test]
fn a_file_as_an_office_saves_it() {
    let text = "\u{feff}istat;nome;bambini;spesa\r\n001272;\"Torino\";1.250;12.345,60\r\n005005; Asti\u{a0};7;\r\n\r\n";
    let (read, diagnostics, dialect) = read_table(&comuni(), "comuni.csv", text.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let read = read.unwrap();
    assert_eq!(dialect.separator, Separator::Semicolon);
    assert_eq!(dialect.decimal_mark, Some(DecimalMark::Comma));
    assert!(dialect.bom);
    assert_eq!(read.lines, [2, 3]);
    assert_eq!(read.text("nome", 1), Some("Asti"));
    assert_eq!(numbers(&read, "bambini"), some(&["1250", "7"]));
    assert_eq!(numbers(&read, "spesa"), [Some("12345.6".to_owned()), None]);
    let gap = &read.column("spesa").unwrap().missing[&1];
    assert_eq!(
        (gap.file.as_str(), gap.line, gap.column, gap.length),
        ("comuni.csv", 3, 17, 1)
    );
}

#[test]
fn a_file_with_commas_and_columns_in_another_order() {
    let text = "spesa,bambini,nome,istat\n\"1,250.50\",12,\"Rho, città\",015182";
    let (read, diagnostics, dialect) = read_table(&comuni(), "f", text.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let read = read.unwrap();
    assert_eq!(dialect.separator, Separator::Comma);
    assert_eq!(dialect.decimal_mark, Some(DecimalMark::Point));
    let names: Vec<&str> = read.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["istat", "nome", "bambini", "spesa"]);
    assert_eq!(read.text("nome", 0), Some("Rho, città"));
    assert_eq!(numbers(&read, "spesa"), some(&["1250.5"]));
}

#[test]
fn a_header_without_rows_is_an_empty_table() {
    let (read, _, dialect) = read_table(&one(ColumnType::Euro), "f", b"k;v\n");
    assert!(read.unwrap().is_empty());
    assert_eq!(dialect.decimal_mark, None);
}

#[test]
fn one_column_needs_no_separator() {
    let decl = table("t", vec![column("n", ColumnType::Decimal)]);
    assert_eq!(
        numbers(&sound(&decl, "n\n12,5\n0,25\n"), "n"),
        some(&["12.5", "0.25"])
    );
    assert_eq!(numbers(&sound(&decl, "n\n12.5\n"), "n"), some(&["12.5"]));
}

#[test]
fn the_rest_of_the_file_decides_how_a_number_is_read() {
    let decl = one(ColumnType::Decimal);
    assert_eq!(
        numbers(&sound(&decl, "k;v\na;1.234\nb;0,5\n"), "v"),
        some(&["1234", "0.5"])
    );
    assert_eq!(
        numbers(&sound(&decl, "k;v\na;1.234\nb;0.5\n"), "v"),
        some(&["1.234", "0.5"])
    );
    assert_eq!(
        numbers(&sound(&decl, "k;v\na;1.234\nb;1.234.567\n"), "v"),
        some(&["1234", "1234567"])
    );
    assert_eq!(
        numbers(&sound(&decl, "k;v\na;-2,5\n"), "v"),
        some(&["-2.5"])
    );
}

#[test]
fn yes_and_no_in_every_form() {
    let read = sound(
        &one(ColumnType::Bool),
        "k;v\na;Sì\nb;SI\nc;1\nd;vero\ne;No\nf;falso\ng;0\nh;true\n",
    );
    let expected = [true, true, true, true, false, false, false, true].map(Some);
    assert_eq!(
        read.column("v").unwrap().facts,
        Facts::Bool(expected.to_vec())
    );
}

#[test]
fn days_and_cadastral_codes() {
    let read = sound(&one(ColumnType::Date), "k;v\na;2024-02-29\n");
    let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29);
    assert_eq!(read.column("v").unwrap().facts, Facts::Date(vec![day]));
    assert_eq!(
        sound(&one(ColumnType::Cadastral), "k;v\na;L219\n").text("v", 0),
        Some("L219")
    );
}

#[test]
fn napoli_is_not_a_missing_value() {
    assert_eq!(
        sound(&one(ColumnType::Text), "k;v\na;NA\n").text("v", 0),
        Some("NA")
    );
}
