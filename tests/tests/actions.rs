//! The register of planned actions: the rows of an act one by one, their resources, their progress.

#![cfg(test)]

use std::path::Path;

use riparto_tests::copies::copy_of;
use riparto_tests::{root, run_in};
use serde_json::{Value, json};

fn run(folder: &Path, pack: &str, lang: &str) -> (Vec<Value>, String) {
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let line = ["run", pack, "--root", ".", "--lang", lang];
    let json = [line.as_slice(), &["--format", "json"]].concat();
    let ran = run_in(program, folder, &json).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let actions = ran.json()["actions"].as_array().unwrap().clone();
    (actions, run_in(program, folder, &line).unwrap().stdout)
}

fn of_2018() -> (Vec<Value>, String) {
    run(&root(), "piemonte/2018", "it")
}

fn action<'v>(actions: &'v [Value], id: &str) -> &'v Value {
    actions.iter().find(|action| action["id"] == id).unwrap()
}

fn ids<'v>(actions: impl Iterator<Item = &'v Value>) -> Vec<&'v str> {
    actions
        .map(|action| action["id"].as_str().unwrap())
        .collect()
}

#[test]
fn the_five_tables_have_eight_five_six_three_and_six_rows() {
    let (actions, text) = of_2018();
    let expected = [
        ("integrazione", 8),
        ("inclusione", 5),
        ("casa", 6),
        ("servizio_civile", 3),
        ("genitorialita", 6),
        ("obiettivi_trasversali", 3),
        ("wecare", 5),
    ];
    for (group, rows) in expected {
        let of_group = actions.iter().filter(|action| action["group"] == group);
        let numbers: Vec<String> = of_group
            .map(|action| action["number"].as_str().unwrap().to_owned())
            .collect();
        let printed: Vec<String> = (1..=rows).map(|number| number.to_string()).collect();
        assert_eq!(numbers, printed, "{group}");
    }
    assert_eq!(actions.len(), 28 + 3 + 5);
    assert!(text.contains("Integrazione Socio-Sanitaria (8)"), "{text}");
    assert!(text.contains("welfare abitativo (6)"), "{text}");
}

#[test]
fn amounts_stand_where_the_act_prints_them_and_nowhere_else() {
    let (actions, text) = of_2018();
    let amounts = json!([
        { "label": "Fondi statali Intesa famiglia 2017", "amount": "199606.30" },
        { "label": "quota fondo regionale famiglia", "amount": "71800.00" },
    ]);
    for id in ["genitorialita_1", "genitorialita_2", "genitorialita_3"] {
        assert_eq!(action(&actions, id)["amounts"], amounts, "{id}");
    }
    let about = &action(&actions, "casa_6")["interval"];
    assert_eq!(about, &json!(["28000000.00", "30000000.00"]));
    let in_euro = |action: &&Value| {
        action["amount"] != Value::Null
            || action["interval"] != Value::Null
            || action["amounts"] != json!([])
    };
    let found = ids(actions.iter().filter(in_euro));
    let expected = [
        "casa_6",
        "genitorialita_1",
        "genitorialita_2",
        "genitorialita_3",
    ];
    assert_eq!(found, expected);
    let text = text.replace('\u{a0}', " ");
    assert!(
        text.contains("fra 28.000.000,00 € e 30.000.000,00 €"),
        "{text}"
    );
}

#[test]
fn a_cell_that_the_act_leaves_empty_is_not_stated() {
    let (actions, text) = of_2018();
    let empty = |key: &'static str| {
        let tables = actions
            .iter()
            .filter(|action| action["theme"] != Value::Null);
        ids(tables.filter(move |action| action[key] == Value::Null))
    };
    assert_eq!(
        empty("resources"),
        [
            "integrazione_1",
            "integrazione_2",
            "integrazione_3",
            "integrazione_4",
            "integrazione_5",
            "integrazione_6",
            "integrazione_8",
            "casa_2",
            "casa_3",
            "casa_4",
            "casa_5",
            "genitorialita_4",
            "genitorialita_6",
        ]
    );
    let activities = ["genitorialita_1", "genitorialita_2", "genitorialita_3"];
    assert_eq!(empty("activity"), activities);
    assert_eq!(empty("tool"), Vec::<&str>::new());
    assert!(actions.iter().all(|action| action["state"] == Value::Null));
    assert!(text.contains("non indicato risorse, stato"), "{text}");
}

#[test]
fn every_action_of_the_act_cites_it_and_the_tables_share_one_time() {
    let (actions, _) = of_2018();
    for action in &actions {
        let act = action["act"].as_str().unwrap();
        assert!(
            act.starts_with("D.G.R. 23 marzo 2018, n. 16-6646"),
            "{action}"
        );
        let in_a_table = action["theme"] != Value::Null;
        let time = in_a_table.then_some("arco_temporale");
        assert_eq!(action["deadline"].as_str(), time, "{action}");
    }
}

#[test]
fn a_later_year_takes_the_actions_over_and_leaves_their_time_behind() {
    let copy = copy_of(&root()).unwrap();
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let line = ["new", "year", "piemonte/2020", "--from", "piemonte/2018"];
    let made = run_in(program, copy.path(), &line).unwrap();
    assert_eq!(made.code, 0, "{}", made.stderr);
    let (actions, _) = run(copy.path(), "piemonte/2020", "it");
    assert_eq!(actions.len(), 36);
    assert!(
        actions
            .iter()
            .all(|action| action["deadline"] == Value::Null)
    );
}

#[test]
fn the_present_state_is_that_of_the_latest_day() {
    let (actions, text) = run(&root().join("tests/suite"), "azioni/2024", "en");
    let told: Vec<[&Value; 3]> = actions
        .iter()
        .map(|action| ["id", "state", "since"].map(|key| &action[key]))
        .collect();
    assert_eq!(
        told,
        [
            [
                &json!("documento"),
                &json!("conclusa"),
                &json!("2024-06-28")
            ],
            [
                &json!("formazione"),
                &json!("sospesa"),
                &json!("2024-04-01")
            ],
            [&json!("edifici"), &Value::Null, &Value::Null],
            [&json!("rete"), &Value::Null, &Value::Null],
        ]
    );
    assert_eq!(
        action(&actions, "documento")["history"],
        json!([
            { "date": "2024-01-10", "state": "da avviare", "note": null },
            { "date": "2024-05-02", "state": "in corso", "note": "prima bozza" },
            { "date": "2024-06-28", "state": "conclusa", "note": null },
        ])
    );
    assert_eq!(action(&actions, "documento")["amount"], "1000.00");
    assert!(
        text.contains("suspended (2024-04-01): manca il formatore"),
        "{text}"
    );
}

/// Gives the actions of the suite, their text and the warnings, for one line of progress.
fn progress(line: &str) -> (Vec<Value>, String, String) {
    let copy = copy_of(&root().join("tests/suite")).unwrap();
    let pack = copy.path().join("regions/azioni/2024");
    let csv = format!("riga,action,date,state,note\n{line}\n");
    std::fs::write(pack.join("data/avanzamento.csv"), csv).unwrap();
    std::fs::remove_dir_all(pack.join("cases")).unwrap();
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let check = ["check", "azioni/2024", "--root", "."];
    let checked = run_in(program, copy.path(), &check).unwrap();
    let (actions, text) = run(copy.path(), "azioni/2024", "it");
    (actions, text, checked.stdout + &checked.stderr)
}

#[test]
fn an_action_concluded_or_still_open_after_its_time_is_late_by_days() {
    // Due by 30 June 2024: on 1 July a day late, on the day itself not.
    let (actions, text, _) = progress("1,documento,2024-07-01,conclusa,");
    assert_eq!(action(&actions, "documento")["late_days"], 1);
    let late = "in ritardo di 1 giorno rispetto a «Consegna del documento»";
    assert!(text.contains(late), "{text}");
    let (actions, text, _) = progress("1,documento,2024-06-30,conclusa,");
    assert_eq!(action(&actions, "documento")["late_days"], Value::Null);
    assert!(!text.contains("in ritardo"), "{text}");
    let (actions, text, _) = progress("1,documento,2024-07-02,in corso,");
    assert_eq!(action(&actions, "documento")["late_days"], 2);
    assert_eq!(
        action(&actions, "documento")["late"],
        json!({
            "text": "in ritardo di 2 giorni rispetto a «Consegna del documento»; ancora aperta",
            "open": true,
            "against": [{ "time": "entro_giugno", "days": 2 }],
            "undated": [],
        })
    );
    assert!(text.contains("»; ancora aperta"), "{text}");
}

#[test]
fn a_time_without_a_date_says_why_in_the_schedule() {
    for (lang, expected) in [
        (
            "it",
            [
                "attende: sottoscrizione 12.2 ",
                "(1 anno)",
                "senza data nella fonte 1.1 ",
                "(«per la durata di tre anni»)",
                "`riparto deadlines toscana/2024 --event sottoscrizione=DATA`",
            ],
        ),
        (
            "en",
            [
                "awaits: sottoscrizione 12.2 ",
                "(1 year)",
                "no date in the source 1.1 ",
                "(«per la durata di tre anni»)",
                "`riparto deadlines toscana/2024 --event sottoscrizione=DATE`",
            ],
        ),
    ] {
        let (_, text) = run(&root(), "toscana/2024", lang);
        let one_space = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in expected {
            assert!(one_space.contains(said), "{said}: {text}");
        }
        assert!(!one_space.contains(" ? ? "), "{text}");
    }
}

#[test]
fn a_state_outside_the_times_of_the_actions_is_warned_about() {
    let (.., checked) = progress("1,documento,2034-06-30,in corso,");
    assert!(
        checked.contains("lo stato è del 2034-06-30, dopo il 2024-06-30"),
        "{checked}"
    );
    let (.., checked) = progress("1,documento,2024-06-30,in corso,");
    assert!(!checked.contains("lo stato è del"), "{checked}");
}
