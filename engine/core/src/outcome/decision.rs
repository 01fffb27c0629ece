//! What was decided of each row, with every reason.

use crate::diag::Text;
use crate::rules::VerdictWords;
use crate::say;

/// A decision on the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionOutcome {
    /// Its name.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What is decided.
    pub label: Text,
    /// The table whose rows were judged.
    pub table: String,
    /// The words for what is decided.
    pub words: VerdictWords,
    /// The act behind it.
    pub act: Option<String>,
    /// The rows, in the order of the table.
    pub rows: Vec<DecisionRow>,
}

/// What was decided of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands.
    pub subjects: u64,
    /// What was decided.
    pub verdict: Verdict,
    /// Every condition, in the order written.
    pub findings: Vec<Finding>,
}

/// What can be decided of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every condition holds, or was lifted.
    Eligible,
    /// At least one condition fails, whatever else is missing.
    NotEligible,
    /// No condition fails, and at least one cannot be judged.
    Undetermined,
}

/// What was found of one condition in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The condition.
    pub condition: String,
    /// What it requires.
    pub label: Text,
    /// How it came out.
    pub standing: Standing,
    /// Each name of its formula, as a reader knows it, with its value; none where it is missing.
    pub values: Vec<(Text, Option<Text>)>,
    /// The formula.
    pub needed: String,
    /// The same in words, where it compares columns with values: `Spesa: almeno 10,00 €`.
    pub needed_words: Option<Text>,
    /// What a reader is told: the requirement with what was found, what is missing, what lifted it.
    pub text: Text,
    /// The act behind it: of the condition, or of the derogation that lifted it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

/// How a condition came out in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It does not hold, or could not be judged, and a derogation lifted it.
    Lifted,
    /// It does not hold.
    Fails,
    /// A datum that it needs is missing.
    Missing,
}

impl VerdictWords {
    /// Gives the words that a reader is told: those of the rule, else those for an admission.
    pub fn of(&self, verdict: Verdict) -> Text {
        let own = match verdict {
            Verdict::Eligible => self.yes.clone(),
            Verdict::NotEligible => self.no.clone(),
            Verdict::Undetermined => None,
        };
        own.unwrap_or_else(|| match verdict {
            Verdict::Eligible => say!("ammesso", "admitted"),
            Verdict::NotEligible => say!("non ammesso", "not admitted"),
            Verdict::Undetermined => say!("non determinabile", "undetermined"),
        })
    }

    /// Tells whether the rule decides something else than an admission, in words of its own.
    pub fn are_own(&self) -> bool {
        self.yes.is_some() || self.no.is_some()
    }
}

impl Verdict {
    /// Gives the word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NotEligible => "not-eligible",
            Self::Undetermined => "undetermined",
        }
    }
}

impl Standing {
    /// Gives the word of the JSON answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Lifted => "lifted",
            Self::Fails => "fails",
            Self::Missing => "missing",
        }
    }
}

impl DecisionRow {
    /// Gives the findings that stand in the way: all that fail, or all that are missing.
    pub fn reasons(&self) -> impl Iterator<Item = &Finding> {
        let verdict = self.verdict;
        self.findings.iter().filter(move |finding| match verdict {
            Verdict::Eligible => false,
            Verdict::NotEligible => finding.standing == Standing::Fails,
            Verdict::Undetermined => finding.standing == Standing::Missing,
        })
    }
}
