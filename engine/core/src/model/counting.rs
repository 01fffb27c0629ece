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
    /// Whether the end of a line counts between a piece of a part and the next.
    pub between: bool,
    /// Whether what is blank before and after a piece counts.
    pub ends: bool,
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
                SWITCHES.map(|[headings, between, ends]| Self {
                    spaces,
                    line_breaks,
                    headings,
                    between,
                    ends,
                })
            })
        })
    }

    /// Counts the characters of a text; what is blank before and after it counts only where ends do.
    ///
    /// # Examples
    /// ```
    /// use riparto_core::model::{Counting, LineBreaks, Spaces};
    /// let (spaces, line_breaks) = (Spaces::Runs, LineBreaks::One);
    /// let (headings, between, ends) = (false, false, false);
    /// let count = Counting { spaces, line_breaks, headings, between, ends };
    /// assert_eq!(count.characters("due  zone\r\nunite "), 14);
    /// assert_eq!(Counting { ends: true, ..count }.characters("due  zone\r\nunite "), 15);
    /// ```
    pub fn characters(self, text: &str) -> u64 {
        let mut count = 0;
        let mut before = None;
        let text = if self.ends { text } else { text.trim() };
        for character in text.chars() {
            count += match character {
                '\n' if before == Some('\r') => 0,
                _ if ends_line(character) => self.line_breaks.characters(),
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

    /// Counts the ends of lines that part so many pieces, where they count.
    pub fn joins(self, pieces: usize) -> u64 {
        let joins = u64::try_from(pieces.saturating_sub(1)).unwrap_or(u64::MAX);
        match self.between {
            true => joins.saturating_mul(self.line_breaks.characters()),
            false => 0,
        }
    }

    /// Tells whether this way is `other` but for ends of lines between pieces, or for blank ends,
    /// that this one counts as `form` does.
    pub fn is_plainer(self, other: Self, form: Self) -> bool {
        let between = [form.between, other.between].contains(&self.between);
        let ends = [form.ends, other.ends].contains(&self.ends);
        let rest = |way: Self| (way.spaces, way.line_breaks, way.headings);
        self != other && between && ends && rest(self) == rest(other)
    }

    fn space(self, before: Option<char>) -> u64 {
        match self.spaces {
            Spaces::Each => 1,
            Spaces::Runs => u64::from(!before.is_some_and(is_space)),
            Spaces::None => 0,
        }
    }
}

/// Headings, ends of lines between pieces, blank ends: whether each counts.
const SWITCHES: [[bool; 3]; 8] = [
    [false, false, false],
    [false, true, false],
    [false, false, true],
    [false, true, true],
    [true, false, false],
    [true, true, false],
    [true, false, true],
    [true, true, true],
];

/// The marks that end a line by Unicode: with LF and CR also NEL, and U+2028 and U+2029.
fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_space(character: char) -> bool {
    character.is_whitespace() && !ends_line(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(spaces: Spaces, line_breaks: LineBreaks) -> Counting {
        Counting {
            spaces,
            line_breaks,
            headings: false,
            between: false,
            ends: false,
        }
    }

    const WORDS: &str = "a  b \n\nc\td";

    fn count(spaces: Spaces, line_breaks: LineBreaks) -> u64 {
        let count = way(spaces, line_breaks);
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
        let count = way(Spaces::Each, LineBreaks::One);
        let stored = ["perché", "perche\u{301}", " perché\n", "perche’"];
        assert_eq!(stored.map(|text| count.characters(text)), [6, 6, 6, 7]);
    }

    #[test]
    fn the_end_of_a_line_is_one_however_a_file_stores_it() {
        let count = way(Spaces::Each, LineBreaks::Two);
        let stored = [
            "a\nb",
            "a\r\nb",
            "a\rb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}b",
        ];
        assert_eq!(stored.map(|text| count.characters(text)), [4; 6]);
    }

    #[test]
    fn a_heading_counts_with_the_end_of_its_line_or_not_at_all() {
        let ways = |headings| Counting {
            headings,
            ..way(Spaces::Each, LineBreaks::One)
        };
        assert_eq!(ways(true).heading("a. tempi"), 9);
        assert_eq!(ways(true).heading(" "), 0);
        assert_eq!(ways(false).heading("a. tempi"), 0);
        assert_eq!(Counting::all().count(), 72);
    }

    #[test]
    fn what_is_typed_before_and_after_counts_only_where_ends_do() {
        let trimmed = way(Spaces::Each, LineBreaks::Two);
        let typed = Counting {
            ends: true,
            ..trimmed
        };
        // Two spaces before, an end of line and a space after.
        let text = "  abc\n ";
        assert_eq!((trimmed.characters(text), typed.characters(text)), (3, 8));
    }

    #[test]
    fn five_pieces_are_parted_by_four_ends_of_lines() {
        let joined = |line_breaks| Counting {
            between: true,
            ..way(Spaces::Each, line_breaks)
        };
        let ways = LineBreaks::ALL.map(|breaks| joined(breaks).joins(5));
        assert_eq!(ways, [4, 8, 0]);
        assert_eq!(joined(LineBreaks::One).joins(0), 0);
        assert_eq!(way(Spaces::Each, LineBreaks::One).joins(5), 0);
    }
}
