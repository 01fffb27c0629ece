//! Numbers as people read them: `1.234,56 €` in Italian, `€1,234.56` in English.

use crate::diag::Text;
use crate::model::{Counting, LineBreaks, Spaces};
use crate::num::{Cents, Ratio, Rounding, Step};
use crate::say;

/// Writes an amount of money.
///
/// # Examples
/// ```
/// use riparto_core::{num::Cents, words};
/// let text = words::money(Cents::new(38_397_798));
/// assert_eq!((text.it.as_str(), text.en.as_str()), ("383.977,98\u{a0}€", "€383,977.98"));
/// ```
pub fn money(amount: Cents) -> Text {
    euro(&amount.to_ratio(), 2)
}

/// Writes exact euro: all the decimals where they end, otherwise eight and an ellipsis.
pub fn exact_euro(amount: &Ratio) -> Text {
    match decimals_needed(amount) {
        Some(decimals) => euro(amount, decimals.max(2)),
        None => {
            let Text { it, en } = digits(&amount.to_fixed(8));
            Text {
                it: format!("{it}…\u{a0}€"),
                en: format!("€{en}…"),
            }
        }
    }
}

fn euro(amount: &Ratio, decimals: usize) -> Text {
    let Text { it, en } = digits(&amount.to_fixed(decimals));
    let en = match en.strip_prefix('-') {
        Some(digits) => format!("-€{digits}"),
        None => format!("€{en}"),
    };
    Text {
        it: format!("{it}\u{a0}€"),
        en,
    }
}

/// Writes a number with its thousands grouped: as a decimal where it ends, otherwise as a fraction.
pub fn number(number: &Ratio) -> Text {
    match number.to_decimal_text() {
        Some(text) => digits(&text),
        None => Text::same(number.to_string()),
    }
}

/// Writes a count with its thousands grouped.
pub fn count(count: u64) -> Text {
    digits(&count.to_string())
}

/// Writes a fraction of one as a percentage.
pub fn percent(fraction: &Ratio) -> Text {
    let percent = fraction * &Ratio::from(100);
    let Text { it, en } = number(&percent);
    Text {
        it: format!("{it}%"),
        en: format!("{en}%"),
    }
}

/// Writes a number with its thousands grouped; one that never ends with four decimals, as `circa`.
///
/// # Examples
/// ```
/// use riparto_core::{num::Ratio, words};
/// let text = |numer, denom| words::rounded(&Ratio::new(numer, denom).unwrap()).it;
/// assert_eq!((text(20_001, 2), text(2, 3)), ("10.000,5".to_owned(), "circa 0,6667".to_owned()));
/// ```
pub fn rounded(number: &Ratio) -> Text {
    about(number, 4).unwrap_or_else(|| self::number(number))
}

/// Writes euro with all the decimals where they end, otherwise rounded to the cent, as `circa`.
pub fn rounded_euro(amount: &Ratio) -> Text {
    if decimals_needed(amount).is_some() {
        return exact_euro(amount);
    }
    let amount = euro(&Step::cent().round(amount, Rounding::HalfUp), 2);
    say!("circa {amount}", "about {amount}"; amount = amount)
}

/// Writes a fraction of one as a percentage; one that never ends with two decimals, as `circa`.
pub fn rounded_percent(fraction: &Ratio) -> Text {
    let percents = fraction * &Ratio::from(100);
    match about(&percents, 2) {
        Some(percents) => say!("{percents}%", "{percents}%"; percents = percents),
        None => percent(fraction),
    }
}

/// Writes a number that never ends, rounded; none where it ends.
fn about(number: &Ratio, decimals: u32) -> Option<Text> {
    if decimals_needed(number).is_some() {
        return None;
    }
    let scale = Ratio::from(10_i64.pow(decimals));
    let whole = Rounding::HalfUp.to_whole(&(number * &scale));
    let near = Ratio::new(whole, 1)?.checked_div(&scale)?;
    let near = self::number(&near);
    Some(say!("circa {near}", "about {near}"; near = near))
}

/// Counts steps of rounding.
pub fn steps(count: usize) -> Text {
    match count {
        1 => say!("un passo", "one step"),
        _ => say!("{count} passi", "{count} steps"),
    }
}

/// Names a rounding mode.
pub fn rounding(mode: Rounding) -> Text {
    match mode {
        Rounding::HalfUp => say!("commerciale", "half up"),
        Rounding::HalfEven => say!("al pari più vicino", "half to even"),
        Rounding::HalfDown => say!("al più vicino, a metà per difetto", "half down"),
        Rounding::Up => say!("per eccesso", "away from zero"),
        Rounding::Down => say!("per difetto", "towards zero"),
        Rounding::Ceiling => say!("al passo superiore", "to the step above"),
        Rounding::Floor => say!("al passo inferiore", "to the step below"),
    }
}

/// Writes whom something goes to: `ad Asti`, `a Biella`; `Asti` in English, where no preposition
/// changes.
pub fn to(name: &str) -> Text {
    let vowel = name.starts_with(['A', 'a', 'À', 'à']);
    Text {
        it: format!("{} {name}", if vowel { "ad" } else { "a" }),
        en: name.to_owned(),
    }
}

/// Joins texts with commas.
pub fn listed(texts: &[Text]) -> Text {
    joined(texts, ", ")
}

/// Joins texts with what stands between two of them in either language.
pub fn joined(texts: &[Text], between: &str) -> Text {
    let join = |side: fn(&Text) -> &str| texts.iter().map(side).collect::<Vec<_>>().join(between);
    Text {
        it: join(|text| &text.it),
        en: join(|text| &text.en),
    }
}

fn decimals_needed(number: &Ratio) -> Option<usize> {
    let text = number.to_decimal_text()?;
    Some(
        text.split_once('.')
            .map_or(0, |(_, fraction)| fraction.len()),
    )
}

/// Groups the digits of a plain decimal such as `-1234.5`.
fn digits(plain: &str) -> Text {
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let write = |group: char, point: char| {
        let mut text = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push(point);
            text.push_str(fraction);
        }
        text
    };
    Text {
        it: write('.', ','),
        en: write(',', '.'),
    }
}

/// Writes how long something lasts, in its two largest units: `17 giorni e 2 ore`.
///
/// # Examples
/// ```
/// use riparto_core::words;
/// let text = words::lasting(17 * 86_400 + 2 * 3_600 + 59);
/// assert_eq!((text.it.as_str(), text.en.as_str()), ("17 giorni e 2 ore", "17 days and 2 hours"));
/// assert_eq!(words::lasting(61).it, "1 minuto e 1 secondo");
/// ```
pub fn lasting(seconds: i64) -> Text {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (days, hours) = (hours / 24, hours % 24);
    let units = [
        (days, ("giorno", "giorni"), ("day", "days")),
        (hours, ("ora", "ore"), ("hour", "hours")),
        (minutes, ("minuto", "minuti"), ("minute", "minutes")),
        (seconds, ("secondo", "secondi"), ("second", "seconds")),
    ];
    let said = units.into_iter().skip_while(|(count, ..)| *count == 0);
    let said: Vec<Text> = said
        .take(2)
        .filter(|(count, ..)| *count > 0)
        .map(|(count, it, en)| {
            let one = count == 1;
            let it = if one { it.0 } else { it.1 };
            let en = if one { en.0 } else { en.1 };
            say!("{count} {it}", "{count} {en}")
        })
        .collect();
    match said.as_slice() {
        [] => say!("0 secondi", "0 seconds"),
        [one] => one.clone(),
        [first, second, ..] => {
            say!("{a} e {b}", "{a} and {b}"; a = first.clone(), b = second.clone())
        }
    }
}

/// Tells whether [`lasting`] says one of something and no more: `1 secondo`, not `1 ora e 2 minuti`.
pub fn is_one_unit(seconds: i64) -> bool {
    seconds / 3_600 == 24 || seconds / 60 == 60 || seconds == 60 || seconds == 1
}

/// Says a way of counting.
pub fn counting(counting: Counting) -> Text {
    let spaces = match counting.spaces {
        Spaces::Each => say!("ogni spazio", "each space"),
        Spaces::Runs => say!("gli spazi di fila per uno", "spaces in a row as one"),
        Spaces::None => say!("senza spazi", "no spaces"),
    };
    let line_breaks = match counting.line_breaks {
        LineBreaks::One => say!("un a capo per uno", "the end of a line as one"),
        LineBreaks::Two => say!("un a capo per due", "the end of a line as two"),
        LineBreaks::None => say!("senza a capo", "no ends of lines"),
    };
    let headings = match counting.headings {
        true => say!("con le intestazioni", "with the headings"),
        false => say!("senza le intestazioni", "without the headings"),
    };
    let between = match counting.between {
        true => say!(
            "con gli a capo fra i brani",
            "with the ends of lines between pieces"
        ),
        false => say!(
            "senza gli a capo fra i brani",
            "without the ends of lines between pieces"
        ),
    };
    let ends = match counting.ends {
        true => say!("con gli spazi ai bordi", "with the blanks at both ends"),
        false => say!(
            "senza gli spazi ai bordi",
            "without the blanks at both ends"
        ),
    };
    listed(&[spaces, line_breaks, headings, between, ends])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_as_each_language_does() {
        let text = number(&Ratio::parse_decimal("-1234567.5").unwrap());
        assert_eq!(
            (text.it.as_str(), text.en.as_str()),
            ("-1.234.567,5", "-1,234,567.5")
        );
        assert_eq!(number(&Ratio::from(999)).it, "999");
    }

    #[test]
    fn money_below_zero_keeps_its_sign_before_the_symbol() {
        let text = money(Cents::new(-7955));
        assert_eq!(
            (text.it.as_str(), text.en.as_str()),
            ("-79,55\u{a0}€", "-€79.55")
        );
    }

    #[test]
    fn an_endless_amount_says_that_it_goes_on() {
        let third = Ratio::new(1, 3).unwrap();
        assert_eq!(exact_euro(&third).en, "€0.33333333…");
        assert_eq!(
            exact_euro(&Ratio::parse_decimal("0.125").unwrap()).en,
            "€0.125"
        );
    }

    #[test]
    fn a_name_with_an_a_takes_ad() {
        assert_eq!(
            (to("Asti").it.as_str(), to("Biella").it.as_str()),
            ("ad Asti", "a Biella")
        );
    }

    #[test]
    fn one_second_is_singular_and_two_are_not() {
        let singular = [1, 60, 3_600, 86_401, 2, 61, 0, 90_000].map(is_one_unit);
        assert_eq!(
            singular,
            [true, true, true, true, false, false, false, false]
        );
    }

    #[test]
    fn a_percentage_is_exact() {
        assert_eq!(percent(&Ratio::parse_decimal("0.265").unwrap()).it, "26,5%");
        assert_eq!(percent(&Ratio::new(1, 3).unwrap()).it, "100/3%");
    }
}
