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
