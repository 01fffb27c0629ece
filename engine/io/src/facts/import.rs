//! A foreign file as a table: what an importer gives is read as a CSV file, and told of in the
//! lines that it was read from.

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Place};
use riparto_core::model::{Import, Table, TableDecl};
use riparto_core::native::{ForeignFile, Imported, Natives};
use riparto_core::say;

use super::DecimalMark;
use super::lines::Spot;
use super::table::{Read, read};
use super::tables::File;

/// Reads a foreign file with its importer.
///
/// # Errors
/// The importer gives nothing: its plugin is not there, or refuses the file.
pub(super) fn read_foreign(
    decl: &TableDecl,
    import: &Import,
    (file, bytes): &File,
    natives: &dyn Natives,
) -> Result<Read, Box<Diagnostic>> {
    let asked = ForeignFile {
        path: file,
        bytes,
        table: &decl.name,
        columns: decl.columns.iter().map(|c| c.name.as_str()).collect(),
    };
    let imported = natives.import(&import.plugin, &import.importer, &asked);
    let imported = imported.map_err(|fault| Box::new(not_imported(*fault, decl, import)))?;
    let page = Page::of(&imported);
    let found = read(decl, file, page.text.as_bytes(), Some(DecimalMark::Point));
    Ok(page.back(found, import))
}

/// What a plugin refuses stands in the file; that it cannot answer, where it is asked to.
fn not_imported(fault: Diagnostic, decl: &TableDecl, import: &Import) -> Diagnostic {
    let name = &decl.name;
    let waits = say!(
        "la tabella che lo aspetta: `{name}`",
        "the table that waits for it: `{name}`"
    );
    let Some(asked) = import.place.clone() else {
        return fault;
    };
    if fault.code == Code::PluginRefused && fault.place.is_some() {
        return fault.related(asked, waits);
    }
    let fault = fault.at(asked);
    match decl.place.clone() {
        Some(place) => fault.related(place, waits),
        None => fault,
    }
}

/// What an importer gave, as a CSV file.
struct Page {
    text: String,
    /// The line of the text where each row starts, and the line that the row was read from.
    rows: Vec<(usize, usize)>,
}

impl Page {
    fn of(imported: &Imported) -> Self {
        let mut page = Self {
            text: String::new(),
            rows: Vec::new(),
        };
        let mut next = 1 + page.write(&imported.columns);
        for (line, cells) in &imported.rows {
            page.rows.push((next, (*line).max(1)));
            next += page.write(cells);
        }
        page
    }

    /// Writes a row, and gives how many lines it takes.
    fn write(&mut self, cells: &[String]) -> usize {
        // A lone carriage return ends a line too; one kind of line end keeps the count simple.
        let cells = cells.iter().map(|cell| {
            let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
            format!("\"{}\"", cell.replace('"', "\"\""))
        });
        let row = cells.collect::<Vec<_>>().join(",");
        self.text.push_str(&row);
        self.text.push('\n');
        1 + row.matches('\n').count()
    }

    /// Gives the line of the foreign file; none for the header, which stands on no known line.
    fn line(&self, line: usize) -> Option<usize> {
        let before = self.rows.partition_point(|(start, _)| *start <= line);
        let (_, from) = self.rows.get(before.checked_sub(1)?)?;
        Some(*from)
    }

    fn place(&self, place: &Place) -> Place {
        Place {
            line: self.line(place.line).unwrap_or(1),
            ..Place::start_of(place.file.clone())
        }
    }

    fn spot(&self, spot: Spot) -> Spot {
        Spot {
            line: self.line(spot.line).unwrap_or(1),
            column: 1,
            length: 1,
        }
    }

    /// Puts all that a reading says into the lines of the foreign file.
    fn back(&self, found: Read, import: &Import) -> Read {
        let diagnostics = found.diagnostics.iter();
        let diagnostics: Diagnostics = diagnostics.map(|one| self.told(one, import)).collect();
        let keys = found.keys.map(|keys| {
            let keys = keys.into_iter();
            keys.map(|(key, spot)| (key, self.spot(spot))).collect()
        });
        let mut references = found.references;
        for reference in &mut references {
            reference.spot = self.spot(reference.spot);
        }
        Read {
            table: found.table.map(|table| self.table(table)),
            diagnostics: diagnostics.into_sorted().into_iter().collect(),
            dialect: found.dialect,
            keys,
            references,
        }
    }

    fn table(&self, mut table: Table) -> Table {
        for line in &mut table.lines {
            *line = self.line(*line).unwrap_or(1);
        }
        for column in &mut table.columns {
            for place in column.missing.values_mut() {
                *place = self.place(place);
            }
        }
        table
    }

    fn told(&self, one: &Diagnostic, import: &Import) -> Diagnostic {
        let in_a_row = |place: &Place| self.line(place.line).is_some();
        let whole = !one.place.as_ref().is_some_and(in_a_row);
        let related = one.related.iter();
        let told = Diagnostic {
            place: one.place.as_ref().map(|place| self.place(place)),
            related: related
                .map(|(place, text)| (self.place(place), text.clone()))
                .collect(),
            ..one.clone()
        };
        match import.place.clone().filter(|_| whole) {
            Some(place) => told.related(
                place,
                say!("così lo legge l'importatore", "so the importer reads it"),
            ),
            None => told,
        }
    }
}
