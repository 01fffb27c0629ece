//! What a life reads and opens beyond the rows that live: its events, the tables that lead to it.

use super::tests::LIFE;
use crate::diag::Code;
use crate::outcome::SheetOutcome;
use crate::testing::Files;

/// Users, the services of a Comune, the register of a service; a loose table that leads nowhere.
const AROUND: &str = r#"
[table.utenti]
label = "Utenti"
key = "utente"
title = "utente"
[table.utenti.column.utente]
type = "text"
label = "Utente"
[table.utenti.column.di]
type = "istat"
label = "Comune dell'utente"
[table.utenti.column.abilitato]
type = "bool"
label = "Abilitato"
required = false

[table.servizi]
label = "Servizi"
label_en = "Services"
key = "id"
title = "id"
[table.servizi.column.id]
type = "text"
label = "Codice"
[table.servizi.column.comune]
type = "istat"
label = "Comune"
references = "comuni"
[table.servizi.column.media]
type = "integer"
label = "Media"
[table.servizi.column.motivo]
type = "text"
label = "Motivo"

[table.presenze]
label = "Presenze"
key = "riga"
title = "riga"
[table.presenze.column.riga]
type = "text"
label = "Riga"
[table.presenze.column.servizio]
type = "text"
label = "Servizio"
references = "servizi"
[table.presenze.column.giorni]
type = "integer"
label = "Giorni"
"#;

const EDITS: &str = r#"edits = ["bambini", "servizi.media", "servizi.motivo", "presenze.giorni"]"#;

fn pack(edits: &str) -> Files {
    let user = "[table.eventi.column.utente]\ntype = \"text\"\nlabel = \"Utente\"\nreferences = \"utenti\"\nrequired = false\n\n[life.scheda]";
    let asks = "window = \"invio\"\nevent_requires = [{ that = \"utente.abilitato && utente.di == sheet\", fails = \"l'utente non è abilitato\", act = \"a art. 9\" }]";
    let life = LIFE
        .replace("[life.scheda]", user)
        .replace(
            "events = \"eventi\"",
            &format!("events = \"eventi\"\n{edits}"),
        )
        .replace("window = \"invio\"", asks);
    Files::measure(&format!("{life}{AROUND}"))
}

/// What became of Alba, whose sheet the user sends; Alba is filled in.
fn sent_by(user: &str) -> SheetOutcome {
    let comuni = "istat,catastale,nome,bambini,spesa,tasso,montano,dal\n001001,A001,Alba,3,,,sì,\n";
    let utenti = "utente,di,abilitato\nsuo,001001,sì\nin_dubbio,001001,\naltrove,001002,sì\naltrove_in_dubbio,001002,\nfuori,001001,no\n";
    let events = format!(
        "n,sheet,at,role,transition,reason,utente\n1,001001,2026-05-05 10:00,comune,invia,,{user}\n"
    );
    let (run, faults) = pack(EDITS).run(&[
        ("comuni", comuni),
        ("utenti", utenti),
        ("eventi", &events),
        ("servizi", "id,comune,media,motivo\n"),
        ("presenze", "riga,servizio,giorni\n"),
    ]);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    run.outcome.states[0].rows[0].clone()
}

#[test]
fn an_event_is_judged_on_its_own_row_and_what_that_refers_to() {
    for (user, state, told) in [
        ("suo", "inviata", None),
        ("fuori", "bozza", Some("l'utente non è abilitato")),
        ("altrove", "bozza", Some("l'utente non è abilitato")),
        (
            "altrove_in_dubbio",
            "bozza",
            Some("l'utente non è abilitato"),
        ),
        ("in_dubbio", "bozza", Some("manca `abilitato` alla riga 3")),
        ("", "bozza", Some("manca `utente` alla riga 2")),
    ] {
        let sheet = sent_by(user);
        assert_eq!(sheet.state, state, "{user}");
        let refusals = &sheet.history[0].refusals;
        match told {
            None => assert!(refusals.is_empty(), "{user}: {refusals:?}"),
            Some(told) => {
                assert_eq!(refusals.len(), 1, "{user}: {refusals:?}");
                assert!(refusals[0].text.it.contains(told), "{refusals:?}");
                assert_eq!(refusals[0].act.as_deref(), Some("Atto, art. 9"));
            }
        }
    }
}

#[test]
fn an_editable_state_opens_what_the_life_lists_and_a_closed_one_nothing() {
    let draft = sent_by("fuori");
    let names: Vec<&str> = draft.editable.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "bambini",
            "servizi.media",
            "servizi.motivo",
            "presenze.giorni"
        ]
    );
    let words = |texts: Vec<crate::diag::Text>| {
        let texts = texts.into_iter().map(|text| text.en);
        texts.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(
        words(draft.editable_words()),
        "Bambini; Services (Media, Motivo); Presenze (Giorni)"
    );
    assert_eq!(
        words(draft.editable_briefly()),
        "Bambini; Services; Presenze"
    );
    assert!(sent_by("suo").editable.is_empty());
}

#[test]
fn what_can_be_changed_is_a_column_of_the_row_or_of_a_table_that_leads_to_it() {
    for (edits, expected) in [
        ("bambino", Code::UnknownName),
        ("servizi.medio", Code::UnknownName),
        ("servizio.media", Code::UnknownName),
        ("utenti.abilitato", Code::InvalidRule),
    ] {
        let files = pack(&format!("edits = [\"{edits}\"]"));
        let found = files.faults();
        assert!(
            matches!(found.as_slice(), [(code, _)] if *code == expected),
            "{edits}: {found:?}"
        );
    }
}
