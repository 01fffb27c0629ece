//! Packs with the native plugins of their Regions: what the core sees of this machine.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use riparto_core::native::{Natives, NoNatives};
use riparto_core::source::{Source, SourceError};
use riparto_plugin_host::{Host as Plugins, RegionPlugins};

use crate::commands::plugin::worker_program;

/// The packs of a source; the plugins are those of the folder that it reads from.
pub struct World {
    packs: Box<dyn Source>,
    root: Option<PathBuf>,
    plugins: RefCell<BTreeMap<String, Arc<dyn Natives>>>,
}

impl World {
    /// Puts the plugins of a folder beside its packs; packs inside the program have none.
    pub fn new(packs: Box<dyn Source>, root: Option<PathBuf>) -> Self {
        Self {
            packs,
            root,
            plugins: RefCell::default(),
        }
    }
}

impl Source for World {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.packs.read(path)
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        self.packs.list(folder)
    }

    fn natives(&self, region: &str) -> Arc<dyn Natives> {
        let Some(root) = &self.root else {
            return Arc::new(NoNatives);
        };
        let mut plugins = self.plugins.borrow_mut();
        let of_region = plugins.entry(region.to_owned()).or_insert_with(|| {
            let folder = root.join("regions").join(region);
            let opened = Plugins::open(&folder, worker_program());
            Arc::new(RegionPlugins::new(region, opened))
        });
        Arc::clone(of_region)
    }
}
