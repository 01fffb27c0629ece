//! Rows that do not line up with the header, or repeat.

use super::*;

#[test]
fn a_row_with_the_other_separator_is_still_judged() {
    assert_eq!(
        faults(&one(ColumnType::Integer), "k;v\na;1\nb,x\nc;3\n"),
        [
            (Code::MixedSeparators, 3, 1, 3),
            (Code::MalformedCell, 3, 3, 1)
        ]
    );
}

#[test]
fn a_row_with_too_many_or_too_few_cells_points_to_the_first_wrong_one() {
    assert_eq!(
        faults(&one(ColumnType::Text), "k,v\na,1,20,3\nb\n"),
        [(Code::FieldCount, 2, 5, 2), (Code::FieldCount, 3, 1, 1)]
    );
}

#[test]
fn a_row_of_separators_is_one_fault() {
    assert_eq!(
        faults(&comuni(), "istat;nome;bambini;spesa\n001272;a;1;\n;;;\n"),
        [(Code::EmptyCell, 3, 1, 1)]
    );
}

#[test]
fn a_quote_never_closed_hides_no_other_row() {
    assert_eq!(
        faults(&one(ColumnType::Integer), "k;v\n\"a;1\nb;x\nc;2\n"),
        [
            (Code::MalformedCell, 2, 1, 4),
            (Code::MalformedCell, 3, 3, 1)
        ]
    );
    assert_eq!(
        faults(&one(ColumnType::Text), "k;v\na;\"b\" c\n"),
        [(Code::MalformedCell, 2, 3, 5)]
    );
}

#[test]
fn a_repeated_key_points_to_the_first() {
    let diagnostics = found(&one(ColumnType::Integer), "k;v\na;1\nb;2\n a ;3\n");
    let repeated = diagnostics.iter().next().unwrap();
    assert_eq!(fault(repeated), (Code::DuplicateRow, 4, 2, 1));
    assert_eq!(
        (repeated.related[0].0.line, repeated.related[0].0.column),
        (2, 1)
    );
}

#[test]
fn two_rows_alike_in_what_is_unique_together_are_one_fault() {
    let mut decl = table(
        "t",
        vec![
            column("k", ColumnType::Text),
            optional("d", ColumnType::Text),
            optional("m", ColumnType::Decimal),
        ],
    );
    decl.unique = vec![vec!["d".to_owned(), "m".to_owned()]];
    let diagnostics = found(&decl, "k;d;m\na;x;1,5\nb;x;2,5\nc;x;1,50\n");
    let alike: Vec<_> = diagnostics.iter().map(fault).collect();
    assert_eq!(alike, [(Code::DuplicateRow, 4, 3, 1)]);
    let first = &diagnostics.iter().next().unwrap().related[0].0;
    assert_eq!((first.line, first.column), (2, 3));
    // What is missing is like nothing else, and one column alone may repeat.
    assert_eq!(faults(&decl, "k;d;m\na;x;\nb;x;\nc;;1,5\nd;;1,5\n"), []);
}

#[test]
fn lines_inside_a_cell_count() {
    let text = "k;v\n\"a\nb\";1\nc;x\n";
    assert_eq!(
        faults(&one(ColumnType::Integer), text),
        [(Code::MalformedCell, 4, 3, 1)]
    );
}
