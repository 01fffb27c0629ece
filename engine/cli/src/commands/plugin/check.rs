//! `plugin check`: starts each plugin of a Region and holds it to the contract.

use riparto_core::diag::Diagnostics;
use riparto_core::say;
use riparto_plugin_abi::Description;
use riparto_plugin_host::{Locked, this_machine};
use riparto_plugin_testkit::{Breach, Stage, conform};
use serde_json::json;

use super::{opened, worker_program};
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{listed, print};

/// Checks the plugins of a Region, or of all: whether they may run, and what they do when they do.
pub fn check(host: &Host, region: Option<&str>) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let (all, mut faults) = opened(host, region)?;
    let mut kept = Vec::new();
    for (region, plugins) in &all {
        for locked in plugins.locked() {
            if !is_due(plugins.locked(), locked) {
                continue;
            }
            let name = &locked.name;
            let tried = plugins.checked(name).and_then(|(bytes, _, locked)| {
                let stage = Stage::of_bytes(&bytes, locked.limits(), worker_program())?;
                conform(&stage)
            });
            match tried {
                Ok((description, breaches)) if breaches.is_empty() => {
                    kept.push((region.clone(), description));
                }
                Ok((_, breaches)) => faults.extend(told(name, region, &breaches)),
                Err(refusal) => faults.push(refusal.diagnostic(name, region)),
            }
        }
    }
    if host.format == Format::Json {
        let all = kept
            .iter()
            .map(|(region, description)| json!({ "region": region, "plugin": description }));
        return listed(host, "plugins", all.collect(), faults);
    }
    for (region, description) in &kept {
        print(&format!("{}\n", host.say(&summary(region, description))))?;
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Failure::Refused(faults)),
    }
}

/// Whether a plugin is to be tried as this entry has it: for this machine, or, where it was locked
/// for other machines only, to say so.
fn is_due(locked: &[Locked], plugin: &Locked) -> bool {
    let here = this_machine();
    let mut named = locked.iter().filter(|known| known.name == plugin.name);
    plugin.target == here || named.all(|known| known.target != here)
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
