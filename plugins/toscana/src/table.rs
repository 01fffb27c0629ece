//! The columns of the tables that the pack declares for a programme.

/// The row, by which the others know it: `introduzione`, `8`, `8.5`.
pub const ROW: &str = "riga";
/// The programme.
pub const PROGRAMME: &str = "programma";
/// The point: `introduzione`, or a number.
pub const POINT: &str = "punto";
/// The letter of the item, as it is printed.
pub const LETTER: &str = "lettera";
/// The heading, as it is printed.
pub const HEADING: &str = "intestazione";
/// The text under the heading.
pub const BODY: &str = "testo";
/// A time, in the words of the text.
pub const TIME: &str = "tempo";

/// The first day among which a time falls, where its words prove it.
pub const FROM: &str = "dal";
/// The last one.
pub const TO: &str = "al";

/// The columns of the texts of a programme.
pub const TEXTS: [&str; 6] = [ROW, PROGRAMME, POINT, LETTER, HEADING, BODY];
/// The columns of its times; here `riga` is the line of the file.
pub const TIMES: [&str; 6] = [POINT, LETTER, TIME, ROW, FROM, TO];

/// What stands in the column of points for the introduction.
pub const INTRODUCTION: &str = "introduzione";
