//! `plugin check`: starts each plugin of a Region and holds it to the contract.

use riparto_core::diag::Diagnostics;
use riparto_core::say;
use riparto_plugin_abi::Description;
use riparto_plugin_host::{Host as Plugins, plugin_folder};
use riparto_plugin_testkit::{Breach, Stage, conform};
use serde_json::json;

use super::{region_folder, regions, worker_program};
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;

/// Checks the plugins of a Region, or of all: whether they may run, and what they do when they do.
pub fn check(host: &Host, region: Option<&str>) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let mut faults = Diagnostics::new();
    let mut kept = Vec::new();
    for region in regions(host, region)? {
        let folder = region_folder(host, &region)?;
        let plugins = Plugins::open(&folder, worker_program())
            .map_err(|refusal| Failure::Refused(refusal.diagnostic("", &region).into()))?;
        for locked in plugins.locked() {
            let name = &locked.name;
            let tried = plugins.checked(name).and_then(|(_, _, locked)| {
                let library = plugin_folder(&folder).join(&locked.file);
                let stage = Stage::new(&library, worker_program(), locked.limits())?;
                conform(&stage)
            });
            match tried {
                Ok((description, breaches)) if breaches.is_empty() => {
                    kept.push((region.clone(), description));
                }
                Ok((_, breaches)) => faults.extend(told(name, &region, &breaches)),
                Err(refusal) => faults.push(refusal.diagnostic(name, &region)),
            }
        }
    }
    if host.format == Format::Json && !faults.has_errors() {
        let all = kept
            .iter()
            .map(|(region, description)| json!({ "region": region, "plugin": description }));
        let all: Vec<_> = all.collect();
        print(&riparto_io::report::json::text(&json!({ "plugins": all })))?;
    } else if host.format == Format::Text {
        for (region, description) in &kept {
            print(&format!("{}\n", host.say(&summary(region, description))))?;
        }
    }
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    Ok(())
}

fn told(plugin: &str, region: &str, breaches: &[Breach]) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for Breach {
        capability,
        refusal,
    } in breaches
    {
        let mut fault = refusal.diagnostic(plugin, region);
        let said = fault.message.clone();
        fault.message = say!("`{capability}`: {said}", "`{capability}`: {said}"; said = said);
        faults.push(fault);
    }
    faults
}

fn summary(region: &str, description: &Description) -> riparto_core::diag::Text {
    let Description { name, version, .. } = description;
    let functions = description.functions.len();
    let importers = description.importers.len();
    let validators = description.validators.len();
    let exporters = description.exporters.len();
    say!(
        "{region}: `{name}` {version} rispetta il contratto: {functions} funzioni, {importers} lettori, {validators} controlli, {exporters} scrittori",
        "{region}: `{name}` {version} keeps the contract: {functions} functions, {importers} importers, {validators} validators, {exporters} exporters"
    )
}
