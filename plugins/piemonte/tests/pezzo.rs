//! The connected pieces of a CPT, by hand.

#![cfg(test)]

mod common;

use common::{Cell, function, number, table, texts};
use riparto_plugin::{Fault, Table};

/// A chain `1-2-3`, a pair `8-9`, an island `5`; pairs are written once or twice, either way round.
fn borders() -> Table {
    let one = ["000001", "000003", "000002", "000009", "000005"];
    let other = ["000002", "000002", "000003", "000008", ""];
    table(
        "confini",
        vec![("comune", texts(&one)), ("confinante", texts(&other))],
    )
}

fn pieces(rows: &[(&str, &str)]) -> Result<Vec<Cell>, Box<Fault>> {
    let groups: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let comuni: Vec<&str> = rows.iter().map(|row| row.1).collect();
    function(
        "pezzo",
        vec![texts(&groups), texts(&comuni)],
        vec![borders()],
    )
}

#[test]
fn pieces_are_numbered_by_their_smallest_code() {
    let rows = [
        ("a", "000009"),
        ("a", "000003"),
        ("a", "000005"),
        ("a", "000002"),
        ("a", "000008"),
    ];
    let [one, two, three] = [1, 2, 3].map(|piece| number(piece, 1));
    let expected = [&three, &one, &two, &one, &three].map(Clone::clone);
    assert_eq!(pieces(&rows).unwrap(), expected);
}

#[test]
fn only_members_of_the_same_cpt_connect() {
    // 1 and 3 touch through 2, which is of another CPT.
    let rows = [("a", "000001"), ("b", "000002"), ("a", "000003")];
    let expected = [number(1, 1), number(1, 1), number(2, 1)];
    assert_eq!(pieces(&rows).unwrap(), expected);
}

#[test]
fn what_is_not_known_is_absent() {
    let rows = [("a", "000001"), ("a", "000777"), ("", "000002"), ("a", "")];
    assert_eq!(pieces(&rows).unwrap(), [number(1, 1), None, None, None]);
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let rows = [
        ("a", "000001"),
        ("a", "000009"),
        ("a", "000005"),
        ("a", "000002"),
    ];
    let mut turned = rows;
    turned.reverse();
    let mut cells = pieces(&turned).unwrap();
    cells.reverse();
    assert_eq!(cells, pieces(&rows).unwrap());
}
