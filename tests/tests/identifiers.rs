//! Identifiers of the real world: those that were published pass, those that were spoiled do not;
//! and no answer gives one of a person in full.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;

use riparto_core::identifiers::{
    Fault, REGISTER, Register, body_fiscal_code, is_cup, is_ipa, lost_its_zeros, person_fiscal_code,
};
use riparto_tests::{Ran, root, run_in, shared};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// The rows of a published file, where it is at hand.
fn rows(path: &str) -> Vec<Vec<String>> {
    let text = shared().map(|folder| fs::read_to_string(folder.join(path)).unwrap());
    let text = text.unwrap_or_default();
    let lines = text.lines().skip(1);
    lines
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn codes_of_real_bodies_pass_and_one_changed_digit_does_not() {
    for code in ["01199250158", "00108690470", "80050050154", "02711070827"] {
        assert_eq!(body_fiscal_code(code), Ok(()), "{code}");
    }
    assert_eq!(body_fiscal_code("00743110158"), Err(Fault::Check));
    assert!(lost_its_zeros("3322340138"));
}

#[test]
fn the_published_vectors_are_judged_as_published() {
    for row in rows("reference/id_codice_fiscale_vectors.csv") {
        let [kind, code, result, ..] = row.as_slice() else {
            continue;
        };
        let passes = match kind.as_str() {
            "persona" => person_fiscal_code(code).is_ok(),
            _ => body_fiscal_code(code).is_ok(),
        };
        let good = result == "valido" || result.contains("check calcolato");
        assert_eq!(passes, good, "{code}: {result}");
    }
    for row in rows("reference/id_cup_samples_opencup.csv") {
        let code = row.first().unwrap();
        assert!(is_cup(code), "{code}");
    }
}

#[test]
fn the_fiscal_codes_of_all_comuni_pass_but_those_that_lost_a_zero() {
    for region in ["piemonte", "lombardia", "toscana"] {
        for row in rows(&format!("published/istat/comuni_{region}.csv")) {
            let code = row.get(8).unwrap();
            let passes = body_fiscal_code(code).is_ok();
            assert!(passes || lost_its_zeros(code) || code.is_empty(), "{code}");
        }
    }
    assert!(is_ipa("cdsmpi"));
}

#[test]
fn the_register_has_every_comune_of_its_regions_once() {
    let text = fs::read_to_string(root().join(REGISTER)).unwrap();
    let register = Register::parse(&text);
    assert_eq!((register.len(), text.lines().count()), (2_954, 2_955));
    for region in ["piemonte", "lombardia", "toscana"] {
        for row in rows(&format!("published/istat/comuni_{region}.csv")) {
            let [istat, name, ..] = row.as_slice() else {
                continue;
            };
            let line = format!("{istat},{},{name},,", row.get(7).unwrap());
            assert!(text.lines().any(|own| own == line), "{line}");
        }
    }
}

/// What is personal in the pack of the suite.
const PERSONAL: [&str; 5] = [
    "RSSMRA45C12F205C",
    "RSSMRA45C12F20RX",
    "MRTNTN23M02D969P",
    "Rossi Mario",
    "Rossi Maria",
];

fn says_nothing_personal(arguments: &[&str]) -> Ran {
    let folder = root().join("tests/suite");
    let ran = run_in(PROGRAM, &folder, &[arguments, &["--root", "."]].concat()).unwrap();
    for personal in PERSONAL {
        let said = ran.stdout.contains(personal) || ran.stderr.contains(personal);
        assert!(
            !said,
            "{arguments:?} says {personal}: {}{}",
            ran.stdout, ran.stderr
        );
    }
    ran
}

#[test]
fn no_answer_gives_a_person_in_full() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("esito");
    let pack = "riservati/2024";
    for format in ["text", "json", "csv"] {
        let ran = says_nothing_personal(&["run", pack, "--format", format]);
        assert!(ran.stdout.contains("RSS••••••••••••C #2"), "{}", ran.stdout);
    }
    for format in ["text", "json"] {
        for subject in [
            "RSSMRA45C12F205C",
            "rossi mario",
            "RSS••••••••••••C #2",
            "Neri Ugo",
        ] {
            let ran = says_nothing_personal(&["explain", pack, subject, "--format", format]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
        let ran = says_nothing_personal(&["explain", pack, "FOXDRA26C24H872Y", "--format", format]);
        assert!(
            !ran.stdout.contains("FOXDRA26C24H872Y") && !ran.stderr.contains("FOXDRA26C24H872Y")
        );
    }
    says_nothing_personal(&["run", pack, "--out", folder.to_str().unwrap()]);
    for file in fs::read_dir(&folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(
            PERSONAL.iter().all(|personal| !text.contains(personal)),
            "{text}"
        );
    }
}

#[test]
fn a_list_is_written_in_full_only_where_it_is_asked_for() {
    let out = tempfile::tempdir().unwrap();
    let run = |name: &str, more: &[&str]| {
        let folder = out.path().join(name);
        let line = ["run", "riservati/2024", "--out", folder.to_str().unwrap()];
        let ran = says_nothing_personal(&[&line[..], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (folder, ran)
    };
    let list = "register-buoni-beneficiari.csv";
    let (folder, ran) = run("mascherato", &[]);
    assert_eq!(ran.stderr, "");
    let masked = "codice_fiscale,nome,ente,quote\n\
        RSS••••••••••••C,Ros•••••••o,80050050154,1\n\
        RSS••••••••••••X,Ros•••••••a,01199250158,2\n\
        01199250158,'+Ni•••••l,01199250158,0\n";
    assert_eq!(fs::read_to_string(folder.join(list)).unwrap(), masked);

    for format in ["text", "json", "csv"] {
        let asked = ["--unmasked", "beneficiari", "--format", format];
        let (folder, ran) = run(format, &asked);
        assert!(ran.stderr.contains(list), "{}", ran.stderr);
        let full = "codice_fiscale,nome,ente,quote\n\
            RSSMRA45C12F205C,Rossi Mario,80050050154,1\n\
            RSSMRA45C12F20RX,Rossi Maria,01199250158,2\n\
            01199250158,'+Nidi srl,01199250158,0\n";
        assert_eq!(fs::read_to_string(folder.join(list)).unwrap(), full);
        for file in ["outcome.json", "outcome.txt", "amounts.csv", "receipt.json"] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert!(PERSONAL.iter().all(|one| !text.contains(one)), "{file}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(list))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}

#[test]
fn a_list_without_personal_data_is_not_said_to_hold_any() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("gradi");
    let line = ["run", "piemonte/2018", "--unmasked", "gradi", "--out"];
    let line = [&line[..], &[folder.to_str().unwrap()]].concat();
    let ran = run_in(PROGRAM, &root(), &line).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("non ha dati personali"),
        "{}",
        ran.stderr
    );
}

#[test]
fn without_a_folder_nothing_is_written_in_full() {
    for more in [&["--format", "csv"][..], &["--format", "json"], &[]] {
        let line = ["run", "riservati/2024", "--unmasked", "beneficiari"];
        let ran = says_nothing_personal(&[&line[..], more].concat());
        assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn no_refusal_gives_a_person_in_full() {
    let header = "codice_fiscale,nome,scuola,ente,ipa,cup,quote\n";
    let rest = "AVIC849003,80050050154,c_e497,B11B23000110001";
    let faulty = [
        format!("{header}RSSMRA45C12F205C,Rossi Mario,{rest},\n"),
        format!("{header}RSSMRA45C12F205C,Rossi Mario,{rest},molte\n"),
        format!("{header}RSSMRA45C12F205C,Rossi Mario,{rest}\n"),
        format!(
            "{header}RSSMRA45C12F205C,Rossi Mario,{rest},1\nRSSMRA45C12F205C,Rossi Maria,{rest},1\n"
        ),
        format!("{header}\"RSSMRA45C12F205C,Rossi Mario,{rest},1\n"),
        format!("{header}RSSMRA45C12F20RX ,Rossi Mario,{rest},0\n"),
    ];
    for text in faulty {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("persone.csv"), &text).unwrap();
        let folder = data.path().to_str().unwrap();
        for format in ["text", "json"] {
            let arguments = [
                "run",
                "riservati/2024",
                "--data",
                folder,
                "--format",
                format,
            ];
            assert_eq!(says_nothing_personal(&arguments).code, 2, "{text}");
        }
    }
}

#[test]
fn a_code_in_the_wrong_column_is_somebodys_still() {
    // The actor of an event is a plain text of the suite: whoever writes a code there is masked.
    let copy = riparto_tests::copies::copy_of(&root().join("tests/suite")).unwrap();
    let events = copy.path().join("regions/schede/2026/data/eventi.csv");
    let text = fs::read_to_string(&events).unwrap();
    fs::write(&events, text.replace("c.rossi", "RSSMRA45C12F205C")).unwrap();
    let sheets = copy.path().join("regions/schede/2026/data/schede.csv");
    for (format, code) in [("text", 0), ("json", 0)] {
        let line = ["run", "schede/2026", "--format", format];
        let ran = run_in(PROGRAM, copy.path(), &line).unwrap();
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert!(!ran.stdout.contains("RSSMRA45C12F205C"), "{}", ran.stdout);
    }
    let explained = run_in(PROGRAM, copy.path(), &["explain", "schede/2026", "Cuneo"]).unwrap();
    assert!(
        explained.stdout.contains("RSS••••••••••••C"),
        "{}",
        explained.stdout
    );
    assert!(
        !explained.stdout.contains("RSSMRA45C12F205C"),
        "{}",
        explained.stdout
    );
    // So is one in a column of numbers, in the message and in the line that is shown.
    let text = fs::read_to_string(&sheets).unwrap();
    fs::write(&sheets, text.replace("Alba,30", "Alba,RSSMRA45C12F205C")).unwrap();
    for format in ["text", "json"] {
        let line = ["run", "schede/2026", "--format", format];
        let ran = run_in(PROGRAM, copy.path(), &line).unwrap();
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("RSS••••••••••••C"), "{said}");
        assert!(!said.contains("RSSMRA45C12F205C"), "{said}");
    }
}
