//! Borders in a TopoJSON: neighbours are the shapes that use the same arc, in either direction.

use std::collections::{BTreeMap, BTreeSet};

use riparto_plugin::Fault;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Borders, Position, unreadable};

#[derive(Deserialize)]
struct Topology<'f> {
    #[serde(borrow)]
    objects: BTreeMap<String, Object<'f>>,
    #[serde(borrow)]
    arcs: Vec<Vec<Position<'f>>>,
    transform: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Object<'f> {
    #[serde(borrow, default)]
    geometries: Vec<Geometry<'f>>,
}

#[derive(Deserialize)]
struct Geometry<'f> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    properties: Value,
    #[serde(borrow)]
    arcs: Option<&'f RawValue>,
}

/// Reads the object `comuni`, or the only one there is.
pub fn read(text: &str) -> Result<Borders, Box<Fault>> {
    let topology: Topology<'_> = serde_json::from_str(text).map_err(|why| unreadable(&why))?;
    let Topology {
        mut objects,
        arcs,
        transform,
    } = topology;
    let object = match (objects.remove("comuni"), objects.len()) {
        (Some(object), _) => object,
        (None, 1) => objects
            .pop_first()
            .map(|(_, only)| only)
            .ok_or_else(no_object)?,
        _ => return Err(no_object()),
    };
    let mut borders = Borders::default();
    let mut owners = vec![Vec::new(); arcs.len()];
    for (place, geometry) in (1..).zip(&object.geometries) {
        // A shape that is lost in simplification leaves a null behind: nothing is known of it.
        let Some(kind) = &geometry.kind else {
            continue;
        };
        let Some(used) = geometry.arcs.and_then(|arcs| used(kind, arcs.get())) else {
            borders.broken.push(place);
            continue;
        };
        let Some(code) = borders.shape(place, &geometry.id, &geometry.properties) else {
            continue;
        };
        for arc in used {
            match owners.get_mut(arc) {
                Some(owners) => owners.push(code.clone()),
                None => {
                    borders.broken.push(place);
                    break;
                }
            }
        }
    }
    for (arc, owners) in arcs.iter().zip(&owners) {
        if is_a_line(arc, transform.is_some()) {
            let owners: BTreeSet<&str> = owners.iter().map(String::as_str).collect();
            borders.touch(&owners);
        }
    }
    Ok(borders)
}

/// Gives the arcs that a shape uses; `~i` is arc `i` the other way round.
fn used(kind: &str, arcs: &str) -> Option<Vec<usize>> {
    let polygons: Vec<Vec<Vec<i64>>> = match kind {
        "Polygon" => vec![serde_json::from_str(arcs).ok()?],
        "MultiPolygon" => serde_json::from_str(arcs).ok()?,
        _ => return None,
    };
    let indices = polygons.into_iter().flatten().flatten();
    let arcs = indices.map(|index| usize::try_from(if index < 0 { !index } else { index }).ok());
    arcs.collect()
}

/// Tells whether an arc is more than a point. Where the file is quantised, each position after
/// the first is the distance from the one before.
fn is_a_line(arc: &[Position<'_>], quantised: bool) -> bool {
    let Some((first, rest)) = arc.split_first() else {
        return false;
    };
    let still = if quantised {
        Position("0", "0")
    } else {
        *first
    };
    rest.iter().any(|position| *position != still)
}

fn no_object() -> Box<Fault> {
    unreadable(&"several objects, none named `comuni`")
}
