//! The register of Comuni: which codes belong together, and when they hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::{ColumnType, Table, TableDecl};
use crate::say;

/// Where the register stands in a root.
pub const REGISTER: &str = "rules/identifiers/comuni.csv";

/// Some Comuni: all those of the provinces that it names.
#[derive(Debug, Default)]
pub struct Register {
    comuni: Vec<Comune>,
    /// Positions by ISTAT code, cadastral code, name in lower case.
    known: [BTreeMap<String, Vec<usize>>; 3],
    provinces: BTreeSet<String>,
}

#[derive(Debug)]
struct Comune {
    istat: String,
    cadastral: String,
    name: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Register {
    /// Reads a register: `istat,cadastral,name,from,to` under a header, an empty date where the
    /// source says none. A line of another form is left out.
    pub fn parse(text: &str) -> Self {
        Self::kept(text, |_, _, _| true)
    }

    /// Reads of a register the Comuni whose codes or names these tables hold: a run looks at a few
    /// of thousands.
    pub fn about(text: &str, tables: &[(&TableDecl, &Table)]) -> Self {
        let (mut wanted, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (declared, table) in tables {
            let codes = declared.columns.iter();
            let codes =
                codes.filter(|c| matches!(c.kind, ColumnType::Istat | ColumnType::Cadastral));
            for column in codes {
                let rows = 0..table.len();
                wanted.extend(rows.filter_map(|row| table.text(&column.name, row)));
            }
            let titles = (0..table.len()).filter_map(|row| table.text(&declared.title, row));
            names.extend(titles.map(str::to_lowercase));
        }
        Self::kept(text, |istat, cadastral, name| {
            let coded = wanted.contains(istat) || wanted.contains(cadastral);
            coded || names.contains(&name.to_lowercase())
        })
    }

    fn kept(text: &str, keeps: impl Fn(&str, &str, &str) -> bool) -> Self {
        let mut register = Self::default();
        let mut last = "";
        for line in text.lines().skip(1) {
            let Some((istat, rest)) = line.split_once(',') else {
                continue;
            };
            let province = istat.get(..3).unwrap_or_default();
            if province != last {
                register.provinces.insert(province.to_owned());
                last = province;
            }
            let mut cells = rest.split(',');
            let mut next = || cells.next().unwrap_or_default();
            if keeps(istat, next(), next()) {
                register.keep(line);
            }
        }
        register
    }

    fn keep(&mut self, line: &str) {
        let cells: Vec<&str> = line.split(',').collect();
        let [istat, cadastral, name, from, to] = cells.as_slice() else {
            return;
        };
        let at = self.comuni.len();
        let [by_istat, by_cadastral, by_name] = &mut self.known;
        for (index, code) in [
            (by_istat, (*istat).to_owned()),
            (by_cadastral, (*cadastral).to_owned()),
            (by_name, name.to_lowercase()),
        ] {
            index.entry(code).or_default().push(at);
        }
        self.comuni.push(Comune {
            istat: (*istat).to_owned(),
            cadastral: (*cadastral).to_owned(),
            name: (*name).to_owned(),
            from: from.parse().ok(),
            to: to.parse().ok(),
        });
    }

    /// Gives how many lines it has.
    pub fn len(&self) -> usize {
        self.comuni.len()
    }

    /// Tells whether it has no line.
    pub fn is_empty(&self) -> bool {
        self.comuni.is_empty()
    }

    /// Finds the rows of a table whose codes no Comune has on that day, or two Comuni have, or
    /// that bear the name of another: warnings, of the provinces that the register covers, and of those
    /// that Italy does not have.
    pub fn judge(&self, declared: &TableDecl, table: &Table, on: NaiveDate) -> Diagnostics {
        let of_kind = |kind| {
            let columns = declared.columns.iter().filter(move |c| c.kind == kind);
            columns.map(|column| column.name.as_str())
        };
        let istat: Vec<&str> = of_kind(ColumnType::Istat).collect();
        let cadastral: Vec<&str> = of_kind(ColumnType::Cadastral).collect();
        let mut faults = Diagnostics::new();
        for row in 0..table.len() {
            if table
                .text(&declared.key, row)
                .is_some_and(|key| key.starts_with('*'))
            {
                continue;
            }
            let mut warn = |(message, help)| {
                let line = table.lines.get(row).copied().unwrap_or(1);
                let place = Place {
                    line,
                    ..Place::start_of(table.file.clone())
                };
                let fault = Diagnostic::warning(Code::UnknownComune, message);
                faults.push(fault.at(place).help(help));
            };
            let codes = istat.iter().filter_map(|column| table.text(column, row));
            codes
                .filter_map(|code| self.unknown(code, on))
                .for_each(&mut warn);
            let one = |columns: &[&str]| match columns {
                [column] => table.text(column, row),
                _ => None,
            };
            let (istat, cadastral) = (one(&istat), one(&cadastral));
            if let (Some(istat), Some(cadastral)) = (istat, cadastral) {
                self.apart(istat, cadastral, on)
                    .into_iter()
                    .for_each(&mut warn);
            }
            let key = declared.column(&declared.key).map(|key| key.kind);
            let code = match key {
                Some(ColumnType::Istat) => istat.and_then(|code| self.by_istat(code, on)),
                Some(ColumnType::Cadastral) => {
                    cadastral.and_then(|code| self.by_cadastral(code, on))
                }
                _ => None,
            };
            let name = table.text(&declared.title, row);
            if let (Some(comune), Some(name)) = (code, name) {
                self.misnamed(comune, name).into_iter().for_each(&mut warn);
            }
        }
        faults
    }

    fn find(&self, index: usize, code: &str, on: NaiveDate) -> Option<&Comune> {
        let places = self.known.get(index)?.get(code)?;
        let all = places.iter().filter_map(|at| self.comuni.get(*at));
        all.into_iter().find(|comune| {
            comune.from.is_none_or(|from| from <= on) && comune.to.is_none_or(|to| on <= to)
        })
    }

    fn by_istat(&self, code: &str, on: NaiveDate) -> Option<&Comune> {
        self.find(0, code, on)
    }

    fn by_cadastral(&self, code: &str, on: NaiveDate) -> Option<&Comune> {
        self.find(1, code, on)
    }

    fn covers(&self, istat: &str) -> bool {
        istat
            .get(..3)
            .is_some_and(|province| self.provinces.contains(province))
    }

    fn unknown(&self, istat: &str, on: NaiveDate) -> Option<(Text, Text)> {
        let somewhere = self.covers(istat) || !is_a_province(istat);
        if !somewhere || self.by_istat(istat, on).is_some() {
            return None;
        }
        Some((
            say!(
                "nessun Comune del registro ha il codice ISTAT `{istat}` al {on}",
                "no Comune of the register has the ISTAT code `{istat}` on {on}"
            ),
            say!(
                "correggere il codice, o aggiungere il Comune a `{REGISTER}`",
                "correct the code, or add the Comune to `{REGISTER}`"
            ),
        ))
    }

    fn apart(&self, istat: &str, cadastral: &str, on: NaiveDate) -> Option<(Text, Text)> {
        let own = self.by_istat(istat, on);
        let other = self.by_cadastral(cadastral, on);
        let (message, help) = match (own, other) {
            (Some(own), _) if own.cadastral == cadastral => return None,
            (Some(own), Some(other)) => {
                let (name, its) = (&own.name, &other.name);
                (
                    say!(
                        "`{istat}` è il codice ISTAT di {name}, ma `{cadastral}` è il codice catastale di {its}",
                        "`{istat}` is the ISTAT code of {name}, but `{cadastral}` is the cadastral code of {its}"
                    ),
                    &own.cadastral,
                )
            }
            (Some(own), None) => {
                let name = &own.name;
                (
                    say!(
                        "`{istat}` è il codice ISTAT di {name}, ma `{cadastral}` non è il suo codice catastale",
                        "`{istat}` is the ISTAT code of {name}, but `{cadastral}` is not its cadastral code"
                    ),
                    &own.cadastral,
                )
            }
            (None, Some(other)) if !self.covers(istat) => {
                let name = &other.name;
                (
                    say!(
                        "`{cadastral}` è il codice catastale di {name}, ma `{istat}` non è il suo codice ISTAT",
                        "`{cadastral}` is the cadastral code of {name}, but `{istat}` is not its ISTAT code"
                    ),
                    &other.istat,
                )
            }
            // Of an ISTAT code that is not in the register that has been said.
            (None, _) => return None,
        };
        let help = say!(
            "correggere uno dei due codici: con l'altro va `{help}`",
            "correct one of the two codes: with the other goes `{help}`"
        );
        Some((message, help))
    }

    fn misnamed(&self, comune: &Comune, name: &str) -> Option<(Text, Text)> {
        let [.., names] = &self.known;
        let own = comune.name.to_lowercase() == name.to_lowercase();
        if own || !names.contains_key(&name.to_lowercase()) {
            return None;
        }
        let (right, istat, cadastral) = (&comune.name, &comune.istat, &comune.cadastral);
        Some((
            say!(
                "la riga si chiama `{name}`, ma ha il codice di {right} (`{istat}`, `{cadastral}`)",
                "the row is called `{name}`, but has the code of {right} (`{istat}`, `{cadastral}`)"
            ),
            say!(
                "correggere il nome o il codice",
                "correct the name or the code"
            ),
        ))
    }
}

/// Tells whether a code starts with the number of a province: 119 were numbered, up to now.
fn is_a_province(istat: &str) -> bool {
    let province = istat.get(..3).and_then(|digits| digits.parse::<u16>().ok());
    province.is_some_and(|province| (1..=119).contains(&province))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str =
        "istat,cadastral,name,from,to\n005005,A479,Asti,,\n005006,A588,Baldichieri,,2019-12-31\n";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_holds_until_its_last_day_included() {
        let register = Register::parse(LINES);
        assert!(register.unknown("005006", day("2019-12-31")).is_none());
        assert!(register.unknown("005006", day("2020-01-01")).is_some());
    }

    #[test]
    fn a_province_that_it_does_not_cover_is_not_judged() {
        let register = Register::parse(LINES);
        assert!(register.unknown("005999", day("2024-01-01")).is_some());
        assert!(register.unknown("058091", day("2024-01-01")).is_none());
    }

    #[test]
    fn a_province_that_italy_does_not_have_is_judged() {
        let register = Register::parse(LINES);
        assert!(register.unknown("999999", day("2024-01-01")).is_some());
        assert!(register.unknown("000001", day("2024-01-01")).is_some());
        assert!(register.unknown("119001", day("2024-01-01")).is_none());
    }
}
