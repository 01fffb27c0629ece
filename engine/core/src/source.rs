//! The one door through which the core sees files.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::native::{Natives, NoNatives};

/// Files by logical path, such as `regions/regione/2024/pack.toml`.
///
/// A path uses `/`, never starts with it and never holds `..`. Hosts implement this over a folder,
/// over the files embedded in the binary, over a map in a test. A host reads each file once for a
/// run, so that the bytes that were judged are the bytes in the receipt.
pub trait Source {
    /// Gives the bytes of a file, or nothing when there is no such file.
    ///
    /// # Errors
    /// The file is there but cannot be read → [`SourceError`].
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError>;

    /// Gives the names (not the paths) of what stands directly in a folder, files and folders
    /// alike, sorted. A folder that is not there, or a file, has none.
    ///
    /// # Errors
    /// The folder is there but cannot be listed → [`SourceError`].
    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError>;

    /// Gives the native plugins of a Region, by the name of its folder; none unless a host loads
    /// some.
    fn natives(&self, _region: &str) -> Arc<dyn Natives> {
        Arc::new(NoNatives)
    }
}

/// A file or folder that is there but cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` cannot be read")]
pub struct SourceError {
    /// The logical path.
    pub path: String,
    /// What the host said.
    #[source]
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}
