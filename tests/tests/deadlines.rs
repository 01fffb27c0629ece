//! Windows, terms and times in words: the clock, the published windows, the dates of the sources.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use chrono::DateTime;
use riparto_core::time::{TimeFault, local};
use riparto_tests::copies::{copy_of, edit};
use riparto_tests::{root, run_in, shared};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

fn deadlines(folder: &Path, line: &str) -> Value {
    let words = line.split_whitespace();
    let words: Vec<&str> = ["deadlines"].into_iter().chain(words).collect();
    let words = [words.as_slice(), &["--format", "json"]].concat();
    let ran = run_in(PROGRAM, folder, &words).unwrap();
    assert_eq!(ran.code, 0, "{line}: {}{}", ran.stdout, ran.stderr);
    ran.json()
}

/// Gives the deadline `measure/id` of an answer.
fn one<'v>(answer: &'v Value, name: &str) -> &'v Value {
    let (measure, id) = name.split_once('/').unwrap();
    let mut all = answer["deadlines"].as_array().unwrap().iter();
    all.find(|one| one["measure"] == measure && one["id"] == id)
        .unwrap_or_else(|| panic!("no {name} in {answer}"))
}

/// Reads a table of comma-separated cells, quoted where they hold a comma.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    lines
        .map(|row| header.iter().cloned().zip(row).collect())
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for mark in line.chars() {
        match mark {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            mark => cells.last_mut().unwrap().push(mark),
        }
    }
    cells
}

/// A window that closes at a time, an instant, and how the window stands then.
const TIMES_OF_DAY: [(&str, &str, &str, &str); 8] = [
    ("E01", "2023-01-01 12:00", "2023-01-01T12:00:33", "closed"),
    ("E03", "2023-01-01 12:00", "2023-01-01T12:00:00", "open"),
    ("E03", "2023-01-01 12:00", "2023-01-01T12:00:01", "closed"),
    ("E05", "2016-12-12", "2016-12-13T00:00:01", "closed"),
    ("E05", "2016-12-12", "2016-12-13T00:00:00", "closed"),
    ("E07", "2016-12-12", "2016-12-12T23:59:59", "open"),
    ("E08", "2016-12-12", "2016-12-12T21:30:00", "open"),
    ("E09", "2016-12-12", "2016-12-12T23:30:00", "open"),
];

/// Rows that no state shows: what the rules on the hour say, and an instant that is asked again.
const TIMES_SAID: [(&str, &str); 2] = [
    ("E10", "--from 2026-07-20 --days 40 --regime cpa-a-ritroso"),
    ("E09", "--from 2026-03-02 --days 60 --regime tar"),
];

#[test]
fn every_published_time_of_day_has_its_answer() {
    let Some(shared) = shared() else {
        println!("skipped: no folder of public tables; RIPARTO_SHARED names it");
        return;
    };
    for row in rows(&shared.join("reference/terms_time_of_day.csv")) {
        let id = row["id"].as_str();
        let states = TIMES_OF_DAY.iter().filter(|(of, ..)| *of == id);
        let states: Vec<&str> = states.map(|(.., state)| *state).collect();
        match row["outcome"].split_whitespace().next().unwrap() {
            "TARDIVA" => assert_eq!(states.first(), Some(&"closed"), "{id}"),
            "TEMPESTIVA" | "TEMPESTIVO" => assert_eq!(states.first(), Some(&"open"), "{id}"),
            "CONTROVERSO" => assert!(TIMES_SAID.iter().any(|(of, _)| *of == id), "{id}"),
            "RICHIEDE" => assert!(matches!(
                local("2025-10-26 02:30", None),
                Err(TimeFault::Twice { .. })
            )),
            other => panic!("{id}: {other}"),
        }
    }
    for (id, line) in TIMES_SAID {
        let words: Vec<&str> = ["term"].into_iter().chain(line.split(' ')).collect();
        let told = run_in(PROGRAM, &root(), &words).unwrap().stdout;
        let said = told.contains("dopo le 12:00") && told.contains("art. 4 c. 4");
        assert!(said, "{id}: {told}");
        assert_eq!(told.contains("controverso"), id == "E10", "{id}");
    }
}

#[test]
fn a_window_is_open_to_its_last_second() {
    let copy = copy_of(&root()).unwrap();
    let measure = copy.path().join("regions/piemonte/2026/rilevazione.toml");
    let mut closes = "2026-05-18 12:00";
    edit(&measure, "opens    = \"2026-04-27 12:00\"\n", "").unwrap();
    for (id, closing, at, state) in TIMES_OF_DAY {
        if closing != closes {
            edit(&measure, closes, closing).unwrap();
            closes = closing;
        }
        let answer = deadlines(copy.path(), &format!("piemonte/2026 --at {at}"));
        let found = one(&answer, "rilevazione/rilevazione");
        assert_eq!(found["state"], state, "{id}: {at}, closing {closing}");
    }
}

#[test]
fn the_clock_changes_on_the_published_days() {
    let Some(shared) = shared() else {
        println!("skipped: no folder of public tables; RIPARTO_SHARED names it");
        return;
    };
    let rows = rows(&shared.join("published/term_dst_changes_rome.csv"));
    assert_eq!(rows.len(), 15);
    for row in rows {
        let start = &row["dst_start_local_date"];
        let Err(TimeFault::Skipped { resumes }) = local(&format!("{start} 02:30"), None) else {
            panic!("{start}: nothing is skipped");
        };
        let utc: DateTime<chrono::Utc> = row["dst_start_utc"].parse().unwrap();
        assert_eq!(resumes.utc(), utc);
        let end = &row["dst_end_local_date"];
        let Err(TimeFault::Twice { second, .. }) = local(&format!("{end} 02:00"), None) else {
            panic!("{end}: nothing comes twice");
        };
        let utc: DateTime<chrono::Utc> = row["dst_end_utc"].parse().unwrap();
        assert_eq!(second.utc(), utc);
    }
}

#[test]
fn the_machine_has_no_say() {
    let line = ["deadlines", "piemonte/2026", "--at", "2026-05-18T12:00:00"];
    let run = |zone: &str, lang: &str| {
        let output = Command::new(PROGRAM)
            .args(line)
            .current_dir(root())
            .env_clear()
            .env("TZ", zone)
            .env("LANG", lang)
            .output()
            .unwrap();
        assert!(output.status.success(), "{zone}");
        output.stdout
    };
    let first = run("Europe/Rome", "it_IT.UTF-8");
    assert!(!first.is_empty());
    for zone in ["Pacific/Auckland", "America/Anchorage", "UTC", "nowhere"] {
        assert_eq!(run(zone, "C"), first, "{zone}");
    }
}

/// The windows of the published table, each in its pack.
const PORTALS: [(&str, &str, &str); 9] = [
    (
        "lom_nidi_gratis_plus_famiglie_2025_26",
        "lombardia/2025",
        "nidi-gratis-plus/famiglie",
    ),
    (
        "lom_nidi_gratis_famiglie_2018_19",
        "lombardia/2018",
        "nidi-gratis/famiglie",
    ),
    (
        "tos_nidi_gratis_famiglie_2024_25",
        "toscana/2024",
        "nidi-gratis/famiglie",
    ),
    (
        "tos_nidi_gratis_famiglie_2025_26",
        "toscana/2025",
        "nidi-gratis/famiglie",
    ),
    (
        "tos_nidi_gratis_riapertura_2025_26",
        "toscana/2025",
        "nidi-gratis/riapertura",
    ),
    (
        "tos_pez_scolare_2025_26",
        "toscana/2025",
        "pez-scolare/progetti",
    ),
    (
        "tos_buoni_scuola_2025_firenze",
        "toscana/2025",
        "buoni-scuola/firenze",
    ),
    (
        "tos_buoni_scuola_2025_poggibonsi",
        "toscana/2025",
        "buoni-scuola/poggibonsi",
    ),
    ("pie_cpt_sportello_2025", "piemonte/2025", "cpt/sportello"),
];

#[test]
fn portal_windows_open_and_close_when_they_really_did() {
    let Some(shared) = shared() else {
        println!("skipped: no folder of public tables; RIPARTO_SHARED names it");
        return;
    };
    let table = rows(&shared.join("published/term_real_portal_windows.csv"));
    assert_eq!(table.len(), PORTALS.len());
    for row in table {
        let name = row["window"].as_str();
        let (_, pack, id) = PORTALS.iter().find(|(of, ..)| *of == name).unwrap();
        let answer = deadlines(&root(), pack);
        let found = one(&answer, id);
        for (edge, key) in [("opens", "open"), ("closes", "close")] {
            let local = row[&format!("{key}_local")].as_str();
            // Of an opening that the table does not give, a pack may know more.
            if local.is_empty() {
                continue;
            }
            assert_eq!(found[edge], local, "{name}: {edge}");
            let at: DateTime<chrono::FixedOffset> = local.parse().unwrap();
            let utc: DateTime<chrono::Utc> = row[&format!("{key}_utc")].parse().unwrap();
            assert_eq!(at, utc, "{name}: {edge}");
        }
    }
}

/// What the sources say, stated by hand: pack and what is asked, deadline, key, value.
const BY_HAND: [(&str, &str, &str, &str); 31] = [
    // The survey of 2026: noon to noon, to the second.
    (
        "piemonte/2026 --at 2026-04-27T11:59:59",
        "rilevazione/rilevazione",
        "state",
        "not-yet-open",
    ),
    (
        "piemonte/2026 --at 2026-04-27T12:00:00",
        "rilevazione/rilevazione",
        "state",
        "open",
    ),
    (
        "piemonte/2026 --at 2026-05-18T12:00:00",
        "rilevazione/rilevazione",
        "state",
        "open",
    ),
    (
        "piemonte/2026 --at 2026-05-18T10:00:00Z",
        "rilevazione/rilevazione",
        "state",
        "open",
    ),
    (
        "piemonte/2026 --at 2026-05-18T12:00:01",
        "rilevazione/rilevazione",
        "state",
        "closed",
    ),
    (
        "piemonte/2026 --at 2026-05-18T11:00:00",
        "rilevazione/rilevazione",
        "seconds_left",
        "3600",
    ),
    // That of 2024 was to close on 4 June and went on in the summer: until when, nobody says.
    (
        "piemonte/2024 --at 2024-06-04T23:59:59",
        "rilevazione/rilevazione",
        "state",
        "open",
    ),
    (
        "piemonte/2024 --at 2024-06-05T00:00:00",
        "rilevazione/rilevazione",
        "state",
        "extended",
    ),
    (
        "piemonte/2024 --at 2024-09-24T00:00:00",
        "rilevazione/rilevazione",
        "state",
        "closed",
    ),
    ("piemonte/2024", "rilevazione/rilevazione", "closes", "null"),
    (
        "piemonte/2024",
        "rilevazione/rilevazione",
        "certainty",
        "interval",
    ),
    // Candidatures of the CPT: by 6 March 2023; later windows by month only.
    (
        "piemonte/2023",
        "cpt/candidature",
        "closes",
        "2023-03-06T23:59:59+01:00",
    ),
    ("piemonte/2023", "cpt/sportello", "earliest", "2023-11-01"),
    ("piemonte/2024", "cpt/sportello", "latest", "2024-11-30"),
    (
        "piemonte/2025",
        "cpt/sportello",
        "closes",
        "2025-12-01T16:00:00+01:00",
    ),
    // Remedies: 60 days across August, 120 without suspension; the earlier of the two events.
    (
        "piemonte/2018 --event comunicazione=2018-04-16",
        "patto-sociale/tar",
        "due",
        "2018-06-15",
    ),
    (
        "piemonte/2018 --event comunicazione=2018-07-02",
        "patto-sociale/tar",
        "due",
        "2018-10-01",
    ),
    (
        "piemonte/2018 --event comunicazione=2018-07-02 --event piena_conoscenza=2018-04-16",
        "patto-sociale/tar",
        "due",
        "2018-06-15",
    ),
    (
        "piemonte/2018 --event comunicazione=2018-07-02",
        "patto-sociale/ricorso_straordinario",
        "due",
        "2018-10-30",
    ),
    (
        "piemonte/2018 --event comunicazione=2018-07-02",
        "patto-sociale/tar_da_pubblicazione",
        "due",
        "null",
    ),
    (
        "piemonte/2018",
        "patto-sociale/tar",
        "certainty",
        "awaits-event",
    ),
    (
        "piemonte/2018",
        "patto-sociale/giudice_ordinario",
        "certainty",
        "not-stated",
    ),
    (
        "piemonte/2018",
        "patto-sociale/giudice_ordinario",
        "latest",
        "null",
    ),
    // The training of Lombardia: its letter sets no date.
    (
        "lombardia/2024 --at 2025-01-01T00:00:00",
        "formazione-congiunta/percorso",
        "state",
        "null",
    ),
    (
        "lombardia/2024",
        "formazione-congiunta/percorso",
        "certainty",
        "not-stated",
    ),
    // The president of a coordination: three years to the day from the first meeting, holiday or not.
    (
        "lombardia/2022 --event elezione=2022-12-19",
        "cpt/presidente",
        "due",
        "2025-12-19",
    ),
    (
        "lombardia/2022 --event elezione=2022-12-25",
        "cpt/presidente",
        "due",
        "2025-12-25",
    ),
    // The programme of Pistoia: words, and a year from the signature.
    (
        "toscana/2024",
        "programma-zona-pistoiese/punto_08_1",
        "earliest",
        "null",
    ),
    (
        "toscana/2024",
        "programma-zona-pistoiese/punto_08_1",
        "latest",
        "2024-12-31",
    ),
    (
        "toscana/2024",
        "programma-zona-pistoiese/punto_08_1",
        "due",
        "null",
    ),
    (
        "toscana/2024 --event sottoscrizione=2024-09-29",
        "programma-zona-pistoiese/punto_17_1",
        "due",
        "2025-09-29",
    ),
];

#[test]
fn each_deadline_of_the_sources_says_what_the_source_says() {
    for (line, id, key, expected) in BY_HAND {
        let answer = deadlines(&root(), line);
        let found = &one(&answer, id)[key];
        let found = found
            .as_str()
            .map_or_else(|| found.to_string(), str::to_owned);
        assert_eq!(found, expected, "{line}: {id} {key}");
    }
}

#[test]
fn every_deadline_names_its_source_or_says_that_it_is_an_assumption() {
    let mut seen = 0;
    for pack in PACKS {
        for deadline in deadlines(&root(), pack)["deadlines"].as_array().unwrap() {
            let sourced = deadline["act"].is_string() || deadline["assumption"] == true;
            assert!(sourced, "{pack}: {deadline}");
            let dated = !deadline["due"].is_null() || !deadline["closes"].is_null();
            let exact = deadline["certainty"] == "exact";
            assert!(exact || !dated, "{pack}: a false date in {deadline}");
            seen += 1;
        }
    }
    assert!(seen >= 80, "{seen}");
}

/// The packs that have deadlines.
const PACKS: [&str; 17] = [
    "lombardia/2018",
    "lombardia/2019",
    "lombardia/2020",
    "lombardia/2022",
    "lombardia/2023",
    "lombardia/2024",
    "lombardia/2025",
    "piemonte/2018",
    "piemonte/2019",
    "piemonte/2022",
    "piemonte/2023",
    "piemonte/2024",
    "piemonte/2025",
    "piemonte/2026",
    "toscana/2024",
    "toscana/2025",
    "toscana/2026",
];

/// Gives the place of a state in the life of a deadline.
fn age(state: &Value) -> usize {
    let order = ["not-yet-open", "open", "extended", "closed"];
    let state = state.as_str().unwrap();
    order.iter().position(|known| *known == state).unwrap()
}

#[test]
fn a_deadline_never_grows_younger() {
    let instants = [
        "2023-12-31T23:59:59",
        "2024-05-20T23:59:59",
        "2024-05-21T00:00:00",
        "2024-06-04T23:59:59",
        "2024-06-05T00:00:00",
        "2024-06-24T23:59:59",
        "2024-06-25T00:00:00",
        "2024-09-23T23:59:59",
        "2024-09-24T00:00:00",
        "2024-11-01T00:00:00",
        "2024-12-01T00:00:00",
        "2025-08-01T00:00:00",
    ];
    let mut ages: BTreeMap<String, usize> = BTreeMap::new();
    for at in instants {
        for deadline in deadlines(&root(), &format!("piemonte/2024 --at {at}"))["deadlines"]
            .as_array()
            .unwrap()
        {
            let name = format!("{}/{}", deadline["measure"], deadline["id"]);
            let (now, before) = (age(&deadline["state"]), ages.get(&name).copied());
            assert!(before.is_none_or(|before| before <= now), "{name} at {at}");
            ages.insert(name, now);
        }
    }
    assert!(ages.values().all(|age| *age == 3), "{ages:?}");
}

#[test]
fn a_real_closing_may_take_the_place_of_one_in_words() {
    let copy = copy_of(&root()).unwrap();
    let measure = copy.path().join("regions/piemonte/2024/rilevazione.toml");
    let text = std::fs::read_to_string(&measure).unwrap();
    let (before, after) = text.split_once("extended").unwrap();
    let (line, rest) = after.split_once('\n').unwrap();
    let act = line
        .split("act = ")
        .nth(1)
        .unwrap()
        .split('"')
        .nth(1)
        .unwrap();
    let both = format!(
        "extended = [{{ text = \"estate 2024\", act = \"{act}\" }}, {{ closes = \"2024-07-12\", act = \"{act}\" }}]"
    );
    std::fs::write(&measure, format!("{before}{both}\n{rest}")).unwrap();
    let answer = deadlines(copy.path(), "piemonte/2024 --at 2024-07-12T23:59:59");
    let found = one(&answer, "rilevazione/rilevazione");
    assert_eq!(found["closes"], "2024-07-12T23:59:59+02:00");
    assert_eq!(found["certainty"], "exact");
    assert_eq!(found["state"], "extended");
    // The words could not mean a day before the closing that they moved.
    assert_eq!(found["extensions"][0]["earliest"], "2024-06-04");
}

#[test]
fn an_assumption_is_told_in_every_format() {
    let answer = deadlines(&root(), "piemonte/2024");
    let found = one(&answer, "rilevazione/rilevazione");
    assert_eq!(found["consequence_assumption"], true);
    assert_eq!(found["opens_hour_stated"], false);
    let told = run_in(PROGRAM, &root(), &["deadlines", "piemonte/2024"]).unwrap();
    assert!(told.stdout.contains("l'ora non è detta"), "{}", told.stdout);
}

#[test]
fn an_upper_limit_has_a_last_day_and_no_first() {
    let answer = deadlines(&root(), "toscana/2024 --at 2024-11-01T00:00:00");
    let times = answer["deadlines"].as_array().unwrap().iter();
    let times: Vec<&Value> = times
        .filter(|time| time["measure"] == "programma-zona-pistoiese")
        .collect();
    assert_eq!(times.len(), 52);
    let limits = times.iter().filter(|time| time["earliest"].is_null());
    let limits: Vec<&&Value> = limits.filter(|time| !time["latest"].is_null()).collect();
    // Fourteen are «entro …», and all of these by a month or a year that is written.
    assert_eq!(limits.len(), 17, "{limits:?}");
    for time in limits {
        let text = time["text"].as_str().unwrap().to_lowercase();
        assert!(text.contains("entro "), "{text}");
        // It can be met before its month begins.
        assert_eq!(time["state"], "open", "{text}");
    }
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let text = run_in(program, &root(), &["deadlines", "toscana/2024"]);
    let text = text.unwrap().stdout;
    assert!(text.contains("entro il 31 marzo 2025"), "{text}");
    assert!(
        text.contains("fra il 1° settembre 2025 e il 22 dicembre 2025"),
        "{text}"
    );
}
