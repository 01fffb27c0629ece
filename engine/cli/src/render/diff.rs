//! What changes between two packs as text: each deadline that moves, then each rule, with the acts.

use riparto_core::diag::{Lang, Text};
use riparto_core::diff::{DeadlineChange, Differences, RuleChange, TermChange};
use riparto_core::outcome::{Certainty, DeadlineOutcome};
use riparto_core::say;
use riparto_core::terms::{Step, long_date, the_date};

use super::style::{Dress, Page};

mod amounts;

/// Renders what changes.
pub fn text(found: &Differences, lang: Lang, terminal: bool) -> String {
    let dress = Dress::new(terminal);
    let page = Page { lang, dress };
    let mut blocks = vec![dress.heading(&format!("{} → {}", found.before, found.after))];
    let years: Vec<String> = found.years.iter().map(i32::to_string).collect();
    let years = years.join(", ");
    if found.deadlines.is_empty() && found.terms.is_empty() {
        let none = say!(
            "nessuna scadenza cambia data (di ogni evento che manca si è provato ogni giorno di: {years})",
            "no deadline changes its date (for each missing event every day was tried of: {years})"
        );
        blocks.push(none.get(lang).to_owned());
    }
    blocks.extend(
        found
            .deadlines
            .iter()
            .map(|change| one_change(change, page)),
    );
    blocks.extend(found.terms.iter().map(|term| one_term(term, &years, page)));
    blocks.extend(rules(&found.rules, page));
    blocks.extend(amounts::blocks(found, page, terminal));
    blocks.join("\n\n") + "\n"
}

/// The rules that change, by measure; then those that only read otherwise.
fn rules(found: &[RuleChange], page: Page) -> Vec<String> {
    if found.is_empty() {
        let none = say!(
            "nessuna regola delle misure cambia",
            "no rule of the measures changes"
        );
        return vec![none.get(page.lang).to_owned()];
    }
    let rules = say!("Regole che cambiano", "Rules that change");
    let words = say!("Solo parole: nomi e note", "Words only: names and notes");
    let mut blocks = Vec::new();
    for (heading, wording) in [(rules, false), (words, true)] {
        let these: Vec<&RuleChange> = found.iter().filter(|r| r.wording == wording).collect();
        if !these.is_empty() {
            blocks.push(page.dress.heading(heading.get(page.lang)));
        }
        let by_measure = these.chunk_by(|one, next| one.measure == next.measure);
        blocks.extend(by_measure.map(|rules| of_measure(rules, page)));
    }
    blocks
}

fn of_measure(rules: &[&RuleChange], page: Page) -> String {
    let shared = say!("comuni a più misure", "shared by several measures");
    let measure = rules.first().and_then(|rule| rule.measure.as_deref());
    let head = measure.unwrap_or_else(|| shared.get(page.lang));
    let lines = rules
        .iter()
        .map(|rule| format!("\n  {}", rule.text.get(page.lang)));
    format!("{head}{}", lines.collect::<String>())
}

fn one_change(change: &DeadlineChange, page: Page) -> String {
    let Some(named) = change.after.as_ref().or(change.before.as_ref()) else {
        return String::new();
    };
    let label = named.label.get(page.lang);
    let mut lines = vec![format!("{} · {label}", named.measure)];
    let mut side = |word: Text, deadline: Option<&DeadlineOutcome>, steps: &[&Step]| {
        let none = say!("non c'è", "it is not there");
        let dates = deadline.map_or(none, dates);
        lines.push(format!(
            "  {:<6} {}",
            word.get(page.lang),
            dates.get(page.lang)
        ));
        for step in steps.iter().filter(|step| step.act.is_some()) {
            let (date, why) = (step.date, step.why.get(page.lang));
            let act = step.act.as_deref().unwrap_or_default();
            lines.push(format!("         {date}  {why} · {act}"));
        }
        let act = deadline
            .filter(|_| steps.is_empty())
            .and_then(|d| d.act.as_ref());
        lines.extend(act.map(|act| format!("         {act}")));
    };
    let (only_before, only_after) = change.steps();
    side(
        say!("prima", "before"),
        change.before.as_ref(),
        &only_before,
    );
    side(say!("dopo", "after"), change.after.as_ref(), &only_after);
    lines.join("\n")
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
    if let (Some(earliest), Some(latest)) = (deadline.earliest, deadline.latest) {
        parts.push(say!(
            "fra {earliest} e {latest}", "between {earliest} and {latest}";
            earliest = the_date(earliest), latest = the_date(latest)
        ));
    }
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
    let (measure, moved, tried) = (&term.measure, term.moves.len(), term.tried);
    let head = say!(
        "{measure} · {label}: finisce in un altro giorno per {moved} dei {tried} giorni provati ({years}) in cui può accadere il suo evento",
        "{measure} · {label}: it ends on another day for {moved} of the {tried} days tried ({years}) on which its event may happen";
        label = term.label.clone()
    );
    let mut lines = vec![head.get(page.lang).to_owned()];
    for step in term.moves.iter().take(SHOWN) {
        let (event, before, after) = (step.event, step.before, step.after);
        let line = say!(
            "  evento {event}: prima {before}, dopo {after}",
            "  event {event}: before {before}, after {after}"
        );
        lines.push(line.get(page.lang).to_owned());
    }
    if moved > SHOWN {
        let rest = moved - SHOWN;
        let rest = say!("  e altri {rest}", "  and {rest} more");
        lines.push(rest.get(page.lang).to_owned());
    }
    lines.join("\n")
}
