//! Columns that a plugin computes, with a plugin that is not there: one that the test plays.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::native::{Arguments, CallFault, NativeKind, Natives, NoNatives, Signature};
use crate::num::Ratio;
use crate::pack::{Overrides, load};
use crate::rules::Scalar;
use crate::source::{Source, SourceError};
use crate::testing::{Files, HEADER, MEASURE, PACK, dataset};

/// Doubles numbers; gives nothing for a number that is missing; refuses a row of thirteen, and
/// everything with a seventeen.
#[derive(Debug)]
struct Doubler;

impl Natives for Doubler {
    fn signature(&self, plugin: &str, function: &str) -> Result<Signature, Box<Diagnostic>> {
        match (plugin, function) {
            ("prova", "doubled") => Ok(Signature {
                takes: vec![("number".to_owned(), NativeKind::Number)],
                reads: Vec::new(),
                gives: NativeKind::Number,
            }),
            ("prova", "rows_of") => Ok(Signature {
                takes: Vec::new(),
                reads: vec!["any".to_owned()],
                gives: NativeKind::Number,
            }),
            _ => NoNatives.signature(plugin, function),
        }
    }

    fn call(
        &self,
        _: &str,
        function: &str,
        arguments: &Arguments<'_>,
    ) -> Result<Vec<Option<Scalar>>, CallFault> {
        if function == "rows_of" {
            let rows = Ratio::from(arguments.tables[0].len() as i64);
            return Ok(vec![Some(Scalar::Number(rows)); arguments.rows]);
        }
        let cells = &arguments.columns[0].1;
        let first = |number: i64| {
            let mut cells = cells.iter();
            cells.position(|cell| *cell == Some(Scalar::Number(Ratio::from(number))))
        };
        let (thirteen, seventeen) = (first(13), first(17));
        if thirteen.is_some() || seventeen.is_some() {
            let fault = Diagnostic::error(Code::PluginRefused, crate::say!("no", "no"));
            let diagnostic = Box::new(fault);
            let row = thirteen;
            return Err(CallFault { row, diagnostic });
        }
        let doubled = cells.iter().map(|cell| match cell {
            Some(Scalar::Number(number)) => Some(Scalar::Number(number.clone() + number.clone())),
            _ => None,
        });
        Ok(doubled.collect())
    }
}

struct WithDoubler(Files);

impl Source for WithDoubler {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        self.0.list(folder)
    }

    fn natives(&self, region: &str) -> Arc<dyn Natives> {
        assert_eq!(region, "prova");
        Arc::new(Doubler)
    }
}

fn derive(kind: &str, keys: &str) -> String {
    format!(
        "[derive.doppi]\nlabel = \"Doppi\"\ntable = \"comuni\"\ntype = \"{kind}\"\nact = \"a\"\n{keys}\n"
    )
}

const DOUBLED: &str = "unit = \"bambini\"\nnative = \"prova.doubled\"\ntakes = [\"bambini\"]";

/// The total of the doubled column over rows, or what refuses it.
fn outcome(blocks: &str, rows: &str) -> Result<String, Vec<Diagnostic>> {
    let blocks = format!(
        "{blocks}[total.tutti]\nlabel = \"Tutti\"\nvalue = \"sum(comuni.doppi)\"\nunit = \"bambini\"\n\
         [check.tutti_pari]\nlabel = \"Tutti\"\nthat = \"tutti > 100\"\nact = \"a\"\n"
    );
    let source = WithDoubler(Files::measure(&blocks));
    let (pack, faults) = load(&source, PACK, &Overrides::default()).unwrap();
    let Some(pack) = pack else {
        return Err(faults.into_sorted());
    };
    let rows = format!("{HEADER}{rows}");
    let data = dataset(&pack, &[("comuni", &rows)]);
    let (_, faults) = crate::eval::evaluate(&pack, &data);
    let faults = faults.into_sorted();
    match faults.iter().find(|fault| fault.code == Code::CheckFailed) {
        Some(failed) => Ok(failed.message.en.clone()),
        None => Err(faults),
    }
}

/// The same, with the codes of what refuses it.
fn total(blocks: &str, rows: &str) -> Result<String, Vec<Code>> {
    let outcome = outcome(blocks, rows);
    outcome.map_err(|faults| faults.iter().map(|fault| fault.code).collect())
}

#[test]
fn the_function_is_given_all_the_rows_at_once() {
    let rows =
        "001001,A001,Alba,3,10.00,0.5,sì,2020-01-01\n001002,A002,Bra,4,20.00,0.25,no,2021-01-01\n";
    let told = total(&derive("integer", DOUBLED), rows).unwrap();
    assert!(told.contains("14"), "2 × 3 + 2 × 4 = 14: {told}");
}

#[test]
fn a_whole_table_can_be_given_besides() {
    let keys = "unit = \"bambini\"\nnative = \"prova.rows_of\"\nreads = [\"comuni\"]";
    let rows =
        "001001,A001,Alba,3,10.00,0.5,sì,2020-01-01\n001002,A002,Bra,4,20.00,0.25,no,2021-01-01\n";
    let told = total(&derive("integer", keys), rows).unwrap();
    assert!(told.contains(": 4)"), "two rows, each told two: {told}");
}

#[test]
fn a_missing_datum_stays_missing() {
    let rows =
        "001001,A001,Alba,,10.00,0.5,sì,2020-01-01\n001002,A002,Bra,4,20.00,0.25,no,2021-01-01\n";
    let told = total(&derive("integer", DOUBLED), rows);
    assert_eq!(told, Err(vec![Code::MissingDatum]));
}

#[test]
fn a_refusal_is_told_once_at_the_row_whose_doing_it_is_else_at_the_rule() {
    let told = |children: i64| {
        let rows = format!(
            "001001,A001,Alba,4,10.00,0.5,sì,2020-01-01\n\
             001002,A002,Bra,{children},20.00,0.25,no,2021-01-01\n"
        );
        let faults = outcome(&derive("integer", DOUBLED), &rows).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        let fault = faults.into_iter().next().unwrap();
        assert_eq!(fault.code, Code::PluginRefused);
        assert_eq!(fault.act.as_deref(), Some("Atto"));
        fault
    };
    let of_a_row = told(13);
    let place = of_a_row.place.unwrap();
    assert_eq!((place.file.as_str(), place.line), ("comuni.csv", 3));
    assert_eq!(of_a_row.related[0].0.file, MEASURE);
    let of_all = told(17);
    assert_eq!(of_all.place.unwrap().file, MEASURE);
    assert_eq!(of_all.related, []);
}

#[test]
fn what_a_rule_gives_a_function_is_checked_before_any_fact_is_read() {
    for (kind, keys, code) in [
        (
            "integer",
            "unit = \"bambini\"\nnative = \"prova.halved\"",
            Code::PluginMissing,
        ),
        (
            "integer",
            "unit = \"bambini\"\nnative = \"doubled\"",
            Code::MalformedValue,
        ),
        (
            "integer",
            "unit = \"bambini\"\nnative = \"prova.doubled\"",
            Code::UnknownFunction,
        ),
        (
            "integer",
            "unit = \"bambini\"\nnative = \"prova.doubled\"\ntakes = [\"nome\"]",
            Code::TypeMismatch,
        ),
        (
            "text",
            "native = \"prova.doubled\"\ntakes = [\"bambini\"]",
            Code::TypeMismatch,
        ),
        (
            "integer",
            "unit = \"bambini\"\nnative = \"prova.rows_of\"\nreads = [\"comune\"]",
            Code::UnknownName,
        ),
        (
            "integer",
            "unit = \"bambini\"\nvalue = \"bambini\"\nnative = \"prova.doubled\"",
            Code::InvalidRule,
        ),
    ] {
        let told = total(
            &derive(kind, keys),
            "001001,A001,Alba,3,10.00,0.5,sì,2020-01-01\n",
        );
        let told = told.expect_err(keys);
        assert!(told.contains(&code), "{keys}: {told:?}");
    }
}
