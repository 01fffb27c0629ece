//! The character set of older Windows programs, in which Italian files are most often saved.

/// What bytes 0x80–0x9F stand for; the five that stand for nothing keep their control character.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Gives the character that a byte stands for.
pub(super) fn char_of(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|high| HIGH.get(usize::from(high)).copied())
        .unwrap_or(char::from(byte))
}

/// Gives the byte that stands for a character, when there is one.
pub(super) fn byte_of(character: char) -> Option<u8> {
    let high = HIGH.iter().position(|high| *high == character);
    match high {
        Some(index) => u8::try_from(index + 0x80).ok(),
        None => u8::try_from(character).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_from_its_character() {
        for byte in 0..=u8::MAX {
            assert_eq!(byte_of(char_of(byte)), Some(byte));
        }
        assert_eq!(char_of(0xEC), 'ì');
        assert_eq!(byte_of('’'), Some(0x92));
        assert_eq!(byte_of('č'), None);
    }
}
