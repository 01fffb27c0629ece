//! The time schedule of planned actions: each time of each, by the last day on which it may fall.

use chrono::NaiveDate;
use riparto_core::outcome::{ActionOutcome, DeadlineOutcome};
use riparto_core::say;

use super::style::Page;
use super::table::table;

/// Draws the schedule of the actions of a measure; nothing where they have no times of their own.
pub fn schedule(
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
        .into_iter()
        .map(|(action, time)| row(action, time, page))
        .collect();
    let heading = say!("Cronoprogramma", "Time schedule");
    let heading = page.dress.heading(heading.get(page.lang));
    Some(format!(
        "{heading}\n{}",
        table(terminal, &header, &[], &rows)
    ))
}

fn row(action: &ActionOutcome, time: &DeadlineOutcome, page: Page) -> Vec<String> {
    let (from, to) = time.span();
    let limit = time
        .period()
        .is_some_and(|period| period.earliest.is_none());
    let by = say!("entro", "by");
    let day = |day: Option<NaiveDate>| day.map_or("?".to_owned(), |day| day.to_string());
    let number = action
        .action
        .number
        .iter()
        .map(|number| format!("{number} "));
    let number: String = number.collect();
    let label = action.action.label.get(page.lang);
    let owner = action.action.owner.clone();
    vec![
        match limit {
            true => by.get(page.lang).to_owned(),
            false => day(from),
        },
        day(to),
        format!("{number}{label}"),
        owner.unwrap_or_default(),
        time.label.get(page.lang).to_owned(),
    ]
}
