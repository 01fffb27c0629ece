//! Columns to call functions with: ordinary values, extreme ones, absent ones. The same seed
//! gives the same columns, so what fails can be seen again.

use riparto_plugin_abi::{Batch, Column, Function, Kind};

/// A source of numbers that look random and are not: SplitMix64.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// Starts from a seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// Gives the next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Gives a number below a limit above zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next_u64().checked_rem(limit).unwrap_or_default()
    }

    /// Gives bytes.
    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        let words = std::iter::repeat_with(|| self.next_u64());
        words.flat_map(u64::to_le_bytes).take(len).collect()
    }

    /// Whether a cell is there: always in ordinary columns, else three times in four.
    fn keep(&mut self, range: Range) -> bool {
        range == Range::Ordinary || self.below(4) > 0
    }

    fn small(&mut self) -> i64 {
        i64::try_from(self.below(1000)).unwrap_or_default()
    }
}

/// How wild the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Values as most facts are: numbers are whole, nothing is missing.
    Ordinary,
    /// Numbers with a fraction, and some cells missing.
    Fractional,
    /// The largest, the smallest, the empty, the absent.
    Extreme,
    /// The same, with the longest fractions that a message holds.
    Long,
}

impl Range {
    /// Gives all of them.
    pub const EVERY: [Self; 4] = [Self::Ordinary, Self::Fractional, Self::Extreme, Self::Long];
}

/// Gives a batch that a function takes, without the tables that it reads.
pub fn batch(function: &Function, rows: u32, range: Range, numbers: &mut Numbers) -> Batch {
    let columns = function.takes.iter();
    let columns = columns.map(|parameter| column(parameter.kind, rows, range, numbers));
    Batch {
        rows,
        columns: columns.collect(),
        tables: Vec::new(),
    }
}

/// Gives the row of a batch as a batch of its own.
pub fn single(batch: &Batch, row: usize) -> Batch {
    let columns = batch.columns.iter().map(|column| cell(column, row));
    Batch {
        rows: 1,
        columns: columns.collect(),
        tables: batch.tables.clone(),
    }
}

/// Gives the cell of a column as a column of its own.
pub fn cell(column: &Column, row: usize) -> Column {
    fn one<T: Clone>(cells: &[T], row: usize) -> Vec<T> {
        cells.get(row).cloned().into_iter().collect()
    }
    match column {
        Column::Integers(cells) => Column::Integers(one(cells, row)),
        Column::Decimals { scale, digits } => Column::Decimals {
            scale: *scale,
            digits: one(digits, row),
        },
        Column::Fractions(cells) => Column::Fractions(one(cells, row)),
        Column::Texts(cells) => Column::Texts(one(cells, row)),
        Column::Bools(cells) => Column::Bools(one(cells, row)),
        Column::Dates(cells) => Column::Dates(one(cells, row)),
    }
}

/// Gives a column of a type, as a host sends it: numbers are integers where all are whole, else
/// fractions in lowest terms.
pub fn column(kind: Kind, rows: u32, range: Range, numbers: &mut Numbers) -> Column {
    match (kind, range) {
        (Kind::Number, Range::Ordinary) => Column::Integers(cells(rows, || Some(numbers.small()))),
        (Kind::Number, Range::Fractional) => Column::Fractions(cells(rows, || {
            let above = i128::from(numbers.small());
            let fractions = [(above, 1), (2 * above + 1, 2), (3 * above - 1, 3)];
            pick(&fractions, numbers)
        })),
        (Kind::Number, Range::Extreme) => {
            let edges = [i64::MAX, i64::MIN, 0, -1, 1];
            Column::Integers(cells(rows, || pick(&edges, numbers)))
        }
        (Kind::Number, Range::Long) => {
            let edges = [
                (i128::MAX, 1),
                (i128::MIN, 1),
                (1, i128::MAX),
                (i128::MAX, i128::MAX - 1),
                (-1, i128::MAX - 1),
                (0, 1),
            ];
            Column::Fractions(cells(rows, || pick(&edges, numbers)))
        }
        (Kind::Text, Range::Ordinary | Range::Fractional) => Column::Texts(cells(rows, || {
            let text = Some(format!("t{}", numbers.below(50)));
            text.filter(|_| numbers.keep(range))
        })),
        (Kind::Text, Range::Extreme | Range::Long) => {
            let edges = [
                "",
                "\0",
                "è",
                "\u{1f600}",
                "=1+1",
                "a\nb",
                "9999999999999999999999",
            ];
            let text = || pick(&edges, numbers).map(str::to_owned);
            Column::Texts(cells(rows, text))
        }
        (Kind::Bool, _) => Column::Bools(cells(rows, || {
            Some(numbers.below(2) == 0).filter(|_| numbers.keep(range))
        })),
        (Kind::Date, Range::Ordinary | Range::Fractional) => Column::Dates(cells(rows, || {
            let day = i32::try_from(18_262 + numbers.below(2_000)).ok();
            day.filter(|_| numbers.keep(range))
        })),
        (Kind::Date, Range::Extreme | Range::Long) => {
            let edges = [i32::MAX, i32::MIN, 0, -719_162, 2_932_896];
            Column::Dates(cells(rows, || pick(&edges, numbers)))
        }
    }
}

fn cells<T>(rows: u32, cell: impl FnMut() -> T) -> Vec<T> {
    let rows = usize::try_from(rows).unwrap_or_default();
    std::iter::repeat_with(cell).take(rows).collect()
}

fn pick<T: Copy>(edges: &[T], numbers: &mut Numbers) -> Option<T> {
    let count = edges.len() as u64;
    let at = usize::try_from(numbers.below(count + 1)).unwrap_or_default();
    edges.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kind: Kind) -> [Column; 4] {
        let mut numbers = Numbers::from_seed(1);
        Range::EVERY.map(|range| column(kind, 40, range, &mut numbers))
    }

    #[test]
    fn numbers_are_sent_as_a_host_sends_them() {
        let [ordinary, fractional, extreme, long] = columns(Kind::Number);
        assert!(matches!(ordinary, Column::Integers(_)));
        assert!(matches!(extreme, Column::Integers(_)));
        for column in [fractional, long] {
            let Column::Fractions(cells) = column else {
                panic!("{column:?}");
            };
            assert!(cells.contains(&None), "a cell is missing");
            for (above, below) in cells.into_iter().flatten() {
                let reduced = riparto_plugin::Rational::new(above, below);
                assert_eq!((*reduced.numer(), *reduced.denom()), (above, below));
            }
        }
    }

    #[test]
    fn cells_are_missing_in_all_but_ordinary_columns() {
        for kind in [Kind::Text, Kind::Number, Kind::Date, Kind::Bool] {
            let missing = columns(kind).map(|column| {
                let cells = riparto_plugin::values_of(&column);
                cells.is_none_or(|cells| cells.contains(&None))
            });
            assert_eq!(missing, [false, true, true, true], "{kind}");
        }
    }
}
