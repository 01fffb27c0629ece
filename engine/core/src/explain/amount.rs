//! From a quota to an amount: the bound that held, the unit value, the remainder that won or lost
//! the odd cent.

use super::Step;
use super::split::Teller;
use crate::allocate::{Held, Leftover, Method, Standing, UnitValue};
use crate::diag::Text;
use crate::eval::label_of;
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
        let residue = residue_taken(money, received);
        // The sentences on rounding speak of the amount before the residue came on top.
        let own = RowAmounts {
            amount: residue
                .and_then(|residue| amounts.amount.checked_sub(residue))
                .unwrap_or(amounts.amount),
            ..amounts.clone()
        };
        match split.method {
            Method::UnitValue => steps.extend(self.unit_steps(rule, split, money, received, &own)),
            Method::LargestRemainder => {
                steps.extend(self.remainder_steps(rule, split, money, &own));
            }
            Method::EachRounded | Method::Floor => steps.push(self.rounded_step(rule, split, &own)),
        }
        if let Some(residue) = residue {
            let text = say!(
                "a questa riga va anche il residuo del riparto, {residue}: in tutto {amount}",
                "the residue of the split, {residue}, goes to this row too: {amount} in all";
                residue = words::money(residue), amount = words::money(amounts.amount)
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
            let pushed = match amounts.held {
                Some(Held::Min(_)) => amounts.quota > amounts.exact,
                _ => amounts.quota < amounts.exact,
            };
            let text = if pushed {
                say!(
                    "la quota era {quota}; minimi e massimi delle altre righe la portano fino al limite ({label}): {exact}",
                    "the quota was {quota}; floors and caps of other rows bring it as far as the bound ({label}): {exact}";
                    quota = quota, label = label.clone(), exact = exact
                )
            } else {
                say!(
                    "la quota sarebbe {quota}, ma vale il limite ({label}): {exact}",
                    "the quota would be {quota}, but the bound holds ({label}): {exact}";
                    quota = quota, label = label.clone(), exact = exact
                )
            };
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
            let own = own_unit(&weight, amounts);
            let unit = own.as_ref().unwrap_or(unit);
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
        let name = &self.subject.name;
        let mode = match split.method {
            Method::Floor => say!("per difetto", "down"),
            _ => words::rounding(split.rounding),
        };
        let text = say!(
            "{to} spettano esattamente {exact}; arrotondati ({mode}) a {step}: {amount}",
            "{to} is due exactly {exact}; rounded ({mode}) to {step}: {amount}";
            exact = exactly(&amounts.exact), mode = mode,
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
        let name = &self.subject.name;
        let below = &amounts.exact - &amounts.remainder;
        let quota = say!(
            "{to} spettano esattamente {exact}: per difetto {below}, con un resto di {remainder}",
            "{to} is due exactly {exact}: {below} rounded down, with a remainder of {remainder}";
            exact = exactly(&amounts.exact), below = words::exact_euro(&below),
            remainder = words::exact_euro(&amounts.remainder), to = words::to(name));
        let mut steps = vec![Step::from("quota", quota, &rule.source)];
        if let Some(leftover) = &money.certificate.leftover {
            steps.push(self.leftover_step(rule, split, leftover, amounts));
            steps.extend(self.settled_step(rule, split, leftover));
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
        let step = words::exact_euro(split.step.size());
        let left = match steps {
            1 => {
                say!("resta un passo da {step}, che va al resto più grande", "one step of {step} is left and goes to the largest remainder"; step = step)
            }
            _ => {
                say!("restano {steps} passi da {step}, che vanno ai resti più grandi", "{steps} steps of {step} are left and go to the largest remainders"; step = step)
            }
        };
        let last = standing(
            split,
            &leftover.last_served,
            ("l'ultimo servito è", "gli ultimi serviti sono"),
            ("the last served is", "the last served are"),
        );
        let not_served = match &leftover.first_not_served {
            Some(first) => {
                let first = standing(
                    split,
                    first,
                    ("il primo non servito è", "i primi non serviti sono"),
                    ("the first not served is", "the first not served are"),
                );
                say!("; {first}", "; {first}"; first = first)
            }
            None => Text::same(""),
        };
        let text = say!(
            "{left}: il resto di {name} è il n. {rank} e {given}; {last}{not_served}",
            "{left}: that of {name} is no. {rank} and {given}; {last}{not_served}";
            left = left, given = given, last = last, not_served = not_served
        );
        Step::from("remainder", text, &rule.source)
    }

    /// Who won among equal remainders, and by which rule.
    fn settled_step(
        &self,
        rule: &Allocation,
        split: &AllocationOutcome,
        leftover: &Leftover,
    ) -> Option<Step> {
        let settled = leftover.settled.as_ref()?;
        let names = split.names(&settled.keys);
        let steps = words::steps(settled.steps);
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
                let by = label_of(self.measure, &rule.to, &by.text, &by.expr);
                (
                    say!(
                        "vince chi ha il valore maggiore di «{by}»",
                        "the greatest “{by}” wins";
                        by = by
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
            "parità di resto fra {names} per {steps}: {how}",
            "equal remainders of {names} for {steps}: {how}";
            names = names, steps = steps, how = how
        );
        Some(Step::from("tie", text, source))
    }
}

/// Exact euro, with the fraction they are where decimals do not end in cents.
fn exactly(amount: &Ratio) -> Text {
    let decimals = words::exact_euro(amount);
    if Cents::from_ratio(amount).is_some() {
        return decimals;
    }
    say!("{amount} = {decimals}", "{amount} = {decimals}"; decimals = decimals)
}

/// Who has a remainder: one or more rows, each language with its words for one and for more.
fn standing(
    split: &AllocationOutcome,
    standing: &Standing,
    it: (&str, &str),
    en: (&str, &str),
) -> Text {
    let names = split.names(&standing.keys);
    let ((one_it, more_it), (one_en, more_en)) = (it, en);
    let (it, en) = match standing.keys.len() {
        1 => (one_it, one_en),
        _ => (more_it, more_en),
    };
    say!(
        "{it} {names} con {remainder}",
        "{en} {names} with {remainder}";
        names = names, remainder = words::exact_euro(&standing.remainder)
    )
}

/// What a unit of weight is worth to one row: those who do not pay for the bounds of others keep
/// another value than that of the certificate, which is the payers'.
fn own_unit(weight: &Ratio, amounts: &RowAmounts) -> Option<UnitValue> {
    if amounts.held.is_some() {
        return None;
    }
    Some(UnitValue {
        exact: amounts.exact.checked_div(weight)?,
        applied: amounts.amount.to_ratio().checked_div(weight)?,
    })
}

/// The residue that a row took on top of its own amount, where the rule gives it to that row.
fn residue_taken(money: &Money, received: &RowOutcome) -> Option<Cents> {
    let takes = money.residue_to.as_deref() == Some(received.key.as_str());
    let residue = money.certificate.residue.as_ref().filter(|_| takes)?;
    Cents::from_ratio(residue).filter(|residue| *residue != Cents::ZERO)
}
