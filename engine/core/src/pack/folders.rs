//! What the folders of rules may hold: a file that nobody reads is a fault, not a silence.

use std::collections::BTreeSet;

use super::raw::{Node, Reach, RegionFile, check, schema_of};
use super::{folder_of, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::TableDecl;
use crate::say;
use crate::source::{Source, SourceError};

/// Tells whether a name is that of a year: four digits.
pub fn is_year(name: &str) -> bool {
    name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit())
}

/// What the folder of a Region holds beside its years: `riparto plugin lock` writes the last two.
const OF_A_REGION: [&str; 3] = ["region.toml", "plugins", "plugins.lock"];

/// Finds what is wrong with the folders of the Regions: no `region.toml`, a year without its
/// `pack.toml`, a file that nobody reads.
///
/// # Errors
/// A folder or file that cannot be read → [`SourceError`].
pub fn check_regions(source: &dyn Source) -> Result<Diagnostics, SourceError> {
    let mut faults = Diagnostics::new();
    for region in source.list("regions")? {
        let folder = format!("regions/{region}");
        let inside = source.list(&folder)?;
        if inside.is_empty() {
            if !is_apart(&region) {
                faults.push(unexpected(&folder, &BTreeSet::new()));
            }
            continue;
        }
        faults.extend(check_region_file(source, &folder, &inside)?);
        for name in inside
            .iter()
            .filter(|name| !is_apart(name) && !OF_A_REGION.contains(&name.as_str()))
        {
            let path = format!("{folder}/{name}");
            match source.list(&path)? {
                year if is_year(name) && !year.contains("pack.toml") => {
                    faults.push(missing(&format!("{path}/pack.toml")));
                }
                _ if is_year(name) => {}
                _ => faults.push(unexpected(&path, &OF_A_REGION.map(str::to_owned).into())),
            }
        }
    }
    Ok(faults)
}

fn check_region_file(
    source: &dyn Source,
    folder: &str,
    inside: &BTreeSet<String>,
) -> Result<Diagnostics, SourceError> {
    let path = format!("{folder}/region.toml");
    if !inside.contains("region.toml") {
        return Ok(missing(&path).into());
    }
    let bytes = source.read(&path)?.unwrap_or_default();
    let (node, mut faults) = Node::parse(&path, &bytes);
    faults.extend(check(&node, &schema_of::<RegionFile>(), Reach::Whole));
    Ok(faults)
}

/// Finds the files of one pack's folder that nobody reads: all but measures, the script of each,
/// facts and cases.
///
/// # Errors
/// A folder that cannot be listed → [`SourceError`].
pub fn check_pack_folder(source: &dyn Source, id: &str) -> Result<Diagnostics, SourceError> {
    let folder = folder_of(id);
    let inside = source.list(&folder)?;
    let measures: Vec<&str> = inside
        .iter()
        .filter_map(|name| name.strip_suffix(".toml"))
        .collect();
    let mut known: BTreeSet<String> = measures.iter().map(|m| format!("{m}.toml")).collect();
    known.extend(measures.iter().map(|m| format!("{m}.rhai")));
    let mut faults = Diagnostics::new();
    for name in &inside {
        let read = known.contains(name) || matches!(name.as_str(), "data" | "cases");
        if !read && !is_apart(name) {
            faults.push(unexpected(&format!("{folder}/{name}"), &known));
        }
    }
    let cases = format!("{folder}/cases");
    for name in source.list(&cases)? {
        if !name.ends_with(".toml") && !is_apart(&name) {
            faults.push(unexpected(&format!("{cases}/{name}"), &BTreeSet::new()));
        }
    }
    Ok(faults)
}

/// Finds the files of a pack's `data/` that no table is read from: neither its own nor a foreign
/// one.
///
/// # Errors
/// A folder that cannot be listed → [`SourceError`].
pub fn check_data_folder(
    source: &dyn Source,
    id: &str,
    tables: &[&TableDecl],
) -> Result<Diagnostics, SourceError> {
    let folder = format!("{}/data", folder_of(id));
    let own = tables.iter().map(|table| format!("{}.csv", table.name));
    let foreign = tables.iter().filter_map(|table| table.import.as_ref());
    let foreign = foreign.map(|import| import.file.clone());
    let known: BTreeSet<String> = own.chain(foreign).collect();
    let strays = source.list(&folder)?.into_iter();
    let strays = strays.filter(|name| !known.contains(name) && !is_apart(name));
    Ok(strays
        .map(|name| unexpected(&format!("{folder}/{name}"), &known))
        .collect())
}

/// Notes for people and hidden files stand beside the rules.
fn is_apart(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".md")
}

fn unexpected(path: &str, known: &BTreeSet<String>) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let fault = Diagnostic::error(
        Code::UnexpectedFile,
        say!("nessuno legge `{path}`", "nobody reads `{path}`"),
    );
    let same = known
        .iter()
        .find(|known| known.to_lowercase() == name.to_lowercase());
    let help = match same {
        Some(known) => say!(
            "chiamarlo `{known}`, con queste maiuscole e minuscole",
            "call it `{known}`, with these capitals"
        ),
        None => nearest(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
            say!(
                "toglierlo o rinominarlo; le note vanno in un file `.md`",
                "remove it or rename it; notes go in an `.md` file"
            )
        }),
    };
    fault.at(Place::start_of(path)).help(help)
}

fn missing(path: &str) -> Diagnostic {
    Diagnostic::error(
        Code::MissingFile,
        say!("manca `{path}`", "`{path}` is missing"),
    )
    .at(Place::start_of(path))
    .help(say!(
        "scriverlo, oppure togliere la cartella; `riparto new year` ne prepara una",
        "write it, or remove the folder; `riparto new year` prepares one"
    ))
}
