//! Splits that are refused, and in which words.

use super::*;

#[test]
fn minimums_above_the_pot_name_themselves_and_the_pot_that_would_do() {
    let problem = closing("100.00", &["1", "1", "1"])
        .min(1, "60")
        .min(2, "50.001");
    let (code, message, help) = fault(&problem);
    assert_eq!(code, Code::Infeasible);
    assert_eq!(
        message,
        "i minimi fanno 110.01, più dell'importo da ripartire, 100.00: `1` (60.00), `2` (50.01)"
    );
    assert_eq!(help, "il più piccolo importo che basta è 110.01");
    assert_eq!(smallest_pot(&problem).unwrap(), Some(n("110.01")));
}

/// By 1, 1, 2 the first must have 60 and only the third pays: 60 + P/4 ≤ P from P = 80.
#[test]
fn exhausted_payers_are_named_with_the_pot_that_would_do() {
    let problem = closing("72.00", &["1", "1", "2"])
        .min(1, "60")
        .paid_by(rows(&[3]));
    let (code, message, help) = fault(&problem);
    assert_eq!(code, Code::Infeasible);
    assert_eq!(
        message,
        "chi paga (`3`) non può dare abbastanza: alle altre righe vanno 78.00, restano -6.00, \
         e a chi paga spettano almeno 0.00; minimi: `1` (60.00)"
    );
    assert_eq!(help, "il più piccolo importo che basta è 80.00");
    let enough = |p: &mut Problem| {
        p.pot = n("80");
        p.target = n("80");
    };
    let outcome = solved(&problem.with(enough));
    assert_eq!(amounts(&outcome), ["60.00", "20.00", "0.00"]);
}

#[test]
fn payers_without_weight_can_never_pay() {
    let problem = closing("100.00", &["1", "0"])
        .min(2, "10")
        .paid_by(rows(&[2]));
    let (code, _, help) = fault(&problem);
    assert_eq!(code, Code::Infeasible);
    assert!(help.starts_with("nessun importo basterebbe"), "{help}");
    assert_eq!(smallest_pot(&problem).unwrap(), None);
}

#[test]
fn a_minimum_above_its_maximum_is_named() {
    let crossed = closing("100.00", &["1", "1"]).min(1, "50").max(1, "40");
    let (code, message, _) = fault(&crossed);
    assert_eq!(code, Code::Infeasible);
    assert!(
        message.starts_with("per `1` il minimo 50.00 supera il massimo 40.00"),
        "{message}"
    );
    let within_a_cent = closing("100.00", &["1", "1"])
        .min(1, "5.001")
        .max(1, "5.009");
    assert_eq!(fault(&within_a_cent).0, Code::Infeasible);
}

#[test]
fn all_the_faults_are_told_at_once() {
    let problem = split("100.00", Method::UnitValue, &["-1", "2.5", "1"])
        .with(|p| p.criteria[0].share = n("0.5"))
        .min(3, "5")
        .max(3, "4");
    assert_eq!(
        codes(&problem),
        [
            Code::SharesNot100,
            Code::NegativeWeight,
            Code::FractionalCount,
            Code::Infeasible
        ]
    );
}

#[test]
fn weights_that_say_nothing_are_refused() {
    assert_eq!(fault(&closing("1", &["0", "0"])).0, Code::ZeroWeights);
    assert_eq!(fault(&closing("1", &[])).0, Code::ZeroWeights);
    let (code, message, _) = fault(&closing("1", &["1", "-2", "-0.5"]));
    assert_eq!(code, Code::NegativeWeight);
    assert_eq!(message, "il peso `peso` è sotto zero per `2`, `3`");
    let short = closing("1", &["1", "2"]).with(|p| p.criteria[0].weights.truncate(1));
    assert_eq!(fault(&short).0, Code::InvalidRule);
}

#[test]
fn a_unit_value_wants_whole_counts_of_one_kind() {
    let halves = split("1", Method::UnitValue, &["1", "1.5", "2.0"]);
    let (code, message, _) = fault(&halves);
    assert_eq!(code, Code::FractionalCount);
    assert!(message.ends_with("non lo è per `2`"), "{message}");
    let two_kinds = split("1", Method::UnitValue, &["1"]).with(|p| {
        p.criteria[0].share = n("0.5");
        p.criteria.push(p.criteria[0].clone());
    });
    assert_eq!(fault(&two_kinds).0, Code::InvalidRule);
}

#[test]
fn a_total_weight_is_refused_where_it_makes_no_sense() {
    let with_total = |method, total: &str| {
        split("1", method, &["1", "2"]).with(|p| p.criteria[0].total = Some(n(total)))
    };
    assert_eq!(
        fault(&with_total(Method::Floor, "2.9")).0,
        Code::TotalWeight
    );
    assert_eq!(
        fault(&with_total(Method::LargestRemainder, "5")).0,
        Code::InvalidRule
    );
    assert_eq!(
        fault(&with_total(Method::Floor, "5").min(1, "0.1")).0,
        Code::InvalidRule
    );
    assert!(allocate(&with_total(Method::Floor, "3")).is_ok());
}

#[test]
fn money_below_zero_or_far_from_its_target_is_refused() {
    assert_eq!(fault(&closing("-1", &["1"])).0, Code::InvalidRule);
    let far = closing("10.00", &["1"]).with(|p| p.target = n("10.01"));
    assert_eq!(fault(&far).0, Code::InvalidRule);
}

#[test]
fn a_payer_that_is_not_there_is_refused() {
    assert_eq!(
        fault(&closing("1", &["1"]).paid_by(rows(&[2]))).0,
        Code::InvalidRule
    );
}

#[test]
fn a_long_list_of_rows_is_counted_beyond_the_twentieth() {
    let (_, message, _) = fault(&closing("1.00", &["1"; 23]));
    assert!(message.contains("gli ultimi 8 passi"), "{message}");
    assert!(message.ends_with("`20` e altre 3 righe"), "{message}");
}
