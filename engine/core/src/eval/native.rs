//! A column that a native plugin computes, all the rows in one call.

use super::gap::Gap;
use super::value::{Cells, RowOf, Values};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{ColumnType, Table};
use crate::native::{Arguments, CallFault};
use crate::rules::{Derive, Native, Scalar};
use crate::say;

/// Works out the column: a missing argument reaches the function as missing, and a row for which
/// the function has no value has a gap.
pub fn column(
    derive: &Derive,
    rule: &Native,
    table: &Table,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> Cells {
    let rows = 0..table.len();
    let arguments: Vec<Vec<Result<Scalar, Gap>>> = rows
        .map(|row| {
            let at = RowOf { table, row };
            let takes = rule.takes.iter();
            takes.map(|one| values.value(&one.expr, Some(at))).collect()
        })
        .collect();
    let columns = rule.kinds.iter().enumerate().map(|(at, kind)| {
        let cells = arguments.iter();
        let cells = cells.map(|row| row.get(at).and_then(|cell| cell.as_ref().ok().cloned()));
        (*kind, cells.collect())
    });
    let read = rule.reads.iter();
    let asked = Arguments {
        rows: table.len(),
        columns: columns.collect(),
        tables: read
            .filter_map(|name| values.data.tables.get(name))
            .collect(),
    };
    let answer = rule.natives.call(&rule.plugin, &rule.function, &asked);
    let given = match answer {
        Ok(given) if given.len() == table.len() => given,
        Ok(_) => return vec![Err(Gap::Impossible); table.len()],
        Err(fault) => {
            faults.push(told(derive, table, fault));
            return vec![Err(Gap::Told); table.len()];
        }
    };
    let cells = arguments.into_iter().zip(given).enumerate();
    let cells = cells.map(|(row, (arguments, given))| {
        let gaps: Vec<Gap> = arguments.into_iter().filter_map(Result::err).collect();
        // A fault of a formula is told; a datum that is missing may not be needed.
        if let Some(fault) = gaps.iter().find(|gap| gap.is_fault()) {
            return Err(fault.clone());
        }
        match given {
            Some(value) => fits(derive, rule, value),
            None => Err(Gap::all(gaps).unwrap_or_else(|| no_value(rule, RowOf { table, row }))),
        }
    });
    cells.collect()
}

/// Tells why there is no column: at the row whose doing it is, else at the rule.
fn told(derive: &Derive, table: &Table, fault: CallFault) -> Diagnostic {
    let CallFault { row, diagnostic } = fault;
    let diagnostic = diagnostic.act(derive.source.cited());
    let row = row.filter(|row| *row < table.len());
    let Some(row) = row else {
        return diagnostic.at(derive.place.clone());
    };
    let label = &derive.label;
    let waits = say!(
        "la colonna che lo calcola: «{label}»",
        "the column that works it out: “{label}”"; label = label.clone()
    );
    let diagnostic = diagnostic.at(RowOf { table, row }.place());
    diagnostic.related(derive.place.clone(), waits)
}

/// A whole number is asked for by the column; the rest was agreed when the pack was read.
fn fits(derive: &Derive, rule: &Native, value: Scalar) -> Result<Scalar, Gap> {
    let whole = match &value {
        Scalar::Number(number) => number.is_whole(),
        _ => true,
    };
    if whole || derive.kind != ColumnType::Integer {
        return Ok(value);
    }
    let Native { function, .. } = rule;
    let fault = Diagnostic::error(
        crate::diag::Code::PluginAnswer,
        say!(
            "la funzione `{function}` dà un numero con decimali, e la colonna è di interi",
            "the function `{function}` gives a number with decimals, and the column is of integers"
        ),
    );
    Err(Gap::Script(Box::new(fault.help(say!(
        "scrivere `type = \"decimal\"`, o arrotondare in un'altra colonna",
        "write `type = \"decimal\"`, or round in another column"
    )))))
}

fn no_value(rule: &Native, at: RowOf<'_>) -> Gap {
    let Native {
        plugin, function, ..
    } = rule;
    let (row, table) = (
        at.table.lines.get(at.row).copied().unwrap_or_default(),
        &at.table.file,
    );
    let what = say!(
        "`{plugin}.{function}` non dà un valore per la riga {row} di `{table}`",
        "`{plugin}.{function}` gives no value for row {row} of `{table}`"
    );
    Gap::missing(what, Some(at.place()))
}
