//! What the functions of one-line formulas give, and what each refuses.

use super::tables::{column_on, derive_on_servizi};
use crate::diag::Code;
use crate::pack::Overrides;
use crate::rules::Scalar;
use crate::testing::{Files, derive};

/// One service of 20 places in Alba, and one that misses its places, its day and its kind of owner.
const ROWS: &str = "\
s1,001001,nido,20,2020-09-01,sì
s2,001002,micronido,,,
";

fn first(kind: &str, unit: &str, value: &str) -> String {
    column_on(&derive_on_servizi(kind, unit, value), ROWS).remove(0)
}

fn second(kind: &str, unit: &str, value: &str) -> String {
    column_on(&derive_on_servizi(kind, unit, value), ROWS).remove(1)
}

const POSTI: &str = "manca `posti` alla riga 3 di `servizi.csv`";

#[test]
fn rounding_is_exact_and_of_the_mode_said() {
    // 20 / 8 = 2.5; 20 / 3 = 6.666…
    let facts = [
        ("round(posti / 8, \"1\", \"half-up\")", "3"),
        ("round(posti / 8, \"1\", \"half-even\")", "2"),
        ("round(posti / 8, \"1\", \"half-down\")", "2"),
        ("round(posti / 3, \"0.01\", \"half-up\")", "667/100"),
        ("round(posti / 3, \"0.01\", \"down\")", "333/50"),
        ("round(posti, \"50\", \"up\")", "50"),
        ("round(-posti / 8, \"1\", \"up\")", "-3"),
        ("floor(posti / 3)", "6"),
        ("ceiling(posti / 3)", "7"),
        ("floor(-posti / 3)", "-7"),
        ("ceiling(-posti / 3)", "-6"),
    ];
    for (value, expected) in facts {
        assert_eq!(first("decimal", "posti", value), expected, "{value}");
        assert_eq!(second("decimal", "posti", value), POSTI, "{value}");
    }
}

#[test]
fn only_the_branch_chosen_needs_its_data() {
    let chosen = "if(tipo == \"nido\", posti, 0)";
    assert_eq!(first("integer", "posti", chosen), "20");
    assert_eq!(second("integer", "posti", chosen), "0");
    let decides = "if(posti > 1, 1, 1)";
    assert_eq!(second("integer", "", decides), POSTI);
    let nested = "if (posti > 30, \"grande\", if(posti > 10, \"medio\", \"piccolo\"))";
    assert_eq!(first("text", "", nested), "medio");
    let inside = "1 + if(posti > 30, 1, 2) * 3";
    assert_eq!(first("integer", "", inside), "7");
}

#[test]
fn days_are_counted_from_one_to_the_other() {
    let facts = [
        ("days(date(\"2020-02-28\"), date(\"2020-03-01\"))", "2"),
        ("days(date(\"2020-09-02\"), aperto)", "-1"),
        ("days(aperto, aperto)", "0"),
        // 2020 has 366 days; Alba is of 2020-01-01, and September begins on the 245th day.
        ("days(comune.dal, aperto)", "244"),
    ];
    for (value, expected) in facts {
        assert_eq!(first("integer", "giorni", value), expected, "{value}");
    }
}

#[test]
fn the_later_of_two_days_is_the_greater() {
    assert_eq!(
        first("date", "", "max(aperto, comune.dal, date(\"2019-01-01\"))"),
        "2020-09-01"
    );
    assert_eq!(first("date", "", "min(aperto, comune.dal)"), "2020-01-01");
    assert_eq!(
        second("date", "", "min(aperto, comune.dal)"),
        "manca `aperto` alla riga 3 di `servizi.csv`"
    );
}

#[test]
fn a_datum_that_is_missing_can_be_asked_for() {
    assert_eq!(first("bool", "", "is_missing(posti)"), "false");
    assert_eq!(second("bool", "", "is_missing(posti)"), "true");
    assert_eq!(first("bool", "", "is_missing(comune.bambini)"), "false");
    assert_eq!(second("bool", "", "is_missing(comune.bambini)"), "true");
    assert_eq!(
        second("bool", "", "!is_missing(aperto) && aperto > comune.dal"),
        "false"
    );
}

/// A threshold of an act, one that is assumed, and whether a row rests on either.
const THRESHOLDS: &str = r#"
[param.letta]
value = "3"
unit = "1"
label = "Soglia letta"
act = "a"
[param.supposta]
value = "3"
unit = "1"
label = "Soglia supposta"
assumption = true
[eligibility.ufficiale]
label = "Ufficiale"
of = "comuni"
act = "a"
[eligibility.ufficiale.condition.letta]
label = "la soglia letta viene da un atto"
that = "!is_assumption(letta)"
act = "a"
[eligibility.ufficiale.condition.supposta]
label = "la soglia supposta viene da un atto"
that = "!is_assumption(supposta)"
act = "a"
"#;

#[test]
fn a_parameter_rests_on_no_act_when_assumed_or_given_for_the_run() {
    let fails = |rules: &str, given: &[(&str, &str)]| {
        let given = given.iter();
        let params = given.map(|(id, value)| ((*id).to_owned(), (*value).to_owned()));
        let overrides = Overrides {
            params: params.collect(),
            ..Overrides::default()
        };
        let (pack, faults) = Files::measure(rules).load_with(&overrides);
        let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
        let comuni = format!("{}001001,A001,Alba,3,,,sì,\n", crate::testing::HEADER);
        let data = crate::testing::dataset(&pack, &[("comuni", &comuni)]);
        let run = crate::eval::evaluate(&pack, &data).0.unwrap();
        let row = &run.outcome.decisions[0].rows[0];
        let failing = row.reasons().map(|finding| finding.condition.clone());
        failing.collect::<Vec<_>>()
    };
    let with_act = THRESHOLDS.replace("assumption = true", "act = \"a\"");
    assert_eq!(fails(THRESHOLDS, &[]), ["supposta"]);
    assert_eq!(fails(&with_act, &[]), [""; 0]);
    // The same value, given for the run, has no act any more.
    assert_eq!(fails(&with_act, &[("letta", "3")]), ["letta"]);
}

#[test]
fn a_text_is_one_of_those_listed() {
    let value = "one_of(tipo, \"nido\", \"sezione primavera\")";
    assert_eq!(first("bool", "", value), "true");
    assert_eq!(second("bool", "", value), "false");
}

#[test]
fn what_a_function_cannot_take_is_refused() {
    let faulty = [
        (
            "integer",
            "round(posti, \"0\", \"up\")",
            Code::MalformedValue,
        ),
        (
            "integer",
            "round(posti, \"1\", \"su\")",
            Code::MalformedValue,
        ),
        ("integer", "round(posti, 1, \"up\")", Code::TypeMismatch),
        ("integer", "round(posti)", Code::UnknownFunction),
        ("integer", "floor(tipo)", Code::TypeMismatch),
        ("integer", "if(posti, 1, 2)", Code::TypeMismatch),
        ("integer", "if(posti > 1, 1, tipo)", Code::TypeMismatch),
        (
            "bool",
            "if(posti > 1, posti, comune.spesa) > posti",
            Code::UnitMismatch,
        ),
        ("integer", "if(posti > 1, 1)", Code::UnknownFunction),
        ("bool", "days(aperto, 3) > 1", Code::TypeMismatch),
        ("integer", "days(aperto)", Code::UnknownFunction),
        ("integer", "days(aperto, comune.dal)", Code::UnitMismatch),
        ("date", "date(\"2025-02-30\")", Code::MalformedValue),
        ("date", "date(\"03-03-2025\")", Code::MalformedValue),
        ("date", "date(aperto)", Code::TypeMismatch),
        ("date", "max(aperto, posti)", Code::TypeMismatch),
        ("bool", "is_missing(posti + 1)", Code::UnknownFunction),
        ("bool", "is_assumption(posti)", Code::UnknownFunction),
        ("bool", "is_assumption(1)", Code::UnknownFunction),
        ("bool", "one_of(tipo)", Code::UnknownFunction),
        ("bool", "one_of(posti, \"1\")", Code::TypeMismatch),
        ("bool", "one_of(tipo, tipo)", Code::TypeMismatch),
    ];
    for (kind, value, code) in faulty {
        let block = derive("x", kind, "", value);
        let found = super::tables::files(&block.replace("\"comuni\"", "\"servizi\"")).faults();
        let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
        assert!(codes == [code], "{value}: {found:?}");
    }
}

// Columns of few words

fn worded(value: &str) -> Files {
    let block = derive("x", "bool", "", value).replace("\"comuni\"", "\"servizi\"");
    let files = super::tables::SERVIZI.replace(
        "label = \"Tipo\"",
        "label = \"Tipo\"\nvalues = [\"nido\", \"micronido\"]",
    );
    Files::measure(&format!("{block}{files}"))
}

#[test]
fn a_column_of_few_words_is_compared_with_them_only() {
    for good in [
        "tipo == \"nido\"",
        "\"micronido\" != tipo",
        "one_of(tipo, \"nido\")",
    ] {
        assert_eq!(worded(good).faults(), []);
    }
    for bad in [
        "tipo == \"nidoo\"",
        "\"nidoo\" != tipo",
        "one_of(tipo, \"nido\", \"nidoo\")",
    ] {
        let found = worded(bad).load().1;
        let found: Vec<Code> = found.iter().map(|fault| fault.code).collect();
        assert_eq!(found, [Code::UnknownName], "{bad}");
    }
}

#[test]
fn the_words_of_a_column_are_texts_said_once() {
    let with = |more: &str| {
        let servizi = super::tables::SERVIZI
            .replace("label = \"Tipo\"", &format!("label = \"Tipo\"\n{more}"));
        Files::measure(&servizi)
            .faults()
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    assert_eq!(with("values = []"), [Code::InvalidRule]);
    assert_eq!(with("values = [\"a\", \"a\"]"), [Code::InvalidRule]);
    let posti =
        super::tables::SERVIZI.replace("label = \"Posti\"", "label = \"Posti\"\nvalues = [\"1\"]");
    assert_eq!(
        Files::measure(&posti).faults(),
        [(Code::TypeMismatch, "[\"1\"]".to_owned())]
    );
}

// Days as parameters

const DAY: &str =
    "[param.dal_giorno]\nvalue = \"2020-01-31\"\ntype = \"date\"\nlabel = \"Dal\"\nact = \"a\"\n";

#[test]
fn a_day_can_be_a_parameter() {
    let value = derive_on_servizi("integer", "giorni", "days(comune.dal, dal_giorno)");
    let found = column_on(&(DAY.to_owned() + value.as_str()), ROWS);
    // From 1 January 2020 to the 31st, and back from 1 January 2021: 366 - 30 days.
    assert_eq!(found, ["30", "-336"]);
}

#[test]
fn a_parameter_that_is_a_day_is_given_as_one() {
    let files = Files::measure(DAY);
    let given = |text: &str| {
        let params = [("dal_giorno".to_owned(), text.to_owned())].into();
        let overrides = Overrides {
            params,
            ..Overrides::default()
        };
        let (pack, faults) = files.load_with(&overrides);
        let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        (
            pack.map(|pack| pack.measures[0].params["dal_giorno"].value.clone()),
            codes,
        )
    };
    let day = "2021-02-28".parse().unwrap();
    assert_eq!(given("2021-02-28"), (Some(Some(Scalar::Date(day))), vec![]));
    for bad in ["2021-02-29", "20", "90%", "2021-2-28"] {
        assert_eq!(given(bad), (None, vec![Code::BadArgument]), "{bad}");
    }
}

#[test]
fn a_parameter_that_is_a_day_is_nothing_else() {
    let codes = |text: &str| {
        let found = Files::measure(text).faults();
        found.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(codes(DAY), []);
    assert_eq!(
        codes(&DAY.replace("2020-01-31", "20")),
        [Code::MalformedValue]
    );
    assert_eq!(
        codes(&DAY.replace("type", "unit = \"giorni\"\ntype")),
        [Code::UnitMismatch]
    );
    let share = crate::testing::allocation("bambini", "share = \"dal_giorno\"");
    assert_eq!(
        codes(&(DAY.to_owned() + share.as_str())),
        [Code::TypeMismatch]
    );
    let sum = derive("x", "integer", "", "dal_giorno + 1");
    assert_eq!(
        codes(&(DAY.to_owned() + sum.as_str())),
        [Code::TypeMismatch]
    );
}
