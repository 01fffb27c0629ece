//! Calls each capability as a host would, and lists what breaks the contract.

use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::message::{self, ExportInput, ImportInput};
use riparto_plugin_abi::{Batch, Column, Description, Function, Table};
use riparto_plugin_host::{Host, Refusal};

use crate::Stage;
use crate::generate::{Numbers, Range, batch, cell, single};

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
        breaches: Vec::new(),
        numbers: Numbers::from_seed(65),
    };
    kit.names_are_unique(&description);
    for function in &description.functions {
        kit.function(function);
    }
    for importer in &description.importers {
        let capability = format!("importer/{}", importer.name);
        let file = format!("file.{}", importer.extensions.first().map_or("txt", |e| e));
        for bytes in kit.strange_bytes() {
            let input = ImportInput {
                file: file.clone(),
                table: "table".to_owned(),
                columns: importer.columns.clone(),
                bytes,
            };
            kit.same_twice(&capability, &message::write(&input).unwrap_or_default());
        }
        kit.no_crash_on_noise(&capability);
    }
    for validator in &description.validators {
        let capability = format!("validator/{}", validator.name);
        let none: &[Table] = &[];
        kit.same_twice(&capability, &message::write(&none).unwrap_or_default());
        kit.no_crash_on_noise(&capability);
    }
    for exporter in &description.exporters {
        let capability = format!("exporter/{}", exporter.name);
        let input = ExportInput {
            name: "nothing".to_owned(),
            table: Table {
                name: "nothing".to_owned(),
                file: String::new(),
                columns: Vec::new(),
                lines: Vec::new(),
            },
            labels: Vec::new(),
        };
        kit.same_twice(&capability, &message::write(&input).unwrap_or_default());
        kit.no_crash_on_noise(&capability);
    }
    Ok((description, kit.breaches))
}

struct Kit<'s> {
    stage: &'s Stage,
    host: Host,
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

    fn names_are_unique(&mut self, description: &Description) {
        let functions = description.functions.iter().map(|f| &f.name);
        let importers = description.importers.iter().map(|f| &f.name);
        let mut names: Vec<&String> = functions.chain(importers).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        if names.len() != count {
            let why = say!(
                "due capacità hanno lo stesso nome",
                "two capabilities have one name"
            );
            self.wrong("describe", why);
        }
    }

    fn function(&mut self, function: &Function) {
        let capability = format!("function/{}", function.name);
        let before = self.breaches.len();
        for range in [Range::Ordinary, Range::Extreme] {
            let given = batch(function, ROWS, range, &mut self.numbers);
            let column = self.column(&capability, &given, function);
            if self.breaches.len() > before {
                return;
            }
            let Some(column) = column else {
                continue;
            };
            if self.on_another_process(&capability, &given) != Some(column.clone()) {
                self.breach(&capability, Refusal::Unsteady);
            }
            if !function.reads.is_empty() {
                // What it gives for a row may depend on the others.
                continue;
            }
            for row in 0..given.columns.first().map_or(0, Column::len).min(5) {
                let one = self.column(&capability, &single(&given, row), function);
                if one.as_ref().map(values) != Some(values(&cell(&column, row))) {
                    let why = say!(
                        "la riga {row} da sola dà un'altra risposta",
                        "row {row} alone gives another answer"
                    );
                    self.wrong(&capability, why);
                    break;
                }
            }
        }
        let nothing = batch(function, 0, Range::Ordinary, &mut self.numbers);
        self.column(&capability, &nothing, function);
        self.no_crash_on_noise(&capability);
    }

    /// Asks twice, and holds the answer to what the function says it gives.
    fn column(&mut self, capability: &str, given: &Batch, function: &Function) -> Option<Column> {
        let input = message::write(given).unwrap_or_default();
        let bytes = self.same_twice(capability, &input)?;
        let column: Column = match message::read(&bytes) {
            Ok(column) => column,
            Err(unread) => {
                self.breach(capability, Refusal::unread(&unread));
                return None;
            }
        };
        if column.len() as u64 != u64::from(given.rows) {
            let (gives, rows) = (column.len(), given.rows);
            let why = say!(
                "{gives} celle per {rows} righe",
                "{gives} cells for {rows} rows"
            );
            self.wrong(capability, why);
            return None;
        }
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
    fn same_twice(&mut self, capability: &str, input: &[u8]) -> Option<Vec<u8>> {
        let call = || self.host.call(self.stage.name(), capability, input);
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
        let host = self.stage.host().ok()?;
        let bytes = host.call(self.stage.name(), capability, &input).ok()?;
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
