//! SERVIZI 03 sheets as workbooks, by hand.

#![cfg(test)]

mod common;

use std::io::{Cursor, Write};

use common::{filled, import};
use riparto_plugin::{Fault, ImportOutput};
use riparto_plugin_testkit::generate::Numbers;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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

/// A number that the workbook shows as a day.
fn styled(serial: &str) -> String {
    format!(r#" s="1"><v>{serial}</v></c>"#)
}

/// A number that the workbook shows with six digits.
fn six_digits(number: &str) -> String {
    format!(r#" s="2"><v>{number}</v></c>"#)
}

/// A formula, with what the workbook holds after it.
fn formula(rest: &str) -> String {
    format!("><f>SUM(1,2)</f>{rest}</c>")
}

/// A service, with more cells after those that it must have.
fn service(code: &str, more: &[String]) -> Vec<String> {
    let needed = [code, "n", "001272", "nido", "no"].map(text);
    [&needed, more].concat()
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

/// A sheet of a workbook: its name, its state, its rows, what stands after them.
struct Page<'p> {
    name: &'p str,
    state: &'p str,
    rows: &'p [String],
    after: &'p str,
}

/// Gives a visible sheet.
fn page<'p>(name: &'p str, rows: &'p [String]) -> Page<'p> {
    Page {
        name,
        state: "visible",
        rows,
        after: "",
    }
}

/// Gives a workbook with a cover and a sheet of services.
fn workbook(rows: &[String], after: &str, properties: &str) -> Vec<u8> {
    let cover = [row(1, &[text("Istruzioni")])];
    let services = Page {
        after,
        ..page("Servizi 03", rows)
    };
    book(&[page("Leggimi", &cover), services], properties)
}

fn book(pages: &[Page<'_>], properties: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let mut related = relation("styles", "styles", "styles.xml");
    let (mut sheets, mut parts) = (String::new(), Vec::new());
    for (number, page) in (1..).zip(pages) {
        let Page {
            name,
            state,
            rows,
            after,
        } = page;
        sheets += &format!(
            r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>"#
        );
        let file = format!("worksheets/sheet{number}.xml");
        related += &relation(&format!("r{number}"), "worksheet", &file);
        let rows = rows.concat();
        let sheet = format!(
            r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>"#
        );
        parts.push((format!("xl/{file}"), sheet));
    }
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let document = relation("r1", "officeDocument", "xl/workbook.xml");
    let named = [
        (
            "[Content_Types].xml",
            format!(r#"<Types xmlns="{types}"/>"#),
        ),
        (
            "_rels/.rels",
            format!(r#"<Relationships xmlns="{package}">{document}</Relationships>"#),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/><sheets>{sheets}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{package}">{related}</Relationships>"#),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
            ),
        ),
    ];
    let named = named.map(|(name, part)| (name.to_owned(), part));
    let all = named.into_iter().chain(parts);
    let all: Vec<_> = all.map(|(name, part)| (name, part.into_bytes())).collect();
    let parts: Vec<_> = all
        .iter()
        .map(|(name, part)| (&**name, part.clone()))
        .collect();
    zipped(&parts)
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

/// What becomes of a cell in a column of days.
fn day(cell: String, properties: &str) -> String {
    let more = [value("1"), text("01735420018"), cell];
    let sheet = workbook(&[header(1), row(2, &service("s", &more))], "", properties);
    filled(&xlsx(&sheet).unwrap(), 0)[7].1.to_owned()
}

#[test]
fn a_day_is_told_by_the_workbook_s_own_epoch() {
    // 1 September 2025 is day 45901 from 1900 and day 44439 from 1904.
    assert_eq!(day(styled("45901"), ""), "2025-09-01");
    assert_eq!(day(styled("44439"), r#"date1904="1""#), "2025-09-01");
    assert_eq!(day(styled("45901.5"), ""), "2025-09-01 12:00:00");
    assert_eq!(day(text("1/9/2025"), ""), "2025-09-01");
    assert_eq!(
        day(r#" t="d"><v>2025-09-01T00:00:00</v></c>"#.to_owned(), ""),
        "2025-09-01"
    );
}

#[test]
fn a_number_is_a_day_only_where_the_workbook_shows_a_plausible_one() {
    for number in ["20100901", "2010", "45901", "0", "0.5"] {
        assert_eq!(day(value(number), ""), number, "shown as a number");
    }
    // The day 18264 is 1 January 1950, the day 73415 the last of 2100.
    assert_eq!(day(styled("18264"), ""), "1950-01-01");
    assert_eq!(day(styled("73415"), ""), "2100-12-31");
    for number in ["20100901", "2010", "0", "0.5", "18263", "73416"] {
        assert_eq!(day(styled(number), ""), number, "no day of a service");
    }
}

#[test]
fn a_number_that_is_shown_as_a_day_is_one_in_the_other_columns_too() {
    let rows = [header(1), row(2, &service("s", &[styled("30")]))];
    let sheet = xlsx(&workbook(&rows, "", "")).unwrap();
    assert_eq!(
        filled(&sheet, 0)[4],
        ("posti", "1900-01-30"),
        "the host refuses it"
    );
}

#[test]
fn zeros_that_a_format_shows_are_part_of_a_code() {
    let codes = [
        six_digits("123"),
        six_digits("1234567"),
        six_digits("-5"),
        value("123"),
    ];
    let rows = (2..).zip(codes).map(|(number, code)| {
        let mut cells = service("", &[]);
        cells[0] = code;
        row(number, &cells)
    });
    let rows: Vec<String> = [header(1)].into_iter().chain(rows).collect();
    let sheet = xlsx(&workbook(&rows, "", "")).unwrap();
    let codes: Vec<&str> = sheet.rows.iter().map(|row| &*row.cells[0]).collect();
    assert_eq!(codes, ["000123", "1234567", "-5", "123"]);
}

#[test]
fn formulas_without_a_value_are_refused_all_at_once() {
    let with = |rest: &str| row(2, &service("s", &[formula(rest)]));
    let read = |rows: &[String]| xlsx(&workbook(rows, "", ""));
    let sheet = read(&[header(1), with("<v>3</v>")]).unwrap();
    assert_eq!(filled(&sheet, 0)[4], ("posti", "3"));
    let title = row(1, &[formula("")]);
    assert!(
        read(&[title, header(2)]).is_ok(),
        "no service depends on it"
    );
    let shared = r#"><f t="shared" si="0"/></c>"#.to_owned();
    let more = service("t", &[shared, formula("<v/>")]);
    let fault = read(&[header(1), with(""), row(3, &more)]).unwrap_err();
    assert_eq!(fault.code, "uncomputed-formula");
    assert!(
        fault.message.ends_with("`F2`, `F3`, `G3`"),
        "{}",
        fault.message
    );
    assert_eq!(fault.place.unwrap().line, 2);
}

/// The code of the one service that is read from sheets of those names and states; each has a
/// service with the name of the sheet.
fn chosen(sheets: &[(&str, &str)]) -> Result<String, Box<Fault>> {
    let rows = |name: &str| [header(1), row(2, &service(name, &[]))];
    let rows: Vec<[String; 2]> = sheets.iter().map(|(name, _)| rows(name)).collect();
    let pages = sheets.iter().zip(&rows).map(|((name, state), rows)| Page {
        state,
        ..page(name, rows)
    });
    let sheet = xlsx(&book(&pages.collect::<Vec<_>>(), ""))?;
    Ok(sheet.rows[0].cells[0].clone())
}

#[test]
fn the_sheet_is_the_visible_one_with_its_name() {
    let (seen, hidden, very) = ("visible", "hidden", "veryHidden");
    for sheets in [
        &[("SERVIZI 03 (vecchia)", very), ("Servizi  03", seen)][..],
        &[("SERVIZI 03", hidden), ("Servizi03 nuova", seen)],
        &[("Istruzioni SERVIZI 03", seen), ("servizi 03", seen)],
        &[("SERVIZI 03 Alba", seen), ("SERVIZI 03", seen)],
        &[("Leggimi", seen), ("La scheda Servizi 03", seen)],
        &[("Elenchi", hidden), ("Foglio1", seen)],
    ] {
        assert_eq!(chosen(sheets).unwrap(), sheets[1].0);
    }
}

#[test]
fn sheets_among_which_one_cannot_choose_are_named() {
    let (seen, hidden) = ("visible", "hidden");
    for (sheets, named) in [
        (
            &[
                ("SERVIZI 03 Alba", seen),
                ("Altro", seen),
                ("SERVIZI 03 Bra", seen),
            ][..],
            "`SERVIZI 03 Alba`, `SERVIZI 03 Bra`",
        ),
        (
            &[
                ("Servizi 03", seen),
                ("SERVIZI-03", seen),
                ("Servizi 03 bis", seen),
            ],
            "`Servizi 03`, `SERVIZI-03`",
        ),
        (
            &[("2025", seen), ("SERVIZI 03", hidden), ("2026", seen)],
            "`2025`, `2026`",
        ),
    ] {
        let fault = chosen(sheets).unwrap_err();
        assert_eq!(fault.code, "ambiguous-sheet");
        assert!(fault.message.ends_with(named), "{}", fault.message);
    }
    let none = chosen(&[("SERVIZI 03", hidden)]).unwrap_err();
    assert_eq!(none.code, "hidden-sheets");
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
    assert!((10..190).contains(&read), "{read} of 200 were read");
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
