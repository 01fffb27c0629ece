//! The times that the programme says in words, as it says them: `entro dicembre 2024`, `entro un
//! anno dalla sottoscrizione`, `autunno 2025`. Which days they are is for the pack to say.

use riparto_plugin::{Fault, ImportInput, ImportOutput, TableRow};

use crate::form;
use crate::programme::{self, Piece};
use crate::table::TIMES;
use crate::text::Line;

mod grammar;
mod period;
mod words;

/// Reads the times of every point, from the item where the form asks for them.
pub fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let pieces = programme::read(input)?;
    let pieces = pieces
        .iter()
        .filter(|piece| piece.item == Some(form::TIMES));
    Ok(ImportOutput {
        columns: TIMES.map(str::to_owned).to_vec(),
        rows: pieces.flat_map(rows).collect(),
    })
}

fn rows(piece: &Piece) -> Vec<TableRow> {
    let said = said(&piece.body).into_iter();
    let rows = said.map(|(time, line)| {
        let words = tokens(&time, &[]);
        let words: Vec<&str> = words.iter().map(|token| token.text.as_str()).collect();
        let [from, to] = period::proved(&words).map(Option::unwrap_or_default);
        let (point, letter) = (piece.point.clone(), piece.letter.clone());
        TableRow {
            line,
            cells: vec![point, letter, time, line.to_string(), from, to],
        }
    });
    rows.collect()
}

/// A run of letters or of figures, or a single mark.
struct Token {
    /// Without case.
    text: String,
    /// Where it stands in the text that was made one line.
    from: usize,
    to: usize,
    /// Whether a sentence or an item of a list may begin with it.
    first: bool,
    line: u32,
}

/// Gives the times that lines say, each with the line where it begins.
fn said(lines: &[Line]) -> Vec<(String, u32)> {
    let (text, starts) = one_line(lines);
    let tokens = tokens(&text, &starts);
    let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(token), Some(rest)) = (tokens.get(at), words.get(at..)) {
        let Some(length) = grammar::time(rest, token.first).filter(|length| *length > 0) else {
            at += 1;
            continue;
        };
        at += length;
        let end = tokens.get(at - 1).map_or(token.to, |last| last.to);
        let said = text.get(token.from..end).unwrap_or_default();
        let said: Vec<&str> = said.split_whitespace().collect();
        found.push((said.join(" "), token.line));
    }
    found
}

/// Joins lines, with the syllables that the ends of lines broke; says where each line starts.
fn one_line(lines: &[Line]) -> (String, Vec<(usize, u32)>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for line in lines {
        let next = line.text.trim();
        let broken = text.strip_suffix('-').map(str::trim_end);
        let word = broken.filter(|before| before.ends_with(char::is_alphabetic));
        match word
            .map(str::len)
            .filter(|_| next.starts_with(char::is_lowercase))
        {
            Some(length) => text.truncate(length),
            None => text.push('\n'),
        }
        starts.push((text.len(), line.number));
        text.push_str(next);
    }
    (text, starts)
}

fn tokens(text: &str, starts: &[(usize, u32)]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut first = true;
    let mut starts = starts.iter().peekable();
    let mut line = 0;
    let mut before = ' ';
    for (from, character) in text.char_indices() {
        while let Some((_, number)) = starts.next_if(|(start, _)| *start <= from) {
            line = *number;
        }
        let to = from + character.len_utf8();
        let alike = |a: char, b: char| {
            a.is_alphabetic() && b.is_alphabetic() || a.is_ascii_digit() && b.is_ascii_digit()
        };
        let character = match character {
            '’' | '‘' | 'ʼ' => '\'',
            '–' | '—' | '‐' | '‑' => '-',
            'º' | 'ª' => '°',
            other => other,
        };
        match tokens.last_mut() {
            _ if character.is_whitespace() => first |= character == '\n',
            Some(token) if alike(before, character) => {
                token.text.extend(character.to_lowercase());
                token.to = to;
            }
            _ => {
                tokens.push(Token {
                    text: character.to_lowercase().collect(),
                    from,
                    to,
                    first,
                    line,
                });
                first = matches!(character, '.' | ';' | ':' | ')');
            }
        }
        before = character;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str) -> Vec<(String, u32)> {
        said(&crate::text::lines_of(text))
    }

    fn only(text: &str) -> Vec<String> {
        times(text).into_iter().map(|(time, _)| time).collect()
    }

    #[test]
    fn times_are_found_in_the_middle_of_sentences_with_their_line() {
        let found = times("1) Entro dicembre  2024 per la durata\ndi tre anni; au -\ntunno avvio");
        let by_hand = [
            ("Entro dicembre 2024", 1),
            ("per la durata di tre anni", 1),
            ("autunno", 2),
        ];
        assert_eq!(found, by_hand.map(|(time, line)| (time.to_owned(), line)));
    }

    #[test]
    fn each_way_of_saying_a_time_is_found_whole() {
        for said in [
            "entro un anno dalla sottoscrizione dell’accordo",
            "entro 60 giorni dalla firma",
            "entro la fine del 2025",
            "Primavera 2025",
            "Da gennaio 2025 a dicembre 2026",
            "nel corso della prima metà del 2025",
            "per l’A.S. 2025/’26",
            "anno scolastico 2025-2026",
            "Anno 2025 e 2026",
            "nel triennio",
            "fino al termine del triennio",
            "annualmente",
            "ogni sei mesi",
            "entro il 31 dicembre 2025",
            "a partire dall’avvio",
            "nel primo trimestre 2025",
            "2026",
        ] {
            assert_eq!(only(said), [said]);
        }
    }

    #[test]
    fn dates_ranges_and_parts_are_found_whole_in_the_middle_of_a_sentence() {
        for said in [
            "entro il 30/06/2025",
            "entro il 30.06.2025",
            "entro il 1° gennaio 2025",
            "entro il primo gennaio 2025",
            "entro il 30/06",
            "settembre/ottobre 2025",
            "settembre-dicembre 2024",
            "gennaio – marzo 2025",
            "settembre 2025-giugno 2026",
            "tra settembre e dicembre 2025",
            "tra il 2025 e il 2026",
            "da settembre a dicembre",
            "dal 10 al 20 marzo 2025",
            "dal 1º settembre 2025 fino al 30/06/2026",
            "nei mesi di marzo, aprile e maggio 2025",
            "nel 2025 e 2026",
            "I semestre 2025",
            "1° semestre 2025",
            "2° trimestre del 2025",
            "entro i primi sei mesi del 2025",
            "fine anno 2025",
            "entro fine 2025",
            "entro metà 2025",
            "a inizio 2025",
            "inizio anno scolastico 2025/26",
            "entro l’inizio dell’anno scolastico 2025/26",
            "AS 2024/25",
            "nell’a.s. 2024/25",
            "a.e. 2024/25",
            "anno educativo 2024/2025",
            "entro Settembre ’25",
            "entro settembre p.v.",
            "entro l’anno successivo",
            "entro il 31 dicembre di ogni anno",
            "durante l’intero triennio",
            "a settembre 2025",
            "entro il mese di marzo 2025",
            "entro il mese di maggio",
            "da subito",
        ] {
            assert_eq!(only(&format!("si fa {said}, e poi")), [said]);
        }
    }

    #[test]
    fn numbers_are_read_in_words_and_rates_as_nouns() {
        for said in [
            "entro nove mesi",
            "entro quindici giorni",
            "entro ventiquattro mesi",
            "entro 30 gg dalla firma",
            "entro tre mesi dall’approvazione del piano",
            "entro sei mesi dalla conclusione dei lavori",
            "con cadenza mensile",
            "con periodicità trimestrale",
            "due volte l’anno",
            "una volta al mese",
            "ogni primo lunedì del mese",
            "ogni quindici giorni",
            "bimestralmente",
        ] {
            assert_eq!(only(&format!("si fa {said}, e poi")), [said]);
        }
    }

    #[test]
    fn the_days_that_words_prove_are_given_and_no_others() {
        for (said, from, to) in [
            ("entro il 30/06/2025", "", "2025-06-30"),
            ("Entro dicembre 2024", "", "2024-12-31"),
            ("entro la fine del 2025", "", "2025-12-31"),
            ("entro febbraio ’28", "", "2028-02-29"),
            ("dal 1° settembre 2025", "2025-09-01", ""),
            (
                "da gennaio 2025 a dicembre 2026",
                "2025-01-01",
                "2026-12-31",
            ),
            ("da gennaio a marzo 2025", "2025-01-01", "2025-03-31"),
            ("tra settembre e dicembre 2025", "2025-09-01", "2025-12-31"),
            ("settembre/ottobre 2025", "2025-09-01", "2025-10-31"),
            ("nel corso del 2025", "2025-01-01", "2025-12-31"),
            ("II semestre 2025", "2025-07-01", "2025-12-31"),
            ("1° trimestre del 2025", "2025-01-01", "2025-03-31"),
            ("triennio 2024-2026", "2024-01-01", "2026-12-31"),
            ("entro il 31/02/2025", "", ""),
            ("da novembre a marzo 2025", "", ""),
            ("autunno 2025", "", ""),
            ("a.s. 2025/26", "", ""),
            ("entro l’anno scolastico 2025/26", "", ""),
            ("entro maggio", "", ""),
            ("entro settembre p.v.", "", ""),
            ("entro sei mesi", "", ""),
            ("metà 2025", "", ""),
        ] {
            let tokens = tokens(said, &[]);
            let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
            let proved = period::proved(&words).map(Option::unwrap_or_default);
            assert_eq!(proved, [from, to], "{said}");
        }
    }

    #[test]
    fn what_is_no_time_is_left() {
        for said in [
            "nel contempo continuerà la raccolta",
            "in 4 aree, per Area di interesse",
            "la delibera n. 5 del 2017",
            "nell’ambito della gestione",
            "entro i tavoli, la raccolta continua",
            "analisi primo anno di attività",
            "tra le scuole e i servizi",
            "nei 3/4 dei casi",
            "il piano annuale, in fine di seduta",
            "entro il 12/25 della spesa",
            "a maggio ragione",
        ] {
            assert_eq!(only(said), Vec::<String>::new(), "{said}");
        }
    }
}
