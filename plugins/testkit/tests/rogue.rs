//! The kit finds what the rogue does, and nothing in what it does well.

#![cfg(test)]

use riparto_core::diag::Code;
use riparto_plugin_host::Limits;
use riparto_plugin_testkit::{Stage, built, conform, worker};

#[test]
fn the_bytes_that_were_read_are_those_that_run() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("rogue.so");
    std::fs::copy(built("riparto-plugin-rogue"), &library).unwrap();
    let bytes = std::fs::read(&library).unwrap();
    std::fs::write(&library, "something else").unwrap();
    let stage = Stage::of_bytes(&bytes, Limits::default(), worker()).unwrap();
    assert_eq!(stage.name(), "rogue");
    let described = stage.host().unwrap().describe("rogue").unwrap();
    assert_eq!(described.name, "rogue");
}

#[test]
fn each_misbehaviour_is_found() {
    let limits = Limits {
        seconds: 10,
        memory_mib: 1024,
    };
    let stage = Stage::new(&built("riparto-plugin-rogue"), worker(), limits);
    let stage = stage.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let (_, breaches) = conform(&stage).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let of = |capability: &str| {
        let mut found = breaches.iter().filter(|b| b.capability == capability);
        found.next().map(|breach| {
            let fault = breach.refusal.diagnostic("rogue", "prova");
            (fault.code, fault.message.en)
        })
    };
    for kept in [
        "function/doubled",
        "importer/lines",
        "validator/odd",
        "exporter/plain",
        "describe",
    ] {
        assert_eq!(of(kept), None, "{kept}");
    }
    assert_eq!(
        of("function/refuses"),
        None,
        "to refuse is a plugin's right"
    );
    let told = [
        ("function/panics", Code::PluginPanicked, "on purpose"),
        ("function/aborts", Code::PluginCrashed, "signal 6"),
        ("function/recurses", Code::PluginStack, "too deep"),
        ("function/grows", Code::PluginMemory, "1024 MiB"),
        ("function/loops", Code::PluginTimeout, "within 10 seconds"),
        (
            "function/forgets_rows",
            Code::PluginAnswer,
            "0 cells for 40 rows",
        ),
        (
            "function/gives_another_type",
            Code::PluginAnswer,
            "the type `text` and says `number`",
        ),
        (
            "function/divides_by_nothing",
            Code::PluginAnswer,
            "a denominator of zero",
        ),
        (
            "function/counts_its_calls",
            Code::PluginUnsteady,
            "in different ways",
        ),
        ("function/expects_cells", Code::PluginPanicked, "no cell"),
        (
            "importer/invents",
            Code::PluginAnswer,
            "more or fewer cells",
        ),
        ("validator/whole", Code::PluginPanicked, "no whole number"),
        ("exporter/texts", Code::PluginPanicked, "no text"),
        (
            "function/grows_in_reading",
            Code::PluginAnswer,
            "60000000 cells for 40 rows",
        ),
        ("function/garbage", Code::PluginAnswer, ""),
        ("function/truncated", Code::PluginTruncated, ""),
        ("function/too_long", Code::PluginAnswer, "an answer of"),
    ];
    for (name, code, what) in told {
        let (found, said) = of(name).unwrap_or_else(|| panic!("nothing was found in `{name}`"));
        assert_eq!(found, code, "{name}: {said}");
        assert!(said.contains(what), "{name}: {said}");
    }
}
