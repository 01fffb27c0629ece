//! `new region`: a Region with a first year that runs, every value of it a placeholder.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Text};
use riparto_core::num::Cents;
use riparto_core::pack::{
    self,
    raw::{Node, RegionFile},
};
use riparto_core::say;
use serde_json::json;

use super::{Folder, is_region, is_year, quoted};
use crate::args::NewRegionArgs;
use crate::exit::Failure;
use crate::host::Host;

/// The files of a new Region by name; `YEAR` is the folder of its first year.
const TEMPLATES: [(&str, &str); 7] = [
    (
        "README.md",
        include_str!("../../../templates/region/README.txt"),
    ),
    (
        "region.toml",
        include_str!("../../../templates/region/region.toml"),
    ),
    (
        "YEAR/pack.toml",
        include_str!("../../../templates/region/pack.toml"),
    ),
    (
        "YEAR/misura.toml",
        include_str!("../../../templates/region/misura.toml"),
    ),
    (
        "YEAR/data/README.md",
        include_str!("../../../templates/region/data/README.txt"),
    ),
    (
        "YEAR/data/enti.csv",
        include_str!("../../../templates/region/data/enti.csv"),
    ),
    (
        "YEAR/cases/esempio.toml",
        include_str!("../../../templates/region/cases/esempio.toml"),
    ),
];

/// Writes the folder of a new Region.
pub fn new_region(host: &Host, args: &NewRegionArgs) -> Result<(), Failure> {
    let mut faults = Diagnostics::new();
    let NewRegionArgs { name, istat, .. } = args;
    if !is_region(name) || name == "nazionale" {
        faults.push(refused(
            say!(
                "`{name}` non è il nome di una cartella di Regione",
                "`{name}` is not the name of a Region's folder"
            ),
            say!(
                "lettere minuscole senza accenti, con trattini fra le parole: `terra-nuova`",
                "small letters without accents, with hyphens between words: `terra-nuova`"
            ),
        ));
    }
    faults.extend(judge_istat(host, istat)?);
    let label = args.label.clone().unwrap_or_else(|| capitalised(name));
    if label.trim().is_empty() || label.chars().any(char::is_control) {
        faults.push(refused(
            say!(
                "il nome da mostrare è vuoto o ha caratteri che non si vedono",
                "the name to show is empty or has characters that cannot be seen"
            ),
            say!(
                "scriverlo come si legge: `--label \"Terra Nuova\"`",
                "write it as it reads: `--label \"Terra Nuova\"`"
            ),
        ));
    }
    let amount = args.amount.as_deref().unwrap_or("unknown");
    let decimals = amount
        .split_once('.')
        .map_or(2, |(_, decimals)| decimals.len());
    let is_amount = Cents::parse(amount).is_ok_and(|cents| cents >= Cents::ZERO) && decimals == 2;
    if amount != "unknown" && !is_amount {
        faults.push(refused(
            say!("`{amount}` non è un importo", "`{amount}` is not an amount"),
            say!(
                "euro col punto decimale, non sotto zero: `1000000.00`",
                "euro with a decimal point, not below zero: `1000000.00`"
            ),
        ));
    }
    let year = first_year(host, args.first_year.as_deref(), &mut faults)?;
    if faults.has_errors() {
        return Err(Failure::Refused(faults));
    }
    let values = [
        ("@region@", name.as_str()),
        ("@label@", &label),
        ("@istat@", istat),
        ("@year@", &year),
        ("@amount@", amount),
    ];
    let files = files(&values);
    let pack = format!("{name}/{year}");
    Folder {
        path: format!("regions/{name}"),
        files,
        made: say!("Creata la Regione `{name}`, col suo primo anno:", "Made the Region `{name}`, with its first year:"),
        next: say!(
            "Ogni valore è un segnaposto. Ora: `riparto run {pack}`, poi mettere atti, valori e dati veri, come dice `regions/{name}/README.md`.",
            "Every value is a placeholder. Now: `riparto run {pack}`, then put true acts, values and facts, as `regions/{name}/README.md` says."
        ),
        json: json!({ "region": name, "istat": istat, "pack": pack }),
    }
    .write(host)
}

/// Refuses a code that is not that of a Region, or that another Region has.
fn judge_istat(host: &Host, istat: &str) -> Result<Diagnostics, Failure> {
    let digits = istat.len() == 2 && istat.bytes().all(|b| b.is_ascii_digit());
    if !digits || !("01"..="20").contains(&istat) {
        let fault = refused(
            say!(
                "`{istat}` non è il codice ISTAT di una Regione",
                "`{istat}` is not the ISTAT code of a Region"
            ),
            say!(
                "due cifre, da `01` a `20`, zero iniziale compreso",
                "two digits, from `01` to `20`, leading zero included"
            ),
        );
        return Ok(fault.into());
    }
    for region in host.source.list("regions")? {
        let path = format!("regions/{region}/region.toml");
        let bytes = host.source.read(&path)?.unwrap_or_default();
        let file = Node::parse(&path, &bytes).0.decode::<RegionFile>();
        if file.is_some_and(|file| file.istat == istat) {
            let fault = refused(
                say!(
                    "il codice ISTAT `{istat}` è già di `{region}`",
                    "the ISTAT code `{istat}` is already that of `{region}`"
                ),
                say!(
                    "dare il codice della Regione nuova",
                    "give the code of the new Region"
                ),
            );
            return Ok(fault.into());
        }
    }
    Ok(Diagnostics::new())
}

/// The year asked for, else the latest that any Region has.
fn first_year(
    host: &Host,
    asked: Option<&str>,
    faults: &mut Diagnostics,
) -> Result<String, Failure> {
    let latest = || {
        let packs = pack::list_packs(host.source.as_ref())?;
        let years = packs.iter().filter_map(|id| id.split_once('/'));
        let years = years.filter(|(region, year)| *region != "nazionale" && is_year(year));
        Ok::<_, Failure>(years.map(|(_, year)| year.to_owned()).max())
    };
    let year = match asked {
        Some(year) => year.to_owned(),
        None => latest()?.unwrap_or_default(),
    };
    if !is_year(&year) {
        faults.push(refused(
            match asked {
                Some(year) => say!("`{year}` non è un anno", "`{year}` is not a year"),
                None => say!(
                    "non si sa da quale anno cominciare",
                    "it is not known which year to begin with"
                ),
            },
            say!(
                "dirlo in quattro cifre: `--year 2026`",
                "say it in four digits: `--year 2026`"
            ),
        ));
    }
    Ok(year)
}

fn refused(message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::BadArgument, message).help(help)
}

/// `terra-nuova` as a reader writes it: `Terra Nuova`.
fn capitalised(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The templates with their blanks filled; in rule files, as the inside of a quoted text.
fn files(values: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let year = values.iter().find(|(blank, _)| *blank == "@year@");
    let year = year.map_or("", |(_, year)| year);
    let fill = |(name, text): (&str, &str)| {
        let is_rules = name.ends_with(".toml");
        let filled = values.iter().fold(text.to_owned(), |text, (blank, value)| {
            let value = match is_rules {
                true => quoted(value),
                false => (*value).to_owned(),
            };
            text.replace(blank, &value)
        });
        (name.replace("YEAR", year), filled.into_bytes())
    };
    TEMPLATES.into_iter().map(fill).collect()
}
