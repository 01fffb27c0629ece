//! Offices as text: how to reach them, their hours, and when they answer next.

use chrono::Weekday;
use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::{Answers, OfficeOutcome};
use riparto_core::rules::Hours;
use riparto_core::say;

use super::style::Dress;

/// Renders the offices of a pack; nothing where it has none.
pub fn text(offices: &[OfficeOutcome], lang: Lang, terminal: bool) -> String {
    if offices.is_empty() {
        return String::new();
    }
    let heading = say!("Chi risponde", "Who answers");
    let heading = Dress::new(terminal).heading(heading.get(lang));
    let each: Vec<String> = offices.iter().map(|o| one(o, lang)).collect();
    format!("\n{heading}\n{}\n", each.join("\n\n"))
}

fn one(office: &OfficeOutcome, lang: Lang) -> String {
    let mut head = format!("  {}", office.label.get(lang));
    if let Some(answers) = office.answers {
        let stands = match answers {
            Answers::Until(until) => say!(
                "risponde, fino alle {time}", "it answers, until {time}";
                time = Text::same(until.time())
            ),
            Answers::From(from) => say!(
                "non risponde; di nuovo {from}", "it does not answer; again {from}";
                from = from.long()
            ),
        };
        head.push_str(&format!(" · {}", stands.get(lang)));
    }
    let mut lines = vec![head];
    let mut line = |name: Text, value: &str| {
        lines.push(format!("    {:<10} {value}", name.get(lang)));
    };
    if let Some(about) = &office.about {
        line(say!("per", "on"), about.get(lang));
    }
    for channel in &office.channels {
        line(say!("contatto", "contact"), channel);
    }
    for hours in &office.hours {
        line(say!("orario", "hours"), span(hours).get(lang));
    }
    if let Some(act) = &office.act {
        line(say!("fonte", "source"), act);
    }
    if let Some(note) = &office.note {
        line(say!("nota", "note"), note);
    }
    lines.join("\n")
}

fn span(hours: &Hours) -> Text {
    let names: Vec<Text> = hours.days.iter().map(|day| weekday(*day)).collect();
    let join = |side: fn(&Text) -> &str| names.iter().map(side).collect::<Vec<_>>().join(", ");
    let (it, en) = (join(|text| &text.it), join(|text| &text.en));
    let (from, to) = (hours.from.format("%H:%M"), hours.to.format("%H:%M"));
    say!("{it}: {from}–{to}", "{en}: {from}–{to}")
}

fn weekday(day: Weekday) -> Text {
    match day {
        Weekday::Mon => say!("lunedì", "Monday"),
        Weekday::Tue => say!("martedì", "Tuesday"),
        Weekday::Wed => say!("mercoledì", "Wednesday"),
        Weekday::Thu => say!("giovedì", "Thursday"),
        Weekday::Fri => say!("venerdì", "Friday"),
        Weekday::Sat => say!("sabato", "Saturday"),
        Weekday::Sun => say!("domenica", "Sunday"),
    }
}
