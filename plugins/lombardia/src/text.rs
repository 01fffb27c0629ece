//! From the bytes of a foreign file to its text, and from words to what they are compared by.

use std::borrow::Cow;

const BOM: &str = "\u{feff}";

/// What the bytes 0x80–0x9F stand for in Windows-1252; five stand for nothing.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads bytes as UTF-8 or, when they are not, all of them as Windows-1252; a byte order mark is
/// left out.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix(BOM).unwrap_or(text)),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows(*byte)).collect()),
    }
}

fn windows(byte: u8) -> char {
    let high = byte.checked_sub(0x80).map(usize::from);
    high.and_then(|high| WINDOWS.get(high).copied())
        .unwrap_or(char::from(byte))
}

/// Gives the words of a text in lower case and without accents, with one blank between them.
///
/// # Shape
/// What is neither letter nor digit parts the words: `E-mail dell'Ente` is `e mail dell ente`.
pub(crate) fn folded(text: &str) -> String {
    let plain = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'à' | 'á' | 'â' => 'a',
        'è' | 'é' | 'ê' => 'e',
        'ì' | 'í' | 'î' => 'i',
        'ò' | 'ó' | 'ô' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        // Accents that follow their letter vanish.
        '\u{300}'..='\u{36f}' => '\u{300}',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    let plain: String = plain.filter(|c| *c != '\u{300}').collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_a_mark_and_windows_1252_give_the_same_text() {
        assert_eq!(decoded("Età".as_bytes()), "Età");
        assert_eq!(decoded(b"\xef\xbb\xbfEt\xc3\xa0"), "Età");
        assert_eq!(decoded(b"Et\xe0 \x96 1\xb0"), "Età – 1°");
    }

    #[test]
    fn accents_case_marks_and_blanks_do_not_count() {
        assert_eq!(folded("  ETÀ "), "eta");
        assert_eq!(folded("Eta\u{300}"), "eta");
        assert_eq!(folded("E-mail  dell'Ente?"), "e mail dell ente");
    }
}
