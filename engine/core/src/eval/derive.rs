//! Derived columns: a formula for each row, or a function of a script for all rows at once.

use rust_decimal::Decimal;

use super::band::applying;
use super::gap::Gap;
use super::value::{Cells, RowOf, Values};
use super::{native, rank, rollup};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, Table};
use crate::num::Ratio;
use crate::rules::{Derive, Expr, Fold, Formula, Reference, Scalar, Typed};
use crate::say;
use crate::script::{Script, Value};

/// Works out a derived column; a row whose datum is missing has a gap, not a fault, until a rule
/// needs it.
pub fn column(derive: &Derive, values: &Values<'_>, faults: &mut Diagnostics) -> Cells {
    let Some(table) = values.data.tables.get(&derive.table) else {
        return Vec::new();
    };
    let mut column: Vec<_> = match &derive.formula {
        Formula::Line(line) => {
            let rows = 0..table.len();
            rows.map(|row| values.value(&line.expr, Some(RowOf { table, row })))
                .collect()
        }
        Formula::Function {
            script,
            function,
            inputs,
        } => {
            let call = Call {
                derive,
                script,
                function,
                inputs,
            };
            call.column(table, values)
        }
        Formula::Native(rule) => native::column(derive, rule, table, values, faults),
        Formula::Rank(rule) => rank::column(&derive.id, rule, table, values),
        Formula::Rollup(rule) => rollup::column(derive, rule, table, values, faults),
        Formula::Band(band) => {
            let rows = (0..table.len()).map(|row| RowOf { table, row });
            rows.map(|at| values.value(&applying(derive, band, at, values)?.value, None))
                .collect()
        }
    };
    report(derive, table, &mut column, faults);
    column
}

/// Faults of the rule itself are told at once, each once; gaps wait until someone needs the value.
pub(super) fn report(
    derive: &Derive,
    table: &Table,
    column: &mut [Result<Scalar, Gap>],
    faults: &mut Diagnostics,
) {
    let mut told: Vec<Diagnostic> = Vec::new();
    for (row, value) in column.iter_mut().enumerate() {
        let Some(gap) = value.as_ref().err().filter(|gap| gap.is_fault()) else {
            continue;
        };
        let act = derive.source.cited();
        let fault = gap.diagnostic(&derive.label, Some(derive.place.clone()), act);
        *value = Err(Gap::Told);
        let Some(fault) = fault.filter(|fault| !told.contains(fault)) else {
            continue;
        };
        told.push(fault.clone());
        let place = RowOf { table, row }.place();
        let text = say!("con i dati di questa riga", "with the facts of this row");
        faults.push(fault.related(place, text));
    }
}

/// A function of a script called for every row of a table.
struct Call<'c> {
    derive: &'c Derive,
    script: &'c Script,
    function: &'c str,
    inputs: &'c [Typed],
}

impl Call<'_> {
    fn column(&self, table: &Table, values: &Values<'_>) -> Cells {
        let arguments: Vec<Result<Vec<Value>, Gap>> = (0..table.len())
            .map(|row| self.arguments(RowOf { table, row }, values))
            .collect();
        let complete: Vec<Vec<Value>> = arguments
            .iter()
            .filter_map(|row| row.as_ref().ok().cloned())
            .collect();
        let mut results = self.script.call_rows(self.function, &complete).into_iter();
        let column = arguments.into_iter().map(|row| {
            row?;
            match results.next() {
                Some(Ok(value)) => self.result(value),
                Some(Err(fault)) => Err(Gap::Script(Box::new(fault))),
                None => Err(Gap::Impossible),
            }
        });
        column.collect()
    }

    fn arguments(&self, at: RowOf<'_>, values: &Values<'_>) -> Result<Vec<Value>, Gap> {
        let read = self.inputs.iter().map(|input| {
            let whole = is_whole(input, at.table, values);
            argument(values.value(&input.expr, Some(at))?, whole)
        });
        Gap::unless_missing(read)
    }

    /// Brings what a function gave to the declared type.
    fn result(&self, value: Value) -> Result<Scalar, Gap> {
        let wanted = self.derive.kind;
        match (wanted, value) {
            (ColumnType::Integer, Value::Integer(number)) => {
                Ok(Scalar::Number(Ratio::from(number)))
            }
            (ColumnType::Integer, Value::Decimal(number)) if number.is_integer() => {
                Ok(Scalar::Number(Ratio::from(number)))
            }
            (ColumnType::Decimal | ColumnType::Euro, Value::Integer(number)) => {
                Ok(Scalar::Number(Ratio::from(number)))
            }
            (ColumnType::Decimal | ColumnType::Euro, Value::Decimal(number)) => {
                Ok(Scalar::Number(Ratio::from(number)))
            }
            (ColumnType::Bool, Value::Bool(value)) => Ok(Scalar::Bool(value)),
            (ColumnType::Date, Value::Date(date)) => Ok(Scalar::Date(date)),
            (ColumnType::Text, Value::Text(text)) => Ok(Scalar::Text(text)),
            (code, Value::Text(text)) if code.is_code() => Ok(Scalar::Text(text)),
            (_, value) => Err(Gap::Script(Box::new(self.wrong_result(&value)))),
        }
    }

    fn wrong_result(&self, value: &Value) -> Diagnostic {
        let (id, wanted) = (&self.derive.id, self.derive.kind.name());
        let found = match value {
            Value::Integer(_) => say!("un intero", "an integer"),
            Value::Decimal(_) => say!("un decimale", "a decimal"),
            Value::Bool(_) => say!("un sì/no", "a yes/no"),
            Value::Text(_) => say!("un testo", "a text"),
            Value::Date(_) => say!("una data", "a date"),
        };
        let (it, en) = (found.it, found.en);
        let place = self
            .script
            .functions()
            .iter()
            .find(|f| f.name == self.function);
        Diagnostic::error(
            Code::ScriptError,
            say!(
                "la funzione `{id}` dà {it}, ma la colonna è di tipo `{wanted}`",
                "the function `{id}` gives {en}, but the column is of type `{wanted}`"
            ),
        )
        .at_maybe(place.map(|function| function.place.clone()))
        .help(say!(
            "correggere la funzione, o il `type` della colonna",
            "correct the function, or the `type` of the column"
        ))
    }
}

/// Whether an input is a whole number by its declaration: scripts tell whole numbers and decimals
/// apart, and which one they get must not depend on the facts.
fn is_whole(input: &Typed, table: &Table, values: &Values<'_>) -> bool {
    let Expr::Reference(reference) = &input.expr else {
        return false;
    };
    match reference {
        Reference::Column(name) => table
            .column(name)
            .is_some_and(|column| column.kind == ColumnType::Integer),
        Reference::Derived(id) => values
            .measure
            .derive(id)
            .is_some_and(|derive| derive.kind == ColumnType::Integer),
        Reference::Param(id) => values
            .measure
            .param(id)
            .is_some_and(|param| !param.percent && param.number().is_some_and(Ratio::is_whole)),
        _ => false,
    }
}

fn argument(value: Scalar, whole: bool) -> Result<Value, Gap> {
    Ok(match value {
        Scalar::Bool(value) => Value::Bool(value),
        Scalar::Text(text) => Value::Text(text),
        Scalar::Date(date) => Value::Date(date),
        // No function of a checked pack reads one.
        Scalar::Moment(_) => return Err(Gap::Impossible),
        Scalar::Number(number) if whole => number
            .to_i64()
            .map(Value::Integer)
            .ok_or_else(|| too_fine(&number))?,
        Scalar::Number(number) => {
            let decimal: Option<Decimal> = number.to_decimal();
            decimal
                .map(Value::Decimal)
                .ok_or_else(|| too_fine(&number))?
        }
    })
}

fn too_fine(number: &Ratio) -> Gap {
    let fault = Diagnostic::error(
        Code::ScriptLimit,
        say!(
            "il numero {number} non ha una scrittura decimale esatta: uno script non può leggerlo",
            "the number {number} has no exact decimal form: a script cannot read it"
        ),
    );
    Gap::Script(Box::new(fault.help(say!(
        "fare il calcolo in una formula su una riga, che usa frazioni esatte",
        "do the computation in a one-line formula, which uses exact fractions"
    ))))
}

/// Gives the named parts of a formula with the text a reader knows them by.
pub fn named_parts(formula: &Typed) -> Vec<(String, Expr)> {
    let mut parts: Vec<(String, Expr)> = Vec::new();
    formula.expr.visit(&mut |expr| {
        let name = match expr {
            Expr::Reference(
                Reference::Param(id)
                | Reference::Total(id)
                | Reference::Fund(id)
                | Reference::Column(id)
                | Reference::Derived(id)
                | Reference::Decision(id),
            ) => id.clone(),
            Expr::Reference(Reference::Amount(id)) => format!("{id}.amount"),
            Expr::Reference(Reference::Exact(id)) => format!("{id}.exact"),
            Expr::Through {
                column,
                of: Reference::Column(name) | Reference::Derived(name) | Reference::Decision(name),
                ..
            } => format!("{column}.{name}"),
            Expr::Fold {
                fold,
                table,
                column,
            } => {
                let fold = match fold {
                    Fold::Sum => "sum",
                    Fold::Least => "lowest",
                    Fold::Greatest => "highest",
                    Fold::Count => "count",
                };
                match column {
                    Some(Reference::Column(name) | Reference::Derived(name)) => {
                        format!("{fold}({table}.{name})")
                    }
                    _ => format!("{fold}({table})"),
                }
            }
            _ => return,
        };
        if parts.iter().all(|(known, _)| *known != name) {
            parts.push((name, expr.clone()));
        }
    });
    parts
}
