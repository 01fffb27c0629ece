//! The place of each row among those of its group.
//!
//! A row that misses what it is ordered by could come anywhere: nobody of its group has a place.
//! One that misses its group could be of any: nobody of the table has.

use std::collections::BTreeMap;

use super::gap::Gap;
use super::value::{Cells, RowOf, Values};
use crate::model::Table;
use crate::num::Ratio;
use crate::rules::{Order, Rank, Scalar};

/// Works out the place of every row, counted from one; equal rows share theirs.
pub fn column(rank: &Rank, table: &Table, values: &Values<'_>) -> Cells {
    let groups = match groups(rank, table, values) {
        Ok(groups) => groups,
        Err(gap) => return vec![Err(gap); table.len()],
    };
    let mut places: BTreeMap<usize, Result<Scalar, Gap>> = BTreeMap::new();
    for rows in groups.into_values() {
        let ordered = places_by_value(rank.order, &rows);
        for (row, by) in &rows {
            let place = match (&ordered, by) {
                (Ok(ordered), Ok(by)) => ordered.get(by).copied().ok_or(Gap::Impossible),
                (Err(gap), _) | (_, Err(gap)) => Err(gap.clone()),
            };
            places.insert(*row, place.map(|place| Scalar::Number(Ratio::from(place))));
        }
    }
    places.into_values().collect()
}

/// The rows of a group, each with what it is ordered by.
type Group = Vec<(usize, Result<Scalar, Gap>)>;

fn groups(
    rank: &Rank,
    table: &Table,
    values: &Values<'_>,
) -> Result<BTreeMap<Option<Scalar>, Group>, Gap> {
    let mut groups: BTreeMap<Option<Scalar>, Group> = BTreeMap::new();
    let mut gaps = Vec::new();
    for row in 0..table.len() {
        let at = Some(RowOf { table, row });
        let within = rank.within.as_ref();
        let group = within.map(|within| values.value(&within.expr, at));
        let by = values.value(&rank.by.expr, at);
        match group.transpose() {
            Ok(group) => groups.entry(group).or_default().push((row, by)),
            Err(gap) => gaps.push(gap),
        }
    }
    Gap::all(gaps).map_or(Ok(groups), Err)
}

/// The place of each value: one more than the rows that come before it. What several rows miss is
/// one gap, which names each.
fn places_by_value(order: Order, rows: &Group) -> Result<BTreeMap<&Scalar, i64>, Gap> {
    let gaps = rows.iter().filter_map(|(_, by)| by.as_ref().err().cloned());
    if let Some(gap) = Gap::all(gaps.collect()) {
        return Err(gap);
    }
    let mut counts: BTreeMap<&Scalar, i64> = BTreeMap::new();
    for by in rows.iter().filter_map(|(_, by)| by.as_ref().ok()) {
        *counts.entry(by).or_default() += 1;
    }
    let mut place = 1;
    let mut next = |(value, count)| {
        let own = (value, place);
        place += count;
        own
    };
    Ok(match order {
        Order::Ascending => counts.into_iter().map(&mut next).collect(),
        Order::Descending => counts.into_iter().rev().map(&mut next).collect(),
    })
}
