//! `plugin lock`: takes the libraries that a Region lets run, and writes down their bytes.

use std::path::{Path, PathBuf};

use riparto_core::diag::Diagnostics;
use riparto_core::say;
use riparto_plugin_host::{Lock, Locked, Refusal, file, inspect, plugin_folder};
use serde_json::json;

use super::region_folder;
use crate::args::Format;
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;

/// Copies libraries into the Region's folder of plugins, inspects all that are there, and writes
/// the lock file: all or nothing. None of their code runs.
pub fn lock(host: &Host, region: &str, files: &[PathBuf]) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let folder = region_folder(host, region)?;
    let plugins = plugin_folder(&folder);
    let given = given(region, files)?;
    let mut lock = Lock::read(&folder).map_err(|refusal| refused(&refusal, "", region))?;
    let present: Vec<(String, Vec<u8>)> = present(&plugins, &given, region)?;
    let mut faults = Diagnostics::new();
    lock.plugin
        .retain(|locked| present.iter().any(|(name, _)| *name == locked.file));
    for (name, bytes) in present.iter().chain(&given) {
        match inspect(bytes).and_then(|inspected| Locked::of(&inspected, name)) {
            Ok(locked) => lock.put(locked),
            Err(refusal) => faults.push(refusal.diagnostic(plugin_of(name), region)),
        }
    }
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    for (name, bytes) in &given {
        put(&plugins, name, bytes)?;
    }
    lock.write(&folder)
        .map_err(|refusal| refused(&refusal, "", region))?;
    if host.format == Format::Json {
        let names: Vec<&String> = lock.plugin.iter().map(|locked| &locked.name).collect();
        print(&riparto_io::report::json::text(
            &json!({ "region": region, "plugins": names }),
        ))?;
        return Ok(());
    }
    for locked in &lock.plugin {
        let Locked {
            name,
            version,
            sha256,
            ..
        } = locked;
        let line = say!(
            "bloccato `{name}` {version}: {sha256}",
            "locked `{name}` {version}: {sha256}"
        );
        print(&format!("{}\n", host.say(&line)))?;
    }
    Ok(())
}

fn refused(refusal: &Refusal, file: &str, region: &str) -> Failure {
    Failure::Refused(refusal.diagnostic(plugin_of(file), region).into())
}

/// Gives the name of the plugin in a file, as crates of plugins are named; else the file's own.
fn plugin_of(file: &str) -> &str {
    let name = file.strip_suffix(std::env::consts::DLL_SUFFIX);
    let name = name.and_then(|name| name.strip_prefix(std::env::consts::DLL_PREFIX));
    let plugin = name.and_then(|name| name.strip_prefix("riparto_plugin_"));
    plugin.unwrap_or(file)
}

/// Reads the libraries that were named.
fn given(region: &str, files: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let read = files.iter().map(|path| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new("."));
        let bytes = file::read(folder, name);
        let bytes = bytes.map_err(|refusal| refused(&refusal, name, region))?;
        Ok((name.to_owned(), bytes))
    });
    read.collect()
}

/// Reads the libraries that are in the folder already, but for those that are to be replaced.
fn present(
    plugins: &Path,
    given: &[(String, Vec<u8>)],
    region: &str,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let Ok(entries) = std::fs::read_dir(plugins) else {
        return Ok(Vec::new());
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| name.ends_with(std::env::consts::DLL_SUFFIX))
        .filter(|name| given.iter().all(|(known, _)| known != name))
        .collect();
    names.sort();
    let read = names.into_iter().map(|name| {
        let bytes = file::read(plugins, &name);
        let bytes = bytes.map_err(|refusal| refused(&refusal, &name, region))?;
        Ok((name, bytes))
    });
    read.collect()
}

/// Writes a library beside its place, then moves it there: one that is in use stays whole.
fn put(plugins: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let beside = plugins.join(format!("{name}.new"));
    std::fs::create_dir_all(plugins)?;
    std::fs::write(&beside, bytes)?;
    std::fs::rename(&beside, plugins.join(name))?;
    Ok(())
}
