//! The answers of the form of the joint training: who takes part, without a name.

mod answers;
mod questions;

use std::borrow::Cow;
use std::collections::BTreeMap;

use riparto_plugin::{Fault, ImportInput, ImportOutput, Importer, TableRow, fault};

use crate::faults::{Faults, Said, say};
use crate::rows::{Row, rows, separator_of};
use crate::text::decoded;
use questions::{Question, question_of};

/// The columns that it gives, each with the questions that tell it: the first that is asked.
const GIVEN: [(&str, &[Question]); 8] = [
    ("risposta", &[]),
    ("inviato", &[Question::Sent]),
    ("ambito", &[Question::Ambito]),
    ("comune", &[Question::Comune]),
    ("ente", &[Question::Body]),
    ("ruolo", &[Question::Role]),
    ("delegato", &[Question::Delegate, Question::Role]),
    ("presenza", &[Question::Presence]),
];

/// Describes it.
pub(crate) fn importer() -> Importer {
    Importer {
        name: "modulo_formazione".to_owned(),
        label: "risposte al modulo della formazione congiunta: nomi e indirizzi non si leggono"
            .to_owned(),
        label_en: "answers to the form of the joint training: names and addresses are not read"
            .to_owned(),
        extensions: vec!["csv".to_owned()],
        columns: GIVEN.map(|(name, _)| name.to_owned()).to_vec(),
    }
}

/// Reads the answers.
///
/// # Errors
/// All that is wrong in the file, in one fault with its lines.
pub(crate) fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    if input.bytes.starts_with(b"PK\x03\x04") {
        return Err(workbook(&input.file));
    }
    let mut faults = Faults::of(&input.file);
    let text = decoded(&input.bytes);
    let output = read(&text, &input.columns, &mut faults);
    let help = say!(
        "correggere le righe dette nel foglio delle risposte ed esportarlo di nuovo",
        "put the lines right in the sheet of answers, and export it again"
    );
    faults.or(output, "unsound-form", &help)
}

fn workbook(file: &str) -> Box<Fault> {
    let mut fault = fault(
        "workbook",
        "è un foglio di calcolo (.xlsx), che non si legge",
        "it is a workbook (.xlsx), which is not read",
    );
    fault.place = Some(riparto_plugin::Place {
        file: file.to_owned(),
        ..riparto_plugin::Place::default()
    });
    fault.help = "aprirlo e salvarlo come CSV".to_owned();
    fault.help_en = "open it and save it as CSV".to_owned();
    fault
}

fn read(text: &str, wanted: &[String], faults: &mut Faults) -> ImportOutput {
    let mut given: Vec<_> = GIVEN.into();
    given.retain(|(name, _)| wanted.iter().any(|wanted| wanted == name));
    let columns = given.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut output = ImportOutput {
        columns,
        rows: Vec::new(),
    };
    let mut rows = rows(text, 0, separator_of(text));
    let Some(header) = rows.next() else {
        faults.add(0, "", say!("il file è vuoto", "the file is empty"));
        return output;
    };
    if header.misquoted {
        faults.add(header.line, "", broken(true, 0, 0));
        return output;
    }
    if header.cells.iter().any(|cell| is_answer(cell)) {
        let said = say!(
            "qui sta una risposta, e non l'intestazione",
            "an answer stands here, and not the header"
        );
        faults.add(header.line, "", said);
        return output;
    }
    let asked = Asked::of(&header, &given, faults);
    let mut addresses = BTreeMap::new();
    for (row, number) in rows.zip(1_u32..) {
        let (found, width) = (row.cells.len(), asked.width);
        if row.misquoted || found != width {
            faults.add(row.line, "", broken(row.misquoted, found, width));
            continue;
        }
        asked.answered_once(&row, &mut addresses, faults);
        let cells = given.iter().map(|(name, _)| match *name {
            "risposta" => number.to_string(),
            name => asked.cell(name, &row, faults),
        });
        output.rows.push(TableRow {
            line: row.line,
            cells: cells.collect(),
        });
    }
    output
}

/// Tells whether a cell cannot be a question: it holds an address or an instant.
fn is_answer(cell: &str) -> bool {
    cell.contains('@') || answers::instant(cell).is_some()
}

fn broken(misquoted: bool, found: usize, width: usize) -> Said {
    if misquoted {
        return say!("le virgolette non si chiudono", "the quotes do not close");
    }
    say!(
        "le celle sono {found} e le colonne {width}",
        "there are {found} cells and {width} columns"
    )
}

/// Where a question stands, and how it is put.
struct Place {
    at: usize,
    header: String,
}

/// What the form asks.
struct Asked {
    /// The column that each given column is read from, with what it asks.
    cells: BTreeMap<&'static str, (Question, Place)>,
    /// The addresses of whom answers.
    email: Option<usize>,
    width: usize,
}

impl Asked {
    fn of(row: &Row<'_>, given: &[(&'static str, &[Question])], faults: &mut Faults) -> Self {
        let all: Vec<_> = row.cells.iter().map(|cell| question_of(cell)).collect();
        let columns = || all.iter().zip(&row.cells).enumerate();
        let mut cells = BTreeMap::new();
        for (name, questions) in given.iter().filter(|(_, tell)| !tell.is_empty()) {
            let asked = questions.iter().find(|question| all.contains(question));
            let Some(asked) = asked else {
                let said = say!("nessuna domanda lo chiede", "no question asks for it");
                faults.add(row.line, name, said);
                continue;
            };
            for (at, (_, header)) in columns().filter(|(_, (question, _))| *question == asked) {
                let place = Place {
                    at,
                    header: spaced(header),
                };
                if let Some((_, first)) = cells.insert(*name, (*asked, place)) {
                    let (first, header) = (first.header, spaced(header));
                    let said = say!(
                        "lo chiedono sia `{first}` sia `{header}`: ne serve una",
                        "both `{first}` and `{header}` ask for it: one is needed"
                    );
                    faults.add(row.line, name, said);
                }
            }
        }
        let email = all.iter().position(|asked| *asked == Question::Email);
        Self {
            cells,
            email,
            width: all.len(),
        }
    }

    /// Refuses a second answer from one address: which of the two counts is not for us to say.
    fn answered_once(
        &self,
        row: &Row<'_>,
        addresses: &mut BTreeMap<String, u32>,
        faults: &mut Faults,
    ) {
        let address = self.email.and_then(|at| row.cells.get(at));
        let Some(address) = address.filter(|address| address.contains('@')) else {
            return;
        };
        if let Some(first) = addresses.insert(address.to_lowercase(), row.line) {
            let said = say!(
                "la stessa persona ha già risposto alla riga {first}: tenere una delle due risposte",
                "the same person answered at line {first} already: keep one of the two answers"
            );
            faults.add(row.line, "", said);
        }
    }

    /// Reads the answer of a row as the cell of a given column; empty where there is none.
    fn cell(&self, name: &str, row: &Row<'_>, faults: &mut Faults) -> String {
        let Some((question, Place { at, header })) = self.cells.get(name) else {
            return String::new();
        };
        let answer = row.cells.get(*at).map_or("", Cow::as_ref);
        if answer.is_empty() {
            return String::new();
        }
        let truth = |truth: bool| if truth { "sì" } else { "no" }.to_owned();
        let read = match (name, question) {
            ("delegato", Question::Role) => {
                return answers::delegated(answer).map(truth).unwrap_or_default();
            }
            ("delegato", _) => answers::yes(answer).map(truth),
            ("presenza", _) => answers::in_person(answer).map(truth),
            ("ruolo", _) => answers::role(answer).map(str::to_owned),
            ("inviato", _) => answers::instant(answer),
            // An address may have been written in the wrong box: it does not leave.
            _ => (!answer.contains('@')).then(|| spaced(answer)),
        };
        read.unwrap_or_else(|| {
            faults.add(row.line, header, unknown(answer));
            String::new()
        })
    }
}

/// Gives a text on one line, with one blank between words.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unknown(answer: &str) -> Said {
    if answer.contains('@') {
        return say!(
            "qui sta un indirizzo di posta, che non si legge: toglierlo",
            "an e-mail address stands here, which is not read: take it out"
        );
    }
    // Not the answer: somebody may have written a name there.
    say!(
        "la risposta non si capisce, o dice due cose",
        "the answer cannot be understood, or says two things"
    )
}

#[cfg(test)]
mod tests;
