//! How a file of facts is written: its separator, its decimal mark.

use std::collections::BTreeSet;

use riparto_core::diag::Text;
use riparto_core::say;

use super::grid::Page;

/// What was found out about the way a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two cells.
    pub separator: Separator,
    /// What stands before the decimals; nothing when no number of the file shows it.
    pub decimal_mark: Option<DecimalMark>,
    /// Whether the file opens with a byte order mark.
    pub bom: bool,
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
}

/// What stands between the units of a number and its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `.`
    Point,
    /// `,`
    Comma,
}

impl Separator {
    /// Gives the sign itself.
    pub fn char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
        }
    }

    /// Gives what a reader calls it.
    pub fn label(self) -> Text {
        match self {
            Self::Comma => say!("virgola", "comma"),
            Self::Semicolon => say!("punto e virgola", "semicolon"),
        }
    }

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Comma => Self::Semicolon,
            Self::Semicolon => Self::Comma,
        }
    }

    /// Finds the separator of a file: the one by which its header holds more of the declared names,
    /// then the one that gives it more cells.
    ///
    /// A table of one column has no separator; then it is the one that leaves every row whole.
    pub(super) fn of(page: &Page<'_>, declared: &BTreeSet<&str>) -> Self {
        let header = |separator| page.rows(separator).next();
        let score = |separator| {
            header(separator).map_or((0, 0), |row| {
                let named = |cell: &&super::grid::Cell| declared.contains(cell.text.as_str());
                (row.cells.iter().filter(named).count(), row.cells.len())
            })
        };
        let whole = |separator| page.rows(separator).all(|row| row.cells.len() == 1);
        let (comma, semicolon) = (score(Self::Comma), score(Self::Semicolon));
        let neither = comma.1 <= 1 && semicolon.1 <= 1;
        let rather_semicolon = neither && !whole(Self::Comma) && whole(Self::Semicolon);
        if semicolon > comma || rather_semicolon {
            Self::Semicolon
        } else {
            Self::Comma
        }
    }
}

impl DecimalMark {
    /// Gives the sign itself.
    pub fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// Gives what a reader calls it.
    pub fn label(self) -> Text {
        match self {
            Self::Point => say!("punto", "point"),
            Self::Comma => say!("virgola", "comma"),
        }
    }

    pub(super) fn with_article(self) -> Text {
        match self {
            Self::Point => say!("il punto", "the point"),
            Self::Comma => say!("la virgola", "the comma"),
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}
