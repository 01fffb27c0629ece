//! `check`: all that is wrong with packs, their facts and their cases.

use std::collections::BTreeSet;
use std::time::Duration;

use riparto_core::cases::Case;
use riparto_core::diag::{Diagnostic, Diagnostics};
use riparto_core::eval::{check_documents, check_progress, validate};
use riparto_core::pack::raw::Status;
use riparto_core::pack::{self, Overrides, folder_of};
use riparto_core::rules::Pack;
use riparto_core::say;
use riparto_core::source::Source;
use riparto_core::terms;
use riparto_io::disk::DiskSource;
use riparto_io::gather::From;
use serde_json::json;

use crate::args::{CheckArgs, Format};
use crate::exit::{Failure, code_of};
use crate::host::Host;
use crate::output::{eprint, print, report};
use crate::world::World;

/// Checks packs, all of them unless some are named.
pub fn check(host: &mut Host, args: &CheckArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    if !args.watch {
        return once(host, args);
    }
    watch(host, args)
}

fn once(host: &Host, args: &CheckArgs) -> Result<(), Failure> {
    let found = find(host, args)?;
    let errors = found.has_errors();
    let found = found.into_sorted();
    answer(host, &found)?;
    if errors {
        Err(Failure::RefusedAlready(code_of(&found)))
    } else {
        Ok(())
    }
}

/// Checks again whenever what is found changes, until interrupted.
fn watch(host: &mut Host, args: &CheckArgs) -> Result<(), Failure> {
    let Some(root) = host.root.clone() else {
        return Err(Failure::argument(
            say!(
                "`--watch` sorveglia file su disco",
                "`--watch` looks at files on disk"
            ),
            say!(
                "dare la cartella con `--root`",
                "give the folder with `--root`"
            ),
        ));
    };
    let mut shown: Option<Vec<Diagnostic>> = None;
    loop {
        // A source reads each file once, so every look is a new one.
        let packs = DiskSource::open(&root)?;
        host.source = Box::new(World::new(Box::new(packs), Some(root.clone())));
        let found = find(host, args)?.into_sorted();
        if shown.as_ref() != Some(&found) {
            answer(host, &found)?;
            shown = Some(found);
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

fn answer(host: &Host, found: &[Diagnostic]) -> Result<(), Failure> {
    if host.format == Format::Json {
        let all: Vec<_> = found
            .iter()
            .map(|d| riparto_io::report::json::diagnostic(d, host.lang))
            .collect();
        print(&riparto_io::report::json::text(
            &json!({ "diagnostics": all }),
        ))?;
        return Ok(());
    }
    report(found, Some(host), host.format, host.lang)?;
    if found.is_empty() {
        print(&format!(
            "{}\n",
            host.say(&say!("nessun errore", "nothing wrong"))
        ))?;
        return Ok(());
    }
    let count = found.len();
    let text = say!("{count} da correggere", "{count} to correct");
    eprint(&format!("{}\n", host.say(&text)))?;
    Ok(())
}

fn find(host: &Host, args: &CheckArgs) -> Result<Diagnostics, Failure> {
    let source = host.source.as_ref();
    let known = pack::list_packs(source)?;
    let mut faults = Diagnostics::new();
    let packs = match args.packs.as_slice() {
        [] => {
            faults.extend(pack::check_regions(source)?);
            if !source.list("rules/calendar")?.is_empty() {
                faults.extend(terms::load(source)?.1);
            }
            known.clone()
        }
        named => named.iter().cloned().collect::<BTreeSet<String>>(),
    };
    for id in packs {
        let (pack, found) = pack::load(source, &id, &Overrides::default())?;
        faults.extend(found);
        if let Some(pack) = pack {
            faults.extend(facts_of(host, &pack)?);
        }
        if known.contains(&id) {
            faults.extend(cases_of(source, &id)?);
        }
    }
    Ok(faults)
}

/// What is wrong with a pack's own facts. A pack that was applied has them; one that is being
/// written may still wait for them.
fn facts_of(host: &Host, pack: &Pack) -> Result<Diagnostics, Failure> {
    let files = host.gather(pack, &From::Pack)?;
    let mut faults = host.stray_facts(pack, &files)?;
    if !files.is_empty() || pack.status == Status::Applied {
        let (data, found, _) = host.read(pack, &files);
        faults.extend(found);
        let data = data.unwrap_or_default();
        faults.extend(host.unknown_comuni(pack, &data)?);
        faults.extend(validate(pack, &data));
        faults.extend(check_progress(pack, &data));
        faults.extend(check_documents(pack, &data));
    }
    Ok(faults)
}

fn cases_of(source: &dyn Source, id: &str) -> Result<Diagnostics, Failure> {
    let folder = format!("{}/cases", folder_of(id));
    let mut faults = Diagnostics::new();
    for name in source
        .list(&folder)?
        .iter()
        .filter(|name| name.ends_with(".toml"))
    {
        let path = format!("{folder}/{name}");
        let bytes = source.read(&path)?.unwrap_or_default();
        faults.extend(Case::parse(&path, &bytes).1);
    }
    Ok(faults)
}
