//! The plugin as a host meets it: it keeps the contract, and agrees with its twin.

#![cfg(test)]

use riparto_core::script::Script;
use riparto_plugin::abi::{Batch, Column};
use riparto_plugin_host::Limits;
use riparto_plugin_testkit::generate::Numbers;
use riparto_plugin_testkit::{Stage, built, conform, twin, worker};

// The library is built with the test that names it.
use riparto_plugin_lombardia as _;

/// Makes a Region with the plugin.
fn stage() -> Stage {
    let limits = Limits {
        seconds: 10,
        memory_mib: 1024,
    };
    Stage::new(&built("riparto-plugin-lombardia"), worker(), limits).unwrap()
}

#[test]
fn it_keeps_the_contract() {
    let (description, breaches) = conform(&stage()).unwrap();
    assert_eq!(breaches, []);
    let functions: Vec<_> = description.functions.iter().map(|f| &f.name).collect();
    let importers: Vec<_> = description.importers.iter().map(|i| &i.name).collect();
    assert_eq!(functions, ["capofila", "quota_0_5"]);
    assert_eq!(importers, ["posas", "modulo_formazione"]);
}

#[test]
fn the_share_agrees_with_its_twin_wherever_decimals_hold_it() {
    let file = "twin.rhai";
    let script = Script::compile(file, include_str!("../twin.rhai"), &|_| Ok(None));
    let script = script.unwrap_or_else(|faults| panic!("{faults:?}"));
    // Over two to some power times five to another, a share has an end.
    let mut numbers = Numbers::from_seed(53);
    let rows: Vec<_> = (0..1500)
        .map(|_| {
            let (twos, fives) = (numbers.below(12) as u32, numbers.below(8) as u32);
            let whole = 2_i64.pow(twos) * 5_i64.pow(fives);
            let part = numbers.below(whole as u64 + 1) as i64;
            (Some(part), Some(whole))
        })
        .collect();
    let (parts, wholes) = rows.iter().copied().unzip();
    let batch = Batch {
        rows: 1500,
        columns: vec![Column::Integers(parts), Column::Integers(wholes)],
        tables: Vec::new(),
    };
    let (stage, quota) = (stage(), "quota_0_5");
    let host = stage.host().unwrap();
    let differ = twin::agree(&host, stage.name(), quota, &script, quota, &batch);
    assert_eq!(differ, Ok(None));
}
