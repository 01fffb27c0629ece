//! Grids told by hand, what is refused before any run, and what holds of every point.

use proptest::prelude::*;

use super::vary::grid;
use super::*;
use crate::diag::Code;
use crate::num::{Cents, Ratio};
use crate::outcome::Verdict;
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
        let as_it_is = Base { pack: &pack, data: &data, outcome: &base };
        let grid = simulate(&opened, &Overrides::default(), &as_it_is, &varies);

        let same = grid[0].result.as_ref().unwrap().tally();
        prop_assert_eq!(same.unchanged, counts.len());
        prop_assert_eq!((same.gained, same.lost), (Ratio::zero(), Ratio::zero()));

        let mut overrides = Overrides::default();
        overrides.params.insert("peso".to_owned(), tried.to_string());
        let after = run(&opened, &overrides, &data).unwrap();
        let compared = grid[1].result.as_ref().unwrap();
        let told = compared.tally();
        let change = Cents::new(distributed(&after) - distributed(&base)).to_ratio();
        prop_assert_eq!(&told.gained - &told.lost, change.clone());
        let changes: Ratio = compared.subjects().map(|(_, row)| row.euro_change().unwrap()).sum();
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
    let pack = pack.unwrap();
    let data = dataset(&pack, &[("comuni", &comuni(&[1, 3]))]);
    let before = run(&opened, &Overrides::default(), &data).unwrap();
    let mut after = before.clone();
    for split in &mut after.allocations {
        split.rows.remove(0);
        split.rows[0].amounts = None;
    }
    let told = compare(&[pack.measures[0].as_ref()], &before, &after);
    let euro = |euro: i64| Some(Ratio::from(euro));
    let rows: Vec<_> = told
        .subjects()
        .map(|(_, row)| (row.euro.clone().unwrap(), row.euro_change()))
        .collect();
    let change = |before, after| Change { before, after };
    assert_eq!(
        rows,
        [
            (change(euro(25), euro(0)), euro(-25)),
            (change(euro(75), None), None)
        ]
    );
    let tally = told.tally();
    assert_eq!((tally.losers, tally.unknown), (1, 1));
    assert_eq!(tally.lost, Ratio::from(25));
    let loser = told.largest_loss().map(|(_, row)| row.name.as_str());
    assert_eq!(loser, Some("C0"));
    assert_eq!(told.largest_gain(), None);
}

// What a change is for a subject

fn subject(euro: Option<Change>, received: &[(i64, i64)], turns: &[(bool, bool)]) -> Effect {
    let verdict = |yes: bool| match yes {
        true => Verdict::Eligible,
        false => Verdict::NotEligible,
    };
    let change = |(before, after): &(i64, i64)| Change {
        before: Some(Ratio::from(*before)),
        after: Some(Ratio::from(*after)),
    };
    let turns = turns.iter();
    let one = SubjectChange {
        key: "1".to_owned(),
        name: "Uno".to_owned(),
        subjects: 1,
        euro,
        received: received.iter().map(change).collect(),
        verdicts: turns
            .map(|(before, after)| (verdict(*before), verdict(*after)))
            .collect(),
        counted: (0..received.len()).collect(),
    };
    one.effect()
}

fn euro(before: Option<i64>, after: Option<i64>) -> Option<Change> {
    Some(Change {
        before: before.map(Ratio::from),
        after: after.map(Ratio::from),
    })
}

#[test]
fn what_a_subject_receives_counts_before_what_is_decided_of_it() {
    let two = || euro(Some(2), Some(2));
    assert_eq!(subject(euro(Some(1), Some(2)), &[], &[]), Effect::Wins);
    assert_eq!(subject(two(), &[(8, 6)], &[]), Effect::Loses);
    assert_eq!(
        subject(euro(Some(1), Some(2)), &[(8, 6)], &[]),
        Effect::Mixed
    );
    assert_eq!(subject(two(), &[(8, 8)], &[(true, true)]), Effect::Same);
    // Three decisions that turn alike are one change of one subject.
    let comes_in = [(false, true); 3];
    assert_eq!(subject(None, &[], &comes_in), Effect::Wins);
    assert_eq!(subject(two(), &[], &[(true, false)]), Effect::Loses);
    assert_eq!(
        subject(euro(Some(2), Some(3)), &[], &[(true, false)]),
        Effect::Wins
    );
    assert_eq!(subject(euro(None, Some(3)), &[], &[]), Effect::Unknown);
    assert_eq!(subject(euro(None, Some(3)), &[], &comes_in), Effect::Wins);
}

#[test]
fn a_parameter_changes_the_measures_that_name_it_and_those_that_read_them() {
    let files = measure(0);
    let head = "title = \"Altra\"\nmain_act = \"a\"\n";
    let files = files
        .with(
            "regions/prova/2024/legge.toml",
            &format!("{head}reads = [\"misura\"]\n"),
        )
        .with("regions/prova/2024/sola.toml", head);
    let (pack, faults) = files.load();
    let pack = pack.unwrap_or_else(|| panic!("{faults:?}"));
    let named = |text: &str| {
        let measures = concerned(&pack, &read(&[text]).unwrap());
        let ids = measures.iter().map(|measure| measure.id.as_str());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(named("peso=1"), ["legge", "misura"]);
    assert!(named("pesa=1").is_empty());
}
