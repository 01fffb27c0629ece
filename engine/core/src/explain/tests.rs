//! Whom an explanation is about, and what it says to those who receive nothing.

use super::{Explanation, explain};
use crate::diag::{Code, Diagnostic};
use crate::eval::evaluate;
use crate::testing::{Files, HEADER, allocation, dataset};

const ROWS: &str = "\
001001,A001,Alba,3,10.00,0.5,sì,2020-01-01
001002,A002,Bra,1,20.00,0.25,no,2021-01-01
001003,A003,Bra,1,30.00,0.125,no,2022-01-01
";

/// A second table with the same keys.
const NIDI: &str = "[table.nidi]\nlabel = \"Nidi\"\nkey = \"sede\"\ntitle = \"nido\"\n[table.nidi.column.sede]\ntype = \"istat\"\nlabel = \"Sede\"\n[table.nidi.column.nido]\ntype = \"text\"\nlabel = \"Nido\"\n";

fn told(blocks: &str, wanted: &str) -> Result<Explanation, Vec<Diagnostic>> {
    told_of(blocks, "001001,Alba\n", wanted)
}

/// The same, with these rows of the second table.
fn told_of(blocks: &str, nidi: &str, wanted: &str) -> Result<Explanation, Vec<Diagnostic>> {
    told_with(blocks, &[("nidi", &format!("sede,nido\n{nidi}"))], wanted)
}

/// The same, with these other tables.
fn told_with(
    blocks: &str,
    others: &[(&str, &str)],
    wanted: &str,
) -> Result<Explanation, Vec<Diagnostic>> {
    let (pack, faults) = Files::measure(blocks).load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let comuni = format!("{HEADER}{ROWS}");
    let tables = [&[("comuni", comuni.as_str())], others].concat();
    let data = dataset(&pack, &tables);
    let (run, faults) = evaluate(&pack, &data);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    explain(&pack, &data, &run, wanted, None).map_err(crate::diag::Diagnostics::into_sorted)
}

#[test]
fn a_subject_is_found_by_name_by_istat_code_and_by_cadastral_code() {
    for wanted in ["Alba", "ALBA", "001001", "a001"] {
        let found = told(&allocation("bambini", ""), wanted).unwrap();
        assert_eq!(
            (found.subject.key.as_str(), found.parts.len()),
            ("001001", 1),
            "{wanted}"
        );
        assert_eq!(found.total.unwrap().to_string(), "60.00");
    }
}

#[test]
fn a_name_of_two_rows_is_refused_with_their_codes() {
    let faults = told(&allocation("bambini", ""), "bra").unwrap_err();
    assert_eq!(faults[0].code, Code::UnknownSubject);
    assert!(
        faults[0].message.en.contains("`001002`, `001003`"),
        "{:?}",
        faults[0].message
    );
}

#[test]
fn the_code_that_an_ambiguous_name_is_to_be_repeated_with_works() {
    let faults = told(&allocation("bambini", ""), "Bra").unwrap_err();
    let help = faults[0].help.as_ref().unwrap();
    assert_eq!(
        help.en,
        "ask again with the code of one of them, as it is written: `001002`"
    );
    let found = told(&allocation("bambini", ""), "001002").unwrap();
    assert_eq!(found.subject.key, "001002");
}

#[test]
fn an_action_is_meant_before_the_rows_of_its_progress() {
    let columns = |name: &str, kind: &str| {
        format!("[table.passi.column.{name}]\ntype = \"{kind}\"\nlabel = \"{name}\"\n")
    };
    let table = [
        columns("riga", "text"),
        columns("action", "text"),
        columns("date", "date"),
        columns("state", "text"),
    ];
    let blocks = format!(
        "monitoring = \"passi\"\n[group.casa]\nlabel = \"Casa\"\n[action.casa_1]\nlabel = \"Un accordo\"\ngroup = \"casa\"\nact = \"a\"\n\
        [table.passi]\nlabel = \"Passi\"\nkey = \"riga\"\ntitle = \"action\"\n{}",
        table.concat()
    );
    let rows =
        "riga,action,date,state\n1,casa_1,2024-02-01,da avviare\n2,casa_1,2024-03-01,in corso\n";
    let found = told_with(&blocks, &[("passi", rows)], "casa_1").unwrap();
    assert_eq!(found.subject.key, "casa_1");
    assert_eq!(found.conclusion.it, "Un accordo: in corso");
}

/// Nidi, each of a Comune, by the code that is the key of another table.
const OF_COMUNI: &str = "[table.nidi]\nlabel = \"Nidi\"\nkey = \"nido\"\ntitle = \"nido\"\n[table.nidi.column.nido]\ntype = \"text\"\nlabel = \"Nido\"\n\
    [table.nidi.column.comune]\ntype = \"istat\"\nlabel = \"Comune\"\nreferences = \"comuni\"\n";

#[test]
fn a_code_means_the_body_whose_key_it_is_and_not_the_rows_that_refer_to_it() {
    let rows = "nido,comune\nSole,001001\nLuna,001001\n";
    let found = told_with(
        &format!("{OF_COMUNI}{}", allocation("bambini", "")),
        &[("nidi", rows)],
        "001001",
    );
    let subject = found.unwrap().subject;
    assert_eq!(
        (subject.key.as_str(), subject.name.as_str()),
        ("001001", "Alba")
    );
}

#[test]
fn a_code_means_the_row_that_it_is_unique_to_and_not_those_that_only_bear_it() {
    let keyed = OF_COMUNI.replace("references = \"comuni\"\n", "");
    let own = keyed
        .replace("table.nidi", "table.enti")
        .replace("key = \"nido\"", "key = \"nido\"\nunique = [[\"comune\"]]");
    let tables = [
        ("nidi", "nido,comune\nSole,001009\n"),
        ("enti", "nido,comune\nComune di Dogliani,001009\n"),
    ];
    let blocks = format!("{keyed}{own}{}", allocation("bambini", ""));
    let found = told_with(&blocks, &tables, "001009").unwrap();
    assert_eq!(found.subject.key, "Comune di Dogliani");
}

#[test]
fn a_near_name_is_offered_for_one_that_is_not_there() {
    let faults = told(&allocation("bambini", ""), "Alva").unwrap_err();
    assert_eq!(faults[0].code, Code::UnknownSubject);
    assert_eq!(faults[0].help.as_ref().unwrap().en, "did you mean `Alba`?");
}

#[test]
fn a_row_left_out_is_told_the_condition_and_its_own_values() {
    let blocks = allocation("bambini", "where = \"montano || spesa > 25\"");
    let found = told(&blocks, "001002").unwrap();
    let [part] = found.parts.as_slice() else {
        panic!("{:?}", found.parts)
    };
    assert_eq!((part.fund.as_ref(), part.amount), (None, None));
    assert_eq!(
        part.steps[0].text.en,
        "Bra takes no part: `montano || spesa > 25` is needed, but montano = no, spesa = 20"
    );
    assert_eq!(found.total.unwrap().to_string(), "0.00");
}

#[test]
fn a_band_is_told_with_each_parameter_behind_it_and_its_act() {
    let param = |id: &str, value: &str, unit: &str| {
        format!(
            "[param.{id}]\nvalue = \"{value}\"\nunit = \"{unit}\"\nlabel = \"{id}\"\nact = \"a art. 9\"\n"
        )
    };
    let band = "[band.x]\ntable = \"comuni\"\nof = \"spesa\"\ntype = \"integer\"\nunit = \"punti\"\n\
        label = \"Punti\"\nact = \"a\"\nrows = [\n\
        { up_to = \"tetto\", value = \"pochi\" },\n{ above = \"tetto\", value = \"1\" },\n]\n";
    let (tetto, pochi) = (
        param("tetto", "20.00", "euro"),
        param("pochi", "3", "punti"),
    );
    let blocks = tetto + pochi.as_str() + band + allocation("x", "").as_str();
    let found = told(&blocks, "Alba").unwrap();
    let steps = found.parts[0].steps.iter();
    let steps = steps.filter(|step| ["band", "param"].contains(&step.kind));
    let said: Vec<(&str, Option<&str>)> = steps
        .map(|step| (step.text.it.as_str(), step.act.as_deref()))
        .collect();
    let (band, act) = (
        "Punti: con Spesa: 10,00\u{a0}€ vale la fascia «fino a 20,00\u{a0}€», 3 punti",
        Some("Atto, art. 9"),
    );
    assert_eq!(
        said,
        [
            (band, Some("Atto")),
            ("tetto: 20,00\u{a0}€", act),
            ("pochi: 3 punti", act),
        ]
    );
}

#[test]
fn a_subject_of_several_tables_is_told_the_part_of_each() {
    let nidi = allocation("1", "share = \"50%\"")
        .replace("riparto]", "ai_nidi]")
        .replace("to = \"comuni\"", "to = \"nidi\"");
    let blocks = format!("{NIDI}{}{nidi}", allocation("bambini", "share = \"50%\""));
    let found = told(&blocks, "Alba").unwrap();
    let parts: Vec<(&str, String)> = found
        .parts
        .iter()
        .map(|part| (part.allocation.as_str(), part.amount.unwrap().to_string()))
        .collect();
    // 3/5 of 50, and all of the other 50.
    assert_eq!(
        parts,
        [
            ("riparto", "30.00".to_owned()),
            ("ai_nidi", "50.00".to_owned())
        ]
    );
    assert_eq!(found.total.unwrap().to_string(), "80.00");
}

#[test]
fn the_notes_of_what_a_formula_reads_are_told_once() {
    let blocks = "[derive.doppi]\nlabel = \"Doppi\"\ntable = \"comuni\"\ntype = \"decimal\"\nunit = \"bambini\"\nvalue = \"bambini + bambini\"\nnote = \"contati due volte\"\nact = \"a\"\n\
        [total.tutti]\nlabel = \"Tutti\"\nvalue = \"sum(comuni.doppi)\"\nunit = \"bambini\"\nnote = \"in tutta la Regione\"\n";
    let split = allocation("doppi * tutti / tutti", "");
    let told = told(&format!("{blocks}{split}"), "Alba").unwrap();
    let notes = told.parts[0].steps.iter();
    let notes: Vec<(&str, &str)> = notes
        .filter_map(|step| Some((step.text.it.as_str(), step.note.as_deref()?)))
        .collect();
    assert_eq!(
        notes,
        [
            ("Doppi: 6 bambini", "contati due volte"),
            ("Tutti", "in tutta la Regione")
        ]
    );
}

#[test]
fn who_is_in_no_table_that_receives_is_told_so_and_not_that_it_receives_zero() {
    let blocks = format!("{NIDI}{}", allocation("bambini", ""));
    let found = told_of(&blocks, "001009,Girotondo\n", "Girotondo").unwrap();
    assert_eq!(
        (found.parts.len(), found.conclusion.en.as_str()),
        (0, "no split of this pack concerns Girotondo")
    );
}

#[test]
fn a_decision_that_is_no_admission_is_told_in_the_words_of_its_rule() {
    let rule = |id: &str, limit: u8| {
        format!(
            "[eligibility.{id}]\nlabel = \"Quadratura\"\nof = \"comuni\"\nyes = \"quadra\"\nyes_en = \"balances\"\nno = \"non quadra\"\nact = \"a\"\n[eligibility.{id}.condition.bambini]\nlabel = \"abbastanza bambini\"\nthat = \"bambini > {limit}\"\nact = \"a\"\n"
        )
    };
    let rules = [rule("basso", 2), rule("alto", 3)].concat();
    let found = told(&rules, "Alba").unwrap();
    let ends = found.parts.iter().filter_map(|part| part.steps.last());
    let ends: Vec<_> = ends
        .map(|step| (step.text.it.as_str(), step.text.en.as_str()))
        .collect();
    assert_eq!(
        ends,
        [
            ("dunque Alba: quadra", "so Alba: balances"),
            ("dunque Alba: non quadra", "so Alba: non quadra")
        ]
    );
}

#[test]
fn an_action_is_found_by_its_id_and_says_what_the_source_says() {
    let blocks = "[group.casa]\nlabel = \"Casa\"\n[action.casa_1]\nlabel = \"Un accordo\"\ngroup = \"casa\"\ntheme = \"Le risorse.\"\nact = \"a\"\n";
    let found = told(blocks, "CASA_1").unwrap();
    assert_eq!(found.subject.key, "casa_1");
    let texts: Vec<&str> = found.parts[0]
        .steps
        .iter()
        .map(|step| step.text.it.as_str())
        .collect();
    assert_eq!(texts, ["tema: Le risorse"]);
    assert_eq!(found.conclusion.it, "Un accordo: stato non indicato");
    let missed = told(blocks, "casa_2").unwrap_err();
    assert!(missed[0].help.iter().any(|help| help.it.contains("casa_1")));
}

#[test]
fn an_action_says_its_amounts() {
    let action = |id: &str, euro: &str| {
        format!("[action.{id}]\nlabel = \"{id}\"\ngroup = \"g\"\n{euro}\nact = \"a\"\n")
    };
    let blocks = [
        "[group.g]\nlabel = \"Gruppo\"\n",
        &action(
            "due",
            "amounts = [{ label = \"Stato\", amount = \"300.50\" }, { label = \"Regione\", amount = \"99.50\" }]",
        ),
        &action("fra", "interval = [\"2.00\", \"3.00\"]"),
    ]
    .concat();
    let said = |id: &str| told(&blocks, id).unwrap().parts[0].steps[0].text.it.clone();
    assert_eq!(
        [said("due"), said("fra")],
        [
            "importo: 300,50\u{a0}€ (Stato); 99,50\u{a0}€ (Regione)",
            "importo: fra 2,00\u{a0}€ e 3,00\u{a0}€",
        ]
    );
}
