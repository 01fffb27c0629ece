//! A Region's plugins as the core asks for them: a message for each question, and its answer.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Place, Severity, Text};
use riparto_core::model::Table;
use riparto_core::native::{
    Arguments, CallFault, Exported, ForeignFile, Imported, NativeKind, Natives, Signature,
};
use riparto_core::rules::Scalar;
use riparto_core::say;
use riparto_plugin_abi::message::{self, ExportInput, ImportInput, ImportOutput};
use riparto_plugin_abi::{Batch, Column, Description, Finding, Function, Kind, Weight};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::columns::{any_column, column_of, scalars, whole};
use crate::refusal::diagnostic_of;
use crate::{Host, Refusal};

/// The plugins of one Region, started when a rule first asks for one.
#[derive(Debug)]
pub struct RegionPlugins {
    region: String,
    host: Result<Host, Refusal>,
}

impl RegionPlugins {
    /// Gives the plugins of a Region, or what refuses them all.
    pub fn new(region: &str, host: Result<Host, Refusal>) -> Self {
        Self {
            region: region.to_owned(),
            host,
        }
    }

    /// Says what a Region's plugin was refused for.
    fn told<T>(&self, plugin: &str, outcome: Result<T, Refusal>) -> Result<T, Box<Diagnostic>> {
        outcome.map_err(|refusal| Box::new(refusal.diagnostic(plugin, &self.region)))
    }

    fn describe(&self, plugin: &str) -> Result<Description, Box<Diagnostic>> {
        let host = self.host.as_ref().map_err(Refusal::clone);
        self.told(plugin, host.and_then(|host| host.describe(plugin)))
    }

    /// Calls a capability; gives its raw bytes.
    fn bytes(
        &self,
        plugin: &str,
        capability: &str,
        input: &impl Serialize,
    ) -> Result<Vec<u8>, Refusal> {
        let host = self.host.as_ref().map_err(Refusal::clone)?;
        let input = message::write(input).map_err(|why| Refusal::Answer(Text::same(why)))?;
        host.call(plugin, capability, &input)
    }

    /// Calls a capability; gives the message that it answers with.
    fn ask<T: DeserializeOwned>(
        &self,
        plugin: &str,
        capability: &str,
        input: &impl Serialize,
    ) -> Result<T, Refusal> {
        let bytes = self.bytes(plugin, capability, input)?;
        message::read(&bytes).map_err(|unread| Refusal::unread(&unread))
    }

    /// Calls a function; gives a cell of the type that it says for each row of the batch.
    fn column(
        &self,
        plugin: &str,
        function: &Function,
        batch: &Batch,
    ) -> Result<Vec<Option<Scalar>>, Refusal> {
        let bytes = self.bytes(plugin, &format!("function/{}", function.name), batch)?;
        let unread = |unread| Refusal::unread(&unread);
        // Counted before it is read: a few bytes may stand for a great many cells.
        let (found, wanted) = (message::cells_of(&bytes).map_err(unread)?, batch.rows);
        if found as u64 != u64::from(wanted) {
            return Err(Refusal::Answer(say!(
                "{found} celle per {wanted} righe",
                "{found} cells for {wanted} rows"
            )));
        }
        let column: Column = message::read(&bytes).map_err(unread)?;
        let (gives, says) = (column.kind(), function.gives);
        if gives != says {
            return Err(Refusal::Answer(say!(
                "dà il tipo `{gives}` e dice `{says}`",
                "it gives the type `{gives}` and says `{says}`"
            )));
        }
        scalars(&column).ok_or_else(|| {
            Refusal::Answer(say!(
                "una cella che non si può tenere: un denominatore nullo, un giorno fuori dal calendario",
                "a cell that cannot be held: a denominator of zero, a day beyond the calendar"
            ))
        })
    }
}

impl Natives for RegionPlugins {
    fn used(&self) -> BTreeMap<String, String> {
        let host = self.host.as_ref();
        host.map(Host::used).unwrap_or_default()
    }

    fn signature(&self, plugin: &str, function: &str) -> Result<Signature, Box<Diagnostic>> {
        let described = self.describe(plugin)?;
        let mut functions = described.functions.iter();
        let Some(found) = functions.find(|known| known.name == function) else {
            let known = described.functions.iter().map(|f| f.name.as_str());
            return Err(Box::new(no_such(plugin, function, known)));
        };
        Ok(Signature {
            takes: found
                .takes
                .iter()
                .map(|parameter| (parameter.name.clone(), native_kind(parameter.kind)))
                .collect(),
            reads: found.reads.clone(),
            gives: native_kind(found.gives),
        })
    }

    fn call(
        &self,
        plugin: &str,
        function: &str,
        arguments: &Arguments<'_>,
    ) -> Result<Vec<Option<Scalar>>, CallFault> {
        let columns = arguments.columns.iter();
        let columns: Option<Vec<Column>> = columns
            .map(|(kind, cells)| column_of(*kind, cells))
            .collect();
        let tables: Option<Vec<_>> = arguments.tables.iter().map(|table| whole(table)).collect();
        let rows = u32::try_from(arguments.rows).ok();
        let (Some(columns), Some(tables), Some(rows)) = (columns, tables, rows) else {
            return Err(CallFault {
                row: first_too_long(arguments),
                diagnostic: Box::new(too_long(plugin, function)),
            });
        };
        let batch = Batch {
            rows,
            columns,
            tables,
        };
        let described = self.describe(plugin)?;
        let mut functions = described.functions.iter();
        let Some(found) = functions.find(|known| known.name == function) else {
            let known = described.functions.iter().map(|f| f.name.as_str());
            return Err(Box::new(no_such(plugin, function, known)).into());
        };
        self.column(plugin, found, &batch).map_err(|refusal| {
            let mut diagnostic = refusal.diagnostic(plugin, &self.region);
            let row = refusal.row();
            if row.is_some() {
                diagnostic.place = None;
            }
            let diagnostic = Box::new(diagnostic);
            CallFault { row, diagnostic }
        })
    }

    fn import(
        &self,
        plugin: &str,
        importer: &str,
        file: &ForeignFile<'_>,
    ) -> Result<Imported, Box<Diagnostic>> {
        let described = self.describe(plugin)?;
        let mut importers = described.importers.iter();
        if !importers.any(|known| known.name == importer) {
            let known = described.importers.iter().map(|i| i.name.as_str());
            return Err(Box::new(no_such(plugin, importer, known)));
        }
        let name = file.path.rsplit('/').next().unwrap_or(file.path);
        let input = ImportInput {
            file: name.to_owned(),
            table: file.table.to_owned(),
            columns: file.columns.iter().map(|name| (*name).to_owned()).collect(),
            bytes: file.bytes.to_vec(),
        };
        let output = self.ask::<ImportOutput>(plugin, &format!("importer/{importer}"), &input);
        let output = self.told(plugin, output).map_err(|mut fault| {
            // The plugin knows the file by its name only.
            if let Some(place) = &mut fault.place {
                place.file = file.path.to_owned();
            } else {
                fault.place = Some(Place::start_of(file.path));
            }
            fault
        })?;
        let width = output.columns.len();
        let rows = output.rows.into_iter();
        let rows = rows.map(|row| (usize::try_from(row.line).unwrap_or_default(), row.cells));
        let rows: Vec<_> = rows.collect();
        if rows.iter().any(|(_, cells)| cells.len() != width) {
            let why = say!(
                "una riga che ha più o meno celle delle colonne",
                "a row with more or fewer cells than columns"
            );
            return self.told(plugin, Err(Refusal::Answer(why)));
        }
        Ok(Imported {
            columns: output.columns,
            rows,
        })
    }

    fn validate(
        &self,
        plugin: &str,
        validator: &str,
        tables: &[&Table],
    ) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        let described = self.describe(plugin)?;
        let mut validators = described.validators.iter();
        if !validators.any(|known| known.name == validator) {
            let known = described.validators.iter().map(|v| v.name.as_str());
            return Err(Box::new(no_such(plugin, validator, known)));
        }
        let given: Option<Vec<_>> = tables.iter().map(|table| whole(table)).collect();
        let Some(given) = given else {
            return Err(Box::new(too_long(plugin, validator)));
        };
        let found = self.ask(plugin, &format!("validator/{validator}"), &given);
        let found: Vec<Finding> = self.told(plugin, found)?;
        let told = found.into_iter().map(|finding| {
            let fault = diagnostic_of(&finding.fault, plugin);
            match finding.weight {
                Weight::Error => fault,
                Weight::Warning => Diagnostic {
                    severity: Severity::Warning,
                    ..fault
                },
            }
        });
        Ok(told.collect())
    }

    fn export(
        &self,
        plugin: &str,
        exporter: &str,
        exported: &Exported<'_>,
    ) -> Result<(Vec<u8>, String), Box<Diagnostic>> {
        let described = self.describe(plugin)?;
        let mut exporters = described.exporters.iter();
        let Some(found) = exporters.find(|known| known.name == exporter) else {
            let known = described.exporters.iter().map(|e| e.name.as_str());
            return Err(Box::new(no_such(plugin, exporter, known)));
        };
        let columns = exported.columns.iter().enumerate().map(|(at, (name, _))| {
            let cells = exported
                .rows
                .iter()
                .map(|row| row.get(at).copied().flatten());
            let cells: Vec<Option<Scalar>> = cells.map(Option::<&Scalar>::cloned).collect();
            Some(((*name).to_owned(), any_column(&cells)?))
        });
        let Some(columns) = columns.collect::<Option<Vec<_>>>() else {
            return Err(Box::new(too_long(plugin, exporter)));
        };
        let lines = exported.lines.iter();
        let lines = lines.map(|line| u32::try_from(*line).unwrap_or_default());
        let input = ExportInput {
            name: exported.name.to_owned(),
            table: message::Table {
                name: exported.name.to_owned(),
                file: exported.file.to_owned(),
                columns,
                lines: lines.collect(),
            },
            labels: exported
                .columns
                .iter()
                .map(|(_, label)| (*label).to_owned())
                .collect(),
        };
        let bytes = self.bytes(plugin, &format!("exporter/{exporter}"), &input);
        Ok((self.told(plugin, bytes)?, found.extension.clone()))
    }
}

fn native_kind(kind: Kind) -> NativeKind {
    match kind {
        Kind::Number => NativeKind::Number,
        Kind::Text => NativeKind::Text,
        Kind::Bool => NativeKind::Bool,
        Kind::Date => NativeKind::Date,
    }
}

fn no_such<'n>(plugin: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let known: Vec<String> = known.map(|known| format!("`{known}`")).collect();
    let known = known.join(", ");
    let message = say!(
        "il plugin `{plugin}` non ha `{name}`",
        "the plugin `{plugin}` has no `{name}`"
    );
    Diagnostic::error(Code::UnknownFunction, message)
        .help(say!("quelli che ha: {known}", "those that it has: {known}"))
}

/// Gives the first row with a value that no message holds.
fn first_too_long(arguments: &Arguments<'_>) -> Option<usize> {
    (0..arguments.rows).find(|row| {
        let mut columns = arguments.columns.iter();
        columns.any(|(kind, cells)| {
            let cell = cells.get(*row..=*row);
            cell.is_some_and(|cell| column_of(*kind, cell).is_none())
        })
    })
}

fn too_long(plugin: &str, function: &str) -> Diagnostic {
    let message = say!(
        "un valore è troppo lungo per `{plugin}.{function}`",
        "a value is too long for `{plugin}.{function}`"
    );
    Diagnostic::error(Code::PluginRefused, message).help(say!(
        "arrotondarlo in un'altra colonna prima di darlo alla funzione",
        "round it in another column before it is given to the function"
    ))
}
