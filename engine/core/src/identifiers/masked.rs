//! How what is personal is shown: enough to find it again, too little to know it.

/// Masks a personal text. This is the only rule: of eight characters or more the first three and
/// the last are shown, of fewer only the first.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::masked;
/// assert_eq!(masked("RSSMRA45C12F205C"), "RSS••••••••••••C");
/// assert_eq!(masked("Anna"), "A•••");
/// ```
pub fn masked(text: &str) -> String {
    let count = text.chars().count();
    let shown = |at: usize| match count {
        0..8 => at == 0,
        _ => at < 3 || at + 1 == count,
    };
    text.chars()
        .enumerate()
        .map(|(at, character)| if shown(at) { character } else { '•' })
        .collect()
}

/// Masks every word of a text that has the shape of a person's codice fiscale, wherever it stands:
/// a cell in the wrong column is still somebody's.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::without_codes;
/// assert_eq!(without_codes("di RSSMRA45C12F205C, nido"), "di RSS••••••••••••C, nido");
/// assert_eq!(without_codes("urn:nir:stato:legge"), "urn:nir:stato:legge");
/// ```
pub fn without_codes(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        match is_shaped_as_a_code(word) {
            true => shown.push_str(&part.replacen(word, &masked(word), 1)),
            false => shown.push_str(part),
        }
    }
    shown
}

/// Tells whether a word is written as a person's codice fiscale is, letters for digits included.
fn is_shaped_as_a_code(word: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    let digit = |c: char| c.is_ascii_digit() || "LMNPQRSTUV".contains(c.to_ascii_uppercase());
    let shape = word.chars().enumerate().all(|(at, c)| match at {
        0..=5 | 8 | 11 | 15 => letter(c),
        _ => digit(c),
    });
    shape && word.len() == 16
}
