//! The order in which a measure is worked out: each step after those it reads.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::rules::{
    Allocation, Expr, Formula, Measure, Payers, Reference, Step, TieRule, Transition, Typed,
};
use crate::say;

/// Gives the steps in order: what a step needs comes before it, otherwise derived columns, totals,
/// checks and allocations in the order written. A circle is a fault, and then there are no steps.
pub fn order(measure: &Measure, faults: &mut Diagnostics) -> Vec<Step> {
    let mut waiting: Vec<(Step, BTreeSet<Step>)> = all_steps(measure)
        .into_iter()
        .map(|step| (step.clone(), needs(measure, &step)))
        .collect();
    let mut done: Vec<Step> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|(_, needs)| needs.iter().all(|n| done.contains(n)));
        match ready {
            Some(at) => done.push(waiting.remove(at).0),
            None => {
                faults.push(circle(measure, &waiting));
                return Vec::new();
            }
        }
    }
    done
}

fn all_steps(measure: &Measure) -> Vec<Step> {
    let derives = measure.derives.iter().map(|d| Step::Derive(d.id.clone()));
    let totals = measure.totals.iter().map(|t| Step::Total(t.id.clone()));
    let checks = measure.checks.iter().map(|c| Step::Check(c.id.clone()));
    let decisions = measure
        .eligibilities
        .iter()
        .map(|e| Step::Decide(e.id.clone()));
    let allocations = measure
        .allocations
        .iter()
        .map(|a| Step::Allocate(a.id.clone()));
    let lives = measure.lives.iter().map(|l| Step::Replay(l.id.clone()));
    derives
        .chain(totals)
        .chain(checks)
        .chain(decisions)
        .chain(allocations)
        .chain(lives)
        .collect()
}

/// What a step reads. What was not declared, or is faulty, was reported and is not waited for.
fn needs(measure: &Measure, step: &Step) -> BTreeSet<Step> {
    let mut found = BTreeSet::new();
    match step {
        Step::Derive(id) => match measure.derive(id).map(|derive| &derive.formula) {
            Some(Formula::Line(line)) => read_by(line, &mut found),
            Some(Formula::Function { inputs, .. }) => {
                inputs.iter().for_each(|input| read_by(input, &mut found));
            }
            Some(Formula::Native(native)) => {
                native.takes.iter().for_each(|one| read_by(one, &mut found));
            }
            Some(Formula::Rank(rank)) => {
                read_by(&rank.by, &mut found);
                let read = rank.within.iter().chain(&rank.filter);
                read.for_each(|formula| read_by(formula, &mut found));
            }
            Some(Formula::Rollup(rollup)) => {
                let read = rollup.of.iter().chain(&rollup.filter);
                read.for_each(|formula| read_by(formula, &mut found));
            }
            Some(Formula::Band(band)) => {
                read_by(&band.of, &mut found);
                band.by.iter().for_each(|by| read_by(by, &mut found));
            }
            None => {}
        },
        Step::Total(id) => {
            measure
                .total(id)
                .into_iter()
                .for_each(|total| read_by(&total.value, &mut found));
        }
        Step::Check(id) => {
            measure
                .check(id)
                .into_iter()
                .for_each(|check| read_by(&check.that, &mut found));
        }
        Step::Decide(id) => {
            let conditions = measure.eligibility(id).map(|rule| &rule.conditions);
            for condition in conditions.into_iter().flatten() {
                read_by(&condition.that, &mut found);
                for exception in &condition.exceptions {
                    read_by(&exception.when, &mut found);
                }
            }
        }
        Step::Allocate(id) => {
            if let Some(allocation) = measure.allocation(id) {
                read_by_allocation(allocation, &mut found);
            }
        }
        Step::Replay(id) => {
            let transitions = measure.life(id).into_iter().flat_map(|l| &l.transitions);
            transitions
                .flat_map(Transition::conditions)
                .for_each(|requirement| read_by(&requirement.that, &mut found));
        }
    }
    let declared: BTreeSet<Step> = all_steps(measure).into_iter().collect();
    found.intersection(&declared).cloned().collect()
}

fn read_by_allocation(allocation: &Allocation, found: &mut BTreeSet<Step>) {
    if let Some(before) = &allocation.residue_of {
        found.insert(Step::Allocate(before.clone()));
    }
    allocation
        .filter
        .iter()
        .for_each(|filter| read_by(filter, found));
    allocation
        .criteria
        .iter()
        .for_each(|criterion| read_by(&criterion.weight, found));
    if let TieRule::By(by, _) = &allocation.ties {
        read_by(by, found);
    }
    for bound in [&allocation.floor, &allocation.cap, &allocation.guarantee]
        .into_iter()
        .flatten()
    {
        read_by(&bound.value, found);
        if let Payers::Where(condition) = &bound.pays {
            read_by(condition, found);
        }
    }
}

fn read_by(formula: &Typed, found: &mut BTreeSet<Step>) {
    formula.expr.visit(&mut |expr| {
        let reference = match expr {
            Expr::Reference(reference) => Some(reference),
            Expr::Through { of, .. } => Some(of),
            Expr::Fold { column, .. } => column.as_ref(),
            _ => None,
        };
        found.extend(reference.into_iter().flat_map(steps_of));
    });
}

/// The steps that may give a name its value: those that are not declared are not waited for.
fn steps_of(reference: &Reference) -> Vec<Step> {
    match reference {
        Reference::Derived(id) => vec![Step::Derive(id.clone()), Step::Replay(id.clone())],
        Reference::Total(id) => vec![Step::Total(id.clone())],
        Reference::Decision(id) => vec![Step::Decide(id.clone())],
        Reference::Amount(id) | Reference::Exact(id) => vec![Step::Allocate(id.clone())],
        Reference::Column(_) | Reference::Param(_) | Reference::Fund(_) => Vec::new(),
    }
}

fn circle(measure: &Measure, waiting: &[(Step, BTreeSet<Step>)]) -> Diagnostic {
    let chain = walk_round(waiting);
    let names = chain
        .iter()
        .map(|step| format!("`{}`", name(step)))
        .collect::<Vec<_>>();
    let round = names.join(" → ");
    let place = chain.first().and_then(|step| place(measure, step));
    Diagnostic::error(
        Code::Cycle,
        say!(
            "le definizioni si rincorrono: {round}",
            "the definitions go round in a circle: {round}"
        ),
    )
    .at_maybe(place)
    .help(say!(
        "una di queste deve smettere di leggere la successiva",
        "one of these must stop reading the next"
    ))
}

/// Follows what waits for what until one comes back: the round, from it to itself.
pub fn walk_round<T: Clone + Ord>(waiting: &[(T, BTreeSet<T>)]) -> Vec<T> {
    let mut path: Vec<T> = Vec::new();
    let mut at = waiting.first().map(|(step, _)| step.clone());
    while let Some(step) = at {
        if let Some(start) = path.iter().position(|seen| *seen == step) {
            let mut round = path.split_off(start);
            round.push(step);
            return round;
        }
        let needs = waiting
            .iter()
            .find(|(s, _)| *s == step)
            .map(|(_, needs)| needs);
        at = needs.and_then(|needs| {
            needs
                .iter()
                .find(|need| waiting.iter().any(|(s, _)| s == *need))
                .cloned()
        });
        path.push(step);
    }
    path
}

fn name(step: &Step) -> &str {
    match step {
        Step::Derive(id)
        | Step::Total(id)
        | Step::Check(id)
        | Step::Decide(id)
        | Step::Allocate(id)
        | Step::Replay(id) => id,
    }
}

fn place(measure: &Measure, step: &Step) -> Option<Place> {
    match step {
        Step::Derive(id) => measure.derive(id).map(|derive| derive.place.clone()),
        Step::Total(id) => measure.total(id).map(|total| total.place.clone()),
        Step::Check(id) => measure.check(id).map(|check| check.place.clone()),
        Step::Decide(id) => measure.eligibility(id).map(|rule| rule.place.clone()),
        Step::Allocate(id) => measure
            .allocation(id)
            .map(|allocation| allocation.place.clone()),
        Step::Replay(id) => measure.life(id).map(|life| life.place.clone()),
    }
}
