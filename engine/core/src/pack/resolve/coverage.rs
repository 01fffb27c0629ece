//! Whether the rows of a decision table leave no value out and hold none twice.

use num_bigint::BigInt;
use num_traits::Zero;

use crate::num::Ratio;
use crate::rules::Interval;

/// The values that a number can have: from `least` up, one every `step`.
///
/// # Shape
/// `step` is above zero.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The least value.
    pub least: Ratio,
    /// The distance between two values.
    pub step: Ratio,
}

/// Some values of a grid in a row: their positions from the least, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub first: BigInt,
    /// The last; none where they go on.
    pub last: Option<BigInt>,
}

/// What is wrong with some intervals, which are named by their position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Values that no interval holds.
    Gap {
        /// The values.
        stretch: Stretch,
        /// The interval before them.
        before: Option<usize>,
        /// The interval after them.
        after: Option<usize>,
    },
    /// Values that two intervals hold.
    Overlap {
        /// The values.
        stretch: Stretch,
        /// The interval that starts first.
        first: usize,
        /// The other.
        second: usize,
    },
    /// An interval that holds no value.
    Never(usize),
}

impl Grid {
    /// Gives the value at a position.
    pub fn value(&self, position: &BigInt) -> Ratio {
        &self.least + &(&Ratio::from(position.clone()) * &self.step)
    }

    /// Gives the values of the grid that an interval holds; none where it holds none.
    fn stretch(&self, interval: &Interval) -> Option<Stretch> {
        let first = match &interval.low {
            None => BigInt::zero(),
            Some(low) => {
                let below = self.position(&low.value);
                let on_grid = self.value(&below) == low.value;
                let first = if on_grid && low.included {
                    below
                } else {
                    below + 1
                };
                first.max(BigInt::zero())
            }
        };
        let last = interval.high.as_ref().map(|high| {
            let below = self.position(&high.value);
            let on_grid = self.value(&below) == high.value;
            if on_grid && !high.included {
                below - 1
            } else {
                below
            }
        });
        let empty = last.as_ref().is_some_and(|last| *last < first);
        (!empty).then_some(Stretch { first, last })
    }

    /// Gives the position of the greatest value that is not above `number`.
    fn position(&self, number: &Ratio) -> BigInt {
        let steps = (number - &self.least).checked_div(&self.step);
        // INVARIANT: a step is above zero.
        steps.map_or_else(BigInt::zero, |steps| steps.floor())
    }

    /// Finds every gap and overlap of some intervals, from the least value up.
    pub fn flaws(&self, intervals: &[&Interval]) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut stretches: Vec<(Stretch, usize)> = Vec::new();
        for (at, interval) in intervals.iter().enumerate() {
            match self.stretch(interval) {
                Some(stretch) => stretches.push((stretch, at)),
                None => flaws.push(Flaw::Never(at)),
            }
        }
        stretches.sort_by(|(a, _), (b, _)| a.first.cmp(&b.first));
        // The first value that nothing holds yet, none once all are held; who holds the one before.
        let mut next = Some(BigInt::zero());
        let mut holder: Option<usize> = None;
        for (stretch, at) in stretches {
            let end = stretch.last.as_ref().map(|last| last + 1);
            match (&next, holder) {
                (Some(open), before) if *open < stretch.first => flaws.push(Flaw::Gap {
                    stretch: Stretch {
                        first: open.clone(),
                        last: Some(&stretch.first - 1),
                    },
                    before,
                    after: Some(at),
                }),
                (open, Some(first)) if open.as_ref() != Some(&stretch.first) => {
                    let last = earlier(open, &end).map(|end| end - 1);
                    let stretch = Stretch {
                        last,
                        ..stretch.clone()
                    };
                    flaws.push(Flaw::Overlap {
                        stretch,
                        first,
                        second: at,
                    });
                }
                _ => {}
            }
            if earlier(&next, &end) == next.as_ref() && next != end {
                (next, holder) = (end, Some(at));
            }
        }
        if let Some(first) = next {
            flaws.push(Flaw::Gap {
                stretch: Stretch { first, last: None },
                before: holder,
                after: None,
            });
        }
        flaws
    }
}

/// Gives the earlier of two ends; none is after all others.
fn earlier<'e>(one: &'e Option<BigInt>, other: &'e Option<BigInt>) -> Option<&'e BigInt> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.as_ref().or(other.as_ref()),
    }
}

#[cfg(test)]
mod tests;
