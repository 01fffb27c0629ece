//! Exact numbers: rationals, cents, and the one place where a number is rounded.
//!
//! Nothing here is a float. A value stays a [`Ratio`] until the rounding step that a rule names;
//! after it, money is a [`Cents`].

mod cents;
mod ratio;
mod rounding;

pub use cents::Cents;
pub use ratio::{NumberError, Ratio};
pub use rounding::{Rounding, Step};
