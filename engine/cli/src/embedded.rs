//! The packs inside the binary, so that it runs alone.

use std::collections::BTreeSet;

use riparto_core::source::{Source, SourceError};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../rules"]
#[prefix = "rules/"]
struct Rules;

#[derive(RustEmbed)]
#[folder = "../../regions"]
#[prefix = "regions/"]
struct Regions;

/// The rule files and facts that were there when the binary was built.
#[derive(Debug, Clone, Copy)]
pub struct Embedded;

impl Source for Embedded {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let file = Rules::get(path).or_else(|| Regions::get(path));
        Ok(file.map(|file| file.data.into_owned()))
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        let prefix = format!("{folder}/");
        let all = Rules::iter().chain(Regions::iter());
        let below = all.filter_map(|path| path.strip_prefix(&prefix).map(str::to_owned));
        Ok(below
            .filter_map(|path| path.split('/').next().map(str::to_owned))
            .collect())
    }
}
