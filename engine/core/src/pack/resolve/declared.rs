//! What a measure declares by name, before any formula is read.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Acts, members};
use super::names::Names;
use super::overrides::Overrides;
use super::{Shared, lives, tables, values};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, Unit};
use crate::pack::raw::{self, Node};
use crate::rules::{Fund, Param};
use crate::say;

/// The blocks whose members are values that formulas name.
pub const VALUES: [&str; 9] = [
    "param",
    "fund",
    "derive",
    "rollup",
    "rank",
    "band",
    "total",
    "eligibility",
    "life",
];

/// What a measure declares: the values of this run, and the names that formulas may use.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The acts that it can cite.
    pub acts: Acts,
    /// Its parameters, those of the pack included.
    pub params: BTreeMap<String, Param>,
    /// The parameters that are faulty: reported where they are declared, trusted elsewhere.
    pub broken: Vec<String>,
    /// Whether every value given for this run could be read.
    pub shares_known: bool,
    /// Its funds.
    pub funds: Vec<Fund>,
    /// The names, with their types.
    pub names: Names,
}

impl Declared {
    /// Reads the declarations of a measure; `elsewhere` are the tables of those that it reads.
    pub fn read(
        node: &Node,
        elsewhere: &[&str],
        shared: &Shared,
        overrides: &Overrides,
        unused: &mut Overrides,
        faults: &mut Diagnostics,
    ) -> Self {
        let mut acts = shared.acts.clone();
        acts.declare(node);
        let mut params = shared.params.clone();
        let mut broken = shared.broken.clone();
        broken.extend(values::params(node, &acts, &mut params, faults));
        let misread = overrides.apply_to_params(&mut params, unused);
        let shares_known = !misread.has_errors();
        faults.extend(misread);
        let (mut funds, broken_funds) = values::funds(node, &acts, &params, faults);
        faults.extend(overrides.apply_to_funds(&mut funds, unused));
        let (tables, broken_tables) = tables::tables(node, elsewhere, faults);
        let mut names = Names {
            funds: funds.iter().map(|fund| fund.id.clone()).collect(),
            params: params
                .iter()
                .map(|(id, param)| (id.clone(), (param.kind, param.unit.clone())))
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
        declare(node, &mut names);
        lives::declare(node, &mut names);
        one_name_one_thing(node, &shared.params, &names, faults);
        Self {
            acts,
            params,
            broken,
            shares_known,
            funds,
            names,
        }
    }

    /// Adds what another measure declares; what is declared here prevails.
    pub fn see(&mut self, other: &Self) {
        for (id, param) in &other.params {
            let own = self.params.entry(id.clone());
            own.or_insert_with(|| param.clone());
        }
        self.broken.extend(other.broken.iter().cloned());
        self.names.see(&other.names);
    }
}

/// Declares what formulas may name before any formula is read.
fn declare(node: &Node, names: &mut Names) {
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
fn one_name_one_thing(
    node: &Node,
    of_pack: &BTreeMap<String, Param>,
    names: &Names,
    faults: &mut Diagnostics,
) {
    let columns: BTreeSet<&str> = names
        .tables
        .iter()
        .flat_map(|t| &t.columns)
        .map(|c| c.name.as_str())
        .collect();
    let mut seen: BTreeSet<&str> = of_pack.keys().map(String::as_str).collect();
    for block in VALUES {
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
            faults.push(fault.at(entry.key_place.clone()).help(say!(
                "dare un altro nome: una formula deve sapere di che cosa parla",
                "choose another name: a formula must know what it speaks of"
            )));
        }
    }
}
