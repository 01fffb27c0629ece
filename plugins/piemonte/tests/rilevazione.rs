//! `media_frequentanti` gives what the rules of the survey of 2026 give, on generated registers; and
//! where they differ, that they do.

#![cfg(test)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use chrono::{Days, NaiveDate};
use common::{Cell, days, function, number, table, texts};
use riparto_core::diag::{Diagnostics, Lang};
use riparto_core::eval::evaluate;
use riparto_core::model::TableDecl;
use riparto_core::native::NoNatives;
use riparto_core::pack::{self, Overrides};
use riparto_core::source::{Source, SourceError};
use riparto_io::disk::DiskSource;
use riparto_io::facts::{Files, read_tables};
use riparto_plugin::{Column, Fault, Rational, Value};
use riparto_plugin_testkit::generate::Numbers;

const PACK: &str = "piemonte/2026";
const MEASURE: &str = "regions/piemonte/2026/rilevazione.toml";

/// What the rules are asked to show of each service.
const REGISTER: &str = r#"
[register.prova]
label      = "Prova"
of         = "servizi"
columns    = ["servizio", "periodo_dal", "periodo_al", "media_esatta", "righe_a_cavallo", "righe_impossibili"]
assumption = true
act        = "note_2026 lett. b"
"#;

/// The rules on disk, with the register of this test.
struct Rules(DiskSource);

impl Source for Rules {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let mut bytes = self.0.read(path)?;
        if let Some(bytes) = bytes.as_mut().filter(|_| path == MEASURE) {
            bytes.extend(REGISTER.bytes());
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        self.0.list(folder)
    }
}

/// A service: its code, since when it is active, the average declared.
struct Service {
    code: String,
    since: NaiveDate,
    declared: Option<i64>,
}

/// A row of the register of attendance.
struct Entry {
    service: usize,
    from: NaiveDate,
    to: NaiveDate,
    open: i64,
    present: i64,
}

impl Entry {
    fn overlaps(&self, other: &Self) -> bool {
        self.service == other.service && self.from <= other.to && other.from <= self.to
    }
}

/// Gives services and rows around the ends of the periods, one in ten impossible, none that
/// overlaps another.
fn generated(count: usize) -> (Vec<Service>, Vec<Entry>) {
    let mut numbers = Numbers::from_seed(2025);
    let starts = [
        "2010-09-01",
        "2025-03-03",
        "2025-09-01",
        "2026-02-26",
        "2026-02-27",
        "2026-03-09",
    ];
    let edges = [
        "2025-03-03",
        "2025-09-01",
        "2026-02-27",
        "2026-03-09",
        "2026-04-27",
    ];
    let (mut services, mut entries) = (Vec::new(), Vec::new());
    let mut pick = |limit: u64| numbers.below(limit);
    let day = |names: &[&str], at: u64| -> NaiveDate { names[at as usize].parse().unwrap() };
    for service in 0..count {
        services.push(Service {
            code: format!("s{service:04}"),
            since: day(&starts, pick(6)),
            declared: (pick(2) == 0).then_some(12),
        });
        for _ in 0..pick(4) {
            let edge = day(&edges, pick(5));
            let length = pick(40);
            let from = edge + Days::new(2)
                - Days::new([0, 1, 2, 3, length + 2, length + 3][pick(6) as usize]);
            let most = if pick(10) == 0 {
                length + 3
            } else {
                length + 2
            };
            let open = pick(most) as i64;
            let entry = Entry {
                service,
                from,
                to: from + Days::new(length),
                open,
                present: if open == 0 && pick(4) > 0 {
                    0
                } else {
                    pick(900) as i64
                },
            };
            if !entries.iter().any(|known| entry.overlaps(known)) {
                entries.push(entry);
            }
        }
    }
    (services, entries)
}

/// Runs the rules and gives the rows of the register of this test.
fn ruled(services: &[Service], entries: &[Entry]) -> Vec<Vec<String>> {
    judged(services, entries).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Runs the rules; what is wrong with the facts is told in words.
fn judged(services: &[Service], entries: &[Entry]) -> Result<Vec<Vec<String>>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = Rules(DiskSource::open(&root).unwrap());
    let (pack, faults) = pack::load(&source, PACK, &Overrides::default()).unwrap();
    let pack = pack.unwrap_or_else(|| panic!("{:#?}", faults.into_sorted()));
    let mut servizi = String::from(
        "servizio,nome,comune,tipo,posti,titolare,aggiunto,autorizzato,autorizzato_dal,attivo_dal,\
         dati_conformi,dichiarazione,provvedimento_cessazione,motivazione,media_dichiarata\n",
    );
    for Service {
        code,
        since,
        declared,
    } in services
    {
        let declared = declared.map_or(String::new(), |declared| declared.to_string());
        writeln!(
            servizi,
            "{code},Nido,005005,nido,30,,no,sì,{since},{since},sì,attivo,,,{declared}"
        )
        .unwrap();
    }
    let mut presenze = String::from("riga,servizio,dal,al,giorni_apertura,bambini_presenti\n");
    for (line, entry) in entries.iter().enumerate() {
        let Entry {
            from,
            to,
            open,
            present,
            ..
        } = entry;
        let code = &services[entry.service].code;
        writeln!(presenze, "{line},{code},{from},{to},{open},{present}").unwrap();
    }
    let declared: Vec<TableDecl> = pack.tables().into_iter().cloned().collect();
    let own = declared
        .iter()
        .map(|decl| {
            let text = match decl.name.as_str() {
                "schede" => "istat,comune\n005005,Asti\n".to_owned(),
                "servizi" => servizi.clone(),
                "presenze" => presenze.clone(),
                name => {
                    let path = format!("regions/piemonte/2026/data/{name}.csv");
                    String::from_utf8(source.read(&path).unwrap().unwrap()).unwrap()
                }
            };
            (
                decl.name.clone(),
                (format!("{}.csv", decl.name), text.into_bytes()),
            )
        })
        .collect();
    let files = Files {
        own,
        ..Files::default()
    };
    let (data, faults, _) = read_tables(&declared, &files, &NoNatives);
    let data = data.ok_or_else(|| format!("{:#?}", faults.into_sorted()))?;
    let (run, faults): (_, Diagnostics) = evaluate(&pack, &data);
    let run = run.ok_or_else(|| format!("{:#?}", faults.into_sorted()))?;
    let found = run
        .outcome
        .registers
        .into_iter()
        .find(|register| register.id == "prova");
    let text = |cell: Option<riparto_core::outcome::Told>| {
        cell.map_or(String::new(), |cell| cell.plain.get(Lang::It).to_owned())
    };
    let rows = found.unwrap().rows.into_iter();
    Ok(rows
        .map(|row| row.into_iter().map(text).collect())
        .collect())
}

/// Reads a number that the rules show: `12.5`, or `960/41` where it has no end.
fn exact(text: &str) -> Cell {
    if let Some((above, below)) = text.split_once('/') {
        return number(above.parse().ok()?, below.parse().ok()?);
    }
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let digits: i128 = text.replace('.', "").parse().ok()?;
    Some(Value::Number(Rational::new(
        digits,
        10_i128.pow(decimals as u32),
    )))
}

/// Asks the plugin for the average of services in the periods that the rules give them.
fn native(
    services: &[Service],
    entries: &[Entry],
    rows: &[Vec<String>],
) -> Result<Vec<Cell>, Box<Fault>> {
    let column = |at: usize| rows.iter().map(|row| &*row[at]).collect::<Vec<_>>();
    let day = |of: fn(&Entry) -> NaiveDate| {
        let cells: Vec<String> = entries.iter().map(|entry| of(entry).to_string()).collect();
        days(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let count = |of: fn(&Entry) -> i64| {
        Column::Integers(entries.iter().map(|entry| Some(of(entry))).collect())
    };
    let owners: Vec<&str> = entries.iter().map(|e| &*services[e.service].code).collect();
    let register = table(
        "presenze",
        vec![
            ("servizio", texts(&owners)),
            ("dal", day(|entry| entry.from)),
            ("al", day(|entry| entry.to)),
            ("giorni_apertura", count(|entry| entry.open)),
            ("bambini_presenti", count(|entry| entry.present)),
        ],
    );
    let declared = services.iter().map(|service| service.declared).collect();
    let columns = vec![
        texts(&column(0)),
        days(&column(1)),
        days(&column(2)),
        Column::Integers(declared),
    ];
    function("media_frequentanti", columns, vec![register])
}

#[test]
fn the_plugin_gives_what_the_rules_give_or_nothing_where_a_row_is_wrong() {
    let (services, entries) = generated(1_500);
    let rows = ruled(&services, &entries);
    assert_eq!(rows.len(), services.len());
    let given = native(&services, &entries, &rows).unwrap();
    let mut met = BTreeMap::<&str, usize>::new();
    for (row, given) in rows.iter().zip(given) {
        let sound = row[4] == "0" && row[5] == "0";
        let ruled = exact(&row[3]);
        let kind = match (sound, &given) {
            (true, None) => "neither register nor declaration",
            (true, Some(_)) if row[3].contains('/') => "a fraction",
            (true, Some(_)) => "a decimal",
            (false, None) if row[4] != "0" => "a row astride",
            (false, _) => "an impossible row",
        };
        // Where a row is wrong the rules may have a number: their condition `registro` refuses it.
        assert_eq!(given, ruled.filter(|_| sound), "{row:?}");
        *met.entry(kind).or_default() += 1;
    }
    assert!(
        met.len() == 5 && met.values().all(|times| *times > 20),
        "{met:?}"
    );
}

/// A service open all along, whose average nobody declares.
fn open_all_along(code: &str) -> Service {
    Service {
        code: code.to_owned(),
        since: "2010-09-01".parse().unwrap(),
        declared: None,
    }
}

fn entry(service: usize, from: &str, to: &str, [open, present]: [i64; 2]) -> Entry {
    Entry {
        service,
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        open,
        present,
    }
}

#[test]
fn where_a_row_is_wrong_the_rules_show_a_number_and_the_plugin_none() {
    let services = ["s1", "s2", "s3"].map(open_all_along);
    let entries = [
        // 300 attendances on 20 days, and a row astride the first day.
        entry(0, "2025-04-01", "2025-04-30", [20, 300]),
        entry(0, "2025-03-01", "2025-03-31", [20, 400]),
        // 40 days open in a month.
        entry(1, "2025-04-01", "2025-04-30", [40, 300]),
        // 200 attendances on no day, 100 on ten.
        entry(2, "2025-04-01", "2025-04-30", [0, 200]),
        entry(2, "2025-05-01", "2025-05-31", [10, 100]),
    ];
    let rows = ruled(&services, &entries);
    let shown: Vec<&[String]> = rows.iter().map(|row| &row[3..]).collect();
    assert_eq!(
        shown,
        [["15", "1", "0"], ["7.5", "0", "1"], ["30", "0", "1"]]
    );
    assert_eq!(
        native(&services, &entries, &rows).unwrap(),
        [None, None, None]
    );
}

#[test]
fn rows_that_overlap_are_told_by_the_plugin_and_not_by_the_rules() {
    let services = [open_all_along("s1")];
    let entries = [
        entry(0, "2025-04-01", "2025-04-30", [20, 200]),
        entry(0, "2025-04-10", "2025-04-10", [1, 10]),
    ];
    let rows = ruled(&services, &entries);
    assert_eq!(rows[0][3..], ["10", "0", "0"]);
    let fault = native(&services, &entries, &rows).unwrap_err();
    assert_eq!(fault.code, "overlapping-rows");
}

#[test]
fn rows_that_begin_or_end_together_are_refused_by_the_rules_too() {
    let services = [open_all_along("s1")];
    let month = || entry(0, "2025-04-01", "2025-04-30", [20, 200]);
    for day in ["2025-04-01", "2025-04-30"] {
        let faults = judged(&services, &[month(), entry(0, day, day, [1, 10])]).unwrap_err();
        assert!(faults.contains("presenze.csv"), "{faults}");
    }
}
