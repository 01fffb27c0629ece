//! What a subject receives of what a decision gives, and the bands that decided it.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::outcome::{BenefitOutcome, BenefitRow, DecisionOutcome};
use crate::rules::quantity;
use crate::say;

impl Teller<'_> {
    /// Tells what a decision gives to the subject: each column, then how it came out.
    pub(super) fn given(&self, decision: &DecisionOutcome) -> Vec<Step> {
        let mine = self.benefits();
        let mine = mine.filter(|(benefit, _)| benefit.decision == decision.id);
        mine.flat_map(|(benefit, row)| {
            let step = Step {
                act: benefit.act.clone(),
                ..Step::new("benefit", received(benefit, row))
            };
            std::iter::once(step).chain(self.bands_of(benefit))
        })
        .collect()
    }

    /// Says in a few words what the subject receives in this measure.
    pub(super) fn receipts(&self) -> Vec<Text> {
        let mine = self.benefits();
        mine.map(|(benefit, row)| received(benefit, row)).collect()
    }

    /// What decisions give to the subject in this measure, where it is something or is not known.
    fn benefits(&self) -> impl Iterator<Item = (&BenefitOutcome, &BenefitRow)> {
        let all = self.run.outcome.benefits.iter();
        let mine = all.filter(|benefit| benefit.measure == self.measure.id);
        mine.filter_map(|benefit| {
            let mut rows = benefit.received();
            Some((benefit, rows.find(|row| row.key == self.subject.key)?))
        })
    }

    fn bands_of(&self, benefit: &BenefitOutcome) -> Vec<Step> {
        let rule = self.measure.eligibility(&benefit.decision);
        let mut given = rule.into_iter().flat_map(|rule| &rule.gives);
        let given = given.find(|given| given.value.text == benefit.id);
        let row = self.row_in(&benefit.table);
        let steps = given
            .zip(row)
            .map(|(given, row)| self.band_steps(&given.value, row));
        steps.unwrap_or_default()
    }
}

fn received(benefit: &BenefitOutcome, row: &BenefitRow) -> Text {
    let label = benefit.label.clone();
    match (&row.value, &row.awaits) {
        (Some(value), _) => say!(
            "{label}: {value}", "{label}: {value}";
            label = label, value = quantity(value, &benefit.unit)
        ),
        (None, Some(what)) => say!(
            "{label}: non si può dire ({what})", "{label}: it cannot be said ({what})";
            label = label, what = what.clone()
        ),
        (None, None) => label,
    }
}
