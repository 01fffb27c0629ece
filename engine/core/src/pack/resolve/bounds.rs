//! Floors, caps and guarantees of an allocation, and who pays for them.

use super::allocations::{Reader, percent_text};
use super::typing::Expected;
use super::values::share;
use crate::diag::{Code, Diagnostic, Text};
use crate::model::Unit;
use crate::pack::raw::Node;
use crate::rules::{Bound, Expr, Payers, Reference, Scalar, Typed};
use crate::say;
use crate::script::expression::BinaryOp;

impl Reader<'_> {
    /// An outer none is a faulty bound, an inner none an absent one.
    pub(super) fn bound(
        &mut self,
        key: &str,
        row: Option<&str>,
        label: Text,
    ) -> Option<Option<Bound>> {
        let Some(entry) = self.entry.node.entry(key) else {
            return Some(None);
        };
        let source = self.context.acts.source(entry, self.faults);
        let node = &entry.node;
        let value = self.line(node.get("value"), row, &Expected::Unit(Unit::euro()));
        let pays = self.pays(node, row);
        let place = node.find(&["value"]).place.clone();
        Some(Some(Bound {
            label,
            value: value??,
            pays: pays?,
            source,
            place,
        }))
    }

    pub(super) fn guarantee(&mut self, row: Option<&str>) -> Option<Option<Bound>> {
        let Some(entry) = self.entry.node.entry("guarantee") else {
            return Some(None);
        };
        let source = self.context.acts.source(entry, self.faults);
        let node = &entry.node;
        let of = self.line(node.get("of"), row, &Expected::Unit(Unit::euro()));
        let share = node
            .get("share")
            .and_then(|node| share(node, self.context.params, self.context.broken, self.faults));
        let pays = self.pays(node, row);
        let place = node.find(&["of"]).place.clone();
        let (of, share) = (of??, share?);
        let percent = percent_text(&share.fraction);
        let label = say!(
            "garanzia del {percent} dell'importo precedente",
            "guarantee of {percent} of the earlier amount"
        );
        let factor = match &share.param {
            Some(param) => Expr::Reference(Reference::Param(param.clone())),
            None => Expr::Constant(Scalar::Number(share.fraction)),
        };
        let expr = Expr::Binary(BinaryOp::Multiply, factor.into(), of.expr.clone().into());
        let value = Typed { expr, ..of };
        Some(Some(Bound {
            label,
            value,
            pays: pays?,
            source,
            place,
        }))
    }

    fn pays(&mut self, node: &Node, row: Option<&str>) -> Option<Payers> {
        let Some(pays) = node.get("pays") else {
            return Some(Payers::All);
        };
        if let Some(condition) = pays.get("where") {
            let condition = self.line(Some(condition), row, &Expected::Condition)??;
            return Some(Payers::Where(Box::new(condition)));
        }
        match pays.as_text()? {
            "reserve" => Some(Payers::Reserve),
            _ => Some(Payers::All),
        }
    }

    pub(super) fn one_payer(&mut self, bounds: [&Option<Option<Bound>>; 3]) {
        let present: Vec<&Bound> = bounds.into_iter().flatten().flatten().collect();
        let differs = present.windows(2).any(|pair| match pair {
            [a, b] => !same_payers(&a.pays, &b.pays),
            _ => false,
        });
        if differs {
            let message = say!(
                "minimo, massimo e garanzia di uno stesso riparto hanno lo stesso pagatore",
                "floor, cap and guarantee of one allocation are paid by the same rows"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message);
            self.faults
                .push(fault.at(self.entry.key_place.clone()).help(say!(
                    "dare lo stesso `pays` a tutti, oppure dividere il riparto in due",
                    "give all of them the same `pays`, or split the allocation in two"
                )));
        }
    }
}

fn same_payers(a: &Payers, b: &Payers) -> bool {
    match (a, b) {
        (Payers::All, Payers::All) | (Payers::Reserve, Payers::Reserve) => true,
        (Payers::Where(a), Payers::Where(b)) => a.expr == b.expr,
        _ => false,
    }
}
