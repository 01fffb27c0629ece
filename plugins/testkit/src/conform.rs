//! Calls each capability as a host would, and lists what breaks the contract.

use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::message::{self, ImportInput, ImportOutput};
use riparto_plugin_abi::{
    Batch, Column, Description, Exporter, Finding, Function, Importer, Table, Validator,
};
use riparto_plugin_host::{Host, Refusal};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::generate::{Numbers, Range, batch, cell, single};
use crate::tables::{Types, columns_of, list, table, text_file};
use crate::{Stage, names};

/// How the contract is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The capability, such as `function/media`; `describe` for what the plugin says of itself.
    pub capability: String,
    /// What it did.
    pub refusal: Refusal,
}

/// The rows of a batch.
const ROWS: u32 = 40;

/// Calls everything that a plugin says it can do; gives what it said, and its breaches.
///
/// # Errors
/// The plugin cannot be started at all.
pub fn conform(stage: &Stage) -> Result<(Description, Vec<Breach>), Refusal> {
    let host = stage.host()?;
    let description = host.describe(stage.name())?;
    let mut kit = Kit {
        stage,
        host,
        other: stage.host()?,
        columns: columns_of(&description),
        breaches: Vec::new(),
        numbers: Numbers::from_seed(65),
    };
    for why in names::faults(&description) {
        kit.wrong("describe", why);
    }
    for function in &description.functions {
        kit.function(function);
    }
    for importer in &description.importers {
        kit.importer(importer);
    }
    for validator in &description.validators {
        kit.validator(validator);
    }
    for exporter in &description.exporters {
        kit.exporter(exporter);
    }
    Ok((description, kit.breaches))
}

struct Kit<'s> {
    stage: &'s Stage,
    host: Host,
    /// The same plugin in a process that was asked less.
    other: Host,
    /// The names that the plugin knows columns by.
    columns: Vec<String>,
    breaches: Vec<Breach>,
    numbers: Numbers,
}

impl Kit<'_> {
    fn breach(&mut self, capability: &str, refusal: Refusal) {
        self.breaches.push(Breach {
            capability: capability.to_owned(),
            refusal,
        });
    }

    fn wrong(&mut self, capability: &str, why: Text) {
        self.breach(capability, Refusal::Answer(why));
    }

    fn function(&mut self, function: &Function) {
        let capability = format!("function/{}", function.name);
        let before = self.breaches.len();
        for range in Range::EVERY {
            let mut given = batch(function, ROWS, range, &mut self.numbers);
            if function.reads.is_empty() {
                self.by_row(&capability, &given, function);
            } else {
                // What it gives for a row may depend on the others.
                for types in Types::every() {
                    given.tables = self.tables(&function.reads, types, range);
                    self.steady(&capability, &given, function);
                }
            }
            if self.breaches.len() > before {
                return;
            }
        }
        let nothing = Batch {
            tables: self.tables(&function.reads, Types::InTurn(0), Range::Ordinary),
            ..batch(function, 0, Range::Ordinary, &mut self.numbers)
        };
        self.column(&capability, &nothing, function);
        self.no_crash_on_noise(&capability);
    }

    /// A row gives the same alone as among others.
    fn by_row(&mut self, capability: &str, given: &Batch, function: &Function) {
        let Some(column) = self.steady(capability, given, function) else {
            return;
        };
        for row in 0..given.columns.first().map_or(0, Column::len).min(5) {
            let one = self.column(capability, &single(given, row), function);
            if one.as_ref().map(values) != Some(values(&cell(&column, row))) {
                let why = say!(
                    "la riga {row} da sola dà un'altra risposta",
                    "row {row} alone gives another answer"
                );
                self.wrong(capability, why);
                return;
            }
        }
    }

    /// Another process gives the same.
    fn steady(&mut self, capability: &str, given: &Batch, function: &Function) -> Option<Column> {
        let column = self.column(capability, given, function)?;
        if self.on_another_process(capability, given) != Some(column.clone()) {
            self.breach(capability, Refusal::Unsteady);
        }
        Some(column)
    }

    fn importer(&mut self, importer: &Importer) {
        let capability = format!("importer/{}", importer.name);
        let mut files = self.strange_bytes();
        for separator in [",", ";"] {
            let columns = &importer.columns;
            files.push(text_file(columns, separator, ROWS, &mut self.numbers));
        }
        for bytes in files {
            let input = ImportInput {
                file: format!("file.{}", importer.extensions.first().map_or("txt", |e| e)),
                table: "table".to_owned(),
                columns: importer.columns.clone(),
                bytes,
            };
            let Some(output) = self.answer::<ImportOutput>(&capability, &input) else {
                continue;
            };
            let width = output.columns.len();
            if output.rows.iter().any(|row| row.cells.len() != width) {
                let why = say!(
                    "una riga che ha più o meno celle delle colonne",
                    "a row with more or fewer cells than columns"
                );
                self.wrong(&capability, why);
                return;
            }
        }
        self.no_crash_on_noise(&capability);
    }

    fn validator(&mut self, validator: &Validator) {
        let capability = format!("validator/{}", validator.name);
        let names = ["prima", "seconda"].map(str::to_owned);
        let before = self.breaches.len();
        self.answer::<Vec<Finding>>(&capability, &Vec::<Table>::new());
        for range in Range::EVERY {
            for types in Types::every() {
                let tables = self.tables(&names, types, range);
                self.answer::<Vec<Finding>>(&capability, &tables);
                if self.breaches.len() > before {
                    return;
                }
            }
        }
        self.no_crash_on_noise(&capability);
    }

    fn exporter(&mut self, exporter: &Exporter) {
        let capability = format!("exporter/{}", exporter.name);
        let names = ["elenco".to_owned()];
        let before = self.breaches.len();
        let none = Table {
            name: "elenco".to_owned(),
            file: String::new(),
            columns: Vec::new(),
            lines: Vec::new(),
        };
        self.same_twice(&capability, &list(none));
        for range in Range::EVERY {
            for types in Types::every() {
                for table in self.tables(&names, types, range) {
                    self.same_twice(&capability, &list(table));
                }
                if self.breaches.len() > before {
                    return;
                }
            }
        }
        self.no_crash_on_noise(&capability);
    }

    fn tables(&mut self, names: &[String], types: Types, range: Range) -> Vec<Table> {
        let (columns, numbers) = (&self.columns, &mut self.numbers);
        let tables = names.iter();
        let tables = tables.map(|name| table(name, columns, types, ROWS, range, numbers));
        tables.collect()
    }

    /// Asks twice, and reads the answer as what it should be.
    fn answer<T: DeserializeOwned>(
        &mut self,
        capability: &str,
        input: &impl Serialize,
    ) -> Option<T> {
        let bytes = self.same_twice(capability, input)?;
        self.read(capability, &bytes)
    }

    fn read<T: DeserializeOwned>(&mut self, capability: &str, bytes: &[u8]) -> Option<T> {
        let read = message::read(bytes);
        read.map_err(|unread| self.breach(capability, Refusal::unread(&unread)))
            .ok()
    }

    /// Asks twice, and holds the answer to what the function says it gives.
    fn column(&mut self, capability: &str, given: &Batch, function: &Function) -> Option<Column> {
        let bytes = self.same_twice(capability, given)?;
        // Counted before it is read: a few bytes may stand for a great many cells.
        let counted = message::cells_of(&bytes);
        if let Ok(gives) = counted
            && gives as u64 != u64::from(given.rows)
        {
            let rows = given.rows;
            let why = say!(
                "{gives} celle per {rows} righe",
                "{gives} cells for {rows} rows"
            );
            self.wrong(capability, why);
            return None;
        }
        let column: Column = self.read(capability, &bytes)?;
        if column.kind() != function.gives {
            let (gives, says) = (column.kind(), function.gives);
            let why = say!(
                "dà il tipo `{gives}` e dice `{says}`",
                "it gives the type `{gives}` and says `{says}`"
            );
            self.wrong(capability, why);
            return None;
        }
        if values(&column).is_none() {
            let why = say!(
                "un numero non si può tenere: ha denominatore zero?",
                "a number cannot be held: a denominator of zero?"
            );
            self.wrong(capability, why);
            return None;
        }
        Some(column)
    }

    /// Calls, and calls again what is refused; a crash or a difference is a breach, a refusal is
    /// the plugin's right.
    fn same_twice(&mut self, capability: &str, input: &impl Serialize) -> Option<Vec<u8>> {
        let input = message::write(input).unwrap_or_default();
        let call = || self.host.call(self.stage.name(), capability, &input);
        let breach = match call() {
            Ok(answer) => return Some(answer),
            Err(Refusal::Refused(first)) => match call() {
                Err(Refusal::Refused(second)) if first == second => return None,
                Ok(_) | Err(Refusal::Refused(_)) => Refusal::Unsteady,
                Err(refusal) => refusal,
            },
            Err(refusal) => refusal,
        };
        self.breach(capability, breach);
        None
    }

    fn on_another_process(&mut self, capability: &str, given: &Batch) -> Option<Column> {
        let input = message::write(given).ok()?;
        let answer = self.other.call(self.stage.name(), capability, &input);
        let bytes = answer.ok()?;
        message::read(&bytes).ok()
    }

    fn no_crash_on_noise(&mut self, capability: &str) {
        for bytes in self.strange_bytes() {
            let answer = self.host.call(self.stage.name(), capability, &bytes);
            if let Err(refusal) = answer
                && !matches!(refusal, Refusal::Refused(_))
            {
                self.breach(capability, refusal);
            }
        }
    }

    fn strange_bytes(&mut self) -> Vec<Vec<u8>> {
        let lengths = [0, 1, 7, 64, 1000, 70_000];
        lengths.iter().map(|len| self.numbers.bytes(*len)).collect()
    }
}

/// Two columns hold the same when their values are equal, however they are written.
fn values(column: &Column) -> Option<Vec<Option<riparto_plugin::Value>>> {
    riparto_plugin::values_of(column)
}
