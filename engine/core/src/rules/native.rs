//! What native plugins do around the rules: judge the facts, write the lists.

use std::sync::Arc;

use super::Source;
use crate::diag::{Place, Text};
use crate::native::Natives;

/// One thing that a native plugin can do.
#[derive(Debug, Clone)]
pub struct Capability {
    /// The plugins of the Region.
    pub natives: Arc<dyn Natives>,
    /// The plugin.
    pub plugin: String,
    /// What it calls that thing.
    pub name: String,
    /// Where the pack names it.
    pub place: Place,
}

/// A judgement of the facts.
#[derive(Debug)]
pub struct Validator {
    /// Its name.
    pub id: String,
    /// What it judges.
    pub label: Text,
    /// Who judges.
    pub native: Capability,
    /// The tables that it looks at, in its order.
    pub tables: Vec<String>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// A file written from a list.
#[derive(Debug)]
pub struct Export {
    /// Its name, which the file bears.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// Who writes it.
    pub native: Capability,
    /// The list whose rows it holds.
    pub register: String,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}
