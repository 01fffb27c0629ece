//! The values that a parameter takes: `quota=90%..96%/1%`, `quota=90%,95%`.

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::num::Ratio;
use crate::pack::nearest;
use crate::rules::{Pack, Param};
use crate::say;

/// The most points that a grid may have.
pub const MOST_POINTS: i64 = 10_000;

/// A parameter that moves, and the values that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vary {
    /// The parameter.
    pub param: String,
    /// Its values in the order in which they are tried, as `--set` takes them.
    pub values: Vec<String>,
    /// Whether they are percentages.
    pub percent: bool,
}

/// Reads what `--vary` was given.
///
/// # Errors
/// A text that is neither a range nor a list, numbers beside percentages, a step that is not above
/// zero, a range that goes down, a parameter given twice, more than [`MOST_POINTS`] points.
pub fn parse(texts: &[String]) -> Result<Vec<Vary>, Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut varies: Vec<Vary> = Vec::new();
    for text in texts {
        match one(text) {
            Ok(vary) if varies.iter().any(|known| known.param == vary.param) => {
                faults.push(given_twice(&vary.param));
            }
            Ok(vary) => varies.push(vary),
            Err(fault) => faults.push(*fault),
        }
    }
    let points = varies.iter().try_fold(1, |points: usize, vary| {
        points.checked_mul(vary.values.len())
    });
    if !points.is_some_and(within) {
        faults.push(too_many());
    }
    if faults.has_errors() {
        Err(faults)
    } else {
        Ok(varies)
    }
}

/// Judges whether a pack has these parameters, and whether they are percentages or numbers as the
/// values are.
pub fn check(varies: &[Vary], pack: &Pack) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for vary in varies {
        let params = || pack.measures.iter().flat_map(|measure| &measure.params);
        let mut named = params().filter(|(id, _)| **id == vary.param).peekable();
        if named.peek().is_none() {
            faults.push(unknown(&vary.param, params().map(|(id, _)| id.as_str())));
        }
        let other = named.find(|(_, param)| param.percent != vary.percent);
        faults.extend(
            other
                .map(|(_, param)| other_kind(param))
                .into_iter()
                .collect(),
        );
    }
    faults
}

/// Gives each combination of values; the last parameter moves fastest.
pub fn grid(varies: &[Vary]) -> Vec<Vec<(String, String)>> {
    varies.iter().fold(vec![Vec::new()], |points, vary| {
        let longer = points.iter().flat_map(|point| {
            vary.values.iter().map(|value| {
                let mut point = point.clone();
                point.push((vary.param.clone(), value.clone()));
                point
            })
        });
        longer.collect()
    })
}

fn within(points: usize) -> bool {
    i64::try_from(points).is_ok_and(|points| points <= MOST_POINTS)
}

type Fault = Box<Diagnostic>;

fn one(text: &str) -> Result<Vary, Fault> {
    let (param, values) = text.split_once('=').ok_or_else(|| unreadable(text))?;
    let (param, values) = (param.trim(), values.trim());
    if param.is_empty() || values.is_empty() {
        return Err(unreadable(text));
    }
    let (numbers, percent) = match values.split_once("..") {
        Some((low, rest)) => {
            let (high, step) = rest.split_once('/').ok_or_else(|| unreadable(text))?;
            let (ends, percent) = numbers(text, &[low, high, step])?;
            (range(text, &ends)?, percent)
        }
        None => numbers(text, &values.split(',').collect::<Vec<_>>())?,
    };
    let sign = if percent { "%" } else { "" };
    let written = |number: &Ratio| {
        let number = number.to_decimal_text();
        number.map(|number| format!("{number}{sign}"))
    };
    Ok(Vary {
        param: param.to_owned(),
        values: numbers.iter().filter_map(written).collect(),
        percent,
    })
}

/// Reads numbers that are all percentages, or none.
fn numbers(text: &str, parts: &[&str]) -> Result<(Vec<Ratio>, bool), Fault> {
    if parts.iter().any(|part| part.trim().is_empty()) {
        return Err(unreadable(text));
    }
    let percents = parts.iter().filter(|part| part.trim().ends_with('%'));
    let percents = percents.count();
    if percents != 0 && percents != parts.len() {
        return Err(mixed(text));
    }
    let number = |part: &&str| {
        let digits = part.trim().trim_end_matches('%').trim_end();
        Ratio::parse_decimal(digits).map_err(|_| not_a_number(text, part.trim()))
    };
    let numbers: Result<Vec<Ratio>, Fault> = parts.iter().map(number).collect();
    Ok((numbers?, percents != 0))
}

/// Gives the numbers from low to high by the step: high is one of them when a step lands on it.
fn range(text: &str, ends: &[Ratio]) -> Result<Vec<Ratio>, Fault> {
    let [low, high, step] = ends else {
        return Err(unreadable(text));
    };
    if step.is_zero() || step.is_negative() {
        return Err(no_step(text));
    }
    if low > high {
        return Err(backwards(text));
    }
    let whole = (high - low).checked_div(step).map(|steps| steps.floor());
    let steps = whole.and_then(|steps| Ratio::from(steps).to_i64());
    let steps = steps.filter(|steps| *steps < MOST_POINTS);
    let steps = steps.ok_or_else(|| Box::new(too_many()))?;
    Ok((0..=steps)
        .map(|at| low + &(step * &Ratio::from(at)))
        .collect())
}

fn refuse(message: Text, help: Text) -> Fault {
    Box::new(Diagnostic::error(Code::BadArgument, message).help(help))
}

fn unreadable(text: &str) -> Fault {
    refuse(
        say!(
            "`--vary {text}` non si legge",
            "`--vary {text}` cannot be read"
        ),
        say!(
            "scrivere `--vary NOME=DA..A/PASSO`, come `quota=90%..96%/1%`, o `--vary NOME=VALORE,VALORE`",
            "write `--vary NAME=LO..HI/STEP`, such as `quota=90%..96%/1%`, or `--vary NAME=VALUE,VALUE`"
        ),
    )
}

fn not_a_number(text: &str, part: &str) -> Fault {
    refuse(
        say!(
            "in `--vary {text}`, `{part}` non è né un numero né una percentuale",
            "in `--vary {text}`, `{part}` is neither a number nor a percentage"
        ),
        say!(
            "scrivere `95%`, `1000.50`, `20355`: punto decimale, nessun separatore",
            "write `95%`, `1000.50`, `20355`: decimal point, no grouping"
        ),
    )
}

fn mixed(text: &str) -> Fault {
    refuse(
        say!(
            "`--vary {text}` mescola percentuali e numeri",
            "`--vary {text}` mixes percentages and numbers"
        ),
        say!(
            "mettere `%` a tutti i valori, passo compreso, o a nessuno: `quota=90%..96%/1%`; i decimali vanno con il punto",
            "give `%` to all values, the step included, or to none: `quota=90%..96%/1%`; decimals take a point"
        ),
    )
}

fn no_step(text: &str) -> Fault {
    refuse(
        say!(
            "il passo di `--vary {text}` non è maggiore di zero",
            "the step of `--vary {text}` is not above zero"
        ),
        say!(
            "dare un passo maggiore di zero; per un valore solo, `--vary NOME=VALORE`",
            "give a step above zero; for one value, `--vary NAME=VALUE`"
        ),
    )
}

fn backwards(text: &str) -> Fault {
    refuse(
        say!(
            "`--vary {text}` va dal più grande al più piccolo",
            "`--vary {text}` goes from the larger to the smaller"
        ),
        say!("scambiare i due estremi", "swap the two ends"),
    )
}

fn given_twice(param: &str) -> Diagnostic {
    *refuse(
        say!(
            "`--vary {param}=…` è dato due volte",
            "`--vary {param}=…` is given twice"
        ),
        say!(
            "darlo una volta sola, con tutti i valori",
            "give it once, with all the values"
        ),
    )
}

fn too_many() -> Diagnostic {
    let most = MOST_POINTS;
    *refuse(
        say!(
            "la griglia ha più di {most} punti",
            "the grid has more than {most} points"
        ),
        say!(
            "allargare il passo, o far variare meno parametri insieme",
            "widen the step, or vary fewer parameters at once"
        ),
    )
}

fn unknown<'n>(param: &str, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let fault = Diagnostic::error(
        Code::UnknownName,
        say!(
            "non c'è un parametro `{param}` (`--vary`)",
            "there is no parameter `{param}` (`--vary`)"
        ),
    );
    let mut names: Vec<String> = known.clone().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    let names = names.join(", ");
    fault.help(
        nearest(param, known).unwrap_or_else(|| match names.as_str() {
            "" => say!(
                "il pacchetto non ha parametri: non c'è nulla da far variare",
                "the pack has no parameters: there is nothing to vary"
            ),
            _ => say!("ci sono: {names}", "there are: {names}"),
        }),
    )
}

fn other_kind(param: &Param) -> Diagnostic {
    let (id, unit) = (&param.id, &param.unit);
    *if param.percent {
        refuse(
            say!(
                "`{id}` è una percentuale, e `--vary` gli dà dei numeri",
                "`{id}` is a percentage, and `--vary` gives it numbers"
            ),
            say!(
                "mettere il segno: `--vary {id}=90%..96%/1%`",
                "write the sign: `--vary {id}=90%..96%/1%`"
            ),
        )
    } else {
        refuse(
            say!(
                "`{id}` conta `{unit}`, e `--vary` gli dà delle percentuali",
                "`{id}` counts `{unit}`, and `--vary` gives it percentages"
            ),
            say!(
                "togliere il segno: `--vary {id}=1000..2000/250`",
                "drop the sign: `--vary {id}=1000..2000/250`"
            ),
        )
    }
}
