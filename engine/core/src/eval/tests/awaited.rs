//! A parameter that no act sets yet: it is named where it is needed, and it is never zero.

use super::ROWS;
use crate::diag::{Code, Diagnostic};
use crate::eval::{Run, evaluate};
use crate::outcome::Verdict;
use crate::pack::Overrides;
use crate::testing::{Files, HEADER, allocation, dataset, derive};

const SOGLIA: &str =
    "[param.soglia]\nvalue = \"unknown\"\nunit = \"euro\"\nlabel = \"Soglia\"\nact = \"a\"\n";

const AWAITED: &str = "il parametro `soglia` non è ancora fissato da un atto";

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
    let text = format!("{AWAITED}, e `riparto` lo richiede");
    assert_eq!(told, [(Code::MissingDatum, text.as_str())]);
    let (waits, faults) = run(
        &allocation("soglia * spesa", "incomplete = \"withhold\""),
        &[],
    );
    assert!(faults.is_empty(), "{faults:?}");
    let withheld = &waits.unwrap().outcome.withheld;
    let awaits: Vec<&str> = withheld[0].awaits.iter().map(|it| it.it.as_str()).collect();
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
