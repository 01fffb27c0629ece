//! The questions of a form: which one each column answers, by the words of its header.

use crate::text::folded;

/// What a column of the form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// When the form was sent.
    Sent,
    /// The ambito, or its coordination.
    Ambito,
    /// The Comune.
    Comune,
    /// The school, the service or the body.
    Body,
    /// In which capacity one takes part.
    Role,
    /// Whether one stands in for somebody else.
    Delegate,
    /// Whether one comes in person.
    Presence,
    /// An address of electronic mail: read to find who answered twice, never given.
    Email,
    /// What says who a person is, or what nobody needs: never read.
    Unread,
}

/// Words of whoever a name may belong to.
const PEOPLE: [&str; 7] = [
    "dirigente",
    "presidente",
    "docente",
    "referente",
    "coordinatore",
    "delegat",
    "partecipante",
];
/// Words of what is no person.
const BODIES: [&str; 6] = ["istitu", "scuola", "ente", "servizio", "comune", "ambito"];

/// Tells what a header asks.
///
/// # Shape
/// Persons come first: a header that may ask for a name or an address is never read as another.
pub(super) fn question_of(header: &str) -> Question {
    let header = folded(header);
    let has = |roots: &[&str]| roots.iter().any(|root| has_word(&header, root));
    if has(&[
        "email",
        "e mail",
        "posta elettronica",
        "nome utente",
        "username",
        "pec",
    ]) {
        return Question::Email;
    }
    let named = has(&["nome", "name"]) && (has(&PEOPLE) || !has(&BODIES));
    let who = has(&[
        "cognome",
        "nominativo",
        "telefon",
        "cellulare",
        "recapit",
        "codice fiscale",
        "nascita",
        "residenza",
    ]);
    if named || who || has(&["privacy", "consenso", "trattamento", "note"]) {
        return Question::Unread;
    }
    let asked: [(Question, &[&str]); 7] = [
        (
            Question::Sent,
            &[
                "informazioni cronologiche",
                "timestamp",
                "ora di completamento",
                "completion time",
            ],
        ),
        (Question::Role, &["ruolo", "qualifica", "in qualita di"]),
        (Question::Delegate, &["deleg"]),
        (
            Question::Presence,
            &["presenza", "partecipera", "modalita di partecipazione"],
        ),
        (
            Question::Ambito,
            &["ambito", "cpt", "coordinamento pedagogico"],
        ),
        (Question::Comune, &["comune"]),
        (Question::Body, &["istitu", "scuola", "ente", "servizio"]),
    ];
    let mut asked = asked.into_iter();
    let found = asked.find(|(_, roots)| has(roots));
    found.map_or(Question::Unread, |(question, _)| question)
}

/// Tells whether a word of a folded text begins so; a short root must be the whole word.
pub(super) fn has_word(text: &str, root: &str) -> bool {
    text.match_indices(root).any(|(at, _)| {
        let before = text
            .get(..at)
            .is_none_or(|b| b.is_empty() || b.ends_with(' '));
        let after = text.get(at + root.len()..).unwrap_or_default();
        before && (root.len() > 4 || after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_questions_are_known_by_their_words() {
        use Question::{Ambito, Body, Comune, Delegate, Presence, Role, Sent};
        let known = [
            ("Informazioni cronologiche", Sent),
            ("Ora di completamento", Sent),
            ("In qualità di (ruolo ricoperto, anche per delega)", Role),
            ("QUALIFICA", Role),
            ("Partecipa su delega del Dirigente scolastico?", Delegate),
            (
                "Parteciperà in presenza all'incontro, presso l'Istituto ospitante?",
                Presence,
            ),
            ("Ambito territoriale / CPT di riferimento", Ambito),
            ("Comune in cui ha sede la scuola", Comune),
            (
                "Denominazione dell'Istituto comprensivo o dell'ente gestore",
                Body,
            ),
            ("Nome dell'Istituto", Body),
        ];
        for (header, question) in known {
            assert_eq!(question_of(header), question, "{header}");
        }
    }

    #[test]
    fn what_says_who_a_person_is_is_never_read() {
        let unread = [
            "Nome e cognome",
            "Nome",
            "Cognome del delegato",
            "Nome del Dirigente dell'Istituto",
            "Numero di telefono dell'ente",
            "Codice fiscale",
            "Comune di nascita",
            "Consenso al trattamento dei dati per il Comune",
            "Ora di inizio",
            "",
        ];
        for header in unread {
            assert_eq!(question_of(header), Question::Unread, "{header}");
        }
        for header in [
            "Indirizzo e-mail dell'Istituto",
            "Nome utente",
            "Posta elettronica",
        ] {
            assert_eq!(question_of(header), Question::Email, "{header}");
        }
    }
}
