//! Each reason for which an event is refused, and what an accepted one does.

use crate::diag::Code;
use crate::outcome::{LifeOutcome, SheetOutcome};
use crate::testing::{Files, allocation};

/// A sheet that is sent within a window, validated, or refused with what to correct.
pub(super) const LIFE: &str = r#"
[window.invio]
label = "Invio"
opens = "2026-04-27 12:00"
closes = "2026-05-18 12:00"
act = "a art. 2"

[table.eventi]
label = "Eventi"
key = "n"
title = "n"
[table.eventi.column.n]
type = "text"
label = "N"
[table.eventi.column.sheet]
type = "text"
label = "Scheda"
[table.eventi.column.at]
type = "instant"
label = "Quando"
[table.eventi.column.role]
type = "text"
label = "Ruolo"
required = false
[table.eventi.column.transition]
type = "text"
label = "Passaggio"
[table.eventi.column.reason]
type = "text"
label = "Motivo"
required = false

[life.scheda]
label = "Scheda"
of = "comuni"
events = "eventi"
act = "a"

[state.bozza]
label = "Bozza"
initial = true
editable = true
act = "a"
[state.inviata]
label = "Inviata"
act = "a"
[state.rifiutata]
label = "Rifiutata"
editable = true
act = "a"
[state.validata]
label = "Validata"
final = true
act = "a"

[transition.invia]
label = "Invio"
from = ["bozza", "rifiutata"]
to = "inviata"
roles = ["comune"]
window = "invio"
requires = [{ that = "bambini > 0 && montano", fails = "non è compilata", act = "a art. 3" }]
act = "a art. 1"
[transition.valida]
label = "Validazione"
from = ["inviata"]
to = "validata"
roles = ["regione"]
act = "a art. 4"
[transition.rifiuta]
label = "Rifiuto"
from = ["inviata"]
to = "rifiutata"
roles = ["regione"]
reason = "required"
message = "da correggere"
reopens = ["bambini", "spesa"]
act = "a art. 5"
"#;

/// Alba is filled in, Bra is not, of Cuneo and Dogliani something is missing.
const COMUNI: &str = "istat,catastale,nome,bambini,spesa,tasso,montano,dal
001001,A001,Alba,3,,,sì,
001002,A002,Bra,0,,,sì,
001003,A003,Cuneo,,,,sì,
001004,A004,Dogliani,0,,,,
";

const HEAD: &str = "n,sheet,at,role,transition,reason\n";

pub(super) fn replay_of(life: &str, events: &str) -> Result<LifeOutcome, Vec<Code>> {
    let events = format!("{HEAD}{events}");
    let (run, faults) = Files::measure(life).run(&[("comuni", COMUNI), ("eventi", &events)]);
    match run {
        Some(run) => Ok(run.outcome.states.first().unwrap().clone()),
        None => Err(faults.iter().map(|fault| fault.code).collect()),
    }
}

fn sheet(events: &str) -> SheetOutcome {
    sheet_of(LIFE, events, 0)
}

fn sheet_of(life: &str, events: &str, row: usize) -> SheetOutcome {
    replay_of(life, events).unwrap().rows[row].clone()
}

/// The state that a sheet came to, and what each reason of its last event is about.
fn last(sheet: &SheetOutcome) -> (&str, Vec<&str>) {
    let refusals = &sheet.history.last().unwrap().refusals;
    let conditions = refusals.iter().map(|refusal| refusal.condition.as_str());
    (&sheet.state, conditions.collect())
}

/// An event of the first sheet on a day of May 2026, at ten.
fn on(day: u32, role: &str, transition: &str, reason: &str) -> String {
    format!("{day},001001,2026-05-{day:02} 10:00,{role},{transition},{reason}\n")
}

/// The columns that a sheet can change, as the pack writes them.
fn names(sheet: &SheetOutcome) -> Vec<&str> {
    let editable = sheet.editable.iter();
    editable.map(|open| open.name.as_str()).collect()
}

#[test]
fn a_sheet_without_events_is_where_every_sheet_begins() {
    let sheet = sheet("");
    assert_eq!((sheet.state.as_str(), sheet.history.len()), ("bozza", 0));
    let all = [
        "catastale",
        "nome",
        "bambini",
        "spesa",
        "tasso",
        "montano",
        "dal",
    ];
    assert_eq!(names(&sheet), all);
}

#[test]
fn the_window_holds_to_the_second_at_both_edges() {
    for (at, state, refused) in [
        ("2026-04-27 11:59:59", "bozza", vec!["window"]),
        ("2026-04-27 12:00:00", "inviata", vec![]),
        ("2026-05-18 12:00:00", "inviata", vec![]),
        ("2026-05-18T10:00:00Z", "inviata", vec![]),
        ("2026-05-18 12:00:01", "bozza", vec!["window"]),
    ] {
        let sheet = sheet(&format!("1,001001,{at},comune,invia,\n"));
        assert_eq!(last(&sheet), (state, refused), "{at}");
    }
}

#[test]
fn a_closed_window_says_when_it_closed_and_by_which_act() {
    let sheet = sheet("1,001001,2026-05-18 12:00:01,comune,invia,\n");
    let refusal = &sheet.history[0].refusals[0];
    let text = "è chiusa la finestra «Invio»: si è chiusa lunedì 18 maggio 2026, ore 12:00, l'evento è di lunedì 18 maggio 2026, ore 12:00:01";
    assert_eq!(refusal.text.it, text);
    assert_eq!(refusal.act.as_deref(), Some("Atto, art. 2"));
}

#[test]
fn an_event_from_another_state_is_refused() {
    let sheet = sheet(&on(5, "regione", "valida", ""));
    assert_eq!(last(&sheet), ("bozza", vec!["state"]));
    let refusal = &sheet.history[0].refusals[0];
    assert_eq!(
        refusal.text.en,
        "the state is “Bozza”, the transition starts from “Inviata”"
    );
    assert_eq!(refusal.act.as_deref(), Some("Atto, art. 4"));
}

#[test]
fn an_event_in_another_role_or_in_none_is_refused() {
    for role in ["regione", ""] {
        let sheet = sheet(&on(5, role, "invia", ""));
        assert_eq!(last(&sheet), ("bozza", vec!["role"]), "{role}");
    }
}

#[test]
fn a_refusal_without_its_reason_is_refused() {
    let sent = on(5, "comune", "invia", "");
    let sheet_of = |reason| sheet(&format!("{sent}{}", on(6, "regione", "rifiuta", reason)));
    assert_eq!(last(&sheet_of("")), ("inviata", vec!["reason"]));
    assert_eq!(last(&sheet_of("manca un dato")), ("rifiutata", vec![]));
}

#[test]
fn a_condition_that_fails_says_the_values_found() {
    let bra = sheet_of(LIFE, "1,001002,2026-05-05 10:00,comune,invia,\n", 1);
    assert_eq!(last(&bra), ("bozza", vec!["bambini > 0 && montano"]));
    let refusal = &bra.history[0].refusals[0];
    assert_eq!(refusal.text.it, "non è compilata (Bambini: 0, Montano: sì)");
    assert_eq!(refusal.act.as_deref(), Some("Atto, art. 3"));
}

#[test]
fn a_datum_that_is_missing_refuses_the_event_and_is_named() {
    let cuneo = sheet_of(LIFE, "1,001003,2026-05-05 10:00,comune,invia,\n", 2);
    assert_eq!(last(&cuneo), ("bozza", vec!["bambini > 0 && montano"]));
    let text = "non si può dire se «non è compilata»: manca `bambini` alla riga 4 di `comuni.csv`";
    assert_eq!(cuneo.history[0].refusals[0].text.it, text);
}

#[test]
fn a_side_that_decides_alone_decides_also_when_the_other_is_missing() {
    let dogliani = sheet_of(LIFE, "1,001004,2026-05-05 10:00,comune,invia,\n", 3);
    let text = "non è compilata (Bambini: 0)";
    assert_eq!(dogliani.history[0].refusals[0].text.it, text);
}

#[test]
fn every_reason_is_given_at_once() {
    let events =
        "1,001002,2026-05-05 10:00,comune,invia,\n2,001002,2026-05-19 10:00,regione,invia,\n";
    let bra = sheet_of(LIFE, events, 1);
    assert_eq!(last(&bra).1, ["role", "window", "bambini > 0 && montano"]);
}

#[test]
fn a_sheet_is_refused_corrected_and_sent_again() {
    let events = [
        on(5, "comune", "invia", ""),
        on(6, "regione", "rifiuta", "i frequentanti non tornano"),
        on(7, "comune", "invia", ""),
        on(20, "regione", "valida", ""),
    ];
    let refused = sheet(&events[..2].concat());
    assert_eq!(names(&refused), ["bambini", "spesa"]);
    let entry = &refused.history[1];
    assert_eq!(entry.message.as_ref().unwrap().it, "da correggere");
    assert_eq!(entry.reason.as_deref(), Some("i frequentanti non tornano"));
    let validated = sheet(&events.concat());
    assert_eq!(last(&validated), ("validata", vec![]));
    assert!(validated.editable.is_empty());
}

#[test]
fn a_refused_event_sends_nothing_and_leaves_the_sheet_as_it_was() {
    let sheet = sheet(&on(5, "regione", "rifiuta", "perché sì"));
    let entry = &sheet.history[0];
    assert_eq!(
        (entry.from.as_str(), entry.to.as_str()),
        ("bozza", "rifiutata")
    );
    assert!(entry.message.is_none() && sheet.state == "bozza");
}

#[test]
fn a_sheet_or_a_transition_that_is_none_is_a_fault_of_the_facts() {
    let codes = |events: &str| replay_of(LIFE, events).unwrap_err();
    let sheet = "1,009999,2026-05-05 10:00,comune,invia,\n";
    assert_eq!(codes(sheet), [Code::UnknownReference]);
    let transition = on(5, "comune", "manda", "");
    assert_eq!(codes(&transition), [Code::UnknownName]);
    assert_eq!(codes(&format!("{sheet}{transition}")).len(), 2);
}

#[test]
fn formulas_read_the_state_whatever_the_order_written() {
    let by_state = allocation("1", "where = \"scheda == \\\"validata\\\"\"");
    let events = format!(
        "{HEAD}{}{}",
        on(5, "comune", "invia", ""),
        on(6, "regione", "valida", "")
    );
    let (run, _) = Files::measure(&format!("{by_state}{LIFE}"))
        .run(&[("comuni", COMUNI), ("eventi", &events)]);
    let rows = &run.unwrap().outcome.allocations[0].rows;
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Alba"]);
}

#[test]
fn a_condition_on_the_state_itself_goes_round_in_a_circle() {
    let circle = LIFE.replace("bambini > 0 && montano", "scheda != 'x'");
    let circle = circle.replace("'x'", "\\\"bozza\\\"");
    let codes: Vec<Code> = Files::measure(&circle)
        .load()
        .1
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, [Code::Cycle]);
}

#[test]
fn two_lives_share_their_events_and_each_takes_its_own() {
    let named = LIFE.lines().map(|line| match line.starts_with("[state.") {
        true => format!("{line}\nlife = \"scheda\"\n"),
        false => format!("{line}\n"),
    });
    let other = "[life.ricevuta]\nlabel = \"Ricevuta\"\nof = \"comuni\"\nevents = \"eventi\"\nact = \"a\"\n[state.attesa]\nlabel = \"Attesa\"\nlife = \"ricevuta\"\ninitial = true\nact = \"a\"\n[state.data]\nlabel = \"Data\"\nlife = \"ricevuta\"\nfinal = true\nact = \"a\"\n[transition.ricevi]\nlabel = \"Ricevi\"\nfrom = [\"attesa\"]\nto = \"data\"\nact = \"a\"\n";
    let both = format!("{}{other}", named.collect::<String>());
    let run = |transition| {
        let (sent, other) = (on(5, "comune", "invia", ""), on(6, "", transition, ""));
        let events = format!("{HEAD}{sent}{other}");
        Files::measure(&both).run(&[("comuni", COMUNI), ("eventi", &events)])
    };
    let outcome = run("ricevi").0.unwrap().outcome;
    let states = outcome
        .states
        .iter()
        .map(|life| life.rows[0].state.as_str());
    assert_eq!(states.collect::<Vec<_>>(), ["inviata", "data"]);
    // A transition of neither is told once.
    let codes: Vec<Code> = run("altro").1.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::UnknownName]);
}

#[test]
fn what_happened_at_one_instant_is_ordered_by_its_number_and_never_by_its_row() {
    let at = |number: &str, role: &str, transition: &str, reason: &str| {
        format!("{number},001001,2026-05-04 10:00,{role},{transition},{reason}\n")
    };
    let sent = at("9", "comune", "invia", "");
    let refused = at("10", "regione", "rifiuta", "perché sì");
    for events in [[&sent, &refused], [&refused, &sent]] {
        assert_eq!(
            sheet(&events.map(String::as_str).concat()).state,
            "rifiutata"
        );
    }
    // Beside a key that is no number, all are texts: `10` comes before `9`.
    let other = "x,001002,2026-05-05 10:00,comune,invia,\n";
    for events in [[&sent, &refused], [&refused, &sent]] {
        let events = [events[0], events[1], other].concat();
        assert_eq!(sheet(&events).state, "inviata");
    }
}

#[test]
fn two_events_of_a_sheet_that_nothing_orders_are_a_fault_and_those_of_two_sheets_are_not() {
    let at =
        |number: &str, sheet: &str| format!("{number},{sheet},2026-05-04 10:00,comune,invia,\n");
    let one = [at("1", "001001"), at("01", "001001")].concat();
    assert_eq!(replay_of(LIFE, &one).unwrap_err(), [Code::DuplicateRow]);
    let two = [at("1", "001001"), at("01", "001002")].concat();
    assert!(replay_of(LIFE, &two).is_ok());
}
