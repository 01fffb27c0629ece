//! `diff`: which rules, deadlines and amounts change from one pack to another, or after an edit.

use riparto_core::diag::Diagnostics;
use riparto_core::diff::{
    AmountChanges, Between, Differences, Unrun, amount_changes, awaited_facts, deadline_changes,
    rule_changes, run_on, shared_funds, term_changes, unmade, years_to_try,
};
use riparto_core::pack::Overrides;
use riparto_core::rules::Pack;
use riparto_core::say;
use riparto_io::gather::From;
use riparto_io::report::json;

use crate::args::{DiffArgs, Format};
use crate::exit::Failure;
use crate::host::{Host, Ran};
use crate::output::print;
use crate::render::diff::text;

/// Compares two packs, or one with itself before a change.
pub fn diff(host: &Host, args: &DiffArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let (moment, faults) = args.when.moment();
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    let other = match &args.before_root {
        Some(root) => Some(host.at(root)?),
        None => None,
    };
    let earlier = other.as_ref().unwrap_or(host);
    let (before, after) = packs(earlier, host, args)?;
    let deadlines = deadline_changes(&before, &after, &moment).map_err(Failure::Refused)?;
    let years = years_to_try(&before, &after);
    let terms = term_changes(&before, &after, &moment, &years).map_err(Failure::Refused)?;
    let rules = rule_changes(&before, &after);
    let (id_before, id_after) = (before.id.clone(), after.id.clone());
    let measures = before.measures.iter().chain(&after.measures);
    let titles = measures.map(|measure| (measure.id.clone(), measure.title.clone()));
    let titles = titles.collect();
    let splits = |pack: &Pack| pack.measures.iter().any(|m| !m.allocations.is_empty());
    let amounts = match splits(&before) && splits(&after) {
        true => Some(amounts(earlier, host, args, before, after)?),
        false => None,
    };
    let differences = Differences {
        before: id_before,
        after: id_after,
        titles,
        deadlines,
        years,
        terms,
        rules,
        amounts,
    };
    print(&match host.format {
        Format::Json => json::text(&json::diff::all(&differences, host.lang)),
        _ => text(&differences, host.lang, host.terminal),
    })?;
    Ok(())
}

/// Loads both packs, or refuses them with all that is wrong with either.
fn packs(earlier: &Host, host: &Host, args: &DiffArgs) -> Result<(Pack, Pack), Failure> {
    let mut faults = Diagnostics::new();
    let load = |host: &Host, id: &str| host.load(id, &Overrides::default()).map(|(pack, _)| pack);
    let before = collect(load(earlier, &args.before), &mut faults)?;
    let after = collect(load(host, &args.after), &mut faults)?;
    match (before, after) {
        (Some(before), Some(after)) => Ok((before, after)),
        _ => Err(Failure::Refused(faults)),
    }
}

/// Keeps what is wrong with a pack for later, so that both packs are judged.
fn collect<T>(found: Result<T, Failure>, faults: &mut Diagnostics) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Refused(refused)) => {
            faults.extend(refused);
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

/// Runs both packs and those between them. A pack that its own facts do not let run is told, since
/// its rules compare all the same; facts that were asked for are refused with their faults.
fn amounts(
    earlier: &Host,
    host: &Host,
    args: &DiffArgs,
    before: Pack,
    after: Pack,
) -> Result<Result<AmountChanges, Unrun>, Failure> {
    let from = args.data.clone().map_or(From::Pack, From::Path);
    let funds = shared_funds(&before, &after);
    let mut faults = Diagnostics::new();
    let mut run = |host: &Host, pack: Pack| -> Result<Result<Ran, Unrun>, Failure> {
        let id = pack.id.clone();
        let mut found = Diagnostics::new();
        let ran = collect(host.run_loaded(pack, Diagnostics::new(), &from), &mut found)?;
        let unrun = match ran {
            Some(ran) if ran.run.outcome.withheld.is_empty() => return Ok(Ok(ran)),
            Some(ran) => Unrun {
                pack: id,
                why: unmade(),
                missing: awaited_facts(&ran.pack, &ran.data, &ran.run.outcome),
            },
            None => Unrun {
                pack: id,
                why: say!("i dati sono rifiutati", "the facts are refused"),
                missing: found.iter().map(|fault| fault.message.clone()).collect(),
            },
        };
        faults.extend(found);
        Ok(Err(unrun))
    };
    let (before, after) = (run(earlier, before)?, run(host, after)?);
    if args.data.is_some() && faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(unrun), _) | (_, Err(unrun)) => return Ok(Err(unrun)),
    };
    let (with_funds, _) = earlier.load(&args.before, &funds)?;
    let (with_rules, _) = host.load(&args.after, &Overrides::default())?;
    let funds = run_on(with_funds, &before.data);
    let rules = run_on(with_rules, &before.data);
    let between = funds.and_then(|funds| {
        Ok(Between {
            funds,
            rules: rules?,
        })
    });
    Ok(Ok(amount_changes(
        &before.run.outcome,
        between,
        &after.run.outcome,
    )))
}
