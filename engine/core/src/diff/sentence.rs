//! A change of the rules as a sentence.

use super::block::{Block, Kind, Value};
use crate::diag::Text;
use crate::say;

/// Says that a block is new, with all that it sets.
pub(super) fn added(block: &Block) -> Text {
    let new = if block.kind.feminine {
        "nuova"
    } else {
        "nuovo"
    };
    say!(
        "{subject} è {new}{all}{cite}", "{subject} is new{all}{cite}";
        subject = subject(block), all = prefixed(": ", all(block)), cite = cited(block)
    )
}

/// Says that a block is no longer there, with all that it set.
pub(super) fn removed(block: &Block) -> Text {
    let was = match all(block) {
        Some(all) => say!(": era {all}", ": it was {all}"; all = all),
        None => Text::same(""),
    };
    say!(
        "{subject} non c'è più{was}{cite}", "{subject} is no longer there{was}{cite}";
        subject = subject(block), was = was, cite = cited(block)
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
        Some(name) => say!(
            "cambia {name} {of}: {steps}", "{name} {of} changes: {steps}";
            name = name.clone(), of = of(new), steps = steps
        ),
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
    match (old.act == new.act, new.assumption) {
        (true, true) => say!(
            "{subject} è ora un'ipotesi{cite}", "{subject} is now an assumption{cite}";
            subject = subject, cite = act(new)
        ),
        (true, false) => say!(
            "{subject} non è più un'ipotesi{cite}", "{subject} is no longer an assumption{cite}";
            subject = subject, cite = act(new)
        ),
        (false, _) => say!(
            "{subject} non cambia, ma la fonte sì: prima {was}, ora {is}",
            "{subject} does not change, but its source does: before {was}, now {is}";
            subject = subject, was = sourced(old), is = sourced(new)
        ),
    }
}

/// Says that a block has another name for readers.
pub(super) fn renamed(old: &Block, new: &Block) -> Text {
    say!(
        "cambia il nome {of}: prima «{was}»", "the name {of} changes: before “{was}”";
        of = of(new), was = old.label.clone()
    )
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
    if was.said == is.said {
        return say!(
            "si legge ancora {is}, ma non è più lo stesso{cite}",
            "it still reads {is}, but is not the same{cite}";
            is = is.said.clone(), cite = cited(new)
        );
    }
    let (first, second) = (cited(old), cited(new));
    let first = if first == second {
        Text::same("")
    } else {
        first
    };
    let (from, to) = (article("d", &was.said.it), article("", &is.said.it));
    let (was, is) = (&was.said.en, &is.said.en);
    say!(
        "{from}{first} {to}{second}", "from {was}{first} to {is}{second}";
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

/// All that a block sets, the values without a name as they are.
fn all(block: &Block) -> Option<Text> {
    // What says one thing says it with its unit.
    let one = block.values.iter().any(|value| value.name.is_none());
    let told = block
        .values
        .iter()
        .filter(|value| !(one && value.what == "unit"));
    told.map(with_name)
        .reduce(|all, one| say!("{all}; {one}", "{all}; {one}"; all = all, one = one))
}

/// `il metodo `floor``; what only holds or does not has its name alone.
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
