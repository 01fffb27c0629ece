//! Why this amount: the steps of a run replayed for one subject, as sentences, each with its act.

mod action;
mod amount;
mod band;
mod benefit;
mod decision;
mod document;
mod life;
mod notes;
mod read;
mod split;
mod subject;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::diag::{Diagnostics, Text};
use crate::eval::Run;
use crate::model::Dataset;
use crate::num::Cents;
use crate::rules::{Pack, Source};
use crate::say;
use crate::words;

pub use subject::Subject;

/// Why a subject receives what it receives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// `regione/2024`.
    pub pack: String,
    /// Whom it is about.
    pub subject: Subject,
    /// One part for each allocation and fund, then one for each life, document and action.
    pub parts: Vec<Part>,
    /// What the subject receives in all; none when a fund it shares in is not known.
    pub total: Option<Cents>,
    /// The same as a sentence.
    pub conclusion: Text,
}

/// The reasons of one amount, in the order in which the rule is applied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The measure.
    pub measure: String,
    /// The allocation, the decision, the life, the document, or the action.
    pub allocation: String,
    /// The fund; none where the subject takes no part in the allocation.
    pub fund: Option<String>,
    /// What the part is about.
    pub title: Text,
    /// What the subject receives, when it is known.
    pub amount: Option<Cents>,
    /// The reasons.
    pub steps: Vec<Step>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What the step is: `condition`, `decision`, `benefit`, `fund`, `share`, `criterion`, `weight`, `read`,
    /// `band`, `param`, `note`, `unit`, `quota`, `bound`, `remainder`, `amount`, `excluded`, `withheld`, `unknown`; of a life, `event`,
    /// `refusal`, `state`; of an action, `said`, `state`, `late`; of a document, `count`, `part`, `item`, `limit`, `reason`, `letter`,
    /// `otherwise`.
    pub kind: &'static str,
    /// The sentence.
    pub text: Text,
    /// The act behind it, as a reader cites it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// Whether the value was given for this run.
    pub given: bool,
    /// What a reader should know of it.
    pub note: Option<String>,
}

impl Step {
    fn new(kind: &'static str, text: Text) -> Self {
        Self {
            kind,
            text,
            act: None,
            assumption: false,
            given: false,
            note: None,
        }
    }

    fn from(kind: &'static str, text: Text, source: &Source) -> Self {
        Self {
            act: source.cited(),
            assumption: source.assumption,
            given: source.given,
            note: source.note.clone(),
            ..Self::new(kind, text)
        }
    }
}

/// Explains what the subject called `wanted` receives, over all measures or one.
///
/// # Errors
/// No row has that name or code, or more than one has → [`Diagnostics`].
pub fn explain(
    pack: &Pack,
    data: &Dataset,
    run: &Run,
    wanted: &str,
    measure: Option<&str>,
) -> Result<Explanation, Diagnostics> {
    let subject = subject::find(pack, data, wanted)?;
    let measures = pack
        .measures
        .iter()
        .filter(|m| measure.is_none_or(|id| m.id == id));
    let tellers: Vec<split::Teller<'_>> = measures
        .map(|measure| split::Teller {
            measure,
            data,
            run,
            subject: &subject,
        })
        .collect();
    let told = tellers.iter().flat_map(|teller| {
        teller
            .measure
            .allocations
            .iter()
            .flat_map(|rule| teller.tell(rule))
    });
    let mut parts: Vec<Part> = told.collect();
    let concerned = !parts.is_empty();
    let takes_part = parts.iter().any(|part| {
        let mut steps = part.steps.iter();
        !steps.any(|step| step.kind == "excluded")
    });
    let verdicts =
        |teller: &split::Teller<'_>| document::verdicts(teller.measure, run, teller.subject);
    let progress = |teller: &split::Teller<'_>| action::state(teller.measure, run, &subject);
    let states: Vec<Text> = match concerned {
        true => Vec::new(),
        false => {
            let states = tellers.iter().flat_map(split::Teller::states);
            let states = states.chain(tellers.iter().flat_map(verdicts));
            states.chain(tellers.iter().filter_map(progress)).collect()
        }
    };
    let decided = tellers.iter();
    let decided = decided.flat_map(split::Teller::decisions);
    parts.splice(0..0, decided);
    parts.extend(tellers.iter().flat_map(split::Teller::lives));
    let checked = tellers.iter();
    parts.extend(checked.flat_map(|teller| document::tell(teller.measure, run, &subject)));
    let planned = tellers.iter();
    parts.extend(planned.filter_map(|teller| action::tell(teller.measure, run, &subject)));
    let received = parts.iter().filter(|part| part.fund.is_some());
    let amounts: Option<Vec<Cents>> = received.map(|part| part.amount).collect();
    let total = amounts.and_then(|amounts| {
        amounts
            .into_iter()
            .try_fold(Cents::ZERO, |sum, amount| sum.checked_add(amount))
    });
    let receipts: Vec<Text> = tellers.iter().flat_map(split::Teller::receipts).collect();
    let name = subject.name.clone();
    let excluded = match takes_part {
        true => Vec::new(),
        false => tellers.iter().flat_map(split::Teller::exclusions).collect(),
    };
    let splits = pack.measures.iter().any(|m| !m.allocations.is_empty());
    let conclusion = match total {
        _ if !states.is_empty() => {
            say!("{name}: {states}", "{name}: {states}"; states = words::listed(&states))
        }
        _ if parts
            .iter()
            .any(|part| part.steps.iter().any(|step| step.kind == "withheld")) =>
        {
            say!(
                "quanto {name} riceve non si può dire finché mancano dei dati",
                "what {name} receives cannot be said while facts are missing"
            )
        }
        _ if !concerned && !receipts.is_empty() => say!(
            "{name} riceve {receipts}", "{name} receives {receipts}";
            receipts = words::listed(&receipts)
        ),
        _ if !excluded.is_empty() && receipts.is_empty() => say!(
            "{name} è fuori dal riparto e non riceve nulla: {why}",
            "{name} is left out of the split and receives nothing: {why}";
            why = words::listed(&excluded)
        ),
        _ if !splits => say!(
            "questo pacchetto non ripartisce fondi",
            "this pack splits no fund"
        ),
        _ if !concerned => say!(
            "nessun riparto di questo pacchetto riguarda {name}",
            "no split of this pack concerns {name}"
        ),
        Some(total) if receipts.is_empty() => say!(
            "{name} riceve in tutto {amount}",
            "{name} receives {amount} in all";
            amount = words::money(total)
        ),
        Some(total) => say!(
            "{name} riceve dai riparti {amount}, e {receipts}",
            "{name} receives {amount} from the splits, and {receipts}";
            amount = words::money(total), receipts = words::listed(&receipts)
        ),
        None => say!(
            "quanto {name} riceve in tutto non si può dire finché un fondo non è noto",
            "what {name} receives in all cannot be said until a fund is known"
        ),
    };
    Ok(Explanation {
        pack: pack.id.clone(),
        subject,
        parts,
        total,
        conclusion,
    })
}
