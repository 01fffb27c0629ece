//! Who takes the steps left over: the largest remainders, and what happens when they are equal.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::say;

use super::field::Whole;
use super::{Problem, Row, Ties, words};

/// The rows in the order of their remainders, with those that are served in front.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    /// Positions of the rows: the first `steps` of them are served.
    pub(super) order: Vec<usize>,
    pub(super) steps: usize,
    /// The place of each row, by position: one is the largest, equal remainders share a place.
    pub(super) ranks: Vec<usize>,
    /// Where in `order` the rows stand that had to be told apart, if any.
    pub(super) tied: Option<Range<usize>>,
}

/// Rows with equal remainders, more than the steps they compete for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unsettled {
    /// Positions of the rows.
    pub(super) rows: Vec<usize>,
    pub(super) steps: usize,
}

impl Queue {
    /// Gives the positions of the rows that are served.
    pub(super) fn served(&self) -> &[usize] {
        self.order.get(..self.steps).unwrap_or(&self.order)
    }

    /// Gives the positions of the rows that are not.
    pub(super) fn not_served(&self) -> &[usize] {
        self.order.get(self.steps..).unwrap_or(&[])
    }
}

impl Unsettled {
    /// Names the rows, and how many steps they compete for.
    pub(super) fn diagnostic(&self, problem: &Problem) -> Diagnostics {
        let who = words::keys(
            self.rows
                .iter()
                .filter_map(|index| problem.rows.get(*index))
                .map(|row| row.key.as_str()),
        );
        let (rows, steps) = (self.rows.len(), self.steps);
        let (it, en) = (who.it, who.en);
        let size = words::money(&problem.step, problem.step.size());
        let message = if steps == 1 {
            say!(
                "{rows} righe hanno lo stesso resto e si contendono l'ultimo passo da {size}: {it}",
                "{rows} rows have the same remainder and compete for the last step of {size}: {en}"
            )
        } else {
            say!(
                "{rows} righe hanno lo stesso resto e si contendono gli ultimi {steps} passi da {size}: {it}",
                "{rows} rows have the same remainder and compete for the last {steps} steps of {size}: {en}"
            )
        };
        Diagnostic::error(Code::Tie, message)
        .help(say!(
            "indicare il criterio di precedenza che l'atto prevede, o l'esito di un sorteggio verbalizzato",
            "name the order of precedence that the act sets, or the outcome of a recorded draw"
        ))
        .into()
    }
}

/// Puts the rows in the order in which `steps` steps are handed out, one each.
///
/// # Shape
/// There are at least `steps` remainders above zero, one remainder per row.
pub(super) fn queue<N: Whole>(
    remainders: &[N],
    steps: usize,
    ties: Ties,
    rows: &[Row],
) -> Result<Queue, Unsettled> {
    let mut largest_first: Vec<(usize, &N)> = remainders.iter().enumerate().collect();
    largest_first.sort_by(|a, b| b.1.cmp(a.1));
    let ranks = ranks(&largest_first);
    let tied = straddling(&largest_first, steps);
    let mut order: Vec<usize> = largest_first.into_iter().map(|(index, _)| index).collect();
    if let Some(tied) = &tied
        && let Some(group) = order.get_mut(tied.clone())
    {
        let competing = steps - tied.start;
        if !settle(group, competing, ties, rows) {
            return Err(Unsettled {
                rows: group.to_vec(),
                steps: competing,
            });
        }
    }
    Ok(Queue {
        order,
        steps,
        ranks,
        tied,
    })
}

fn ranks<N: Whole>(largest_first: &[(usize, &N)]) -> Vec<usize> {
    let mut ranks = vec![0; largest_first.len()];
    let mut place = (1, None);
    for (position, (index, remainder)) in largest_first.iter().enumerate() {
        if place.1 != Some(*remainder) {
            place = (position + 1, Some(*remainder));
        }
        if let Some(rank) = ranks.get_mut(*index) {
            *rank = place.0;
        }
    }
    ranks
}

/// Gives the stretch of equal remainders that the last step falls inside of.
fn straddling<N: Whole>(largest_first: &[(usize, &N)], steps: usize) -> Option<Range<usize>> {
    let last_served = largest_first.get(steps.checked_sub(1)?)?.1;
    let first_not_served = largest_first.get(steps)?.1;
    if last_served != first_not_served {
        return None;
    }
    let start = largest_first.partition_point(|(_, remainder)| *remainder > last_served);
    let end = largest_first.partition_point(|(_, remainder)| *remainder >= last_served);
    Some(start..end)
}

/// Brings a group in input order to the order in which it is served; tells whether the rule could.
fn settle(group: &mut [usize], steps: usize, ties: Ties, rows: &[Row]) -> bool {
    match ties {
        Ties::Stop => false,
        Ties::First => true,
        Ties::Last => {
            group.reverse();
            true
        }
        Ties::Ranked => {
            let precedence = |index: &usize| rows.get(*index).and_then(|row| row.precedence);
            if !group.iter().all(|index| precedence(index).is_some()) {
                return false;
            }
            group.sort_by_key(precedence);
            let last_served = steps.checked_sub(1).and_then(|last| group.get(last));
            last_served.and_then(precedence) != group.get(steps).and_then(precedence)
        }
    }
}
