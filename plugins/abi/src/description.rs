//! What a plugin says of itself: each thing that it can do, a capability.

use serde::{Deserialize, Serialize};

use crate::Kind;

/// What a plugin can do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Description {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Functions that rules call.
    #[serde(default)]
    pub functions: Vec<Function>,
    /// Readers of foreign files.
    #[serde(default)]
    pub importers: Vec<Importer>,
    /// Judges of facts.
    #[serde(default)]
    pub validators: Vec<Validator>,
    /// Writers of files.
    #[serde(default)]
    pub exporters: Vec<Exporter>,
}

/// A function: called as `function/NAME` with a [`Batch`](crate::Batch), it gives a [`Column`](crate::Column).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it computes, in Italian.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What it takes from each row.
    pub takes: Vec<Parameter>,
    /// The whole tables that it reads besides, as it calls them.
    #[serde(default)]
    pub reads: Vec<String>,
    /// What it gives.
    pub gives: Kind,
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
}

/// An importer: called as `importer/NAME` with an [`ImportInput`](crate::ImportInput), it gives an [`ImportOutput`](crate::ImportOutput).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Importer {
    /// Its name.
    pub name: String,
    /// What it reads, in Italian.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// How the names of its files end, without the dot.
    pub extensions: Vec<String>,
    /// The columns that it gives.
    pub columns: Vec<String>,
}

/// A validator: called as `validator/NAME` with a list of [`Table`](crate::Table), it gives a list of [`Finding`](crate::Finding).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validator {
    /// Its name.
    pub name: String,
    /// What it checks, in Italian.
    pub label: String,
    /// The same in English.
    pub label_en: String,
}

/// An exporter: called as `exporter/NAME` with an [`ExportInput`](crate::ExportInput), it gives the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exporter {
    /// Its name.
    pub name: String,
    /// What it writes, in Italian.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// How the name of its file ends, without the dot.
    pub extension: String,
}
