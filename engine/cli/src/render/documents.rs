//! Documents as text: the verdict with its reasons, each part counted, what another count would say.

use riparto_core::diag::Text;
use riparto_core::outcome::{DocumentOutcome, Otherwise, PartOutcome, Verdict, conformity};
use riparto_core::say;
use riparto_core::words;

use super::decisions::reason;
use super::style::Page;
use super::table::table;

/// Renders a document.
pub fn render(document: &DocumentOutcome, page: Page, terminal: bool) -> String {
    let (label, name) = (document.label.get(page.lang), &document.name);
    let word = conformity(document.verdict);
    let title = format!("{label} · {name}: {}", word.get(page.lang));
    let mut lines = vec![page.dress.heading(&title)];
    lines.extend(document.act.clone());
    for part in document.obstacles() {
        let label = part.label.get(page.lang);
        lines.extend(part.reasons.iter().map(|reason| {
            let act = reason.act.as_ref().map(|act| format!(" · {act}"));
            let text = reason.text.get(page.lang);
            format!("    - {label}: {text}{}", act.unwrap_or_default())
        }));
    }
    lines.extend(document.unmet().map(|finding| reason(finding, page)));
    lines.push(parts(document, page, terminal));
    lines.extend(counted(document, page));
    lines.extend(misprints(document, page));
    lines.extend(otherwise(document, page));
    lines.join("\n")
}

fn parts(document: &DocumentOutcome, page: Page, terminal: bool) -> String {
    let titles = [
        say!("parte", "part"),
        say!("caratteri", "characters"),
        say!("limite", "limit"),
        say!("esito", "outcome"),
        say!("mancano", "missing"),
    ];
    let header: Vec<&str> = titles.iter().map(|title| title.get(page.lang)).collect();
    let rows: Vec<Vec<String>> = document.parts.iter().map(|part| row(part, page)).collect();
    table(terminal, &header, &[1, 2], &rows)
}

fn row(part: &PartOutcome, page: Page) -> Vec<String> {
    let missing = part.missing.iter().map(|item| item.letter.as_str());
    vec![
        part.label.get(page.lang).to_owned(),
        part.characters.to_string(),
        part.limit
            .map(|limit| limit.to_string())
            .unwrap_or_default(),
        conformity(part.verdict).get(page.lang).to_owned(),
        missing.collect::<Vec<_>>().join(", "),
    ]
}

fn counted(document: &DocumentOutcome, page: Page) -> Vec<String> {
    let way = words::counting(document.counting);
    let said = say!("Conteggio: {way}", "Counted: {way}"; way = way);
    let mut parts = vec![said.get(page.lang).to_owned()];
    parts.extend(document.counted_by.cited());
    let mut line = parts.join(" · ");
    if document.counted_by.assumption {
        let word = say!("[ipotesi]", "[assumption]");
        line.push(' ');
        line.push_str(&page.dress.warning(word.get(page.lang)));
    }
    vec![line]
}

fn misprints(document: &DocumentOutcome, page: Page) -> Vec<String> {
    let told = document.parts.iter().flat_map(|part| {
        let label = part.label.get(page.lang);
        let each = part.misprinted.iter();
        each.map(move |misprint| format!("  {label}: {}", misprint.text().get(page.lang)))
    });
    titled(
        &say!(
            "Lettere e intestazioni da correggere",
            "Letters and headings to correct"
        ),
        told,
        page,
    )
}

/// One line for each way of counting that changes the verdict on some part.
fn otherwise(document: &DocumentOutcome, page: Page) -> Vec<String> {
    let told = document.otherwise.iter().map(|other| {
        let (way, parts) = (
            words::counting(other.counting),
            changed(document, other, page),
        );
        format!("  {}: {parts}", way.get(page.lang))
    });
    let title = say!(
        "Con un altro conteggio cambia l'esito",
        "Counted otherwise the outcome changes"
    );
    titled(&title, told, page)
}

fn changed(document: &DocumentOutcome, other: &Otherwise, page: Page) -> String {
    let told = |(id, characters, verdict): &(String, u64, Verdict)| {
        let part = document.parts.iter().find(|part| part.id == *id);
        let label = part.map_or(id.as_str(), |part| part.label.get(page.lang));
        let word = conformity(*verdict);
        format!("{label} {characters}, {}", word.get(page.lang))
    };
    let parts: Vec<String> = other.parts.iter().map(told).collect();
    parts.join("; ")
}

fn titled(title: &Text, lines: impl Iterator<Item = String>, page: Page) -> Vec<String> {
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => lines,
        false => std::iter::once(title.get(page.lang).to_owned())
            .chain(lines)
            .collect(),
    }
}
