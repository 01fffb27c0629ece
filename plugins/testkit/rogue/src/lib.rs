//! A plugin that misbehaves on purpose: each capability breaks one rule, but for `doubled`,
//! `doubled_unless_odd`, `contribution`, `lines`, `odd` and `plain`, which keep them all.
#![allow(
    unsafe_code,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "breaking rules is what it is for"
)]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use riparto_plugin::{
    Batch, CheckedMul, Column, ExportInput, Fault, Finding, ImportInput, ImportOutput, Kind, Place,
    Plugin, Table, TableRow, Value, Weight, abi, fault, function, values_of,
};

fn doubled(row: &[Option<Value>]) -> Result<Option<Value>, Box<Fault>> {
    let number = row.first().and_then(Option::as_ref).and_then(Value::number);
    // A number too long to be exact is no number.
    Ok(number
        .and_then(|number| number.checked_mul(&Value::int(2)))
        .map(Value::Number))
}

fn doubled_unless_odd(row: &[Option<Value>]) -> Result<Option<Value>, Box<Fault>> {
    let number = row.first().and_then(Option::as_ref).and_then(Value::number);
    match number.is_some_and(|number| number.numer() % 2 != 0) {
        true => Err(fault("odd", "è dispari", "it is odd")),
        false => doubled(row),
    }
}

/// A household, as a direct caller has it; a batch has the same five fields as columns.
#[derive(Debug, Clone)]
pub struct Household {
    /// The income, in cents.
    pub income: i64,
    /// How many children.
    pub children: i64,
    /// The age of the youngest, in months.
    pub months: i64,
    /// Where it lives.
    pub comune: String,
    /// Whether it lives there.
    pub resident: bool,
}

/// What a household pays, in cents: 1.23% of its income less 100 euro a child, never below zero;
/// half of it for the youngest, nothing for who lives in Torino, twice for who is no resident.
pub fn contribution(household: &Household) -> i64 {
    charge(
        household.income,
        household.children,
        household.months,
        &household.comune,
        household.resident,
    )
}

fn charge(income: i64, children: i64, months: i64, comune: &str, resident: bool) -> i64 {
    if comune == "L219" {
        return 0;
    }
    let share = Decimal::from(income) * Decimal::new(123, 4);
    let whole = (share - Decimal::from(children) * Decimal::from(10_000)).round();
    let whole = whole.to_i64().unwrap_or(i64::MAX).max(0);
    let whole = if months < 12 { whole / 2 } else { whole };
    if resident {
        whole
    } else {
        whole.saturating_mul(2)
    }
}

fn contributions(batch: &Batch) -> Result<Column, Box<Fault>> {
    use Column::{Bools, Integers, Texts};
    let [
        Integers(income),
        Integers(children),
        Integers(months),
        Texts(comune),
        Bools(resident),
    ] = batch.columns.as_slice()
    else {
        return Err(fault(
            "not-whole",
            "servono numeri interi",
            "whole numbers are needed",
        ));
    };
    let numbers = income.iter().zip(children).zip(months);
    let rows = numbers.zip(comune.iter().zip(resident));
    let charged = rows.map(|(((income, children), months), (comune, resident))| {
        let comune = comune.as_deref()?;
        Some(charge(
            (*income)?,
            (*children)?,
            (*months)?,
            comune,
            (*resident)?,
        ))
    });
    Ok(Integers(charged.collect()))
}

fn panics(_: &Batch) -> Result<Column, Box<Fault>> {
    panic!("on purpose")
}

fn aborts(_: &Batch) -> Result<Column, Box<Fault>> {
    std::process::abort()
}

fn exits(_: &Batch) -> Result<Column, Box<Fault>> {
    std::process::exit(7)
}

fn loops(_: &Batch) -> Result<Column, Box<Fault>> {
    loop {
        std::hint::spin_loop();
    }
}

fn grows(_: &Batch) -> Result<Column, Box<Fault>> {
    let bytes = vec![1_u8; 10 << 30];
    Ok(Column::Integers(vec![Some(i64::from(
        bytes[bytes.len() / 2],
    ))]))
}

fn recurses(batch: &Batch) -> Result<Column, Box<Fault>> {
    fn deeper(depth: u64) -> u64 {
        let here = std::hint::black_box([depth; 64]);
        if depth == u64::MAX {
            0
        } else {
            deeper(depth + 1) + here[7]
        }
    }
    let depth = deeper(u64::from(batch.rows));
    Ok(Column::Integers(vec![i64::try_from(depth).ok()]))
}

fn writes_anywhere(_: &Batch) -> Result<Column, Box<Fault>> {
    let nowhere = std::hint::black_box(16_usize) as *mut u8;
    // SAFETY: there is none: this is what a faulty plugin does.
    unsafe { nowhere.write_volatile(1) };
    Ok(Column::Integers(Vec::new()))
}

fn forgets_rows(_: &Batch) -> Result<Column, Box<Fault>> {
    Ok(Column::Integers(Vec::new()))
}

fn gives_another_type(batch: &Batch) -> Result<Column, Box<Fault>> {
    Ok(Column::Texts(vec![
        Some("no".to_owned());
        batch.rows as usize
    ]))
}

fn divides_by_nothing(batch: &Batch) -> Result<Column, Box<Fault>> {
    Ok(Column::Fractions(vec![Some((1, 0)); batch.rows as usize]))
}

fn counts_its_calls(batch: &Batch) -> Result<Column, Box<Fault>> {
    static CALLS: AtomicI64 = AtomicI64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    Ok(Column::Integers(vec![Some(call); batch.rows as usize]))
}

fn opens_a_file(_: &Batch) -> Result<Column, Box<Fault>> {
    let length = std::fs::read("/etc/hostname").map(|bytes| bytes.len()).ok();
    Ok(Column::Integers(vec![
        length.and_then(|len| i64::try_from(len).ok()),
    ]))
}

/// Gives how much it could read of its standard input, after it printed a great deal.
fn talks(_: &Batch) -> Result<Column, Box<Fault>> {
    use std::io::{Read, Write, stderr, stdin, stdout};
    for _ in 0..10_000 {
        // Nobody listens: that it cannot print is no matter.
        let _ = stdout().write_all(&[7; 100]);
        let _ = stderr().write_all(&[7; 100]);
    }
    let mut heard = Vec::new();
    let read = stdin().read_to_end(&mut heard).ok();
    let read = read.and_then(|read| i64::try_from(read).ok());
    Ok(Column::Integers(vec![read]))
}

/// Tries to change files, to reach a network, to start a process or a thread; gives how many of
/// these were possible.
fn reaches_out(_: &Batch) -> Result<Column, Box<Fault>> {
    let here = std::env::temp_dir().join("riparto-rogue-was-here");
    let tried = [
        std::fs::create_dir(&here).is_ok(),
        std::fs::rename(&here, here.with_extension("moved")).is_ok(),
        std::fs::remove_dir(&here).is_ok(),
        std::process::Command::new("true").spawn().is_ok(),
        std::net::UdpSocket::bind("127.0.0.1:0").is_ok(),
        std::thread::Builder::new().spawn(|| ()).is_ok(),
    ];
    let possible = tried.iter().filter(|possible| **possible).count();
    Ok(Column::Integers(vec![i64::try_from(possible).ok()]))
}

fn refuses(_: &Batch) -> Result<Column, Box<Fault>> {
    let mut fault = fault("too-late", "il registro è chiuso", "the register is closed");
    (fault.help, fault.help_en) = ("riaprirlo".to_owned(), "open it again".to_owned());
    Err(fault)
}

fn invents_columns(_: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    Ok(ImportOutput {
        columns: vec!["unheard_of".to_owned()],
        rows: vec![TableRow {
            line: 1,
            cells: vec!["a".to_owned(), "b".to_owned()],
        }],
    })
}

/// Reads a text file with a key and a number on each line.
fn lines(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let text = String::from_utf8_lossy(&input.bytes);
    let written = text
        .lines()
        .zip(1_u32..)
        .filter(|(line, _)| !line.is_empty());
    let rows = written.map(|(text, line)| {
        let (key, number) = text.split_once(';').ok_or_else(|| no_number(line))?;
        let cells = vec![key.to_owned(), number.to_owned()];
        Ok(TableRow { line, cells })
    });
    Ok(ImportOutput {
        columns: vec!["key".to_owned(), "number".to_owned()],
        rows: rows.collect::<Result<_, Box<Fault>>>()?,
    })
}

fn no_number(line: u32) -> Box<Fault> {
    let mut fault = fault("no-number", "manca il numero", "the number is missing");
    fault.help = "scrivere la chiave, un punto e virgola e il numero".to_owned();
    fault.help_en = "write the key, a semicolon and the number".to_owned();
    fault.place = Some(Place {
        line,
        ..Place::default()
    });
    fault
}

/// Finds odd numbers, which are errors, and zeros, which are not.
fn odd(tables: &[Table]) -> Result<Vec<Finding>, Box<Fault>> {
    let mut found = Vec::new();
    for table in tables {
        for (name, column) in &table.columns {
            let Column::Integers(cells) = column else {
                continue;
            };
            for (cell, line) in cells.iter().zip(&table.lines) {
                let (weight, mut fault) = match cell {
                    Some(0) => (Weight::Warning, fault("zero", "è zero", "it is zero")),
                    Some(number) if number % 2 != 0 => {
                        (Weight::Error, fault("odd", "è dispari", "it is odd"))
                    }
                    _ => continue,
                };
                fault.place = Some(Place {
                    file: table.name.clone(),
                    line: *line,
                    column: name.clone(),
                });
                let fault = *fault;
                found.push(Finding { weight, fault });
            }
        }
    }
    Ok(found)
}

/// Writes the columns by name, then the rows.
fn plain(input: &ExportInput) -> Result<Vec<u8>, Box<Fault>> {
    let columns = &input.table.columns;
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let mut text = format!("{}\n", names.join(","));
    let rows = columns.first().map_or(0, |(_, column)| column.len());
    let cells = columns.iter().map(|(_, column)| values_of(column));
    let cells: Vec<_> = cells.map(Option::unwrap_or_default).collect();
    for row in 0..rows {
        let cells = cells
            .iter()
            .map(|cells| cells.get(row).and_then(Option::as_ref));
        let cells: Vec<String> = cells
            .map(|cell| cell.map(written).unwrap_or_default())
            .collect();
        text.push_str(&format!("{}\n", cells.join(",")));
    }
    Ok(text.into_bytes())
}

fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bool(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

fn well_behaved(plugin: Plugin) -> Plugin {
    let importer = abi::Importer {
        name: "lines".to_owned(),
        label: "righe".to_owned(),
        label_en: "lines".to_owned(),
        extensions: vec!["txt".to_owned()],
        columns: vec!["key".to_owned(), "number".to_owned()],
    };
    let validator = abi::Validator {
        name: "odd".to_owned(),
        label: "numeri dispari".to_owned(),
        label_en: "odd numbers".to_owned(),
    };
    let exporter = abi::Exporter {
        name: "plain".to_owned(),
        label: "tabella".to_owned(),
        label_en: "table".to_owned(),
        extension: "csv".to_owned(),
    };
    let doubles = function("doubled", "il doppio", "twice as much");
    let picky = function("doubled_unless_odd", "il doppio", "twice as much");
    plugin
        .function(doubles.takes("number", Kind::Number).by_row(doubled))
        .function(
            picky
                .takes("number", Kind::Number)
                .by_row(doubled_unless_odd),
        )
        .importer(importer, lines)
        .validator(validator, odd)
        .exporter(exporter, plain)
}

/// Takes every cell for a text.
fn expects_texts(input: &ExportInput) -> Result<Vec<u8>, Box<Fault>> {
    let mut columns = input.table.columns.iter();
    if columns.any(|(_, column)| column.kind() != Kind::Text) {
        panic!("no text");
    }
    Ok(Vec::new())
}

/// Takes every number for a whole one.
fn expects_integers(tables: &[Table]) -> Result<Vec<Finding>, Box<Fault>> {
    let mut columns = tables.iter().flat_map(|table| &table.columns);
    if columns.any(|(_, column)| matches!(column, Column::Fractions(_))) {
        panic!("no whole number");
    }
    Ok(Vec::new())
}

/// Takes every cell of the table that it reads for present.
fn expects_cells(batch: &Batch) -> Result<Column, Box<Fault>> {
    for (_, column) in batch.tables.iter().flat_map(|table| &table.columns) {
        if let Column::Texts(cells) = column
            && cells.contains(&None)
        {
            panic!("no cell");
        }
    }
    Ok(Column::Integers(vec![Some(0); batch.rows as usize]))
}

fn plugin() -> Plugin {
    let bad = |name, body| {
        let draft = function(name, "si comporta male", "misbehaves");
        draft
            .takes("number", Kind::Number)
            .gives(Kind::Number)
            .by_column(body)
    };
    let importer = abi::Importer {
        name: "invents".to_owned(),
        label: "inventa".to_owned(),
        label_en: "invents".to_owned(),
        extensions: vec!["txt".to_owned()],
        columns: vec!["unheard_of".to_owned()],
    };
    let reads = function("expects_cells", "conta sulle celle", "relies on cells")
        .reads("altra")
        .by_column(expects_cells);
    let whole = abi::Validator {
        name: "whole".to_owned(),
        label: "solo numeri interi".to_owned(),
        label_en: "whole numbers only".to_owned(),
    };
    let texts = abi::Exporter {
        name: "texts".to_owned(),
        label: "soltanto testi".to_owned(),
        label_en: "texts only".to_owned(),
        extension: "txt".to_owned(),
    };
    let charges = function(
        "contribution",
        "la quota della famiglia",
        "what a household pays",
    )
    .takes("income", Kind::Number)
    .takes("children", Kind::Number)
    .takes("months", Kind::Number)
    .takes("comune", Kind::Text)
    .takes("resident", Kind::Bool)
    .by_column(contributions);
    well_behaved(Plugin::new("rogue", env!("CARGO_PKG_VERSION")))
        .function(charges)
        .function(bad("panics", panics))
        .function(bad("aborts", aborts))
        .function(bad("exits", exits))
        .function(bad("loops", loops))
        .function(bad("grows", grows))
        .function(bad("recurses", recurses))
        .function(bad("writes_anywhere", writes_anywhere))
        .function(bad("forgets_rows", forgets_rows))
        .function(bad("gives_another_type", gives_another_type))
        .function(bad("divides_by_nothing", divides_by_nothing))
        .function(bad("counts_its_calls", counts_its_calls))
        .function(bad("opens_a_file", opens_a_file))
        .function(bad("talks", talks))
        .function(bad("reaches_out", reaches_out))
        .function(bad("garbage", refuses))
        .function(bad("truncated", refuses))
        .function(bad("too_long", refuses))
        .function(bad("grows_in_reading", refuses))
        .function(bad("refuses", refuses))
        .importer(importer, invents_columns)
        .function(reads)
        .validator(whole, expects_integers)
        .exporter(texts, expects_texts)
}

// What `riparto_plugin::export!` writes, by hand: two answers below break the contract itself.

const VERSION: &str = env!("CARGO_PKG_VERSION");
const LEN: usize = riparto_plugin::note_text_len("rogue", VERSION);

#[used]
#[unsafe(link_section = ".riparto_plugin")]
static NOTE: abi::NoteBytes<LEN> = abi::NoteBytes {
    head: riparto_plugin::note_head(LEN),
    text: riparto_plugin::note_text("rogue", VERSION),
};

static TABLE: abi::VTable = riparto_plugin::table(describe, call);

fn exported() -> &'static Plugin {
    static PLUGIN: OnceLock<Plugin> = OnceLock::new();
    PLUGIN.get_or_init(plugin)
}

extern "C" fn describe(to: *mut abi::Buffer) -> abi::Status {
    riparto_plugin::answer(to, || Ok(abi::message::json(exported().description())))
}

extern "C" fn call(name: abi::Slice, input: abi::Slice, to: *mut abi::Buffer) -> abi::Status {
    // SAFETY: the host lends the name for the length of the call.
    let called = unsafe { std::slice::from_raw_parts(name.ptr, name.len) };
    match called {
        // Sixty million fractions, each missing: a byte for each.
        b"function/grows_in_reading" => riparto_plugin::answer(to, || {
            let mut bytes = vec![2, 0x80, 0x8e, 0xce, 0x1c];
            bytes.resize(5 + 60_000_000, 0);
            Ok(bytes)
        }),
        b"function/garbage" => riparto_plugin::answer(to, || Ok(vec![0xff; 40])),
        b"function/truncated" => {
            let status =
                riparto_plugin::call(exported, abi::Slice::of(b"function/doubled"), input, to);
            // SAFETY: the host gave a place for a buffer, which the call above filled.
            unsafe { (*to).len = (*to).len.saturating_sub(1) };
            status
        }
        b"function/too_long" => {
            // SAFETY: the host gave a place for a buffer.
            unsafe {
                to.write(abi::Buffer {
                    ptr: std::ptr::NonNull::dangling().as_ptr(),
                    len: usize::MAX / 4,
                    capacity: usize::MAX / 2,
                });
            }
            abi::DONE
        }
        _ => riparto_plugin::call(exported, name, input, to),
    }
}

/// Gives what the plugin answers with.
#[unsafe(no_mangle)]
pub extern "C" fn riparto_plugin_v1() -> *const abi::VTable {
    &raw const TABLE
}
