//! `check`: all that is wrong with packs, their facts and their cases.

use std::collections::BTreeSet;
use std::time::Duration;

use riparto_core::cases::Case;
use riparto_core::diag::{Diagnostic, Diagnostics};
use riparto_core::model::TableDecl;
use riparto_core::pack::{self, Overrides, folder_of};
use riparto_core::say;
use riparto_core::terms;
use riparto_io::disk::DiskSource;
use riparto_io::facts::read_tables;
use riparto_io::gather::{From, gather};
use serde_json::json;

use crate::args::{CheckArgs, Format};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{print, report};

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
        Err(Failure::RefusedAlready)
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
        host.source = Box::new(DiskSource::open(&root)?);
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
    report(found, Some(host.source.as_ref()), host.format, host.lang)?;
    let count = found.len();
    let text = match count {
        0 => say!("nessun errore", "nothing wrong"),
        _ => say!("{count} da correggere", "{count} to correct"),
    };
    print(&format!("{}\n", host.say(&text)))?;
    Ok(())
}

fn find(host: &Host, args: &CheckArgs) -> Result<Diagnostics, Failure> {
    let packs = match args.packs.as_slice() {
        [] => pack::list_packs(host.source.as_ref())?,
        named => named.iter().cloned().collect::<BTreeSet<String>>(),
    };
    let mut faults = Diagnostics::new();
    if args.packs.is_empty() && !host.source.list("rules/calendar")?.is_empty() {
        faults.extend(terms::load(host.source.as_ref())?.1);
    }
    for id in packs {
        let (pack, found) = pack::load(host.source.as_ref(), &id, &Overrides::default())?;
        faults.extend(found);
        if let Some(pack) = pack {
            let files = gather(host.source.as_ref(), &pack, &From::Pack)?;
            let declared: Vec<TableDecl> = pack.tables().into_iter().cloned().collect();
            // A pack whose facts come from the user has no `data/` of its own.
            if !files.is_empty() {
                faults.extend(read_tables(&declared, &files).1);
            }
        }
        let folder = format!("{}/cases", folder_of(&id));
        for name in host
            .source
            .list(&folder)?
            .iter()
            .filter(|name| name.ends_with(".toml"))
        {
            let path = format!("{folder}/{name}");
            let bytes = host.source.read(&path)?.unwrap_or_default();
            faults.extend(Case::parse(&path, &bytes).1);
        }
    }
    Ok(faults)
}
