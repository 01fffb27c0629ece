//! Decisions as text: how many rows are admitted, and of the others every reason.

use riparto_core::diag::Text;
use riparto_core::outcome::{DecisionOutcome, DecisionRow, Finding, Standing, Verdict};
use riparto_core::say;

use super::style::{Page, with_key};

/// Renders a decision.
pub fn render(decision: &DecisionOutcome, page: Page) -> String {
    let count = |verdict| {
        let rows = decision.rows.iter();
        rows.filter(|row| row.verdict == verdict).count()
    };
    let (admitted, refused) = (count(Verdict::Eligible), count(Verdict::NotEligible));
    let open = count(Verdict::Undetermined);
    let counts = match decision.words.are_own() {
        true => say!(
            "{yes} {admitted}, {no} {refused}, non determinabili {open}",
            "{yes} {admitted}, {no} {refused}, undetermined {open}";
            yes = decision.words.of(Verdict::Eligible), no = decision.words.of(Verdict::NotEligible)
        ),
        false => say!(
            "ammessi {admitted}, non ammessi {refused}, non determinabili {open}",
            "admitted {admitted}, not admitted {refused}, undetermined {open}"
        ),
    };
    let (label, counts) = (decision.label.get(page.lang), counts.get(page.lang));
    let mut lines = vec![format!("{label}: {counts}")];
    lines.extend(decision.act.iter().map(|act| format!("  {act}")));
    for row in &decision.rows {
        lines.extend(one_row(decision, row, page));
    }
    lines.join("\n")
}

/// A row that needs a word: refused, left open, or admitted by a derogation.
fn one_row(decision: &DecisionOutcome, row: &DecisionRow, page: Page) -> Vec<String> {
    let lifted = || {
        let findings = row.findings.iter();
        findings.filter(|finding| finding.standing == Standing::Lifted)
    };
    let told: Vec<&Finding> = match row.verdict {
        Verdict::Eligible => lifted().collect(),
        _ => row.reasons().chain(lifted()).collect(),
    };
    if told.is_empty() {
        return Vec::new();
    }
    let word = decision.words.of(row.verdict);
    let (name, word) = (called(row), word.get(page.lang));
    let mut lines = vec![format!("  {}: {word}", name.get(page.lang))];
    lines.extend(told.into_iter().map(|finding| reason(finding, page)));
    lines
}

/// Names a row: its key once where its name is the same, of an aggregate for how many it stands.
fn called(row: &DecisionRow) -> Text {
    if !row.key.starts_with('*') {
        return Text::same(with_key(&row.name, &row.key));
    }
    let name = row.name.trim_start_matches('*');
    match row.subjects {
        0 | 1 => Text::same(name),
        many => say!("{name} (in tutto {many})", "{name} ({many} in all)"),
    }
}

/// Writes a finding with the act behind it.
pub fn reason(finding: &Finding, page: Page) -> String {
    let text = finding.text.get(page.lang);
    let mut parts = vec![format!("    - {text}")];
    parts.extend(finding.act.clone());
    let mut line = parts.join(" · ");
    if finding.assumption {
        let word: Text = say!("[ipotesi]", "[assumption]");
        line.push(' ');
        line.push_str(&page.dress.warning(word.get(page.lang)));
    }
    line
}

#[cfg(test)]
mod tests {
    use riparto_core::outcome::{DecisionRow, Verdict};

    use super::called;

    #[test]
    fn an_aggregate_is_named_without_its_star_and_with_how_many_it_stands_for() {
        let named = |key: &str, name: &str, subjects| {
            let row = DecisionRow {
                key: key.to_owned(),
                name: name.to_owned(),
                subjects,
                verdict: Verdict::Undetermined,
                findings: Vec::new(),
            };
            called(&row).it
        };
        assert_eq!(named("*altri", "*altri", 24), "altri (in tutto 24)");
        // How many is not known: nothing is said of it.
        assert_eq!(named("*altri", "*altri", 1), "altri");
        let titled = named("*altri", "Altri Comuni", 24);
        assert_eq!(titled, "Altri Comuni (in tutto 24)");
        assert_eq!(named("005005", "Asti", 1), "Asti (005005)");
    }
}
