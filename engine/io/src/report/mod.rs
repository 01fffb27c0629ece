//! Outcomes as files: JSON for programs, CSV for spreadsheets.

pub mod csv;
pub mod json;
