//! The reasons of what one subject receives from one allocation, fund by fund.

use super::notes::add_notes;
use super::{Part, Step, Subject};
use crate::diag::Text;
use crate::eval::{Run, named_parts};
use crate::model::Dataset;
use crate::num::Ratio;
use crate::outcome::{AllocationOutcome, Money, RowOutcome, Withheld, grouped};
use crate::rules::{Allocation, Criterion, Fund, Measure, Typed};
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
        let mut withheld = self.run.outcome.withheld.iter();
        let waits = withheld.find(|one| one.measure == self.measure.id && one.id == rule.id);
        match waits {
            Some(_) if self.why_excluded(rule).is_some() => vec![self.excluded(rule, row)],
            Some(waits) => vec![self.waiting(rule, waits)],
            None if parts.is_empty() => vec![self.excluded(rule, row)],
            None => parts,
        }
    }

    /// A split that was not made: who takes part in it is not known yet.
    fn waiting(&self, rule: &Allocation, withheld: &Withheld) -> Part {
        let awaits = grouped(&withheld.awaits);
        let text = match awaits.as_slice() {
            [] => say!("non si ripartisce ancora", "it is not split yet"),
            awaits => say!(
                "non si ripartisce ancora: {awaits}", "it is not split yet: {awaits}";
                awaits = words::listed(awaits)
            ),
        };
        Part {
            measure: self.measure.id.clone(),
            allocation: rule.id.clone(),
            fund: None,
            title: rule.label.clone(),
            amount: None,
            steps: vec![Step::from("withheld", text, &rule.source)],
        }
    }

    pub(super) fn row_in(&self, table: &str) -> Option<usize> {
        let declared = self.measure.table(table)?;
        let table = self.data.tables.get(table)?;
        let wanted = Some(&self.subject.key);
        (0..table.len()).find(|row| declared.key_shown(table, *row).as_ref() == wanted)
    }

    /// Says why the subject takes no part in an allocation; none where it does, or may.
    pub fn why_excluded(&self, rule: &Allocation) -> Option<Text> {
        let row = self.row_in(&rule.to)?;
        let filter = rule.filter.as_ref()?;
        let holds = self
            .run
            .holds(self.measure, self.data, &rule.to, row, filter);
        (holds == Some(false)).then(|| self.unmet(rule, filter, row))
    }

    /// Says why the subject takes no part in the allocations of this measure, each reason once.
    pub fn exclusions(&self) -> Vec<Text> {
        let mut why: Vec<Text> = Vec::new();
        let rules = self.measure.allocations.iter();
        for reason in rules.filter_map(|rule| self.why_excluded(rule)) {
            if !why.contains(&reason) {
                why.push(reason);
            }
        }
        why
    }

    fn unmet(&self, rule: &Allocation, filter: &Typed, row: usize) -> Text {
        let condition = &filter.text;
        say!(
            "serve `{condition}`, ma {values}", "`{condition}` is needed, but {values}";
            values = self.values(rule, filter, row)
        )
    }

    fn excluded(&self, rule: &Allocation, row: usize) -> Part {
        let name = &self.subject.name;
        let mut steps = Vec::new();
        if let Some(filter) = &rule.filter {
            let text = say!(
                "{name} non prende parte: {why}", "{name} takes no part: {why}";
                why = self.unmet(rule, filter, row)
            );
            steps.push(Step::from("excluded", text, &rule.source));
            steps.extend(self.read_steps(&rule.to, filter, row));
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
            steps.extend(self.read_steps(&rule.to, &criterion.weight, row));
            steps.extend(self.band_steps(&criterion.weight, row));
            add_notes(&mut steps, self, &criterion.weight, Some((&rule.to, row)));
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
            .and_then(|id| self.measure.param(id));
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
            "il criterio{share} è: {label}; {name} ha {weight}{unit} su {whole}",
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

    fn values(&self, rule: &Allocation, formula: &Typed, row: usize) -> Text {
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
            "; secondo le fonti è fra {low} e {high}",
            "; by the sources it is between {low} and {high}";
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
