//! Content lines of RFC 5545: escaped, folded by octets, ended by CRLF.
//!
//! Ours, since the crate `icalendar` gives each alarm a stamp of the clock and a random name, leaves
//! carriage returns and `NAME` as they are, and turns on the clock of `chrono` for the whole tree.

/// How many octets a line holds, its end left out.
const OCTETS: usize = 75;

/// The lines of a file, as they are written.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Writes a component: its beginning, what `inside` writes, its end.
    pub(super) fn block(&mut self, component: &str, inside: impl FnOnce(&mut Self)) {
        self.put("BEGIN", component);
        inside(self);
        self.put("END", component);
    }

    /// Writes a value as it stands: a date, a duration, a word of the format.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let mut room = OCTETS;
        for mark in format!("{name}:{value}").chars() {
            if mark.len_utf8() > room {
                // The space that opens a continuation is one of its octets.
                self.0.push_str("\r\n ");
                room = OCTETS - 1;
            }
            room -= mark.len_utf8();
            self.0.push(mark);
        }
        self.0.push_str("\r\n");
    }

    /// Writes a text, which may hold anything.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, &escaped(text));
    }

    /// Gives the file.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Escapes what the format keeps for itself; a control character, which it cannot hold, becomes a
/// space.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for mark in text.replace("\r\n", "\n").chars() {
        match mark {
            '\\' | ';' | ',' => escaped.extend(['\\', mark]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(mark),
            _ if mark.is_control() => escaped.push(' '),
            _ => escaped.push(mark),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        lines.finish()
    }

    #[test]
    fn what_the_format_keeps_is_escaped() {
        let text = "a, b; c: \"d\" \\ e\nf\r\ng\rh\ti\u{7}l\u{85}m";
        let expected = "SUMMARY:a\\, b\\; c: \"d\" \\\\ e\\nf\\ng\\nh\ti l m\r\n";
        assert_eq!(line(text), expected);
    }

    #[test]
    fn a_line_of_75_octets_stands_and_the_next_one_folds() {
        // `SUMMARY:` is 8 octets.
        let fits = "x".repeat(67);
        assert_eq!(line(&fits), format!("SUMMARY:{fits}\r\n"));
        assert_eq!(
            line(&format!("{fits}y")),
            format!("SUMMARY:{fits}\r\n y\r\n")
        );
    }

    #[test]
    fn a_continuation_holds_74_octets_beside_its_space() {
        let (first, second) = ("x".repeat(67), "y".repeat(74));
        let folded = format!("SUMMARY:{first}\r\n {second}\r\n z\r\n");
        assert_eq!(line(&format!("{first}{second}z")), folded);
    }

    #[test]
    fn a_character_is_never_split() {
        // Two octets from the 75th on, four from the 73rd on: neither fits.
        let accent = format!("{}è", "x".repeat(66));
        let folded = format!("SUMMARY:{}\r\n è\r\n", "x".repeat(66));
        assert_eq!(line(&accent), folded);
        let wide = format!("{}𝒳", "x".repeat(64));
        let folded = format!("SUMMARY:{}\r\n 𝒳\r\n", "x".repeat(64));
        assert_eq!(line(&wide), folded);
    }

    #[test]
    fn a_space_at_the_fold_is_kept() {
        let text = format!("{} y", "x".repeat(67));
        let folded = format!("SUMMARY:{}\r\n  y\r\n", "x".repeat(67));
        assert_eq!(line(&text), folded);
    }
}
