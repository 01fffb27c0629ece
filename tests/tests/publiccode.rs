//! `publiccode.yml`: the keys that the catalogue requires, and nothing that the program does not do.

#![cfg(test)]

use std::collections::BTreeMap;

use riparto_tests::files::read;
use toml::Table;

/// What this file is written with, and no more: maps and lists by two spaces, plain and
/// double-quoted scalars, folded texts (`>-`), whole-line comments. Anything else is a fault.
#[derive(Debug, Clone, PartialEq)]
enum Yaml {
    Text(String),
    List(Vec<Yaml>),
    Map(BTreeMap<String, Yaml>),
}

impl Yaml {
    fn parse(text: &str) -> Self {
        let lines: Vec<(usize, &str)> = text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
            .map(|line| (line.len() - line.trim_start().len(), line.trim()))
            .collect();
        let mut rest = lines.as_slice();
        let whole = block(&mut rest, 0);
        assert!(rest.is_empty(), "not understood: {rest:?}");
        whole
    }

    fn at(&self, path: &str) -> &Self {
        path.split('.').fold(self, |yaml, key| match yaml {
            Self::Map(map) => map.get(key).unwrap_or_else(|| panic!("{path} is missing")),
            other => panic!("{path}: {other:?} has no keys"),
        })
    }

    fn text(&self, path: &str) -> &str {
        match self.at(path) {
            Self::Text(text) => text,
            other => panic!("{path}: {other:?} is not a text"),
        }
    }

    fn list(&self, path: &str) -> &[Self] {
        match self.at(path) {
            Self::List(items) => items,
            other => panic!("{path}: {other:?} is not a list"),
        }
    }
}

fn block(rest: &mut &[(usize, &str)], indent: usize) -> Yaml {
    if rest.first().is_some_and(|(_, line)| line.starts_with("- ")) {
        return list(rest, indent);
    }
    let mut map = BTreeMap::new();
    while let Some((at, line)) = rest.first().copied() {
        if at < indent {
            break;
        }
        assert_eq!(at, indent, "indented by {at}: {line}");
        *rest = &rest[1..];
        let (key, value) = line
            .split_once(':')
            .unwrap_or_else(|| panic!("not a key: {line}"));
        let value = match value.trim() {
            "" => block(rest, indent + 2),
            ">-" => folded(rest, indent + 2),
            scalar => Yaml::Text(plain(scalar)),
        };
        assert!(map.insert(key.to_owned(), value).is_none(), "{key} twice");
    }
    assert!(!map.is_empty(), "nothing is indented by {indent}");
    Yaml::Map(map)
}

fn list(rest: &mut &[(usize, &str)], indent: usize) -> Yaml {
    let mut items = Vec::new();
    while let Some((at, line)) = rest.first().copied() {
        let Some(item) = line.strip_prefix("- ").filter(|_| at == indent) else {
            break;
        };
        *rest = &rest[1..];
        items.push(match item.split_once(": ") {
            Some((key, value)) if !item.starts_with('"') => {
                Yaml::Map([(key.to_owned(), Yaml::Text(plain(value)))].into())
            }
            _ => Yaml::Text(plain(item)),
        });
    }
    Yaml::List(items)
}

fn folded(rest: &mut &[(usize, &str)], indent: usize) -> Yaml {
    let mut lines = Vec::new();
    while let Some((at, line)) = rest.first().copied().filter(|(at, _)| *at >= indent) {
        assert_eq!(at, indent, "a folded text keeps its indent: {line}");
        lines.push(line);
        *rest = &rest[1..];
    }
    Yaml::Text(lines.join(" "))
}

fn plain(scalar: &str) -> String {
    match scalar.strip_prefix('"') {
        Some(quoted) => {
            let inside = quoted
                .strip_suffix('"')
                .filter(|text| !text.contains(['"', '\\']));
            inside
                .unwrap_or_else(|| panic!("not understood: {scalar}"))
                .to_owned()
        }
        None => {
            let odd = scalar.contains(" #") || scalar.starts_with(['\'', '[', '{', '&', '*', '|']);
            assert!(!odd, "not understood: {scalar}");
            scalar.to_owned()
        }
    }
}

fn publiccode() -> Yaml {
    Yaml::parse(&read("publiccode.yml").unwrap())
}

#[test]
fn the_reader_of_this_test_reads_what_it_says() {
    let yaml = Yaml::parse("a:\n  b: \"x: y\"\n  c:\n    - p\n    - q: r\nd: >-\n  one\n  two\n");
    assert_eq!(yaml.text("a.b"), "x: y");
    assert_eq!(yaml.list("a.c").len(), 2);
    assert_eq!(yaml.list("a.c")[1].text("q"), "r");
    assert_eq!(yaml.text("d"), "one two");
}

#[test]
fn every_required_key_is_there() {
    let yaml = publiccode();
    for key in [
        "publiccodeYmlVersion",
        "name",
        "url",
        "developmentStatus",
        "softwareType",
        "legal.license",
        "maintenance.type",
    ] {
        assert!(!yaml.text(key).is_empty(), "{key}");
    }
    for key in ["platforms", "categories", "localisation.availableLanguages"] {
        assert!(!yaml.list(key).is_empty(), "{key}");
    }
    assert_eq!(yaml.text("publiccodeYmlVersion"), "0");
    assert_eq!(yaml.text("localisation.localisationReady"), "true");
    assert!(yaml.text("url").starts_with("https://"));
}

#[test]
fn words_are_those_of_the_standard() {
    let yaml = publiccode();
    let statuses = ["concept", "development", "beta", "stable", "obsolete"];
    assert!(statuses.contains(&yaml.text("developmentStatus")));
    assert_eq!(yaml.text("softwareType"), "standalone/desktop");
    // Maintained by its own administration: then someone must be named, and no contractor.
    assert_eq!(yaml.text("maintenance.type"), "internal");
    for contact in yaml.list("maintenance.contacts") {
        assert!(!contact.text("name").is_empty());
    }
}

#[test]
fn each_language_has_a_description_of_the_right_length() {
    let yaml = publiccode();
    let mut counts = Vec::new();
    for language in ["it", "en"] {
        let of = |key: &str| format!("description.{language}.{key}");
        let short = yaml.text(&of("shortDescription")).chars().count();
        assert!((1..=150).contains(&short), "{language}: {short}");
        let long = yaml.text(&of("longDescription")).chars().count();
        assert!((150..=10_000).contains(&long), "{language}: {long}");
        let features = yaml.list(&of("features"));
        for feature in features {
            let Yaml::Text(feature) = feature else {
                panic!("{feature:?} is not a text");
            };
            assert!(feature.chars().count() <= 100, "{feature}");
        }
        counts.push(features.len());
    }
    assert!(counts[0] > 0 && counts[0] == counts[1], "{counts:?}");
    let languages = yaml.list("localisation.availableLanguages");
    let expected = ["it", "en"].map(|code| Yaml::Text(code.to_owned()));
    assert_eq!(languages, expected);
}

#[test]
fn the_licence_is_the_one_of_the_crates() {
    let manifest: Table = read("Cargo.toml").unwrap().parse().unwrap();
    let package = &manifest["workspace"]["package"];
    assert_eq!(package["license"].as_str(), Some("EUPL-1.2"));
    assert_eq!(publiccode().text("legal.license"), "EUPL-1.2");
    assert!(
        read("LICENSE")
            .unwrap()
            .contains("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    );
    let Yaml::Map(keys) = publiccode() else {
        panic!("not a map");
    };
    // A version that is stated is the one of the crates; none is stated before a release.
    if let Some(version) = keys.get("softwareVersion") {
        let of_crates = package["version"].as_str().unwrap();
        assert_eq!(version, &Yaml::Text(of_crates.to_owned()));
    }
}

/// What is planned and not there yet is not a feature.
#[test]
fn nothing_is_promised_that_the_program_does_not_do() {
    let text = read("publiccode.yml").unwrap().to_lowercase();
    for word in ["audit", "workbench"] {
        assert!(!text.contains(word), "`{word}` is not done yet");
    }
}
