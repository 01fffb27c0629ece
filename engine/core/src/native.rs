//! What native plugins do for rules. The core loads none: a host gives them through the source.

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::diag::{Code, Diagnostic};
use crate::model::Table;
use crate::rules::Scalar;
use crate::say;

/// The type of what goes into a native function, or comes out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NativeKind {
    /// An exact number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Bool,
    /// A day.
    Date,
}

/// What a native function takes and gives, so that rules are typed before any fact is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name and the type of each parameter.
    pub takes: Vec<(String, NativeKind)>,
    /// The whole tables that it reads besides, as it calls them.
    pub reads: Vec<String>,
    /// What it gives.
    pub gives: NativeKind,
}

/// The arguments of a native function, for all the rows of a table at once.
#[derive(Debug)]
pub struct Arguments<'a> {
    /// How many rows.
    pub rows: usize,
    /// A column per parameter: its type, then a cell per row, none where the datum is missing.
    pub columns: Vec<(NativeKind, Vec<Option<Scalar>>)>,
    /// The whole tables that it reads.
    pub tables: Vec<&'a Table>,
}

/// A foreign file that a native importer reads.
#[derive(Debug)]
pub struct ForeignFile<'a> {
    /// Its path, as diagnostics name it.
    pub path: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
    /// The table that is wanted.
    pub table: &'a str,
    /// The columns that the table declares.
    pub columns: Vec<&'a str>,
}

/// What an importer gives: cells as they would stand in a CSV file with a decimal point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The columns.
    pub columns: Vec<String>,
    /// The rows: the line that each was read from, then a cell per column.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// What an exporter turns into the bytes of a file.
#[derive(Debug)]
pub struct Exported<'a> {
    /// The list, as the pack calls it.
    pub name: &'a str,
    /// The name and the label of each column.
    pub columns: Vec<(&'a str, &'a str)>,
    /// The file that its rows were read from.
    pub file: &'a str,
    /// The rows: a value per column, none where the datum is missing.
    pub rows: Vec<Vec<Option<&'a Scalar>>>,
    /// The line of the file that each row was read from.
    pub lines: &'a [usize],
}

/// Why a function gives no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFault {
    /// The row that it stopped at, from zero, where it is one row's doing.
    pub row: Option<usize>,
    /// What is wrong, and what to do about it; without a place.
    pub diagnostic: Box<Diagnostic>,
}

impl From<Box<Diagnostic>> for CallFault {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        let row = None;
        Self { row, diagnostic }
    }
}

/// The native plugins of one Region.
///
/// The same arguments give the same answer; an error is a diagnostic that says what to do about
/// it, without a place: who asks knows which rule asked. What a host does not play is refused as a
/// plugin that is not there.
pub trait Natives: Debug + Send + Sync {
    /// Gives the SHA-256 of each plugin that was asked for anything, by name.
    fn used(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// Says what a function takes and gives.
    ///
    /// # Errors
    /// The plugin is not there, may not run, or has no such function.
    fn signature(&self, plugin: &str, _function: &str) -> Result<Signature, Box<Diagnostic>> {
        absent(plugin)
    }

    /// Calls a function on all the rows; gives a cell per row, none where it has no value.
    ///
    /// # Errors
    /// The plugin refuses, crashes, hangs or answers outside its contract.
    fn call(
        &self,
        plugin: &str,
        _function: &str,
        _arguments: &Arguments<'_>,
    ) -> Result<Vec<Option<Scalar>>, CallFault> {
        Ok(absent(plugin)?)
    }

    /// Reads a foreign file.
    ///
    /// # Errors
    /// As for [`Natives::call`].
    fn import(
        &self,
        plugin: &str,
        _importer: &str,
        _file: &ForeignFile<'_>,
    ) -> Result<Imported, Box<Diagnostic>> {
        absent(plugin)
    }

    /// Judges tables of facts.
    ///
    /// # Errors
    /// As for [`Natives::call`]; what it found in the facts is not an error of the call.
    fn validate(
        &self,
        plugin: &str,
        _validator: &str,
        _tables: &[&Table],
    ) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        absent(plugin)
    }

    /// Writes a file; gives its bytes, and how its name ends.
    ///
    /// # Errors
    /// As for [`Natives::call`].
    fn export(
        &self,
        plugin: &str,
        _exporter: &str,
        _exported: &Exported<'_>,
    ) -> Result<(Vec<u8>, String), Box<Diagnostic>> {
        absent(plugin)
    }
}

/// No plugin at all: what a source has that no host gave any.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNatives;

impl Natives for NoNatives {}

fn absent<T>(plugin: &str) -> Result<T, Box<Diagnostic>> {
    let fault = Diagnostic::error(
        Code::PluginMissing,
        say!(
            "il plugin `{plugin}` non c'è: qui non se ne caricano",
            "the plugin `{plugin}` is not there: none is loaded here"
        ),
    );
    Err(Box::new(fault.help(say!(
        "eseguire il pacchetto da una cartella su disco, con i plugin della Regione",
        "run the pack from a folder on disk, with the plugins of its Region"
    ))))
}
