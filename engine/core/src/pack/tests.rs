//! What a pack takes from the packs it extends.

use super::{Overrides, load, read};
use crate::diag::Code;
use crate::rules::Pack;
use crate::testing::{Files, PACK};

const BASE: &str = "title = \"M\"\nmain_act = \"a\"\n[param.x]\nvalue = \"1\"\nunit = \"1\"\nlabel = \"X\"\nact = \"a\"\n";

fn chain() -> Files {
    Files::default()
        .pack("prova/2022", "")
        .with("regions/prova/2022/misura.toml", BASE)
        .with("regions/prova/2022/altra.toml", BASE)
        .pack("prova/2023", "extends = [\"prova/2022\"]")
        .pack(PACK, "extends = [\"prova/2023\"]")
}

fn change(value: &str) -> String {
    format!("title = \"M\"\nmain_act = \"a\"\n[param.x]\nvalue = \"{value}\"\nact = \"a\"\n")
}

fn loaded(files: &Files) -> Pack {
    let (pack, faults) = files.load();
    pack.unwrap_or_else(|| panic!("{faults:?}"))
}

fn codes(files: &Files) -> Vec<Code> {
    let (_, faults) = load(files, PACK, &Overrides::default()).unwrap();
    faults
        .into_sorted()
        .iter()
        .map(|fault| fault.code)
        .collect()
}

#[test]
fn a_measure_comes_down_a_chain_of_packs() {
    let files = chain()
        .with("regions/prova/2023/misura.toml", &change("2"))
        .with("regions/prova/2024/misura.toml", &change("3"))
        .with(
            "regions/prova/2024/altra.toml",
            "title = \"M\"\nmain_act = \"a\"\n",
        );
    let pack = loaded(&files);
    assert_eq!(pack.lineage, ["prova/2022", "prova/2023", PACK]);
    let value = |id: &str| {
        pack.measure(id).unwrap().params["x"]
            .number()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        (value("misura"), value("altra")),
        ("3/1".to_owned(), "1/1".to_owned())
    );
}

#[test]
fn packs_that_extend_one_another_are_refused_with_the_circle() {
    let files = chain().pack("prova/2022", &format!("extends = [\"{PACK}\"]"));
    let (_, faults) = read(&files, PACK).unwrap();
    let faults = faults.into_sorted();
    let circle = faults.iter().find(|f| f.code == Code::Cycle).unwrap();
    let round = "prova/2024 → prova/2023 → prova/2022 → prova/2024";
    assert!(circle.message.en.ends_with(round), "{:?}", circle.message);
}

#[test]
fn an_unknown_base_is_refused_at_its_name() {
    let files = chain().pack(PACK, "extends = [\"prova/2203\"]");
    let (_, faults) = read(&files, PACK).unwrap();
    let faults = faults.into_sorted();
    let unknown = faults.iter().find(|f| f.code == Code::UnknownPack).unwrap();
    assert_eq!(files.underlined(unknown), "\"prova/2203\"");
    assert!(unknown.help.is_some());
}

#[test]
fn a_removed_measure_is_gone_and_one_that_is_not_there_is_a_fault() {
    let files = chain().pack(
        PACK,
        "extends = [\"prova/2023\"]\nremoved_measures = [\"altra\"]",
    );
    let pack = loaded(&files.with("regions/prova/2024/misura.toml", &change("2")));
    let ids: Vec<&str> = pack.measures.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids, ["misura"]);
    let wrong = chain().pack(
        PACK,
        "extends = [\"prova/2023\"]\nremoved_measures = [\"altre\"]",
    );
    assert!(codes(&wrong).contains(&Code::NothingToRemove));
}

#[test]
fn of_two_bases_the_later_wins_and_a_common_ancestor_counts_once() {
    let files = Files::default()
        .pack("nazionale/2022", "")
        .pack("prova/2022", "extends = [\"nazionale/2022\"]")
        .with("regions/prova/2022/misura.toml", BASE)
        .pack("prova/2023", "extends = [\"nazionale/2022\"]")
        .with(
            "regions/prova/2023/misura.toml",
            &BASE.replace("\"1\"\nunit", "\"9\"\nunit"),
        )
        .pack(PACK, "extends = [\"prova/2022\", \"prova/2023\"]")
        .with(
            "regions/prova/2024/misura.toml",
            "title = \"M\"\nmain_act = \"a\"\n",
        );
    let pack = loaded(&files);
    assert_eq!(
        pack.lineage,
        ["nazionale/2022", "prova/2022", "prova/2023", PACK]
    );
    assert_eq!(
        pack.measure("misura").unwrap().params["x"]
            .number()
            .unwrap()
            .to_string(),
        "9/1"
    );
}

#[test]
fn a_region_takes_acts_and_values_of_the_state_and_the_next_national_year_the_measures_too() {
    let files = Files::default()
        .pack("nazionale/2022", "")
        .with("rules/2022/riparto.toml", BASE)
        .pack("nazionale/2023", "extends = [\"nazionale/2022\"]")
        .pack(PACK, "extends = [\"nazionale/2023\"]");
    let measures = |id: &str| {
        let (pack, faults) = read(&files, id).unwrap();
        assert!(faults.into_sorted().is_empty());
        let pack = pack.unwrap();
        let names: Vec<String> = pack.measures.into_keys().collect();
        let files = pack.files.into_iter().map(|file| file.path);
        (names, files.collect::<Vec<_>>())
    };
    let (names, _) = measures("nazionale/2023");
    assert_eq!(names, ["riparto"]);
    let (names, files) = measures(PACK);
    assert!(names.is_empty(), "{names:?}");
    assert_eq!(
        files,
        [
            "regions/prova/2024/pack.toml",
            "rules/2022/pack.toml",
            "rules/2023/pack.toml"
        ]
    );
}

#[test]
fn nothing_is_removed_from_nothing_at_any_depth() {
    let nested = "title = \"M\"\nmain_act = \"a\"\n[table.t]\nlabel = \"T\"\nkey = \"k\"\ntitle = \"k\"\n[table.t.column.k]\ntype = \"text\"\nlabel = \"K\"\n[table.t.column.j]\ntype = \"text\"\nlabel = \"J\"\nremoved = true\n";
    let alone = Files::default()
        .pack(PACK, "")
        .with("regions/prova/2024/misura.toml", nested);
    assert_eq!(codes(&alone), [Code::NothingToRemove]);
    let below = Files::default()
        .pack("prova/2023", "")
        .with("regions/prova/2023/misura.toml", BASE)
        .pack(PACK, "extends = [\"prova/2023\"]")
        .with("regions/prova/2024/misura.toml", nested);
    assert_eq!(codes(&below), [Code::NothingToRemove]);
}

#[test]
fn a_nested_column_is_removed_from_a_table_that_stays() {
    let table = "[table.t]\nlabel = \"T\"\nkey = \"k\"\ntitle = \"k\"\n[table.t.column.k]\ntype = \"text\"\nlabel = \"K\"\n[table.t.column.j]\ntype = \"text\"\nlabel = \"J\"\n";
    let files = chain()
        .with("regions/prova/2022/misura.toml", &format!("{BASE}{table}"))
        .with(
            "regions/prova/2024/misura.toml",
            "title = \"M\"\nmain_act = \"a\"\n[table.t.column.j]\nremoved = true\n",
        )
        .with("regions/prova/2024/altra.toml", &change("1"));
    let pack = loaded(&files);
    let columns = &pack.measure("misura").unwrap().tables[0].columns;
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["k"]);
}

#[test]
fn a_removed_key_can_be_written_anew_before_or_after_its_removal() {
    for change in [
        "note = \"nuova\"\nremoved = [\"note\"]\n",
        "removed = [\"note\"]\nnote = \"nuova\"\n",
    ] {
        let files = chain()
            .with(
                "regions/prova/2022/misura.toml",
                &format!("{BASE}note = \"vecchia\"\n"),
            )
            .with(
                "regions/prova/2024/misura.toml",
                &format!("title = \"M\"\nmain_act = \"a\"\n[param.x]\n{change}"),
            )
            .with(
                "regions/prova/2024/altra.toml",
                "title = \"M\"\nmain_act = \"a\"\n",
            );
        let pack = loaded(&files);
        let param = &pack.measure("misura").unwrap().params["x"];
        assert_eq!(param.source.note.as_deref(), Some("nuova"), "{change}");
    }
}

#[test]
fn a_changed_value_says_its_act_unless_it_becomes_an_assumption() {
    let with = |block: &str| {
        let text = format!("title = \"M\"\nmain_act = \"a\"\n{block}\n");
        codes(
            &chain()
                .with(
                    "regions/prova/2024/altra.toml",
                    "title = \"M\"\nmain_act = \"a\"\n",
                )
                .with("regions/prova/2024/misura.toml", &text),
        )
    };
    assert_eq!(with("[param.x]\nvalue = \"2\""), [Code::MissingAct]);
    assert_eq!(
        with("[param.x]\nvalue = \"2\"\nassumption = true"),
        [Code::MissingAct]
    );
    let assumed = "[param.x]\nvalue = \"2\"\nassumption = true\nremoved = [\"act\"]";
    assert_eq!(with(assumed), []);
}

#[test]
fn a_changed_total_needs_no_act() {
    let files = chain()
        .with(
            "regions/prova/2022/misura.toml",
            &format!("{BASE}[total.t]\nvalue = \"x\"\nlabel = \"T\"\n"),
        )
        .with(
            "regions/prova/2024/altra.toml",
            "title = \"M\"\nmain_act = \"a\"\n",
        )
        .with(
            "regions/prova/2024/misura.toml",
            "title = \"M\"\nmain_act = \"a\"\n[total.t]\nvalue = \"2 * x\"\n",
        );
    assert_eq!(codes(&files), []);
}

#[test]
fn a_function_of_a_later_year_prevails_over_that_of_the_base() {
    let base = Files::measure(&crate::testing::derive("peso", "integer", "bambini", ""));
    let measure = crate::source::Source::read(&base, crate::testing::MEASURE)
        .unwrap()
        .unwrap();
    let measure = String::from_utf8(measure).unwrap();
    let files = Files::default()
        .pack("prova/2023", "")
        .with("regions/prova/2023/misura.toml", &measure)
        .with(
            "regions/prova/2023/misura.rhai",
            "fn peso(bambini) { bambini }",
        )
        .pack(PACK, "extends = [\"prova/2023\"]")
        .with(
            "regions/prova/2024/misura.toml",
            "title = \"M\"\nmain_act = \"a\"\n",
        )
        .with(
            "regions/prova/2024/misura.rhai",
            "fn peso(bambini) { 2 * bambini }",
        );
    let pack = loaded(&files);
    let crate::rules::Formula::Function { script, .. } = &pack.measures[0].derives[0].formula
    else {
        panic!("a function");
    };
    assert_eq!(
        script.functions()[0].place.file,
        "regions/prova/2024/misura.rhai"
    );
}
