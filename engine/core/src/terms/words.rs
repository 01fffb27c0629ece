//! Reads the words that a time is said in from `rules/calendar/words.toml`.

use std::collections::BTreeSet;

use super::reader::{Reader, covers};
use crate::diag::{Diagnostics, Text};
use crate::pack::malformed;
use crate::pack::raw::calendar as raw;
use crate::say;
use crate::time::{Phrase, Stretch, Words};

/// Reads the words, or says why they cannot be read. The same words never stand for two stretches.
pub(super) fn all_words(
    reader: &Reader<'_>,
    file: raw::WordsFile,
    faults: &mut Diagnostics,
) -> Option<Words> {
    let mut known = BTreeSet::new();
    let school_year = stretch(
        reader,
        &["school_year"],
        file.school_year,
        &mut known,
        faults,
    );
    let mut parts = Vec::new();
    for (id, part) in file.part {
        parts.extend(stretch(reader, &["part", &id], part, &mut known, faults));
    }
    Some(Words {
        years: covers(&file.covers),
        school_year: school_year?,
        parts,
    })
}

fn stretch(
    reader: &Reader<'_>,
    path: &[&str],
    file: raw::Stretch,
    known: &mut BTreeSet<Phrase>,
    faults: &mut Diagnostics,
) -> Option<Stretch> {
    let at = |key| [path, &[key]].concat();
    let cite = reader.source(path, faults);
    let start = reader.day(&at("start"), &file.start, faults);
    let end = reader.day(&at("end"), &file.end, faults);
    let words = phrases(reader, &at("words"), &file.words, known, faults);
    let note = Text {
        it: file.note,
        en: file.note_en,
    };
    Some(Stretch {
        words,
        start: start?,
        end: end?,
        note: match cite {
            Some(act) => {
                say!("{note} ({act})", "{note} ({act})"; note = note, act = Text::same(act.to_string()))
            }
            None => note,
        },
    })
}

fn phrases(
    reader: &Reader<'_>,
    path: &[&str],
    words: &[String],
    known: &mut BTreeSet<Phrase>,
    faults: &mut Diagnostics,
) -> Vec<Phrase> {
    if words.is_empty() {
        let message = say!(
            "non ci sono parole da leggere",
            "there are no words to read"
        );
        let help = say!(
            "scriverne almeno una, o togliere il blocco",
            "write at least one, or take the block away"
        );
        reader.refuse(path, message, help, faults);
    }
    let mut phrases = Vec::new();
    for (index, text) in words.iter().enumerate() {
        let index = index.to_string();
        let at = [path, &[index.as_str()]].concat();
        match Phrase::of(text) {
            Some(phrase) if known.insert(phrase.clone()) => phrases.push(phrase),
            Some(_) => {
                let message = say!("`{text}` è scritto due volte", "`{text}` is written twice");
                let help = say!(
                    "lasciarlo una volta sola: le stesse parole indicano sempre gli stessi giorni",
                    "leave it once only: the same words always stand for the same days"
                );
                reader.refuse(&at, message, help, faults);
            }
            None => {
                let message = say!(
                    "`{text}` non sono parole che stanno prima di un anno",
                    "`{text}` are no words that stand before a year"
                );
                let help = say!(
                    "scrivere una parola o più, con lettere, punti e apostrofi: `prima metà`",
                    "write one word or more, with letters, stops and apostrophes: `prima metà`"
                );
                faults.push(malformed(reader.node.find(&at), message).help(help));
            }
        }
    }
    phrases
}
