//! What holds for every table and every fund, from the text of a pack to its JSON.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use riparto_core::diag::{Code, Diagnostic, Diagnostics, Lang};
use riparto_core::eval::evaluate;
use riparto_core::model::TableDecl;
use riparto_core::native::NoNatives;
use riparto_core::pack::{self, Overrides};
use riparto_core::source::{Source, SourceError};
use riparto_io::facts::{Files, read_tables};
use riparto_io::report::json;
use serde_json::Value;

const METHODS: [&str; 4] = ["largest-remainder", "unit-value", "each-rounded", "floor"];

const PACK: &str = r#"
title = "Prova"
year = 2024
as_of = "2024-01-01"
status = "draft"
main_act = "atto"

[act.atto]
title = "Atto di prova"
"#;

/// A fund cut in two allocations of the same method, and a tenth of it reserved. The unit value
/// wants whole counts, the other methods take decimals.
fn measure(method: &str, fund: &str) -> String {
    let weight = match method {
        "unit-value" => "bambini",
        _ => "peso",
    };
    let allocation = |id: &str, share: &str| {
        format!(
            r#"
[allocation.{id}]
label = "{id}"
funds = ["fondo"]
share = "{share}"
to = "enti"
criteria = [{{ weight = "{weight}", share = "100%" }}]
method = "{method}"
round = {{ step = "0.01", mode = "half-up" }}
act = "atto"
"#
        )
    };
    let column = |name: &str, kind: &str, unit: &str| {
        format!("[table.enti.column.{name}]\ntype = \"{kind}\"\n{unit}label = \"{name}\"\n")
    };
    [
        "title = \"Misura\"\nmain_act = \"atto\"\n".to_owned(),
        format!("[fund.fondo]\namount = \"{fund}\"\nlabel = \"Fondo\"\nact = \"atto\"\n"),
        "reserved = [{ share = \"10%\", to = \"altri\", act = \"atto\" }]\n".to_owned(),
        "[table.enti]\nlabel = \"Enti\"\nkey = \"codice\"\ntitle = \"nome\"\n".to_owned(),
        column("codice", "text", ""),
        column("nome", "text", ""),
        column("peso", "decimal", "unit = \"punti\"\n"),
        column("bambini", "integer", "unit = \"bambini\"\n"),
        allocation("prima", "70%"),
        allocation("seconda", "20%"),
    ]
    .concat()
}

/// Files held in memory, by logical path.
struct Texts(BTreeMap<String, String>);

impl Source for Texts {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes()))
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let prefix = format!("{folder}/");
        let below = self.0.keys().filter_map(|path| path.strip_prefix(&prefix));
        Ok(below
            .map(|path| path.split('/').next().unwrap().to_owned())
            .collect())
    }
}

/// One row of facts: a weight in millionths, a count.
#[derive(Debug, Clone)]
struct Row {
    key: String,
    weight: u64,
    count: u32,
}

impl Row {
    fn cells(&self) -> [String; 4] {
        let (whole, part) = (self.weight / 1_000_000, self.weight % 1_000_000);
        [
            self.key.clone(),
            format!("Ente {}", self.key),
            format!("{whole}.{part:06}"),
            self.count.to_string(),
        ]
    }
}

const HEADER: &str = "codice,nome,peso,bambini\n";

fn csv(rows: &[Row]) -> String {
    let lines = rows.iter().map(|row| row.cells().join(",") + "\n");
    format!("{HEADER}{}", lines.collect::<String>())
}

/// Runs the pack on a table; gives the outcome as it is published, or every fault.
fn run(method: &str, fund: &str, table: &str) -> Result<String, Vec<Diagnostic>> {
    let source = Texts(
        [
            (
                "regions/prova/region.toml",
                "name = \"Prova\"\nistat = \"99\"\n",
            ),
            ("regions/prova/2024/pack.toml", PACK),
            ("regions/prova/2024/misura.toml", &measure(method, fund)),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into(),
    );
    let (pack, faults) = pack::load(&source, "prova/2024", &Overrides::default()).unwrap();
    let pack = pack.unwrap_or_else(|| panic!("the pack is refused: {:#?}", faults.into_sorted()));
    let declared: Vec<TableDecl> = pack.tables().into_iter().cloned().collect();
    let file = ("enti.csv".to_owned(), table.as_bytes().to_vec());
    let files = Files {
        own: [("enti".to_owned(), file)].into(),
        ..Files::default()
    };
    let (data, faults, _) = read_tables(&declared, &files, &NoNatives);
    let data = data.ok_or_else(|| faults.into_sorted())?;
    let (run, faults): (_, Diagnostics) = evaluate(&pack, &data);
    let run = run.ok_or_else(|| faults.into_sorted())?;
    Ok(json::text(&json::outcome(&run.outcome, &[], Lang::It)))
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Runs, and leaves out the tables whose last cent two rows compete for: there the run stops.
fn run_unless_tied(method: &str, fund: &str, rows: &[Row]) -> Option<Value> {
    match run(method, fund, &csv(rows)) {
        Ok(text) => Some(parse(&text)),
        Err(faults) => {
            let tied = faults.iter().all(|fault| fault.code == Code::Tie);
            assert!(tied, "refused: {faults:#?}");
            None
        }
    }
}

fn cents(value: &Value) -> i128 {
    let text = value.as_str().unwrap();
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text}");
    format!("{whole}{part}").parse().unwrap()
}

fn euro(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap()
}

/// Gives what each row receives from each allocation.
fn amounts(outcome: &Value) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for split in list(outcome, "allocations") {
        for row in list(split, "rows") {
            let place = (split["id"].to_string(), row["key"].to_string());
            found.insert(place, row["amount"].to_string());
        }
    }
    found
}

/// Tells what does not add up in an outcome.
fn imbalances(outcome: &Value, fund: u64) -> Vec<String> {
    let mut found = Vec::new();
    let (mut pots, mut sums) = (0, BTreeMap::<String, i128>::new());
    for split in list(outcome, "allocations") {
        let mut distributed = 0;
        for row in list(split, "rows") {
            let amount = cents(&row["amount"]);
            distributed += amount;
            *sums.entry(row["key"].to_string()).or_default() += amount;
        }
        let id = &split["id"];
        let amount = cents(&split["amount"]);
        pots += amount;
        if distributed != cents(&split["distributed"]) {
            found.push(format!("{id}: rows are {distributed}"));
        }
        if distributed + cents(&split["residue"]) != amount {
            found.push(format!("{id}: rows and residue are not {amount}"));
        }
        if split["method"] == "largest-remainder" && cents(&split["residue"]) != 0 {
            found.push(format!("{id}: the largest remainder left a residue"));
        }
    }
    for total in list(outcome, "totals") {
        if cents(&total["amount"]) != sums[&total["key"].to_string()] {
            found.push(format!("{total} is not the sum of its amounts"));
        }
    }
    // What the pots leave is the tenth that is reserved, to less than a cent.
    let reserved = i128::from(fund) - pots;
    if (10 * reserved - i128::from(fund)).abs() >= 10 {
        found.push(format!("{reserved} is not a tenth of {fund}"));
    }
    found
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..5_000_000_000_u64, 0..2_000_u32);
    let rows = prop::collection::vec(row, 1..25).prop_map(|facts| {
        let rows = facts.into_iter().zip(1..);
        rows.map(|((weight, count), number)| Row {
            key: format!("e{number}"),
            weight,
            count,
        })
        .collect::<Vec<_>>()
    });
    rows.prop_filter("somebody has a weight", |rows| {
        rows.iter().any(|row| row.weight > 0) && rows.iter().any(|row| row.count > 0)
    })
}

fn method() -> impl Strategy<Value = &'static str> {
    prop::sample::select(METHODS.to_vec())
}

fn fund() -> impl Strategy<Value = u64> {
    prop_oneof![0..1_000_u64, 0..10_000_000_000_u64]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn amounts_and_residue_are_the_fund_and_totals_are_their_sum(
        method in method(), fund in fund(), rows in rows(),
    ) {
        if let Some(outcome) = run_unless_tied(method, &euro(fund), &rows) {
            prop_assert_eq!(imbalances(&outcome, fund), Vec::<String>::new());
        }
    }

    #[test]
    fn the_order_of_rows_changes_the_order_of_the_result_and_no_amount(
        method in method(), fund in fund(), (rows, shuffled) in rows().prop_flat_map(|rows| {
            (Just(rows.clone()), Just(rows).prop_shuffle())
        }),
    ) {
        let straight = run_unless_tied(method, &euro(fund), &rows);
        let permuted = run_unless_tied(method, &euro(fund), &shuffled);
        prop_assert_eq!(straight.is_some(), permuted.is_some());
        if let (Some(straight), Some(permuted)) = (straight, permuted) {
            prop_assert_eq!(amounts(&straight), amounts(&permuted));
            let given: Vec<_> = shuffled.iter().map(|row| row.key.clone()).collect();
            for split in list(&permuted, "allocations") {
                let keys = list(split, "rows").iter().map(|row| row["key"].as_str().unwrap());
                prop_assert_eq!(keys.collect::<Vec<_>>(), given.clone());
            }
        }
    }

    /// Not so for the unit value: the unit is rounded before it is multiplied.
    #[test]
    fn weights_all_times_the_same_number_change_no_amount(
        method in prop::sample::select(vec!["largest-remainder", "each-rounded", "floor"]),
        fund in fund(), rows in rows(), times in 2..1_000_u64,
    ) {
        let mut scaled = rows.clone();
        scaled.iter_mut().for_each(|row| row.weight *= times);
        let plain = run_unless_tied(method, &euro(fund), &rows);
        let scaled = run_unless_tied(method, &euro(fund), &scaled);
        prop_assert_eq!(plain.as_ref().map(amounts), scaled.as_ref().map(amounts));
    }

    #[test]
    fn a_missing_cell_is_refused_by_its_line_and_column(
        method in method(), rows in rows(), at in any::<prop::sample::Index>(), column in 0..4_usize,
    ) {
        let at = at.index(rows.len());
        let lines = rows.iter().enumerate().map(|(index, row)| {
            let mut cells = row.cells();
            if index == at {
                cells[column].clear();
            }
            cells.join(",") + "\n"
        });
        let table = format!("{HEADER}{}", lines.collect::<String>());
        let faults = run(method, "100.00", &table).unwrap_err();
        let name = HEADER.trim().split(',').nth(column).unwrap();
        prop_assert_eq!(faults.len(), 1, "{:#?}", faults);
        let place = faults[0].place.clone().unwrap();
        prop_assert_eq!((place.file.as_str(), place.line), ("enti.csv", at + 2));
        let message = &faults[0].message;
        prop_assert!(message.it.contains(&format!("`{name}`")), "{}", message.it);
        prop_assert!(message.en.contains(&format!("`{name}`")), "{}", message.en);
    }

    #[test]
    fn the_same_facts_give_the_same_bytes(method in method(), fund in fund(), rows in rows()) {
        let table = csv(&rows);
        let once = run(method, &euro(fund), &table).ok();
        prop_assert_eq!(once, run(method, &euro(fund), &table).ok());
    }

    #[test]
    fn a_fund_that_is_not_known_gives_shares_and_no_amount(method in method(), rows in rows()) {
        let outcome = parse(&run(method, "unknown", &csv(&rows)).unwrap());
        for split in list(&outcome, "allocations") {
            for key in ["amount", "distributed", "residue", "unit_value", "certificate"] {
                prop_assert_eq!(&split[key], &Value::Null, "{}", key);
            }
            for row in list(split, "rows") {
                prop_assert_eq!(&row["amount"], &Value::Null);
                prop_assert_eq!(&row["exact"], &Value::Null);
                prop_assert!(row["fraction"].as_str().unwrap().contains('/'));
            }
        }
        for total in list(&outcome, "totals") {
            prop_assert_eq!(&total["amount"], &Value::Null);
        }
    }
}

/// As many rows as Italy has Comuni, a hundred billion euro, weights with six decimals.
#[test]
fn a_table_as_large_as_the_country_closes_to_the_cent() {
    let rows: Vec<Row> = (1..=8_000_u64)
        .map(|number| Row {
            key: format!("e{number}"),
            // A prime modulus: no two weights are equal, and they follow no order.
            weight: number * 7_919_777 % 999_999_937 + 1,
            count: 1,
        })
        .collect();
    let fund = 10_000_000_000_000;
    let text = run("largest-remainder", &euro(fund), &csv(&rows)).unwrap();
    let outcome = parse(&text);
    assert_eq!(imbalances(&outcome, fund), Vec::<String>::new());
    assert_eq!(list(&outcome, "totals").len(), 8_000);
    assert_eq!(list(&outcome, "allocations")[0]["amount"], "70000000000.00");
}

/// 100.00 × 70% = 70.00 by 1, 1 and 1 is 23.333… each: three equal remainders, one cent.
#[test]
fn equal_weights_that_compete_for_a_cent_stop_the_run_in_any_order() {
    let row = |key: &str| Row {
        key: key.to_owned(),
        weight: 1_000_000,
        count: 1,
    };
    let rows = ["a", "b", "c"].map(row);
    assert_eq!(run_unless_tied("largest-remainder", "100.00", &rows), None);
    let outcome = run_unless_tied("floor", "100.00", &rows).unwrap();
    let first = &list(&outcome, "allocations")[0];
    assert_eq!(
        (&first["rows"][0]["amount"], &first["residue"]),
        (&"23.33".into(), &"0.01".into())
    );
}
