//! The cut of a fund into pots of whole cents that add up to it.

use num_traits::ToPrimitive;

use crate::num::{Cents, Ratio};

/// Cuts `fund` into one pot per share.
///
/// Each pot ends at the cent below the exact end of its share: `pot_k = ⌊F·c_k⌋ − ⌊F·c_{k−1}⌋`,
/// where `c_k` is the sum of the first `k` shares. Rounding ends instead of shares is what makes the
/// pots close: the last end is the fund itself when the shares add up to one, so no cent is lost or
/// made, and each pot differs from its exact share by less than a cent. It is also the split that
/// does not change when a share is divided in two later in the list.
///
/// # Shape
/// Shares are fractions of one. When they add up to less, the rest of the fund is in no pot. A pot
/// that an `i128` of cents cannot hold gives nothing at all.
///
/// # Examples
/// ```
/// use riparto_core::allocate::pots;
/// use riparto_core::num::{Cents, Ratio};
/// let third = Ratio::new(1, 3).unwrap();
/// let cut = pots(Cents::new(100), &[third.clone(), third.clone(), third]);
/// assert_eq!(cut, Some(vec![Cents::new(33), Cents::new(33), Cents::new(34)]));
/// ```
pub fn pots(fund: Cents, shares: &[Ratio]) -> Option<Vec<Cents>> {
    let cents = Ratio::new(fund.count(), 1)?;
    let mut reached = Ratio::zero();
    let mut end = Cents::ZERO;
    let mut pots = Vec::with_capacity(shares.len());
    for share in shares {
        reached = &reached + share;
        let next = Cents::new((&cents * &reached).floor().to_i128()?);
        pots.push(next.checked_sub(end)?);
        end = next;
    }
    Some(pots)
}
