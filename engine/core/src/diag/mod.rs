//! What is wrong with a pack or with facts: many diagnostics, each with a code, a place, a cause
//! and a remedy, in Italian and in English.
//!
//! A diagnostic is data. Nothing here prints: hosts render it as text, as JSON, in an editor.

mod code;
mod diagnostic;
mod place;
mod text;

pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use place::{LineIndex, Place};
pub use text::{Lang, Text};
