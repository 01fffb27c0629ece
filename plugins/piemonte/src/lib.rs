//! The plugin of Piemonte: what its rules leave to native code.
//!
//! | capability | what it does |
//! |---|---|
//! | `function/media`, `function/arrotondata` | an average, and its rounding |
//! | `function/media_frequentanti` | the average attendance of a service over its own period |
//! | `function/pezzo` | the connected piece of its CPT that a Comune belongs to |
//! | `importer/confini` | municipal boundaries (TopoJSON, GeoJSON) as pairs of Comuni |
//! | `importer/servizi03` | a SERVIZI 03 sheet (CSV, XLSX) as the table `servizi` |
//! | `exporter/inps` | the register of services for the INPS Bonus Nido |

mod cells;
mod confini;
mod faults;
mod inps;
mod media;
mod pezzo;
mod presenze;
mod servizi03;

use riparto_plugin::{Exporter, Importer, Kind, Plugin, function};

riparto_plugin::export!("piemonte", env!("CARGO_PKG_VERSION"), plugin);

/// Gives the plugin, with all that it can do.
pub fn plugin() -> Plugin {
    Plugin::new("piemonte", env!("CARGO_PKG_VERSION"))
        .function(
            function(
                "media",
                "presenze diviso giorni di apertura, o la media dichiarata dove non ci sono giorni",
                "attendances by days open, or the average declared where there are no days",
            )
            .takes("giorni", Kind::Number)
            .takes("presenze", Kind::Number)
            .takes("dichiarata", Kind::Number)
            .gives(Kind::Number)
            .by_row(media::media),
        )
        .function(
            function(
                "arrotondata",
                "la media al multiplo più vicino del passo, a metà per eccesso",
                "the average to the nearest multiple of the step, the half away from zero",
            )
            .takes("media", Kind::Number)
            .takes("passo", Kind::Number)
            .gives(Kind::Number)
            .by_row(media::arrotondata),
        )
        .function(
            function(
                "media_frequentanti",
                "media esatta dei frequentanti di un servizio nel suo periodo, dal registro",
                "exact average attendance of a service over its period, from the register",
            )
            .takes("servizio", Kind::Text)
            .takes("periodo_dal", Kind::Date)
            .takes("periodo_al", Kind::Date)
            .takes("media_dichiarata", Kind::Number)
            .reads(presenze::TABLE)
            .gives(Kind::Number)
            .by_column(presenze::media_frequentanti),
        )
        .function(
            function(
                "pezzo",
                "il pezzo contiguo del suo CPT a cui appartiene un Comune: 1, 2, …",
                "the connected piece of its CPT that a Comune belongs to: 1, 2, …",
            )
            .takes("cpt", Kind::Text)
            .takes("comune", Kind::Text)
            .reads(pezzo::TABLE)
            .gives(Kind::Number)
            .by_column(pezzo::pezzo),
        )
        .importer(
            Importer {
                name: "confini".to_owned(),
                label: "coppie di Comuni confinanti, da una mappa".to_owned(),
                label_en: "pairs of neighbouring Comuni, from a map".to_owned(),
                extensions: owned(&["json", "topojson", "geojson"]),
                columns: owned(&confini::COLUMNS),
            },
            confini::import,
        )
        .importer(
            Importer {
                name: "servizi03".to_owned(),
                label: "scheda SERVIZI 03".to_owned(),
                label_en: "SERVIZI 03 form".to_owned(),
                extensions: owned(&["csv", "xlsx"]),
                columns: servizi03::columns(),
            },
            servizi03::import,
        )
        .exporter(
            Exporter {
                name: "inps".to_owned(),
                label: "anagrafica dei servizi per il Bonus Nido dell'INPS".to_owned(),
                label_en: "register of services for the INPS Bonus Nido".to_owned(),
                extension: "csv".to_owned(),
            },
            inps::export,
        )
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
