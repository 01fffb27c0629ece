//! Each difference between what a case expects and what came out is told at its line.

use super::Case;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::outcome::Outcome;
use crate::say;
use crate::testing::{Files, HEADER, allocation};

const PATH: &str = "regions/prova/2024/cases/caso.toml";
const HEAD: &str = "title = \"Caso\"\nsource = \"conto\"\n";

fn case(expect: &str) -> Case {
    let (case, faults) = Case::parse(PATH, format!("{HEAD}{expect}").as_bytes());
    case.unwrap_or_else(|| panic!("{faults:?}"))
}

/// Alba 3, Bra 1: 75.00 and 25.00 of the fund `stato`.
fn outcome(fund: &str) -> Outcome {
    let text = allocation("bambini", "");
    let files = Files::measure(&text);
    let overrides = crate::pack::Overrides {
        funds: [("stato".to_owned(), fund.to_owned())].into(),
        ..Default::default()
    };
    let (pack, faults) = files.load_with(&overrides);
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let rows = format!("{HEADER}001001,A001,Alba,3,,,,\n001002,A002,Bra,1,,,,\n");
    let data = crate::testing::dataset(&pack, &[("comuni", &rows)]);
    crate::eval::evaluate(&pack, &data).0.unwrap().outcome
}

/// Gives the lines of the differences, the first of the case being 3.
fn lines(expect: &str) -> Vec<usize> {
    let found = case(expect).compare(Some(&outcome("100.00")), &Diagnostics::new());
    let found = found.into_sorted();
    assert!(found.iter().all(|f| f.code == Code::CaseFailed));
    found
        .iter()
        .map(|f| f.place.as_ref().unwrap().line)
        .collect()
}

fn refused(codes: &[Code]) -> Diagnostics {
    let fault = |code: &Code| Diagnostic::error(*code, say!("no", "no"));
    codes.iter().map(fault).collect()
}

#[test]
fn what_came_out_as_expected_is_no_difference() {
    let expect = "[expect.totals]\nAlba = \"75.00\"\n\"001002\" = \"25\"\n[expect.by_fund.stato]\nAlba = \"75\"\n[expect.allocation.riparto.stato]\nunit_value = \"25\"\ndistributed = \"100\"\nresidue = \"0\"\namounts = { Bra = \"25.00\" }\n";
    assert!(lines(expect).is_empty());
}

#[test]
fn each_difference_is_told_at_its_line() {
    let expect = "[expect.totals]\nAlba = \"75.01\"\nBra = \"25.00\"\n[expect.by_fund.stato]\nBra = \"24.99\"\n[expect.allocation.riparto.stato]\nunit_value = \"25.01\"\ndistributed = \"100.00\"\nresidue = \"0.01\"\n";
    assert_eq!(lines(expect), [4, 7, 9, 11]);
}

#[test]
fn a_row_an_allocation_or_a_number_that_is_none_is_told_at_its_line() {
    let expect = "[expect.totals]\nAlva = \"75.00\"\nBra = \"25,00\"\n[expect.by_fund.regione]\nAlba = \"1\"\n[expect.allocation.altro.stato]\nresidue = \"0\"\n";
    let found = lines(expect);
    assert_eq!(found.len(), 4);
    assert_eq!(found[..3], [4, 5, 7]);
}

#[test]
fn a_refusal_is_expected_by_its_code_and_only_that_one() {
    let case = case("[expect]\ndiagnostics = [\"tie\"]\n");
    let count = |codes: &[Code]| case.compare(None, &refused(codes)).len();
    assert_eq!(count(&[Code::Tie]), 0);
    assert_eq!(count(&[Code::Tie, Code::Tie]), 0);
    assert_eq!(count(&[Code::Tie, Code::MissingDatum]), 1);
    assert_eq!(count(&[Code::MissingDatum]), 2);
    assert_eq!(
        case.compare(Some(&outcome("100.00")), &Diagnostics::new())
            .len(),
        1
    );
}

#[test]
fn amounts_beside_an_expected_refusal_are_not_passed_over() {
    let case = case("[expect]\ndiagnostics = [\"tie\"]\n[expect.totals]\nAlba = \"75.00\"\n");
    assert_eq!(case.compare(None, &refused(&[Code::Tie])).len(), 1);
}

#[test]
fn a_case_that_expects_nothing_is_refused() {
    let (case, faults) = Case::parse(PATH, format!("{HEAD}[expect]\n").as_bytes());
    assert!(case.is_none());
    let faults = faults.into_sorted();
    assert_eq!(faults[0].code, Code::InvalidRule);
}

/// Alba has 3 children, Bra 1, and at least 2 are asked.
#[test]
fn a_value_that_no_condition_found_is_told_at_its_line() {
    let files = Files::measure(
        "[eligibility.grande]\nlabel = \"Grande\"\nof = \"comuni\"\nact = \"a\"\n[eligibility.grande.condition.bambini]\nlabel = \"servono bambini\"\nthat = \"bambini >= 2\"\nact = \"a\"\n",
    );
    let (pack, faults) = files.load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let rows = format!("{HEADER}001001,A001,Alba,3,,,,\n001002,A002,Bra,1,,,,\n");
    let data = crate::testing::dataset(&pack, &[("comuni", &rows)]);
    let outcome = crate::eval::evaluate(&pack, &data).0.unwrap().outcome;
    let told = |expect: &str| -> Vec<usize> {
        let found = case(expect).compare(Some(&outcome), &Diagnostics::new());
        let found = found.into_sorted();
        found
            .iter()
            .map(|f| f.place.as_ref().unwrap().line)
            .collect()
    };
    let head = "[expect.found.grande]\n";
    assert!(
        told(&format!(
            "{head}Alba = [\"Bambini: 3\"]\nBra = [\"Bambini: 1\"]\n"
        ))
        .is_empty()
    );
    let wrong = "Alba = [\"Bambini: 3\"]\nBra = [\"Bambini: 3\"]\nCuneo = [\"Bambini: 3\"]\n";
    assert_eq!(told(&format!("{head}{wrong}")), [5, 6]);
}
