//! The rules of a pack after every check: names found, units agreed, values exact.
//!
//! Whoever holds a [`Pack`] needs no branch for a missing parameter or an unknown column.

mod across;
mod action;
mod assumptions;
mod band;
mod cite;
mod deadline;
mod document;
mod eligibility;
mod expr;
mod life;
mod measure;
mod native;
mod office;
mod reads;
mod register;
mod uses;

pub use across::{How, Order, Rank, Rollup};
pub use action::{Action, ActionEuro, ActionState, Group};
pub use assumptions::Assumption;
pub use band::{Band, BandRow, End, Interval, quantity};
pub use cite::{Act, Cite, Source};
pub use deadline::{Consequence, Deadline, Event, Extension, Prose, TermRule, Time, Until, Window};
pub use document::{Count, Document, DocumentItem, DocumentPart, Limit, TextTable};
pub use eligibility::{Condition, Eligibility, Exception, Given, VerdictWords};
pub use expr::{Expr, Fold, Reference, Scalar, Type, Typed};
pub use life::{EventTable, Life, OpenColumn, Requirement, State, Transition};
pub use measure::{
    Allocation, Bound, Check, Criterion, Derive, Formula, Fund, Measure, Native, Pack, Param,
    Payers, Reserved, RuleFile, Scripts, Share, Step, TieRule, Total,
};
pub use native::{Capability, Export, Validator};
pub use office::{Hours, Office};
pub use reads::Origin;
pub use register::Register;
