//! What the tests of this crate share: packs and facts as texts in memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::eval::{Run, evaluate};
use crate::model::{Column, ColumnDecl, ColumnType, Dataset, Facts, Table, TableDecl};
use crate::pack::{Overrides, load};
use crate::rules::Pack;
use crate::source::{Source, SourceError};

/// The pack of [`Files::measure`].
pub const PACK: &str = "prova/2024";

/// The file of its measure.
pub const MEASURE: &str = "regions/prova/2024/misura.toml";

/// Files as texts, by logical path.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, String>);

impl Source for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes()))
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let inside = self.0.keys().filter_map(|path| {
            let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
            rest.split('/').next().map(str::to_owned)
        });
        Ok(inside.collect())
    }
}

impl Files {
    /// Gives one pack with one measure: `blocks` after a fund, a table and the act they cite.
    pub fn measure(blocks: &str) -> Self {
        let head = "title = \"Misura\"\nmain_act = \"a\"\n";
        Self::default()
            .pack(PACK, "")
            .with(MEASURE, &format!("{head}{blocks}\n{COMUNI}"))
    }

    /// Adds a file.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Gives the text of a file.
    pub fn text(&self, path: &str) -> String {
        self.0[path].clone()
    }

    /// Adds the `pack.toml` of a pack; `more` stands before its act, `a`.
    pub fn pack(self, id: &str, more: &str) -> Self {
        let folder = crate::pack::folder_of(id);
        let text = format!(
            "title = \"P\"\nyear = 2024\nas_of = \"2024-01-01\"\nstatus = \"applied\"\nmain_act = \"a\"\n{more}\n[act.a]\ntitle = \"Atto\"\n"
        );
        self.with(&format!("{folder}/pack.toml"), &text)
    }

    /// Loads the pack of [`Files::measure`].
    pub fn load(&self) -> (Option<Pack>, Vec<Diagnostic>) {
        self.load_with(&Overrides::default())
    }

    /// Loads it with values for one run.
    pub fn load_with(&self, overrides: &Overrides) -> (Option<Pack>, Vec<Diagnostic>) {
        let (pack, faults) = load(self, PACK, overrides).unwrap();
        (pack, faults.into_sorted())
    }

    /// Gives the codes of what is wrong, each with the text that its caret underlines.
    pub fn faults(&self) -> Vec<(Code, String)> {
        let (_, faults) = self.load();
        faults
            .iter()
            .map(|fault| (fault.code, self.underlined(fault)))
            .collect()
    }

    /// Gives the text that the caret of a diagnostic underlines.
    pub fn underlined(&self, fault: &Diagnostic) -> String {
        let place = fault.place.as_ref().unwrap();
        let line = self.0[&place.file].lines().nth(place.line - 1).unwrap();
        line.chars()
            .skip(place.column - 1)
            .take(place.length)
            .collect()
    }

    /// Runs the pack on tables given as CSV without quotes, which must be right.
    pub fn run(&self, tables: &[(&str, &str)]) -> (Option<Run>, Vec<Diagnostic>) {
        let (pack, faults) = self.load();
        let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
        let (run, faults): (_, Diagnostics) = evaluate(&pack, &dataset(&pack, tables));
        (run, faults.into_sorted())
    }
}

/// A fund, a table of Comuni, and an allocation by its integer column.
const COMUNI: &str = r#"
[fund.stato]
amount = "100.00"
label = "Fondo"
act = "a"

[table.comuni]
label = "Comuni"
key = "istat"
title = "nome"
[table.comuni.column.istat]
type = "istat"
label = "Codice"
[table.comuni.column.catastale]
type = "cadastral"
label = "Codice catastale"
[table.comuni.column.nome]
type = "text"
label = "Nome"
[table.comuni.column.bambini]
type = "integer"
unit = "bambini"
label = "Bambini"
required = false
[table.comuni.column.spesa]
type = "euro"
label = "Spesa"
required = false
[table.comuni.column.tasso]
type = "decimal"
label = "Tasso"
required = false
[table.comuni.column.montano]
type = "bool"
label = "Montano"
required = false
[table.comuni.column.dal]
type = "date"
label = "Dal"
required = false
"#;

/// The columns of the table of [`Files::measure`].
pub const HEADER: &str = "istat,catastale,nome,bambini,spesa,tasso,montano,dal\n";

/// An allocation of the whole fund; `more` adds keys.
pub fn allocation(weight: &str, more: &str) -> String {
    format!(
        "[allocation.riparto]\nlabel = \"Riparto\"\nfunds = [\"stato\"]\nto = \"comuni\"\ncriteria = [{{ weight = \"{weight}\", share = \"100%\" }}]\nmethod = \"largest-remainder\"\nround = {{ step = \"0.01\" }}\nact = \"a\"\n{more}\n"
    )
}

/// A derived column of the table of Comuni; without `value`, a function.
pub fn derive(id: &str, kind: &str, unit: &str, value: &str) -> String {
    let mut text = format!(
        "[derive.{id}]\ntable = \"comuni\"\ntype = \"{kind}\"\nlabel = \"{id}\"\nact = \"a\"\n"
    );
    for (key, written) in [("unit", unit), ("value", value)] {
        if !written.is_empty() {
            text.push_str(&format!("{key} = \"{}\"\n", written.replace('"', "\\\"")));
        }
    }
    text
}

/// Reads tables of plain CSV by the declarations of a pack; an empty cell is missing.
pub fn dataset(pack: &Pack, tables: &[(&str, &str)]) -> Dataset {
    let declared = pack.tables().into_iter();
    let read = declared.map(|table| {
        let text = tables.iter().find(|(name, _)| *name == table.name);
        (
            table.name.clone(),
            read_table(table, text.map_or("", |(_, text)| text)),
        )
    });
    Dataset {
        tables: read.collect(),
    }
}

fn read_table(declared: &TableDecl, text: &str) -> Table {
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let rows = lines.get(1..).unwrap_or_default();
    let columns = declared.columns.iter().map(|column| {
        let at = lines
            .first()
            .and_then(|h| h.iter().position(|name| *name == column.name));
        let cells = rows.iter().map(|row| at.map_or("", |at| row[at])).collect();
        read_column(column, cells)
    });
    Table {
        name: declared.name.clone(),
        file: format!("{}.csv", declared.name),
        columns: columns.collect(),
        lines: (2..rows.len() + 2).collect(),
    }
}

fn read_column(declared: &ColumnDecl, cells: Vec<&str>) -> Column {
    fn all<T>(cells: Vec<&str>, read: impl Fn(&str) -> T) -> Vec<Option<T>> {
        let full = |cell: &str| (!cell.is_empty()).then(|| read(cell));
        cells.into_iter().map(full).collect()
    }
    let facts = match declared.kind {
        ColumnType::Integer => Facts::Integer(all(cells, |cell| cell.parse().unwrap())),
        ColumnType::Decimal | ColumnType::Euro => {
            Facts::Decimal(all(cells, |cell| cell.parse().unwrap()))
        }
        ColumnType::Bool => Facts::Bool(all(cells, |cell| cell == "sì")),
        ColumnType::Date => Facts::Date(all(cells, |cell| cell.parse().unwrap())),
        ColumnType::Moment => {
            Facts::Moment(all(cells, |cell| crate::time::local(cell, None).unwrap()))
        }
        _ => Facts::Text(all(cells, str::to_owned)),
    };
    Column {
        name: declared.name.clone(),
        kind: declared.kind,
        facts,
        missing: BTreeMap::new(),
    }
}
