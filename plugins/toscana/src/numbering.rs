//! The numbers and letters that a word processor writes before the items of a list.

use std::collections::BTreeMap;

/// A level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The number of its first item.
    pub start: u32,
    /// How it is written.
    pub figures: Figures,
    /// What stands before the text: `%1` is the number of the first level, and so on.
    pub label: String,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// `1`.
    Decimal,
    /// `a`, or `A`.
    Letters {
        /// Whether in capitals.
        upper: bool,
    },
    /// `i`, or `I`.
    Roman {
        /// Whether in capitals.
        upper: bool,
    },
    /// Not at all.
    None,
}

/// A list, by its levels from the outermost.
pub type List = BTreeMap<usize, Level>;

/// The last number given at each level of each list.
#[derive(Debug, Default)]
pub struct Counters(BTreeMap<String, BTreeMap<usize, u32>>);

/// The longest label; a longer one is no label.
const LONGEST_LABEL: usize = 40;

impl Counters {
    /// Starts a list again at one of its levels, from a number where one is given.
    pub fn restart(&mut self, list: &str, level: usize, first: Option<u32>) {
        let counts = self.0.entry(list.to_owned()).or_default();
        counts.retain(|known, _| *known < level);
        if let Some(before) = first.and_then(|first| first.checked_sub(1)) {
            counts.insert(level, before);
        }
    }

    /// Gives what stands before the next item, with the space after it.
    pub fn next(&mut self, name: &str, list: &List, level: usize) -> String {
        let Some(here) = list.get(&level).filter(|l| l.label.len() <= LONGEST_LABEL) else {
            return String::new();
        };
        let counts = self.0.entry(name.to_owned()).or_default();
        counts.retain(|known, _| *known <= level);
        let count = counts
            .get(&level)
            .map_or(here.start, |last| last.saturating_add(1));
        counts.insert(level, count);
        let mut label = here.label.clone();
        for (outer, shape) in list.range(..=level) {
            let count = counts.get(outer).copied().unwrap_or(shape.start);
            label = label.replace(&format!("%{}", outer + 1), &shape.figures.write(count));
        }
        if label.is_empty() {
            return label;
        }
        format!("{label} ")
    }
}

impl Figures {
    /// Writes a number; one that the figures do not reach, in decimal.
    pub fn write(self, number: u32) -> String {
        match self {
            Self::None => String::new(),
            Self::Letters { upper } if (1..=26 * 5).contains(&number) => {
                // After `z`, `aa`, `bb`: as word processors go on.
                let letter = ('a'..='z').nth(((number - 1) % 26) as usize);
                let text: String = letter.into_iter().collect();
                cased(text.repeat(((number - 1) / 26 + 1) as usize), upper)
            }
            Self::Roman { upper } if (1..4000).contains(&number) => cased(roman(number), upper),
            _ => number.to_string(),
        }
    }
}

fn cased(text: String, upper: bool) -> String {
    match upper {
        true => text.to_uppercase(),
        false => text,
    }
}

fn roman(mut number: u32) -> String {
    let figures = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (worth, figure) in figures {
        while number >= worth {
            text.push_str(figure);
            number -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_word_processors_write_them() {
        let lower = Figures::Letters { upper: false };
        assert_eq!(
            [1, 5, 26, 27].map(|n| lower.write(n)),
            ["a", "e", "z", "aa"]
        );
        let upper = Figures::Roman { upper: true };
        assert_eq!([1, 4, 17].map(|n| upper.write(n)), ["I", "IV", "XVII"]);
        assert_eq!(lower.write(0), "0");
    }

    #[test]
    fn an_inner_level_starts_again_after_each_outer_item() {
        let level = |figures, label: &str| Level {
            start: 1,
            figures,
            label: label.to_owned(),
        };
        let list: List = [
            (0, level(Figures::Decimal, "%1.")),
            (1, level(Figures::Letters { upper: false }, "%1.%2)")),
        ]
        .into();
        let mut counters = Counters::default();
        let found = [0, 1, 1, 0, 1].map(|at| counters.next("l", &list, at));
        assert_eq!(found, ["1. ", "1.a) ", "1.b) ", "2. ", "2.a) "]);
        counters.restart("l", 0, None);
        assert_eq!(counters.next("l", &list, 0), "1. ");
        counters.restart("l", 0, Some(8));
        assert_eq!(counters.next("l", &list, 0), "8. ");
    }
}
