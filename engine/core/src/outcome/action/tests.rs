//! How late an action is: what was seen of it, and when, stated by hand.

use crate::testing::Files;

/// Due by the end of 2024, by February 2025, and from March 2025 on with no last day.
const TIMES: &str = r#"
[window.scelta]
label = "Scelta"
closes = "2024-12-31"
act = "a"
[window.bozza]
label = "Bozza"
closes = "2025-02-28"
act = "a"
[window.cura]
label = "Cura"
opens = "2025-03-01"
act = "a"
[group.g]
label = "Gruppo"
"#;

const TABLE: &str = r#"
[table.passi]
label = "Passi"
key = "riga"
title = "action"
[table.passi.column.riga]
type = "text"
label = "Riga"
[table.passi.column.action]
type = "text"
label = "Azione"
[table.passi.column.date]
type = "date"
label = "Data"
[table.passi.column.state]
type = "text"
label = "Stato"
"#;

/// Gives the days and the words of the lateness of an action with these times, seen on these days.
fn late(times: &str, seen: &[(&str, &str)]) -> Option<(i64, String)> {
    let action = format!(
        "[action.x]\nlabel = \"Accordo\"\ngroup = \"g\"\ndeadlines = [{times}]\nact = \"a\"\n"
    );
    let rows = seen.iter().enumerate();
    let rows = rows.map(|(at, (date, state))| format!("{at},x,{date},{state}\n"));
    let rows = format!("riga,action,date,state\n{}", rows.collect::<String>());
    let blocks = format!("monitoring = \"passi\"\n{TIMES}{action}{TABLE}");
    let (run, faults) = Files::measure(&blocks).run(&[("passi", &rows)]);
    let outcome = run.unwrap_or_else(|| panic!("{faults:?}")).outcome;
    let late = outcome.actions[0].late(&outcome.deadlines)?;
    Some((late.days(), late.said().it))
}

#[test]
fn an_action_still_open_after_its_last_day_is_late_by_the_days_since() {
    let expected = (
        60,
        "in ritardo di 60 giorni rispetto a «Scelta»; ancora aperta",
    );
    for state in ["da avviare", "in corso", "sospesa"] {
        let (days, said) = late("\"scelta\"", &[("2025-03-01", state)]).unwrap();
        assert_eq!((days, said.as_str()), expected, "{state}");
    }
    assert_eq!(late("\"scelta\"", &[("2024-12-31", "in corso")]), None);
    assert_eq!(late("\"scelta\"", &[]), None);
}

#[test]
fn an_open_action_is_late_against_each_time_that_has_passed() {
    let both = "\"scelta\", \"bozza\"";
    let (days, said) = late(both, &[("2025-03-01", "da avviare")]).unwrap();
    assert_eq!(
        (days, said.as_str()),
        (
            60,
            "in ritardo di 60 giorni rispetto a «Scelta», 1 giorno rispetto a «Bozza»; ancora aperta"
        )
    );
    let (days, said) = late(both, &[("2025-01-10", "in corso")]).unwrap();
    assert_eq!(
        (days, said.as_str()),
        (
            10,
            "in ritardo di 10 giorni rispetto a «Scelta»; ancora aperta; ha tempi fino al 2025-02-28"
        )
    );
}

#[test]
fn a_concluded_action_is_late_against_the_latest_of_its_times_alone() {
    let both = "\"scelta\", \"bozza\"";
    let seen = [("2025-03-02", "conclusa"), ("2025-05-02", "conclusa")];
    assert_eq!(
        late(both, &seen),
        Some((2, "in ritardo di 2 giorni rispetto a «Bozza»".to_owned()))
    );
    assert_eq!(late(both, &[("2025-02-28", "conclusa")]), None);
}

#[test]
fn a_time_without_a_last_day_is_left_out_and_named() {
    let (days, said) = late("\"scelta\", \"cura\"", &[("2025-01-10", "conclusa")]).unwrap();
    assert_eq!(
        (days, said.as_str()),
        (
            10,
            "in ritardo di 10 giorni rispetto a «Scelta»; senza contare ciò che non ha una data: «Cura»"
        )
    );
    assert_eq!(late("\"cura\"", &[("2025-04-01", "in corso")]), None);
}
