//! A state that a formula names is one of those that its life has.

use super::{Part, Typing};
use crate::diag::Code;
use crate::pack::nearest;
use crate::rules::{Expr, Reference, Scalar};
use crate::say;
use crate::script::expression::At;

impl Typing<'_> {
    /// Tells where `text`, compared with the state of a life, is no state of it: the comparison
    /// would be false of every row.
    pub(super) fn state_named(&mut self, life: &Part, text: &Part, at: At) {
        let (Expr::Reference(Reference::Derived(id)), Expr::Constant(Scalar::Text(name))) =
            (&life.expr, &text.expr)
        else {
            return;
        };
        let Some(states) = self.names.lives.get(id) else {
            return;
        };
        if states.contains(name) {
            return;
        }
        let message = say!(
            "`{id}` non ha uno stato `{name}`",
            "`{id}` has no state `{name}`"
        );
        let help = nearest(name, states.iter().map(String::as_str)).unwrap_or_else(|| {
            let list: Vec<String> = states.iter().map(|state| format!("`{state}`")).collect();
            let list = list.join(", ");
            say!("gli stati sono: {list}", "the states are: {list}")
        });
        self.fault(Code::UnknownName, at, message, Some(help));
    }
}
