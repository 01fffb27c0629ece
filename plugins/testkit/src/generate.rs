//! Columns to call functions with: ordinary values, extreme ones, absent ones. The same seed
//! gives the same columns, so what fails can be seen again.

use riparto_plugin_abi::{Batch, Column, Function, Kind, Table};

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

    fn small(&mut self) -> i64 {
        i64::try_from(self.below(1000)).unwrap_or_default()
    }
}

/// How wild the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Values as facts hold them.
    Ordinary,
    /// The largest, the smallest, the empty, the absent.
    Extreme,
}

/// Gives a batch that a function takes.
pub fn batch(function: &Function, rows: u32, range: Range, numbers: &mut Numbers) -> Batch {
    let columns = function.takes.iter();
    let columns = columns.map(|parameter| column(parameter.kind, rows, range, numbers));
    let tables = function.reads.iter().map(|name| Table {
        name: name.clone(),
        file: String::new(),
        columns: Vec::new(),
        lines: Vec::new(),
    });
    Batch {
        rows,
        columns: columns.collect(),
        tables: tables.collect(),
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

fn column(kind: Kind, rows: u32, range: Range, numbers: &mut Numbers) -> Column {
    let wild = range == Range::Extreme;
    let rows = 0..rows;
    match kind {
        Kind::Number if wild => {
            let edges = [i64::MAX, i64::MIN, 0, -1, 1];
            Column::Integers(rows.map(|_| pick(&edges, numbers)).collect())
        }
        Kind::Number => {
            let digits = rows.map(|_| Some(numbers.small())).collect();
            Column::Decimals { scale: 0, digits }
        }
        Kind::Text if wild => {
            let edges = [
                "",
                "\0",
                "è",
                "\u{1f600}",
                "=1+1",
                "a\nb",
                "9999999999999999999999",
            ];
            let cells = rows.map(|_| pick(&edges, numbers).map(str::to_owned));
            Column::Texts(cells.collect())
        }
        Kind::Text => {
            let cells = rows.map(|_| Some(format!("t{}", numbers.below(50))));
            Column::Texts(cells.collect())
        }
        Kind::Bool => {
            let cells = rows.map(|_| match numbers.below(if wild { 3 } else { 2 }) {
                0 => Some(true),
                1 => Some(false),
                _ => None,
            });
            Column::Bools(cells.collect())
        }
        Kind::Date if wild => {
            let edges = [i32::MAX, i32::MIN, 0, -719_162, 2_932_896];
            Column::Dates(rows.map(|_| pick(&edges, numbers)).collect())
        }
        Kind::Date => {
            let days = rows.map(|_| i32::try_from(18_262 + numbers.below(2_000)).ok());
            Column::Dates(days.collect())
        }
    }
}

fn pick<T: Copy>(edges: &[T], numbers: &mut Numbers) -> Option<T> {
    let count = edges.len() as u64;
    let at = usize::try_from(numbers.below(count + 1)).unwrap_or_default();
    edges.get(at).copied()
}
