//! Whether the Comuni of a CPT touch one another: the connected piece that each belongs to.

use std::collections::{BTreeMap, BTreeSet};

use riparto_plugin::{Batch, Column, Fault};

use crate::cells::{parameter, table, texts};

/// The table that it reads.
pub const TABLE: &str = "confini";

type Neighbours<'t> = BTreeMap<&'t str, BTreeSet<&'t str>>;

/// Gives the piece of each Comune within its CPT, from 1, in the order of the smallest ISTAT code
/// of each piece; nothing for a Comune that `confini` does not know.
///
/// A pair counts in both directions, however it is written.
pub fn pezzo(batch: &Batch) -> Result<Column, Box<Fault>> {
    let groups = texts(parameter(batch, 0)?)?;
    let comuni = texts(parameter(batch, 1)?)?;
    let neighbours = neighbours(batch)?;
    let rows = || {
        groups
            .iter()
            .map(Option::as_deref)
            .zip(comuni.iter().map(Option::as_deref))
    };
    let mut members = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (group, comune) in rows() {
        if let (Some(group), Some(comune)) = (group, comune)
            && neighbours.contains_key(comune)
        {
            members.entry(group).or_default().insert(comune);
        }
    }
    let groups = members.into_iter();
    let pieces: BTreeMap<&str, BTreeMap<&str, i64>> = groups
        .map(|(group, members)| (group, pieces(members, &neighbours)))
        .collect();
    let cells = rows().map(|(group, comune)| pieces.get(group?)?.get(comune?).copied());
    Ok(Column::Integers(cells.collect()))
}

fn neighbours(batch: &Batch) -> Result<Neighbours<'_>, Box<Fault>> {
    let (_, [comuni, others]) = table(batch, ["comune", "confinante"])?;
    let mut neighbours = Neighbours::new();
    for (one, other) in texts(comuni)?.iter().zip(texts(others)?) {
        let (one, other) = (one.as_deref(), other.as_deref());
        for (here, there) in [(one, other), (other, one)] {
            if let Some(here) = here {
                neighbours.entry(here).or_default().extend(there);
            }
        }
    }
    Ok(neighbours)
}

/// Numbers the members: the smallest that has no number opens a piece and reaches the rest of it.
fn pieces<'t>(
    mut members: BTreeSet<&'t str>,
    neighbours: &Neighbours<'t>,
) -> BTreeMap<&'t str, i64> {
    let mut pieces = BTreeMap::new();
    let mut piece = 0;
    while let Some(first) = members.pop_first() {
        piece += 1;
        let mut reached = vec![first];
        while let Some(comune) = reached.pop() {
            pieces.insert(comune, piece);
            let around = neighbours.get(comune).into_iter().flatten();
            reached.extend(around.copied().filter(|other| members.remove(other)));
        }
    }
    pieces
}
