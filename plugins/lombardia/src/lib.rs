//! What the rules of Lombardia leave to native code: the ISTAT population by age, the form of the
//! joint training, the lead Comune of an ambito.

mod archive;
mod capofila;
mod faults;
mod modulo;
mod popolazione;
mod posas;
mod quota;
mod rows;
mod text;

use riparto_plugin::{Kind, Plugin, function};

/// Gives the plugin as its host meets it.
pub fn plugin() -> Plugin {
    let lead = function(
        "capofila",
        "il Comune è il capofila dell'ambito: ha più bambini da 0 a 5 anni di ogni altro",
        "the Comune leads its ambito: it has more children from 0 to 5 than any other",
    );
    let share = function(
        "quota_0_5",
        "i bambini da 0 a 5 anni dell'ambito su quelli della Regione",
        "the children from 0 to 5 of the ambito over those of the Region",
    );
    Plugin::new("lombardia", env!("CARGO_PKG_VERSION"))
        .function(
            lead.takes("ambito", Kind::Text)
                .takes("istat", Kind::Text)
                .reads(capofila::TABLE)
                .gives(Kind::Bool)
                .by_column(capofila::capofila),
        )
        .function(
            share
                .takes("bambini_ambito", Kind::Number)
                .takes("bambini_regione", Kind::Number)
                .gives(Kind::Number)
                .by_row(quota::quota_0_5),
        )
        .importer(posas::importer(), posas::import)
        .importer(modulo::importer(), modulo::import)
        .validator(popolazione::validator(), popolazione::validate)
}

riparto_plugin::export!("lombardia", env!("CARGO_PKG_VERSION"), plugin);
