//! Tables of facts from CSV files, refused whole with every fault located, or read without doubt.
//!
//! # What is accepted
//!
//! - **Files**: one a table, named after it. UTF-8, with or without a byte order mark at the start.
//!   Lines may end in any of the usual ways, the last one may not end at all; empty lines are
//!   skipped.
//! - **Cells**: separated by comma or semicolon, found out from the header. A cell may be quoted;
//!   then it may hold separators, line ends and doubled quotes. Blanks around a value do not count,
//!   non-breaking ones included.
//! - **Header**: the first row, with the declared columns in any order, all of them and no other.
//! - **Numbers**: decimal point or comma, found out from all the numbers of the file together.
//!   Thousands may be grouped by three with the other sign (`1.234,56`). A number that can be read
//!   in two ways is refused unless the rest of the file decides. Counts are not below zero; amounts
//!   in euro have two decimals at most.
//! - **Codes**: an ISTAT code is six digits, a cadastral code a capital letter and three digits.
//! - **Days**: `2024-09-18`. **Instants**: `2026-05-18 12:00` by the Italian clock, with seconds or
//!   without; an hour that the clock shows twice wants its offset. **Yes or no**: `sì`, `si`, `yes`, `true`, `vero`, `1` and `no`, `false`,
//!   `falso`, `0`, in any case.
//! - **Missing values**: an empty cell, where the column is not required; it is remembered as missing,
//!   with its place, and is never zero. `n.d.`, `-` or `#N/D` are faults.
//! - **Keys**: not empty, not repeated, and so the columns that a table declares `unique` together.
//!   Where the table declares a column that counts, a row whose key
//!   starts with `*` stands for several subjects: its codes may be empty and its count says how many;
//!   every other row counts for one.
//! - **References**: a cell that refers to another table holds one of its keys.

mod body;
mod columns;
mod decode;
mod dialect;
mod grid;
mod header;
mod identifier;
mod lines;
mod marks;
mod mojibake;
mod nearest;
mod number;
mod refusal;
mod table;
mod tables;
mod unique;
mod value;
mod windows_1252;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use dialect::{DecimalMark, Dialect, Separator};
pub use table::read_table;
pub use tables::{Files, read_tables};
