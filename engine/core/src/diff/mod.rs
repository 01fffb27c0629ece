//! What differs between two packs, or between two states of the rules.
//!
//! Rules are compared block by block, each described as the values that it sets; times are compared
//! by the days that they come to, amounts by running both packs.

mod amounts;
mod awaited;
mod block;
mod columns;
mod compare;
mod decisions;
mod describe;
mod documents;
mod facts;
mod kinds;
mod lives;
mod names;
mod natives;
mod offices;
mod parts;
mod same;
mod sentence;
mod splits;
mod terms;
#[cfg(test)]
mod tests;
mod times;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Text;

pub use amounts::{
    AmountChange, AmountChanges, Between, Parts, Subject, amount_changes, run_on, shared_funds,
    unmade,
};
pub use awaited::awaited_facts;
pub use compare::{Change, RuleChange, RulePart, Together, rule_changes};
pub use times::{
    DeadlineChange, TermChange, TermMove, deadline_changes, term_changes, years_to_try,
};

/// All that differs between two packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// The name of the first pack.
    pub before: String,
    /// The name of the second pack.
    pub after: String,
    /// What a reader calls the measures of both packs, by name.
    pub titles: BTreeMap<String, Text>,
    /// The deadlines that are not on the same dates.
    pub deadlines: Vec<DeadlineChange>,
    /// The years whose days were tried as days of events; none where no term awaits one.
    pub years: BTreeSet<i32>,
    /// The terms that move for some of those days.
    pub terms: Vec<TermChange>,
    /// The rules that are not the same, by measure; those that only read otherwise come last.
    pub rules: Vec<RuleChange>,
    /// What subjects receive, where both packs split money.
    pub amounts: Option<Result<AmountChanges, Unrun>>,
}

/// Why amounts are not compared: a pack that does not come to all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrun {
    /// The pack.
    pub pack: String,
    /// Why it does not.
    pub why: Text,
    /// What is missing, table by table, then what no table holds; or what is wrong.
    pub missing: Vec<Text>,
}
