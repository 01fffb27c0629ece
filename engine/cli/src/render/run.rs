//! An outcome as text: each split with its certificate, then what each subject receives.

use riparto_core::allocate::Method;
use riparto_core::diag::{Lang, Text};
use riparto_core::num::Cents;
use riparto_core::outcome::{AllocationOutcome, Alternative, Money, Outcome, SubjectTotal};
use riparto_core::rules::{Measure, Pack, Source};
use riparto_core::say;
use riparto_core::words;

use super::table::table;
use crate::host::Ran;

/// Renders an outcome.
pub fn render(ran: &Ran, lang: Lang, terminal: bool) -> String {
    let (pack, outcome) = (&ran.pack, &ran.run.outcome);
    let as_of = outcome.as_of;
    let mut blocks = vec![format!(
        "{} ({}, {} {as_of})\n{}",
        pack.title.get(lang),
        pack.id,
        say!("al", "as of").get(lang),
        pack.main_act
    )];
    for measure in &pack.measures {
        let splits = outcome
            .allocations
            .iter()
            .filter(|split| split.measure == measure.id);
        let splits: Vec<&AllocationOutcome> = splits.collect();
        blocks.push(format!("{}\n{}", measure.title.get(lang), measure.act));
        blocks.extend(splits.iter().map(|split| one_split(measure, split, lang)));
    }
    if !outcome.allocations.is_empty() {
        blocks.push(amounts(outcome, lang, terminal));
    }
    blocks.extend(facts(ran, lang));
    blocks.extend(checks(outcome, lang));
    blocks.extend(assumptions(pack, lang));
    blocks.join("\n\n") + "\n"
}

fn one_split(measure: &Measure, split: &AllocationOutcome, lang: Lang) -> String {
    let rule = measure.allocation(&split.id);
    let fund = measure.fund(&split.fund);
    let label = |text: Option<&Text>| text.map(|t| t.get(lang).to_owned()).unwrap_or_default();
    let mut lines = vec![format!(
        "{} → {}",
        label(fund.map(|fund| &fund.label)),
        label(rule.map(|rule| &rule.label))
    )];
    let mut line =
        |name: Text, value: String| lines.push(format!("  {:<14} {value}", name.get(lang)));
    match &split.money {
        Some(money) => {
            let mut given = words::money(money.fund).get(lang).to_owned();
            given.push_str(
                &fund
                    .map(|fund| behind(&fund.source, lang))
                    .unwrap_or_default(),
            );
            line(say!("fondo", "fund"), given);
            line(
                say!("da ripartire", "to split"),
                pot(measure, split, money, lang),
            );
        }
        None => line(
            say!("fondo", "fund"),
            say!(
                "non ancora noto: quote in frazioni",
                "not known yet: shares as fractions"
            )
            .get(lang)
            .to_owned(),
        ),
    }
    line(say!("metodo", "method"), method(split, lang));
    if let Some(money) = &split.money {
        for (name, value) in money_lines(split, money) {
            line(name, value.get(lang).to_owned());
        }
    }
    lines.join("\n")
}

fn pot(measure: &Measure, split: &AllocationOutcome, money: &Money, lang: Lang) -> String {
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
    let param = rule.and_then(|rule| measure.params.get(rule.share.param.as_ref()?));
    let behind = param
        .map(|param| behind(&param.source, lang))
        .unwrap_or_default();
    format!("{}{behind}", share.get(lang))
}

/// The act behind a value, and whether it is an assumption.
fn behind(source: &Source, lang: Lang) -> String {
    let mut text = String::new();
    if source.assumption {
        text.push_str(&format!(" [{}]", say!("ipotesi", "assumption").get(lang)));
    }
    if let Some(cited) = source.cited() {
        text.push_str(&format!(" · {cited}"));
    }
    text
}

fn method(split: &AllocationOutcome, lang: Lang) -> String {
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
    text.get(lang).to_owned()
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
        let (steps, last) = (leftover.steps, leftover.last_served.keys.join(", "));
        lines.push((
            say!("resti", "remainders"),
            say!(
                "{steps} passi ai resti più grandi; l'ultimo servito è {last}",
                "{steps} steps to the largest remainders; the last served is {last}"
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
    let what = match changes.iter().min().zip(changes.iter().max()) {
        None => say!("gli stessi importi", "the same amounts"),
        Some((low, high)) => say!(
            "importi diversi in {changed} righe su {all}, da {low} a {high}",
            "other amounts in {changed} rows of {all}, from {low} to {high}";
            low = words::money(Cents::new(*low)), high = words::money(Cents::new(*high))
        ),
    };
    let tie = match &other.tie {
        Some(tie) => {
            let (keys, steps) = (tie.keys.len(), tie.steps);
            say!(
                "; {keys} righe a pari resto si contenderebbero {steps} passi",
                "; {keys} rows with equal remainders would compete for {steps} steps"
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

fn amounts(outcome: &Outcome, lang: Lang, terminal: bool) -> String {
    let mut header = vec![
        say!("codice", "code").get(lang).to_owned(),
        say!("nome", "name").get(lang).to_owned(),
    ];
    header.extend(
        outcome
            .allocations
            .iter()
            .map(|split| format!("{} · {}", split.fund, split.id)),
    );
    header.push(say!("totale", "total").get(lang).to_owned());
    let rows: Vec<Vec<String>> = outcome
        .totals
        .iter()
        .map(|total| {
            let mut cells = vec![total.key.clone(), named(total)];
            cells.extend(
                outcome
                    .allocations
                    .iter()
                    .map(|split| cell(split, &total.key, lang)),
            );
            let amount = total
                .amount
                .map(|amount| words::money(amount).get(lang).to_owned());
            cells.push(amount.unwrap_or_else(|| "?".to_owned()));
            cells
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let numbers: Vec<usize> = (2..header.len()).collect();
    table(terminal, &header, &numbers, &rows)
}

/// The name of a subject; an aggregate says for how many it stands.
fn named(total: &SubjectTotal) -> String {
    match total.subjects {
        1 => total.name.clone(),
        many => format!("{} ×{many}", total.name),
    }
}

fn cell(split: &AllocationOutcome, key: &str, lang: Lang) -> String {
    let Some(row) = split.row(key) else {
        return String::new();
    };
    match &row.amounts {
        Some(amounts) => words::money(amounts.amount).get(lang).to_owned(),
        None => row.fraction.to_string(),
    }
}

/// How each file of facts was read.
fn facts(ran: &Ran, lang: Lang) -> Option<String> {
    let tables = ran.dialects.iter().filter_map(|(name, dialect)| {
        let rows = ran.data.tables.get(name)?.len();
        let decimals = match dialect.decimal_mark {
            Some(mark) => {
                say!(", decimali con {mark}", ", decimals with {mark}"; mark = mark.label())
            }
            None => Text::same(""),
        };
        let text = say!(
            "{name}: {rows} righe, celle separate da {separator}{decimals}",
            "{name}: {rows} rows, cells separated by {separator}{decimals}";
            separator = dialect.separator.label(), decimals = decimals
        );
        Some(format!("  {}", text.get(lang)))
    });
    let lines: Vec<String> = tables.collect();
    let title = say!("Dati", "Facts");
    (!lines.is_empty()).then(|| format!("{}\n{}", title.get(lang), lines.join("\n")))
}

fn checks(outcome: &Outcome, lang: Lang) -> Option<String> {
    if outcome.checks.is_empty() {
        return None;
    }
    let mut lines = vec![
        say!("Controlli soddisfatti", "Checks that hold")
            .get(lang)
            .to_owned(),
    ];
    for check in &outcome.checks {
        let waits = if check.judged { "" } else { say_waits(lang) };
        let act = check
            .act
            .as_ref()
            .map(|act| format!(" · {act}"))
            .unwrap_or_default();
        lines.push(format!("  {}{waits}{act}", check.label.get(lang)));
    }
    Some(lines.join("\n"))
}

fn say_waits(lang: Lang) -> &'static str {
    match lang {
        Lang::It => " (in attesa di un fondo non noto)",
        Lang::En => " (waiting for a fund that is not known)",
    }
}

/// What no source says as it stands, with the note of whoever wrote it down.
fn assumptions(pack: &Pack, lang: Lang) -> Option<String> {
    let mut lines = Vec::new();
    for measure in &pack.measures {
        let funds = measure.funds.iter().map(|fund| (&fund.label, &fund.source));
        let params = measure
            .params
            .values()
            .map(|param| (&param.label, &param.source));
        let allocations = measure
            .allocations
            .iter()
            .map(|rule| (&rule.label, &rule.source));
        for (label, source) in funds.chain(params).chain(allocations) {
            if source.assumption {
                let note = source
                    .note
                    .as_ref()
                    .map(|note| format!(": {note}"))
                    .unwrap_or_default();
                lines.push(format!("  {}{note}", label.get(lang)));
            }
        }
    }
    if lines.is_empty() {
        return None;
    }
    lines.insert(
        0,
        say!(
            "Ipotesi: nessuna fonte lo dice così",
            "Assumptions: no source says so"
        )
        .get(lang)
        .to_owned(),
    );
    Some(lines.join("\n"))
}
