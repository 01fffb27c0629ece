//! What an office should know of the texts that it entered, before anyone judges them.
//!
//! Everything here is a warning: the table keeps what the Zona wrote, and whether a programme
//! conforms is for the pack to say.

use std::collections::BTreeMap;

use riparto_plugin::{Column, Fault, Finding, Place, Table, Weight, fault};

use crate::count::EACH;
use crate::form::{self, ITEMS, LONGEST_INTRODUCTION, LONGEST_POINT, POINTS};
use crate::table::{BODY, HEADING, INTRODUCTION, LETTER, POINT, PROGRAMME};
use crate::text::lines_of;

/// Judges every table that holds texts of programmes.
pub fn validate(tables: &[Table]) -> Result<Vec<Finding>, Box<Fault>> {
    let judged = tables.iter().filter_map(programmes).flatten();
    Ok(judged.flat_map(Programme::findings).collect())
}

/// A row of the table, with empty texts where nothing stands.
struct Row<'t> {
    point: &'t str,
    letter: &'t str,
    heading: &'t str,
    body: &'t str,
    line: u32,
}

/// The rows of a programme.
struct Programme<'t> {
    file: &'t str,
    /// Its name; empty where the table is of one programme.
    name: &'t str,
    rows: Vec<Row<'t>>,
}

/// Gives the programmes of a table; nothing where it has other columns.
fn programmes(table: &Table) -> Option<Vec<Programme<'_>>> {
    let points = texts(table, POINT)?;
    let letters = texts(table, LETTER)?;
    let headings = texts(table, HEADING)?;
    let bodies = texts(table, BODY)?;
    let names = texts(table, PROGRAMME).unwrap_or_default();
    let mut found: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        let row = Row {
            point,
            letter: cell(&letters, index),
            heading: cell(&headings, index),
            body: cell(&bodies, index),
            line: table.lines.get(index).copied().unwrap_or_default(),
        };
        found.entry(cell(&names, index)).or_default().push(row);
    }
    let programmes = found.into_iter().map(|(name, rows)| Programme {
        file: &table.file,
        name,
        rows,
    });
    Some(programmes.collect())
}

fn texts<'t>(table: &'t Table, name: &str) -> Option<Vec<&'t str>> {
    match table.column(name)? {
        Column::Texts(cells) => {
            let cells = cells.iter().map(|cell| cell.as_deref().unwrap_or_default());
            Some(cells.collect())
        }
        _ => None,
    }
}

fn cell<'t>(cells: &[&'t str], row: usize) -> &'t str {
    cells.get(row).copied().unwrap_or_default()
}

impl Programme<'_> {
    fn findings(self) -> Vec<Finding> {
        let mut found = self.introduction();
        for point in 1..=POINTS.len() {
            found.extend(self.point(point));
        }
        found
    }

    fn introduction(&self) -> Vec<Finding> {
        let rows = self.rows_of(INTRODUCTION);
        let Some(first) = rows.first() else {
            let fault = fault(
                "introduction-missing",
                "manca l'introduzione",
                "the introduction is missing",
            );
            return vec![self.finding(*fault, 0, "")];
        };
        let count = characters(&rows);
        if count <= LONGEST_INTRODUCTION {
            return Vec::new();
        }
        let mut fault = fault(
            "introduction-too-long",
            &format!("l'introduzione ha {count} caratteri, più di {LONGEST_INTRODUCTION}"),
            &format!("the introduction has {count} characters, more than {LONGEST_INTRODUCTION}"),
        );
        shorten(&mut fault);
        vec![self.finding(*fault, first.line, BODY)]
    }

    fn point(&self, point: usize) -> Vec<Finding> {
        let rows = self.rows_of(&point.to_string());
        let Some(first) = rows.first() else {
            let mut fault = fault(
                "point-missing",
                &format!("manca il punto {point}"),
                &format!("point {point} is missing"),
            );
            fault.help = "aggiungere il punto, o controllarne il numero e il titolo".to_owned();
            fault.help_en = "add the point, or check its number and its title".to_owned();
            return vec![self.finding(*fault, 0, "")];
        };
        let items: Vec<Option<usize>> = rows.iter().map(|row| item(row)).collect();
        let mut found = Vec::new();
        for (index, form) in ITEMS.iter().enumerate() {
            if !items.contains(&Some(index)) {
                let (letter, words) = (form.letter, form.words);
                let mut fault = fault(
                    "item-missing",
                    &format!("al punto {point} manca la lettera «{letter}», {words}"),
                    &format!("point {point} has no letter «{letter}», {words}"),
                );
                fault.help = "aggiungere la lettera, o controllarne l'intestazione".to_owned();
                fault.help_en = "add the letter, or check its heading".to_owned();
                found.push(self.finding(*fault, first.line, HEADING));
            }
        }
        for (row, item) in rows.iter().zip(items) {
            let form = item.and_then(|item| ITEMS.get(item));
            found.extend(
                form.filter(|form| !row.letter.eq_ignore_ascii_case(form.letter))
                    .map(|form| self.misprinted(point, row, form)),
            );
        }
        let count = characters(&rows);
        if count > LONGEST_POINT {
            let mut fault = fault(
                "point-too-long",
                &format!("il punto {point} ha {count} caratteri, più di {LONGEST_POINT}"),
                &format!("point {point} has {count} characters, more than {LONGEST_POINT}"),
            );
            shorten(&mut fault);
            found.push(self.finding(*fault, first.line, BODY));
        }
        found
    }

    fn misprinted(&self, point: usize, row: &Row<'_>, form: &form::Item) -> Finding {
        let (letter, words) = (form.letter, form.words);
        let printed = match row.letter {
            "" => ("senza lettera".to_owned(), "without a letter".to_owned()),
            printed => (format!("come «{printed}»"), format!("as «{printed}»")),
        };
        let (it, en) = printed;
        let mut fault = fault(
            "letter-misprinted",
            &format!("al punto {point} la lettera «{letter}», {words}, è stampata {it}"),
            &format!("at point {point} the letter «{letter}», {words}, is printed {en}"),
        );
        fault.help = "lasciarla com'è stampata: vale l'intestazione".to_owned();
        fault.help_en = "leave it as it is printed: its heading counts".to_owned();
        self.finding(*fault, row.line, LETTER)
    }

    fn rows_of(&self, point: &str) -> Vec<&Row<'_>> {
        self.rows.iter().filter(|row| row.point == point).collect()
    }

    fn finding(&self, mut fault: Fault, line: u32, column: &str) -> Finding {
        if !self.name.is_empty() {
            fault.message = format!("`{}`: {}", self.name, fault.message);
            fault.message_en = format!("`{}`: {}", self.name, fault.message_en);
        }
        fault.place = Some(Place {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
        });
        Finding {
            weight: Weight::Warning,
            fault,
        }
    }
}

/// Finds which item a row is: by the words of its heading; by its letter where it has none.
fn item(row: &Row<'_>) -> Option<usize> {
    if row.heading.is_empty() {
        return ITEMS
            .iter()
            .position(|item| item.letter.eq_ignore_ascii_case(row.letter));
    }
    let lines = lines_of(row.heading);
    let byte = form::lettered(row.heading).map_or(0, |(_, byte)| byte);
    ITEMS.iter().position(|item| {
        let found = form::follow(&lines, 0, byte, item.heading);
        form::known_by(found, item.words)
    })
}

fn characters(rows: &[&Row<'_>]) -> u64 {
    rows.iter().map(|row| EACH.characters(row.body)).sum()
}

fn shorten(fault: &mut Fault) {
    fault.help =
        "accorciare il testo; contano anche spazi e a capo, non le intestazioni".to_owned();
    fault.help_en = "shorten the text; spaces and ends of lines count, headings do not".to_owned();
}
