//! What a condition needs, in words, beside what was found.

use crate::outcome::Finding;
use crate::testing::{Files, HEADER};

const SOGLIA: &str =
    "[param.soglia]\nvalue = \"25\"\nunit = \"euro\"\nlabel = \"Soglia\"\nact = \"a\"\n";

/// What was found of a condition for Bra: one child, 20 euro spent, not in the mountains.
fn found(that: &str) -> Finding {
    let rule = format!(
        "{SOGLIA}[eligibility.ammesso]\nlabel = \"Ammissione\"\nof = \"comuni\"\nact = \"a\"\n\
         [eligibility.ammesso.condition.c]\nlabel = \"serve\"\nthat = '{that}'\nact = \"a\"\n"
    );
    let rows = "001002,A002,Bra,1,20.00,0.25,no,2021-01-01\n";
    let (run, faults) = Files::measure(&rule).run(&[("comuni", &format!("{HEADER}{rows}"))]);
    let outcome = run.unwrap_or_else(|| panic!("{faults:?}")).outcome;
    outcome.decisions[0].rows[0].findings[0].clone()
}

fn words(that: &str) -> Option<[String; 2]> {
    let needed = found(that).needed_words?;
    Some([needed.it, needed.en])
}

#[test]
fn a_value_written_in_the_condition_is_told_where_it_fails() {
    let text = |that| found(that).text.it;
    assert_eq!(
        text("bambini >= 3"),
        "serve (Bambini: 1; serve almeno 3 bambini)"
    );
    assert_eq!(
        text("nome != \"Bra\""),
        "serve (Nome: Bra; serve un valore diverso da «Bra»)"
    );
    assert_eq!(
        text("bambini > 1 && nome == \"Alba\""),
        "serve (Bambini: 1; Nome: Bra; serve Bambini: più di 1 bambini e Nome: «Alba»)"
    );
    // What holds needs nothing, and a parameter stands among what was found.
    assert_eq!(text("bambini >= 1"), "serve (Bambini: 1)");
    assert_eq!(text("spesa > soglia"), "serve (Spesa: 20; Soglia: 25)");
}

#[test]
fn what_is_needed_is_said_of_each_thing_compared_with_a_value() {
    let both = |it: &str, en: &str| Some([it.to_owned(), en.to_owned()]);
    for (that, it, en) in [
        (
            "spesa <= soglia",
            "Spesa: al massimo 25,00\u{a0}€",
            "Spesa: at most €25.00",
        ),
        (
            "soglia < spesa",
            "Spesa: più di 25,00\u{a0}€",
            "Spesa: more than €25.00",
        ),
        ("!montano", "Montano: no", "Montano: no"),
        (
            "dal < date(\"2020-01-01\")",
            "Dal: prima di 2020-01-01",
            "Dal: before 2020-01-01",
        ),
        (
            "one_of(nome, \"Alba\", \"Asti\")",
            "Nome: «Alba» o «Asti»",
            "Nome: “Alba” or “Asti”",
        ),
        (
            "montano && (bambini > 2 || tasso < 0.5)",
            "Montano: sì e (Bambini: più di 2 bambini oppure Tasso: meno di 0,5)",
            "Montano: yes and (Bambini: more than 2 bambini or Tasso: less than 0.5)",
        ),
    ] {
        assert_eq!(words(that), both(it, en), "{that}");
    }
}

#[test]
fn a_formula_beyond_that_is_not_put_into_words() {
    assert_eq!(words("bambini > 2 && bambini * 2 > 3"), None);
    assert_eq!(words("spesa > 2 * soglia"), None);
}
