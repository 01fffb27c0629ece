//! Grids told by hand, what is refused before any run, and what holds of every point.

use proptest::prelude::*;

use super::vary::grid;
use super::*;
use crate::diag::Code;
use crate::num::Cents;
use crate::pack::open;
use crate::testing::{Files, HEADER, PACK, allocation, dataset};

fn read(texts: &[&str]) -> Result<Vec<Vary>, Vec<Diagnostic>> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    parse(&texts).map_err(crate::diag::Diagnostics::into_sorted)
}

fn values(text: &str) -> Vec<String> {
    read(&[text]).unwrap().remove(0).values
}

#[test]
fn a_range_goes_by_its_step_and_ends_where_a_step_lands() {
    assert_eq!(values("q=94%..96%/1%"), ["94%", "95%", "96%"]);
    assert_eq!(values("q=1000..2000/250").len(), 5);
    assert_eq!(values("q=1000..2000/250")[4], "2000");
    assert_eq!(values("q=1..2/0.3"), ["1", "1.3", "1.6", "1.9"]);
    // A tenth has no exact binary fraction: counted in floats, this range loses its end.
    assert_eq!(values("q=0%..0.3%/0.1%"), ["0%", "0.1%", "0.2%", "0.3%"]);
    assert_eq!(values("q=-1..1/1"), ["-1", "0", "1"]);
    assert_eq!(values("q=5..5/1"), ["5"]);
}

#[test]
fn a_list_keeps_its_order() {
    assert_eq!(values("q=95%, 90% ,100.0%"), ["95%", "90%", "100%"]);
    assert_eq!(values("q=20355"), ["20355"]);
}

#[test]
fn the_last_parameter_moves_fastest() {
    let points = grid(&read(&["a=1,2", "b=10%,20%"]).unwrap());
    let told: Vec<String> = points
        .iter()
        .map(|point| {
            let pairs: Vec<String> = point.iter().map(|(id, v)| format!("{id}={v}")).collect();
            pairs.join(" ")
        })
        .collect();
    assert_eq!(told, ["a=1 b=10%", "a=1 b=20%", "a=2 b=10%", "a=2 b=20%"]);
}

#[test]
fn ten_thousand_points_are_the_most() {
    assert_eq!(values("a=1..10000/1").len(), 10_000);
    assert_eq!(
        grid(&read(&["a=1..100/1", "b=1..100/1"]).unwrap()).len(),
        10_000
    );
    for texts in [
        vec!["a=1..10001/1"],
        vec!["a=0..1/0.00001"],
        vec!["a=0..99999999999999999999999999/0.01"],
        vec!["a=1..100/1", "b=1..101/1"],
    ] {
        let faults = read(&texts).unwrap_err();
        let said = &faults.last().unwrap().message.en;
        assert_eq!(said, "the grid has more than 10000 points", "{texts:?}");
    }
}

#[test]
fn what_cannot_be_a_grid_is_refused_with_a_remedy() {
    for (text, said) in [
        ("q", "cannot be read"),
        ("=1,2", "cannot be read"),
        ("q=", "cannot be read"),
        ("q=1..2", "cannot be read"),
        ("q=90%..96%/0%", "is not above zero"),
        ("q=90%..96%/-1%", "is not above zero"),
        ("q=96%..90%/1%", "from the larger to the smaller"),
        ("q=90%..96%/1", "mixes percentages and numbers"),
        ("q=90,5%", "mixes percentages and numbers"),
        ("q=uno..due/1", "`uno` is neither a number nor a percentage"),
        ("q=1,,2", "cannot be read"),
    ] {
        let faults = read(&[text]).unwrap_err();
        let fault = &faults[0];
        assert_eq!(fault.code, Code::BadArgument);
        assert!(
            fault.message.en.contains(said),
            "{text}: {}",
            fault.message.en
        );
        assert!(fault.help.is_some());
    }
    let twice = read(&["q=1,2", "q=3"]).unwrap_err();
    assert_eq!(twice[0].message.en, "`--vary q=…` is given twice");
}

// What holds of every point

/// One fund in two allocations by `bambini + peso`: one closes on the fund, one rounds each.
fn measure(peso: i64) -> Files {
    let ties = "ties = { order = \"first\", act = \"a\" }";
    let closes = allocation("bambini + peso", &format!("share = \"70%\"\n{ties}"));
    let rounds = allocation("bambini + peso", "share = \"30%\"");
    let rounds = rounds
        .replace("riparto]", "altro]")
        .replace("largest-remainder", "each-rounded");
    Files::measure(&format!(
        "[param.peso]\nvalue = \"{peso}\"\nunit = \"bambini\"\nlabel = \"Peso\"\nact = \"a\"\n{closes}{rounds}"
    ))
}

fn comuni(counts: &[u32]) -> String {
    let rows = counts.iter().enumerate();
    let rows = rows.map(|(at, count)| format!("{at:06},A{at:03},C{at},{count},,,,\n"));
    format!("{HEADER}{}", rows.collect::<String>())
}

fn distributed(outcome: &Outcome) -> i128 {
    let money = outcome.allocations.iter().filter_map(|a| a.money.as_ref());
    money.map(|money| money.distributed.count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_changes_of_a_point_add_up_to_the_change_of_what_was_distributed(
        counts in prop::collection::vec(0_u32..500, 1..12),
        peso in 1_i64..50,
        tried in 1_i64..50,
    ) {
        let files = measure(peso);
        let (opened, _) = open(&files, PACK).unwrap();
        let opened = opened.unwrap();
        let (pack, _) = opened.resolve(&Overrides::default());
        let pack = pack.unwrap();
        let data = dataset(&pack, &[("comuni", &comuni(&counts))]);
        let (base, _) = evaluate(&pack, &data);
        let base = base.unwrap().outcome;
        let varies = read(&[&format!("peso={peso},{tried}")]).unwrap();
        let grid = simulate(&opened, &Overrides::default(), &data, &base, &varies);

        let same = grid[0].result.as_ref().unwrap();
        prop_assert_eq!(same.unchanged, counts.len());
        prop_assert_eq!((same.gained, same.lost), (Cents::ZERO, Cents::ZERO));

        let mut overrides = Overrides::default();
        overrides.params.insert("peso".to_owned(), tried.to_string());
        let after = run(&opened, &overrides, &data).unwrap();
        let told = grid[1].result.as_ref().unwrap();
        let change = distributed(&after) - distributed(&base);
        prop_assert_eq!(told.gained.count() - told.lost.count(), change);
        let changes: i128 = told.rows.iter().map(|row| row.change.unwrap().count()).sum();
        prop_assert_eq!(changes, change);
        prop_assert_eq!(told.winners + told.losers + told.unchanged, counts.len());
    }
}

#[test]
fn who_takes_no_part_any_more_loses_all_that_it_had() {
    let files = measure(0);
    let (opened, _) = open(&files, PACK).unwrap();
    let opened = opened.unwrap();
    let (pack, _) = opened.resolve(&Overrides::default());
    let data = dataset(&pack.unwrap(), &[("comuni", &comuni(&[1, 3]))]);
    let before = run(&opened, &Overrides::default(), &data).unwrap();
    let mut after = before.clone();
    after.totals.remove(0);
    after.totals[0].amount = None;
    let told = compare(&before, &after);
    let rows: Vec<_> = told
        .rows
        .iter()
        .map(|row| (row.before, row.after, row.change))
        .collect();
    let euro = |euro: i128| Some(Cents::new(euro * 100));
    assert_eq!(
        rows,
        [(euro(25), euro(0), euro(-25)), (euro(75), None, None)]
    );
    assert_eq!(
        (told.losers, told.unknown, told.lost),
        (1, 1, Cents::new(2500))
    );
    assert_eq!(told.largest_loss.map(|row| row.name), Some("C0".to_owned()));
    assert_eq!(told.largest_gain, None);
}
