//! `run`: the whole pack on its facts, printed or written with its receipt.

use std::collections::{BTreeMap, BTreeSet};

use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::RegisterOutcome;
use riparto_core::pack::nearest;
use riparto_core::say;
use riparto_io::receipt::Receipt;
use riparto_io::report::{csv, json};
use riparto_io::write::write_folder_guarding;

use super::exports::Exports;
use crate::args::{Format, RunArgs};
use crate::exit::Failure;
use crate::host::{Host, Ran};
use crate::output::{eprint, print, report};
use crate::render;

/// Runs a pack.
pub fn run(host: &Host, args: &RunArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json, Format::Csv])?;
    let overrides = args.inputs.overrides()?;
    if args.out.is_none() && !args.unmasked.is_empty() {
        return Err(only_into_a_folder());
    }
    let mut ran = host.run(&args.pack, &overrides, &args.inputs.from())?;
    ran.run.outcome.as_of = args.inputs.as_of(&ran.pack)?;
    // Plugins write before the receipt is made, so that it names those too.
    let mut written = match &args.out {
        Some(_) => Written::of(host, &ran, &args.unmasked)?,
        None => Written::default(),
    };
    let outcome = json::outcome(&ran.run.outcome, &ran.warnings, host.lang);
    let outcome = json::with_facts(outcome, json::facts(&ran.pack, &ran.data, &ran.dialects));
    let outcome = json::with_assumptions(outcome, &ran.pack, host.lang);
    let as_of = ran.run.outcome.as_of.to_string();
    let text = json::text(&outcome);
    let receipt = Receipt::new(
        &ran.pack,
        &as_of,
        &overrides,
        &ran.files,
        host.plugins_used(&ran.pack.id),
        text.as_bytes(),
    );
    let with_receipt = json::with_receipt(outcome, &receipt);
    if let Some(folder) = &args.out {
        let receipt = serde_json::to_value(&receipt).map_err(std::io::Error::other)?;
        written.put(OUTCOME, json::text(&with_receipt));
        written.put(RECEIPT, json::text(&receipt));
        write_folder_guarding(folder, &written.files, &written.guarded)?;
        for text in &written.told {
            eprint(&format!("{}\n", host.say(text)))?;
        }
    }
    match host.format {
        Format::Json => print(&json::text(&with_receipt))?,
        Format::Csv => print(&csv::amounts(&ran.run.outcome))?,
        _ => {
            report(&ran.warnings, Some(host), host.format, host.lang)?;
            print(&render::run::render(&ran, host.lang, host.terminal))?;
        }
    }
    Ok(())
}

/// The result with its receipt.
const OUTCOME: &str = "outcome.json";

/// The receipt alone.
const RECEIPT: &str = "receipt.json";

/// What a run writes into its folder.
#[derive(Default)]
struct Written {
    /// The files of the run, by name.
    files: BTreeMap<String, Vec<u8>>,
    /// Those that hold personal data in full.
    guarded: BTreeSet<String>,
    /// What is to be said of them.
    told: Vec<Text>,
}

impl Written {
    /// Gives all that does not hold the receipt; `unmasked` are the lists to be written in full.
    fn of(host: &Host, ran: &Ran, unmasked: &[String]) -> Result<Self, Failure> {
        let mut written = Self::default();
        written.put("amounts.csv", csv::amounts(&ran.run.outcome));
        written.put("outcome.txt", render::run::render(ran, host.lang, false));
        for list in &ran.run.outcome.registers {
            written.put(&file_of(list), csv::register(list, host.lang));
        }
        for (name, bytes) in in_full(ran, unmasked, host.lang)? {
            let told = match written.files.get(&name) == Some(&bytes) {
                true => holds_nothing_masked(&name),
                false => holds_personal_data(&name),
            };
            written.told.push(told);
            written.guarded.insert(name.clone());
            written.files.insert(name, bytes);
        }
        let own = written.files.keys().map(String::as_str);
        let taken = own.chain([OUTCOME, RECEIPT]).map(str::to_owned).collect();
        let exports = Exports::of(ran, unmasked, &taken, host.lang)?;
        let personal = exports.guarded.iter();
        let personal = personal.map(|name| holds_personal_data(name));
        written.told.extend(personal.chain(exports.left_out));
        written.guarded.extend(exports.guarded);
        written.files.extend(exports.files);
        Ok(written)
    }

    fn put(&mut self, name: &str, text: String) {
        self.files.insert(name.to_owned(), text.into_bytes());
    }
}

fn file_of(register: &RegisterOutcome) -> String {
    format!("register-{}-{}.csv", register.measure, register.id)
}

/// The lists that were asked for with their personal data in full, by the name of their file.
fn in_full(ran: &Ran, wanted: &[String], lang: Lang) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    for id in wanted {
        let measures = ran.pack.measures.iter();
        let lists = measures.filter_map(|measure| ran.run.unmasked(measure, &ran.data, id));
        let lists: Vec<RegisterOutcome> = lists.collect();
        if lists.is_empty() {
            return Err(unknown_register(ran, id));
        }
        let file = |list| (file_of(list), csv::register(list, lang).into_bytes());
        files.extend(lists.iter().map(file));
    }
    Ok(files)
}

fn holds_personal_data(file: &str) -> Text {
    say!(
        "`{file}` contiene dati personali per intero: darlo solo a chi deve averlo",
        "`{file}` holds personal data in full: give it only to whoever must have it"
    )
}

/// The list is the same with what is personal in full as it is masked.
fn holds_nothing_masked(file: &str) -> Text {
    say!(
        "`{file}` è per intero: non ha dati personali da mascherare",
        "`{file}` is in full: it has no personal data to mask"
    )
}

fn only_into_a_folder() -> Failure {
    Failure::argument(
        say!(
            "`--unmasked` scrive dati personali per intero, e solo in una cartella",
            "`--unmasked` writes personal data in full, and into a folder only"
        ),
        say!(
            "dare anche la cartella: `--out DIR`",
            "give the folder too: `--out DIR`"
        ),
    )
}

fn unknown_register(ran: &Ran, id: &str) -> Failure {
    let known = ran
        .run
        .outcome
        .registers
        .iter()
        .map(|list| list.id.as_str());
    let help = nearest(id, known.clone()).unwrap_or_else(|| {
        let known: Vec<String> = known.map(|id| format!("`{id}`")).collect();
        match known.join(", ") {
            none if none.is_empty() => say!(
                "questo pacchetto non ha elenchi: togliere `--unmasked`",
                "this pack has no lists: leave out `--unmasked`"
            ),
            list => say!("gli elenchi sono: {list}", "the lists are: {list}"),
        }
    });
    Failure::argument(
        say!("non c'è un elenco `{id}`", "there is no list `{id}`"),
        help,
    )
}
