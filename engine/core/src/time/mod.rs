//! Instants by the Italian clock, and periods read from words.

mod period;
mod prose;
mod rome;

pub use period::Period;
pub(crate) use prose::{Phrase, Stretch};
pub use prose::{Reading, Words};
pub use rome::{Edge, RomeTime, TimeFault, day, local};
