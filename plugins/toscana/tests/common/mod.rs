//! The real programme, where this machine has it, and the plugin called as a host calls it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};

use riparto_plugin::abi::message;
use riparto_plugin::{Fault, ImportInput, ImportOutput};
use riparto_plugin_toscana::plugin;

/// Gives the root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Gives the programme of the Zona Pistoiese, from `RIPARTO_SHARED`, else `shared/` beside the
/// project; says so where neither is there.
pub fn pistoia() -> Option<Vec<u8>> {
    let named = std::env::var_os("RIPARTO_SHARED").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared"));
    let found = std::fs::read_dir(folder.join("seeds")).ok().into_iter();
    let mut found = found.flatten().flatten().map(|entry| entry.path());
    let file = found.find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("003_") && name.ends_with(".txt")
    });
    if file.is_none() {
        println!("skipped: the programme is not here; RIPARTO_SHARED names its folder");
    }
    file.map(|path| std::fs::read(path).expect("the programme can be read"))
}

/// Calls an importer.
pub fn import(importer: &str, file: &str, bytes: &[u8]) -> Result<ImportOutput, Box<Fault>> {
    let input = ImportInput {
        file: file.to_owned(),
        table: "testi".to_owned(),
        columns: Vec::new(),
        bytes: bytes.to_vec(),
    };
    let input = message::write(&input).expect("an input is a message");
    let answer = plugin().call(&format!("importer/{importer}"), &input);
    let answer = answer.map_err(|(_, fault)| fault)?;
    Ok(message::read(&answer).expect("the answer is rows"))
}

/// Gives the rows that an importer reads.
pub fn rows(importer: &str, file: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let output = import(importer, file, bytes).unwrap_or_else(|fault| panic!("{fault:?}"));
    output.rows.into_iter().map(|row| row.cells).collect()
}

/// Reads a CSV as the project writes them.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for character in text.chars() {
        let row = rows.last_mut().expect("there is a row");
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().expect("there is a cell").push(character),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
