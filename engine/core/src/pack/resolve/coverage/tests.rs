//! Gaps and overlaps by hand, then of random tables: complete ones, and one row taken away.

use proptest::prelude::*;

use super::*;
use crate::rules::End;

fn ratio(hundredths: i64) -> Ratio {
    Ratio::new(hundredths, 100).unwrap()
}

fn cents() -> Grid {
    Grid {
        least: Ratio::zero(),
        step: ratio(1),
    }
}

fn end(hundredths: i64, included: bool) -> Option<End> {
    let value = ratio(hundredths);
    Some(End { value, included })
}

fn flaws(intervals: &[Interval]) -> Vec<Flaw> {
    cents().flaws(&intervals.iter().collect::<Vec<_>>())
}

fn stretch(first: i64, last: Option<i64>) -> Stretch {
    Stretch {
        first: first.into(),
        last: last.map(BigInt::from),
    }
}

#[test]
fn a_cent_after_an_included_end_leaves_no_gap() {
    let rows = [
        Interval {
            low: None,
            high: end(1_000_000, true),
        },
        Interval {
            low: end(1_000_001, true),
            high: end(3_500_000, true),
        },
        Interval {
            low: end(3_500_000, false),
            high: None,
        },
    ];
    assert_eq!(flaws(&rows), []);
}

#[test]
fn an_end_that_nobody_includes_is_a_gap_of_one_value() {
    let rows = [
        Interval {
            low: None,
            high: end(1_000_000, false),
        },
        Interval {
            low: end(1_000_000, false),
            high: None,
        },
    ];
    let stretch = stretch(1_000_000, Some(1_000_000));
    let (before, after) = (Some(0), Some(1));
    assert_eq!(
        flaws(&rows),
        [Flaw::Gap {
            stretch,
            before,
            after
        }]
    );
}

#[test]
fn an_end_that_both_include_is_an_overlap_of_one_value() {
    let rows = [
        Interval {
            low: end(1_000_000, true),
            high: None,
        },
        Interval {
            low: None,
            high: end(1_000_000, true),
        },
    ];
    let stretch = stretch(1_000_000, Some(1_000_000));
    assert_eq!(
        flaws(&rows),
        [Flaw::Overlap {
            stretch,
            first: 1,
            second: 0
        }]
    );
}

#[test]
fn a_row_inside_another_overlaps_it_and_leaves_no_gap_behind() {
    let rows = [
        Interval {
            low: None,
            high: None,
        },
        Interval {
            low: end(100, true),
            high: end(200, true),
        },
    ];
    let stretch = stretch(100, Some(200));
    assert_eq!(
        flaws(&rows),
        [Flaw::Overlap {
            stretch,
            first: 0,
            second: 1
        }]
    );
}

#[test]
fn the_start_and_the_end_are_looked_at_too() {
    let rows = [Interval {
        low: end(100, true),
        high: end(200, true),
    }];
    let start = Flaw::Gap {
        stretch: stretch(0, Some(99)),
        before: None,
        after: Some(0),
    };
    let rest = Flaw::Gap {
        stretch: stretch(201, None),
        before: Some(0),
        after: None,
    };
    assert_eq!(flaws(&rows), [start, rest]);
}

#[test]
fn a_row_between_two_values_or_below_the_least_never_applies() {
    let whole = Interval::default();
    let between = Interval {
        low: end(100, false),
        high: end(101, false),
    };
    let below = Interval {
        low: None,
        high: end(0, false),
    };
    assert_eq!(
        flaws(&[whole, between, below]),
        [Flaw::Never(1), Flaw::Never(2)]
    );
}

/// Intervals that join at distinct values, each value belonging to the one before or after it.
fn complete() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_map(1..5_000_i64, any::<bool>(), 0..8).prop_map(|joins| {
        let mut low = None;
        let mut rows = Vec::new();
        for (at, before) in joins {
            let high = end(at * 2, before);
            rows.push(Interval { low, high });
            low = end(at * 2, !before);
        }
        rows.push(Interval { low, high: None });
        rows
    })
}

proptest! {
    #[test]
    fn every_value_of_a_complete_table_is_in_exactly_one_row(rows in complete(), cent in 0..10_010_i64) {
        prop_assert_eq!(flaws(&rows), []);
        let value = ratio(cent);
        prop_assert_eq!(rows.iter().filter(|row| row.contains(&value)).count(), 1);
    }

    #[test]
    fn a_row_taken_away_is_a_gap_of_just_its_values(rows in complete(), pick in any::<prop::sample::Index>()) {
        let taken = pick.index(rows.len());
        let mut left = rows.clone();
        let gone = left.remove(taken);
        let found = flaws(&left);
        prop_assert_eq!(found.len(), 1);
        let Flaw::Gap { stretch, .. } = &found[0] else { panic!("{found:?}") };
        prop_assert_eq!(Some(stretch.clone()), cents().stretch(&gone));
    }

    #[test]
    fn a_row_written_twice_is_an_overlap_of_just_its_values(rows in complete(), pick in any::<prop::sample::Index>()) {
        let twice = rows[pick.index(rows.len())].clone();
        let found = flaws(&[rows, vec![twice.clone()]].concat());
        prop_assert_eq!(found.len(), 1);
        let Flaw::Overlap { stretch, .. } = &found[0] else { panic!("{found:?}") };
        prop_assert_eq!(Some(stretch.clone()), cents().stretch(&twice));
    }
}
