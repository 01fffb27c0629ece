//! Accented letters that a change of encoding turned into pairs of signs, and what they were.
//!
//! Only the sequences that Italian text never holds by right are taken for a fault: `Ã` or `Â`
//! before a sign that stands for the second half of a letter, `â` before two of them, and the sign
//! that programs leave where a letter was lost.

use super::windows_1252::byte_of;

/// What became of a spoiled text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Spoiled {
    /// The letters can be read back; this is what they were.
    ReadsAs(String),
    /// A letter was replaced by `�` and is lost.
    Lost,
}

/// How many times over a text may have been spoiled.
const MOST_CONVERSIONS: usize = 3;

/// Finds out whether a text was spoiled by a change of encoding.
pub(super) fn spoiled(text: &str) -> Option<Spoiled> {
    if text.is_ascii() {
        return None;
    }
    if text.contains('\u{fffd}') {
        return Some(Spoiled::Lost);
    }
    let mut before = repair(text)?;
    for _ in 1..MOST_CONVERSIONS {
        match repair(&before) {
            Some(earlier) => before = earlier,
            None => break,
        }
    }
    Some(Spoiled::ReadsAs(before))
}

/// Undoes one conversion, or gives nothing when there is none to undo.
fn repair(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(first) = rest.chars().next() {
        let (letter, length) = match original(rest, repaired.chars().next_back()) {
            Some(found) => {
                changed = true;
                found
            }
            None => (first, first.len_utf8()),
        };
        repaired.push(letter);
        rest = rest.get(length..).unwrap_or_default();
    }
    changed.then_some(repaired)
}

/// Gives the letter that the start of `text` was, and how many bytes of `text` stand for it.
fn original(text: &str, previous: Option<char>) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let second = chars.next();
    let halves: Vec<u32> = [second, chars.next()]
        .into_iter()
        .map_while(|character| continuation(character?))
        .collect();
    match (first, halves.as_slice()) {
        ('Ã' | 'Â', [low, ..]) => {
            let high = if first == 'Ã' { 0xC0 } else { 0x80 };
            let length = first.len_utf8() + second?.len_utf8();
            Some((char::from_u32(high | low)?, length))
        }
        ('â', [middle, low]) => {
            let length = text.chars().take(3).map(char::len_utf8).sum();
            Some((char::from_u32(0x2000 | (middle << 6) | low)?, length))
        }
        // The second half of `à` is a non-breaking space, which is easily lost.
        ('Ã', []) if second.is_none_or(|next| next == ' ') => {
            let after_capital = previous.is_some_and(char::is_uppercase);
            (!after_capital).then_some(('à', first.len_utf8()))
        }
        _ => None,
    }
}

/// Gives the six bits that a sign carries when it stands for a later byte of a UTF-8 letter.
fn continuation(character: char) -> Option<u32> {
    let byte = byte_of(character)?;
    (0x80..=0xBF)
        .contains(&byte)
        .then_some(u32::from(byte & 0x3F))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads_as(text: &str) -> Option<Spoiled> {
        Some(Spoiled::ReadsAs(text.to_owned()))
    }

    #[test]
    fn spoiled_letters_are_read_back() {
        assert_eq!(spoiled("ForlÃ¬"), reads_as("Forlì"));
        assert_eq!(spoiled("cittÃ\u{a0} alta"), reads_as("città alta"));
        assert_eq!(spoiled("cittÃ alta"), reads_as("città alta"));
        assert_eq!(spoiled("cittÃ"), reads_as("città"));
        assert_eq!(spoiled("lâ€™Aquila"), reads_as("l’Aquila"));
        assert_eq!(spoiled("nÂ° 3"), reads_as("n° 3"));
        assert_eq!(spoiled("CITTÃ€"), reads_as("CITTÀ"));
    }

    #[test]
    fn letters_spoiled_twice_are_read_back() {
        assert_eq!(spoiled("ForlÃƒÂ¬"), reads_as("Forlì"));
    }

    #[test]
    fn a_lost_letter_is_not_guessed() {
        assert_eq!(spoiled("Forl\u{fffd}"), Some(Spoiled::Lost));
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "Forlì",
            "Agliè",
            "Cantù",
            "È”",
            "Châtillon",
            "Saint-Rhémy-en-Bosses",
            "Sëlva",
            "S. Dorligo della Valle-Dolina",
            "Šempeter",
            "IRMÃ",
            "« n° 3 »",
            "5 €",
            "Âge",
            "perché…",
        ] {
            assert_eq!(spoiled(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn italian_text_read_in_the_wrong_encoding_is_always_found(
            text in "[a-zàèéìòù’ ]{0,12}[àèéìòù][a-z ]{0,12}",
        ) {
            let wrong: String = text.bytes().map(super::super::windows_1252::char_of).collect();
            proptest::prop_assert_eq!(spoiled(&wrong), reads_as(&text));
        }
    }
}
