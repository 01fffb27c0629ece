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
    /// A number of a workbook.
    Number {
        /// Its digits, the fewest that tell it from any other.
        digits: String,
        /// The day that it stands for in that workbook.
        day: String,
    },
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
            Self::Empty => "",
            Self::Text(text) => text,
            Self::Number { digits, .. } => digits,
        }
    }
}
