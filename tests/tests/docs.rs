//! What the READMEs claim: commands and their output, tables of packs, aliases, links.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::Path;

use riparto_tests::copies::copy_of;
use riparto_tests::files::{project_files, read};
use riparto_tests::{Ran, root, run_in};

fn documents() -> Vec<String> {
    let files = project_files().unwrap().into_iter();
    let found: Vec<_> = files.filter(|path| path.ends_with(".md")).collect();
    assert!(found.contains(&"README.md".to_owned()), "no README.md");
    found
}

/// A fenced block: its language, its lines, and whether a heading stands between it and the block
/// before.
struct Fence {
    language: String,
    lines: Vec<String>,
    new_section: bool,
}

fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    let mut new_section = true;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Fence {
                    language: language.to_owned(),
                    lines: Vec::new(),
                    new_section,
                });
                new_section = false;
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(fence), None) => fence.lines.push(line.to_owned()),
            (None, None) => new_section |= line.starts_with('#'),
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// Gives a text without its fenced blocks.
fn prose(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Gives what stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Gives the arguments of a command of ours, or none where it is another program's.
fn arguments(command: &str) -> Option<Vec<String>> {
    let programs = ["cargo run -- ", "cargo run -q -- ", "riparto "];
    let rest = programs.iter().find_map(|name| command.strip_prefix(name));
    let built = || {
        let (program, rest) = command.split_once(' ')?;
        let ours = program.starts_with("target/") && program.ends_with("/riparto");
        ours.then_some(rest)
    };
    let rest = rest.or_else(built)?;
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in rest.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    assert!(quote.is_none(), "a quote is not closed: {command}");
    words.retain(|word| !word.is_empty());
    Some(words)
}

fn program(folder: &Path, words: &[String]) -> Ran {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run_in(env!("CARGO_BIN_EXE_riparto-under-test"), folder, &words).unwrap()
}

/// Copies the rules, so that a command that writes does not touch the project.
/// Tells whether an output is what a document shows; a line `…` stands for any lines. A space that
/// keeps an amount on one line cannot be told from another by who reads or writes a document.
fn shows(shown: &[String], output: &str) -> bool {
    let output = output.replace(['\u{a0}', '\u{202f}'], " ");
    let output: Vec<&str> = output.lines().map(str::trim_end).collect();
    let parts: Vec<&[String]> = shown.split(|line| line == "…").collect();
    let (mut at, last) = (0, parts.len() - 1);
    for (index, part) in parts.iter().enumerate() {
        let fits = |start: usize| {
            let lines = output.get(start..start + part.len());
            lines.is_some_and(|lines| lines.iter().zip(*part).all(|(l, p)| *l == p.trim_end()))
        };
        let start = match (index, index == last) {
            (0, _) => Some(0).filter(|start| fits(*start)),
            (_, true) => output
                .len()
                .checked_sub(part.len())
                .filter(|s| *s >= at && fits(*s)),
            _ => (at..=output.len()).find(|start| fits(*start)),
        };
        let Some(start) = start else { return false };
        at = start + part.len();
    }
    last > 0 || at == output.len()
}

#[test]
fn a_shown_output_is_compared_line_by_line() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(shows(&lines("a\nb"), "a\nb\n"));
    assert!(!shows(&lines("a"), "a\nb\n") && !shows(&lines("a\nb"), "a\n"));
    assert!(shows(&lines("a\n…"), "a\nb\n") && shows(&lines("…\nb"), "a\nb\n"));
    assert!(shows(&lines("…\nb\n…"), "a\nb\nc\n") && !shows(&lines("…\nd\n…"), "a\nb\nc\n"));
    assert!(!shows(&lines("b\n…"), "a\nb\n") && !shows(&lines("…\na"), "a\nb\n"));
    assert!(!shows(&lines("…\nb\na\n…"), "a\nb\nc\n"));
}

#[test]
fn every_command_of_a_readme_runs_and_gives_what_is_shown() {
    let copy = copy_of(&root()).unwrap();
    let (mut executed, mut compared) = (0, 0);
    // `author.rs` walks the path of the plugins, which builds what it runs.
    let own = documents().into_iter();
    for path in own.filter(|path| path != "plugins/README.md") {
        let mut last: Option<(String, Ran)> = None;
        for fence in fences(&read(&path).unwrap()) {
            if fence.new_section {
                last = None;
            }
            if fence.language == "sh" {
                for command in &fence.lines {
                    let Some(words) = arguments(command) else {
                        continue;
                    };
                    let ran = program(copy.path(), &words);
                    assert_eq!(ran.code, 0, "{path}: {command}: {}", ran.stderr);
                    executed += 1;
                    last = Some((command.clone(), ran));
                }
            } else if let Some((command, ran)) = last.take().filter(|_| fence.language == "text") {
                let output = &ran.stdout;
                assert!(
                    shows(&fence.lines, output),
                    "{path}: `{command}` does not give what is shown, but\n{output}"
                );
                compared += 1;
            }
        }
    }
    assert!(executed >= 3, "only {executed} commands were executed");
    assert!(compared >= 1, "only {compared} outputs were compared");
}

#[test]
fn every_verb_that_a_document_names_is_there() {
    let mut judged = BTreeSet::new();
    for path in documents() {
        let text = read(&path).unwrap();
        for code in quoted(&prose(&text)) {
            let Some(rest) = code.strip_prefix("riparto ") else {
                continue;
            };
            let verb = rest.split_whitespace().next().unwrap().to_owned();
            if verb.chars().all(|c| c.is_ascii_lowercase()) {
                let ran = program(&root(), &[verb.clone(), "--help".to_owned()]);
                assert_eq!(ran.code, 0, "{path}: `{code}`: {}", ran.stderr);
                judged.insert(verb);
            }
        }
    }
    assert!(judged.len() >= 6, "only {judged:?} were judged");
}

#[test]
fn one_line_of_the_readme_tests_everything() {
    let readme = read("README.md").unwrap();
    let lines = readme.lines().filter(|line| line.starts_with("cargo test"));
    assert_eq!(lines.collect::<Vec<_>>(), ["cargo test --workspace"]);
    assert!(readme.lines().count() <= 150, "README.md is too long");
}

#[test]
fn every_link_leads_somewhere() {
    let (mut judged, mut broken) = (0, Vec::new());
    for path in documents() {
        let document = root().join(&path);
        let text = read(&path).unwrap();
        for part in prose(&text).split("](").skip(1) {
            let link = part.split(')').next().unwrap();
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let target = link.split('#').next().unwrap();
            if !document.parent().unwrap().join(target).exists() {
                broken.push(format!("{path}: {link}"));
            }
            judged += 1;
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(judged >= 10, "only {judged} links were judged");
}

/// Gives the rows of the tables whose first heading is `first`, each row as its cells.
fn tables(text: &str, first: &str) -> Vec<Vec<Vec<String>>> {
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim().trim_matches('|');
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with('|') {
            continue;
        }
        let header = cells(line);
        let mut rows = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
            rows.push(cells(line));
        }
        if header[0] == first {
            rows.remove(0);
            found.push([vec![header], rows].concat());
        }
    }
    found
}

fn listed() -> Vec<(String, String)> {
    let words = ["list", "--format", "json"].map(str::to_owned);
    let json = program(&root(), &words).json();
    let packs = json["packs"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    packs
        .map(|pack| (text(&pack["pack"]), text(&pack["main_act"])))
        .collect()
}

#[test]
fn the_table_of_packs_is_what_list_gives() {
    let readme = read("README.md").unwrap();
    let tables = tables(&readme, "pack");
    assert_eq!(tables.len(), 1);
    let rows = tables[0][1..].iter();
    let shown: Vec<_> = rows
        .map(|row| (row[0].trim_matches('`').to_owned(), row[2].clone()))
        .collect();
    assert_eq!(shown, listed());
}

#[test]
fn the_table_of_a_region_has_the_years_that_list_gives() {
    let listed = listed();
    let mut judged = 0;
    for path in documents() {
        let ["regions", region, "README.md"] = path.split('/').collect::<Vec<_>>()[..] else {
            continue;
        };
        let of_region = listed.iter().filter_map(|(id, _)| id.split_once('/'));
        let of_region = of_region.filter(|(of, _)| *of == region);
        let expected: BTreeSet<_> = of_region.map(|(_, year)| year.to_owned()).collect();
        let text = read(&path).unwrap();
        let tables = tables(&text, "anno");
        let rows = tables.iter().flat_map(|table| &table[1..]);
        let year = |row: &Vec<String>| row[0].trim_start_matches('[').chars().take(4).collect();
        let shown: BTreeSet<String> = rows.map(year).collect();
        assert_eq!(shown, expected, "{path}");
        judged += 1;
    }
    assert!(judged > 0, "no Region has a README");
}

#[test]
fn every_alias_of_the_readme_answers() {
    let readme = read("README.md").unwrap();
    let tables = tables(&readme, "command");
    assert_eq!(tables.len(), 1);
    let mut judged = 0;
    for row in &tables[0][1..] {
        let alias = row[1].trim_matches('`');
        if alias.is_empty() {
            continue;
        }
        let mut words: Vec<_> = alias.split(' ').map(str::to_owned).collect();
        words.push("--help".to_owned());
        let ran = program(&root(), &words);
        assert_eq!(ran.code, 0, "`{alias}`: {}", ran.stderr);
        judged += 1;
    }
    assert!(judged >= 5, "only {judged} aliases were judged");
}
