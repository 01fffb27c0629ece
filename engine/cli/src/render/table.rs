//! A table: drawn on a terminal, plain columns anywhere else.

use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, Table};

/// Makes a table.
///
/// # Shape
/// `numbers` are the positions of the columns that are set to the right.
pub fn table(terminal: bool, header: &[&str], numbers: &[usize], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(if terminal {
        UTF8_FULL_CONDENSED
    } else {
        NOTHING
    });
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.clone());
    }
    for column in numbers {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.to_string();
    lines
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}
