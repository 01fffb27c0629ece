//! Works out a formula: for one row of a table, or once for the whole measure.

use std::collections::{BTreeMap, BTreeSet};

use super::gap::Gap;
use crate::diag::Place;
use crate::model::{Column, Dataset, Facts, Table};
use crate::num::Ratio;
use crate::rules::{Expr, Fold, Formula, Measure, Reference, Scalar};
use crate::say;
use crate::script::expression::BinaryOp;

/// One value a row, or why it could not be had.
pub type Cells = Vec<Result<Scalar, Gap>>;

/// What has been worked out so far in a measure.
#[derive(Debug, Default)]
pub struct Known {
    /// Where each key stands, in the tables that other rows refer to.
    pub places: BTreeMap<String, Places>,
    /// Derived columns and the states of lives, one value a row.
    pub derived: BTreeMap<String, Cells>,
    /// Totals.
    pub totals: BTreeMap<String, Result<Scalar, Gap>>,
    /// Whether each row is admitted, decision by decision.
    pub decisions: BTreeMap<String, Cells>,
    /// What each row receives from an allocation, over its funds; nothing where the row does not
    /// take part.
    pub amounts: BTreeMap<String, Cells>,
    /// The same before rounding.
    pub exact: BTreeMap<String, Cells>,
}

/// The rows of a table by key.
pub type Places = BTreeMap<String, usize>;

impl Known {
    /// Gives what is known of a measure before its first step: what those that it reads computed.
    pub fn before(measure: &Measure, data: &Dataset, others: &BTreeMap<String, Self>) -> Self {
        let columns = measure.known_tables().flat_map(|table| &table.columns);
        let referred: BTreeSet<&String> = columns.filter_map(|c| c.references.as_ref()).collect();
        let places = referred.into_iter().filter_map(|name| {
            let (declared, table) = (measure.table(name)?, data.tables.get(name)?);
            let key = table.column(&declared.key)?;
            let rows =
                (0..table.len()).filter_map(|row| Some((key.facts.text(row)?.to_owned(), row)));
            Some((name.clone(), rows.collect()))
        });
        let mut known = Self {
            places: places.collect(),
            ..Self::default()
        };
        for read in &measure.reads {
            if let Some(others) = others.get(&read.id) {
                known.take(read, others);
            }
        }
        known
    }

    /// Takes what a measure computed itself, and nothing of what it read in turn.
    fn take(&mut self, read: &Measure, found: &Self) {
        let columns = read.derives.iter().map(|derive| &derive.id);
        let columns = columns.chain(read.lives.iter().map(|life| &life.id));
        copy(columns, &found.derived, &mut self.derived);
        let totals = read.totals.iter().map(|total| &total.id);
        copy(totals, &found.totals, &mut self.totals);
        let decisions = read.eligibilities.iter().map(|rule| &rule.id);
        copy(decisions, &found.decisions, &mut self.decisions);
    }
}

fn copy<'n, T: Clone>(
    names: impl Iterator<Item = &'n String>,
    from: &BTreeMap<String, T>,
    to: &mut BTreeMap<String, T>,
) {
    to.extend(names.filter_map(|name| Some((name.clone(), from.get(name)?.clone()))));
}

/// What formulas are worked out on.
pub struct Values<'v> {
    /// The measure.
    pub measure: &'v Measure,
    /// The facts.
    pub data: &'v Dataset,
    /// What has been worked out so far.
    pub known: &'v Known,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub struct RowOf<'r> {
    /// The table.
    pub table: &'r Table,
    /// The row.
    pub row: usize,
}

impl RowOf<'_> {
    /// Gives the line of the file where the row starts.
    pub fn line(&self) -> usize {
        self.table.lines.get(self.row).copied().unwrap_or(1)
    }

    /// Gives the place where the row starts.
    pub fn place(&self) -> Place {
        Place {
            line: self.line(),
            ..Place::start_of(self.table.file.clone())
        }
    }
}

impl Values<'_> {
    /// Works a formula out; a datum that is missing comes back as the gap it leaves.
    pub fn value(&self, expr: &Expr, row: Option<RowOf<'_>>) -> Result<Scalar, Gap> {
        match expr {
            Expr::Constant(scalar) => Ok(scalar.clone()),
            Expr::Reference(reference) => self.reference(reference, row),
            Expr::Not(inner) => Ok(Scalar::Bool(!self.condition(inner, row)?)),
            Expr::Negate(inner) => Ok(Scalar::Number(-self.number(inner, row)?)),
            Expr::Absolute(inner) => Ok(Scalar::Number(self.number(inner, row)?.abs())),
            Expr::Least(parts) => self.extreme(parts, row, Ord::min),
            Expr::Greatest(parts) => self.extreme(parts, row, Ord::max),
            Expr::Round(inner, step, mode) => {
                Ok(Scalar::Number(step.round(&self.number(inner, row)?, *mode)))
            }
            Expr::If { condition, yes, no } => match self.condition(condition, row)? {
                true => self.value(yes, row),
                false => self.value(no, row),
            },
            Expr::Days(from, to) => self.days(from, to, row),
            Expr::IsMissing(inner) => match self.value(inner, row) {
                Ok(_) => Ok(Scalar::Bool(false)),
                Err(gap) if gap.misses_a_datum() => Ok(Scalar::Bool(true)),
                Err(gap) => Err(gap),
            },
            Expr::IsAssumption(inner) => match &**inner {
                Expr::Reference(Reference::Param(id)) => {
                    let param = self.measure.param(id).ok_or(Gap::Impossible)?;
                    let source = &param.source;
                    Ok(Scalar::Bool(source.assumption || source.given))
                }
                _ => Err(Gap::Impossible),
            },
            Expr::OneOf(inner, words) => match self.value(inner, row)? {
                Scalar::Text(text) => Ok(Scalar::Bool(words.contains(&text))),
                _ => Err(Gap::Impossible),
            },
            Expr::Binary(BinaryOp::And, left, right) => self.junction(left, right, row, false),
            Expr::Binary(BinaryOp::Or, left, right) => self.junction(left, right, row, true),
            Expr::Binary(op, left, right) => self.binary(*op, left, right, row),
            Expr::Through { column, table, of } => self.through(column, table, of, row),
            Expr::Fold {
                fold,
                table,
                column,
            } => self.fold(*fold, table, column.as_ref()),
        }
    }

    /// Works out a formula that was checked to be a number.
    pub fn number(&self, expr: &Expr, row: Option<RowOf<'_>>) -> Result<Ratio, Gap> {
        match self.value(expr, row)? {
            Scalar::Number(number) => Ok(number),
            _ => Err(Gap::Impossible),
        }
    }

    /// Works out a formula that was checked to be a condition.
    pub fn condition(&self, expr: &Expr, row: Option<RowOf<'_>>) -> Result<bool, Gap> {
        match self.value(expr, row)? {
            Scalar::Bool(value) => Ok(value),
            _ => Err(Gap::Impossible),
        }
    }

    fn reference(&self, reference: &Reference, row: Option<RowOf<'_>>) -> Result<Scalar, Gap> {
        match reference {
            Reference::Param(id) => {
                let param = self.measure.param(id).ok_or(Gap::Impossible)?;
                let value = param.value.clone();
                value.ok_or_else(|| Gap::unknown_param(id))
            }
            Reference::Fund(id) => {
                let fund = self.measure.fund(id).ok_or(Gap::Impossible)?;
                let amount = fund.amount.ok_or_else(|| Gap::unknown_fund(id))?;
                Ok(Scalar::Number(amount.to_ratio()))
            }
            Reference::Total(id) => self.known.totals.get(id).ok_or(Gap::Impossible)?.clone(),
            Reference::Column(name) => {
                let at = row.ok_or(Gap::Impossible)?;
                cell(
                    at.table,
                    at.table.column(name).ok_or(Gap::Impossible)?,
                    at.row,
                )
            }
            Reference::Derived(id) => by_row(&self.known.derived, id, row),
            Reference::Decision(id) => by_row(&self.known.decisions, id, row),
            Reference::Amount(id) => by_row(&self.known.amounts, id, row),
            Reference::Exact(id) => by_row(&self.known.exact, id, row),
        }
    }

    /// Reads `of` in the row of `table` that a row refers to.
    fn through(
        &self,
        column: &str,
        table: &str,
        of: &Reference,
        row: Option<RowOf<'_>>,
    ) -> Result<Scalar, Gap> {
        let at = row.ok_or(Gap::Impossible)?;
        let row = self.referred(column, table, at)?;
        let table = self.data.tables.get(table).ok_or(Gap::Impossible)?;
        self.reference(of, Some(RowOf { table, row }))
    }

    /// Finds the row of `table` that a row refers to.
    pub fn referred(&self, column: &str, table: &str, at: RowOf<'_>) -> Result<usize, Gap> {
        let declared = at.table.column(column).ok_or(Gap::Impossible)?;
        let Scalar::Text(key) = cell(at.table, declared, at.row)? else {
            return Err(Gap::Impossible);
        };
        let places = self.known.places.get(table).ok_or(Gap::Impossible)?;
        // Reading the facts found every key, but that of a row that stands for several subjects.
        places.get(&key).copied().ok_or_else(|| {
            let (line, file) = (at.line(), &at.table.file);
            let what = say!(
                "`{key}`, alla riga {line} di `{file}`, non è una riga di `{table}`",
                "`{key}`, on line {line} of `{file}`, is no row of `{table}`"
            );
            Gap::missing(what, Some(at.place()))
        })
    }

    fn extreme(
        &self,
        parts: &[Expr],
        row: Option<RowOf<'_>>,
        choose: fn(Scalar, Scalar) -> Scalar,
    ) -> Result<Scalar, Gap> {
        let values = parts.iter().map(|part| self.value(part, row));
        let values = Gap::unless_missing(values)?;
        values.into_iter().reduce(choose).ok_or(Gap::Impossible)
    }

    fn days(&self, from: &Expr, to: &Expr, row: Option<RowOf<'_>>) -> Result<Scalar, Gap> {
        match Gap::both(self.value(from, row), self.value(to, row))? {
            (Scalar::Date(from), Scalar::Date(to)) => {
                let days = to.signed_duration_since(from).num_days();
                Ok(Scalar::Number(Ratio::from(days)))
            }
            _ => Err(Gap::Impossible),
        }
    }

    /// And, or: a side that decides alone decides also when the other is missing.
    fn junction(
        &self,
        left: &Expr,
        right: &Expr,
        row: Option<RowOf<'_>>,
        decides: bool,
    ) -> Result<Scalar, Gap> {
        let (left, right) = (self.condition(left, row), self.condition(right, row));
        if matches!(left, Ok(value) if value == decides)
            || matches!(right, Ok(value) if value == decides)
        {
            return Ok(Scalar::Bool(decides));
        }
        Gap::both(left, right).map(|(left, _)| Scalar::Bool(left))
    }

    fn binary(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        row: Option<RowOf<'_>>,
    ) -> Result<Scalar, Gap> {
        let found = (self.value(left, row), self.value(right, row));
        let bounds = self
            .bounds(left, &found.0)
            .zip(self.bounds(right, &found.1));
        if let Some(decided) = bounds.and_then(|(left, right)| within(op, &left, &right)) {
            return Ok(Scalar::Bool(decided));
        }
        let (left, right) = Gap::both(found.0, found.1)?;
        let (left, right) = same_grain(left, right);
        if let BinaryOp::Equal | BinaryOp::NotEqual = op {
            return Ok(Scalar::Bool((left == right) == (op == BinaryOp::Equal)));
        }
        match (left, right) {
            (Scalar::Number(left), Scalar::Number(right)) => arithmetic(op, &left, &right),
            (Scalar::Date(left), Scalar::Date(right)) => ordered(op, &left, &right),
            (Scalar::Moment(left), Scalar::Moment(right)) => ordered(op, &left, &right),
            _ => Err(Gap::Impossible),
        }
    }

    /// Gives the least and the greatest that a number can be: itself, or the places that are open.
    fn bounds(&self, expr: &Expr, found: &Result<Scalar, Gap>) -> Option<(Ratio, Ratio)> {
        match (found, expr) {
            (Ok(Scalar::Number(number)), _) => Some((number.clone(), number.clone())),
            (
                Err(Gap::Between(low, high, _)),
                Expr::Reference(Reference::Derived(id))
                | Expr::Through {
                    of: Reference::Derived(id),
                    ..
                },
            ) => {
                // A formula over a place misses what the place does, and has other bounds.
                let rank = matches!(self.measure.derive(id)?.formula, Formula::Rank(_));
                rank.then(|| (Ratio::from(*low), Ratio::from(*high)))
            }
            _ => None,
        }
    }

    fn fold(&self, fold: Fold, table: &str, column: Option<&Reference>) -> Result<Scalar, Gap> {
        let table = self.data.tables.get(table).ok_or(Gap::Impossible)?;
        let Some(column) = column else {
            let count = i64::try_from(table.len()).map_err(|_| Gap::Impossible)?;
            return Ok(Scalar::Number(Ratio::from(count)));
        };
        let column = Expr::Reference(column.clone());
        let numbers = (0..table.len()).map(|row| self.number(&column, Some(RowOf { table, row })));
        let numbers = Gap::unless_missing(numbers)?;
        let folded = match fold {
            Fold::Sum => Some(numbers.iter().sum()),
            Fold::Least => numbers.into_iter().min(),
            Fold::Greatest => numbers.into_iter().max(),
            Fold::Count => None,
        };
        let name = &table.name;
        folded.map(Scalar::Number).ok_or_else(|| {
            let what = say!(
                "la tabella `{name}` non ha righe",
                "the table `{name}` has no rows"
            );
            Gap::missing(what, Some(Place::start_of(table.file.clone())))
        })
    }
}

/// Beside a day, an instant is the day that it falls on by the Italian clock.
fn same_grain(left: Scalar, right: Scalar) -> (Scalar, Scalar) {
    match (left, right) {
        (Scalar::Moment(at), Scalar::Date(day)) => (Scalar::Date(at.day()), Scalar::Date(day)),
        (Scalar::Date(day), Scalar::Moment(at)) => (Scalar::Date(day), Scalar::Date(at.day())),
        same => same,
    }
}

fn arithmetic(op: BinaryOp, left: &Ratio, right: &Ratio) -> Result<Scalar, Gap> {
    let result = match op {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => left * right,
        BinaryOp::Divide => left.checked_div(right).ok_or(Gap::DivisionByZero)?,
        _ => return ordered(op, left, right),
    };
    Ok(Scalar::Number(result))
}

/// Compares two numbers of which only bounds are known; none where it depends on which they are.
fn within(op: BinaryOp, left: &(Ratio, Ratio), right: &(Ratio, Ratio)) -> Option<bool> {
    let apart = left.1 < right.0 || left.0 > right.1;
    let same = left.0 == left.1 && *left == *right;
    let (yes, no) = match op {
        BinaryOp::Less => (left.1 < right.0, left.0 >= right.1),
        BinaryOp::LessOrEqual => (left.1 <= right.0, left.0 > right.1),
        BinaryOp::Greater => (left.0 > right.1, left.1 <= right.0),
        BinaryOp::GreaterOrEqual => (left.0 >= right.1, left.1 < right.0),
        BinaryOp::Equal => (same, apart),
        BinaryOp::NotEqual => (apart, same),
        _ => return None,
    };
    (yes || no).then_some(yes)
}

fn ordered<T: Ord>(op: BinaryOp, left: &T, right: &T) -> Result<Scalar, Gap> {
    let holds = match op {
        BinaryOp::Less => left < right,
        BinaryOp::LessOrEqual => left <= right,
        BinaryOp::Greater => left > right,
        BinaryOp::GreaterOrEqual => left >= right,
        _ => return Err(Gap::Impossible),
    };
    Ok(Scalar::Bool(holds))
}

fn by_row(
    columns: &BTreeMap<String, Cells>,
    id: &str,
    row: Option<RowOf<'_>>,
) -> Result<Scalar, Gap> {
    let values = columns.get(id).ok_or(Gap::Impossible)?;
    values
        .get(row.ok_or(Gap::Impossible)?.row)
        .ok_or(Gap::Impossible)?
        .clone()
}

/// Gives a cell as a value, or the gap where the cell is empty.
pub fn cell(table: &Table, column: &Column, row: usize) -> Result<Scalar, Gap> {
    let value = match &column.facts {
        Facts::Text(cells) => cells.get(row).cloned().flatten().map(Scalar::Text),
        Facts::Bool(cells) => cells.get(row).copied().flatten().map(Scalar::Bool),
        Facts::Date(cells) => cells.get(row).copied().flatten().map(Scalar::Date),
        Facts::Moment(_) => column.facts.instant(row).map(Scalar::Moment),
        Facts::Integer(_) | Facts::Decimal(_) => column.facts.number(row).map(Scalar::Number),
    };
    value.ok_or_else(|| {
        let line = RowOf { table, row }.line();
        let (name, file) = (&column.name, &table.file);
        let what = say!(
            "manca `{name}` alla riga {line} di `{file}`",
            "`{name}` is missing on line {line} of `{file}`"
        );
        Gap::missing(what, column.missing.get(&row).cloned())
    })
}
