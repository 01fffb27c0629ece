//! Instants by the Italian clock, and periods read from words.

mod instant;
mod period;

pub use instant::{Edge, Instant, TimeFault, local};
pub use period::Period;
