//! The time schedule of planned actions: each time of each, by the last day on which it may fall.

use chrono::NaiveDate;
use riparto_core::diag::Text;
use riparto_core::outcome::{ActionOutcome, Certainty, DeadlineOutcome, EventOutcome};
use riparto_core::say;
use riparto_core::words;

use super::style::Page;
use super::table::table;

/// Draws the schedule of the actions of a measure; nothing where they have no times of their own.
pub fn schedule(
    pack: &str,
    actions: &[&ActionOutcome],
    deadlines: &[DeadlineOutcome],
    page: Page,
    terminal: bool,
) -> Option<String> {
    let each = actions.iter().flat_map(|action| {
        let times = action.times(deadlines).into_iter();
        times.map(|time| (*action, time))
    });
    let mut times: Vec<(&ActionOutcome, &DeadlineOutcome)> = each.collect();
    let (_, first) = times.first()?;
    if times.iter().all(|(_, time)| time.id == first.id) {
        return None;
    }
    // What has no date comes last, in the order written.
    times.sort_by_key(|(_, time)| {
        let (from, to) = time.span();
        (to.is_none(), to, from)
    });
    let titles = [
        say!("dal", "from"),
        say!("al", "to"),
        say!("azione", "action"),
        say!("responsabile", "owner"),
        say!("tempo", "time"),
    ];
    let header: Vec<&str> = titles.iter().map(|title| title.get(page.lang)).collect();
    let rows: Vec<Vec<String>> = times
        .iter()
        .map(|(action, time)| row(action, time, page))
        .collect();
    let heading = say!("Cronoprogramma", "Time schedule");
    let heading = page.dress.heading(heading.get(page.lang));
    let mut lines = vec![heading, table(terminal, &header, &[], &rows)];
    lines.extend(dated_by(pack, &times, page));
    Some(lines.join("\n"))
}

fn row(action: &ActionOutcome, time: &DeadlineOutcome, page: Page) -> Vec<String> {
    let number = action
        .action
        .number
        .iter()
        .map(|number| format!("{number} "));
    let number: String = number.collect();
    let label = action.action.label.get(page.lang);
    let owner = action.action.owner.clone();
    let (from, to) = days(time);
    vec![
        from.get(page.lang).to_owned(),
        to.get(page.lang).to_owned(),
        format!("{number}{label}"),
        owner.unwrap_or_default(),
        named(time).get(page.lang).to_owned(),
    ]
}

/// Says the days of a time, or why it has none.
fn days(time: &DeadlineOutcome) -> (Text, Text) {
    let day = |day: Option<NaiveDate>| Text::same(day.map_or(String::new(), |day| day.to_string()));
    let by = time
        .period()
        .is_some_and(|period| period.earliest.is_none());
    match (time.span(), time.certainty) {
        ((_, to @ Some(_)), _) if by => (say!("entro", "by"), day(to)),
        ((from, to @ Some(_)), _) => (day(from), day(to)),
        (_, Certainty::AwaitsEvent) => {
            let events: Vec<Text> = awaited(time).map(|event| Text::same(&event.id)).collect();
            let to = say!("attende: {events}", "awaits: {events}"; events = words::listed(&events));
            (day(None), to)
        }
        ((from @ Some(_), None), _) => (day(from), say!("senza una fine", "with no end")),
        ((None, None), _) => (
            day(None),
            say!("senza data nella fonte", "no date in the source"),
        ),
    }
}

/// Names a time; where it has no date, with how long it is from its event, or the words of the source.
fn named(time: &DeadlineOutcome) -> Text {
    let label = time.label.clone();
    match (&time.counted, &time.text) {
        (Some(counted), _) if time.certainty == Certainty::AwaitsEvent => say!(
            "{label} ({length})", "{label} ({length})";
            label = label, length = counted.length.said()
        ),
        (_, Some(text)) if time.certainty == Certainty::NotStated => {
            say!("{label} («{text}»)", "{label} («{text}»)"; label = label)
        }
        _ => label,
    }
}

/// The events that a time awaits.
fn awaited(time: &DeadlineOutcome) -> impl Iterator<Item = &EventOutcome> {
    let events = time.events.iter();
    events.filter(|event| event.date.is_none() && time.certainty == Certainty::AwaitsEvent)
}

/// Says, for each event that a time awaits, the command that dates it.
fn dated_by(pack: &str, times: &[(&ActionOutcome, &DeadlineOutcome)], page: Page) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for event in times.iter().flat_map(|(_, time)| awaited(time)) {
        let id = &event.id;
        let line = say!(
            " {id}: {label}; le date si hanno con `riparto deadlines {pack} --event {id}=DATA`",
            " {id}: {label}; `riparto deadlines {pack} --event {id}=DATE` gives the dates";
            label = event.label.clone()
        );
        let line = line.get(page.lang).to_owned();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
