//! Tables that a plugin reads from a foreign file; a fake one stands for it.

use std::collections::BTreeMap;

use riparto_core::diag::Place;
use riparto_core::model::Import;
use riparto_core::native::{ForeignFile, Imported, Natives};

use super::*;

/// Gives the same rows whatever the file holds, or refuses it.
#[derive(Debug)]
struct Fake(Result<Imported, Box<Diagnostic>>);

impl Natives for Fake {
    fn import(
        &self,
        plugin: &str,
        importer: &str,
        file: &ForeignFile<'_>,
    ) -> Result<Imported, Box<Diagnostic>> {
        assert_eq!((plugin, importer), ("regione", "popolazione"));
        assert_eq!((file.path, file.table), ("data/pop.txt", "comuni"));
        assert_eq!(file.columns, ["istat", "nome", "bambini", "spesa"]);
        self.0.clone()
    }
}

const ASKED: &str = "m.toml";

fn decl() -> TableDecl {
    TableDecl {
        import: Some(Import {
            plugin: "regione".to_owned(),
            importer: "popolazione".to_owned(),
            file: "pop.txt".to_owned(),
            place: Some(Place::start_of(ASKED)),
        }),
        ..comuni()
    }
}

fn foreign() -> Files {
    let file = ("data/pop.txt".to_owned(), b"as published".to_vec());
    Files {
        foreign: [("comuni".to_owned(), file)].into(),
        ..Files::default()
    }
}

fn rows(rows: &[(usize, [&str; 4])]) -> Fake {
    let columns = ["istat", "nome", "bambini", "spesa"];
    let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    Fake(Ok(Imported {
        columns: texts(&columns),
        rows: rows
            .iter()
            .map(|(line, cells)| (*line, texts(cells)))
            .collect(),
    }))
}

fn read(natives: &Fake, files: &Files) -> (Option<Dataset>, Vec<Diagnostic>) {
    let (data, found, dialects) = read_tables(&[decl()], files, natives);
    assert_eq!(dialects, BTreeMap::new());
    (data, found.into_sorted())
}

#[test]
fn rows_keep_the_lines_that_they_were_read_from() {
    let natives = rows(&[
        (7, ["001272", "Torino, \"la\nbella\"", "12", "1.25"]),
        (31, ["001001", "Agliè", "3", ""]),
    ]);
    let (data, found) = read(&natives, &foreign());
    assert_eq!(found, []);
    let table = &data.unwrap().tables["comuni"];
    assert_eq!(table.file, "data/pop.txt");
    assert_eq!(table.lines, [7, 31]);
    assert_eq!(table.text("nome", 0), Some("Torino, \"la\nbella\""));
    let spesa = table.columns.iter().find(|c| c.name == "spesa").unwrap();
    let missing = &spesa.missing[&1];
    assert_eq!((missing.file.as_str(), missing.line), ("data/pop.txt", 31));
}

#[test]
fn a_point_is_a_decimal_point() {
    let mut by_weight = decl();
    by_weight.columns[3].kind = ColumnType::Decimal;
    let natives = rows(&[(1, ["001272", "Torino", "12", "1.250"])]);
    let (data, found, _) = read_tables(&[by_weight], &foreign(), &natives);
    assert!(found.is_empty(), "{found:?}");
    let spesa = data.unwrap().tables["comuni"].columns[3].facts.number(0);
    assert_eq!(spesa.unwrap().to_decimal_text().as_deref(), Some("1.25"));
}

#[test]
fn a_faulty_cell_is_told_where_its_row_was_read() {
    // The second row starts on the fourth line of what the importer gave, and on line 31 of the file.
    let natives = rows(&[
        (7, ["001272", "a\nb", "12", ""]),
        (31, ["001001", "Agliè", "tre", ""]),
        (40, ["001272", "Torino", "1", ""]),
    ]);
    let (data, found) = read(&natives, &foreign());
    assert!(data.is_none());
    let told: Vec<_> = found
        .iter()
        .map(|fault| (fault.code, fault.place.clone().unwrap()))
        .map(|(code, place)| (code, place.file, place.line, place.column))
        .collect();
    let file = || "data/pop.txt".to_owned();
    assert_eq!(
        told,
        [
            (Code::MalformedCell, file(), 31, 1),
            (Code::DuplicateRow, file(), 40, 1)
        ]
    );
    assert_eq!(found[1].related[0].0.line, 7);
}

#[test]
fn a_column_that_the_table_does_not_have_names_the_importer() {
    let Fake(Ok(mut imported)) = rows(&[(1, ["001272", "Torino", "1", ""])]) else {
        panic!();
    };
    imported.columns[3] = "costo".to_owned();
    let (_, found) = read(&Fake(Ok(imported)), &foreign());
    let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::MissingColumn, Code::UnknownColumn]);
    let asked = |fault: &Diagnostic| fault.related.iter().any(|(place, _)| place.file == ASKED);
    assert!(found.iter().all(asked), "{found:?}");
}

#[test]
fn a_file_that_is_refused_is_told_in_it_and_a_plugin_that_is_not_there_where_it_is_named() {
    let text = Text::same("x");
    let refused = Diagnostic::error(Code::PluginRefused, text.clone());
    let refused = refused.at(Place::start_of("data/pop.txt"));
    let (_, found) = read(&Fake(Err(Box::new(refused))), &foreign());
    assert_eq!(found[0].place, Some(Place::start_of("data/pop.txt")));
    assert_eq!(found[0].related[0].0, Place::start_of(ASKED));
    let missing = Diagnostic::error(Code::PluginMissing, text);
    let (_, found) = read(&Fake(Err(Box::new(missing))), &foreign());
    assert_eq!(found[0].place, Some(Place::start_of(ASKED)));
}

#[test]
fn the_own_file_needs_no_plugin_two_are_too_many_and_none_is_missing() {
    let own = b"istat;nome;bambini;spesa\n001272;Torino;1;\n".to_vec();
    let own = ("data/comuni.csv".to_owned(), own);
    let mut files = Files {
        own: [("comuni".to_owned(), own)].into(),
        ..Files::default()
    };
    let (data, found, _) = read_tables(&[decl()], &files, &NoNatives);
    assert!(found.is_empty() && data.is_some(), "{found:?}");
    files.foreign = foreign().foreign;
    let (_, found, _) = read_tables(&[decl()], &files, &NoNatives);
    let found = found.into_sorted();
    assert_eq!(found[0].code, Code::UnexpectedFile);
    for path in ["data/comuni.csv", "data/pop.txt"] {
        assert!(found[0].message.it.contains(path), "{found:?}");
    }
    let (_, found, _) = read_tables(&[decl()], &Files::default(), &NoNatives);
    let found = found.into_sorted();
    assert_eq!(found[0].code, Code::MissingTable);
    assert!(found[0].help.as_ref().unwrap().it.contains("pop.txt"));
}
