//! Compares a function of a plugin with the Rhai function that computes the same.

use riparto_core::script::{Script, Value as Scripted};
use riparto_plugin::{Rational, Value, values_of};
use riparto_plugin_abi::message::{self, Batch, Column};
use riparto_plugin_host::Host;
use rust_decimal::Decimal;

/// Where a plugin and its twin disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The row, from zero.
    pub row: usize,
    /// What the plugin gives.
    pub plugin: String,
    /// What the script gives.
    pub script: String,
}

/// Calls both on the same rows and gives the first row where they differ.
///
/// # Errors
/// One of them cannot be called at all; in words, why.
pub fn agree(
    host: &Host,
    plugin: &str,
    function: &str,
    script: &Script,
    twin: &str,
    rows: &Batch,
) -> Result<Option<Disagreement>, String> {
    let input = message::write(rows)?;
    let answer = host.call(plugin, &format!("function/{function}"), &input);
    let answer = answer.map_err(|refusal| format!("{refusal:?}"))?;
    let column: Column = message::read(&answer).map_err(|unread| unread.to_string())?;
    let native = values_of(&column).ok_or("the plugin's answer cannot be held")?;
    let scripted = script.call_rows(twin, &arguments(rows)?);
    if native.len() != scripted.len() {
        return Err(format!(
            "{} cells for {} rows",
            native.len(),
            scripted.len()
        ));
    }
    for (row, (native, scripted)) in native.iter().zip(scripted).enumerate() {
        let scripted = scripted.map_err(|fault| fault.message.en)?;
        let same = native.as_ref() == value_of(&scripted).as_ref();
        if !same {
            return Ok(Some(Disagreement {
                row,
                plugin: format!("{native:?}"),
                script: format!("{scripted:?}"),
            }));
        }
    }
    Ok(None)
}

/// Gives the rows as a script takes them.
fn arguments(batch: &Batch) -> Result<Vec<Vec<Scripted>>, String> {
    let columns = batch.columns.iter().map(values_of);
    let columns: Option<Vec<_>> = columns.collect();
    let mut columns: Vec<_> = columns
        .ok_or("a cell cannot be held")?
        .into_iter()
        .map(Vec::into_iter)
        .collect();
    let rows = (0..batch.rows).map(|_| {
        let cells = columns.iter_mut().map(|column| {
            let value = column
                .next()
                .flatten()
                .ok_or("a script takes no absent value")?;
            argument(value).ok_or_else(|| "a number is too long for a script".to_owned())
        });
        cells.collect()
    });
    rows.collect()
}

fn argument(value: Value) -> Option<Scripted> {
    Some(match value {
        Value::Number(number) if number.is_integer() => {
            Scripted::Integer(i64::try_from(*number.numer()).ok()?)
        }
        Value::Number(number) => {
            let (above, below) = (*number.numer(), *number.denom());
            let above = Decimal::try_from_i128_with_scale(above, 0).ok()?;
            let below = Decimal::try_from_i128_with_scale(below, 0).ok()?;
            let quotient = above.checked_div(below)?;
            (quotient.checked_mul(below)? == above).then_some(Scripted::Decimal(quotient))?
        }
        Value::Text(text) => Scripted::Text(text),
        Value::Bool(truth) => Scripted::Bool(truth),
        Value::Date(date) => Scripted::Date(date),
    })
}

fn value_of(scripted: &Scripted) -> Option<Value> {
    Some(match scripted {
        Scripted::Integer(number) => Value::Number(Value::int(*number)),
        Scripted::Decimal(number) => {
            let below = 10_i128.checked_pow(number.scale())?;
            Value::Number(Rational::new(number.mantissa(), below))
        }
        Scripted::Bool(truth) => Value::Bool(*truth),
        Scripted::Text(text) => Value::Text(text.clone()),
        Scripted::Date(date) => Value::Date(*date),
    })
}
