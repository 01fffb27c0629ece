//! Riparto's doors to the world: rule files on disk, tables of facts, written results.
//!
//! The core opens no file; this crate does, and hands it text and facts.

pub mod digest;
pub mod disk;
pub mod facts;
pub mod gather;
pub mod receipt;
pub mod report;
pub mod write;
