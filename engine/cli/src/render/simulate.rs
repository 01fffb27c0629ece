//! A simulation as text: the grid, what was refused and why, then who changes at each point.

mod changes;
mod grid;

use riparto_core::diag::Lang;
use riparto_core::num::{Cents, Ratio};
use riparto_core::outcome::Outcome;
use riparto_core::rules::{Measure, Pack, quantity};
use riparto_core::say;
use riparto_core::simulate::{Point, SubjectChange, Vary, concerned};
use riparto_core::words;

use super::benefits;
use super::style::{Dress, Page};
use crate::host::Ran;

/// Renders a simulation; `base` is the pack as it is.
pub fn text(base: &Ran, varies: &[Vary], grid: &[Point], lang: Lang, terminal: bool) -> String {
    let dress = Dress::new(terminal);
    let page = Page { lang, dress };
    let (pack, outcome) = (&base.pack, &base.run.outcome);
    let heading = format!("{} ({})", pack.title.get(lang), pack.id);
    let measures = concerned(pack, varies);
    let mut blocks = vec![dress.heading(&heading)];
    blocks.extend(as_it_is(outcome, &measures, page));
    blocks.extend(nothing_reads(&measures, varies, page));
    blocks.extend(grid::points(pack, grid, page, terminal));
    blocks.extend(grid.iter().filter_map(|point| refusal(pack, point, page)));
    for point in grid {
        blocks.extend(changes::of(pack, point, page, terminal));
    }
    blocks.extend(changes::at_the_last_point(pack, grid, page, terminal));
    blocks.extend(aggregates(outcome, page));
    blocks.join("\n\n") + "\n"
}

/// What the measures concerned give out before anything moves, and what is left; nothing where they
/// give nothing out.
fn as_it_is(outcome: &Outcome, measures: &[&Measure], page: Page) -> Option<String> {
    let mine = |id: &str| measures.iter().any(|measure| measure.id == id);
    let title = say!("Com'è", "As it is");
    let mut lines = vec![title.get(page.lang).to_owned()];
    for split in outcome
        .allocations
        .iter()
        .filter(|split| mine(&split.measure))
    {
        let (fund, id) = (&split.fund, &split.id);
        let said = match &split.money {
            Some(money) => say!(
                "  {fund} · {id}: ripartito {distributed}, residuo {residue}",
                "  {fund} · {id}: {distributed} distributed, {residue} left";
                distributed = words::money(money.distributed), residue = words::money(money.residue)
            ),
            None => say!(
                "  {fund} · {id}: l'importo del fondo non è noto",
                "  {fund} · {id}: the amount of the fund is not known"
            ),
        };
        lines.push(said.get(page.lang).to_owned());
    }
    let given = outcome.benefits.iter().filter(|one| mine(&one.measure));
    lines.extend(given.map(|one| format!("  {}", benefits::total(one, page))));
    (lines.len() > 1).then(|| lines.join("\n"))
}

/// Says that the parameters are read by nothing, so that nothing can change.
fn nothing_reads(measures: &[&Measure], varies: &[Vary], page: Page) -> Option<String> {
    let names: Vec<String> = varies
        .iter()
        .map(|vary| format!("`{}`", vary.param))
        .collect();
    let names = names.join(", ");
    let said = say!(
        "Nessuna misura legge {names}: non può cambiare nulla",
        "No measure reads {names}: nothing can change"
    );
    measures.is_empty().then(|| said.get(page.lang).to_owned())
}

/// What is wrong with the values of a point, each fault with its remedy.
fn refusal(pack: &Pack, point: &Point, page: Page) -> Option<String> {
    let faults = point.result.as_ref().err()?;
    let at = values(pack, point, page);
    let head = say!("Rifiutato: {at}", "Refused: {at}");
    let mut lines = vec![head.get(page.lang).to_owned()];
    for fault in faults {
        let message = fault.message.get(page.lang);
        let place = fault.place.as_ref();
        let place = place.map(|place| format!(" ({}:{})", place.file, place.line));
        let place = place.unwrap_or_default();
        lines.push(format!("  {}: {message}{place}", fault.code.as_str()));
        if let Some(help) = &fault.help {
            lines.push(format!("    {}", help.get(page.lang)));
        }
    }
    Some(lines.join("\n"))
}

/// Reminds that a row which stands for many is counted as one.
fn aggregates(base: &Outcome, page: Page) -> Option<String> {
    let row = base.totals.iter().find(|total| total.subjects > 1)?;
    let (name, many) = (&row.name, row.subjects);
    let said = say!(
        "Ogni riga conta una volta; `{name}` sta per {many} soggetti",
        "Each row counts once; `{name}` stands for {many} subjects"
    );
    Some(said.get(page.lang).to_owned())
}

fn values(pack: &Pack, point: &Point, page: Page) -> String {
    let pairs: Vec<String> = point
        .values
        .iter()
        .map(|(param, value)| format!("{param} = {}", value_of(pack, param, value, page)))
        .collect();
    pairs.join(", ")
}

/// A value as it is given on the command line, as a reader is told it.
fn value_of(pack: &Pack, param: &str, value: &str, page: Page) -> String {
    let mut measures = pack.measures.iter();
    let param = measures.find_map(|measure| measure.param(param));
    let number = Ratio::parse_decimal(value.trim_end_matches('%'));
    let (Some(param), Ok(number)) = (param, number) else {
        return value.to_owned();
    };
    match value.ends_with('%') {
        true => format!("{}%", words::number(&number).get(page.lang)),
        false => quantity(&number, &param.unit).get(page.lang).to_owned(),
    }
}

/// The name of a subject; an aggregate says for how many it stands.
fn named(row: &SubjectChange) -> String {
    match row.subjects {
        1 => row.name.clone(),
        many => format!("{} ×{many}", row.name),
    }
}

fn money(amount: Option<Cents>, page: Page) -> String {
    let amount = amount.map(Cents::to_ratio);
    euro(amount.as_ref(), page)
}

fn euro(amount: Option<&Ratio>, page: Page) -> String {
    match amount {
        Some(amount) => words::exact_euro(amount).get(page.lang).to_owned(),
        None => "?".to_owned(),
    }
}
