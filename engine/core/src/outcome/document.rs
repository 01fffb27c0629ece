//! What was found of each document: its parts counted, what is missing, what another count would say.

use super::{Finding, Standing, Verdict};
use crate::diag::Text;
use crate::model::Counting;
use crate::rules::Source;
use crate::say;

/// A document that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentOutcome {
    /// The form.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// The key of its row.
    pub key: String,
    /// What a reader calls that row.
    pub name: String,
    /// What a reader calls the form.
    pub label: Text,
    /// What was decided: of all its parts, and of what else it must meet.
    pub verdict: Verdict,
    /// How its characters were counted.
    pub counting: Counting,
    /// Who says that they are counted so.
    pub counted_by: Source,
    /// Its parts, in the order of the form.
    pub parts: Vec<PartOutcome>,
    /// What else it must meet, as it was found.
    pub findings: Vec<Finding>,
    /// The other ways of counting under which the verdict on some part changes.
    pub otherwise: Vec<Otherwise>,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOutcome {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The characters counted: those that are known, where text is missing.
    pub characters: u64,
    /// The most that there may be.
    pub limit: Option<u64>,
    /// The act behind the limit.
    pub limit_act: Option<String>,
    /// What was decided of it.
    pub verdict: Verdict,
    /// The items found, in the order of the text.
    pub items: Vec<ItemOutcome>,
    /// The items that are not there.
    pub missing: Vec<ItemOutcome>,
    /// The letters and the headings that are not those of the form.
    pub misprinted: Vec<Misprint>,
    /// The texts that are not known, and where they should be.
    pub awaits: Vec<Text>,
    /// What stands in its way: too many characters, what is missing, what is not known.
    pub reasons: Vec<PartReason>,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What stands in the way of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartReason {
    /// What a reader is told.
    pub text: Text,
    /// The act behind it.
    pub act: Option<String>,
}

/// An item of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemOutcome {
    /// The letter that the form gives it.
    pub letter: String,
    /// What a reader calls it.
    pub label: Text,
    /// Its characters.
    pub characters: u64,
}

/// A letter, or a heading, that is not the one of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misprint {
    /// What is wrong.
    pub fault: MisprintFault,
    /// The letter of the form; none where the form has no such item.
    pub expected: Option<String>,
    /// What is printed: a letter, none where there is none; a heading that has other words; the
    /// letter that it comes after, though the form puts it before.
    pub printed: Option<String>,
    /// What a reader calls the item, or the heading as printed.
    pub label: Text,
}

/// What is wrong with a letter or a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MisprintFault {
    /// Another letter is printed, or none.
    Letter,
    /// Another letter is printed inside the heading.
    InHeading,
    /// The letter is right and the words of the heading are others.
    Words,
    /// The letter comes more than once.
    Twice,
    /// The letter comes after one that the form puts after it.
    Order,
}

impl MisprintFault {
    /// Gives the word that programs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::InHeading => "letter-in-heading",
            Self::Words => "heading",
            Self::Twice => "twice",
            Self::Order => "order",
        }
    }
}

/// What another way of counting would decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Otherwise {
    /// The way.
    pub counting: Counting,
    /// What it would decide of the whole document.
    pub verdict: Verdict,
    /// The parts whose verdict would change: name, characters, verdict.
    pub parts: Vec<(String, u64, Verdict)>,
}

impl DocumentOutcome {
    /// Gives the parts that stand in its way.
    pub fn obstacles(&self) -> impl Iterator<Item = &PartOutcome> {
        let parts = self.parts.iter();
        parts.filter(|part| part.verdict != Verdict::Eligible && part.verdict == self.verdict)
    }

    /// Gives what else stands in its way.
    pub fn unmet(&self) -> impl Iterator<Item = &Finding> {
        let verdict = self.verdict;
        self.findings.iter().filter(move |finding| match verdict {
            Verdict::Eligible => false,
            Verdict::NotEligible => finding.standing == Standing::Fails,
            Verdict::Undetermined => finding.standing == Standing::Missing,
        })
    }
}

impl Misprint {
    /// Says what is printed and what should be.
    pub fn text(&self) -> Text {
        let label = self.label.clone();
        let expected = self.expected.as_deref().unwrap_or_default();
        let printed = self.printed.as_deref().unwrap_or_default();
        let what = match self.fault {
            MisprintFault::Letter => self.letter(),
            MisprintFault::InHeading => say!(
                "nell'intestazione è stampata la lettera «{printed}», il modulo ha «{expected}»",
                "the letter “{printed}” is printed in the heading, the form has “{expected}”"
            ),
            MisprintFault::Words => say!(
                "l'intestazione è «{printed}», il modulo ha altre parole",
                "the heading is “{printed}”, the form has other words"
            ),
            MisprintFault::Twice => say!(
                "la lettera «{expected}» torna un'altra volta",
                "the letter “{expected}” comes once more"
            ),
            MisprintFault::Order => say!(
                "la lettera «{expected}» viene dopo la «{printed}», nel modulo viene prima",
                "the letter “{expected}” comes after “{printed}”, in the form it comes before"
            ),
        };
        say!("{label}: {what}", "{label}: {what}"; label = label, what = what)
    }

    fn letter(&self) -> Text {
        let printed = match &self.printed {
            Some(letter) => say!(
                "è stampata la lettera «{letter}»",
                "the letter “{letter}” is printed"
            ),
            None => say!("non è stampata nessuna lettera", "no letter is printed"),
        };
        match &self.expected {
            Some(expected) => say!(
                "{printed}, il modulo ha «{expected}»",
                "{printed}, the form has “{expected}”";
                printed = printed
            ),
            None => say!(
                "{printed}, che il modulo non ha",
                "{printed}, which the form does not have";
                printed = printed
            ),
        }
    }
}

/// Gives the word that a reader is told of a document, or of a part of it.
pub fn conformity(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Eligible => say!("conforme", "as required"),
        Verdict::NotEligible => say!("non conforme", "not as required"),
        Verdict::Undetermined => say!("non determinabile", "undetermined"),
    }
}
