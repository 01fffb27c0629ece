//! What a problem must be before it can be split: every fault, at once.

use num_bigint::BigInt;
use num_traits::Zero;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::num::Ratio;
use crate::say;

use super::field::{steps_above, steps_below};
use super::{Criterion, Method, Payers, Problem, words};

/// Checks everything that does not need the quotas.
pub(super) fn check(problem: &Problem) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::new();
    check_money(problem, &mut faults);
    check_shares(problem, &mut faults);
    for criterion in &problem.criteria {
        check_weights(problem, criterion, &mut faults);
    }
    check_method(problem, &mut faults);
    check_bounds(problem, &mut faults);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn check_money(problem: &Problem, faults: &mut Diagnostics) {
    let money = |amount: &Ratio| words::money(&problem.step, amount);
    if problem.pot.is_negative() {
        let pot = money(&problem.pot);
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "l'importo da ripartire è sotto zero: {pot}",
                    "the amount to split is below zero: {pot}"
                ),
            )
            .help(say!(
                "si ripartisce un importo pari a zero o maggiore",
                "an amount of zero or more is split"
            )),
        );
        return;
    }
    let step = &problem.step;
    let target = steps_below(step, &problem.target);
    if target < steps_below(step, &problem.pot) || target > steps_above(step, &problem.pot) {
        let (pot, target) = (money(&problem.pot), money(&problem.target));
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "l'importo da distribuire, {target}, dista più di un passo dalla quota esatta, {pot}",
                    "the amount to distribute, {target}, is more than a step from the exact share, {pot}"
                ),
            )
            .help(say!(
                "l'importo da distribuire è la quota esatta arrotondata al passo",
                "the amount to distribute is the exact share rounded to the step"
            )),
        );
    }
}

fn check_shares(problem: &Problem, faults: &mut Diagnostics) {
    if problem.criteria.is_empty() {
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "il riparto non ha nessun criterio",
                    "the split has no criterion"
                ),
            )
            .help(say!("aggiungere un criterio", "add a criterion")),
        );
        return;
    }
    let sum: Ratio = problem.criteria.iter().map(|c| &c.share).sum();
    let below_zero = problem.criteria.iter().any(|c| c.share.is_negative());
    if sum != Ratio::one() || below_zero {
        let found = problem
            .criteria
            .iter()
            .map(|c| percent(&c.share))
            .collect::<Vec<_>>()
            .join(" + ");
        let sum = percent(&sum);
        faults.push(Diagnostic::error(
            Code::SharesNot100,
            say!(
                "le quote dei criteri non possono essere negative e devono fare 100%: {found} fa {sum}",
                "the shares of the criteria may not be negative and must add up to 100%: {found} makes {sum}"
            ),
        )
        .help(say!(
            "correggere le quote dei criteri",
            "correct the shares of the criteria"
        )));
    }
}

fn check_weights(problem: &Problem, criterion: &Criterion, faults: &mut Diagnostics) {
    let (it, en) = (&criterion.label.it, &criterion.label.en);
    let (weights, rows) = (criterion.weights.len(), problem.rows.len());
    if weights != rows {
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "il criterio `{it}` ha {weights} pesi e le righe sono {rows}",
                    "criterion `{en}` has {weights} weights and there are {rows} rows"
                ),
            )
            .help(say!(
                "dare un peso a ciascuna riga",
                "give each row one weight"
            )),
        );
        return;
    }
    let negative = keys_where(problem, criterion, Ratio::is_negative);
    if !negative.is_empty() {
        let who = words::keys(negative);
        let (who_it, who_en) = (who.it, who.en);
        faults.push(
            Diagnostic::error(
                Code::NegativeWeight,
                say!(
                    "il peso `{it}` è sotto zero per {who_it}",
                    "the weight `{en}` is below zero for {who_en}"
                ),
            )
            .help(say!(
                "un peso è zero o maggiore: correggere il dato o la formula",
                "a weight is zero or more: correct the datum or the formula"
            )),
        );
        return;
    }
    let listed = criterion.listed_weight();
    if listed.is_zero() {
        faults.push(zero_weights(criterion, rows));
    }
    if let Some(total) = criterion.total.as_ref().filter(|total| **total < listed) {
        let (total, listed) = (plain(total), plain(&listed));
        faults.push(Diagnostic::error(
            Code::TotalWeight,
            say!(
                "il peso totale di `{it}` è {total}, meno della somma delle righe elencate, {listed}",
                "the total weight of `{en}` is {total}, less than the sum of the rows listed, {listed}"
            ),
        )
        .help(say!(
            "il totale comprende le righe elencate: darlo intero, o non darlo",
            "the total includes the rows listed: give the whole of it, or leave it out"
        )));
    }
}

fn zero_weights(criterion: &Criterion, rows: usize) -> Diagnostic {
    let (it, en) = (&criterion.label.it, &criterion.label.en);
    if rows == 0 {
        let message = say!(
            "non c'è nessuna riga tra cui ripartire in base a `{it}`",
            "there is no row to split among by `{en}`"
        );
        return Diagnostic::error(Code::ZeroWeights, message).help(say!(
            "controllare quali righe sceglie `where`, e che la tabella non sia vuota",
            "check which rows `where` picks, and that the table is not empty"
        ));
    }
    let message = say!(
        "il peso `{it}` è zero per tutte le righe: non si sa come ripartire",
        "the weight `{en}` is zero for every row: there is no way to split"
    );
    Diagnostic::error(Code::ZeroWeights, message).help(say!(
        "controllare i dati, o la formula del peso: almeno una riga deve pesare",
        "check the facts, or the formula of the weight: one row at least must weigh"
    ))
}

fn check_method(problem: &Problem, faults: &mut Diagnostics) {
    let method = problem.method.name();
    let part_of_a_whole = problem.criteria.iter().any(|c| c.total.is_some());
    if part_of_a_whole && problem.method == Method::LargestRemainder {
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "il metodo `{method}` deve vedere tutte le righe: non ammette un peso totale",
                    "method `{method}` must see every row: it takes no total weight"
                ),
            )
            .help(say!(
                "togliere il peso totale, o usare `unit-value`, `each-rounded` o `floor`",
                "drop the total weight, or use `unit-value`, `each-rounded` or `floor`"
            )),
        );
    }
    if part_of_a_whole && problem.has_bounds() {
        faults.push(Diagnostic::error(
            Code::InvalidRule,
            say!(
                "minimi e massimi non si possono calcolare quando le righe sono solo una parte del totale",
                "minimums and maximums cannot be computed when the rows are only a part of the total"
            ),
        )
        .help(say!(
            "togliere il peso totale ed elencare tutte le righe",
            "drop the total weight and list all the rows"
        )));
    }
    if problem.method == Method::UnitValue {
        check_counts(problem, faults);
    }
}

fn check_counts(problem: &Problem, faults: &mut Diagnostics) {
    let [criterion] = problem.criteria.as_slice() else {
        let count = problem.criteria.len();
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "il metodo `unit-value` vuole un solo criterio: qui sono {count}",
                    "method `unit-value` takes one criterion: here are {count}"
                ),
            )
            .help(say!(
                "tenere un criterio, o usare un altro metodo",
                "keep one criterion, or use another method"
            )),
        );
        return;
    };
    let fractional = keys_where(problem, criterion, |weight| !weight.is_whole());
    if fractional.is_empty() {
        return;
    }
    let who = words::keys(fractional);
    let (label_it, label_en) = (&criterion.label.it, &criterion.label.en);
    let (it, en) = (who.it, who.en);
    faults.push(
        Diagnostic::error(
            Code::FractionalCount,
            say!(
                "il valore unitario si moltiplica per un numero intero, ma `{label_it}` non lo è per {it}",
                "the unit value is multiplied by a whole number, but `{label_en}` is not one for {en}"
            ),
        )
        .help(say!(
            "arrotondare i pesi come dice l'atto, o usare un altro metodo",
            "round the weights as the act says, or use another method"
        )),
    );
}

fn check_bounds(problem: &Problem, faults: &mut Diagnostics) {
    if let Payers::Rows(positions) = &problem.payers
        && positions.iter().any(|index| *index >= problem.rows.len())
    {
        let rows = problem.rows.len();
        faults.push(
            Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "tra chi paga c'è una riga che non esiste: le righe sono {rows}",
                    "one of the payers is a row that is not there: there are {rows} rows"
                ),
            )
            .help(say!(
                "far pagare righe che prendono parte al riparto",
                "let rows that take part in the split pay"
            )),
        );
    }
    let step = &problem.step;
    for row in &problem.rows {
        let Some(max) = &row.max else { continue };
        let min = row.min.as_ref().map(|min| &min.amount);
        let least = min.map_or_else(BigInt::zero, |min| steps_above(step, min));
        if least.max(BigInt::zero()) <= steps_below(step, &max.amount) {
            continue;
        }
        let key = &row.key;
        let max = words::money(step, &max.amount);
        let least = words::money(step, min.unwrap_or(&Ratio::zero()));
        let size = words::money(step, step.size());
        faults.push(Diagnostic::error(
            Code::Infeasible,
            say!(
                "per `{key}` il minimo {least} supera il massimo {max} (in passi da {size})",
                "for `{key}` the minimum {least} is above the maximum {max} (in steps of {size})"
            ),
        )
        .help(say!(
            "abbassare il minimo o alzare il massimo di `{key}`",
            "lower the minimum or raise the maximum of `{key}`"
        )));
    }
}

fn keys_where<'a>(
    problem: &'a Problem,
    criterion: &Criterion,
    wrong: impl Fn(&Ratio) -> bool,
) -> Vec<&'a str> {
    problem
        .rows
        .iter()
        .zip(&criterion.weights)
        .filter(|(_, weight)| wrong(weight))
        .map(|(row, _)| row.key.as_str())
        .collect()
}

fn plain(number: &Ratio) -> String {
    number
        .to_decimal_text()
        .unwrap_or_else(|| number.to_string())
}

fn percent(share: &Ratio) -> String {
    format!("{}%", plain(&(share * &Ratio::from(100))))
}
