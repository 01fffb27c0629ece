//! `new year`: the pack of a new year, begun from an earlier one.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic};
use riparto_core::num::Ratio;
use riparto_core::pack::{self, Overrides, folder_of};
use riparto_core::rules::{Deadline, Fund, Measure, Pack, Param, Scalar, Time};
use riparto_core::say;
use serde_json::json;

use super::awaited::{Awaited, declaration};
use super::{Folder, is_region, is_year, quoted};
use crate::args::NewYearArgs;
use crate::exit::Failure;
use crate::host::Host;

/// Writes the folder of a new pack that extends an earlier year of its Region.
pub fn new_year(host: &Host, args: &NewYearArgs) -> Result<(), Failure> {
    let id = &match &args.year {
        Some(year) => format!("{}/{year}", args.pack),
        None => args.pack.clone(),
    };
    let (region, year) = parse(id)?;
    let base = match &args.from {
        Some(from) => from.clone(),
        None => latest(host, &region, year)?,
    };
    let (base, _) = host.load(&base, &Overrides::default())?;
    let (path, from) = (folder_of(id), &base.id);
    let awaited = Awaited::by(&base);
    Folder {
        files: files(&base, &region, year),
        made: say!("Creato `{id}` a partire da `{from}`:", "Made `{id}` from `{from}`:"),
        next: say!(
            "{supply}Ora: scrivere l'atto e gli importi, mettere i dati in `{path}/data/`, poi `riparto check {id}`.",
            "{supply}Now: write the act and the amounts, put the facts in `{path}/data/`, then `riparto check {id}`.";
            supply = awaited.sentence(&path)
        ),
        json: json!({
            "pack": id,
            "extends": from,
            "awaits": awaited.json(&path),
        }),
        path,
    }
    .write(host)
}

fn parse(id: &str) -> Result<(String, i64), Failure> {
    let parts = id.split_once('/');
    let read = parts.and_then(|(region, year)| {
        let named = is_region(region) && is_year(year);
        let year = year.parse().ok().filter(|_| named)?;
        Some((region.to_owned(), year))
    });
    read.ok_or_else(|| {
        Failure::argument(
            say!(
                "`{id}` non è il nome di un pacchetto",
                "`{id}` is not the name of a pack"
            ),
            say!(
                "un pacchetto è Regione e anno: `regione/2025`",
                "a pack is Region and year: `regione/2025`"
            ),
        )
    })
}

/// The latest pack of the Region before that year.
fn latest(host: &Host, region: &str, year: i64) -> Result<String, Failure> {
    let packs = pack::list_packs(host.source.as_ref())?;
    let earlier = packs.into_iter().filter_map(|id| {
        let (of, text) = id.split_once('/')?;
        let its_year: i64 = text.parse().ok()?;
        (of == region && its_year < year).then_some((its_year, id.clone()))
    });
    let latest = earlier.max().map(|(_, id)| id);
    latest.ok_or_else(|| {
        let message = say!(
            "la Regione `{region}` non ha un pacchetto prima del {year}",
            "the Region `{region}` has no pack before {year}"
        );
        let help = say!(
            "dire da quale partire: `--from regione/2024`",
            "say which to start from: `--from regione/2024`"
        );
        Failure::Refused(
            Diagnostic::error(Code::UnknownPack, message)
                .help(help)
                .into(),
        )
    })
}

fn files(base: &Pack, region: &str, year: i64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut put = |name: String, text: String| files.insert(name, text.into_bytes());
    put("pack.toml".to_owned(), manifest(base, region, year));
    for measure in &base.measures {
        put(format!("{}.toml", measure.id), changes(measure, year));
    }
    put("README.md".to_owned(), readme(base, region, year));
    put("cases/README.md".to_owned(), cases_readme(region, year));
    let own = base.tables().into_iter();
    for table in own.filter(|table| table.import.is_none()) {
        let header: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        put(format!("data/{}.csv", table.name), header.join(",") + "\n");
    }
    files
}

fn manifest(base: &Pack, region: &str, year: i64) -> String {
    let (from, it, en) = (&base.id, &base.title.it, &base.title.en);
    let (it, en) = (renamed(it, year), renamed(en, year));
    format!(
        r#"#:schema ../../../rules/schema/pack.json
# {region} {year}: solo ciò che cambia rispetto a {from}.

title    = "{it}"
title_en = "{en}"
year     = {year}
as_of    = "{year}-01-01"
status   = "draft"
main_act = "atto_{year}"
extends  = ["{from}"]

# Da completare: organo, data e numero dell'atto del {year}.
[act.atto_{year}]
title = "Atto del {year} da indicare"
"#
    )
}

fn changes(measure: &Measure, year: i64) -> String {
    let (it, en) = (&measure.title.it, &measure.title.en);
    let (it, en) = (renamed(it, year), renamed(en, year));
    let mut text = format!(
        r#"#:schema ../../../rules/schema/measure.json
# Solo ciò che cambia: ogni valore nuovo porta il suo atto; `removed = true` toglie un blocco.

title    = "{it}"
title_en = "{en}"
main_act = "atto_{year}"
"#
    );
    for fund in &measure.funds {
        text.push_str(&unknown_fund(fund, year));
    }
    let imports = measure.tables.iter();
    text.extend(imports.filter_map(|table| declaration(table, year)));
    text.push_str(&format!(
        "\n# I valori da cui si parte: togliere il `#` a quelli che l'atto del {year} cambia.\n"
    ));
    for param in measure.params.values() {
        let (id, value) = (&param.id, written(param));
        text.push_str(&format!(
            "\n# [param.{id}]\n# value = \"{value}\"\n# act   = \"atto_{year}\"\n"
        ));
    }
    let deadlines = measure.deadlines.iter();
    let own = deadlines.filter_map(|one| deadline(measure, one, year));
    let own: Vec<String> = own.collect();
    if !own.is_empty() {
        text.push_str("\n# Finestre e tempi a parole sono di un anno solo: qui quelli nuovi.\n");
        text.push_str(&own.concat());
    }
    text
}

/// A deadline that is of its own year: the new year writes its own, or has none. A window that a
/// transition needs is not left behind a `#`: `check` asks for its dates, here.
fn deadline(measure: &Measure, deadline: &Deadline, year: i64) -> Option<String> {
    let (id, label) = (&deadline.id, quoted(&deadline.label.it));
    let block = match &deadline.time {
        Time::Window(_) => format!(
            "[window.{id}]\nlabel  = \"{label}\"\nopens  = \"{year}-…\"\ncloses = \"{year}-…\"\nact    = \"atto_{year}\"\n"
        ),
        Time::Prose(_) => {
            format!("[prose.{id}]\nlabel = \"{label}\"\ntext  = \"…\"\nact   = \"atto_{year}\"\n")
        }
        Time::Term(_) => return None,
    };
    let mut transitions = measure.lives.iter().flat_map(|life| &life.transitions);
    if transitions.any(|transition| transition.window.as_ref() == Some(id)) {
        return Some(format!("\n{block}"));
    }
    let lines = block.lines().map(|line| format!("# {line}\n"));
    Some(format!("\n{}", lines.collect::<String>()))
}

/// A fund whose amount nobody knows yet; what was published of the earlier one is taken away.
fn unknown_fund(fund: &Fund, year: i64) -> String {
    let gone = [
        ("published", fund.published.is_some()),
        ("interval", fund.interval.is_some()),
        ("note", fund.source.note.is_some()),
    ];
    let gone: Vec<String> = gone
        .iter()
        .filter(|(_, there)| *there)
        .map(|(key, _)| format!("\"{key}\""))
        .collect();
    let removed = match gone.as_slice() {
        [] => String::new(),
        keys => format!("removed    = [{}]\n", keys.join(", ")),
    };
    let id = &fund.id;
    format!(
        "\n[fund.{id}]\namount     = \"unknown\"\nact        = \"atto_{year}\"\nassumption = false\n{removed}"
    )
}

/// A value as rule files write it.
fn written(param: &Param) -> String {
    let number = |value: &Ratio| value.to_decimal_text().unwrap_or_else(|| value.to_string());
    let Some(value) = &param.value else {
        return "unknown".to_owned();
    };
    match value {
        Scalar::Number(value) if param.percent => {
            format!("{}%", number(&(value * &Ratio::from(100))))
        }
        Scalar::Number(value) => number(value),
        Scalar::Date(day) => day.to_string(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Moment(instant) => instant.iso(),
        Scalar::Text(text) => text.clone(),
    }
}

/// A title with every earlier year in it replaced by the new one, as a quoted text holds it.
fn renamed(title: &str, year: i64) -> String {
    (2000..year).fold(quoted(title), |title, old| {
        // A school year has two: `2024-25`, `2024/25`.
        let spans = ["-", "/"].into_iter().fold(title, |title, mark| {
            let span = |first: i64| format!("{first}{mark}{:02}", (first + 1) % 100);
            title.replace(&span(old), &span(year))
        });
        spans.replace(&old.to_string(), &year.to_string())
    })
}

fn readme(base: &Pack, region: &str, year: i64) -> String {
    let from = &base.id;
    let awaited = Awaited::by(base).items();
    format!(
        "# {region} {year}\n\nParte da `{from}`: qui sta solo ciò che cambia.\n\n\
         1. `pack.toml`: l'atto del {year} e la data a cui si leggono le regole.\n\
         2. `*.toml`: gli importi dei fondi e i valori che l'atto cambia, ciascuno col suo atto.\n\
         3. `data/*.csv`: i dati, una riga per soggetto; un dato che manca non vale zero.\n{awaited}\
         4. `cases/*.toml`: i risultati pubblicati, scritti a mano.\n\n\
         `riparto check {region}/{year}` trova gli errori; `riparto run {region}/{year}` calcola, e dice quali dati o valori mancano.\n"
    )
}

fn cases_readme(region: &str, year: i64) -> String {
    format!(
        "# Casi di {region} {year}\n\nUn file per caso, con ciò che deve risultare e da dove si sa:\n\n\
         ```toml\n#:schema ../../../../rules/schema/case.json\ntitle     = \"Il Comune riceve ciò che fu pubblicato\"\n\
         source    = \"atto, articolo, tabella\"\npack_data = true\n\n[expect.totals]\n\"Nome del Comune\" = \"1000.00\"\n```\n\n\
         Con `pack_data` il caso legge `data/`; senza, legge solo le tabelle che dà in `[given.tables]`.\n\n\
         `riparto test {region}/{year}` li prova.\n"
    )
}
