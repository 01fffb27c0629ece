//! What cannot be true of a table of residents of Lombardia.

use riparto_plugin::{
    Column, Fault, Finding, Place, Rational, Table, Validator, Value, Weight, values_of,
};

use crate::faults::{Said, say};

/// The provinces of Lombardia, as its ISTAT codes begin.
const PROVINCES: [&str; 12] = [
    "012", "013", "014", "015", "016", "017", "018", "019", "020", "097", "098", "108",
];
/// Each of these columns counts people that the other counts too.
const PARTS: [(&str, &str); 4] = [
    ("popolazione_0_2", "popolazione_0_5"),
    ("popolazione_3_5", "popolazione_0_5"),
    ("popolazione_0_5", "popolazione_0_6"),
    ("popolazione_0_6", "popolazione"),
];

/// Describes it.
pub(crate) fn validator() -> Validator {
    Validator {
        name: "popolazione".to_owned(),
        label: "residenti di Comuni lombardi: codici, età contenute in altre, Comuni vuoti"
            .to_owned(),
        label_en: "residents of Comuni of Lombardia: codes, ages within others, empty Comuni"
            .to_owned(),
    }
}

/// Checks each table that has a column `istat`.
pub(crate) fn validate(tables: &[Table]) -> Result<Vec<Finding>, Box<Fault>> {
    let mut findings = Vec::new();
    let mut judged = false;
    for table in tables {
        let Some(Column::Texts(codes)) = table.column("istat") else {
            continue;
        };
        judged = true;
        for (code, line) in codes.iter().zip(&table.lines) {
            if let Some(said) = code.as_deref().and_then(foreign) {
                findings.push(finding(
                    Weight::Error,
                    "not-of-lombardia",
                    said,
                    table,
                    *line,
                    "istat",
                ));
            }
        }
        for (part, whole) in PARTS {
            more_than(table, part, whole, &mut findings);
        }
        empty(table, &mut findings);
    }
    if !judged {
        let said = say!(
            "nessuna tavola ha una colonna di testo `istat`: non c'è niente da controllare",
            "no table has a text column `istat`: there is nothing to check"
        );
        findings.push(Finding {
            weight: Weight::Warning,
            fault: fault("nothing-to-check", said, None),
        });
    }
    Ok(findings)
}

fn foreign(code: &str) -> Option<Said> {
    let whole = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    if !whole {
        return Some(say!(
            "`{code}` non è un codice ISTAT di sei cifre",
            "`{code}` is no ISTAT code of six digits"
        ));
    }
    let known = PROVINCES.iter().any(|province| code.starts_with(province));
    (!known).then(|| {
        say!(
            "`{code}` non è di una provincia della Lombardia",
            "`{code}` is of no province of Lombardia"
        )
    })
}

fn more_than(table: &Table, part: &str, whole: &str, findings: &mut Vec<Finding>) {
    let (parts, wholes) = (numbers(table, part), numbers(table, whole));
    for ((few, many), line) in parts.into_iter().zip(wholes).zip(&table.lines) {
        let (Some(few), Some(many)) = (few, many) else {
            continue;
        };
        if few > many {
            let said = say!(
                "`{part}` è {few}, più di `{whole}` che è {many} e la comprende",
                "`{part}` is {few}, more than `{whole}` which is {many} and includes it"
            );
            findings.push(finding(
                Weight::Error,
                "part-beyond-whole",
                said,
                table,
                *line,
                part,
            ));
        }
    }
}

fn empty(table: &Table, findings: &mut Vec<Finding>) {
    let residents = numbers(table, "popolazione").into_iter();
    for (residents, line) in residents.zip(&table.lines) {
        if residents == Some(Value::int(0)) {
            let said = say!("il Comune non ha residenti", "the Comune has no residents");
            findings.push(finding(
                Weight::Warning,
                "no-residents",
                said,
                table,
                *line,
                "popolazione",
            ));
        }
    }
}

/// Gives the numbers of a column, none when there is no such column.
fn numbers(table: &Table, name: &str) -> Vec<Option<Rational>> {
    let cells = table.column(name).and_then(values_of).unwrap_or_default();
    let numbers = cells.into_iter().map(|cell| cell?.number());
    numbers.collect()
}

fn finding(
    weight: Weight,
    code: &str,
    said: Said,
    table: &Table,
    line: u32,
    column: &str,
) -> Finding {
    let file = if table.file.is_empty() {
        &table.name
    } else {
        &table.file
    };
    let place = Place {
        file: file.clone(),
        line,
        column: column.to_owned(),
    };
    Finding {
        weight,
        fault: fault(code, said, Some(place)),
    }
}

fn fault(code: &str, said: Said, place: Option<Place>) -> Fault {
    Fault {
        place,
        ..*riparto_plugin::fault(code, &said.it, &said.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: Vec<(&str, Column)>, rows: u32) -> Table {
        let columns = columns
            .into_iter()
            .map(|(name, cells)| (name.to_owned(), cells));
        Table {
            name: "popolazione".to_owned(),
            file: "popolazione.csv".to_owned(),
            columns: columns.collect(),
            lines: (2..rows + 2).collect(),
        }
    }

    fn codes(codes: &[&str]) -> (&'static str, Column) {
        let cells = codes.iter().map(|code| Some((*code).to_owned()));
        ("istat", Column::Texts(cells.collect()))
    }

    fn integers(cells: &[i64]) -> Column {
        Column::Integers(cells.iter().copied().map(Some).collect())
    }

    fn told(tables: &[Table]) -> Vec<(Weight, String, u32, String)> {
        let findings = validate(tables).unwrap().into_iter();
        let told = findings.map(|finding| {
            let place = finding.fault.place.unwrap_or_default();
            (finding.weight, finding.fault.code, place.line, place.column)
        });
        told.collect()
    }

    fn error(code: &str, line: u32, column: &str) -> (Weight, String, u32, String) {
        (Weight::Error, code.to_owned(), line, column.to_owned())
    }

    #[test]
    fn codes_of_other_regions_and_broken_codes_are_found() {
        // Varese, Lecco, Lodi, Monza; Torino, Verbania, a lost zero, Piacenza.
        let given = codes(&[
            "012001", "097001", "098001", "108001", "001272", "103072", "12001", "033032",
        ]);
        let found: Vec<_> = [6, 7, 8, 9]
            .map(|line| error("not-of-lombardia", line, "istat"))
            .into();
        assert_eq!(told(&[table(vec![given], 8)]), found);
    }

    #[test]
    fn an_age_beyond_the_one_that_includes_it_and_an_empty_comune_are_found() {
        let given = table(
            vec![
                codes(&["097001", "097002", "097003"]),
                ("popolazione_0_2", integers(&[55, 67, 0])),
                ("popolazione_0_5", integers(&[112, 66, 0])),
                ("popolazione", integers(&[3164, 2884, 0])),
            ],
            3,
        );
        let empty = (
            Weight::Warning,
            "no-residents".to_owned(),
            4,
            "popolazione".to_owned(),
        );
        let found = [error("part-beyond-whole", 3, "popolazione_0_2"), empty];
        assert_eq!(told(&[given]), found);
    }

    #[test]
    fn absent_numbers_are_no_fault_and_no_table_is_told() {
        let absent = table(
            vec![
                codes(&["097001"]),
                ("popolazione_0_2", Column::Integers(vec![Some(3)])),
                ("popolazione_0_5", Column::Integers(vec![None])),
            ],
            1,
        );
        assert_eq!(told(&[absent]), []);
        let nothing = (
            Weight::Warning,
            "nothing-to-check".to_owned(),
            0,
            String::new(),
        );
        assert_eq!(told(&[]), [nothing]);
    }
}
