//! The reasons of what one subject receives from one allocation, fund by fund.

use super::{Part, Step, Subject};
use crate::allocate::{Held, Leftover, Method, Standing, UnitValue};
use crate::diag::Text;
use crate::eval::{Run, named_parts};
use crate::model::Dataset;
use crate::num::{Cents, Ratio};
use crate::outcome::{AllocationOutcome, Money, RowAmounts, RowOutcome};
use crate::rules::{Allocation, Criterion, Fund, Measure, TieRule};
use crate::say;
use crate::words;

/// Tells the reasons of one measure's allocations to one subject.
#[derive(Clone, Copy)]
pub struct Teller<'t> {
    /// The measure.
    pub measure: &'t Measure,
    /// The facts.
    pub data: &'t Dataset,
    /// The run that is explained.
    pub run: &'t Run,
    /// Whom it is about.
    pub subject: &'t Subject,
}

impl Teller<'_> {
    /// Tells the reasons for each fund of an allocation, or why the subject takes no part in it.
    pub fn tell(&self, rule: &Allocation) -> Vec<Part> {
        let Some(row) = self.row_in(&rule.to) else {
            return Vec::new();
        };
        let all = self.run.outcome.allocations.iter();
        let splits = all.filter(|split| split.measure == self.measure.id && split.id == rule.id);
        let parts: Vec<Part> = splits
            .filter_map(|split| {
                let received = split.row(&self.subject.key)?;
                let fund = self.measure.fund(&split.fund)?;
                Some(self.part(rule, fund, split, received, row))
            })
            .collect();
        if parts.is_empty() {
            vec![self.excluded(rule, row)]
        } else {
            parts
        }
    }

    fn row_in(&self, table: &str) -> Option<usize> {
        let key = &self.measure.table(table)?.key;
        let table = self.data.tables.get(table)?;
        (0..table.len()).find(|row| table.text(key, *row) == Some(self.subject.key.as_str()))
    }

    fn excluded(&self, rule: &Allocation, row: usize) -> Part {
        let name = &self.subject.name;
        let mut steps = Vec::new();
        if let Some(filter) = &rule.filter {
            let condition = &filter.text;
            let values = self.values(rule, filter, row);
            let text = say!(
                "{name} non prende parte: serve `{condition}`, ma {values}",
                "{name} takes no part: `{condition}` is needed, but {values}";
                values = values
            );
            steps.push(Step::from("excluded", text, &rule.source));
        }
        Part {
            measure: self.measure.id.clone(),
            allocation: rule.id.clone(),
            fund: None,
            title: rule.label.clone(),
            amount: None,
            steps,
        }
    }

    fn part(
        &self,
        rule: &Allocation,
        fund: &Fund,
        split: &AllocationOutcome,
        received: &RowOutcome,
        row: usize,
    ) -> Part {
        let mut steps = vec![fund_step(fund)];
        if let Some(money) = &split.money {
            steps.push(self.share_step(rule, money));
        }
        for (criterion, whole, weight) in criteria(rule, split, received) {
            steps.push(self.criterion_step(rule, criterion, whole, weight));
            steps.extend(self.weight_step(rule, criterion, row));
        }
        match (&split.money, &received.amounts) {
            (Some(money), Some(amounts)) => {
                steps.extend(self.amount_steps(rule, split, money, received, amounts));
            }
            _ => steps.push(self.unknown_step(fund, received)),
        }
        Part {
            measure: self.measure.id.clone(),
            allocation: rule.id.clone(),
            fund: Some(fund.id.clone()),
            title: say!("{rule}: {fund}", "{rule}: {fund}"; rule = rule.label.clone(), fund = fund.label.clone()),
            amount: received.amounts.as_ref().map(|amounts| amounts.amount),
            steps,
        }
    }

    fn share_step(&self, rule: &Allocation, money: &Money) -> Step {
        let amount = words::money(money.amount);
        if let Some(before) = &rule.residue_of {
            let text = say!(
                "si ripartisce ciò che ha lasciato `{before}`: {amount}",
                "what `{before}` left is split: {amount}";
                amount = amount
            );
            return Step::from("share", text, &rule.source);
        }
        let fraction = self.measure.fraction(&rule.share);
        let exact = (money.pot != money.amount.to_ratio()).then(|| words::exact_euro(&money.pot));
        let exact = match exact {
            Some(exact) => say!(" (esattamente {exact})", " ({exact} exactly)"; exact = exact),
            None => Text::same(""),
        };
        let param = rule
            .share
            .param
            .as_ref()
            .and_then(|id| self.measure.params.get(id));
        let label = param.map_or_else(|| rule.label.clone(), |param| param.label.clone());
        let text = say!(
            "se ne ripartisce il {percent} ({label}): {amount}{exact}",
            "{percent} of it is split ({label}): {amount}{exact}";
            percent = words::percent(fraction), label = label, amount = amount, exact = exact
        );
        Step::from(
            "share",
            text,
            param.map_or(&rule.source, |param| &param.source),
        )
    }

    fn criterion_step(
        &self,
        rule: &Allocation,
        criterion: &Criterion,
        whole: &Ratio,
        weight: &Ratio,
    ) -> Step {
        let (name, unit) = (
            &self.subject.name,
            criterion.weight.unit.clone().unwrap_or_default(),
        );
        let unit = if unit.is_none() {
            String::new()
        } else {
            format!(" {unit}")
        };
        let share = match rule.criteria.len() {
            1 => Text::same(""),
            _ => say!(
                " per il {percent}", " for {percent}";
                percent = words::percent(self.measure.fraction(&criterion.share))
            ),
        };
        let text = say!(
            "il criterio{share} è: {label}; {name} ne ha {weight}{unit} su {whole}",
            "the criterion{share} is: {label}; {name} has {weight}{unit} of {whole}";
            share = share, label = criterion.label.clone(),
            weight = words::number(weight), whole = words::number(whole)
        );
        Step::from("criterion", text, &criterion.source)
    }

    /// Where a weight is a formula: the formula and what it was worked out on.
    fn weight_step(&self, rule: &Allocation, criterion: &Criterion, row: usize) -> Option<Step> {
        let formula = &criterion.weight.text;
        let parts = named_parts(&criterion.weight);
        if parts.iter().any(|(name, _)| name == formula) {
            return None;
        }
        if parts.is_empty() {
            return None;
        }
        let values = self.values(rule, &criterion.weight, row);
        let text = say!("il peso è `{formula}`, con {values}", "the weight is `{formula}`, with {values}"; values = values);
        Some(Step::from("weight", text, &criterion.source))
    }

    fn values(&self, rule: &Allocation, formula: &crate::rules::Typed, row: usize) -> Text {
        let numbers = self
            .run
            .numbers(self.measure, self.data, &rule.to, row, formula);
        let parts: Vec<Text> = numbers
            .into_iter()
            .map(|(name, value)| match value {
                Some(value) => say!("{name} = {value}", "{name} = {value}"; value = value),
                None => say!("{name} manca", "{name} is missing"),
            })
            .collect();
        let join = |side: fn(&Text) -> &str| parts.iter().map(side).collect::<Vec<_>>().join(", ");
        Text {
            it: join(|text| &text.it),
            en: join(|text| &text.en),
        }
    }

    fn unknown_step(&self, fund: &Fund, received: &RowOutcome) -> Step {
        let (name, id) = (&self.subject.name, &fund.id);
        let fraction = &received.fraction;
        Step::new(
            "unknown",
            say!(
                "{to} spettano {fraction} della quota; l'importo si saprà quando il fondo sarà noto (`--fund {id}=…`)",
                "{to} is due {fraction} of the share; the amount will be known when the fund is (`--fund {id}=…`)"; to = words::to(name)),
        )
    }

    fn amount_steps(
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
            &leftover.last_served,
            ("l'ultimo servito è", "gli ultimi serviti sono"),
            ("the last served is", "the last served are"),
        );
        let not_served = match &leftover.first_not_served {
            Some(first) => {
                let first = standing(
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
fn standing(standing: &Standing, it: (&str, &str), en: (&str, &str)) -> Text {
    let keys = standing.keys.join(", ");
    let ((one_it, more_it), (one_en, more_en)) = (it, en);
    let (it, en) = match standing.keys.len() {
        1 => (one_it, one_en),
        _ => (more_it, more_en),
    };
    say!(
        "{it} {keys} con {remainder}",
        "{en} {keys} with {remainder}";
        remainder = words::exact_euro(&standing.remainder)
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

fn criteria<'c>(
    rule: &'c Allocation,
    split: &'c AllocationOutcome,
    received: &'c RowOutcome,
) -> impl Iterator<Item = (&'c Criterion, &'c Ratio, &'c Ratio)> {
    let sums = split.total_weights.iter().zip(&received.weights);
    rule.criteria
        .iter()
        .zip(sums)
        .map(|(criterion, (whole, weight))| (criterion, whole, weight))
}

fn fund_step(fund: &Fund) -> Step {
    let Some(amount) = fund.amount else {
        let text = say!("{label}: l'importo non è ancora noto", "{label}: the amount is not known yet"; label = fund.label.clone());
        return Step::from("fund", text, &fund.source);
    };
    let published = match &fund.published {
        Some(published) => say!(
            ", pubblicato come «{published}»",
            ", published as “{published}”"
        ),
        None => Text::same(""),
    };
    let interval = match fund.interval {
        Some((low, high)) => say!(
            "; da {low} a {high} il risultato non cambia",
            "; from {low} to {high} the result is the same";
            low = words::money(low), high = words::money(high)
        ),
        None => Text::same(""),
    };
    let text = say!(
        "{label}: {amount}{published}{interval}",
        "{label}: {amount}{published}{interval}";
        label = fund.label.clone(), amount = words::money(amount),
        published = published, interval = interval
    );
    Step::from("fund", text, &fund.source)
}

fn settled_step(rule: &Allocation, leftover: &Leftover) -> Option<Step> {
    let settled = leftover.settled.as_ref()?;
    let keys = settled.keys.join(", ");
    let steps = match settled.steps {
        1 => say!("un passo", "one step"),
        steps => say!("{steps} passi", "{steps} steps"),
    };
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
        "parità di resto fra {keys} per {steps}: {how}",
        "equal remainders of {keys} for {steps}: {how}";
        steps = steps, how = how
    );
    Some(Step::from("tie", text, source))
}
