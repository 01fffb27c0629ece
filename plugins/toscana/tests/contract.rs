//! The plugin keeps the contract, and computes what a rule would compute.

#![cfg(test)]

use riparto_core::script::Script;
use riparto_plugin::abi::{Batch, Column};
use riparto_plugin_host::Limits;
use riparto_plugin_testkit::generate::Numbers;
use riparto_plugin_testkit::twin::agree;
use riparto_plugin_testkit::{Stage, built, conform, worker};

const ROWS: u32 = 1500;

#[test]
fn the_contract_is_kept() {
    let (description, breaches) = conform(&stage()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    assert_eq!(breaches, []);
    assert_eq!(description.name, "toscana");
    let importers: Vec<_> = description
        .importers
        .iter()
        .map(|i| i.name.as_str())
        .collect();
    assert_eq!(importers, ["programma", "tempi"]);
}

#[test]
fn caratteri_counts_as_a_rule_would() {
    let stage = stage();
    let host = stage.host().unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let twin = include_str!("../twin.rhai");
    let script = Script::compile("twin.rhai", twin, &|_| Ok(None));
    let script = script.unwrap_or_else(|faults| panic!("{faults:?}"));
    let rows = generated();
    let found = agree(
        &host,
        stage.name(),
        "caratteri",
        &script,
        "caratteri",
        &rows,
    );
    assert_eq!(found, Ok(None));
}

/// Short texts of few characters, so that spaces and ends of lines often meet.
fn generated() -> Batch {
    let mut numbers = Numbers::from_seed(584);
    let alphabet = [
        "a",
        "Z",
        "è",
        "e\u{301}",
        "’",
        "1",
        ".",
        " ",
        " ",
        "\u{a0}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u{2003}",
        "\u{1f600}",
        "\u{200b}",
    ];
    let mut pick = |from: &[&str]| {
        let at = numbers.below(from.len() as u64);
        from[usize::try_from(at).expect("a small number")].to_owned()
    };
    let mut text = |longest: usize| -> String { (0..longest).map(|_| pick(&alphabet)).collect() };
    let lengths = (0..ROWS as usize).map(|row| row % 41);
    let bodies = lengths.map(|length| Some(text(length))).collect();
    let headings = (0..ROWS as usize).map(|row| Some(text(row % 7))).collect();
    let ways = |words: [&str; 3], every: usize| {
        let words = (0..ROWS as usize).map(|row| Some(words[row / every % 3].to_owned()));
        Column::Texts(words.collect())
    };
    Batch {
        rows: ROWS,
        columns: vec![
            Column::Texts(bodies),
            Column::Texts(headings),
            ways(["each", "runs", "none"], 1),
            ways(["one", "two", "none"], 3),
        ],
        tables: Vec::new(),
    }
}

fn stage() -> Stage {
    let limits = Limits {
        seconds: 30,
        memory_mib: 1024,
    };
    let stage = Stage::new(&built("riparto-plugin-toscana"), worker(), limits);
    stage.unwrap_or_else(|refusal| panic!("{refusal:?}"))
}
