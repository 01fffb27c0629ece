//! The programme of the Zona Pistoiese, as it was published: every row, every count, every time.

#![cfg(test)]

mod common;

use common::{csv, import, pistoia, root, rows};
use riparto_plugin::abi::message;
use riparto_plugin::{Column, Finding, Table, Weight};
use riparto_plugin_toscana::plugin;

const FILE: &str = "zona_pistoiese.txt";

/// Characters of the introduction and of each point, headings left out, counted with another
/// program: it cuts the text at the headings and counts each piece, with every space and every
/// end of a line, but not what is blank around it.
const COUNTED: [(&str, u64); 18] = [
    ("introduzione", 809),
    ("1", 3601),
    ("2", 2191),
    ("3", 2032),
    ("4", 1368),
    ("5", 3451),
    ("6", 1541),
    ("7", 1093),
    ("8", 1240),
    ("9", 1278),
    ("10", 1679),
    ("11", 2261),
    ("12", 2316),
    ("13", 967),
    ("14", 678),
    ("15", 1703),
    ("16", 1044),
    ("17", 608),
];

#[test]
fn every_point_has_its_items_as_many_characters_as_counted_elsewhere() {
    let Some(bytes) = pistoia() else { return };
    let rows = rows("programma", FILE, &bytes);
    assert_eq!(rows.len(), 1 + 17 + 85);
    for (point, characters) in COUNTED {
        let of_point: Vec<_> = rows.iter().filter(|row| row[2] == point).collect();
        let items = if point == "introduzione" { 0 } else { 5 };
        assert_eq!(of_point.len(), 1 + items, "{point}");
        let count: u64 = of_point
            .iter()
            .map(|row| row[5].chars().count() as u64)
            .sum();
        assert_eq!(count, characters, "{point}");
    }
    let printed = |row: &&Vec<String>| (row[0].clone(), row[3].clone());
    let odd = rows
        .iter()
        .filter(|row| row[4].contains("tempi attesi") && row[3] != "e");
    let odd: Vec<(String, String)> = odd.map(|row| printed(&row)).collect();
    let by_hand = [("8.5", "a"), ("9.5", "a"), ("13.5", "d")];
    assert_eq!(
        odd,
        by_hand.map(|(row, letter)| (row.to_owned(), letter.to_owned()))
    );
}

#[test]
fn headings_are_kept_as_printed_and_their_lines_are_known() {
    let Some(bytes) = pistoia() else { return };
    let output = import("programma", FILE, &bytes).unwrap();
    let at = |row: &str| {
        let found = output.rows.iter().find(|found| found.cells[0] == row);
        let found = found.unwrap_or_else(|| panic!("no row {row}"));
        (found.line, found.cells[4].as_str())
    };
    assert_eq!(at("5.3"), (224, "c.  obiettivi prefissati"));
    assert_eq!(at("16"), (572, "16.atti conferenza"));
    assert_eq!(
        at("13.5").1,
        "d.tempi attesi di realizzazione nell’arco del triennio 2024-2026"
    );
    assert!(at("2.4").1.contains("come si opere-\nrà,"));
    assert!(at("12.4").1.ends_with("ciascun punto del programma)"));
    assert!(at("introduzione").1.ends_with("(testo max 800 battute)"));
}

#[test]
fn the_rows_are_those_of_the_pack() {
    let Some(bytes) = pistoia() else { return };
    let table = root().join("regions/toscana/2024/data/testi.csv");
    let table = std::fs::read_to_string(table).expect("the pack has the texts of the programme");
    let mut table = csv(&table).into_iter();
    let output = import("programma", FILE, &bytes).unwrap();
    assert_eq!(table.next(), Some(output.columns));
    let mut rows = output.rows.into_iter();
    for mut expected in table {
        let mut row = rows.next().map(|row| row.cells).expect("a row");
        // The table lost a space at the end of a line of one heading.
        for cells in [&mut row, &mut expected] {
            cells[4] = cells[4].replace(" \n", "\n");
        }
        assert_eq!(row, expected);
    }
    assert_eq!(rows.next(), None);
}

#[test]
fn pages_and_ends_of_lines_of_another_copy_change_no_row() {
    let Some(bytes) = pistoia() else { return };
    let text = String::from_utf8(bytes.clone()).unwrap();
    let copy = text
        .replace("\n5.personale", "\n\u{c}5.personale")
        .replace('\n', "\r\n");
    assert_ne!(copy.as_bytes(), bytes);
    assert_eq!(
        rows("programma", FILE, copy.as_bytes()),
        rows("programma", FILE, &bytes)
    );
}

/// The times of the pack, in its order: the point, and the words of the text.
fn times_of_the_pack() -> Vec<(String, String)> {
    let pack = root().join("regions/toscana/2024/programma-zona-pistoiese.toml");
    let pack = std::fs::read_to_string(pack).expect("the pack has the times of the programme");
    let pack: toml::Table = pack.parse().expect("the pack is TOML");
    let entries = ["prose", "term"].into_iter().flat_map(|block| {
        let entries = pack[block].as_table().expect("a block of times");
        entries.iter().map(|(name, entry)| {
            let point = name.split('_').nth(1).expect("a name has its point");
            let words = match entry.get("text") {
                Some(text) => text.as_str(),
                // A term keeps the words of the text between quotation marks in its note.
                None => entry["note"]
                    .as_str()
                    .and_then(|n| n.split(['«', '»']).nth(1)),
            };
            (
                point.trim_start_matches('0').to_owned(),
                words.expect("words").to_owned(),
            )
        })
    });
    entries.collect()
}

/// Letters and figures alone: spaces, broken syllables and marks are the copy's.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[test]
fn all_the_52_times_of_the_pack_are_found_and_none_that_the_text_does_not_say() {
    let Some(bytes) = pistoia() else { return };
    let whole = plain(&String::from_utf8(bytes.clone()).unwrap());
    let found = rows("tempi", FILE, &bytes);
    for row in &found {
        assert!(whole.contains(&plain(&row[2])), "{row:?}");
    }
    let pack = times_of_the_pack();
    assert_eq!(pack.len(), 52);
    let mut left = found;
    let missed = pack.into_iter().filter(|(point, words)| {
        let is = |row: &&Vec<String>| row[0] == *point && plain(words).contains(&plain(&row[2]));
        let longest = left
            .iter()
            .filter(is)
            .max_by_key(|row| row[2].len())
            .cloned();
        match longest.and_then(|row| left.iter().position(|other| *other == row)) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        }
    });
    assert_eq!(missed.collect::<Vec<_>>(), []);
    // What the pack takes together with another time, or not as the time of an action.
    let left: Vec<(&str, &str)> = left
        .iter()
        .map(|row| (row[0].as_str(), row[2].as_str()))
        .collect();
    let by_hand = [
        ("2", "2025"),
        ("3", "dal 2025"),
        ("4", "anno 2024/2025"),
        ("6", "periodicamente"),
    ];
    assert_eq!(left, by_hand);
}

#[test]
fn the_validator_says_what_the_programme_has_amiss_and_nothing_else() {
    let Some(bytes) = pistoia() else { return };
    let output = import("programma", FILE, &bytes).unwrap();
    let all = judged(
        &output
            .rows
            .iter()
            .map(|row| row.cells.clone())
            .collect::<Vec<_>>(),
    );
    let by_hand = [
        "introduction-too-long: l'introduzione ha 809 caratteri, più di 800",
        "point-too-long: il punto 1 ha 3601 caratteri, più di 3000",
        "point-too-long: il punto 5 ha 3451 caratteri, più di 3000",
        "letter-misprinted: al punto 8 la lettera «e», tempi attesi, è stampata come «a»",
        "letter-misprinted: al punto 9 la lettera «e», tempi attesi, è stampata come «a»",
        "letter-misprinted: al punto 13 la lettera «e», tempi attesi, è stampata come «d»",
    ];
    assert_eq!(all, by_hand);
    let mut rows: Vec<_> = output.rows.into_iter().map(|row| row.cells).collect();
    rows.retain(|row| row[2] != "7" && row[0] != "2.3" && row[0] != "introduzione");
    let less = judged(&rows);
    let added: Vec<_> = less
        .iter()
        .filter(|finding| !all.contains(finding))
        .collect();
    let by_hand = [
        "introduction-missing: manca l'introduzione",
        "item-missing: al punto 2 manca la lettera «c», obiettivi",
        "point-missing: manca il punto 7",
    ];
    assert_eq!(added, by_hand.each_ref());
}

/// Gives the findings on rows, each with its code, and holds them to be warnings.
fn judged(rows: &[Vec<String>]) -> Vec<String> {
    let column = |at: usize| {
        let cells = rows
            .iter()
            .map(|row| Some(row[at].clone()).filter(|cell| !cell.is_empty()));
        Column::Texts(cells.collect())
    };
    // Without the column of programmes: the findings then name none.
    let columns = [
        (2, "punto"),
        (3, "lettera"),
        (4, "intestazione"),
        (5, "testo"),
    ];
    let table = Table {
        name: "testi".to_owned(),
        file: "data/testi.csv".to_owned(),
        columns: columns
            .map(|(at, name)| (name.to_owned(), column(at)))
            .to_vec(),
        lines: (2..).take(rows.len()).collect(),
    };
    let input = message::write(&[table].as_slice()).unwrap();
    let answer = plugin().call("validator/programma", &input).unwrap();
    let found: Vec<Finding> = message::read(&answer).unwrap();
    assert!(
        found
            .iter()
            .all(|finding| finding.weight == Weight::Warning)
    );
    let told = found.into_iter().map(|finding| finding.fault);
    told.map(|fault| format!("{}: {}", fault.code, fault.message))
        .collect()
}
