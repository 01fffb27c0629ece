//! What is to be split, among whom, and by which rule.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diag::Text;
use crate::num::{Ratio, Rounding, Step};
use crate::say;

use super::field;

/// A sum to be split, with everything the split depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The exact money that quotas are computed on: a fund times a share may hold fractions of a
    /// cent.
    ///
    /// # Units
    /// Euro.
    pub pot: Ratio,
    /// The money really at hand, which a closing method must reach and residues are counted from.
    ///
    /// # Units
    /// Euro. In whole steps it is the pot rounded down or up, never farther.
    pub target: Ratio,
    /// What amounts are made of.
    pub step: Step,
    /// How a number between two steps is brought to one of them.
    pub rounding: Rounding,
    /// How quotas become amounts.
    pub method: Method,
    /// What happens when equal remainders compete for the last step.
    pub ties: Ties,
    /// Who pays for minimums and takes what maximums free.
    pub payers: Payers,
    /// By what the pot is split. The shares add up to one.
    pub criteria: Vec<Criterion>,
    /// Among whom.
    pub rows: Vec<Row>,
}

impl Problem {
    /// Gives the plain split of `amount` by one weight per key: cents, half-up, a tie stops.
    pub fn new<K: Into<String>>(
        amount: Ratio,
        method: Method,
        weights: impl IntoIterator<Item = (K, Ratio)>,
    ) -> Self {
        let (rows, weights) = weights
            .into_iter()
            .map(|(key, weight)| (Row::new(key), weight))
            .unzip();
        Self {
            pot: amount.clone(),
            target: amount,
            step: Step::cent(),
            rounding: Rounding::default(),
            method,
            ties: Ties::default(),
            payers: Payers::default(),
            criteria: vec![Criterion::whole(weights)],
            rows,
        }
    }

    /// Tells whether some row has a minimum or a maximum.
    pub fn has_bounds(&self) -> bool {
        self.rows.iter().any(|r| r.min.is_some() || r.max.is_some())
    }
}

/// How exact quotas become amounts made of steps. — Come le quote esatte diventano importi.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Every quota is rounded down; the steps left go to the largest remainders. — Quote per difetto; i passi rimasti vanno ai resti più grandi.
    #[default]
    LargestRemainder,
    /// The unit value is rounded, then multiplied by a whole number; the residue is kept, even below zero. — Valore unitario arrotondato per un numero intero; il residuo resta, anche negativo.
    UnitValue,
    /// Every quota is rounded on its own; the imbalance is kept as residue. — Ogni quota si arrotonda da sola; lo sbilancio resta.
    EachRounded,
    /// Every quota is rounded down; the residue is kept. — Ogni quota per difetto; il residuo resta.
    Floor,
}

impl Method {
    /// All the methods, in the order in which documentation lists them.
    pub const ALL: [Self; 4] = [
        Self::LargestRemainder,
        Self::UnitValue,
        Self::EachRounded,
        Self::Floor,
    ];

    /// Gives the name that rule files and the command line use.
    pub fn name(self) -> &'static str {
        match self {
            Self::LargestRemainder => "largest-remainder",
            Self::UnitValue => "unit-value",
            Self::EachRounded => "each-rounded",
            Self::Floor => "floor",
        }
    }
}

/// What happens when equal remainders compete for the last step.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// The run stops and names them.
    #[default]
    Stop,
    /// Those listed first are served.
    First,
    /// Those listed last are served.
    Last,
    /// Those with the lower [`Row::precedence`] are served: a criterion of the act or a recorded
    /// draw. Where it does not tell them apart, the run stops.
    Ranked,
}

impl Ties {
    /// All the tie rules, in the order in which documentation lists them.
    pub const ALL: [Self; 4] = [Self::Stop, Self::First, Self::Last, Self::Ranked];

    /// Gives the name that rule files and the command line use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::First => "first",
            Self::Last => "last",
            Self::Ranked => "ranked",
        }
    }
}

/// Who pays for minimums and takes what maximums free.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Payers {
    /// Every row, pro rata of its quota.
    #[default]
    All,
    /// The rows at these positions, pro rata of their quotas. The others keep their own quota,
    /// within their own bounds.
    Rows(BTreeSet<usize>),
    /// A reserve outside the pot: no quota is scaled.
    Reserve,
}

/// A part of the pot that is split by one kind of weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// What the weight is, for messages and certificates.
    pub label: Text,
    /// The part of the pot that follows this weight.
    ///
    /// # Units
    /// Fraction of one.
    pub share: Ratio,
    /// The weight of each row, in the order of the rows. Not below zero, not all zero.
    pub weights: Vec<Ratio>,
    /// The weight of the whole, when the rows are only a part of it.
    pub total: Option<Ratio>,
}

impl Criterion {
    /// Gives the only criterion of a split: all of the pot follows these weights.
    pub fn whole(weights: Vec<Ratio>) -> Self {
        Self {
            label: say!("peso", "weight"),
            share: Ratio::one(),
            weights,
            total: None,
        }
    }

    /// Gives the sum of the weights listed.
    pub fn listed_weight(&self) -> Ratio {
        let (column, denom) = field::whole_numbers(&self.weights);
        // INVARIANT: a common denominator is above zero.
        Ratio::new(column.iter().sum::<BigInt>(), denom).unwrap_or_else(Ratio::zero)
    }

    /// Gives the weight of the whole: the sum of the weights, unless the rows are a part of it.
    pub fn whole_weight(&self) -> Ratio {
        self.total.clone().unwrap_or_else(|| self.listed_weight())
    }
}

/// One of those among whom the pot is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name that messages and results use.
    pub key: String,
    /// The least it may get. Rounded up to a step.
    pub min: Option<Bound>,
    /// The most it may get. Rounded down to a step.
    pub max: Option<Bound>,
    /// Its place in the order that [`Ties::Ranked`] follows: the lower is served first.
    pub precedence: Option<i64>,
}

impl Row {
    /// Gives a row without bounds or precedence.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            min: None,
            max: None,
            precedence: None,
        }
    }
}

/// A minimum or a maximum, with the name that explanations give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// How much.
    ///
    /// # Units
    /// Euro.
    pub amount: Ratio,
    /// What it is called: `minimo`, `massimo`, `garanzia sul 2023`.
    pub label: Text,
}

impl Bound {
    /// Gives a minimum without a name of its own.
    pub fn min(amount: Ratio) -> Self {
        Self {
            amount,
            label: say!("minimo", "minimum"),
        }
    }

    /// Gives a maximum without a name of its own.
    pub fn max(amount: Ratio) -> Self {
        Self {
            amount,
            label: say!("massimo", "maximum"),
        }
    }
}
