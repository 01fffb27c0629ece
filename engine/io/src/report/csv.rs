//! An outcome as CSV: one line for each amount, comma, decimal point, no BOM.

use riparto_core::outcome::Outcome;

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

/// Quotes a cell where it needs it.
fn quoted(cell: &str) -> String {
    let needs = cell.contains([',', '"', '\n', '\r', ';']);
    if needs {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
