//! Plugins that judge the facts and write the lists; a fake one stands for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Diagnostics, Lang, Place, Severity, Text};
use crate::eval::{evaluate, export, validate};
use crate::model::Table;
use crate::native::{Exported, Natives};
use crate::pack::{Overrides, load};
use crate::rules::{Pack, Scalar};
use crate::source::{Source, SourceError};
use crate::testing::{Files, HEADER, MEASURE, PACK, dataset};

/// Finds what it is told to find, and writes a list as lines.
#[derive(Debug, Clone)]
struct Fake {
    found: Vec<Diagnostic>,
    ending: &'static str,
}

impl Natives for Fake {
    fn validate(
        &self,
        plugin: &str,
        validator: &str,
        tables: &[&Table],
    ) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        assert_eq!((plugin, validator), ("prova", "comuni"));
        assert_eq!(tables[0].name, "comuni");
        Ok(self.found.clone())
    }

    fn export(
        &self,
        plugin: &str,
        exporter: &str,
        exported: &Exported<'_>,
    ) -> Result<(Vec<u8>, String), Box<Diagnostic>> {
        assert_eq!(
            (plugin, exporter, exported.name),
            ("prova", "righe", "elenco")
        );
        let rows = exported.rows.iter().map(|row| {
            let cells = row.iter().map(|cell| match cell {
                Some(Scalar::Number(number)) => number.to_string(),
                Some(Scalar::Text(text)) => text.clone(),
                Some(other) => panic!("{other:?}"),
                None => "?".to_owned(),
            });
            cells.collect::<Vec<_>>().join("|")
        });
        let rows: Vec<String> = rows.collect();
        assert_eq!((exported.file, exported.lines), ("comuni.csv", &[2, 3][..]));
        let labels: Vec<&str> = exported.columns.iter().map(|(_, label)| *label).collect();
        let text = format!("{}\n{}", labels.join("|"), rows.join("\n"));
        Ok((text.into_bytes(), self.ending.to_owned()))
    }
}

fn finding(what: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error(Code::PluginRefused, Text::same(what)).at_maybe(place)
}

/// Files with plugins beside them.
struct World(Files, Fake);

impl Source for World {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        self.0.list(folder)
    }

    fn natives(&self, region: &str) -> Arc<dyn Natives> {
        assert_eq!(region, "prova");
        Arc::new(self.1.clone())
    }
}

const VALIDATOR: &str = r#"
[validator.controllo]
label = "Controllo"
native = "prova.comuni"
tables = ["comuni"]
act = "a art. 3"
"#;

const EXPORT: &str = r#"
[register.elenco]
label = "Elenco"
of = "comuni"
columns = ["istat", "bambini"]
act = "a"
[export.invio]
label = "Invio"
native = "prova.righe"
register = "elenco"
act = "a art. 4"
"#;

const ROWS: &str = "001272,L219,Torino,12,,,,\n001001,A074,Agliè,,,,,\n";

fn loaded(blocks: &str, fake: Fake) -> (Option<Pack>, Diagnostics) {
    load(
        &World(Files::measure(blocks), fake),
        PACK,
        &Overrides::default(),
    )
    .unwrap()
}

fn judged(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let fake = Fake { found, ending: "" };
    let pack = loaded(VALIDATOR, fake).0.unwrap();
    let facts = format!("{HEADER}{ROWS}");
    validate(&pack, &dataset(&pack, &[("comuni", &facts)])).into_sorted()
}

#[test]
fn what_a_validator_finds_stands_in_the_facts_and_cites_the_act() {
    let at = |file: &str, line| {
        Some(Place {
            line,
            ..Place::start_of(file)
        })
    };
    let warning = Diagnostic {
        severity: Severity::Warning,
        ..finding("third", at("", 3))
    };
    let told = judged(vec![
        finding("by table", at("comuni", 2)),
        finding("by file", at("comuni.csv", 2)),
        warning,
        finding("nowhere", None),
        finding("elsewhere", at("../altro.csv", 9)),
    ]);
    let told: Vec<_> = told
        .iter()
        .map(|fault| {
            let place = fault.place.clone().unwrap();
            assert_eq!(fault.act.as_deref(), Some("Atto, art. 3"));
            (fault.message.it.as_str(), place.file, place.line)
        })
        .collect();
    let here = |what, line| (what, "comuni.csv".to_owned(), line);
    let rule = |what| (what, MEASURE.to_owned(), 4);
    assert_eq!(
        told,
        [
            here("by file", 2),
            here("by table", 2),
            here("third", 3),
            rule("elsewhere"),
            rule("nowhere"),
        ]
    );
}

#[test]
fn without_the_plugin_the_validator_is_told_where_it_is_named() {
    let files = Files::measure(VALIDATOR);
    let (pack, faults) = files.load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let facts = format!("{HEADER}{ROWS}");
    let told = validate(&pack, &dataset(&pack, &[("comuni", &facts)])).into_sorted();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].code, Code::PluginMissing);
    assert_eq!(files.underlined(&told[0]), "\"prova.comuni\"");
}

#[test]
fn an_export_holds_the_rows_of_its_list() {
    let written = |ending| {
        let fake = Fake {
            found: Vec::new(),
            ending,
        };
        let (pack, faults) = loaded(EXPORT, fake);
        let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
        let facts = format!("{HEADER}{ROWS}");
        let (run, faults) = evaluate(&pack, &dataset(&pack, &[("comuni", &facts)]));
        let run = run.unwrap_or_else(|| panic!("{faults:?}"));
        let rule = &pack.measures[0].exports[0];
        export(rule, &run.outcome.registers[0], Lang::It)
    };
    let (name, bytes) = written("txt").unwrap();
    assert_eq!(name, "invio.txt");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text, "Codice|Bambini\n001272|12/1\n001001|?");
    for ending in ["", "../x", "a.b"] {
        let fault = written(ending).unwrap_err();
        assert_eq!(fault.code, Code::PluginAnswer);
        assert_eq!(fault.act.as_deref(), Some("Atto, art. 4"));
    }
}

#[test]
fn what_is_asked_of_plugins_is_named_rightly() {
    let cases = [
        (
            "native = \"prova.comuni\"",
            "native = \"Prova\"",
            Code::MalformedValue,
            "\"Prova\"",
        ),
        (
            "tables = [\"comuni\"]",
            "tables = [\"comune\"]",
            Code::UnknownName,
            "\"comune\"",
        ),
        (
            "tables = [\"comuni\"]",
            "tables = []",
            Code::InvalidRule,
            "[]",
        ),
        (
            "register = \"elenco\"",
            "register = \"elenchi\"",
            Code::UnknownName,
            "\"elenchi\"",
        ),
    ];
    let right = format!("{VALIDATOR}{EXPORT}");
    assert_eq!(Files::measure(&right).faults(), []);
    for (from, to, code, underlined) in cases {
        let wrong = right.replace(from, to);
        let found = Files::measure(&wrong).faults();
        assert_eq!(found, [(code, underlined.to_owned())], "{to}");
    }
}

#[test]
fn an_importer_goes_with_a_foreign_file() {
    let cases = [
        (
            "importer = \"prova.pop\"",
            Code::InvalidRule,
            "\"prova.pop\"",
        ),
        ("file = \"pop.txt\"", Code::InvalidRule, "\"pop.txt\""),
        (
            "importer = \"prova.pop\"\nfile = \"../pop.txt\"",
            Code::MalformedValue,
            "\"../pop.txt\"",
        ),
        (
            "importer = \"prova.pop\"\nfile = \"Comuni.csv\"",
            Code::InvalidRule,
            "\"Comuni.csv\"",
        ),
        (
            "importer = \"prova\"\nfile = \"pop.txt\"",
            Code::MalformedValue,
            "\"prova\"",
        ),
    ];
    let plain = Files::measure("").text(MEASURE);
    let with = |keys: &str| {
        let text = plain.replace("[table.comuni]", &format!("[table.comuni]\n{keys}"));
        Files::measure("").with(MEASURE, &text)
    };
    let right = "importer = \"prova.pop\"\nfile = \"pop.txt\"";
    assert_eq!(with(right).faults(), []);
    for (keys, code, underlined) in cases {
        assert_eq!(
            with(keys).faults(),
            [(code, underlined.to_owned())],
            "{keys}"
        );
    }
}
