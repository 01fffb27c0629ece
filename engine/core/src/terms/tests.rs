//! Rules on terms that are wrong, and what small rules give.

use chrono::NaiveDate;

use super::{FILES, Law, Length, Term, TermFault, load};
use crate::diag::Code;
use crate::pack::raw::calendar::Suspension;
use crate::testing::Files;

const HOLIDAYS: &str = r#"
[covers]
from = 2000
to = 2030
[act.legge]
title = "Legge"
[sunday]
name = "domenica"
name_en = "Sunday"
act = "legge art. 1"
[holiday.festa]
name = "Festa"
name_en = "Feast"
day = "03-04"
from = 2005
until = { year = 2010, act = "legge art. 9" }
act = "legge art. 2"
"#;

const SUSPENSION: &str = r#"
[covers]
from = 2000
[act.legge]
title = "Legge"
[period.agosto]
start = "08-01"
end = "08-31"
act = "legge"
"#;

const REGIMES: &str = r#"
[act.legge]
title = "Legge"
[free_days]
act = "legge"
[regime.prova]
label = "Prova"
label_en = "Trial"
free_days = true
count = { act = "legge" }
months = { act = "legge" }
holiday = { act = "legge" }
saturday = { is = "working", act = "legge" }
suspension = { is = "august", act = "legge" }
"#;

const WORDS: &str = r#"
[covers]
from = 2000
to = 2030
[act.legge]
title = "Legge"
[school_year]
words = ["a.s."]
start = "09-01"
end = "08-31"
act = "legge art. 3"
note = "da settembre"
note_en = "from September"
[part.estate]
words = ["estate", "bella stagione"]
start = "06-01"
end = "09-23"
assumption = true
note = "da giugno"
note_en = "from June"
"#;

const TEXTS: [&str; 4] = [HOLIDAYS, SUSPENSION, REGIMES, WORDS];

fn files(texts: [&str; 4]) -> Files {
    let named = FILES.into_iter().zip(texts);
    named.fold(Files::default(), |files, (path, text)| {
        files.with(path, text)
    })
}

fn law() -> Law {
    let (law, faults) = load(&files(TEXTS)).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    law.unwrap()
}

fn codes(file: usize, old: &str, new: &str) -> Vec<(Code, usize)> {
    let mut texts = TEXTS.map(str::to_owned);
    assert_eq!(texts[file].matches(old).count(), 1, "{old}");
    texts[file] = texts[file].replace(old, new);
    let (law, faults) = load(&files(texts.each_ref().map(String::as_str))).unwrap();
    assert!(law.is_none());
    let place = |place: Option<crate::diag::Place>| place.map_or(0, |place| place.line);
    let found = faults.into_sorted().into_iter();
    found.map(|d| (d.code, place(d.place))).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_file_that_is_wrong_says_where() {
    assert_eq!(
        codes(0, "legge art. 2", "legg art. 2"),
        [(Code::UnknownName, 17)]
    );
    assert_eq!(
        codes(0, "legge art. 9", "abrogata"),
        [(Code::UnknownName, 16)]
    );
    assert_eq!(codes(0, "03-04", "02-30"), [(Code::MalformedValue, 14)]);
    assert_eq!(codes(0, "03-04", "3-4"), [(Code::MalformedValue, 14)]);
    assert_eq!(
        codes(0, "day = \"03-04\"", "easter = 1\non = \"2011-03-17\""),
        [(Code::InvalidRule, 11)]
    );
    assert_eq!(codes(1, "08-31", "07-31"), [(Code::InvalidRule, 8)]);
    assert_eq!(
        codes(2, "\"working\"", "\"rest\""),
        [(Code::MalformedValue, 13)]
    );
    let none = "\nworking_days = { least = 0, act = \"legge\" }\nsaturday";
    assert_eq!(codes(2, "\nsaturday", none), [(Code::MalformedValue, 13)]);
}

#[test]
fn words_that_are_wrong_say_where() {
    assert_eq!(codes(3, "06-01", "1 giugno"), [(Code::MalformedValue, 16)]);
    assert_eq!(codes(3, "09-23", "02-29"), [(Code::MalformedValue, 17)]);
    assert_eq!(
        codes(3, "legge art. 3", "decreto"),
        [(Code::UnknownName, 11)]
    );
    assert_eq!(
        codes(3, "assumption = true\n", ""),
        [(Code::MissingAct, 14)]
    );
    assert_eq!(
        codes(3, "\nassumption = true", "\nassumption = false"),
        [(Code::MissingAct, 14)]
    );
    // Case and spaces make no other word.
    for again in ["Estate", "BELLA  stagione", "A. S."] {
        let words = format!("\"bella stagione\",\n\"{again}\"]");
        assert_eq!(
            codes(3, "\"bella stagione\"]", &words),
            [(Code::InvalidRule, 16)],
            "{again}"
        );
    }
    for no_word in ["", "  ", "estate!"] {
        let words = format!("\"{no_word}\"]");
        let found = codes(3, "\"bella stagione\"]", &words);
        assert_eq!(found, [(Code::MalformedValue, 15)], "{no_word}");
    }
    assert_eq!(codes(3, "[\"a.s.\"]", "[]"), [(Code::InvalidRule, 8)]);
}

#[test]
fn a_reading_says_the_choice_and_the_act_behind_it() {
    let words = law().words;
    let note = |text| words.read(text).unwrap().note.unwrap();
    assert_eq!(note("estate 2025").it, "da giugno");
    assert_eq!(note("a.s. 2025/26").en, "from September (Legge, art. 3)");
}

#[test]
fn a_file_that_is_missing_is_named() {
    let (law, faults) = load(&Files::default()).unwrap();
    assert!(law.is_none());
    let named: Vec<_> = faults.iter().map(|d| d.message.it.clone()).collect();
    assert_eq!(named, FILES.map(|path| format!("manca il file `{path}`")));
}

#[test]
fn a_term_of_office_ends_on_its_day_even_if_it_is_a_holiday() {
    let law = law();
    let ends = |from: &str, years| {
        let mut regime = law.regimes["prova"].clone();
        (regime.free_days, regime.holiday_act) = (false, None);
        let term = Term {
            suspension: Some(Suspension::None),
            ..Term::new(day(from), Length::Years(years), &regime)
        };
        term.compute(&law).unwrap().due
    };
    // 4 March 2008 is the feast; 6 March 2011 a Sunday.
    assert_eq!(ends("2005-03-04", 3), day("2008-03-04"));
    assert_eq!(ends("2008-03-06", 3), day("2011-03-06"));
}

#[test]
fn a_holiday_ends_with_the_law_that_took_it_away() {
    let law = law();
    let feasts = |year| law.calendar.year(year, None).unwrap().len();
    assert_eq!([2004, 2005, 2010, 2011].map(feasts), [0, 1, 1, 0]);
}

#[test]
fn a_year_out_of_the_table_is_refused() {
    let law = law();
    let fault = |year| TermFault::NotCovered {
        year,
        from: 2000,
        to: 2030,
    };
    assert_eq!(law.calendar.year(1999, None), Err(fault(1999)));
    let term = Term::new(day("2030-12-01"), Length::Days(60), &law.regimes["prova"]);
    assert_eq!(term.compute(&law), Err(fault(2031)));
}

#[test]
fn the_day_left_free_is_never_one_of_the_suspension() {
    let law = law();
    // Ten days from 21 July are the 31st; the day after that is counted is 1 September.
    let term = Term::new(day("2025-07-21"), Length::Days(10), &law.regimes["prova"]);
    assert_eq!(term.compute(&law).unwrap().raw, day("2025-09-01"));
    // Backwards from 4 September, three days are the 1st; the one before is 31 July.
    let term = Term {
        back: true,
        ..Term::new(day("2025-09-04"), Length::Days(3), &law.regimes["prova"])
    };
    assert_eq!(term.compute(&law).unwrap().raw, day("2025-07-31"));
}

#[test]
fn months_backwards_leave_august_out_too() {
    let law = law();
    let end = |from, months| {
        let mut regime = law.regimes["prova"].clone();
        regime.free_days = false;
        let term = Term {
            back: true,
            ..Term::new(day(from), Length::Months(months), &regime)
        };
        term.compute(&law).unwrap().raw
    };
    // One month before 15 September is 15 August: 31 days earlier, 15 July.
    assert_eq!(end("2025-09-15", 1), day("2025-07-15"));
    // Born in August: counted from its first day.
    assert_eq!(end("2025-08-20", 2), day("2025-06-01"));
    // Through two Augusts.
    assert_eq!(end("2025-09-15", 12), day("2024-07-15"));
}
