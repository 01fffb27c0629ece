//! Every rule of a pack that no source says as it stands: one list, for every answer.

use super::{Derive, Document, Formula, Life, Measure, Pack, Source, Time};
use crate::diag::Text;

/// A rule that no source says as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Its name; of what has none, that of the block it stands in.
    pub id: String,
    /// Its block, as rule files write it: `param`, `condition`, `allocation`.
    pub kind: &'static str,
    /// The first measure that has it.
    pub measure: String,
    /// What a reader calls it.
    pub label: Text,
    /// The act that is nearest to it.
    pub act: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

impl Pack {
    /// Gives every assumption, measure by measure; what a measure takes from the pack is given once.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let mut found: Vec<Assumption> = Vec::new();
        for measure in &self.measures {
            for (kind, id, label, source) in said(measure) {
                let assumption = Assumption {
                    id: id.to_owned(),
                    kind,
                    measure: measure.id.clone(),
                    label: label.clone(),
                    act: source.cited(),
                    note: source.note.clone(),
                };
                let again = |known: &Assumption| {
                    let own = &known.measure;
                    let same = Assumption {
                        measure: own.clone(),
                        ..assumption.clone()
                    };
                    *known == same
                };
                if source.assumption && !found.iter().any(again) {
                    found.push(assumption);
                }
            }
        }
        found
    }
}

/// A rule: its block, its name, what a reader calls it, where it comes from.
type Said<'m> = (&'static str, &'m str, &'m Text, &'m Source);

/// Everything in a measure that has a source, in the order in which it is used.
fn said(measure: &Measure) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    for fund in &measure.funds {
        all.push(("fund", &fund.id, &fund.label, &fund.source));
        let reserved = fund.reserved.iter();
        all.extend(reserved.map(|one| ("reserved", fund.id.as_str(), &one.to, &one.source)));
    }
    let params = measure.params.values();
    all.extend(params.map(|one| ("param", one.id.as_str(), &one.label, &one.source)));
    all.extend(measure.derives.iter().flat_map(of_derive));
    all.extend(of_decisions(measure));
    all.extend(of_allocations(measure));
    let validators = measure.validators.iter();
    all.extend(validators.map(|one| ("validator", one.id.as_str(), &one.label, &one.source)));
    let registers = measure.registers.iter();
    all.extend(registers.map(|one| ("register", one.id.as_str(), &one.label, &one.source)));
    let exports = measure.exports.iter();
    all.extend(exports.map(|one| ("export", one.id.as_str(), &one.label, &one.source)));
    all.extend(measure.documents.iter().flat_map(of_document));
    all.extend(measure.lives.iter().flat_map(of_life));
    all.extend(of_deadlines(measure));
    let offices = measure.offices.iter();
    all.extend(offices.map(|one| ("office", one.id.as_str(), &one.label, &one.source)));
    let actions = measure.actions.iter();
    all.extend(actions.map(|one| ("action", one.id.as_str(), &one.label, &one.source)));
    all
}

fn of_document(document: &Document) -> impl Iterator<Item = Said<'_>> {
    let sources = document.sources();
    sources.map(|(label, source)| ("document", document.id.as_str(), label, source))
}

fn of_derive(derive: &Derive) -> Vec<Said<'_>> {
    let kind = match &derive.formula {
        Formula::Line(_) | Formula::Function { .. } | Formula::Native(_) => "derive",
        Formula::Rollup(_) => "rollup",
        Formula::Rank(_) => "rank",
        Formula::Band(_) => "band",
    };
    let id = derive.id.as_str();
    let mut all = vec![(kind, id, &derive.label, &derive.source)];
    if let Formula::Band(band) = &derive.formula {
        // A row that says no source of its own has that of its table.
        let own = band.rows.iter().filter(|row| row.source != derive.source);
        all.extend(own.map(|row| (kind, id, &row.label, &row.source)));
    }
    all
}

fn of_decisions(measure: &Measure) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    let mut exceptions: Vec<Said<'_>> = Vec::new();
    for rule in &measure.eligibilities {
        all.push(("eligibility", &rule.id, &rule.label, &rule.source));
        for one in &rule.conditions {
            all.push(("condition", &one.id, &one.label, &one.source));
            for exception in &one.exceptions {
                let said = ("exception", exception.id.as_str());
                // One derogation may lift several conditions.
                if exceptions.iter().all(|(_, id, ..)| *id != said.1) {
                    exceptions.push((said.0, said.1, &exception.label, &exception.source));
                }
            }
        }
    }
    all.extend(exceptions);
    all
}

fn of_allocations(measure: &Measure) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    for rule in &measure.allocations {
        let id = rule.id.as_str();
        all.push(("allocation", id, &rule.label, &rule.source));
        let criteria = rule.criteria.iter();
        let criteria = criteria.filter(|one| one.source != rule.source);
        all.extend(criteria.map(|one| ("criterion", id, &one.label, &one.source)));
        for (kind, bound) in [
            ("floor", &rule.floor),
            ("cap", &rule.cap),
            ("guarantee", &rule.guarantee),
        ] {
            let own = bound.iter().filter(|one| one.source != rule.source);
            all.extend(own.map(|one| (kind, id, &one.label, &one.source)));
        }
    }
    all
}

fn of_life(life: &Life) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = vec![("life", &life.id, &life.label, &life.source)];
    let states = life.states.iter();
    all.extend(states.map(|one| ("state", one.id.as_str(), &one.label, &one.source)));
    for one in &life.transitions {
        let id = one.id.as_str();
        all.push(("transition", id, &one.label, &one.source));
        let requires = one.conditions();
        let own = requires.filter(|requirement| requirement.source != one.source);
        all.extend(
            own.map(|requirement| ("requires", id, &requirement.fails, &requirement.source)),
        );
    }
    all
}

fn of_deadlines(measure: &Measure) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    for one in &measure.deadlines {
        let kind = match &one.time {
            Time::Window(_) => "window",
            Time::Term(_) => "term",
            Time::Prose(_) => "prose",
        };
        all.push((kind, &one.id, &one.label, &one.source));
        let consequence = one.consequence.iter();
        all.extend(
            consequence.map(|next| ("consequence", one.id.as_str(), &next.text, &next.source)),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::Files;

    const RULES: &str = r#"
[param.soglia]
value = "3"
unit = "bambini"
label = "Soglia"
assumption = true
note = "scelta da noi"
[param.detta]
value = "4"
unit = "bambini"
label = "Detta"
act = "a"
[derive.molti]
label = "Molti"
table = "comuni"
type = "bool"
value = "bambini >= soglia && bambini <= detta"
act = "a"
assumption = true
[eligibility.ammesso]
label = "Ammissione"
of = "comuni"
act = "a"
[eligibility.ammesso.condition.molti]
label = "molti bambini"
that = "molti"
assumption = true
[eligibility.ammesso.condition.montano]
label = "non montano"
that = "!montano"
act = "a"
[exception.deroga]
label = "deroga"
lifts = ["ammesso.molti", "ammesso.montano"]
when = "montano"
assumption = true
[allocation.riparto]
label = "Riparto"
funds = ["stato"]
to = "comuni"
criteria = [{ weight = "bambini", share = "100%" }]
method = "largest-remainder"
round = { step = "0.01" }
assumption = true
[register.elenco]
label = "Elenco"
of = "comuni"
columns = ["istat"]
assumption = true
"#;

    #[test]
    fn every_block_that_is_assumed_is_listed_once_and_no_other() {
        let (pack, faults) = Files::measure(RULES).load();
        let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
        let all = pack.assumptions();
        let named: Vec<(&str, &str)> = all.iter().map(|one| (one.kind, one.id.as_str())).collect();
        assert_eq!(
            named,
            [
                ("param", "soglia"),
                ("derive", "molti"),
                ("condition", "molti"),
                ("exception", "deroga"),
                ("allocation", "riparto"),
                ("register", "elenco"),
            ]
        );
        let first = all.first().unwrap();
        assert_eq!(
            (first.measure.as_str(), first.note.as_deref()),
            ("misura", Some("scelta da noi"))
        );
        let derive = all.iter().find(|one| one.kind == "derive").unwrap();
        assert_eq!(derive.act.as_deref(), Some("Atto"));
    }
}
