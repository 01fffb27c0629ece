//! The form that every programme fills in, as printed by the Region, and how lines follow its words.
//!
//! Letters and figures are compared, without case or accents: spaces, marks and syllables broken at
//! the end of a line are the copy's, not the form's.

use crate::numbering::Figures;
use crate::text::Line;

/// An item of each point.
#[derive(Debug)]
pub struct Item {
    /// The letter that the form gives it.
    pub letter: &'static str,
    /// The words by which a heading with a letter is known.
    pub words: &'static str,
    /// Its heading, whole.
    pub heading: &'static str,
}

/// The items of each point, in order.
pub const ITEMS: [Item; 5] = [
    Item {
        letter: "a",
        words: "situazione attuale",
        heading: "situazione attuale",
    },
    Item {
        letter: "b",
        words: "criticità",
        heading: "criticità individuate/punti di debolezza",
    },
    Item {
        letter: "c",
        words: "obiettivi",
        heading: "obiettivi prefissi",
    },
    Item {
        letter: "d",
        words: "azioni di miglioramento",
        heading: "azioni di miglioramento previste per il raggiungimento degli obiettivi \
                  (descrivere come si opererà, possono essere previste una o più azioni per \
                  ciascun punto del programma)",
    },
    Item {
        letter: "e",
        words: "tempi attesi",
        heading: "tempi attesi di realizzazione nell’arco del triennio 2024-2026",
    },
];

/// The place of the times among the items.
pub const TIMES: usize = 4;

/// The titles of the points, in order.
pub const POINTS: [&str; 17] = [
    "integrazione tra i comuni componenti la zona e modalità di raccordo e partecipazione dei comuni",
    "modalità di rapporto strutturate con le scuole e reti di scuole (es: individuazione referenti \
     delle scuole per tematiche/per grado di istruzione, incontri periodici regolari….)",
    "presenza di reti di scuole zonali costituite formalmente",
    "referente dell’organismo individuato (persona, ruolo, inquadramento nell’ente)",
    "personale dedicato all’organismo (quantificazione, tipologia, inquadramento)",
    "tavoli/gruppi di lavoro tematici strutturati costituiti (tematiche dei tavoli previsti, \
     composizione, caratteristiche, modalità di funzionamento, coordinamento, periodicità incontri)",
    "modalità adottate per analisi delle criticità territoriali, dati utilizzati",
    "modalità adottate per la coprogettazione degli interventi zonali integrati (ad es progetto PEZ)",
    "modalità adottate per il monitoraggio degli interventi e disseminazione dei risultati",
    "rapporto con struttura di supporto tecnico organizzativo zonale",
    "rapporto con Presidente e Conferenza zonale per l’educazione e l’istruzione",
    "gestione associata delle funzioni (modalità di realizzazione)",
    "patto di comunità educante territoriale (modalità di realizzazione, soggetti aderenti)",
    "altri accordi interistituzionali previsti (modalità di realizzazione, soggetti aderenti)",
    "sito/pagine web pubblicate",
    "atti conferenza",
    "aggiornamento regolamento",
];

/// The heading of the introduction.
pub const INTRODUCTION: &str = "Breve introduzione di inquadramento della situazione zonale in \
     riferimento all’organismo di coordinamento educazione e scuola e al ruolo da questo svolto \
     (testo max 800 battute)";
/// With these words the instructions of the form begin, and the introduction ends.
pub const INSTRUCTIONS: &str = "Il programma si articola in 17 punti";
/// Lines of the form that stand after the last point.
pub const TAIL: [&str; 2] = ["allegare cronoprogramma", "data firma del Responsabile"];

/// The most characters of a point: «Testo max 3.000 caratteri per ciascun punto», instructions of
/// the form that the Zona Pistoiese filled in under D.G.R. 13 maggio 2024, n. 584. The message to a
/// validator has no place for parameters; the pack has the same number as `limite_punto`.
pub const LONGEST_POINT: u64 = 3000;
/// The most characters of the introduction: «testo max 800 battute», heading of the same form; the
/// pack has it as `limite_introduzione`.
pub const LONGEST_INTRODUCTION: u64 = 800;

/// Letters in a row that no line has in common with the form by chance.
const SURE: usize = 12;
/// A heading spreads over no more lines than these, blank ones counted.
const HEADING_LINES: usize = 8;
/// Letters by which a heading without its letter is known.
pub const SURE_WITHOUT_LETTER: usize = 30;
/// What may close a heading after its words.
const CLOSING: [char; 5] = ['.', ':', ';', '…', ')'];

/// How far lines follow words of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// How many letters and figures are the same.
    pub letters: usize,
    /// Whether all the words are there.
    pub whole: bool,
    /// The line where the heading ends.
    pub line: usize,
    /// Where in that line, in bytes.
    pub byte: usize,
}

/// Follows words of the form from a place in the lines.
///
/// A heading that leaves the form goes to the end of its line; a later line belongs to it when
/// enough of it follows the form.
pub fn follow(lines: &[Line], at: usize, byte: usize, words: &str) -> Followed {
    let mut words = letters(words).peekable();
    let length = |line: usize| lines.get(line).map_or(0, |line| line.text.len());
    let mut found = Followed {
        letters: 0,
        whole: false,
        line: at,
        byte: length(at),
    };
    for (index, line) in lines.iter().enumerate().skip(at).take(HEADING_LINES) {
        let from = if index == at { byte } else { 0 };
        let rest = line.text.get(from..).unwrap_or_default();
        let mut here = 0;
        for (offset, character) in rest.char_indices() {
            let Some(letter) = letter(character) else {
                continue;
            };
            if words.peek() != Some(&letter) {
                if here >= SURE {
                    (found.line, found.byte) = (index, line.text.len());
                }
                return found;
            }
            words.next();
            found.letters += 1;
            here += 1;
            if words.peek().is_none() {
                let after = from + offset + character.len_utf8();
                let rest = line.text.get(after..).unwrap_or_default();
                let rest =
                    rest.trim_start_matches(|c: char| c.is_whitespace() || CLOSING.contains(&c));
                found.whole = true;
                (found.line, found.byte) = (index, line.text.len() - rest.len());
                return found;
            }
        }
        if here > 0 {
            (found.line, found.byte) = (index, line.text.len());
        }
    }
    found
}

/// Tells whether a line begins with words of the form.
pub fn begins(line: &Line, words: &str) -> bool {
    follow(std::slice::from_ref(line), 0, 0, words).whole
}

/// Tells whether enough was found to know these words by.
pub fn known_by(found: Followed, words: &str) -> bool {
    found.letters >= letters(words).count()
}

/// Finds an item that is not among those: by its first words where it has a letter, by its whole
/// heading where it has none. Gives which it is, its letter, where its heading ends.
pub fn item<'l>(
    lines: &'l [Line],
    at: usize,
    found: &[usize],
) -> Option<(usize, &'l str, Followed)> {
    let text = &lines.get(at)?.text;
    let lettered = lettered(text);
    let (letter, byte) = lettered.unwrap_or(("", 0));
    // A letter may stand alone, above its heading or in the cell beside it.
    let first = letters(text.get(byte..)?).next();
    let begins = |item: &Item| first.is_none_or(|first| item.heading.starts_with(first));
    if lettered.is_none() && first.is_none() {
        return None;
    }
    let mut items = ITEMS
        .iter()
        .enumerate()
        .filter(|(index, item)| begins(item) && !found.contains(index));
    items.find_map(|(index, item)| {
        let found = follow(lines, at, byte, item.heading);
        let is = match lettered {
            Some(_) => known_by(found, item.words),
            None => {
                let sure = found.whole || found.letters >= SURE_WITHOUT_LETTER;
                let end = lines.get(found.line).map(|line| line.text.len());
                sure && end == Some(found.byte)
            }
        };
        is.then_some((index, letter, found))
    })
}

/// Gives the letters and figures of a text as they are compared.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(letter)
}

fn letter(character: char) -> Option<char> {
    let lower = character
        .to_lowercase()
        .next()
        .filter(|c| c.is_alphanumeric())?;
    Some(match lower {
        'à' | 'á' => 'a',
        'è' | 'é' => 'e',
        'ì' | 'í' => 'i',
        'ò' | 'ó' => 'o',
        'ù' | 'ú' => 'u',
        other => other,
    })
}

/// Reads the number that a title begins with, and where its words begin: `7.`, `VII.`, `Punto 7 -`.
pub fn numbered(text: &str) -> Option<(usize, usize)> {
    let rest = text.trim_start_matches(is_mark);
    let point = rest
        .get(..5)
        .filter(|word| word.eq_ignore_ascii_case("punto"));
    let rest = match point.and_then(|word| rest.get(word.len()..)) {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_whitespace() || "n.°".contains(c)),
        None => rest,
    };
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    let romans = rest
        .bytes()
        .take_while(|byte| b"IVX".contains(byte))
        .count();
    let (number, after) = match figures {
        0 => (roman(rest.get(..romans)?)?, rest.get(romans..)?),
        1 | 2 => (rest.get(..figures)?.parse().ok()?, rest.get(figures..)?),
        _ => return None,
    };
    let words = after.trim_start_matches([' ', '\t', '\u{a0}', '.', ')', '-', '–', ':']);
    let gap = after.get(..after.len() - words.len())?;
    // «I comuni» begins with an article, and not with a number.
    let marked = if figures > 0 {
        !gap.is_empty()
    } else {
        !gap.trim().is_empty()
    };
    (marked && !words.is_empty()).then_some((number, text.len() - words.len()))
}

/// Blanks, and what a text without styles writes for bold and for a heading.
fn is_mark(character: char) -> bool {
    character.is_whitespace() || matches!(character, '*' | '_' | '#')
}

fn roman(figures: &str) -> Option<usize> {
    let known = (1..=POINTS.len() as u32).map(|n| Figures::Roman { upper: true }.write(n));
    known
        .zip(1..)
        .find_map(|(roman, number)| (roman == figures).then_some(number))
}

/// Reads the letter that an item begins with, and where its words begin.
pub fn lettered(text: &str) -> Option<(&str, usize)> {
    let rest = text.trim_start_matches(is_mark);
    let (letter, after) = rest.split_at_checked(1)?;
    let words = after
        .trim_start()
        .strip_prefix(['.', ')', '-', '–'])?
        .trim_start();
    let is_letter = letter.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_letter.then_some((letter, text.len() - words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        crate::text::lines_of(text)
    }

    #[test]
    fn a_heading_is_followed_over_broken_syllables_and_blank_lines() {
        let text = lines(
            "d. azioni di miglioramento previste per il raggiungimento degli obiettivi (descrivere \
             come si opere-\n\nrà, possono essere previste una o più azioni per ciascun punto del \
             programma)… Ecco",
        );
        let found = follow(&text, 0, 3, ITEMS[3].heading);
        assert!(found.whole && found.line == 2);
        assert_eq!(&text[2].text[found.byte..], "Ecco");
    }

    #[test]
    fn a_line_that_leaves_the_form_is_heading_to_its_end_and_the_next_is_not() {
        let text = lines("c. obiettivi prefissati, in breve\nprefissi");
        let found = follow(&text, 0, 3, ITEMS[2].heading);
        assert_eq!((found.line, found.byte, found.whole), (0, 33, false));
        // «nel» would follow «nell’arco», but three letters say nothing.
        let text = lines("e. tempi attesi di realizzazione\nnel 2025");
        let found = follow(&text, 0, 3, ITEMS[4].heading);
        assert_eq!((found.line, found.byte), (0, 32));
    }

    #[test]
    fn numbers_and_letters_are_read_as_printed() {
        assert_eq!(numbered("5.personale"), Some((5, 2)));
        assert_eq!(numbered(" 16 . atti"), Some((16, 6)));
        assert_eq!(numbered("2025 - entro"), None);
        assert_eq!(numbered("3."), None);
        assert_eq!(numbered("Punto 7 - modalità"), Some((7, 10)));
        assert_eq!(numbered("punto n. 7: modalità"), Some((7, 12)));
        assert_eq!(numbered("XVII. regolamento"), Some((17, 6)));
        assert_eq!(numbered("I comuni"), None);
        assert_eq!(lettered("**a. situazione"), Some(("a", 5)));
        assert_eq!(numbered("## 7. modalità"), Some((7, 6)));
        assert_eq!(lettered("a – situazione"), Some(("a", 6)));
        assert_eq!(lettered("  d.tempi"), Some(("d", 4)));
        assert_eq!(lettered("a ) situazione"), Some(("a", 4)));
        assert_eq!(lettered("à. situazione"), None);
        assert_eq!(lettered("E’ stato"), None);
    }
}
