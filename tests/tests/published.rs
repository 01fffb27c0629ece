//! Tables that were published, to the cent: some stated here, all of them where the public files
//! are at hand.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use riparto_tests::files::read;
use riparto_tests::{root, run_in, shared};
use serde_json::Value;

fn run(pack: &str) -> Value {
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let ran = run_in(program, &root(), &["run", pack, "--format", "json"]).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.json()
}

/// Reads euro with exactly two decimals, as JSON and the public tables write them.
fn cents(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text}");
    format!("{whole}{part}").parse().unwrap()
}

fn texts(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Adds up what each row receives from a fund, over all the allocations.
fn from_fund(run: &Value, fund: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for split in run["allocations"].as_array().unwrap() {
        if split["fund"] != fund {
            continue;
        }
        for row in split["rows"].as_array().unwrap() {
            *sums.entry(texts(&row["name"]).to_owned()).or_insert(0) +=
                cents(texts(&row["amount"]));
        }
    }
    sums
}

fn totals(run: &Value) -> BTreeMap<String, i64> {
    let totals = run["totals"].as_array().unwrap().iter();
    totals
        .map(|t| (texts(&t["name"]).to_owned(), cents(texts(&t["amount"]))))
        .collect()
}

fn split<'r>(run: &'r Value, id: &str, fund: &str) -> &'r Value {
    let mut splits = run["allocations"].as_array().unwrap().iter();
    splits
        .find(|split| split["id"] == id && split["fund"] == fund)
        .unwrap()
}

/// Gives the value of one unit in cents; `"11789/20"` euro are 58945 cents.
fn unit(run: &Value, id: &str, fund: &str) -> i64 {
    let text = texts(&split(run, id, fund)["unit_value"]);
    let (numerator, denominator) = text.split_once('/').unwrap();
    let numerator: i64 = numerator.parse().unwrap();
    let denominator: i64 = denominator.parse().unwrap();
    assert_eq!(numerator * 100 % denominator, 0, "{text} is not in cents");
    numerator * 100 / denominator
}

/// Gives the sum of the weights and the number of Comuni that the rows of a split stand for.
fn base(run: &Value, id: &str, fund: &str) -> (i64, i64) {
    let rows = split(run, id, fund)["rows"].as_array().unwrap().iter();
    rows.fold((0, 0), |(weights, comuni), row| {
        let weight: i64 = texts(&row["weights"][0])
            .strip_suffix("/1")
            .unwrap()
            .parse()
            .unwrap();
        (weights + weight, comuni + row["subjects"].as_i64().unwrap())
    })
}

/// newsbiella.it, 9 July 2022: children × 762.73 from the State and × 219.42 from the Region; in
/// Biella and Vigliano also × 85.64 and × 24.64. 144 × 848.37 = 122,165.28; 9 × 762.73 = 6,864.57.
#[test]
fn biella_borriana_and_vigliano_receive_what_was_published_in_2022() {
    let run = run("piemonte/2022");
    let (state, region) = (from_fund(&run, "stato"), from_fund(&run, "regione"));
    for (comune, from_state, from_region) in [
        ("Biella", "122165.28", "35144.64"),
        ("Borriana", "6864.57", "1974.78"),
        ("Vigliano Biellese", "32238.06", "9274.28"),
    ] {
        assert_eq!(state[comune], cents(from_state), "{comune}, State");
        assert_eq!(region[comune], cents(from_region), "{comune}, Region");
        let both = cents(from_state) + cents(from_region);
        assert_eq!(totals(&run)[comune], both, "{comune}, in all");
    }
}

#[test]
fn the_units_of_2022_are_those_published() {
    let run = run("piemonte/2022");
    assert_eq!(unit(&run, "comuni", "stato"), 76273);
    assert_eq!(unit(&run, "comuni", "regione"), 21942);
    assert_eq!(unit(&run, "formazione", "stato"), 8564);
    assert_eq!(unit(&run, "formazione", "regione"), 2464);
}

/// 367 Comuni; 45 of them with training actions, of which the table names five.
#[test]
fn the_units_of_2022_are_those_of_all_the_children() {
    let run = run("piemonte/2022");
    assert_eq!(base(&run, "comuni", "stato"), (20355, 367));
    let (children, _) = base(&run, "formazione", "stato");
    assert_eq!(children, 9541);
    let pack = read("regions/piemonte/2022/piano-azione.toml").unwrap();
    let pack: toml::Table = pack.parse().unwrap();
    let with_training = &pack["param"]["comuni_con_formazione"]["value"];
    assert_eq!(with_training.as_str(), Some("45"));
}

/// lavocediasti.it and lastampa.it, September 2024: 493 × 778.86 = 383,977.98; 5 × 778.86 =
/// 3,894.30.
#[test]
fn asti_and_refrancore_receive_what_was_published_in_2024() {
    let run = run("piemonte/2024");
    let totals = totals(&run);
    assert_eq!(totals["Asti"], cents("383977.98"));
    assert_eq!(totals["Refrancore"], cents("3894.30"));
    assert_eq!(unit(&run, "comuni", "stato"), 58945);
    assert_eq!(unit(&run, "comuni", "regione"), 18941);
    assert_eq!(base(&run, "comuni", "regione"), (23580, 385));
}

/// D.G.R. 25 March 2024, n. 18-8340: 4,701,451.00 from the Region. 95% of it is 4,466,378.45;
/// 189.41 × 23,580 = 4,466,287.80; 90.65 are left.
#[test]
fn the_regional_fund_of_2024_closes_with_what_was_not_given() {
    let run = run("piemonte/2024");
    let region = split(&run, "comuni", "regione");
    assert_eq!(region["certificate"]["fund"], "4701451.00");
    assert_eq!(region["amount"], "4466378.45");
    assert_eq!(region["distributed"], "4466287.80");
    assert_eq!(region["residue"], "90.65");
}

/// Gives a public table, or says why it is not compared with.
fn public(table: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let Some(folder) = shared() else {
        eprintln!("skipped: the public tables are not here (RIPARTO_SHARED, or `shared/` beside)");
        return None;
    };
    let path: PathBuf = folder.join("published").join(table);
    Some(rows(&std::fs::read_to_string(&path).unwrap()))
}

/// Reads CSV without quoted cells: none of these tables has any in the columns that are used.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cells = |line: &str| -> BTreeMap<String, String> {
        let cells = header.iter().zip(line.split(','));
        cells
            .map(|(name, cell)| ((*name).to_owned(), cell.to_owned()))
            .collect()
    };
    lines.map(cells).collect()
}

#[test]
fn the_23_comuni_of_biella_receive_both_columns_as_published() {
    let Some(table) = public("piemonte_2022_biella_per_comune_stato_regione.csv") else {
        return;
    };
    assert_eq!(table.len(), 23);
    let run = run("piemonte/2022");
    let (state, region) = (from_fund(&run, "stato"), from_fund(&run, "regione"));
    for row in &table {
        let comune = &row["comune"];
        assert_eq!(state[comune], cents(&row["quota_statale_eur"]), "{comune}");
        assert_eq!(
            region[comune],
            cents(&row["quota_regionale_eur"]),
            "{comune}"
        );
    }
    assert_eq!(state.len(), table.len() + 1, "those and one aggregate");
}

#[test]
fn the_24_comuni_of_asti_receive_what_was_published() {
    let Some(table) = public("piemonte_2024_asti_per_comune.csv") else {
        return;
    };
    assert_eq!(table.len(), 24);
    let totals = totals(&run("piemonte/2024"));
    for row in &table {
        let comune = &row["comune"];
        assert_eq!(totals[comune], cents(&row["importo_eur"]), "{comune}");
    }
    assert_eq!(totals.len(), table.len() + 1, "those and one aggregate");
}

/// D.M. 687/2018: 13,742,501 as in 2017 and 6,652,766 more are 20,395,267 for Campania; Lombardia
/// has what it had, 40,000,464.
#[test]
fn campania_and_lombardia_receive_what_was_published_in_2018() {
    let run = run("nazionale/2018");
    let (base, more) = (
        from_fund(&run, "fondo_base"),
        from_fund(&run, "fondo_incremento"),
    );
    assert_eq!(base["Campania"], cents("13742501.00"));
    assert_eq!(more["Campania"], cents("6652766.00"));
    let totals = totals(&run);
    assert_eq!(totals["Campania"], cents("20395267.00"));
    assert_eq!(totals["Lombardia"], cents("40000464.00"));
    assert!(!more.contains_key("Lombardia"));
    assert_eq!((base.len(), more.len()), (21, 7));
    assert_eq!(totals.values().sum::<i64>(), cents("224000000.00"));
}

#[test]
fn the_21_regions_receive_what_was_published_in_2018() {
    let Some(table) = public("naz_riparto_2018_dm687.csv") else {
        return;
    };
    assert_eq!(table.len(), 21);
    let totals = totals(&run("nazionale/2018"));
    for row in &table {
        let region = &row["regione"];
        let published = format!("{}.00", row["totale_2018_eur"]);
        assert_eq!(totals[region], cents(&published), "{region}");
    }
    assert_eq!(totals.len(), table.len());
}

/// The same 21 amounts stand in the pack of 2017, where they are compared with, and in those of
/// 2018 to 2021, that split them.
#[test]
fn the_amounts_of_2017_are_alike_in_every_year_that_starts_from_them() {
    let amounts = |year: &str, column: &str| -> Vec<(String, i64, String)> {
        let table = rows(&read(&format!("rules/{year}/data/regioni.csv")).unwrap());
        let row = |row: &BTreeMap<String, String>| {
            let known = row["provenienza"].clone();
            (row["regione"].clone(), cents(&row[column]), known)
        };
        table.iter().map(row).collect()
    };
    let first = amounts("2017", "base_2017");
    for year in ["2018", "2019", "2020", "2021"] {
        assert_eq!(first, amounts(year, "base_2017"), "{year}");
    }
    let known = |how: &str| first.iter().filter(|row| row.2 == how).count();
    let found = (
        known("letta"),
        known("ricostruita"),
        known("per differenza"),
    );
    assert_eq!(found, (13, 7, 1));
    let sum: i64 = first.iter().map(|row| row.1).sum();
    assert_eq!(sum, cents("209000000.00"));
}

#[test]
fn the_19_amounts_for_the_poli_are_those_published() {
    let kept = rows(&read("rules/2017/data/poli.csv").unwrap());
    let sum: i64 = kept.iter().map(|row| cents(&row["importo"])).sum();
    assert_eq!((kept.len(), sum), (19, cents("150000000.00")));
    let Some(table) = public("naz_dm637_2017_edilizia_poli.csv") else {
        return;
    };
    let published = table
        .iter()
        .map(|row| (&row["regione"], &row["riparto_eur"]));
    let kept = kept.iter().map(|row| (&row["regione"], &row["importo"]));
    assert!(kept.eq(published));
}

/// A name in print may be the beginning of the register's: Borgaro is Borgaro Torinese. Of Fossano
/// one other Comune was read, and a row without codes stands for the rest.
#[test]
fn the_comuni_of_each_cpt_are_those_published() {
    let Some(published) = public("piemonte_cpt_2023.csv") else {
        return;
    };
    let members = rows(&read("regions/piemonte/2023/data/comuni_cpt.csv").unwrap());
    assert_eq!(published.len(), 6);
    for cpt in &published {
        let lead = &cpt["capofila"];
        let printed = cpt["comuni_aderenti_letti"].trim_end_matches(" (altri non letti)");
        let printed = std::iter::once(lead.as_str()).chain(printed.split(';'));
        let kept = members.iter().filter(|row| row["cpt"] == *lead);
        let kept: Vec<_> = kept.filter(|row| !row["istat"].is_empty()).collect();
        assert_eq!(kept.len(), printed.clone().count(), "{lead}");
        for (row, name) in kept.iter().zip(printed) {
            assert!(row["comune"].starts_with(name), "{lead}: {name}");
            let leads = if name == lead { "sì" } else { "no" };
            assert_eq!(row["capofila_del_cpt"], leads, "{name}");
        }
    }
}

/// Of 2014/15 Firenze has words instead of an amount, with commas in them: its cell is empty here, and
/// its row is not read from there on.
#[test]
fn the_tables_by_province_are_those_published() {
    let Some(published) = public("tos_by_province.csv") else {
        return;
    };
    for (file, column, published_column) in [
        (
            "2015/data/pez_province",
            "importo",
            "pez_2014_15_euro_arrotondati",
        ),
        (
            "2023/data/domande_province",
            "domande",
            "nidi_gratis_domande_2023_24",
        ),
        (
            "2023/data/trasporto_province",
            "importo",
            "trasporto_scolastico_euro",
        ),
        (
            "2025/data/ammesse_province",
            "ammesse",
            "nidi_gratis_ammesse_2025_26",
        ),
    ] {
        let kept = rows(&read(&format!("regions/toscana/{file}.csv")).unwrap());
        assert_eq!(
            kept.len() + 1,
            published.len(),
            "{file}: those and the total"
        );
        for (row, printed) in kept.iter().zip(&published) {
            let province = &row["provincia"];
            assert_eq!(*province, printed["provincia"], "{file}");
            if column == "importo" && province == "Firenze" {
                continue;
            }
            let cell = row[column].trim_end_matches(".00");
            assert_eq!(cell, printed[published_column], "{file}: {province}");
        }
    }
}

/// The register calls Calliano by its later name, Calliano Monferrato (005014, B418).
#[test]
fn codes_and_names_of_comuni_are_those_of_the_register() {
    let Some(register) = public("istat/comuni_piemonte.csv") else {
        return;
    };
    let register: BTreeMap<_, _> = register.iter().map(|c| (&c["istat_code"], c)).collect();
    let mut judged = 0;
    for table in [
        "2022/data/comuni",
        "2023/data/comuni_cpt",
        "2024/data/comuni",
    ] {
        let text = read(&format!("regions/piemonte/{table}.csv")).unwrap();
        for row in rows(&text) {
            if row["istat"].starts_with('*') || row["istat"].is_empty() {
                continue;
            }
            let comune = register[&row["istat"]];
            let name = match row["comune"].as_str() {
                "Calliano" => "Calliano Monferrato",
                name => name,
            };
            assert_eq!(comune["name"], name);
            assert_eq!(comune["cadastral_code"], row["catastale"], "{name}");
            judged += 1;
        }
    }
    assert_eq!(judged, 23 + 39 + 24);
}
