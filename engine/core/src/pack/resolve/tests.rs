//! What formulas, shares, overrides and plans of a pack are held to.

use super::Overrides;
use crate::diag::Code;
use crate::rules::Source;
use crate::rules::Step;
use crate::testing::{Files, allocation, derive};

/// Gives what is wrong with one derived column.
fn of(kind: &str, unit: &str, value: &str) -> Vec<(Code, String)> {
    Files::measure(&derive("x", kind, unit, value)).faults()
}

fn fault(code: Code, underlined: &str) -> Vec<(Code, String)> {
    vec![(code, underlined.to_owned())]
}

fn overrides(params: &[(&str, &str)], funds: &[(&str, &str)]) -> Overrides {
    let own = |pairs: &[(&str, &str)]| {
        let pairs = pairs
            .iter()
            .map(|(id, value)| ((*id).to_owned(), (*value).to_owned()));
        pairs.collect()
    };
    Overrides {
        params: own(params),
        funds: own(funds),
    }
}

// Types and units, each with what the caret underlines

#[test]
fn numbers_of_one_unit_are_added_and_a_bare_number_takes_it() {
    assert_eq!(of("integer", "bambini", "bambini + bambini - 1"), []);
    assert_eq!(of("euro", "", "spesa + 100"), []);
}

#[test]
fn numbers_of_two_units_are_not_added() {
    let found = of("euro", "", "1 + (spesa + bambini)");
    assert_eq!(found, fault(Code::UnitMismatch, "+"));
}

#[test]
fn a_product_multiplies_units_and_a_quotient_divides_them() {
    assert_eq!(of("euro", "", "spesa / bambini * bambini"), []);
    assert_eq!(of("decimal", "", "spesa / spesa"), []);
    let found = of("euro", "", "spesa / bambini");
    assert_eq!(found, fault(Code::UnitMismatch, "/"));
}

#[test]
fn numbers_of_two_units_are_not_compared() {
    let found = of("bool", "", "montano && spesa >= bambini");
    assert_eq!(found, fault(Code::UnitMismatch, ">="));
}

#[test]
fn a_condition_is_made_of_conditions() {
    assert_eq!(of("bool", "", "!montano || bambini > 3"), []);
    let found = of("bool", "", "montano && bambini");
    assert_eq!(found, fault(Code::TypeMismatch, "bambini"));
    assert_eq!(of("bool", "", "!nome"), fault(Code::TypeMismatch, "nome"));
}

#[test]
fn a_number_is_made_of_numbers() {
    let found = of("integer", "bambini", "bambini * montano");
    assert_eq!(found, fault(Code::TypeMismatch, "montano"));
    assert_eq!(
        of("integer", "", "-nome"),
        fault(Code::TypeMismatch, "nome")
    );
    assert_eq!(
        of("integer", "", "abs(dal)"),
        fault(Code::TypeMismatch, "dal")
    );
}

#[test]
fn texts_have_no_order_and_dates_do() {
    assert_eq!(of("bool", "", "dal < dal"), []);
    assert_eq!(of("bool", "", "nome == \"Alba\""), []);
    let found = of("bool", "", "nome < catastale");
    assert_eq!(found, fault(Code::TypeMismatch, "<"));
    let found = of("bool", "", "dal == nome");
    assert_eq!(found, fault(Code::TypeMismatch, "=="));
}

#[test]
fn the_least_of_numbers_keeps_their_unit() {
    assert_eq!(of("euro", "", "min(spesa, 10, max(spesa, 0))"), []);
    let found = of("euro", "", "min(spesa, bambini)");
    assert_eq!(found, fault(Code::UnitMismatch, "bambini"));
}

#[test]
fn a_fold_is_of_a_number_column_of_a_table_that_is_there() {
    assert_eq!(of("integer", "bambini", "sum(comuni.bambini)"), []);
    let found = of("integer", "", "sum(comuni.nome)");
    assert_eq!(found, fault(Code::TypeMismatch, "comuni.nome"));
    let found = of("integer", "", "highest(comuni.bambni)");
    assert_eq!(found, fault(Code::UnknownName, "comuni.bambni"));
    let found = of("integer", "", "count(comune)");
    assert_eq!(found, fault(Code::UnknownName, "count"));
}

#[test]
fn an_unknown_name_is_underlined_and_a_near_one_offered() {
    let files = Files::measure(&derive("x", "integer", "bambini", "3 * bambni"));
    let (_, faults) = files.load();
    assert_eq!(files.underlined(&faults[0]), "bambni");
    assert_eq!(
        faults[0].help.as_ref().unwrap().en,
        "did you mean `bambini`?"
    );
}

#[test]
fn a_derived_column_of_money_is_money_to_the_formulas_that_read_it() {
    let blocks = derive("x", "euro", "", "spesa / 2")
        + allocation("bambini", "floor = { value = \"x\", act = \"a\" }").as_str();
    assert_eq!(Files::measure(&blocks).faults(), []);
}

#[test]
fn both_sides_of_a_formula_are_judged_at_once() {
    let found = of("integer", "", "uno + due");
    let names: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(names, ["uno", "due"]);
}

#[test]
fn a_formula_on_several_lines_is_one_formula() {
    let text = "[derive.x]\ntable = \"comuni\"\ntype = \"integer\"\nunit = \"bambini\"\nlabel = \"x\"\nact = \"a\"\nvalue = \"\"\"\nbambini\n  + bambini\n\"\"\"\n";
    assert_eq!(Files::measure(text).faults(), []);
}

// Shares

const HALVES: &str = "[param.meta]\nvalue = \"50%\"\nlabel = \"Metà\"\nact = \"a\"\n[param.altra]\nvalue = \"50%\"\nlabel = \"L'altra\"\nact = \"a\"\n";

fn halves() -> Files {
    let second = allocation("bambini", "share = \"altra\"").replace("riparto]", "secondo]");
    Files::measure(&format!(
        "{HALVES}{}{second}",
        allocation("bambini", "share = \"meta\"")
    ))
}

fn codes_with(files: &Files, overrides: &Overrides) -> Vec<Code> {
    let (pack, faults) = files.load_with(overrides);
    assert_eq!(pack.is_none(), !faults.is_empty());
    faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn shares_of_a_fund_are_the_whole_also_when_given_for_one_run() {
    let files = halves();
    assert_eq!(codes_with(&files, &Overrides::default()), []);
    let both = overrides(&[("meta", "30%"), ("altra", "70%")], &[]);
    assert_eq!(codes_with(&files, &both), []);
    let one = overrides(&[("meta", "30%")], &[]);
    assert_eq!(codes_with(&files, &one), [Code::SharesNot100]);
}

#[test]
fn shares_given_for_one_run_are_those_that_the_pack_holds() {
    let both = overrides(&[("meta", "30%"), ("altra", "70%")], &[]);
    let (pack, _) = halves().load_with(&both);
    let pack = pack.unwrap();
    let measure = &pack.measures[0];
    let share = |at: usize| measure.fraction(&measure.allocations[at].share).to_string();
    assert_eq!((share(0), share(1)), ("3/10".to_owned(), "7/10".to_owned()));
    assert_eq!(measure.params["meta"].source, Source::given());
}

#[test]
fn shares_of_criteria_are_the_whole() {
    let text = allocation("bambini", "").replace("\"100%\"", "\"99%\"");
    let found = Files::measure(&text).faults();
    assert_eq!(found[0].0, Code::SharesNot100);
}

#[test]
fn a_share_is_a_percentage_and_not_an_amount() {
    let text = "[param.n]\nvalue = \"5\"\nunit = \"euro\"\nlabel = \"n\"\nact = \"a\"\n".to_owned()
        + allocation("bambini", "share = \"n\"").as_str();
    let found = Files::measure(&text).faults();
    assert!(
        found.contains(&(Code::UnitMismatch, "\"n\"".to_owned())),
        "{found:?}"
    );
}

// Values for one run

#[test]
fn a_value_for_one_run_is_of_the_kind_of_the_one_it_replaces() {
    let files = halves();
    let plain = overrides(&[("meta", "0.5")], &[]);
    assert_eq!(codes_with(&files, &plain), [Code::BadArgument]);
    let euro = overrides(&[], &[("stato", "mille")]);
    assert_eq!(codes_with(&files, &euro), [Code::BadArgument]);
    let below = overrides(&[], &[("stato", "-1")]);
    assert_eq!(codes_with(&files, &below), [Code::BadArgument]);
}

#[test]
fn a_value_for_a_name_that_no_measure_has_is_refused() {
    let unknown = overrides(&[("meat", "50%")], &[("statp", "1")]);
    let (_, faults) = halves().load_with(&unknown);
    let helps: Vec<&str> = faults
        .iter()
        .map(|f| f.help.as_ref().unwrap().en.as_str())
        .collect();
    assert_eq!(helps, ["did you mean `stato`?", "did you mean `meta`?"]);
}

// The plan

#[test]
fn each_step_comes_after_those_it_reads() {
    let blocks = derive("b", "integer", "bambini", "a + 1")
        + derive("a", "integer", "bambini", "bambini").as_str()
        + derive("c", "euro", "", "riparto.amount").as_str()
        + "[total.t]\nvalue = \"sum(comuni.c)\"\nunit = \"euro\"\nlabel = \"t\"\n"
        + "[check.k]\nthat = \"t == stato\"\nlabel = \"k\"\nact = \"a\"\n"
        + allocation("b", "").as_str();
    let (pack, faults) = Files::measure(&blocks).load();
    let steps = &pack.unwrap_or_else(|| panic!("{faults:?}")).measures[0].steps;
    let derive = |id: &str| Step::Derive(id.to_owned());
    assert_eq!(
        *steps,
        [
            derive("a"),
            derive("b"),
            Step::Allocate("riparto".to_owned()),
            derive("c"),
            Step::Total("t".to_owned()),
            Step::Check("k".to_owned()),
        ]
    );
}

#[test]
fn definitions_that_go_round_are_told_in_their_order() {
    let blocks = derive("c", "euro", "", "riparto.amount") + allocation("c", "").as_str();
    let (_, faults) = Files::measure(&blocks).load();
    assert_eq!(faults[0].code, Code::Cycle);
    assert!(
        faults[0].message.en.ends_with("`c` → `riparto` → `c`"),
        "{:?}",
        faults[0].message
    );
}

#[test]
fn an_allocation_is_not_fed_by_its_own_residue() {
    let found = Files::measure(&allocation("bambini", "residue_of = \"riparto\"")).faults();
    assert_eq!(found, fault(Code::Cycle, "riparto"));
}

// Names

#[test]
fn one_table_has_one_shape_in_all_the_measures_of_a_pack() {
    let files = Files::measure(&allocation("bambini", ""));
    let table = |key: &str, unit: &str| {
        format!(
            "title = \"Altra\"\nmain_act = \"a\"\n[table.comuni]\nlabel = \"Altri\"\nkey = \"{key}\"\ntitle = \"{key}\"\n[table.comuni.column.{key}]\ntype = \"text\"\nlabel = \"x\"\n{unit}"
        )
    };
    let other = "regions/prova/2024/altra.toml";
    let found = files.clone().with(other, &table("nome", "")).faults();
    assert_eq!(found, fault(Code::InvalidRule, "comuni"));
    // The same declaration with another label is the same table.
    let own = crate::source::Source::read(&files, crate::testing::MEASURE)
        .unwrap()
        .unwrap();
    let same = String::from_utf8(own)
        .unwrap()
        .replace("label = \"Comuni\"", "label = \"Sedi\"");
    assert_eq!(files.with(other, &same).faults(), []);
}

#[test]
fn one_name_is_one_thing() {
    let found = Files::measure(&derive("spesa", "euro", "", "1")).faults();
    assert_eq!(found, fault(Code::InvalidRule, "spesa"));
}

#[test]
fn a_key_written_twice_refuses_the_file() {
    let text =
        "[param.x]\nvalue = \"1\"\nunit = \"1\"\nlabel = \"X\"\nact = \"a\"\nvalue = \"2\"\n";
    let (_, faults) = Files::measure(text).load();
    let twice = faults
        .iter()
        .find(|f| f.code == Code::DuplicateKey)
        .unwrap();
    // Two lines of title and act, then the sixth of the block.
    assert_eq!(twice.place.as_ref().unwrap().line, 8);
}
