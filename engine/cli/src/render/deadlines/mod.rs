//! The deadlines of a pack as text: a timeline, then each with all that is known of it.

mod timeline;

pub use timeline::timeline;

use riparto_core::diag::{Lang, Text};
use riparto_core::eval::Moment;
use riparto_core::outcome::{Certainty, DeadlineKind, DeadlineOutcome, EventOutcome, State};
use riparto_core::rules::{Pack, Until};
use riparto_core::say;
use riparto_core::terms::long_date;
use riparto_core::words;

use super::style::{Dress, Page};

/// Renders the deadlines of a pack.
pub fn text(
    pack: &Pack,
    moment: &Moment,
    deadlines: &[DeadlineOutcome],
    lang: Lang,
    terminal: bool,
) -> String {
    let dress = Dress::new(terminal);
    let page = Page { lang, dress };
    let heading = format!("{} ({})", pack.title.get(lang), pack.id);
    let mut head = dress.heading(&heading);
    if let Some(at) = moment.at {
        let at = say!("stato a {at}", "state at {at}"; at = at.long());
        head.push_str(&format!("\n{}", at.get(lang)));
    }
    let mut blocks = vec![head];
    if deadlines.is_empty() {
        let none = say!("nessuna scadenza", "no deadlines");
        blocks.push(none.get(lang).to_owned());
    }
    blocks.extend(timeline(deadlines, moment.at, page));
    for measure in &pack.measures {
        blocks.extend(measure_block(
            measure.title.get(lang),
            deadlines.iter().filter(|d| d.measure == measure.id),
            page,
        ));
    }
    blocks.join("\n\n") + "\n"
}

/// Renders the deadlines of one measure under its title; nothing where it has none.
pub fn measure_block<'d>(
    title: &str,
    deadlines: impl Iterator<Item = &'d DeadlineOutcome>,
    page: Page,
) -> Option<String> {
    let each: Vec<String> = deadlines.map(|d| details(d, page)).collect();
    let heading = page.dress.heading(title);
    (!each.is_empty()).then(|| format!("{heading}\n{}", each.join("\n\n")))
}

fn details(deadline: &DeadlineOutcome, page: Page) -> String {
    let lang = page.lang;
    let mut head = format!("  {}", deadline.label.get(lang));
    if let Some(state) = state(deadline) {
        head.push_str(&format!(" · {}", state.get(lang)));
    }
    let mut lines = vec![head];
    let mut line = |name: Text, value: String| {
        lines.push(format!("    {:<10} {value}", name.get(lang)));
    };
    match deadline.kind {
        DeadlineKind::Window => {
            for (name, value) in window(deadline) {
                line(name, value.get(lang).to_owned());
            }
        }
        DeadlineKind::Term => {
            for (name, value) in term(deadline) {
                line(name, value.get(lang).to_owned());
            }
            for step in &deadline.steps {
                let act = step.act.as_ref().map(|act| format!(" · {act}"));
                let (date, why) = (step.date, step.why.get(lang));
                line(
                    Text::same(""),
                    format!("{date}  {why}{}", act.unwrap_or_default()),
                );
            }
        }
        DeadlineKind::Prose => {
            for (name, value) in prose(deadline) {
                line(name, value.get(lang).to_owned());
            }
        }
    }
    if let Some(who) = &deadline.who {
        line(say!("chi", "who"), who.get(lang).to_owned());
    }
    if let Some(consequence) = &deadline.consequence {
        let source = cited(
            consequence.act.as_deref(),
            consequence.assumption,
            consequence.note.as_deref(),
            page,
        );
        let text = consequence.text.get(lang);
        line(say!("se manca", "if missed"), format!("{text} · {source}"));
    }
    let source = cited(
        deadline.act.as_deref(),
        deadline.assumption,
        deadline.note.as_deref(),
        page,
    );
    line(say!("fonte", "source"), source);
    lines.join("\n")
}

fn cited(act: Option<&str>, assumption: bool, note: Option<&str>, page: Page) -> String {
    let mut parts: Vec<String> = act.map(str::to_owned).into_iter().collect();
    if assumption {
        let word = say!("[ipotesi]", "[assumption]");
        parts.push(page.dress.warning(word.get(page.lang)));
    }
    let source = parts.join(" ");
    match note {
        Some(note) => format!("{source}; {note}"),
        None => source,
    }
}

fn window(deadline: &DeadlineOutcome) -> Vec<(Text, Text)> {
    let mut lines = Vec::new();
    lines.push((
        say!("apre", "opens"),
        match deadline.opens {
            Some(opens) if deadline.at_an_hour.0 => opens.long(),
            Some(opens) => say!(
                "{day} (l'ora non è detta: dall'inizio del giorno)",
                "{day} (no hour is stated: from the start of the day)";
                day = long_date(opens.day())
            ),
            None => say!("la fonte non lo dice", "the source does not say"),
        },
    ));
    let first = deadline.first_closes.or(deadline.closes);
    lines.push((
        say!("chiude", "closes"),
        match first {
            Some(closes) if deadline.at_an_hour.1 => closes.long(),
            Some(closes) => say!(
                "{day} (l'ora non è detta: fino alle {time})",
                "{day} (no hour is stated: until {time})";
                day = long_date(closes.day()), time = Text::same(closes.time())
            ),
            None => say!("non ha un giorno di chiusura", "it has no closing day"),
        },
    ));
    for extension in &deadline.extensions {
        let until = match &extension.until {
            Until::At(at) => at.long(),
            Until::In { text, period, .. } => say!(
                "«{text}», {days}", "«{text}», {days}";
                days = period.said()
            ),
        };
        let act = &extension.act;
        let until = say!("{until} · {act}", "{until} · {act}"; until = until);
        lines.push((say!("prorogata", "extended"), until));
        if let Until::In {
            note: Some(note), ..
        } = &extension.until
        {
            lines.push((say!("lettura", "reading"), note.clone()));
        }
    }
    lines
}

fn term(deadline: &DeadlineOutcome) -> Vec<(Text, Text)> {
    let mut lines = Vec::new();
    if let Some(counted) = &deadline.counted {
        let id = &counted.regime;
        lines.push((
            say!("durata", "length"),
            say!(
                "{length}, regime `{id}`: {regime}", "{length}, regime `{id}`: {regime}";
                length = counted.length.said(), regime = counted.regime_label.clone()
            ),
        ));
        let rules = counted.rules.iter().map(|rule| rule.sentence());
        lines.extend(rules.map(|rule| (Text::same(""), rule)));
    }
    let names = |given: bool| {
        let events = deadline.events.iter().filter(|e| e.date.is_some() == given);
        events.collect::<Vec<&EventOutcome>>()
    };
    for event in names(true) {
        let Some(date) = event.date else { continue };
        let on = say!(
            "{event}, {date}", "{event}, {date}";
            event = event.label.clone(), date = long_date(date)
        );
        lines.push((say!("evento", "event"), on));
    }
    match deadline.due {
        Some(due) => lines.push((say!("scade", "ends"), long_date(due))),
        None => {
            for event in names(false) {
                let id = &event.id;
                lines.push((
                    say!("attende", "awaits"),
                    say!(
                        "{label}: `--event {id}=DATA`", "{label}: `--event {id}=DATE`";
                        label = event.label.clone()
                    ),
                ));
            }
        }
    }
    lines
}

fn prose(deadline: &DeadlineOutcome) -> Vec<(Text, Text)> {
    let text = deadline.text.as_deref().unwrap_or_default();
    let mut lines = vec![(say!("parole", "words"), say!("«{text}»", "«{text}»"))];
    let days = deadline.period().map(|period| period.said());
    lines.push((
        say!("quando", "when"),
        days.unwrap_or_else(|| say!("la fonte non fissa una data", "the source sets no date")),
    ));
    let reading = deadline.reading.clone();
    lines.extend(reading.map(|reading| (say!("lettura", "reading"), reading)));
    lines
}

/// Says how a deadline stands, with the time left to its next edge.
fn state(deadline: &DeadlineOutcome) -> Option<Text> {
    let left = deadline.left.map(words::lasting);
    // Of what is known in words only, no time is left that could be said.
    let in_words = deadline.certainty == Certainty::Interval;
    let (ahead, open, past) = match deadline.kind {
        DeadlineKind::Window => (
            say!("non ancora aperta", "not yet open"),
            say!("aperta", "open"),
            say!("chiusa", "closed"),
        ),
        DeadlineKind::Term | DeadlineKind::Prose => (
            say!("non ancora iniziato", "not yet begun"),
            say!("in corso", "running"),
            say!("scaduto", "ended"),
        ),
    };
    let extended = say!("prorogata", "extended");
    Some(match (deadline.state?, left) {
        (State::NotYetOpen, Some(left)) => {
            let one = deadline.left.is_some_and(words::is_one_unit);
            let missing = if one { "manca" } else { "mancano" };
            say!("{ahead}: {missing} {left}", "{ahead}: in {left}"; ahead = ahead, left = left)
        }
        (State::NotYetOpen, None) => ahead,
        (State::Open, left) => with_left(open, left, in_words),
        (State::Extended, left) => with_left(extended, left, in_words),
        (State::Closed, _) => past,
    })
}

fn with_left(word: Text, left: Option<Text>, in_words: bool) -> Text {
    match left {
        Some(left) => {
            say!("{word}, ancora {left}", "{word}, {left} left"; word = word, left = left)
        }
        None if in_words => say!(
            "{word}, la fine è nota solo a parole", "{word}, its end is known in words only";
            word = word
        ),
        None => word,
    }
}
