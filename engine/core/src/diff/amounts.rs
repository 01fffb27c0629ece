//! What each subject receives under two packs, and how much of the change each cause accounts for.
//!
//! The first pack is run as it is, then with the funds of the second, then the second pack is run on
//! the facts of the first, then on its own. The parts are the differences of consecutive runs, so
//! they add up to the cent whatever the rules are; in another order each could be another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Text;
use crate::eval::evaluate_unchecked;
use crate::model::{Dataset, TableDecl};
use crate::num::Cents;
use crate::outcome::{Outcome, SubjectTotal};
use crate::pack::Overrides;
use crate::rules::{Fund, Measure, Pack};
use crate::say;

/// What subjects receive under two packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountChanges {
    /// Why the changes are not split into parts, where they are not.
    pub unsplit: Option<Text>,
    /// All that is distributed.
    pub total: AmountChange,
    /// Each subject whose amounts can be compared, those of the first pack in their order.
    pub rows: Vec<Subject>,
    /// The keys of those that cannot be: aggregates of other subjects, and subjects that the other
    /// pack may have inside an aggregate.
    pub apart: Vec<String>,
}

/// A subject, with what it receives under two packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// What changes for it.
    pub amount: AmountChange,
}

impl AmountChange {
    /// Tells whether it is the same under both packs, and no part of it moves either.
    pub fn is_still(&self) -> bool {
        let still = Parts {
            funds: Cents::ZERO,
            rules: Cents::ZERO,
            facts: Cents::ZERO,
        };
        self.before == self.after && self.parts.is_none_or(|parts| parts == still)
    }
}

/// An amount under two packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountChange {
    /// Under the first; none where a fund is not known.
    pub before: Option<Cents>,
    /// Under the second, alike.
    pub after: Option<Cents>,
    /// What accounts for the difference; none where it is not known or not split.
    pub parts: Option<Parts>,
}

/// The parts of a change, which add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// From the amounts of the funds that both packs have.
    pub funds: Cents,
    /// From the rules: shares, values, formulas, methods, funds that one pack has alone.
    pub rules: Cents,
    /// From the facts.
    pub facts: Cents,
}

/// Gives the amounts of the second pack for the funds that the first has too.
pub fn shared_funds(before: &Pack, after: &Pack) -> Overrides {
    let known = |fund: &Fund| Some((fund.id.clone(), fund.amount?.to_string()));
    let ids: BTreeSet<&str> = all_funds(before).map(|fund| fund.id.as_str()).collect();
    let shared = all_funds(after).filter(|fund| ids.contains(fund.id.as_str()));
    Overrides {
        funds: shared.filter_map(known).collect(),
        ..Overrides::default()
    }
}

fn all_funds(pack: &Pack) -> impl Iterator<Item = &Fund> {
    pack.measures.iter().flat_map(|measure| &measure.funds)
}

/// Runs what splits money in a pack on facts that may be another's: its checks, which hold of its
/// own, are left out.
///
/// # Errors
/// The facts lack a table or a column that a split reads, or the run is refused; the text says why.
pub fn run_on(mut pack: Pack, data: &Dataset) -> Result<Outcome, Text> {
    keep_splits(&mut pack);
    for table in pack.tables() {
        fits(table, data)?;
    }
    let (run, faults) = evaluate_unchecked(&pack, data);
    let run = run.ok_or_else(|| {
        let first = faults.into_sorted().into_iter().next();
        first.map_or_else(unmade, |fault| fault.message)
    })?;
    match run.outcome.withheld.is_empty() {
        true => Ok(run.outcome),
        false => Err(unmade()),
    }
}

/// Why a run that left an allocation unmade has no amounts to compare.
pub fn unmade() -> Text {
    say!("mancano dei dati", "some facts are missing")
}

/// Leaves the measures that split money, with those that they read.
fn keep_splits(pack: &mut Pack) {
    let splits = pack.measures.iter().filter(|m| !m.allocations.is_empty());
    let mut next: Vec<Arc<Measure>> = splits.cloned().collect();
    let mut kept = BTreeSet::new();
    while let Some(measure) = next.pop() {
        if kept.insert(measure.id.clone()) {
            next.extend(measure.reads.iter().cloned());
        }
    }
    pack.measures.retain(|measure| kept.contains(&measure.id));
}

fn fits(declared: &TableDecl, data: &Dataset) -> Result<(), Text> {
    let table = &declared.name;
    let Some(found) = data.tables.get(table) else {
        return Err(say!(
            "il primo pacchetto non ha la tabella `{table}`",
            "the first pack has no table `{table}`"
        ));
    };
    for column in &declared.columns {
        let mut columns = found.columns.iter();
        let name = &column.name;
        if !columns.any(|found| found.name == *name && found.kind == column.kind) {
            return Err(say!(
                "nel primo pacchetto la tabella `{table}` non ha la colonna `{name}`, o l'ha di altro tipo",
                "in the first pack the table `{table}` has no column `{name}`, or has it of another type"
            ));
        }
    }
    Ok(())
}

/// The runs between the first pack and the second.
#[derive(Debug)]
pub struct Between {
    /// The first pack with the funds of the second.
    pub funds: Outcome,
    /// The second pack on the facts of the first.
    pub rules: Outcome,
}

/// Compares what two runs give; `between` are the runs that split the change, or why there are none.
pub fn amount_changes(
    before: &Outcome,
    between: Result<Between, Text>,
    after: &Outcome,
) -> AmountChanges {
    let (first, last) = (by_key(before), by_key(after));
    let middle = between
        .as_ref()
        .ok()
        .map(|between| (by_key(&between.funds), by_key(&between.rules)));
    let change = |key: &str| {
        let (start, end) = (amount(&first, key), amount(&last, key));
        let steps = middle
            .as_ref()
            .map(|(funds, rules)| (amount(funds, key), amount(rules, key)));
        changed(start, steps, end)
    };
    let mut seen = BTreeSet::new();
    let subjects = before.totals.iter().chain(&after.totals);
    let subjects = subjects.filter(|subject| seen.insert(&subject.key));
    let (mut rows, mut apart) = (Vec::new(), Vec::new());
    for SubjectTotal { key, name, .. } in subjects {
        let amount = change(key);
        if comparable(key, &first, &last, &amount) {
            let (key, name) = (key.clone(), name.clone());
            rows.push(Subject { key, name, amount });
        } else {
            apart.push(key.clone());
        }
    }
    let steps = between
        .as_ref()
        .ok()
        .map(|between| (whole(&between.funds), whole(&between.rules)));
    AmountChanges {
        total: changed(whole(before), steps, whole(after)),
        unsplit: between.err(),
        rows,
        apart,
    }
}

type ByKey<'o> = BTreeMap<&'o str, &'o SubjectTotal>;

fn by_key(outcome: &Outcome) -> ByKey<'_> {
    let totals = outcome.totals.iter();
    totals.map(|total| (total.key.as_str(), total)).collect()
}

/// Who takes no part in a run receives nothing of it.
fn amount(side: &ByKey<'_>, key: &str) -> Option<Cents> {
    side.get(key)
        .map_or(Some(Cents::ZERO), |total| total.amount)
}

fn whole(outcome: &Outcome) -> Option<Cents> {
    let mut amounts = outcome.totals.iter().map(|total| total.amount);
    amounts.try_fold(Cents::ZERO, |sum, amount| sum.checked_add(amount?))
}

fn changed(
    before: Option<Cents>,
    steps: Option<(Option<Cents>, Option<Cents>)>,
    after: Option<Cents>,
) -> AmountChange {
    let parts = || {
        let (funds, rules) = steps?;
        Some(Parts {
            funds: funds?.checked_sub(before?)?,
            rules: rules?.checked_sub(funds?)?,
            facts: after?.checked_sub(rules?)?,
        })
    };
    AmountChange {
        before,
        after,
        parts: parts(),
    }
}

/// Tells whether a key means the same subject in both runs. An aggregate does where it stands for as
/// many and its facts account for nothing; one that only a run has does where the other has no
/// aggregate it may be inside.
fn comparable(key: &str, first: &ByKey<'_>, last: &ByKey<'_>, amount: &AmountChange) -> bool {
    let aggregated = |side: &ByKey<'_>| side.keys().any(|key| key.starts_with('*'));
    match (first.get(key), last.get(key)) {
        (Some(one), Some(other)) if key.starts_with('*') => {
            let still = amount.parts.is_some_and(|parts| parts.facts == Cents::ZERO);
            still && one.subjects == other.subjects
        }
        (Some(_), Some(_)) => true,
        (Some(_), None) => !key.starts_with('*') && !aggregated(last),
        (None, _) => !key.starts_with('*') && !aggregated(first),
    }
}
