//! From a pack as text to rules that can be run: names found, units agreed, values exact.
//!
//! A faulty block is left out and its name trusted elsewhere, so that one mistake is one
//! diagnostic and the others are still found in the same pass.

mod actions;
mod allocations;
mod bands;
mod blocks;
mod bounds;
mod coverage;
mod deadlines;
mod declared;
mod documents;
mod eligibility;
mod exports;
mod formulas;
mod given;
mod imports;
mod lives;
mod names;
mod natives;
mod offices;
mod overrides;
mod plan;
mod ranks;
mod reads;
mod registers;
mod rollups;
mod tables;
#[cfg(test)]
mod tests;
mod typing;
mod validators;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use allocations::percent_text;
pub(crate) use blocks::{Acts, malformed};
pub use overrides::Overrides;

use super::raw::{self, Node};
use super::read::{RawMeasure, RawPack};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::TableDecl;
use crate::native::Natives;
use crate::rules::{Cite, Measure, Pack, Param, RuleFile, Scripts};
use crate::say;
use crate::script::{HelperSource, Script};
use crate::terms::Law;
use crate::time::Words;
use allocations::{Context, allocations, check_fund_shares};
use blocks::{date, label};
use declared::Declared;

/// Resolves a pack; the pack is none when a diagnostic is an error.
pub fn resolve(
    raw: &RawPack,
    helpers: &HelperSource<'_>,
    overrides: &Overrides,
    national: National,
    natives: Arc<dyn Natives>,
) -> (Option<Pack>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut acts = Acts::default();
    acts.declare(&raw.manifest);
    let mut params = BTreeMap::new();
    let broken = values::params(&raw.manifest, &acts, &mut params, &mut faults);
    let shared = Shared {
        acts,
        params,
        broken,
        national,
        natives,
    };
    let mut unused = overrides.clone();
    let order = reads::order(raw, &mut faults);
    let declared = declare(raw, &order, &shared, overrides, &mut unused, &mut faults);
    let mut measures: BTreeMap<&str, Arc<Measure>> = BTreeMap::new();
    for (id, measure) in order {
        let mut reader = MeasureReader {
            id,
            shared: &shared,
            helpers,
            declared: &declared,
            resolved: &measures,
            faults: &mut faults,
        };
        if let Some(read) = reader.read(measure) {
            measures.insert(id, Arc::new(read));
        }
    }
    let measures: Vec<Arc<Measure>> = measures.into_values().collect();
    faults.extend(unused.refuse_unknown(&shared.params, &raw.measures));
    faults.extend(tables::one_table_one_shape(&measures));
    let mut pack = manifest(raw, &shared.acts, measures, &mut faults);
    if let Some(pack) = &mut pack {
        pack.law = shared.national.law;
    }
    if faults.has_errors() {
        (None, faults)
    } else {
        (pack, faults)
    }
}

/// The national rules on times that a pack needs; none that are faulty, which is told elsewhere.
#[derive(Debug, Clone, Default)]
pub struct National {
    /// The rules on terms.
    pub law: Option<Law>,
    /// The words that a time is said in.
    pub words: Option<Words>,
}

/// What the measures of a pack have in common.
struct Shared {
    acts: Acts,
    params: BTreeMap<String, Param>,
    broken: Vec<String>,
    national: National,
    natives: Arc<dyn Natives>,
}

/// Reads what each measure declares, before the formulas of any.
fn declare<'p>(
    raw: &'p RawPack,
    order: &[(&'p str, &'p RawMeasure)],
    shared: &Shared,
    overrides: &Overrides,
    unused: &mut Overrides,
    faults: &mut Diagnostics,
) -> BTreeMap<&'p str, Declared> {
    let mut declared: BTreeMap<&str, Declared> = BTreeMap::new();
    for (id, measure) in order {
        let node = &measure.node;
        let reads = reads::written(node).into_iter();
        let read = reads.filter_map(|(name, _)| raw.measures.get(name)?.node.get("table"));
        let elsewhere = read.flat_map(Node::entries).map(|table| &*table.key);
        let elsewhere: Vec<&str> = elsewhere.collect();
        let mut own = Declared::read(node, &elsewhere, shared, overrides, unused, faults);
        let reads = reads::written(node).into_iter();
        let read = reads.filter_map(|(name, _)| declared.get(name));
        let read: Vec<&TableDecl> = read.flat_map(|other| &other.names.tables).collect();
        tables::share_what_is_personal(&mut own.names.tables, &read);
        declared.insert(id, own);
    }
    declared
}

fn manifest(
    raw: &RawPack,
    acts: &Acts,
    measures: Vec<Arc<Measure>>,
    faults: &mut Diagnostics,
) -> Option<Pack> {
    let node = &raw.manifest;
    let as_of = node.get("as_of").and_then(|node| date(node, faults));
    let main_act = node
        .get("main_act")
        .and_then(|node| acts.cite(node, faults));
    let file: raw::PackFile = node.decode()?;
    check_year(raw, &file, faults);
    Some(Pack {
        id: raw.id.clone(),
        title: label(&file.title, file.title_en.as_deref()),
        year: file.year,
        as_of: as_of?,
        status: file.status,
        main_act: main_act?,
        lineage: raw.lineage.clone(),
        measures,
        law: None,
        files: raw.files.iter().cloned().collect::<Vec<RuleFile>>(),
    })
}

/// The year written in a pack is that of its folder.
fn check_year(raw: &RawPack, file: &raw::PackFile, faults: &mut Diagnostics) {
    let (id, year) = (&raw.id, file.year);
    if id.ends_with(&format!("/{year}")) {
        return;
    }
    let message = say!(
        "l'anno è {year}, ma la cartella è `{id}`",
        "the year is {year}, but the folder is `{id}`"
    );
    let fault = malformed(raw.manifest.find(&["year"]), message);
    let fault = Diagnostic {
        code: Code::InvalidRule,
        ..fault
    };
    faults.push(fault.help(say!(
        "scrivere l'anno della cartella, o rinominare la cartella",
        "write the year of the folder, or rename the folder"
    )));
}

struct MeasureReader<'r> {
    id: &'r str,
    shared: &'r Shared,
    helpers: &'r HelperSource<'r>,
    /// What each measure declares.
    declared: &'r BTreeMap<&'r str, Declared>,
    /// The measures that were read before.
    resolved: &'r BTreeMap<&'r str, Arc<Measure>>,
    faults: &'r mut Diagnostics,
}

impl<'r> MeasureReader<'r> {
    fn read(&mut self, measure: &RawMeasure) -> Option<Measure> {
        let node = &measure.node;
        let own = self.declared.get(self.id)?;
        let others = self.others(node);
        let of_pack = self.shared.params.keys().map(String::as_str).collect();
        reads::one_name_one_thing(node, own, &others, &of_pack, self.faults);
        let mut seen = own.clone();
        others.iter().for_each(|(_, _, other)| seen.see(other));
        let Declared {
            acts,
            params,
            broken,
            names,
            ..
        } = seen;
        let (scripts, scripts_lost) = self.scripts(measure);
        let formulas = formulas::Context {
            acts: &acts,
            names: &names,
            scripts: &scripts,
            scripts_lost,
            natives: &self.shared.natives,
        };
        let mut derives = formulas.derives(node, self.faults);
        derives.extend(formulas.rollups(node, self.faults));
        derives.extend(formulas.ranks(node, self.faults));
        derives.extend(formulas.bands(node, &params, self.faults));
        let totals = formulas.totals(node, self.faults);
        let checks = formulas.checks(node, self.faults);
        let eligibilities = formulas.eligibilities(node, self.faults);
        let validators = formulas.validators(node, self.faults);
        let registers = formulas.registers(node, self.faults);
        let exports = formulas.exports(node, self.faults);
        let documents = formulas.documents(node, &params, self.faults);
        let offices = offices::offices(node, &acts, self.faults);
        let context = Context {
            acts: &acts,
            params: &params,
            broken: &broken,
            names: &names,
        };
        let allocations = allocations(node, &context, self.faults);
        let (events, deadlines) =
            deadlines::deadlines(node, &acts, &self.shared.national, self.faults);
        let lives = lives::lives(node, &acts, &names, self.faults);
        let actions = actions::actions(node, &acts, self.faults);
        let monitoring = actions::monitoring(node, &names.tables, self.faults);
        // A share that was given and cannot be read would not add up either.
        if own.shares_known {
            check_fund_shares(node, &own.funds, &allocations, self.faults);
        }
        let act: Option<Cite> = node.get("main_act").and_then(|a| acts.cite(a, self.faults));
        let title = node.get("title").and_then(Node::as_text);
        let title_en = node.get("title_en").and_then(Node::as_text);
        let mut read = Measure {
            id: self.id.to_owned(),
            title: label(title.unwrap_or_default(), title_en),
            act: act?,
            reads: others
                .iter()
                .filter_map(|(id, ..)| self.resolved.get(id).cloned())
                .collect(),
            params: own.params.clone(),
            funds: own.funds.clone(),
            tables: documents::verbatim(own.names.tables.clone(), &documents),
            derives,
            totals,
            checks,
            eligibilities,
            allocations,
            events,
            deadlines,
            validators,
            registers,
            exports,
            offices,
            lives,
            actions,
            monitoring,
            documents,
            steps: Vec::new(),
        };
        read.steps = plan::order(&read, self.faults);
        Some(read)
    }

    /// The other measures that this one reads, each with where it is named.
    fn others<'n>(&self, node: &'n Node) -> Vec<(&'n str, &'n Node, &'r Declared)> {
        let mut others: Vec<(&str, &Node, &Declared)> = Vec::new();
        for (name, node) in reads::written(node) {
            let new = name != self.id && others.iter().all(|(known, ..)| *known != name);
            if let Some(declared) = self.declared.get(name).filter(|_| new) {
                others.push((name, node, declared));
            }
        }
        others
    }

    /// Gives also whether one of them is faulty, so that its functions are not known.
    fn scripts(&mut self, measure: &RawMeasure) -> (Scripts, bool) {
        let mut lost = measure.script_lost;
        let compiled = measure.scripts.iter().filter_map(|(path, text)| {
            match Script::compile(path, text, self.helpers) {
                Ok(script) => Some(Arc::new(script)),
                Err(faults) => {
                    self.faults.extend(faults);
                    lost = true;
                    None
                }
            }
        });
        let scripts = Scripts(compiled.collect());
        (scripts, lost)
    }
}
