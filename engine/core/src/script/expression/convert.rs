//! From Rhai's tree of an expression to ours, refusing what a one-line expression may not hold.

use std::collections::BTreeSet;

use rhai::{ASTFlags, Dynamic, Engine, Expr, FnCallExpr, Position, Token};
use rust_decimal::Decimal;

use crate::diag::Text;
use crate::num::Ratio;
use crate::say;

use super::super::limits;
use super::locate::Characters;
use super::{At, BinaryOp, ExpressionFault, Syntax};

type Converted = Result<Syntax, ExpressionFault>;

pub(super) fn write_a_function() -> Text {
    say!(
        "scrivere una funzione nel file .rhai con lo stesso nome della misura",
        "write a function in the .rhai file of the same name as the measure"
    )
}

/// Knows the text, so that each node finds the characters it was made from.
pub(super) struct Converter {
    text: Characters,
    /// Where `&&` and `||` stand: Rhai keeps one place for a whole chain of them.
    connectives: BTreeSet<usize>,
}

impl Converter {
    pub(super) fn new(engine: &Engine, text: &str) -> Self {
        let (tokens, _) = engine.lex([&text]);
        let text = Characters::new(text);
        let connectives = tokens
            .take_while(|(token, _)| *token != Token::EOF)
            .filter(|(token, _)| matches!(token, Token::And | Token::Or))
            .map(|(_, position)| text.offset(position))
            .collect();
        Self { text, connectives }
    }

    /// Gives the text by characters.
    pub(super) fn text(&self) -> &Characters {
        &self.text
    }

    pub(super) fn refused_whole(&self) -> ExpressionFault {
        let what = say!("questo testo", "this text");
        self.refused(what, self.text.token_at(0))
    }

    pub(super) fn convert(&self, expression: &Expr) -> Converted {
        self.node(expression, 0)
    }

    fn node(&self, expression: &Expr, depth: usize) -> Converted {
        if depth > limits::TREE_DEPTH {
            return Err(self.too_deep(expression));
        }
        match expression {
            Expr::BoolConstant(value, position) => Ok(Syntax::Bool {
                value: *value,
                at: self.text.word(*position),
            }),
            Expr::IntegerConstant(value, position) => self.integer(*value, *position),
            Expr::DynamicConstant(value, position) => self.constant(value, *position),
            Expr::StringConstant(value, position) => self.quoted_text(value, *position),
            Expr::Variable(variable, _, position) if variable.2.is_empty() => Ok(Syntax::Name {
                name: variable.1.to_string(),
                at: self.text.word(*position),
            }),
            Expr::Dot(pair, flags, position) => {
                self.member(&pair.lhs, &pair.rhs, *flags, *position)
            }
            Expr::FnCall(call, position) => self.call(call, *position, depth),
            Expr::And(operands, _) => self.chain(BinaryOp::And, operands, depth),
            Expr::Or(operands, _) => self.chain(BinaryOp::Or, operands, depth),
            other => Err(self.refused(name_of(other), self.token_of(other))),
        }
    }

    /// Rhai folds signs into whole numbers; the outermost is taken out again.
    fn integer(&self, value: i64, position: Position) -> Converted {
        let offset = self.text.offset(position);
        if self.text.char(offset) != Some('-') {
            return self.number(offset);
        }
        let blanks = self.text.run_from(offset, |c| !c.is_ascii_digit());
        let at = At {
            offset: offset + blanks,
            length: self.text.number_length(offset + blanks),
        };
        let value = -Ratio::from(value);
        Ok(Syntax::Negate {
            operand: Box::new(Syntax::Number { value, at }),
            at: At { offset, length: 1 },
        })
    }

    fn constant(&self, value: &Dynamic, position: Position) -> Converted {
        let offset = self.text.offset(position);
        if value.is::<Decimal>() && self.text.char(offset) == Some('-') {
            return Ok(Syntax::Negate {
                operand: Box::new(self.number(offset + 1)?),
                at: At { offset, length: 1 },
            });
        }
        if value.is::<Decimal>() {
            return self.number(offset);
        }
        let what = say!("una funzione senza nome", "a nameless function");
        Err(self.refused(what, self.text.token_at(offset)))
    }

    /// Reads the digits from the text: Rhai would round those beyond the twenty-eighth.
    fn number(&self, offset: usize) -> Converted {
        let at = At {
            offset,
            length: self.text.number_length(offset),
        };
        let digits = self.text.written(at).replace('_', "");
        if too_many_digits(&digits) {
            let max = limits::DIGITS;
            return Err(ExpressionFault {
                message: say!(
                    "il numero `{digits}` ha più di {max} cifre",
                    "the number `{digits}` has more than {max} digits"
                ),
                help: None,
                at,
            });
        }
        match Ratio::parse_decimal(&digits) {
            Ok(value) => Ok(Syntax::Number { value, at }),
            Err(_) => Err(ExpressionFault {
                message: say!(
                    "`{digits}` non è un numero decimale",
                    "`{digits}` is not a decimal number"
                ),
                help: Some(say!(
                    "scrivere per esempio `1200.50`",
                    "write for example `1200.50`"
                )),
                at,
            }),
        }
    }

    fn quoted_text(&self, value: &str, position: Position) -> Converted {
        let at = self.text.token_at(self.text.offset(position));
        if matches!(self.text.char(at.offset), Some('"' | '`')) {
            return Ok(Syntax::Text {
                value: value.to_owned(),
                at,
            });
        }
        let what = say!("un testo fra questi segni", "a text between these signs");
        Err(self.refused(what, at))
    }

    fn member(&self, of: &Expr, name: &Expr, flags: ASTFlags, position: Position) -> Converted {
        if let (Expr::Variable(of, _, start), Expr::Property(name, end)) = (of, name)
            && of.2.is_empty()
            && !flags.contains(ASTFlags::NEGATED)
        {
            let offset = self.text.offset(*start);
            let end = self.text.word(*end);
            let length = end.offset + end.length - offset;
            return Ok(Syntax::Member {
                of: of.1.to_string(),
                name: name.2.to_string(),
                at: At { offset, length },
            });
        }
        let (what, position) = match name {
            Expr::MethodCall(call, position) => {
                let name = &call.name;
                let what = say!(
                    "la chiamata `.{name}(…)` dopo un punto",
                    "the call `.{name}(…)` after a point"
                );
                (what, *position)
            }
            Expr::Property(_, position) => (point(), *position),
            _ => (point(), position),
        };
        Err(self.refused(what, self.text.token_at(self.text.offset(position))))
    }

    fn call(&self, call: &FnCallExpr, position: Position, depth: usize) -> Converted {
        let offset = self.text.offset(position);
        let name = call.name.as_str();
        if call.op_token.is_some() {
            return self.operator(call, offset, depth);
        }
        if !call.namespace.is_empty() || call.capture_parent_scope || name.starts_with("anon$") {
            let what = say!(
                "la chiamata di `{name}` in questa forma",
                "this way of calling `{name}`"
            );
            return Err(self.refused(what, self.text.token_at(offset)));
        }
        // `x in list` is a call of `contains` that stands at the word `in`.
        let at = self.text.token_at(offset);
        let written = self.text.written(at);
        if written != name {
            return Err(self.refused(quoted(&written), at));
        }
        let arguments = call
            .args
            .iter()
            .map(|argument| self.node(argument, depth + 1))
            .collect::<Result<_, _>>()?;
        Ok(Syntax::Call {
            function: name.to_owned(),
            arguments,
            at,
        })
    }

    fn operator(&self, call: &FnCallExpr, offset: usize, depth: usize) -> Converted {
        let name = call.name.as_str();
        let length = name.chars().count();
        let at = At { offset, length };
        if let (Some(op), [left, right]) = (BinaryOp::from_text(name), call.args.as_slice()) {
            return Ok(Syntax::Binary {
                op,
                left: Box::new(self.node(left, depth + 1)?),
                right: Box::new(self.node(right, depth + 1)?),
                at,
            });
        }
        match (name, call.args.as_slice()) {
            ("!", [operand]) if self.text.char(offset) == Some('!') => Ok(Syntax::Not {
                operand: Box::new(self.node(operand, depth + 1)?),
                at,
            }),
            ("-", [operand]) => Ok(Syntax::Negate {
                operand: Box::new(self.node(operand, depth + 1)?),
                at,
            }),
            ("+", [operand]) => self.node(operand, depth + 1),
            _ => {
                let at = self.text.token_at(offset);
                let written = self.text.written(at);
                Err(self.refused(quoted(&written), at))
            }
        }
    }

    /// Rhai joins `a && b && c` into one node; ours groups to the left, each operator in its place.
    fn chain(&self, op: BinaryOp, operands: &[Expr], depth: usize) -> Converted {
        let depth = depth + operands.len();
        let Some((first, rest)) = operands.split_first() else {
            return Err(self.refused_whole());
        };
        if depth > limits::TREE_DEPTH {
            return Err(self.too_deep(first));
        }
        let mut left = self.node(first, depth)?;
        for operand in rest {
            let right = self.node(operand, depth)?;
            let before = self.connectives.range(..right.start()).next_back();
            let at = At {
                offset: before.copied().unwrap_or_default(),
                length: 2,
            };
            left = Syntax::Binary {
                op,
                left: Box::new(left),
                right: Box::new(right),
                at,
            };
        }
        Ok(left)
    }

    fn refused(&self, what: Text, at: At) -> ExpressionFault {
        let Text { it, en } = what;
        ExpressionFault {
            message: say!(
                "{it} non può stare in un'espressione: qui si usano numeri, testi fra virgolette, nomi come `bambini` o `comuni.bambini`, `+` `-` `*` `/`, confronti, `&&` `||` `!`, parentesi e funzioni",
                "{en} cannot stand in an expression, which takes numbers, texts in quotes, names like `bambini` or `comuni.bambini`, `+` `-` `*` `/`, comparisons, `&&` `||` `!`, brackets and functions"
            ),
            help: Some(write_a_function()),
            at,
        }
    }

    fn too_deep(&self, expression: &Expr) -> ExpressionFault {
        ExpressionFault {
            message: say!(
                "l'espressione ha troppi termini o troppe parentesi",
                "the expression has too many terms or brackets"
            ),
            help: Some(write_a_function()),
            at: self.token_of(expression),
        }
    }

    fn token_of(&self, expression: &Expr) -> At {
        self.text
            .token_at(self.text.offset(expression.start_position()))
    }
}

/// Tells whether a `Decimal` would round the number.
pub(in crate::script) fn too_many_digits(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0').len();
    significant > limits::DIGITS || fraction.len() > limits::DIGITS
}

fn quoted(written: &str) -> Text {
    Text::same(format!("`{written}`"))
}

fn point() -> Text {
    say!("questo uso del punto", "this use of the point")
}

fn name_of(expression: &Expr) -> Text {
    match expression {
        Expr::Array(..) => say!("un elenco `[…]`", "a list `[…]`"),
        Expr::Map(..) => say!("un oggetto `#{{…}}`", "an object `#{{…}}`"),
        Expr::InterpolatedString(..) => {
            say!("un testo con `${{…}}`", "a text with `${{…}}`")
        }
        Expr::CharConstant(..) => say!(
            "un testo fra apici semplici (servono le virgolette doppie)",
            "a text in single quotes (double ones are needed)"
        ),
        Expr::Unit(..) => say!("il valore mancante `()`", "the missing value `()`"),
        Expr::Variable(..) => say!("un nome con `::`", "a name with `::`"),
        Expr::ThisPtr(..) => Text::same("`this`"),
        Expr::Index(..) => say!("un indice fra `[` e `]`", "an index between `[` and `]`"),
        Expr::Coalesce(..) => Text::same("`??`"),
        Expr::Stmt(..) => say!(
            "un'istruzione (`if`, `switch`, `{{…}}`)",
            "a statement (`if`, `switch`, `{{…}}`)"
        ),
        _ => say!("questa forma", "this form"),
    }
}
