//! What a name of a formula can stand for, in one measure.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ColumnDecl, ColumnType, TableDecl, Unit};
use crate::rules::{Reference, Type};

/// The names that a measure declares, with their types.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The tables.
    pub tables: Vec<TableDecl>,
    /// Derived columns: the table, the type and the unit of each.
    pub derives: BTreeMap<String, (String, ColumnType, Unit)>,
    /// Parameters, with their types and units.
    pub params: BTreeMap<String, (Type, Unit)>,
    /// Totals and their units.
    pub totals: BTreeMap<String, Unit>,
    /// Decisions, and the table whose rows each judges.
    pub decisions: BTreeMap<String, String>,
    /// Funds.
    pub funds: BTreeSet<String>,
    /// Allocations, and the table each pays into.
    pub allocations: BTreeMap<String, String>,
    /// Lives, and the states of each; each is also a derived column.
    pub lives: BTreeMap<String, BTreeSet<String>>,
    /// Names whose declaration is faulty: reported where they are declared, trusted elsewhere.
    pub broken: BTreeSet<String>,
}

/// What was found under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub reference: Reference,
    /// Its type.
    pub kind: Type,
    /// What its number counts.
    pub unit: Unit,
}

impl Found {
    /// Gives what its number counts; none where it is no number.
    pub fn counted(&self) -> Option<Unit> {
        (self.kind == Type::Number).then(|| self.unit.clone())
    }
}

impl Names {
    /// Looks a name up: the columns of `row` first, then what the measure declares.
    pub fn find(&self, name: &str, row: Option<&str>) -> Option<Found> {
        row.and_then(|table| self.column(table, name))
            .or_else(|| self.scalar(name))
    }

    /// Looks a column or derived column of a table up.
    pub fn column(&self, table: &str, name: &str) -> Option<Found> {
        let declared = self.table(table).and_then(|table| table.column(name));
        if let Some(ColumnDecl { kind, unit, .. }) = declared {
            let reference = Reference::Column(name.to_owned());
            return Some(Found {
                reference,
                kind: type_of(*kind),
                unit: unit.clone(),
            });
        }
        if self.decisions.get(name).is_some_and(|of| of == table) {
            return Some(Found {
                reference: Reference::Decision(name.to_owned()),
                kind: Type::Bool,
                unit: Unit::none(),
            });
        }
        let (of, kind, unit) = self.derives.get(name)?;
        let reference = Reference::Derived(name.to_owned());
        (of == table).then(|| Found {
            reference,
            kind: type_of(*kind),
            unit: unit.clone(),
        })
    }

    /// Looks a table up.
    pub fn table(&self, name: &str) -> Option<&TableDecl> {
        self.tables.iter().find(|table| table.name == name)
    }

    fn scalar(&self, name: &str) -> Option<Found> {
        let number = |reference, unit: Unit| Found {
            reference,
            kind: Type::Number,
            unit,
        };
        let owned = name.to_owned();
        if let Some((kind, unit)) = self.params.get(name) {
            return Some(Found {
                reference: Reference::Param(owned),
                kind: *kind,
                unit: unit.clone(),
            });
        }
        if let Some(unit) = self.totals.get(name) {
            return Some(number(Reference::Total(owned), unit.clone()));
        }
        self.funds
            .contains(name)
            .then(|| number(Reference::Fund(owned), Unit::euro()))
    }

    /// Gives the names that stand for a value, columns of facts apart.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let names = self.params.keys().chain(self.derives.keys());
        let names = names.chain(self.totals.keys()).chain(self.decisions.keys());
        names.chain(&self.funds).map(String::as_str)
    }

    /// Adds what another measure declares, its funds and allocations apart; what is declared here
    /// prevails.
    pub fn see(&mut self, other: &Self) {
        let tables = other.tables.iter();
        let new = tables.filter(|table| self.table(&table.name).is_none());
        let new: Vec<TableDecl> = new.cloned().collect();
        self.tables.extend(new);
        add(&mut self.derives, &other.derives);
        add(&mut self.params, &other.params);
        add(&mut self.totals, &other.totals);
        add(&mut self.decisions, &other.decisions);
        add(&mut self.lives, &other.lives);
        self.broken.extend(other.broken.iter().cloned());
    }

    /// Gives every name that a formula over `row` can use, for a "did you mean".
    pub fn known(&self, row: Option<&str>) -> Vec<&str> {
        let mut known: Vec<&str> = Vec::new();
        if let Some(table) = row {
            let columns = self.table(table).into_iter().flat_map(|t| &t.columns);
            known.extend(columns.map(|c| c.name.as_str()));
            let derived = self.derives.iter().filter(|(_, (of, ..))| of == table);
            known.extend(derived.map(|(name, _)| name.as_str()));
            let decisions = self.decisions.iter().filter(|(_, of)| *of == table);
            known.extend(decisions.map(|(name, _)| name.as_str()));
        }
        known.extend(self.params.keys().map(String::as_str));
        known.extend(self.totals.keys().map(String::as_str));
        known.extend(self.funds.iter().map(String::as_str));
        known
    }
}

fn add<T: Clone>(own: &mut BTreeMap<String, T>, others: &BTreeMap<String, T>) {
    for (name, value) in others {
        own.entry(name.clone()).or_insert_with(|| value.clone());
    }
}

/// Gives the type that a column's values have in a formula.
pub fn type_of(kind: ColumnType) -> Type {
    match kind {
        ColumnType::Integer | ColumnType::Decimal | ColumnType::Euro => Type::Number,
        ColumnType::Bool => Type::Bool,
        ColumnType::Date => Type::Date,
        ColumnType::Moment => Type::Moment,
        ColumnType::Text
        | ColumnType::Istat
        | ColumnType::Cadastral
        | ColumnType::FiscalCode
        | ColumnType::BodyFiscalCode
        | ColumnType::Ipa
        | ColumnType::Cup
        | ColumnType::SchoolCode => Type::Text,
    }
}
