//! Results as CSV: one line for each amount or change, comma, decimal point, no BOM.
//!
//! A text that a spreadsheet would run as a formula, since it starts with `=`, `+`, `-`, `@`, a tab
//! or a carriage return, is written after an apostrophe, which makes it a text. Numbers stay as
//! they are, below zero too.

use riparto_core::diag::Lang;
use riparto_core::model::Unit;
use riparto_core::num::Ratio;
use riparto_core::outcome::{Outcome, RegisterOutcome};
use riparto_core::simulate::{Group, Point, SubjectChange, Vary};

use super::json::benefits::value;

const HEADER: [&str; 9] = [
    "measure",
    "allocation",
    "fund",
    "key",
    "name",
    "subjects",
    "weights",
    "exact",
    "amount",
];

/// Gives a list of rows as CSV, its columns as the pack writes them; a missing datum is an empty
/// cell.
pub fn register(register: &RegisterOutcome, lang: Lang) -> String {
    let header = register.columns.iter().map(|(name, _)| quoted(name));
    let mut lines = vec![header.collect::<Vec<_>>().join(",")];
    for row in &register.rows {
        let cells = row.iter().map(|cell| {
            let text = cell.as_ref().map(|cell| cell.plain.get(lang));
            quoted(text.unwrap_or_default())
        });
        lines.push(cells.collect::<Vec<_>>().join(","));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Gives the amounts of an outcome as CSV; an amount that is not known is an empty cell.
pub fn amounts(outcome: &Outcome) -> String {
    let mut lines = vec![HEADER.join(",")];
    for split in &outcome.allocations {
        for row in &split.rows {
            let weights: Vec<String> = row.weights.iter().map(ToString::to_string).collect();
            let amounts = row.amounts.as_ref();
            let cells = [
                split.measure.clone(),
                split.id.clone(),
                split.fund.clone(),
                row.key.clone(),
                row.name.clone(),
                row.subjects.to_string(),
                weights.join(" "),
                amounts.map(|a| a.exact.to_string()).unwrap_or_default(),
                amounts.map(|a| a.amount.to_string()).unwrap_or_default(),
            ];
            lines.push(cells.map(|cell| quoted(&cell)).join(","));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Gives the changes of a grid as CSV: one line for what each subject receives in euro at each
/// point, then one for each thing of another unit; a point that is refused is one line with the
/// codes of what is wrong.
pub fn changes(varies: &[Vary], grid: &[Point]) -> String {
    let params = varies.iter().map(|vary| vary.param.as_str());
    let header = params.chain([
        "key", "name", "subjects", "before", "after", "change", "refused", "measure", "table",
        "unit",
    ]);
    let line = |cells: Vec<String>| -> String {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        cells.join(",")
    };
    let mut lines = vec![line(header.map(str::to_owned).collect())];
    for point in grid {
        let values = || point.values.iter().map(|(_, value)| value.clone());
        match &point.result {
            Ok(comparison) => {
                let all = comparison.subjects();
                let received = all.flat_map(|(group, subject)| received(group, subject));
                lines.extend(received.map(|cells| line(values().chain(cells).collect())));
            }
            Err(faults) => {
                let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
                let empty = std::iter::repeat_n(String::new(), 6);
                let cells = values().chain(empty).chain([codes.join(" ")]);
                let none = std::iter::repeat_n(String::new(), 3);
                lines.push(line(cells.chain(none).collect()));
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What a subject receives: in euro, then each thing of another unit.
fn received(group: &Group, subject: &SubjectChange) -> Vec<[String; 10]> {
    let euro = Unit::euro();
    let counted = group.benefits.iter().zip(&subject.received);
    let counted = counted.map(|(given, change)| (&given.unit, change));
    let counted = counted.filter(|(unit, _)| **unit != euro);
    let all = subject.euro.iter().map(|change| (&euro, change));
    let rows = all.chain(counted).map(|(unit, change)| {
        let said = |number: Option<&Ratio>| number.map(|number| value(number, unit));
        let cell = |number| said(number).unwrap_or_default();
        [
            subject.key.clone(),
            subject.name.clone(),
            subject.subjects.to_string(),
            cell(change.before.as_ref()),
            cell(change.after.as_ref()),
            cell(change.difference().as_ref()),
            String::new(),
            group.measure.clone(),
            group.table.clone(),
            unit.to_string(),
        ]
    });
    rows.collect()
}

/// Quotes a cell where it needs it; one that would run as a formula becomes a text.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell);
    let cell = match runs {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match cell.contains([',', '"', '\n', '\r', ';']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

/// Tells whether a cell is a number as these files write them: `-12.50`, `-1/3`.
fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = cell.strip_prefix('-').unwrap_or(cell);
    let parts = number.split_once(['.', '/']);
    parts.map_or(digits(number), |(whole, rest)| {
        digits(whole) && digits(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_as_a_formula_is_a_text() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+39 011", "'+39 011"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("-", "'-"),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }

    #[test]
    fn numbers_and_plain_texts_are_as_they_were() {
        for cell in [
            "-12.50", "-1/3", "7", "", "Asti", "*altri", "a=b", "Rivà-Bo",
        ] {
            assert_eq!(quoted(cell), cell);
        }
    }
}
