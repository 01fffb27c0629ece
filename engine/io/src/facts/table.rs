//! One file as one table: every fault found in one reading, the table only where there is none.

use std::collections::{BTreeMap, BTreeSet};

use riparto_core::diag::{Code, Diagnostics};
use riparto_core::model::{Table, TableDecl};

use super::body::read_body;
use super::columns::{Reference, read_columns};
use super::decode::{decode, foreign};
use super::grid::{Page, Row};
use super::header::{Header, empty_file, read_header};
use super::lines::Spot;
use super::marks::Marks;
use super::unique::rows_alike;
use super::{DecimalMark, Dialect, Separator};

/// Reads one table from the bytes of a CSV file; `file` is the path that faults are shown with.
///
/// # Shape
/// The table is there only where no diagnostic is an error. Diagnostics come sorted by place. The
/// references to other tables are left to [`read_tables`](super::read_tables).
///
/// # Examples
/// ```
/// use riparto_core::diag::Text;
/// use riparto_core::model::{ColumnDecl, ColumnType, TableDecl, Unit};
/// use riparto_io::facts::{DecimalMark, read_table};
///
/// let column = |name: &str, kind| ColumnDecl {
///     name: name.into(), label: Text::same(name), kind, unit: Unit::none(),
///     required: true, references: None, values: Vec::new(), personal: false, verbatim: false,
///     place: None,
/// };
/// let decl = TableDecl {
///     name: "comuni".into(), label: Text::same("Comuni"), key: "istat".into(), title: "istat".into(),
///     aggregate: None, unique: Vec::new(), import: None, place: None,
///     columns: vec![column("istat", ColumnType::Istat), column("spesa", ColumnType::Euro)],
/// };
/// let (table, diagnostics, dialect) =
///     read_table(&decl, "comuni.csv", b"istat;spesa\n001272;1.250,50\n");
/// assert!(diagnostics.is_empty());
/// assert_eq!(table.unwrap().text("istat", 0), Some("001272"));
/// assert_eq!(dialect.decimal_mark, Some(DecimalMark::Comma));
/// ```
pub fn read_table(
    decl: &TableDecl,
    file: &str,
    bytes: &[u8],
) -> (Option<Table>, Diagnostics, Dialect) {
    let read = read(decl, file, bytes, None);
    (read.table, read.diagnostics, read.dialect)
}

/// What one reading of a file gives.
#[derive(Debug)]
pub(super) struct Read {
    /// The table, where there is no error.
    pub table: Option<Table>,
    /// All faults, sorted by place.
    pub diagnostics: Diagnostics,
    /// How the file is written.
    pub dialect: Dialect,
    /// The keys and where each stands; nothing unless all of them could be read.
    pub keys: Option<BTreeMap<String, Spot>>,
    /// The cells that refer to rows of other tables.
    pub references: Vec<Reference>,
}

/// Reads one file, whose decimal mark may be known beforehand.
pub(super) fn read(decl: &TableDecl, file: &str, bytes: &[u8], mark: Option<DecimalMark>) -> Read {
    let mut read = Read {
        table: None,
        diagnostics: Diagnostics::new(),
        dialect: Dialect {
            separator: Separator::Comma,
            decimal_mark: mark,
            bom: false,
        },
        keys: None,
        references: Vec::new(),
    };
    match decode(file, bytes) {
        Err(refused) => read.diagnostics.push(*refused),
        Ok(mut decoded) => {
            read.diagnostics
                .extend(std::mem::take(&mut decoded.diagnostics));
            read.dialect.bom = decoded.bom;
            let page = Page::new(&decoded);
            read_page(decl, file, &page, &mut read);
            let told = read.diagnostics.iter().any(|d| d.code == Code::Encoding);
            if let (Some(first), false) = (page.first_foreign(), told) {
                // It stands in no cell that was judged: between lines, or in a row that was refused.
                read.diagnostics.push(foreign(first.in_file(file)));
            }
        }
    }
    read.diagnostics = read.diagnostics.into_sorted().into_iter().collect();
    read.table.take_if(|_| read.diagnostics.has_errors());
    read
}

fn read_page(decl: &TableDecl, file: &str, page: &Page<'_>, read: &mut Read) {
    let declared: BTreeSet<&str> = decl.columns.iter().map(|c| c.name.as_str()).collect();
    let separator = Separator::of(page, &declared);
    read.dialect.separator = separator;
    let Some(names) = page.rows(separator).next() else {
        read.diagnostics.push(empty_file(decl, file));
        return;
    };
    let Some(header) = read_header(decl, file, &names, separator, &mut read.diagnostics) else {
        return;
    };
    let body = read_body(decl, file, page, separator, &header, &mut read.diagnostics);
    let marks = Marks::knowing(read.dialect.decimal_mark);
    let marks = witnesses(decl, file, &header, &body.rows, marks);
    read.dialect.decimal_mark = marks.decimal();
    let columns = read_columns(decl, file, &header, &body, &marks);
    read.diagnostics.extend(columns.diagnostics);
    let alike = rows_alike(decl, file, &header, &body.rows, &columns.columns);
    read.diagnostics.extend(alike);
    read.keys = columns.keys;
    read.references = columns.references;
    read.table = Some(Table {
        name: decl.name.clone(),
        file: file.to_owned(),
        columns: columns.columns,
        lines: body.rows.iter().map(Row::line).collect(),
    });
}

fn witnesses(
    decl: &TableDecl,
    file: &str,
    header: &Header,
    rows: &[Row],
    mut marks: Marks,
) -> Marks {
    for row in rows {
        for (column, index) in decl.columns.iter().zip(&header.cells) {
            if let Some(cell) = index.and_then(|index| row.cells.get(index)) {
                marks.witness(column.kind, &cell.text, || cell.spot.in_file(file));
            }
        }
    }
    marks
}
