//! The lead Comune of an ambito: the one with most children from 0 to 5.

use std::collections::BTreeMap;

use riparto_plugin::{Batch, Column, Fault, Rational, Table, Value, values_of};

use crate::faults::{Faults, Said, say};

/// The table of all the Comuni, as the function calls it.
pub(crate) const TABLE: &str = "comuni";
/// The columns of [`TABLE`].
const READ: [&str; 3] = ["ambito", "istat", "bambini"];

/// What is known of an ambito.
#[derive(Debug)]
struct Ambito<'t> {
    /// Its Comuni with their children, where they are known.
    comuni: BTreeMap<&'t str, Option<Rational>>,
}

impl Ambito<'_> {
    /// Tells whether a Comune leads: not known while a child is not counted, nor among equals.
    fn is_led_by(&self, istat: &str) -> Option<bool> {
        let known: Option<Vec<_>> = self.comuni.values().copied().collect();
        let most = known?.into_iter().max()?;
        let own = self.comuni.get(istat).copied().flatten()?;
        let first = self.comuni.values().filter(|c| **c == Some(most)).count();
        match (own == most, first) {
            (false, _) => Some(false),
            (true, 1) => Some(true),
            (true, _) => None,
        }
    }
}

/// Tells of each row, an ambito and a Comune of it, whether the Comune leads.
///
/// # Shape
/// One table is read besides, with a row for each Comune: its ambito, its ISTAT code, its children.
///
/// # Errors
/// All that is wrong in the table, and each row whose Comune is not of that ambito in it.
pub(crate) fn capofila(batch: &Batch) -> Result<Column, Box<Fault>> {
    let (Some(table), [Column::Texts(wanted), Column::Texts(comuni)]) =
        (batch.tables.first(), batch.columns.as_slice())
    else {
        return Err(riparto_plugin::unreadable("an ambito, a Comune, a table"));
    };
    let cells = columns(table)?;
    let mut faults = Faults::of(&table.file);
    let ambiti = ambiti(&cells, &mut faults);
    let mut given = Vec::with_capacity(wanted.len());
    for ((ambito, istat), row) in wanted.iter().zip(comuni).zip(1..) {
        let (Some(ambito), Some(istat)) = (ambito, istat) else {
            given.push(None);
            continue;
        };
        let found = ambiti.get(ambito.as_str());
        match found.filter(|ambito| ambito.comuni.contains_key(istat.as_str())) {
            Some(found) => given.push(found.is_led_by(istat)),
            None => faults.add(0, "istat", elsewhere(row, ambito, istat)),
        }
    }
    let help = say!(
        "ogni Comune sta una volta nella tavola `comuni`, col suo ambito",
        "each Comune stands once in the table `comuni`, with its ambito"
    );
    faults.or(Column::Bools(given), "unsound-comuni", &help)
}

fn elsewhere(row: u32, ambito: &str, istat: &str) -> Said {
    say!(
        "alla riga {row} delle domande il Comune `{istat}` è dell'ambito `{ambito}`, dove la tavola non lo ha",
        "in row {row} of the calls the Comune `{istat}` is of the ambito `{ambito}`, where the table does not have it"
    )
}

/// A row of the table: its line, then its ambito, its Comune, its children.
type TableCells = Vec<(u32, [Option<Value>; 3])>;

fn columns(table: &Table) -> Result<TableCells, Box<Fault>> {
    let mut faults = Faults::of(&table.file);
    let mut cells = READ.map(|name| {
        let column = table.column(name).and_then(values_of);
        if column.is_none() {
            let said = say!(
                "non c'è, o non si legge",
                "it is missing, or cannot be read"
            );
            faults.add(0, name, said);
        }
        column.unwrap_or_default().into_iter()
    });
    let rows = table.lines.iter().map(|line| {
        let row = cells.each_mut().map(|cells| cells.next().flatten());
        (*line, row)
    });
    let rows = rows.collect();
    let help = say!(
        "dare alla funzione la tavola dei Comuni con le colonne `ambito`, `istat` e `bambini`",
        "give the function the table of the Comuni with the columns `ambito`, `istat` and `bambini`"
    );
    faults.or(rows, "missing-column", &help)
}

fn ambiti<'t>(rows: &'t TableCells, faults: &mut Faults) -> BTreeMap<&'t str, Ambito<'t>> {
    let mut ambiti = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for (line, [ambito, istat, children]) in rows {
        let text = |cell: &'t Option<Value>| cell.as_ref().and_then(Value::text);
        let (Some(ambito), Some(istat)) = (text(ambito), text(istat)) else {
            let said = say!(
                "il Comune non ha codice o non ha ambito",
                "the Comune has no code or no ambito"
            );
            faults.add(*line, "", said);
            continue;
        };
        if let Some(first) = lines.insert(istat, *line) {
            let said = say!(
                "`{istat}` è già alla riga {first}",
                "`{istat}` is at line {first} already"
            );
            faults.add(*line, "istat", said);
            continue;
        }
        let children = children.as_ref().and_then(Value::number);
        if children.is_some_and(|children| children < Value::int(0)) {
            let said = say!(
                "i bambini sono meno di zero",
                "the children are fewer than zero"
            );
            faults.add(*line, "bambini", said);
        }
        let new = || Ambito {
            comuni: BTreeMap::new(),
        };
        let ambito = ambiti.entry(ambito).or_insert_with(new);
        ambito.comuni.insert(istat, children);
    }
    ambiti
}

#[cfg(test)]
mod tests;
