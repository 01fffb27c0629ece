//! The place of each row among those of its group.
//!
//! A row that misses what it is ordered by could come anywhere: nobody of its group has a place.
//! One that misses its group could be of any: nobody of the table has. One of which it is not known
//! whether it takes part leaves open its own place and those after it.

use std::collections::BTreeMap;

use super::gap::Gap;
use super::value::{Cells, RowOf, Values};
use crate::model::Table;
use crate::num::Ratio;
use crate::rules::{Order, Rank, Scalar};
use crate::say;

/// Works out the place of every row that takes part, counted from one; equal rows share theirs.
pub fn column(id: &str, rank: &Rank, table: &Table, values: &Values<'_>) -> Cells {
    let mut column: Cells = (0..table.len())
        .map(|row| Err(no_place(id, RowOf { table, row })))
        .collect();
    let runners = runners(rank, table, values);
    let rows: Vec<usize> = runners.iter().map(|runner| runner.row).collect();
    let ranked: Vec<_> = match groups(rank, runners, table, values) {
        Ok(groups) => groups
            .into_values()
            .flat_map(|group| places(rank.order, group))
            .collect(),
        Err(gap) => rows
            .into_iter()
            .map(|row| (row, Err(gap.clone())))
            .collect(),
    };
    for (row, place) in ranked {
        if let Some(cell) = column.get_mut(row) {
            *cell = place.map(|place| Scalar::Number(Ratio::from(place)));
        }
    }
    column
}

/// A row that takes part, or may.
struct Runner {
    row: usize,
    /// What it is ordered by.
    by: Result<Scalar, Gap>,
    /// Why it is not known whether it takes part.
    doubt: Option<Gap>,
}

fn runners(rank: &Rank, table: &Table, values: &Values<'_>) -> Vec<Runner> {
    let rows = (0..table.len()).filter_map(|row| {
        let at = Some(RowOf { table, row });
        let filter = rank.filter.as_ref();
        let takes_part = filter.map_or(Ok(true), |filter| values.condition(&filter.expr, at));
        let doubt = match takes_part {
            Ok(true) => None,
            Ok(false) => return None,
            Err(gap) => Some(gap),
        };
        let by = values.value(&rank.by.expr, at);
        Some(Runner { row, by, doubt })
    });
    rows.collect()
}

/// The rows by what those of one group have alike; none where there is one group only.
type Groups = BTreeMap<Option<Scalar>, Vec<Runner>>;

fn groups(
    rank: &Rank,
    runners: Vec<Runner>,
    table: &Table,
    values: &Values<'_>,
) -> Result<Groups, Gap> {
    let mut groups = Groups::new();
    let mut gaps = Vec::new();
    for runner in runners {
        let row = runner.row;
        let at = Some(RowOf { table, row });
        let within = rank.within.as_ref();
        let group = within.map(|within| values.value(&within.expr, at));
        match group.transpose() {
            Ok(group) => groups.entry(group).or_default().push(runner),
            Err(gap) => gaps.push(gap),
        }
    }
    Gap::all(gaps).map_or(Ok(groups), Err)
}

/// Gives each row of a group its place: one more than the rows that come before it.
fn places(order: Order, group: Vec<Runner>) -> Vec<(usize, Result<i64, Gap>)> {
    let by_value = places_by_value(order, &group);
    let of = |runner: &Runner| {
        let places = by_value.as_ref().map_err(Gap::clone)?;
        match &runner.doubt {
            Some(doubt) => Err(doubt.clone()),
            None => places
                .get(&runner.by.clone()?)
                .cloned()
                .ok_or(Gap::Impossible)?,
        }
    };
    group
        .iter()
        .map(|runner| (runner.row, of(runner)))
        .collect()
}

/// The place of each value, or what leaves it open.
type Places = BTreeMap<Scalar, Result<i64, Gap>>;

/// What several rows miss is one gap, which names each.
fn places_by_value(order: Order, group: &[Runner]) -> Result<Places, Gap> {
    let gaps = group.iter().filter_map(|runner| runner.by.clone().err());
    if let Some(gap) = Gap::all(gaps) {
        return Err(gap);
    }
    let mut counts: BTreeMap<Scalar, (i64, Option<Gap>)> = BTreeMap::new();
    for runner in group {
        let (count, doubt) = counts.entry(runner.by.clone()?).or_default();
        match &runner.doubt {
            None => *count += 1,
            Some(gap) => *doubt = doubt.take().or(Some(gap.clone())),
        }
    }
    let (mut place, mut open) = (1, None);
    let mut next = |(value, (count, doubt))| {
        let own = open.clone().map_or(Ok(place), Err);
        place += count;
        open = open.take().or(doubt);
        (value, own)
    };
    Ok(match order {
        Order::Ascending => counts.into_iter().map(&mut next).collect(),
        Order::Descending => counts.into_iter().rev().map(&mut next).collect(),
    })
}

fn no_place(id: &str, at: RowOf<'_>) -> Gap {
    let (line, file) = (at.line(), &at.table.file);
    let what = say!(
        "la riga {line} di `{file}` non ha un posto in `{id}`",
        "line {line} of `{file}` has no place in `{id}`"
    );
    Gap::missing(what, None)
}
