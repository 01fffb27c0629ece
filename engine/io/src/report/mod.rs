//! Outcomes as files: JSON for programs, CSV for spreadsheets, iCalendar for calendars.

pub mod csv;
pub mod ics;
pub mod json;
