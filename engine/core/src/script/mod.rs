//! The words that officers compute with: one-line expressions, and functions in a `.rhai` file.
//!
//! Rhai parses both and runs the second. No other folder names it: what leaves this one is our own
//! [`expression::Syntax`], [`Value`] and diagnostics.

pub mod expression;

mod faults;
mod functions;
mod helpers;
mod limits;
mod lint;
mod operators;
mod parsed;
mod run;
mod sandbox;
mod value;

pub use helpers::{HelperError, HelperSource, LIBRARY};
pub use run::{FunctionDecl, Script};
pub use value::Value;

#[cfg(test)]
mod tests;
