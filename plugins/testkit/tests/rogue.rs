//! The kit finds what the rogue does, and nothing in what it does well.

#![cfg(test)]

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
        found.next().map(|breach| breach.what.as_str())
    };
    assert_eq!(of("doubled"), None);
    assert_eq!(of("refuses"), None, "to refuse is a plugin's right");
    let told = [
        ("panics", "on purpose"),
        ("aborts", "signal 6"),
        ("forgets_rows", "0 cells for 40 rows"),
        ("gives_another_type", "it gives Text and says Number"),
        ("divides_by_nothing", "a denominator of zero"),
        ("counts_its_calls", "the same input gives another answer"),
        ("garbage", "the answer is no column"),
        ("truncated", "the answer is no column"),
        ("too_long", "a buffer of"),
    ];
    for (name, what) in told {
        let found = of(name).unwrap_or_else(|| panic!("nothing was found in `{name}`"));
        assert!(found.contains(what), "{name}: {found}");
    }
}
