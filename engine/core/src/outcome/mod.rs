//! What a run gives: amounts with their certificates. Plain data; nothing here prints or writes.

mod action;
mod awaited;
mod benefit;
mod deadline;
mod decision;
mod document;
mod life;
mod office;
mod register;

pub use action::{ActionOutcome, Late, Lateness, Progress};
pub use awaited::{Awaited, MissingCell, grouped};
pub use benefit::{BenefitOutcome, BenefitRow};
pub use deadline::{
    Certainty, ConsequenceOutcome, Counted, DeadlineKind, DeadlineOutcome, EventOutcome,
    ExtensionOutcome, State,
};
pub use decision::{DecisionOutcome, DecisionRow, Finding, Standing, Verdict};
pub use document::{
    DocumentOutcome, ItemOutcome, Misprint, MisprintFault, Otherwise, PartOutcome, PartReason,
    conformity,
};
pub use life::{HistoryEntry, LifeOutcome, Refusal, SheetOutcome};
pub use office::{Answers, OfficeOutcome};
pub use register::{RegisterOutcome, Told};

use chrono::NaiveDate;

use crate::allocate::{Certificate, Held, Method, Settled};
use crate::diag::Text;
use crate::num::{Cents, Ratio, Rounding, Step};
use crate::say;

/// The outcome of a pack on its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// `regione/2024`.
    pub pack: String,
    /// The day as of which the rules were read.
    pub as_of: NaiveDate,
    /// What was split, measure by measure in the order of the pack, fund by fund.
    pub allocations: Vec<AllocationOutcome>,
    /// What was decided, measure by measure.
    pub decisions: Vec<DecisionOutcome>,
    /// What decisions give to the rows that they admit, measure by measure.
    pub benefits: Vec<BenefitOutcome>,
    /// The allocations that were not made, since they wait for facts.
    pub withheld: Vec<Withheld>,
    /// What was checked and held.
    pub checks: Vec<CheckOutcome>,
    /// Windows, terms and times in words, as they are known without any event.
    pub deadlines: Vec<DeadlineOutcome>,
    /// Lists of rows for other offices.
    pub registers: Vec<RegisterOutcome>,
    /// What became of each sheet, life by life.
    pub states: Vec<LifeOutcome>,
    /// Forms checked, document by document.
    pub documents: Vec<DocumentOutcome>,
    /// Planned actions with their progress, measure by measure.
    pub actions: Vec<ActionOutcome>,
    /// What each subject receives in all, in the order in which subjects first appear.
    pub totals: Vec<SubjectTotal>,
}

impl Outcome {
    /// Starts an outcome in which nothing has come out yet.
    pub fn new(pack: String, as_of: NaiveDate) -> Self {
        Self {
            pack,
            as_of,
            allocations: Vec::new(),
            decisions: Vec::new(),
            benefits: Vec::new(),
            registers: Vec::new(),
            states: Vec::new(),
            documents: Vec::new(),
            actions: Vec::new(),
            withheld: Vec::new(),
            checks: Vec::new(),
            deadlines: Vec::new(),
            totals: Vec::new(),
        }
    }

    /// Adds what a measure gave after what others gave.
    pub fn append(&mut self, own: Self) {
        // Every field is named, so that what a run gains cannot be left out unnoticed.
        let Self {
            pack: _,
            as_of: _,
            allocations,
            decisions,
            benefits,
            withheld,
            checks,
            deadlines: _,
            registers,
            states,
            documents,
            actions,
            totals: _,
        } = own;
        self.allocations.extend(allocations);
        self.decisions.extend(decisions);
        self.benefits.extend(benefits);
        self.withheld.extend(withheld);
        self.checks.extend(checks);
        self.registers.extend(registers);
        self.states.extend(states);
        self.documents.extend(documents);
        self.actions.extend(actions);
    }
}

/// An allocation that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The allocation.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What a reader calls it.
    pub label: Text,
    /// The act behind it.
    pub act: Option<String>,
    /// What it waits for, datum by datum.
    pub awaits: Vec<Awaited>,
}

/// One fund split by one allocation.
#[derive(Debug, Clone, PartialEq)]
pub struct AllocationOutcome {
    /// The allocation.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// The fund.
    pub fund: String,
    /// The table whose rows receive.
    pub table: String,
    /// How amounts came out of quotas.
    pub method: Method,
    /// The step of rounding.
    pub step: Step,
    /// The mode of rounding.
    pub rounding: Rounding,
    /// The money, when the fund is known.
    pub money: Option<Money>,
    /// The sum of the weights of each criterion.
    pub total_weights: Vec<Ratio>,
    /// The rows that receive, in the order of the table.
    pub rows: Vec<RowOutcome>,
}

/// The money of a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// The whole fund, or the residue that is split.
    pub fund: Cents,
    /// The share of it, exactly: it may hold fractions of a cent.
    pub pot: Ratio,
    /// The share of it in cents: the pots of a fund add up to it.
    pub amount: Cents,
    /// The sum of what the rows receive.
    pub distributed: Cents,
    /// What is left: below zero where rounding gave more than there was.
    pub residue: Cents,
    /// The row that took the residue, where the rule names one.
    pub residue_to: Option<String>,
    /// How it adds up.
    pub certificate: Certificate,
    /// What the largest remainder would have given, where another method was used.
    pub alternative: Option<Alternative>,
}

/// What the largest remainder would have given on the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// An amount for each row, in the order of the rows.
    pub amounts: Vec<Cents>,
    /// What it would have left: nothing, unless caps leave money that nobody may take.
    pub residue: Cents,
    /// The equal remainders that would have competed for the last steps; the amounts serve those
    /// that come first in the table.
    pub tie: Option<Settled>,
}

/// What a row receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands: more than one for an aggregate.
    pub subjects: i64,
    /// Its weight under each criterion.
    pub weights: Vec<Ratio>,
    /// Its part of the whole, before bounds: a fraction of one.
    pub fraction: Ratio,
    /// Its amounts, when the fund is known.
    pub amounts: Option<RowAmounts>,
}

/// The amounts of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAmounts {
    /// Exactly, before bounds.
    pub quota: Ratio,
    /// Exactly, before rounding.
    pub exact: Ratio,
    /// What it receives.
    pub amount: Cents,
    /// The bound that it stands at.
    pub held: Option<Held>,
    /// Whether one of the steps left over went to it.
    pub extra_step: bool,
    /// The place of its remainder, one being the largest.
    pub rank: Option<usize>,
    /// What rounding down left of its exact amount.
    pub remainder: Ratio,
}

/// A check that held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOutcome {
    /// The check.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What it means.
    pub label: Text,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether it could be judged: not when it reads a fund that is not known.
    pub judged: bool,
}

/// What a subject receives in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectTotal {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands.
    pub subjects: i64,
    /// The sum; none when a fund that it shares in is not known.
    pub amount: Option<Cents>,
}

impl AllocationOutcome {
    /// Gives the row of that key.
    pub fn row(&self, key: &str) -> Option<&RowOutcome> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// Names the rows of these keys as a reader calls them: eight at most, then how many more.
    pub fn names(&self, keys: &[String]) -> Text {
        let name = |key: &String| self.row(key).map_or(key.clone(), |row| row.name.clone());
        let names: Vec<String> = keys.iter().take(8).map(name).collect();
        let (names, more) = (names.join(", "), keys.len().saturating_sub(8));
        match more {
            0 => Text::same(names),
            _ => say!("{names} e altri {more}", "{names} and {more} more"),
        }
    }
}
