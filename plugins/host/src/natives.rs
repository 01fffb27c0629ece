//! A Region's plugins as the core asks for them: a message for each question, and its answer.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Place, Severity, Text};
use riparto_core::model::Table;
use riparto_core::native::{
    Arguments, Exported, ForeignFile, Imported, NativeKind, Natives, Signature,
};
use riparto_core::rules::Scalar;
use riparto_core::say;
use riparto_plugin_abi::message::{self, ExportInput, ImportInput, ImportOutput};
use riparto_plugin_abi::{Batch, Column, Description, Finding, Kind, Weight};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::columns::{column_of, scalars, whole};
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

    fn refused<T>(&self, plugin: &str, refusal: &Refusal) -> Result<T, Box<Diagnostic>> {
        Err(Box::new(refusal.diagnostic(plugin, &self.region)))
    }

    fn host(&self, plugin: &str) -> Result<&Host, Box<Diagnostic>> {
        match &self.host {
            Ok(host) => Ok(host),
            Err(refusal) => self.refused(plugin, refusal),
        }
    }

    fn describe(&self, plugin: &str) -> Result<Description, Box<Diagnostic>> {
        let described = self.host(plugin)?.describe(plugin);
        described.or_else(|refusal| self.refused(plugin, &refusal))
    }

    /// Calls a capability on raw bytes.
    fn bytes(
        &self,
        plugin: &str,
        capability: &str,
        input: &impl Serialize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let answer = message::write(input).map_err(|why| Refusal::Answer(Text::same(why)));
        let answer = answer.and_then(|input| match &self.host {
            Ok(host) => host.call(plugin, capability, &input),
            Err(refusal) => Err(refusal.clone()),
        });
        answer.or_else(|refusal| self.refused(plugin, &refusal))
    }

    fn ask<T: DeserializeOwned>(
        &self,
        plugin: &str,
        capability: &str,
        input: &impl Serialize,
    ) -> Result<T, Box<Diagnostic>> {
        let bytes = self.bytes(plugin, capability, input)?;
        message::read(&bytes).or_else(|unread| self.refused(plugin, &Refusal::unread(&unread)))
    }

    fn outside<T>(&self, plugin: &str, why: Text) -> Result<T, Box<Diagnostic>> {
        self.refused(plugin, &Refusal::Answer(why))
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
    ) -> Result<Vec<Option<Scalar>>, Box<Diagnostic>> {
        let columns = arguments.columns.iter();
        let columns: Option<Vec<Column>> = columns
            .map(|(kind, cells)| column_of(*kind, cells))
            .collect();
        let tables: Option<Vec<_>> = arguments.tables.iter().map(|table| whole(table)).collect();
        let rows = u32::try_from(arguments.rows).ok();
        let (Some(columns), Some(tables), Some(rows)) = (columns, tables, rows) else {
            return Err(Box::new(too_long(plugin, function)));
        };
        let batch = Batch {
            rows,
            columns,
            tables,
        };
        let column: Column = self.ask(plugin, &format!("function/{function}"), &batch)?;
        if column.len() != arguments.rows {
            let (found, wanted) = (column.len(), arguments.rows);
            let why = say!(
                "{found} celle per {wanted} righe",
                "{found} cells for {wanted} rows"
            );
            return self.outside(plugin, why);
        }
        match scalars(&column) {
            Some(cells) => Ok(cells),
            None => self.outside(
                plugin,
                say!(
                    "una cella che non si può tenere: un denominatore nullo, un giorno fuori dal calendario",
                    "a cell that cannot be held: a denominator of zero, a day beyond the calendar"
                ),
            ),
        }
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
        let output = output.map_err(|mut fault| {
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
            return self.outside(plugin, why);
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
        let found: Vec<Finding> = self.ask(plugin, &format!("validator/{validator}"), &given)?;
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
        let cell = |row: &Vec<Option<String>>, at: usize| row.get(at).cloned().flatten();
        let columns = exported.columns.iter().enumerate().map(|(at, (name, _))| {
            let cells = exported.rows.iter().map(|row| cell(row, at)).collect();
            ((*name).to_owned(), Column::Texts(cells))
        });
        let input = ExportInput {
            name: exported.name.to_owned(),
            table: message::Table {
                name: exported.name.to_owned(),
                file: String::new(),
                columns: columns.collect(),
                lines: Vec::new(),
            },
            labels: exported
                .columns
                .iter()
                .map(|(_, label)| (*label).to_owned())
                .collect(),
        };
        let bytes = self.bytes(plugin, &format!("exporter/{exporter}"), &input)?;
        Ok((bytes, found.extension.clone()))
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
