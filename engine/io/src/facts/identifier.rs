//! Codes of people, bodies, projects and schools, read as they are or refused with what is wrong.

use riparto_core::diag::{Code, Diagnostic, Text};
use riparto_core::identifiers::{
    Fault as Wrong, body_fiscal_code, is_cup, is_ipa, is_school_code, lost_its_zeros,
    person_fiscal_code,
};
use riparto_core::model::ColumnType;
use riparto_core::say;

use super::value::{Fault, Reading, Role};
use super::words::expected;

impl Reading<'_> {
    /// Reads a code by the rule of its column's type.
    pub(super) fn identifier(&self) -> Result<String, Fault> {
        if self.role == Role::AggregateKey {
            return self.text();
        }
        let shape = |fits: bool| if fits { Ok(()) } else { Err(Wrong::Shape) };
        let judged = match self.kind {
            ColumnType::FiscalCode if self.text.len() == 16 => {
                person_fiscal_code(self.text).map(|_| ())
            }
            ColumnType::FiscalCode | ColumnType::BodyFiscalCode => body_fiscal_code(self.text),
            ColumnType::Ipa => shape(is_ipa(self.text)),
            ColumnType::Cup => shape(is_cup(self.text)),
            ColumnType::SchoolCode => shape(is_school_code(self.text)),
            _ => Ok(()),
        };
        match judged {
            Ok(()) => Ok(self.text.to_owned()),
            Err(Wrong::Shape) => Err(self.malformed(self.meant())),
            Err(wrong) => Err(self.inconsistent(wrong)),
        }
    }

    /// Says what to write, where it can be told; never the code itself, which may be a person's.
    fn meant(&self) -> Option<Text> {
        let of_eleven = matches!(
            self.kind,
            ColumnType::FiscalCode | ColumnType::BodyFiscalCode
        );
        if of_eleven && lost_its_zeros(self.text) {
            let zeros = 11 - self.text.len();
            return Some(say!(
                "il foglio di calcolo ha tolto gli zeri iniziali: rimetterli ({zeros}), e dare alla colonna il formato «testo» prima di salvare",
                "the spreadsheet dropped the leading zeros: put them back ({zeros}), and give the column the “text” format before saving"
            ));
        }
        let capitals = person_fiscal_code(&self.text.to_uppercase()).is_ok();
        (self.kind == ColumnType::FiscalCode && capitals)
            .then(|| say!("scriverlo in maiuscolo", "write it in capitals"))
    }

    fn inconsistent(&self, wrong: Wrong) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        let Text { it, en } = expected(self.kind).name;
        let why = match wrong {
            Wrong::Day => say!(
                "il giorno di nascita non esiste",
                "there is no such day of birth"
            ),
            Wrong::Check | Wrong::Shape => say!(
                "l'ultimo carattere, di controllo, non corrisponde agli altri",
                "the last character, which checks the others, does not agree with them"
            ),
        };
        let message = say!(
            "`{cell}` nella colonna `{column}` non è {it}: {why}",
            "`{cell}` in column `{column}` is not {en}: {why}";
            why = why
        );
        let fault = Diagnostic::error(Code::MalformedCell, message);
        Box::new(fault.help(say!(
            "ricopiare il codice dal documento: un carattere è sbagliato",
            "copy the code again from the document: a character is wrong"
        )))
    }
}
