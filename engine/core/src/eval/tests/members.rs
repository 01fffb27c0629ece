//! What a decision on rows gathered from another table misses, told in few words.

use super::tables::{SERVIZI, rollup};
use crate::diag::Place;
use crate::eval::evaluate;
use crate::testing::{Files, HEADER, dataset};

const COMUNI: &str = "001001,A001,Alba,3,10.00,0.5,sì,2020-01-01\n";

/// Gives the reason for which Alba cannot be judged, its services having these places.
fn reason(posti: &[&str]) -> (String, String) {
    let blocks = format!(
        "{SERVIZI}{}[eligibility.ammesso]\nlabel = \"Ammissione\"\nof = \"comuni\"\nact = \"a\"\n\
         [eligibility.ammesso.condition.posti]\nlabel = \"bastano i posti\"\nthat = \"x > 1\"\nact = \"a\"\n",
        rollup("sum", "integer", "of = \"posti\"\nunit = \"posti\"")
    );
    let (pack, faults) = Files::measure(&blocks).load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let rows = posti.iter().enumerate();
    let rows = rows.map(|(at, posti)| format!("s{at},001001,nido,{posti},2020-09-01,sì\n"));
    let servizi = format!(
        "codice,comune,tipo,posti,aperto,pubblico\n{}",
        rows.collect::<String>()
    );
    let mut data = dataset(
        &pack,
        &[
            ("comuni", &format!("{HEADER}{COMUNI}")),
            ("servizi", &servizi),
        ],
    );
    let table = data.tables.get_mut("servizi").unwrap();
    let column = table.columns.iter_mut().find(|one| one.name == "posti");
    let empty = posti.iter().enumerate().filter(|(_, cell)| cell.is_empty());
    column.unwrap().missing = empty
        .map(|(row, _)| {
            let start = Place::start_of("servizi.csv".to_owned());
            (
                row,
                Place {
                    line: row + 2,
                    ..start
                },
            )
        })
        .collect();
    let (run, faults) = evaluate(&pack, &data);
    let outcome = run.unwrap_or_else(|| panic!("{faults:?}")).outcome;
    let text = outcome.decisions[0].rows[0].findings[0].text.clone();
    (text.it, text.en)
}

#[test]
fn cells_of_another_table_are_told_together() {
    let (it, en) = reason(&["", "20", ""]);
    assert_eq!(
        it,
        "bastano i posti (manca «Posti» per 2 righe di «Servizi»: s0, s2)"
    );
    assert_eq!(
        en,
        "bastano i posti (“Posti” is missing for 2 rows of “Servizi”: s0, s2)"
    );
}

#[test]
fn one_cell_of_another_table_is_told_by_its_line() {
    let (it, _) = reason(&["20", ""]);
    assert_eq!(
        it,
        "bastano i posti (manca `posti` alla riga 3 di `servizi.csv`)"
    );
}
