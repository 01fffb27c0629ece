//! The programme of a zone as it is checked: the counts done by hand, and what the answer says of them.

#![cfg(test)]

use std::collections::BTreeSet;

use riparto_tests::{Ran, root, run_in};
use serde_json::{Value, json};

fn run(arguments: &[&str]) -> Ran {
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    run_in(program, &root(), arguments).unwrap()
}

fn programme() -> Value {
    let ran = run(&["run", "toscana/2024", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.json()["documents"][0].clone()
}

fn part<'d>(document: &'d Value, id: &str) -> &'d Value {
    let mut parts = document["parts"].as_array().unwrap().iter();
    parts.find(|part| part["id"] == id).unwrap()
}

#[test]
fn the_programme_of_pistoia_is_over_the_limit_in_three_parts() {
    let document = programme();
    assert_eq!(document["id"], "programma");
    assert_eq!(document["outcome"], "not-eligible");
    assert_eq!(document["parts"].as_array().unwrap().len(), 18);
    let reasons = document["reasons"].as_array().unwrap().iter();
    let parts: Vec<&Value> = reasons.map(|reason| &reason["part"]).collect();
    assert_eq!(parts, ["introduzione", "1", "5"]);
    let intro = part(&document, "introduzione");
    assert_eq!(
        (&intro["characters"], &intro["limit"]),
        (&json!(809), &json!(800))
    );
}

#[test]
fn a_letter_printed_for_another_is_reported_and_nothing_is_missing() {
    let document = programme();
    for (id, printed) in [("8", "a"), ("9", "a"), ("13", "d")] {
        let part = part(&document, id);
        let misprint = &part["misprinted"][0];
        assert_eq!(
            (&misprint["expected"], &misprint["printed"]),
            (&json!("e"), &json!(printed))
        );
        assert_eq!(part["missing"], json!([]));
        assert_eq!(part["items"].as_array().unwrap().len(), 5);
    }
}

#[test]
fn every_other_count_that_changes_a_verdict_is_listed() {
    let document = programme();
    let others = document["otherwise"].as_array().unwrap().iter();
    // Of seventeen other ways: spaces in a row as one, or none, without headings.
    let told: Vec<(String, Value)> = others
        .map(|other| {
            let count = &other["count"];
            assert_eq!(
                (&count["headings"], &other["outcome"]),
                (&json!(false), &json!("not-eligible"))
            );
            let way = format!("{} {}", count["spaces"], count["line_breaks"]).replace('"', "");
            let parts = other["parts"].as_array().unwrap().iter();
            let parts = parts.map(|part| json!([part["id"], part["characters"]]));
            (way, parts.collect())
        })
        .collect();
    let expected = [
        ("runs one", json!([["introduzione", 796]])),
        ("runs none", json!([["introduzione", 789]])),
        ("none one", json!([["introduzione", 693], ["5", 2938]])),
        ("none two", json!([["introduzione", 700], ["5", 2984]])),
        ("none none", json!([["introduzione", 686], ["5", 2892]])),
    ];
    assert_eq!(told, expected.map(|(way, parts)| (way.to_owned(), parts)));
}

#[test]
fn a_point_is_explained_by_its_name_in_both_languages() {
    let it = run(&["explain", "toscana/2024", "programma.8"]).stdout;
    assert!(
        it.contains("è stampata la lettera «a», il modulo ha «e»"),
        "{it}"
    );
    assert!(it.contains("1.240 caratteri, al massimo 3.000"), "{it}");
    let en = run(&["explain", "toscana/2024", "programma.8", "--lang", "en"]).stdout;
    assert!(en.contains("1,240 characters, 3,000 at most"), "{en}");
}

#[test]
fn every_time_of_the_programme_stands_with_an_action() {
    let outcome = run(&["run", "toscana/2024", "--format", "json"]).json();
    let times = outcome["actions"].as_array().unwrap().iter();
    let times = times.flat_map(|action| action["times"].as_array().unwrap());
    let named: BTreeSet<&str> = times.map(|time| time["id"].as_str().unwrap()).collect();
    let all = outcome["deadlines"].as_array().unwrap().iter();
    let all = all.filter(|time| time["measure"] == "programma-zona-pistoiese");
    let all: BTreeSet<&str> = all.map(|time| time["id"].as_str().unwrap()).collect();
    assert_eq!((named.len(), &named), (52, &all));
    let text = run(&["run", "toscana/2024"]).stdout;
    assert!(text.contains("Cronoprogramma"), "{text}");
}
