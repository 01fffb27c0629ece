//! What each piece of a part is, by its heading or its letter, and which letters are not the form's.

use crate::diag::Text;
use crate::outcome::{Misprint, MisprintFault};
use crate::rules::{DocumentItem, DocumentPart};

/// A piece of a part, with the item that it is.
pub(super) struct Piece<'p> {
    /// Its row in the table of the text.
    pub(super) row: usize,
    /// The letter in its own column.
    printed: Option<&'p str>,
    pub(super) heading: Option<&'p str>,
    pub(super) body: Option<&'p str>,
    pub(super) item: Option<&'p DocumentItem>,
    /// Whether the words of its heading say which item it is.
    by_heading: bool,
}

impl<'p> Piece<'p> {
    /// Finds the item that a piece is: by the words of its heading, and only where no item has them
    /// by its letter.
    pub(super) fn of(
        part: &'p DocumentPart,
        row: usize,
        printed: Option<&'p str>,
        heading: Option<&'p str>,
        body: Option<&'p str>,
    ) -> Self {
        let by_heading = part.items.iter().find(|item| {
            let words = item.heading.as_deref().zip(heading);
            words.is_some_and(|(words, heading)| plain(heading).starts_with(&plain(words)))
        });
        let letter = printed.or_else(|| heading.and_then(lettered).map(|(letter, _)| letter));
        let by_letter = || {
            let mut items = part.items.iter();
            items.find(|item| letter.is_some_and(|letter| same(letter, &item.letter)))
        };
        Self {
            row,
            printed,
            heading,
            body,
            item: by_heading.or_else(by_letter),
            by_heading: by_heading.is_some(),
        }
    }

    /// Gives the letter printed in its heading: the «e» of «e. tempi attesi».
    fn letter_in_heading(&self) -> Option<&'p str> {
        lettered(self.heading?).map(|(letter, _)| letter)
    }

    /// Finds what is wrong with its letter or its heading, taken alone.
    fn misprint(&self, part: &DocumentPart) -> Option<Misprint> {
        let heading = self.letter_in_heading();
        let Some(item) = self.item else {
            let printed = self.printed.filter(|_| !part.items.is_empty())?;
            return Some(Misprint {
                fault: MisprintFault::Letter,
                expected: None,
                printed: Some(printed.to_owned()),
                label: Text::same(self.heading.unwrap_or_default()),
            });
        };
        let told = |fault, printed: Option<&str>| {
            Some(Misprint {
                fault,
                expected: Some(item.letter.clone()),
                printed: printed.map(str::to_owned),
                label: item.label.clone(),
            })
        };
        let other = |letter: &&str| !same(letter, &item.letter);
        match (self.printed, heading) {
            (Some(letter), _) if other(&letter) => told(MisprintFault::Letter, Some(letter)),
            (_, Some(letter)) if other(&letter) => told(MisprintFault::InHeading, Some(letter)),
            (None, None) => told(MisprintFault::Letter, None),
            _ if self.by_heading || item.heading.is_none() => None,
            _ => told(MisprintFault::Words, Some(self.heading?.trim())),
        }
    }
}

/// Finds what is wrong with the letters and the headings of a part: each piece alone, then a letter
/// that comes twice, or before one that the form puts before it.
pub(super) fn misprints(part: &DocumentPart, pieces: &[Piece<'_>]) -> Vec<Misprint> {
    let mut found = Vec::new();
    let mut before: Vec<usize> = Vec::new();
    for piece in pieces {
        found.extend(piece.misprint(part));
        let place = part.items.iter().position(|item| piece.item == Some(item));
        let Some((place, item)) = place.zip(piece.item) else {
            continue;
        };
        let last = before.iter().max().filter(|last| **last > place);
        let after = last.and_then(|last| part.items.get(*last));
        let fault = match (before.contains(&place), after) {
            (true, _) => Some((MisprintFault::Twice, &item.letter)),
            (false, Some(after)) => Some((MisprintFault::Order, &after.letter)),
            (false, None) => None,
        };
        found.extend(fault.map(|(fault, printed)| Misprint {
            fault,
            expected: Some(item.letter.clone()),
            printed: Some(printed.clone()),
            label: item.label.clone(),
        }));
        before.push(place);
    }
    found
}

/// Tells whether a printed letter is one of the form, whatever its case: «E)» is «e».
fn same(printed: &str, letter: &str) -> bool {
    let printed = printed.trim().trim_end_matches(['.', ')']);
    printed.trim_end().to_lowercase() == letter.to_lowercase()
}

/// Parts the letter of a heading from its words.
fn lettered(heading: &str) -> Option<(&str, &str)> {
    let (letter, words) = heading.trim().split_once(['.', ')'])?;
    let letter = letter.trim();
    let mut characters = letter.chars();
    let one = characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none();
    one.then_some((letter, words))
}

/// The words of a heading without its letter, its case and its spacing: «d.  Tempi» is «tempi».
fn plain(heading: &str) -> String {
    let words = lettered(heading).map_or(heading, |(_, words)| words);
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Source;
    use crate::say;

    fn part() -> DocumentPart {
        let item = |letter: &str, heading: &str| DocumentItem {
            letter: letter.to_owned(),
            label: Text::same(heading),
            heading: Some(heading.to_owned()),
        };
        DocumentPart {
            id: "1".to_owned(),
            label: say!("Punto 1", "Point 1"),
            limit: None,
            items: vec![
                item("a", "situazione attuale"),
                item("b", "criticità"),
                item("e", "tempi attesi"),
            ],
            source: Source::given(),
        }
    }

    /// Gives what is wrong with pieces, each a letter and a heading; one without is `-`.
    fn wrong(pieces: &[(&str, &str)]) -> Vec<String> {
        let part = part();
        let pieces: Vec<(Option<String>, Option<String>)> = pieces
            .iter()
            .map(|(letter, heading)| {
                let some = |text: &str| Some(text.to_owned()).filter(|text| text != "-");
                (some(letter), some(heading))
            })
            .collect();
        let pieces = pieces.iter().enumerate();
        let pieces: Vec<Piece<'_>> = pieces
            .map(|(row, (letter, heading))| {
                Piece::of(&part, row, letter.as_deref(), heading.as_deref(), None)
            })
            .collect();
        let found = misprints(&part, &pieces);
        found.iter().map(|misprint| misprint.text().it).collect()
    }

    #[test]
    fn the_letter_in_the_heading_is_held_against_the_form_too() {
        assert_eq!(
            wrong(&[("e", "a. tempi attesi di realizzazione")]),
            ["tempi attesi: nell'intestazione è stampata la lettera «a», il modulo ha «e»"]
        );
        assert_eq!(
            wrong(&[("a", "a. tempi attesi di realizzazione")]),
            ["tempi attesi: è stampata la lettera «a», il modulo ha «e»"]
        );
        assert_eq!(
            wrong(&[("-", "b) tempi attesi")]),
            ["tempi attesi: nell'intestazione è stampata la lettera «b», il modulo ha «e»"]
        );
    }

    #[test]
    fn case_spacing_and_marks_are_no_misprint() {
        for piece in [
            ("e", "E) TEMPI ATTESI"),
            ("E", "e.tempi  attesi nel triennio"),
            ("e)", "tempi attesi"),
            ("-", "e. Tempi attesi"),
            ("e", "-"),
            // The title of a part that has items.
            ("-", "1. Titolo"),
        ] {
            assert_eq!(wrong(&[piece]), Vec::<String>::new(), "{piece:?}");
        }
    }

    #[test]
    fn a_right_letter_with_other_words_is_told() {
        assert_eq!(
            wrong(&[("e", "e. risorse")]),
            ["tempi attesi: l'intestazione è «e. risorse», il modulo ha altre parole"]
        );
    }

    #[test]
    fn a_letter_that_comes_twice_is_told_once_for_each_time_more() {
        let told = wrong(&[
            ("a", "a. situazione attuale"),
            ("b", "b. criticità"),
            ("b", "b. criticità"),
            ("e", "e. tempi attesi"),
        ]);
        assert_eq!(told, ["criticità: la lettera «b» torna un'altra volta"]);
    }

    #[test]
    fn letters_against_the_order_of_the_form_are_told() {
        let told = wrong(&[
            ("e", "e. tempi attesi"),
            ("b", "b. criticità"),
            ("a", "a. situazione attuale"),
        ]);
        assert_eq!(
            told,
            [
                "criticità: la lettera «b» viene dopo la «e», nel modulo viene prima",
                "situazione attuale: la lettera «a» viene dopo la «e», nel modulo viene prima",
            ]
        );
    }
}
