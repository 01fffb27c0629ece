//! Instants by the Italian clock, and periods read from words.

mod instant;
mod period;
mod prose;

pub use instant::{Edge, Instant, TimeFault, local};
pub use period::Period;
pub(crate) use prose::{Phrase, Stretch};
pub use prose::{Reading, Words};
