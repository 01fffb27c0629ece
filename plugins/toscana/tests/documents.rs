//! The same programme as DOCX and as ODT gives the same rows as its text.

#![cfg(test)]

mod common;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use common::{import, pistoia, rows};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FILE: &str = "zona.docx";

/// Two points of a programme; the letter of the second times is misprinted.
const SHORT: &str = "\
Breve introduzione di inquadramento della situazione zonale
La  Zona & i suoi «Comuni».

1. integrazione tra i comuni componenti la zona
a. situazione attuale
Due righe,
la seconda\tcon uno spazio lungo.
e. tempi attesi di realizzazione nell’arco del triennio 2024-2026
1) Entro dicembre 2024
2. modalità di rapporto strutturate con le scuole
a. situazione attuale
Così è.
d. tempi attesi di realizzazione
Primavera 2025
";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('à', "&#224;").replace('\u{c}', "")
}

/// Makes a DOCX of WordprocessingML paragraphs, with a list of letters and one of numbers.
fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{format}'/>\
             <w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='7'>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='8'>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>\
         <w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>",
        level("lowerLetter", "%1."),
        level("decimal", "%1."),
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
    ])
}

/// A paragraph for each line; tabs as Word stores them.
fn docx_of(text: &str) -> Vec<u8> {
    let mut body = String::new();
    for line in text.lines() {
        let runs = escaped(line).replace('\t', "</w:t><w:tab/><w:t xml:space='preserve'>");
        let run = format!("<w:r><w:t xml:space='preserve'>{runs}</w:t></w:r>");
        write!(body, "<w:p>{run}</w:p>").unwrap();
    }
    docx(&body)
}

/// Makes an ODT of paragraphs, with a list of letters and one of numbers.
fn odt(body: &str) -> Vec<u8> {
    let style = |name: &str, format: &str| {
        format!(
            "<text:list-style style:name='{name}'><text:list-level-style-number text:level='1' \
             style:num-format='{format}' style:num-suffix='.'/></text:list-style>"
        )
    };
    let content = format!(
        "<office:document-content><office:automatic-styles>{}{}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>",
        style("lettere", "a"),
        style("numeri", "1"),
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

/// A paragraph for each line; spaces in a row and tabs as ODF stores them.
fn odt_of(text: &str) -> Vec<u8> {
    let mut body = String::new();
    for line in text.lines() {
        let mut stored = String::new();
        for character in line.chars() {
            match character {
                ' ' => stored.push_str("<text:s/>"),
                '\t' => stored.push_str("<text:tab/>"),
                other => stored.push_str(&escaped(&other.to_string())),
            }
        }
        write!(body, "<text:p text:style-name='P1'>{stored}</text:p>").unwrap();
    }
    odt(&body)
}

#[test]
fn a_short_programme_gives_the_rows_written_here() {
    let found = rows("programma", "zona.txt", SHORT.as_bytes());
    let by_hand = [
        ("introduzione", "", "La  Zona & i suoi «Comuni»."),
        ("1", "", ""),
        ("1.1", "a", "Due righe,\nla seconda\tcon uno spazio lungo."),
        ("1.5", "e", "1) Entro dicembre 2024"),
        ("2", "", ""),
        ("2.1", "a", "Così è."),
        ("2.5", "d", "Primavera 2025"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|row| (&*row[0], &*row[3], &*row[5]))
        .collect();
    assert_eq!(found, by_hand);
}

#[test]
fn a_document_gives_the_rows_of_its_text() {
    let real = pistoia().map(|bytes| String::from_utf8(bytes).unwrap());
    for text in [Some(SHORT.to_owned()), real].into_iter().flatten() {
        for importer in ["programma", "tempi"] {
            let expected = rows(importer, "zona.txt", text.as_bytes());
            assert_eq!(rows(importer, FILE, &docx_of(&text)), expected);
            assert_eq!(rows(importer, "zona.odt", &odt_of(&text)), expected);
        }
    }
}

/// Titles and letters that the word processor numbers by itself, revisions, breaks.
const REVISED: [(&str, &str, &str); 5] = [
    ("1", "1. integrazione tra i comuni", ""),
    ("1.1", "a. situazione attuale", "uno\ndue tre"),
    (
        "1.2",
        "b. criticità individuate/punti di debolezza",
        "nessuna",
    ),
    ("2", "2. modalità di rapporto strutturate con le scuole", ""),
    ("2.1", "a. situazione attuale", "fine"),
];

fn triples(file: &str, bytes: &[u8]) -> Vec<(String, String, String)> {
    let rows = rows("programma", file, bytes).into_iter();
    rows.map(|row| (row[0].clone(), row[4].clone(), row[5].clone()))
        .collect()
}

fn revised() -> Vec<(String, String, String)> {
    REVISED
        .map(|(row, heading, text)| (row.into(), heading.into(), text.into()))
        .to_vec()
}

#[test]
fn a_docx_is_read_as_it_is_printed_without_what_was_deleted() {
    let item = |list: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        // An entry of the table of contents is no title.
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>2. modalità di rapporto strutturate \
         con le scuole</w:t></w:r></w:p>",
        &item(2, "integrazione tra i comuni"),
        &item(1, "situazione attuale"),
        "<w:p><w:r><w:t>uno</w:t><w:br/><w:t xml:space='preserve'>due </w:t></w:r>\
         <w:del><w:r><w:delText>via</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>altrove</w:t></w:r></w:moveFrom>\
         <w:ins><w:r><w:t>tr</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>\
         <w:r><w:t>e</w:t></w:r></w:p>",
        &item(1, "criticità individuate/punti di debolezza"),
        // The mark of this paragraph is deleted: the next goes on.
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>nes</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>suna</w:t></w:r></w:p>",
        &item(2, "modalità di rapporto strutturate con le scuole"),
        &item(3, "situazione attuale"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>fine</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ];
    assert_eq!(triples(FILE, &docx(&body.concat())), revised());
}

#[test]
fn an_odt_is_read_as_it_is_printed_without_what_was_deleted() {
    let list = |style: &str, more: &str, items: &str| {
        format!("<text:list text:style-name='{style}'{more}>{items}</text:list>")
    };
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let on = " text:continue-numbering='true'";
    let body = [
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>2. modalità di rapporto \
         strutturate</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        &list("numeri", "", &item("integrazione tra i comuni")),
        &list("lettere", "", &item("situazione attuale")),
        "<text:p>uno<text:line-break/>due\n   <text:change text:change-id='c1'/>\
         <text:span>tr<office:annotation><text:p>nota</text:p></office:annotation>e</text:span>\
         <draw:frame><draw:image/><svg:title>Logo</svg:title><svg:desc>Un pegaso</svg:desc>\
         </draw:frame>\
         </text:p>",
        &list(
            "lettere",
            on,
            &item("criticità individuate/punti di debolezza"),
        ),
        "<text:p><text:title>nessuna</text:title></text:p>",
        &list(
            "numeri",
            on,
            &item("modalità di rapporto strutturate con le scuole"),
        ),
        &list("lettere", "", &item("situazione attuale")),
        "<table:table><table:table-cell><text:p>fine</text:p></table:table-cell></table:table>",
    ];
    assert_eq!(triples("zona.odt", &odt(&body.concat())), revised());
}

#[test]
fn what_is_no_programme_is_refused_with_a_code_that_says_why() {
    let code = |bytes: &[u8]| import("programma", FILE, bytes).unwrap_err().code;
    assert_eq!(code(b"un testo qualsiasi"), "no-point");
    assert_eq!(code(&docx_of("una lettera")), "no-point");
    assert_eq!(code(&archive(&[("a.txt", "a")])), "not-a-document");
    assert_eq!(code(b"PK\x03\x04rotto"), "unreadable-document");
    assert_eq!(code(&docx("<w:p>")), "unreadable-document");
    let mut cut = docx_of(SHORT);
    cut.truncate(cut.len() / 2);
    assert_eq!(code(&cut), "unreadable-document");
}

#[test]
fn a_small_file_that_grows_without_end_is_refused() {
    let code = |bytes: &[u8]| import("programma", FILE, bytes).unwrap_err().code;
    // Seventeen megabytes in a few kilobytes.
    let bomb = docx_of(&" ".repeat(17 << 20));
    assert!(bomb.len() < 100_000);
    assert_eq!(code(&bomb), "too-long");
    let deep = format!("{}{}", "<w:p>".repeat(50_000), "</w:p>".repeat(50_000));
    assert_eq!(code(&docx(&deep)), "unreadable-document");
    for spaces in [
        "<text:p><text:s text:c='4000000000'/></text:p>".repeat(50_000),
        format!(
            "<text:p>{}</text:p>",
            "<text:s text:c='999'/>".repeat(50_000)
        ),
    ] {
        let bomb = odt(&spaces);
        assert!(bomb.len() < 100_000);
        assert_eq!(code(&bomb), "too-long");
    }
}
