//! Tables as a host sends them: to a function that reads them, to a validator, to an exporter;
//! and the text that an importer reads.

use riparto_plugin_abi::{Column, Description, ExportInput, Kind, Table};

use crate::generate::{Numbers, Range, column};

const KINDS: [Kind; 4] = [Kind::Text, Kind::Number, Kind::Date, Kind::Bool];

/// Which types the columns of a table have: one for all, or each in its turn from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Types {
    /// All the same.
    All(Kind),
    /// One after the other, from the one at this place.
    InTurn(usize),
}

impl Types {
    /// Gives all that there are, so that each column is once of each type.
    pub fn every() -> impl Iterator<Item = Self> {
        let turns = (0..KINDS.len()).map(Self::InTurn);
        KINDS.into_iter().map(Self::All).chain(turns)
    }

    fn of(self, at: usize) -> Kind {
        match self {
            Self::All(kind) => kind,
            Self::InTurn(first) => {
                let kinds = KINDS.iter().cycle().skip(first + at);
                kinds.copied().next().unwrap_or(Kind::Text)
            }
        }
    }
}

/// Gives the names that a plugin knows its columns by: those that its importers give and its
/// functions take; without any, some.
pub fn columns_of(description: &Description) -> Vec<String> {
    let imported = description.importers.iter().flat_map(|i| &i.columns);
    let taken = description.functions.iter().flat_map(|f| &f.takes);
    let taken = taken.map(|parameter| &parameter.name);
    let mut names: Vec<String> = Vec::new();
    for name in imported.chain(taken) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        names.extend(["a", "b", "c", "d"].map(str::to_owned));
    }
    names
}

/// Gives a table of facts with rows, each read from a line of its file.
pub fn table(
    name: &str,
    columns: &[String],
    types: Types,
    rows: u32,
    range: Range,
    numbers: &mut Numbers,
) -> Table {
    let columns = columns.iter().enumerate().map(|(at, name)| {
        let cells = column(types.of(at), rows, range, numbers);
        (name.clone(), cells)
    });
    Table {
        name: name.to_owned(),
        file: format!("data/{name}.csv"),
        columns: columns.collect(),
        lines: (2..)
            .take(usize::try_from(rows).unwrap_or_default())
            .collect(),
    }
}

/// Gives a list to write: a table with a label for each column.
pub fn list(table: Table) -> ExportInput {
    let names = table.columns.iter().map(|(name, _)| name);
    ExportInput {
        name: "elenco".to_owned(),
        labels: names.map(|name| format!("Label {name}")).collect(),
        table,
    }
}

/// Gives a text file with those columns, as a spreadsheet writes it.
pub fn text_file(columns: &[String], separator: &str, rows: u32, numbers: &mut Numbers) -> Vec<u8> {
    let table = table(
        "file",
        columns,
        Types::InTurn(0),
        rows,
        Range::Ordinary,
        numbers,
    );
    let mut text = columns.join(separator);
    for row in 0..table.lines.len() {
        let cells = table.columns.iter().map(|(_, column)| written(column, row));
        let cells: Vec<String> = cells.collect();
        text += "\n";
        text += &cells.join(separator);
    }
    text.into_bytes()
}

fn written(column: &Column, row: usize) -> String {
    match column {
        Column::Texts(cells) => cells.get(row).cloned().flatten().unwrap_or_default(),
        Column::Integers(cells) => shown(cells, row),
        Column::Dates(cells) => shown(cells, row),
        Column::Bools(cells) => shown(cells, row),
        Column::Decimals { .. } | Column::Fractions(_) => String::new(),
    }
}

fn shown<T: ToString>(cells: &[Option<T>], row: usize) -> String {
    let cell = cells.get(row).and_then(Option::as_ref);
    cell.map(T::to_string).unwrap_or_default()
}
