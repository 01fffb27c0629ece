//! What a decision gives, as text: the total, then what each row receives.

use riparto_core::outcome::{BenefitOutcome, BenefitRow};
use riparto_core::rules::quantity;
use riparto_core::say;

use super::style::Page;

/// Renders what a decision gives, or nothing where no row receives it.
pub fn render(benefit: &BenefitOutcome, page: Page) -> Option<String> {
    let rows: Vec<&BenefitRow> = benefit.received().collect();
    if rows.is_empty() {
        return None;
    }
    let mut lines = vec![format!("  {}", total(benefit, page))];
    lines.extend(benefit.act.iter().map(|act| format!("    {act}")));
    lines.extend(rows.into_iter().map(|row| one(benefit, row, page)));
    Some(lines.join("\n"))
}

/// What is given in all; of how many rows it cannot be said.
pub fn total(benefit: &BenefitOutcome, page: Page) -> String {
    let (label, open) = (benefit.label.clone(), benefit.open());
    let known = quantity(&benefit.known(), &benefit.unit);
    let said = match open {
        0 => say!(
            "{label}: {known} in tutto", "{label}: {known} in all";
            label = label, known = known
        ),
        1 => say!(
            "{label}: {known}, e di 1 riga non si può dire",
            "{label}: {known}, and of 1 row it cannot be said";
            label = label, known = known
        ),
        _ => say!(
            "{label}: {known}, e di {open} righe non si può dire",
            "{label}: {known}, and of {open} rows it cannot be said";
            label = label, known = known
        ),
    };
    said.get(page.lang).to_owned()
}

fn one(benefit: &BenefitOutcome, row: &BenefitRow, page: Page) -> String {
    let name = match row.name == row.key {
        true => row.name.clone(),
        false => format!("{} ({})", row.name, row.key),
    };
    let value = match (&row.value, &row.awaits) {
        (Some(value), _) => quantity(value, &benefit.unit).get(page.lang).to_owned(),
        (None, Some(what)) => format!("? ({})", what.get(page.lang)),
        (None, None) => "?".to_owned(),
    };
    format!("    - {name}: {value}")
}
