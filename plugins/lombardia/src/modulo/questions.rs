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

/// The nouns that a header asks about whose answer is given as it is written.
const NOUNS: [(Question, &[&str]); 3] = [
    (Question::Ambito, &["ambito", "cpt", "coordinamento"]),
    (Question::Comune, &["comune"]),
    (
        Question::Body,
        &[
            "istituto",
            "istituzione",
            "scuola",
            "ente",
            "servizio",
            "nido",
            "asilo",
            "plesso",
        ],
    ),
];
/// What may stand beside one of [`NOUNS`]: with any other word the header may ask for a person.
const BESIDE: [&str; 78] = [
    "a",
    "ad",
    "al",
    "all",
    "alla",
    "appartenenza",
    "appartiene",
    "attivita",
    "capofila",
    "che",
    "codice",
    "comprensivo",
    "comunale",
    "cui",
    "da",
    "dal",
    "dalla",
    "dei",
    "del",
    "dell",
    "della",
    "delle",
    "dello",
    "denominazione",
    "di",
    "dove",
    "e",
    "ed",
    "educativa",
    "educativi",
    "educativo",
    "fa",
    "gestore",
    "ha",
    "i",
    "il",
    "in",
    "indica",
    "indicare",
    "indichi",
    "infanzia",
    "inserire",
    "l",
    "la",
    "le",
    "lo",
    "meccanografico",
    "nel",
    "nell",
    "nella",
    "o",
    "opera",
    "oppure",
    "paritaria",
    "parte",
    "pedagogico",
    "per",
    "presso",
    "presta",
    "provenienza",
    "qual",
    "quale",
    "rappresenta",
    "riferimento",
    "scegliere",
    "scolastica",
    "scolastico",
    "scrivere",
    "scuole",
    "sede",
    "selezionare",
    "servizi",
    "si",
    "specificare",
    "statale",
    "territoriale",
    "territoriali",
    "trova",
];
/// Whose body a header may say, once it names the body.
const PEOPLE: [&str; 10] = [
    "coordinatore",
    "coordinatrice",
    "delegante",
    "dirigente",
    "docente",
    "insegnante",
    "partecipante",
    "presidente",
    "referente",
    "responsabile",
];

/// Tells what a header asks.
///
/// # Shape
/// Persons come first: a header that may ask for a name or an address is never read as another.
/// Where an answer leaves as it is written, each word of its header must be known.
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
    if let Some(asked) = written(&header) {
        return asked;
    }
    let unread = [
        "nome",
        "name",
        "cognome",
        "nominativo",
        "telefon",
        "tel",
        "cellulare",
        "recapit",
        "codice fiscale",
        "cf",
        "matricola",
        "firma",
        "nascita",
        "residenza",
        "privacy",
        "consenso",
        "trattamento",
        "note",
    ];
    if has(&unread) {
        return Question::Unread;
    }
    // What these give is an instant, a role of a list, yes or no: never what somebody wrote.
    let asked: [(Question, &[&str]); 4] = [
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
    ];
    let mut asked = asked.into_iter();
    let found = asked.find(|(_, roots)| has(roots));
    found.map_or(Question::Unread, |(question, _)| question)
}

/// Tells which body a header asks for: its first noun, where it asks for nothing else.
fn written(header: &str) -> Option<Question> {
    let words: Vec<&str> = header.split(' ').collect();
    let asked = words.iter().find_map(|word| noun(word))?;
    let beside = |word: &str| {
        BESIDE.contains(&word)
            || noun(word).is_some()
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let named = names_a_body(&words);
    let two = words
        .iter()
        .any(|word| matches!(*word, "e" | "ed" | "o" | "oppure"));
    let known = words.iter().enumerate().all(|(at, word)| match *word {
        "nome" => names_a_body(words.get(at..).unwrap_or_default()),
        word => beside(word) || named && !two && PEOPLE.contains(&word),
    });
    known.then_some(asked)
}

fn noun(word: &str) -> Option<Question> {
    let found = NOUNS.into_iter().find(|(_, nouns)| nouns.contains(&word));
    found.map(|(question, _)| question)
}

/// Tells whether words begin with `nome della scuola` or the like.
fn names_a_body(words: &[&str]) -> bool {
    matches!(
        words,
        ["nome" | "denominazione", "del" | "dell" | "della" | "dello" | "di", body, ..]
            if noun(body).is_some()
    )
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
            ("Denominazione della scuola del docente", Body),
            ("3. In quale scuola presta servizio?", Body),
            ("Servizio educativo del Comune", Body),
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
            "Referenti dell'ambito di Lecco",
            "Nome dell'insegnante della scuola",
            "Nome del responsabile del servizio",
            "Nome di chi partecipa per l'ente",
            "Nome e Comune",
            "Ente: nome",
            "Nome dell'Istituto e del Dirigente",
            "Referente dell'Istituto",
            "Pedagogista della scuola",
            "Dirigente scolastico dell'Istituto",
            "Tel. della scuola",
            "Indirizzo della scuola",
            "Matricola o CF del docente della scuola",
            "Presidente del CPT",
            "Coordinatore dell'ambito",
            "Partecipante per il Comune",
            "Firma del responsabile del servizio",
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
