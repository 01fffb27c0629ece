//! The receipt of a run: SHA-256 of every rule file, every file of facts and the result, so that
//! anyone can tell later whether the same things went in and came out.

use std::collections::BTreeMap;

use riparto_core::pack::Overrides;
use riparto_core::rules::Pack;
use serde::Serialize;

use crate::digest::sha256_hex;
use crate::facts::Files;

/// What went into a run and what came out, by hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The program and its version.
    pub engine: String,
    /// `regione/2024`.
    pub pack: String,
    /// The packs that it is made from.
    pub lineage: Vec<String>,
    /// The day as of which the rules were read.
    pub as_of: String,
    /// Values given for this run in place of the pack's.
    pub given: Given,
    /// SHA-256 of each rule file, by logical path.
    pub rules: BTreeMap<String, String>,
    /// SHA-256 of each file of facts: by table, or, of a foreign one, by its own name.
    pub data: BTreeMap<String, String>,
    /// SHA-256 of each native plugin that was started, by name; left out where none was.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub plugins: BTreeMap<String, String>,
    /// SHA-256 of the result as JSON, this receipt left out.
    pub outcome: String,
}

/// Values given for one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Amounts of funds.
    pub funds: BTreeMap<String, String>,
    /// Parameters.
    pub params: BTreeMap<String, String>,
}

impl Receipt {
    /// Makes the receipt of a run.
    ///
    /// # Shape
    /// `outcome` is the result as it is published, without a receipt.
    pub fn new(
        pack: &Pack,
        as_of: &str,
        overrides: &Overrides,
        files: &Files,
        plugins: BTreeMap<String, String>,
        outcome: &[u8],
    ) -> Self {
        let tables = pack.tables().into_iter();
        let read = tables.filter_map(|table| {
            let (_, bytes) = files.of(&table.name)?;
            let name = match (&table.import, files.own.contains_key(&table.name)) {
                (Some(import), false) => &import.file,
                _ => &table.name,
            };
            Some((name.clone(), sha256_hex(bytes)))
        });
        Self {
            engine: concat!("riparto ", env!("CARGO_PKG_VERSION")).to_owned(),
            pack: pack.id.clone(),
            lineage: pack.lineage.clone(),
            as_of: as_of.to_owned(),
            given: Given {
                funds: overrides.funds.clone(),
                params: overrides.params.clone(),
            },
            rules: pack
                .files
                .iter()
                .map(|f| (f.path.clone(), sha256_hex(&f.bytes)))
                .collect(),
            data: read.collect(),
            plugins,
            outcome: sha256_hex(outcome),
        }
    }
}
