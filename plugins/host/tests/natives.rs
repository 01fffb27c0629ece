//! What the core asks of a Region's plugins, through a real library: types, rows and exports hold.

#![cfg(test)]

mod common;

use common::Region;
use riparto_core::diag::{Code, Lang};
use riparto_core::native::{Arguments, CallFault, Exported, NativeKind, Natives};
use riparto_core::num::Ratio;
use riparto_core::rules::Scalar;
use riparto_plugin_host::RegionPlugins;

fn plugins(region: &Region) -> RegionPlugins {
    RegionPlugins::new("prova", Ok(region.host()))
}

fn number(number: i64) -> Option<Scalar> {
    Some(Scalar::Number(Ratio::from(number)))
}

fn call(function: &str, cells: Vec<Option<Scalar>>) -> Result<Vec<Option<Scalar>>, CallFault> {
    let region = Region::with_rogue(|_| {});
    let arguments = Arguments {
        rows: cells.len(),
        columns: vec![(NativeKind::Number, cells)],
        tables: Vec::new(),
    };
    plugins(&region).call("rogue", function, &arguments)
}

#[test]
fn numbers_go_and_come_back_exactly() {
    let third = Ratio::new(1, 3).expect("a fraction");
    let cells = vec![number(21), None, Some(Scalar::Number(third.clone()))];
    let doubled = call("doubled", cells).expect("it answers");
    let twice = third.clone() + third;
    assert_eq!(doubled, [number(42), None, Some(Scalar::Number(twice))]);
}

#[test]
fn an_answer_of_another_type_or_length_is_refused() {
    for (function, said) in [
        ("gives_another_type", "the type `text` and says `number`"),
        ("forgets_rows", "0 cells for 2 rows"),
        ("divides_by_nothing", "a denominator of zero"),
        ("grows_in_reading", "60000000 cells for 2 rows"),
    ] {
        let fault = call(function, vec![number(1), number(2)]).expect_err(function);
        let message = fault.diagnostic.message.get(Lang::En).to_owned();
        assert_eq!(fault.diagnostic.code, Code::PluginAnswer, "{message}");
        assert!(message.contains(said), "{message}");
        assert_eq!(fault.row, None);
    }
}

#[test]
fn a_fault_of_one_row_names_it() {
    let huge = Ratio::from(i64::MAX);
    let huge = huge.clone() * huge.clone() * huge;
    let cells = vec![number(1), Some(Scalar::Number(huge)), number(3)];
    let fault = call("doubled", cells).expect_err("no message holds it");
    assert_eq!(fault.row, Some(1));
    let fault = call("doubled_unless_odd", vec![number(2), number(4), number(5)]);
    let fault = fault.expect_err("five is odd");
    assert_eq!(
        (fault.diagnostic.code, fault.row),
        (Code::PluginRefused, Some(2))
    );
    assert_eq!(fault.diagnostic.place, None);
}

#[test]
fn an_export_holds_values_of_their_types() {
    let region = Region::with_rogue(|_| {});
    let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 18).expect("a day");
    let cells = [
        Scalar::Text("001272".to_owned()),
        Scalar::Number(Ratio::new(5, 2).expect("a fraction")),
        Scalar::Bool(true),
        Scalar::Date(day),
    ];
    let exported = Exported {
        name: "elenco",
        columns: vec![("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"), ("e", "E")],
        file: "servizi.csv",
        rows: vec![cells.iter().map(Some).chain([None]).collect()],
        lines: &[7],
    };
    let (bytes, ending) = plugins(&region)
        .export("rogue", "plain", &exported)
        .expect("it is written");
    assert_eq!(ending, "csv");
    let text = String::from_utf8(bytes).expect("text");
    assert_eq!(text, "a,b,c,d,e\n001272,5/2,true,2026-05-18,\n");
}
