//! The plugin of each Region at work on that Region's own pack: built, locked, called.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use riparto_tests::copies::copy_of;
use riparto_tests::{Ran, root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// The library of a Region's plugin, built beside this test. No code of it is linked here: the three
/// have one entry of the same name.
fn library(region: &str) -> String {
    let test = std::env::current_exe().unwrap();
    let name = format!("libriparto_plugin_{region}.so");
    test.parent().unwrap().join(name).display().to_string()
}

/// A copy of the rules, with the plugin of a Region locked in it.
fn with_plugin(region: &str) -> tempfile::TempDir {
    let copy = copy_of(&root()).unwrap();
    let locked = run(copy.path(), &["plugin", "lock", region, &library(region)]);
    assert_eq!(locked.code, 0, "{}", locked.stderr);
    copy
}

fn run(folder: &Path, words: &[&str]) -> Ran {
    run_in(PROGRAM, folder, words).unwrap()
}

fn json(folder: &Path, words: &[&str]) -> Value {
    let words = [words, &["--format", "json"]].concat();
    let ran = run(folder, &words);
    assert_eq!(ran.code, 0, "{words:?}: {} {}", ran.stdout, ran.stderr);
    ran.json()
}

/// A file of the sources, where they stand beside the project.
fn source(path: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("RIPARTO_SHARED")
        .map_or_else(|| root().parent().unwrap().join("shared"), PathBuf::from);
    let file = shared.join(path);
    if file.is_file() {
        return Some(file);
    }
    println!("skipped: `{path}` is not beside the project, nor where RIPARTO_SHARED says");
    None
}

#[test]
fn each_plugin_keeps_the_contract_as_the_program_judges_it() {
    for region in ["lombardia", "piemonte", "toscana"] {
        let copy = with_plugin(region);
        let checked = run(copy.path(), &["plugin", "check", region, "--lang", "en"]);
        assert_eq!(checked.code, 0, "{region}: {}", checked.stderr);
        assert!(
            checked.stdout.contains("keeps the contract"),
            "{}",
            checked.stdout
        );
    }
}

const CONTIGUITY: &str = r#"
title    = "Contiguità dei Comuni di un CPT"
main_act = "dd_787"
reads    = ["cpt"]

[table.confini]
label    = "Comuni confinanti"
key      = "coppia"
title    = "coppia"
importer = "piemonte.confini"
file     = "confini.topo.json"

[table.confini.column.coppia]
type  = "text"
label = "I due Comuni"

[table.confini.column.comune]
type  = "text"
label = "Comune"

[table.confini.column.confinante]
type     = "text"
label    = "Confina con"
required = false

[derive.pezzo_del_comune]
table      = "comuni_cpt"
type       = "integer"
native     = "piemonte.pezzo"
takes      = ["cpt", "istat"]
reads      = ["confini"]
label      = "Pezzo del CPT, da solo, in cui sta il Comune"
act        = "dd_787"
assumption = true

[register.pezzi]
label      = "Comuni per pezzo"
of         = "comuni_cpt"
columns    = ["comune", "cpt", "pezzo_del_comune"]
act        = "dd_787"
assumption = true
"#;

#[test]
fn piemonte_tells_which_coordinations_are_in_one_piece() {
    let Some(map) = source("published/istat/piemonte_slim.topo.json") else {
        return;
    };
    let copy = with_plugin("piemonte");
    let year = copy.path().join("regions/piemonte/2023");
    fs::write(year.join("contiguita.toml"), CONTIGUITY).unwrap();
    fs::copy(map, year.join("data/confini.topo.json")).unwrap();
    let ran = json(copy.path(), &["run", "piemonte/2023"]);
    let lists = ran["registers"].as_array().unwrap();
    let pieces = lists.iter().find(|list| list["id"] == "pezzi").unwrap();
    let rows = pieces["rows"].to_string();
    // Cuneo and its four neighbours are one piece; Brandizzo touches Chivasso.
    for comune in ["Cuneo", "Busca", "Bernezzo", "Chivasso", "Brandizzo"] {
        let told = pieces["rows"].as_array().unwrap().iter();
        let mut told = told
            .map(Value::to_string)
            .filter(|row| row.contains(comune));
        let row = told.next().unwrap_or_else(|| panic!("{comune}: {rows}"));
        assert!(row.contains("\"1\""), "{row}");
    }
    let used = &ran["receipt"]["plugins"]["piemonte"];
    assert_eq!(
        used.as_str().unwrap().len(),
        64,
        "the receipt names its bytes"
    );
}

#[test]
fn toscana_reads_the_programme_itself() {
    let Some(seeds) = source("seeds/003_43280f10e97bc610.txt") else {
        return;
    };
    let from_table = json(&root(), &["run", "toscana/2024"]);
    let copy = with_plugin("toscana");
    let data = copy.path().join("regions/toscana/2024/data");
    fs::remove_file(data.join("testi.csv")).unwrap();
    fs::copy(seeds, data.join("zona_pistoiese.txt")).unwrap();
    let from_text = json(copy.path(), &["run", "toscana/2024"]);
    let parts = |ran: &Value| {
        let parts = ran["documents"][0]["parts"].as_array().unwrap().iter();
        let counts = parts.map(|part| part["characters"].to_string());
        counts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(parts(&from_text), parts(&from_table));
    assert!(parts(&from_text).contains("3601"), "{}", parts(&from_text));
}

#[test]
fn piemonte_writes_the_register_for_inps_only_when_asked() {
    let copy = with_plugin("piemonte");
    let out = copy.path().join("esito");
    let out = out.to_str().unwrap();
    let ran = run(copy.path(), &["run", "piemonte/2026", "--out", out]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let full = copy.path().join("pieno");
    let words = [
        "run",
        "piemonte/2026",
        "--unmasked",
        "bonus_nido",
        "--out",
        full.to_str().unwrap(),
    ];
    let ran = run(copy.path(), &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let written = fs::read_to_string(full.join("inps.csv")).unwrap();
    assert!(written.starts_with("Codice del servizio;"), "{written}");
}

const POPULATION: &str = r#"
title    = "Popolazione"
main_act = "dgr_6397"

[table.popolazione]
label    = "Popolazione dei Comuni"
key      = "istat"
title    = "comune"
importer = "lombardia.posas"
file     = "posas.csv"

[table.popolazione.column.istat]
type  = "istat"
label = "Codice ISTAT"

[table.popolazione.column.comune]
type  = "text"
label = "Comune"

[table.popolazione.column.popolazione_0_5]
type  = "integer"
unit  = "bambini"
label = "Bambini da 0 a 5 anni"

[register.bambini]
label      = "Bambini da 0 a 5 anni"
of         = "popolazione"
columns    = ["comune", "popolazione_0_5"]
act        = "dgr_6397"
assumption = true
"#;

/// A Comune in the layout of ISTAT: every age once, then the total.
fn posas(code: &str, comune: &str, each: u32) -> String {
    let ages = (0..=100).map(|age| format!("{code};{comune};{age};{each};0;{each}\n"));
    let all = each * 101;
    ages.collect::<String>() + &format!("{code};{comune};999;{all};0;{all}\n")
}

#[test]
fn lombardia_reads_the_population_of_istat() {
    let copy = with_plugin("lombardia");
    let year = copy.path().join("regions/lombardia/2022");
    fs::write(year.join("popolazione.toml"), POPULATION).unwrap();
    let head = "Codice comune;Comune;Età;Totale maschi;Totale femmine;Totale\n";
    let text = [
        head,
        &posas("18110", "Pavia", 7),
        &posas("012026", "Busto Arsizio", 2),
    ]
    .concat();
    fs::write(year.join("data/posas.csv"), text).unwrap();
    let ran = json(copy.path(), &["run", "lombardia/2022"]);
    let lists = ran["registers"].as_array().unwrap();
    let bambini = lists.iter().find(|list| list["id"] == "bambini").unwrap();
    let rows = bambini["rows"].to_string();
    // Six ages of seven children each, then of two.
    assert!(rows.contains("42") && rows.contains("12"), "{rows}");
}

const LEAD: &str = r#"
title    = "Capofila secondo il plugin"
main_act = "dgr_6397"

[table.comuni]
label = "Comuni degli ambiti, con il codice"
key   = "istat"
title = "comune"

[table.comuni.column.istat]
type  = "istat"
label = "Codice ISTAT"

[table.comuni.column.comune]
type  = "text"
label = "Comune"

[table.comuni.column.ambito]
type  = "text"
label = "Ambito"

[table.comuni.column.bambini]
type     = "integer"
unit     = "bambini"
label    = "Bambini da 0 a 5 anni"
required = false

[derive.e_capofila]
table      = "comuni"
type       = "bool"
native     = "lombardia.capofila"
takes      = ["ambito", "istat"]
reads      = ["comuni"]
label      = "È il capofila"
act        = "dgr_6397"
assumption = true

[register.capofila_del_plugin]
label      = "Capofila secondo il plugin"
of         = "comuni"
columns    = ["comune", "e_capofila"]
act        = "dgr_6397"
assumption = true
"#;

/// Each Comune with its ISTAT code, its ambito, its children; then what the pack says of it, and what
/// the plugin says.
const LEADS: [(&str, &str, &str, &str, &str, &str); 7] = [
    ("097042", "Lecco", "Nord", "90", "eligible", "sì"),
    ("097083", "Valmadrera", "Nord", "40", "not-eligible", "no"),
    ("012026", "Busto Arsizio", "Pari", "70", "not-eligible", ""),
    ("012070", "Gallarate", "Pari", "70", "not-eligible", ""),
    ("012118", "Samarate", "Pari", "10", "not-eligible", "no"),
    ("018110", "Pavia", "Ignoto", "50", "undetermined", ""),
    ("018177", "Vigevano", "Ignoto", "", "undetermined", ""),
];

/// Of a tie the pack admits neither, since it decides whom to pay; the plugin leaves both open, since
/// no source says who prevails. Of all others they say the same.
#[test]
fn lombardia_leaves_open_the_tie_that_the_pack_refuses() {
    let copy = with_plugin("lombardia");
    let year = copy.path().join("regions/lombardia/2022");
    fs::write(year.join("capofila.toml"), LEAD).unwrap();
    let mut coded = "istat,comune,ambito,bambini\n".to_owned();
    let mut plain =
        "comune,ambito,bambini,indicato,comuni_rappresentati,bambini_maggiore\n".to_owned();
    for (istat, comune, ambito, bambini, _, _) in LEADS {
        coded += &format!("{istat},{comune},{ambito},{bambini}\n");
        plain += &format!("{comune},{ambito},{bambini},no,1,\n");
    }
    let write = |name: &str, text: &str| fs::write(year.join("data").join(name), text).unwrap();
    write(
        "ambiti.csv",
        "ambito,costituito,atto,dal\nNord,,,\nPari,,,\nIgnoto,,,\n",
    );
    write(
        "coordinatori.csv",
        "incarico,ambito,coordinatore,servizio,gestione\n",
    );
    write("comuni_ambito.csv", &plain);
    write("comuni.csv", &coded);
    let ran = json(copy.path(), &["run", "lombardia/2022"]);
    let named = |lists: &str, id: &str| {
        let mut lists = ran[lists].as_array().unwrap().iter();
        lists.find(|list| list["id"] == id).unwrap()["rows"].clone()
    };
    let (pack, plugin) = (
        named("decisions", "capofila"),
        named("registers", "capofila_del_plugin"),
    );
    for (at, (_, comune, _, _, decided, told)) in LEADS.into_iter().enumerate() {
        assert_eq!(pack[at]["name"], comune);
        assert_eq!(pack[at]["outcome"], decided, "{comune}");
        assert_eq!(plugin[at]["comune"], comune);
        let cell = plugin[at]["e_capofila"].as_str().unwrap_or_default();
        assert_eq!(cell, told, "{comune}");
    }
}

/// The blocks that a README shows.
fn blocks(readme: &str) -> String {
    let fenced = readme.split("```toml\n").skip(1);
    let blocks = fenced.filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| format!("{block}\n")).collect()
}

#[test]
fn each_capability_is_declared_as_its_readme_shows() {
    for (region, pack, act) in [
        ("lombardia", "lombardia/2022", "dgr_6397"),
        ("toscana", "toscana/2024", "dgr_584_2024"),
    ] {
        let copy = with_plugin(region);
        let readme = root().join("plugins").join(region).join("README.md");
        let blocks = blocks(&fs::read_to_string(readme).unwrap());
        let tables: toml::Table = blocks.parse().unwrap();
        let year = copy.path().join("regions").join(pack);
        for (name, table) in tables["table"].as_table().unwrap() {
            let columns = table["column"].as_table().unwrap();
            let header: Vec<_> = columns.keys().map(String::as_str).collect();
            let csv = format!("{}\n", header.join(","));
            fs::write(year.join(format!("data/{name}.csv")), csv).unwrap();
        }
        let measure = format!("title = \"Dal README\"\nmain_act = \"{act}\"\n\n{blocks}");
        fs::write(year.join("leggimi.toml"), measure).unwrap();
        let checked = run(copy.path(), &["check", pack, "--lang", "en"]);
        assert_eq!(
            checked.code, 0,
            "{region}: {}{}",
            checked.stdout, checked.stderr
        );
    }
}
