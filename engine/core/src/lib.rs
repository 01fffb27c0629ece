//! The pure core of Riparto: text rules and typed facts go in, amounts and their reasons come out.
//!
//! It opens no file, reads no clock and draws no lot. Hosts hand it rule texts through
//! [`source::Source`], facts as a [`model::Dataset`], dates as arguments. Data flows one way:
//!
//! ```text
//! pack (text) → rules (checked) → plan (steps in order) → outcome (amounts) → explanation
//! ```

pub mod allocate;
pub mod cases;
pub mod diag;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod identifiers;
pub mod model;
pub mod native;
pub mod num;
pub mod outcome;
pub mod pack;
pub mod rules;
pub mod script;
pub mod simulate;
pub mod source;
pub mod terms;
#[cfg(test)]
mod testing;
pub mod time;
pub mod words;
