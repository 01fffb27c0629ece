//! The code of a school (codice meccanografico).

/// Tells whether a text has the shape of a school's code: two letters of the province, two
/// characters of the kind of school, six more; the last can be a letter. How the last character
/// follows from the others is not published.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::is_school_code;
/// assert!(is_school_code("AVIC849003") && is_school_code("ASTF01000X"));
/// assert!(!is_school_code("ASTF01000"));
/// ```
pub fn is_school_code(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            0 | 1 => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        })
}
