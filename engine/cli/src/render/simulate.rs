//! A simulation as text: the grid, what was refused and why, then each subject at the last point.

use riparto_core::diag::{Lang, Text};
use riparto_core::num::Cents;
use riparto_core::outcome::Outcome;
use riparto_core::say;
use riparto_core::simulate::{Comparison, Point, SubjectChange};
use riparto_core::words;

use super::style::{Dress, Page};
use super::table::table;
use crate::host::Ran;

/// Renders a simulation; `base` is the pack as it is.
pub fn text(base: &Ran, grid: &[Point], lang: Lang, terminal: bool) -> String {
    let dress = Dress::new(terminal);
    let page = Page { lang, dress };
    let (pack, outcome) = (&base.pack, &base.run.outcome);
    let heading = format!("{} ({})", pack.title.get(lang), pack.id);
    let mut blocks = vec![
        dress.heading(&heading),
        as_it_is(outcome, page),
        points(outcome, grid, page, terminal),
    ];
    blocks.extend(grid.iter().filter_map(|point| refusal(point, page)));
    blocks.extend(grid.iter().flat_map(|point| judged(point, page)));
    let last = grid.iter().rev().find_map(|point| {
        let comparison = point.result.as_ref().ok()?;
        Some(subjects(point, comparison, page, terminal))
    });
    blocks.extend(last);
    blocks.extend(aggregates(outcome, page));
    blocks.join("\n\n") + "\n"
}

/// Who is admitted or listed otherwise at a point.
fn judged(point: &Point, page: Page) -> Vec<String> {
    let at = values(point);
    let changes = point
        .result
        .iter()
        .flat_map(|comparison| &comparison.judged);
    let blocks = changes.map(|change| {
        let mut lines = vec![format!("{at}: {}", change.label.get(page.lang))];
        let none = say!("non c'è", "not listed");
        lines.extend(change.rows.iter().map(|row| {
            let side =
                |said: &Option<Text>| said.as_ref().unwrap_or(&none).get(page.lang).to_owned();
            format!(
                "  {}: {} → {}",
                row.name,
                side(&row.before),
                side(&row.after)
            )
        }));
        lines.join("\n")
    });
    blocks.collect()
}

/// What the pack gives out before anything moves, and what is left.
fn as_it_is(outcome: &Outcome, page: Page) -> String {
    let title = say!("Com'è", "As it is");
    let mut lines = vec![title.get(page.lang).to_owned()];
    for split in &outcome.allocations {
        let (fund, id) = (&split.fund, &split.id);
        let said = match &split.money {
            Some(money) => say!(
                "  {fund} · {id}: ripartito {distributed}, residuo {residue}",
                "  {fund} · {id}: {distributed} distributed, {residue} left";
                distributed = words::money(money.distributed), residue = words::money(money.residue)
            ),
            None => say!(
                "  {fund} · {id}: l'importo del fondo non è noto",
                "  {fund} · {id}: the amount of the fund is not known"
            ),
        };
        lines.push(said.get(page.lang).to_owned());
    }
    lines.join("\n")
}

fn points(base: &Outcome, grid: &[Point], page: Page, terminal: bool) -> String {
    let params = grid.first().map(|point| point.values.as_slice());
    let params = params.unwrap_or_default().iter().map(|(id, _)| id.clone());
    let mut header: Vec<String> = params.collect();
    let mut numbers: Vec<usize> = (0..header.len()).collect();
    let titles = [
        say!("vincono", "win"),
        say!("perdono", "lose"),
        say!("invariati", "the same"),
        say!("guadagnato", "gained"),
        say!("perso", "lost"),
        say!("guadagno maggiore", "largest gain"),
        say!("perdita maggiore", "largest loss"),
    ];
    numbers.extend((header.len()..).take(5));
    header.extend(titles.iter().map(|title| title.get(page.lang).to_owned()));
    numbers.extend((header.len()..).take(base.allocations.len()));
    header.extend(base.allocations.iter().map(|split| {
        let (fund, id) = (&split.fund, &split.id);
        let residue = say!("residuo {fund} · {id}", "left of {fund} · {id}");
        residue.get(page.lang).to_owned()
    }));
    let rows = grid.iter().map(|point| {
        let mut cells: Vec<String> = point.values.iter().map(|(_, v)| v.clone()).collect();
        match &point.result {
            Ok(comparison) => cells.extend(counts(comparison, page)),
            Err(_) => cells.push(say!("rifiutato", "refused").get(page.lang).to_owned()),
        }
        cells.resize(header.len(), String::new());
        cells
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(terminal, &header, &numbers, &rows)
}

fn counts(comparison: &Comparison, page: Page) -> Vec<String> {
    let largest = |row: &Option<SubjectChange>| {
        let row = row.as_ref()?;
        let change = words::money(row.change?);
        Some(format!("{} {}", named(row), change.get(page.lang)))
    };
    let mut cells = vec![
        comparison.winners.to_string(),
        comparison.losers.to_string(),
        comparison.unchanged.to_string(),
        money(Some(comparison.gained), page),
        money(Some(comparison.lost), page),
        largest(&comparison.largest_gain).unwrap_or_default(),
        largest(&comparison.largest_loss).unwrap_or_default(),
    ];
    let residues = comparison.allocations.iter();
    cells.extend(residues.map(|change| money(change.residue.1, page)));
    cells
}

/// What is wrong with the values of a point, each fault with its remedy.
fn refusal(point: &Point, page: Page) -> Option<String> {
    let faults = point.result.as_ref().err()?;
    let at = values(point);
    let head = say!("Rifiutato: {at}", "Refused: {at}");
    let mut lines = vec![head.get(page.lang).to_owned()];
    for fault in faults {
        let message = fault.message.get(page.lang);
        let place = fault.place.as_ref();
        let place = place.map(|place| format!(" ({}:{})", place.file, place.line));
        let place = place.unwrap_or_default();
        lines.push(format!("  {}: {message}{place}", fault.code.as_str()));
        if let Some(help) = &fault.help {
            lines.push(format!("    {}", help.get(page.lang)));
        }
    }
    Some(lines.join("\n"))
}

/// Each subject by gain; those with a fund that is not known come last.
fn subjects(point: &Point, comparison: &Comparison, page: Page, terminal: bool) -> String {
    let at = values(point);
    let title = say!("Con {at}", "With {at}");
    let header = [
        say!("codice", "code"),
        say!("nome", "name"),
        say!("prima", "before"),
        say!("dopo", "after"),
        say!("differenza", "change"),
    ];
    let header: Vec<&str> = header.iter().map(|title| title.get(page.lang)).collect();
    let mut rows: Vec<&SubjectChange> = comparison.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.change));
    let rows = rows.into_iter().map(|row| {
        vec![
            row.key.clone(),
            named(row),
            money(row.before, page),
            money(row.after, page),
            money(row.change, page),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let title = page.dress.heading(title.get(page.lang));
    format!("{title}\n{}", table(terminal, &header, &[2, 3, 4], &rows))
}

/// Reminds that a row which stands for many is counted as one.
fn aggregates(base: &Outcome, page: Page) -> Option<String> {
    let row = base.totals.iter().find(|total| total.subjects > 1)?;
    let (name, many) = (&row.name, row.subjects);
    let said = say!(
        "Ogni riga conta una volta; `{name}` sta per {many} soggetti",
        "Each row counts once; `{name}` stands for {many} subjects"
    );
    Some(said.get(page.lang).to_owned())
}

fn values(point: &Point) -> String {
    let pairs: Vec<String> = point
        .values
        .iter()
        .map(|(param, value)| format!("{param} = {value}"))
        .collect();
    pairs.join(", ")
}

/// The name of a subject; an aggregate says for how many it stands.
fn named(row: &SubjectChange) -> String {
    match row.subjects {
        1 => row.name.clone(),
        many => format!("{} ×{many}", row.name),
    }
}

fn money(amount: Option<Cents>, page: Page) -> String {
    match amount {
        Some(amount) => words::money(amount).get(page.lang).to_owned(),
        None => "?".to_owned(),
    }
}
