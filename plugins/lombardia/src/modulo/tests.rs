//! Forms as Google and Microsoft export them, with invented answers.

use super::*;

const GOOGLE: &str = "\"Informazioni cronologiche\",\"Indirizzo email\",\"Nome e cognome\",\"In qualità di (ruolo)\",\"Partecipa su delega?\",\"Ambito territoriale / CPT di riferimento\",\"Denominazione dell'Istituto comprensivo o ente, e codice meccanografico\",\"Comune della sede\",\"Parteciperà IN PRESENZA?\"\n";

fn line(email: &str, role: &str, delegate: &str, body: &str, presence: &str) -> String {
    format!(
        "\"2024/11/25 3:28:24 PM CET\",\"{email}\",\"Nome Segreto\",\"{role}\",\"{delegate}\",\"Ambito di Lecco\",\"{body}\",\"Lecco\",\"{presence}\"\n"
    )
}

fn import_all(text: &str) -> Result<ImportOutput, Box<Fault>> {
    import(&ImportInput {
        file: "risposte.csv".to_owned(),
        table: "partecipanti".to_owned(),
        columns: GIVEN.map(|(name, _)| name.to_owned()).to_vec(),
        bytes: text.as_bytes().to_vec(),
    })
}

#[test]
fn a_google_form_is_read_without_who_answered() {
    let mut text = GOOGLE.to_owned();
    text += &line(
        "a@x.it",
        "Dirigente scolastico",
        "No",
        "IC \"\"Rossi\"\", Lecco\nsede centrale",
        "Sì",
    );
    text += &line(
        "b@x.it",
        "Presidente coordinatore",
        "Sì",
        "",
        "No, a distanza",
    );
    let output = import_all(&text).unwrap();
    let columns = [
        "risposta", "inviato", "ambito", "comune", "ente", "ruolo", "delegato", "presenza",
    ];
    assert_eq!(output.columns, columns);
    let sent = "2024-11-25T15:28:24+01:00";
    let first = [
        "1",
        sent,
        "Ambito di Lecco",
        "Lecco",
        "IC \"Rossi\", Lecco sede centrale",
        "dirigente scolastico",
        "no",
        "sì",
    ];
    let second = [
        "2",
        sent,
        "Ambito di Lecco",
        "Lecco",
        "",
        "presidente coordinatore",
        "sì",
        "no",
    ];
    assert_eq!(output.rows[0].cells, first);
    assert_eq!(output.rows[1].cells, second);
    assert_eq!((output.rows[0].line, output.rows[1].line), (2, 4));
    let given = format!("{output:?}");
    assert!(
        !given.contains("Segreto") && !given.contains('@'),
        "{given}"
    );
}

#[test]
fn a_microsoft_form_tells_the_delegate_by_the_role() {
    let text = "ID;Ora di inizio;Ora di completamento;Posta elettronica;Nome;Qualifica;CPT;Scuola;Comune;Modalità di partecipazione (in presenza o a distanza)\n\
                7;25/11/2024 9:00:00;25/11/2024 9:12:30;anonymous;;Docente delegata dal Dirigente;Lecco;IC Uno;Lecco;In presenza\n\
                9;25/11/2024 9:05:00;25/11/2024 9:15;anonymous;;Insegnante;Lecco;IC Due;Lecco;Da remoto\n";
    let output = import_all(text).unwrap();
    let first = [
        "1",
        "2024-11-25T09:12:30",
        "Lecco",
        "Lecco",
        "IC Uno",
        "dirigente scolastico",
        "sì",
        "sì",
    ];
    let second = [
        "2",
        "2024-11-25T09:15:00",
        "Lecco",
        "Lecco",
        "IC Due",
        "docente",
        "",
        "no",
    ];
    assert_eq!(output.rows[0].cells, first);
    assert_eq!(output.rows[1].cells, second);
}

#[test]
fn what_is_not_understood_is_told_with_line_and_question() {
    let mut text = GOOGLE.to_owned();
    text += &line("a@x.it", "Genitore", "Forse", "IC Uno", "Sì");
    text += &line(
        "A@X.it",
        "Docente",
        "No",
        "scrivere a c@x.it",
        "In presenza o a distanza",
    );
    text += "\"ieri\",\"troppo corta\"\n";
    let fault = import_all(&text).unwrap_err();
    assert_eq!(fault.code, "unsound-form");
    let told = &fault.message_en;
    let parts: Vec<_> = told.split("; line ").collect();
    let expected = [
        "there are 6 faults: line 2, column `In qualità di (ruolo)`: the answer cannot be understood, or says two things",
        "2, column `Partecipa su delega?`: the answer cannot be understood, or says two things",
        "3: the same person answered at line 2 already: keep one of the two answers",
        "3, column `Denominazione dell'Istituto comprensivo o ente, e codice meccanografico`: an e-mail address stands here, which is not read: take it out",
        "3, column `Parteciperà IN PRESENZA?`: the answer cannot be understood, or says two things",
        "4: there are 2 cells and 9 columns",
    ];
    assert_eq!(parts, expected);
    let whole = format!("{fault:?}");
    assert!(
        !whole.contains("x.it") && !whole.contains("Segreto"),
        "{whole}"
    );
}

#[test]
fn a_question_that_is_missing_or_put_twice_is_told() {
    let text = "Informazioni cronologiche,Ruolo,Presenza il 12 dicembre,Presenza il 16 gennaio\n";
    let fault = import_all(text).unwrap_err();
    for part in [
        "column `ambito`: no question asks for it",
        "column `presenza`: both `Presenza il 12 dicembre` and `Presenza il 16 gennaio`",
    ] {
        assert!(fault.message_en.contains(part), "{}", fault.message_en);
    }
    assert_eq!(import_all("").unwrap_err().message, "il file è vuoto");
}

#[test]
fn an_answer_never_stands_in_a_message() {
    let secret = "Maria Rossi CF RSSMRA80A01H501U";
    let header = "\"Informazioni\ncronologiche\",Nome e cognome,Ambito,Comune,Scuola,Ruolo,Delega,\"Presenza, o\ndistanza\"";
    let good = format!("{header}\n22/11/24 9:05,{secret},A1,Lecco,IC,docente,no,sì");
    let output = import_all(&good).unwrap();
    let cells = [
        "1",
        "2024-11-22T09:05:00",
        "A1",
        "Lecco",
        "IC",
        "docente",
        "no",
        "sì",
    ];
    assert_eq!(output.rows[0].cells, cells);

    let row = format!("{secret},{secret},A1,Lecco,IC,{secret},{secret},{secret}");
    for (text, faults) in [
        (format!("{header}\n{row}"), "there are 4 faults"),
        (
            format!("Risposte\n{header}\n{row}"),
            "no question asks for it",
        ),
        (format!("\"Ambito\n{secret}"), "the quotes do not close"),
        (
            format!("22/11/2024 9:05,Ambito di {secret}"),
            "an answer stands here, and not the header",
        ),
    ] {
        let fault = import_all(&text).unwrap_err();
        assert!(fault.message_en.contains(faults), "{}", fault.message_en);
        assert!(!format!("{fault:?}").contains("Rossi"), "{fault:?}");
        assert!(!format!("{fault:?}").contains("rssmra"), "{fault:?}");
    }
}

#[test]
fn a_name_under_a_header_that_may_ask_for_a_person_does_not_leave() {
    for header in [
        "Nome dell'insegnante della scuola",
        "Referente dell'Istituto",
        "Tel. della scuola",
    ] {
        let input = ImportInput {
            file: "risposte.csv".to_owned(),
            table: "partecipanti".to_owned(),
            columns: vec!["ente".to_owned()],
            bytes: format!("{header},Ruolo\nMaria Rossi,docente\n").into_bytes(),
        };
        let fault = import(&input).unwrap_err();
        assert_eq!(fault.message, "nessuna domanda lo chiede", "{header}");
    }
}

#[test]
fn a_workbook_is_told_to_be_saved_as_csv() {
    let fault = import_all("PK\u{3}\u{4}").unwrap_err();
    assert_eq!(fault.code, "workbook");
    assert_eq!(fault.help, "aprirlo e salvarlo come CSV");
}

#[test]
fn what_the_table_does_not_declare_is_neither_asked_nor_given() {
    let input = ImportInput {
        file: "risposte.csv".to_owned(),
        table: "partecipanti".to_owned(),
        columns: vec!["ruolo".to_owned()],
        bytes: b"Ruolo,Comune\nDocente,Lecco\n".to_vec(),
    };
    let output = import(&input).unwrap();
    assert_eq!(
        (output.columns, output.rows.len()),
        (vec!["ruolo".to_owned()], 1)
    );
    assert_eq!(output.rows[0].cells, ["docente"]);
}
