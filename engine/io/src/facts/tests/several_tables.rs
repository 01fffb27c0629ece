//! Tables that refer to each other, and those that are missing.

use super::*;

fn decls() -> Vec<TableDecl> {
    let mut nidi = table(
        "nidi",
        vec![
            column("nome", ColumnType::Text),
            column("comune", ColumnType::Istat),
        ],
    );
    nidi.columns[1].references = Some("comuni".to_owned());
    vec![comuni(), nidi]
}

fn files(texts: &[(&str, &str)]) -> Files {
    let file = |(table, text): &(&str, &str)| {
        let bytes = text.as_bytes().to_vec();
        ((*table).to_owned(), (format!("data/{table}.csv"), bytes))
    };
    Files {
        own: texts.iter().map(file).collect(),
        ..Files::default()
    }
}

fn read(texts: &[(&str, &str)]) -> (Option<Dataset>, Diagnostics) {
    let (dataset, diagnostics, dialects) = read_tables(&decls(), &files(texts), &NoNatives);
    assert_eq!(dataset.is_none(), diagnostics.has_errors());
    let read = texts.iter().filter(|(table, _)| *table != "comun");
    assert_eq!(dialects.len(), read.count());
    (dataset, diagnostics)
}

const COMUNI: &str = "istat;nome;bambini;spesa\n001272;Torino;1;\n";

#[test]
fn tables_that_fit_together_are_a_dataset() {
    let (dataset, diagnostics) = read(&[("comuni", COMUNI), ("nidi", "nome,comune\nA,001272\n")]);
    assert!(diagnostics.is_empty());
    let dataset = dataset.unwrap();
    assert_eq!(dataset.tables["nidi"].file, "data/nidi.csv");
    assert_eq!(dataset.tables["comuni"].len(), 1);
}

#[test]
fn a_table_without_a_file_is_missing_and_the_nearest_file_is_named() {
    let (_, diagnostics) = read(&[("comun", COMUNI), ("nidi", "nome,comune\nA,x\n")]);
    let found: Vec<_> = diagnostics.iter().collect();
    assert_eq!(fault(found[0]), (Code::MalformedCell, 2, 3, 1));
    assert_eq!(
        (found[1].code, found[1].place.is_none()),
        (Code::MissingTable, true)
    );
    assert!(
        found[1]
            .help
            .as_ref()
            .unwrap()
            .it
            .contains("`data/comun.csv`")
    );
    let (_, diagnostics) = read(&[("comuni", COMUNI)]);
    let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
    assert!(
        help.en.contains("`nidi.csv`") && help.en.contains("`nome`, `comune`"),
        "{help:?}"
    );
}

#[test]
fn a_reference_to_no_row_is_found_also_when_another_cell_is_wrong() {
    let comuni = COMUNI.replace(";1;", ";x;");
    let (_, diagnostics) = read(&[("comuni", &comuni), ("nidi", "nome,comune\nA,001273\n")]);
    let found: Vec<Fault> = diagnostics.iter().map(fault).collect();
    assert_eq!(
        found,
        [
            (Code::MalformedCell, 2, 15, 1),
            (Code::UnknownReference, 2, 3, 6)
        ]
    );
}

#[test]
fn nothing_is_said_of_references_where_keys_could_not_be_read() {
    let comuni = COMUNI.replace("001272", "1272");
    let (_, diagnostics) = read(&[("comuni", &comuni), ("nidi", "nome,comune\nA,001272\n")]);
    let found: Vec<Fault> = diagnostics.iter().map(fault).collect();
    assert_eq!(found, [(Code::IstatLeadingZero, 2, 1, 4)]);
}
