//! The code of a public investment project.

/// Tells whether a text has the shape of a CUP: a letter, two digits, a letter, eleven digits. It
/// has no check character that is known.
///
/// # Source
/// OpenCUP, the codes it publishes.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::is_cup;
/// assert!(is_cup("B11B23000110001"));
/// assert!(!is_cup("B11B2300011000"));
/// ```
pub fn is_cup(text: &str) -> bool {
    text.len() == 15
        && text.bytes().enumerate().all(|(at, byte)| match at {
            0 | 3 => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
}
