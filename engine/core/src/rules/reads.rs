//! What a measure finds by name in the measures that it reads: what they declare themselves, no
//! more.

use std::iter::once;
use std::sync::Arc;

use super::{Derive, Eligibility, Life, Measure, Pack, Param, Reference, Source, Total};
use crate::diag::Text;
use crate::model::TableDecl;

/// Where a value comes from that a measure reads and does not compute.
pub struct Origin<'m> {
    /// The measure that computes it.
    pub measure: &'m Measure,
    /// What a reader calls it.
    pub label: &'m Text,
    /// Where its rule comes from; none where it has no act of its own.
    pub source: Option<&'m Source>,
}

impl Pack {
    /// Gives the measures in an order in which each comes after those that it reads, otherwise in
    /// the order of the pack.
    pub fn in_reading_order(&self) -> Vec<&Measure> {
        let mut done = Vec::new();
        for measure in &self.measures {
            after_its_reads(measure, &mut done);
        }
        done
    }
}

fn after_its_reads<'m>(measure: &'m Measure, done: &mut Vec<&'m Measure>) {
    if done.iter().any(|known| known.id == measure.id) {
        return;
    }
    for read in &measure.reads {
        after_its_reads(read, done);
    }
    done.push(measure);
}

impl Measure {
    /// Gives the table of that name, its own or of a measure that it reads.
    pub fn table(&self, name: &str) -> Option<&TableDecl> {
        let mut tables = self.known_tables();
        tables.find(|table| table.name == name)
    }

    /// Gives its tables, then those of the measures that it reads.
    pub fn known_tables(&self) -> impl Iterator<Item = &TableDecl> {
        self.in_sight().flat_map(|measure| &measure.tables)
    }

    /// Tells whether it reads the measure of that name.
    pub fn reads(&self, id: &str) -> bool {
        self.reads.iter().any(|read| read.id == id)
    }

    /// Gives the parameter of that name, its own or of a measure that it reads.
    pub fn param(&self, id: &str) -> Option<&Param> {
        self.in_sight().find_map(|measure| measure.params.get(id))
    }

    /// Gives the computed column of that name, its own or of a measure that it reads.
    pub fn derive(&self, id: &str) -> Option<&Derive> {
        self.derive_at_home(id).map(|(_, derive)| derive)
    }

    /// Gives a computed column with the measure that computes it: its formula names what that one
    /// sees.
    pub fn derive_at_home(&self, id: &str) -> Option<(&Self, &Derive)> {
        let mut derives = self
            .in_sight()
            .flat_map(|measure| measure.derives.iter().map(move |derive| (measure, derive)));
        derives.find(|(_, derive)| derive.id == id)
    }

    /// Gives the total of that name, its own or of a measure that it reads.
    pub fn total(&self, id: &str) -> Option<&Total> {
        let mut totals = self.in_sight().flat_map(|measure| &measure.totals);
        totals.find(|total| total.id == id)
    }

    /// Gives the decision of that name, its own or of a measure that it reads.
    pub fn eligibility(&self, id: &str) -> Option<&Eligibility> {
        let mut decisions = self.in_sight().flat_map(|measure| &measure.eligibilities);
        decisions.find(|rule| rule.id == id)
    }

    /// Gives the life of that name, its own or of a measure that it reads.
    pub fn life(&self, id: &str) -> Option<&Life> {
        let mut lives = self.in_sight().flat_map(|measure| &measure.lives);
        lives.find(|life| life.id == id)
    }

    /// Tells where a name comes from; none where the measure declares it itself, or where it names
    /// a fact.
    pub fn origin(&self, reference: &Reference) -> Option<Origin<'_>> {
        let own = self.declares(reference);
        let mut others = self.reads.iter().filter(|_| !own);
        others.find_map(|other| other.gives(reference))
    }

    fn declares(&self, reference: &Reference) -> bool {
        match reference {
            // A parameter of the pack is one of each measure.
            Reference::Param(id) => self.params.contains_key(id),
            _ => self.gives(reference).is_some(),
        }
    }

    fn gives(&self, reference: &Reference) -> Option<Origin<'_>> {
        let (label, source) = match reference {
            Reference::Derived(id) => {
                let derives = self.derives.iter().map(|d| (&d.id, &d.label, &d.source));
                let lives = self.lives.iter().map(|l| (&l.id, &l.label, &l.source));
                let (_, label, source) = derives.chain(lives).find(|(own, ..)| *own == id)?;
                (label, Some(source))
            }
            Reference::Decision(id) => {
                let rule = self.eligibilities.iter().find(|rule| rule.id == *id)?;
                (&rule.label, Some(&rule.source))
            }
            Reference::Param(id) => {
                let param = self.params.get(id)?;
                (&param.label, Some(&param.source))
            }
            Reference::Total(id) => {
                let total = self.totals.iter().find(|total| total.id == *id)?;
                (&total.label, None)
            }
            Reference::Column(_)
            | Reference::Fund(_)
            | Reference::Amount(_)
            | Reference::Exact(_) => return None,
        };
        Some(Origin {
            measure: self,
            label,
            source,
        })
    }

    /// Itself, then the measures that it reads.
    fn in_sight(&self) -> impl Iterator<Item = &Self> {
        once(self).chain(self.reads.iter().map(Arc::as_ref))
    }
}
