//! Entries stated by hand: each kind of time, what each says, what no entry can say.

use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::{
    Certainty, ConsequenceOutcome, DeadlineKind, DeadlineOutcome, EventOutcome, ExtensionOutcome,
};
use riparto_core::rules::Until;
use riparto_core::say;
use riparto_core::terms::Step;
use riparto_core::time::{Period, local};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn deadline(id: &str, kind: DeadlineKind) -> DeadlineOutcome {
    DeadlineOutcome {
        id: id.to_owned(),
        measure: "misura".to_owned(),
        label: say!("Domanda", "Application"),
        who: None,
        kind,
        opens: None,
        closes: None,
        first_closes: None,
        extensions: Vec::new(),
        events: Vec::new(),
        at_an_hour: (true, true),
        by: false,
        counted: None,
        raw: None,
        due: None,
        steps: Vec::new(),
        text: None,
        earliest: None,
        latest: None,
        reading: None,
        certainty: Certainty::Exact,
        state: None,
        left: None,
        consequence: None,
        act: None,
        assumption: false,
        note: None,
    }
}

fn window(opens: Option<&str>, closes: Option<&str>) -> DeadlineOutcome {
    DeadlineOutcome {
        opens: opens.map(|text| local(text, None).unwrap()),
        closes: closes.map(|text| local(text, None).unwrap()),
        ..deadline("finestra", DeadlineKind::Window)
    }
}

fn extended_in_words() -> DeadlineOutcome {
    let until = Until::In {
        text: "fino all'autunno".to_owned(),
        period: Period {
            earliest: Some(day("2026-09-22")),
            latest: day("2026-12-20"),
        },
        note: Some(say!("autunno astronomico", "astronomical autumn")),
    };
    DeadlineOutcome {
        first_closes: Some(local("2026-05-18 12:00", None).unwrap()),
        extensions: vec![ExtensionOutcome {
            until,
            act: "Decreto 2".to_owned(),
        }],
        certainty: Certainty::Interval,
        ..window(Some("2026-03-02 09:00"), None)
    }
}

fn prose() -> DeadlineOutcome {
    DeadlineOutcome {
        text: Some("nell'autunno 2025".to_owned()),
        earliest: Some(day("2025-09-22")),
        latest: Some(day("2025-12-31")),
        reading: Some(say!("fino a fine anno", "to the end of the year")),
        certainty: Certainty::Interval,
        ..deadline("autunno", DeadlineKind::Prose)
    }
}

fn term() -> DeadlineOutcome {
    DeadlineOutcome {
        events: vec![EventOutcome {
            id: "pubblicazione".to_owned(),
            label: say!("pubblicazione", "publication"),
            date: Some(day("2024-06-14")),
        }],
        raw: Some(day("2024-09-13")),
        due: Some(day("2024-09-13")),
        steps: vec![Step {
            date: day("2024-06-14"),
            why: say!("non si conta", "not counted"),
            act: Some("c.p.c., art. 155".to_owned()),
        }],
        ..deadline("ricorso", DeadlineKind::Term)
    }
}

fn file(deadlines: &[DeadlineOutcome], lang: Lang) -> String {
    let almanac = Almanac {
        pack: "regione/2026",
        title: &say!("Misure, 2026", "Measures, 2026"),
        as_of: day("2026-01-15"),
        deadlines,
    };
    ics(&almanac, lang)
}

/// Gives the lines as they were before they were folded.
fn unfolded(deadlines: &[DeadlineOutcome], lang: Lang) -> Vec<String> {
    let file = file(deadlines, lang).replace("\r\n ", "");
    file.split_terminator("\r\n").map(str::to_owned).collect()
}

/// Gives the one entry of a file, line by line.
fn entry_of(deadline: DeadlineOutcome, lang: Lang) -> Vec<String> {
    let lines = unfolded(&[deadline], lang).into_iter();
    let lines = lines.skip_while(|line| line != "BEGIN:VEVENT");
    lines.take_while(|line| line != "END:VCALENDAR").collect()
}

fn holds(lines: &[String], wanted: &str) -> bool {
    lines.iter().any(|line| line == wanted)
}

/// Gives the description of the one entry, as a reader sees it.
fn description(deadline: DeadlineOutcome, lang: Lang) -> Vec<String> {
    let entry = entry_of(deadline, lang);
    let said = entry.iter().find_map(|l| l.strip_prefix("DESCRIPTION:"));
    let said = said.unwrap().replace("\\,", ",").replace("\\;", ";");
    said.split("\\n").map(str::to_owned).collect()
}

#[test]
fn a_window_goes_from_its_opening_to_its_closing() {
    let window = window(Some("2026-03-02 09:00"), Some("2026-05-18 12:00"));
    let entry = entry_of(window, Lang::It);
    let said = "lunedì 18 maggio 2026\\, ore 12:00 (ora italiana)";
    let alarm = format!("DESCRIPTION:Domanda: si chiude {said}");
    let description = format!(
        "DESCRIPTION:si apre lunedì 2 marzo 2026\\, ore 09:00 (ora italiana)\\nsi chiude {said}"
    );
    // Winter time is one hour ahead of universal time, summer time two.
    let expected = [
        "BEGIN:VEVENT",
        "UID:misura.finestra.2026.regione@riparto",
        "DTSTAMP:20260115T000000Z",
        "SEQUENCE:0",
        "DTSTART:20260302T080000Z",
        "DTEND:20260518T100000Z",
        "TRANSP:TRANSPARENT",
        "CATEGORIES:misura",
        "SUMMARY:Domanda",
        &description,
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER;RELATED=END:-P7D",
        &alarm,
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER;RELATED=END:-P1D",
        &alarm,
        "END:VALARM",
        "END:VEVENT",
    ];
    assert_eq!(entry, expected);
}

#[test]
fn a_window_with_one_end_is_that_end() {
    let closing = entry_of(window(None, Some("2026-05-18 12:00")), Lang::It);
    assert!(holds(&closing, "DTSTART:20260518T100000Z"));
    assert!(holds(&closing, "SUMMARY:Domanda"));
    assert!(holds(&closing, "TRIGGER;RELATED=START:-P7D"));

    let opening = window(Some("2026-03-02 09:00"), None);
    let said = description(opening.clone(), Lang::En);
    assert_eq!(said.last().unwrap(), "with no closing day");
    let opening = entry_of(opening, Lang::En);
    assert!(holds(&opening, "DTSTART:20260302T080000Z"));
    assert!(holds(&opening, "SUMMARY:Application (opening)"));
    assert!(holds(&opening, "TRIGGER;RELATED=START:-P1D"));
    for entry in [closing, opening] {
        assert!(!entry.iter().any(|line| line.starts_with("DTEND")));
    }
}

#[test]
fn an_extension_moves_the_end_and_the_sequence() {
    let closes = local("2026-06-30 23:59:59", None).unwrap();
    let extended = DeadlineOutcome {
        first_closes: Some(local("2026-05-18 12:00", None).unwrap()),
        extensions: vec![ExtensionOutcome {
            until: Until::At(closes),
            act: "Decreto 1".to_owned(),
        }],
        ..window(Some("2026-03-02 09:00"), Some("2026-06-30 23:59:59"))
    };
    let entry = entry_of(extended.clone(), Lang::It);
    assert!(holds(&entry, "SEQUENCE:1"));
    assert!(holds(&entry, "DTEND:20260630T215959Z"));
    assert!(holds(&entry, "UID:misura.finestra.2026.regione@riparto"));
    assert!(!holds(&entry, "STATUS:TENTATIVE"));
    assert_eq!(
        description(extended, Lang::It),
        [
            "si apre lunedì 2 marzo 2026, ore 09:00 (ora italiana)",
            "si chiude martedì 30 giugno 2026, ore 23:59:59 (ora italiana)",
            "la prima chiusura era lunedì 18 maggio 2026, ore 12:00 (ora italiana)",
            "prorogata: martedì 30 giugno 2026, ore 23:59:59 (ora italiana); fonte: Decreto 1",
        ]
    );
}

#[test]
fn an_extension_in_words_leaves_the_end_tentative() {
    let entry = entry_of(extended_in_words(), Lang::En);
    assert!(holds(&entry, "STATUS:TENTATIVE"));
    assert!(holds(&entry, "SEQUENCE:1"));
    assert!(holds(&entry, "DTSTART:20260302T080000Z"));
    assert!(holds(&entry, "DTEND:20260518T100000Z"));
    assert_eq!(
        description(extended_in_words(), Lang::En),
        [
            "opens Monday 2 March 2026, 09:00 (Italian time)",
            "closing Monday 18 May 2026, 12:00 (Italian time), later extended",
            "extended: «fino all'autunno», between Tuesday 22 September 2026 \
             and Sunday 20 December 2026; source: Decreto 2",
            "reading: astronomical autumn",
        ]
    );
}

#[test]
fn of_two_extensions_the_last_known_to_the_second_is_the_end() {
    let mut twice = extended_in_words();
    let until = Until::At(local("2026-06-30 12:00", None).unwrap());
    let act = "Decreto 1".to_owned();
    twice.extensions.insert(0, ExtensionOutcome { until, act });
    let entry = entry_of(twice.clone(), Lang::It);
    assert!(holds(&entry, "SEQUENCE:2"));
    assert!(holds(&entry, "STATUS:TENTATIVE"));
    assert!(holds(&entry, "DTEND:20260630T100000Z"));
    let first = "la prima chiusura era lunedì 18 maggio 2026, ore 12:00 (ora italiana)";
    assert!(holds(&description(twice, Lang::It), first));
}

#[test]
fn a_term_is_a_day_with_alarms_at_nine_in_the_morning() {
    let entry = entry_of(term(), Lang::En);
    assert!(holds(&entry, "DTSTART;VALUE=DATE:20240913"));
    assert!(!entry.iter().any(|line| line.starts_with("DTEND")));
    assert!(holds(&entry, "TRIGGER:-P6DT15H") && holds(&entry, "TRIGGER:-PT15H"));
    let alarm = "DESCRIPTION:Application: by Friday 13 September 2024";
    assert_eq!(entry.iter().filter(|line| *line == alarm).count(), 2);
    assert_eq!(
        description(term(), Lang::En),
        [
            "by Friday 13 September 2024",
            "runs from: publication, Friday 14 June 2024",
            "- 2024-06-14: not counted; source: c.p.c., art. 155",
        ]
    );
}

#[test]
fn a_time_in_words_is_an_interval_without_alarms() {
    let entry = entry_of(prose(), Lang::It);
    assert!(holds(&entry, "SUMMARY:Domanda (tempo indicativo)"));
    assert!(holds(&entry, "DTSTART;VALUE=DATE:20250922"));
    // The day after the last one.
    assert!(holds(&entry, "DTEND;VALUE=DATE:20260101"));
    assert!(holds(&entry, "STATUS:TENTATIVE") && holds(&entry, "TRANSP:TRANSPARENT"));
    assert!(!holds(&entry, "BEGIN:VALARM"));
    assert_eq!(
        description(prose(), Lang::It),
        [
            "tra lunedì 22 settembre 2025 e mercoledì 31 dicembre 2025",
            "la fonte dice: «nell'autunno 2025»",
            "lettura: fino a fine anno",
        ]
    );
    let entry = entry_of(prose(), Lang::En);
    assert!(holds(&entry, "SUMMARY:Application (approximate time)"));
}

#[test]
fn what_has_no_date_is_named_in_the_calendar() {
    let event = |id: &str, label: Text| EventOutcome {
        id: id.to_owned(),
        label,
        date: None,
    };
    let awaiting = DeadlineOutcome {
        events: vec![
            event("notifica", say!("notifica", "notice")),
            event("pubblicazione", say!("pubblicazione", "publication")),
        ],
        certainty: Certainty::AwaitsEvent,
        ..deadline("ricorso", DeadlineKind::Term)
    };
    let not_stated = DeadlineOutcome {
        label: say!("Rendiconto", "Report"),
        text: Some("al più presto".to_owned()),
        certainty: Certainty::NotStated,
        ..deadline("rendiconto", DeadlineKind::Prose)
    };
    let empty = DeadlineOutcome {
        label: say!("Bando", "Call"),
        ..window(None, None)
    };
    let deadlines = [awaiting, not_stated, empty, term()];
    let said = "scadenze di regione/2026\\, regole lette a giovedì 15 gennaio 2026\
        \\nsenza una data:\
        \\n- Domanda: in attesa di notifica o pubblicazione\
        \\n- Rendiconto: la fonte non fissa una data: «al più presto»\
        \\n- Bando: la fonte non fissa una data";
    let lines = unfolded(&deadlines, Lang::It);
    assert!(holds(&lines, &format!("DESCRIPTION:{said}")));
    assert!(holds(&lines, &format!("X-WR-CALDESC:{said}")));
    assert_eq!(
        lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(),
        1
    );
}

#[test]
fn an_entry_says_who_must_keep_it_and_what_stands_behind_it() {
    let known = DeadlineOutcome {
        who: Some(say!("i Comuni", "municipalities")),
        consequence: Some(ConsequenceOutcome {
            text: say!("esclusione", "exclusion"),
            act: None,
            assumption: true,
            note: Some("lo dice la prassi".to_owned()),
        }),
        act: Some("D.D. 1/2024".to_owned()),
        assumption: true,
        note: Some("da confermare".to_owned()),
        events: Vec::new(),
        steps: Vec::new(),
        ..term()
    };
    assert_eq!(
        description(known.clone(), Lang::It),
        [
            "entro venerdì 13 settembre 2024",
            "chi: i Comuni",
            "conseguenza: esclusione; fonte: ipotesi, nessuna fonte lo dice così",
            "nota: lo dice la prassi",
            "fonte: D.D. 1/2024 [ipotesi, nessuna fonte lo dice così]",
            "nota: da confermare",
        ]
    );
    let said = description(known, Lang::En);
    assert_eq!(said[1], "who: municipalities");
    assert_eq!(
        said[4],
        "source: D.D. 1/2024 [assumption, no source says so]"
    );
}

#[test]
fn the_calendar_says_what_it_is_in_each_language() {
    let italian = unfolded(&[], Lang::It);
    let version = env!("CARGO_PKG_VERSION");
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        &format!("PRODID:-//Riparto//{version}//IT"),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Misure\\, 2026",
        "X-WR-CALNAME:Misure\\, 2026",
        "DESCRIPTION:scadenze di regione/2026\\, regole lette a giovedì 15 gennaio 2026",
        "X-WR-CALDESC:scadenze di regione/2026\\, regole lette a giovedì 15 gennaio 2026",
        "X-WR-TIMEZONE:Europe/Rome",
        "END:VCALENDAR",
    ];
    assert_eq!(italian, expected);
    let english = unfolded(&[], Lang::En);
    assert!(holds(
        &english,
        &format!("PRODID:-//Riparto//{version}//EN")
    ));
    assert!(holds(&english, "NAME:Measures\\, 2026"));
}

#[test]
fn any_label_keeps_lines_short_and_ended_by_crlf() {
    for accents in 0..80 {
        let label = format!("{}è, à; 😀\nù\r\n{}", "x".repeat(accents), "é".repeat(90));
        let labelled = |from: DeadlineOutcome| DeadlineOutcome {
            label: Text::same(&label),
            ..from
        };
        let deadlines = [
            labelled(term()),
            labelled(prose()),
            labelled(extended_in_words()),
        ];
        for lang in [Lang::It, Lang::En] {
            let written = file(&deadlines, lang);
            assert_eq!(written, file(&deadlines, lang), "same bytes");
            assert!(written.ends_with("END:VCALENDAR\r\n"));
            for line in written.split_terminator("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            let summary = label.replace(',', "\\,").replace(';', "\\;");
            let summary = summary.replace("\r\n", "\\n").replace('\n', "\\n");
            let lines = unfolded(&deadlines, lang);
            assert!(holds(&lines, &format!("SUMMARY:{summary}")));
        }
    }
}
