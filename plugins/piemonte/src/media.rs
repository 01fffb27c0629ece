//! The average of a service from sums that are already made, and its rounding.
//!
//! Both are the formulas of `media_esatta` and `media` in the survey of 2026.

use num_traits::{CheckedDiv, CheckedMul, Signed, Zero};
use riparto_plugin::{Fault, Rational, Value};

use crate::faults::refused;

type Answer = Result<Option<Value>, Box<Fault>>;

/// Gives `presenze / giorni` where there are days open, else the average declared.
pub fn media(row: &[Option<Value>]) -> Answer {
    let [giorni, presenze, dichiarata] = numbers(row);
    Ok(average(giorni, presenze, dichiarata)?.map(Value::Number))
}

/// Gives an average as the nearest multiple of a step, the half away from zero.
pub fn arrotondata(row: &[Option<Value>]) -> Answer {
    let [Some(media), Some(passo)] = numbers(row) else {
        return Ok(None);
    };
    if !passo.is_positive() {
        return Err(refused(
            "not-a-step",
            [
                "il passo a cui si arrotonda deve essere maggiore di zero",
                "the step that one rounds to must be above zero",
            ],
            ["dare un passo come 1 o 0,5", "give a step such as 1 or 0.5"],
        ));
    }
    let steps = media.checked_div(&passo).map(|steps| steps.round());
    let rounded = steps.and_then(|steps| steps.checked_mul(&passo));
    Ok(Some(Value::Number(rounded.ok_or_else(too_large)?)))
}

/// Gives the average; nothing where what it needs is missing.
pub fn average(
    giorni: Option<Rational>,
    presenze: Option<Rational>,
    dichiarata: Option<Rational>,
) -> Result<Option<Rational>, Box<Fault>> {
    match (giorni, presenze) {
        (Some(giorni), _) if giorni <= Rational::zero() => Ok(dichiarata),
        (Some(giorni), Some(presenze)) => {
            let average = presenze.checked_div(&giorni);
            Ok(Some(average.ok_or_else(too_large)?))
        }
        _ => Ok(None),
    }
}

/// Gives the fault of a number that cannot be held.
pub fn too_large() -> Box<Fault> {
    refused(
        "too-large",
        ["un numero è troppo grande", "a number is too large"],
        [
            "controllare giorni e presenze",
            "check the days and the attendances",
        ],
    )
}

fn numbers<const N: usize>(row: &[Option<Value>]) -> [Option<Rational>; N] {
    let number = |index: usize| row.get(index)?.as_ref()?.number();
    std::array::from_fn(number)
}
