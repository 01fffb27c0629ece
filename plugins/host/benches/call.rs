//! What a call of a plugin costs, beside the direct call of the same function in the same run.
//!
//! A batch of 10,000 rows of five fields, from columns to columns: writing the message, the call,
//! reading the answer. The best of many rounds of each is compared, and a call that costs more
//! than [`INSIDE`] or [`APART`] times the direct one fails.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, and stops at once where it cannot go on"
)]

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use riparto_plugin_abi::message::{self, Batch, Column};
use riparto_plugin_host::{Limits, Session, WorkerProgram, inspect};
use riparto_plugin_rogue::{Household, contribution};

/// How many times the direct call a call in this process may cost.
const INSIDE: u128 = 15;
/// How many times the direct call a call in a worker may cost.
const APART: u128 = 30;
/// How many rows a batch has.
const ROWS: u32 = 10_000;
/// How many rounds are run; the best counts.
const ROUNDS: usize = 60;

fn main() -> ExitCode {
    let households = households();
    let direct = best(|| {
        let charged: Vec<i64> = households.iter().map(contribution).collect();
        black_box(charged);
    });
    let batch = batch(&households);
    let wanted: Vec<Option<i64>> = households.iter().map(|h| Some(contribution(h))).collect();
    let mut held = true;
    for (name, trusted, limit) in [
        ("in this process", true, INSIDE),
        ("in a worker", false, APART),
    ] {
        let mut session = session(trusted);
        let cost = best(|| {
            let input = message::write(&batch).expect("a batch is a message");
            let answer = session.call("function/contribution", &input);
            let column: Column =
                message::read(&answer.expect("it answers")).expect("the answer is a column");
            assert_eq!(
                column,
                Column::Integers(wanted.clone()),
                "it answers the same"
            );
        });
        let tenths = cost.as_nanos() * 10 / direct.as_nanos().max(1);
        let (ratio, tenth) = (tenths / 10, tenths % 10);
        let rows = u128::from(ROWS);
        println!(
            "{name}: {} ns a row, {ratio}.{tenth} times the direct call ({} ns a row); at most {limit}",
            cost.as_nanos() / rows,
            direct.as_nanos() / rows,
        );
        held &= tenths <= limit * 10;
    }
    ExitCode::from(u8::from(!held))
}

fn best(mut round: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        round();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn households() -> Vec<Household> {
    let rows = (0..i64::from(ROWS)).map(|row| Household {
        income: 1_250_000 + row * 317,
        children: row % 4,
        months: row % 36,
        comune: format!("A{:03}", row % 500),
        resident: row % 3 != 0,
    });
    rows.collect()
}

fn batch(households: &[Household]) -> Batch {
    let integers = |field: fn(&Household) -> i64| {
        Column::Integers(households.iter().map(|h| Some(field(h))).collect())
    };
    let comuni = households.iter().map(|h| Some(h.comune.clone()));
    let resident = households.iter().map(|h| Some(h.resident));
    Batch {
        rows: ROWS,
        columns: vec![
            integers(|h| h.income),
            integers(|h| h.children),
            integers(|h| h.months),
            Column::Texts(comuni.collect()),
            Column::Bools(resident.collect()),
        ],
        tables: Vec::new(),
    }
}

fn session(trusted: bool) -> Session {
    let this = std::env::current_exe().expect("a benchmark is a program");
    let deps = this.parent().unwrap_or(Path::new("."));
    let bytes = std::fs::read(deps.join("libriparto_plugin_rogue.so")).expect("it is built");
    let inspected = inspect(&bytes).expect("it is a plugin");
    let program = WorkerProgram {
        path: env!("CARGO_BIN_EXE_riparto-plugin-worker").into(),
        arguments: Vec::new(),
    };
    let started = Session::start(
        &bytes,
        &inspected.note,
        trusted,
        Limits::default(),
        &program,
    );
    started.expect("it starts").0
}
