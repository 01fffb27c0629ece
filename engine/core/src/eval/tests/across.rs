//! What holds of columns across rows for any table, complete or not.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tables::{column_on, rank, rollup};

const COMUNI: [&str; 3] = ["001001", "001002", "001003"];

/// A service: its Comune, its places, whether it is public; none is an empty cell.
type Service = (Option<usize>, Option<i64>, Option<bool>);

/// Two services alike in number, the second with every empty cell of the first filled.
fn services() -> impl Strategy<Value = (Vec<Service>, Vec<Service>)> {
    let full = (0..3_usize, 0..4_i64, any::<bool>());
    let kept = (
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.8),
    );
    let row = (full, kept).prop_map(|((comune, posti, pubblico), kept)| {
        let cut = (
            kept.0.then_some(comune),
            kept.1.then_some(posti),
            kept.2.then_some(pubblico),
        );
        (cut, (Some(comune), Some(posti), Some(pubblico)))
    });
    prop::collection::vec(row, 0..12).prop_map(|rows| rows.into_iter().unzip())
}

fn csv(rows: &[Service]) -> String {
    let lines = rows
        .iter()
        .zip(1..)
        .map(|((comune, posti, pubblico), number)| {
            let comune = comune.map_or("", |at| COMUNI[at]);
            let posti = posti.map_or(String::new(), |posti| posti.to_string());
            let pubblico = pubblico.map_or("", |yes| if yes { "sì" } else { "no" });
            format!("s{number},{comune},nido,{posti},,{pubblico}\n")
        });
    lines.collect()
}

/// What a loop over complete rows gives a Comune; the lowest and highest of none are none.
fn by_loop(how: &str, rows: &[Service], comune: usize) -> Option<String> {
    let own = rows
        .iter()
        .filter(|(at, _, public)| *at == Some(comune) && *public == Some(true));
    let posti: Vec<i64> = own.filter_map(|(_, posti, _)| *posti).collect();
    Some(match how {
        "count" => posti.len().to_string(),
        "sum" => posti.iter().sum::<i64>().to_string(),
        "lowest" => posti.iter().min()?.to_string(),
        "highest" => posti.iter().max()?.to_string(),
        "any" => posti.iter().any(|posti| *posti > 1).to_string(),
        _ => posti.iter().all(|posti| *posti > 1).to_string(),
    })
}

fn public(how: &str) -> String {
    let of = "unit = \"posti\"\nof = \"posti\"\nwhere = \"pubblico\"";
    match how {
        "count" => rollup(how, "integer", "where = \"pubblico\""),
        "any" | "all" => rollup(how, "bool", "of = \"posti > 1\"\nwhere = \"pubblico\""),
        _ => rollup(how, "integer", of),
    }
}

const WAYS: [&str; 6] = ["count", "sum", "lowest", "highest", "any", "all"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rollup_of_complete_rows_is_what_a_loop_gives((_, rows) in services()) {
        for how in WAYS {
            let found = column_on(&public(how), &csv(&rows));
            for (comune, found) in found.iter().enumerate() {
                match by_loop(how, &rows, comune) {
                    Some(expected) => prop_assert_eq!(found, &expected, "{}", how),
                    None => prop_assert!(found.starts_with("nessuna riga"), "{}: {}", how, found),
                }
            }
        }
    }

    #[test]
    fn what_is_known_despite_a_missing_datum_does_not_depend_on_it((rows, filled) in services()) {
        for how in WAYS {
            let found = column_on(&public(how), &csv(&rows));
            for (comune, found) in found.iter().enumerate() {
                if !found.starts_with("manca") && !found.starts_with("nessuna riga") {
                    let expected = by_loop(how, &filled, comune);
                    prop_assert_eq!(Some(found), expected.as_ref(), "{}", how);
                }
            }
        }
    }

    #[test]
    fn a_place_does_not_depend_on_the_order_of_rows(
        (_, rows) in services(), turn in 0..12_usize, down in any::<bool>(),
    ) {
        let order = if down { "descending" } else { "ascending" };
        let rank = rank(&format!("by = \"posti\"\norder = \"{order}\"\nwithin = \"comune\""));
        let places = |text: &str| -> BTreeMap<String, String> {
            let keys = text.lines().map(|line| line.split(',').next().unwrap().to_owned());
            keys.zip(column_on(&rank, text)).collect()
        };
        let text = csv(&rows);
        let mut turned: Vec<&str> = text.split_inclusive('\n').collect();
        let middle = turn.min(turned.len());
        turned.rotate_left(middle);
        turned.reverse();
        let places = (places(&text), places(&turned.concat()));
        prop_assert_eq!(&places.0, &places.1);
        for ((comune, posti, _), number) in rows.iter().zip(1..) {
            let before = |other: &&Service| {
                let first = if down { other.1 > *posti } else { other.1 < *posti };
                other.0 == *comune && first
            };
            let expected = 1 + rows.iter().filter(before).count();
            let place = &places.0[&format!("s{number}")];
            prop_assert_eq!(place, &expected.to_string());
        }
    }
}

/// As many services as Italy has Comuni: nothing here may take the square of their number.
#[test]
fn many_rows_are_gathered_in_one_pass() {
    let services: Vec<Service> = (0..8_000)
        .map(|at| (Some(at % 3), Some(1), Some(true)))
        .collect();
    let blocks = rollup(
        "sum",
        "integer",
        "unit = \"posti\"\nof = \"posti\"\nwhere = \"comune.spesa > 0\"",
    );
    // 8,000 = 3 × 2,666 + 2.
    assert_eq!(
        column_on(&blocks, &csv(&services)),
        ["2667", "2667", "2666"]
    );
    let last = rank("by = \"comune.spesa / comune.spesa\"\norder = \"descending\"");
    assert_eq!(column_on(&last, &csv(&services)), vec!["1"; 8_000]);
}
