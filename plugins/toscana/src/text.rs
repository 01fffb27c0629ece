//! From the bytes of a file to numbered lines of text, whatever the file is.

use riparto_plugin::{Fault, ImportInput, Place, fault};

use crate::pages::{pages, without_edges};
use crate::{docx, odt};

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1; in a document, among the lines that its paragraphs make.
    pub number: u32,
    /// What is written, without the end of the line.
    pub text: String,
}

/// The longest file, in bytes: a hundred programmes with their pictures.
const LONGEST: usize = 32 << 20;
/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 4 << 20;

/// Gives the lines of a text, a DOCX or an ODT, told apart by what they hold.
pub fn lines(input: &ImportInput) -> Result<Vec<Line>, Box<Fault>> {
    let bytes = input.bytes.as_slice();
    let text = match bytes {
        _ if bytes.len() > LONGEST => Err(too_long()),
        [b'P', b'K', 3, 4, ..] => document(bytes),
        [b'%', b'P', b'D', b'F', b'-', ..] => Err(pdf()),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(old_word()),
        _ => plain(bytes),
    };
    let short = text.and_then(|text| match text.len() {
        ..=LONGEST_TEXT => Ok(text),
        _ => Err(too_long()),
    });
    match short {
        Ok(text) => Ok(without_edges(pages(&text))),
        Err(mut fault) => {
            let place = fault.place.get_or_insert_default();
            place.file.clone_from(&input.file);
            Err(fault)
        }
    }
}

/// Splits a text into lines, at the end of a page too.
pub fn lines_of(text: &str) -> Vec<Line> {
    pages(text).into_iter().flatten().collect()
}

fn document(bytes: &[u8]) -> Result<String, Box<Fault>> {
    let text = match docx::text(bytes)? {
        Some(text) => Some(text),
        None => odt::text(bytes)?,
    };
    text.ok_or_else(|| {
        let mut fault = fault(
            "not-a-document",
            "il file è un archivio, ma non un documento DOCX o ODT",
            "the file is an archive, but not a DOCX or ODT document",
        );
        fault.help = "salvare il programma come DOCX, ODT o testo".to_owned();
        fault.help_en = "save the programme as DOCX, ODT or text".to_owned();
        fault
    })
}

fn plain(bytes: &[u8]) -> Result<String, Box<Fault>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    str::from_utf8(bytes).map(str::to_owned).map_err(|found| {
        let before = bytes.get(..found.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let mut fault = fault(
            "not-utf8",
            "il testo non è in UTF-8",
            "the text is not in UTF-8",
        );
        fault.place = Some(Place {
            line: u32::try_from(line).unwrap_or_default(),
            ..Place::default()
        });
        fault.help = "salvare il testo con la codifica UTF-8".to_owned();
        fault.help_en = "save the text with the encoding UTF-8".to_owned();
        fault
    })
}

fn pdf() -> Box<Fault> {
    let mut fault = fault(
        "pdf",
        "un PDF non si legge direttamente",
        "a PDF is not read as it is",
    );
    fault.help = "ricavarne il testo con `pdftotext`, e leggere quello".to_owned();
    fault.help_en = "take its text out with `pdftotext`, and read that".to_owned();
    fault
}

fn old_word() -> Box<Fault> {
    let mut fault = fault(
        "old-word",
        "è un vecchio file di Word (.doc), che non si legge",
        "it is an old file of Word (.doc), which is not read",
    );
    fault.help = "aprirlo e salvarlo di nuovo come DOCX o ODT".to_owned();
    fault.help_en = "open it and save it anew as DOCX or ODT".to_owned();
    fault
}

/// Gives the fault of a file that is too long, or would be once decompressed.
pub fn too_long() -> Box<Fault> {
    let mut fault = fault(
        "too-long",
        "il file è troppo lungo per essere un programma",
        "the file is too long to be a programme",
    );
    fault.help = "togliere le immagini e gli allegati".to_owned();
    fault.help_en = "leave out pictures and attachments".to_owned();
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<(u32, String)>, Box<Fault>> {
        let input = ImportInput {
            file: "zona.txt".to_owned(),
            table: "testi".to_owned(),
            columns: Vec::new(),
            bytes: bytes.to_vec(),
        };
        let lines = lines(&input)?.into_iter();
        Ok(lines.map(|line| (line.number, line.text)).collect())
    }

    #[test]
    fn lines_end_as_files_end_them_and_at_the_end_of_a_page() {
        let found = read(b"\xef\xbb\xbfuno\r\ndue\n\x0ctre\x0cquattro").unwrap();
        let found: Vec<(u32, &str)> = found.iter().map(|(n, text)| (*n, text.as_str())).collect();
        assert_eq!(found, [(1, "uno"), (2, "due"), (3, "tre"), (3, "quattro")]);
    }

    #[test]
    fn a_file_that_is_no_text_is_refused_with_its_place() {
        let fault = read(b"uno\ndue \xe0").unwrap_err();
        let place = fault.place.clone().unwrap();
        assert_eq!((fault.code.as_str(), place.line), ("not-utf8", 2));
        assert_eq!(place.file, "zona.txt");
        assert_eq!(read(b"%PDF-1.7").unwrap_err().code, "pdf");
        assert_eq!(
            read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err().code,
            "old-word"
        );
        assert_eq!(read(b"PK\x03\x04").unwrap_err().code, "unreadable-document");
    }
}
