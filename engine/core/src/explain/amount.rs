//! From a quota to an amount: the bound that held, the unit value, the remainder that won or lost
//! the odd cent.

use super::Step;
use super::split::Teller;
use crate::allocate::{Held, Leftover, Method};
use crate::diag::Text;
use crate::num::{Cents, Ratio};
use crate::outcome::{AllocationOutcome, Money, RowAmounts, RowOutcome};
use crate::rules::{Allocation, TieRule};
use crate::say;
use crate::words;

impl Teller<'_> {
    /// Tells how a row's quota became its amount, by the method of the split.
    pub(super) fn amount_steps(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        money: &Money,
        received: &RowOutcome,
        amounts: &RowAmounts,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        steps.extend(self.bound_step(rule, amounts));
        match split.method {
            Method::UnitValue => {
                steps.extend(self.unit_steps(rule, split, money, received, amounts))
            }
            Method::LargestRemainder => {
                steps.extend(self.remainder_steps(rule, split, money, amounts))
            }
            Method::EachRounded | Method::Floor => {
                steps.push(self.rounded_step(rule, split, amounts))
            }
        }
        if money.residue_to.as_deref() == Some(received.key.as_str()) {
            let text = say!(
                "a questa riga va anche il residuo del riparto",
                "the residue of the split goes to this row too"
            );
            steps.push(Step::from("residue", text, &rule.source));
        }
        steps
    }

    fn bound_step(&self, rule: &Allocation, amounts: &RowAmounts) -> Option<Step> {
        let quota = words::exact_euro(&amounts.quota);
        let exact = words::exact_euro(&amounts.exact);
        if let Some(Held::Min(label) | Held::Max(label)) = &amounts.held {
            let bounds = [&rule.floor, &rule.cap, &rule.guarantee];
            let bound = bounds
                .into_iter()
                .flatten()
                .find(|bound| bound.label == *label);
            let text = say!(
                "la quota sarebbe {quota}, ma vale il limite ({label}): {exact}",
                "the quota would be {quota}, but the bound holds ({label}): {exact}";
                quota = quota, label = label.clone(), exact = exact
            );
            return Some(Step::from(
                "bound",
                text,
                bound.map_or(&rule.source, |b| &b.source),
            ));
        }
        (amounts.quota != amounts.exact).then(|| {
            let text = say!(
                "la quota era {quota}; minimi e massimi delle altre righe la portano a {exact}",
                "the quota was {quota}; floors and caps of other rows bring it to {exact}";
                quota = quota, exact = exact
            );
            Step::from("bound", text, &rule.source)
        })
    }

    fn unit_steps(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        money: &Money,
        received: &RowOutcome,
        amounts: &RowAmounts,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        let weight = received
            .weights
            .first()
            .cloned()
            .unwrap_or_else(Ratio::zero);
        let name = &self.subject.name;
        if let Some(unit) = &money.certificate.unit_value {
            let (fraction, decimals) = (&unit.exact, words::exact_euro(&unit.exact));
            let text = say!(
                "ogni unità vale {fraction} = {decimals}; arrotondamento {mode} a {step}: {applied}",
                "each unit is worth {fraction} = {decimals}; rounded {mode} to {step}: {applied}";
                decimals = decimals, mode = words::rounding(split.rounding),
                step = words::exact_euro(split.step.size()), applied = words::exact_euro(&unit.applied)
            );
            steps.push(Step::from("unit", text, &rule.source));
            if amounts.held.is_none() {
                let text = say!(
                    "{to} spettano {weight} × {applied} = {amount}",
                    "{to} is due {weight} × {applied} = {amount}";
                    weight = words::number(&weight), applied = words::exact_euro(&unit.applied),
                    amount = words::money(amounts.amount), to = words::to(name));
                steps.push(Step::from("amount", text, &rule.source));
                return steps;
            }
        }
        steps.push(self.amount_step(rule, amounts.amount));
        steps
    }

    fn amount_step(&self, rule: &Allocation, amount: Cents) -> Step {
        let name = &self.subject.name;
        let text = say!("{to} spettano {amount}", "{to} is due {amount}"; amount = words::money(amount), to = words::to(name));
        Step::from("amount", text, &rule.source)
    }

    fn rounded_step(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        amounts: &RowAmounts,
    ) -> Step {
        let (name, fraction) = (&self.subject.name, &amounts.exact);
        let mode = match split.method {
            Method::Floor => say!("per difetto", "down"),
            _ => words::rounding(split.rounding),
        };
        let text = say!(
            "{to} spettano esattamente {fraction} = {exact}; arrotondati ({mode}) a {step}: {amount}",
            "{to} is due exactly {fraction} = {exact}; rounded ({mode}) to {step}: {amount}";
            exact = words::exact_euro(&amounts.exact), mode = mode,
            step = words::exact_euro(split.step.size()), amount = words::money(amounts.amount), to = words::to(name));
        Step::from("amount", text, &rule.source)
    }

    fn remainder_steps(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        money: &Money,
        amounts: &RowAmounts,
    ) -> Vec<Step> {
        let (name, fraction) = (&self.subject.name, &amounts.exact);
        let below = &amounts.exact - &amounts.remainder;
        let quota = say!(
            "{to} spettano esattamente {fraction} = {exact}: per difetto {below}, con un resto di {remainder}",
            "{to} is due exactly {fraction} = {exact}: {below} rounded down, with a remainder of {remainder}";
            exact = words::exact_euro(&amounts.exact), below = words::exact_euro(&below),
            remainder = words::exact_euro(&amounts.remainder), to = words::to(name));
        let mut steps = vec![Step::from("quota", quota, &rule.source)];
        if let Some(leftover) = &money.certificate.leftover {
            steps.push(self.leftover_step(rule, split, leftover, amounts));
            steps.extend(settled_step(rule, leftover));
        }
        steps.push(self.amount_step(rule, amounts.amount));
        steps
    }

    /// Who took the odd cents, and by how much this subject had one or missed it.
    fn leftover_step(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        leftover: &Leftover,
        amounts: &RowAmounts,
    ) -> Step {
        let (name, steps) = (&self.subject.name, leftover.steps);
        let rank = amounts
            .rank
            .map(|rank| rank.to_string())
            .unwrap_or_default();
        let given = if amounts.extra_step {
            say!("ne riceve uno", "gets one")
        } else {
            say!("non ne riceve", "gets none")
        };
        let last = leftover.last_served.keys.join(", ");
        let not_served = match &leftover.first_not_served {
            Some(first) => {
                let keys = first.keys.join(", ");
                say!(
                    "; il primo non servito è {keys} con {remainder}",
                    "; the first not served is {keys} with {remainder}";
                    remainder = words::exact_euro(&first.remainder)
                )
            }
            None => Text::same(""),
        };
        let text = say!(
            "restano {steps} passi da {step}, che vanno ai resti più grandi: il resto di {name} è il n. {rank} e {given}; l'ultimo servito è {last} con {remainder}{not_served}",
            "{steps} steps of {step} are left and go to the largest remainders: that of {name} is no. {rank} and {given}; the last served is {last} with {remainder}{not_served}";
            step = words::exact_euro(split.step.size()), given = given,
            remainder = words::exact_euro(&leftover.last_served.remainder), not_served = not_served
        );
        Step::from("remainder", text, &rule.source)
    }
}

fn settled_step(rule: &Allocation, leftover: &Leftover) -> Option<Step> {
    let settled = leftover.settled.as_ref()?;
    let (keys, steps) = (settled.keys.join(", "), settled.steps);
    let (how, source) = match &rule.ties {
        TieRule::Stop => return None,
        TieRule::First(source) => (
            say!(
                "vince chi viene prima nella tabella",
                "the first in the table wins"
            ),
            source,
        ),
        TieRule::Last(source) => (
            say!(
                "vince chi viene dopo nella tabella",
                "the last in the table wins"
            ),
            source,
        ),
        TieRule::By(by, source) => {
            let by = &by.text;
            (
                say!(
                    "vince chi ha il maggiore `{by}`",
                    "the greatest `{by}` wins"
                ),
                source,
            )
        }
        TieRule::Draw(_, source) => (
            say!(
                "vince chi è stato sorteggiato prima",
                "the first drawn wins"
            ),
            source,
        ),
    };
    let text = say!(
        "parità di resto fra {keys} per {steps} passi: {how}",
        "equal remainders of {keys} for {steps} steps: {how}";
        how = how
    );
    Some(Step::from("tie", text, source))
}
