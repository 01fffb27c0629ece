//! `term`: a day and a length in, the day on which a legal term ends out.

use chrono::NaiveDate;
use riparto_core::diag::{Diagnostic, Text};
use riparto_core::pack::raw::calendar::{Saturday, Suspension};
use riparto_core::say;
use riparto_core::terms::{Law, Length, Regime, Term};
use riparto_core::time::day;

use crate::args::{Format, TermArgs};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;
use crate::render;

/// Computes a term.
pub fn term(host: &Host, args: &TermArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let law = host.law()?;
    let municipality = args.municipality.as_deref().map(cadastral).transpose()?;
    let term = Term {
        back: args.back,
        free_days: args.free_days,
        saturday: args.saturday.as_deref().map(|word| match word {
            "holiday" => Saturday::Holiday,
            _ => Saturday::Working,
        }),
        suspension: args.suspension.as_deref().map(|word| match word {
            "august" => Suspension::August,
            _ => Suspension::None,
        }),
        municipality,
        ..Term::new(
            date(&args.from_date)?,
            length(args)?,
            regime(&law, &args.regime)?,
        )
    };
    let computed = term
        .compute(&law)
        .map_err(|fault| Failure::Refused(Diagnostic::from(fault).into()))?;
    let text = match host.format {
        Format::Json => {
            riparto_io::report::json::text(&render::term::json(&term, &computed, host.lang))
        }
        _ => {
            let own = municipality.and_then(|code| no_holiday_of_its_own(&law, code));
            let own = own.map(|note| format!("  {}\n", host.say(&note)));
            let text = render::term::text(&term, &computed, host.lang);
            format!("{text}{}", own.unwrap_or_default())
        }
    };
    print(&text)?;
    Ok(())
}

fn date(text: &str) -> Result<NaiveDate, Failure> {
    day(text).ok_or_else(|| {
        Failure::argument(
            say!(
                "`--from {text}` non è una data",
                "`--from {text}` is not a date"
            ),
            say!(
                "scriverla anno-mese-giorno, con un giorno che c'è nel calendario: `2024-09-18`",
                "write it year-month-day, with a day that the calendar has: `2024-09-18`"
            ),
        )
    })
}

fn length(args: &TermArgs) -> Result<Length, Failure> {
    let given = [
        ("--days", &args.days, Length::Days as fn(u32) -> Length),
        ("--months", &args.months, Length::Months),
        ("--years", &args.years, Length::Years),
    ];
    let mut given = given
        .into_iter()
        .filter_map(|(option, text, make)| Some((option, text.as_deref()?, make)));
    let one_only = || {
        say!(
            "dare una durata sola: `--days 60`, `--months 6` o `--years 1`",
            "give one length only: `--days 60`, `--months 6` or `--years 1`"
        )
    };
    let Some((option, text, make)) = given.next() else {
        return Err(Failure::argument(
            say!(
                "manca la durata del termine",
                "the length of the term is missing"
            ),
            one_only(),
        ));
    };
    if let Some((other, ..)) = given.next() {
        return Err(Failure::argument(
            say!(
                "`{option}` e `{other}` sono due durate",
                "`{option}` and `{other}` are two lengths"
            ),
            one_only(),
        ));
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| digits && *number > 0);
    number.map(make).ok_or_else(|| {
        Failure::argument(
            say!(
                "`{option} {text}` non si legge: serve un numero intero da 1 in su",
                "`{option} {text}` cannot be read: a whole number from 1 up is needed"
            ),
            say!(
                "scrivere le cifre, `{option} 60`; per contare a ritroso aggiungere `--back`",
                "write the digits, `{option} 60`; to count backwards add `--back`"
            ),
        )
    })
}

fn regime<'l>(law: &'l Law, name: &str) -> Result<&'l Regime, Failure> {
    law.regimes.get(name).ok_or_else(|| {
        Failure::argument(
            say!("non c'è un regime `{name}`", "there is no regime `{name}`"),
            law.suggest_regime(name),
        )
    })
}

/// Says that the table has no holiday of a Comune alone, where it has none.
pub fn no_holiday_of_its_own(law: &Law, municipality: &str) -> Option<Text> {
    let none = !law.calendar.knows(municipality);
    none.then(|| {
        say!(
            "di `{municipality}` non si conoscono festività proprie: valgono quelle di tutti",
            "no holiday of `{municipality}` alone is known: those of all hold"
        )
    })
}

/// Reads the cadastral code of a Comune: a letter from A to M, to which numbering has come so far
/// (foreign states have Z), and three digits from 001.
pub fn cadastral(text: &str) -> Result<&str, Failure> {
    let mut bytes = text.bytes();
    let letter = bytes
        .next()
        .is_some_and(|byte| (b'A'..=b'M').contains(&byte));
    let numbered = bytes.all(|byte| byte.is_ascii_digit()) && !text.ends_with("000");
    if letter && numbered && text.len() == 4 {
        return Ok(text);
    }
    Err(Failure::argument(
        say!(
            "`--municipality {text}` non è il codice catastale di un Comune",
            "`--municipality {text}` is not the cadastral code of a Comune"
        ),
        say!(
            "scrivere una lettera maiuscola da A a M e tre cifre: `H501` è Roma",
            "write a capital letter from A to M and three digits: `H501` is Roma"
        ),
    ))
}
