//! The numbers of a JSON that have an exponent, written out: `1.2e1` is `12`.

use std::borrow::Cow;

/// The furthest that an exponent moves the point: no coordinate goes so far.
const FURTHEST: i32 = 20;

/// Gives a JSON in which no number has an exponent, but those that move the point too far.
pub fn written_out(json: &str) -> Cow<'_, str> {
    let (mut written, mut copied) = (String::new(), 0);
    let mut within_text = false;
    let mut letters = json.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        match letter {
            '"' => within_text = !within_text,
            '\\' if within_text => {
                letters.next();
            }
            '-' | '0'..='9' if !within_text => {
                let mut end = start + 1;
                while let Some((at, _)) = letters.next_if(|(_, letter)| belongs(*letter)) {
                    end = at + 1;
                }
                if let Some(number) = json.get(start..end).and_then(plain) {
                    written.push_str(json.get(copied..start).unwrap_or_default());
                    written.push_str(&number);
                    copied = end;
                }
            }
            _ => {}
        }
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    written.push_str(json.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}

/// Tells whether a letter may stand within a number.
fn belongs(letter: char) -> bool {
    letter.is_ascii_digit() || "+-.eE".contains(letter)
}

/// Gives a number with an exponent without it; none where it has none, or is no number.
fn plain(number: &str) -> Option<String> {
    let (number, exponent) = number.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", number),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if exponent.abs() > FURTHEST || !digits(whole) || !digits(decimals) {
        return None;
    }
    let zeros = "0".repeat(usize::try_from(exponent.unsigned_abs()).ok()?);
    let digits = format!("{zeros}{whole}{decimals}{zeros}");
    let point = i32::try_from(zeros.len() + whole.len()).ok()? + exponent;
    let (whole, decimals) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let decimals = match decimals.trim_end_matches('0') {
        "" => String::new(),
        decimals => format!(".{decimals}"),
    };
    Some(format!("{sign}{whole}{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::written_out;

    #[test]
    fn numbers_are_the_same_without_their_exponent() {
        for (number, plain) in [
            ("1.2e1", "12"),
            ("1.25E+1", "12.5"),
            ("-1.2e-3", "-0.0012"),
            ("120e-1", "12"),
            ("0.5e1", "5"),
            ("0e0", "0"),
            ("7e20", "700000000000000000000"),
        ] {
            assert_eq!(written_out(number), plain);
        }
    }

    #[test]
    fn what_is_no_such_number_stays_as_it_is() {
        let texts = [
            r#"{"1e1":"a \" 2e2","b":true}"#,
            "12",
            "1e21",
            "1.e1",
            "1e",
            "-",
        ];
        for text in texts {
            assert_eq!(written_out(text), text);
        }
        assert_eq!(written_out(r#"["1e1",1e1,"è",2e0]"#), r#"["1e1",10,"è",2]"#);
    }
}
