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
                "the window “{label}” is not open yet: it opens on {opens}, the event came on {at}";
                label = label.clone(), opens = opens.long(), at = at.long()
            ),
            source.cited(),
        ),
        Stands::Closed(closes, act) => (
            say!(
                "è chiusa la finestra «{label}»: si è chiusa {closes}, l'evento è di {at}",
                "the window “{label}” is closed: it closed on {closes}, the event came on {at}";
                label = label.clone(), closes = closes.long(), at = at.long()
            ),
            act,
        ),
        Stands::Unknown(words, act) => (
            say!(
                "non si può dire se la finestra «{label}» è ancora aperta: della proroga si sa solo «{words}», l'evento è di {at}",
                "whether the window “{label}” is still open cannot be said: of its extension only “{words}” is known, the event came on {at}";
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
                let earliest = period.earliest.and_then(|day| edge(day, Edge::Start));
                sure = earliest.map_or(sure, |day| day.max(sure));
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::raw::ActKind;
    use crate::rules::{Act, Cite, Extension};
    use crate::time::{Period, local};

    fn cite(id: &str) -> Cite {
        let act = Act {
            id: id.to_owned(),
            title: id.to_owned(),
            kind: ActKind::Act,
            urn: None,
            link: None,
        };
        Cite {
            act: Arc::new(act),
            article: None,
        }
    }

    fn instant(text: &str) -> RomeTime {
        local(text, None).unwrap()
    }

    /// How a window of 1 to 10 June 2026, extended, stands at an instant, and by which act.
    fn stands_at(extensions: &[Until], at: &str) -> (&'static str, Option<String>) {
        let extensions = extensions.iter().zip(["prima", "seconda"]);
        let window = Window {
            opens_at_an_hour: true,
            closes_at_an_hour: true,
            opens: Some(instant("2026-06-01 09:00")),
            closes: Some(instant("2026-06-10 12:00")),
            extensions: extensions
                .map(|(until, act)| Extension {
                    until: until.clone(),
                    cite: cite(act),
                })
                .collect(),
        };
        let source = Source {
            cite: Some(cite("avviso")),
            assumption: false,
            given: false,
            note: None,
        };
        match stands(&window, &source, instant(at)) {
            Stands::Open => ("open", None),
            Stands::NotYetOpen(_) => ("not yet", None),
            Stands::Closed(_, act) => ("closed", act),
            Stands::Unknown(_, act) => ("unknown", act),
        }
    }

    fn by(act: &str) -> Option<String> {
        Some(act.to_owned())
    }

    #[test]
    fn both_edges_are_within_it() {
        for (at, expected) in [
            ("2026-06-01 08:59:59", ("not yet", None)),
            ("2026-06-01 09:00:00", ("open", None)),
            ("2026-06-10 12:00:00", ("open", None)),
            ("2026-06-10 12:00:01", ("closed", by("avviso"))),
        ] {
            assert_eq!(stands_at(&[], at), expected, "{at}");
        }
    }

    #[test]
    fn the_last_extension_closes_it_and_its_act_answers_for_it() {
        let twice = ["2026-06-12 12:00", "2026-06-15 12:00"].map(|at| Until::At(instant(at)));
        for (at, expected) in [
            ("2026-06-10 12:00:01", ("open", None)),
            ("2026-06-15 12:00:00", ("open", None)),
            ("2026-06-15 12:00:01", ("closed", by("seconda"))),
        ] {
            assert_eq!(stands_at(&twice, at), expected, "{at}");
        }
    }

    #[test]
    fn an_extension_in_words_leaves_unknown_only_what_they_leave_unknown() {
        let day = |text: &str| text.parse().unwrap();
        let words = Until::In {
            text: "luglio 2026".to_owned(),
            period: Period {
                earliest: Some(day("2026-07-01")),
                latest: day("2026-07-31"),
            },
            note: None,
        };
        for (at, expected) in [
            ("2026-06-20 12:00:00", ("open", None)),
            ("2026-07-15 12:00:00", ("unknown", by("prima"))),
            ("2026-07-31 23:59:59", ("unknown", by("prima"))),
            ("2026-08-01 00:00:00", ("closed", by("prima"))),
        ] {
            assert_eq!(
                stands_at(std::slice::from_ref(&words), at),
                expected,
                "{at}"
            );
        }
    }
}
