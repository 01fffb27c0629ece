//! The programme of a zone as it is checked: the counts done by hand, and what the answer says of them.

#![cfg(test)]

use std::collections::BTreeSet;

use riparto_tests::copies::copy_of;
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

/// Runs the small form of the suite, whose points hold 20 characters, on one document of these pieces.
fn form(pieces: &[(&str, &str, &str, &str)]) -> (Value, String) {
    let copy = copy_of(&root().join("tests/suite")).unwrap();
    let data = copy.path().join("regions/moduli/2024/data");
    let mut csv = "brano,documento,parte,lettera,intestazione,testo\n".to_owned();
    for (row, (part, letter, heading, body)) in pieces.iter().enumerate() {
        csv.push_str(&format!("{row},mio,{part},{letter},{heading},\"{body}\"\n"));
    }
    std::fs::write(data.join("brani.csv"), csv).unwrap();
    let documents = "documento,anno,allegato,firma,valida,identita\nmio,2024,sì,digitale,sì,\n";
    std::fs::write(data.join("documenti.csv"), documents).unwrap();
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let line = ["run", "moduli/2024", "--root", "."];
    let json = [line.as_slice(), &["--format", "json"]].concat();
    let ran = run_in(program, copy.path(), &json).unwrap();
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let text = run_in(program, copy.path(), &line).unwrap().stdout;
    (ran.json()["documents"][0].clone(), text)
}

/// Gives the ways that change the outcome of a part: what they count more than the form, and the sum.
fn otherwise(document: &Value, id: &str) -> Vec<(Value, Value, Value, Value)> {
    let others = document["otherwise"].as_array().unwrap().iter();
    let told = others.filter_map(|other| {
        let mut parts = other["parts"].as_array().unwrap().iter();
        let part = parts.find(|part| part["id"] == id)?;
        let count = &other["count"];
        let plain = count["spaces"] == "each" && count["headings"] == false;
        plain.then(|| {
            let switch = |name: &str| count[name].clone();
            (
                switch("line_breaks"),
                switch("between"),
                switch("ends"),
                part["characters"].clone(),
            )
        })
    });
    told.collect()
}

#[test]
fn the_ends_of_lines_between_pieces_are_tried_too() {
    // 10 and 10 are 20, as many as there may be; joined by the end of a line they are 21, or 22.
    let (document, text) = form(&[
        ("premessa", "", "Premessa", "abc"),
        ("1", "a", "a. stato", "abcdefghij"),
        ("1", "b", "b. tempi attesi", "abcdefghij"),
        ("2", "a", "a. stato", "uno"),
        ("2", "b", "b. tempi attesi", "due"),
    ]);
    assert_eq!(part(&document, "1")["characters"], 20);
    assert_eq!(part(&document, "1")["outcome"], "eligible");
    let told = otherwise(&document, "1");
    let way = |breaks: &str, sum: u64| (json!(breaks), json!(true), json!(false), json!(sum));
    assert_eq!(told, [way("one", 21), way("two", 22)]);
    assert!(text.contains("con gli a capo fra i brani"), "{text}");
}

#[test]
fn what_is_typed_at_the_ends_is_tried_too() {
    // 20 characters with a space before and two after: 23 as typed.
    let (document, text) = form(&[
        ("premessa", "", "Premessa", "abc"),
        ("1", "a", "a. stato", " abcdefghij  "),
        ("1", "b", "b. tempi attesi", "abcdefghij"),
        ("2", "a", "a. stato", "uno"),
        ("2", "b", "b. tempi attesi", "due"),
    ]);
    assert_eq!(part(&document, "1")["characters"], 20);
    let told = otherwise(&document, "1");
    let typed = (json!("one"), json!(false), json!(true), json!(23));
    assert!(told.contains(&typed), "{told:?}");
    assert!(text.contains("senza gli spazi ai bordi"), "{text}");
}

#[test]
fn letters_are_held_against_headings_and_against_the_order_of_the_form() {
    let (document, text) = form(&[
        ("premessa", "", "Premessa", "abc"),
        ("1", "b", "a. tempi attesi", "uno"),
        ("1", "A", "A) STATO", "due"),
        ("2", "a", "a. stato", "uno"),
        ("2", "b", "b. risorse", "due"),
        ("2", "b", "b. tempi attesi", "tre"),
    ]);
    let faults = |id: &str| -> Vec<Value> {
        let found = part(&document, id)["misprinted"].as_array().unwrap().iter();
        found.map(|one| one["fault"].clone()).collect()
    };
    assert_eq!(faults("1"), ["letter-in-heading", "order"]);
    assert_eq!(faults("2"), ["heading", "twice"]);
    assert!(
        text.contains("nell'intestazione è stampata la lettera «a», il modulo ha «b»"),
        "{text}"
    );
}
