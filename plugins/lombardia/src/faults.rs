//! All that is wrong in one input, told at once.

use std::fmt::Write;

use riparto_plugin::{Fault, Place};

/// How many faults are told in full; of the others, only how many they are.
const TOLD: usize = 50;

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub it: String,
    pub en: String,
}

/// Says the same in Italian and in English.
macro_rules! say {
    ($it:literal, $en:literal $(,)?) => {
        $crate::faults::Said {
            it: format!($it),
            en: format!($en),
        }
    };
}
pub(crate) use say;

#[derive(Debug)]
struct One {
    line: u32,
    column: String,
    said: Said,
}

/// The faults found so far in a file or in a table.
#[derive(Debug)]
pub(crate) struct Faults {
    file: String,
    told: Vec<One>,
    untold: usize,
}

impl Faults {
    /// Starts with none.
    pub(crate) fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            told: Vec::new(),
            untold: 0,
        }
    }

    /// Adds a fault of a line; line zero is the whole input, an empty column the whole line.
    pub(crate) fn add(&mut self, line: u32, column: &str, said: Said) {
        if self.told.len() == TOLD {
            self.untold += 1;
            return;
        }
        self.told.push(One {
            line,
            column: column.to_owned(),
            said,
        });
    }

    /// Gives the value, when nothing is wrong.
    ///
    /// # Errors
    /// Something is: one fault at the first place, whose message lists all of them by line.
    pub(crate) fn or<T>(mut self, value: T, code: &str, help: &Said) -> Result<T, Box<Fault>> {
        self.told.sort_by_key(|one| one.line);
        let Some(first) = self.told.first() else {
            return Ok(value);
        };
        let said = match self.told.as_slice() {
            [only] => only.said.clone(),
            several => listed(several, self.untold),
        };
        Err(Box::new(Fault {
            code: code.to_owned(),
            message: said.it,
            message_en: said.en,
            place: Some(Place {
                line: first.line,
                column: first.column.clone(),
                file: self.file,
            }),
            help: help.it.clone(),
            help_en: help.en.clone(),
        }))
    }
}

fn listed(several: &[One], untold: usize) -> Said {
    let count = several.len() + untold;
    let mut said = say!("gli errori sono {count}", "there are {count} faults");
    for (index, one) in several.iter().enumerate() {
        let (line, column) = (one.line, &one.column);
        let place = match (line, column.is_empty()) {
            (0, true) => say!("", ""),
            (0, false) => say!("colonna `{column}`: ", "column `{column}`: "),
            (_, true) => say!("riga {line}: ", "line {line}: "),
            (_, false) => say!(
                "riga {line}, colonna `{column}`: ",
                "line {line}, column `{column}`: "
            ),
        };
        let mark = if index == 0 { ": " } else { "; " };
        // Writing to a text cannot fail.
        let _ = write!(said.it, "{mark}{}{}", place.it, one.said.it);
        let _ = write!(said.en, "{mark}{}{}", place.en, one.said.en);
    }
    if untold > 0 {
        let _ = write!(said.it, "; e altri {untold}");
        let _ = write!(said.en, "; and {untold} more");
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_is_told_as_it_is_and_several_by_line() {
        let help = say!("correggere", "put it right");
        assert_eq!(Faults::of("f.csv").or(7, "unsound", &help), Ok(7));

        let mut one = Faults::of("f.csv");
        one.add(3, "Totale", say!("`x` non è un numero", "`x` is no number"));
        let one = one.or((), "unsound", &help).unwrap_err();
        assert_eq!(one.message, "`x` non è un numero");
        let place = one.place.unwrap();
        assert_eq!(
            (place.file.as_str(), place.line, place.column.as_str()),
            ("f.csv", 3, "Totale")
        );

        let mut two = Faults::of("f.csv");
        two.add(9, "", say!("seconda", "second"));
        two.add(3, "Totale", say!("prima", "first"));
        let two = two.or((), "unsound", &help).unwrap_err();
        assert_eq!(
            two.message,
            "gli errori sono 2: riga 3, colonna `Totale`: prima; riga 9: seconda"
        );
        assert_eq!(
            two.message_en,
            "there are 2 faults: line 3, column `Totale`: first; line 9: second"
        );
    }

    #[test]
    fn beyond_fifty_they_are_only_counted() {
        let mut many = Faults::of("f.csv");
        for line in 1..=60 {
            many.add(line, "", say!("rotta", "broken"));
        }
        let many = many.or((), "unsound", &say!("", "")).unwrap_err();
        assert!(
            many.message
                .starts_with("gli errori sono 60: riga 1: rotta")
                && many.message.ends_with("riga 50: rotta; e altri 10"),
            "{}",
            many.message
        );
    }
}
