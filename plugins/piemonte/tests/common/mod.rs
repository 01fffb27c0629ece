//! What the tests share: calling the plugin as a host does, and where public tables are.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use riparto_plugin::abi::message;
use riparto_plugin::{
    Batch, Column, ExportInput, Fault, ImportInput, ImportOutput, Rational, Table, Value, values_of,
};

/// Calls a function on rows and tables, and gives its cells.
pub fn function(
    name: &str,
    columns: Vec<Column>,
    tables: Vec<Table>,
) -> Result<Vec<Cell>, Box<Fault>> {
    let rows = u32::try_from(columns[0].len()).unwrap();
    let batch = Batch {
        rows,
        columns,
        tables,
    };
    let answer = call(
        &format!("function/{name}"),
        &message::write(&batch).unwrap(),
    )?;
    Ok(values_of(&message::read(&answer).unwrap()).unwrap())
}

/// What a function gives for a row.
pub type Cell = Option<Value>;

/// Gives a number as a function gives it.
pub fn number(above: i128, below: i128) -> Cell {
    Some(Value::Number(Rational::new(above, below)))
}

/// Calls an importer on a file.
pub fn import(name: &str, file: &str, bytes: &[u8]) -> Result<ImportOutput, Box<Fault>> {
    let plugin = riparto_plugin_piemonte::plugin();
    let importers = &plugin.description().importers;
    let importer = importers.iter().find(|i| i.name == name).unwrap();
    let input = ImportInput {
        file: file.to_owned(),
        table: "table".to_owned(),
        columns: importer.columns.clone(),
        bytes: bytes.to_vec(),
    };
    let answer = call(
        &format!("importer/{name}"),
        &message::write(&input).unwrap(),
    )?;
    Ok(message::read(&answer).unwrap())
}

/// The cells of a row by the names of their columns; those that are empty are left out.
pub fn filled(sheet: &ImportOutput, row: usize) -> Vec<(&str, &str)> {
    let names = sheet.columns.iter().map(String::as_str);
    let cells = sheet.rows[row].cells.iter().map(String::as_str);
    names
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .collect()
}

/// Calls the exporter of the register.
pub fn export(input: &ExportInput) -> Result<String, Box<Fault>> {
    let answer = call("exporter/inps", &message::write(input).unwrap())?;
    Ok(String::from_utf8(answer).unwrap())
}

fn call(capability: &str, input: &[u8]) -> Result<Vec<u8>, Box<Fault>> {
    let answer = riparto_plugin_piemonte::plugin().call(capability, input);
    answer.map_err(|(_, fault)| fault)
}

/// Gives a table as it would stand in a file with one header line.
pub fn table(name: &str, columns: Vec<(&str, Column)>) -> Table {
    let rows = columns.first().map_or(0, |(_, column)| column.len());
    Table {
        name: name.to_owned(),
        file: format!("{name}.csv"),
        columns: columns
            .into_iter()
            .map(|(name, c)| (name.to_owned(), c))
            .collect(),
        lines: (2..).take(rows).collect(),
    }
}

/// Gives a column of texts; an empty one is missing.
pub fn texts(cells: &[&str]) -> Column {
    let cells = cells
        .iter()
        .map(|cell| Some((*cell).to_owned()).filter(|c| !c.is_empty()));
    Column::Texts(cells.collect())
}

/// Gives a column of days; an empty one is missing.
pub fn days(cells: &[&str]) -> Column {
    let day = |cell: &&str| -> Option<i32> {
        let date: NaiveDate = cell.parse().ok()?;
        i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
    };
    Column::Dates(cells.iter().map(day).collect())
}

/// Gives the folder of public tables, where this machine has it: `RIPARTO_SHARED`, else `shared/`
/// beside the project.
pub fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let named = std::env::var_os("RIPARTO_SHARED").map(PathBuf::from);
    let found = named
        .into_iter()
        .chain([root.join("shared")])
        .find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: no folder of public tables, set RIPARTO_SHARED");
    }
    found
}
