//! Borders in a GeoJSON: neighbours are the shapes with a segment in common, in either direction.
//!
//! Coordinates are compared as the decimal texts of the file. Where one shape has a vertex in the
//! middle of the other's segment, the two have no segment in common and are not seen to touch.

use std::collections::BTreeSet;

use riparto_plugin::Fault;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Borders, Position, unreadable};

#[derive(Deserialize)]
struct Collection<'f> {
    #[serde(borrow)]
    features: Vec<Feature<'f>>,
}

#[derive(Deserialize)]
struct Feature<'f> {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    properties: Value,
    #[serde(borrow)]
    geometry: Option<Geometry<'f>>,
}

#[derive(Deserialize)]
struct Geometry<'f> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    coordinates: Option<&'f RawValue>,
}

/// How many positions a ring has at least: a triangle, and its first corner again.
const FEWEST_POSITIONS: usize = 4;

type Segment<'f> = (Position<'f>, Position<'f>);

/// Reads the features.
pub fn read(text: &str) -> Result<Borders, Box<Fault>> {
    let collection: Collection<'_> = serde_json::from_str(text).map_err(|why| unreadable(&why))?;
    let mut borders = Borders::default();
    let mut codes = Vec::new();
    let mut segments: Vec<(Segment<'_>, usize)> = Vec::new();
    for (place, feature) in (1..).zip(&collection.features) {
        let Some(geometry) = &feature.geometry else {
            continue;
        };
        let rings = geometry
            .coordinates
            .and_then(|c| rings(&geometry.kind, c.get()));
        let Some(rings) = rings else {
            borders.broken.push(place);
            continue;
        };
        let Some(code) = borders.shape(place, &feature.id, &feature.properties) else {
            continue;
        };
        let owner = codes.len();
        codes.push(code);
        segments.extend(
            rings
                .iter()
                .flat_map(|ring| sides(ring))
                .map(|side| (side, owner)),
        );
    }
    segments.sort_unstable();
    for same in segments.chunk_by(|(one, _), (other, _)| one == other) {
        let owners = same.iter().filter_map(|(_, owner)| codes.get(*owner));
        let owners: BTreeSet<&str> = owners.map(String::as_str).collect();
        borders.touch(&owners);
    }
    Ok(borders)
}

/// Gives the rings of a shape; none where one is not closed.
fn rings<'f>(kind: &str, coordinates: &'f str) -> Option<Vec<Vec<Position<'f>>>> {
    let rings: Vec<Vec<Position<'f>>> = match kind {
        "Polygon" => serde_json::from_str(coordinates).ok()?,
        "MultiPolygon" => {
            let polygons: Vec<Vec<Vec<Position<'f>>>> = serde_json::from_str(coordinates).ok()?;
            polygons.into_iter().flatten().collect()
        }
        _ => return None,
    };
    let closed = |ring: &Vec<_>| ring.len() >= FEWEST_POSITIONS && ring.first() == ring.last();
    (!rings.is_empty() && rings.iter().all(closed)).then_some(rings)
}

/// Gives the sides of a ring, the smaller end first, without those of no length.
fn sides<'f>(ring: &[Position<'f>]) -> impl Iterator<Item = Segment<'f>> {
    let pairs = ring.iter().zip(ring.iter().skip(1));
    let sides = pairs.filter(|(from, to)| from != to);
    sides.map(|(from, to)| (*from.min(to), *from.max(to)))
}
