//! `plugin`: which plugins a Region lets run, whether they may, whether they keep the contract.

mod check;
mod list;
mod lock;
mod worker;

use std::path::PathBuf;

use riparto_core::diag::Diagnostics;
use riparto_core::say;
use riparto_plugin_host::{Host as Plugins, WorkerProgram};

pub use check::check;
pub use list::list;
pub use lock::lock;
pub use worker::{WORKER, serve};

use crate::exit::Failure;
use crate::host::Host;

/// Gives the folder of a Region on disk, by its plain name; packs inside the program have no
/// plugins.
fn region_folder(host: &Host, region: &str) -> Result<PathBuf, Failure> {
    let folder = host.root.as_ref();
    let folder = folder.map(|root| root.join("regions").join(region));
    match folder {
        Some(folder)
            if host.source.list("regions")?.contains(region)
                && folder.join("region.toml").is_file() =>
        {
            Ok(folder)
        }
        _ => Err(Failure::argument(
            say!(
                "non c'è una Regione `{region}` su disco",
                "there is no Region `{region}` on disk"
            ),
            say!(
                "scrivere il nome di una cartella di `regions/`; i plugin stanno lì, in `plugins/`",
                "write the name of a folder of `regions/`; the plugins are there, in `plugins/`"
            ),
        )),
    }
}

/// Gives the Regions to speak of: the one that is named, or all on disk.
fn regions(host: &Host, named: Option<&str>) -> Result<Vec<String>, Failure> {
    if let Some(region) = named {
        region_folder(host, region)?;
        return Ok(vec![region.to_owned()]);
    }
    let all = host.source.list("regions")?.into_iter();
    Ok(all
        .filter(|name| region_folder(host, name).is_ok())
        .collect())
}

/// Opens the plugins of Regions; those of a Region whose lock file cannot be read are a fault.
fn opened(
    host: &Host,
    named: Option<&str>,
) -> Result<(Vec<(String, Plugins)>, Diagnostics), Failure> {
    let mut all = Vec::new();
    let mut faults = Diagnostics::new();
    for region in regions(host, named)? {
        match Plugins::open(&region_folder(host, &region)?, worker_program()) {
            Ok(plugins) => all.push((region, plugins)),
            Err(refusal) => faults.push(refusal.diagnostic("", &region)),
        }
    }
    Ok((all, faults))
}

/// Gives how to start the process that contains a plugin: this program itself.
pub fn worker_program() -> WorkerProgram {
    WorkerProgram {
        path: std::env::current_exe().unwrap_or_default(),
        arguments: vec![WORKER.to_owned()],
    }
}
