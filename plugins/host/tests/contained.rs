//! A plugin that misbehaves is contained: each fault has its own code, and the host answers after.

#![cfg(test)]

mod common;

use common::{Region, doubled};
use riparto_core::diag::Code;
use riparto_plugin_abi::message::{self, Batch, Column};
use riparto_plugin_host::Refusal;

fn call(region: &Region, function: &str) -> (Code, String) {
    let host = region.host();
    let batch = Batch {
        rows: 1,
        columns: vec![Column::Integers(vec![Some(21)])],
        tables: Vec::new(),
    };
    let input = message::write(&batch).expect("a batch is a message");
    let outcome = host.call("rogue", &format!("function/{function}"), &input);
    assert_eq!(
        doubled(&host, 21),
        42,
        "the host answers after `{function}`"
    );
    let refusal = match outcome {
        Err(refusal) => refusal,
        Ok(bytes) => {
            let column = message::read::<Column>(&bytes);
            Refusal::unread(&column.expect_err("the answer breaks the contract"))
        }
    };
    let told = refusal.diagnostic("rogue", "prova");
    (told.code, told.message.en)
}

#[test]
fn each_way_to_misbehave_has_its_code() {
    let region = Region::with_rogue(|locked| locked.seconds = 10);
    let told = [
        ("panics", Code::PluginPanicked, "on purpose"),
        ("aborts", Code::PluginCrashed, "signal 6"),
        ("exits", Code::PluginCrashed, "exit code 7"),
        ("loops", Code::PluginTimeout, "within 10 seconds"),
        ("grows", Code::PluginMemory, "1024 MiB"),
        ("recurses", Code::PluginStack, "too deep"),
        ("writes_anywhere", Code::PluginCrashed, "signal 11"),
        ("garbage", Code::PluginAnswer, "outside the contract"),
        ("truncated", Code::PluginTruncated, "before it is whole"),
        ("too_long", Code::PluginAnswer, "an answer of"),
        (
            "counts_its_calls",
            Code::PluginUnsteady,
            "in different ways",
        ),
        ("refuses", Code::PluginRefused, "too-late"),
        ("unheard_of", Code::PluginRefused, "unknown-capability"),
    ];
    for (function, code, detail) in told {
        let (found, why) = call(&region, function);
        assert_eq!(found, code, "{function}: {why}");
        assert!(why.contains(detail), "{function}: {why}");
    }
}

#[test]
fn a_worker_opens_no_file_and_reaches_nobody() {
    let region = Region::with_rogue(|_| {});
    let batch = Batch {
        rows: 1,
        columns: vec![Column::Integers(vec![Some(0)])],
        tables: Vec::new(),
    };
    let input = message::write(&batch).expect("a batch is a message");
    let host = region.host();
    let answer = host.call("rogue", "function/opens_a_file", &input);
    let column = message::read::<Column>(&answer.expect("it answers")).expect("a column");
    assert_eq!(column, Column::Integers(vec![None]), "the file was opened");
    let answer = host.call("rogue", "function/reaches_out", &input);
    let column = message::read::<Column>(&answer.expect("it answers")).expect("a column");
    assert_eq!(
        column,
        Column::Integers(vec![Some(0)]),
        "something was possible"
    );
}

#[test]
fn a_limit_below_what_loading_takes_is_told_as_such() {
    let region = Region::with_rogue(|locked| locked.memory_mib = 10);
    let refusal = region
        .host()
        .describe("rogue")
        .expect_err("it does not fit");
    let told = refusal.diagnostic("rogue", "prova");
    let codes = [Code::PluginMemory, Code::PluginFormat];
    assert!(codes.contains(&told.code), "{told:?}");
}

#[test]
fn what_a_worker_prints_is_not_taken_for_an_answer() {
    let region = Region::with_rogue(|_| {});
    let batch = Batch {
        rows: 1,
        columns: vec![Column::Integers(vec![Some(0)])],
        tables: Vec::new(),
    };
    let input = message::write(&batch).expect("a batch is a message");
    let answer = region.host().call("rogue", "function/talks", &input);
    let column = message::read::<Column>(&answer.expect("it answers")).expect("a column");
    assert_eq!(column, Column::Integers(vec![Some(0)]), "it read something");
}

#[test]
fn a_message_of_random_bytes_is_refused_not_crashed_on() {
    let region = Region::with_rogue(|_| {});
    let host = region.host();
    for input in [&b""[..], b"\xff\xff\xff\xff\xff", b"\x01", &[7; 4096]] {
        let refusal = host.call("rogue", "function/doubled", input);
        let code = refusal.expect_err("no batch").code();
        assert_eq!(code, Code::PluginRefused);
    }
    assert_eq!(doubled(&host, 4), 8);
}

#[test]
fn a_trusted_plugin_answers_the_same_in_this_process() {
    let region = Region::with_rogue(|locked| locked.trusted = true);
    let host = region.host();
    assert_eq!(doubled(&host, 21), 42);
    let batch = Batch {
        rows: 1,
        columns: vec![Column::Integers(vec![Some(1)])],
        tables: Vec::new(),
    };
    let input = message::write(&batch).expect("a batch is a message");
    let panic = host.call("rogue", "function/panics", &input);
    assert_eq!(panic.expect_err("it panics").code(), Code::PluginPanicked);
    assert_eq!(doubled(&host, 4), 8, "a caught panic leaves it usable");
}
