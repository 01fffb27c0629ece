//! The plugin keeps the contract, and agrees with its twin in Rhai.

#![cfg(test)]

mod common;

use common::table;
use riparto_core::script::Script;
use riparto_plugin::abi::message::date_of;
use riparto_plugin::{Batch, Column, Table};
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

#[test]
fn media_frequentanti_agrees_with_its_twin() {
    let mut numbers = Numbers::from_seed(2027);
    let entries = months(&mut numbers);
    let service = |n: &mut Numbers| Some(format!("s{}", n.below(SERVICES + 1)));
    let services = (0..ROWS).map(|_| service(&mut numbers)).collect();
    // A period begins and ends where months do; one in some is empty.
    let first_days = column(&mut numbers, |n| first_day(below(n, 12)).into());
    let last_days = column(&mut numbers, |n| i64::from(first_day(below(n, 12) + 1)) - 1);
    let dichiarata = column(&mut numbers, |n| below(n, 10_000) as i64);
    let days = |cells: Vec<Option<i64>>| {
        let day = |cell: Option<i64>| i32::try_from(cell?).ok();
        Column::Dates(cells.into_iter().map(day).collect())
    };
    let columns = vec![
        Column::Texts(services),
        days(first_days),
        days(last_days),
        hundredths(dichiarata),
    ];
    compare("media_frequentanti", columns, Some(&entries));
}

/// How many services the register has.
const SERVICES: u64 = 40;

/// A row of the register: a month of a service.
struct Entry {
    service: String,
    month: usize,
    open: i64,
    present: i64,
}

/// Gives the day on which a month of 2025 begins, from 1 January 1970.
fn first_day(month: usize) -> i32 {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    20_089 + lengths.iter().take(month).sum::<i32>()
}

/// Gives up to four months of each service, in some of which it is closed.
fn months(numbers: &mut Numbers) -> Vec<Entry> {
    let mut entries = Vec::new();
    for service in 0..SERVICES {
        for quarter in 0..numbers.below(5) {
            let month = 3 * usize::try_from(quarter).unwrap() + below(numbers, 3);
            let open = [0, 4, 8, 16][below(numbers, 4)];
            // A script divides in decimals: a quotient by up to 4 × 16 days comes to an end.
            let present = i64::try_from(numbers.below(30)).unwrap() * ODD_MULTIPLE;
            entries.push(Entry {
                service: format!("s{service}"),
                month,
                open,
                present: if open == 0 { 0 } else { present },
            });
        }
    }
    entries
}

/// A multiple of every odd number up to 16.
const ODD_MULTIPLE: i64 = 9 * 5 * 7 * 11 * 13;

/// Gives the register as the function reads it.
fn as_table(entries: &[Entry]) -> Table {
    let integers = |of: fn(&Entry) -> i64| {
        Column::Integers(entries.iter().map(|entry| Some(of(entry))).collect())
    };
    let days = |of: fn(&Entry) -> i32| {
        Column::Dates(entries.iter().map(|entry| Some(of(entry))).collect())
    };
    let services = entries.iter().map(|entry| Some(entry.service.clone()));
    let columns = vec![
        ("servizio", Column::Texts(services.collect())),
        ("dal", days(|entry| first_day(entry.month))),
        ("al", days(|entry| first_day(entry.month + 1) - 1)),
        ("giorni_apertura", integers(|entry| entry.open)),
        ("bambini_presenti", integers(|entry| entry.present)),
    ];
    table("presenze", columns)
}

/// Gives the register as a helper of the script.
fn as_script(entries: &[Entry]) -> String {
    let mut script = String::from("//! Il registro delle presenze.\n\n");
    script += "/// Le righe di un servizio.\nfn righe(servizio) {\n    let righe = [];\n";
    for Entry {
        service,
        month,
        open,
        present,
    } in entries
    {
        let [dal, al] = [first_day(*month), first_day(month + 1) - 1].map(|day| {
            let day = date_of(day).unwrap();
            format!("date(\"{day}\")")
        });
        script += &format!(
            "    if servizio == \"{service}\" {{ righe.push(#{{ dal: {dal}, al: {al}, giorni: {open}, presenze: {present} }}); }}\n"
        );
    }
    script + "    righe\n}\n"
}

fn agree(function: &str, columns: Vec<Column>) {
    compare(function, columns, None);
}

/// Compares a function with its twin; both know the register that the function reads, if it does.
fn compare(function: &str, columns: Vec<Column>, register: Option<&[Entry]>) {
    let text = include_str!("../twin.rhai");
    let helper = as_script(register.unwrap_or_default());
    let script = Script::compile("twin.rhai", text, &|_| Ok(Some(helper.clone())));
    let script = script.unwrap_or_else(|faults| panic!("{faults:?}"));
    let batch = Batch {
        rows: ROWS,
        columns,
        tables: register.map(as_table).into_iter().collect(),
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
