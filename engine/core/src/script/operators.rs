//! The operators that Rhai has otherwise: division that never truncates in silence, comparison
//! that never answers *no* to a question that makes no sense, dates.

use std::any::TypeId;
use std::ops::{Range, RangeInclusive};

use chrono::Days;
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, Map, Module};
use rust_decimal::Decimal;

use crate::diag::Text;
use crate::say;

use super::faults::{complain, kind_of_type};
use super::value::Date;

type Outcome<T> = Result<T, Box<EvalAltResult>>;

const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// Makes the operators between values of known types.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    division(&mut module);
    dates(&mut module);
    module
}

fn division(module: &mut Module) {
    module.set_native_fn("/", |_: i64, _: i64| -> Outcome<Dynamic> {
        Err(whole_division("/"))
    });
    module.set_native_fn("/=", |_: &mut i64, _: i64| -> Outcome<()> {
        Err(whole_division("/="))
    });
}

/// The numbers are left out: the same rule on other rows is the same fault.
fn whole_division(op: &str) -> Box<EvalAltResult> {
    complain(
        say!(
            "`{op}` divide due interi, e i decimali andrebbero persi",
            "`{op}` divides two whole numbers, and the decimals would be lost"
        ),
        Some(say!(
            "scrivere `decimal(a) / b`, oppure `quotient(a, b)` se serve la parte intera",
            "write `decimal(a) / b`, or `quotient(a, b)` if the whole part is meant"
        )),
    )
}

fn dates(module: &mut Module) {
    module.set_native_fn("==", |a: Date, b: Date| -> Outcome<bool> { Ok(a == b) });
    module.set_native_fn("!=", |a: Date, b: Date| -> Outcome<bool> { Ok(a != b) });
    module.set_native_fn("<", |a: Date, b: Date| -> Outcome<bool> { Ok(a < b) });
    module.set_native_fn("<=", |a: Date, b: Date| -> Outcome<bool> { Ok(a <= b) });
    module.set_native_fn(">", |a: Date, b: Date| -> Outcome<bool> { Ok(a > b) });
    module.set_native_fn(">=", |a: Date, b: Date| -> Outcome<bool> { Ok(a >= b) });
    module.set_native_fn("-", |a: Date, b: Date| -> Outcome<i64> {
        Ok(a.0.signed_duration_since(b.0).num_days())
    });
    module.set_native_fn("+", |a: Date, days: i64| shift(a, days));
    module.set_native_fn("-", |a: Date, days: i64| match days.checked_neg() {
        Some(days) => shift(a, days),
        None => Err(out_of_calendar()),
    });
}

fn shift(date: Date, days: i64) -> Outcome<Date> {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        date.0.checked_sub_days(distance)
    } else {
        date.0.checked_add_days(distance)
    };
    moved.map(Date).ok_or_else(out_of_calendar)
}

fn out_of_calendar() -> Box<EvalAltResult> {
    let message = say!(
        "la data esce dal calendario",
        "the date is beyond the calendar"
    );
    complain(message, None)
}

/// Makes a comparison between values of different kinds an error: Rhai would say `false`.
///
/// Whole numbers compare with decimals, characters with texts, and anything may be asked whether
/// it is the missing value.
pub(super) fn refuse_unlike_comparisons(engine: &mut Engine) {
    let kinds = kinds();
    for (left, left_group) in &kinds {
        for (right, right_group) in &kinds {
            for op in COMPARISONS {
                let asks_for_missing = ["==", "!="].contains(&op)
                    && (*left_group == "missing" || *right_group == "missing");
                if left_group == right_group || asks_for_missing {
                    continue;
                }
                engine.register_raw_fn(op, [*left, *right], move |_, values| -> Outcome<bool> {
                    let kind = |i: usize| {
                        let value = values.get(i);
                        kind_of_type(value.map_or("", |value| value.type_name()))
                    };
                    Err(complain(unlike(op, &kind(0), &kind(1)), None))
                });
            }
        }
    }
}

fn unlike(op: &str, left: &Text, right: &Text) -> Text {
    let (left_it, left_en, right_it, right_en) = (&left.it, &left.en, &right.it, &right.en);
    say!(
        "`{op}` confronta {left_it} con {right_it}",
        "`{op}` compares {left_en} with {right_en}"
    )
}

/// The kinds of value that a script can hold; those of one group compare.
fn kinds() -> Vec<(TypeId, &'static str)> {
    vec![
        (TypeId::of::<i64>(), "number"),
        (TypeId::of::<Decimal>(), "number"),
        (TypeId::of::<ImmutableString>(), "text"),
        (TypeId::of::<char>(), "text"),
        (TypeId::of::<bool>(), "yes-no"),
        (TypeId::of::<Date>(), "date"),
        (TypeId::of::<()>(), "missing"),
        (TypeId::of::<Array>(), "list"),
        (TypeId::of::<Map>(), "object"),
        (TypeId::of::<FnPtr>(), "function"),
        (TypeId::of::<Range<i64>>(), "range"),
        (TypeId::of::<RangeInclusive<i64>>(), "inclusive range"),
    ]
}
