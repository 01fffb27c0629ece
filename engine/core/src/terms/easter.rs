//! The date of Easter in the Gregorian calendar.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

/// The years for which [`easter`] answers.
pub const EASTER_YEARS: RangeInclusive<i32> = 1583..=4099;

/// Gives Easter Sunday, or none outside [`EASTER_YEARS`].
///
/// # Source
/// The ecclesiastical moon: the nineteen-year cycle, corrected each century for the leap days that
/// were left out and for the slow drift of the moon; then the Sunday after the full moon.
///
/// # Examples
/// ```
/// use riparto_core::terms::easter;
/// assert_eq!(easter(2026).map(|day| day.to_string()).as_deref(), Some("2026-04-05"));
/// assert_eq!(easter(1582), None);
/// ```
pub fn easter(year: i32) -> Option<NaiveDate> {
    if !EASTER_YEARS.contains(&year) {
        return None;
    }
    let (cycle, century) = (year % 19, year / 100);
    let dropped_leap_days = century - century / 4;
    let moon_drift = (8 * century + 13) / 25;
    let mut full_moon = (19 * cycle + dropped_leap_days - moon_drift + 15) % 30;
    // The last two ages of the moon are brought forward, so that it has one date in each cycle.
    if full_moon == 29 || (full_moon == 28 && cycle > 10) {
        full_moon -= 1;
    }
    // Days from 21 March to the full moon; Easter is the first Sunday after it.
    let paschal = NaiveDate::from_ymd_opt(year, 3, 21)?
        .checked_add_signed(chrono::TimeDelta::days(i64::from(full_moon)))?;
    let to_sunday = 7 - i64::from(chrono::Datelike::weekday(&paschal).num_days_from_sunday());
    paschal.checked_add_signed(chrono::TimeDelta::days(to_sunday))
}
