//! What a reader calls the names of a formula, and the values that they stand for.

use super::personal::is_personal;
use super::shown;
use crate::diag::Text;
use crate::outcome::Verdict;
use crate::rules::{Eligibility, Expr, Fold, Life, Measure, Reference, Scalar};
use crate::say;

/// Gives the label of what a formula names over the rows of `table`; `name` where nothing else is
/// known of it. What is read in another table bears the label of that table too.
pub fn label_of(measure: &Measure, table: &str, name: &str, expr: &Expr) -> Text {
    let label = match expr {
        Expr::Reference(reference) => of_reference(measure, table, reference),
        Expr::Through { table, of, .. } => in_table(measure, table, of),
        Expr::Fold {
            fold,
            table,
            column,
        } => of_fold(measure, *fold, table, column.as_ref()),
        _ => None,
    };
    label.unwrap_or_else(|| Text::same(name))
}

/// Gives a value as a reader is told it: masked where it is personal, a state by its label, what was
/// decided in the words of the decision.
pub fn value_of(measure: &Measure, table: &str, expr: &Expr, value: Scalar) -> Text {
    if let (Scalar::Text(id), Some(life)) = (&value, life_of(measure, expr))
        && let Some(state) = life.state(id)
    {
        return state.label.clone();
    }
    if let (Scalar::Bool(yes), Some(rule)) = (&value, decision_of(measure, expr)) {
        return rule.words.of(match yes {
            true => Verdict::Eligible,
            false => Verdict::NotEligible,
        });
    }
    let hidden = is_personal(measure, table, expr, &value);
    shown(value, hidden)
}

/// The decision whose outcome an expression gives.
fn decision_of<'m>(measure: &'m Measure, expr: &Expr) -> Option<&'m Eligibility> {
    match expr {
        Expr::Reference(Reference::Decision(id))
        | Expr::Through {
            of: Reference::Decision(id),
            ..
        } => measure.eligibility(id),
        _ => None,
    }
}

/// The life whose states an expression gives.
fn life_of<'m>(measure: &'m Measure, expr: &Expr) -> Option<&'m Life> {
    match expr {
        Expr::Reference(Reference::Derived(id))
        | Expr::Through {
            of: Reference::Derived(id),
            ..
        } => measure.life(id),
        _ => None,
    }
}

fn of_reference(measure: &Measure, table: &str, reference: &Reference) -> Option<Text> {
    match reference {
        Reference::Column(id) => {
            let column = measure.table(table)?.column(id)?;
            Some(column.label.clone())
        }
        Reference::Derived(id) => {
            let derive = measure.derive(id).map(|derive| &derive.label);
            let label = derive.or_else(|| Some(&measure.life(id)?.label));
            label.cloned()
        }
        Reference::Param(id) => measure.param(id).map(|param| param.label.clone()),
        Reference::Total(id) => measure.total(id).map(|total| total.label.clone()),
        Reference::Fund(id) => measure.fund(id).map(|fund| fund.label.clone()),
        Reference::Decision(id) => measure.eligibility(id).map(|rule| rule.label.clone()),
        Reference::Amount(id) => {
            let label = measure.allocation(id)?.label.clone();
            Some(say!("importo di «{label}»", "amount of “{label}”"; label = label))
        }
        Reference::Exact(id) => {
            let label = measure.allocation(id)?.label.clone();
            Some(say!("quota esatta di «{label}»", "exact quota of “{label}”"; label = label))
        }
    }
}

fn in_table(measure: &Measure, table: &str, of: &Reference) -> Option<Text> {
    let label = of_reference(measure, table, of)?;
    let table = measure.table(table)?.label.clone();
    Some(say!("{label} ({table})", "{label} ({table})"; label = label, table = table))
}

fn of_fold(measure: &Measure, fold: Fold, table: &str, column: Option<&Reference>) -> Option<Text> {
    let of = match column {
        Some(column) => in_table(measure, table, column)?,
        None => measure.table(table)?.label.clone(),
    };
    Some(match fold {
        Fold::Sum => say!("somma di {of}", "sum of {of}"; of = of),
        Fold::Least => say!("minimo di {of}", "lowest of {of}"; of = of),
        Fold::Greatest => say!("massimo di {of}", "highest of {of}"; of = of),
        Fold::Count => say!("righe di {of}", "rows of {of}"; of = of),
    })
}
