//! Which measures a parameter can change: those whose rules name it, and those that read them.

use super::{Allocation, Formula, Measure, Payers, Reference, Share, TieRule, Typed};

impl Measure {
    /// Tells whether a value of the parameter can change what comes out of the measure: its rules
    /// name it, or those of a measure that it reads.
    pub fn is_changed_by(&self, param: &str) -> bool {
        self.names_param(param) || self.reads.iter().any(|read| read.is_changed_by(param))
    }

    fn names_param(&self, param: &str) -> bool {
        let named = Reference::Param(param.to_owned());
        let mut formulas = self.formulas().into_iter();
        formulas.any(|formula| formula.expr.references().contains(&&named))
            || self.named_apart().contains(&param)
    }

    /// Every formula of its rules.
    fn formulas(&self) -> Vec<&Typed> {
        let mut all = Vec::new();
        for derive in &self.derives {
            match &derive.formula {
                Formula::Line(line) => all.push(line),
                Formula::Function { inputs, .. } => all.extend(inputs),
                Formula::Native(native) => all.extend(&native.takes),
                Formula::Rollup(rollup) => all.extend(rollup.of.iter().chain(&rollup.filter)),
                Formula::Rank(rank) => {
                    all.push(&rank.by);
                    all.extend(rank.within.iter().chain(&rank.filter));
                }
                Formula::Band(band) => {
                    all.push(&band.of);
                    all.extend(&band.by);
                }
            }
        }
        all.extend(self.totals.iter().map(|total| &total.value));
        all.extend(self.checks.iter().map(|check| &check.that));
        for condition in self.eligibilities.iter().flat_map(|rule| &rule.conditions) {
            all.push(&condition.that);
            all.extend(condition.exceptions.iter().map(|exception| &exception.when));
        }
        for rule in &self.registers {
            all.extend(rule.filter.iter().chain(&rule.columns));
        }
        let moves = self.lives.iter().flat_map(|life| &life.transitions);
        let required = moves.flat_map(|transition| &transition.requires);
        all.extend(required.map(|requirement| &requirement.that));
        all.extend(self.allocations.iter().flat_map(formulas_of));
        all
    }

    /// The parameters that its rules name outside of formulas: shares, ends and values of bands,
    /// limits of forms.
    fn named_apart(&self) -> Vec<&str> {
        let reserved = self.funds.iter().flat_map(|fund| &fund.reserved);
        let criteria = self.allocations.iter().flat_map(|rule| &rule.criteria);
        let shares = (self.allocations.iter().map(|rule| &rule.share))
            .chain(reserved.map(|reserved| &reserved.share))
            .chain(criteria.map(|criterion| &criterion.share));
        let shares = shares.filter_map(|share: &Share| share.param.as_deref());
        let bands = self
            .derives
            .iter()
            .filter_map(|derive| match &derive.formula {
                Formula::Band(band) => Some(band),
                _ => None,
            });
        let ends = bands.flat_map(|band| &band.rows);
        let ends = ends.flat_map(|row| row.params.iter().map(String::as_str));
        let parts = self.documents.iter().flat_map(|document| &document.parts);
        let limits = parts.filter_map(|part| part.limit.as_ref());
        let limits = limits.map(|limit| limit.param.as_str());
        shares.chain(ends).chain(limits).collect()
    }
}

fn formulas_of(rule: &Allocation) -> Vec<&Typed> {
    let mut all: Vec<&Typed> = rule.filter.iter().collect();
    all.extend(rule.criteria.iter().map(|criterion| &criterion.weight));
    if let TieRule::By(by, _) = &rule.ties {
        all.push(by);
    }
    let bounds = [&rule.floor, &rule.cap, &rule.guarantee];
    for bound in bounds.into_iter().flatten() {
        all.push(&bound.value);
        if let Payers::Where(condition) = &bound.pays {
            all.push(condition);
        }
    }
    all
}
