//! The ISTAT table POSAS: residents by single year of age, one row of ages for each Comune.

use std::borrow::Cow;
use std::collections::BTreeMap;

use riparto_plugin::{Fault, ImportInput, ImportOutput, Importer, TableRow};

use crate::archive::held;
use crate::faults::{Faults, say};
use crate::rows::{Row, rows, separator_of};
use crate::text::{decoded, folded};

/// The columns that it gives; both ages of a band are included.
const GIVEN: [&str; 7] = [
    "istat",
    "comune",
    "popolazione_0_2",
    "popolazione_0_5",
    "popolazione_3_5",
    "popolazione_0_6",
    "popolazione",
];
/// The first and the last age of each band, in the order of [`GIVEN`].
const BANDS: [(usize, usize); 4] = [(0, 2), (0, 5), (3, 5), (0, 6)];
/// The last row of ages: one hundred years and over.
const OLDEST: usize = 100;
/// What stands for an age in the row of the total.
const TOTAL: usize = 999;

/// The columns that it reads, as ISTAT writes them.
const READ: [&str; 6] = [
    "Codice comune",
    "Comune",
    "Età",
    "Totale maschi",
    "Totale femmine",
    "Totale",
];
/// In how many of its first lines the header is looked for: a title may come before.
const HEADER_WITHIN: usize = 5;

/// Describes it.
pub(crate) fn importer() -> Importer {
    Importer {
        name: "posas".to_owned(),
        label:
            "popolazione ISTAT per età (POSAS): 0-2 sono le età 0, 1 e 2; 0-5 da 0 a 5 compresi; \
                3-5 da 3 a 5 compresi; 0-6 da 0 a 6 compresi"
                .to_owned(),
        label_en: "ISTAT population by age (POSAS): 0-2 are the ages 0, 1 and 2; 0-5 from 0 to 5 \
                   included; 3-5 from 3 to 5 included; 0-6 from 0 to 6 included"
            .to_owned(),
        extensions: vec!["csv".to_owned(), "zip".to_owned()],
        columns: GIVEN.map(str::to_owned).to_vec(),
    }
}

/// Males, females, all.
type Count = [u64; 3];

/// What was read of one Comune.
#[derive(Debug)]
struct Comune {
    name: String,
    line: u32,
    /// The line of each age; zero for an age that was not read.
    ages: [u32; OLDEST + 1],
    /// The line of the total and what it says.
    total: Option<(u32, Count)>,
    sum: Count,
    bands: [u64; BANDS.len()],
    /// Whether a row was refused, so that the sum means nothing.
    partial: bool,
    /// Whether a row does not say its age, so that none is known to be missing.
    ageless: bool,
}

/// Reads a POSAS table.
///
/// # Errors
/// All that is wrong in the file, in one fault with its lines.
pub(crate) fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let held = held(input)?;
    let text = decoded(&held.bytes);
    let mut faults = Faults::of(&held.name);
    let comuni = read(&text, &mut faults);
    for (code, comune) in &comuni {
        judge(code, comune, &mut faults);
    }
    let help = say!(
        "usare il file di demo.istat.it così com'è, senza aprirlo e salvarlo con un altro programma",
        "use the file of demo.istat.it as it is, without opening and saving it with another program"
    );
    let comuni = faults.or(comuni, "unsound-posas", &help)?;
    let wanted = |column: &&str| input.columns.iter().any(|wanted| wanted == column);
    let given = comuni.iter().map(|(code, comune)| TableRow {
        line: comune.line,
        cells: cells(code, comune)
            .into_iter()
            .zip(GIVEN)
            .filter_map(|(cell, column)| wanted(&column).then_some(cell))
            .collect(),
    });
    Ok(ImportOutput {
        columns: GIVEN
            .into_iter()
            .filter(wanted)
            .map(str::to_owned)
            .collect(),
        rows: given.collect(),
    })
}

fn cells(code: &str, comune: &Comune) -> [String; GIVEN.len()] {
    let [to_2, to_5, from_3, to_6] = comune.bands.map(|children| children.to_string());
    let (_, [_, _, all]) = comune.total.unwrap_or_default();
    let (code, name) = (code.to_owned(), comune.name.clone());
    [code, name, to_2, to_5, from_3, to_6, all.to_string()]
}

/// Reads each row into its Comune.
fn read(text: &str, faults: &mut Faults) -> BTreeMap<String, Comune> {
    let mut comuni = BTreeMap::new();
    let Some((above, separator)) = header(text) else {
        let header = READ.map(|name| format!("`{name}`")).join(", ");
        let said = say!(
            "manca l'intestazione con {header}",
            "the header with {header} is missing"
        );
        faults.add(0, "", said);
        return comuni;
    };
    let mut rows = rows(text, above, separator);
    let Some(columns) = rows.next().and_then(|row| columns(&row, faults)) else {
        return comuni;
    };
    for row in rows {
        take(&row, &columns, &mut comuni, faults);
    }
    if comuni.is_empty() {
        let said = say!("non c'è nessun Comune", "there is no Comune");
        faults.add(0, "", said);
    }
    comuni
}

/// Gives how many lines stand above the header, and its separator.
fn header(text: &str) -> Option<(usize, char)> {
    let mut first = text.lines().enumerate().take(HEADER_WITHIN);
    let names = |line: &str, name| folded(line).contains(name);
    let (above, line) =
        first.find(|(_, line)| names(line, "codice comune") && names(line, "totale"))?;
    Some((above, separator_of(line)))
}

/// Where each column of [`READ`] stands, and how many cells a row has.
struct Columns {
    at: [usize; READ.len()],
    width: usize,
}

fn columns(header: &Row<'_>, faults: &mut Faults) -> Option<Columns> {
    let names: Vec<_> = header.cells.iter().map(|cell| folded(cell)).collect();
    let mut at = [0; READ.len()];
    let mut whole = true;
    for (name, at) in READ.into_iter().zip(&mut at) {
        let name_folded = folded(name);
        let mut found = names.iter().enumerate().filter(|(_, n)| **n == name_folded);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => *at = index,
            (None, _) => {
                whole = false;
                faults.add(header.line, name, say!("manca", "it is missing"));
            }
            (Some(_), Some(_)) => {
                whole = false;
                faults.add(header.line, name, say!("c'è due volte", "it stands twice"));
            }
        }
    }
    let width = names.len();
    whole.then_some(Columns { at, width })
}

/// Takes a row into its Comune, or says why not.
fn take(
    row: &Row<'_>,
    columns: &Columns,
    comuni: &mut BTreeMap<String, Comune>,
    faults: &mut Faults,
) {
    let line = row.line;
    let (found, width) = (row.cells.len(), columns.width);
    if row.misquoted || found != width {
        let said = if row.misquoted {
            say!("le virgolette non si chiudono", "the quotes do not close")
        } else {
            say!(
                "le celle sono {found} e le colonne {width}",
                "there are {found} cells and {width} columns"
            )
        };
        faults.add(line, "", said);
        let [code, ..] = columns.at;
        let code = row.cells.get(code).and_then(|cell| code_of(cell));
        if let Some(comune) = code.and_then(|code| comuni.get_mut(&code)) {
            (comune.partial, comune.ageless) = (true, true);
        }
        return;
    }
    let cells = columns
        .at
        .map(|at| row.cells.get(at).map_or("", Cow::as_ref));
    let [code, name, age, males, females, all] = cells;
    let Some(code) = code_of(code) else {
        let said = say!(
            "`{code}` non è un codice ISTAT di sei cifre",
            "`{code}` is no ISTAT code of six digits"
        );
        return faults.add(line, "Codice comune", said);
    };
    let comune = comuni.entry(code).or_insert_with(|| Comune {
        name: name.to_owned(),
        line,
        ages: [0; OLDEST + 1],
        total: None,
        sum: Count::default(),
        bands: Default::default(),
        partial: false,
        ageless: false,
    });
    named(name, comune, line, faults);
    let Some(age) = age_of(age) else {
        (comune.partial, comune.ageless) = (true, true);
        let said = say!(
            "`{age}` non è un'età da 0 a 100, né il 999 del totale",
            "`{age}` is no age from 0 to 100, nor the 999 of the total"
        );
        return faults.add(line, "Età", said);
    };
    let count = count([males, females, all], line, faults);
    comune.partial |= count.is_none();
    placed(age, count.unwrap_or_default(), comune, line, faults);
}

/// Gives a code of six digits, with the zero that a spreadsheet takes away; a shorter one may be
/// that of a province.
fn code_of(cell: &str) -> Option<String> {
    let digits = matches!(cell.len(), 5 | 6) && cell.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| format!("{cell:0>6}"))
}

fn age_of(cell: &str) -> Option<usize> {
    let age = number_of(cell).and_then(|age| usize::try_from(age).ok());
    age.filter(|age| *age <= OLDEST || *age == TOTAL)
}

/// Reads a count of people: digits only, and no more than there may be.
fn number_of(cell: &str) -> Option<u64> {
    let digits = cell.len() <= 9 && cell.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| cell.parse().ok()).flatten()
}

fn named(name: &str, comune: &Comune, line: u32, faults: &mut Faults) {
    let (first, at) = (&comune.name, comune.line);
    if name.is_empty() {
        let said = say!(
            "manca il nome del Comune",
            "the name of the Comune is missing"
        );
        faults.add(line, "Comune", said);
    } else if name != first {
        let said = say!(
            "`{name}` ha lo stesso codice di `{first}` alla riga {at}",
            "`{name}` has the same code as `{first}` at line {at}"
        );
        faults.add(line, "Comune", said);
    }
}

/// Reads the numbers of a row, where males and females make up all.
fn count(cells: [&str; 3], line: u32, faults: &mut Faults) -> Option<Count> {
    let [_, _, _, names @ ..] = READ;
    let read = cells.map(number_of);
    for ((cell, name), number) in cells.into_iter().zip(names).zip(read) {
        if number.is_none() {
            let said = say!("`{cell}` non è un numero", "`{cell}` is no number");
            faults.add(line, name, said);
        }
    }
    let [Some(males), Some(females), Some(all)] = read else {
        return None;
    };
    let both = males + females;
    if both != all {
        let said = say!(
            "maschi e femmine sono {both}, il totale {all}",
            "males and females are {both}, the total {all}"
        );
        faults.add(line, "Totale", said);
        return None;
    }
    Some([males, females, all])
}

/// Puts the numbers of a row at their age, unless the age was read before.
fn placed(age: usize, count: Count, comune: &mut Comune, line: u32, faults: &mut Faults) {
    let before = match comune.ages.get_mut(age) {
        Some(at) => std::mem::replace(at, line),
        None => comune.total.replace((line, count)).map_or(0, |(at, _)| at),
    };
    if before > 0 {
        comune.partial = true;
        let name = &comune.name;
        let said = say!(
            "`{name}` ha già l'età {age} alla riga {before}",
            "`{name}` has the age {age} at line {before} already"
        );
        return faults.add(line, "Età", said);
    }
    if age == TOTAL {
        return;
    }
    for (sum, number) in comune.sum.iter_mut().zip(count) {
        *sum += number;
    }
    let [_, _, all] = count;
    for (band, (from, to)) in comune.bands.iter_mut().zip(BANDS) {
        if (from..=to).contains(&age) {
            *band += all;
        }
    }
}

/// Checks that a Comune has all its ages, and that they make up its total.
fn judge(code: &str, comune: &Comune, faults: &mut Faults) {
    let (name, line) = (&comune.name, comune.line);
    let ages = comune.ages.iter().enumerate();
    let missing = ages.filter(|(_, at)| **at == 0 && !comune.ageless);
    let missing: Vec<_> = missing.map(|(age, _)| age.to_string()).collect();
    if !missing.is_empty() {
        let ages = missing.join(", ");
        let said = say!(
            "a `{name}` ({code}) mancano le età {ages}",
            "`{name}` ({code}) lacks the ages {ages}"
        );
        faults.add(line, "Età", said);
    }
    if comune.total.is_none() && !comune.ageless {
        let said = say!(
            "a `{name}` ({code}) manca la riga del totale, età 999",
            "`{name}` ({code}) lacks the row of the total, age 999"
        );
        faults.add(line, "Età", said);
    }
    if comune.partial || !missing.is_empty() {
        return;
    }
    let Some((line, total)) = comune.total else {
        return;
    };
    let [_, _, _, names @ ..] = READ;
    for ((column, sum), total) in names.into_iter().zip(comune.sum).zip(total) {
        if sum != total {
            let said = say!(
                "le età di `{name}` fanno {sum}, il totale dice {total}",
                "the ages of `{name}` make {sum}, the total says {total}"
            );
            faults.add(line, column, said);
        }
    }
}

#[cfg(test)]
mod tests;
