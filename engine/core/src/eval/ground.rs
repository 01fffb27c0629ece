//! What an allocation is split on: which rows, with which weights and bounds, read from the facts.

use std::collections::BTreeSet;

use super::gap::Gap;
use super::value::{RowOf, Values, cell};
use crate::allocate::{self, Criterion, Payers as KernelPayers, Ties};
use crate::diag::{Diagnostics, Place, Text};
use crate::model::{Table, TableDecl};
use crate::num::Ratio;
use crate::rules::{Allocation, Bound, Payers, Scalar, TieRule, Typed};

/// The rows of an allocation, with all that a split needs to know of them.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The rows that take part, in the order of the table.
    pub takers: Vec<Taker>,
    /// By what, with the weight of each taker.
    pub criteria: Vec<Criterion>,
    /// Who pays for bounds.
    pub payers: KernelPayers,
    /// Who wins among equal remainders.
    pub ties: Ties,
}

/// A row that takes part.
#[derive(Debug, Clone)]
pub struct Taker {
    /// Its position in the table.
    pub row: usize,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands.
    pub subjects: i64,
    /// Its key, bounds and precedence.
    pub terms: allocate::Row,
}

/// Reads the ground of an allocation; every gap of every row is told before giving up.
pub fn of(rule: &Allocation, values: &Values<'_>, faults: &mut Diagnostics) -> Option<Ground> {
    let table = values.data.tables.get(&rule.to)?;
    let declared = values.measure.table(&rule.to)?;
    let mut reader = Reader {
        rule,
        values,
        table,
        declared,
        faults,
        whole: true,
        told: BTreeSet::new(),
    };
    let rows = reader.taking_part();
    let criteria = reader.criteria(&rows);
    let mut takers: Vec<Taker> = rows.iter().map(|row| reader.taker(*row)).collect();
    let ties = reader.ties(&mut takers);
    let payers = reader.payers(&takers);
    reader.whole.then_some(Ground {
        takers,
        criteria,
        payers,
        ties,
    })
}

struct Reader<'r> {
    rule: &'r Allocation,
    values: &'r Values<'r>,
    table: &'r Table,
    declared: &'r TableDecl,
    faults: &'r mut Diagnostics,
    /// Whether every datum that was needed was there.
    whole: bool,
    /// What was told already: many rows may wait for one thing.
    told: BTreeSet<(Option<Place>, Text)>,
}

impl Reader<'_> {
    fn taking_part(&mut self) -> Vec<usize> {
        let all = 0..self.table.len();
        let Some(filter) = &self.rule.filter else {
            return all.collect();
        };
        let place = self.rule.place.clone();
        // Who may take part is needed whole by a rule that says all that it waits for.
        let waits = self.rule.withhold;
        all.filter(|row| self.condition(filter, *row, &place).unwrap_or(waits))
            .collect()
    }

    fn criteria(&mut self, rows: &[usize]) -> Vec<Criterion> {
        let mut criteria = Vec::new();
        for criterion in &self.rule.criteria {
            let mut weights = Vec::with_capacity(rows.len());
            for row in rows {
                let weight = self.number(&criterion.weight, *row, &criterion.place);
                weights.push(weight.unwrap_or_else(Ratio::zero));
            }
            let share = self.values.measure.fraction(&criterion.share).clone();
            let label = criterion.label.clone();
            criteria.push(Criterion {
                label,
                share,
                weights,
                total: None,
            });
        }
        criteria
    }

    /// For how many subjects a row stands: one, unless the table has a column that says it.
    fn subjects(&mut self, row: usize) -> i64 {
        let Some(name) = self.declared.aggregate.as_deref() else {
            return 1;
        };
        let column = self.table.column(name).ok_or(Gap::Impossible);
        let counted = column.and_then(|column| cell(self.table, column, row));
        let whole = counted.and_then(|counted| match counted {
            Scalar::Number(number) => number.to_i64().ok_or(Gap::Impossible),
            _ => Err(Gap::Impossible),
        });
        whole.unwrap_or_else(|gap| {
            // The run is refused; the number is never read.
            self.tell(&gap, &self.rule.place);
            0
        })
    }

    fn taker(&mut self, row: usize) -> Taker {
        let key = self.declared.key_shown(self.table, row).unwrap_or_default();
        let name = self.declared.title_shown(self.table, row);
        let subjects = self.subjects(row);
        let (floor, guarantee) = (
            self.bound(&self.rule.floor, row),
            self.bound(&self.rule.guarantee, row),
        );
        let min = [floor, guarantee]
            .into_iter()
            .flatten()
            .max_by(|a, b| a.amount.cmp(&b.amount));
        let max = self.bound(&self.rule.cap, row);
        let name = name.unwrap_or_else(|| key.clone());
        Taker {
            row,
            name,
            subjects,
            terms: allocate::Row {
                min,
                max,
                ..allocate::Row::new(key)
            },
        }
    }

    /// A bound whose datum is missing in a row is told: missing is neither zero nor "no bound".
    fn bound(&mut self, bound: &Option<Bound>, row: usize) -> Option<allocate::Bound> {
        let bound = bound.as_ref()?;
        let amount = self.number(&bound.value, row, &bound.place)?;
        Some(allocate::Bound {
            amount,
            label: bound.label.clone(),
        })
    }

    fn ties(&mut self, takers: &mut [Taker]) -> Ties {
        match &self.rule.ties {
            TieRule::Stop => Ties::Stop,
            TieRule::First(_) => Ties::First,
            TieRule::Last(_) => Ties::Last,
            TieRule::By(number, _) => {
                let place = self.rule.place.clone();
                let numbers: Vec<Option<Ratio>> = takers
                    .iter()
                    .map(|taker| self.number(number, taker.row, &place))
                    .collect();
                let greatest_first: BTreeSet<std::cmp::Reverse<&Ratio>> =
                    numbers.iter().flatten().map(std::cmp::Reverse).collect();
                for (taker, number) in takers.iter_mut().zip(&numbers) {
                    let rank = number
                        .as_ref()
                        .and_then(|n| greatest_first.iter().position(|other| other.0 == n));
                    taker.terms.precedence = rank.and_then(|rank| i64::try_from(rank).ok());
                }
                Ties::Ranked
            }
            TieRule::Draw(keys, _) => {
                for taker in takers.iter_mut() {
                    let drawn = keys.iter().position(|key| *key == taker.terms.key);
                    taker.terms.precedence = drawn.and_then(|rank| i64::try_from(rank).ok());
                }
                Ties::Ranked
            }
        }
    }

    fn payers(&mut self, takers: &[Taker]) -> KernelPayers {
        let bounds = [&self.rule.floor, &self.rule.cap, &self.rule.guarantee];
        // One payer for all the bounds of an allocation: the check of the pack saw to it.
        let Some(bound) = bounds.into_iter().flatten().next() else {
            return KernelPayers::All;
        };
        match &bound.pays {
            Payers::All => KernelPayers::All,
            Payers::Reserve => KernelPayers::Reserve,
            Payers::Where(condition) => {
                let paying = takers.iter().enumerate().filter(|(_, taker)| {
                    let pays = self.condition(condition, taker.row, &bound.place);
                    pays.unwrap_or(false)
                });
                KernelPayers::Rows(paying.map(|(position, _)| position).collect())
            }
        }
    }

    /// Gives a condition; none where it cannot be judged, which is told.
    fn condition(&mut self, formula: &Typed, row: usize, place: &Place) -> Option<bool> {
        let at = Some(RowOf {
            table: self.table,
            row,
        });
        let judged = self.values.condition(&formula.expr, at);
        judged.map_err(|gap| self.tell(&gap, place)).ok()
    }

    fn number(&mut self, formula: &Typed, row: usize, place: &Place) -> Option<Ratio> {
        let at = Some(RowOf {
            table: self.table,
            row,
        });
        let number = self.values.number(&formula.expr, at);
        number.map_err(|gap| self.tell(&gap, place)).ok()
    }

    fn tell(&mut self, gap: &Gap, place: &Place) {
        self.whole = false;
        let act = self.rule.source.cited();
        for fault in gap.diagnostics(&self.rule.label, place, act.as_ref()) {
            if self
                .told
                .insert((fault.place.clone(), fault.message.clone()))
            {
                self.faults.push(fault);
            }
        }
    }
}
