//! The plugin of each Region at work on that Region's own pack: built, locked, called.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use riparto_tests::copies::{copy_of, edit};
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

/// The block of TOML of a plugin's README that has those words, as it stands there.
fn declared(region: &str, words: &str) -> String {
    let path = root().join("plugins").join(region).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let blocks = readme.split("```toml\n").skip(1);
    let mut blocks = blocks.map(|block| block.split("```").next().unwrap());
    let found = blocks.find(|block| block.contains(words));
    found.unwrap_or_else(|| panic!("{words}")).to_owned()
}

#[test]
fn piemonte_shows_what_its_packs_declare() {
    let measure = root().join("regions/piemonte/2026/rilevazione.toml");
    let measure = fs::read_to_string(measure).unwrap();
    for words in ["piemonte.servizi03", "piemonte.inps"] {
        let block = declared("piemonte", words);
        assert!(measure.contains(&block), "{block}");
    }
}

#[test]
fn piemonte_tells_which_coordinations_are_in_one_piece() {
    let Some(map) = source("published/istat/piemonte_slim.topo.json") else {
        return;
    };
    let copy = with_plugin("piemonte");
    let year = copy.path().join("regions/piemonte/2023");
    let contiguity = declared("piemonte", "piemonte.pezzo");
    fs::write(year.join("contiguita.toml"), contiguity).unwrap();
    fs::copy(map, year.join("data/confini.topo.json")).unwrap();
    let ran = json(copy.path(), &["run", "piemonte/2023"]);
    // Cuneo and its four neighbours are one piece; the Comuni that the press names of Ciriè leave
    // out those in between; of Fossano and of the others not all the Comuni are known.
    let expected = [
        ("Chivasso", "eligible"),
        ("Ciriè", "not-eligible"),
        ("Ivrea", "eligible"),
        ("Settimo Torinese", "eligible"),
        ("Cuneo", "eligible"),
        ("Fossano", "undetermined"),
        ("*altri", "undetermined"),
    ];
    assert_eq!(contiguous(&ran), expected);
    let used = &ran["receipt"]["plugins"]["piemonte"];
    assert_eq!(
        used.as_str().unwrap().len(),
        64,
        "the receipt names its bytes"
    );
    // A Comune that the map does not show may be what joins the others.
    edit(
        &year.join("data/comuni_cpt.csv"),
        "Mathi,001146,",
        "Mathi,,",
    )
    .unwrap();
    let ran = json(copy.path(), &["run", "piemonte/2023"]);
    assert_eq!(contiguous(&ran)[1], ("Ciriè", "undetermined"));
}

/// Which CPT are in one piece, as a run says.
fn contiguous(ran: &Value) -> Vec<(&str, &str)> {
    let mut lists = ran["decisions"].as_array().unwrap().iter();
    let list = lists.find(|list| list["id"] == "contiguo").unwrap();
    let rows = list["rows"].as_array().unwrap().iter();
    rows.map(|cpt| {
        (
            cpt["key"].as_str().unwrap(),
            cpt["outcome"].as_str().unwrap(),
        )
    })
    .collect()
}

#[test]
fn piemonte_averages_as_the_survey_does() {
    let copy = with_plugin("piemonte");
    let year = copy.path().join("regions/piemonte/2026");
    given(&year, "media-primo-periodo.toml");
    let averages = declared("piemonte", "piemonte.media_frequentanti");
    fs::write(year.join("medie.toml"), averages).unwrap();
    let ran = json(copy.path(), &["run", "piemonte/2026"]);
    let lists = ran["registers"].as_array().unwrap();
    let averages = lists.iter().find(|list| list["id"] == "medie").unwrap();
    let rows = averages["rows"].as_array().unwrap().iter();
    let text = |row: &Value, column: &str| row[column].as_str().unwrap().to_owned();
    let rows = rows.map(|row| {
        let exact = ["media_esatta", "media_del_plugin", "media_dal_registro"];
        let rounded = ["media", "media_arrotondata"];
        (
            exact.map(|name| text(row, name)),
            rounded.map(|name| text(row, name)),
        )
    });
    let expected = [("12.5", "13"), ("12.495", "12")];
    let expected = expected.map(|(exact, rounded)| {
        (
            [exact; 3].map(str::to_owned),
            [rounded; 2].map(str::to_owned),
        )
    });
    assert_eq!(rows.collect::<Vec<_>>(), expected);
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

/// Gives a year the facts of one of its cases.
fn given(year: &Path, case: &str) {
    let case = fs::read_to_string(year.join("cases").join(case)).unwrap();
    let case: toml::Table = case.parse().unwrap();
    for (table, rows) in case["given"]["tables"].as_table().unwrap() {
        let file = year.join("data").join(table).with_extension("csv");
        fs::write(file, rows.as_str().unwrap()).unwrap();
    }
}

/// What INPS is given of the services in the pack's own case: two are to be reported, of which a
/// person holds the second.
const REGISTER: &str = "\
Codice del servizio;Nome del servizio;Comune in cui ha sede;Comune;Tipo di servizio;\
Posti autorizzati;Codice fiscale del titolare\r\n\
s1;Attivo;005005;Asti;nido;30;12345678903\r\n\
s2;Non raggiunto;005005;Asti;nido in famiglia;5;RSSMRA80A01H501U\r\n";

#[test]
fn piemonte_writes_the_register_for_inps_only_when_asked() {
    let copy = with_plugin("piemonte");
    let year = copy.path().join("regions/piemonte/2026");
    given(&year, "registro-inps.toml");
    let services = year.join("data/servizi.csv");
    let of_a_person = "nido in famiglia,5,RSSMRA80A01H501U";
    edit(&services, "nido in famiglia,5,12345678903", of_a_person).unwrap();
    let out = copy.path().join("esito");
    let words = ["run", "piemonte/2026", "--out", out.to_str().unwrap()];
    let ran = run(copy.path(), &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!out.join("inps.csv").exists(), "it would name a person");
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
    assert_eq!(written, REGISTER);
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

[table.comuni_codici]
label = "Comuni degli ambiti, con il codice"
key   = "istat"
title = "comune"

[table.comuni_codici.column.istat]
type  = "istat"
label = "Codice ISTAT"

[table.comuni_codici.column.comune]
type  = "text"
label = "Comune"

[table.comuni_codici.column.ambito]
type  = "text"
label = "Ambito"

[table.comuni_codici.column.bambini]
type     = "integer"
unit     = "bambini"
label    = "Bambini da 0 a 5 anni"
required = false

[derive.e_capofila]
table      = "comuni_codici"
type       = "bool"
native     = "lombardia.capofila"
takes      = ["ambito", "istat"]
reads      = ["comuni_codici"]
label      = "È il capofila"
act        = "dgr_6397"
assumption = true

[register.capofila_del_plugin]
label      = "Capofila secondo il plugin"
of         = "comuni_codici"
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
    let mut plain = "comune,ambito,bambini,indicato\n".to_owned();
    for (istat, comune, ambito, bambini, _, _) in LEADS {
        coded += &format!("{istat},{comune},{ambito},{bambini}\n");
        plain += &format!("{comune},{ambito},{bambini},no\n");
    }
    let write = |name: &str, text: &str| fs::write(year.join("data").join(name), text).unwrap();
    write(
        "ambiti.csv",
        "ambito,costituito,atto,dal,altri_comuni,altri_bambini,altri_maggiore\n\
         Nord,,,,0,0,0\nPari,,,,0,0,0\nIgnoto,,,,0,0,0\n",
    );
    write(
        "coordinatori.csv",
        "incarico,ambito,coordinatore,servizio,gestione,eletto\n",
    );
    write("comuni_ambito.csv", &plain);
    write("comuni_codici.csv", &coded);
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
