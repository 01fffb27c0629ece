//! A pack as written: texts with places, `extends` joined, the shape checked.

mod across;
pub mod action;
mod band;
pub mod calendar;
mod case;
pub mod deadline;
pub mod document;
pub mod eligibility;
pub mod life;
mod merge;
pub mod native;
pub mod office;
pub mod register;
mod schema;
mod shape;
mod text;
mod tree;
mod types;

pub use across::*;
pub use band::{Band, BandRow, Side};
pub use case::*;
pub use merge::{BLOCKS, check_nothing_removed, merge};
pub use schema::{editor_schema_of, schema_of};
pub use shape::{Reach, check};
pub use text::decode;
pub use tree::{Entry, Node, Value};
pub use types::*;
