//! The files that native plugins write from the lists of a run.

use std::collections::{BTreeMap, BTreeSet};

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Lang, Text};
use riparto_core::eval::{export, holds_personal};
use riparto_core::outcome::RegisterOutcome;
use riparto_core::rules::{Export, Measure};
use riparto_core::say;

use crate::exit::Failure;
use crate::host::Ran;

/// What plugins wrote.
#[derive(Debug, Default)]
pub struct Exports {
    /// The bytes of each file, by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Those that hold personal data in full.
    pub guarded: BTreeSet<String>,
    /// The lists that were not written, each with how to have it.
    pub left_out: Vec<Text>,
}

impl Exports {
    /// Has every list written that hides nothing, and those that are named to be written in full;
    /// `taken` are the names of the other files of the run.
    ///
    /// # Errors
    /// A plugin does not write its file, or two files would bear one name.
    pub fn of(
        ran: &Ran,
        unmasked: &[String],
        taken: &BTreeSet<String>,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let (mut exports, mut faults) = (Self::default(), Diagnostics::new());
        for measure in &ran.pack.measures {
            for rule in &measure.exports {
                let Some(list) = ran.run.unmasked(measure, &ran.data, &rule.register) else {
                    continue;
                };
                let personal = hides(ran, measure, &list);
                if personal && !unmasked.contains(&rule.register) {
                    exports.left_out.push(left_out(rule));
                    continue;
                }
                match export(rule, &list, lang) {
                    Ok((name, _)) if taken.contains(&name) || exports.files.contains_key(&name) => {
                        faults.push(name_taken(rule, &name));
                    }
                    Ok((name, bytes)) => {
                        if personal {
                            exports.guarded.insert(name.clone());
                        }
                        exports.files.insert(name, bytes);
                    }
                    Err(fault) => faults.push(*fault),
                }
            }
        }
        match faults.has_errors() {
            true => Err(Failure::Refused(faults)),
            false => Ok(exports),
        }
    }
}

/// Tells whether a list in full says more than the run shows of it, or would as soon as it has rows.
fn hides(ran: &Ran, measure: &Measure, full: &RegisterOutcome) -> bool {
    let mut rules = measure.registers.iter();
    if full.rows.is_empty() && rules.any(|rule| rule.id == full.id && holds_personal(measure, rule))
    {
        return true;
    }
    let mut shown = ran.run.outcome.registers.iter();
    let shown = shown.find(|list| list.measure == measure.id && list.id == full.id);
    shown != Some(full)
}

fn left_out(rule: &Export) -> Text {
    let (id, register) = (&rule.id, &rule.register);
    say!(
        "l'esportazione `{id}` non è scritta: l'elenco `{register}` contiene dati personali; per averla, `--unmasked {register}`",
        "the export `{id}` is not written: the list `{register}` holds personal data; to have it, `--unmasked {register}`"
    )
}

fn name_taken(rule: &Export, name: &str) -> Diagnostic {
    let message = say!(
        "due file dei risultati si chiamerebbero `{name}`",
        "two files of the results would be called `{name}`"
    );
    Diagnostic::error(Code::InvalidRule, message)
        .at(rule.place.clone())
        .help(say!(
            "dare all'esportazione un altro nome",
            "give the export another name"
        ))
}
