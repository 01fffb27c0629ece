//! `test`: the cases of the packs, each told apart.

use riparto_core::cases::Case;
use riparto_core::diag::Diagnostics;
use riparto_core::pack::{self, folder_of};
use riparto_core::say;
use riparto_io::gather::From;
use serde_json::json;

use crate::args::{Format, TestArgs};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{print, report};

/// One case that was tried.
struct Tried {
    pack: String,
    path: String,
    title: String,
    differences: Diagnostics,
}

/// Tries the cases of one pack, or of all.
pub fn test(host: &Host, args: &TestArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let packs = match &args.pack {
        Some(pack) => [pack.clone()].into(),
        None => pack::list_packs(host.source.as_ref())?,
    };
    let mut tried = Vec::new();
    for id in packs {
        tried.extend(cases_of(host, &id)?);
    }
    answer(host, &tried)?;
    let failed = tried.iter().any(|case| !case.differences.is_empty());
    if failed {
        Err(Failure::Differs)
    } else {
        Ok(())
    }
}

fn cases_of(host: &Host, id: &str) -> Result<Vec<Tried>, Failure> {
    let folder = format!("{}/cases", folder_of(id));
    let mut tried = Vec::new();
    // An unknown pack is refused even where it would have no case to try.
    host.load(id, &pack::Overrides::default())?;
    for name in host
        .source
        .list(&folder)?
        .iter()
        .filter(|name| name.ends_with(".toml"))
    {
        let path = format!("{folder}/{name}");
        let bytes = host.source.read(&path)?.unwrap_or_default();
        let (case, faults) = Case::parse(&path, &bytes);
        let Some(case) = case else {
            return Err(Failure::Refused(faults));
        };
        let tables = case.file.given.tables.clone();
        let given = match case.file.pack_data {
            true => From::PackWith(tables),
            false => From::Texts(tables),
        };
        let differences = match host.run(id, &case.overrides(), &given) {
            Ok(ran) => case.compare(Some(&ran.run.outcome), &Diagnostics::new()),
            // A pack or facts that have errors leave nothing to compare.
            Err(Failure::Refused(refused)) if case.file.expect.diagnostics.is_empty() => {
                return Err(Failure::Refused(refused));
            }
            Err(Failure::Refused(refused)) => case.compare(None, &refused),
            Err(failure) => return Err(failure),
        };
        let title = match (&case.file.title_en, host.lang) {
            (Some(en), riparto_core::diag::Lang::En) => en.clone(),
            _ => case.file.title.clone(),
        };
        tried.push(Tried {
            pack: id.to_owned(),
            path,
            title,
            differences,
        });
    }
    Ok(tried)
}

fn answer(host: &Host, tried: &[Tried]) -> Result<(), Failure> {
    if host.format == Format::Json {
        let rows = tried.iter().map(|case| {
            let differences = case.differences.iter();
            json!({
                "pack": case.pack,
                "case": case.path,
                "title": case.title,
                "passed": case.differences.is_empty(),
                "diagnostics": differences
                    .map(|d| riparto_io::report::json::diagnostic(d, host.lang))
                    .collect::<Vec<_>>(),
            })
        });
        let all = json!({ "cases": rows.collect::<Vec<_>>() });
        print(&riparto_io::report::json::text(&all))?;
        return Ok(());
    }
    let (mut passed, mut text) = (0, String::new());
    for case in tried {
        let sign = if case.differences.is_empty() {
            "✓"
        } else {
            "✗"
        };
        passed += usize::from(case.differences.is_empty());
        text.push_str(&format!("{sign} {}: {}\n", case.pack, case.title));
    }
    let all = tried.len();
    let summary = say!(
        "casi riusciti: {passed} su {all}",
        "cases that pass: {passed} of {all}"
    );
    text.push_str(&format!("{}\n", host.say(&summary)));
    print(&text)?;
    for case in tried {
        let differences = case.differences.clone().into_sorted();
        report(&differences, Some(host), host.format, host.lang)?;
    }
    Ok(())
}
