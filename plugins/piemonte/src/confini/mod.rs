//! Importer `confini`: a map of Comuni becomes the pairs that share a stretch of border.
//!
//! Each pair stands twice, once from each side, so that the rows of a Comune are its neighbours.
//! A Comune that touches none has one row without `confinante`; one without a shape has none. The
//! key of a row, `coppia`, is both codes.
//! A point in common is no border.

mod geojson;
mod plain;
mod topojson;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use riparto_plugin::{Fault, ImportInput, ImportOutput, TableRow};
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::faults::{listed, placed, refused};

/// The columns that it gives.
pub const COLUMNS: [&str; 3] = ["coppia", "comune", "confinante"];

/// The longest map, in bytes: the boundaries of a Region at full detail have less.
const LONGEST: usize = 24 << 20;

/// How many pairs a map may give: the whole of Italy has half as many.
const MOST_PAIRS: usize = 100_000;

/// What a map says, in the order of the codes.
#[derive(Debug, Default)]
struct Borders {
    /// For each Comune with a shape, where it stands in the map, from 1, and what it touches.
    comuni: BTreeMap<String, (u32, BTreeSet<String>)>,
    /// How many neighbours they have, all together.
    pairs: usize,
    /// The places of the shapes that have no ISTAT code.
    nameless: Vec<u32>,
    /// The places of the shapes that cannot be read.
    broken: Vec<u32>,
    /// The codes that two shapes have, with the places of both.
    repeated: Vec<(String, u32, u32)>,
}

/// Reads a map.
pub fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let borders = borders(&input.bytes).map_err(|fault| placed(fault, &input.file, 0))?;
    let rows = borders
        .comuni
        .into_iter()
        .flat_map(|(comune, (line, around))| {
            let island = around.is_empty().then(String::new);
            let row = move |other| TableRow {
                line,
                cells: vec![format!("{comune}-{other}"), comune.clone(), other],
            };
            around.into_iter().chain(island).map(row)
        });
    Ok(ImportOutput {
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    })
}

fn borders(bytes: &[u8]) -> Result<Borders, Box<Fault>> {
    if bytes.len() > LONGEST {
        return Err(too_large(LONGEST >> 20, ["MiB", "MiB"]));
    }
    let text = str::from_utf8(bytes).map_err(|why| unreadable(&why))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = &*plain::written_out(text);
    let head: Head = serde_json::from_str(text).map_err(|why| unreadable(&why))?;
    let borders = match head.kind.as_str() {
        "Topology" => topojson::read(text)?,
        "FeatureCollection" => geojson::read(text)?,
        _ => return Err(unreadable(&"neither a Topology nor a FeatureCollection")),
    };
    if borders.pairs > MOST_PAIRS {
        return Err(too_large(
            MOST_PAIRS,
            ["coppie di confinanti", "pairs of neighbours"],
        ));
    }
    borders.sound()
}

impl Borders {
    /// Gives them back where every shape can be used, and there is one.
    fn sound(self) -> Result<Self, Box<Fault>> {
        let repeated = |and: &str| {
            let repeated = self.repeated.iter();
            listed(repeated.map(|(code, one, other)| format!("{code} ({one} {and} {other})")))
        };
        let wrong = [
            (
                !self.nameless.is_empty(),
                [
                    "manca il codice ISTAT delle forme numero",
                    "there is no ISTAT code in the shapes number",
                ],
                [listed(&self.nameless), listed(&self.nameless)],
            ),
            (
                !self.broken.is_empty(),
                [
                    "non si leggono le forme numero",
                    "one cannot read the shapes number",
                ],
                [listed(&self.broken), listed(&self.broken)],
            ),
            (
                !self.repeated.is_empty(),
                [
                    "due forme hanno lo stesso codice:",
                    "two shapes have the same code:",
                ],
                [repeated("e"), repeated("and")],
            ),
        ];
        let (mut it, mut en) = (Vec::new(), Vec::new());
        for (_, [words, words_en], [named, named_en]) in wrong.iter().filter(|(is, ..)| *is) {
            it.push(format!("{words} {named}"));
            en.push(format!("{words_en} {named_en}"));
        }
        if !it.is_empty() {
            return Err(bad_shape(&it.join("; "), &en.join("; ")));
        }
        if self.comuni.is_empty() {
            return Err(no_shape());
        }
        Ok(self)
    }

    /// Notes a shape: gives its code, where it has one.
    fn shape(&mut self, place: u32, id: &Value, properties: &Value) -> Option<String> {
        let candidates = [
            Some(id),
            properties.get("com_istat_code"),
            properties.get("PRO_COM_T"),
        ];
        let mut codes = candidates.into_iter().flatten().filter_map(Value::as_str);
        let six_digits = |code: &&str| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let Some(code) = codes.find(six_digits) else {
            self.nameless.push(place);
            return None;
        };
        match self.comuni.entry(code.to_owned()) {
            Entry::Vacant(room) => {
                room.insert((place, BTreeSet::new()));
                Some(code.to_owned())
            }
            Entry::Occupied(known) => {
                let (first, _) = known.get();
                self.repeated.push((code.to_owned(), *first, place));
                None
            }
        }
    }

    /// Notes that these Comuni have a stretch of border in common.
    fn touch(&mut self, owners: &BTreeSet<&str>) {
        for one in owners {
            let Some((_, around)) = self.comuni.get_mut(*one) else {
                continue;
            };
            for other in owners.iter().filter(|other| *other != one) {
                if self.pairs > MOST_PAIRS {
                    return;
                }
                self.pairs += usize::from(around.insert((*other).to_owned()));
            }
        }
    }
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
}

fn bad_shape(it: &str, en: &str) -> Box<Fault> {
    refused(
        "bad-shape",
        [it, en],
        [
            "ogni Comune ha una forma, Polygon o MultiPolygon, dai contorni chiusi; il codice di sei cifre sta in `id`, `com_istat_code` o `PRO_COM_T`",
            "each Comune has one shape, a Polygon or a MultiPolygon, of closed rings; its code of six digits stands in `id`, `com_istat_code` or `PRO_COM_T`",
        ],
    )
}

fn no_shape() -> Box<Fault> {
    refused(
        "empty-map",
        [
            "nella mappa non c'è la forma di alcun Comune",
            "the map has the shape of no Comune",
        ],
        [
            "dare un TopoJSON o un GeoJSON dei confini comunali",
            "give a TopoJSON or a GeoJSON of municipal boundaries",
        ],
    )
}

fn too_large(most: usize, [unit, unit_en]: [&str; 2]) -> Box<Fault> {
    refused(
        "too-large",
        [
            &format!("la mappa supera {most} {unit}"),
            &format!("the map has more than {most} {unit_en}"),
        ],
        [
            "dare i confini della sola Regione",
            "give the boundaries of the Region alone",
        ],
    )
}

fn unreadable(why: &dyn std::fmt::Display) -> Box<Fault> {
    refused(
        "unreadable-map",
        [
            &format!("la mappa non si legge: {why}"),
            &format!("the map cannot be read: {why}"),
        ],
        [
            "dare un TopoJSON o un GeoJSON dei confini comunali",
            "give a TopoJSON or a GeoJSON of municipal boundaries",
        ],
    )
}

/// Two coordinates as the file writes them: decimal texts, without the zeros that say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position<'f>(&'f str, &'f str);

impl<'f, 'de: 'f> Deserialize<'de> for Position<'f> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Position<'de>;

            fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str("two coordinates")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
                let mut next = || -> Result<&'de str, A::Error> {
                    let raw: Option<&RawValue> = from.next_element()?;
                    let number = raw.and_then(|raw| decimal(raw.get()));
                    number.ok_or_else(|| A::Error::custom("a coordinate is no plain decimal"))
                };
                let position = Position(next()?, next()?);
                while from.next_element::<IgnoredAny>()?.is_some() {}
                Ok(position)
            }
        }
        from.deserialize_seq(Pair)
    }
}

/// Gives a number of a JSON file in the one way that equal decimals share; none where it still has
/// an exponent.
fn decimal(text: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    if !text.chars().all(plain) {
        return None;
    }
    let short = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    };
    Some(if short == "-0" { "0" } else { short })
}
