//! The parts of a document that is an archive, decompressed within bounds.

use std::io::{Cursor, Read};

use riparto_plugin::{Fault, fault};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::text::too_long;
use crate::xml::{self, Element};

/// The longest part once decompressed, in bytes, whatever the archive says of itself.
const LONGEST_PART: u64 = 16 << 20;

/// Reads an XML part by its name; nothing where there is none.
pub fn part(bytes: &[u8], name: &str) -> Result<Option<Element>, Box<Fault>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| unreadable(&why))?;
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(why) => return Err(unreadable(&why)),
    };
    let mut text = String::new();
    let read = file.take(LONGEST_PART + 1).read_to_string(&mut text);
    read.map_err(|why| unreadable(&why))?;
    if text.len() as u64 > LONGEST_PART {
        return Err(too_long());
    }
    xml::parse(&text).map(Some).map_err(|why| unreadable(&why))
}

fn unreadable(why: &dyn std::fmt::Display) -> Box<Fault> {
    let mut fault = fault(
        "unreadable-document",
        &format!("il documento non si legge: {why}"),
        &format!("the document cannot be read: {why}"),
    );
    fault.help = "aprirlo e salvarlo di nuovo, senza password".to_owned();
    fault.help_en = "open it and save it again, without a password".to_owned();
    fault
}
