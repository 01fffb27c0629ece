//! The words of the domain as types: tables and their columns, units, values, facts.

mod counting;
mod dataset;
mod shown;
mod table;
mod unit;

pub use counting::{Counting, LineBreaks, Spaces};
pub use dataset::{Column, Dataset, Facts, Table};
pub use table::{ColumnDecl, ColumnType, Import, TableDecl};
pub use unit::Unit;
