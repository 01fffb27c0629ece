//! Rows that stand for several subjects.

use super::*;

fn decl() -> TableDecl {
    let columns = vec![
        column("istat", ColumnType::Istat),
        column("codice", ColumnType::Cadastral),
        column("quanti", ColumnType::Integer),
    ];
    TableDecl {
        aggregate: Some("quanti".to_owned()),
        ..table("t", columns)
    }
}

#[test]
fn a_row_that_groups_needs_no_codes() {
    let read = sound(&decl(), "istat;codice;quanti\n001272;L219;1\n*altri;;12\n");
    assert_eq!(read.text("istat", 1), Some("*altri"));
    assert_eq!(numbers(&read, "quanti"), some(&["1", "12"]));
    assert_eq!(read.column("codice").unwrap().missing[&1].line, 3);
}

#[test]
fn a_row_that_groups_counts_and_the_others_count_one() {
    assert_eq!(
        faults(&decl(), "istat;codice;quanti\n001272;;2\n*altri;l;0\n*;;\n"),
        [
            (Code::EmptyCell, 2, 8, 1),
            (Code::MalformedCell, 2, 9, 1),
            (Code::MalformedCell, 3, 8, 1),
            (Code::MalformedCell, 3, 10, 1),
            (Code::EmptyCell, 4, 4, 1),
        ]
    );
}

#[test]
fn where_no_row_groups_a_star_is_a_fault() {
    let plain = TableDecl {
        aggregate: None,
        ..decl()
    };
    assert_eq!(
        faults(&plain, "istat;codice;quanti\n*altri;L219;1\n"),
        [(Code::MalformedCell, 2, 1, 6)]
    );
}
