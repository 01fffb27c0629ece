//! Terms and holidays: worked examples, the published calendar, known dates of Easter, and what
//! holds for every term.

#![cfg(test)]

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use riparto_core::pack::raw::calendar::{Saturday, Suspension};
use riparto_core::terms::{Computed, Law, Length, Regime, Term, easter, load};
use riparto_io::disk::DiskSource;
use riparto_tests::{root, run_in, shared};
use serde_json::Value;

fn riparto(line: &str) -> Value {
    let words: Vec<&str> = line
        .split_whitespace()
        .chain(["--format", "json"])
        .collect();
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    let ran = run_in(program, &root(), &words).unwrap();
    assert_eq!(ran.code, 0, "{line}: {}{}", ran.stdout, ran.stderr);
    ran.json()
}

/// Terms stated by hand: the command, the raw end, the end.
const BY_HAND: [(&str, &str, &str); 30] = [
    // Cons. Stato, Ad. Plen. 11/2022: six months, then the 31 days of August; not 28 February.
    (
        "--from 2021-07-30 --months 6 --regime tar",
        "2022-03-02",
        "2022-03-02",
    ),
    // Cass. 1519/2023: 10 November plus 31 days is Sunday 11 December.
    (
        "--from 2016-05-10 --months 6 --regime civile",
        "2016-12-11",
        "2016-12-12",
    ),
    // Cass. 14437/2010: one year plus the 46 days of then is 29 June, a holiday in Roma only.
    (
        "--from 2005-05-14 --years 1 --regime civile --municipality H501",
        "2006-06-29",
        "2006-06-30",
    ),
    (
        "--from 2005-05-14 --years 1 --regime civile",
        "2006-06-29",
        "2006-06-29",
    ),
    // Born in August: 1 September is counted.
    (
        "--from 2023-08-01 --days 60 --regime civile",
        "2023-10-30",
        "2023-10-30",
    ),
    (
        "--from 2023-08-31 --days 60 --regime civile",
        "2023-10-30",
        "2023-10-30",
    ),
    // Ad. Plen. 18/2016: to 2014 the suspension ran to 15 September, and the 16th is counted.
    (
        "--from 2014-08-10 --days 30 --regime tar",
        "2014-10-15",
        "2014-10-15",
    ),
    (
        "--from 2015-08-10 --days 30 --regime tar",
        "2015-09-30",
        "2015-09-30",
    ),
    // The same days backwards: Saturday 15 July is moved back in civil proceedings only.
    (
        "--from 2023-09-05 --days 20 --free-days --back --regime civile-a-ritroso",
        "2023-07-15",
        "2023-07-14",
    ),
    (
        "--from 2023-09-05 --days 20 --free-days --back --regime cpa-a-ritroso",
        "2023-07-15",
        "2023-07-15",
    ),
    // A page prints the raw day, which is a Sunday.
    (
        "--from 2014-10-15 --days 60 --regime tar",
        "2014-12-14",
        "2014-12-15",
    ),
    // Raw on Easter Monday; on New Year's Day; on Saturday 25 April, before a Sunday.
    (
        "--from 2026-02-05 --days 60 --regime tar",
        "2026-04-06",
        "2026-04-07",
    ),
    ("--from 2025-12-02 --days 30", "2026-01-01", "2026-01-02"),
    (
        "--from 2026-02-24 --days 60 --regime tar",
        "2026-04-25",
        "2026-04-27",
    ),
    // Saturdays where sources disagree: the default, and the other choice.
    ("--from 2025-11-06 --days 30", "2025-12-06", "2025-12-06"),
    (
        "--from 2025-11-06 --days 30 --saturday holiday",
        "2025-12-06",
        "2025-12-09",
    ),
    // August does not suspend the extraordinary appeal.
    (
        "--from 2025-05-10 --days 120 --regime straordinario",
        "2025-09-07",
        "2025-09-08",
    ),
    (
        "--from 2025-05-10 --days 120 --regime straordinario --suspension august",
        "2025-10-08",
        "2025-10-08",
    ),
    // 4 October 2021 was a Monday like others; in 2027 it is a holiday.
    (
        "--from 2021-07-05 --days 60 --regime tar",
        "2021-10-04",
        "2021-10-04",
    ),
    ("--from 2027-09-04 --days 30", "2027-10-04", "2027-10-05"),
    // A month that is too short ends on its last day.
    (
        "--from 2024-01-31 --months 1 --regime sostanziale",
        "2024-02-29",
        "2024-02-29",
    ),
    (
        "--from 2024-02-29 --years 1 --regime sostanziale",
        "2025-02-28",
        "2025-02-28",
    ),
    // Born in August: six months from its end. Twice through August: twice 31 days.
    (
        "--from 2025-08-10 --months 6 --regime civile",
        "2026-02-28",
        "2026-03-02",
    ),
    (
        "--from 2024-07-30 --years 1 --regime civile",
        "2025-09-30",
        "2025-09-30",
    ),
    // The first of August is met: 31 days more.
    (
        "--from 2025-02-01 --months 6 --regime tar",
        "2025-09-01",
        "2025-09-01",
    ),
    (
        "--from 2025-01-31 --months 6 --regime tar",
        "2025-07-31",
        "2025-07-31",
    ),
    // Five free days before a council of 10 April 2026, over Easter.
    (
        "--from 2026-04-10 --days 5 --free-days --back",
        "2026-04-04",
        "2026-04-04",
    ),
    // Backwards onto Sunday 1 September 2024: out of the suspension too.
    (
        "--from 2024-09-06 --days 5 --back --regime cpa-a-ritroso",
        "2024-09-01",
        "2024-07-31",
    ),
    // Two days from Good Friday hold two working days: Tuesday and Wednesday.
    (
        "--from 2026-04-03 --days 2 --regime ue-1182-71",
        "2026-04-05",
        "2026-04-08",
    ),
    // Ten days to Saturday 7 November 2026: Saturday is no working day of the Union.
    (
        "--from 2026-10-28 --days 10 --regime ue-1182-71",
        "2026-11-07",
        "2026-11-09",
    ),
];

#[test]
fn terms_stated_by_hand_come_out() {
    for (line, raw, due) in BY_HAND {
        let found = riparto(&format!("term {line}"));
        assert_eq!(
            (&found["raw"], &found["due"]),
            (&raw.into(), &due.into()),
            "{line}"
        );
        let steps = found["steps"].as_array().unwrap();
        let (first, last) = (&steps[0], steps.last().unwrap());
        assert_eq!(first["date"], found["from"], "{line}");
        assert_eq!(last["date"], found["due"], "{line}");
        assert!(first["act"].is_string(), "{line}: {first}");
    }
}

#[test]
fn every_step_that_moves_a_term_cites_its_act() {
    let found = riparto("term --from 2026-02-24 --days 60 --regime tar --lang en");
    let steps = found["steps"].as_array().unwrap();
    let moved: Vec<_> = steps
        .iter()
        .filter(|step| step["why"].as_str().unwrap().contains("will not do"))
        .map(|step| {
            (
                step["date"].as_str().unwrap(),
                step["act"].as_str().unwrap(),
            )
        })
        .collect();
    let slide =
        "Codice del processo amministrativo, art. 52 c. 3; L. 27 maggio 1949, n. 260, art. 2";
    assert_eq!(moved, [("2026-04-25", slide), ("2026-04-26", slide)]);
}

#[test]
fn where_sources_disagree_the_explanation_says_so() {
    let why = |line: &str| {
        let found = riparto(&format!("term {line} --lang en"));
        let steps = found["steps"].as_array().unwrap().iter();
        steps
            .map(|step| step["why"].as_str().unwrap().to_owned())
            .collect::<String>()
    };
    assert!(why("--from 2025-11-06 --days 30").contains("TAR Napoli 661/2012"));
    assert!(
        why("--from 2025-05-09 --days 120 --regime straordinario --saturday holiday")
            .contains("no source says")
    );
    // No Saturday is met: nothing to say of it.
    assert!(!why("--from 2025-11-07 --days 30").contains("TAR Napoli 661/2012"));
}

#[test]
fn the_calendar_keeps_to_its_contract() {
    let found = riparto("calendar 2026");
    assert_eq!(found["year"], 2026);
    let first = &found["holidays"][0];
    let keys: Vec<_> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["date", "name", "act"]);
    assert_eq!(
        (&first["date"], &first["name"]),
        (&"2026-01-01".into(), &"Capodanno".into())
    );
    assert_eq!(first["act"], "L. 27 maggio 1949, n. 260, art. 2");
}

fn dates(year: i32, more: &str) -> Vec<String> {
    let found = riparto(&format!("calendar {year} {more}"));
    let days = found["holidays"].as_array().unwrap().iter();
    days.map(|day| day["date"].as_str().unwrap()[5..].to_owned())
        .collect()
}

#[test]
fn a_holiday_holds_from_the_law_that_made_it() {
    let has = |year: i32, day: &str| dates(year, "").contains(&day.to_owned());
    assert_eq!([1985, 1986].map(|year| has(year, "01-06")), [false, true]);
    assert_eq!(
        [1985, 1986, 1987, 2000, 2001].map(|year| has(year, "06-02")),
        [false, true, false, false, true]
    );
    assert_eq!(
        [2010, 2011, 2012].map(|year| has(year, "03-17")),
        [false, true, false]
    );
    assert_eq!([2025, 2026].map(|year| has(year, "10-04")), [false, true]);
    let june = "06-29".to_owned();
    let in_places = ["", "--municipality F205", "--municipality H501"];
    assert_eq!(
        in_places.map(|place| dates(2026, place).contains(&june)),
        [false, false, true]
    );
}

#[test]
fn the_years_from_2023_to_2030_are_those_published() {
    let Some(shared) = shared() else {
        println!("skipped: the published calendar is not here");
        return;
    };
    let text =
        std::fs::read_to_string(shared.join("published/term_holidays_2023_2030.csv")).unwrap();
    let mut published: BTreeMap<i32, [Vec<String>; 2]> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let (year, day) = (line[..4].parse().unwrap(), line[5..10].to_owned());
        let [national, roma] = published.entry(year).or_default();
        if line.ends_with(",nazionale") {
            national.push(day.clone());
        }
        roma.push(day);
    }
    assert_eq!(published.len(), 8);
    for (year, [national, roma]) in published {
        assert_eq!(dates(year, ""), national, "{year}");
        assert_eq!(dates(year, "--municipality H501"), roma, "{year}");
    }
}

#[test]
fn easter_falls_where_it_is_known_to() {
    // The earliest and the latest there can be, the two exceptions of the moon, and recent years.
    let known = [
        (1583, "1583-04-10"),
        (1598, "1598-03-22"),
        (1609, "1609-04-19"),
        (1666, "1666-04-25"),
        (1818, "1818-03-22"),
        (1886, "1886-04-25"),
        (1943, "1943-04-25"),
        (1954, "1954-04-18"),
        (1961, "1961-04-02"),
        (1981, "1981-04-19"),
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2011, "2011-04-24"),
        (2019, "2019-04-21"),
        (2023, "2023-04-09"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2030, "2030-04-21"),
        (2038, "2038-04-25"),
        (2049, "2049-04-18"),
        (2076, "2076-04-19"),
        (2285, "2285-03-22"),
    ];
    for (year, day) in known {
        assert_eq!(easter(year).unwrap().to_string(), day);
    }
    assert_eq!([1582, 4100].map(easter), [None, None]);
    for year in 1583..=4099 {
        let day = easter(year).unwrap();
        let march = NaiveDate::from_ymd_opt(year, 3, 22).unwrap();
        assert!((0..35).contains(&(day - march).num_days()), "{day}");
        assert_eq!(day.weekday(), chrono::Weekday::Sun, "{day}");
    }
}

/// How an example names its rules, and the regime that it is computed with. What its row says of
/// Saturday, suspension, free days and Roma is passed as options, so that the row decides.
const REGIMES: [(&str, &str); 15] = [
    ("cpa_a_ritroso", "cpa-a-ritroso"),
    ("cpa_art73", "cpa-a-ritroso"),
    ("tributario_a_ritroso", "civile-a-ritroso"),
    ("cpc_30_liberi_confronto", "civile-a-ritroso"),
    ("cpa_", "tar"),
    ("tar_", "tar"),
    ("patrono_milano", "tar"),
    ("cpc_", "civile"),
    ("tributario_ricorso", "civile"),
    ("processuale_", "civile"),
    ("ricorso_straordinario", "straordinario"),
    ("controinteressati", "straordinario"),
    ("civile_sostanziale", "sostanziale"),
    ("sostanziale_", "sostanziale"),
    ("tre_mesi", "sostanziale"),
];

/// Splits a line of CSV; quotes hold a cell together.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

fn command_of(row: &BTreeMap<String, String>) -> String {
    let named = REGIMES
        .iter()
        .find(|(name, _)| row["regime"].starts_with(name));
    // What is left are terms of administrative procedure.
    let regime = named.map_or("procedimento", |(_, regime)| regime);
    let unit = match row["unit"].as_str() {
        "mesi" => "months",
        "anni" => "years",
        _ => "days",
    };
    let (from, n) = (&row["start"], &row["n"]);
    let mut line = format!("term --from {from} --{unit} {n} --regime {regime}");
    let on = |column: &str| row[column] == "1";
    let choice =
        |yes: bool, first: &'static str, second: &'static str| if yes { first } else { second };
    line.push_str(choice(row["op"] == "back_d", " --back", ""));
    line.push_str(choice(on("giorni_liberi"), " --free-days", ""));
    line.push_str(choice(
        on("sospensione_feriale"),
        " --suspension august",
        " --suspension none",
    ));
    line.push_str(choice(
        on("sabato_equiparato"),
        " --saturday holiday",
        " --saturday working",
    ));
    line.push_str(choice(on("comune_di_roma"), " --municipality H501", ""));
    line
}

#[test]
fn every_worked_example_comes_out() {
    let Some(shared) = shared() else {
        println!("skipped: the worked examples are not here");
        return;
    };
    let text = std::fs::read_to_string(shared.join("reference/terms_worked_examples.csv")).unwrap();
    let mut lines = text.lines();
    let header = cells(lines.next().unwrap());
    let mut judged = BTreeMap::<String, usize>::new();
    for line in lines {
        let row: BTreeMap<_, _> = header.iter().cloned().zip(cells(line)).collect();
        let command = command_of(&row);
        let found = riparto(&command);
        // The adversarial row prints the raw end as if it were the end.
        let adversarial = row["basis"] == "ADVERSARIAL";
        let answer = if adversarial {
            &found["raw"]
        } else {
            &found["due"]
        };
        assert_eq!(answer, row["expected"].as_str(), "{}: {command}", row["id"]);
        assert!(
            !adversarial || found["due"] != found["raw"],
            "{}",
            row["id"]
        );
        *judged.entry(row["basis"].clone()).or_default() += 1;
    }
    assert_eq!(judged.values().sum::<usize>(), 46, "{judged:?}");
    assert_eq!(judged["ADVERSARIAL"], 1);
}

fn law() -> Law {
    let (law, faults) = load(&DiskSource::open(&root()).unwrap()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    law.unwrap()
}

fn regime(law: &Law, at: usize) -> &Regime {
    law.regimes.values().nth(at % law.regimes.len()).unwrap()
}

fn day(at: i32) -> NaiveDate {
    // From 1 January 1990, some 55 years.
    let first = NaiveDate::from_ymd_opt(1990, 1, 1)
        .unwrap()
        .num_days_from_ce();
    NaiveDate::from_num_days_from_ce_opt(first + at).unwrap()
}

fn compute(law: &Law, term: &Term<'_>) -> Computed {
    term.compute(law).unwrap()
}

fn lengths() -> impl Strategy<Value = Length> {
    prop_oneof![
        (1u32..400).prop_map(Length::Days),
        (1u32..30).prop_map(Length::Months),
        (1u32..4).prop_map(Length::Years),
    ]
}

proptest! {
    #[test]
    fn an_end_is_never_a_closed_day(at in 0i32..20_000, length in lengths(), which in 0usize..9, back: bool, free_days: bool) {
        let law = law();
        let term = Term { back, free_days, ..Term::new(day(at), length, regime(&law, which)) };
        let found = compute(&law, &term);
        // An office ends on its day, whatever that is.
        let open = law.calendar.holiday(found.due, None).unwrap().is_none();
        prop_assert!(open || term.regime.holiday_act.is_none());
        let saturday = found.due.weekday() == chrono::Weekday::Sat;
        prop_assert!(!saturday || term.saturday().is == Saturday::Working);
        let suspended = law.suspensions.around(found.due).unwrap().is_some();
        prop_assert!(!(suspended && term.runs_back() && term.suspension().is == Suspension::August));
    }

    #[test]
    fn an_end_moves_away_from_the_event_and_never_towards_it(at in 0i32..20_000, length in lengths(), which in 0usize..9, back: bool) {
        let law = law();
        let term = Term { back, ..Term::new(day(at), length, regime(&law, which)) };
        let Computed { raw, due, steps } = compute(&law, &term);
        let ordered = match term.runs_back() {
            true => due <= raw && raw < term.from,
            false => term.from < raw && raw <= due,
        };
        prop_assert!(ordered, "{} {raw} {due}", term.from);
        prop_assert_eq!(steps.last().unwrap().date, due);
        let bilingual = steps.iter().all(|step| !step.why.it.is_empty() && !step.why.en.is_empty());
        prop_assert!(bilingual);
    }

    /// Of months with a suspension this does not hold, by law: one that is born in August is
    /// counted from its last day, which has no way back.
    #[test]
    fn forwards_then_backwards_never_gains_a_day(at in 0i32..20_000, length in lengths(), august: bool) {
        let law = law();
        let from = day(at);
        let days = matches!(length, Length::Days(_));
        let suspension = Some(if august && days { Suspension::August } else { Suspension::None });
        let there = Term { suspension, ..Term::new(from, length, &law.regimes["procedimento"]) };
        let raw = compute(&law, &there).raw;
        let again = Term { from: raw, back: true, ..there };
        prop_assert!(compute(&law, &again).raw <= from);
    }

    /// Of months with a suspension this does not hold, by law: 31 July gains the 31 days of August
    /// after its months, 1 August starts from the 31st.
    #[test]
    fn a_later_event_never_ends_earlier(at in 0i32..20_000, apart in 0i32..60, length in lengths(), which in 0usize..9, back: bool) {
        let law = law();
        let regime = regime(&law, which);
        let days = matches!(length, Length::Days(_));
        let suspension = (!days).then_some(Suspension::None);
        let end = |from| compute(&law, &Term { back, suspension, ..Term::new(from, length, regime) });
        let (first, second) = (end(day(at)), end(day(at + apart)));
        prop_assert!(first.raw <= second.raw && first.due <= second.due, "{first:?} {second:?}");
    }

    #[test]
    fn no_date_and_no_length_is_too_much(year in 1i32..9999, month in 1u32..13, n: u32, which in 0usize..9, back: bool) {
        let law = law();
        let from = NaiveDate::from_ymd_opt(year, month, 28).unwrap();
        for length in [Length::Months(n), Length::Years(n), Length::Days(n.saturating_add(1) % 5000)] {
            let term = Term { back, ..Term::new(from, length, regime(&law, which)) };
            let found = term.compute(&law);
            prop_assert!(found.is_err() || (1978..=4099).contains(&found.unwrap().due.year()));
        }
    }
}
