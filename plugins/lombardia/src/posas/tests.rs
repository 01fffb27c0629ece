//! POSAS by hand: the figures of Abbadia Lariana at 1 January 2025 as ISTAT publishes them, then
//! each way in which such a file can be wrong.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Males and females of each age at Abbadia Lariana (ISTAT, demo.istat.it, CC BY).
const ABBADIA: [(u32, u32); 101] = [
    (7, 13),
    (13, 3),
    (12, 7),
    (11, 8),
    (14, 8),
    (8, 8),
    (6, 12),
    (6, 12),
    (12, 10),
    (20, 18),
    (11, 10),
    (10, 9),
    (16, 14),
    (13, 18),
    (14, 14),
    (10, 14),
    (11, 13),
    (11, 16),
    (15, 9),
    (22, 11),
    (12, 11),
    (20, 20),
    (13, 14),
    (18, 20),
    (14, 24),
    (19, 22),
    (12, 19),
    (15, 15),
    (13, 12),
    (16, 16),
    (15, 12),
    (15, 25),
    (13, 12),
    (13, 13),
    (14, 18),
    (23, 18),
    (12, 12),
    (21, 9),
    (19, 15),
    (13, 16),
    (21, 19),
    (20, 20),
    (16, 17),
    (17, 22),
    (21, 24),
    (19, 17),
    (18, 18),
    (23, 25),
    (25, 26),
    (28, 19),
    (31, 28),
    (16, 31),
    (29, 33),
    (24, 31),
    (31, 32),
    (23, 30),
    (30, 26),
    (35, 28),
    (42, 21),
    (24, 27),
    (12, 22),
    (24, 34),
    (21, 36),
    (16, 18),
    (23, 23),
    (22, 25),
    (27, 25),
    (29, 28),
    (26, 21),
    (21, 19),
    (15, 20),
    (17, 15),
    (19, 13),
    (20, 25),
    (23, 16),
    (24, 22),
    (16, 15),
    (22, 25),
    (15, 15),
    (12, 16),
    (12, 14),
    (3, 12),
    (6, 15),
    (10, 11),
    (14, 16),
    (10, 14),
    (9, 13),
    (6, 11),
    (2, 5),
    (3, 8),
    (6, 7),
    (3, 3),
    (3, 5),
    (3, 4),
    (2, 4),
    (0, 1),
    (0, 1),
    (0, 1),
    (0, 0),
    (0, 0),
    (0, 1),
];
const TITLE: &str = "\"Popolazione residente per età, sesso e stato civile al 1° gennaio 2025\"\n";
const HEADER: &str = "\"Codice comune\";\"Comune\";\"Età\";\"Celibi\";\"Totale maschi\";\"Nubili\";\"Totale femmine\";\"Totale\"\n";

/// Gives the rows of a Comune as ISTAT writes them, the total last.
fn comune(code: &str, name: &str) -> Vec<String> {
    let row = |age: usize, males: u32, females: u32| {
        let all = males + females;
        format!("\"{code}\";\"{name}\";{age};{males};{males};{females};{females};{all}")
    };
    let ages = ABBADIA.iter().enumerate();
    let mut rows: Vec<_> = ages.map(|(age, (m, f))| row(age, *m, *f)).collect();
    rows.push(row(999, 1541, 1623));
    rows
}

fn file(rows: &[String]) -> String {
    format!("{TITLE}{HEADER}{}\n", rows.join("\n"))
}

fn read_bytes(bytes: &[u8]) -> Result<ImportOutput, Box<Fault>> {
    import(&ImportInput {
        file: "POSAS.csv".to_owned(),
        table: "popolazione".to_owned(),
        columns: GIVEN.map(str::to_owned).to_vec(),
        bytes: bytes.to_vec(),
    })
}

fn told(rows: &[String]) -> String {
    let fault = read_bytes(file(rows).as_bytes()).unwrap_err();
    assert_eq!(fault.code, "unsound-posas");
    fault.message_en
}

fn abbadia() -> ImportOutput {
    // 0-2: 20+16+19 = 55; 3-5: 19+22+16 = 57; 0-5: 112; with the 18 of age 6, 130.
    let cells = [
        "097001",
        "Abbadia Lariana",
        "55",
        "112",
        "57",
        "130",
        "3164",
    ];
    ImportOutput {
        columns: GIVEN.map(str::to_owned).to_vec(),
        rows: vec![TableRow {
            line: 3,
            cells: cells.map(str::to_owned).to_vec(),
        }],
    }
}

#[test]
fn the_bands_are_sums_of_published_ages() {
    let text = file(&comune("097001", "Abbadia Lariana"));
    assert_eq!(read_bytes(text.as_bytes()), Ok(abbadia()));
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    assert_eq!(read_bytes(&marked), Ok(abbadia()));
}

#[test]
fn windows_1252_a_missing_title_commas_and_a_lost_zero_read_the_same() {
    let rows = comune("97001", "Abbadia Lariana");
    let text = format!("{HEADER}{}", rows.join("\r\n")).replace(';', ",");
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    assert!(str::from_utf8(&bytes).is_err(), "`à` is one byte here");
    let mut expected = abbadia();
    expected.rows[0].line = 2;
    assert_eq!(read_bytes(&bytes), Ok(expected));
}

#[test]
fn a_zip_reads_as_the_table_in_it() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer
        .start_file("POSAS_2025_it_097_Lecco.csv", options)
        .unwrap();
    let text = file(&comune("097001", "Abbadia Lariana"));
    writer.write_all(text.as_bytes()).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    assert_eq!(read_bytes(&zip), Ok(abbadia()));
    let cut = text.replace(";999;", ";998;");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("Lecco.csv", options).unwrap();
    writer.write_all(cut.as_bytes()).unwrap();
    let fault = read_bytes(&writer.finish().unwrap().into_inner()).unwrap_err();
    assert_eq!(
        fault.place.unwrap().file,
        "Lecco.csv",
        "the line is one of the table"
    );
}

#[test]
fn only_the_columns_that_the_table_declares_are_given() {
    let text = file(&comune("097001", "Abbadia Lariana"));
    let output = import(&ImportInput {
        file: "POSAS.csv".to_owned(),
        table: "popolazione".to_owned(),
        columns: ["popolazione_0_5", "istat", "ambito"]
            .map(str::to_owned)
            .to_vec(),
        bytes: text.into_bytes(),
    });
    let output = output.unwrap();
    assert_eq!(output.columns, ["istat", "popolazione_0_5"]);
    assert_eq!(output.rows[0].cells, ["097001", "112"]);
}

#[test]
fn a_missing_age_and_a_missing_total_are_told() {
    let mut rows = comune("097001", "Abbadia Lariana");
    rows.remove(4);
    assert_eq!(told(&rows), "`Abbadia Lariana` (097001) lacks the ages 4");
    rows.pop();
    assert_eq!(
        told(&rows),
        "there are 2 faults: line 3, column `Età`: `Abbadia Lariana` (097001) lacks the ages 4; \
         line 3, column `Età`: `Abbadia Lariana` (097001) lacks the row of the total, age 999"
    );
}

#[test]
fn a_sum_that_is_not_the_total_is_told_in_each_column() {
    let mut rows = comune("097001", "Abbadia Lariana");
    rows[101] = rows[101].replace("1541;", "1542;").replace("3164", "3165");
    assert_eq!(
        told(&rows),
        "there are 2 faults: line 104, column `Totale maschi`: the ages of `Abbadia Lariana` make \
         1541, the total says 1542; line 104, column `Totale`: the ages of `Abbadia Lariana` make \
         3164, the total says 3165"
    );
}

#[test]
fn all_faults_are_told_at_once_without_their_consequences() {
    let mut rows = comune("097001", "Abbadia Lariana");
    // Line 3: all is not males and females. Line 4: no number. Line 5: an age of nobody. Line 6:
    // another name. Line 7: a row cut short. The last is the first row again.
    rows[0] = rows[0].replace(";20", ";21");
    rows[1] = rows[1].replace(";16", ";n.d.");
    rows[2] = rows[2].replace(";2;", ";101;");
    rows[3] = rows[3].replace("Abbadia Lariana", "Airuno");
    rows[4] = "\"097001\";\"Abbadia Lariana\";4".to_owned();
    rows.push("\"97001\";\"Abbadia Lariana\";0;7;7;13;13;20".to_owned());
    rows.push("\"0097001\";\"Abbadia Lariana\";0;7;7;13;13;20".to_owned());
    rows.push("\"97\";\"Lecco\";0;7;7;13;13;20".to_owned());
    rows.push("\"097001\";\"Abbadia".to_owned());
    let told = told(&rows);
    let parts: Vec<_> = told.split("; line ").collect();
    let expected = [
        "there are 9 faults: line 3, column `Totale`: males and females are 20, the total 21",
        "4, column `Totale`: `n.d.` is no number",
        "5, column `Età`: `101` is no age from 0 to 100, nor the 999 of the total",
        "6, column `Comune`: `Airuno` has the same code as `Abbadia Lariana` at line 3",
        "7: there are 3 cells and 8 columns",
        "105, column `Età`: `Abbadia Lariana` has the age 0 at line 3 already",
        "106, column `Codice comune`: `0097001` is no ISTAT code of six digits",
        "107, column `Codice comune`: `97` is no ISTAT code of six digits",
        "108: the quotes do not close",
    ];
    assert_eq!(parts, expected);
}

#[test]
fn a_file_that_is_no_posas_says_what_it_lacks() {
    let header = read_bytes(b"istat;comune\n097001;Abbadia\n").unwrap_err();
    assert!(
        header
            .message
            .starts_with("manca l'intestazione con `Codice comune`")
    );
    let short = read_bytes(b"Codice comune;Comune;Totale;Totale\n").unwrap_err();
    for part in ["`Età`: it is missing", "`Totale`: it stands twice"] {
        assert!(short.message_en.contains(part), "{}", short.message_en);
    }
    let empty = read_bytes(HEADER.as_bytes()).unwrap_err();
    assert_eq!(empty.message, "non c'è nessun Comune");
}
