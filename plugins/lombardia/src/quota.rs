//! The share of an ambito: its children from 0 to 5 among those of the Region.

use riparto_plugin::{CheckedDiv, Fault, Value, fault};

/// Gives the children of an ambito over those of the Region, as an exact fraction.
///
/// # Errors
/// A part that is more than the whole, or a whole of nobody: the facts are wrong.
pub(crate) fn quota_0_5(row: &[Option<Value>]) -> Result<Option<Value>, Box<Fault>> {
    let [Some(Value::Number(part)), Some(Value::Number(whole))] = row else {
        return Ok(None);
    };
    let nobody = Value::int(0);
    if *whole <= nobody || *part < nobody || part > whole {
        let it = format!("{part} bambini dell'ambito su {whole} della Regione non sono una quota");
        let en = format!("{part} children of the ambito out of {whole} of the Region are no share");
        return Err(fault("not-a-share", &it, &en));
    }
    // A share too long to be exact is no share.
    Ok(part.checked_div(whole).map(Value::Number))
}

#[cfg(test)]
mod tests {
    use riparto_plugin::Rational;

    use super::*;

    fn quota(part: Option<i64>, whole: Option<i64>) -> Result<Option<Value>, Box<Fault>> {
        let cell = |number: Option<i64>| number.map(|n| Value::Number(Value::int(n)));
        quota_0_5(&[cell(part), cell(whole)])
    }

    #[test]
    fn a_third_is_a_third() {
        let third = Value::Number(Rational::new(1, 3));
        assert_eq!(quota(Some(112), Some(336)), Ok(Some(third)));
        assert_eq!(
            quota(Some(0), Some(5)),
            Ok(Some(Value::Number(Value::int(0))))
        );
        assert_eq!(quota(None, Some(5)), Ok(None));
        assert_eq!(quota(Some(5), None), Ok(None));
    }

    #[test]
    fn a_part_beyond_the_whole_and_a_whole_of_nobody_are_refused() {
        for (part, whole) in [(6, 5), (-1, 5), (0, 0), (1, -5)] {
            let refused = quota(Some(part), Some(whole)).unwrap_err();
            assert_eq!(refused.code, "not-a-share", "{part}/{whole}");
        }
    }
}
