//! The lives of sheets as text: where each stands, what was refused, what is to be sent.

use riparto_core::diag::Text;
use riparto_core::outcome::{HistoryEntry, LifeOutcome, Refusal, SheetOutcome};
use riparto_core::say;

use super::style::Page;
use super::table::table;

/// Renders a life.
pub fn render(life: &LifeOutcome, page: Page, terminal: bool) -> String {
    let mut blocks = vec![page.dress.heading(life.label.get(page.lang))];
    if !life.rows.is_empty() {
        blocks.push(sheets(life, page, terminal));
    }
    let refused = say!("Eventi rifiutati", "Events refused");
    blocks.extend(events(life, &refused, page, |entry| {
        (!entry.accepted()).then(|| why_refused(entry, page))
    }));
    let sent = say!("Messaggi da inviare", "Messages to send");
    blocks.extend(events(life, &sent, page, |entry| {
        let mut lines = vec![entry.message.as_ref()?.get(page.lang).to_owned()];
        lines.extend(entry.reason.clone());
        Some(lines)
    }));
    blocks.join("\n")
}

fn sheets(life: &LifeOutcome, page: Page, terminal: bool) -> String {
    let titles = [
        say!("codice", "code"),
        say!("nome", "name"),
        say!("stato", "state"),
        say!("da", "since"),
        say!("modificabile", "editable"),
    ];
    let header: Vec<&str> = titles.iter().map(|title| title.get(page.lang)).collect();
    let rows: Vec<Vec<String>> = life.rows.iter().map(|sheet| row(sheet, page)).collect();
    table(terminal, &header, &[], &rows)
}

fn row(sheet: &SheetOutcome, page: Page) -> Vec<String> {
    let last = sheet.history.iter().rev().find(|entry| entry.accepted());
    let since = last.map(|entry| format!("{} {}", entry.at.day(), entry.at.time()));
    let editable = sheet.editable_briefly();
    let editable: Vec<&str> = editable.iter().map(|text| text.get(page.lang)).collect();
    vec![
        sheet.key.clone(),
        sheet.name.clone(),
        sheet.label.get(page.lang).to_owned(),
        since.unwrap_or_default(),
        editable.join(", "),
    ]
}

/// The events that there is something to tell of, under a title; none where there are none.
fn events(
    life: &LifeOutcome,
    title: &Text,
    page: Page,
    tell: impl Fn(&HistoryEntry) -> Option<Vec<String>>,
) -> Option<String> {
    let mut lines = Vec::new();
    for sheet in &life.rows {
        for entry in &sheet.history {
            let Some(told) = tell(entry) else {
                continue;
            };
            let (at, time) = (entry.at.day(), entry.at.time());
            let label = entry.label.get(page.lang);
            lines.push(format!("  {} · {label} · {at} {time}", sheet.name));
            lines.extend(told.into_iter().map(|line| format!("    {line}")));
        }
    }
    let title = title.get(page.lang);
    (!lines.is_empty()).then(|| format!("{title}\n{}", lines.join("\n")))
}

fn why_refused(entry: &HistoryEntry, page: Page) -> Vec<String> {
    let reason = |refusal: &Refusal| {
        let act = refusal.act.as_ref().map(|act| format!(" · {act}"));
        format!("{}{}", refusal.text.get(page.lang), act.unwrap_or_default())
    };
    entry.refusals.iter().map(reason).collect()
}
