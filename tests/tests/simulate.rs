//! Winners and losers over a grid: changes stated by hand, points that are refused, the base too.

#![cfg(test)]

use riparto_tests::{Ran, root, run_in};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// Simulates the pack of the suite whose weight is a parameter.
fn suite(more: &str) -> Ran {
    let line = format!("simulate pesi/2024 --root . {more}");
    let words: Vec<&str> = line.split_whitespace().collect();
    run_in(PROGRAM, &root().join("tests/suite"), &words).unwrap()
}

fn piemonte(more: &str) -> Ran {
    let line = format!("simulate piemonte/2022 {more}");
    let words: Vec<&str> = line.split_whitespace().collect();
    run_in(PROGRAM, &root(), &words).unwrap()
}

fn grid(ran: &Ran) -> Vec<Value> {
    assert_eq!(ran.code, 0, "{} {}", ran.stdout, ran.stderr);
    ran.json()["grid"].as_array().unwrap().clone()
}

fn changes(point: &Value) -> String {
    let rows = point["rows"].as_array().unwrap().iter();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("null").to_owned();
    let rows = rows.map(|row| {
        let [name, before, after, change] =
            ["name", "before", "after", "change"].map(|key| text(row, key));
        format!("{name} {before} > {after} ({change})")
    });
    rows.collect::<Vec<_>>().join(", ")
}

/// At 10 each has 40 points: 400.00 and 0.83 × 40. At 5 they have 35, 25, 30 of 90: 1200 × 35/90 is
/// 466.666…, 1200 × 25/90 is 333.333…, and 100/90 is 1.11 a point. At 0, 30, 10, 20 of 60 and 1.67.
#[test]
fn a_weight_moves_and_each_change_is_the_one_of_the_sum_by_hand() {
    let ran = suite("--vary peso=0..10/5 --format json");
    let points = grid(&ran);
    let told: Vec<String> = points.iter().map(changes).collect();
    assert_eq!(
        told,
        [
            "Alba 433.20 > 650.10 (216.90), Bra 433.20 > 216.70 (-216.50), Cuneo 433.20 > 433.40 (0.20)",
            "Alba 433.20 > 505.52 (72.32), Bra 433.20 > 361.08 (-72.12), Cuneo 433.20 > 433.30 (0.10)",
            "Alba 433.20 > 433.20 (0.00), Bra 433.20 > 433.20 (0.00), Cuneo 433.20 > 433.20 (0.00)",
        ]
    );
    let zero = &points[0];
    assert_eq!(zero["values"], json!({ "peso": "0" }));
    let counts = ["winners", "losers", "unchanged", "unknown"].map(|key| zero[key].clone());
    assert_eq!(counts, [json!(2), json!(1), json!(0), json!(0)]);
    assert_eq!(
        (&zero["gained"], &zero["lost"]),
        (&json!("217.10"), &json!("216.50"))
    );
    assert_eq!(zero["largest_gain"]["name"], "Alba");
    assert_eq!(zero["largest_loss"]["change"], "-216.50");
    // 1.67 × 60 is 0.20 more than the fund; 0.83 × 120 left 0.40: what the changes add up to.
    let residues = |at: &Value| {
        let splits = at["allocations"].as_array().unwrap().clone();
        splits
            .iter()
            .map(|s| s["residue"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(residues(zero), ["0.00", "-0.20"]);
    assert_eq!(residues(&ran.json()["base"]), ["0.00", "0.40"]);
}

#[test]
fn the_base_is_the_pack_with_the_values_given_for_the_run() {
    // Everything at zero is as the base is, and the fund of 600.00 is halved alike.
    let points = grid(&suite(
        "--set peso=0 --fund stato=600.00 --vary peso=0,10 --format json",
    ));
    let told: Vec<String> = points.iter().map(changes).collect();
    assert_eq!(
        told,
        [
            "Alba 350.10 > 350.10 (0.00), Bra 116.70 > 116.70 (0.00), Cuneo 233.40 > 233.40 (0.00)",
            "Alba 350.10 > 233.20 (-116.90), Bra 116.70 > 233.20 (116.50), Cuneo 233.40 > 233.20 (-0.20)",
        ]
    );
}

#[test]
fn a_point_that_is_refused_says_why_and_the_others_still_run() {
    // Bra would have 10 − 5 × 3 points, below zero; then half points, which no unit multiplies.
    let points = grid(&suite("--vary peso=-5,0.5,5 --format json"));
    let codes = |point: &Value| {
        let refused = point["refused"].as_array().unwrap().clone();
        let codes = refused
            .iter()
            .map(|fault| fault["code"].as_str().unwrap().to_owned());
        let mut codes: Vec<String> = codes.collect();
        codes.dedup();
        codes.join(" ")
    };
    let told: Vec<String> = points.iter().map(codes).collect();
    assert_eq!(told, ["negative-weight", "fractional-count", ""]);
    assert_eq!(points[0]["winners"], Value::Null);
    assert_eq!(points[0]["rows"], json!([]));
    assert_eq!(points[2]["winners"], 2);
}

#[test]
fn shares_that_do_not_add_up_are_refused_point_by_point() {
    let points = grid(&piemonte(
        "--vary quota_comuni=95%..96%/1% --vary quota_formazione=4%,5% --format json",
    ));
    let refused: Vec<bool> = points.iter().map(|p| p["winners"].is_null()).collect();
    assert_eq!(refused, [true, false, false, true]);
    assert_eq!(
        points[2]["values"],
        json!({ "quota_comuni": "96%", "quota_formazione": "4%" })
    );
    // Biella has 144 children of both kinds. Before: 762.73 + 219.42 + 85.64 + 24.64 = 1092.43 each.
    // After: 96% by 20,355 children is 770.75 and 221.73, 4% by 9,541 is 68.51 and 19.71: 1080.70.
    assert!(
        changes(&points[2]).contains("Biella 157309.92 > 155620.80 (-1689.12)"),
        "{}",
        changes(&points[2])
    );
}

#[test]
fn a_base_that_is_refused_refuses_the_whole() {
    let ran = piemonte("--set quota_comuni=90% --vary quota_formazione=5%,10%");
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("shares-not-100"), "{}", ran.stderr);
}

#[test]
fn the_spreadsheet_says_what_the_json_says() {
    let csv = suite("--vary peso=-5,0 --format csv").stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines,
        [
            "peso,key,name,subjects,before,after,change,refused,measure,table,unit",
            "-5,,,,,,,negative-weight negative-weight,,,",
            "0,Alba,Alba,1,433.20,650.10,216.90,,riparto,comuni,euro",
            "0,Bra,Bra,1,433.20,216.70,-216.50,,riparto,comuni,euro",
            "0,Cuneo,Cuneo,1,433.20,433.40,0.20,,riparto,comuni,euro",
        ]
    );
}

#[test]
fn who_changes_outcome_is_named() {
    let line = [
        "simulate",
        "decisioni/2024",
        "--vary",
        "comuni_minimi=5,6,8",
        "--root",
        "tests/suite",
        "--format",
        "json",
    ];
    let ran = run_in(PROGRAM, &root(), &line).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let grid = ran.json()["grid"].clone();
    // With five Comuni Basso is admitted; with six all is as it was; with eight Alto is not, and
    // Duomo still is, by its derogation.
    let named = |point: usize| {
        let judged = grid[point]["judged"].as_array().unwrap();
        let rows = judged.iter().filter(|one| one["id"] == "ammesso");
        let rows = rows.flat_map(|one| one["rows"].as_array().unwrap());
        let said = rows.map(|row| format!("{} {}", row["key"], row["after"]));
        said.collect::<Vec<_>>()
    };
    assert_eq!(named(0), ["\"Basso\" \"ammesso\""]);
    assert!(named(1).is_empty());
    assert_eq!(named(2), ["\"Alto\" \"non ammesso\""]);
}

/// The facts of a case in a folder, as `--data` takes them.
fn facts_of(pack: &str, case: &str) -> tempfile::TempDir {
    let there = root().join("regions").join(pack);
    let folder = tempfile::tempdir().unwrap();
    riparto_tests::copies::copy_tree(&there.join("data"), folder.path()).unwrap();
    let text = std::fs::read_to_string(there.join("cases").join(case)).unwrap();
    let mut parts = text.split("= \"\"\"\n");
    let mut head = parts.next().unwrap();
    for part in parts {
        let (csv, rest) = part.split_once("\"\"\"").unwrap();
        let table = head.lines().last().unwrap().trim();
        std::fs::write(folder.path().join(format!("{table}.csv")), csv).unwrap();
        head = rest;
    }
    folder
}

fn try_on(pack: &str, facts: &tempfile::TempDir, varies: &[&str]) -> Vec<Value> {
    let data = facts.path().display().to_string();
    let mut words = vec!["simulate", pack, "--format", "json", "--data", &data];
    varies
        .iter()
        .for_each(|vary| words.extend(["--vary", vary]));
    grid(&run_in(PROGRAM, &root(), &words).unwrap())
}

/// What is said after of the rows of a decision or a list that change at a point.
fn said_after(point: &Value, id: &str) -> Vec<String> {
    let judged = point["judged"].as_array().unwrap();
    let rows = judged.iter().filter(|one| one["id"] == id);
    let rows = rows.flat_map(|one| one["rows"].as_array().unwrap());
    rows.map(|row| {
        format!(
            "{} {}",
            row["key"].as_str().unwrap(),
            row["after"].as_str().unwrap()
        )
    })
    .collect()
}

#[test]
fn a_threshold_and_an_amount_of_bands_move_and_name_who_changes() {
    let facts = facts_of("piemonte/2025", "vesta-fasce-isee.toml");
    let varies = ["isee_massimo=40000,40000.01", "buono_terza_fascia=0,800"];
    let points = try_on("piemonte/2025", &facts, &varies);
    // V5 and V6 are of the third band; V7 and V9 have 40,000.01, V9 with a disability.
    assert_eq!(
        said_after(&points[0], "accolta"),
        ["V5 non ammesso", "V6 non ammesso"]
    );
    assert!(said_after(&points[1], "accolta").is_empty());
    assert_eq!(
        said_after(&points[3], "accolta"),
        ["V7 ammesso", "V9 ammesso"]
    );
    assert_eq!(points[3]["losers"], 0);
    // A lower amount shuts nobody out: it says whose voucher is another.
    let points = try_on("piemonte/2025", &facts, &["buono_seconda_fascia=950"]);
    assert!(said_after(&points[0], "accolta").is_empty());
    assert_eq!(
        effects(&points[0]),
        [
            "V3 loses: buono 1000.00 > 950.00",
            "V4 loses: buono 1000.00 > 950.00"
        ]
    );
}

/// What becomes of each subject that changes: what it receives, what is decided of it.
fn effects(point: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let subjects = point["subjects"].as_array().unwrap().iter();
    subjects
        .map(|subject| {
            let parts = ["benefits", "decisions"].map(|kind| subject[kind].as_array().unwrap());
            let parts = parts.into_iter().flatten().map(|part| {
                let [id, before, after] = ["id", "before", "after"].map(|key| text(&part[key]));
                format!("{id} {before} > {after}")
            });
            let [key, effect] = ["key", "effect"].map(|key| text(&subject[key]));
            format!("{key} {effect}: {}", parts.collect::<Vec<_>>().join(", "))
        })
        .collect()
}

/// Winners, losers, mixed, unchanged and unknown, then what is gained and lost in euro.
fn counts(point: &Value) -> ([u64; 5], [String; 2]) {
    let keys = ["winners", "losers", "mixed", "unchanged", "unknown"];
    let euro = ["gained", "lost"].map(|key| point[key].as_str().unwrap().to_owned());
    (keys.map(|key| point[key].as_u64().unwrap()), euro)
}

fn money(gained: &str, lost: &str) -> [String; 2] {
    [gained.to_owned(), lost.to_owned()]
}

#[test]
fn a_band_that_moves_wins_and_loses_the_difference_of_the_vouchers() {
    let facts = facts_of("piemonte/2025", "vesta-fasce-isee.toml");
    let points = try_on("piemonte/2025", &facts, &["isee_prima_fascia=9000,11000"]);
    // V2 has 10,000.00 and V3 one cent more: 1,200 becomes 1,000 for one, 1,000 becomes 1,200 for
    // the other. Only the voucher is counted: three decisions and other measures are not.
    assert_eq!(
        counts(&points[0]),
        ([0, 1, 0, 8, 0], money("0.00", "200.00"))
    );
    assert_eq!(
        counts(&points[1]),
        ([1, 0, 0, 8, 0], money("200.00", "0.00"))
    );
    assert_eq!(effects(&points[1]), ["V3 wins: buono 1000.00 > 1200.00"]);
    let measures = points[1]["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 1);
    assert_eq!(measures[0]["measure"], "buono-vesta");
    // V7 and V9 come in, each once: 800 and, with a disability, 1,200.
    let points = try_on("piemonte/2025", &facts, &["isee_massimo=41000"]);
    assert_eq!(
        counts(&points[0]),
        ([2, 0, 0, 7, 0], money("2000.00", "0.00"))
    );
}

#[test]
fn months_and_arrears_are_counted_as_vouchers_are() {
    let facts = facts_of("piemonte/2015", "aslo-fasce-isee.toml");
    let points = try_on("piemonte/2015", &facts, &["isee_8_mensilita=6400,7000"]);
    assert!(effects(&points[0]).is_empty());
    // A3 has 6,400.01: 6 months become 8. The Comune is a row of its own; A6 has no contract and A8
    // no ISEE; A9 has a contract of another kind before and after.
    assert_eq!(effects(&points[1]), ["A3 wins: mensilita 6 > 8"]);
    assert_eq!(counts(&points[1]).0, [1, 0, 0, 7, 2]);
    let tables = points[1]["measures"][0]["tables"].as_array().unwrap();
    let tables = tables.iter().map(|one| {
        let unchanged = &one["unchanged"];
        format!("{} {unchanged}", one["table"].as_str().unwrap())
    });
    assert_eq!(tables.collect::<Vec<_>>(), ["comuni_aslo 1", "inquilini 6"]);
    let facts = facts_of("piemonte/2015", "fimi.toml");
    let points = try_on("piemonte/2015", &facts, &["massimale=8000,8000.01"]);
    assert!(effects(&points[0]).is_empty());
    assert_eq!(
        effects(&points[1]),
        ["M3 wins: contributo 8000.00 > 8000.01"]
    );
}

/// Twelve families with months and a contribution: see the pack for each sum.
fn families(vary: &str) -> Value {
    let line = format!("simulate benefici/2024 --root . --format json --vary {vary}");
    let words: Vec<&str> = line.split_whitespace().collect();
    let ran = run_in(PROGRAM, &root().join("tests/suite"), &words).unwrap();
    grid(&ran).remove(0)
}

#[test]
fn each_of_a_dozen_families_is_counted_once() {
    // F03 (6,000.01): two months more, 250 instead of 500. F04 (7,000): two months more, and 200
    // is under both caps. F05 does not live there; F11 has no ISEE, F12 no expense.
    let raised = families("prima_soglia=7000");
    assert_eq!(counts(&raised), ([1, 0, 1, 8, 2], money("0.00", "250.00")));
    assert_eq!(
        effects(&raised),
        [
            "F03 mixed: mesi 6 > 8, contributo 500.00 > 250.00",
            "F04 wins: mesi 6 > 8"
        ]
    );
    // F02 (6,000.00): two months less, 500 instead of 250.
    let lowered = families("prima_soglia=5000");
    assert_eq!(counts(&lowered), ([0, 0, 1, 9, 2], money("250.00", "0.00")));
    // F08 (12,000.01) and F09 (20,000.00) lose 500 and 450, with their admission.
    let closed = families("isee_massimo=12000");
    assert_eq!(counts(&closed), ([0, 2, 0, 8, 2], money("0.00", "950.00")));
    assert_eq!(
        effects(&closed)[1],
        "F09 loses: contributo 450.00 > 0.00, spese eligible > not-eligible"
    );
    // F02 200 for 250, F03 F06 F07 F08 400 for 500, F09 400 for 450.
    let capped = families("massimo=400");
    assert_eq!(counts(&capped), ([0, 6, 0, 4, 2], money("0.00", "500.00")));
    let table = &capped["measures"][0]["tables"][0];
    assert_eq!(table["benefits"][0]["gained"], "0");
    assert_eq!(table["benefits"][1]["lost"], "500.00");
}

#[test]
fn what_nothing_reads_changes_nobody() {
    let point = families("mai_letto=2");
    assert_eq!(counts(&point), ([0; 5], money("0.00", "0.00")));
    assert_eq!(point["measures"], json!([]));
}

#[test]
fn bands_that_a_value_brings_over_each_other_are_refused_at_that_point() {
    let facts = facts_of("piemonte/2025", "vesta-fasce-isee.toml");
    let points = try_on(
        "piemonte/2025",
        &facts,
        &["isee_prima_fascia=10000,35000.01"],
    );
    assert_eq!(points[0]["refused"], json!([]));
    let refused = points[1]["refused"].as_array().unwrap();
    let codes: Vec<&str> = refused
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["invalid-rule", "band-overlap"]);
    assert_eq!(points[1]["winners"], Value::Null);
}

#[test]
fn a_threshold_that_no_act_sets_yet_is_tried_from_nothing_decided() {
    let facts = facts_of("piemonte/2018", "esenzioni-soglia-data.toml");
    let points = try_on(
        "piemonte/2018",
        &facts,
        &["soglia_esenzione=7999.99,8000.01"],
    );
    let exempt = |point: &Value| said_after(point, "esente");
    // The key of a family may be a name: below, at and above the threshold, lines 2, 3 and 4.
    let (below, at, above) = ("S•••• #2", "All•••••••a #3", "S•••• #4");
    assert_eq!(
        exempt(&points[0]),
        [
            format!("{below} ammesso"),
            format!("{at} non ammesso"),
            format!("{above} non ammesso")
        ]
    );
    assert_eq!(
        exempt(&points[1]),
        [below, at, above].map(|row| format!("{row} ammesso"))
    );
    assert_eq!(
        (&points[1]["winners"], &points[1]["losers"]),
        (&json!(3), &json!(0))
    );
}

#[test]
fn where_no_money_moves_those_win_who_come_to_be_admitted() {
    let copy = riparto_tests::copies::copy_of(&root().join("tests/suite")).unwrap();
    let folder = copy.path().join("regions/decisioni/2024");
    let measure = folder.join("ambiti.toml");
    let text = std::fs::read_to_string(&measure).unwrap();
    let (before, rest) = text.split_once("[allocation.quota]").unwrap();
    let (_, after) = rest.split_once("[register.").unwrap();
    std::fs::write(&measure, format!("{before}[register.{after}")).unwrap();
    for other in [
        "attesa.toml",
        "cases/attesa.toml",
        "cases/esiti.toml",
        "cases/dati-mancanti.toml",
        "data/candidati.csv",
    ] {
        std::fs::remove_file(folder.join(other)).unwrap();
    }
    let text = std::fs::read_to_string(&measure).unwrap();
    let fund = text.find("[fund.unico]").unwrap();
    let end = fund + text[fund..].find("[table.").unwrap();
    std::fs::write(&measure, format!("{}{}", &text[..fund], &text[end..])).unwrap();
    let line = "simulate decisioni/2024 --vary comuni_minimi=5,8 --format json";
    let words: Vec<&str> = line.split(' ').collect();
    let ran = run_in(PROGRAM, copy.path(), &words).unwrap();
    let grid = grid(&ran);
    let counts = |point: &Value| {
        let count = |key: &str| point[key].as_u64().unwrap();
        [count("winners"), count("losers"), count("unchanged")]
    };
    // With five Comuni Basso comes in; with eight Alto goes out; Duomo is exempt all along.
    assert_eq!(counts(&grid[0]), [1, 0, 3]);
    assert_eq!(counts(&grid[1]), [0, 1, 3]);
    let alto = &grid[1]["judged"][0]["rows"][0];
    assert_eq!(alto["outcome_before"], "eligible");
    assert_eq!(alto["outcome_after"], "not-eligible");
}
