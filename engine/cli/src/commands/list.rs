//! `list`: the packs with year, status and main act.

use riparto_core::diag::{Diagnostics, Text};
use riparto_core::pack::raw::{Node, RegionFile, Status};
use riparto_core::pack::{self, Overrides};
use riparto_core::say;
use serde_json::json;

use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{listed, print};
use crate::render::table::table;

/// Lists the packs; those that cannot be loaded are told after the others.
pub fn list(host: &Host) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let mut faults: Diagnostics = pack::check_regions(host.source.as_ref())?;
    let mut packs = Vec::new();
    for id in pack::list_packs(host.source.as_ref())? {
        let (pack, found) = pack::load(host.source.as_ref(), &id, &Overrides::default())?;
        match pack {
            Some(pack) => packs.push((region(host, &id)?, pack)),
            None => faults.extend(found),
        }
    }
    if host.format == Format::Json {
        let rows: Vec<_> = packs
            .iter()
            .map(|(region, pack)| {
                json!({
                    "pack": pack.id,
                    "region": region,
                    "year": pack.year,
                    "status": pack.status,
                    "title": pack.title.get(host.lang),
                    "main_act": pack.main_act.to_string(),
                    "as_of": pack.as_of.to_string(),
                    "measures": pack.measures.iter().map(|m| &m.id).collect::<Vec<_>>(),
                })
            })
            .collect();
        return listed(host, "packs", rows, faults);
    }
    let header = [
        say!("pacchetto", "pack"),
        say!("Regione", "Region"),
        say!("anno", "year"),
        say!("stato", "status"),
        say!("atto principale", "main act"),
    ];
    let header: Vec<&str> = header.iter().map(|text| host.say(text)).collect();
    let rows: Vec<Vec<String>> = packs
        .iter()
        .map(|(region, pack)| {
            vec![
                pack.id.clone(),
                region.clone(),
                pack.year.to_string(),
                host.say(&status(pack.status)).to_owned(),
                pack.main_act.to_string(),
            ]
        })
        .collect();
    print(&(table(host.terminal, &header, &[], &rows) + "\n"))?;
    if faults.has_errors() {
        Err(Failure::Refused(faults))
    } else {
        Ok(())
    }
}

/// Gives what the Region of a pack is called; a fault of its file is told with the others.
fn region(host: &Host, id: &str) -> Result<String, Failure> {
    let folder = id.split('/').next().unwrap_or(id);
    if folder == "nazionale" {
        return Ok(host.say(&say!("nazionale", "national")).to_owned());
    }
    let path = format!("regions/{folder}/region.toml");
    let bytes = host.source.read(&path)?.unwrap_or_default();
    let region = Node::parse(&path, &bytes).0.decode::<RegionFile>();
    Ok(region.map_or_else(|| folder.to_owned(), |region| region.name))
}

/// Names how far a pack has come.
pub fn status(status: Status) -> Text {
    match status {
        Status::Applied => say!("applicato", "applied"),
        Status::Draft => say!("in lavorazione", "draft"),
        Status::Shared => say!("comune", "shared"),
    }
}
