//! A cell of a sheet, before anyone knows which column it belongs to.

/// A row of the sheet.
#[derive(Debug, Default, Clone)]
pub struct SheetRow {
    /// The line of the file, or the row of the sheet, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// What a cell holds.
#[derive(Debug, Default, Clone)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, without the blanks around it.
    Text(String),
    /// A number of a workbook: its digits, the fewest that tell it from any other, with the zeros
    /// that its format puts before them.
    Number(String),
    /// A number that a workbook shows as a day.
    Day {
        /// The day that is shown.
        shown: String,
        /// The number.
        digits: String,
        /// Whether somebody alive may have meant that day.
        plausible: bool,
    },
    /// A formula of which the workbook holds no value.
    Uncomputed,
}

impl Cell {
    /// Gives a cell with that text.
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// Tells whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Gives what a reader sees in it.
    pub fn shown(&self) -> &str {
        match self {
            Self::Empty | Self::Uncomputed => "",
            Self::Text(text) | Self::Number(text) => text,
            Self::Day { shown, .. } => shown,
        }
    }
}
