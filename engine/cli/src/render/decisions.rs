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
    let many = row.subjects;
    match row.name.strip_prefix('*') {
        Some(name) if many > 1 => say!("{name} (in tutto {many})", "{name} ({many} in all)"),
        Some(name) => say!(
            "{name} (quanti non si sa)",
            "{name} (how many is not known)"
        ),
        None => Text::same(with_key(&row.name, &row.key)),
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
