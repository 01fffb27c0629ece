//! A value that could not be had: missing is not zero.

mod awaits;
mod told;

use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Text};

pub use awaits::{Awaited, Awaits};

/// Why a value could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// What is awaited: data, funds, parameters.
    Awaited(Arc<Awaits>),
    /// The same, of a place that can be only one from the first of these to the last.
    Between(i64, i64, Arc<Awaits>),
    /// A datum that the rule does not provide for.
    Outside {
        /// What it is, and where.
        what: Text,
        /// Its row.
        place: Place,
    },
    /// The rule divides by zero.
    DivisionByZero,
    /// A script stopped; what it said.
    Script(Box<Diagnostic>),
    /// A fault of the rule that has been told already, where the value was worked out.
    Told,
    /// What the check of the pack excludes: a defect of this program.
    Impossible,
}

impl Gap {
    /// A cell is empty, or a table is: what is missing, and where.
    pub fn missing(what: Text, place: Option<Place>) -> Self {
        Awaited::Datum { what, place }.into()
    }

    /// The amount of a fund is not known yet.
    pub fn unknown_fund(id: &str) -> Self {
        Awaited::Fund(id.to_owned()).into()
    }

    /// No act sets a parameter yet.
    pub fn unknown_param(id: &str) -> Self {
        Awaited::Param(id.to_owned()).into()
    }

    /// The same gap of a place that can be only one from `low` to `high`.
    pub fn between(self, low: i64, high: i64) -> Self {
        match self {
            Self::Awaited(awaits) | Self::Between(.., awaits) => Self::Between(low, high, awaits),
            other => other,
        }
    }

    /// Tells whether the fault is the rule's own, told once where the value is worked out; what is
    /// awaited waits until someone needs it.
    pub fn is_fault(&self) -> bool {
        self.awaits().is_none() && !matches!(self, Self::Outside { .. } | Self::Told)
    }

    /// Gives what is awaited; none where it is something else that stands in the way.
    pub fn awaits(&self) -> Option<&Awaits> {
        match self {
            Self::Awaited(awaits) | Self::Between(.., awaits) => Some(awaits),
            _ => None,
        }
    }

    /// Tells whether a datum is missing, rather than an amount or a value that no act gives yet.
    pub fn misses_a_datum(&self) -> bool {
        let items = self.awaits().map(Awaits::items).unwrap_or_default();
        items.iter().any(Awaited::is_datum)
    }

    /// Says in one text all that is awaited; none where nothing is.
    pub fn awaited(&self) -> Option<Text> {
        self.awaits().map(Awaits::text)
    }

    /// Gives one gap for several, in their order: the first that is more than something awaited,
    /// else one that names all that is; none for none.
    pub fn all(gaps: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut awaited = Vec::new();
        for gap in gaps {
            match gap {
                Self::Awaited(awaits) | Self::Between(.., awaits) => awaited.push(awaits),
                other => return Some(other),
            }
        }
        Awaits::together(awaited).map(Self::Awaited)
    }

    /// Gives all the values, or one gap for all that could not be had.
    pub fn unless_missing<T>(
        values: impl IntoIterator<Item = Result<T, Self>>,
    ) -> Result<Vec<T>, Self> {
        let (mut had, mut gaps) = (Vec::new(), Vec::new());
        for value in values {
            match value {
                Ok(value) => had.push(value),
                Err(gap) => gaps.push(gap),
            }
        }
        Self::all(gaps).map_or(Ok(had), Err)
    }

    /// Gives two values, or one gap for what could not be had of them.
    pub fn both<A, B>(left: Result<A, Self>, right: Result<B, Self>) -> Result<(A, B), Self> {
        match (left, right) {
            (Ok(left), Ok(right)) => Ok((left, right)),
            (left, right) => {
                let gaps = left.err().into_iter().chain(right.err());
                Err(Self::all(gaps).unwrap_or(Self::Impossible))
            }
        }
    }
}

impl From<Awaited> for Gap {
    fn from(awaited: Awaited) -> Self {
        Self::Awaited(Arc::new(Awaits::from(awaited)))
    }
}
