//! `plugin lock`: takes the libraries that a Region lets run, and writes down their bytes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Text};
use riparto_core::say;
use riparto_io::write::WriteError;
use riparto_plugin_abi::{MAGIC, read_note};
use riparto_plugin_host::lock::is_callable;
use riparto_plugin_host::{
    Lock, Locked, Refusal, file, inspect, plugin_folder, replace, this_machine,
};
use serde_json::json;

use super::region_folder;
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;

/// A library that is to be locked.
struct Library {
    /// Its name in the Region's folder of plugins.
    file: String,
    bytes: Vec<u8>,
    /// Whether the command named it: else it is in the folder already.
    given: bool,
}

/// Copies libraries into the Region's folder of plugins, inspects all that are there, and writes
/// the lock file: all or nothing. None of their code runs.
///
/// What the lock file says of other machines stays: it is for them to say.
pub fn lock(host: &Host, region: &str, files: &[PathBuf]) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let folder = region_folder(host, region)?;
    let former = Lock::read(&folder);
    let former = former.map_err(|refusal| Diagnostics::from(refusal.diagnostic("", region)))?;
    let mut libraries = given(region, files)?;
    libraries.extend(present(
        &plugin_folder(&folder),
        &former,
        &libraries,
        region,
    )?);
    let lock = relocked(&former, &libraries, region)?;
    write(&folder, &libraries, &lock)?;
    tell(host, region, &former, &lock)
}

/// Gives the lock file with every library in it, or refuses them with all that is wrong.
fn relocked(former: &Lock, libraries: &[Library], region: &str) -> Result<Lock, Diagnostics> {
    let mut lock = former.clone();
    let mut files: BTreeMap<String, &str> = BTreeMap::new();
    let mut faults = Diagnostics::new();
    for library in libraries {
        let file = library.file.as_str();
        let inspected = inspect(&library.bytes);
        match inspected.and_then(|inspected| Locked::of(&inspected, file)) {
            // It waits there for its own machine.
            Err(Refusal::Machine { .. }) if !library.given => {}
            Err(refusal) => faults.push(told(&refusal, file, &library.bytes, region)),
            Ok(locked) => match files.insert(locked.name.clone(), file) {
                Some(other) => faults.push(twice(&locked.name, [file, other])),
                None => lock.put(locked),
            },
        }
    }
    let here = this_machine();
    lock.plugin
        .retain(|locked| locked.target != here || files.contains_key(&locked.name));
    if faults.has_errors() {
        return Err(faults);
    }
    Ok(lock)
}

/// Writes the libraries that were given, and the lock file.
fn write(region: &Path, libraries: &[Library], lock: &Lock) -> Result<(), Failure> {
    let plugins = plugin_folder(region);
    let made = std::fs::create_dir(&plugins).is_ok();
    let text = lock.text();
    let given = libraries.iter().filter(|library| library.given);
    let mut files: Vec<(PathBuf, &[u8])> = given
        .map(|library| (plugins.join(&library.file), library.bytes.as_slice()))
        .collect();
    files.push((Lock::path(region), text.as_bytes()));
    replace::all(&files).map_err(|(path, cause)| {
        if made {
            // The failure is reported already; an empty folder left behind harms nobody.
            let _ = std::fs::remove_dir(&plugins);
        }
        WriteError::Failed { path, cause }.into()
    })
}

fn tell(host: &Host, region: &str, former: &Lock, lock: &Lock) -> Result<(), Failure> {
    let here = this_machine();
    let locked = || lock.plugin.iter().filter(|locked| locked.target == here);
    if host.format == Format::Json {
        let names: Vec<&String> = locked().map(|locked| &locked.name).collect();
        print(&riparto_io::report::json::text(
            &json!({ "region": region, "plugins": names }),
        ))?;
        return Ok(());
    }
    for plugin in locked() {
        let Locked {
            name,
            version,
            sha256,
            ..
        } = plugin;
        let was_trusted = former.find(name, &here).is_ok_and(|known| known.trusted);
        let trust = if was_trusted && !plugin.trusted {
            say!(
                " (non più `trusted`: i byte sono cambiati)",
                " (no longer `trusted`: its bytes changed)"
            )
        } else {
            Text::same("")
        };
        let line = say!(
            "bloccato `{name}` {version}: {sha256}{trust}",
            "locked `{name}` {version}: {sha256}{trust}"; trust = trust
        );
        print(&format!("{}\n", host.say(&line)))?;
    }
    Ok(())
}

/// Says what refuses a library, by the name of its plugin where that is known.
fn told(refusal: &Refusal, file: &str, bytes: &[u8], region: &str) -> Diagnostic {
    if let Some(plugin) = plugin_of(file, bytes) {
        return refusal.diagnostic(&plugin, region);
    }
    let fault = refusal.diagnostic(file, region);
    match refusal {
        Refusal::Missing(_) | Refusal::Machine { .. } => fault.help(say!(
            "compilare il plugin su questa macchina, con `cargo build --release`, e dare la libreria che si trova in `target/release/`",
            "build the plugin on this machine, with `cargo build --release`, and give the library that is in `target/release/`"
        )),
        _ => fault,
    }
}

/// Gives the name of the plugin in a library: as its note says it, whatever machine it is for,
/// else as crates of plugins are named.
fn plugin_of(file: &str, bytes: &[u8]) -> Option<String> {
    let starts = bytes.windows(MAGIC.len()).enumerate();
    let mut starts = starts.filter(|(_, window)| *window == MAGIC);
    let noted = starts.find_map(|(at, _)| read_note(bytes.get(at..)?).ok());
    let named = || {
        let name = file.strip_suffix(std::env::consts::DLL_SUFFIX)?;
        let name = name.strip_prefix(std::env::consts::DLL_PREFIX)?;
        Some(name.strip_prefix("riparto_plugin_")?.to_owned())
    };
    let name = noted.map(|note| note.name).or_else(named);
    name.filter(|name| is_callable(name))
}

fn twice(plugin: &str, [file, other]: [&str; 2]) -> Diagnostic {
    let message = say!(
        "due librerie sono il plugin `{plugin}`: `{file}` e `{other}`",
        "two libraries are the plugin `{plugin}`: `{file}` and `{other}`"
    );
    Diagnostic::error(Code::PluginLock, message).help(say!(
        "lasciare nella cartella dei plugin della Regione solo quella che vale",
        "leave in the Region's folder of plugins only the one that counts"
    ))
}

/// Reads the libraries that were named.
fn given(region: &str, files: &[PathBuf]) -> Result<Vec<Library>, Failure> {
    let mut libraries: Vec<Library> = Vec::new();
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.unwrap_or_default();
        if libraries.iter().any(|known| known.file == name) {
            return Err(Failure::argument(
                say!(
                    "due file hanno il nome `{name}`",
                    "two files have the name `{name}`"
                ),
                say!("dare ogni libreria una volta", "give each library once"),
            ));
        }
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        libraries.push(read(folder.unwrap_or(Path::new(".")), name, true, region)?);
    }
    Ok(libraries)
}

/// Reads the libraries that are in the folder already, but for those that are to be replaced.
fn present(
    plugins: &Path,
    former: &Lock,
    given: &[Library],
    region: &str,
) -> Result<Vec<Library>, Failure> {
    let entries = match std::fs::read_dir(plugins) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => {
            let path = plugins.to_owned();
            return Err(WriteError::Failed { path, cause }.into());
        }
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let locked = |name: &String| former.plugin.iter().any(|known| known.file == *name);
    let mut names: Vec<String> = names
        .filter(|name| name.ends_with(std::env::consts::DLL_SUFFIX) || locked(name))
        .filter(|name| given.iter().all(|known| known.file != *name))
        .collect();
    names.sort();
    let names = names.iter();
    names
        .map(|name| read(plugins, name, false, region))
        .collect()
}

fn read(folder: &Path, name: &str, given: bool, region: &str) -> Result<Library, Failure> {
    let bytes = file::read(folder, name);
    let bytes = bytes.map_err(|refusal| Diagnostics::from(told(&refusal, name, &[], region)))?;
    Ok(Library {
        file: name.to_owned(),
        bytes,
        given,
    })
}
