//! A checked pack: measures, and in each the values, tables and steps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Action, Band, Cite, Deadline, Document, Eligibility, Event, Export, Life, Office, Rank,
    Register, Rollup, Scalar, Source, Type, Typed, Validator, quantity,
};
use crate::allocate::Method;
use crate::diag::{Place, Text};
use crate::model::{ColumnType, TableDecl, Unit};
use crate::native::{NativeKind, Natives};
use crate::num::{Cents, Ratio, Rounding, Step as RoundingStep};
use crate::pack::raw::Status;
use crate::script::Script;
use crate::terms::Law;
use crate::words;

/// The rules of one Region for one year.
#[derive(Debug)]
pub struct Pack {
    /// `regione/2024`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Year of competence.
    pub year: i64,
    /// The day as of which the rules are read.
    pub as_of: NaiveDate,
    /// How far the rules have come.
    pub status: Status,
    /// The act that it carries out.
    pub main_act: Cite,
    /// The packs that it is made from, the farthest first, itself last.
    pub lineage: Vec<String>,
    /// The measures, by the name of their file.
    pub measures: Vec<Arc<Measure>>,
    /// The national rules on terms, where a measure has times.
    pub law: Option<Law>,
    /// The rule files that were read, sorted by path.
    pub files: Vec<RuleFile>,
}

/// A rule file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleFile {
    /// Its logical path.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One decision of the Region, with its money.
#[derive(Debug)]
pub struct Measure {
    /// The name of its file: `piano-azione`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// The act that decides it.
    pub act: Cite,
    /// The measures whose tables and values it names, in the order written.
    pub reads: Vec<Arc<Measure>>,
    /// Parameters, those of the pack included.
    pub params: BTreeMap<String, Param>,
    /// Funds, in the order written.
    pub funds: Vec<Fund>,
    /// Tables of facts, in the order written.
    pub tables: Vec<TableDecl>,
    /// Columns computed: derived ones in the order written, then those across rows.
    pub derives: Vec<Derive>,
    /// Totals.
    pub totals: Vec<Total>,
    /// Checks.
    pub checks: Vec<Check>,
    /// Decisions, in the order written.
    pub eligibilities: Vec<Eligibility>,
    /// Allocations, in the order written.
    pub allocations: Vec<Allocation>,
    /// What terms run from, in the order written.
    pub events: Vec<Event>,
    /// Windows, terms, times said in words, each in the order written.
    pub deadlines: Vec<Deadline>,
    /// Judgements of the facts by native plugins, in the order written.
    pub validators: Vec<Validator>,
    /// Lists of rows for other offices, in the order written.
    pub registers: Vec<Register>,
    /// Files that native plugins write from those lists, in the order written.
    pub exports: Vec<Export>,
    /// Offices that answer, in the order written.
    pub offices: Vec<Office>,
    /// The lives of sheets, in the order written.
    pub lives: Vec<Life>,
    /// Planned actions, in the order written.
    pub actions: Vec<Action>,
    /// The table that holds their progress.
    pub monitoring: Option<String>,
    /// Forms to be checked, in the order written.
    pub documents: Vec<Document>,
    /// All that is computed, in an order in which each finds what it needs.
    pub steps: Vec<Step>,
}

/// The scripts of a measure, the pack's own first, then those of the packs it extends.
#[derive(Debug)]
pub struct Scripts(pub Vec<Arc<Script>>);

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Compute a derived column.
    Derive(String),
    /// Compute a total.
    Total(String),
    /// Judge a check.
    Check(String),
    /// Judge the rows of a table.
    Decide(String),
    /// Split funds.
    Allocate(String),
    /// Replay a life.
    Replay(String),
}

/// A named value.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// What its value is: a number, a day or an instant.
    pub kind: Type,
    /// Its value, a percentage as a fraction of one; none until an act sets it.
    pub value: Option<Scalar>,
    /// Whether it was written as a percentage.
    pub percent: bool,
    /// What it counts.
    pub unit: Unit,
    /// Where it comes from.
    pub source: Source,
}

/// Money to split.
#[derive(Debug, Clone)]
pub struct Fund {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The amount, when it is known.
    pub amount: Option<Cents>,
    /// The figure as it was published, where it is not the amount.
    pub published: Option<String>,
    /// The least and the greatest amount that agree with the sources.
    pub interval: Option<(Cents, Cents)>,
    /// Shares that other rules split.
    pub reserved: Vec<Reserved>,
    /// Where it comes from.
    pub source: Source,
}

/// A share of a fund that is not split here.
#[derive(Debug, Clone)]
pub struct Reserved {
    /// The share.
    pub share: Share,
    /// Whom it goes to.
    pub to: Text,
    /// Where that is said.
    pub source: Source,
}

/// A fraction of one, with the parameter that says it.
#[derive(Debug, Clone)]
pub struct Share {
    /// The parameter; none where it was written in place.
    pub param: Option<String>,
    /// The fraction written in place, used where no parameter says it.
    pub fraction: Ratio,
}

/// A column computed.
#[derive(Debug)]
pub struct Derive {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The table it is added to.
    pub table: String,
    /// The type of its values.
    pub kind: ColumnType,
    /// What its numbers count.
    pub unit: Unit,
    /// How it is computed.
    pub formula: Formula,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// How a column is computed.
#[derive(Debug)]
pub enum Formula {
    /// On one line.
    Line(Typed),
    /// A function that takes these values, in this order.
    Function {
        /// The script that has it.
        script: Arc<Script>,
        /// Its name.
        function: String,
        /// The names that its parameters stand for.
        inputs: Vec<Typed>,
    },
    /// A function of a native plugin.
    Native(Native),
    /// From the rows of another table.
    Rollup(Box<Rollup>),
    /// Among the rows of its own.
    Rank(Box<Rank>),
    /// A decision table.
    Band(Band),
}

/// A function of a native plugin, and what it is given.
#[derive(Debug)]
pub struct Native {
    /// The plugins of the Region.
    pub natives: Arc<dyn Natives>,
    /// The plugin.
    pub plugin: String,
    /// The function.
    pub function: String,
    /// The type of each argument.
    pub kinds: Vec<NativeKind>,
    /// What it takes from each row.
    pub takes: Vec<Typed>,
    /// The whole tables that it reads besides.
    pub reads: Vec<String>,
}

/// One value over a table.
#[derive(Debug)]
pub struct Total {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The formula.
    pub value: Typed,
    /// What a reader should know.
    pub note: Option<String>,
    /// Where the pack declares it.
    pub place: Place,
}

/// What must hold.
#[derive(Debug)]
pub struct Check {
    /// Its name.
    pub id: String,
    /// What it means.
    pub label: Text,
    /// The condition.
    pub that: Typed,
    /// Where it comes from.
    pub source: Source,
    /// Where the condition stands.
    pub place: Place,
}

/// How funds are split.
#[derive(Debug)]
pub struct Allocation {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The funds, each split on its own.
    pub funds: Vec<String>,
    /// The share of each fund.
    pub share: Share,
    /// The allocation whose residue it splits instead of a share of the fund.
    pub residue_of: Option<String>,
    /// The table whose rows receive.
    pub to: String,
    /// Which rows.
    pub filter: Option<Typed>,
    /// Whether a missing datum leaves it unmade, rather than refuse the run.
    pub withhold: bool,
    /// By what.
    pub criteria: Vec<Criterion>,
    /// How amounts come out of quotas.
    pub method: Method,
    /// The step of rounding.
    pub step: RoundingStep,
    /// The mode of rounding.
    pub rounding: Rounding,
    /// Who wins among equal remainders.
    pub ties: TieRule,
    /// The least a row receives.
    pub floor: Option<Bound>,
    /// The most a row receives.
    pub cap: Option<Bound>,
    /// The least a row keeps of an earlier amount.
    pub guarantee: Option<Bound>,
    /// The row that takes the residue.
    pub residue_to: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// One criterion.
#[derive(Debug)]
pub struct Criterion {
    /// What a reader calls it.
    pub label: Text,
    /// The weight of a row.
    pub weight: Typed,
    /// Its share.
    pub share: Share,
    /// Where it comes from.
    pub source: Source,
    /// Where the weight stands.
    pub place: Place,
}

/// Who wins among equal remainders.
#[derive(Debug)]
pub enum TieRule {
    /// Nobody: the run stops.
    Stop,
    /// The row that comes first in the table.
    First(Source),
    /// The row that comes last in the table.
    Last(Source),
    /// The row with the greatest number.
    By(Box<Typed>, Source),
    /// The row drawn first.
    Draw(Vec<String>, Source),
}

/// A least or a most.
#[derive(Debug)]
pub struct Bound {
    /// What a reader calls it.
    pub label: Text,
    /// Euro, row by row.
    pub value: Typed,
    /// Who pays.
    pub pays: Payers,
    /// Where it comes from.
    pub source: Source,
    /// Where it stands.
    pub place: Place,
}

/// Who pays for a bound.
#[derive(Debug)]
pub enum Payers {
    /// All rows, in proportion.
    All,
    /// The rows that a formula picks.
    Where(Box<Typed>),
    /// A reserve outside the fund.
    Reserve,
}

impl Pack {
    /// Gives the folder of its Region.
    pub fn region(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Gives the measure of that name.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        let mut measures = self.measures.iter().map(Arc::as_ref);
        measures.find(|measure: &&Measure| measure.id == id)
    }

    /// Gives the tables that its measures expect, each once, by name.
    pub fn tables(&self) -> Vec<&TableDecl> {
        let mut seen = BTreeSet::new();
        let all = self.measures.iter().flat_map(|measure| &measure.tables);
        all.filter(|table| seen.insert(table.name.as_str()))
            .collect()
    }
}

impl Param {
    /// Gives its number; none where it is of another type, or no act sets it yet.
    pub fn number(&self) -> Option<&Ratio> {
        match &self.value {
            Some(Scalar::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Says its number with what it counts; none where it has none.
    pub fn said(&self) -> Option<Text> {
        let number = self.number()?;
        Some(match self.percent {
            true => words::percent(number),
            false => quantity(number, &self.unit),
        })
    }
}

impl Measure {
    /// Gives the fund of that name.
    pub fn fund(&self, id: &str) -> Option<&Fund> {
        self.funds.iter().find(|fund| fund.id == id)
    }

    /// Gives the check of that name.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// Gives the allocation of that name.
    pub fn allocation(&self, id: &str) -> Option<&Allocation> {
        self.allocations
            .iter()
            .find(|allocation| allocation.id == id)
    }

    /// Gives the fraction that a share stands for.
    pub fn fraction<'m>(&'m self, share: &'m Share) -> &'m Ratio {
        let param = share.param.as_ref().and_then(|id| self.param(id));
        param.and_then(Param::number).unwrap_or(&share.fraction)
    }
}
