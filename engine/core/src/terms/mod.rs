//! Legal terms: from a day and a length to the day by which something must be done, and why.
//!
//! The rules are national data in `rules/calendar/`: holidays, suspension, regimes, each with its
//! act, and the words that times are said in. Nothing here reads a clock: every date is an argument.

mod calendar;
mod compute;
mod count;
mod dates;
mod easter;
mod fault;
mod law;
mod reader;
mod regime;
mod said;
mod slide;
mod suspension;
#[cfg(test)]
mod tests;
mod words;

pub use calendar::{Calendar, Holiday};
pub use compute::{Computed, Length, Step, Term};
pub(crate) use dates::month_named;
pub use dates::{long_date, the_date, weekday};
pub use easter::{EASTER_YEARS, easter};
pub use fault::TermFault;
pub use law::{FILES, Law, WORDS, load, load_words, rule_files};
pub use regime::{Regime, Rule, Switch, WorkingDays};
pub use said::SaidRule;
pub use suspension::{Span, Suspensions};
