//! Why a subject is admitted or not: every condition, what was found, what lifted it.

use super::notes::add_notes;
use super::{Part, Step, Subject};
use crate::eval::Run;
use crate::outcome::{DecisionOutcome, DecisionRow, Finding, Standing, Verdict};
use crate::rules::Measure;
use crate::say;

/// Tells what was decided of one subject in one measure.
pub fn tell(measure: &Measure, run: &Run, subject: &Subject) -> Vec<Part> {
    let decisions = run.outcome.decisions.iter();
    let mine = decisions.filter(|decision| decision.measure == measure.id);
    mine.filter_map(|decision| {
        let row = decision.rows.iter().find(|row| row.key == subject.key)?;
        Some(part(measure, decision, row, subject))
    })
    .collect()
}

fn part(
    measure: &Measure,
    decision: &DecisionOutcome,
    row: &DecisionRow,
    subject: &Subject,
) -> Part {
    let name = &subject.name;
    let mut steps: Vec<Step> = row.findings.iter().map(step).collect();
    let rule = measure.eligibility(&decision.id);
    let conditions = rule.iter().flat_map(|rule| &rule.conditions);
    for condition in conditions {
        add_notes(&mut steps, measure, &condition.that);
    }
    let conclusion = match row.verdict {
        Verdict::Eligible => say!("dunque {name} è ammesso", "so {name} is admitted"),
        Verdict::NotEligible => say!("dunque {name} non è ammesso", "so {name} is not admitted"),
        Verdict::Undetermined => say!(
            "dunque non si può dire se {name} sia ammesso",
            "so it cannot be said whether {name} is admitted"
        ),
    };
    steps.push(Step {
        act: decision.act.clone(),
        ..Step::new("decision", conclusion)
    });
    Part {
        measure: decision.measure.clone(),
        allocation: decision.id.clone(),
        fund: None,
        title: decision.label.clone(),
        amount: None,
        steps,
    }
}

fn step(finding: &Finding) -> Step {
    let text = finding.text.clone();
    let text = match finding.standing {
        Standing::Holds => say!("sì: {text}", "yes: {text}"; text = text),
        Standing::Lifted => say!("derogata: {text}", "lifted: {text}"; text = text),
        Standing::Fails => say!("no: {text}", "no: {text}"; text = text),
        Standing::Missing => say!("non si sa: {text}", "unknown: {text}"; text = text),
    };
    Step {
        act: finding.act.clone(),
        assumption: finding.assumption,
        note: finding.note.clone(),
        ..Step::new("condition", text)
    }
}
