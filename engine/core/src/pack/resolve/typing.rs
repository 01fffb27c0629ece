//! Gives a formula its meaning: each name found, each type and unit agreed.

mod calls;
mod functions;
mod members;
mod states;
mod values;

use super::names::Names;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::Unit;
use crate::num::Ratio;
use crate::pack::nearest;
use crate::pack::raw::Node;
use crate::rules::{Expr, Scalar, Type, Typed};
use crate::say;
use crate::script::expression::{At, BinaryOp, Syntax, parse};

/// What a formula must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Yes or no.
    Condition,
    /// A number of whatever.
    Number,
    /// A number of this unit.
    Unit(Unit),
    /// A day.
    Date,
    /// Any type.
    Any,
}

/// Reads a formula; what is wrong with it goes to `faults`, and then there is no result.
///
/// # Shape
/// `row` is the table that the formula is worked out for row by row, where there is one.
pub fn formula(
    node: &Node,
    names: &Names,
    row: Option<&str>,
    expected: &Expected,
    faults: &mut Diagnostics,
) -> Option<Typed> {
    let text = node.as_text()?;
    let before = faults.len();
    let mut typing = Typing {
        node,
        text,
        names,
        row,
        faults,
    };
    let syntax = match parse(text) {
        Ok(syntax) => syntax,
        Err(fault) => {
            let place = typing.place(fault.at);
            let fault_text = Diagnostic::error(Code::ExpressionSyntax, fault.message);
            typing
                .faults
                .push(fault_text.at(place).help_maybe(fault.help));
            return None;
        }
    };
    // Which names a row of an unknown table has cannot be told; the table itself was reported.
    if row.is_some_and(|table| names.table(table).is_none()) {
        return None;
    }
    let part = typing.part(&syntax)?;
    typing.expect(&part, expected, &syntax);
    let typed = Typed {
        expr: part.expr,
        text: text.to_owned(),
        kind: part.kind,
        unit: part.unit,
    };
    (faults.len() == before).then_some(typed)
}

/// A formula's part: no unit where it is a bare number that takes its neighbour's.
struct Part {
    expr: Expr,
    kind: Type,
    unit: Option<Unit>,
}

struct Typing<'t> {
    node: &'t Node,
    text: &'t str,
    names: &'t Names,
    row: Option<&'t str>,
    faults: &'t mut Diagnostics,
}

impl Typing<'_> {
    fn place(&self, at: At) -> Place {
        let place = self.node.place.clone();
        if self.text.contains('\n') {
            return place;
        }
        // One more than the offset: the opening quote stands before the text.
        Place {
            column: place.column + 1 + at.offset,
            length: at.length.max(1),
            ..place
        }
    }

    fn fault(&mut self, code: Code, at: At, message: Text, help: Option<Text>) {
        let place = self.place(at);
        self.faults
            .push(Diagnostic::error(code, message).at(place).help_maybe(help));
    }

    fn part(&mut self, syntax: &Syntax) -> Option<Part> {
        match syntax {
            Syntax::Number { value, .. } => Some(number(value.clone())),
            Syntax::Text { value, .. } => Some(constant(Scalar::Text(value.clone()), Type::Text)),
            Syntax::Bool { value, .. } => Some(constant(Scalar::Bool(*value), Type::Bool)),
            Syntax::Name { name, at } => self.name(name, *at),
            Syntax::Member { of, name, at } => self.member(of, name, *at),
            Syntax::Not { operand, .. } => {
                let inner = self.part(operand)?;
                self.need(&inner, Type::Bool, operand.at());
                Some(Part {
                    expr: Expr::Not(inner.expr.into()),
                    kind: Type::Bool,
                    unit: None,
                })
            }
            Syntax::Negate { operand, .. } => {
                let inner = self.part(operand)?;
                self.need(&inner, Type::Number, operand.at());
                Some(numeric(Expr::Negate(inner.expr.into()), inner.unit))
            }
            Syntax::Binary {
                op,
                left,
                right,
                at,
            } => self.binary(*op, left, right, *at),
            Syntax::Call {
                function,
                arguments,
                at,
            } => self.call(function, arguments, *at),
        }
    }

    fn name(&mut self, name: &str, at: At) -> Option<Part> {
        if let Some(found) = self.names.find(name, self.row) {
            let unit = found.counted();
            return Some(Part {
                expr: Expr::Reference(found.reference),
                kind: found.kind,
                unit,
            });
        }
        if self.names.broken.contains(name) {
            return None;
        }
        let known = self.names.known(self.row);
        let help = nearest(name, known.iter().copied()).unwrap_or_else(|| {
            let list = known
                .iter()
                .map(|k| format!("`{k}`"))
                .collect::<Vec<_>>()
                .join(", ");
            say!("qui si può usare: {list}", "what can be used here: {list}")
        });
        let message = say!("`{name}` non è dichiarato", "`{name}` is not declared");
        self.fault(Code::UnknownName, at, message, Some(help));
        None
    }

    fn binary(&mut self, op: BinaryOp, left: &Syntax, right: &Syntax, at: At) -> Option<Part> {
        // Both sides are judged before either stops the other.
        let (left_part, right_part) = (self.part(left), self.part(right));
        let (left_part, right_part) = (left_part?, right_part?);
        let (kind, unit) = match op {
            BinaryOp::And | BinaryOp::Or => {
                self.need(&left_part, Type::Bool, left.at());
                self.need(&right_part, Type::Bool, right.at());
                (Type::Bool, None)
            }
            BinaryOp::Multiply | BinaryOp::Divide => {
                self.need(&left_part, Type::Number, left.at());
                self.need(&right_part, Type::Number, right.at());
                (Type::Number, product_unit(op, &left_part, &right_part))
            }
            BinaryOp::Add | BinaryOp::Subtract => {
                self.need(&left_part, Type::Number, left.at());
                self.need(&right_part, Type::Number, right.at());
                (
                    Type::Number,
                    self.same_unit(left_part.unit.as_ref(), right_part.unit.as_ref(), at),
                )
            }
            BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessOrEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterOrEqual => {
                self.comparable(op, &left_part, &right_part, at);
                self.state_named(&left_part, &right_part, right.at());
                self.state_named(&right_part, &left_part, left.at());
                self.check_word(&left_part, right);
                self.check_word(&right_part, left);
                (Type::Bool, None)
            }
        };
        let expr = Expr::Binary(op, left_part.expr.into(), right_part.expr.into());
        Some(Part { expr, kind, unit })
    }

    fn comparable(&mut self, op: BinaryOp, left: &Part, right: &Part, at: At) {
        let both_are_times = [left, right]
            .iter()
            .all(|part| matches!(part.kind, Type::Date | Type::Moment));
        if left.kind != right.kind && !both_are_times {
            let (a, b) = (type_text(left.kind), type_text(right.kind));
            let (a_it, b_it, a_en, b_en) = (a.it, b.it, a.en, b.en);
            let message = say!(
                "si confronta {a_it} con {b_it}",
                "{a_en} is compared with {b_en}"
            );
            let help = say!(
                "si confrontano solo valori dello stesso tipo",
                "only values of the same type are compared"
            );
            return self.fault(Code::TypeMismatch, at, message, Some(help));
        }
        let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        if ordered && matches!(left.kind, Type::Bool | Type::Text) {
            let message = say!(
                "testi e sì/no si confrontano solo con `==` e `!=`",
                "texts and yes/no are compared only with `==` and `!=`"
            );
            let help = say!(
                "scrivere `==` o `!=`, o confrontare due numeri o due date",
                "write `==` or `!=`, or compare two numbers or two dates"
            );
            return self.fault(Code::TypeMismatch, at, message, Some(help));
        }
        if left.kind == Type::Number {
            self.same_unit(left.unit.as_ref(), right.unit.as_ref(), at);
        }
    }

    fn same_unit(&mut self, left: Option<&Unit>, right: Option<&Unit>, at: At) -> Option<Unit> {
        match (left, right) {
            (Some(a), Some(b)) if a != b => {
                let message = say!(
                    "a sinistra ci sono `{a}`, a destra `{b}`",
                    "there are `{a}` on the left, `{b}` on the right"
                );
                let help = say!(
                    "si sommano e si confrontano solo numeri della stessa unità",
                    "only numbers of one unit are added and compared"
                );
                self.fault(Code::UnitMismatch, at, message, Some(help));
                Some(a.clone())
            }
            (Some(unit), _) | (None, Some(unit)) => Some(unit.clone()),
            (None, None) => None,
        }
    }

    fn need(&mut self, part: &Part, kind: Type, at: At) {
        if part.kind == kind {
            return;
        }
        let (expected, found) = (type_text(kind), type_text(part.kind));
        let (it, en, found_it, found_en) = (expected.it, expected.en, found.it, found.en);
        let message = say!(
            "qui serve {it}, non {found_it}",
            "{en} is needed here, not {found_en}"
        );
        let help = match kind {
            Type::Bool => say!(
                "scrivere una condizione, come `bambini > 0`",
                "write a condition, such as `bambini > 0`"
            ),
            Type::Number => say!(
                "usare una colonna di numeri, o un'operazione fra numeri",
                "use a column of numbers, or an operation on numbers"
            ),
            Type::Text | Type::Date | Type::Moment => say!(
                "usare una colonna di quel tipo",
                "use a column of that type"
            ),
        };
        self.fault(Code::TypeMismatch, at, message, Some(help));
    }

    fn expect(&mut self, part: &Part, expected: &Expected, syntax: &Syntax) {
        let at = syntax.at();
        match expected {
            Expected::Any => {}
            Expected::Condition => self.need(part, Type::Bool, at),
            Expected::Number => self.need(part, Type::Number, at),
            Expected::Date => self.need(part, Type::Date, at),
            Expected::Unit(unit) => {
                self.need(part, Type::Number, at);
                let mismatch = part.unit.as_ref().is_some_and(|found| found != unit);
                if part.kind == Type::Number && mismatch {
                    let found = part.unit.clone().unwrap_or_default();
                    let message = say!(
                        "qui servono `{unit}`, la formula dà `{found}`",
                        "`{unit}` is needed here, the formula gives `{found}`"
                    );
                    let help = say!(
                        "moltiplicare o dividere fino ad avere `{unit}`, o correggere l'unità dichiarata",
                        "multiply or divide until it is `{unit}`, or correct the unit declared"
                    );
                    self.fault(Code::UnitMismatch, at, message, Some(help));
                }
            }
        }
    }
}

fn number(value: Ratio) -> Part {
    numeric(Expr::Constant(Scalar::Number(value)), None)
}

fn constant(value: Scalar, kind: Type) -> Part {
    Part {
        expr: Expr::Constant(value),
        kind,
        unit: None,
    }
}

fn numeric(expr: Expr, unit: Option<Unit>) -> Part {
    Part {
        expr,
        kind: Type::Number,
        unit,
    }
}

fn product_unit(op: BinaryOp, left: &Part, right: &Part) -> Option<Unit> {
    if left.unit.is_none() && right.unit.is_none() {
        return None;
    }
    let (a, b) = (
        left.unit.clone().unwrap_or_default(),
        right.unit.clone().unwrap_or_default(),
    );
    Some(if op == BinaryOp::Multiply {
        a.times(&b)
    } else {
        a.over(&b)
    })
}

/// Says a type in words.
pub fn type_text(kind: Type) -> Text {
    match kind {
        Type::Number => say!("un numero", "a number"),
        Type::Bool => say!("un sì/no", "a yes/no"),
        Type::Text => say!("un testo", "a text"),
        Type::Date => say!("una data", "a date"),
        Type::Moment => say!("un istante", "an instant"),
    }
}
