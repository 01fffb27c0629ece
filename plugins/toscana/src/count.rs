//! How the characters of a text are counted: the ways that a form may mean, as the pack's
//! `document` block counts them.

use riparto_plugin::{Fault, Value, fault};

/// What the spaces of a line count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spaces {
    /// Each is a character.
    Each,
    /// Spaces in a row are one.
    Runs,
    /// None is.
    None,
}

/// A way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// What spaces count.
    pub spaces: Spaces,
    /// What the end of a line counts.
    pub line_break: u64,
}

/// Each space and each end of a line is a character: how the pack counts a programme.
pub const EACH: Counting = Counting {
    spaces: Spaces::Each,
    line_break: 1,
};

/// Counts a text and its heading: `testo`, `intestazione`, `spazi`, `a_capo`.
pub fn characters(row: &[Option<Value>]) -> Result<Option<Value>, Box<Fault>> {
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::text).map(str::to_owned);
    let [Some(body), Some(heading), Some(spaces), Some(line_breaks)] =
        [0, 1, 2, 3].map(|at| row.get(at).and_then(text))
    else {
        return Ok(None);
    };
    let spaces = match spaces.as_str() {
        "each" => Spaces::Each,
        "runs" => Spaces::Runs,
        "none" => Spaces::None,
        other => return Err(unknown("spazi", other, "each, runs, none")),
    };
    let line_break = match line_breaks.as_str() {
        "one" => 1,
        "two" => 2,
        "none" => 0,
        other => return Err(unknown("a_capo", other, "one, two, none")),
    };
    let counting = Counting { spaces, line_break };
    let heading = match heading.trim() {
        "" => 0,
        heading => counting.characters(heading) + line_break,
    };
    let count = i128::from(counting.characters(&body) + heading);
    Ok(Some(Value::Number(count.into())))
}

impl Counting {
    /// Counts the characters of a text; what is blank before and after it does not count, nor does
    /// an accent stored apart from its letter.
    pub fn characters(self, text: &str) -> u64 {
        let mut count = 0;
        let mut before = None;
        for character in text.trim().chars() {
            count += match character {
                '\n' if before == Some('\r') => 0,
                c if ends_line(c) => self.line_break,
                // INVARIANT: the combining accents of Latin script, U+0300 to U+036F.
                '\u{300}'..='\u{36f}' => 0,
                _ if is_space(character) => self.space(before),
                _ => 1,
            };
            before = Some(character);
        }
        count
    }

    fn space(self, before: Option<char>) -> u64 {
        match self.spaces {
            Spaces::Each => 1,
            Spaces::Runs => u64::from(!before.is_some_and(is_space)),
            Spaces::None => 0,
        }
    }
}

fn is_space(character: char) -> bool {
    character.is_whitespace() && !ends_line(character)
}

/// The marks that end a line by Unicode: with LF and CR also NEL, and U+2028 and U+2029.
fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn unknown(parameter: &str, word: &str, words: &str) -> Box<Fault> {
    let word: String = word.chars().take(40).collect();
    let mut fault = fault(
        "unknown-way",
        &format!("`{parameter}` è `{word}`, che non è un modo di contare"),
        &format!("`{parameter}` is `{word}`, which is no way of counting"),
    );
    fault.help = format!("scrivere uno di questi: {words}");
    fault.help_en = format!("write one of these: {words}");
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(cells: [&str; 4]) -> Result<Option<Value>, Box<Fault>> {
        characters(&cells.map(|cell| Some(Value::Text(cell.to_owned()))))
    }

    #[test]
    fn each_way_counts_spaces_and_ends_of_lines_as_it_says() {
        // Four letters; spaces: two, one, one (a tab); two ends of lines.
        let text = "a  b \n\nc\td";
        let found = ["each", "runs", "none"].map(|spaces| {
            ["one", "two", "none"].map(|breaks| count([text, "", spaces, breaks]).unwrap())
        });
        let whole = |number: i64| Some(Value::Number(Value::int(number)));
        let by_hand = [[10, 12, 8], [9, 11, 7], [6, 8, 4]];
        assert_eq!(found, by_hand.map(|row| row.map(whole)));
    }

    #[test]
    fn a_heading_counts_with_the_end_of_its_line() {
        let whole = |number: i64| Some(Value::Number(Value::int(number)));
        assert_eq!(count(["b", "a. tempi", "each", "two"]).unwrap(), whole(11));
        assert_eq!(count(["b", " ", "each", "two"]).unwrap(), whole(1));
    }

    #[test]
    fn an_absent_text_has_no_count_and_an_unknown_way_is_told() {
        assert_eq!(characters(&[None, None, None, None]).unwrap(), None);
        let fault = count(["a", "", "some", "one"]).unwrap_err();
        assert!(fault.message.contains("`some`") && fault.help.contains("runs"));
    }
}
