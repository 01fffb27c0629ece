//! Loads the plugins of a Region: checked before any of their code runs, contained while it does.
//!
//! The way of a plugin: the [`Lock`] of its Region names it with its SHA-256, its contract and
//! its machine; its file is read once ([`mod@file`]), inspected as bytes ([`mod@inspect`]), and those
//! very bytes are mapped ([`library`]), in a [`worker`] process with limits unless the lock
//! marks it trusted. Whatever goes wrong is a [`Refusal`] with a code, a cause and a remedy.

mod columns;
mod confine;
pub mod file;
mod host;
pub mod inspect;
pub mod library;
pub mod lock;
mod natives;
mod needs;
mod refusal;
pub mod replace;
mod session;
mod signature;
pub mod worker;

pub use host::{Host, plugin_folder};
pub use inspect::{Inspected, inspect, this_machine};
pub use library::Library;
pub use lock::{Limits, Lock, Locked};
pub use natives::RegionPlugins;
pub use refusal::Refusal;
pub use session::{Session, WorkerProgram};
