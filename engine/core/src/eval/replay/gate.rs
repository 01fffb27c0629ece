//! Whether an instant is within the window of a transition, extensions included.

use crate::outcome::Refusal;
use crate::rules::{Measure, Source, Time, Transition, Until, Window};
use crate::say;
use crate::time::{Edge, RomeTime};

/// Gives the reason for which a transition cannot be done at an instant; none where it can.
pub fn shut(measure: &Measure, rule: &Transition, at: RomeTime) -> Option<Refusal> {
    let id = rule.window.as_ref()?;
    let deadline = measure.deadlines.iter().find(|d| d.id == *id)?;
    let Time::Window(window) = &deadline.time else {
        return None;
    };
    let (label, source) = (&deadline.label, &deadline.source);
    let (text, act) = match stands(window, source, at) {
        Stands::Open => return None,
        Stands::NotYetOpen(opens) => (
            say!(
                "non è ancora aperta la finestra «{label}»: si apre {opens}, l'evento è di {at}",
                "the window “{label}” is not open yet: it opens on {opens}, the event is of {at}";
                label = label.clone(), opens = opens.long(), at = at.long()
            ),
            source.cited(),
        ),
        Stands::Closed(closes, act) => (
            say!(
                "è chiusa la finestra «{label}»: si è chiusa {closes}, l'evento è di {at}",
                "the window “{label}” is closed: it closed on {closes}, the event is of {at}";
                label = label.clone(), closes = closes.long(), at = at.long()
            ),
            act,
        ),
        Stands::Unknown(words, act) => (
            say!(
                "non si può dire se la finestra «{label}» è ancora aperta: della proroga si sa solo «{words}», l'evento è di {at}",
                "whether the window “{label}” is still open cannot be said: of its extension only “{words}” is known, the event is of {at}";
                label = label.clone(), at = at.long()
            ),
            act,
        ),
    };
    Some(Refusal {
        condition: "window".to_owned(),
        text,
        act,
        assumption: source.assumption,
    })
}

/// How a window stands at an instant.
enum Stands<'w> {
    Open,
    NotYetOpen(RomeTime),
    Closed(RomeTime, Option<String>),
    /// It was extended to a day that no source says: the words, and the act.
    Unknown(&'w str, Option<String>),
}

fn stands<'w>(window: &'w Window, source: &Source, at: RomeTime) -> Stands<'w> {
    if let Some(opens) = window.opens.filter(|opens| at < *opens) {
        return Stands::NotYetOpen(opens);
    }
    let Some(first) = window.closes else {
        return Stands::Open;
    };
    // Until `sure` it is open, after `last` it is closed.
    let (mut sure, mut last, mut words, mut act) = (first, first, None, source.cited());
    for extension in &window.extensions {
        act = Some(extension.cite.to_string());
        match &extension.until {
            Until::At(closes) => (sure, last, words) = (*closes, *closes, None),
            Until::In { text, period, .. } => {
                let edge = |day, edge| RomeTime::of_day(day, edge).ok();
                sure = edge(period.earliest, Edge::Start).map_or(sure, |day| day.max(sure));
                last = edge(period.latest, Edge::End).map_or(last, |day| day.max(last));
                words = Some(text);
            }
        }
    }
    match words {
        _ if at <= sure => Stands::Open,
        Some(words) if at <= last => Stands::Unknown(words, act),
        _ => Stands::Closed(last, act),
    }
}
