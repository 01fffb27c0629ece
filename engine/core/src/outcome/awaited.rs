//! What an allocation waits for, and the same in few words: cells by table, columns and rows.

use std::collections::BTreeMap;

use crate::diag::{Place, Text};
use crate::say;
use crate::words;

/// Something that an allocation waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// What a reader is told.
    pub text: Text,
    /// Where it stands: a cell, or the rule that reads it.
    pub place: Option<Place>,
    /// The cell, where it is one that is empty.
    pub cell: Option<MissingCell>,
}

/// A cell that is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingCell {
    /// What a reader calls its table.
    pub table: Text,
    /// What a reader calls its column.
    pub column: Text,
    /// What a reader calls its row.
    pub row: Text,
}

/// Says all that is awaited, one text for the cells of a table that the same columns miss.
pub fn grouped(awaits: &[Awaited]) -> Vec<Text> {
    let mut told: Vec<Group<'_>> = Vec::new();
    // Rows may share a name, but not a line.
    let mut known = BTreeMap::new();
    let mut texts = Vec::new();
    for awaited in awaits {
        let Some(cell) = &awaited.cell else {
            texts.push(awaited.text.clone());
            continue;
        };
        let line = awaited.place.as_ref().map(|place| place.line);
        let next = told.len();
        let at = *known.entry((&cell.table, &cell.row, line)).or_insert(next);
        match told.get_mut(at) {
            Some(row) if row.columns.contains(&&cell.column) => {}
            Some(row) => row.columns.push(&cell.column),
            None => told.push(Group {
                table: &cell.table,
                columns: vec![&cell.column],
                rows: vec![&cell.row],
            }),
        }
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in told {
        let mut known = groups.iter_mut();
        match known.find(|group| group.table == row.table && group.columns == row.columns) {
            Some(group) => group.rows.extend(row.rows),
            None => groups.push(row),
        }
    }
    groups.iter().map(Group::said).chain(texts).collect()
}

/// Rows of a table that miss the same columns.
struct Group<'a> {
    table: &'a Text,
    columns: Vec<&'a Text>,
    rows: Vec<&'a Text>,
}

impl Group<'_> {
    fn said(&self) -> Text {
        /// How many rows are named before the rest are only counted.
        const NAMED: usize = 12;
        let columns = self.columns.iter();
        let columns =
            columns.map(|column| say!("«{column}»", "“{column}”"; column = (*column).clone()));
        let columns: Vec<Text> = columns.collect();
        let rows = self.rows.len();
        let named: Vec<Text> = self.rows.iter().take(NAMED).copied().cloned().collect();
        let named = words::listed(&named);
        let named = match rows.saturating_sub(NAMED) {
            0 => named,
            1 => say!("{named} e un'altra", "{named} and one more"; named = named),
            rest => say!("{named} e altre {rest}", "{named} and {rest} more"; named = named),
        };
        let (miss, are) = match columns.len() {
            1 => ("manca", "is"),
            _ => ("mancano", "are"),
        };
        let (lines, rows_en) = match rows {
            1 => ("riga", "row"),
            _ => ("righe", "rows"),
        };
        say!(
            "{miss} {columns} per {rows} {lines} di «{table}»: {named}",
            "{columns} {are} missing for {rows} {rows_en} of “{table}”: {named}";
            columns = words::listed(&columns), table = self.table.clone(), named = named
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: &str, row: &str) -> Awaited {
        Awaited {
            text: Text::same(format!("manca `{column}`")),
            place: None,
            cell: Some(MissingCell {
                table: Text::same("Zone"),
                column: Text::same(column),
                row: Text::same(row),
            }),
        }
    }

    fn told(awaits: &[Awaited]) -> Vec<String> {
        grouped(awaits).into_iter().map(|text| text.it).collect()
    }

    #[test]
    fn rows_that_miss_the_same_columns_are_told_together() {
        let awaits = [
            cell("Posti", "Alta"),
            cell("Iscritti", "Alta"),
            cell("Posti", "Bassa"),
            cell("Iscritti", "Bassa"),
            cell("Iscritti", "Costa"),
        ];
        assert_eq!(
            told(&awaits),
            [
                "mancano «Posti», «Iscritti» per 2 righe di «Zone»: Alta, Bassa",
                "manca «Iscritti» per 1 riga di «Zone»: Costa",
            ]
        );
    }

    #[test]
    fn rows_of_one_name_are_as_many_as_their_lines() {
        let at = |line| Awaited {
            place: Some(Place {
                file: "zone.csv".to_owned(),
                line,
                column: 1,
                length: 1,
            }),
            ..cell("Posti", "San Teodoro")
        };
        assert_eq!(
            told(&[at(2), at(3)]),
            ["manca «Posti» per 2 righe di «Zone»: San Teodoro, San Teodoro"]
        );
    }

    #[test]
    fn a_dozen_rows_are_named_and_the_others_counted() {
        let names: Vec<String> = (1..=21).map(|row| format!("R{row}")).collect();
        let awaits: Vec<Awaited> = names.iter().map(|name| cell("Posti", name)).collect();
        let told = told(&awaits);
        let [told] = told.as_slice() else {
            panic!("{told:?}");
        };
        assert!(
            told.starts_with("manca «Posti» per 21 righe di «Zone»: R1, R2,"),
            "{told}"
        );
        assert!(told.ends_with("R11, R12 e altre 9"), "{told}");
    }

    #[test]
    fn what_is_no_cell_keeps_its_words() {
        let param = Awaited {
            text: Text::same("il parametro non è fissato"),
            place: None,
            cell: None,
        };
        assert_eq!(told(&[param]), ["il parametro non è fissato"]);
    }
}
