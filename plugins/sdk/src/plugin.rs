//! A plugin as its author writes it: a name, a version, and what it can do.

use riparto_plugin_abi::message::{self, ImportOutput};
use riparto_plugin_abi::{
    Batch, Column, Description, ExportInput, Exporter, Fault, Finding, Function, ImportInput,
    Importer, Kind, MALFORMED, Parameter, REFUSED, Status, Table, UNKNOWN, Validator,
};

use crate::value::{Value, column_of, values_of};

type Batched = fn(&Batch) -> Result<Column, Box<Fault>>;
type ByRow = fn(&[Option<Value>]) -> Result<Option<Value>, Box<Fault>>;
type Import = fn(&ImportInput) -> Result<ImportOutput, Box<Fault>>;
type Validate = fn(&[Table]) -> Result<Vec<Finding>, Box<Fault>>;
type Export = fn(&ExportInput) -> Result<Vec<u8>, Box<Fault>>;

#[derive(Debug, Clone, Copy)]
enum Body {
    Batched(Batched),
    ByRow(ByRow),
    Import(Import),
    Validate(Validate),
    Export(Export),
}

/// What a plugin can do, ready to be exported.
#[derive(Debug)]
pub struct Plugin {
    description: Description,
    bodies: Vec<(String, Body)>,
}

/// A function that is still being described.
#[derive(Debug)]
pub struct FunctionDraft(Function);

/// A function with its body.
#[derive(Debug)]
pub struct ReadyFunction(Function, Body);

/// Starts to describe a function: its name, what it computes in Italian and in English.
pub fn function(name: &str, label: &str, label_en: &str) -> FunctionDraft {
    FunctionDraft(Function {
        name: name.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        takes: Vec::new(),
        reads: Vec::new(),
        gives: Kind::Number,
    })
}

impl FunctionDraft {
    /// Adds a parameter.
    pub fn takes(mut self, name: &str, kind: Kind) -> Self {
        let name = name.to_owned();
        self.0.takes.push(Parameter { name, kind });
        self
    }

    /// Reads a whole table besides, which only a function by column sees.
    pub fn reads(mut self, table: &str) -> Self {
        self.0.reads.push(table.to_owned());
        self
    }

    /// Says what type it gives; a number unless said.
    pub fn gives(mut self, kind: Kind) -> Self {
        self.0.gives = kind;
        self
    }

    /// Computes one row at a time.
    pub fn by_row(self, body: ByRow) -> ReadyFunction {
        ReadyFunction(self.0, Body::ByRow(body))
    }

    /// Computes all the rows at once: the fastest way.
    pub fn by_column(self, body: Batched) -> ReadyFunction {
        ReadyFunction(self.0, Body::Batched(body))
    }
}

impl Plugin {
    /// Starts a plugin that can do nothing yet.
    pub fn new(name: &str, version: &str) -> Self {
        Self {
            description: Description {
                name: name.to_owned(),
                version: version.to_owned(),
                ..Description::default()
            },
            bodies: Vec::new(),
        }
    }

    /// Adds a function that rules can call.
    pub fn function(mut self, function: ReadyFunction) -> Self {
        let ReadyFunction(function, body) = function;
        self.bodies
            .push((format!("function/{}", function.name), body));
        self.description.functions.push(function);
        self
    }

    /// Adds a reader of foreign files.
    pub fn importer(mut self, importer: Importer, body: Import) -> Self {
        let name = format!("importer/{}", importer.name);
        self.bodies.push((name, Body::Import(body)));
        self.description.importers.push(importer);
        self
    }

    /// Adds a judge of facts.
    pub fn validator(mut self, validator: Validator, body: Validate) -> Self {
        let name = format!("validator/{}", validator.name);
        self.bodies.push((name, Body::Validate(body)));
        self.description.validators.push(validator);
        self
    }

    /// Adds a writer of files.
    pub fn exporter(mut self, exporter: Exporter, body: Export) -> Self {
        let name = format!("exporter/{}", exporter.name);
        self.bodies.push((name, Body::Export(body)));
        self.description.exporters.push(exporter);
        self
    }

    /// Gives what it says of itself.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Calls a capability on a message, as a host does.
    pub fn call(&self, capability: &str, input: &[u8]) -> Result<Vec<u8>, (Status, Box<Fault>)> {
        let found = self.bodies.iter().find(|(name, _)| name == capability);
        let Some((_, body)) = found else {
            return Err((UNKNOWN, no_such(capability)));
        };
        match body {
            Body::Batched(body) => {
                let batch = self.batch(capability, input)?;
                written(&body(&batch).map_err(refused)?)
            }
            Body::ByRow(body) => {
                let batch = self.batch(capability, input)?;
                written(&self.row_by_row(capability, &batch, *body)?)
            }
            Body::Import(body) => written(&body(&read(input)?).map_err(refused)?),
            Body::Validate(body) => {
                let tables: Vec<Table> = read(input)?;
                written(&body(&tables).map_err(refused)?)
            }
            Body::Export(body) => body(&read(input)?).map_err(refused),
        }
    }

    /// Reads a batch and holds it to what the function takes.
    fn batch(&self, capability: &str, input: &[u8]) -> Result<Batch, (Status, Box<Fault>)> {
        let batch: Batch = read(input)?;
        let function = self.function_of(capability);
        let takes = function.map(|f| f.takes.as_slice());
        let reads = function.map_or(0, |f| f.reads.len());
        let kinds = takes.unwrap_or_default().iter().map(|p| p.kind);
        let given = batch.columns.iter().map(Column::kind);
        let rows = usize::try_from(batch.rows).unwrap_or(usize::MAX);
        let whole = batch.columns.iter().all(|column| column.len() == rows);
        if !kinds.eq(given) || !whole || batch.tables.len() != reads {
            return Err((MALFORMED, unreadable("the columns are not those it takes")));
        }
        Ok(batch)
    }

    fn function_of(&self, capability: &str) -> Option<&Function> {
        let mut functions = self.description.functions.iter();
        functions.find(|f| capability.strip_prefix("function/") == Some(&f.name))
    }

    fn row_by_row(
        &self,
        capability: &str,
        batch: &Batch,
        body: ByRow,
    ) -> Result<Column, (Status, Box<Fault>)> {
        let wide = || (MALFORMED, unreadable("a cell cannot be held exactly"));
        let columns = batch.columns.iter().map(values_of);
        let columns: Vec<_> = columns.collect::<Option<_>>().ok_or_else(wide)?;
        let mut cells: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let given = (1..=batch.rows).map(|number| {
            let row: Vec<Option<Value>> = cells.iter_mut().map(|c| c.next().flatten()).collect();
            body(&row).map_err(|mut fault| {
                fault.place.get_or_insert_default().line = number;
                refused(fault)
            })
        });
        let given = given.collect::<Result<Vec<_>, _>>()?;
        let kind = self
            .function_of(capability)
            .map_or(Kind::Number, |f| f.gives);
        column_of(kind, given).ok_or_else(|| {
            let fault = unreadable("the function gives another type than it says");
            (REFUSED, fault)
        })
    }
}

fn refused(fault: Box<Fault>) -> (Status, Box<Fault>) {
    (REFUSED, fault)
}

fn read<T: serde::de::DeserializeOwned>(input: &[u8]) -> Result<T, (Status, Box<Fault>)> {
    message::read(input).map_err(|why| (MALFORMED, unreadable(&why.to_string())))
}

fn written<T: serde::Serialize>(answer: &T) -> Result<Vec<u8>, (Status, Box<Fault>)> {
    message::write(answer).map_err(|why| (REFUSED, unreadable(&why)))
}

/// Starts the fault of a call: a stable code, what is wrong in Italian and in English.
pub fn fault(code: &str, message: &str, message_en: &str) -> Box<Fault> {
    Box::new(Fault {
        code: code.to_owned(),
        message: message.to_owned(),
        message_en: message_en.to_owned(),
        ..Fault::default()
    })
}

/// Gives the fault of a message that cannot be read.
pub fn unreadable(why: &str) -> Box<Fault> {
    Box::new(Fault {
        code: "unreadable-message".to_owned(),
        message: format!("il messaggio non si legge: {why}"),
        message_en: format!("the message cannot be read: {why}"),
        ..Fault::default()
    })
}

fn no_such(capability: &str) -> Box<Fault> {
    Box::new(Fault {
        code: "unknown-capability".to_owned(),
        message: format!("il plugin non ha `{capability}`"),
        message_en: format!("the plugin has no `{capability}`"),
        ..Fault::default()
    })
}
