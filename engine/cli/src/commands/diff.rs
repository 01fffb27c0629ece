//! `diff`: which rules and deadlines change from one pack to another, or after an edit.

use riparto_core::diag::Diagnostics;
use riparto_core::diff::{Differences, deadline_changes, rule_changes, term_changes, years_to_try};
use riparto_core::pack::{self, Overrides};
use riparto_core::rules::Pack;
use riparto_io::report::json;

use crate::args::{DiffArgs, Format};
use crate::exit::Failure;
use crate::host::{Host, open_source};
use crate::output::print;
use crate::render::diff::text;

/// Compares two packs, or one with itself before a change.
pub fn diff(host: &Host, args: &DiffArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let (moment, faults) = args.when.moment();
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    let (before, after) = packs(host, args)?;
    let changes = deadline_changes(&before, &after, &moment).map_err(Failure::Refused)?;
    let years = years_to_try(&before, &after);
    let terms = term_changes(&before, &after, &moment, &years).map_err(Failure::Refused)?;
    let rules = rule_changes(&before, &after);
    let differences = Differences {
        before: before.id,
        after: after.id,
        deadlines: changes,
        years,
        terms,
        rules,
    };
    print(&match host.format {
        Format::Json => json::text(&json::diff::all(&differences, host.lang)),
        _ => text(&differences, host.lang, host.terminal),
    })?;
    Ok(())
}

/// Loads both packs, or refuses them with all that is wrong with either.
fn packs(host: &Host, args: &DiffArgs) -> Result<(Pack, Pack), Failure> {
    let mut faults = Diagnostics::new();
    let before = match &args.before_root {
        Some(root) => {
            let (source, _) = open_source(Some(root))?;
            let (pack, found) = pack::load(source.as_ref(), &args.before, &Overrides::default())?;
            pack.ok_or(Failure::Refused(found))
        }
        None => host
            .load(&args.before, &Overrides::default())
            .map(|(pack, _)| pack),
    };
    let before = collect(before, &mut faults)?;
    let after = host.load(&args.after, &Overrides::default());
    let after = collect(after.map(|(pack, _)| pack), &mut faults)?;
    match (before, after) {
        (Some(before), Some(after)) => Ok((before, after)),
        _ => Err(Failure::Refused(faults)),
    }
}

/// Keeps what is wrong with a pack for later, so that both packs are judged.
fn collect(pack: Result<Pack, Failure>, faults: &mut Diagnostics) -> Result<Option<Pack>, Failure> {
    match pack {
        Ok(pack) => Ok(Some(pack)),
        Err(Failure::Refused(found)) => {
            faults.extend(found);
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}
