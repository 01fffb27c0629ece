//! A column gathered from the rows of another table, whatever some of them may miss.
//!
//! A row whose `where` or whose parent is missing may belong or not: the result is missing too,
//! unless it is the same either way.

use std::collections::BTreeMap;

use super::derive::report;
use super::gap::Gap;
use super::value::{Cells, RowOf, Values};
use crate::diag::Diagnostics;
use crate::model::Table;
use crate::num::Ratio;
use crate::rules::{Derive, Expr, How, Rollup, Scalar, Typed};
use crate::say;

/// Works out a rollup for every row of `to`; faults of its formulas are told at the rows gathered.
pub fn column(
    derive: &Derive,
    rollup: &Rollup,
    to: &Table,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> Cells {
    let Some(from) = values.data.tables.get(&rollup.from) else {
        return Vec::new();
    };
    let gathered = gather(derive, rollup, from, values, faults);
    let rows = (0..to.len()).map(|row| {
        let own = gathered.by_parent.get(&row).into_iter().flatten();
        let of_row = own.chain(&gathered.of_nobody);
        fold(rollup.how, of_row).unwrap_or_else(|| Err(nothing(rollup, RowOf { table: to, row })))
    });
    rows.collect()
}

/// The rows gathered, by the row they are gathered to.
struct Gathered {
    by_parent: BTreeMap<usize, Vec<Child>>,
    /// Those whose parent is missing: they may belong to any.
    of_nobody: Vec<Child>,
}

/// A row that is gathered.
struct Child {
    value: Result<Scalar, Gap>,
    /// Why it is not known whether it belongs.
    doubt: Option<Gap>,
}

fn gather(
    derive: &Derive,
    rollup: &Rollup,
    from: &Table,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> Gathered {
    let rows = 0..from.len();
    let yes = |_| Ok(Scalar::Bool(true));
    let mut belongs: Cells = match &rollup.filter {
        Some(filter) => each(filter, from, rows.clone(), values),
        None => rows.clone().map(yes).collect(),
    };
    report(derive, from, &mut belongs, faults);
    let taken = |row: &usize| !matches!(belongs.get(*row), Some(Ok(Scalar::Bool(false))));
    let rows: Vec<usize> = rows.filter(taken).collect();
    // Counting is summing ones.
    let one = |_| Ok(Scalar::Number(Ratio::one()));
    let found: Cells = match &rollup.of {
        Some(of) => each(of, from, rows.iter().copied(), values),
        None => rows.iter().map(one).collect(),
    };
    let mut column: Cells = vec![Ok(Scalar::Bool(false)); from.len()];
    for (row, value) in rows.iter().zip(found) {
        if let Some(cell) = column.get_mut(*row) {
            *cell = value;
        }
    }
    report(derive, from, &mut column, faults);
    let mut gathered = Gathered {
        by_parent: BTreeMap::new(),
        of_nobody: Vec::new(),
    };
    for row in rows {
        let (Some(value), Some(belongs)) = (column.get(row), belongs.get(row)) else {
            continue;
        };
        let (value, mut doubt) = (value.clone(), belongs.clone().err());
        let at = RowOf { table: from, row };
        match values.referred(&rollup.by, &rollup.to, at) {
            Ok(parent) => {
                let own = gathered.by_parent.entry(parent).or_default();
                own.push(Child { value, doubt });
            }
            Err(gap) => {
                doubt.get_or_insert(gap);
                gathered.of_nobody.push(Child { value, doubt });
            }
        }
    }
    gathered
}

fn each(
    formula: &Typed,
    table: &Table,
    rows: impl Iterator<Item = usize>,
    values: &Values<'_>,
) -> Cells {
    let expr: &Expr = &formula.expr;
    rows.map(|row| values.value(expr, Some(RowOf { table, row })))
        .collect()
}

/// Brings the rows gathered to one value; none where there is no row to take one from.
fn fold<'c>(how: How, rows: impl Iterator<Item = &'c Child>) -> Option<Result<Scalar, Gap>> {
    match how {
        How::Count | How::Sum => Some(sum(rows)),
        How::Any => Some(junction(rows, true)),
        How::All => Some(junction(rows, false)),
        How::Lowest => extreme(rows, Ord::min),
        How::Highest => extreme(rows, Ord::max),
    }
}

/// A row that may not belong changes no sum when it adds nothing.
fn sum<'c>(rows: impl Iterator<Item = &'c Child>) -> Result<Scalar, Gap> {
    let mut total = Ratio::zero();
    let mut missing = Vec::new();
    for Child { value, doubt } in rows {
        match (value, doubt) {
            (Err(gap), _) => missing.push(gap.clone()),
            (Ok(Scalar::Number(number)), Some(gap)) if !number.is_zero() => {
                missing.push(gap.clone());
            }
            (Ok(Scalar::Number(number)), _) => total = &total + number,
            (Ok(_), _) => return Err(Gap::Impossible),
        }
    }
    Gap::all(missing).map_or(Ok(Scalar::Number(total)), Err)
}

/// Any, all: one row that decides is enough, whatever the others miss.
fn junction<'c>(rows: impl Iterator<Item = &'c Child>, decides: bool) -> Result<Scalar, Gap> {
    let mut missing = Vec::new();
    for Child { value, doubt } in rows {
        match (value, doubt) {
            (Ok(Scalar::Bool(value)), _) if *value != decides => {}
            (Ok(Scalar::Bool(_)), None) => return Ok(Scalar::Bool(decides)),
            (Ok(Scalar::Bool(_)), Some(gap)) | (Err(gap), _) => missing.push(gap.clone()),
            (Ok(_), _) => return Err(Gap::Impossible),
        }
    }
    Gap::all(missing).map_or(Ok(Scalar::Bool(!decides)), Err)
}

/// A row that may not belong changes nothing when another that does is chosen before it.
fn extreme<'c>(
    rows: impl Iterator<Item = &'c Child>,
    choose: fn(Scalar, Scalar) -> Scalar,
) -> Option<Result<Scalar, Gap>> {
    let mut best: Option<Scalar> = None;
    let (mut doubtful, mut missing) = (Vec::new(), Vec::new());
    for Child { value, doubt } in rows {
        match (value, doubt) {
            (Err(gap), _) => missing.push(gap.clone()),
            (Ok(value), Some(gap)) => doubtful.push((value, gap)),
            (Ok(value), None) => {
                let value = value.clone();
                best = Some(match best {
                    Some(best) => choose(best, value),
                    None => value,
                });
            }
        }
    }
    let changes = |value: &Scalar| {
        best.as_ref()
            .is_none_or(|best| choose(best.clone(), value.clone()) != *best)
    };
    let doubtful = doubtful.into_iter().filter(|(value, _)| changes(value));
    missing.extend(doubtful.map(|(_, gap)| gap.clone()));
    match Gap::all(missing) {
        Some(gap) => Some(Err(gap)),
        None => best.map(Ok),
    }
}

/// What is missing where no row can be chosen from.
fn nothing(rollup: &Rollup, at: RowOf<'_>) -> Gap {
    let (from, line, file) = (&rollup.from, at.line(), &at.table.file);
    let what = match &rollup.filter {
        Some(filter) => {
            let filter = &filter.text;
            say!(
                "nessuna riga di `{from}` per cui valga `{filter}` rimanda alla riga {line} di `{file}`",
                "no row of `{from}` for which `{filter}` holds refers to line {line} of `{file}`"
            )
        }
        None => say!(
            "nessuna riga di `{from}` rimanda alla riga {line} di `{file}`",
            "no row of `{from}` refers to line {line} of `{file}`"
        ),
    };
    Gap::missing(what, Some(at.place()))
}
