//! Why a subject is admitted or not: every condition, what was found, what lifted it.

use super::notes::add_notes;
use super::split::Teller;
use super::{Part, Step};
use crate::outcome::{DecisionOutcome, DecisionRow, Finding, Standing, Verdict};
use crate::say;

impl Teller<'_> {
    /// Tells what was decided of the subject in this measure.
    pub fn decisions(&self) -> Vec<Part> {
        let decisions = self.run.outcome.decisions.iter();
        let mine = decisions.filter(|decision| decision.measure == self.measure.id);
        mine.filter_map(|decision| {
            let mut rows = decision.rows.iter();
            let row = rows.find(|row| row.key == self.subject.key)?;
            Some(self.decided(decision, row))
        })
        .collect()
    }

    fn decided(&self, decision: &DecisionOutcome, row: &DecisionRow) -> Part {
        let name = &self.subject.name;
        let found = row.findings.iter();
        let mut steps: Vec<Step> = found
            .flat_map(|finding| {
                let read = self.read_by(decision, finding);
                std::iter::once(step(finding)).chain(read)
            })
            .collect();
        let rule = self.measure.eligibility(&decision.id);
        for condition in rule.iter().flat_map(|rule| &rule.conditions) {
            let row = self.row_in(&decision.table);
            let at = row.map(|row| (decision.table.as_str(), row));
            add_notes(&mut steps, self, &condition.that, at);
        }
        let conclusion = match row.verdict {
            verdict if decision.words.are_own() => say!(
                "dunque {name}: {word}", "so {name}: {word}";
                word = decision.words.of(verdict)
            ),
            Verdict::Eligible => say!("dunque {name} è ammesso", "so {name} is admitted"),
            Verdict::NotEligible => {
                say!("dunque {name} non è ammesso", "so {name} is not admitted")
            }
            Verdict::Undetermined => say!(
                "dunque non si può dire se {name} sia ammesso",
                "so it cannot be said whether {name} is admitted"
            ),
        };
        steps.push(Step {
            act: decision.act.clone(),
            ..Step::new("decision", conclusion)
        });
        steps.extend(self.given(decision));
        Part {
            measure: decision.measure.clone(),
            allocation: decision.id.clone(),
            fund: None,
            title: decision.label.clone(),
            amount: None,
            steps,
        }
    }

    /// What a condition reads of other measures.
    fn read_by(&self, decision: &DecisionOutcome, finding: &Finding) -> Vec<Step> {
        let rule = self.measure.eligibility(&decision.id);
        let mut conditions = rule.into_iter().flat_map(|rule| &rule.conditions);
        let condition = conditions.find(|condition| condition.id == finding.condition);
        let (Some(condition), Some(row)) = (condition, self.row_in(&decision.table)) else {
            return Vec::new();
        };
        self.read_steps(&decision.table, &condition.that, row)
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
