//! The functions that a rule may call, besides those of Rhai's texts, lists and objects.
//!
//! | function | gives |
//! |---|---|
//! | `euro(x)` | `x` with two decimals, half a cent up (away from zero) |
//! | `round_half_up(x, decimals)` | `x` with so many decimals, the half away from zero |
//! | `floor(x)`, `ceiling(x)` | the whole number not above, not below `x` |
//! | `quotient(a, b)` | the whole part of `a / b`, both whole |
//! | `decimal(a)` | the whole number `a` as a decimal, for divisions |
//! | `min(a, b)`, `max(a, b)`, `abs(x)` | numbers; `min` and `max` also dates |
//! | `x.percent` | `x` hundredths: `5.percent` is `0.05` |
//! | `date("2024-12-31")`, `d.year`, `d.month`, `d.day` | a date and its parts |
//!
//! Rhai's own `round` sends the half to the even digit, which no act means: it is not offered.

use chrono::{Datelike, NaiveDate};
use rhai::{EvalAltResult, ImmutableString, Module, NativeCallContext, Position};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::say;

use super::faults::complain;
use super::limits;
use super::value::Date;

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// Makes the functions.
pub(super) fn module() -> Module {
    let mut module = Module::new();
    rounding(&mut module);
    numbers(&mut module);
    dates(&mut module);
    replacing(&mut module);
    module
}

fn rounding(module: &mut Module) {
    module.set_native_fn("euro", |x: Decimal| rounded(x, 2));
    module.set_native_fn("euro", |x: i64| rounded(x.into(), 2));
    module.set_native_fn("round_half_up", |x: Decimal, decimals: i64| {
        rounded(x, decimals)
    });
    module.set_native_fn("round_half_up", |x: i64, decimals: i64| {
        rounded(x.into(), decimals)
    });
    module.set_native_fn("floor", |x: Decimal| -> Outcome<Decimal> { Ok(x.floor()) });
    module.set_native_fn("floor", |x: i64| -> Outcome<i64> { Ok(x) });
    module.set_native_fn("ceiling", |x: Decimal| -> Outcome<Decimal> { Ok(x.ceil()) });
    module.set_native_fn("ceiling", |x: i64| -> Outcome<i64> { Ok(x) });
}

fn rounded(x: Decimal, decimals: i64) -> Outcome<Decimal> {
    let scale = u32::try_from(decimals)
        .ok()
        .filter(|d| *d <= Decimal::MAX_SCALE);
    let Some(scale) = scale else {
        let max = Decimal::MAX_SCALE;
        return Err(complain(
            say!(
                "non si arrotonda a {decimals} decimali, ma da 0 a {max}",
                "one cannot round to {decimals} decimals, but from 0 to {max}"
            ),
            None,
        ));
    };
    let mut rounded = x.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(scale);
    Ok(rounded)
}

fn numbers(module: &mut Module) {
    module.set_native_fn("decimal", |x: i64| -> Outcome<Decimal> { Ok(x.into()) });
    module.set_native_fn("decimal", |x: Decimal| -> Outcome<Decimal> { Ok(x) });
    module.set_native_fn("quotient", |a: i64, b: i64| -> Outcome<i64> {
        a.checked_div(b).ok_or_else(|| {
            let message = say!(
                "`quotient({a}, {b})`: la divisione non ha risultato",
                "`quotient({a}, {b})`: the division has no result"
            );
            complain(message, None)
        })
    });
    module.set_getter_fn("percent", |x: &mut i64| hundredths((*x).into()));
    module.set_getter_fn("percent", |x: &mut Decimal| hundredths(*x));
}

fn hundredths(x: Decimal) -> Outcome<Decimal> {
    x.checked_div(Decimal::ONE_HUNDRED).ok_or_else(|| {
        let message = say!(
            "`{x}.percent` non ha risultato",
            "`{x}.percent` has no result"
        );
        complain(message, None)
    })
}

fn dates(module: &mut Module) {
    module.set_native_fn("date", |text: &str| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Date)
            .map_err(|_| {
                complain(
                    say!("`{text}` non è una data", "`{text}` is not a date"),
                    Some(say!(
                        "scrivere anno, mese e giorno: `date(\"2024-12-31\")`",
                        "write year, month and day: `date(\"2024-12-31\")`"
                    )),
                )
            })
    });
    module.set_native_fn("min", |a: Date, b: Date| -> Outcome<Date> { Ok(a.min(b)) });
    module.set_native_fn("max", |a: Date, b: Date| -> Outcome<Date> { Ok(a.max(b)) });
    module.set_getter_fn("year", |d: &mut Date| -> Outcome<i64> {
        Ok(d.0.year().into())
    });
    module.set_getter_fn("month", |d: &mut Date| -> Outcome<i64> {
        Ok(d.0.month().into())
    });
    module.set_getter_fn("day", |d: &mut Date| -> Outcome<i64> {
        Ok(d.0.day().into())
    });
    module.set_native_fn("to_string", |d: Date| -> Outcome<String> {
        Ok(d.to_string())
    });
}

/// Rhai's `replace` allocates before it measures: one call could take gigabytes. These measure.
fn replacing(module: &mut Module) {
    type Text = ImmutableString;
    module.set_native_fn(
        "replace",
        |c: NativeCallContext, s: &mut Text, from: &str, to: &str| replace(&c, s, from, to),
    );
    module.set_native_fn(
        "replace",
        |c: NativeCallContext, s: &mut Text, from: char, to: &str| {
            replace(&c, s, from.encode_utf8(&mut [0; 4]), to)
        },
    );
    module.set_native_fn(
        "replace",
        |c: NativeCallContext, s: &mut Text, from: &str, to: char| {
            replace(&c, s, from, to.encode_utf8(&mut [0; 4]))
        },
    );
    module.set_native_fn(
        "replace",
        |c: NativeCallContext, s: &mut Text, from: char, to: char| {
            replace(
                &c,
                s,
                from.encode_utf8(&mut [0; 4]),
                to.encode_utf8(&mut [0; 4]),
            )
        },
    );
}

fn replace(
    context: &NativeCallContext,
    text: &mut ImmutableString,
    from: &str,
    to: &str,
) -> Outcome<()> {
    let times = text.matches(from).count();
    let grown = text.len().saturating_add(times.saturating_mul(to.len()));
    if grown.saturating_sub(times.saturating_mul(from.len())) > limits::TEXT_BYTES {
        let place: Position = context.call_position();
        return Err(EvalAltResult::ErrorDataTooLarge("string".to_owned(), place).into());
    }
    *text = text.replace(from, to).into();
    Ok(())
}
