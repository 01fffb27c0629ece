//! What native plugins do around the rules, compared, the sentences stated by hand.

use super::super::{Change, RuleChange, rule_changes};
use super::substance::{lines, measure};
use super::{between, texts};

const VALIDATOR: &str = r#"
[validator.controllo]
label = "Controllo"
native = "prova.comuni"
tables = ["comuni"]
act = "a art. 3"
"#;

const REGISTER: &str = r#"
[register.elenco]
label = "Elenco"
of = "comuni"
columns = ["istat"]
act = "a"
"#;

const EXPORT: &str = r#"
[export.invio]
label = "Invio"
label_en = "Dispatch"
native = "prova.righe"
register = "elenco"
act = "a art. 4"
"#;

const TABLE: &str = r#"
[table.enti]
label = "Enti"
label_en = "Bodies"
key = "id"
title = "id"
importer = "prova.foglio"
file = "enti.xlsx"
[table.enti.column.id]
type = "text"
label = "Ente"
"#;

/// The same table, from its own CSV file.
fn plain() -> String {
    TABLE.replace("importer = \"prova.foglio\"\nfile = \"enti.xlsx\"\n", "")
}

/// What became of what, in the words of programs.
fn told(change: &RuleChange) -> (Change, &str, &str, Option<&str>, Option<&str>) {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    (change.change, change.block, change.what, before, after)
}

#[test]
fn a_validator_comes_and_goes() {
    let found = between("", VALIDATOR);
    assert_eq!(
        texts(&found),
        [
            "la validazione «Controllo» è nuova: plugin: `prova.comuni`; elenco delle tabelle: «Comuni» (Atto, art. 3)"
        ]
    );
    let name = Some("prova.comuni");
    let new = (Change::Added, "validator", "block", None, name);
    assert_eq!(told(&found[0]), new);
    assert_eq!(found[0].act_after.as_deref(), Some("Atto, art. 3"));
    let found = between(VALIDATOR, "");
    assert_eq!(
        texts(&found),
        [
            "la validazione «Controllo» non c'è più: plugin: `prova.comuni`; elenco delle tabelle: «Comuni» (Atto, art. 3)"
        ]
    );
    let gone = (Change::Removed, "validator", "block", name, None);
    assert_eq!(told(&found[0]), gone);
}

#[test]
fn a_validator_judges_otherwise_and_over_other_tables() {
    let before = format!("{VALIDATOR}{}", plain());
    let after = before
        .replace("prova.comuni", "prova.tutti")
        .replace("tables = [\"comuni\"]", "tables = [\"comuni\", \"enti\"]");
    let found = between(&before, &after);
    assert_eq!(
        texts(&found),
        [
            "cambia il plugin della validazione «Controllo»: da `prova.comuni` a `prova.tutti` (Atto, art. 3)",
            "cambia l'elenco delle tabelle della validazione «Controllo»: da «Comuni» a «Comuni», «Enti» (Atto, art. 3)",
        ]
    );
    let tables = (Some("comuni"), Some("comuni, enti"));
    let (change, block, what) = (Change::Changed, "validator", "tables");
    assert_eq!(told(&found[1]), (change, block, what, tables.0, tables.1));
    // The order is that in which the plugin gets them.
    let turned = after.replace("[\"comuni\", \"enti\"]", "[\"enti\", \"comuni\"]");
    assert_eq!(between(&after, &turned).len(), 1);
}

#[test]
fn an_export_comes_and_goes() {
    let with = format!("{REGISTER}{EXPORT}");
    let found = between(REGISTER, &with);
    assert_eq!(
        texts(&found),
        ["l'esportazione «Invio» è nuova: plugin: `prova.righe`; elenco: «Elenco» (Atto, art. 4)"]
    );
    assert_eq!(
        found[0].text.en,
        "the export “Dispatch” is new: plugin: `prova.righe`; list: “Elenco” (Atto, art. 4)"
    );
    let name = Some("prova.righe");
    let new = (Change::Added, "export", "block", None, name);
    assert_eq!(told(&found[0]), new);
    let found = between(&with, REGISTER);
    assert_eq!(
        texts(&found),
        [
            "l'esportazione «Invio» non c'è più: plugin: `prova.righe`; elenco: «Elenco» (Atto, art. 4)"
        ]
    );
    let gone = (Change::Removed, "export", "block", name, None);
    assert_eq!(told(&found[0]), gone);
}

#[test]
fn an_export_writes_another_list_in_another_way() {
    let other = REGISTER
        .replace("register.elenco", "register.altro")
        .replace("\"Elenco\"", "\"Elenco breve\"");
    let before = format!("{REGISTER}{other}{EXPORT}");
    let after = before
        .replace("prova.righe", "prova.xml")
        .replace("register = \"elenco\"", "register = \"altro\"");
    let found = between(&before, &after);
    assert_eq!(
        texts(&found),
        [
            "cambia il plugin dell'esportazione «Invio»: da `prova.righe` a `prova.xml` (Atto, art. 4)",
            "cambia l'elenco dell'esportazione «Invio»: da «Elenco» a «Elenco breve» (Atto, art. 4)",
        ]
    );
    let list = (Change::Changed, "export", "register");
    let sides = (Some("elenco"), Some("altro"));
    let list = (list.0, list.1, list.2, sides.0, sides.1);
    assert_eq!(told(&found[1]), list);
}

#[test]
fn a_table_gains_an_importer_and_loses_it() {
    let found = between(&plain(), TABLE);
    assert_eq!(
        texts(&found),
        [
            "la tabella «Enti» ha ora l'importatore `prova.foglio`",
            "la tabella «Enti» ha ora il file importato `enti.xlsx`",
        ]
    );
    let importer = Some("prova.foglio");
    let gained = (Change::Changed, "table", "importer", None, importer);
    assert_eq!(told(&found[0]), gained);
    let found = between(TABLE, &plain());
    assert_eq!(
        texts(&found),
        [
            "la tabella «Enti» non ha più l'importatore `prova.foglio`",
            "la tabella «Enti» non ha più il file importato `enti.xlsx`",
        ]
    );
    let lost = (Change::Changed, "table", "importer", importer, None);
    assert_eq!(told(&found[0]), lost);
}

#[test]
fn a_table_is_read_by_another_importer_from_another_file() {
    let after = TABLE
        .replace("prova.foglio", "prova.testo")
        .replace("enti.xlsx", "enti.txt");
    let found = between(TABLE, &after);
    assert_eq!(
        texts(&found),
        [
            "cambia l'importatore della tabella «Enti»: da `prova.foglio` a `prova.testo`",
            "cambia il file importato della tabella «Enti»: da `enti.xlsx` a `enti.txt`",
        ]
    );
    assert_eq!(
        found[1].text.en,
        "the imported file of the table “Bodies” changes: from `enti.xlsx` to `enti.txt`"
    );
    let file = (Change::Changed, "table", "file");
    let sides = (Some("enti.xlsx"), Some("enti.txt"));
    assert_eq!(told(&found[1]), (file.0, file.1, file.2, sides.0, sides.1));
}

#[test]
fn what_plugins_do_counts_among_the_rules_of_a_measure() {
    let rules = format!("{REGISTER}{EXPORT}{VALIDATOR}");
    let found = rule_changes(
        &measure("misura", "Nuova", &rules),
        &measure("altra", "Altra cosa", ""),
    );
    let gone = found.iter().find(|rule| rule.change == Change::Removed);
    let lines = lines(&gone.unwrap().parts);
    let counted = "inoltre: 1 tabella, 1 validazione, 1 esportazione";
    assert_eq!(lines.last().unwrap(), counted, "{lines:?}");
    // In another file it is the same measure: besides a fund and a table it keeps its validator.
    let before = measure("contributi", "Contributi", VALIDATOR);
    let found = rule_changes(&before, &measure("sostegni", "Sostegni", VALIDATOR));
    let changes: Vec<Change> = found.iter().map(|rule| rule.change).collect();
    assert_eq!(changes, [Change::Changed]);
}
