//! The commands, one a file: read the arguments, ask the core, write the answer.

pub mod calendar;
pub mod check;
pub mod deadlines;
pub mod diff;
pub mod explain;
mod exports;
pub mod list;
pub mod new;
pub mod plugin;
pub mod run;
pub mod schema;
pub mod simulate;
pub mod split;
pub mod term;
pub mod test;
