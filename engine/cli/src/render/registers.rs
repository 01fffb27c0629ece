//! Registers as text: the rows of each list, and those of which something is missing.

use riparto_core::outcome::{RegisterOutcome, Told};
use riparto_core::say;

use super::style::Page;
use super::table::table;

/// Renders a list of rows.
pub fn render(register: &RegisterOutcome, page: Page, terminal: bool) -> String {
    let rows = register.rows.len();
    let head = match rows {
        1 => say!("{label}: 1 riga", "{label}: 1 row"; label = register.label.clone()),
        _ => say!(
            "{label}: {rows} righe", "{label}: {rows} rows";
            label = register.label.clone()
        ),
    };
    let mut blocks = vec![page.dress.heading(head.get(page.lang))];
    blocks.extend(register.act.clone());
    if !register.rows.is_empty() {
        let header: Vec<&str> = register
            .columns
            .iter()
            .map(|(_, label)| label.get(page.lang))
            .collect();
        let cells: Vec<Vec<String>> = register
            .rows
            .iter()
            .map(|row| {
                let cell = |cell: &Option<Told>| match cell {
                    Some(cell) => cell.shown.get(page.lang).to_owned(),
                    None => "?".to_owned(),
                };
                row.iter().map(cell).collect()
            })
            .collect();
        blocks.push(table(terminal, &header, &[], &cells));
    }
    for (key, what) in &register.open {
        let line = say!(
            "{key}: non si può dire se vi appartiene ({what})",
            "{key}: whether it belongs cannot be said ({what})";
            what = what.clone()
        );
        blocks.push(format!("  {}", line.get(page.lang)));
    }
    blocks.join("\n")
}
