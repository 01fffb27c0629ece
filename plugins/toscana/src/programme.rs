//! From lines to the pieces of a programme: introduction, titles of points, items, as printed.

use riparto_plugin::{Fault, ImportInput, ImportOutput, TableRow, fault};

use crate::form::{self, Followed, SURE_WITHOUT_LETTER, follow};
use crate::outline::{Outline, outline};
use crate::table::{INTRODUCTION, TEXTS};
use crate::text::{self, Line};

/// A piece of the programme: a heading with the text under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// `introduzione`, or the number of the point.
    pub point: String,
    /// Which item it is; none for the introduction and for the title of a point.
    pub item: Option<usize>,
    /// The letter, as it is printed.
    pub letter: String,
    /// The heading, as it is printed.
    pub heading: String,
    /// The line of the heading.
    pub line: u32,
    /// The lines under it.
    pub body: Vec<Line>,
}

/// Reads the rows that the pack judges.
pub fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let programme = input
        .file
        .rsplit_once('.')
        .map_or(&*input.file, |(stem, _)| stem);
    let rows = read(input)?.into_iter().map(|piece| TableRow {
        line: piece.line,
        cells: vec![
            piece.row(),
            programme.to_owned(),
            piece.point.clone(),
            piece.letter.clone(),
            piece.heading.clone(),
            piece.text(),
        ],
    });
    Ok(ImportOutput {
        columns: TEXTS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    })
}

/// Reads the pieces of a file; one in which no point is found is refused.
pub fn read(input: &ImportInput) -> Result<Vec<Piece>, Box<Fault>> {
    let in_file = |mut fault: Box<Fault>| {
        let place = fault.place.get_or_insert_default();
        place.file.clone_from(&input.file);
        fault
    };
    let pieces = pieces(&text::lines(input)?).map_err(in_file)?;
    if pieces.iter().any(|piece| piece.point != INTRODUCTION) {
        return Ok(pieces);
    }
    let mut fault = fault(
        "no-point",
        "non si riconosce nessuno dei 17 punti del programma",
        "none of the 17 points of the programme is found",
    );
    fault.help =
        "ogni punto comincia con il numero e il titolo del modulo, poi «a. situazione attuale»"
            .to_owned();
    fault.help_en =
        "each point begins with the number and the title of the form, then «a. situazione attuale»"
            .to_owned();
    Err(in_file(fault))
}

impl Piece {
    fn of(point: String) -> Self {
        Self {
            point,
            item: None,
            letter: String::new(),
            heading: String::new(),
            line: 0,
            body: Vec::new(),
        }
    }

    /// Gives the name of its row: `introduzione`, `8`, `8.5`.
    pub fn row(&self) -> String {
        match self.item {
            Some(item) => format!("{}.{}", self.point, item + 1),
            None => self.point.clone(),
        }
    }

    /// Gives its text, line by line as in the file, without what is blank around it.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.body.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n").trim().to_owned()
    }
}

/// Splits lines into pieces. What stands before the introduction, between it and the first point,
/// and after the last one belongs to the form.
///
/// # Errors
/// A point stands twice, or one begins whose title is not known.
pub fn pieces(lines: &[Line]) -> Result<Vec<Piece>, Box<Fault>> {
    let mut reader = Reader {
        lines,
        outline: outline(lines)?,
        pieces: Vec::new(),
        point: 0,
        items: Vec::new(),
        open: false,
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at = match reader.heading(at) {
            Some(end) => end,
            None => {
                reader.body(at, line);
                at + 1
            }
        };
    }
    Ok(reader.pieces)
}

struct Reader<'l> {
    lines: &'l [Line],
    outline: Outline,
    pieces: Vec<Piece>,
    /// The point that is being read; zero before the first.
    point: usize,
    /// The items of that point that were found.
    items: Vec<usize>,
    /// Whether lines belong to the last piece.
    open: bool,
}

impl<'l> Reader<'l> {
    /// Starts a piece where a heading begins, and gives the line after it.
    fn heading(&mut self, at: usize) -> Option<usize> {
        if let Some(title) = self.outline.titles.get(&at).copied() {
            self.point = title.point;
            self.items.clear();
            return Some(self.start(at, title.end, Piece::of(title.point.to_string())));
        }
        if self.point == 0 {
            let end = follow(self.lines, at, 0, form::INTRODUCTION);
            if end.letters < SURE_WITHOUT_LETTER {
                return None;
            }
            // One that came before was an entry of the table of contents.
            self.pieces.clear();
            return Some(self.start(at, end, Piece::of(INTRODUCTION.to_owned())));
        }
        let (item, letter, end) = form::item(self.lines, at, &self.items)?;
        self.items.push(item);
        let piece = Piece {
            item: Some(item),
            letter: letter.to_owned(),
            ..Piece::of(self.point.to_string())
        };
        Some(self.start(at, end, piece))
    }

    fn start(&mut self, at: usize, end: Followed, mut piece: Piece) -> usize {
        let lines = self.lines.get(at..=end.line).unwrap_or_default();
        let mut heading: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        if let (Some(last), Some(line)) = (heading.last_mut(), lines.last())
            && let Some((head, rest)) = last.split_at_checked(end.byte)
        {
            *last = head;
            piece.body.push(Line {
                number: line.number,
                text: rest.to_owned(),
            });
        }
        piece.heading = heading.join("\n").trim().to_owned();
        piece.line = lines.first().map_or(0, |line| line.number);
        self.pieces.push(piece);
        self.open = true;
        end.line + 1
    }

    fn body(&mut self, at: usize, line: &Line) {
        let ends = match self.point {
            0 => form::begins(line, form::INSTRUCTIONS) || self.outline.entries.contains(&at),
            _ => form::TAIL
                .iter()
                .any(|words| form::letters(words).eq(form::letters(&line.text))),
        };
        self.open &= !ends;
        if let Some(piece) = self.pieces.last_mut().filter(|_| self.open) {
            piece.body.push(line.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives the row, the heading and the text of each piece.
    fn read(text: &str) -> Vec<(String, String, String)> {
        let pieces = pieces(&text::lines_of(text)).unwrap_or_else(|fault| panic!("{fault:?}"));
        let pieces = pieces.into_iter();
        pieces
            .map(|piece| (piece.row(), piece.heading.clone(), piece.text()))
            .collect()
    }

    fn by_hand<const N: usize>(pieces: [(&str, &str, &str); N]) -> Vec<(String, String, String)> {
        pieces
            .map(|(row, heading, text)| (row.to_owned(), heading.to_owned(), text.to_owned()))
            .to_vec()
    }

    #[test]
    fn headings_are_cut_from_what_follows_them() {
        let found = read(
            "15. atti conferenza\na - situazione attuale\nuno\n\
             aggiornamento regolamento\n\nA) Situazione attuale: due",
        );
        let pieces = [
            ("16", "15. atti conferenza", ""),
            ("16.1", "a - situazione attuale", "uno"),
            ("17", "aggiornamento regolamento", ""),
            ("17.1", "A) Situazione attuale:", "due"),
        ];
        assert_eq!(found, by_hand(pieces));
    }

    #[test]
    fn numbers_and_letters_of_lists_start_nothing() {
        let text = "1. Approvazione del piano\n2. aggiornamento regolamento\na. obiettivi comuni\nf. altro";
        let found = read(&format!(
            "16. atti conferenza\nc. obiettivi prefissi\n{text}"
        ));
        let pieces = [
            ("16", "16. atti conferenza", ""),
            ("16.3", "c. obiettivi prefissi", text),
        ];
        assert_eq!(found, by_hand(pieces));
    }

    #[test]
    fn a_heading_without_its_letter_is_known_when_it_stands_alone() {
        let found = read(
            "16. atti conferenza\nSituazione attuale\nSituazione attuale difficile\n\
             Criticità individuate / punti di debolezza:\nnessuna\n\
             17. aggiornamento regolamento\na.\nsituazione attuale\nuno",
        );
        let pieces = [
            ("16", "16. atti conferenza", ""),
            ("16.1", "Situazione attuale", "Situazione attuale difficile"),
            (
                "16.2",
                "Criticità individuate / punti di debolezza:",
                "nessuna",
            ),
            ("17", "17. aggiornamento regolamento", ""),
            ("17.1", "a.\nsituazione attuale", "uno"),
        ];
        assert_eq!(found, by_hand(pieces));
    }
}
