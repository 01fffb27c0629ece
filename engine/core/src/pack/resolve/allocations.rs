//! Allocations: shares, criteria, bounds and ties, with their formulas.

use std::collections::BTreeMap;

use super::blocks::{Acts, label, malformed, members, refuse};
use super::names::Names;
use super::tables::table_help;
use super::typing::{Expected, formula};
use super::values::share;
use crate::allocate::Method;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::num::{Ratio, Step};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node, Value};
use crate::rules::{Allocation, Criterion, Fund, Param, Share, TieRule, Typed};
use crate::say;

/// What the allocations of a measure are read against.
pub struct Context<'c> {
    /// The acts that can be cited.
    pub acts: &'c Acts,
    /// The parameters.
    pub params: &'c BTreeMap<String, Param>,
    /// Parameters whose declaration is faulty.
    pub broken: &'c [String],
    /// Every name.
    pub names: &'c Names,
}

/// Reads the allocations of a measure, in the order written.
pub fn allocations(
    file: &Node,
    context: &Context<'_>,
    faults: &mut Diagnostics,
) -> Vec<Allocation> {
    let all = members::<raw::Allocation>(file, "allocation");
    let read = all.into_iter().filter_map(|(entry, raw)| {
        let mut reader = Reader {
            context,
            entry,
            faults,
        };
        reader.read(raw)
    });
    read.collect()
}

/// Reads one allocation.
pub(super) struct Reader<'r> {
    pub(super) context: &'r Context<'r>,
    pub(super) entry: &'r Entry,
    pub(super) faults: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn read(&mut self, raw: Option<raw::Allocation>) -> Option<Allocation> {
        let node = &self.entry.node;
        let to = node.get("to").and_then(Node::as_text).map(str::to_owned);
        if let (Some(to), Some(node)) = (&to, node.get("to")) {
            self.known_table(to, node);
        }
        let row = to.as_deref();
        let source = self.context.acts.source(self.entry, self.faults);
        self.funds(node);
        let share = match node.get("share") {
            Some(node) => share(node, self.context.params, self.context.broken, self.faults),
            None => Some(Share {
                param: None,
                fraction: Ratio::one(),
            }),
        };
        let filter = self.line(node.get("where"), row, &Expected::Condition);
        let criteria = self.criteria(node, row);
        let step = node.get("round").and_then(|round| self.step(round));
        let ties = node
            .get("ties")
            .map_or(Some(TieRule::Stop), |ties| self.ties(ties, row));
        let floor = self.bound("floor", row, say!("minimo", "floor"));
        let cap = self.bound("cap", row, say!("massimo", "cap"));
        let guarantee = self.guarantee(row);
        self.residue_of(node);
        let raw = raw?;
        self.method(raw.method, criteria.as_ref().map_or(0, Vec::len));
        self.one_payer([&floor, &cap, &guarantee]);
        Some(Allocation {
            id: self.entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            funds: raw.funds,
            share: share?,
            residue_of: raw.residue_of,
            to: to?,
            filter: filter?,
            withhold: raw.incomplete == Some(raw::Incomplete::Withhold),
            criteria: criteria?,
            method: raw.method,
            step: step?,
            rounding: raw.round.mode,
            ties: ties?,
            floor: floor?,
            cap: cap?,
            guarantee: guarantee?,
            residue_to: raw.residue.filter(|residue| residue != "keep"),
            source,
            place: self.entry.key_place.clone(),
        })
    }

    /// An outer none is a faulty formula, an inner none an absent one.
    pub(super) fn line(
        &mut self,
        node: Option<&Node>,
        row: Option<&str>,
        expected: &Expected,
    ) -> Option<Option<Typed>> {
        let Some(node) = node else { return Some(None) };
        formula(node, self.context.names, row, expected, self.faults).map(Some)
    }

    fn known_table(&mut self, table: &str, node: &Node) {
        let names = self.context.names;
        if names.table(table).is_some() || names.broken.contains(table) {
            return;
        }
        let help = table_help(table, names.tables.iter().map(|t| t.name.as_str()));
        let message = say!(
            "non c'è una tabella `{table}`",
            "there is no table `{table}`"
        );
        let fault = refuse(Code::UnknownName, node, message);
        self.faults.push(fault.help(help));
    }

    fn funds(&mut self, node: &Node) {
        let Some(Value::List(items)) = node.get("funds").map(|list| &list.value) else {
            return;
        };
        for item in items {
            let Some(id) = item.as_text() else { continue };
            let names = self.context.names;
            if names.funds.contains(id) || names.broken.contains(id) {
                continue;
            }
            let message = say!(
                "il fondo `{id}` non è dichiarato",
                "the fund `{id}` is not declared"
            );
            let fault = refuse(Code::UnknownName, item, message);
            let help = nearest(id, names.funds.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| {
                say!(
                    "dichiararlo: `[fund.{id}]` con importo e atto",
                    "declare it: `[fund.{id}]` with amount and act"
                )
            });
            self.faults.push(fault.help(help));
        }
    }

    fn criteria(&mut self, node: &Node, row: Option<&str>) -> Option<Vec<Criterion>> {
        let list = node.get("criteria")?;
        let Value::List(items) = &list.value else {
            return None;
        };
        let mut criteria = Vec::new();
        let mut whole = true;
        for item in items {
            match self.criterion(item, row) {
                Some(criterion) => criteria.push(criterion),
                None => whole = false,
            }
        }
        if items.is_empty() {
            let message = say!(
                "serve almeno un criterio",
                "at least one criterion is needed"
            );
            let fault = refuse(Code::InvalidRule, list, message);
            self.faults.push(fault.help(say!(
                "scrivere `[{{ weight = \"bambini\", share = \"100%\" }}]`",
                "write `[{{ weight = \"bambini\", share = \"100%\" }}]`"
            )));
            return None;
        }
        let total: Ratio = criteria
            .iter()
            .map(|criterion| &criterion.share.fraction)
            .sum();
        if whole && total != Ratio::one() {
            let percent = percent_text(&total);
            let message = say!(
                "le quote dei criteri fanno {percent}, non 100%",
                "the shares of the criteria add up to {percent}, not 100%"
            );
            let fault = refuse(Code::SharesNot100, list, message);
            self.faults.push(fault.help(say!(
                "correggere le `share` dei criteri: insieme ripartiscono tutto",
                "correct the `share` of the criteria: together they split all of it"
            )));
        }
        whole.then_some(criteria)
    }

    fn criterion(&mut self, item: &Node, row: Option<&str>) -> Option<Criterion> {
        let weight_node = item.get("weight");
        let weight = self.line(weight_node, row, &Expected::Number);
        let share = item
            .get("share")
            .and_then(|node| share(node, self.context.params, self.context.broken, self.faults));
        let source = if item.get("act").is_some() {
            let key_place = item.place.clone();
            let entry = Entry {
                key: String::new(),
                key_place,
                node: item.clone(),
            };
            self.context.acts.source(&entry, self.faults)
        } else {
            // The allocation's own act covers it; a missing one was reported there.
            self.context
                .acts
                .source(self.entry, &mut Diagnostics::new())
        };
        let text = |key| item.get(key).and_then(Node::as_text);
        let written = weight_node.and_then(Node::as_text)?;
        let label = label(text("label").unwrap_or(written), text("label_en"));
        let place = weight_node?.place.clone();
        Some(Criterion {
            label,
            weight: weight??,
            share: share?,
            source,
            place,
        })
    }

    fn step(&mut self, round: &Node) -> Option<Step> {
        let node = round.get("step")?;
        let text = node.as_text()?;
        let step = Step::parse(text).ok().filter(Step::is_whole_cents);
        if step.is_none() {
            let message = say!(
                "`{text}` non è un passo di arrotondamento in euro",
                "`{text}` is not a rounding step in euro"
            );
            self.faults.push(malformed(node, message).help(say!(
                "un passo è un numero intero di centesimi sopra lo zero: `\"0.01\"`, `\"1\"`",
                "a step is a whole number of cents above zero: `\"0.01\"`, `\"1\"`"
            )));
        }
        step
    }

    fn ties(&mut self, node: &Node, row: Option<&str>) -> Option<TieRule> {
        let entry = Entry {
            key: "ties".to_owned(),
            key_place: node.place.clone(),
            node: node.clone(),
        };
        let source = self.context.acts.source(&entry, self.faults);
        let by = self.line(node.get("by"), row, &Expected::Number)?;
        let raw: raw::Ties = node.decode()?;
        match (raw.order, by, raw.draw) {
            (Some(raw::TableOrder::First), None, None) => Some(TieRule::First(source)),
            (Some(raw::TableOrder::Last), None, None) => Some(TieRule::Last(source)),
            (None, Some(by), None) => Some(TieRule::By(Box::new(by), source)),
            (None, None, Some(keys)) => Some(TieRule::Draw(keys, source)),
            _ => {
                let message = say!(
                    "una parità si scioglie in un modo solo: `order`, `by` oppure `draw`",
                    "a tie is resolved in one way only: `order`, `by` or `draw`"
                );
                let fault = refuse(Code::InvalidRule, node, message);
                self.faults.push(fault.help(say!(
                    "tenere solo il modo che l'atto stabilisce",
                    "keep only the way that the act sets"
                )));
                None
            }
        }
    }

    fn residue_of(&mut self, node: &Node) {
        let Some(node) = node.get("residue_of") else {
            return;
        };
        let Some(id) = node.as_text() else { return };
        let names = self.context.names;
        if !names.allocations.contains_key(id) && !names.broken.contains(id) {
            let message = say!("non c'è un riparto `{id}`", "there is no allocation `{id}`");
            let known = names.allocations.keys().map(String::as_str);
            let help = nearest(id, known).unwrap_or_else(|| {
                say!(
                    "nominare un riparto di questa misura",
                    "name an allocation of this measure"
                )
            });
            let fault = refuse(Code::UnknownName, node, message);
            self.faults.push(fault.help(help));
        }
        if let Some(share) = self.entry.node.entry("share") {
            let message = say!(
                "chi ripartisce un residuo lo ripartisce tutto: `share` non serve",
                "who splits a residue splits all of it: `share` has no use"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message);
            self.faults
                .push(fault.at(share.key_place.clone()).help(say!(
                    "togliere `share`; quanto resta dipende dal riparto che viene prima",
                    "remove `share`; what is left depends on the allocation that comes before"
                )));
        }
    }

    fn method(&mut self, method: Method, criteria: usize) {
        let node = self.entry.node.find(&["method"]);
        if method == Method::UnitValue && criteria > 1 {
            let message = say!(
                "il metodo `unit-value` ha un criterio solo: un valore per ciascuna unità",
                "the method `unit-value` has one criterion: one value for each unit"
            );
            let fault = refuse(Code::InvalidRule, node, message);
            self.faults.push(fault.help(say!(
                "tenere un criterio, o usare un altro metodo, come `largest-remainder`",
                "keep one criterion, or use another method, such as `largest-remainder`"
            )));
        }
    }
}

/// Finds the funds whose shares, those kept for others included, are not the whole.
pub fn check_fund_shares(
    file: &Node,
    funds: &[Fund],
    allocations: &[Allocation],
    faults: &mut Diagnostics,
) {
    let written = file
        .get("allocation")
        .map_or(0, |block| block.entries().len());
    if allocations.len() < written {
        // A faulty allocation was told; its share is not missing.
        return;
    }
    for fund in funds {
        let users: Vec<&Allocation> = allocations
            .iter()
            .filter(|a| a.residue_of.is_none() && a.funds.contains(&fund.id))
            .collect();
        if users.is_empty() {
            continue;
        }
        let split: Ratio = users.iter().map(|a| &a.share.fraction).sum();
        let reserved: Ratio = fund.reserved.iter().map(|r| &r.share.fraction).sum();
        let total = &split + &reserved;
        if total == Ratio::one() {
            continue;
        }
        let (id, percent) = (&fund.id, percent_text(&total));
        let parts = users
            .iter()
            .map(|a| format!("`{}` {}", a.id, percent_text(&a.share.fraction)));
        let kept = fund
            .reserved
            .iter()
            .map(|r| format!("`reserved` {}", percent_text(&r.share.fraction)));
        let parts = parts.chain(kept).collect::<Vec<_>>().join(" + ");
        let fault = Diagnostic::error(
            Code::SharesNot100,
            say!(
                "le quote del fondo `{id}` fanno {percent}, non 100%: {parts}",
                "the shares of the fund `{id}` add up to {percent}, not 100%: {parts}"
            ),
        );
        let place = file
            .get("fund")
            .and_then(|f| f.entry(id))
            .map(|e| e.key_place.clone());
        faults.push(fault.at_maybe(place).help(say!(
            "ciò che altri ripartiscono si dichiara nel fondo: `reserved = [{{ share = \"5%\", … }}]`",
            "what others split is declared in the fund: `reserved = [{{ share = \"5%\", … }}]`"
        )));
    }
}

/// Writes a fraction as a percentage, exactly where it can be.
pub fn percent_text(fraction: &Ratio) -> String {
    let percent = fraction * &Ratio::from(100);
    match percent.to_decimal_text() {
        Some(text) => format!("{text}%"),
        None => format!("{percent}%"),
    }
}
