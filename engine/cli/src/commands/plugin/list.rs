//! `plugin list`: the plugins that are locked, and whether they may run. None of them is run.

use riparto_core::diag::Code;
use riparto_core::say;
use riparto_plugin_host::{Locked, this_machine};
use serde_json::json;

use super::opened;
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{listed, print};
use crate::render::table::table;

/// Lists the plugins of a Region, or of all.
pub fn list(host: &Host, region: Option<&str>) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let (all, faults) = opened(host, region)?;
    let mut found: Vec<(&str, &Locked, Option<Code>)> = Vec::new();
    for (region, plugins) in &all {
        for locked in plugins.locked() {
            let refused = if locked.target == this_machine() {
                plugins.checked(&locked.name).err().map(|why| why.code())
            } else {
                Some(Code::PluginMachine)
            };
            found.push((region, locked, refused));
        }
    }
    if host.format == Format::Json {
        let rows = found.iter().map(|(region, locked, refused)| {
            json!({
                "region": region,
                "name": locked.name,
                "version": locked.version,
                "abi": locked.abi,
                "target": locked.target,
                "file": locked.file,
                "sha256": locked.sha256,
                "trusted": locked.trusted,
                "refused": refused.map(|code| code.as_str()),
            })
        });
        return listed(host, "plugins", rows.collect(), faults);
    }
    if found.is_empty() && faults.is_empty() {
        let none = say!("nessun plugin è bloccato", "no plugin is locked");
        print(&format!("{}\n", host.say(&none)))?;
    }
    if !found.is_empty() {
        print(&(rendered(host, &found) + "\n"))?;
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Failure::Refused(faults)),
    }
}

fn rendered(host: &Host, found: &[(&str, &Locked, Option<Code>)]) -> String {
    let header = [
        say!("Regione", "Region"),
        say!("plugin", "plugin"),
        say!("versione", "version"),
        say!("macchina", "machine"),
        say!("SHA-256", "SHA-256"),
        say!("esito", "outcome"),
    ];
    let header: Vec<&str> = header.iter().map(|text| host.say(text)).collect();
    let rows = found.iter().map(|(region, locked, refused)| {
        let outcome = match refused {
            Some(code) => code.as_str().to_owned(),
            None if locked.trusted => host
                .say(&say!("nel programma", "in the program"))
                .to_owned(),
            None => host
                .say(&say!("in un processo suo", "in its own process"))
                .to_owned(),
        };
        vec![
            (*region).to_owned(),
            locked.name.clone(),
            locked.version.clone(),
            locked.target.clone(),
            locked.sha256.chars().take(16).collect::<String>() + "…",
            outcome,
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    table(host.terminal, &header, &[], &rows)
}
