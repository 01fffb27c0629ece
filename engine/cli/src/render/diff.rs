//! What changes between two packs as text: each deadline that moves, then each rule, with the acts.

use riparto_core::diag::{Lang, Text};
use riparto_core::diff::{DeadlineChange, Differences, TermChange};
use riparto_core::outcome::{Certainty, DeadlineOutcome};
use riparto_core::say;
use riparto_core::terms::{Step, long_date};

use super::style::{Dress, Page};

mod amounts;
mod rules;

/// Renders what changes.
pub fn text(found: &Differences, lang: Lang, terminal: bool) -> String {
    let dress = Dress::new(terminal);
    let page = Page { lang, dress };
    let mut blocks = vec![dress.heading(&format!("{} → {}", found.before, found.after))];
    blocks.extend(times(found, page));
    blocks.extend(rules::blocks(found, page));
    blocks.extend(amounts::blocks(found, page, terminal));
    blocks.join("\n\n") + "\n"
}

/// A measure by its title, then the name of its file.
fn heading(found: &Differences, measure: &str, page: Page) -> String {
    match found.titles.get(measure) {
        Some(title) => format!("{} · {measure}", title.get(page.lang)),
        None => measure.to_owned(),
    }
}

/// The deadlines that change by measure, then the terms that would end on another day.
fn times(found: &Differences, page: Page) -> Vec<String> {
    let years: Vec<String> = found.years.iter().map(i32::to_string).collect();
    let years = years.join(", ");
    if found.deadlines.is_empty() && found.terms.is_empty() {
        let none = match found.years.is_empty() {
            true => say!(
                "nessuna scadenza cambia data",
                "no deadline changes its date"
            ),
            false => say!(
                "nessuna scadenza cambia data; i termini che partono da un fatto ancora da venire finiscono negli stessi giorni di prima, in qualunque giorno del {years} il fatto accada",
                "no deadline changes its date; the terms that run from something yet to happen end on the same days as before, on whatever day of {years} it happens"
            ),
        };
        return vec![none.get(page.lang).to_owned()];
    }
    let mut blocks = vec![
        page.dress
            .heading(say!("Scadenze che cambiano", "Deadlines that change").get(page.lang)),
    ];
    let by_measure = found
        .deadlines
        .chunk_by(|one, next| measure(one) == measure(next));
    blocks.extend(by_measure.map(|deadlines| {
        let name = deadlines.first().map(measure).unwrap_or_default();
        let edited = found.before == found.after;
        let each = deadlines.iter().map(|one| one_change(one, edited, page));
        let each: String = each.collect();
        format!("{}{each}", heading(found, name, page))
    }));
    let terms = found.terms.iter();
    blocks.extend(terms.map(|term| {
        let head = heading(found, &term.measure, page);
        format!("{head}{}", one_term(term, &years, page))
    }));
    blocks
}

fn measure(change: &DeadlineChange) -> &str {
    let named = change.after.as_ref().or(change.before.as_ref());
    named.map_or("", |deadline| deadline.measure.as_str())
}

/// A deadline with its dates: on both sides where it moves, on its own where one pack does not have
/// it. Only in an edited pack is it new or gone: no pack takes over the times of another.
fn one_change(change: &DeadlineChange, edited: bool, page: Page) -> String {
    let (only_before, only_after) = change.steps();
    let lines = match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let mut lines = vec![format!("  {}", after.label.get(page.lang))];
            let sides = [
                (say!("prima", "before"), before, &only_before),
                (say!("dopo", "after"), after, &only_after),
            ];
            for (word, deadline, steps) in sides {
                lines.extend(side(Some(&word), deadline, steps, page));
            }
            lines
        }
        (Some(gone), None) => {
            let what = match edited {
                true => say!("scadenza che non c'è più", "no longer a deadline"),
                false => say!(
                    "scadenza che non è in questo pacchetto",
                    "a deadline that is not in this pack"
                ),
            };
            let head = say!("{label} ({what})", "{label} ({what})"; label = gone.label.clone(), what = what);
            let was = side(None, gone, &only_before, page);
            [vec![format!("  {}", head.get(page.lang))], was].concat()
        }
        (None, Some(new)) => {
            let what = match edited {
                true => say!("scadenza nuova", "a new deadline"),
                false => say!(
                    "scadenza che non era nel pacchetto di prima",
                    "a deadline that was not in the earlier pack"
                ),
            };
            let head = say!("{label} ({what})", "{label} ({what})"; label = new.label.clone(), what = what);
            let is = side(None, new, &only_after, page);
            [vec![format!("  {}", head.get(page.lang))], is].concat()
        }
        (None, None) => Vec::new(),
    };
    lines.iter().map(|line| format!("\n{line}")).collect()
}

/// The dates of a deadline, then the acts of the steps that only it takes, or its own.
fn side(
    word: Option<&Text>,
    deadline: &DeadlineOutcome,
    steps: &[&Step],
    page: Page,
) -> Vec<String> {
    let dates = dates(deadline);
    let word = word.map(|word| format!("{:<6} ", word.get(page.lang)));
    let word = word.unwrap_or_default();
    let indent = " ".repeat(4 + word.chars().count());
    let mut lines = vec![format!("    {word}{}", dates.get(page.lang))];
    for step in steps.iter().filter(|step| step.act.is_some()) {
        let (date, why) = (step.date, step.why.get(page.lang));
        let act = step.act.as_deref().unwrap_or_default();
        lines.push(format!("{indent}{date}  {why} · {act}"));
    }
    let act = deadline.act.as_ref().filter(|_| steps.is_empty());
    lines.extend(act.map(|act| format!("{indent}{act}")));
    lines
}

/// Says the dates of a deadline on one line.
fn dates(deadline: &DeadlineOutcome) -> Text {
    let mut parts = Vec::new();
    if let Some(opens) = deadline.opens {
        parts.push(say!("apre {opens}", "opens {opens}"; opens = opens.long()));
    }
    if let Some(closes) = deadline.closes {
        parts.push(say!("chiude {closes}", "closes {closes}"; closes = closes.long()));
    }
    if let Some(due) = deadline.due {
        parts.push(say!("scade {due}", "ends {due}"; due = long_date(due)));
    }
    parts.extend(deadline.period().map(|period| period.said()));
    match deadline.certainty {
        Certainty::AwaitsEvent => {
            parts.push(say!("attende il suo evento", "awaits its event"));
        }
        Certainty::NotStated => {
            parts.push(say!(
                "la fonte non fissa una data",
                "the source sets no date"
            ));
        }
        Certainty::Exact | Certainty::Interval => {}
    }
    let join = |lang| {
        let parts: Vec<&str> = parts.iter().map(|part| part.get(lang)).collect();
        parts.join("; ")
    };
    Text {
        it: join(Lang::It),
        en: join(Lang::En),
    }
}

/// How many of the days for which a term moves are shown.
const SHOWN: usize = 5;

fn one_term(term: &TermChange, years: &str, page: Page) -> String {
    let (moved, tried) = (term.moves.len(), term.tried);
    let head = say!(
        "\n  {label}: finisce in un altro giorno per {moved} dei {tried} giorni provati ({years}) in cui può accadere il suo evento",
        "\n  {label}: it ends on another day for {moved} of the {tried} days tried ({years}) on which its event may happen";
        label = term.label.clone()
    );
    let mut lines = vec![head.get(page.lang).to_owned()];
    for step in term.moves.iter().take(SHOWN) {
        let (event, before, after) = (step.event, step.before, step.after);
        let line = say!(
            "    evento {event}: prima {before}, dopo {after}",
            "    event {event}: before {before}, after {after}"
        );
        lines.push(line.get(page.lang).to_owned());
    }
    if moved > SHOWN {
        let rest = moved - SHOWN;
        let rest = say!("    e altri {rest}", "    and {rest} more");
        lines.push(rest.get(page.lang).to_owned());
    }
    lines.join("\n")
}
