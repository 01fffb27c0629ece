//! What holds of every table: it reads back as written, and no gap in it goes unseen.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use riparto_core::diag::Code;
use riparto_core::model::{ColumnType, Facts, Table, TableDecl};
use rust_decimal::Decimal;

use super::tests::{column, table};
use super::{DecimalMark, Dialect, Separator, read_table};

const HEADER: [&str; 8] = [
    "chiave",
    "nome",
    "conta",
    "peso",
    "spesa",
    "ha",
    "dal",
    "catastale",
];

fn decl() -> TableDecl {
    let kinds = [
        ColumnType::Istat,
        ColumnType::Text,
        ColumnType::Integer,
        ColumnType::Decimal,
        ColumnType::Euro,
        ColumnType::Bool,
        ColumnType::Date,
        ColumnType::Cadastral,
    ];
    let columns = HEADER.iter().zip(kinds);
    table(
        "t",
        columns.map(|(name, kind)| column(name, kind)).collect(),
    )
}

/// The values of one row but its key.
#[derive(Debug, Clone)]
struct Values {
    nome: String,
    conta: i64,
    peso: Decimal,
    spesa: Decimal,
    ha: bool,
    dal: NaiveDate,
    catastale: String,
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
struct Hand {
    dialect: Dialect,
    newline: &'static str,
    quotes_all: bool,
    groups: bool,
}

prop_compose! {
    fn values()(
        nome in "[a-zA-Zàèìòù][a-zà,;\" '\n.]{0,10}[a-zàèìòù\"]",
        conta in 0..=i64::MAX,
        peso in any::<i64>(),
        peso_scale in 0..=12_u32,
        spesa in -99_999_999..=99_999_999_i64,
        ha in any::<bool>(),
        day in 0..=80_000_u64,
        letter in "[A-Z][0-9]{3}",
    ) -> Values {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        Values {
            nome,
            conta,
            peso: Decimal::new(peso, peso_scale),
            spesa: Decimal::new(spesa, 2),
            ha,
            dal: first + Days::new(day),
            catastale: letter,
        }
    }
}

prop_compose! {
    fn hands()(
        semicolon in any::<bool>(),
        comma in any::<bool>(),
        bom in any::<bool>(),
        newline in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        quotes_all in any::<bool>(),
        groups in any::<bool>(),
    ) -> Hand {
        let separator = if semicolon { Separator::Semicolon } else { Separator::Comma };
        let mark = if comma { DecimalMark::Comma } else { DecimalMark::Point };
        let dialect = Dialect { separator, decimal_mark: Some(mark), bom };
        Hand { dialect, newline, quotes_all, groups }
    }
}

fn rows() -> impl Strategy<Value = Vec<Values>> {
    prop::collection::vec(values(), 1..6)
}

fn key(row: usize) -> String {
    format!("{:06}", row + 1)
}

fn grouped(digits: &str, by: char) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(by);
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

impl Hand {
    fn number(self, plain: &str) -> String {
        let mark = self.dialect.decimal_mark.unwrap();
        let (whole, fraction) = match plain.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (plain, None),
        };
        let whole = if self.groups {
            grouped(whole, mark.other().char())
        } else {
            whole.to_owned()
        };
        match fraction {
            Some(fraction) => format!("{whole}{}{fraction}", mark.char()),
            None => whole,
        }
    }

    /// Writes a table as rows of cells; the cents of its amounts show the decimal mark.
    fn cells(self, rows: &[Values]) -> Vec<Vec<String>> {
        let row = |(index, v): (usize, &Values)| {
            vec![
                key(index),
                v.nome.clone(),
                self.number(&v.conta.to_string()),
                self.number(&v.peso.to_string()),
                self.number(&v.spesa.to_string()),
                if v.ha { "sì" } else { "no" }.to_owned(),
                v.dal.to_string(),
                v.catastale.clone(),
            ]
        };
        rows.iter().enumerate().map(row).collect()
    }

    fn quoted(self, cell: &str) -> String {
        let special = |c: char| matches!(c, ',' | ';' | '"' | '\n' | '\r');
        if self.quotes_all || cell.contains(special) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    }

    fn file(self, cells: &[Vec<String>]) -> String {
        let mut text = String::from(if self.dialect.bom { "\u{feff}" } else { "" });
        let header = HEADER.map(str::to_owned).to_vec();
        for row in std::iter::once(&header).chain(cells) {
            let row: Vec<String> = row.iter().map(|cell| self.quoted(cell)).collect();
            text += &row.join(&self.dialect.separator.char().to_string());
            text += self.newline;
        }
        text
    }
}

fn facts(rows: &[Values], keys: Vec<String>) -> Vec<Facts> {
    let all = |value: fn(&Values) -> String| rows.iter().map(|v| Some(value(v))).collect();
    let decimals = |value: fn(&Values) -> Decimal| rows.iter().map(|v| Some(value(v))).collect();
    vec![
        Facts::Text(keys.into_iter().map(Some).collect()),
        Facts::Text(all(|v| v.nome.clone())),
        Facts::Integer(rows.iter().map(|v| Some(v.conta)).collect()),
        Facts::Decimal(decimals(|v| v.peso)),
        Facts::Decimal(decimals(|v| v.spesa)),
        Facts::Bool(rows.iter().map(|v| Some(v.ha)).collect()),
        Facts::Date(rows.iter().map(|v| Some(v.dal)).collect()),
        Facts::Text(all(|v| v.catastale.clone())),
    ]
}

fn facts_of(table: Table) -> Vec<Facts> {
    table
        .columns
        .into_iter()
        .map(|column| column.facts)
        .collect()
}

proptest! {
    #[test]
    fn a_table_reads_back_as_it_was_written(rows in rows(), hand in hands()) {
        let text = hand.file(&hand.cells(&rows));
        let (table, diagnostics, dialect) = read_table(&decl(), "t.csv", text.as_bytes());
        prop_assert!(diagnostics.is_empty(), "{diagnostics:?}");
        prop_assert_eq!(dialect, hand.dialect);
        let keys = (0..rows.len()).map(key).collect();
        prop_assert_eq!(facts_of(table.unwrap()), facts(&rows, keys));
    }

    #[test]
    fn an_emptied_cell_is_always_found_where_it_was(
        rows in rows(),
        hand in hands(),
        row in any::<prop::sample::Index>(),
        column in 0..HEADER.len(),
    ) {
        let mut cells = hand.cells(&rows);
        let row = row.index(cells.len());
        cells[row][column].clear();
        let text = hand.file(&cells);
        let (table, diagnostics, _) = read_table(&decl(), "t.csv", text.as_bytes());
        prop_assert!(table.is_none());
        let before = expected_place(&hand, &cells, row, column);
        let found = diagnostics.iter().any(|fault| {
            let place = fault.place.as_ref().unwrap();
            fault.code == Code::EmptyCell && (place.line, place.column) == before
        });
        prop_assert!(found, "{before:?} {diagnostics:?}");
    }

    #[test]
    fn rows_in_another_order_are_the_same_facts_in_that_order(
        rows in rows(),
        hand in hands(),
        first in any::<prop::sample::Index>(),
    ) {
        let first = first.index(rows.len());
        let mut cells = hand.cells(&rows);
        cells.rotate_left(first);
        let (table, diagnostics, _) = read_table(&decl(), "t.csv", hand.file(&cells).as_bytes());
        prop_assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let mut turned = rows.clone();
        turned.rotate_left(first);
        let mut keys: Vec<String> = (0..rows.len()).map(key).collect();
        keys.rotate_left(first);
        prop_assert_eq!(facts_of(table.unwrap()), facts(&turned, keys));
    }

    #[test]
    fn no_bytes_at_all_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (table, diagnostics, _) = read_table(&decl(), "t.csv", &bytes);
        prop_assert_eq!(table.is_none(), diagnostics.has_errors());
    }

    #[test]
    fn no_signs_of_a_csv_stop_the_reader(rest in "[a-c1-3,;.\"\r\n* Ã\u{a0}\u{feff}-]{0,80}") {
        let text = format!("{}\n{rest}", HEADER.join(";"));
        let (table, diagnostics, _) = read_table(&decl(), "t.csv", text.as_bytes());
        prop_assert_eq!(table.is_none(), diagnostics.has_errors());
    }
}

/// Gives line and column of a cell, counted by hand on what stands before it.
fn expected_place(hand: &Hand, cells: &[Vec<String>], row: usize, column: usize) -> (usize, usize) {
    let mut before = hand.file(&cells[..row]);
    for cell in &cells[row][..column] {
        before += &hand.quoted(cell);
        before.push(hand.dialect.separator.char());
    }
    let before = before
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let line = before.matches('\n').count() + 1;
    let on_line = before.rsplit('\n').next().unwrap_or_default();
    (line, on_line.chars().count() + 1)
}
