//! From the bytes of a file to its text: UTF-8, and what else was found in its place.

use std::collections::BTreeSet;

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Place};
use riparto_core::say;

use super::lines::Lines;
use super::windows_1252::char_of;

const BOM: char = '\u{feff}';

/// The text of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, without byte order marks.
    pub text: String,
    /// Whether a byte order mark opened the file.
    pub bom: bool,
    /// Where in `text` stand the bytes that were not UTF-8 and were read as Windows-1252.
    pub foreign: BTreeSet<usize>,
    /// Faults that concern no cell in particular.
    pub diagnostics: Diagnostics,
}

/// Reads bytes as text, or says why they are not the text of a table.
///
/// Bytes that are not UTF-8 are still read, as what they most likely are, so that one reading finds
/// the other faults of the file too; what was read so is reported where it stands.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Result<Decoded, Box<Diagnostic>> {
    if is_workbook(bytes) {
        return Err(Box::new(workbook(file)));
    }
    let mut decoded = match utf16_units(bytes) {
        Some(units) => {
            let text = String::from_utf16_lossy(&units);
            let mut decoded = without_boms(file, text.as_bytes());
            decoded.diagnostics.push(utf16(file));
            decoded
        }
        None => without_boms(file, bytes),
    };
    if decoded.text.contains('\0') {
        decoded.diagnostics.push(nul(file, &decoded.text));
    }
    Ok(decoded)
}

fn without_boms(file: &str, bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut foreign = BTreeSet::new();
    let mut inner_boms = Vec::new();
    let mut bom = false;
    for (index, chunk) in bytes.utf8_chunks().enumerate() {
        let valid = match chunk.valid().strip_prefix(BOM) {
            Some(rest) if index == 0 => {
                bom = true;
                rest
            }
            _ => chunk.valid(),
        };
        for character in valid.chars() {
            if character == BOM {
                inner_boms.push(text.len());
            } else {
                text.push(character);
            }
        }
        for byte in chunk.invalid() {
            foreign.insert(text.len());
            text.push(char_of(*byte));
        }
    }
    let lines = Lines::new(&text);
    let diagnostics = inner_boms
        .into_iter()
        .map(|at| inner_bom(lines.spot(&text, at, at).in_file(file)))
        .collect();
    Decoded {
        text,
        bom,
        foreign,
        diagnostics,
    }
}

fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Gives the units of a UTF-16 text, known by its byte order mark or by its empty halves.
fn utf16_units(bytes: &[u8]) -> Option<Vec<u16>> {
    let join: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        [low, 0, next, 0, ..] if *low != 0 && *next != 0 => u16::from_le_bytes,
        [0, low, 0, next, ..] if *low != 0 && *next != 0 => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    Some(pairs.iter().copied().map(join).collect())
}

fn workbook(file: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Encoding,
        say!(
            "il file è una cartella di lavoro di un foglio di calcolo, non un CSV",
            "the file is a spreadsheet workbook, not CSV"
        ),
    )
    .at(Place::start_of(file))
    .help(save_as_utf8())
}

fn utf16(file: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Encoding,
        say!(
            "il file è in UTF-16 («testo Unicode»), non in UTF-8",
            "the file is in UTF-16 (“Unicode text”), not in UTF-8"
        ),
    )
    .at(Place::start_of(file))
    .help(save_as_utf8())
}

fn nul(file: &str, text: &str) -> Diagnostic {
    let at = text.find('\0').unwrap_or_default();
    Diagnostic::error(
        Code::Encoding,
        say!(
            "il file contiene un carattere nullo: non è un file di testo, o è rovinato",
            "the file holds a null character: it is not a text file, or it is damaged"
        ),
    )
    .at(Lines::new(text).spot(text, at, at + 1).in_file(file))
    .help(save_as_utf8())
}

fn inner_bom(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::Bom,
        say!(
            "c'è un segno BOM in mezzo al file: di solito resta quando due file vengono uniti",
            "there is a byte order mark inside the file: it is usually left where two files were joined"
        ),
    )
    .at(place)
    .help(say!(
        "cancellare il carattere invisibile e controllare che da qui in poi non si ripeta l'intestazione",
        "delete the invisible character and check that the header is not repeated from here on"
    ))
}

/// Says that a byte is not UTF-8.
pub(super) fn foreign(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::Encoding,
        say!(
            "qui il file non è in UTF-8: sembra scritto in Windows-1252 (Latin-1)",
            "here the file is not in UTF-8: it seems to be in Windows-1252 (Latin-1)"
        ),
    )
    .at(place)
    .help(save_as_utf8())
}

/// Says how to save a file so that it can be read.
pub(super) fn save_as_utf8() -> riparto_core::diag::Text {
    say!(
        "riaprire il file nel programma d'origine e salvarlo come «CSV UTF-8»",
        "open the file again in the program it comes from and save it as “CSV UTF-8”"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode("f.csv", bytes).unwrap()
    }

    fn only(decoded: &Decoded) -> (Code, usize, usize) {
        let found: Vec<_> = decoded.diagnostics.iter().collect();
        assert_eq!(found.len(), 1, "{found:?}");
        let place = found[0].place.as_ref().unwrap();
        (found[0].code, place.line, place.column)
    }

    #[test]
    fn a_mark_at_the_start_is_accepted() {
        let decoded = decoded("\u{feff}a;b\n".as_bytes());
        assert_eq!(decoded.text, "a;b\n");
        assert!(decoded.bom && decoded.diagnostics.is_empty());
    }

    #[test]
    fn a_mark_inside_is_found_where_it_stands() {
        let decoded = decoded("a;b\n1;2\n\u{feff}a;b\n".as_bytes());
        assert_eq!(decoded.text, "a;b\n1;2\na;b\n");
        assert_eq!(only(&decoded), (Code::Bom, 3, 1));
    }

    #[test]
    fn bytes_of_windows_are_read_and_remembered() {
        let decoded = decoded(b"a\nForl\xEC\n");
        assert_eq!(decoded.text, "a\nForlì\n");
        assert_eq!(decoded.foreign, [6].into());
    }

    #[test]
    fn utf16_is_named_and_still_read() {
        let with_mark: Vec<u8> = "\u{feff}à;b"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big_endian: Vec<u8> = "a;b".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&with_mark).text, "à;b");
        assert_eq!(decoded(&big_endian).text, "a;b");
        assert_eq!(only(&decoded(&big_endian)), (Code::Encoding, 1, 1));
    }

    #[test]
    fn a_workbook_is_not_a_csv() {
        let refused = decode("f.csv", b"PK\x03\x04rest").unwrap_err();
        assert_eq!(refused.code, Code::Encoding);
    }

    #[test]
    fn a_null_character_is_found() {
        assert_eq!(only(&decoded(b"abc;d\nef\0\n")), (Code::Encoding, 2, 3));
    }
}
