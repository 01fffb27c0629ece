//! `simulate`: who gains and who loses when parameters take other values.

use riparto_core::diag::Diagnostics;
use riparto_core::pack::open;
use riparto_core::simulate;
use riparto_io::report::{csv, json};

use crate::args::{Format, SimulateArgs};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{print, report};
use crate::render::simulate::text;

/// Runs a pack as it is, then at each point of the grid; its text and its facts are read once.
pub fn simulate(host: &Host, args: &SimulateArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json, Format::Csv])?;
    let varies = simulate::parse(&args.varies)?;
    let overrides = args.inputs.overrides()?;
    let (opened, faults) = open(host.source.as_ref(), &args.pack)?;
    let opened = opened.ok_or(Failure::Refused(faults))?;
    let (pack, faults) = opened.resolve(&overrides);
    let Some(pack) = pack else {
        return Err(Failure::Refused(faults));
    };
    refuse(simulate::check(&varies, &pack))?;
    let mut base = host.run_loaded(pack, faults, &args.inputs.from())?;
    base.run.outcome.as_of = args.inputs.as_of(&base.pack)?;
    let outcome = &base.run.outcome;
    let as_it_is = simulate::Base {
        pack: &base.pack,
        data: &base.data,
        outcome,
    };
    let grid = simulate::simulate(&opened, &overrides, &as_it_is, &varies);
    match host.format {
        Format::Json => print(&json::text(&json::simulate::all(
            outcome,
            &grid,
            &base.warnings,
            host.lang,
        )))?,
        Format::Csv => print(&csv::changes(&varies, &grid))?,
        _ => {
            report(&base.warnings, Some(host), host.format, host.lang)?;
            print(&text(&base, &varies, &grid, host.lang, host.terminal))?;
        }
    }
    Ok(())
}

fn refuse(faults: Diagnostics) -> Result<(), Failure> {
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    Ok(())
}
