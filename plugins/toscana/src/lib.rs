//! What Toscana needs that no rule file says: the 17-point programme of a *Zona* as its office
//! wrote it, in plain text, DOCX or ODT, becomes the rows of the table that the pack judges.

mod archive;
mod check;
mod count;
mod docx;
mod form;
mod numbering;
mod odt;
mod outline;
mod pages;
mod programme;
mod table;
mod text;
mod times;
mod xml;

use riparto_plugin::{Importer, Kind, Plugin, Validator, function};

/// Gives everything that the plugin can do.
pub fn plugin() -> Plugin {
    let characters = function(
        "caratteri",
        "caratteri di un testo, contati come si dice",
        "characters of a text, counted as one says",
    );
    Plugin::new("toscana", env!("CARGO_PKG_VERSION"))
        .function(
            characters
                .takes("testo", Kind::Text)
                .takes("intestazione", Kind::Text)
                .takes("spazi", Kind::Text)
                .takes("a_capo", Kind::Text)
                .gives(Kind::Number)
                .by_row(count::characters),
        )
        .importer(
            importer(
                "programma",
                "il programma di una Zona in 17 punti",
                "the programme of a zone in 17 points",
                &table::TEXTS,
            ),
            programme::import,
        )
        .importer(
            importer(
                "tempi",
                "i tempi detti a parole nel programma di una Zona",
                "the times said in words by the programme of a zone",
                &table::TIMES,
            ),
            times::import,
        )
        .validator(
            Validator {
                name: "programma".to_owned(),
                label: "i 17 punti, le loro lettere, la loro lunghezza".to_owned(),
                label_en: "the 17 points, their letters, their length".to_owned(),
            },
            check::validate,
        )
}

riparto_plugin::export!("toscana", env!("CARGO_PKG_VERSION"), plugin);

fn importer(name: &str, label: &str, label_en: &str, columns: &[&str]) -> Importer {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Importer {
        name: name.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        extensions: owned(&["txt", "docx", "odt"]),
        columns: owned(columns),
    }
}
