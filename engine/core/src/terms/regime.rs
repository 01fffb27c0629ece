//! A regime: the named set of rules by which a term is counted and moved.

use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};

/// A named set of rules for terms.
#[derive(Debug, Clone)]
pub struct Regime {
    /// The name that commands take.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// Whether its terms run backwards.
    pub back: bool,
    /// Whether both ends are left out.
    pub free_days: bool,
    /// The act behind free days.
    pub free_days_act: String,
    /// The act by which days are counted.
    pub count_act: String,
    /// The act by which months and years are counted.
    pub months_act: String,
    /// The act by which a holiday moves a term; none where it stays.
    pub holiday_act: Option<String>,
    /// What a Saturday is.
    pub saturday: Rule<Saturday>,
    /// Whether August counts.
    pub suspension: Rule<Suspension>,
    /// The least working days of a term, with the act.
    pub working_days: Option<WorkingDays>,
    /// What the hour of the last day is worth, where the law says.
    pub filing: Option<Rule<Text>>,
}

/// The least working days of a term.
#[derive(Debug, Clone)]
pub struct WorkingDays {
    /// How many.
    pub least: u32,
    /// The act behind them.
    pub act: String,
    /// Whether the official text of the act was not read.
    pub assumption: bool,
}

/// A choice of a regime, with what stands behind it.
#[derive(Debug, Clone)]
pub struct Rule<T> {
    /// The choice.
    pub is: T,
    /// The act behind it.
    pub act: String,
    /// What a reader should know, as where sources disagree.
    pub note: Option<Text>,
    /// Whether sources disagree on it.
    pub disputed: bool,
}

/// A choice as one term has it: the regime's, or asked for.
#[derive(Debug, Clone)]
pub struct Switch<T> {
    /// The choice.
    pub is: T,
    /// The act behind it; none where it was asked for against the regime.
    pub act: Option<String>,
    /// What a reader should know, as where sources disagree.
    pub note: Option<Text>,
}

impl<T: Copy + PartialEq> Rule<T> {
    /// Gives the choice that holds when `asked` was asked for.
    pub fn switch(&self, asked: Option<T>) -> Switch<T> {
        let is = asked.unwrap_or(self.is);
        Switch {
            is,
            act: (is == self.is).then(|| self.act.clone()),
            // A note on the regime's choice says nothing of the other, unless it is on the dispute.
            note: self.note.clone().filter(|_| self.disputed || is == self.is),
        }
    }
}
