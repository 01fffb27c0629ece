//! What is inside a rule that comes, goes or changes name, stated by hand.

use super::super::{Change, RulePart, rule_changes};
use super::{DECISION, between, texts};
use crate::rules::Pack;
use crate::testing::{Files, MEASURE, PACK, allocation, derive};

/// A pack whose one measure has this file, title and blocks.
pub(super) fn measure(file: &str, title: &str, blocks: &str) -> Pack {
    let text = Files::measure(blocks).text(MEASURE);
    let text = text.replace("title = \"Misura\"", &format!("title = \"{title}\""));
    let files = Files::default().pack(PACK, "");
    let (pack, faults) = files.with(&MEASURE.replace("misura", file), &text).load();
    pack.unwrap_or_else(|| panic!("{faults:?}"))
}

fn param(id: &str, value: &str) -> String {
    format!(
        "[param.{id}]\nvalue = \"{value}\"\nunit = \"euro\"\nlabel = \"ISEE massimo\"\nact = \"a\"\n"
    )
}

/// Each part on a line, two spaces deeper than its whole.
pub(super) fn lines(parts: &[RulePart]) -> Vec<String> {
    let each = parts.iter().flat_map(|part| {
        let inside = lines(&part.parts);
        let inside = inside.into_iter().map(|line| format!("  {line}"));
        [part.text.it.clone()].into_iter().chain(inside)
    });
    each.collect()
}

#[test]
fn a_measure_of_another_year_and_file_is_the_same_measure() {
    let before = measure("nidi", "Nidi gratis 2021/22", &param("isee", "20000.00"));
    let after = measure(
        "nidi-plus",
        "Nidi gratis 2024/25",
        &param("isee", "25000.00"),
    );
    let found = rule_changes(&before, &after);
    assert_eq!(
        texts(&found),
        [
            "la misura «Nidi gratis 2021/22» prende il nome «Nidi gratis 2024/25», e sta nel file `nidi-plus`, non più in `nidi`",
            "il parametro «ISEE massimo» passa da 20.000,00\u{a0}€ a 25.000,00\u{a0}€ (Atto)",
        ]
    );
    let names = (found[0].before.as_deref(), found[0].after.as_deref());
    assert_eq!(names, (Some("nidi"), Some("nidi-plus")));
    assert!(
        found
            .iter()
            .all(|rule| rule.measure.as_deref() == Some("nidi-plus"))
    );
}

#[test]
fn a_measure_that_keeps_most_of_its_rules_is_the_same_measure() {
    let rules = format!("{DECISION}{}", allocation("bambini", ""));
    let before = measure("contributi", "Contributi", &rules);
    let renamed = rule_changes(&before, &measure("sostegni", "Sostegni", &rules));
    assert_eq!(renamed.len(), 1, "{renamed:?}");
    // The fund and the table are in both, the decision and the allocation in one: two names of four.
    let other = rule_changes(&before, &measure("sostegni", "Sostegni", ""));
    let changes: Vec<Change> = other.iter().map(|rule| rule.change).collect();
    assert_eq!(changes, [Change::Removed, Change::Added]);
}

#[test]
fn a_rule_under_another_name_is_the_same_rule() {
    let found = between(&param("isee", "20000.00"), &param("tetto", "20000.00"));
    assert_eq!(
        texts(&found),
        ["nelle regole il parametro «ISEE massimo» si scrive ora `tetto`, non più `isee`"]
    );
    assert!(found[0].wording);
    // Its parts follow it: only the condition whose formula changes is told.
    let after = DECISION
        .replace("eligibility.ammesso", "eligibility.ammissione")
        .replace("bambini > 1", "bambini > 2");
    assert_eq!(
        texts(&between(DECISION, &after)),
        [
            "cambia la formula della condizione «servono dei bambini» della decisione «Ammissione»: da `bambini > 1` a `bambini > 2` (Atto)",
            "nelle regole la decisione «Ammissione» si scrive ora `ammissione`, non più `ammesso`",
        ]
    );
}

#[test]
fn a_new_decision_lists_its_conditions() {
    let more = "[eligibility.ammesso.condition.spesa]\nlabel = \"serve una spesa\"\nthat = \"spesa > 0\"\nact = \"a art. 2\"\n";
    let found = between("", &format!("{DECISION}{more}"));
    assert_eq!(texts(&found), ["la decisione «Ammissione» è nuova (Atto)"]);
    assert_eq!(
        lines(&found[0].parts),
        [
            "tabella: «Comuni»",
            "condizione «servono dei bambini»: `bambini > 1`",
            "condizione «serve una spesa»: `spesa > 0` (Atto, art. 2)",
        ]
    );
    assert_eq!(found[0].parts[0].text.en, "table: “Comuni”");
}

#[test]
fn a_split_that_is_gone_lists_its_three_criteria() {
    let weights = [("bambini", "40%"), ("spesa", "50%"), ("tasso", "10%")];
    let criteria = weights.map(|(weight, share)| {
        format!("{{ weight = \"{weight}\", share = \"{share}\", label = \"{weight}\" }}")
    });
    let one = "criteria = [{ weight = \"bambini\", share = \"100%\" }]";
    let three = format!("criteria = [{}]", criteria.join(", "));
    let found = between(&allocation("bambini", "").replace(one, &three), "");
    assert_eq!(texts(&found), ["il riparto «Riparto» non c'è più (Atto)"]);
    assert_eq!(
        lines(&found[0].parts),
        [
            "quota: 100%; elenco dei fondi: «Fondo»; tabella di chi riceve: «Comuni»; metodo: maggior resto; passo dell'arrotondamento: 0,01; modo dell'arrotondamento: commerciale",
            "criterio «bambini»: 40%; peso: `bambini`",
            "criterio «spesa»: 50%; peso: `spesa`",
            "criterio «tasso»: 10%; peso: `tasso`",
        ]
    );
}

#[test]
fn a_new_measure_lists_its_money_its_values_and_what_it_decides() {
    let blocks = format!(
        "{}{DECISION}{}",
        param("isee", "20000.00"),
        derive("alfa", "integer", "bambini", "bambini")
    );
    let before = measure("misura", "Altra cosa", "");
    let text = Files::measure(&blocks).text(MEASURE);
    let text = text.replace("title = \"Misura\"", "title = \"Nuova\"");
    let text = text
        .replace("comuni", "enti")
        .replace("fund.stato", "fund.altro");
    let files = Files::measure("").with(&MEASURE.replace("misura", "nuova"), &text);
    let (after, faults) = files.load();
    let after = after.unwrap_or_else(|| panic!("{faults:?}"));
    let found = rule_changes(&before, &after);
    let new = found.iter().find(|rule| rule.change == Change::Added);
    assert_eq!(
        lines(&new.unwrap().parts),
        [
            "fondo «Fondo»: 100,00\u{a0}€",
            "parametro «ISEE massimo»: 20.000,00\u{a0}€",
            "decisione «Ammissione»",
            "  tabella: «Comuni»",
            "  condizione «servono dei bambini»: `bambini > 1`",
            "inoltre: 1 tabella, 1 colonna calcolata",
        ]
    );
}

#[test]
fn a_column_is_said_in_words() {
    let column = |more: &str| {
        format!(
            "[table.enti]\nlabel = \"Enti\"\nkey = \"id\"\ntitle = \"id\"\n[table.enti.column.id]\ntype = \"text\"\nlabel = \"Ente\"\n{more}"
        )
    };
    let more = "[table.enti.column.importo]\ntype = \"euro\"\nlabel = \"Importo\"\n";
    let found = between(&column(""), &column(more));
    assert_eq!(
        texts(&found),
        ["la colonna «Importo» della tabella «Enti» è nuova: importo in euro; da compilare sempre"]
    );
    assert_eq!(
        found[0].text.en,
        "the column “Importo” of the table “Enti” is new: amount in euro; always to be filled"
    );
}

#[test]
fn a_change_of_italian_words_alone_says_so_in_english() {
    let named = |it: &str| {
        param("isee", "1.00").replace(
            "label = \"ISEE massimo\"",
            &format!("label = \"{it}\"\nlabel_en = \"Highest ISEE\""),
        )
    };
    let found = between(&named("ISEE massimo"), &named("ISEE più alto"));
    assert_eq!(
        found[0].text.en,
        "the Italian name of the parameter “Highest ISEE” changes: before «ISEE massimo», now «ISEE più alto»"
    );
}

#[test]
fn rules_that_only_change_source_are_told_together() {
    let act = "[act.b]\ntitle = \"Atto B\"\n";
    let found = between(
        &format!("{act}{DECISION}{}", allocation("bambini", "")),
        &format!("{act}{DECISION}{}", allocation("bambini", ""))
            .replace("act = \"a\"", "act = \"b\""),
    );
    let together = found.iter().filter_map(|rule| rule.together.as_ref());
    let told: Vec<(&str, &str)> = together
        .map(|one| (one.head.it.as_str(), one.item.it.as_str()))
        .collect();
    let head = "cambia solo la fonte: prima Atto, ora Atto B";
    assert_eq!(
        told,
        [
            (head, "la decisione «Ammissione»"),
            (head, "il riparto «Riparto»")
        ]
    );
}
