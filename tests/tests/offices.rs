//! Offices that answer: when the help desks of a survey do, to the second, and when they do next.

#![cfg(test)]

use riparto_tests::{root, run_in};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// When the two help desks of a survey answer: instant, then for each its state and next edge.
const HELP: [(&str, [&str; 2], [&str; 2]); 7] = [
    // Thursday in the afternoon; Friday 1 May is a holiday.
    (
        "2026-04-30T16:00:00",
        ["open", "2026-04-30T16:00:00+02:00"],
        ["open", "2026-04-30T18:00:00+02:00"],
    ),
    (
        "2026-04-30T16:00:01",
        ["closed", "2026-05-04T09:00:00+02:00"],
        ["open", "2026-04-30T18:00:00+02:00"],
    ),
    (
        "2026-04-30T18:00:01",
        ["closed", "2026-05-04T09:00:00+02:00"],
        ["closed", "2026-05-04T08:00:00+02:00"],
    ),
    // Between morning and afternoon; on Friday there is no afternoon.
    (
        "2026-05-05T12:00:01",
        ["closed", "2026-05-05T14:00:00+02:00"],
        ["open", "2026-05-05T18:00:00+02:00"],
    ),
    (
        "2026-05-08T12:00:01",
        ["closed", "2026-05-11T09:00:00+02:00"],
        ["open", "2026-05-08T18:00:00+02:00"],
    ),
    (
        "2026-05-10T10:00:00",
        ["closed", "2026-05-11T09:00:00+02:00"],
        ["closed", "2026-05-11T08:00:00+02:00"],
    ),
    (
        "2026-05-11T07:59:59",
        ["closed", "2026-05-11T09:00:00+02:00"],
        ["closed", "2026-05-11T08:00:00+02:00"],
    ),
];

#[test]
fn a_help_desk_says_when_it_answers_next() {
    for (at, region, csi) in HELP {
        let words = ["deadlines", "piemonte/2026", "--at", at, "--format", "json"];
        let ran = run_in(PROGRAM, &root(), &words).unwrap();
        assert_eq!(ran.code, 0, "{at}: {}", ran.stderr);
        let answer = ran.json();
        let offices = answer["offices"].as_array().unwrap();
        for (id, [state, edge]) in [("ufficio_06", region), ("csi", csi)] {
            let office = offices.iter().find(|office| office["id"] == id).unwrap();
            assert_eq!(office["state"], state, "{at}: {id}");
            let key = if state == "open" {
                "answers_until"
            } else {
                "answers_next"
            };
            assert_eq!(office[key], edge, "{at}: {id}");
        }
    }
}
