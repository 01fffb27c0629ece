//! From the text of a pack to rules that can be run: read, joined, checked, resolved.

mod folders;
pub mod raw;
mod read;
mod resolve;
#[cfg(test)]
mod tests;

pub use folders::{check_data_folder, check_regions, is_year};
pub use read::{RawMeasure, RawPack, folder_of, list_packs, read};
pub(crate) use resolve::{Acts, malformed};
pub use resolve::{National, Overrides, percent_text, resolve};

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::diag::{Diagnostics, Text};
use crate::rules::{Pack, RuleFile};
use crate::say;
use crate::script::HelperError;
use crate::source::{Source, SourceError};
use crate::terms;

/// Loads a pack: read with all that it extends, checked, resolved.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`]. What is wrong with the pack is in the
/// diagnostics; there is a pack only when none of them is an error.
pub fn load(
    source: &dyn Source,
    id: &str,
    overrides: &Overrides,
) -> Result<(Option<Pack>, Diagnostics), SourceError> {
    let (opened, faults) = open(source, id)?;
    Ok(match opened {
        Some(opened) => opened.resolve(overrides),
        None => (None, faults),
    })
}

/// A pack whose text is read: it resolves as often as other values are tried on it.
pub struct Opened<'s> {
    source: &'s dyn Source,
    raw: RawPack,
    found: Diagnostics,
    national: National,
    national_files: Vec<RuleFile>,
    helpers: RefCell<BTreeMap<String, Option<Vec<u8>>>>,
}

/// Reads the text of a pack with all that it extends; it is none where the text cannot be read as
/// one.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`].
pub fn open<'s>(
    source: &'s dyn Source,
    id: &str,
) -> Result<(Option<Opened<'s>>, Diagnostics), SourceError> {
    let (raw, mut found) = read(source, id)?;
    let Some(raw) = raw else {
        return Ok((None, found));
    };
    found.extend(folders::check_pack_folder(source, id)?);
    let (national, national_files) = national(source, &raw, &mut found)?;
    let opened = Opened {
        source,
        raw,
        found,
        national,
        national_files,
        helpers: RefCell::default(),
    };
    Ok((Some(opened), Diagnostics::new()))
}

impl Opened<'_> {
    /// Checks and resolves the pack with these values; there is a pack only when no diagnostic is
    /// an error.
    pub fn resolve(&self, overrides: &Overrides) -> (Option<Pack>, Diagnostics) {
        let helper = |path: &str| -> Result<Option<String>, HelperError> {
            let Some(bytes) = self.helper(path)? else {
                return Ok(None);
            };
            let text = raw::decode(path, &bytes).map(str::to_owned);
            text.map(Some).map_err(HelperError::Refused)
        };
        let mut faults = self.found.clone();
        let region = self.raw.id.split('/').next().unwrap_or_default();
        let (national, natives) = (self.national.clone(), self.source.natives(region));
        let (pack, found) = resolve(&self.raw, &helper, overrides, national, natives);
        faults.extend(found);
        let pack = pack.filter(|_| !faults.has_errors()).map(|mut pack| {
            pack.files.extend(self.helpers_read());
            pack.files.extend(self.national_files.iter().cloned());
            pack.files.sort();
            pack.files.dedup();
            pack
        });
        (pack, faults)
    }

    /// Gives the bytes of a helper script, read the first time that it is asked for.
    fn helper(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        if let Some(read) = self.helpers.borrow().get(path) {
            return Ok(read.clone());
        }
        let bytes = self.source.read(path)?;
        let mut helpers = self.helpers.borrow_mut();
        helpers.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn helpers_read(&self) -> Vec<RuleFile> {
        let helpers = self.helpers.borrow();
        let read = helpers.iter().filter_map(|(path, bytes)| {
            Some(RuleFile {
                path: path.clone(),
                bytes: bytes.clone()?,
            })
        });
        read.collect()
    }
}

/// Loads the national rules that the times of a pack are read with: those that it needs, no more.
fn national(
    source: &dyn Source,
    raw: &RawPack,
    faults: &mut Diagnostics,
) -> Result<(National, Vec<RuleFile>), SourceError> {
    let nodes = || raw.measures.values().map(|measure| &measure.node);
    let extended = |node: &raw::Node| {
        let windows = node.get("window").map(raw::Node::entries);
        let mut windows = windows.unwrap_or_default().iter();
        windows.any(|window| window.node.get("extended").is_some())
    };
    if nodes().any(|node| node.get("term").or(node.get("office")).is_some()) {
        let (law, found) = terms::load(source)?;
        faults.extend(found);
        let words = law.as_ref().map(|law| law.words.clone());
        let files = terms::rule_files(source, &terms::FILES)?;
        return Ok((National { law, words }, files));
    }
    if nodes().any(|node| node.get("prose").is_some() || extended(node)) {
        let (words, found) = terms::load_words(source)?;
        faults.extend(found);
        let files = terms::rule_files(source, &[terms::WORDS])?;
        return Ok((National { law: None, words }, files));
    }
    Ok((National::default(), Vec::new()))
}

/// Gives the "did you mean" of a name among the known ones, when one is close enough.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<Text> {
    let closest = known
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .min_by_key(|(distance, candidate)| (*distance, candidate.to_owned()))?;
    let (distance, candidate) = closest;
    let close = distance <= 1 + name.chars().count() / 4;
    close.then(|| say!("forse `{candidate}`?", "did you mean `{candidate}`?"))
}
