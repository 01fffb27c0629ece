//! `run`: the whole pack on its facts, printed or written with its receipt.

use std::collections::BTreeMap;

use riparto_io::receipt::Receipt;
use riparto_io::report::{csv, json};
use riparto_io::write::write_folder;
use serde_json::Value;

use crate::args::{Format, RunArgs};
use crate::exit::Failure;
use crate::host::{Host, Ran};
use crate::output::{print, report};
use crate::render;

/// Runs a pack.
pub fn run(host: &Host, args: &RunArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json, Format::Csv])?;
    let overrides = args.inputs.overrides()?;
    let mut ran = host.run(&args.pack, &overrides, &args.inputs.from())?;
    ran.run.outcome.as_of = args.inputs.as_of(&ran.pack)?;
    let outcome = json::outcome(&ran.run.outcome, &ran.warnings, host.lang);
    let outcome = json::with_facts(outcome, json::facts(&ran.data, &ran.dialects));
    let as_of = ran.run.outcome.as_of.to_string();
    let text = json::text(&outcome);
    let receipt = Receipt::new(&ran.pack, &as_of, &overrides, &ran.files, text.as_bytes());
    let with_receipt = json::with_receipt(outcome, &receipt);
    if let Some(folder) = &args.out {
        write_folder(folder, &files(host, &ran, &with_receipt, &receipt)?)?;
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

fn files(
    host: &Host,
    ran: &Ran,
    outcome: &Value,
    receipt: &Receipt,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let text = render::run::render(ran, host.lang, false);
    let receipt = serde_json::to_value(receipt).map_err(std::io::Error::other)?;
    let files = [
        ("outcome.json", json::text(outcome)),
        ("amounts.csv", csv::amounts(&ran.run.outcome)),
        ("outcome.txt", text),
        ("receipt.json", json::text(&receipt)),
    ];
    let registers = ran.run.outcome.registers.iter().map(|register| {
        let (measure, id) = (&register.measure, &register.id);
        (
            format!("register-{measure}-{id}.csv"),
            csv::register(register, host.lang),
        )
    });
    let files = files.map(|(name, text)| (name.to_owned(), text));
    let files = files.into_iter().chain(registers);
    Ok(files
        .map(|(name, text)| (name, text.into_bytes()))
        .collect())
}
