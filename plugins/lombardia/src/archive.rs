//! A zip that holds one CSV file, as ISTAT publishes its tables.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use riparto_plugin::{Fault, ImportInput, Place, fault};
use zip::ZipArchive;

/// The longest table that is read, in bytes: all of Italy takes some fifty million.
const LONGEST: u64 = 160 << 20;

/// A table of a file: the file itself, or the one in the zip.
#[derive(Debug)]
pub(crate) struct Held<'i> {
    /// The name of the table's own file.
    pub name: String,
    /// What it holds.
    pub bytes: Cow<'i, [u8]>,
}

/// Gives the table that a file holds.
///
/// # Errors
/// A zip that cannot be read, that holds no CSV file or several, or one that is too long.
pub(crate) fn held(input: &ImportInput) -> Result<Held<'_>, Box<Fault>> {
    held_within(input, LONGEST)
}

fn held_within(input: &ImportInput, limit: u64) -> Result<Held<'_>, Box<Fault>> {
    if !input.bytes.starts_with(b"PK\x03\x04") {
        return Ok(Held {
            name: input.file.clone(),
            bytes: Cow::Borrowed(&input.bytes),
        });
    }
    let broken = |why: &dyn std::fmt::Display| {
        let it = format!("lo zip non si legge: {why}");
        let en = format!("the zip cannot be read: {why}");
        about(&input.file, fault("unreadable-zip", &it, &en))
    };
    let archive = ZipArchive::new(Cursor::new(input.bytes.as_slice()));
    let mut archive = archive.map_err(|why| broken(&why))?;
    let name = the_table(&archive).map_err(|fault| about(&input.file, fault))?;
    let file = archive.by_name(&name).map_err(|why| broken(&why))?;
    let bytes = bounded(file, limit).map_err(|why| broken(&why))?;
    let bytes = bytes.ok_or_else(|| about(&input.file, too_long(&name, limit)))?;
    Ok(Held {
        name,
        bytes: Cow::Owned(bytes),
    })
}

fn the_table<R>(archive: &ZipArchive<R>) -> Result<String, Box<Fault>>
where
    R: Read + std::io::Seek,
{
    let tables = archive.file_names().filter_map(Result::ok);
    let mut tables = tables.filter(|name| is_table(name));
    let (first, others) = (tables.next(), tables.count());
    match (first, others) {
        (Some(only), 0) => Ok(only.into_owned()),
        (first, others) => Err(not_one(others + usize::from(first.is_some()))),
    }
}

/// Tells whether a file of a zip is a table; what a Mac adds is not.
fn is_table(name: &str) -> bool {
    name.to_lowercase().ends_with(".csv") && !name.starts_with("__MACOSX/")
}

/// Reads no more than a limit, whatever the zip says of itself; nothing when there is more.
fn bounded(file: impl Read, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then_some(bytes))
}

fn not_one(found: usize) -> Box<Fault> {
    let it = format!("nello zip i file CSV sono {found}, e ne serve uno");
    let en = format!("the zip holds {found} CSV files, and one is needed");
    let mut fault = fault("not-one-table", &it, &en);
    fault.help = "estrarre dallo zip il file che serve".to_owned();
    fault.help_en = "take the file that is needed out of the zip".to_owned();
    fault
}

fn too_long(name: &str, limit: u64) -> Box<Fault> {
    let it = format!("`{name}` supera {limit} byte: nessuna tavola ISTAT è così lunga");
    let en = format!("`{name}` is over {limit} bytes: no table of ISTAT is that long");
    fault("too-long", &it, &en)
}

fn about(file: &str, mut fault: Box<Fault>) -> Box<Fault> {
    fault.place = Some(Place {
        file: file.to_owned(),
        ..Place::default()
    });
    fault
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> ImportInput {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            let options = SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        ImportInput {
            file: "POSAS.zip".to_owned(),
            table: "popolazione".to_owned(),
            columns: Vec::new(),
            bytes: writer.finish().unwrap().into_inner(),
        }
    }

    #[test]
    fn the_only_table_of_a_zip_is_taken() {
        let input = zipped(&[("leggimi.txt", b"no"), ("POSAS_2025.CSV", b"a;b")]);
        let held = held(&input).unwrap();
        assert_eq!(
            (held.name.as_str(), &*held.bytes),
            ("POSAS_2025.CSV", b"a;b".as_slice())
        );
    }

    #[test]
    fn none_two_and_a_broken_zip_are_told() {
        let told = |input: &ImportInput| held(input).unwrap_err();
        assert_eq!(told(&zipped(&[("a.txt", b"")])).code, "not-one-table");
        let two = told(&zipped(&[("a.csv", b""), ("b.csv", b"")]));
        assert_eq!(
            two.message_en,
            "the zip holds 2 CSV files, and one is needed"
        );
        let mut cut = zipped(&[("a.csv", &[b'x'; 500])]);
        cut.bytes.truncate(40);
        assert_eq!(told(&cut).code, "unreadable-zip");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        assert_eq!(
            bounded([7_u8; 10].as_slice(), 10).unwrap().unwrap().len(),
            10
        );
        assert_eq!(bounded(std::io::repeat(0), 1000).unwrap(), None);

        let bomb = zipped(&[("bomba.csv", &[0; 1 << 20])]);
        assert!(bomb.bytes.len() < 1 << 12, "it is small while it is closed");
        assert!(held_within(&bomb, 1 << 20).is_ok());
        assert_eq!(
            held_within(&bomb, (1 << 20) - 1).unwrap_err().code,
            "too-long"
        );
    }
}
