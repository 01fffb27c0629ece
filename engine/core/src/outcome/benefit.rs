//! What a decision gives to the rows that it admits.

use crate::diag::Text;
use crate::model::Unit;
use crate::num::Ratio;

/// A column that a decision gives: an amount, a number of months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitOutcome {
    /// The column.
    pub id: String,
    /// The decision that gives it.
    pub decision: String,
    /// Its measure.
    pub measure: String,
    /// What a reader calls it.
    pub label: Text,
    /// The table whose rows receive it.
    pub table: String,
    /// What it counts.
    pub unit: Unit,
    /// The act behind it.
    pub act: Option<String>,
    /// Every row of the table, in its order.
    pub rows: Vec<BenefitRow>,
}

/// What a row receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitRow {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// How much: zero where it is not admitted, none where that or the amount cannot be said.
    pub value: Option<Ratio>,
    /// The datum that is awaited, where it cannot be said.
    pub awaits: Option<Text>,
}

impl BenefitOutcome {
    /// Gives the rows that receive something, and those of which it cannot be said.
    pub fn received(&self) -> impl Iterator<Item = &BenefitRow> {
        let nothing = |value: &Ratio| value.is_zero();
        let rows = self.rows.iter();
        rows.filter(move |row| !row.value.as_ref().is_some_and(nothing))
    }

    /// Gives what is known to be received in all.
    pub fn known(&self) -> Ratio {
        self.rows.iter().filter_map(|row| row.value.as_ref()).sum()
    }

    /// Gives of how many rows it cannot be said what they receive.
    pub fn open(&self) -> usize {
        self.rows.iter().filter(|row| row.value.is_none()).count()
    }
}
