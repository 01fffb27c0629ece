//! The fiscal code of a person: sixteen characters, the last of which checks the others.

use super::Fault;

/// What the fiscal code of a person says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The last two digits of the year of birth: the century is not in the code.
    pub year: u32,
    /// The month of birth, from one.
    pub month: u32,
    /// The day of birth, from one.
    pub day: u32,
    /// The sex.
    pub sex: Sex,
}

/// The sex that a fiscal code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Female: forty was added to the day.
    Female,
    /// Male.
    Male,
}

/// The letter of each month, in order, with its most days.
const MONTHS: [(u8, u32); 12] = [
    (b'A', 31),
    (b'B', 29),
    (b'C', 31),
    (b'D', 30),
    (b'E', 31),
    (b'H', 30),
    (b'L', 31),
    (b'M', 31),
    (b'P', 30),
    (b'R', 31),
    (b'S', 30),
    (b'T', 31),
];

/// The letters that stand for digits, from zero, where two people would have the same code.
const OMOCODIA: &[u8; 10] = b"LMNPQRSTUV";

/// What the letters from A on, and the digits from zero on, count in an odd place.
const ODD: [u32; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// Reads the fiscal code of a person, with or without the letters of omocodia.
///
/// # Errors
/// Another length or other characters → [`Fault::Shape`]; another last letter →
/// [`Fault::Check`]; no day of that month → [`Fault::Day`].
///
/// # Source
/// D.M. 23 dicembre 1976, n. 13813.
///
/// # Examples
/// ```
/// use riparto_core::identifiers::{Sex, person_fiscal_code};
/// let person = person_fiscal_code("MRSMSR81D60Z611H").unwrap();
/// assert_eq!((person.year, person.month, person.day), (81, 4, 20));
/// assert_eq!(person.sex, Sex::Female);
/// ```
pub fn person_fiscal_code(code: &str) -> Result<Person, Fault> {
    let code: &[u8; 16] = code.as_bytes().try_into().map_err(|_| Fault::Shape)?;
    let [names @ .., y1, y2, month, d1, d2, place, p1, p2, p3, check] = code;
    let names: &[u8; 6] = names;
    let letters = names.iter().chain([place, check]);
    if !letters.into_iter().all(u8::is_ascii_uppercase) {
        return Err(Fault::Shape);
    }
    let number = |tens, units| Some(digit(tens)? * 10 + digit(units)?);
    for of_place in [p1, p2, p3] {
        digit(of_place).ok_or(Fault::Shape)?;
    }
    let year = number(y1, y2).ok_or(Fault::Shape)?;
    let day = number(d1, d2).ok_or(Fault::Shape)?;
    let at = MONTHS.iter().position(|(letter, _)| letter == month);
    let (at, (_, most)) = at
        .and_then(|at| Some((at, MONTHS.get(at)?)))
        .ok_or(Fault::Shape)?;
    if check_letter(code) != Some(*check) {
        return Err(Fault::Check);
    }
    let (day, sex) = match day {
        41.. => (day - 40, Sex::Female),
        _ => (day, Sex::Male),
    };
    if !(1..=*most).contains(&day) {
        return Err(Fault::Day);
    }
    Ok(Person {
        year,
        month: u32::try_from(at + 1).map_err(|_| Fault::Shape)?,
        day,
        sex,
    })
}

/// Gives the digit that a character stands for, itself or by omocodia.
fn digit(character: &u8) -> Option<u32> {
    let digit = match character {
        b'0'..=b'9' => usize::from(character - b'0'),
        _ => OMOCODIA.iter().position(|letter| letter == character)?,
    };
    u32::try_from(digit).ok()
}

/// Works out the last letter from the fifteen characters before it.
fn check_letter(code: &[u8; 16]) -> Option<u8> {
    let mut sum = 0;
    for (at, character) in code.iter().take(15).enumerate() {
        let own = match character {
            b'0'..=b'9' => character - b'0',
            _ => character.checked_sub(b'A')?,
        };
        // Places count from one: the first is odd.
        sum += match at % 2 {
            0 => *ODD.get(usize::from(own))?,
            _ => u32::from(own),
        };
    }
    Some(b'A' + u8::try_from(sum % 26).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_omocodia_are_decoded_before_the_day_and_the_sex_are_read() {
        let plain = person_fiscal_code("RSSMRA45C12F205C").unwrap();
        let all_letters = person_fiscal_code("RSSMRAQRCMNFNLRG").unwrap();
        assert_eq!(plain, all_letters);
        let (year, month, day, sex) = (45, 3, 12, Sex::Male);
        assert_eq!(
            plain,
            Person {
                year,
                month,
                day,
                sex
            }
        );
    }

    #[test]
    fn a_letter_that_does_not_check_is_refused_and_so_is_a_day_that_is_none() {
        assert_eq!(person_fiscal_code("FOXDRA26C24H872A"), Err(Fault::Check));
        assert_eq!(person_fiscal_code("CSTNGL22I10D086I"), Err(Fault::Shape));
        assert_eq!(person_fiscal_code("CNTCHR83T32D969H"), Err(Fault::Day));
        assert_eq!(person_fiscal_code("rssmra45c12f205c"), Err(Fault::Shape));
    }
}
