//! Public tables against the plugin, where this machine has them.

#![cfg(test)]

use std::path::{Path, PathBuf};

use riparto_plugin::abi::message;
use riparto_plugin::{Column, Finding, ImportInput, ImportOutput, Table, TableRow};

/// Gives the folder of public tables: `RIPARTO_SHARED`, else `shared/` beside the project.
fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("RIPARTO_SHARED").map(PathBuf::from);
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let beside = project?.parent().map(|parent| parent.join("shared"));
    let mut folders = named.into_iter().chain(beside);
    folders.find(|folder| folder.is_dir())
}

/// Gives the codes of a register of Comuni and how many of them the validator refuses.
fn refused(shared: &Path, register: &str) -> (usize, usize) {
    let path = shared.join("published/istat").join(register);
    let text = std::fs::read_to_string(path).unwrap();
    let codes = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next());
    let codes: Vec<_> = codes.map(|code| Some(code.to_owned())).collect();
    let count = codes.len();
    let table = Table {
        name: "comuni".to_owned(),
        file: register.to_owned(),
        lines: (2..).take(count).collect(),
        columns: vec![("istat".to_owned(), Column::Texts(codes))],
    };
    let input = message::write(&vec![table]).unwrap();
    let answer = riparto_plugin_lombardia::plugin().call("validator/popolazione", &input);
    let findings: Vec<Finding> = message::read(&answer.unwrap()).unwrap();
    (count, findings.len())
}

#[test]
fn every_comune_of_lombardia_is_known_and_none_of_its_neighbours() {
    let Some(shared) = shared() else {
        eprintln!("skipped: RIPARTO_SHARED does not name the public tables");
        return;
    };
    let (lombardia, unknown) = refused(&shared, "comuni_lombardia.csv");
    assert!(lombardia > 1400 && unknown == 0, "{unknown} of {lombardia}");
    for register in ["comuni_piemonte.csv", "comuni_toscana.csv"] {
        let (all, unknown) = refused(&shared, register);
        assert!(
            all > 200 && unknown == all,
            "{register}: {unknown} of {all}"
        );
    }
}

#[test]
fn a_table_as_long_as_that_of_italy_is_read() {
    // 7,900 Comuni of one man and one woman of each age: 810,000 rows.
    let mut text = String::from("Codice comune;Comune;Età;Totale maschi;Totale femmine;Totale\n");
    for code in 1..=7900 {
        for age in 0..=100 {
            text += &format!("{code:06};Comune {code};{age};1;1;2\n");
        }
        text += &format!("{code:06};Comune {code};999;101;101;202\n");
    }
    let input = message::write(&ImportInput {
        file: "POSAS.csv".to_owned(),
        table: "popolazione".to_owned(),
        columns: ["istat", "popolazione_0_5"].map(str::to_owned).to_vec(),
        bytes: text.into_bytes(),
    });
    let answer = riparto_plugin_lombardia::plugin().call("importer/posas", &input.unwrap());
    let output: ImportOutput = message::read(&answer.unwrap()).unwrap();
    assert_eq!(output.rows.len(), 7900);
    let last = TableRow {
        line: 2 + 7899 * 102,
        cells: vec!["007900".to_owned(), "12".to_owned()],
    };
    assert_eq!(output.rows.last(), Some(&last));
}
