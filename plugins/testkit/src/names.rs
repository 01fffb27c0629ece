//! What a plugin may call its capabilities, and the files that they read and write.

use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::Description;
use riparto_plugin_host::lock::is_callable;

/// Gives what is wrong with the names in a description: each is one that rules can call, once
/// among those of its kind; an extension is letters and digits.
pub fn faults(description: &Description) -> Vec<Text> {
    let functions = description.functions.iter().map(|f| f.name.as_str());
    let importers = description.importers.iter().map(|i| i.name.as_str());
    let validators = description.validators.iter().map(|v| v.name.as_str());
    let exporters = description.exporters.iter().map(|e| e.name.as_str());
    let read = description.importers.iter().flat_map(|i| &i.extensions);
    let written = description.exporters.iter().map(|e| &e.extension);
    [
        kind("function", functions.collect()),
        kind("importer", importers.collect()),
        kind("validator", validators.collect()),
        kind("exporter", exporters.collect()),
        extensions(read.chain(written)),
    ]
    .concat()
}

fn kind(kind: &str, mut names: Vec<&str>) -> Vec<Text> {
    names.sort_unstable();
    let mut faults = Vec::new();
    for same in names.chunk_by(|one, other| one == other) {
        let name = same.first().copied().unwrap_or_default();
        if same.len() > 1 {
            faults.push(say!(
                "`{kind}/{name}` vi sta più volte",
                "`{kind}/{name}` is there several times"
            ));
        }
        if !is_callable(name) {
            faults.push(say!(
                "nessuna regola può chiamare {name:?} (`{kind}`): servono lettere minuscole senza accenti, cifre e trattini bassi",
                "no rule can call {name:?} (`{kind}`): small letters without accents, digits and underscores will do"
            ));
        }
    }
    faults
}

fn extensions<'d>(all: impl Iterator<Item = &'d String>) -> Vec<Text> {
    let plain = |text: &str| {
        let mut letters = text.bytes();
        !text.is_empty() && letters.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    let strange = all.filter(|extension| !plain(extension));
    let told = strange.map(|extension| {
        say!(
            "{extension:?} non è l'estensione di un file: servono lettere minuscole e cifre, senza punto",
            "{extension:?} is not the extension of a file: small letters and digits will do, without the point"
        )
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use riparto_plugin_abi::{Exporter, Importer, Validator};

    use super::*;

    fn importer(name: &str, extension: &str) -> Importer {
        Importer {
            name: name.to_owned(),
            label: String::new(),
            label_en: String::new(),
            extensions: vec![extension.to_owned()],
            columns: Vec::new(),
        }
    }

    fn validator(name: &str) -> Validator {
        Validator {
            name: name.to_owned(),
            label: String::new(),
            label_en: String::new(),
        }
    }

    fn exporter(name: &str, extension: &str) -> Exporter {
        Exporter {
            name: name.to_owned(),
            label: String::new(),
            label_en: String::new(),
            extension: extension.to_owned(),
        }
    }

    fn told(description: &Description) -> Vec<String> {
        let faults = faults(description).into_iter();
        faults.map(|fault| fault.en).collect()
    }

    #[test]
    fn a_name_may_serve_once_for_each_kind() {
        let mut description = Description {
            importers: vec![importer("programma", "txt")],
            validators: vec![validator("programma")],
            exporters: vec![exporter("programma", "xml")],
            ..Description::default()
        };
        assert_eq!(told(&description), [""; 0]);
        description.validators.push(validator("programma"));
        let expected = ["`validator/programma` is there several times"];
        assert_eq!(told(&description), expected);
    }

    #[test]
    fn a_name_that_no_rule_can_call_is_told() {
        for name in ["", "Odd", "a b", "../x", "é", "1st"] {
            let description = Description {
                validators: vec![validator(name)],
                ..Description::default()
            };
            assert_eq!(told(&description).len(), 1, "{name}");
        }
    }

    #[test]
    fn an_extension_is_letters_and_digits() {
        for extension in ["", ".csv", "../x", "CSV", "a/b"] {
            let description = Description {
                importers: vec![importer("reads", extension)],
                exporters: vec![exporter("writes", extension)],
                ..Description::default()
            };
            assert_eq!(told(&description).len(), 2, "{extension}");
        }
    }
}
