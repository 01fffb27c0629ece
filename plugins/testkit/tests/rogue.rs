//! The kit finds what the rogue does, and nothing in what it does well.

#![cfg(test)]

use riparto_core::diag::Code;
use riparto_plugin_host::Limits;
use riparto_plugin_testkit::{Stage, built, conform, worker};

#[test]
fn each_misbehaviour_is_found() {
    let limits = Limits {
        seconds: 2,
        memory_mib: 1024,
    };
    let stage = Stage::new(&built("riparto-plugin-rogue"), worker(), limits);
    let stage = stage.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let (_, breaches) = conform(&stage).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let of = |name: &str| {
        let capability = format!("function/{name}");
        let mut found = breaches.iter().filter(|b| b.capability == capability);
        found.next().map(|breach| {
            let fault = breach.refusal.diagnostic("rogue", "prova");
            (fault.code, fault.message.en)
        })
    };
    assert_eq!(of("doubled"), None);
    assert_eq!(of("refuses"), None, "to refuse is a plugin's right");
    let told = [
        ("panics", Code::PluginPanicked, "on purpose"),
        ("aborts", Code::PluginCrashed, "signal 6"),
        ("recurses", Code::PluginStack, "too deep"),
        ("grows", Code::PluginMemory, "1024 MiB"),
        ("loops", Code::PluginTimeout, "within 2 seconds"),
        ("forgets_rows", Code::PluginAnswer, "0 cells for 40 rows"),
        (
            "gives_another_type",
            Code::PluginAnswer,
            "the type `text` and says `number`",
        ),
        (
            "divides_by_nothing",
            Code::PluginAnswer,
            "a denominator of zero",
        ),
        (
            "counts_its_calls",
            Code::PluginUnsteady,
            "in different ways",
        ),
        ("garbage", Code::PluginAnswer, ""),
        ("truncated", Code::PluginTruncated, ""),
        ("too_long", Code::PluginAnswer, "an answer of"),
    ];
    for (name, code, what) in told {
        let (found, said) = of(name).unwrap_or_else(|| panic!("nothing was found in `{name}`"));
        assert_eq!(found, code, "{name}: {said}");
        assert!(said.contains(what), "{name}: {said}");
    }
}
