//! Why a cell is not a value of its column's type, in words that say what to write instead.

use riparto_core::diag::{Code, Diagnostic, Text};
use riparto_core::model::{ColumnDecl, ColumnType};
use riparto_core::say;

use super::DecimalMark;
use super::body::quotes;
use super::decode::save_as_utf8;
use super::grid::Cell;
use super::mojibake::{Spoiled, spoiled};
use super::nearest::nearest;
use super::number;
use super::value::{Fault, Reading};
use super::words::{expected, misses_a_value, shown, veiled};

impl Reading<'_> {
    /// Gives the content of the cell as a message shows it.
    pub(super) fn shown(&self) -> String {
        veiled(self.text, self.hidden)
    }

    /// Says that the cell is not of its type, and what to write: `meant` where that is known.
    pub(super) fn malformed(&self, meant: Option<Text>) -> Fault {
        if misses_a_value(self.text, self.kind) {
            return self.stands_for_nothing();
        }
        let (cell, column) = (self.shown(), self.column);
        let Text { it, en } = expected(self.kind).name;
        let message = say!(
            "`{cell}` nella colonna `{column}` non è {it}",
            "`{cell}` in column `{column}` is not {en}"
        );
        let help = meant.unwrap_or_else(|| expected(self.kind).form);
        fault(Code::MalformedCell, message, help)
    }

    fn stands_for_nothing(&self) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        let message = say!(
            "`{cell}` nella colonna `{column}` sta al posto di un dato che manca",
            "`{cell}` in column `{column}` stands in the place of a missing value"
        );
        let help = if self.may_be_empty {
            say!(
                "se il dato manca davvero, lasciare la cella vuota",
                "if the value is truly missing, leave the cell empty"
            )
        } else {
            say!(
                "la colonna è obbligatoria: procurarsi il dato e scriverlo",
                "the column is required: obtain the value and write it"
            )
        };
        fault(Code::MalformedCell, message, help)
    }

    pub(super) fn too_long(&self, most: usize) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        let message = say!(
            "`{cell}` nella colonna `{column}` ha troppe cifre: se ne leggono al più {most}",
            "`{cell}` in column `{column}` has too many digits: {most} at most are read"
        );
        let help = say!(
            "controllare la cella: forse due numeri sono finiti insieme",
            "check the cell: perhaps two numbers ended up together"
        );
        fault(Code::MalformedCell, message, help)
    }

    pub(super) fn not_its_word(&self) -> Fault {
        let (cell, column) = (shown(self.text), self.column);
        let words = self.values.iter().map(|word| format!("`{word}`"));
        let words = words.collect::<Vec<_>>().join(", ");
        let help = match nearest(self.text, self.values.iter().map(String::as_str)) {
            Some(meant) => say!(
                "forse `{meant}`? le parole ammesse sono: {words}",
                "did you mean `{meant}`? the words allowed are: {words}"
            ),
            None => say!(
                "le parole ammesse sono: {words}",
                "the words allowed are: {words}"
            ),
        };
        fault(
            Code::MalformedCell,
            say!(
                "`{cell}` nella colonna `{column}` non è una delle parole ammesse",
                "`{cell}` in column `{column}` is not one of the words allowed"
            ),
            help,
        )
    }

    pub(super) fn negative(&self) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        fault(
            Code::MalformedCell,
            say!(
                "`{cell}` nella colonna `{column}` è sotto zero: la colonna conta e parte da zero",
                "`{cell}` in column `{column}` is below zero: the column counts, from zero up"
            ),
            expected(self.kind).form,
        )
    }

    pub(super) fn stands_for_nobody(&self) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        fault(
            Code::MalformedCell,
            say!(
                "`{cell}` nella colonna `{column}`: una riga che raggruppa ne conta almeno uno",
                "`{cell}` in column `{column}`: a row that groups counts at least one"
            ),
            say!(
                "scrivere quanti ne raggruppa la riga, o togliere la riga",
                "write how many the row groups, or remove the row"
            ),
        )
    }

    pub(super) fn stands_for_several(&self) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        fault(
            Code::MalformedCell,
            say!(
                "`{cell}` nella colonna `{column}`: una riga con il suo codice conta per uno",
                "`{cell}` in column `{column}`: a row with a code of its own counts for one"
            ),
            say!(
                "scrivere `1`; se la riga ne raggruppa più di uno, la sua chiave è una parola che comincia con `*`",
                "write `1`; if the row groups more than one, its key is a word that starts with `*`"
            ),
        )
    }

    pub(super) fn without_zero(&self, digits: &str) -> Fault {
        let (cell, column) = (self.shown(), self.column);
        fault(
            Code::IstatLeadingZero,
            say!(
                "il codice ISTAT `{cell}` nella colonna `{column}` ha meno di sei cifre: il foglio di calcolo ha tolto gli zeri iniziali",
                "the ISTAT code `{cell}` in column `{column}` has fewer than six digits: the spreadsheet dropped the leading zeros"
            ),
            say!(
                "scrivere `{digits:0>6}`, e dare alla colonna il formato «testo» prima di salvare",
                "write `{digits:0>6}`, and give the column the “text” format before saving"
            ),
        )
    }

    pub(super) fn mixed(&self, own: DecimalMark) -> Fault {
        let cell = self.shown();
        let of_file = own.other();
        let Text {
            it: own_it,
            en: own_en,
        } = own.with_article();
        let Text {
            it: usual_it,
            en: usual_en,
        } = of_file.with_article();
        let message = say!(
            "`{cell}` ha i decimali dopo {own_it}, mentre altri numeri del file li hanno dopo {usual_it}",
            "`{cell}` has its decimals after {own_en}, while other numbers of the file have them after {usual_en}"
        );
        let fault = Diagnostic::error(Code::MixedDecimals, message).help(say!(
            "usare in tutto il file lo stesso segno per i decimali",
            "use the same sign for decimals throughout the file"
        ));
        let first = self.marks.first(of_file).map(|(text, place)| {
            let text = shown(text);
            let text = say!(
                "qui `{text}`: decimali dopo {usual_it}",
                "here `{text}`: decimals after {usual_en}"
            );
            (place.clone(), text)
        });
        Box::new(Diagnostic {
            related: first.into_iter().collect(),
            ..fault
        })
    }

    pub(super) fn ambiguous(&self, mark: DecimalMark) -> Fault {
        let cell = self.shown();
        let grouped = number::plain(self.text, mark.other());
        let fractional = number::plain(self.text, mark);
        let Text { it, en } = mark.with_article();
        let fractional_it = fractional.replace('.', ",");
        let message = say!(
            "`{cell}` si può leggere in due modi: {grouped}, se {it} separa le migliaia, o {fractional_it}, se separa i decimali; il resto del file non lo decide",
            "`{cell}` can be read in two ways: {grouped}, if {en} groups thousands, or {fractional}, if it stands before decimals; the rest of the file does not decide"
        );
        fault(
            Code::AmbiguousNumber,
            message,
            self.unambiguous(mark, &grouped, &fractional),
        )
    }

    /// Says how to write a number so that it can be read in one way only.
    fn unambiguous(&self, mark: DecimalMark, grouped: &str, fractional: &str) -> Text {
        let short = fractional.trim_end_matches('0');
        let decimals = number::decimals(short);
        let fraction_fits = match self.kind {
            ColumnType::Integer => false,
            ColumnType::Euro => decimals <= 2,
            _ => true,
        };
        if !fraction_fits {
            return ungrouped(grouped);
        }
        let fraction = match decimals {
            0 => format!("{short}0"),
            3 => format!("{short}0"),
            _ => short.to_owned(),
        };
        let fraction = fraction.replace('.', mark.char().encode_utf8(&mut [0; 4]));
        say!(
            "scrivere `{grouped}` nel primo caso, `{fraction}` nel secondo",
            "write `{grouped}` in the first case, `{fraction}` in the second"
        )
    }
}

fn fault(code: Code, message: Text, help: Text) -> Fault {
    Box::new(Diagnostic::error(code, message).help(help))
}

/// Says what to write.
pub(super) fn write_instead(text: &str) -> Text {
    say!("scrivere `{text}`", "write `{text}`")
}

/// Says to write a number without groups.
pub(super) fn ungrouped(number: &str) -> Text {
    say!(
        "scrivere `{number}`, senza separare le migliaia",
        "write `{number}`, without grouping thousands"
    )
}

/// Says what spoiled a cell before its value could be judged.
pub(super) fn spoiled_cell(cell: &Cell, hidden: bool) -> Option<Diagnostic> {
    let text = veiled(&cell.text, hidden);
    if cell.foreign {
        let message = say!(
            "la cella non è in UTF-8: sembra scritta in Windows-1252 (Latin-1), dove si legge `{text}`",
            "the cell is not in UTF-8: it seems to be in Windows-1252 (Latin-1), where it reads `{text}`"
        );
        return Some(Diagnostic::error(Code::Encoding, message).help(save_as_utf8()));
    }
    if cell.misquoted {
        return Some(quotes(cell, hidden));
    }
    let message = match spoiled(&cell.text)? {
        Spoiled::ReadsAs(original) => {
            let original = veiled(&original, hidden);
            say!(
                "gli accenti di `{text}` sono guasti: probabilmente era `{original}`",
                "the accented letters of `{text}` are spoiled: it probably was `{original}`"
            )
        }
        Spoiled::Lost => say!(
            "in `{text}` una lettera è andata persa in una conversione",
            "in `{text}` a letter was lost in a conversion"
        ),
    };
    Some(Diagnostic::error(Code::Mojibake, message).help(say!(
        "ripartire dal file d'origine e salvarlo come «CSV UTF-8», o correggere la cella a mano",
        "go back to the original file and save it as “CSV UTF-8”, or correct the cell by hand"
    )))
}

/// Says that a required cell is empty.
pub(super) fn empty(column: &ColumnDecl) -> Diagnostic {
    let name = &column.name;
    let help = match column.kind {
        ColumnType::Integer | ColumnType::Decimal | ColumnType::Euro => say!(
            "completare la cella; se il valore è davvero zero, scrivere `0`",
            "complete the cell; if the value is truly zero, write `0`"
        ),
        _ => say!(
            "completare la cella: un dato che manca non si può sottintendere",
            "complete the cell: a missing value cannot be taken for granted"
        ),
    };
    Diagnostic::error(
        Code::EmptyCell,
        say!(
            "la cella della colonna `{name}` è vuota, ma la colonna è obbligatoria",
            "the cell of column `{name}` is empty, but the column is required"
        ),
    )
    .help(help)
}
