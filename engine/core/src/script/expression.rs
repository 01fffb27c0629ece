//! A one-line expression of a rule file, as a tree that names no types.
//!
//! # Grammar
//! Numbers (`1200`, `0.05`), texts in double quotes, `true` and `false`, names (`bambini`), names
//! of a table's column (`comuni.bambini`), `+ - * /`, `== != < <= > >=`, `&& || !`, brackets,
//! calls of functions, `if(condition, a, b)` among them. Precedence is Rhai's, from the tightest: `!` and unary `-`; `*` `/`; `+`
//! `-`; `<` `<=` `>` `>=`; `==` `!=`; `&&`; `||`. Operators of one level group to the left.
//!
//! Names follow Unicode, so accented letters are welcome. Comments are skipped.

mod convert;
mod locate;
#[cfg(test)]
mod tests;

use rhai::{ASTNode, Engine, OptimizationLevel, Stmt, Token};

use crate::diag::Text;
use crate::num::Ratio;
use crate::say;

use super::faults::{ParseFault, in_expression};
use super::limits;
use convert::Converter;
pub(super) use convert::too_many_digits;
use locate::Characters;

/// A stretch of the text of an expression.
///
/// # Units
/// Characters, from zero at the start of the text, also when it spans several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Where it starts.
    pub offset: usize,
    /// How many characters it has, at least one.
    pub length: usize,
}

/// An expression as it was written: no name is looked up, no type is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// A number, exact. Signs are [`Syntax::Negate`].
    Number {
        /// The number.
        value: Ratio,
        /// Its digits.
        at: At,
    },
    /// A text in quotes.
    Text {
        /// The text without its quotes.
        value: String,
        /// The text with its quotes.
        at: At,
    },
    /// `true` or `false`.
    Bool {
        /// Which one.
        value: bool,
        /// The word.
        at: At,
    },
    /// A name: a column, a parameter.
    Name {
        /// The name.
        name: String,
        /// The whole name.
        at: At,
    },
    /// A name inside another: `comuni.bambini`.
    Member {
        /// What stands before the point.
        of: String,
        /// What stands after it.
        name: String,
        /// Both names and the point.
        at: At,
    },
    /// `!` before a condition.
    Not {
        /// What is denied.
        operand: Box<Syntax>,
        /// The operator.
        at: At,
    },
    /// `-` before a number.
    Negate {
        /// What changes sign.
        operand: Box<Syntax>,
        /// The operator.
        at: At,
    },
    /// An operator between two operands.
    Binary {
        /// Which operator.
        op: BinaryOp,
        /// What stands before it.
        left: Box<Syntax>,
        /// What stands after it.
        right: Box<Syntax>,
        /// The operator.
        at: At,
    },
    /// A call: `min(a, b)`.
    Call {
        /// The name of the function.
        function: String,
        /// What stands in the brackets, in order.
        arguments: Vec<Syntax>,
        /// The name of the function.
        at: At,
    },
}

impl Syntax {
    /// Gives the place a fault of this node points to: of an operator the operator itself.
    pub fn at(&self) -> At {
        match self {
            Self::Number { at, .. }
            | Self::Text { at, .. }
            | Self::Bool { at, .. }
            | Self::Name { at, .. }
            | Self::Member { at, .. }
            | Self::Not { at, .. }
            | Self::Negate { at, .. }
            | Self::Binary { at, .. }
            | Self::Call { at, .. } => *at,
        }
    }

    /// Gives the offset of the first character of the node, brackets left out.
    fn start(&self) -> usize {
        match self {
            Self::Binary { left, .. } => left.start(),
            _ => self.at().offset,
        }
    }
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `&&`
    And,
    /// `||`
    Or,
}

impl BinaryOp {
    const ALL: [Self; 12] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::And,
        Self::Or,
    ];

    /// Gives the operator as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::And => "&&",
            Self::Or => "||",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == text)
    }
}

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionFault {
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Text>,
    /// Where.
    pub at: At,
}

/// Reads an expression.
///
/// # Errors
/// The text is empty, too long, or holds what a one-line expression may not: the first fault found.
///
/// # Examples
/// ```
/// use riparto_core::script::expression::{parse, BinaryOp, Syntax};
/// let Syntax::Binary { op, at, .. } = parse("bambini > 0").unwrap() else { panic!() };
/// assert_eq!((op, at.offset, at.length), (BinaryOp::Greater, 8, 1));
/// ```
pub fn parse(text: &str) -> Result<Syntax, ExpressionFault> {
    let mut engine = Engine::new_raw();
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::FUNCTION_EXPRESSION_DEPTH)
        .set_max_string_size(limits::TEXT_BYTES);
    if text.len() > limits::SOURCE_BYTES {
        let max = limits::SOURCE_BYTES;
        return Err(whole(
            text,
            say!(
                "l'espressione supera {max} byte",
                "the expression is longer than {max} bytes"
            ),
            Some(convert::write_a_function()),
        ));
    }
    if text.trim().is_empty() {
        let message = say!("l'espressione è vuota", "the expression is empty");
        return Err(whole(text, message, None));
    }
    let converter = Converter::new(&engine, text);
    let_if_be_a_function(&mut engine, text);
    let tree = engine.compile_expression(text).map_err(|error| {
        let characters = converter.text();
        let offset = characters.offset(error.position());
        let ParseFault { message, help } = in_expression(&error, &characters.around(offset));
        ExpressionFault {
            message,
            help,
            at: characters.token_at(offset),
        }
    })?;
    let mut found = None;
    tree.walk(&mut |path| {
        if let [ASTNode::Stmt(Stmt::Expr(expression))] = path {
            found = Some(converter.convert(expression));
        }
        false
    });
    found.unwrap_or_else(|| Err(converter.refused_whole()))
}

/// Before a bracket `if` is the name of a function, `if(condition, a, b)`; elsewhere it begins a
/// statement, which is refused.
fn let_if_be_a_function(engine: &mut Engine, text: &str) {
    let characters = Characters::new(text);
    #[expect(
        deprecated,
        reason = "marked volatile, not deprecated; the version is pinned"
    )]
    engine.on_parse_token(move |token, position, _| {
        let after = characters.offset(position) + 2;
        let blanks = characters.run_from(after, char::is_whitespace);
        match token {
            Token::If if characters.char(after + blanks) == Some('(') => {
                Token::Identifier(Box::new("if".into()))
            }
            token => token,
        }
    });
}

fn whole(text: &str, message: Text, help: Option<Text>) -> ExpressionFault {
    let length = text.chars().count().max(1);
    ExpressionFault {
        message,
        help,
        at: At { offset: 0, length },
    }
}
