//! Exporter `inps`: the register of services for the INPS Bonus Nido, as CSV.
//!
//! No source gives the layout. Ours: a row of labels, cells separated by `;`, rows ended by CRLF,
//! UTF-8 without a mark, a decimal comma, days as `2026-05-18`, `sì` and `no`. A text that a
//! spreadsheet would compute is preceded by an apostrophe; a negative number is not such a text.
//!
//! What a cell is its column says: a column of texts is written as it stands. The rows are those
//! that the columns have; the lines that they were read from serve to say where one is wrong.

use num_traits::CheckedMul;
use riparto_plugin::{ExportInput, Fault, Rational, Value, unreadable, values_of};

use crate::faults::{listed, placed, refused};

/// How many digits may follow the comma.
const MOST_DECIMALS: usize = 18;

/// Writes a register: its columns in their order, codes in full.
pub fn export(input: &ExportInput) -> Result<Vec<u8>, Box<Fault>> {
    let table = &input.table;
    let columns = table.columns.iter().map(|(_, column)| values_of(column));
    let columns: Option<Vec<Vec<Option<Value>>>> = columns.collect();
    let columns = columns.ok_or_else(|| unreadable("a cell cannot be held exactly"))?;
    let rows = columns.first().map_or(0, Vec::len);
    let whole = columns.iter().all(|cells| cells.len() == rows);
    if columns.is_empty() || !whole || input.labels.len() != columns.len() {
        return Err(unreadable("labels, columns and rows do not match"));
    }
    let labels = input.labels.iter().map(|label| quoted(&inert(label)));
    let mut text = line(labels);
    let mut endless = Vec::new();
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    for (place, number) in (0..rows).zip(1..) {
        let row = columns.iter_mut().map(|cells| cells.next().flatten());
        let row: Option<Vec<String>> = row
            .map(|cell| cell.map_or(Some(String::new()), written))
            .collect();
        match row {
            Some(row) => text.push_str(&line(row.into_iter())),
            None => endless.push(table.lines.get(place).copied().unwrap_or(number)),
        }
    }
    match endless.first() {
        None => Ok(text.into_bytes()),
        Some(first) => Err(placed(no_decimal(&endless), &table.file, *first)),
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    cells.join(";") + "\r\n"
}

/// Gives the text of a cell; nothing where a number has no end after the comma.
fn written(value: Value) -> Option<String> {
    Some(match value {
        Value::Number(number) => decimal(number)?,
        Value::Text(text) => quoted(&inert(&text)),
        Value::Bool(true) => "sì".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Date(date) => date.to_string(),
    })
}

/// Keeps a spreadsheet from computing a text: it shows what follows the apostrophe.
fn inert(text: &str) -> String {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let computed = text.starts_with(starts) && !is_negative_number(text);
    let apostrophe = if computed { "'" } else { "" };
    format!("{apostrophe}{text}")
}

/// Tells whether a text is a number below zero, as a spreadsheet or a script writes it.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|number| {
        let mut parts = number.splitn(2, [',', '.']);
        parts.all(digits)
    })
}

fn quoted(text: &str) -> String {
    if text.contains([';', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn decimal(number: Rational) -> Option<String> {
    let ten = Rational::from_integer(10);
    let (mut whole, mut decimals) = (number, 0);
    while !whole.is_integer() {
        if decimals == MOST_DECIMALS {
            return None;
        }
        whole = whole.checked_mul(&ten)?;
        decimals += 1;
    }
    let digits = whole.numer().unsigned_abs().to_string();
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (units, rest) = digits.split_at_checked(digits.len() - decimals)?;
    let sign = if *number.numer() < 0 { "-" } else { "" };
    let comma = if decimals > 0 { "," } else { "" };
    Some(format!("{sign}{units}{comma}{rest}"))
}

fn no_decimal(lines: &[u32]) -> Box<Fault> {
    let lines = listed(lines);
    refused(
        "endless-decimal",
        [
            &format!("un numero delle righe {lines} non ha una scrittura decimale esatta"),
            &format!("a number of lines {lines} has no exact decimal form"),
        ],
        ["arrotondarlo nella misura", "round it in the measure"],
    )
}
