//! The code of a body in the index of public administrations.

/// Tells whether a text has the shape of an IPA code: letters, digits and `_`, `-`, `.`, without
/// spaces. It does not follow from other codes: some Comuni bear the code of another.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::is_ipa;
/// assert!(is_ipa("c_e497") && is_ipa("cdsmpi"));
/// assert!(!is_ipa("c e497"));
/// ```
pub fn is_ipa(text: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    text.len() > 1 && text.bytes().all(sign)
}
