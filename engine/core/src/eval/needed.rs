//! What a condition needs, in words: each thing that it compares, with the value that will do.

use super::labels::{label_of, value_of};
use super::shown;
use crate::diag::Text;
use crate::model::Unit;
use crate::rules::{Expr, Measure, Reference, Scalar, quantity};
use crate::say;
use crate::script::expression::BinaryOp;

/// What a condition needs.
pub struct Needed {
    /// All of it, each value after what it is of: `Spesa: almeno 10,00 €`.
    pub text: Text,
    /// The value alone, where there is one: `almeno 10,00 €`.
    pub value: Text,
    /// Whether a value is written in the condition itself, so that no parameter tells it.
    pub written: bool,
}

/// Says what a condition on the rows of `table` needs; none where it compares anything else than a
/// column with a value written there or a parameter that an act sets.
pub fn needed(measure: &Measure, table: &str, condition: &Expr) -> Option<Needed> {
    let within = |part: &Expr| needed(measure, table, part);
    match condition {
        Expr::Binary(BinaryOp::And, left, right) => {
            let grouped = |part: &Expr| {
                let needed = within(part)?;
                Some(match part {
                    Expr::Binary(BinaryOp::Or, ..) => Needed {
                        text: say!("({all})", "({all})"; all = needed.text),
                        ..needed
                    },
                    _ => needed,
                })
            };
            let (left, right) = (grouped(left)?, grouped(right)?);
            Some(both(&left, &right, say!("e", "and")))
        }
        Expr::Binary(BinaryOp::Or, left, right) => {
            Some(both(&within(left)?, &within(right)?, say!("oppure", "or")))
        }
        Expr::Binary(op, left, right) => {
            let compared = compared(measure, table, *op, left, right);
            compared.or_else(|| self::compared(measure, table, mirrored(*op), right, left))
        }
        Expr::OneOf(of, texts) => {
            let texts = texts.iter().map(|text| Scalar::Text(text.clone()));
            let texts = texts.map(|text| written(measure, table, of, &text));
            let texts = texts.reduce(
                |all, text| say!("{all} o {text}", "{all} or {text}"; all = all, text = text),
            );
            Some(of_one(named(measure, table, of)?, texts?, true))
        }
        Expr::Not(of) => Some(of_one(
            named(measure, table, of)?,
            value_of(measure, table, of, Scalar::Bool(false)),
            false,
        )),
        of => Some(of_one(
            named(measure, table, of)?,
            value_of(measure, table, of, Scalar::Bool(true)),
            false,
        )),
    }
}

fn both(left: &Needed, right: &Needed, joined: Text) -> Needed {
    let text = say!(
        "{left} {joined} {right}", "{left} {joined} {right}";
        left = left.text.clone(), joined = joined, right = right.text.clone()
    );
    Needed {
        value: text.clone(),
        text,
        written: left.written || right.written,
    }
}

fn of_one(name: Text, value: Text, written: bool) -> Needed {
    Needed {
        text: say!("{name}: {value}", "{name}: {value}"; name = name, value = value.clone()),
        value,
        written,
    }
}

/// What a comparison of `of` with `value` needs.
fn compared(
    measure: &Measure,
    table: &str,
    op: BinaryOp,
    of: &Expr,
    value: &Expr,
) -> Option<Needed> {
    let name = named(measure, table, of)?;
    let (said, scalar, is_written) = match value {
        Expr::Constant(scalar) => (written(measure, table, of, scalar), scalar, true),
        Expr::Reference(Reference::Param(id)) => {
            let param = measure.param(id)?;
            let value = param.value.as_ref()?;
            let said = param.said();
            let said = said.unwrap_or_else(|| written(measure, table, of, value));
            (said, value, false)
        }
        _ => return None,
    };
    let value = match scalar {
        Scalar::Date(_) | Scalar::Moment(_) => in_time(op, said),
        _ => in_size(op, said),
    };
    Some(of_one(name, value?, is_written))
}

fn in_size(op: BinaryOp, value: Text) -> Option<Text> {
    Some(match op {
        BinaryOp::Equal => value,
        BinaryOp::NotEqual => say!(
            "un valore diverso da {value}", "a value other than {value}"; value = value
        ),
        BinaryOp::Less => say!("meno di {value}", "less than {value}"; value = value),
        BinaryOp::LessOrEqual => say!("al massimo {value}", "at most {value}"; value = value),
        BinaryOp::Greater => say!("più di {value}", "more than {value}"; value = value),
        BinaryOp::GreaterOrEqual => say!("almeno {value}", "at least {value}"; value = value),
        _ => return None,
    })
}

fn in_time(op: BinaryOp, value: Text) -> Option<Text> {
    Some(match op {
        BinaryOp::Less => say!("prima di {value}", "before {value}"; value = value),
        BinaryOp::LessOrEqual => say!("non dopo {value}", "not after {value}"; value = value),
        BinaryOp::Greater => say!("dopo {value}", "after {value}"; value = value),
        BinaryOp::GreaterOrEqual => {
            say!("non prima di {value}", "not before {value}"; value = value)
        }
        _ => return in_size(op, value),
    })
}

/// The comparison that says the same with its sides the other way round.
fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessOrEqual => BinaryOp::GreaterOrEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterOrEqual => BinaryOp::LessOrEqual,
        op => op,
    }
}

/// What a reader calls what is compared; none where it is no column, total or fold of one.
fn named(measure: &Measure, table: &str, of: &Expr) -> Option<Text> {
    let is_named = match of {
        Expr::Reference(reference) => !matches!(reference, Reference::Param(_)),
        Expr::Through { .. } | Expr::Fold { .. } => true,
        _ => false,
    };
    is_named.then(|| label_of(measure, table, "", of))
}

/// Writes a value as it stands in a condition, in the unit of what it is compared with.
fn written(measure: &Measure, table: &str, of: &Expr, value: &Scalar) -> Text {
    match value {
        Scalar::Number(number) => match unit_of(measure, table, of) {
            Some(unit) => quantity(number, unit),
            None => shown(value.clone(), false),
        },
        Scalar::Text(_) => say!(
            "«{value}»", "“{value}”";
            value = value_of(measure, table, of, value.clone())
        ),
        _ => value_of(measure, table, of, value.clone()),
    }
}

fn unit_of<'m>(measure: &'m Measure, table: &str, of: &Expr) -> Option<&'m Unit> {
    match of {
        Expr::Reference(Reference::Column(id)) => Some(&measure.table(table)?.column(id)?.unit),
        Expr::Reference(Reference::Derived(id)) => Some(&measure.derive(id)?.unit),
        Expr::Reference(Reference::Total(id)) => measure.total(id)?.value.unit.as_ref(),
        _ => None,
    }
}
