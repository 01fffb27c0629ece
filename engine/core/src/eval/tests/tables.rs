//! Columns across tables: through a reference, gathered from another table, and what each misses.

use std::collections::BTreeMap;

use super::super::{Gap, Known, Outcome, run_measure};
use crate::diag::{Code, Diagnostic};
use crate::model::Dataset;
use crate::rules::{Measure, Scalar};
use crate::testing::{Files, HEADER, dataset};

/// A second table, of services in Comuni.
pub(super) const SERVIZI: &str = r#"
[table.servizi]
label = "Servizi"
key = "codice"
title = "codice"
[table.servizi.column.codice]
type = "text"
label = "Codice"
[table.servizi.column.comune]
type = "istat"
label = "Comune"
references = "comuni"
required = false
[table.servizi.column.tipo]
type = "text"
label = "Tipo"
[table.servizi.column.posti]
type = "integer"
unit = "posti"
label = "Posti"
required = false
[table.servizi.column.aperto]
type = "date"
label = "Aperto"
required = false
[table.servizi.column.pubblico]
type = "bool"
label = "Pubblico"
required = false
"#;

const COMUNI: &str = "\
001001,A001,Alba,3,10.00,0.5,sì,2020-01-01
001002,A002,Bra,,20.00,0.25,no,2021-01-01
001003,A003,Cuneo,2,30.00,0.125,,2022-01-01
";

const HEADER_SERVIZI: &str = "codice,comune,tipo,posti,aperto,pubblico\n";

/// Two services in Alba, one in Bra, none in Cuneo.
const ROWS: &str = "\
s1,001001,nido,20,2020-09-01,sì
s2,001001,micronido,10,2019-09-01,no
s3,001002,nido,30,2021-09-01,sì
";

/// What a step gives each row: the value as text, or what is missing, in Italian.
pub(super) type Shown = Vec<String>;

fn shown(cell: &Result<Scalar, Gap>) -> String {
    match cell {
        Ok(Scalar::Number(number)) => number.to_string().trim_end_matches("/1").to_owned(),
        Ok(Scalar::Bool(value)) => value.to_string(),
        Ok(Scalar::Text(text)) => text.clone(),
        Ok(Scalar::Date(date)) => date.to_string(),
        Ok(Scalar::Moment(instant)) => instant.iso(),
        Err(gap) => gap
            .awaited()
            .map_or_else(|| format!("{gap:?}"), |what| what.it),
    }
}

/// Works out the columns of a measure, one after the other.
fn columns(measure: &Measure, data: &Dataset) -> (Known, Vec<Diagnostic>) {
    let mut outcome = Outcome::new(String::new(), chrono::NaiveDate::default());
    let mut faults = crate::diag::Diagnostics::new();
    let before = Known::before(measure, data, &BTreeMap::new());
    let known = run_measure(measure, data, before, &mut outcome, &mut faults);
    (known, faults.into_sorted())
}

pub(super) fn files(blocks: &str) -> Files {
    Files::measure(&format!("{blocks}{SERVIZI}"))
}

/// Gives the column `x` on rows of services.
pub(super) fn column_on(blocks: &str, rows: &str) -> Shown {
    let (pack, faults) = files(blocks).load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let tables = [
        ("comuni", format!("{HEADER}{COMUNI}")),
        ("servizi", format!("{HEADER_SERVIZI}{rows}")),
    ];
    let tables = tables.each_ref().map(|(name, text)| (*name, text.as_str()));
    let (known, faults) = columns(&pack.measures[0], &dataset(&pack, &tables));
    assert!(faults.is_empty(), "{faults:?}");
    known.derived["x"].iter().map(shown).collect()
}

pub(super) fn derive_on_servizi(kind: &str, unit: &str, value: &str) -> String {
    crate::testing::derive("x", kind, unit, value).replace("\"comuni\"", "\"servizi\"")
}

/// A rollup `x` of services to Comuni.
pub(super) fn rollup(how: &str, kind: &str, more: &str) -> String {
    format!(
        "[rollup.x]\nto = \"comuni\"\nfrom = \"servizi\"\nby = \"comune\"\nhow = \"{how}\"\ntype = \"{kind}\"\nlabel = \"X\"\nact = \"a\"\n{more}\n"
    )
}

// Through a reference

#[test]
fn a_column_is_read_in_the_row_referred_to() {
    let blocks = derive_on_servizi("euro", "", "comune.spesa");
    assert_eq!(column_on(&blocks, ROWS), ["10", "10", "20"]);
}

#[test]
fn a_derived_column_read_through_a_reference_comes_first() {
    // `x` is written before `doppio`, which it reads.
    let blocks = derive_on_servizi("integer", "bambini", "comune.doppio + 1")
        + crate::testing::derive("doppio", "integer", "bambini", "2 * bambini").as_str();
    let missing = "manca `bambini` alla riga 3 di `comuni.csv`";
    assert_eq!(column_on(&blocks, ROWS), ["7", "7", missing]);
}

#[test]
fn an_empty_reference_is_missing() {
    let blocks = derive_on_servizi("euro", "", "comune.spesa");
    let missing = "manca `comune` alla riga 2 di `servizi.csv`";
    assert_eq!(column_on(&blocks, "s1,,nido,20,2020-09-01,sì\n"), [missing]);
}

#[test]
fn a_row_that_stands_for_several_is_no_row_of_another_table() {
    let blocks = derive_on_servizi("euro", "", "comune.spesa");
    let missing = "`*altri`, alla riga 2 di `servizi.csv`, non è una riga di `comuni`";
    assert_eq!(
        column_on(&blocks, "s1,*altri,nido,20,2020-09-01,sì\n"),
        [missing]
    );
}

#[test]
fn units_are_kept_through_a_reference() {
    let blocks = derive_on_servizi("integer", "posti", "posti + comune.bambini");
    let found = files(&blocks).faults();
    assert_eq!(found, [(Code::UnitMismatch, "+".to_owned())]);
}

#[test]
fn a_reference_that_cannot_be_followed_is_refused() {
    let faulty = [
        ("tipo.spesa", Code::InvalidRule, "tipo.spesa"),
        ("comune.spese", Code::UnknownName, "comune.spese"),
        ("comuen.spesa", Code::UnknownName, "comuen.spesa"),
        ("comune.nome.spesa", Code::ExpressionSyntax, "."),
    ];
    for (value, code, under) in faulty {
        let found = files(&derive_on_servizi("euro", "", value)).faults();
        assert_eq!(found, [(code, under.to_owned())], "{value}");
    }
}

#[test]
fn a_column_that_refers_is_not_also_an_allocation() {
    let allocation = crate::testing::allocation("tasso", "").replace("riparto]", "comune]");
    let blocks = derive_on_servizi("euro", "", "comune.amount") + allocation.as_str();
    let found = files(&blocks).faults();
    assert_eq!(found, [(Code::InvalidRule, "comune.amount".to_owned())]);
}

// Gathered from another table

#[test]
fn rows_are_gathered_by_each_of_the_ways() {
    let posti = "unit = \"posti\"\nof = \"posti\"";
    let none =
        |of: &str| format!("nessuna riga di `servizi`{of} rimanda alla riga 4 di `comuni.csv`");
    let facts: [(&str, &str, &str, [&str; 3]); 7] = [
        ("count", "integer", "", ["2", "1", "0"]),
        ("sum", "integer", posti, ["30", "30", "0"]),
        ("lowest", "integer", posti, ["10", "30", &none("")]),
        ("highest", "integer", posti, ["20", "30", &none("")]),
        (
            "lowest",
            "date",
            "of = \"aperto\"",
            ["2019-09-01", "2021-09-01", &none("")],
        ),
        (
            "any",
            "bool",
            "of = \"posti < 20\"",
            ["true", "false", "false"],
        ),
        (
            "all",
            "bool",
            "of = \"posti < 20\"",
            ["false", "false", "true"],
        ),
    ];
    for (how, kind, more, expected) in facts {
        assert_eq!(
            column_on(&rollup(how, kind, more), ROWS),
            expected,
            "{how} {kind}"
        );
    }
    let nidi = "unit = \"posti\"\nof = \"posti\"\nwhere = \"posti > 20\"";
    let none = |line: usize| {
        format!(
            "nessuna riga di `servizi` per cui valga `posti > 20` rimanda alla riga {line} di `comuni.csv`"
        )
    };
    assert_eq!(
        column_on(&rollup("lowest", "integer", nidi), ROWS),
        [none(2), "30".to_owned(), none(4)]
    );
}

#[test]
fn a_condition_on_rows_may_read_the_parent() {
    let more = "where = \"aperto < comune.dal\"";
    // Alba is of 2020-01-01: s2 opened before it; Bra of 2021-01-01: s3 after it.
    assert_eq!(
        column_on(&rollup("count", "integer", more), ROWS),
        ["1", "0", "0"]
    );
}

#[test]
fn rows_are_gathered_from_rows_gathered() {
    let y = rollup("sum", "integer", "unit = \"posti\"\nof = \"posti\"").replace(".x]", ".y]");
    let x = "[rollup.x]\nto = \"comuni\"\nfrom = \"servizi\"\nby = \"comune\"\nhow = \"highest\"\ntype = \"decimal\"\nlabel = \"X\"\nact = \"a\"\nof = \"posti / comune.y\"\n";
    let none = "nessuna riga di `servizi` rimanda alla riga 4 di `comuni.csv`";
    assert_eq!(
        column_on(&(x.to_owned() + y.as_str()), ROWS),
        ["2/3", "1", none]
    );
}

#[test]
fn a_missing_datum_makes_missing_what_it_could_change() {
    // The places of s2 are missing, and whether it is public.
    let rows = "\
s1,001001,nido,20,2020-09-01,sì
s2,001001,micronido,,2019-09-01,
s3,001002,nido,30,2021-09-01,sì
";
    let posti = "manca `posti` alla riga 3 di `servizi.csv`";
    let pubblico = "manca `pubblico` alla riga 3 di `servizi.csv`";
    let of = "unit = \"posti\"\nof = \"posti\"";
    let facts: [(&str, &str, String, &str); 12] = [
        ("sum", "integer", of.to_owned(), posti),
        ("lowest", "integer", of.to_owned(), posti),
        (
            "count",
            "integer",
            "where = \"pubblico\"".to_owned(),
            pubblico,
        ),
        // It adds nothing, whether it belongs or not.
        (
            "sum",
            "integer",
            "of = \"0\"\nwhere = \"pubblico\"".to_owned(),
            "0",
        ),
        (
            "sum",
            "integer",
            "of = \"1\"\nwhere = \"pubblico\"".to_owned(),
            pubblico,
        ),
        // It is left out before its places are read.
        (
            "sum",
            "integer",
            format!("{of}\nwhere = \"tipo == \\\"nido\\\"\""),
            "20",
        ),
        ("any", "bool", "of = \"posti == 20\"".to_owned(), "true"),
        ("any", "bool", "of = \"posti == 21\"".to_owned(), posti),
        ("all", "bool", "of = \"posti == 21\"".to_owned(), "false"),
        ("all", "bool", "of = \"posti == 20\"".to_owned(), posti),
        // s2 opened first: whether it counts changes the lowest, not the highest.
        (
            "lowest",
            "date",
            "of = \"aperto\"\nwhere = \"pubblico\"".to_owned(),
            pubblico,
        ),
        (
            "highest",
            "date",
            "of = \"aperto\"\nwhere = \"pubblico\"".to_owned(),
            "2020-09-01",
        ),
    ];
    for (how, kind, more, alba) in facts {
        let found = column_on(&rollup(how, kind, &more), rows);
        assert_eq!(found[0], alba, "{how} {more}");
    }
}

#[test]
fn a_row_of_which_the_parent_is_missing_may_belong_to_any() {
    let rows = "\
s1,001001,nido,20,2020-09-01,sì
s2,,micronido,5,2019-09-01,sì
";
    let comune = "manca `comune` alla riga 3 di `servizi.csv`";
    let count = |more: &str| column_on(&rollup("count", "integer", more), rows);
    assert_eq!(count(""), [comune, comune, comune]);
    assert_eq!(count("where = \"posti > 5\""), ["1", "0", "0"]);
    let any = "of = \"posti > 4\"";
    assert_eq!(
        column_on(&rollup("any", "bool", any), rows),
        ["true", comune, comune]
    );
}

#[test]
fn a_rollup_whose_parts_contradict_each_other_is_refused() {
    let count = rollup("count", "integer", "");
    let faulty: [(String, Code, &str); 9] = [
        (
            count.replace("by = \"comune\"", "by = \"tipo\""),
            Code::InvalidRule,
            "\"tipo\"",
        ),
        (
            count.replace("by = \"comune\"", "by = \"comuen\""),
            Code::UnknownName,
            "\"comuen\"",
        ),
        (
            count.replace("from = \"servizi\"", "from = \"servizzi\""),
            Code::UnknownName,
            "\"servizzi\"",
        ),
        (
            count.replace("to = \"comuni\"", "to = \"servizi\""),
            Code::InvalidRule,
            "\"comune\"",
        ),
        (
            count.replace("\"count\"", "\"conta\""),
            Code::MalformedValue,
            "\"conta\"",
        ),
        (
            count.replace("\"integer\"", "\"bool\""),
            Code::TypeMismatch,
            "\"bool\"",
        ),
        (
            rollup("count", "integer", "of = \"posti\""),
            Code::InvalidRule,
            "\"posti\"",
        ),
        (rollup("sum", "integer", ""), Code::MissingKey, "x"),
        (
            rollup("sum", "euro", "of = \"posti\""),
            Code::UnitMismatch,
            "posti",
        ),
    ];
    for (blocks, code, under) in faulty {
        let found = files(&blocks).faults();
        assert_eq!(found, [(code, under.to_owned())], "{blocks}");
    }
}

#[test]
fn columns_that_gather_each_other_go_round() {
    let blocks = rollup(
        "sum",
        "integer",
        "unit = \"posti\"\nof = \"posti + comune.x\"",
    );
    assert_eq!(files(&blocks).faults(), [(Code::Cycle, "x".to_owned())]);
}

#[test]
fn a_fault_of_a_formula_is_told_at_the_row_gathered() {
    // Of the two of Alba, whose `tasso` is 0.5, the first is left out before it divides.
    let more = "of = \"1 / (comune.tasso - 0.5)\"\nwhere = \"posti < 20\"";
    let (pack, _) = files(&rollup("sum", "decimal", more)).load();
    let pack = pack.unwrap();
    let tables = [
        ("comuni", format!("{HEADER}{COMUNI}")),
        ("servizi", format!("{HEADER_SERVIZI}{ROWS}")),
    ];
    let tables = tables.each_ref().map(|(name, text)| (*name, text.as_str()));
    let (_, faults) = columns(&pack.measures[0], &dataset(&pack, &tables));
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].code, Code::DivisionByZero);
    let (place, _) = &faults[0].related[0];
    assert_eq!((place.file.as_str(), place.line), ("servizi.csv", 3));
}

// Places among rows

pub(super) fn rank(more: &str) -> String {
    format!("[rank.x]\ntable = \"servizi\"\nlabel = \"Posto\"\nact = \"a\"\n{more}\n")
}

#[test]
fn all_the_rows_that_miss_what_orders_a_group_are_named_once_each() {
    let rows = "\
s1,001001,nido,,2020-09-01,sì
s2,001001,nido,10,2019-09-01,no
s3,001001,nido,,2021-09-01,sì
s4,001002,nido,20,2019-09-01,sì
";
    let each = rank("by = \"posti\"\norder = \"descending\"\nwithin = \"comune\"");
    let found = column_on(&each, rows);
    for place in &found[..3] {
        assert_eq!(place.matches("manca").count(), 2, "{place}");
        let named = ["alla riga 2 di", "alla riga 4 di"].map(|line| place.matches(line).count());
        assert_eq!(named, [1, 1], "{place}");
    }
    assert_eq!(found[3], "1");
}

#[test]
fn equal_rows_share_a_place_and_the_next_is_nobodys() {
    let rows = "\
s1,001001,nido,20,2020-09-01,sì
s2,001001,nido,10,2019-09-01,no
s3,001002,nido,30,2021-09-01,sì
s4,001002,nido,20,2019-09-01,sì
";
    let down = rank("by = \"posti\"\norder = \"descending\"");
    assert_eq!(column_on(&down, rows), ["2", "4", "1", "2"]);
    let up = rank("by = \"posti\"\norder = \"ascending\"");
    assert_eq!(column_on(&up, rows), ["2", "1", "4", "2"]);
    let first = rank("by = \"aperto\"\norder = \"ascending\"");
    assert_eq!(column_on(&first, rows), ["3", "1", "4", "1"]);
    let each = rank("by = \"posti\"\norder = \"descending\"\nwithin = \"comune\"");
    assert_eq!(column_on(&each, rows), ["1", "2", "1", "2"]);
}

#[test]
fn a_row_without_what_orders_it_takes_the_places_of_its_group() {
    let rows = "\
s1,001001,nido,20,2020-09-01,sì
s2,001001,nido,,2019-09-01,no
s3,001002,nido,30,2021-09-01,
";
    let posti = "manca `posti` alla riga 3 di `servizi.csv`";
    let each = rank("by = \"posti\"\norder = \"descending\"\nwithin = \"comune\"");
    assert_eq!(column_on(&each, rows), [posti, posti, "1"]);
    let pubblico = "manca `pubblico` alla riga 4 di `servizi.csv`";
    let each = rank("by = \"aperto\"\norder = \"descending\"\nwithin = \"pubblico\"");
    assert_eq!(column_on(&each, rows), [pubblico, pubblico, pubblico]);
}

#[test]
fn a_row_left_out_has_no_place_and_one_in_doubt_leaves_open_those_after_it() {
    let rows = "\
s1,001001,nido,20,2020-09-01,sì
s2,001001,nido,,2019-09-01,no
s3,,nido,30,2021-09-01,
s4,001001,nido,40,2021-09-01,sì
s5,001002,nido,30,2021-09-01,sì
";
    let out = "la riga 3 di `servizi.csv` non ha un posto in `x`";
    let doubt = "manca `pubblico` alla riga 4 di `servizi.csv`";
    let up = rank("by = \"posti\"\norder = \"ascending\"\nwhere = \"pubblico\"");
    assert_eq!(column_on(&up, rows), ["1", out, doubt, doubt, "2"]);
    let down = rank("by = \"posti\"\norder = \"descending\"\nwhere = \"pubblico\"");
    assert_eq!(column_on(&down, rows), [doubt, out, doubt, "1", "2"]);
    // Who misses the group counts only if it takes part.
    let either = "manca `pubblico` alla riga 4 di `servizi.csv`, manca `comune` alla riga 4 di `servizi.csv`";
    let each = "by = \"posti\"\norder = \"ascending\"\nwithin = \"comune\"";
    let each = |filter: &str| rank(&format!("{each}\nwhere = '{filter}'"));
    let of_all = column_on(&each("pubblico"), rows);
    assert_eq!(of_all, ["1", out, either, either, "1"]);
    let third = "la riga 4 di `servizi.csv` non ha un posto in `x`";
    let of_others = column_on(&each("pubblico && codice != \"s3\""), rows);
    assert_eq!(of_others, ["1", out, third, "2", "1"]);
}

#[test]
fn a_rank_whose_parts_contradict_each_other_is_refused() {
    let good = "by = \"posti\"\norder = \"descending\"\nwithin = \"comune\"";
    let faulty = [
        (
            good.replace("posti", "tipo"),
            Code::TypeMismatch,
            "\"tipo\"",
        ),
        (good.replace("posti", "x"), Code::Cycle, "x"),
        (
            good.replace("descending", "down"),
            Code::MalformedValue,
            "\"down\"",
        ),
        (
            good.replace("\"comune\"", "\"posti + 1\""),
            Code::InvalidRule,
            "\"posti + 1\"",
        ),
        (
            good.replace("\"comune\"", "\"comuen\""),
            Code::UnknownName,
            "comuen",
        ),
    ];
    for (more, code, under) in faulty {
        let found = files(&rank(&more)).faults();
        assert_eq!(found, [(code, under.to_owned())], "{more}");
    }
}
