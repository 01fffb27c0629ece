//! What a case expects of documents, compared with what was found of them.

use super::Comparison;
use crate::diag::Text;
use crate::outcome::{DocumentOutcome, MisprintFault, Outcome, PartOutcome};
use crate::pack::raw::ExpectDocument;
use crate::say;

impl Comparison<'_> {
    /// Compares what was found of documents.
    pub(super) fn documents(&mut self, outcome: &Outcome) {
        let file = self.case;
        for (id, documents) in &file.file.expect.documents {
            let path = ["expect", "documents", id];
            let own = outcome.documents.iter().filter(|one| one.id == *id);
            let own: Vec<&DocumentOutcome> = own.collect();
            if own.is_empty() {
                let message = say!("nessun documento `{id}`", "no document `{id}`");
                self.fail(&path, message);
                continue;
            }
            for (subject, expected) in documents {
                let path = ["expect", "documents", id, subject];
                let mut rows = own.iter();
                match rows.find(|one| one.key == *subject || one.name == *subject) {
                    Some(found) => self.document(&path, expected, found),
                    None => {
                        let known = own.iter();
                        let known = known.map(|one| (one.key.as_str(), one.name.as_str()));
                        let known: Vec<(&str, &str)> = known.collect();
                        self.unknown(&path, subject, &known);
                    }
                }
            }
        }
    }

    fn document(&mut self, path: &[&str], expected: &ExpectDocument, found: &DocumentOutcome) {
        if let Some(outcome) = &expected.outcome {
            self.same(path, "outcome", outcome, found.verdict.as_str());
        }
        if let Some(reasons) = &expected.reasons {
            let parts = found.obstacles().map(|part| part.id.as_str());
            let conditions = found.unmet().map(|finding| finding.condition.as_str());
            let found: Vec<&str> = parts.chain(conditions).collect();
            self.same(path, "reasons", &reasons.join(", "), &found.join(", "));
        }
        if let Some(otherwise) = &expected.otherwise {
            let changed = |id: &str| {
                let mut others = found.otherwise.iter().flat_map(|other| &other.parts);
                others.any(|(part, ..)| part == id)
            };
            let parts = found.parts.iter().map(|part| part.id.as_str());
            let changing: Vec<&str> = parts.filter(|id| changed(id)).collect();
            self.same(
                path,
                "otherwise",
                &otherwise.join(", "),
                &changing.join(", "),
            );
        }
        for (part, characters) in &expected.characters {
            let path = [path, &["characters", part]].concat();
            self.of_part(&path, part, found, &characters.to_string(), |part| {
                part.characters.to_string()
            });
        }
        for (part, letters) in &expected.missing {
            let path = [path, &["missing", part]].concat();
            self.of_part(&path, part, found, &letters.join(", "), |part| {
                let letters = part.missing.iter().map(|item| item.letter.as_str());
                letters.collect::<Vec<_>>().join(", ")
            });
        }
        for (part, letters) in &expected.misprinted {
            let path = [path, &["misprinted", part]].concat();
            self.of_part(&path, part, found, &letters.join(", "), misprinted);
        }
    }

    fn of_part(
        &mut self,
        path: &[&str],
        id: &str,
        found: &DocumentOutcome,
        expected: &str,
        tell: impl Fn(&PartOutcome) -> String,
    ) {
        match found.parts.iter().find(|part| part.id == id) {
            Some(part) => self.same(path, id, expected, &tell(part)),
            None => {
                let known = found.parts.iter();
                let known = known.map(|part| (part.id.as_str(), part.label.it.as_str()));
                let known: Vec<(&str, &str)> = known.collect();
                self.unknown(path, id, &known);
            }
        }
    }

    fn same(&mut self, path: &[&str], what: &str, expected: &str, found: &str) {
        if expected != found {
            let message: Text = say!(
                "`{what}`: atteso «{expected}», risulta «{found}»",
                "`{what}`: “{expected}” was expected, “{found}” came out"
            );
            self.fail(path, message);
        }
    }
}

/// Each letter printed with that of the form, as a case writes them: `a per e`, `b di nuovo`,
/// `a dopo b`, `e con altre parole`.
fn misprinted(part: &PartOutcome) -> String {
    let told = part.misprinted.iter().map(|misprint| {
        let word = |letter: &Option<String>| letter.clone().unwrap_or_else(|| "-".to_owned());
        let (expected, printed) = (word(&misprint.expected), word(&misprint.printed));
        match misprint.fault {
            MisprintFault::Letter | MisprintFault::InHeading => format!("{printed} per {expected}"),
            MisprintFault::Words => format!("{expected} con altre parole"),
            MisprintFault::Twice => format!("{expected} di nuovo"),
            MisprintFault::Order => format!("{expected} dopo {printed}"),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}
