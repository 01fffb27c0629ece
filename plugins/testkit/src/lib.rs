//! What every plugin must pass, for its author's tests and for `riparto plugin check`.
//!
//! [`conform()`] calls each capability as a host would, in a process of its own, and lists what
//! breaks the contract. [`twin::agree`] compares a function with the Rhai function that computes
//! the same, on generated rows.

pub mod conform;
pub mod generate;
mod names;
mod stage;
mod tables;
pub mod twin;

pub use conform::{Breach, conform};
pub use riparto_plugin_abi::Column;
pub use stage::{Stage, built, worker};
