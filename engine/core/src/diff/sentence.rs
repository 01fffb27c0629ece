//! A change of the rules as a sentence.

use super::block::{Block, Kind, Value};
use super::compare::{Descent, Together};
use super::kinds;
use crate::diag::Text;
use crate::say;

/// Says that a block is new, or that the first pack did not have it, with all that it sets unless
/// its parts say it.
pub(super) fn added(descent: Descent, block: &Block, parted: bool) -> Text {
    let new = match (descent, block.kind.feminine) {
        (Descent::Heir, true) => say!("è nuova", "is new"),
        (Descent::Heir, false) => say!("è nuovo", "is new"),
        (Descent::Apart, _) => say!(
            "non era nel pacchetto di prima",
            "was not in the earlier pack"
        ),
    };
    let all = all(block).filter(|_| !parted || says_itself(block));
    say!(
        "{subject} {new}{all}{cite}", "{subject} {new}{all}{cite}";
        subject = subject(block), new = new, all = prefixed(": ", all), cite = cited(block)
    )
}

/// Says that a block is no longer there, or that the second pack does not have it, with all that it
/// set unless its parts say it.
pub(super) fn removed(descent: Descent, block: &Block, parted: bool) -> Text {
    let gone = match descent {
        Descent::Heir => say!("non c'è più", "is no longer there"),
        Descent::Apart => say!("non è in questo pacchetto", "is not in this pack"),
    };
    let first = block.values.first();
    let told = first.is_some_and(|value| value.told.is_some()) && block.kind != kinds::COLUMN;
    let was = match all(block).filter(|_| !parted || says_itself(block)) {
        Some(all) if told || says_itself(block) => {
            say!(": era {all}", ": it was {all}"; all = all)
        }
        all => prefixed(": ", all),
    };
    say!(
        "{subject} {gone}{was}{cite}", "{subject} {gone}{was}{cite}";
        subject = subject(block), gone = gone, was = was, cite = cited(block)
    )
}

/// Says a part of what is new or gone; its source only where it is not that of the whole.
pub(super) fn part(block: &Block, whole: &Block, parted: bool) -> Text {
    let all = all(block).filter(|_| !parted || says_itself(block));
    let cite = match block.source() == whole.source() {
        true => Text::same(""),
        false => cited(block),
    };
    say!(
        "{own}{all}{cite}", "{own}{all}{cite}";
        own = bare(named(block.kind, &block.label)), all = prefixed(": ", all), cite = cite
    )
}

/// Tells whether a block is there to say one value, which its sentence says even where it has parts.
pub(super) fn says_itself(block: &Block) -> bool {
    let first = block.values.first();
    first.is_some_and(|value| value.name.is_none())
}

/// Says that a measure has another title and another file.
pub(super) fn refiled(old: &Block, new: &Block) -> Text {
    let (before, after) = (&old.id, &new.id);
    match old.label == new.label {
        true => say!(
            "{subject} sta ora nel file `{after}`, non più in `{before}`",
            "{subject} is now in the file `{after}`, no longer in `{before}`";
            subject = subject(new)
        ),
        false => say!(
            "{subject} prende il nome «{label}», e sta nel file `{after}`, non più in `{before}`",
            "{subject} takes the name “{label}”, and is in the file `{after}`, no longer in `{before}`";
            subject = subject(old), label = new.label.clone()
        ),
    }
}

/// Says that rules call a block by another name.
pub(super) fn called(new: &Block, before: &str) -> Text {
    let last = |id: &str| id.rsplit('.').next().unwrap_or_default().to_owned();
    let (before, after) = (last(before), last(&new.id));
    say!(
        "nelle regole {subject} si scrive ora `{after}`, non più `{before}`",
        "rules now write {subject} `{after}`, no longer `{before}`";
        subject = subject(new)
    )
}

/// Says that a value of a block is another.
pub(super) fn changes(old: &Block, new: &Block, was: &Value, is: &Value) -> Text {
    let steps = steps(old, new, was, is);
    match &is.name {
        None => say!(
            "{subject} passa {steps}", "{subject} goes {steps}";
            subject = subject(new), steps = steps
        ),
        Some(name) => {
            let plural = ["le ", "gli ", "i "].map(|article| name.it.starts_with(article));
            let (change, changes) = match plural.contains(&true) {
                true => ("cambiano", "change"),
                false => ("cambia", "changes"),
            };
            say!(
                "{change} {name} {of}: {steps}", "{name} {of} {changes}: {steps}";
                name = name.clone(), of = of(new), steps = steps
            )
        }
    }
}

/// Says that a block sets a value that it did not set.
pub(super) fn gains(new: &Block, value: &Value) -> Text {
    say!(
        "{subject} ha ora {value}{cite}", "{subject} now has {value}{cite}";
        subject = subject(new), value = with_name(value), cite = cited(new)
    )
}

/// Says that a block no longer sets a value.
pub(super) fn loses(old: &Block, new: &Block, value: &Value) -> Text {
    say!(
        "{subject} non ha più {value}{cite}", "{subject} no longer has {value}{cite}";
        subject = subject(new), value = with_name(value), cite = cited(old)
    )
}

/// Says that only the source of a block is another.
pub(super) fn source(old: &Block, new: &Block) -> Text {
    let subject = subject(new);
    let value = new.values.first().filter(|value| value.name.is_none());
    match (old.act == new.act, new.assumption, value) {
        (true, true, _) => say!(
            "{subject} è ora un'ipotesi{cite}", "{subject} is now an assumption{cite}";
            subject = subject, cite = act(new)
        ),
        (true, false, _) => say!(
            "{subject} non è più un'ipotesi{cite}", "{subject} is no longer an assumption{cite}";
            subject = subject, cite = act(new)
        ),
        (false, _, Some(value)) => say!(
            "{subject} resta {value}, ma ne cambia la fonte: prima {was}, ora {is}",
            "{subject} stays {value}, but its source changes: before {was}, now {is}";
            subject = subject, value = value.said.clone(), was = sourced(old), is = sourced(new)
        ),
        (false, _, None) => say!(
            "cambia la fonte {of}: prima {was}, ora {is}",
            "the source {of} changes: before {was}, now {is}";
            of = of(new), was = sourced(old), is = sourced(new)
        ),
    }
}

/// Says once of many blocks that only their source is another; then each of them.
pub(super) fn same_source(old: &Block, new: &Block) -> Together {
    let head = match (old.act == new.act, new.assumption) {
        (true, true) => say!(
            "diventano ipotesi{cite}", "these become assumptions{cite}"; cite = act(new)
        ),
        (true, false) => say!(
            "non sono più ipotesi{cite}", "these are no longer assumptions{cite}";
            cite = act(new)
        ),
        (false, _) => say!(
            "cambia solo la fonte: prima {was}, ora {is}",
            "only the source changes: before {was}, now {is}";
            was = sourced(old), is = sourced(new)
        ),
    };
    let value = new.values.first().filter(|value| value.name.is_none());
    let value = value.map(|value| value.said.clone());
    let item = say!(
        "{subject}{value}", "{subject}{value}";
        subject = subject(new), value = prefixed(": ", value)
    );
    Together { head, item }
}

/// Says that a block has another name for readers.
pub(super) fn renamed(old: &Block, new: &Block) -> Text {
    let of = of(new);
    let (was, is) = (&old.label, &new.label);
    Text {
        it: match was.it == is.it {
            true => format!(
                "cambia il nome inglese {}: prima “{}”, ora “{}”",
                of.it, was.en, is.en
            ),
            false => format!("cambia il nome {}: prima «{}»", of.it, was.it),
        },
        en: match was.en == is.en {
            true => format!(
                "the Italian name {} changes: before «{}», now «{}»",
                of.en, was.it, is.it
            ),
            false => format!("the name {} changes: before “{}”", of.en, was.en),
        },
    }
}

/// Says that what a reader should know of a block is another.
pub(super) fn noted(new: &Block) -> Text {
    match &new.note {
        Some(note) => say!(
            "cambia la nota {of}: «{note}»", "the note {of} changes: «{note}»";
            of = of(new)
        ),
        None => say!(
            "{subject} non ha più una nota", "{subject} no longer has a note";
            subject = subject(new)
        ),
    }
}

/// `il criterio «abitanti» del riparto «Quota ai Comuni»`.
fn subject(block: &Block) -> Text {
    let own = named(block.kind, &block.label);
    match &block.of {
        Some(whole) => say!(
            "{own} {whole}", "{own} {whole}";
            own = own, whole = of_the(named(whole.kind, &whole.label))
        ),
        None => own,
    }
}

/// `del criterio «abitanti» del riparto «Quota ai Comuni»`.
fn of(block: &Block) -> Text {
    of_the(subject(block))
}

/// `la quota «Ai Comuni»`.
fn named(kind: Kind, label: &Text) -> Text {
    let (it, en) = (kind.it, kind.en);
    say!("{it} «{label}»", "the {en} “{label}”"; label = label.clone())
}

/// Puts `di` before what begins with an article.
fn of_the(subject: Text) -> Text {
    let Text { it, en } = subject;
    let articles = [
        ("il ", "del "),
        ("lo ", "dello "),
        ("la ", "della "),
        ("l'", "dell'"),
    ];
    let joined = articles.iter().find_map(|(article, joined)| {
        let rest = it.strip_prefix(article)?;
        Some(format!("{joined}{rest}"))
    });
    Text {
        it: joined.unwrap_or(it),
        en: format!("of {en}"),
    }
}

/// `dal 95% (…) al 90% (…)`; a source that both sides share is said once.
fn steps(old: &Block, new: &Block, was: &Value, is: &Value) -> Text {
    let (first, second) = (cited(old), cited(new));
    if was.said == is.said {
        return say!(
            "si legge ancora {is}, ma non è più lo stesso{cite}",
            "it still reads {is}, but is not the same{cite}";
            is = is.said.clone(), cite = second
        );
    }
    let first = if first == second {
        Text::same("")
    } else {
        first
    };
    let (from, to) = (article("d", &was.said.it), article("", &is.said.it));
    // Words of the law that have no English of their own are told in Italian.
    let (was, is, italian) = match was.said.en == is.said.en {
        true => (&was.said.it, &is.said.it, ", in Italian"),
        false => (&was.said.en, &is.said.en, ""),
    };
    say!(
        "{from}{first} {to}{second}", "from {was}{first} to {is}{italian}{second}";
        first = first, second = second
    )
}

/// `dal 95%`, `all'8%`, `da 3 bambini`: only a percentage takes the article.
fn article(start: &str, said: &str) -> String {
    let number = said.split(' ').next().unwrap_or_default();
    let whole = number.split([',', '%', '.']).next().unwrap_or_default();
    let article = match whole {
        _ if !number.ends_with('%') => "a ",
        "0" => "allo ",
        "1" | "11" => "all'",
        _ if whole.starts_with('8') => "all'",
        _ => "al ",
    };
    format!("{start}{article}{said}")
}

/// All that a block sets, in a list.
pub(super) fn all(block: &Block) -> Option<Text> {
    // What says one thing says it with its unit.
    let one = block.values.iter().any(|value| value.name.is_none());
    let told = block
        .values
        .iter()
        .filter(|value| !(one && value.what == "unit"));
    told.map(listed)
        .reduce(|all, one| say!("{all}; {one}", "{all}; {one}"; all = all, one = one))
}

/// `metodo: maggior resto`.
fn listed(value: &Value) -> Text {
    match (&value.told, &value.name) {
        (Some(told), _) => told.clone(),
        (None, None) => value.said.clone(),
        (None, Some(name)) => say!(
            "{name}: {value}", "{name}: {value}";
            name = bare(name.clone()), value = value.said.clone()
        ),
    }
}

/// `il metodo maggior resto`; what only holds or does not has its name alone.
fn with_name(value: &Value) -> Text {
    match &value.name {
        None => value.said.clone(),
        Some(name) if value.plain == "true" => name.clone(),
        Some(name) => say!(
            "{name} {value}", "{name} {value}";
            name = name.clone(), value = value.said.clone()
        ),
    }
}

/// Leaves out the article that a name begins with.
fn bare(name: Text) -> Text {
    let articles = ["il ", "lo ", "la ", "l'", "i ", "gli ", "le "];
    let mut found = articles.iter().filter_map(|it| name.it.strip_prefix(it));
    Text {
        it: found.next().unwrap_or(&name.it).to_owned(),
        en: name.en.strip_prefix("the ").unwrap_or(&name.en).to_owned(),
    }
}

fn prefixed(prefix: &str, text: Option<Text>) -> Text {
    text.map_or(Text::same(""), |Text { it, en }| Text {
        it: format!("{prefix}{it}"),
        en: format!("{prefix}{en}"),
    })
}

/// ` (D.G.R. …; ipotesi)`; nothing where nothing is cited.
fn cited(block: &Block) -> Text {
    match (&block.act, block.assumption) {
        (Some(act), true) => say!(" ({act}; ipotesi)", " ({act}; an assumption)"),
        (None, true) => say!(" (ipotesi)", " (an assumption)"),
        (_, false) => act(block),
    }
}

/// ` (D.G.R. …)`.
fn act(block: &Block) -> Text {
    let act = block.act.as_ref().map(|act| format!(" ({act})"));
    Text::same(act.unwrap_or_default())
}

/// `D.G.R. … (ipotesi)`.
fn sourced(block: &Block) -> Text {
    match (&block.act, block.assumption) {
        (Some(act), false) => Text::same(act),
        (Some(act), true) => say!("{act} (ipotesi)", "{act} (an assumption)"),
        (None, true) => say!("un'ipotesi", "an assumption"),
        (None, false) => say!("nessuna", "none"),
    }
}
