//! The plugin keeps the contract, and agrees with its twin in Rhai.

#![cfg(test)]

use riparto_core::script::Script;
use riparto_plugin::{Batch, Column};
use riparto_plugin_host::Limits;
use riparto_plugin_testkit::generate::Numbers;
use riparto_plugin_testkit::{Stage, built, conform, twin, worker};

const ROWS: u32 = 2_000;

#[test]
fn the_contract_is_kept() {
    let (description, breaches) = conform(&stage()).unwrap();
    assert_eq!(breaches, []);
    let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>().join(" ");
    let functions = description.functions.iter().map(|f| &f.name).collect();
    assert_eq!(
        names(functions),
        "media arrotondata media_frequentanti pezzo"
    );
    let importers = description.importers.iter().map(|i| &i.name).collect();
    assert_eq!(names(importers), "confini servizi03");
}

#[test]
fn media_agrees_with_its_twin() {
    let mut numbers = Numbers::from_seed(2026);
    // A script divides in decimals: these divisors always come to an end.
    let giorni = column(&mut numbers, |n| {
        [0, -1, 1, 2, 4, 5, 8, 20, 25, 125, 200][below(n, 11)]
    });
    let presenze = column(&mut numbers, |n| below(n, 6_000) as i64 - 10);
    let dichiarata = column(&mut numbers, |n| below(n, 10_000) as i64);
    agree(
        "media",
        vec![
            Column::Integers(giorni),
            Column::Integers(presenze),
            hundredths(dichiarata),
        ],
    );
}

#[test]
fn arrotondata_agrees_with_its_twin() {
    let mut numbers = Numbers::from_seed(27);
    let media = column(&mut numbers, |n| below(n, 20_000) as i64 - 2_000);
    let passo = column(&mut numbers, |n| [100, 50, 25, 500, 1_000][below(n, 5)]);
    agree("arrotondata", vec![hundredths(media), hundredths(passo)]);
}

fn agree(function: &str, columns: Vec<Column>) {
    let text = include_str!("../twin.rhai");
    let script = Script::compile("twin.rhai", text, &|_| panic!("the twin imports nothing"));
    let script = script.unwrap_or_else(|faults| panic!("{faults:?}"));
    let batch = Batch {
        rows: ROWS,
        columns,
        tables: Vec::new(),
    };
    let stage = stage();
    let host = stage.host().unwrap();
    let answer = twin::agree(&host, "piemonte", function, &script, function, &batch);
    assert_eq!(answer, Ok(None));
}

fn column(numbers: &mut Numbers, cell: fn(&mut Numbers) -> i64) -> Vec<Option<i64>> {
    (0..ROWS).map(|_| Some(cell(numbers))).collect::<Vec<_>>()
}

fn below(numbers: &mut Numbers, limit: u64) -> usize {
    usize::try_from(numbers.below(limit)).unwrap()
}

fn hundredths(digits: Vec<Option<i64>>) -> Column {
    Column::Decimals { scale: 2, digits }
}

fn stage() -> Stage {
    Stage::new(
        &built("riparto-plugin-piemonte"),
        worker(),
        Limits::default(),
    )
    .unwrap()
}
