//! What a measure tells other people, as blocks: lists, offices, planned actions.

use super::block::Block;
use super::kinds;
use crate::diag::Text;
use crate::rules::{Action, ActionEuro, Hours, Office, Register};
use crate::say;
use crate::words;

/// Gives a list of rows for another office.
pub(super) fn register(register: &Register) -> Block {
    let columns: Vec<String> = register.columns.iter().map(|c| c.text.clone()).collect();
    Block::new(
        kinds::REGISTER,
        &register.id,
        &register.label,
        &register.source,
    )
    .word("of", say!("la tabella", "the table"), &register.table)
    .formula(
        "where",
        say!("il filtro", "the filter"),
        register.filter.as_ref(),
    )
    .names(
        "columns",
        say!("l'elenco delle colonne", "the list of columns"),
        &columns,
    )
}

/// Gives an office that answers.
pub(super) fn office(office: &Office) -> Block {
    let block = Block::new(kinds::OFFICE, &office.id, &office.label, &office.source);
    let about = say!("la materia", "the subject");
    let block = match &office.about {
        Some(text) => block.sets("about", about, &text.it, text.clone()),
        None => block,
    };
    let hours: Vec<String> = office.hours.iter().map(hours).collect();
    block
        .names(
            "channels",
            say!("l'elenco dei canali", "the list of channels"),
            &office.channels,
        )
        .names("hours", say!("l'orario", "the timetable"), &hours)
}

fn hours(hours: &Hours) -> String {
    let days: Vec<String> = hours.days.iter().map(ToString::to_string).collect();
    format!("{} {}-{}", days.join(" "), hours.from, hours.to)
}

/// Gives a planned action.
pub(super) fn action(action: &Action) -> Block {
    let a = action;
    let block = Block::new(kinds::ACTION, &a.id, &a.label, &a.source)
        .word("group", say!("il gruppo", "the group"), &a.group.id)
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
        .names(
            "deadlines",
            say!("le scadenze", "the deadlines"),
            &a.deadlines,
        )
        .names(
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
