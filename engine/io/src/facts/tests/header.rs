//! Faults of the first row.

use super::*;

#[test]
fn a_mistyped_name_finds_its_column_and_the_cells_below_are_still_judged() {
    let text = "istat;nome;bambni;spesa\n001272;Torino;x;1\n";
    let diagnostics = found(&comuni(), text);
    let faults: Vec<Fault> = diagnostics.iter().map(fault).collect();
    assert_eq!(
        faults,
        [
            (Code::UnknownColumn, 1, 12, 6),
            (Code::MalformedCell, 2, 15, 1)
        ]
    );
    let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
    assert!(help.it.contains("`bambini`"), "{help:?}");
}

#[test]
fn a_column_nobody_declared_is_refused() {
    let text = "istat;nome;bambini;spesa;telefono\n001272;Torino;1;1;011\n";
    assert_eq!(faults(&comuni(), text), [(Code::UnknownColumn, 1, 26, 8)]);
    let text = "k;v;\na;b;\n";
    assert_eq!(
        faults(&one(ColumnType::Text), text),
        [(Code::UnknownColumn, 1, 5, 1)]
    );
}

#[test]
fn a_missing_column_is_named() {
    let text = "istat;nome;bambini\n001272;Torino;x\n";
    assert_eq!(
        faults(&comuni(), text),
        [
            (Code::MissingColumn, 1, 1, 5),
            (Code::MalformedCell, 2, 15, 1)
        ]
    );
    let (message, help) = words(&comuni(), "istat;nome;bambini\n", Lang::It);
    assert_eq!(message, "manca la colonna `spesa`");
    assert!(help.contains("lasciare la cella vuota"), "{help}");
}

#[test]
fn a_column_written_twice_points_to_both() {
    let text = "k;v;v\na;1;2\n";
    let diagnostics = found(&one(ColumnType::Integer), text);
    let twice = diagnostics.iter().next().unwrap();
    assert_eq!(fault(twice), (Code::DuplicateColumn, 1, 5, 1));
    assert_eq!(twice.related[0].0.column, 3);
}

#[test]
fn spoiled_accents_in_a_name_are_told_as_such() {
    let decl = table(
        "t",
        vec![
            column("k", ColumnType::Text),
            column("età", ColumnType::Integer),
        ],
    );
    assert_eq!(
        faults(&decl, "k;etÃ\u{a0}\na;3\n"),
        [(Code::Mojibake, 1, 3, 3)]
    );
}

#[test]
fn a_header_with_both_separators_is_told_as_such() {
    assert_eq!(
        faults(&comuni(), "istat;nome;bambini,spesa\n001272;a;1;2\n"),
        [(Code::MixedSeparators, 1, 12, 13)]
    );
}

#[test]
fn a_file_without_a_header_is_told_once() {
    assert_eq!(
        faults(&comuni(), "001272;Torino;12;3\n"),
        [(Code::MissingColumn, 1, 1, 6)]
    );
    assert_eq!(faults(&comuni(), ""), [(Code::MissingColumn, 1, 1, 1)]);
    assert_eq!(
        faults(&comuni(), "\u{feff}\r\n\r\n"),
        [(Code::MissingColumn, 1, 1, 1)]
    );
    let (_, help) = words(&comuni(), "istat\tnome\tbambini\tspesa\n", Lang::It);
    assert!(help.contains("tabulazioni"), "{help}");
}
