//! Why a term or a calendar has no answer.

use crate::diag::{Code, Diagnostic};
use crate::say;

/// Why a term or a calendar has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermFault {
    /// The tables do not say what holds in a year.
    NotCovered {
        /// The year.
        year: i32,
        /// The first year that they cover.
        from: i32,
        /// The last year that they cover.
        to: i32,
    },
    /// The date is beyond what a calendar can hold.
    BeyondDates,
}

impl From<TermFault> for Diagnostic {
    fn from(fault: TermFault) -> Self {
        match fault {
            TermFault::NotCovered { year, from, to } => Self::error(
                Code::BadArgument,
                say!(
                    "l'anno {year} non è coperto: i giorni festivi sono noti dal {from} al {to}",
                    "the year {year} is not covered: holidays are known from {from} to {to}"
                ),
            )
            .help(say!(
                "dare una data più vicina, o completare `rules/calendar/` con gli atti di quegli anni",
                "give a nearer date, or complete `rules/calendar/` with the acts of those years"
            )),
            TermFault::BeyondDates => Self::error(
                Code::BadArgument,
                say!(
                    "il termine è troppo lungo: la data non si può scrivere",
                    "the term is too long: its date cannot be written"
                ),
            )
            .help(say!(
                "controllare la durata e l'unità: giorni, mesi o anni",
                "check the length and its unit: days, months or years"
            )),
        }
    }
}
