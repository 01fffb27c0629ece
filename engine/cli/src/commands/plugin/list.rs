//! `plugin list`: the plugins that are locked, and whether they may run. None of them is run.

use riparto_core::diag::Diagnostic;
use riparto_core::say;
use riparto_plugin_host::{Host as Plugins, Locked};
use serde_json::json;

use super::{region_folder, regions, worker_program};
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;
use crate::render::table::table;

/// Lists the plugins of a Region, or of all.
pub fn list(host: &Host, region: Option<&str>) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let mut found: Vec<(String, Locked, Option<Diagnostic>)> = Vec::new();
    for region in regions(host, region)? {
        let folder = region_folder(host, &region)?;
        let plugins = Plugins::open(&folder, worker_program())
            .map_err(|refusal| Failure::Refused(refusal.diagnostic("", &region).into()))?;
        for locked in plugins.locked() {
            let refusal = plugins.checked(&locked.name).err();
            let refusal = refusal.map(|refusal| refusal.diagnostic(&locked.name, &region));
            found.push((region.clone(), locked.clone(), refusal));
        }
    }
    if host.format == Format::Json {
        let rows = found.iter().map(|(region, locked, refusal)| {
            json!({
                "region": region,
                "name": locked.name,
                "version": locked.version,
                "abi": locked.abi,
                "target": locked.target,
                "file": locked.file,
                "sha256": locked.sha256,
                "trusted": locked.trusted,
                "refused": refusal.as_ref().map(|refusal| refusal.code.as_str()),
            })
        });
        let all = json!({ "plugins": rows.collect::<Vec<_>>() });
        print(&riparto_io::report::json::text(&all))?;
        return Ok(());
    }
    if found.is_empty() {
        let none = say!("nessun plugin è bloccato", "no plugin is locked");
        print(&format!("{}\n", host.say(&none)))?;
        return Ok(());
    }
    let header = [
        say!("Regione", "Region"),
        say!("plugin", "plugin"),
        say!("versione", "version"),
        say!("macchina", "machine"),
        say!("SHA-256", "SHA-256"),
        say!("esito", "outcome"),
    ];
    let header: Vec<&str> = header.iter().map(|text| host.say(text)).collect();
    let rows = found.iter().map(|(region, locked, refusal)| {
        let outcome = match refusal {
            Some(refusal) => refusal.code.as_str().to_owned(),
            None if locked.trusted => host
                .say(&say!("nel programma", "in the program"))
                .to_owned(),
            None => host
                .say(&say!("in un processo suo", "in its own process"))
                .to_owned(),
        };
        vec![
            region.clone(),
            locked.name.clone(),
            locked.version.clone(),
            locked.target.clone(),
            locked.sha256.chars().take(16).collect::<String>() + "…",
            outcome,
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    print(&(table(host.terminal, &header, &[], &rows) + "\n"))?;
    Ok(())
}
