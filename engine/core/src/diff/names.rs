//! What a reader calls the names that the rules of a measure use.

use super::block::{code, quoted};
use super::splits;
use crate::diag::Text;
use crate::eval::label_of;
use crate::rules::{Life, Measure, Typed};
use crate::say;
use crate::terms::Law;

/// A measure with the national rules that it is read by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'p> {
    /// The measure.
    pub measure: &'p Measure,
    /// The national rules on terms, where the pack has times.
    pub law: Option<&'p Law>,
}

/// A name with the words for it.
type Named = (String, Text);

impl Names<'_> {
    /// Names a table.
    pub fn table(&self, id: &str) -> Named {
        of(id, self.measure.table(id).map(|table| &table.label))
    }

    /// Names a column of a table.
    pub fn column(&self, table: &str, id: &str) -> Named {
        let column = self.measure.table(table).and_then(|it| it.column(id));
        let derived = || self.measure.derive(id).map(|derive| &derive.label);
        of(id, column.map(|column| &column.label).or_else(derived))
    }

    /// Names what a list says of the rows of a table.
    pub fn formula(&self, table: &str, formula: &Typed) -> Named {
        let text = &formula.text;
        let label = label_of(self.measure, table, text, &formula.expr);
        of(text, Some(&label).filter(|label| label.it != *text))
    }

    /// Says the value of a parameter with its label.
    pub fn param(&self, id: &str) -> Text {
        let Some(param) = self.measure.param(id) else {
            return code(id);
        };
        let label = quoted(&param.label);
        let block = splits::param(param);
        match block.values.into_iter().next() {
            Some(value) => {
                say!("{value} ({label})", "{value} ({label})"; value = value.said, label = label)
            }
            None => label,
        }
    }

    /// Names a fund.
    pub fn fund(&self, id: &str) -> Named {
        of(id, self.measure.fund(id).map(|fund| &fund.label))
    }

    /// Names an allocation.
    pub fn allocation(&self, id: &str) -> Named {
        of(id, self.measure.allocation(id).map(|one| &one.label))
    }

    /// Names a decision.
    pub fn decision(&self, id: &str) -> Named {
        of(id, self.measure.eligibility(id).map(|one| &one.label))
    }

    /// Names an event that terms run from.
    pub fn event(&self, id: &str) -> Named {
        let mut events = self.measure.events.iter();
        of(id, events.find(|one| one.id == id).map(|one| &one.label))
    }

    /// Names a time.
    pub fn deadline(&self, id: &str) -> Named {
        let mut deadlines = self.measure.deadlines.iter();
        of(id, deadlines.find(|one| one.id == id).map(|one| &one.label))
    }

    /// Names a list for another office.
    pub fn register(&self, id: &str) -> Named {
        let mut lists = self.measure.registers.iter();
        of(id, lists.find(|one| one.id == id).map(|one| &one.label))
    }

    /// Names a regime of terms.
    pub fn regime(&self, id: &str) -> Named {
        let regime = self.law.and_then(|law| law.regimes.get(id));
        of(id, regime.map(|regime| &regime.label))
    }

    /// Names a measure that this one reads.
    pub fn read(&self, id: &str) -> Named {
        let mut reads = self.measure.reads.iter();
        of(id, reads.find(|one| one.id == id).map(|one| &one.title))
    }
}

/// Names a state of a life.
pub(super) fn state(life: &Life, id: &str) -> Named {
    of(id, life.state(id).map(|state| &state.label))
}

/// A name that no label stands for is shown as rule files write it.
fn of(id: &str, label: Option<&Text>) -> Named {
    (id.to_owned(), label.map_or_else(|| code(id), quoted))
}
