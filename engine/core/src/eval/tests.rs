//! What becomes of data that are missing, of faults of formulas, of what scripts give.

mod across;
mod awaited;
mod decisions;
mod functions;
mod labels;
mod members;
mod native;
mod needed;
mod places;
mod plugins;
mod reads;
mod tables;

use crate::diag::Code;
use crate::num::Cents;
use crate::testing::{Files, HEADER, allocation, derive};

/// Three Comuni: all data, no `bambini`, no `montano`.
const ROWS: &str = "\
001001,A001,Alba,3,10.00,0.5,sì,2020-01-01
001002,A002,Bra,,20.00,0.25,no,2021-01-01
001003,A003,Cuneo,2,30.00,0.125,,2022-01-01
";

/// Runs blocks on [`ROWS`]: what each row of `riparto` receives, or the codes of the refusal.
fn run_on(blocks: &str, script: &str, rows: &str) -> Result<Vec<(String, i128)>, Vec<Code>> {
    let mut files = Files::measure(blocks);
    if !script.is_empty() {
        files = files.with("regions/prova/2024/misura.rhai", script);
    }
    let (run, faults) = files.run(&[("comuni", &format!("{HEADER}{rows}"))]);
    let Some(run) = run else {
        return Err(faults.iter().map(|fault| fault.code).collect());
    };
    let split = run
        .outcome
        .allocations
        .iter()
        .find(|a| a.id == "riparto")
        .unwrap();
    let amount = |row: &crate::outcome::RowOutcome| row.amounts.as_ref().unwrap().amount.count();
    Ok(split
        .rows
        .iter()
        .map(|row| (row.name.clone(), amount(row)))
        .collect())
}

fn run(blocks: &str) -> Result<Vec<(String, i128)>, Vec<Code>> {
    run_on(blocks, "", ROWS)
}

fn gives(rows: &[(&str, i128)]) -> Result<Vec<(String, i128)>, Vec<Code>> {
    Ok(rows
        .iter()
        .map(|(name, cents)| ((*name).to_owned(), *cents))
        .collect())
}

// Missing is not zero

#[test]
fn a_missing_datum_that_the_split_needs_stops_it() {
    assert_eq!(
        run(&allocation("bambini", "")),
        Err(vec![Code::MissingDatum])
    );
}

#[test]
fn a_missing_datum_of_a_row_that_takes_no_part_stops_nobody() {
    let blocks = allocation("bambini", "where = \"nome != \\\"Bra\\\"\"");
    assert_eq!(run(&blocks), gives(&[("Alba", 6000), ("Cuneo", 4000)]));
}

#[test]
fn a_missing_datum_in_a_derived_column_that_nobody_reads_is_no_fault() {
    let blocks = derive("doppio", "integer", "bambini", "2 * bambini");
    let blocks = blocks + allocation("1", "where = \"spesa < 25\"").as_str();
    assert_eq!(run(&blocks), gives(&[("Alba", 5000), ("Bra", 5000)]));
}

#[test]
fn a_missing_datum_in_a_derived_column_stops_the_rule_that_reads_it() {
    let blocks = derive("doppio", "integer", "bambini", "2 * bambini");
    let blocks = blocks + allocation("doppio", "").as_str();
    assert_eq!(run(&blocks), Err(vec![Code::MissingDatum]));
}

#[test]
fn a_missing_bound_is_not_the_absence_of_a_bound() {
    let rows = "001001,A001,Alba,3,,0.5,sì,2020-01-01\n001002,A002,Bra,1,9,0.5,sì,2020-01-01\n";
    for bound in ["floor", "cap"] {
        let more = format!("{bound} = {{ value = \"spesa\", act = \"a\" }}");
        let found = run_on(&allocation("bambini", &more), "", rows);
        assert_eq!(found, Err(vec![Code::MissingDatum]), "{bound}");
    }
}

#[test]
fn a_split_that_may_wait_waits_for_somebody_to_take_part() {
    for (rows, filter) in [("", ""), (ROWS, "where = \"spesa > 100\"")] {
        let facts = format!("{HEADER}{rows}");
        let run_with = |more: &str| {
            let blocks = allocation("spesa", &format!("{filter}\n{more}"));
            Files::measure(&blocks).run(&[("comuni", &facts)])
        };
        let (run, faults) = run_with("incomplete = \"withhold\"");
        assert!(faults.is_empty(), "{faults:?}");
        let outcome = run.unwrap().outcome;
        assert_eq!(outcome.withheld.len(), 1);
        assert!(outcome.allocations.is_empty());
        let (run, faults) = run_with("");
        assert!(run.is_none());
        let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [Code::ZeroWeights]);
    }
}

#[test]
fn a_unit_may_be_a_product() {
    // Children on each of two days, over the two days, are children again.
    let days = "days(date(\"2024-01-01\"), date(\"2024-01-03\"))";
    let presences = format!("bambini * {days}");
    let blocks = [
        derive("presenze", "integer", "bambini·giorni", &presences),
        derive("media", "decimal", "bambini", &format!("presenze / {days}")),
        allocation("media", "where = \"nome != \\\"Bra\\\"\""),
    ];
    assert_eq!(
        run(&blocks.concat()),
        gives(&[("Alba", 6000), ("Cuneo", 4000)])
    );
}

// And, or: a side that decides alone

#[test]
fn or_holds_when_one_side_does_whatever_the_other_misses() {
    // Bra has no `bambini`, but its `spesa` decides; Cuneo has no `montano`, but `bambini` decides.
    let blocks = allocation("1", "where = \"bambini >= 2 || spesa == 20\"");
    assert_eq!(run(&blocks).map(|rows| rows.len()), Err(vec![Code::Tie]));
    let blocks = allocation("tasso", "where = \"bambini >= 2 || spesa == 20\"");
    // 100 / 0.875: 57.142857…, 28.571428…, 14.285714…; one cent is left, and the largest remainder,
    // 0.005714…, is that of Cuneo.
    assert_eq!(
        run(&blocks),
        gives(&[("Alba", 5714), ("Bra", 2857), ("Cuneo", 1429)])
    );
}

#[test]
fn and_fails_when_one_side_does_whatever_the_other_misses() {
    let blocks = allocation("spesa", "where = \"montano && spesa < 20\"");
    // Cuneo misses `montano`, but 30 is not below 20.
    assert_eq!(run(&blocks), gives(&[("Alba", 10000)]));
}

#[test]
fn and_or_that_no_side_decides_miss_what_is_missing() {
    let and = allocation("spesa", "where = \"montano && spesa > 20\"");
    assert_eq!(run(&and), Err(vec![Code::MissingDatum]));
    let or = allocation("spesa", "where = \"montano || spesa < 20\"");
    assert_eq!(run(&or), Err(vec![Code::MissingDatum]));
}

// Faults of formulas

#[test]
fn a_division_by_zero_is_told_once_at_the_rule_with_the_row_beside() {
    let blocks = derive("x", "decimal", "", "tasso / (tasso - tasso)");
    let blocks = blocks + allocation("1", "").as_str();
    let files = Files::measure(&blocks);
    let (run, faults) = files.run(&[("comuni", &format!("{HEADER}{ROWS}"))]);
    assert!(run.is_none());
    let divided: Vec<_> = faults
        .iter()
        .filter(|f| f.code == Code::DivisionByZero)
        .collect();
    assert_eq!(divided.len(), 1);
    assert_eq!(files.underlined(divided[0]), "x");
    assert_eq!(divided[0].related[0].0.line, 2);
}

#[test]
fn a_weight_below_zero_is_refused() {
    let rows = "001001,A001,Alba,3,1,0.5,sì,2020-01-01\n001002,A002,Bra,1,1,0.5,sì,2020-01-01\n";
    let found = run_on(&allocation("bambini - 2", ""), "", rows);
    assert_eq!(found, Err(vec![Code::NegativeWeight]));
}

#[test]
fn nobody_to_split_among_is_one_fault() {
    let blocks = allocation("bambini", "where = \"spesa > 1000\"");
    assert_eq!(run(&blocks), Err(vec![Code::ZeroWeights]));
}

#[test]
fn a_residue_does_not_bring_a_row_below_zero() {
    // 33.33… and 66.66… rounded up are 33.34 + 66.67 = 100.01, and Cuneo, with no weight, gets 0.
    let rows = "001001,A001,Alba,1,1,0.5,sì,2020-01-01\n001002,A002,Bra,2,1,0.5,sì,2020-01-01\n001003,A003,Cuneo,0,1,0.5,sì,2020-01-01\n";
    let up = allocation("bambini", "residue = \"001003\"")
        .replace("largest-remainder", "each-rounded")
        .replace("step = \"0.01\"", "step = \"0.01\", mode = \"up\"");
    assert_eq!(run_on(&up, "", rows), Err(vec![Code::Infeasible]));
    let taken = up.replace("001003", "001002");
    // 33.34 + 66.67 = 100.01, less the cent too many.
    assert_eq!(
        run_on(&taken, "", rows),
        gives(&[("Alba", 3334), ("Bra", 6666), ("Cuneo", 0)])
    );
}

// Functions of a script

#[test]
fn a_function_gives_a_row_its_value() {
    let blocks = derive("peso", "integer", "", "") + allocation("peso", "").as_str();
    let script = "fn peso(spesa) { if spesa > 15 { 2 } else { 1 } }";
    assert_eq!(
        run_on(&blocks, script, ROWS),
        gives(&[("Alba", 2000), ("Bra", 4000), ("Cuneo", 4000)])
    );
}

#[test]
fn a_function_that_gives_another_type_is_told_at_the_function() {
    let blocks = derive("peso", "integer", "", "") + allocation("peso", "").as_str();
    for body in ["\"tre\"", "true", "0.5"] {
        let script = format!("fn peso(spesa) {{ {body} }}");
        let files = Files::measure(&blocks).with("regions/prova/2024/misura.rhai", &script);
        let (run, faults) = files.run(&[("comuni", &format!("{HEADER}{ROWS}"))]);
        assert!(run.is_none());
        let fault = faults.iter().find(|f| f.code == Code::ScriptError).unwrap();
        let file = &fault.place.as_ref().unwrap().file;
        assert_eq!(file, "regions/prova/2024/misura.rhai", "{body}");
    }
}

#[test]
fn an_argument_is_whole_or_decimal_by_its_declaration_and_not_by_its_value() {
    // `spesa` is money and 10.00 is whole: `quotient` takes whole numbers only.
    let blocks = derive("peso", "integer", "", "") + allocation("peso", "").as_str();
    let whole = "fn peso(bambini) { quotient(bambini, 1) }";
    let rows = ROWS.replace("Bra,,", "Bra,5,");
    assert_eq!(
        run_on(&blocks, whole, &rows),
        gives(&[("Alba", 3000), ("Bra", 5000), ("Cuneo", 2000)])
    );
    let money = "fn peso(spesa) { quotient(spesa, 1) }";
    assert!(run_on(&blocks, money, &rows).is_err());
}

#[test]
fn a_function_is_not_called_for_a_row_whose_argument_is_missing() {
    let blocks = derive("peso", "integer", "", "");
    let blocks = blocks + allocation("peso", "where = \"nome != \\\"Bra\\\"\"").as_str();
    let script = "fn peso(bambini) { bambini }";
    assert_eq!(
        run_on(&blocks, script, ROWS),
        gives(&[("Alba", 6000), ("Cuneo", 4000)])
    );
}

// What one allocation gives another

#[test]
fn a_row_that_takes_no_part_has_received_nothing() {
    let first = allocation("spesa", "share = \"60%\"\nwhere = \"spesa < 15\"");
    let first = first.replace("riparto]", "primo]");
    let blocks = first + allocation("max(0, 1 - primo.amount)", "share = \"40%\"").as_str();
    assert_eq!(
        run(&blocks),
        gives(&[("Alba", 0), ("Bra", 2000), ("Cuneo", 2000)])
    );
}

#[test]
fn pots_of_a_fund_are_cut_so_that_they_add_up() {
    let third = |id: &str, share: &str| {
        let ties = "ties = { order = \"first\", act = \"a\" }";
        let more = format!("share = \"{share}\"\n{ties}");
        allocation("spesa", &more).replace("riparto]", &format!("{id}]"))
    };
    let blocks = third("riparto", "33.335%") + third("b", "33.335%").as_str();
    let blocks = blocks + third("c", "33.33%").as_str();
    let files = Files::measure(&blocks);
    let (run, _) = files.run(&[("comuni", &format!("{HEADER}{ROWS}"))]);
    let pots: Vec<Cents> = run
        .unwrap()
        .outcome
        .allocations
        .iter()
        .map(|split| split.money.as_ref().unwrap().amount)
        .collect();
    // Ends at 33.335 → 33.33, 66.67, 100.
    assert_eq!(pots, [Cents::new(3333), Cents::new(3334), Cents::new(3333)]);
}

// Instants

#[test]
fn an_instant_compares_with_instants_and_by_its_day_with_dates() {
    let table = "[table.invii]\nlabel = \"Invii\"\nkey = \"chi\"\ntitle = \"chi\"\n[table.invii.column.chi]\ntype = \"text\"\nlabel = \"Chi\"\n[table.invii.column.inviata]\ntype = \"instant\"\nlabel = \"Inviata\"\n[table.invii.column.ricevuta]\ntype = \"instant\"\nlabel = \"Ricevuta\"\n[table.invii.column.entro]\ntype = \"date\"\nlabel = \"Entro\"\n";
    let rows = "chi,inviata,ricevuta,entro\na,2026-05-18 23:59:59,2026-05-19 00:00:00,2026-05-18\n";
    for (condition, holds) in [
        ("inviata < ricevuta", true),
        ("inviata == ricevuta", false),
        ("inviata <= entro", true),
        ("ricevuta <= entro", false),
        ("entro == inviata", true),
    ] {
        let blocks = format!(
            "{table}[derive.vale]\ntable = \"invii\"\ntype = \"bool\"\nlabel = \"Vale\"\nact = \"a\"\nvalue = \"{condition}\"\n[derive.uno]\ntable = \"invii\"\ntype = \"integer\"\nlabel = \"Uno\"\nact = \"a\"\nvalue = \"1\"\n[allocation.invio]\nlabel = \"Invio\"\nfunds = [\"stato\"]\nto = \"invii\"\nwhere = \"vale\"\ncriteria = [{{ weight = \"uno\", share = \"100%\" }}]\nmethod = \"largest-remainder\"\nround = {{ step = \"0.01\" }}\nact = \"a\"\n"
        );
        let (run, faults) = Files::measure(&blocks).run(&[("invii", rows)]);
        // A fund that nobody may take is a refusal: then the condition did not hold.
        let codes: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(
            (run.is_some(), codes.len()),
            (holds, usize::from(!holds)),
            "{condition}"
        );
    }
}
