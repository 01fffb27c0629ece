//! A formula after its names were found and its types agreed.

use chrono::NaiveDate;

use crate::model::Unit;
use crate::num::{Ratio, Rounding, Step};
use crate::script::expression::BinaryOp;
use crate::time::RomeTime;

/// A single value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// An exact number.
    Number(Ratio),
    /// Yes or no.
    Bool(bool),
    /// Text, a code.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A day with its time.
    Moment(RomeTime),
}

/// The type of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// An exact number.
    Number,
    /// Yes or no.
    Bool,
    /// Text, a code.
    Text,
    /// A day.
    Date,
    /// A day with its time.
    Moment,
}

/// What a name of a formula stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A column of the table that is being gone through.
    Column(String),
    /// A derived column of that table.
    Derived(String),
    /// A parameter.
    Param(String),
    /// A total.
    Total(String),
    /// Whether a row is admitted by a decision.
    Decision(String),
    /// The amount of a fund.
    Fund(String),
    /// What a row receives from an allocation, over its funds.
    Amount(String),
    /// What a row would receive before rounding, over the funds of an allocation.
    Exact(String),
}

/// How the rows of a table become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Their sum.
    Sum,
    /// The least.
    Least,
    /// The greatest.
    Greatest,
    /// How many rows there are.
    Count,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A value written in the formula.
    Constant(Scalar),
    /// A named value.
    Reference(Reference),
    /// Not.
    Not(Box<Expr>),
    /// Minus.
    Negate(Box<Expr>),
    /// Two formulas and what joins them.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// The least of some numbers or days.
    Least(Vec<Expr>),
    /// The greatest of some numbers or days.
    Greatest(Vec<Expr>),
    /// The distance from zero.
    Absolute(Box<Expr>),
    /// A number brought to a multiple of a step.
    Round(Box<Expr>, Step, Rounding),
    /// One value or another, of the same type and unit.
    If {
        /// What decides.
        condition: Box<Expr>,
        /// The value where it holds.
        yes: Box<Expr>,
        /// The value where it does not.
        no: Box<Expr>,
    },
    /// The days from the first day to the second.
    Days(Box<Expr>, Box<Expr>),
    /// Whether the datum is missing.
    IsMissing(Box<Expr>),
    /// Whether a parameter rests on no act: an assumption, or a value given for this run.
    IsAssumption(Box<Expr>),
    /// Whether a text is one of these.
    OneOf(Box<Expr>, Vec<String>),
    /// A column or derived column of the row of another table that this row refers to.
    Through {
        /// The column of this row that holds the key.
        column: String,
        /// The table whose key it is.
        table: String,
        /// What is read there.
        of: Reference,
    },
    /// One value over all the rows of a table; `column` is a column or derived column of it.
    Fold {
        /// How.
        fold: Fold,
        /// Over which table.
        table: String,
        /// Of what; none where rows are counted.
        column: Option<Reference>,
    },
}

/// A formula with its type and unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The formula.
    pub expr: Expr,
    /// The text it was written as.
    pub text: String,
    /// Its type.
    pub kind: Type,
    /// What its number counts; none where a bare number takes the unit of its neighbour.
    pub unit: Option<Unit>,
}

impl Expr {
    /// Gives every name that the formula reads directly, in the order written.
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Reference(reference) = expr {
                found.push(reference);
            }
        });
        found
    }

    /// Shows the formula and all its parts to `look`, outside in.
    pub fn visit<'e>(&'e self, look: &mut impl FnMut(&'e Self)) {
        look(self);
        match self {
            Self::Constant(_) | Self::Reference(_) | Self::Through { .. } | Self::Fold { .. } => {}
            Self::Not(inner)
            | Self::Negate(inner)
            | Self::Absolute(inner)
            | Self::Round(inner, ..)
            | Self::IsMissing(inner)
            | Self::IsAssumption(inner)
            | Self::OneOf(inner, _) => inner.visit(look),
            Self::If { condition, yes, no } => {
                condition.visit(look);
                yes.visit(look);
                no.visit(look);
            }
            Self::Binary(_, left, right) | Self::Days(left, right) => {
                left.visit(look);
                right.visit(look);
            }
            Self::Least(parts) | Self::Greatest(parts) => {
                for part in parts {
                    part.visit(look);
                }
            }
        }
    }
}
