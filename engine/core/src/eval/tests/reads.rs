//! A measure that reads another: its values come from the run of the other, seen one step far.

use crate::diag::Code;
use crate::explain::explain;
use crate::outcome::Outcome;
use crate::pack::Overrides;
use crate::testing::{Files, HEADER, MEASURE, allocation, dataset, derive};

/// The file of a measure whose name comes before that of [`MEASURE`].
const READER: &str = "regions/prova/2024/bando.toml";

const ROWS: &str = "\
001001,A001,Alba,3,10.00,0.5,sì,
001002,A002,Bra,1,20.00,0.25,no,
";

/// `bando` reads `misura`, which has the table and `blocks`.
fn two(blocks: &str, bando: &str) -> Files {
    let head = "title = \"Bando\"\nmain_act = \"a\"\nreads = [\"misura\"]\n";
    Files::measure(blocks).with(READER, &format!("{head}{bando}"))
}

fn split(blocks: &str, bando: &str) -> Outcome {
    let rows = format!("{HEADER}{ROWS}");
    let (run, faults) = two(blocks, bando).run(&[("comuni", &rows)]);
    run.unwrap_or_else(|| panic!("{faults:?}")).outcome
}

/// What each row receives in all, in cents.
fn amounts(outcome: &Outcome) -> Vec<(&str, i128)> {
    let totals = outcome.totals.iter();
    totals
        .map(|total| (total.name.as_str(), total.amount.unwrap().count()))
        .collect()
}

/// A fund of the reader, all of it split by a weight; `more` adds keys.
fn prize(amount: &str, weight: &str, more: &str) -> String {
    let fund = format!("[fund.premio]\namount = \"{amount}\"\nlabel = \"Premio\"\nact = \"a\"\n");
    fund + &*allocation(weight, more).replace("stato", "premio")
}

#[test]
fn a_weight_is_computed_by_the_measure_that_is_read() {
    let doubled = derive("doppi", "integer", "bambini", "bambini * 2");
    let bando = prize("80.00", "doppi + bambini", "");
    // 6 + 3 = 9 and 2 + 1 = 3: three quarters of 80 euro, and one.
    let outcome = split(&doubled, &bando);
    assert_eq!(amounts(&outcome), [("Alba", 60_00), ("Bra", 20_00)]);
}

#[test]
fn the_outcome_keeps_the_order_of_the_pack() {
    let bando = prize("80.00", "bambini", "");
    let outcome = split(&allocation("bambini", ""), &bando);
    let measures = outcome.allocations.iter().map(|split| &split.measure);
    assert_eq!(measures.collect::<Vec<_>>(), ["bando", "misura"]);
}

#[test]
fn a_parameter_of_the_measure_that_is_read_can_be_given() {
    let blocks =
        "[param.soglia]\nvalue = \"2\"\nunit = \"bambini\"\nlabel = \"Soglia\"\nact = \"a\"\n";
    let over = "where = \"bambini > soglia\"";
    let bando = prize("80.00", "bambini", over);
    assert_eq!(amounts(&split(blocks, &bando)), [("Alba", 80_00)]);
    let given = Overrides {
        params: [("soglia".to_owned(), "0".to_owned())].into(),
        ..Overrides::default()
    };
    let (pack, faults) = two(blocks, &bando).load_with(&given);
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let data = dataset(&pack, &[("comuni", &format!("{HEADER}{ROWS}"))]);
    let (run, _) = crate::eval::evaluate(&pack, &data);
    assert_eq!(
        amounts(&run.unwrap().outcome),
        [("Alba", 60_00), ("Bra", 20_00)]
    );
}

#[test]
fn an_explanation_says_which_measure_and_act_a_weight_comes_from() {
    let doubled = derive("doppi", "integer", "bambini", "bambini * 2");
    let bando = prize("80.00", "doppi", "");
    let (pack, faults) = two(&doubled, &bando).load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let data = dataset(&pack, &[("comuni", &format!("{HEADER}{ROWS}"))]);
    let (run, _) = crate::eval::evaluate(&pack, &data);
    let told = explain(&pack, &data, &run.unwrap(), "Bra", Some("bando")).unwrap();
    let steps = told.parts.iter().flat_map(|part| &part.steps);
    let read: Vec<_> = steps.filter(|step| step.kind == "read").collect();
    assert_eq!(read.len(), 1);
    assert_eq!(
        read[0].text.it,
        "«doppi» (`doppi`) viene dalla misura «Misura»: 2"
    );
    assert_eq!(read[0].act.as_deref(), Some("Atto"));
}

#[test]
fn a_table_of_its_own_refers_to_one_of_the_measure_that_is_read() {
    let table = "[table.sedi]\nlabel = \"Sedi\"\nkey = \"sede\"\ntitle = \"sede\"\n\
        [table.sedi.column.sede]\ntype = \"text\"\nlabel = \"Sede\"\n\
        [table.sedi.column.dove]\ntype = \"istat\"\nlabel = \"Dove\"\nreferences = \"comuni\"\n";
    let split = prize("60.00", "dove.bambini", "").replace("to = \"comuni\"", "to = \"sedi\"");
    let bando = format!("{table}{split}");
    let sedi = "sede,dove\nuna,001001\ndue,001002\ntre,001002\n";
    let rows = format!("{HEADER}{ROWS}");
    let (run, faults) = two("", &bando).run(&[("comuni", &rows), ("sedi", sedi)]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    // 3, 1 and 1 of 60 euro.
    assert_eq!(
        amounts(&run.outcome),
        [("una", 36_00), ("due", 12_00), ("tre", 12_00)]
    );
}

#[test]
fn what_refers_to_a_personal_key_of_another_measure_is_personal() {
    let people = "[table.persone]\nlabel = \"Persone\"\nkey = \"codice\"\ntitle = \"codice\"\n\
        [table.persone.column.codice]\ntype = \"text\"\nlabel = \"Codice\"\npersonal = true\n";
    let requests = "[table.domande]\nlabel = \"Domande\"\nkey = \"domanda\"\ntitle = \"domanda\"\n\
        [table.domande.column.domanda]\ntype = \"text\"\nlabel = \"Domanda\"\n\
        [table.domande.column.chi]\ntype = \"text\"\nlabel = \"Chi\"\nreferences = \"persone\"\n";
    let (pack, faults) = two(people, requests).load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let table = pack.measure("bando").unwrap().table("domande").unwrap();
    assert!(table.is_personal("chi"));
    assert!(!table.is_personal("domanda"));
}

#[test]
fn what_is_missing_there_is_missing_here() {
    let doubled = derive("doppi", "integer", "bambini", "bambini * 2");
    let bando = prize("80.00", "doppi", "");
    let rows = format!("{HEADER}001001,A001,Alba,3,,,,\n001002,A002,Bra,,,,,\n");
    let (run, faults) = two(&doubled, &bando).run(&[("comuni", &rows)]);
    assert!(run.is_none());
    let found: Vec<_> = faults.iter().map(|f| (f.code, &*f.message.it)).collect();
    let what = "manca `bambini` alla riga 3 di `comuni.csv`: «Riparto» lo richiede";
    assert_eq!(found, [(Code::MissingDatum, what)]);
}

#[test]
fn a_fund_of_another_measure_is_not_read() {
    let bando = "[total.tutto]\nvalue = \"stato\"\nunit = \"euro\"\nlabel = \"Tutto\"\n";
    let (pack, faults) = two("", bando).load();
    assert!(pack.is_none());
    let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::UnknownName]);
}

#[test]
fn what_the_measure_that_is_read_reads_is_not_seen_unless_named() {
    let other = "title = \"Altra\"\nmain_act = \"a\"\n[param.terzo]\nvalue = \"3\"\nunit = \"bambini\"\nlabel = \"Terzo\"\nact = \"a\"\n";
    let head = "title = \"Misura\"\nmain_act = \"a\"\nreads = [\"altra\"]\n";
    let bando = prize("80.00", "quarti + terzo", "");
    let files = two("", &bando);
    let (text, table) = (
        derive("quarti", "integer", "bambini", "bambini + terzo"),
        Files::measure("")
            .text(MEASURE)
            .replacen("title = \"Misura\"\nmain_act = \"a\"\n", "", 1),
    );
    let files = files
        .with("regions/prova/2024/altra.toml", other)
        .with(MEASURE, &format!("{head}{text}{table}"));
    let (_, faults) = files.load();
    let found: Vec<_> = faults
        .iter()
        .map(|f| (f.code, files.underlined(f)))
        .collect();
    assert_eq!(found, [(Code::UnknownName, "terzo".to_owned())]);
    let named = files
        .text(READER)
        .replace("[\"misura\"]", "[\"misura\", \"altra\"]");
    let files = files.with(READER, &named);
    // 3 + 3 + 3 = 9 and 1 + 3 + 3 = 7: 45 and 35 of 80 euro.
    let (run, faults) = files.run(&[("comuni", &format!("{HEADER}{ROWS}"))]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    assert_eq!(amounts(&run.outcome), [("Alba", 45_00), ("Bra", 35_00)]);
}

#[test]
fn one_mistake_of_reads_is_one_diagnostic() {
    let uses = derive("tripli", "integer", "bambini", "doppi + bambini");
    let doubled = derive("doppi", "integer", "bambini", "bambini * 2");
    let faults = |reads: &str, more: &str| {
        let files = two(&doubled, &format!("{more}{uses}"));
        let text = files.text(READER).replace("[\"misura\"]", reads);
        let files = files.with(READER, &text);
        let (_, faults) = files.load();
        let found = faults.iter().map(|f| (f.code, files.underlined(f)));
        found.collect::<Vec<_>>()
    };
    let one = |code, text: &str| vec![(code, text.to_owned())];
    assert_eq!(faults("[\"misura\"]", ""), []);
    assert_eq!(
        faults("[\"misure\"]", ""),
        one(Code::UnknownName, "\"misure\"")
    );
    assert_eq!(
        faults("[\"misura\", \"bando\"]", ""),
        one(Code::Cycle, "\"bando\"")
    );
    assert_eq!(
        faults("[\"misura\", \"misura\"]", ""),
        one(Code::InvalidRule, "\"misura\"")
    );
    let total = "[total.doppi]\nvalue = \"3\"\nunit = \"bambini\"\nlabel = \"Doppi\"\n";
    assert_eq!(
        faults("[\"misura\"]", total),
        one(Code::InvalidRule, "doppi")
    );
    let column = "[total.spesa]\nvalue = \"3\"\nlabel = \"Spesa\"\n";
    assert_eq!(
        faults("[\"misura\"]", column),
        one(Code::InvalidRule, "spesa")
    );
}
