//! The plugin as a host meets it: it keeps the contract, and agrees with its twin.

#![cfg(test)]

use riparto_core::script::Script;
use riparto_plugin::abi::{Batch, Column, Table};
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
    let none = as_script(&[]);
    let text = include_str!("../twin.rhai");
    let script = Script::compile(file, text, &|_| Ok(Some(none.clone())));
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

/// A Comune: its ambito, its code, its children.
type Comune = (String, String, i64);

/// Gives 160 Comuni of thirty ambiti, no two of which have as many children.
fn comuni(numbers: &mut Numbers) -> Vec<Comune> {
    let comuni = (0..160_i64).map(|at| {
        let ambito = format!("Ambito {}", numbers.below(30));
        let children = 160 * numbers.below(40) as i64 + at;
        (ambito, format!("{:06}", 12_000 + at), children)
    });
    comuni.collect()
}

/// Gives the Comuni as a helper of the script.
fn as_script(comuni: &[Comune]) -> String {
    let mut script = String::from("//! I Comuni.\n\n/// I Comuni di un ambito.\n");
    script += "fn righe(ambito) {\n    let righe = [];\n";
    for (ambito, istat, children) in comuni {
        script += &format!(
            "    if ambito == \"{ambito}\" {{ righe.push(#{{ istat: \"{istat}\", bambini: {children} }}); }}\n"
        );
    }
    script + "    righe\n}\n"
}

/// Gives a column of texts.
fn texts(comuni: &[Comune], of: fn(&Comune) -> &String) -> Column {
    Column::Texts(
        comuni
            .iter()
            .map(|comune| Some(of(comune).clone()))
            .collect(),
    )
}

#[test]
fn the_lead_agrees_with_its_twin_wherever_it_is_one() {
    let mut numbers = Numbers::from_seed(5);
    let comuni = comuni(&mut numbers);
    let helper = as_script(&comuni);
    let text = include_str!("../twin.rhai");
    let script = Script::compile("twin.rhai", text, &|_| Ok(Some(helper.clone())));
    let script = script.unwrap_or_else(|faults| panic!("{faults:?}"));
    let children = comuni.iter().map(|comune| Some(comune.2)).collect();
    let columns = [
        ("ambito", texts(&comuni, |c| &c.0)),
        ("istat", texts(&comuni, |c| &c.1)),
        ("bambini", Column::Integers(children)),
    ];
    let table = Table {
        name: "comuni".to_owned(),
        file: "comuni.csv".to_owned(),
        columns: columns
            .map(|(name, column)| (name.to_owned(), column))
            .to_vec(),
        lines: (2..162).collect(),
    };
    let asked = (0..1500).map(|_| comuni[numbers.below(160) as usize].clone());
    let asked: Vec<Comune> = asked.collect();
    let batch = Batch {
        rows: 1500,
        columns: vec![texts(&asked, |c| &c.0), texts(&asked, |c| &c.1)],
        tables: vec![table],
    };
    let (stage, lead) = (stage(), "capofila");
    let host = stage.host().unwrap();
    let differ = twin::agree(&host, stage.name(), lead, &script, lead, &batch);
    assert_eq!(differ, Ok(None));
}
