//! Results as people read them on a terminal or in a file.

mod actions;
mod benefits;
pub mod deadlines;
pub mod decisions;
pub mod diagnostics;
pub mod diff;
mod documents;
pub mod explain;
pub mod offices;
pub mod one_split;
pub mod registers;
pub mod run;
mod schedule;
pub mod simulate;
pub mod split;
pub mod states;
pub mod style;
pub mod table;
pub mod term;
