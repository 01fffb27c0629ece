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
mod documents;
mod eligibility;
mod formulas;
mod lives;
mod names;
mod offices;
mod overrides;
mod plan;
mod ranks;
mod registers;
mod rollups;
mod tables;
#[cfg(test)]
mod tests;
mod typing;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use allocations::percent_text;
pub(crate) use blocks::{Acts, malformed};
pub use overrides::Overrides;

use super::raw::{self, Node};
use super::read::{RawMeasure, RawPack};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, Unit};
use crate::rules::{Cite, Measure, Pack, Param, RuleFile, Scripts};
use crate::say;
use crate::script::{HelperSource, Script};
use crate::terms::Law;
use crate::time::Words;
use allocations::{Context, allocations, check_fund_shares};
use blocks::{date, label, members};
use names::Names;

/// Resolves a pack; the pack is none when a diagnostic is an error.
pub fn resolve(
    raw: &RawPack,
    helpers: &HelperSource<'_>,
    overrides: &Overrides,
    national: National,
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
    };
    let mut unused = overrides.clone();
    let measures: Vec<Measure> = raw
        .measures
        .iter()
        .filter_map(|(id, measure)| {
            let mut reader = MeasureReader {
                id,
                shared: &shared,
                helpers,
                overrides,
                faults: &mut faults,
            };
            reader.read(measure, &mut unused)
        })
        .collect();
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
}

fn manifest(
    raw: &RawPack,
    acts: &Acts,
    measures: Vec<Measure>,
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
    overrides: &'r Overrides,
    faults: &'r mut Diagnostics,
}

impl MeasureReader<'_> {
    fn read(&mut self, measure: &RawMeasure, unused: &mut Overrides) -> Option<Measure> {
        let node = &measure.node;
        let mut acts = self.shared.acts.clone();
        acts.declare(node);
        let mut params = self.shared.params.clone();
        let mut broken = self.shared.broken.clone();
        broken.extend(values::params(node, &acts, &mut params, self.faults));
        let misread = self.overrides.apply_to_params(&mut params, unused);
        let shares_known = !misread.has_errors();
        self.faults.extend(misread);
        let (mut funds, broken_funds) = values::funds(node, &acts, &params, self.faults);
        self.faults
            .extend(self.overrides.apply_to_funds(&mut funds, unused));
        let (tables, broken_tables) = tables::tables(node, self.faults);
        let (scripts, scripts_lost) = self.scripts(measure);
        let mut names = Names {
            funds: funds.iter().map(|fund| fund.id.clone()).collect(),
            params: params
                .iter()
                .map(|(id, param)| (id.clone(), (param.value.kind(), param.unit.clone())))
                .collect(),
            broken: broken
                .iter()
                .chain(&broken_funds)
                .chain(&broken_tables)
                .cloned()
                .collect(),
            tables,
            ..Names::default()
        };
        self.declare(node, &mut names);
        lives::declare(node, &mut names);
        self.one_name_one_thing(node, &names);
        let formulas = formulas::Context {
            acts: &acts,
            names: &names,
            scripts: &scripts,
            scripts_lost,
        };
        let mut derives = formulas.derives(node, self.faults);
        derives.extend(formulas.rollups(node, self.faults));
        derives.extend(formulas.ranks(node, self.faults));
        derives.extend(formulas.bands(node, &params, self.faults));
        let totals = formulas.totals(node, self.faults);
        let checks = formulas.checks(node, self.faults);
        let eligibilities = formulas.eligibilities(node, self.faults);
        let registers = formulas.registers(node, self.faults);
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
        if shares_known {
            check_fund_shares(node, &funds, &allocations, self.faults);
        }
        let act: Option<Cite> = node.get("main_act").and_then(|a| acts.cite(a, self.faults));
        let title = node.get("title").and_then(Node::as_text);
        let title_en = node.get("title_en").and_then(Node::as_text);
        let mut read = Measure {
            id: self.id.to_owned(),
            title: label(title.unwrap_or_default(), title_en),
            act: act?,
            params,
            funds,
            tables: names.tables,
            derives,
            totals,
            checks,
            eligibilities,
            allocations,
            events,
            deadlines,
            registers,
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

    /// Declares what formulas may name before any formula is read.
    fn declare(&mut self, node: &Node, names: &mut Names) {
        for (entry, derive) in members::<raw::Derive>(node, "derive") {
            let id = entry.key.clone();
            match derive {
                Some(raw::Derive {
                    table, kind, unit, ..
                }) => {
                    let unit = values::unit_of(kind, unit.as_deref());
                    names.derives.insert(id, (table, kind, unit));
                }
                None => {
                    names.broken.insert(id);
                }
            }
        }
        for (entry, rollup) in members::<raw::Rollup>(node, "rollup") {
            let id = entry.key.clone();
            match rollup {
                Some(raw::Rollup { to, kind, unit, .. }) => {
                    let unit = values::unit_of(kind, unit.as_deref());
                    names.derives.insert(id, (to, kind, unit));
                }
                None => {
                    names.broken.insert(id);
                }
            }
        }
        for (entry, rank) in members::<raw::Rank>(node, "rank") {
            let id = entry.key.clone();
            match rank {
                Some(raw::Rank { table, .. }) => {
                    let column = (table, ColumnType::Integer, Unit::none());
                    names.derives.insert(id, column);
                }
                None => {
                    names.broken.insert(id);
                }
            }
        }
        for (entry, band) in members::<raw::Band>(node, "band") {
            let id = entry.key.clone();
            match band {
                Some(band) => {
                    let unit = values::unit_of(band.kind, band.unit.as_deref());
                    names.derives.insert(id, (band.table, band.kind, unit));
                }
                None => {
                    names.broken.insert(id);
                }
            }
        }
        for (entry, total) in members::<raw::Total>(node, "total") {
            let id = entry.key.clone();
            match total {
                Some(total) => {
                    let unit = total.unit.as_deref().map_or_else(Unit::none, values::unit);
                    names.totals.insert(id, unit);
                }
                None => {
                    names.broken.insert(id);
                }
            }
        }
        for (entry, decision) in members::<raw::eligibility::Eligibility>(node, "eligibility") {
            match decision {
                Some(decision) => {
                    names.decisions.insert(entry.key.clone(), decision.of);
                }
                None => {
                    names.broken.insert(entry.key.clone());
                }
            }
        }
        for (entry, allocation) in members::<raw::Allocation>(node, "allocation") {
            match allocation {
                Some(allocation) => {
                    names.allocations.insert(entry.key.clone(), allocation.to);
                }
                None => {
                    names.broken.insert(entry.key.clone());
                }
            }
        }
    }

    /// A name that formulas use stands for one thing only.
    fn one_name_one_thing(&mut self, node: &Node, names: &Names) {
        let columns: BTreeSet<&str> = names
            .tables
            .iter()
            .flat_map(|t| &t.columns)
            .map(|c| c.name.as_str())
            .collect();
        let mut seen: BTreeSet<&str> = self.shared.params.keys().map(String::as_str).collect();
        for block in [
            "param",
            "fund",
            "derive",
            "rollup",
            "rank",
            "band",
            "total",
            "eligibility",
            "life",
        ] {
            for entry in node.get(block).map(Node::entries).unwrap_or_default() {
                let name = entry.key.as_str();
                if seen.insert(name) && !columns.contains(name) {
                    continue;
                }
                let fault = Diagnostic::error(
                    Code::InvalidRule,
                    say!(
                        "`{name}` è già il nome di un'altra cosa in questa misura",
                        "`{name}` already names another thing in this measure"
                    ),
                );
                self.faults
                    .push(fault.at(entry.key_place.clone()).help(say!(
                        "dare un altro nome: una formula deve sapere di che cosa parla",
                        "choose another name: a formula must know what it speaks of"
                    )));
            }
        }
    }
}
