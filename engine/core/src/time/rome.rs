//! Instants by the Italian clock, to the second: the only file that names the time zone database.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::offset::LocalResult;
use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc,
};
use chrono_tz::Europe::Rome;

use crate::diag::{Code, Diagnostic, Text};
use crate::say;
use crate::terms::long_date;

/// The years in which the time zone database knows the Italian clock: from united Italy's one time
/// to where its table of summer times ends.
const CLOCK_YEARS: RangeInclusive<i32> = 1894..=2099;

/// An instant, shown by the Italian clock: displays as `2026-05-18T12:00:00+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RomeTime(DateTime<Utc>);

/// Which end of a day a day alone stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Its first instant, 00:00:00.
    Start,
    /// Its last instant, 23:59:59.
    End,
}

/// Why a text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFault {
    /// It is no day and time.
    Malformed,
    /// It is a day, and the time is needed.
    DayAlone,
    /// Its day is in no calendar: 31 April.
    NoSuchDay,
    /// Its year is one whose clock is not known.
    BeyondClock,
    /// The clock skips that time: from one instant it passes on to the next.
    Skipped {
        /// The first instant after the jump.
        resumes: RomeTime,
    },
    /// The clock shows that time twice.
    Twice {
        /// The first, by summer time.
        first: RomeTime,
        /// The second, by winter time.
        second: RomeTime,
    },
}

impl RomeTime {
    /// Gives the end of a day by the Italian clock that is asked for.
    ///
    /// # Errors
    /// A clock that does not show that time once → [`TimeFault`].
    pub fn of_day(day: NaiveDate, edge: Edge) -> Result<Self, TimeFault> {
        let time = match edge {
            Edge::Start => NaiveTime::MIN,
            Edge::End => NaiveTime::from_hms_opt(23, 59, 59).ok_or(TimeFault::Malformed)?,
        };
        match (on_the_clock(day.and_time(time)), edge) {
            // A day that begins with a jump of the clock begins after it.
            (Err(TimeFault::Skipped { resumes }), Edge::Start) => Ok(resumes),
            (Err(TimeFault::Twice { first, .. }), Edge::Start) => Ok(first),
            (Err(TimeFault::Twice { second, .. }), Edge::End) => Ok(second),
            (instant, _) => instant,
        }
    }

    /// Gives the instant at which the Italian clock shows that day and time.
    ///
    /// # Errors
    /// A clock that does not show that time once → [`TimeFault`].
    pub fn on(day: NaiveDate, time: NaiveTime) -> Result<Self, TimeFault> {
        on_the_clock(day.and_time(time))
    }

    /// Gives the day by the Italian clock.
    pub fn day(self) -> NaiveDate {
        self.0.with_timezone(&Rome).date_naive()
    }

    /// Gives the instant in universal time.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Gives the seconds from here to `later`, below zero when it is earlier.
    pub fn seconds_to(self, later: Self) -> i64 {
        later.0.signed_duration_since(self.0).num_seconds()
    }

    /// Writes day, time and offset: `2026-05-18T12:00:00+02:00`.
    pub fn iso(self) -> String {
        let local = self.0.with_timezone(&Rome);
        local.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Writes day and time as people read them: `lunedì 18 maggio 2026, ore 12:00`.
    pub fn long(self) -> Text {
        let Text { it, en } = long_date(self.day());
        let time = self.time();
        say!("{it}, ore {time}", "{en}, {time}")
    }

    /// Writes the time by the Italian clock, with its seconds where there are any.
    pub fn time(self) -> String {
        let local = self.0.with_timezone(&Rome);
        let format = if local.second() == 0 {
            "%H:%M"
        } else {
            "%H:%M:%S"
        };
        local.format(format).to_string()
    }
}

impl fmt::Display for RomeTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

/// Reads an instant by the Italian clock: `2026-05-18 12:00`, with `T` or a space, with or without
/// seconds; an offset such as `+02:00` or `Z` may follow. A day alone stands for the edge given.
///
/// # Errors
/// A text that is no such time, a time that the clock skips or shows twice → [`TimeFault`].
pub fn local(text: &str, day_alone: Option<Edge>) -> Result<RomeTime, TimeFault> {
    if let Some(day) = day(text) {
        return RomeTime::of_day(day, day_alone.ok_or(TimeFault::DayAlone)?);
    }
    if day_of_no_calendar(text) {
        return Err(TimeFault::NoSuchDay);
    }
    let text = text.replacen(' ', "T", 1);
    let (clock, offset) = split_offset(&text)?;
    let written = moment(clock)?;
    if !CLOCK_YEARS.contains(&written.year()) {
        return Err(TimeFault::BeyondClock);
    }
    match offset {
        Some(offset) => offset
            .from_local_datetime(&written)
            .single()
            .map(|instant| RomeTime(instant.to_utc()))
            .ok_or(TimeFault::Malformed),
        None => on_the_clock(written),
    }
}

/// Tells whether a text begins with a day that is written well and that no calendar has.
fn day_of_no_calendar(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else {
        return false;
    };
    let well_written = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    well_written && day(date).is_none() && (rest.is_empty() || rest.starts_with(['T', ' ']))
}

/// Reads a day as `2026-05-18`, digits only, from the year 1 to 9999.
pub fn day(text: &str) -> Option<NaiveDate> {
    let shape = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    read.filter(|day| shape && text.len() == 10 && day.year() > 0)
}

/// Takes the offset off the end of a text: `Z`, or a sign, two digits, a colon, two digits.
fn split_offset(text: &str) -> Result<(&str, Option<FixedOffset>), TimeFault> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Ok((clock, FixedOffset::east_opt(0)));
    }
    let Some((clock, offset)) = text
        .len()
        .checked_sub(6)
        .and_then(|at| text.split_at_checked(at))
    else {
        return Ok((text, None));
    };
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *offset.as_bytes() else {
        return Ok((text, None));
    };
    let digit = |byte: u8| char::from(byte).to_digit(10);
    let read = || {
        let minutes = (digit(h1)? * 10 + digit(h2)?) * 60 + digit(m1)? * 10 + digit(m2)?;
        let seconds = i32::try_from(minutes * 60).ok()?;
        let east = if sign == b'-' { -seconds } else { seconds };
        // Nowhere is farther than 14 hours from Greenwich.
        FixedOffset::east_opt(east).filter(|_| minutes <= 14 * 60 && m1 < b'6')
    };
    Ok((clock, Some(read().ok_or(TimeFault::Malformed)?)))
}

fn moment(clock: &str) -> Result<NaiveDateTime, TimeFault> {
    let (date, time) = clock.split_once('T').ok_or(TimeFault::Malformed)?;
    let date = day(date).ok_or(TimeFault::Malformed)?;
    let shape = time.bytes().enumerate().all(|(at, byte)| match at % 3 {
        2 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let format = match time.len() {
        5 => "%H:%M",
        8 => "%H:%M:%S",
        _ => return Err(TimeFault::Malformed),
    };
    let time = NaiveTime::parse_from_str(time, format).map_err(|_| TimeFault::Malformed)?;
    // A leap second would be read as a fraction of the second before it.
    match shape && time.nanosecond() == 0 {
        true => Ok(date.and_time(time)),
        false => Err(TimeFault::Malformed),
    }
}

fn on_the_clock(written: NaiveDateTime) -> Result<RomeTime, TimeFault> {
    match Rome.from_local_datetime(&written) {
        LocalResult::Single(instant) => Ok(RomeTime(instant.to_utc())),
        LocalResult::Ambiguous(first, second) => Err(TimeFault::Twice {
            first: RomeTime(first.to_utc()),
            second: RomeTime(second.to_utc()),
        }),
        LocalResult::None => Err(skipped(written)),
    }
}

/// Finds where the clock resumes after a time that it skips.
fn skipped(written: NaiveDateTime) -> TimeFault {
    let minutes = (1..=24 * 60).map(chrono::TimeDelta::minutes);
    let whole = written.with_second(0).unwrap_or(written);
    let resumed = minutes
        .filter_map(|ahead| whole.checked_add_signed(ahead))
        .find_map(|later| Rome.from_local_datetime(&later).earliest());
    match resumed {
        Some(resumes) => TimeFault::Skipped {
            resumes: RomeTime(resumes.to_utc()),
        },
        None => TimeFault::Malformed,
    }
}

impl TimeFault {
    /// Says the fault of the text that was read; `shown` is the text as its writer knows it.
    pub fn diagnostic(self, shown: &str) -> Diagnostic {
        match self {
            Self::Malformed => Diagnostic::error(
                Code::MalformedValue,
                say!(
                    "`{shown}` non è un giorno con la sua ora",
                    "`{shown}` is not a day and a time"
                ),
            )
            .help(say!(
                "scrivere giorno e ora italiana: `2026-05-18 12:00`, o `2026-05-18T12:00:00+02:00` con lo scarto",
                "write the day and the Italian time: `2026-05-18 12:00`, or `2026-05-18T12:00:00+02:00` with the offset"
            )),
            Self::NoSuchDay => Diagnostic::error(
                Code::MalformedValue,
                say!(
                    "`{shown}` è un giorno che non c'è",
                    "`{shown}` is a day that does not exist"
                ),
            )
            .help(say!(
                "controllare anno, mese e giorno: `2026-04-30`",
                "check year, month and day: `2026-04-30`"
            )),
            Self::BeyondClock => {
                let (first, last) = (CLOCK_YEARS.start(), CLOCK_YEARS.end());
                Diagnostic::error(
                    Code::MalformedValue,
                    say!(
                        "di `{shown}` non si conosce l'ora legale",
                        "the summer time of `{shown}` is not known"
                    ),
                )
                .help(say!(
                    "dare un anno dal {first} al {last}",
                    "give a year from {first} to {last}"
                ))
            }
            Self::DayAlone => Diagnostic::error(
                Code::MalformedValue,
                say!("`{shown}` non dice l'ora", "`{shown}` does not say the time"),
            )
            .help(say!(
                "aggiungere l'ora, perché in un giorno una finestra può aprirsi e chiudersi: `2026-05-18T12:00:00`",
                "add the time, since within a day a window may open and close: `2026-05-18T12:00:00`"
            )),
            Self::Skipped { resumes } => {
                let resumes = resumes.iso();
                Diagnostic::error(
                    Code::LocalTime,
                    say!(
                        "`{shown}` non esiste: quel giorno l'ora legale fa saltare quell'ora",
                        "`{shown}` does not exist: that day summer time skips that hour"
                    ),
                )
                .help(say!(
                    "scrivere un'ora che c'è, con lo scarto: l'orologio riprende da `{resumes}`",
                    "write a time that exists, with the offset: the clock resumes at `{resumes}`"
                ))
            }
            Self::Twice { first, second } => {
                let (first, second) = (first.iso(), second.iso());
                Diagnostic::error(
                    Code::LocalTime,
                    say!(
                        "`{shown}` viene due volte: quel giorno finisce l'ora legale",
                        "`{shown}` comes twice: that day summer time ends"
                    ),
                )
                .help(say!(
                    "dire quale con lo scarto: `{first}` (ora legale) o `{second}` (ora solare)",
                    "say which with the offset: `{first}` (summer time) or `{second}` (winter time)"
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        local(text, Some(Edge::End)).unwrap().iso()
    }

    #[test]
    fn summer_and_winter_have_their_own_offset() {
        assert_eq!(iso("2026-05-18 12:00"), "2026-05-18T12:00:00+02:00");
        assert_eq!(iso("2025-12-01T16:00:00"), "2025-12-01T16:00:00+01:00");
        assert_eq!(iso("2026-05-18T10:00:01Z"), "2026-05-18T12:00:01+02:00");
        assert_eq!(
            iso("2026-05-18T10:00:00-03:00"),
            "2026-05-18T15:00:00+02:00"
        );
    }

    #[test]
    fn a_day_alone_ends_at_its_last_second() {
        assert_eq!(iso("2023-03-06"), "2023-03-06T23:59:59+01:00");
        let start = local("2023-03-06", Some(Edge::Start)).unwrap();
        assert_eq!(start.iso(), "2023-03-06T00:00:00+01:00");
        assert_eq!(local("2023-03-06", None), Err(TimeFault::DayAlone));
    }

    #[test]
    fn a_time_that_comes_twice_asks_for_the_offset() {
        let Err(TimeFault::Twice { first, second }) = local("2025-10-26 02:30", None) else {
            panic!("it comes twice");
        };
        assert_eq!(first.iso(), "2025-10-26T02:30:00+02:00");
        assert_eq!(second.iso(), "2025-10-26T02:30:00+01:00");
        assert_eq!(iso("2025-10-26T02:30:00+01:00"), second.iso());
    }

    #[test]
    fn a_time_that_is_skipped_is_refused() {
        let Err(TimeFault::Skipped { resumes }) = local("2026-03-29 02:30", None) else {
            panic!("it is skipped");
        };
        assert_eq!(resumes.iso(), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn a_day_of_no_calendar_is_told_apart() {
        for text in [
            "2026-04-31",
            "2026-04-31 12:00",
            "2026-02-29T12:00:00",
            "0000-01-01",
        ] {
            assert_eq!(
                local(text, Some(Edge::End)),
                Err(TimeFault::NoSuchDay),
                "{text}"
            );
        }
    }

    #[test]
    fn years_without_a_known_clock_are_refused() {
        assert_eq!(local("2100-07-01T12:00", None), Err(TimeFault::BeyondClock));
        assert_eq!(
            local("1893-07-01T12:00Z", None),
            Err(TimeFault::BeyondClock)
        );
    }

    #[test]
    fn a_day_that_begins_with_a_jump_begins_after_it() {
        let start = local("1978-05-28", Some(Edge::Start)).unwrap();
        assert_eq!(start.iso(), "1978-05-28T01:00:00+02:00");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-05-18 24:00",
            "2026-05-18 12",
            "2026-05-18 12:60",
            "2026-05-18T12:00:60",
            "2026-05-18T12:00:00.5",
            "2026-05-18T12:00+",
            "18/05/2026 12:00",
            "2026-05-18 12:00 CEST",
            "2026-05-18  12:00",
            "+2026-05-18T12:00",
            "2026-05-18T12:00+02:00xyz",
            "2026-05-18T12:00:00+02:00 CEST",
            "2026-05-18T12:00:00+02:00:30",
            "2026-05-18T12:00:00+0200",
            "2026-05-18T12:00:00+15:00",
            "2026-05-18T12:00:00+02:60",
            "2026- 5-18",
            "2026-05-18T 9:00",
        ] {
            assert_eq!(
                local(text, Some(Edge::End)),
                Err(TimeFault::Malformed),
                "{text}"
            );
        }
    }
}
