//! The place of each row among those of its group, or between which places it is.
//!
//! A row that misses what it is ordered by could come anywhere: nobody of its group has a place for
//! sure. So could each of the subjects that an aggregate stands for. One of which it is not known
//! whether it takes part, or in which group, leaves open its own place and those after it.

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
    let everywhere = runners.iter().map(|runner| runner.many);
    let everywhere = everywhere.fold(0, i64::saturating_add);
    let (groups, strays) = groups(rank, runners, table, values);
    let of_groups = groups
        .into_values()
        .flat_map(|group| places(rank.order, &group, &strays));
    let lost = strays.iter().map(|stray| {
        let place = stray.doubts().unwrap_or(Gap::Impossible);
        match stray.doubt {
            Some(_) => (stray.row, Err(place)),
            None => (stray.row, Err(place.between(1, everywhere))),
        }
    });
    for (row, place) in of_groups.chain(lost) {
        if let Some(cell) = column.get_mut(row) {
            *cell = place.map(|place| Scalar::Number(Ratio::from(place)));
        }
    }
    column
}

/// A row that takes part, or may.
struct Runner {
    row: usize,
    /// For how many subjects it stands; the most there can be where an aggregate does not say it.
    many: i64,
    /// What it is ordered by.
    by: Result<Scalar, Gap>,
    /// Why it is not known whether it takes part.
    doubt: Option<Gap>,
    /// Why it is not known in which group.
    lost: Option<Gap>,
}

impl Runner {
    /// Why it may not count in a group.
    fn doubts(&self) -> Option<Gap> {
        Gap::all(self.doubt.iter().chain(&self.lost).cloned())
    }
}

fn runners(rank: &Rank, table: &Table, values: &Values<'_>) -> Vec<Runner> {
    let declared = values.measure.table(&table.name);
    let rows = (0..table.len()).filter_map(|row| {
        let at = Some(RowOf { table, row });
        let filter = rank.filter.as_ref();
        let takes_part = filter.map_or(Ok(true), |filter| values.condition(&filter.expr, at));
        let doubt = match takes_part {
            Ok(true) => None,
            Ok(false) => return None,
            Err(gap) => Some(gap),
        };
        let many = declared.map_or(Some(1), |declared| declared.stands_for(table, row));
        let by = match many {
            Some(1) => values.value(&rank.by.expr, at),
            _ => Err(several(RowOf { table, row })),
        };
        let many = many.and_then(|many| i64::try_from(many).ok());
        Some(Runner {
            row,
            many: many.unwrap_or(i64::MAX),
            by,
            doubt,
            lost: None,
        })
    });
    rows.collect()
}

/// The rows by what those of one group have alike; none where there is one group only.
type Groups = BTreeMap<Option<Scalar>, Vec<Runner>>;

/// The groups, then the rows that may be of any.
fn groups(
    rank: &Rank,
    runners: Vec<Runner>,
    table: &Table,
    values: &Values<'_>,
) -> (Groups, Vec<Runner>) {
    let (mut groups, mut strays) = (Groups::new(), Vec::new());
    for mut runner in runners {
        let row = runner.row;
        let at = Some(RowOf { table, row });
        let within = rank.within.as_ref();
        let group = within.map(|within| values.value(&within.expr, at));
        match group.transpose() {
            Ok(group) => groups.entry(group).or_default().push(runner),
            Err(gap) => {
                runner.lost = Some(gap);
                strays.push(runner);
            }
        }
    }
    (groups, strays)
}

/// Gives each row of a group its place: one more than the rows that come before it.
fn places(order: Order, group: &[Runner], strays: &[Runner]) -> Vec<(usize, Result<i64, Gap>)> {
    let all = Field::of(order, group.iter().chain(strays));
    let of = |runner: &Runner| {
        let place = match &runner.by {
            Ok(by) => all.places.get(by).cloned().ok_or(Gap::Impossible)?,
            Err(_) => Err(all.anywhere.clone().ok_or(Gap::Impossible)?),
        };
        // One that may have no place at all has none between two.
        match &runner.doubt {
            Some(doubt) => Err(Gap::all([doubt.clone()].into_iter().chain(place.err())))
                .map_err(|gap| gap.unwrap_or(Gap::Impossible)),
            None => place,
        }
    };
    let placed = group.iter().map(|runner| (runner.row, of(runner)));
    placed.collect()
}

/// All that take part in a group, or may.
struct Field {
    /// The place of each value, or what leaves it open.
    places: BTreeMap<Scalar, Result<i64, Gap>>,
    /// What leaves open the place of who misses a value; none where nobody does.
    anywhere: Option<Gap>,
}

/// How many have one value.
#[derive(Default)]
struct Count {
    certain: i64,
    doubtful: i64,
    doubts: Vec<Gap>,
}

impl Field {
    fn of<'r>(order: Order, runners: impl Iterator<Item = &'r Runner>) -> Self {
        let mut counts: BTreeMap<&Scalar, Count> = BTreeMap::new();
        let (mut unknown, mut gaps, mut all) = (0_i64, Vec::new(), 0_i64);
        for runner in runners {
            all = all.saturating_add(runner.many);
            match (&runner.by, runner.doubts()) {
                (Ok(by), None) => counts.entry(by).or_default().certain += 1,
                (Ok(by), Some(doubt)) => {
                    let count = counts.entry(by).or_default();
                    count.doubtful += 1;
                    count.doubts.push(doubt);
                }
                (Err(gap), doubt) => {
                    unknown = unknown.saturating_add(runner.many);
                    gaps.extend(doubt.into_iter().chain([gap.clone()]));
                }
            }
        }
        // What several rows miss is one gap, which names each.
        let anywhere = Gap::all(gaps);
        let (mut before, mut perhaps, mut open) = (0, unknown, anywhere.clone());
        let next = |(value, count): (&Scalar, Count)| {
            let low = before + 1;
            let place = match &open {
                Some(gap) => Err(gap.clone().between(low, perhaps.saturating_add(low))),
                None => Ok(low),
            };
            before += count.certain;
            perhaps = perhaps.saturating_add(count.doubtful);
            open = Gap::all(open.take().into_iter().chain(count.doubts));
            (value.clone(), place)
        };
        Self {
            places: match order {
                Order::Ascending => counts.into_iter().map(next).collect(),
                Order::Descending => counts.into_iter().rev().map(next).collect(),
            },
            anywhere: anywhere.map(|gap| gap.between(1, all)),
        }
    }
}

/// The subjects of an aggregate come each at a place of its own.
fn several(at: RowOf<'_>) -> Gap {
    let (line, file) = (at.line(), &at.table.file);
    let what = say!(
        "la riga {line} di `{file}` sta per più soggetti, e non ha un posto solo",
        "line {line} of `{file}` stands for several subjects, and has no one place"
    );
    Gap::missing(what, Some(at.place()))
}

fn no_place(id: &str, at: RowOf<'_>) -> Gap {
    let (line, file) = (at.line(), &at.table.file);
    let what = say!(
        "la riga {line} di `{file}` non ha un posto in `{id}`",
        "line {line} of `{file}` has no place in `{id}`"
    );
    Gap::missing(what, None)
}
