//! The fiscal code of a body: eleven digits, the last of which checks the others.

use super::Fault;

/// Checks the fiscal code of a body. A VAT number has the same rule, and so has the temporary
/// code of a person.
///
/// # Errors
/// Not eleven digits → [`Fault::Shape`]; another check digit → [`Fault::Check`].
///
/// # Source
/// D.M. 23 dicembre 1976, n. 13813: digits in an even place count twice, less nine where that
/// takes two digits; with the last digit the sum is a multiple of ten.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::{Fault, body_fiscal_code};
/// assert_eq!(body_fiscal_code("80050050154"), Ok(()));
/// assert_eq!(body_fiscal_code("80050050153"), Err(Fault::Check));
/// ```
pub fn body_fiscal_code(code: &str) -> Result<(), Fault> {
    if code.len() != 11 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::Shape);
    }
    let digits = code.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, times)| match digit * times {
            two_digits @ 10.. => two_digits - 9,
            one_digit => one_digit,
        })
        .sum();
    if sum.is_multiple_of(10) {
        Ok(())
    } else {
        Err(Fault::Check)
    }
}

/// Tells whether a text is such a code that lost its leading zeros, as in a spreadsheet.
pub fn lost_its_zeros(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits && text.len() < 11 && body_fiscal_code(&format!("{text:0>11}")).is_ok()
}
