//! Splits the funds of an allocation: a pot for each fund, the sum from the allocation core.

use super::awaited;
use super::gap::Gap;
use super::ground::{self, Ground};
use super::value::{Cells, Values};
use crate::allocate::{self, Method, Outcome as Split, Problem, Ties};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Table;
use crate::num::{Cents, Ratio};
use crate::outcome::{AllocationOutcome, Alternative, Money, RowAmounts, RowOutcome, Withheld};
use crate::rules::{Allocation, Fund, Measure, Scalar};
use crate::say;

/// Splits each fund of an allocation; a faulty one is left out and told.
pub fn allocation(
    rule: &Allocation,
    values: &Values<'_>,
    before: &[AllocationOutcome],
    faults: &mut Diagnostics,
) -> Vec<AllocationOutcome> {
    let Some(ground) = ground::of(rule, values, faults) else {
        return Vec::new();
    };
    if ground.takers.is_empty() {
        faults.push(nobody(rule));
        return Vec::new();
    }
    let measure = values.measure;
    let splitter = Splitter {
        rule,
        measure,
        ground: &ground,
    };
    let funds = rule.funds.iter().filter_map(|id| measure.fund(id));
    let splits = funds.filter_map(|fund| match splitter.split(fund, before) {
        Ok(split) => Some(split),
        Err(found) => {
            let act = rule.source.cited();
            let place = rule.place.clone();
            faults.extend(
                found
                    .iter()
                    .map(|f| f.clone().at(place.clone()).act(act.clone()))
                    .collect(),
            );
            None
        }
    });
    splits.collect()
}

/// Tells whether an allocation is left unmade: its rule allows it, and nothing stands in the way but
/// what is awaited. It waits for its facts, those that say who takes part included, and for its funds.
pub fn withheld(rule: &Allocation, values: &Values<'_>, found: &Diagnostics) -> Option<Withheld> {
    let awaited = [Code::MissingDatum, Code::ZeroWeights, Code::UnknownFund];
    let mut codes = found.iter().map(|fault| fault.code);
    let waits = rule.withhold && !found.is_empty() && codes.all(|code| awaited.contains(&code));
    let funds = rule.funds.iter().filter_map(|id| values.measure.fund(id));
    let funds = funds.filter(|fund| fund.amount.is_none());
    let funds = funds.flat_map(|fund| {
        let gap = Gap::unknown_fund(&fund.id);
        gap.diagnostics(&rule.label, &rule.place, None)
    });
    let funds: Vec<Diagnostic> = funds.collect();
    waits.then(|| Withheld {
        id: rule.id.clone(),
        measure: values.measure.id.clone(),
        label: rule.label.clone(),
        act: rule.source.cited(),
        awaits: awaited::of(found.iter().chain(&funds), values),
    })
}

/// What formulas find where an allocation was left unmade.
pub fn awaited(rule: &Allocation, values: &Values<'_>) -> (Cells, Cells) {
    let rows = values.data.tables.get(&rule.to).map_or(0, Table::len);
    let id = &rule.id;
    let what = say!(
        "il riparto `{id}` attende dei dati",
        "the allocation `{id}` waits for facts"
    );
    let gap = Gap::missing(what, None);
    (vec![Err(gap.clone()); rows], vec![Err(gap); rows])
}

/// Keeps what an allocation gave, row by row, for the formulas that read it: amounts, then exact
/// quotas.
pub fn remember(
    rule: &Allocation,
    splits: &[AllocationOutcome],
    values: &Values<'_>,
) -> (Cells, Cells) {
    let table = values.data.tables.get(&rule.to);
    let declared = values.measure.table(&rule.to);
    let rows = table.map_or(0, |table| table.len());
    if splits.len() < rule.funds.len() {
        // Why it could not be split has been told; nobody reads zeros instead.
        return (vec![Err(Gap::Told); rows], vec![Err(Gap::Told); rows]);
    }
    let mut amounts = vec![Ok(Scalar::Number(Ratio::zero())); rows];
    let mut exact = amounts.clone();
    for row in 0..rows {
        let of_row = table.zip(declared);
        let Some(key) = of_row.and_then(|(table, declared)| declared.key_shown(table, row)) else {
            continue;
        };
        for split in splits {
            let Some(received) = split.row(&key) else {
                continue;
            };
            let unknown = || Gap::unknown_fund(&split.fund);
            let numbers = received.amounts.as_ref();
            add(
                amounts.get_mut(row),
                numbers.map(|n| n.amount.to_ratio()).ok_or_else(unknown),
            );
            add(
                exact.get_mut(row),
                numbers.map(|n| n.exact.clone()).ok_or_else(unknown),
            );
        }
    }
    (amounts, exact)
}

fn add(value: Option<&mut Result<Scalar, Gap>>, more: Result<Ratio, Gap>) {
    let Some(value) = value else { return };
    if let Ok(Scalar::Number(so_far)) = value {
        *value = more.map(|more| Scalar::Number(&*so_far + &more));
    }
}

struct Splitter<'s> {
    rule: &'s Allocation,
    measure: &'s Measure,
    ground: &'s Ground,
}

/// The money of one split.
struct Pot {
    fund: Cents,
    exact: Ratio,
    amount: Cents,
}

impl Splitter<'_> {
    fn split(
        &self,
        fund: &Fund,
        before: &[AllocationOutcome],
    ) -> Result<AllocationOutcome, Diagnostics> {
        let pot = match &self.rule.residue_of {
            Some(allocation) => self.residue_pot(allocation, fund, before)?,
            None => self.share_pot(fund)?,
        };
        match pot {
            Some(pot) => self.known(fund, &pot),
            None => self.unknown(fund),
        }
    }

    /// The share of a fund in cents: with the other shares, those kept for others included, it is
    /// the fund.
    fn share_pot(&self, fund: &Fund) -> Result<Option<Pot>, Diagnostics> {
        let Some(amount) = fund.amount else {
            return Ok(None);
        };
        let measure = self.measure;
        let users = measure.allocations.iter();
        let users = users.filter(|a| a.residue_of.is_none() && a.funds.contains(&fund.id));
        let split = users.map(|a| (a.id.as_str(), measure.fraction(&a.share).clone()));
        let kept = fund.reserved.iter();
        let kept = kept.map(|r| (r.to.it.as_str(), measure.fraction(&r.share).clone()));
        let shares: Vec<(&str, Ratio)> = split.chain(kept).collect();
        let position = shares.iter().position(|(id, _)| *id == self.rule.id);
        let pots = allocate::pots(amount, &shares);
        let cut = position
            .zip(pots)
            .and_then(|(at, pots)| pots.get(at).copied());
        let cut = cut.ok_or_else(|| too_large(&fund.id))?;
        let exact = &amount.to_ratio() * measure.fraction(&self.rule.share);
        Ok(Some(Pot {
            fund: amount,
            exact,
            amount: cut,
        }))
    }

    fn residue_pot(
        &self,
        allocation: &str,
        fund: &Fund,
        before: &[AllocationOutcome],
    ) -> Result<Option<Pot>, Diagnostics> {
        let feeding = before
            .iter()
            .find(|o| o.measure == self.measure.id && o.id == allocation && o.fund == fund.id);
        let Some(feeding) = feeding else {
            return Err(nothing_feeds(allocation, &fund.id));
        };
        let Some(money) = &feeding.money else {
            return Ok(None);
        };
        if money.residue < Cents::ZERO {
            return Err(negative_residue(allocation, money.residue));
        }
        let (amount, exact) = (money.residue, money.residue.to_ratio());
        Ok(Some(Pot {
            fund: amount,
            exact,
            amount,
        }))
    }

    fn known(&self, fund: &Fund, pot: &Pot) -> Result<AllocationOutcome, Diagnostics> {
        let problem = self.problem(pot, self.rule.method);
        let split = allocate::allocate(&problem)?;
        let mut amounts = split
            .rows
            .iter()
            .map(|row| Cents::from_ratio(&row.amount))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| too_large(&fund.id))?;
        let residue = split
            .certificate
            .residue
            .as_ref()
            .and_then(Cents::from_ratio);
        let mut residue = residue.ok_or_else(|| too_large(&fund.id))?;
        let taker = self.rule.residue_to.as_ref();
        if let Some(key) = taker {
            let at = self
                .ground
                .takers
                .iter()
                .position(|taker| taker.terms.key == *key);
            let amount = at
                .and_then(|at| amounts.get_mut(at))
                .ok_or_else(|| unknown_taker(key))?;
            *amount = amount
                .checked_add(residue)
                .ok_or_else(|| too_large(&fund.id))?;
            if *amount < Cents::ZERO {
                return Err(residue_below_zero(key, residue));
            }
            residue = Cents::ZERO;
        }
        let distributed = amounts
            .iter()
            .try_fold(Cents::ZERO, |sum, amount| sum.checked_add(*amount))
            .ok_or_else(|| too_large(&fund.id))?;
        let rows = self.rows(Some((&split, &amounts)));
        let alternative = (self.rule.method != Method::LargestRemainder)
            .then(|| self.alternative(pot))
            .transpose()?;
        let money = Money {
            fund: pot.fund,
            pot: pot.exact.clone(),
            amount: pot.amount,
            distributed,
            residue,
            residue_to: taker.cloned(),
            certificate: split.certificate,
            alternative,
        };
        Ok(self.outcome(fund, Some(money), rows))
    }

    /// A fund that is not known: shares as fractions, nothing invented.
    fn unknown(&self, fund: &Fund) -> Result<AllocationOutcome, Diagnostics> {
        let bounds = [&self.rule.floor, &self.rule.cap, &self.rule.guarantee];
        if bounds.into_iter().any(Option::is_some) {
            let gap = Gap::unknown_fund(&fund.id);
            let fault = gap.diagnostic(&self.rule.label, None, None);
            return Err(fault.into_iter().collect());
        }
        // One euro has the weights checked as any other sum, and is then forgotten.
        let one = Pot {
            fund: Cents::ZERO,
            exact: Ratio::one(),
            amount: Cents::new(100),
        };
        let floor = Problem {
            ties: Ties::First,
            ..self.problem(&one, Method::Floor)
        };
        allocate::allocate(&floor)?;
        Ok(self.outcome(fund, None, self.rows(None)))
    }

    fn problem(&self, pot: &Pot, method: Method) -> Problem {
        Problem {
            pot: pot.exact.clone(),
            target: pot.amount.to_ratio(),
            step: self.rule.step.clone(),
            rounding: self.rule.rounding,
            method,
            ties: self.ground.ties,
            payers: self.ground.payers.clone(),
            criteria: self.ground.criteria.clone(),
            rows: self
                .ground
                .takers
                .iter()
                .map(|taker| taker.terms.clone())
                .collect(),
        }
    }

    /// What the largest remainder would have given on the same rows. A tie there stops nobody: the
    /// first of the table stand for whoever would win it, and the outcome says so.
    fn alternative(&self, pot: &Pot) -> Result<Alternative, Diagnostics> {
        let problem = Problem {
            ties: Ties::First,
            ..self.problem(pot, Method::LargestRemainder)
        };
        let split = allocate::allocate(&problem)?;
        let amounts = split.rows.iter().map(|row| Cents::from_ratio(&row.amount));
        let amounts = amounts.collect::<Option<Vec<_>>>();
        let residue = split
            .certificate
            .residue
            .as_ref()
            .and_then(Cents::from_ratio);
        Ok(Alternative {
            amounts: amounts.ok_or_else(|| too_large(&self.rule.id))?,
            residue: residue.ok_or_else(|| too_large(&self.rule.id))?,
            tie: split
                .certificate
                .leftover
                .and_then(|leftover| leftover.settled),
        })
    }

    fn rows(&self, split: Option<(&Split, &[Cents])>) -> Vec<RowOutcome> {
        let wholes: Vec<Ratio> = self
            .ground
            .criteria
            .iter()
            .map(allocate::Criterion::whole_weight)
            .collect();
        let rows = self.ground.takers.iter().enumerate().map(|(at, taker)| {
            let weights: Vec<Ratio> = self
                .ground
                .criteria
                .iter()
                .filter_map(|criterion| criterion.weights.get(at).cloned())
                .collect();
            let parts = self.ground.criteria.iter().zip(&weights).zip(&wholes);
            let fraction = parts
                .filter_map(|((criterion, weight), whole)| {
                    Some(&criterion.share * &weight.checked_div(whole)?)
                })
                .sum();
            let amounts = split.and_then(|(split, amounts)| {
                let allotment = split.rows.get(at)?;
                Some(RowAmounts {
                    quota: allotment.quota.clone(),
                    exact: allotment.exact.clone(),
                    amount: *amounts.get(at)?,
                    held: allotment.held.clone(),
                    extra_step: allotment.extra_step,
                    rank: allotment.rank,
                    remainder: allotment.remainder.clone(),
                })
            });
            RowOutcome {
                key: taker.terms.key.clone(),
                name: taker.name.clone(),
                subjects: taker.subjects,
                weights,
                fraction,
                amounts,
            }
        });
        rows.collect()
    }

    fn outcome(
        &self,
        fund: &Fund,
        money: Option<Money>,
        rows: Vec<RowOutcome>,
    ) -> AllocationOutcome {
        AllocationOutcome {
            id: self.rule.id.clone(),
            measure: self.measure.id.clone(),
            fund: fund.id.clone(),
            table: self.rule.to.clone(),
            method: self.rule.method,
            step: self.rule.step.clone(),
            rounding: self.rule.rounding,
            money,
            total_weights: self
                .ground
                .criteria
                .iter()
                .map(allocate::Criterion::whole_weight)
                .collect(),
            rows,
        }
    }
}

fn too_large(fund: &str) -> Diagnostics {
    Diagnostic::error(
        Code::InvalidRule,
        say!(
            "gli importi di `{fund}` superano ciò che si può scrivere in centesimi",
            "the amounts of `{fund}` are beyond what can be written in cents"
        ),
    )
    .help(say!(
        "controllare l'importo del fondo e i pesi",
        "check the amount of the fund and the weights"
    ))
    .into()
}

fn nothing_feeds(allocation: &str, fund: &str) -> Diagnostics {
    Diagnostic::error(
        Code::InvalidRule,
        say!(
            "il riparto `{allocation}` non ripartisce il fondo `{fund}`: non ne resta nulla da ripartire",
            "the allocation `{allocation}` does not split the fund `{fund}`: it leaves nothing to split"
        ),
    )
    .help(say!(
        "in `funds` mettere solo i fondi che `{allocation}` ripartisce",
        "list in `funds` only those that `{allocation}` splits"
    ))
    .into()
}

fn negative_residue(allocation: &str, residue: Cents) -> Diagnostics {
    Diagnostic::error(
        Code::Infeasible,
        say!(
            "il riparto `{allocation}` ha dato più del fondo ({residue}): non resta nulla da ripartire",
            "the allocation `{allocation}` gave more than the fund ({residue}): nothing is left to split"
        ),
    )
    .help(say!(
        "un riparto che arrotonda per difetto (`floor`, o `mode = \"down\"`) lascia sempre un residuo",
        "an allocation that rounds down (`floor`, or `mode = \"down\"`) always leaves a residue"
    ))
    .into()
}

fn nobody(rule: &Allocation) -> Diagnostic {
    let table = &rule.to;
    let fault = match &rule.filter {
        Some(filter) => {
            let filter = &filter.text;
            Diagnostic::error(
                Code::ZeroWeights,
                say!(
                    "nessuna riga di `{table}` soddisfa `{filter}`: non c'è a chi ripartire",
                    "no row of `{table}` satisfies `{filter}`: there is nobody to split among"
                ),
            )
        }
        None => Diagnostic::error(
            Code::ZeroWeights,
            say!(
                "la tabella `{table}` non ha righe: non c'è a chi ripartire",
                "the table `{table}` has no rows: there is nobody to split among"
            ),
        ),
    };
    fault
        .at(rule.place.clone())
        .act(rule.source.cited())
        .help(say!(
            "controllare i dati e la condizione `where`; un riparto che quest'anno non c'è si toglie con `removed = true`",
            "check the facts and the `where` condition; an allocation not made this year is taken away with `removed = true`"
        ))
}

fn residue_below_zero(key: &str, residue: Cents) -> Diagnostics {
    Diagnostic::error(
        Code::Infeasible,
        say!(
            "il residuo è {residue} e porterebbe la riga `{key}` sotto zero",
            "the residue is {residue} and would bring the row `{key}` below zero"
        ),
    )
    .help(say!(
        "indicare una riga che riceve abbastanza, o un metodo che non dà più del fondo",
        "name a row that receives enough, or a method that does not give more than the fund"
    ))
    .into()
}

fn unknown_taker(key: &str) -> Diagnostics {
    Diagnostic::error(
        Code::UnknownName,
        say!(
            "il residuo va alla riga `{key}`, che non prende parte al riparto",
            "the residue goes to the row `{key}`, which does not take part"
        ),
    )
    .help(say!(
        "in `residue` mettere la chiave di una riga che riceve, o `\"keep\"`",
        "in `residue` put the key of a row that receives, or `\"keep\"`"
    ))
    .into()
}
