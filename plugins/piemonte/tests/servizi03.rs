//! SERVIZI 03 sheets as CSV, by hand.

#![cfg(test)]

mod common;

use common::{filled, import};
use riparto_plugin::{Fault, ImportOutput};

const NAMES: &str = "servizio;nome;comune;tipo;aggiunto";

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
    let old = import("servizi03", "x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err();
    assert_eq!(old.code, "old-workbook");
    assert!(
        old.message.contains("una password, o del vecchio"),
        "{}",
        old.message
    );
    assert_eq!(code(b"PK\x03\x04 and no more"), "unreadable-workbook");
    assert_eq!(code(";".repeat(100).as_bytes()), "too-large");
    assert_eq!(code("\n".repeat(20_001).as_bytes()), "too-large");
    assert_eq!(code(&vec![b'a'; (16 << 20) + 1]), "too-large");
}

#[test]
fn quotes_that_would_be_lost_are_refused() {
    for separator in [';', ','] {
        let row = |name: &str| format!("{NAMES}\ns1;Uno;005005;nido;no\ns2;{name};005005;nido;no");
        let read = |name: &str| csv(&row(name).replace(';', &separator.to_string()));
        let fault = read("\"Nido\" bello").unwrap_err();
        assert_eq!(fault.code, "text-after-quotes");
        assert_eq!(fault.place.unwrap().line, 3);
        for (name, kept) in [
            ("Nido \"Il sole\"", "Nido \"Il sole\""),
            ("\"\"\"Nido\"\" bello\" ", "\"Nido\" bello"),
            ("\"\"", ""),
        ] {
            assert_eq!(read(name).unwrap().rows[1].cells[1], kept);
        }
    }
}

#[test]
fn what_is_not_in_a_known_alphabet_is_no_text() {
    let text = format!("{NAMES}\ns1;Uno;005005;nido;no\n");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe", &wide[..]].concat();
    for bytes in [wide, marked, vec![0; 100]] {
        let fault = import("servizi03", "servizi.csv", &bytes).unwrap_err();
        assert_eq!(fault.code, "not-text");
    }
}

#[test]
fn a_header_without_rows_gives_no_service() {
    let sheet = csv(NAMES).unwrap();
    assert_eq!(sheet.columns.len(), 15);
    assert_eq!(sheet.rows, []);
}
