//! How messages name rows and write amounts.

use crate::diag::Text;
use crate::num::{Ratio, Step};

/// How many rows a message names before it only counts the rest.
const NAMED: usize = 20;

/// Lists keys in backticks, and counts those beyond the twentieth.
pub(super) fn keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Text {
    listing(keys.into_iter().map(|key| format!("`{key}`")))
}

/// Lists keys, each with its amount.
pub(super) fn amounts<'a>(
    step: &Step,
    rows: impl IntoIterator<Item = (&'a str, &'a Ratio)>,
) -> Text {
    listing(
        rows.into_iter()
            .map(|(key, amount)| format!("`{key}` ({})", money(step, amount))),
    )
}

/// Writes an amount with the decimals of the step, or as a fraction when no decimal equals it.
pub(super) fn money(step: &Step, amount: &Ratio) -> String {
    match amount.to_decimal_text() {
        Some(_) => step.format(amount),
        None => amount.to_string(),
    }
}

fn listing(items: impl Iterator<Item = String>) -> Text {
    let mut items: Vec<String> = items.collect();
    let beyond = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    let named = items.join(", ");
    match beyond {
        0 => Text::same(named),
        1 => Text {
            it: format!("{named} e un'altra riga"),
            en: format!("{named} and one more row"),
        },
        _ => Text {
            it: format!("{named} e altre {beyond} righe"),
            en: format!("{named} and {beyond} more rows"),
        },
    }
}
