//! What a reader of the calendar is told: of each entry, and of what has no entry.

use riparto_core::diag::Text;
use riparto_core::outcome::{ConsequenceOutcome, DeadlineOutcome, EventOutcome, ExtensionOutcome};
use riparto_core::rules::Until;
use riparto_core::say;
use riparto_core::terms::long_date;

use super::Almanac;
use super::when::{When, between};

/// Says of which pack the calendar is, then names the deadlines that have no date, a line each.
pub(super) fn calendar(almanac: &Almanac<'_>) -> Vec<Text> {
    let pack = almanac.pack;
    let mut said = vec![say!(
        "scadenze di {pack}, regole lette a {as_of}",
        "deadlines of {pack}, rules read as of {as_of}";
        as_of = long_date(almanac.as_of)
    )];
    let deadlines = almanac.deadlines.iter();
    let undated: Vec<_> = deadlines.filter(|d| When::of(d).is_none()).collect();
    if !undated.is_empty() {
        said.push(say!("senza una data:", "with no date:"));
    }
    said.extend(undated.into_iter().map(undated_line));
    said
}

/// Says all that is known of a deadline, a line for each thing.
pub(super) fn entry(deadline: &DeadlineOutcome, when: &When) -> Vec<Text> {
    let mut said = when.words();
    if matches!(when, When::Opening(_)) {
        said.push(say!("senza un giorno di chiusura", "with no closing day"));
    }
    let first = deadline.first_closes;
    if let Some(first) = first.filter(|first| !when.closes_at(first.utc())) {
        said.push(say!(
            "la prima chiusura era {long} (ora italiana)",
            "it was first to close {long} (Italian time)";
            long = first.long()
        ));
    }
    for extension in &deadline.extensions {
        said.extend(extended(extension));
    }
    if let Some(text) = &deadline.text {
        said.push(say!("la fonte dice: «{text}»", "the source says: «{text}»"));
    }
    if let Some(reading) = deadline.reading.clone() {
        said.push(say!("lettura: {reading}", "reading: {reading}"; reading = reading));
    }
    if let Some(who) = deadline.who.clone() {
        said.push(say!("chi: {who}", "who: {who}"; who = who));
    }
    said.extend(deadline.consequence.iter().flat_map(consequence));
    if let Some(source) = source(deadline.act.as_deref(), deadline.assumption) {
        said.push(say!("fonte: {source}", "source: {source}"; source = source));
    }
    said.extend(note(deadline.note.as_deref()));
    said.extend(computed(deadline));
    said
}

fn undated_line(deadline: &DeadlineOutcome) -> Text {
    let why = match (&deadline.text, awaited(&deadline.events)) {
        (_, Some(events)) => say!("in attesa di {events}", "awaits {events}"; events = events),
        (Some(text), None) => say!(
            "la fonte non fissa una data: «{text}»",
            "the source sets no date: «{text}»"
        ),
        (None, None) => say!("la fonte non fissa una data", "the source sets no date"),
    };
    say!("- {label}: {why}", "- {label}: {why}"; label = deadline.label.clone(), why = why)
}

/// Names the events whose day is not known: a term runs from the first that comes.
fn awaited(events: &[EventOutcome]) -> Option<Text> {
    let unknown = events.iter().filter(|event| event.date.is_none());
    unknown
        .map(|event| event.label.clone())
        .reduce(|one, other| say!("{one} o {other}", "{one} or {other}"; one = one, other = other))
}

fn extended(extension: &ExtensionOutcome) -> Vec<Text> {
    let act = &extension.act;
    match &extension.until {
        Until::At(closes) => vec![say!(
            "prorogata: {long} (ora italiana); fonte: {act}",
            "extended: {long} (Italian time); source: {act}";
            long = closes.long()
        )],
        Until::In { text, period, note } => {
            let days = between(*period);
            let until = say!(
                "prorogata: «{text}», {days}; fonte: {act}",
                "extended: «{text}», {days}; source: {act}";
                days = days
            );
            let note = note.clone();
            let note = note.map(|note| say!("lettura: {note}", "reading: {note}"; note = note));
            [Some(until), note].into_iter().flatten().collect()
        }
    }
}

fn consequence(consequence: &ConsequenceOutcome) -> Vec<Text> {
    let text = consequence.text.clone();
    let mut said = say!("conseguenza: {text}", "consequence: {text}"; text = text);
    if let Some(source) = source(consequence.act.as_deref(), consequence.assumption) {
        said = say!("{said}; fonte: {source}", "{said}; source: {source}"; said = said, source = source);
    }
    let note = note(consequence.note.as_deref());
    [Some(said), note].into_iter().flatten().collect()
}

/// Gives the act, and says what no source says as it stands.
fn source(act: Option<&str>, assumption: bool) -> Option<Text> {
    let assumed = say!(
        "ipotesi, nessuna fonte lo dice così",
        "assumption, no source says so"
    );
    match (act, assumption) {
        (Some(act), true) => {
            Some(say!("{act} [{assumed}]", "{act} [{assumed}]"; assumed = assumed))
        }
        (Some(act), false) => Some(Text::same(act)),
        (None, true) => Some(assumed),
        (None, false) => None,
    }
}

fn note(note: Option<&str>) -> Option<Text> {
    note.map(|note| say!("nota: {note}", "note: {note}"))
}

/// Says from which events a term runs, then how it was counted.
fn computed(deadline: &DeadlineOutcome) -> Vec<Text> {
    let mut said = Vec::new();
    for event in &deadline.events {
        let label = event.label.clone();
        said.push(match event.date.map(long_date) {
            Some(date) => say!(
                "decorre da: {label}, {date}", "runs from: {label}, {date}";
                label = label, date = date
            ),
            None => say!("può decorrere da: {label}", "may run from: {label}"; label = label),
        });
    }
    for step in &deadline.steps {
        let (date, why) = (step.date, step.why.clone());
        said.push(match &step.act {
            Some(act) => say!(
                "- {date}: {why}; fonte: {act}", "- {date}: {why}; source: {act}"; why = why
            ),
            None => say!("- {date}: {why}", "- {date}: {why}"; why = why),
        });
    }
    said
}
