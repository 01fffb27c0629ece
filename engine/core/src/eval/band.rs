//! Which row of a decision table holds the number of a row of facts.

use super::gap::Gap;
use super::personal::is_personal;
use super::value::{RowOf, Values};
use crate::diag::{Place, Text};
use crate::identifiers::masked;
use crate::rules::{Band, BandRow, Derive, Scalar, quantity};
use crate::say;

/// Finds the row that applies.
///
/// # Errors
/// A datum that is missing, or that no row of the table provides for → [`Gap`].
pub fn applying<'b>(
    derive: &Derive,
    band: &'b Band,
    at: RowOf<'_>,
    values: &Values<'_>,
) -> Result<&'b BandRow, Gap> {
    let by = band.by.as_ref().map(|by| values.value(&by.expr, Some(at)));
    let of = values.number(&band.of.expr, Some(at));
    let (by, of) = Gap::both(by.transpose(), of)?;
    band.row(&of, by.as_ref()).ok_or_else(|| {
        let hidden = |word: &Scalar| {
            let by = band.by.as_ref();
            by.is_some_and(|by| is_personal(values.measure, &derive.table, &by.expr, word))
        };
        let word = by.filter(|by| band.rows.iter().all(|row| row.is.as_ref() != Some(by)));
        let word = word.map(|word| match &word {
            Scalar::Text(text) if hidden(&word) => Scalar::Text(masked(text)),
            _ => word,
        });
        outside(derive, band, at, word.as_ref(), &of)
    })
}

fn outside(
    derive: &Derive,
    band: &Band,
    at: RowOf<'_>,
    word: Option<&Scalar>,
    of: &crate::num::Ratio,
) -> Gap {
    let line = at.table.lines.get(at.row).copied().unwrap_or(1);
    let (id, file) = (&derive.id, &at.table.file);
    let (name, found) = match (word, &band.by) {
        (Some(Scalar::Text(word)), Some(by)) => (&by.text, Text::same(word.clone())),
        _ => {
            let unit = band.of.unit.clone().unwrap_or_default();
            (&band.of.text, quantity(of, &unit))
        }
    };
    Gap::Outside {
        what: say!(
            "`{name}` è {found} alla riga {line} di `{file}`, e nessuna fascia di `{id}` lo comprende",
            "`{name}` is {found} on line {line} of `{file}`, and no band of `{id}` holds it";
            found = found
        ),
        place: Place {
            line,
            ..Place::start_of(file.clone())
        },
    }
}
