//! The decimal mark of a whole file, as its numbers show it together.

use riparto_core::diag::Place;
use riparto_core::model::ColumnType;

use super::DecimalMark;
use super::number::Shape;

/// What the numbers of a file say about its decimal mark.
#[derive(Debug, Default)]
pub(super) struct Marks {
    said: Option<DecimalMark>,
    point: Witnesses,
    comma: Witnesses,
    first: Option<DecimalMark>,
}

#[derive(Debug, Default)]
struct Witnesses {
    count: usize,
    first: Option<(String, Place)>,
}

impl Marks {
    /// Starts from what is known before any number is read.
    pub(super) fn knowing(said: Option<DecimalMark>) -> Self {
        Self {
            said,
            ..Self::default()
        }
    }

    /// Takes note of one cell of a column of numbers.
    ///
    /// A cell of a column of whole numbers witnesses only where it has groups: `12.5` there is a
    /// fault of its own.
    pub(super) fn witness(&mut self, kind: ColumnType, text: &str, place: impl FnOnce() -> Place) {
        let mark = match (kind, Shape::of(text)) {
            (ColumnType::Decimal | ColumnType::Euro, shape) => shape.decimal_mark(),
            (ColumnType::Integer, Shape::Grouped(mark)) => Some(mark),
            _ => None,
        };
        let Some(mark) = mark else { return };
        self.first.get_or_insert(mark);
        let witnesses = match mark {
            DecimalMark::Point => &mut self.point,
            DecimalMark::Comma => &mut self.comma,
        };
        witnesses.count += 1;
        if witnesses.first.is_none() {
            witnesses.first = Some((text.to_owned(), place()));
        }
    }

    /// Gives the mark of the file: the one that is known, else the one that more numbers show, then
    /// the one shown first.
    pub(super) fn decimal(&self) -> Option<DecimalMark> {
        if self.said.is_some() {
            return self.said;
        }
        match self.point.count.cmp(&self.comma.count) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal => self.first,
        }
    }

    /// Gives the first cell that shows a mark.
    pub(super) fn first(&self, mark: DecimalMark) -> Option<&(String, Place)> {
        match mark {
            DecimalMark::Point => self.point.first.as_ref(),
            DecimalMark::Comma => self.comma.first.as_ref(),
        }
    }
}
