//! SERVIZI 03 sheets, by hand: as CSV and as workbooks.

#![cfg(test)]

mod common;

use std::io::{Cursor, Write};

use common::import;
use riparto_plugin::{Fault, ImportOutput};
use riparto_plugin_testkit::generate::Numbers;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = "servizio;nome;comune;tipo;aggiunto";

/// The cells of a row by the names of their columns; those that are empty are left out.
fn filled(sheet: &ImportOutput, row: usize) -> Vec<(&str, &str)> {
    let names = sheet.columns.iter().map(String::as_str);
    let cells = sheet.rows[row].cells.iter().map(String::as_str);
    names
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .collect()
}

fn csv(text: &str) -> Result<ImportOutput, Box<Fault>> {
    import("servizi03", "servizi.csv", text.as_bytes())
}

#[test]
fn labels_of_the_form_are_known_whatever_their_capitals_accents_and_spaces() {
    let text = "\u{feff}SCHEDA SERVIZI 03;;\r\n\
        ;;\r\n\
        CODICE DEL SERVIZIO;nome  del servizio;Comune in cui ha sede;TIPO DI SERVIZIO;\
        Posti autorizzati;Codice fiscale del titolare;\
        Aggiunto dal Comune con la funzione \"\"AGGIUNGI SERVIZIO\"\";Autorizzato al funzionamento;\
        Data di autorizzazione;ATTIVO DAL;\
        dati uguali a quelli del provvedimento di autorizzazione piu\u{300} recente;\
        Dichiarazione del Comune;chiuso con formale provvedimento di cessazione;\
        \"MOTIVAZIONI\ndel mancato raggiungimento\";\
        MEDIA DEI FREQUENTANTI COMPRESI TRA IL 3 MARZO 2025 E IL 27 FEBBRAIO 2026.\r\n\
        s1;\" Nido \"\"il Sole\"\"; Asti \";005005;MICRONIDO;24;01735420018;no;Sì;1/9/2010;01/09/2010;\
        sì;Non  Raggiunto;;\"prima riga\nseconda\";23,5\r\n\
        ;;;;;;;;;;;;;;\r\n\
        s2;Due;005080;nido;;;sì;;;;;;;;\r\n";
    let sheet = csv(text).unwrap();
    let first = [
        ("servizio", "s1"),
        ("nome", "Nido \"il Sole\"; Asti"),
        ("comune", "005005"),
        ("tipo", "micronido"),
        ("posti", "24"),
        ("titolare", "01735420018"),
        ("aggiunto", "no"),
        ("autorizzato", "Sì"),
        ("autorizzato_dal", "2010-09-01"),
        ("attivo_dal", "2010-09-01"),
        ("dati_conformi", "sì"),
        ("dichiarazione", "non raggiunto"),
        ("motivazione", "prima riga\nseconda"),
        ("media_dichiarata", "23.5"),
    ];
    assert_eq!(filled(&sheet, 0), first);
    let second = [
        ("servizio", "s2"),
        ("nome", "Due"),
        ("comune", "005080"),
        ("tipo", "nido"),
        ("aggiunto", "sì"),
    ];
    assert_eq!(filled(&sheet, 1), second);
    let lines: Vec<u32> = sheet.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [5, 8], "the lines on which they start");
}

#[test]
fn a_comma_separates_where_it_makes_sense_of_the_header() {
    let text = "servizio,nome,comune,tipo,aggiunto,media_dichiarata\ns1,\"Uno; due, tre\",005005,nido,no,\"23,5\"\n";
    let sheet = csv(text).unwrap();
    assert_eq!(filled(&sheet, 0)[1], ("nome", "Uno; due, tre"));
    assert_eq!(filled(&sheet, 0)[5], ("media_dichiarata", "23.5"));
}

#[test]
fn windows_1252_is_read_where_utf_8_is_not() {
    let mut bytes = format!("{NAMES}\n").into_bytes();
    bytes.extend(b"s1;L\x92et\xe0 d\x92oro \x80;005005;nido;s\xec\n");
    let sheet = import("servizi03", "servizi.csv", &bytes).unwrap();
    assert_eq!(filled(&sheet, 0)[1], ("nome", "L’età d’oro €"));
    assert_eq!(filled(&sheet, 0)[4], ("aggiunto", "sì"));
}

#[test]
fn what_is_wrong_with_a_cell_is_left_for_the_host_to_say() {
    let text = "servizio;nome;comune;tipo;aggiunto;attivo_dal;media_dichiarata\n\
        s1;Uno;5005;asilo;forse;32/13/2025;1.234,5\n";
    let sheet = csv(text).unwrap();
    let cells: Vec<&str> = filled(&sheet, 0).iter().map(|(_, cell)| *cell).collect();
    assert_eq!(
        cells,
        [
            "s1",
            "Uno",
            "5005",
            "asilo",
            "forse",
            "2025-13-32",
            "1.234,5"
        ]
    );
}

#[test]
fn unknown_repeated_and_missing_headers_are_told_at_once() {
    let text =
        "titolo\nservizio;nome;Nome del servizio;telefono;e-mail;\ns1;Uno;Uno;011;a@b;oltre\n";
    let fault = csv(text).unwrap_err();
    assert_eq!(fault.code, "wrong-header");
    assert_eq!(
        fault.message,
        "intestazioni sconosciute: `telefono`, `e-mail`, `(6)`; \
         intestazioni ripetute: `Nome del servizio`; \
         colonne mancanti: `comune`, `tipo`, `aggiunto`"
    );
    let place = fault.place.unwrap();
    assert_eq!((&*place.file, place.line), ("servizi.csv", 2));
}

#[test]
fn a_file_that_is_no_sheet_is_refused() {
    let code = |bytes: &[u8]| import("servizi03", "x", bytes).unwrap_err().code;
    assert_eq!(code(b""), "no-header");
    assert_eq!(code(b"a;b\n1;2\n"), "no-header");
    assert_eq!(
        code(format!("{NAMES}\ns1;\"mai chiuso").as_bytes()),
        "open-quote"
    );
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old-workbook");
    assert_eq!(code(b"PK\x03\x04 and no more"), "unreadable-workbook");
    assert_eq!(code(";".repeat(100).as_bytes()), "too-large");
    assert_eq!(code("\n".repeat(20_001).as_bytes()), "too-large");
    assert_eq!(code(&vec![b'a'; (16 << 20) + 1]), "too-large");
}

#[test]
fn a_header_without_rows_gives_no_service() {
    let sheet = csv(NAMES).unwrap();
    assert_eq!(sheet.columns.len(), 15);
    assert_eq!(sheet.rows, []);
}

// Workbooks

const HEADER: [&str; 9] = [
    "servizio",
    "nome",
    "comune",
    "tipo",
    "aggiunto",
    "posti",
    "titolare",
    "attivo_dal",
    "media_dichiarata",
];

/// A cell of the sheet as XML, without its place.
fn text(text: &str) -> String {
    format!(r#" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn value(value: &str) -> String {
    format!("><v>{value}</v></c>")
}

/// A serial that the workbook shows as a day.
fn styled(serial: &str) -> String {
    format!(r#" s="1"><v>{serial}</v></c>"#)
}

fn row(number: usize, cells: &[String]) -> String {
    let cells = ('A'..)
        .zip(cells)
        .map(|(column, cell)| format!(r#"<c r="{column}{number}"{cell}"#));
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

fn header(number: usize) -> String {
    row(number, &HEADER.map(text))
}

fn workbook(rows: &[String], after: &str, properties: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let sheet = |rows: &str, after: &str| {
        format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>"#)
    };
    let cover = sheet(&row(1, &[text("Istruzioni")]), "");
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}">{}</Relationships>"#,
                relation("r1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/><sheets><sheet name="Leggimi" sheetId="1" r:id="r1"/><sheet name="Servizi 03" sheetId="2" r:id="r2"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}">{}{}{}</Relationships>"#,
                relation("r1", "worksheet", "worksheets/sheet1.xml"),
                relation("r2", "worksheet", "worksheets/sheet2.xml"),
                relation("r3", "styles", "styles.xml")
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", cover),
        ("xl/worksheets/sheet2.xml", sheet(&rows.concat(), after)),
    ];
    zipped(&parts.map(|(name, part)| (name, part.into_bytes())))
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn xlsx(bytes: &[u8]) -> Result<ImportOutput, Box<Fault>> {
    import("servizi03", "servizi.xlsx", bytes)
}

#[test]
fn numbers_of_a_workbook_keep_their_digits_and_codes_their_zeros() {
    let service = [
        value("7"),
        text(" Nido &amp; co. "),
        value("1272"),
        text("Sezione Primavera"),
        r#" t="b"><v>1</v></c>"#.to_owned(),
        value("30"),
        value("1735420018"),
        styled("45901"),
        value("23.1"),
    ];
    let sheet = xlsx(&workbook(&[header(3), row(4, &service)], "", "")).unwrap();
    let expected = [
        ("servizio", "7"),
        ("nome", "Nido & co."),
        ("comune", "001272"),
        ("tipo", "sezione primavera"),
        ("posti", "30"),
        ("titolare", "01735420018"),
        ("aggiunto", "sì"),
        ("attivo_dal", "2025-09-01"),
        ("media_dichiarata", "23.1"),
    ];
    assert_eq!(filled(&sheet, 0), expected);
    assert_eq!(sheet.rows[0].line, 4);
}

#[test]
fn a_day_is_told_by_the_workbook_s_own_epoch() {
    let at = |day: String, properties: &str| {
        let mut service = vec![
            text("s"),
            text("n"),
            text("001272"),
            text("nido"),
            text("no"),
        ];
        service.extend([value("1"), text("01735420018"), day]);
        let sheet = xlsx(&workbook(&[header(1), row(2, &service)], "", properties)).unwrap();
        filled(&sheet, 0)[7].1.to_owned()
    };
    // 1 September 2025 is day 45901 from 1900 and day 44439 from 1904.
    assert_eq!(
        at(value("45901"), ""),
        "2025-09-01",
        "a number that no format shows as a day"
    );
    assert_eq!(at(value("44439"), r#"date1904="1""#), "2025-09-01");
    assert_eq!(at(styled("44439"), r#"date1904="1""#), "2025-09-01");
    assert_eq!(at(styled("45901.5"), ""), "2025-09-01 12:00:00");
    assert_eq!(at(text("1/9/2025"), ""), "2025-09-01");
    assert_eq!(
        at(r#" t="d"><v>2025-09-01T00:00:00</v></c>"#.to_owned(), ""),
        "2025-09-01"
    );
}

#[test]
fn a_cell_merged_downwards_stands_on_each_row_and_empty_rows_on_none() {
    let service =
        |name: &str, comune: String| [text(name), text("n"), comune, text("nido"), text("no")];
    let nothing = || "/>".to_owned();
    let rows = [
        row(1, &[text("Comune di Torino")]),
        header(2),
        row(3, &service("s1", text("001272"))),
        row(4, &service("s2", nothing())),
        row(5, &[nothing(), text(" ")]),
        row(7, &service("s3", nothing())),
        row(8, &service("s4", nothing())),
    ];
    let merged =
        r#"<mergeCells count="2"><mergeCell ref="A1:I1"/><mergeCell ref="C3:C7"/></mergeCells>"#;
    let sheet = xlsx(&workbook(&rows, merged, "")).unwrap();
    let services: Vec<_> = sheet
        .rows
        .iter()
        .map(|row| (row.line, &*row.cells[0], &*row.cells[2]))
        .collect();
    let expected = [
        (3, "s1", "001272"),
        (4, "s2", "001272"),
        (7, "s3", "001272"),
        (8, "s4", ""),
    ];
    assert_eq!(services, expected);
}

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let zeros = vec![b' '; 49 << 20];
    let bomb = zipped(&[("xl/worksheets/sheet1.xml", zeros)]);
    assert!(bomb.len() < 1 << 20, "it is small before it is opened");
    assert_eq!(xlsx(&bomb).unwrap_err().code, "too-large");
}

#[test]
fn a_workbook_that_promises_texts_without_end_is_refused() {
    let promise = |count: &str| {
        let sst = format!(r#"<sst uniqueCount = "{count}"></sst>"#);
        xlsx(&zipped(&[("xl/sharedStrings.xml", sst.into_bytes())]))
            .unwrap_err()
            .code
    };
    assert_eq!(promise("1000000000000"), "too-large");
    assert_eq!(promise("99999999999999999999999999"), "too-large");
    assert_eq!(promise(&format!("{}9999999", "0".repeat(99))), "too-large");
    assert_eq!(promise("1000"), "unreadable-workbook", "it has no sheet");
    let wide = "<sst uniqueCount='9000000'/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes);
    let wide = zipped(&[("xl/sharedStrings.xml", wide.collect())]);
    assert_eq!(xlsx(&wide).unwrap_err().code, "too-large");
}

#[test]
fn spoiled_bytes_give_rows_or_a_fault_and_never_a_panic() {
    let mut numbers = Numbers::from_seed(3);
    let rows = [
        header(1),
        row(2, &[text("s1"), value("1"), styled("45901")]),
    ];
    let whole = workbook(
        &rows,
        r#"<mergeCells><mergeCell ref="A2:A3"/></mergeCells>"#,
        "",
    );
    let mut read = 0;
    for _ in 0..200 {
        let mut bytes = whole.clone();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len() as u64) as usize;
            bytes[at] = numbers.bytes(1)[0];
        }
        read += usize::from(xlsx(&bytes).is_ok());
    }
    assert!((20..180).contains(&read), "{read} of 200 were read");
    for _ in 0..200 {
        // Spoiled before they are packed, the parts keep their checksums.
        let mut spoiled = rows.concat().into_bytes();
        let at = numbers.below(spoiled.len() as u64) as usize;
        spoiled[at] = b"<>\"/ A9&"[numbers.below(8) as usize];
        let spoiled = String::from_utf8(spoiled).unwrap();
        if let Ok(sheet) = xlsx(&workbook(&[spoiled], "", "")) {
            assert_eq!(sheet.columns.len(), 15);
        }
    }
}

#[test]
fn a_text_repeated_without_end_is_refused() {
    let long = text(&"a".repeat(100_000));
    let rows: Vec<String> = (2..2_000).map(|number| row(number, &[text("s")])).collect();
    let mut all = vec![header(1), row(2, &[long])];
    all.extend(rows.into_iter().skip(1));
    let merged = r#"<mergeCells><mergeCell ref="A2:A1999"/></mergeCells>"#;
    assert_eq!(
        xlsx(&workbook(&all, merged, "")).unwrap_err().code,
        "too-large"
    );
}

#[test]
fn a_sheet_is_bounded_wherever_its_cells_stand() {
    let far = |place: &str| {
        let cell = format!(r#"<row r="2"><c r="{place}"><v>1</v></c></row>"#);
        xlsx(&workbook(&[header(1), cell], "", ""))
    };
    assert_eq!(far("XFD2").unwrap_err().code, "too-large");
    assert!(far("A1048576").is_ok(), "a row far down takes no room");
    assert_eq!(far("ZZZZZZZZZZ2").unwrap_err().code, "unreadable-workbook");
}
