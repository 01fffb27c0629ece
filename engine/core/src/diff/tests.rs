//! Rules compared: each kind of change in a pack of one measure, the sentences stated by hand.

mod natives;
mod substance;

use super::{Change, RuleChange, rule_changes};
use crate::rules::Pack;
use crate::testing::{Files, MEASURE, PACK, allocation, derive};

/// Two more acts, and a parameter that the first of them says.
const FIRST: &str = r#"
[act.prima]
title = "D.G.R. 1"
[act.dopo]
title = "D.G.R. 2"
[param.quota]
value = "95%"
label = "Quota ai Comuni"
label_en = "Share to the Comuni"
act = "prima art. 1"
"#;

fn pack(blocks: &str) -> Pack {
    let (pack, faults) = Files::measure(blocks).load();
    pack.unwrap_or_else(|| panic!("{faults:?}"))
}

fn between(before: &str, after: &str) -> Vec<RuleChange> {
    rule_changes(&pack(before), &pack(after))
}

fn texts(changes: &[RuleChange]) -> Vec<&str> {
    changes
        .iter()
        .map(|change| change.text.it.as_str())
        .collect()
}

#[test]
fn a_percentage_goes_from_one_act_to_another() {
    let after = FIRST.replace("95%", "80%").replace("prima art. 1", "dopo");
    let found = between(FIRST, &after);
    let change = &found[0];
    assert_eq!(
        texts(&found),
        ["il parametro «Quota ai Comuni» passa dal 95% (D.G.R. 1, art. 1) all'80% (D.G.R. 2)"]
    );
    assert_eq!(
        change.text.en,
        "the parameter “Share to the Comuni” goes from 95% (D.G.R. 1, art. 1) to 80% (D.G.R. 2)"
    );
    assert_eq!(change.measure.as_deref(), Some("misura"));
    assert_eq!((change.block, change.id.as_str()), ("param", "quota"));
    assert_eq!((change.change, change.what), (Change::Changed, "value"));
    let sides = [
        &change.before,
        &change.after,
        &change.act_before,
        &change.act_after,
    ];
    let sides = sides.map(|side| side.as_deref().unwrap());
    assert_eq!(sides, ["19/20", "4/5", "D.G.R. 1, art. 1", "D.G.R. 2"]);
}

#[test]
fn an_act_that_both_sides_share_is_said_once() {
    let found = between(FIRST, &FIRST.replace("95%", "11%"));
    assert_eq!(
        texts(&found),
        ["il parametro «Quota ai Comuni» passa dal 95% all'11% (D.G.R. 1, art. 1)"]
    );
}

#[test]
fn a_source_alone_is_told_as_such() {
    let found = between(
        FIRST,
        &FIRST.replace("\"prima art. 1\"", "\"dopo\"\nassumption = true"),
    );
    assert_eq!(
        texts(&found),
        [
            "il parametro «Quota ai Comuni» resta 95%, ma ne cambia la fonte: prima D.G.R. 1, art. 1, ora D.G.R. 2 (ipotesi)"
        ]
    );
    assert_eq!(found[0].what, "act");
    let found = between(
        FIRST,
        &FIRST.replace("art. 1\"", "art. 1\"\nassumption = true"),
    );
    assert_eq!(
        texts(&found),
        ["il parametro «Quota ai Comuni» è ora un'ipotesi (D.G.R. 1, art. 1)"]
    );
}

#[test]
fn words_alone_come_last() {
    let after = FIRST.replace("Quota ai Comuni", "Quota dei Comuni");
    let before = format!("{FIRST}{}", derive("alfa", "integer", "bambini", "bambini"));
    let after = format!(
        "{after}{}",
        derive("alfa", "integer", "bambini", "bambini * 2")
    );
    let found = between(&before, &after);
    assert_eq!(
        texts(&found),
        [
            "cambia la formula della colonna calcolata «alfa»: da `bambini` a `bambini * 2` (Atto)",
            "cambia il nome del parametro «Quota dei Comuni»: prima «Quota ai Comuni»",
        ]
    );
    assert_eq!([found[0].wording, found[1].wording], [false, true]);
}

const DECISION: &str = r#"
[eligibility.ammesso]
label = "Ammissione"
of = "comuni"
act = "a"
[eligibility.ammesso.condition.bambini]
label = "servono dei bambini"
that = "bambini > 1"
act = "a"
"#;

#[test]
fn a_condition_and_its_derogation_are_new_or_gone() {
    let more = r#"
[eligibility.ammesso.condition.spesa]
label = "serve una spesa"
that = "spesa > 0"
act = "a art. 2"
[exception.montagna]
label = "i montani ne sono esenti"
lifts = ["ammesso.spesa"]
when = "montano"
act = "a"
"#;
    let found = between(DECISION, &format!("{DECISION}{more}"));
    assert_eq!(
        texts(&found),
        [
            "la condizione «serve una spesa» della decisione «Ammissione» è nuova: `spesa > 0` (Atto, art. 2)",
            "la deroga «i montani ne sono esenti» della decisione «Ammissione» è nuova: `montano`; elenco delle condizioni tolte: «serve una spesa» (Atto)",
        ]
    );
    assert_eq!(found[0].id, "ammesso.spesa");
    let found = between(&format!("{DECISION}{more}"), DECISION);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].change, Change::Removed);
    assert_eq!(
        found[0].text.it,
        "la condizione «serve una spesa» della decisione «Ammissione» non c'è più: era `spesa > 0` (Atto, art. 2)"
    );
    // Of a decision that is new as a whole, its parts are not told one by one.
    let found = between("", DECISION);
    assert_eq!(texts(&found), ["la decisione «Ammissione» è nuova (Atto)"]);
}

#[test]
fn an_allocation_changes_filter_method_step() {
    let before = allocation("bambini", "");
    let after = before
        .replace("largest-remainder", "floor")
        .replace("step = \"0.01\"", "step = \"1\"")
        .replace("act = \"a\"\n\n", "act = \"a\"\nwhere = \"montano\"\n");
    let found = between(&before, &after);
    assert_eq!(
        texts(&found),
        [
            "il riparto «Riparto» ha ora il filtro `montano` (Atto)",
            "cambia il metodo del riparto «Riparto»: da maggior resto a ogni quota per difetto (Atto)",
            "cambia il passo dell'arrotondamento del riparto «Riparto»: da 0,01 a 1 (Atto)",
        ]
    );
}

#[test]
fn criteria_are_paired_by_what_they_weigh_not_by_their_place() {
    let two = |first: &str, second: &str| {
        let one = "criteria = [{ weight = \"bambini\", share = \"100%\" }]";
        let both = format!("criteria = [{first}, {second}]");
        allocation("bambini", "").replace(one, &both)
    };
    let bambini = "{ weight = \"bambini\", share = \"60%\" }";
    let spesa = "{ weight = \"spesa\", share = \"40%\" }";
    let tasso = "{ weight = \"tasso\", share = \"40%\" }";
    let swapped = between(&two(bambini, spesa), &two(spesa, bambini));
    assert_eq!(texts(&swapped), Vec::<&str>::new());
    let half = |criterion: &str| criterion.replace("60%", "50%").replace("40%", "50%");
    let found = between(&two(bambini, spesa), &two(&half(spesa), &half(bambini)));
    assert_eq!(
        texts(&found),
        [
            "cambia la quota del criterio «spesa» del riparto «Riparto»: dal 40% al 50% (Atto)",
            "cambia la quota del criterio «bambini» del riparto «Riparto»: dal 60% al 50% (Atto)",
        ]
    );
    let found = between(&two(bambini, spesa), &two(tasso, bambini));
    let rules: Vec<&RuleChange> = found.iter().filter(|change| !change.wording).collect();
    assert_eq!(rules.len(), 1, "{found:?}");
    assert_eq!(
        (rules[0].id.as_str(), rules[0].what),
        ("riparto.1", "weight")
    );
    assert_eq!(
        (rules[0].before.as_deref(), rules[0].after.as_deref()),
        (Some("spesa"), Some("tasso"))
    );
}

#[test]
fn a_function_changes_with_its_own_code_only() {
    let declared = derive("alfa", "integer", "bambini", "");
    let pack = |script: &str| {
        let files = Files::measure(&declared);
        let files = files.with(&MEASURE.replace(".toml", ".rhai"), script);
        let (pack, faults) = files.load();
        pack.unwrap_or_else(|| panic!("{faults:?}"))
    };
    let first =
        pack("fn alfa(bambini) {\n    doppio(bambini)\n}\nprivate fn doppio(n) {\n    n * 2\n}\n");
    let same = pack(
        "// Un commento.\nfn alfa(bambini) {\n    doppio(bambini)\n}\n\nprivate fn doppio(n) {\n    n * 2\n}\n",
    );
    let helper =
        pack("fn alfa(bambini) {\n    doppio(bambini)\n}\nprivate fn doppio(n) {\n    n * 3\n}\n");
    assert_eq!(rule_changes(&first, &same), []);
    let found = rule_changes(&first, &helper);
    assert_eq!(
        texts(&found),
        [
            "cambia la funzione della colonna calcolata «alfa»: si legge ancora `alfa`, ma non è più lo stesso (Atto)"
        ]
    );
    assert!(found[0].after.as_ref().unwrap().contains("n * 3"));
}

#[test]
fn a_band_moves_where_it_moves() {
    let bands = |limit: &str| {
        format!(
            "[band.buono]\nlabel = \"Buono\"\ntable = \"comuni\"\nof = \"spesa\"\ntype = \"euro\"\nact = \"a\"\nrows = [\n  {{ up_to = \"{limit}\", value = \"1200\" }},\n  {{ above = \"{limit}\", value = \"0\" }},\n]\n"
        )
    };
    let found = between(&bands("10000"), &bands("12000"));
    let rules: Vec<&RuleChange> = found.iter().filter(|change| !change.wording).collect();
    let sides: Vec<_> = rules
        .iter()
        .map(|r| {
            (
                r.id.as_str(),
                r.what,
                r.before.as_deref(),
                r.after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        sides,
        [
            (
                "buono.1",
                "interval",
                Some("[0.00,10000.00]"),
                Some("[0.00,12000.00]")
            ),
            (
                "buono.2",
                "interval",
                Some("(10000.00,)"),
                Some("(12000.00,)")
            ),
        ]
    );
}

#[test]
fn a_parameter_of_several_measures_is_told_once() {
    let pack = |value: &str| {
        let param = format!(
            "[param.comune]\nvalue = \"{value}\"\nunit = \"1\"\nlabel = \"Comune\"\nact = \"a\""
        );
        let other = "title = \"Altra\"\nmain_act = \"a\"\n";
        let files = Files::measure("").pack(PACK, &param);
        let (pack, faults) = files
            .with(&MEASURE.replace("misura", "altra"), other)
            .load();
        pack.unwrap_or_else(|| panic!("{faults:?}"))
    };
    let found = rule_changes(&pack("1"), &pack("2"));
    assert_eq!(
        texts(&found),
        ["il parametro «Comune» passa da 1 a 2 (Atto)"]
    );
    assert_eq!(found[0].measure, None);
}

#[test]
fn a_measure_is_new_or_gone_as_a_whole() {
    let other = "title = \"Altra\"\nmain_act = \"a\"\n";
    let files = Files::measure("").with(&MEASURE.replace("misura", "altra"), other);
    let (two, _) = files.load();
    let (one, two) = (pack(""), two.unwrap());
    assert_eq!(
        texts(&rule_changes(&one, &two)),
        ["la misura «Altra» è nuova (Atto)"]
    );
    assert_eq!(
        texts(&rule_changes(&two, &one)),
        ["la misura «Altra» non c'è più (Atto)"]
    );
}
