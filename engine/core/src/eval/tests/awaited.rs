//! A parameter that no act sets yet: it is named where it is needed, and it is never zero.

use super::ROWS;
use crate::diag::{Code, Diagnostic};
use crate::eval::{Run, evaluate};
use crate::outcome::Verdict;
use crate::pack::Overrides;
use crate::testing::{Files, HEADER, allocation, dataset, derive};

const SOGLIA: &str =
    "[param.soglia]\nvalue = \"unknown\"\nunit = \"euro\"\nlabel = \"Soglia\"\nact = \"a\"\n";

const AWAITED: &str = "il valore del parametro `soglia` non è noto";

fn given(params: &[(&str, &str)]) -> Overrides {
    let params = params.iter();
    Overrides {
        params: params
            .map(|(id, text)| ((*id).to_owned(), (*text).to_owned()))
            .collect(),
        ..Overrides::default()
    }
}

/// Runs blocks with the parameter they await, on three Comuni that spend 10, 20 and 30 euro.
fn run(blocks: &str, params: &[(&str, &str)]) -> (Option<Run>, Vec<Diagnostic>) {
    let files = Files::measure(&format!("{SOGLIA}{blocks}"));
    let (pack, faults) = files.load_with(&given(params));
    let Some(pack) = pack else {
        return (None, faults);
    };
    let facts = dataset(&pack, &[("comuni", &format!("{HEADER}{ROWS}"))]);
    let (run, faults) = evaluate(&pack, &facts);
    (run, faults.into_sorted())
}

fn decision(that: &str) -> String {
    format!(
        "[eligibility.ammesso]\nlabel = \"Ammissione\"\nof = \"comuni\"\nact = \"a\"\n\
         [eligibility.ammesso.condition.spesa]\nlabel = \"la spesa\"\nthat = \"{that}\"\nact = \"a\"\n"
    )
}

fn verdicts(that: &str, params: &[(&str, &str)]) -> Vec<Verdict> {
    let (run, faults) = run(&decision(that), params);
    assert!(faults.is_empty(), "{faults:?}");
    let outcome = run.unwrap().outcome;
    let rows = outcome.decisions[0].rows.iter();
    rows.map(|row| row.verdict).collect()
}

#[test]
fn what_is_decided_by_it_is_undetermined_until_it_is_given() {
    use Verdict::{Eligible, NotEligible, Undetermined};
    let that = "spesa <= soglia";
    assert_eq!(verdicts(that, &[]), [Undetermined; 3]);
    assert_eq!(
        verdicts(that, &[("soglia", "20")]),
        [Eligible, Eligible, NotEligible]
    );
    // Alba is in the mountains, Bra is not, of Cuneo nobody knows.
    let either = "montano || spesa <= soglia";
    assert_eq!(
        verdicts(either, &[]),
        [Eligible, Undetermined, Undetermined]
    );
    let both = "montano && spesa <= soglia";
    assert_eq!(
        verdicts(both, &[]),
        [Undetermined, NotEligible, Undetermined]
    );
}

#[test]
fn the_answer_names_it() {
    let (run, _) = run(&decision("spesa <= soglia"), &[]);
    let outcome = run.unwrap().outcome;
    let finding = &outcome.decisions[0].rows[0].findings[0];
    assert!(finding.text.it.contains(AWAITED), "{}", finding.text.it);
}

#[test]
fn a_column_that_reads_it_does_not_pass_for_an_empty_one() {
    let blocks = derive("x", "euro", "", "spesa + soglia") + decision("is_missing(x)").as_str();
    let (run, faults) = run(&blocks, &[]);
    assert!(faults.is_empty(), "{faults:?}");
    let rows = &run.unwrap().outcome.decisions[0].rows;
    assert!(rows.iter().all(|row| row.verdict == Verdict::Undetermined));
}

#[test]
fn a_split_that_needs_it_is_refused_once_by_name_or_waits() {
    let (refused, faults) = run(&allocation("soglia * spesa", ""), &[]);
    assert!(refused.is_none());
    let told: Vec<(Code, &str)> = faults
        .iter()
        .map(|fault| (fault.code, fault.message.it.as_str()))
        .collect();
    let text = format!("{AWAITED}, e «Riparto» lo richiede");
    assert_eq!(told, [(Code::MissingDatum, text.as_str())]);
    let (waits, faults) = run(
        &allocation("soglia * spesa", "incomplete = \"withhold\""),
        &[],
    );
    assert!(faults.is_empty(), "{faults:?}");
    let withheld = &waits.unwrap().outcome.withheld;
    let awaits: Vec<&str> = withheld[0]
        .awaits
        .iter()
        .map(|it| it.text.it.as_str())
        .collect();
    assert_eq!(awaits, [text.as_str()]);
    let (given, _) = run(&allocation("soglia * spesa", ""), &[("soglia", "1")]);
    assert_eq!(given.unwrap().outcome.allocations.len(), 1);
}

#[test]
fn a_check_that_needs_it_is_judged_once_it_is_given() {
    let check = "[check.basta]\nlabel = \"basta\"\nthat = \"soglia > 5\"\nact = \"a\"\n";
    let judged = |params: &[(&str, &str)]| {
        let (run, faults) = run(check, params);
        let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        (run.map(|run| run.outcome.checks[0].judged), codes)
    };
    assert_eq!(judged(&[]), (Some(false), vec![]));
    assert_eq!(judged(&[("soglia", "6")]), (Some(true), vec![]));
    assert_eq!(judged(&[("soglia", "5")]), (None, vec![Code::CheckFailed]));
}

#[test]
fn without_a_unit_it_awaits_a_percentage_and_with_one_a_number() {
    let codes = |unit: &str, text: &str| {
        let param = SOGLIA.replace("unit = \"euro\"\n", unit);
        let (_, faults) = Files::measure(&param).load_with(&given(&[("soglia", text)]));
        faults.iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("", "90%"), []);
    assert_eq!(codes("", "90"), [Code::BadArgument]);
    assert_eq!(codes("unit = \"euro\"\n", "90"), []);
    assert_eq!(codes("unit = \"euro\"\n", "90%"), [Code::BadArgument]);
    for (kind, good) in [("date", "2025-09-20"), ("instant", "2025-09-20 00:01")] {
        let kind = format!("type = \"{kind}\"\n");
        assert_eq!(codes(&kind, good), []);
        assert_eq!(codes(&kind, "20"), [Code::BadArgument]);
    }
    assert_eq!(
        codes("type = \"instant\"\n", "2025-09-20"),
        [Code::BadArgument],
        "a day alone is no instant"
    );
}

#[test]
fn euro_are_whole_cents_and_below_zero_only_where_the_pack_is() {
    let codes = |value: &str, text: &str| {
        let param = SOGLIA.replace("unknown", value);
        let (_, faults) = Files::measure(&param).load_with(&given(&[("soglia", text)]));
        faults.iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    for value in ["unknown", "10000.00"] {
        assert_eq!(codes(value, "10000.05"), []);
        assert_eq!(codes(value, "0"), []);
        assert_eq!(codes(value, "10000.005"), [Code::BadArgument]);
        assert_eq!(codes(value, "-5"), [Code::BadArgument]);
    }
    assert_eq!(codes("-1.00", "-5"), []);
    assert_eq!(codes("1.0050", "5"), [Code::MalformedValue]);
}

/// What the first decision misses in its first row, in Italian.
fn missed(blocks: &str, rows: &str) -> String {
    let files = Files::measure(blocks);
    let (run, faults) = files.run(&[("comuni", &format!("{HEADER}{rows}"))]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    let decisions = &run.outcome.decisions;
    let finding = &decisions[decisions.len() - 1].rows[0].findings[0];
    finding.text.it.clone()
}

const EMPTY: &str = "\
001001,A001,Alba,,,0.5,sì,2020-01-01
001002,A002,Bra,,20.00,0.25,no,2021-01-01
";

#[test]
fn a_condition_names_each_cell_that_its_total_misses_and_its_own() {
    assert_eq!(
        missed(&decision("spesa > 0 && sum(comuni.bambini) > 3"), EMPTY),
        "la spesa (manca `spesa` alla riga 2 di `comuni.csv`; manca `bambini` alla riga 2 di `comuni.csv`; manca `bambini` alla riga 3 di `comuni.csv`)"
    );
}

#[test]
fn of_many_cells_the_first_are_named_and_its_own_before_those_of_a_total() {
    let row = |at: usize| format!("00{:04},A{at:03},N{at},,,0.5,sì,2020-01-01\n", 1000 + at);
    let rows: String = (1..=20).map(row).collect();
    let text = missed(&decision("spesa > 0 && sum(comuni.bambini) > 3"), &rows);
    assert!(
        text.starts_with("la spesa (manca `spesa` alla riga 2"),
        "{text}"
    );
    assert_eq!(text.matches("manca `bambini`").count(), 11, "{text}");
    assert!(text.ends_with("; altri 9)"), "{text}");
    let text = missed(&decision("sum(comuni.bambini) > 3"), &rows);
    assert!(text.ends_with("; altri 8)"), "{text}");
}

#[test]
fn a_decision_that_another_reads_is_told_in_words_and_names_what_it_misses() {
    let second = "[eligibility.secondo]\nlabel = \"Secondo\"\nof = \"comuni\"\nact = \"a\"\n\
         [eligibility.secondo.condition.primo]\nlabel = \"è ammesso\"\nthat = \"ammesso\"\nact = \"a\"\n\
         [eligibility.terzo]\nlabel = \"Terzo\"\nof = \"comuni\"\nact = \"a\"\n\
         [eligibility.terzo.condition.secondo]\nlabel = \"lo è ancora\"\nthat = \"secondo\"\nact = \"a\"\n";
    let blocks = |that: &str| decision(that) + second;
    assert_eq!(
        missed(&blocks("spesa > 0 && bambini > 1"), EMPTY),
        "lo è ancora (manca `spesa` alla riga 2 di `comuni.csv`; manca `bambini` alla riga 2 di `comuni.csv`)"
    );
    assert_eq!(
        missed(&blocks("!montano"), EMPTY),
        "lo è ancora (Secondo: non ammesso)"
    );
}

#[test]
fn a_split_that_waits_lists_all_that_it_waits_for_its_funds_included() {
    let split = allocation("bambini * spesa", "incomplete = \"withhold\"");
    let blocks = [
        "[fund.regione]\namount = \"unknown\"\nlabel = \"Regione\"\nact = \"a\"\n",
        &split.replace("[\"stato\"]", "[\"stato\", \"regione\"]"),
    ]
    .concat();
    let (run, faults) = Files::measure(&blocks).run(&[("comuni", &format!("{HEADER}{EMPTY}"))]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    let awaits = run.outcome.withheld[0].awaits.iter();
    let awaits: Vec<&str> = awaits.map(|one| one.text.it.as_str()).collect();
    assert_eq!(
        awaits,
        [
            "manca `bambini` alla riga 2 di `comuni.csv`: «Riparto» lo richiede",
            "manca `spesa` alla riga 2 di `comuni.csv`: «Riparto» lo richiede",
            "manca `bambini` alla riga 3 di `comuni.csv`: «Riparto» lo richiede",
            "l'importo del fondo `regione` non è noto e «Riparto» lo richiede"
        ]
    );
    // Of a row that may take part, what is missing of it too.
    let doubtful = blocks.replace(
        "method =",
        "where = \"tasso > 0.5 || bambini > 0\"\nmethod =",
    );
    let (run, _) = Files::measure(&doubtful).run(&[("comuni", &format!("{HEADER}{EMPTY}"))]);
    let withheld = run.unwrap().outcome.withheld;
    assert_eq!(withheld[0].awaits.len(), 4);
}
