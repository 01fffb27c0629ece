//! The declared name that a mistyped one most likely stands for.

/// Gives the candidate nearest to a name, when one is near enough to be meant.
pub(super) fn nearest<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let name = folded(name);
    let most = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&name, &folded(candidate)),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= most && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Gives a name as it compares: small letters, blanks and hyphens like underscores.
fn folded(name: &str) -> String {
    let fold = |c: char| if c == ' ' || c == '-' { '_' } else { c };
    name.to_lowercase().chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_blanks_do_not_count() {
        let declared = ["comune", "bambini_frequentanti"];
        assert_eq!(
            nearest("Bambini frequentanti", declared),
            Some("bambini_frequentanti")
        );
        assert_eq!(nearest("comuen", declared), Some("comune"));
        assert_eq!(nearest("posti", declared), None);
        assert_eq!(nearest("x", ["a"]), None);
    }
}
