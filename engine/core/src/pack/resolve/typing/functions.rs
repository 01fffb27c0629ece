//! The functions of a row that are not a sum or a choice among numbers: rounding, `if`, days, texts.

use super::{Part, Typing, constant, numeric};
use crate::diag::Code;
use crate::model::Unit;
use crate::num::{Rounding, Step};
use crate::pack::nearest;
use crate::pack::resolve::blocks::{no_date, write_a_date};
use crate::rules::{Expr, Reference, Scalar, Type};
use crate::say;
use crate::script::expression::{At, Syntax};
use crate::time::day;

impl Typing<'_> {
    /// `round(x, "0.01", "half-up")`
    pub(super) fn round(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [number, step, mode] = arguments else {
            return self.used_as(r#"round(x, "0.01", "half-up")"#, at);
        };
        let (part, step, mode) = (self.part(number), self.step(step), self.mode(mode));
        let part = part?;
        self.need(&part, Type::Number, number.at());
        let expr = Expr::Round(part.expr.into(), step?, mode?);
        Some(numeric(expr, part.unit))
    }

    /// `floor(x)`, `ceiling(x)`
    pub(super) fn whole(&mut self, mode: Rounding, arguments: &[Syntax], at: At) -> Option<Part> {
        let [number] = arguments else {
            let function = mode.name();
            return self.used_as(&format!("{function}(x)"), at);
        };
        let part = self.part(number)?;
        self.need(&part, Type::Number, number.at());
        let expr = Expr::Round(part.expr.into(), Step::whole(), mode);
        Some(numeric(expr, part.unit))
    }

    fn step(&mut self, written: &Syntax) -> Option<Step> {
        let text = self.quoted(written)?;
        let step = Step::parse(text).ok();
        if step.is_none() {
            let message = say!(
                "`{text}` non è un passo di arrotondamento",
                "`{text}` is not a step of rounding"
            );
            let help = say!(
                "scrivere un numero sopra lo zero: `\"0.01\"`, `\"1\"`, `\"10\"`",
                "write a number above zero: `\"0.01\"`, `\"1\"`, `\"10\"`"
            );
            self.fault(Code::MalformedValue, written.at(), message, Some(help));
        }
        step
    }

    fn mode(&mut self, written: &Syntax) -> Option<Rounding> {
        let text = self.quoted(written)?;
        let mode = Rounding::ALL.into_iter().find(|mode| mode.name() == text);
        if mode.is_none() {
            let names = Rounding::ALL.map(Rounding::name);
            let help = nearest(text, names.into_iter()).unwrap_or_else(|| {
                let names = names.map(|name| format!("`{name}`")).join(", ");
                say!("i modi sono: {names}", "the modes are: {names}")
            });
            let message = say!(
                "`{text}` non è un modo di arrotondare",
                "`{text}` is not a mode of rounding"
            );
            self.fault(Code::MalformedValue, written.at(), message, Some(help));
        }
        mode
    }

    /// `if(condition, a, b)`
    pub(super) fn choice(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [condition, yes, no] = arguments else {
            return self.used_as("if(bambini > 0, a, b)", at);
        };
        let (decides, one, other) = (self.part(condition), self.part(yes), self.part(no));
        let (decides, one, other) = (decides?, one?, other?);
        self.need(&decides, Type::Bool, condition.at());
        self.need(&other, one.kind, no.at());
        let unit = self.same_unit(one.unit.as_ref(), other.unit.as_ref(), at);
        let expr = Expr::If {
            condition: decides.expr.into(),
            yes: one.expr.into(),
            no: other.expr.into(),
        };
        let kind = one.kind;
        Some(Part { expr, kind, unit })
    }

    /// `days(from, to)`
    pub(super) fn days(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [from, to] = arguments else {
            return self.used_as("days(a, b)", at);
        };
        let (first, second) = (self.part(from), self.part(to));
        let (first, second) = (first?, second?);
        self.need(&first, Type::Date, from.at());
        self.need(&second, Type::Date, to.at());
        let expr = Expr::Days(first.expr.into(), second.expr.into());
        Some(numeric(expr, Some(Unit::named("giorni"))))
    }

    /// `date("2025-03-03")`
    pub(super) fn day(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [written] = arguments else {
            return self.used_as(r#"date("2025-03-03")"#, at);
        };
        let text = self.quoted(written)?;
        let Some(date) = day(text) else {
            let help = Some(write_a_date());
            self.fault(Code::MalformedValue, written.at(), no_date(text), help);
            return None;
        };
        Some(constant(Scalar::Date(date), Type::Date))
    }

    /// `is_missing(column)`
    pub(super) fn is_missing(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [argument] = arguments else {
            return self.used_as("is_missing(bambini)", at);
        };
        let part = self.part(argument)?;
        let column = matches!(
            part.expr,
            Expr::Reference(Reference::Column(_) | Reference::Derived(_)) | Expr::Through { .. }
        );
        if !column {
            return self.used_as("is_missing(bambini)", at);
        }
        Some(Part {
            expr: Expr::IsMissing(part.expr.into()),
            kind: Type::Bool,
            unit: None,
        })
    }

    /// `is_assumption(param)`
    pub(super) fn is_assumption(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [argument] = arguments else {
            return self.used_as("is_assumption(soglia)", at);
        };
        let part = self.part(argument)?;
        let Expr::Reference(Reference::Param(_)) = part.expr else {
            let message = say!(
                "`is_assumption` vuole un parametro",
                "`is_assumption` takes a parameter"
            );
            let help = say!(
                "nominare un `[param.…]`: `is_assumption(soglia)`",
                "name a `[param.…]`: `is_assumption(soglia)`"
            );
            self.fault(Code::UnknownFunction, argument.at(), message, Some(help));
            return None;
        };
        Some(Part {
            expr: Expr::IsAssumption(part.expr.into()),
            kind: Type::Bool,
            unit: None,
        })
    }

    /// `one_of(text, "a", "b")`
    pub(super) fn one_of(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [text, words @ ..] = arguments else {
            return self.used_as(r#"one_of(tipo, "a", "b")"#, at);
        };
        if words.is_empty() {
            return self.used_as(r#"one_of(tipo, "a", "b")"#, at);
        }
        let part = self.part(text)?;
        self.need(&part, Type::Text, text.at());
        let read: Vec<Option<String>> = words
            .iter()
            .map(|word| {
                self.check_word(&part, word);
                self.quoted(word).map(str::to_owned)
            })
            .collect();
        let words = read.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Part {
            expr: Expr::OneOf(part.expr.into(), words),
            kind: Type::Bool,
            unit: None,
        })
    }

    /// A text written in quotes: what it says is checked before anything is worked out.
    fn quoted<'s>(&mut self, written: &'s Syntax) -> Option<&'s str> {
        if let Syntax::Text { value, .. } = written {
            return Some(value);
        }
        let message = say!(
            "qui serve un testo fra virgolette",
            "a text in quotes is needed here"
        );
        let help = say!(
            "chi legge la regola deve vederlo: scriverlo qui, fra virgolette",
            "whoever reads the rule must see it: write it here, in quotes"
        );
        self.fault(Code::TypeMismatch, written.at(), message, Some(help));
        None
    }

    /// Says how a function is used.
    fn used_as(&mut self, form: &str, at: At) -> Option<Part> {
        let function = form.split('(').next().unwrap_or_default();
        let message = say!(
            "`{function}` vuole altri argomenti",
            "`{function}` takes other arguments"
        );
        let help = say!("scrivere `{form}`", "write `{form}`");
        self.fault(Code::UnknownFunction, at, message, Some(help));
        None
    }
}
