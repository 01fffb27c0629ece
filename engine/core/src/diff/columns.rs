//! Computed columns, with the totals over them, as blocks.

use super::block::{Block, code, quoted};
use super::facts::typed;
use super::names::Names;
use super::{kinds, wording};
use crate::diag::Text;
use crate::model::Unit;
use crate::num::{Cents, Ratio};
use crate::rules::{
    Band, BandRow, Derive, Expr, Formula, Interval, Native, Order, Rank, Reference, Rollup, Scalar,
    Total, quantity,
};
use crate::say;

/// Gives a computed column; a decision table has its intervals after it.
pub(super) fn derive(names: &Names<'_>, derive: &Derive) -> Vec<Block> {
    let begin = |kind| Block::new(kind, &derive.id, &derive.label, &derive.source);
    let block = match &derive.formula {
        Formula::Line(line) => begin(kinds::DERIVE).formula("value", Some(line)),
        Formula::Function {
            script, function, ..
        } => {
            let name = say!("la funzione", "the function");
            begin(kinds::DERIVE).sets("value", name, script.code(function), code(function))
        }
        Formula::Native(native) => {
            let Native {
                plugin, function, ..
            } = native;
            let takes = native.takes.iter();
            let takes = takes.map(|one| names.formula(&derive.table, one));
            let reads = native.reads.iter().map(|table| names.table(table));
            let native = format!("{plugin}.{function}");
            begin(kinds::DERIVE)
                .list(
                    "native",
                    say!("la funzione", "the function"),
                    [(native.clone(), code(&native))],
                )
                .list("takes", say!("gli argomenti", "the arguments"), takes)
                .list("reads", say!("le tabelle lette", "the tables read"), reads)
        }
        Formula::Rollup(rollup) => gathered(names, begin(kinds::ROLLUP), rollup),
        Formula::Rank(rank) => ranked(begin(kinds::RANK), rank),
        Formula::Band(band) => begin(kinds::BAND)
            .by_formula(
                "of",
                say!("il numero che decide", "the number that decides"),
                Some(&band.of),
            )
            .by_formula(
                "by",
                say!("la colonna che decide", "the column that decides"),
                band.by.as_ref(),
            ),
    };
    let table = names.table(&derive.table);
    let block = block.list("table", say!("la tabella", "the table"), [table]);
    let block = typed(block, derive.kind, &derive.unit);
    let rows = match &derive.formula {
        Formula::Band(band) => intervals(names, &block, band, &derive.unit),
        _ => Vec::new(),
    };
    [vec![block], rows].concat()
}

/// Gives a value over a table.
pub(super) fn total(total: &Total) -> Block {
    Block::bare(kinds::TOTAL, &total.id, &total.label).formula("value", Some(&total.value))
}

fn gathered(names: &Names<'_>, block: Block, rollup: &Rollup) -> Block {
    block
        .formula("of", rollup.of.as_ref())
        .sets(
            "how",
            say!("il modo di raccogliere", "the way of gathering"),
            rollup.how.name(),
            wording::gathering(rollup.how),
        )
        .by_formula(
            "where",
            say!("il filtro", "the filter"),
            rollup.filter.as_ref(),
        )
        .list(
            "from",
            say!("la tabella raccolta", "the table gathered"),
            [names.table(&rollup.from)],
        )
        .list(
            "by",
            say!("la colonna che rimanda", "the column that refers"),
            [names.column(&rollup.from, &rollup.by)],
        )
}

fn ranked(block: Block, rank: &Rank) -> Block {
    let order = match rank.order {
        Order::Descending => "descending",
        Order::Ascending => "ascending",
    };
    block
        .formula("by", Some(&rank.by))
        .by_formula(
            "within",
            say!("il gruppo", "the group"),
            rank.within.as_ref(),
        )
        .by_formula(
            "where",
            say!("il filtro", "the filter"),
            rank.filter.as_ref(),
        )
        .sets(
            "order",
            say!("l'ordine", "the order"),
            order,
            wording::order(rank.order),
        )
}

fn intervals(names: &Names<'_>, whole: &Block, band: &Band, unit: &Unit) -> Vec<Block> {
    let of = band.of.unit.clone().unwrap_or_default();
    let rows = band.rows.iter().enumerate();
    rows.map(|(at, row)| interval(names, row, &of, unit).nth_of(whole, at))
        .collect()
}

fn interval(names: &Names<'_>, row: &BandRow, of: &Unit, unit: &Unit) -> Block {
    let block = Block::new(kinds::BAND_ROW, "", &row.label, &row.source);
    let block = match &row.value {
        Expr::Constant(value) => {
            let (plain, said) = scalar(value, unit);
            block.says("value", plain, said)
        }
        Expr::Reference(Reference::Param(id)) => block.says("value", id, names.param(id)),
        // A row gives nothing else.
        _ => block,
    };
    let block = block.sets(
        "interval",
        say!("l'intervallo", "the interval"),
        notation(&row.interval, of),
        row.interval.said(of),
    );
    match &row.is {
        Some(is) => {
            let (plain, said) = scalar(is, &Unit::none());
            block.sets("is", say!("il caso", "the case"), plain, said)
        }
        None => block,
    }
}

/// Writes an interval as mathematics does: `[0,10000)`.
fn notation(interval: &Interval, unit: &Unit) -> String {
    let low = interval.low.as_ref().map_or("(".to_owned(), |low| {
        let mark = if low.included { '[' } else { '(' };
        format!("{mark}{}", plain(&low.value, unit))
    });
    let high = interval.high.as_ref().map_or(")".to_owned(), |high| {
        let mark = if high.included { ']' } else { ')' };
        format!("{}{mark}", plain(&high.value, unit))
    });
    format!("{low},{high}")
}

/// Writes a number for programs: euro with two decimals where they end there, else a fraction.
fn plain(number: &Ratio, unit: &Unit) -> String {
    let cents = Cents::from_ratio(number).filter(|_| *unit == Unit::euro());
    cents.map_or_else(|| number.to_string(), |cents| cents.to_string())
}

/// Writes a value for programs, then for readers.
pub(super) fn scalar(value: &Scalar, unit: &Unit) -> (String, Text) {
    match value {
        Scalar::Number(number) => (plain(number, unit), quantity(number, unit)),
        Scalar::Bool(true) => ("true".to_owned(), say!("sì", "yes")),
        Scalar::Bool(false) => ("false".to_owned(), say!("no", "no")),
        Scalar::Text(text) => (text.clone(), quoted(&Text::same(text))),
        Scalar::Date(day) => (day.to_string(), crate::terms::long_date(*day)),
        Scalar::Moment(at) => (at.iso(), at.long()),
    }
}
