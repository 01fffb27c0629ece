//! One split as text.

use riparto_core::allocate::Method;
use riparto_core::diag::Text;
use riparto_core::num::Cents;
use riparto_core::outcome::{AllocationOutcome, Alternative, Money};
use riparto_core::rules::{Measure, Source};
use riparto_core::say;
use riparto_core::words;

use super::style::{Page, given};

/// Renders one split: the money, the method, the unit, what is left and what else could have been.
pub fn render(measure: &Measure, split: &AllocationOutcome, page: Page) -> String {
    let rule = measure.allocation(&split.id);
    let fund = measure.fund(&split.fund);
    let label = |text: Option<&Text>| {
        text.map(|t| t.get(page.lang).to_owned())
            .unwrap_or_default()
    };
    let fund_label = label(fund.map(|fund| &fund.label));
    let heading = format!("{fund_label} → {}", label(rule.map(|rule| &rule.label)));
    let mut lines = vec![page.dress.heading(&heading)];
    let mut line =
        |name: Text, value: String| lines.push(format!("  {:<14} {value}", name.get(page.lang)));
    match &split.money {
        Some(money) => {
            let mut given = words::money(money.fund).get(page.lang).to_owned();
            given.push_str(
                &fund
                    .map(|fund| behind(&fund.source, page))
                    .unwrap_or_default(),
            );
            line(say!("fondo", "fund"), given);
            line(
                say!("da ripartire", "to split"),
                pot(measure, split, money, page),
            );
        }
        None => line(
            say!("fondo", "fund"),
            say!(
                "non ancora noto: quote in frazioni",
                "not known yet: shares as fractions"
            )
            .get(page.lang)
            .to_owned(),
        ),
    }
    line(say!("metodo", "method"), method(split, page));
    if let Some(money) = &split.money {
        for (name, value) in money_lines(split, money) {
            line(name, value.get(page.lang).to_owned());
        }
    }
    lines.join("\n")
}

fn pot(measure: &Measure, split: &AllocationOutcome, money: &Money, page: Page) -> String {
    let rule = measure.allocation(&split.id);
    let amount = words::money(money.amount);
    let share = match rule.map(|rule| (&rule.residue_of, &rule.share)) {
        Some((Some(before), _)) => {
            say!("residuo di `{before}`: {amount}", "residue of `{before}`: {amount}"; amount = amount)
        }
        Some((None, share)) => {
            let percent = words::percent(measure.fraction(share));
            say!("{percent}: {amount}", "{percent}: {amount}"; percent = percent, amount = amount)
        }
        None => amount,
    };
    let param = rule.and_then(|rule| measure.param(rule.share.param.as_ref()?));
    let behind = param
        .map(|param| behind(&param.source, page))
        .unwrap_or_default();
    format!("{}{behind}", share.get(page.lang))
}

/// The act behind a value, and whether it is an assumption.
fn behind(source: &Source, page: Page) -> String {
    let mut text = String::new();
    if source.given {
        let word = given();
        text.push_str(&format!(" {}", page.dress.warning(word.get(page.lang))));
    }
    if source.assumption {
        let word = say!("[ipotesi]", "[assumption]");
        text.push_str(&format!(" {}", page.dress.warning(word.get(page.lang))));
    }
    if let Some(cited) = source.cited() {
        text.push_str(&format!(" · {cited}"));
    }
    text
}

fn method(split: &AllocationOutcome, page: Page) -> String {
    let (mode, step) = (
        words::rounding(split.rounding),
        words::exact_euro(split.step.size()),
    );
    let text = match split.method {
        Method::LargestRemainder => {
            say!("maggior resto, passo {step}", "largest remainder, step {step}"; step = step)
        }
        Method::UnitValue => say!(
            "valore unitario arrotondato a {step} ({mode}) × numero intero",
            "unit value rounded to {step} ({mode}) × whole number";
            step = step, mode = mode
        ),
        Method::EachRounded => say!(
            "ogni quota arrotondata a {step} ({mode})",
            "each quota rounded to {step} ({mode})";
            step = step, mode = mode
        ),
        Method::Floor => {
            say!("ogni quota per difetto, passo {step}", "each quota rounded down, step {step}"; step = step)
        }
    };
    text.get(page.lang).to_owned()
}

fn money_lines(split: &AllocationOutcome, money: &Money) -> Vec<(Text, Text)> {
    let mut lines = Vec::new();
    for (criterion, whole) in money.certificate.criteria.iter().zip(&split.total_weights) {
        lines.push((
            say!("criterio", "criterion"),
            say!(
                "{label}: {whole} in tutto", "{label}: {whole} in all";
                label = criterion.label.clone(), whole = words::number(whole)
            ),
        ));
    }
    if let Some(unit) = &money.certificate.unit_value {
        let exact = &unit.exact;
        lines.push((
            say!("unità", "unit"),
            say!(
                "{applied} (esattamente {exact} = {decimals})",
                "{applied} ({exact} = {decimals} exactly)";
                applied = words::exact_euro(&unit.applied), decimals = words::exact_euro(exact)
            ),
        ));
    }
    if let Some(leftover) = &money.certificate.leftover {
        let steps = words::steps(leftover.steps);
        let last = split.names(&leftover.last_served.keys);
        lines.push((
            say!("resti", "remainders"),
            say!(
                "{steps} ai resti più grandi, fino a {last}",
                "{steps} to the largest remainders, as far as {last}";
                steps = steps, last = last
            ),
        ));
    }
    lines.push((
        say!("ripartito", "distributed"),
        words::money(money.distributed),
    ));
    let to = money.residue_to.as_ref();
    lines.push((
        say!("residuo", "residue"),
        match to {
            Some(key) => say!("assegnato a {key}", "given to {key}"),
            None if money.residue < Cents::ZERO => say!(
                "{residue} [attenzione: si distribuisce più di quanto c'è]",
                "{residue} [warning: more is distributed than there is]";
                residue = words::money(money.residue)
            ),
            None => words::money(money.residue),
        },
    ));
    lines.extend(
        money
            .alternative
            .as_ref()
            .map(|other| alternative(split, other)),
    );
    lines
}

/// What the largest remainder would have given instead.
fn alternative(split: &AllocationOutcome, other: &Alternative) -> (Text, Text) {
    let rows = split.rows.iter().zip(&other.amounts);
    let changes: Vec<i128> = rows
        .filter_map(|(row, other)| Some(other.checked_sub(row.amounts.as_ref()?.amount)?.count()))
        .filter(|change| *change != 0)
        .collect();
    let (changed, all) = (changes.len(), split.rows.len());
    let what = match (changed, changes.iter().min().zip(changes.iter().max())) {
        (_, None) => say!("gli stessi importi", "the same amounts"),
        (1, Some((change, _))) => say!(
            "un importo diverso su {all}, di {change}",
            "one amount of {all} differs, by {change}";
            change = words::money(Cents::new(*change))
        ),
        (_, Some((low, high))) => say!(
            "importi diversi in {changed} righe su {all}, da {low} a {high}",
            "other amounts in {changed} rows of {all}, from {low} to {high}";
            low = words::money(Cents::new(*low)), high = words::money(Cents::new(*high))
        ),
    };
    let tie = match &other.tie {
        Some(tie) => {
            let (keys, steps) = (tie.keys.len(), tie.steps);
            say!(
                "; {keys} righe a pari resto si contenderebbero {steps}",
                "; {keys} rows with equal remainders would compete for {steps}";
                steps = words::steps(steps)
            )
        }
        None => Text::same(""),
    };
    let text = say!(
        "residuo {residue}, {what}{tie}", "residue {residue}, {what}{tie}";
        residue = words::money(other.residue), what = what, tie = tie
    );
    (say!("maggior resto", "by remainders"), text)
}
