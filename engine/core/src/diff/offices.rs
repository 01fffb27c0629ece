//! What a measure tells other people, as blocks: lists, offices, planned actions.

use super::block::{Block, quoted};
use super::kinds;
use super::names::Names;
use crate::diag::Text;
use crate::rules::{Action, ActionEuro, Hours, Office, Register};
use crate::say;
use crate::terms::weekday;
use crate::words;

/// Gives a list of rows for another office.
pub(super) fn register(names: &Names<'_>, register: &Register) -> Block {
    let table = &register.table;
    let columns = register.columns.iter();
    let columns = columns.map(|column| names.formula(table, column));
    Block::new(
        kinds::REGISTER,
        &register.id,
        &register.label,
        &register.source,
    )
    .list("of", say!("la tabella", "the table"), [names.table(table)])
    .by_formula(
        "where",
        say!("il filtro", "the filter"),
        register.filter.as_ref(),
    )
    .list(
        "columns",
        say!("l'elenco delle colonne", "the list of columns"),
        columns,
    )
}

/// Gives an office that answers.
pub(super) fn office(office: &Office) -> Block {
    let block = Block::new(kinds::OFFICE, &office.id, &office.label, &office.source);
    let about = say!("la materia", "the subject");
    let block = match &office.about {
        Some(text) => block.sets("about", about, &text.it, quoted(text)),
        None => block,
    };
    let hours = office.hours.iter().map(hours);
    block
        .words(
            "channels",
            say!("l'elenco dei canali", "the list of channels"),
            &office.channels,
        )
        .list("hours", say!("l'orario", "the timetable"), hours)
}

/// Writes a timetable for programs, then for readers.
fn hours(hours: &Hours) -> (String, Text) {
    let (from, to) = (hours.from.format("%H:%M"), hours.to.format("%H:%M"));
    let days: Vec<String> = hours.days.iter().map(ToString::to_string).collect();
    let said: Vec<Text> = hours.days.iter().copied().map(weekday).collect();
    let said = words::listed(&said);
    (
        format!("{} {from}-{to}", days.join(" ")),
        say!("{days} {from}-{to}", "{days} {from}-{to}"; days = said),
    )
}

/// Gives a planned action.
pub(super) fn action(names: &Names<'_>, action: &Action) -> Block {
    let a = action;
    let deadlines = a.deadlines.iter().map(|id| names.deadline(id));
    let group = (a.group.id.clone(), quoted(&a.group.label));
    let block = Block::new(kinds::ACTION, &a.id, &a.label, &a.source)
        .list("group", say!("il gruppo", "the group"), [group])
        .text(
            "number",
            say!("il numero", "the number"),
            a.number.as_deref(),
        )
        .text("theme", say!("il tema", "the theme"), a.theme.as_deref())
        .text(
            "activity",
            say!("l'attività", "the activity"),
            a.activity.as_deref(),
        )
        .text("tool", say!("lo strumento", "the tool"), a.tool.as_deref())
        .text(
            "owner",
            say!("il responsabile", "the person in charge"),
            a.owner.as_deref(),
        )
        .text(
            "resources",
            say!("le risorse", "the resources"),
            a.resources.as_deref(),
        )
        .list("deadlines", say!("le scadenze", "the deadlines"), deadlines)
        .words(
            "objectives",
            say!("l'elenco degli obiettivi", "the list of objectives"),
            &a.objectives,
        );
    match a.euro.as_ref().map(euro) {
        Some((plain, said)) => block.sets("amount", say!("l'importo", "the amount"), plain, said),
        None => block,
    }
}

/// Writes an amount for programs, then for readers.
fn euro(euro: &ActionEuro) -> (String, Text) {
    match euro {
        ActionEuro::One(amount) => (amount.to_string(), words::money(*amount)),
        ActionEuro::Several(amounts) => {
            let plain: Vec<String> = amounts.iter().map(|(_, one)| one.to_string()).collect();
            let said: Vec<Text> = amounts
                .iter()
                .map(|(label, one)| say!("{label}: {one}", "{label}: {one}"; label = label.clone(), one = words::money(*one)))
                .collect();
            (plain.join(", "), words::listed(&said))
        }
        ActionEuro::Between(least, most) => {
            let said = say!(
                "da {least} a {most}", "from {least} to {most}";
                least = words::money(*least), most = words::money(*most)
            );
            (format!("{least}..{most}"), said)
        }
    }
}
