//! What holds of every decision, whatever is missing: three-valued logic, stated apart.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::outcome::Verdict;
use crate::testing::{Files, HEADER};

/// Two conditions, the second lifted where `montano`; nothing is split.
const RULES: &str = r#"
[eligibility.ammesso]
label = "Ammissione"
of = "comuni"
act = "a"
[eligibility.ammesso.condition.bambini]
label = "servono dei bambini"
that = "bambini > 1"
act = "a"
[eligibility.ammesso.condition.spesa]
label = "la spesa è alta, o il tasso è basso"
that = "spesa >= 10 || tasso < 0.5"
act = "a"
[exception.montagna]
label = "i montani ne sono esenti"
lifts = ["ammesso.spesa"]
when = "montano"
act = "a"
"#;

/// Children, spending, rate in hundredths, mountain; none is an empty cell.
type Row = (Option<i64>, Option<i64>, Option<i64>, Option<bool>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        prop::option::weighted(0.7, 0..4_i64),
        prop::option::weighted(0.7, 0..20_i64),
        prop::option::weighted(0.7, 0..99_i64),
        prop::option::weighted(0.7, any::<bool>()),
    );
    prop::collection::vec(row, 1..12)
}

fn line(at: usize, (bambini, spesa, tasso, montano): &Row) -> String {
    let number = |cell: &Option<i64>| cell.map(|n| n.to_string()).unwrap_or_default();
    let tasso = tasso.map(|n| format!("0.{n:02}")).unwrap_or_default();
    let montano = montano.map_or("", |yes| if yes { "sì" } else { "no" });
    let (bambini, spesa) = (number(bambini), number(spesa));
    format!(
        "00{:04},A{at:03},N{at},{bambini},{spesa},{tasso},{montano},\n",
        1000 + at
    )
}

fn judged(lines: &[String]) -> BTreeMap<String, Verdict> {
    let csv = format!("{HEADER}{}", lines.concat());
    let (run, faults) = Files::measure(RULES).run(&[("comuni", &csv)]);
    assert!(faults.is_empty(), "{faults:?}");
    let run = run.unwrap();
    let rows = run.outcome.decisions[0].rows.iter();
    rows.map(|row| (row.name.clone(), row.verdict)).collect()
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// The same decision by the truth tables of Kleene.
fn by_hand((bambini, spesa, tasso, montano): &Row) -> Verdict {
    let first = bambini.map(|n| n > 1);
    let second = or(spesa.map(|n| n >= 10), tasso.map(|n| n < 50));
    let second = or(second, *montano);
    match (first, second) {
        (Some(false), _) | (_, Some(false)) => Verdict::NotEligible,
        (Some(true), Some(true)) => Verdict::Eligible,
        _ => Verdict::Undetermined,
    }
}

proptest! {
    #[test]
    fn a_decision_is_three_valued_logic_whatever_is_missing(rows in rows()) {
        let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| line(at, row)).collect();
        let found = judged(&lines);
        for (at, row) in rows.iter().enumerate() {
            prop_assert_eq!(found[&format!("N{at}")], by_hand(row), "{:?}", row);
        }
    }

    #[test]
    fn the_order_of_the_rows_decides_nothing(rows in rows()) {
        let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| line(at, row)).collect();
        let backwards: Vec<String> = lines.iter().rev().cloned().collect();
        prop_assert_eq!(judged(&lines), judged(&backwards));
    }

    #[test]
    fn a_datum_that_comes_never_turns_a_decision_over(rows in rows(), filled in 0..4_i64) {
        // What was decided without it stays decided; only what was open may be settled.
        let lines: Vec<String> = rows.iter().enumerate().map(|(at, row)| line(at, row)).collect();
        let full = rows.iter().enumerate().map(|(at, row)| {
            line(at, &(row.0.or(Some(filled)), row.1.or(Some(filled)), row.2, row.3))
        });
        let full: Vec<String> = full.collect();
        let (before, after) = (judged(&lines), judged(&full));
        for (name, verdict) in before {
            prop_assert!(verdict == Verdict::Undetermined || verdict == after[&name], "{}", name);
        }
    }
}
