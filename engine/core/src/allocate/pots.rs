//! The cut of a fund into pots of whole cents that add up to it.

use std::cmp::Reverse;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::num::{Cents, Ratio};

/// Cuts `fund` into one pot per share: each share rounded down to the cent, then the cents left go
/// one each to the largest remainders.
///
/// Each pot differs from its exact share by less than a cent, and the cut does not depend on the
/// order in which the shares are listed: where two remainders are equal, the name that comes first
/// in the alphabet takes the cent. A split is between those who receive money, and stops at a tie;
/// this cut is between the rules of one act, and must not stop a run for a cent that nobody is
/// owed.
///
/// # Shape
/// Each share is a name and a fraction of one. When they add up to less than one, the rest of the
/// fund is in no pot. A pot that an `i128` of cents cannot hold gives nothing at all.
///
/// # Examples
/// ```
/// use riparto_core::allocate::pots;
/// use riparto_core::num::{Cents, Ratio};
/// let third = Ratio::new(1, 3).unwrap();
/// let cut = pots(Cents::new(100), &[("b", third.clone()), ("a", third.clone()), ("c", third)]);
/// assert_eq!(cut, Some(vec![Cents::new(33), Cents::new(34), Cents::new(33)]));
/// ```
pub fn pots(fund: Cents, shares: &[(&str, Ratio)]) -> Option<Vec<Cents>> {
    let cents = Ratio::new(fund.count(), 1)?;
    let exact: Vec<Ratio> = shares.iter().map(|(_, share)| &cents * share).collect();
    let mut pots: Vec<BigInt> = exact.iter().map(Ratio::floor).collect();
    let whole: Ratio = exact.iter().sum();
    let left = whole.floor() - pots.iter().sum::<BigInt>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|at| {
        let remainder = exact.get(*at).map(|e| e - &Ratio::from(e.floor()));
        (Reverse(remainder), shares.get(*at).map(|(name, _)| *name))
    });
    for at in order.into_iter().take(left.to_usize()?) {
        if let Some(pot) = pots.get_mut(at) {
            *pot += 1;
        }
    }
    pots.iter()
        .map(|pot| pot.to_i128().map(Cents::new))
        .collect()
}
