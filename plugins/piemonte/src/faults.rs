//! What is told to the person whose input is refused: a fault, with its place and its remedy.

use riparto_plugin::{Fault, Place, fault};

/// How many of the things that are wrong a message names.
const NAMED: usize = 20;

/// Gives a fault with its remedy.
pub fn refused(code: &str, [it, en]: [&str; 2], [help, help_en]: [&str; 2]) -> Box<Fault> {
    let mut fault = fault(code, it, en);
    (fault.help, fault.help_en) = (help.to_owned(), help_en.to_owned());
    fault
}

/// Says in which file and on which line a fault stands; line zero is the whole file.
pub fn placed(mut fault: Box<Fault>, file: &str, line: u32) -> Box<Fault> {
    fault.place = Some(Place {
        file: file.to_owned(),
        line,
        column: String::new(),
    });
    fault
}

/// Joins names as `a`, `b`, and says that there are more where there are.
pub fn listed<T: ToString>(names: impl IntoIterator<Item = T>) -> String {
    let mut names = names.into_iter();
    let shown = names.by_ref().take(NAMED);
    let mut text: Vec<String> = shown
        .map(|name| format!("`{}`", name.to_string()))
        .collect();
    if names.next().is_some() {
        text.push("…".to_owned());
    }
    text.join(", ")
}

/// Gives a text on one line, not too long, as a message shows it.
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let line: String = text.chars().take(MOST).map(plain).collect();
    let cut = text.chars().nth(MOST).map_or("", |_| "…");
    format!("{line}{cut}")
}
