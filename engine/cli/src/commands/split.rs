//! `split`: the calculator. Text in, one exact split out, nothing of packs.

use riparto_core::allocate::{self, Bound, Criterion, Method, Problem, Row, Ties};
use riparto_core::diag::{Code, Diagnostic, Diagnostics, Text};
use riparto_core::num::{Ratio, Rounding, Step};
use riparto_core::say;

use crate::args::{Format, SplitArgs};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;
use crate::render;

/// Splits an amount by weights.
pub fn split(host: &Host, args: &SplitArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let mut reader = Reader {
        faults: Diagnostics::new(),
    };
    let problem = reader.problem(args);
    let problem = match problem {
        Some(problem) if !reader.faults.has_errors() => problem,
        _ => return Err(Failure::Refused(reader.faults)),
    };
    let outcome = allocate::allocate(&problem)?;
    match host.format {
        Format::Json => {
            let json = render::split::json(&problem, &outcome);
            print(&riparto_io::report::json::text(&json))?;
        }
        _ => {
            print(&render::split::text(
                &problem,
                &outcome,
                host.lang,
                host.terminal,
            ))?;
        }
    }
    Ok(())
}

struct Reader {
    faults: Diagnostics,
}

impl Reader {
    fn problem(&mut self, args: &SplitArgs) -> Option<Problem> {
        let step = Step::parse(&args.step).ok();
        if step.is_none() {
            self.refuse(
                "--step",
                &args.step,
                say!("un decimale sopra lo zero", "a decimal above zero"),
            );
        }
        let amount = self.decimal("AMOUNT", &args.amount);
        let weights = self.decimals("--weights", &args.weights);
        let count = weights.as_ref().map(Vec::len);
        let keys = self.keys(args.keys.as_deref(), count);
        let min = self.bounds("--min", args.min.as_deref(), count, Bound::min);
        let max = self.bounds("--max", args.max.as_deref(), count, Bound::max);
        let total = args
            .total_weight
            .as_deref()
            .map(|text| self.decimal("--total-weight", text));
        let (amount, weights, step, keys) = (amount?, weights?, step?, keys?);
        self.whole_amount(&args.amount, &amount, &step);
        let rows = keys.into_iter().zip(min?).zip(max?);
        let rows = rows.map(|((key, min), max)| Row {
            min,
            max,
            ..Row::new(key)
        });
        let total = match total {
            Some(total) => Some(total?),
            None => None,
        };
        Some(Problem {
            pot: amount.clone(),
            target: amount,
            step,
            rounding: Rounding::ALL
                .into_iter()
                .find(|mode| mode.name() == args.round)?,
            method: Method::ALL
                .into_iter()
                .find(|method| method.name() == args.method)?,
            ties: Ties::ALL
                .into_iter()
                .find(|ties| ties.name() == args.ties)?,
            payers: allocate::Payers::All,
            criteria: vec![Criterion {
                total,
                ..Criterion::whole(weights)
            }],
            rows: rows.collect(),
        })
    }

    fn decimal(&mut self, name: &str, text: &str) -> Option<Ratio> {
        let number = Ratio::parse_decimal(text.trim())
            .ok()
            .filter(|number| !number.is_negative());
        if number.is_none() {
            self.refuse(
                name,
                text,
                say!("un decimale non sotto zero", "a decimal not below zero"),
            );
        }
        number
    }

    fn decimals(&mut self, name: &str, text: &str) -> Option<Vec<Ratio>> {
        let read: Vec<_> = text
            .split(',')
            .map(|part| self.decimal(name, part))
            .collect();
        read.into_iter().collect()
    }

    fn keys(&mut self, keys: Option<&str>, count: Option<usize>) -> Option<Vec<String>> {
        let count = count?;
        let Some(text) = keys else {
            return Some((1..=count).map(|n| n.to_string()).collect());
        };
        let keys: Vec<String> = text.split(',').map(|key| key.trim().to_owned()).collect();
        if keys.len() != count {
            self.wrong_count("--keys", keys.len(), count);
            return None;
        }
        let repeated = keys
            .iter()
            .enumerate()
            .find(|(at, key)| key.is_empty() || keys.iter().take(*at).any(|other| other == *key));
        if let Some((_, key)) = repeated {
            self.refuse(
                "--keys",
                key,
                say!(
                    "chiavi diverse e non vuote",
                    "keys that differ and are not empty"
                ),
            );
            return None;
        }
        Some(keys)
    }

    fn bounds(
        &mut self,
        name: &str,
        text: Option<&str>,
        count: Option<usize>,
        make: fn(Ratio) -> Bound,
    ) -> Option<Vec<Option<Bound>>> {
        let count = count?;
        let Some(text) = text else {
            return Some(vec![None; count]);
        };
        let numbers = self.decimals(name, text)?;
        match numbers.as_slice() {
            [one] => Some(vec![Some(make(one.clone())); count]),
            all if all.len() == count => Some(numbers.into_iter().map(|n| Some(make(n))).collect()),
            all => {
                self.wrong_count(name, all.len(), count);
                None
            }
        }
    }

    /// Money is whole cents, unless the step itself is finer than a cent.
    fn whole_amount(&mut self, text: &str, amount: &Ratio, step: &Step) {
        let whole = |step: &Step| step.count(amount).is_whole();
        if !whole(&Step::cent()) && !whole(step) {
            self.refuse(
                "AMOUNT",
                text,
                say!(
                    "un numero intero di centesimi o di passi",
                    "a whole number of cents or of steps"
                ),
            );
        }
    }

    fn wrong_count(&mut self, name: &str, found: usize, expected: usize) {
        let message = say!(
            "`{name}` ha {found} valori, i pesi sono {expected}",
            "`{name}` has {found} values, there are {expected} weights"
        );
        let help = say!(
            "dare un valore per ciascun peso",
            "give one value for each weight"
        );
        self.faults
            .push(Diagnostic::error(Code::BadArgument, message).help(help));
    }

    fn refuse(&mut self, name: &str, text: &str, expected: Text) {
        let message = say!(
            "`{name}`: `{text}` non si legge, serve {expected}",
            "`{name}`: `{text}` cannot be read, {expected} is needed";
            expected = expected
        );
        let help = say!(
            "scrivere le cifre con il punto decimale e senza separatori: `1234.50`",
            "write the digits with a decimal point and no grouping: `1234.50`"
        );
        self.faults
            .push(Diagnostic::error(Code::BadArgument, message).help(help));
    }
}
