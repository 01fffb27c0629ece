//! How the characters of a text are counted: the ways that a form may mean, each of them exact.
//!
//! A character is a Unicode scalar value, as word processors count them; a combining accent is not
//! one, so that «è» is one character whether it is stored composed or decomposed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the spaces of a line count. — Quanto contano gli spazi di una riga.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spaces {
    /// Each space is a character. — Ogni spazio è un carattere.
    Each,
    /// Spaces in a row are one character. — Più spazi di fila sono un carattere.
    Runs,
    /// No space is a character. — Gli spazi non si contano.
    None,
}

/// What the end of a line counts. — Quanto conta un a capo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineBreaks {
    /// One character. — Un carattere.
    One,
    /// Two characters, as some files store it. — Due caratteri, come alcuni file lo registrano.
    Two,
    /// No character. — Nessun carattere.
    None,
}

/// A way of counting the characters of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// What spaces count.
    pub spaces: Spaces,
    /// What the end of a line counts.
    pub line_breaks: LineBreaks,
    /// Whether the headings of the form count too, each with the end of its line.
    pub headings: bool,
}

impl Spaces {
    /// All the ways, in the order in which answers list them.
    pub const ALL: [Self; 3] = [Self::Each, Self::Runs, Self::None];

    /// Gives the word that rule files and programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Runs => "runs",
            Self::None => "none",
        }
    }
}

impl LineBreaks {
    /// All the ways, in the order in which answers list them.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::None];

    /// Gives the word that rule files and programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::None => "none",
        }
    }

    fn characters(self) -> u64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::None => 0,
        }
    }
}

impl Counting {
    /// Gives every way of counting, in the order in which answers list them.
    pub fn all() -> impl Iterator<Item = Self> {
        Spaces::ALL.into_iter().flat_map(|spaces| {
            LineBreaks::ALL.into_iter().flat_map(move |line_breaks| {
                [false, true].map(|headings| Self {
                    spaces,
                    line_breaks,
                    headings,
                })
            })
        })
    }

    /// Counts the characters of a text; what is blank before and after it does not count.
    ///
    /// # Examples
    /// ```
    /// use riparto_core::model::{Counting, LineBreaks, Spaces};
    /// let count = Counting { spaces: Spaces::Runs, line_breaks: LineBreaks::One, headings: false };
    /// assert_eq!(count.characters("due  zone\r\nunite "), 14);
    /// ```
    pub fn characters(self, text: &str) -> u64 {
        let mut count = 0;
        let mut before = None;
        for character in text.trim().chars() {
            count += match character {
                '\n' if before == Some('\r') => 0,
                '\n' | '\r' => self.line_breaks.characters(),
                // INVARIANT: the combining accents of Latin script, U+0300 to U+036F.
                '\u{300}'..='\u{36f}' => 0,
                _ if is_space(character) => self.space(before),
                _ => 1,
            };
            before = Some(character);
        }
        count
    }

    /// Counts the characters of a heading with the end of its line, where headings count.
    pub fn heading(self, text: &str) -> u64 {
        match self.headings && !text.trim().is_empty() {
            true => self.characters(text) + self.line_breaks.characters(),
            false => 0,
        }
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
    character.is_whitespace() && !matches!(character, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "a  b \n\nc\td";

    fn count(spaces: Spaces, line_breaks: LineBreaks) -> u64 {
        let count = Counting {
            spaces,
            line_breaks,
            headings: false,
        };
        count.characters(WORDS)
    }

    #[test]
    fn each_way_counts_spaces_and_ends_of_lines_as_it_says() {
        // Four letters; spaces: two, one, one (a tab); two ends of lines.
        let found = Spaces::ALL.map(|s| LineBreaks::ALL.map(|b| count(s, b)));
        assert_eq!(found, [[10, 12, 8], [9, 11, 7], [6, 8, 4]]);
    }

    #[test]
    fn an_accented_letter_is_one_character_however_it_is_stored() {
        let count = Counting {
            spaces: Spaces::Each,
            line_breaks: LineBreaks::One,
            headings: false,
        };
        let stored = ["perché", "perche\u{301}", " perché\n", "perche’"];
        assert_eq!(stored.map(|text| count.characters(text)), [6, 6, 6, 7]);
    }

    #[test]
    fn the_end_of_a_line_is_one_however_a_file_stores_it() {
        let count = Counting {
            spaces: Spaces::Each,
            line_breaks: LineBreaks::Two,
            headings: false,
        };
        let stored = ["a\nb", "a\r\nb", "a\rb"];
        assert_eq!(stored.map(|text| count.characters(text)), [4, 4, 4]);
    }

    #[test]
    fn a_heading_counts_with_the_end_of_its_line_or_not_at_all() {
        let ways = |headings| Counting {
            spaces: Spaces::Each,
            line_breaks: LineBreaks::One,
            headings,
        };
        assert_eq!(ways(true).heading("a. tempi"), 9);
        assert_eq!(ways(true).heading(" "), 0);
        assert_eq!(ways(false).heading("a. tempi"), 0);
        assert_eq!(Counting::all().count(), 18);
    }
}
