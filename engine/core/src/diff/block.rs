//! A block of a measure, as the values that it sets: what two packs are compared by.

use crate::diag::Text;
use crate::num::Ratio;
use crate::rules::{Source, Typed};
use crate::say;
use crate::words;

/// A word for a kind of block, as a sentence uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// As rule files and programs call it.
    pub key: &'static str,
    /// In Italian, with its article.
    pub it: &'static str,
    /// Whether the Italian word is feminine.
    pub feminine: bool,
    /// In English, without an article.
    pub en: &'static str,
}

/// A block of a measure, or a part of one that has a source of its own.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its name; a part bears that of its block first: `ambito.comuni`.
    pub id: String,
    /// Whether the name was chosen by whoever wrote the rule, rather than by its place in a list.
    pub named: bool,
    /// The block that it is a part of.
    pub of: Option<Whole>,
    /// What a reader calls it.
    pub label: Text,
    /// What a reader should know.
    pub note: Option<String>,
    /// The act that says it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What it sets, the most telling first.
    pub values: Vec<Value>,
}

/// The block that another is a part of.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
}

/// One value that a block sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// As programs call it.
    pub what: &'static str,
    /// What a reader calls it, with its article; none where it is the block's one value.
    pub name: Option<Text>,
    /// The value that two packs are compared by, as programs read it.
    pub plain: String,
    /// The value as a reader sees it.
    pub said: Text,
    /// How it is told in a list of all that the block sets, where not by its name.
    pub told: Option<Text>,
}

impl Block {
    /// Begins a block that a rule file names.
    pub fn new(kind: Kind, id: &str, label: &Text, source: &Source) -> Self {
        Self {
            note: source.note.clone(),
            act: source.cited(),
            assumption: source.assumption,
            ..Self::bare(kind, id, label)
        }
    }

    /// Begins a block that has no source.
    pub fn bare(kind: Kind, id: &str, label: &Text) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            named: true,
            of: None,
            label: label.clone(),
            note: None,
            act: None,
            assumption: false,
            values: Vec::new(),
        }
    }

    /// Makes it a named part of another.
    pub fn part_of(mut self, whole: &Self) -> Self {
        self.id = format!("{}.{}", whole.id, self.id);
        self.of = Some(Whole {
            kind: whole.kind,
            id: whole.id.clone(),
            label: whole.label.clone(),
        });
        self
    }

    /// Makes it a part of another that its place in a list tells apart.
    pub fn nth_of(mut self, whole: &Self, at: usize) -> Self {
        self.id = (at + 1).to_string();
        self.named = false;
        self.part_of(whole)
    }

    /// Adds what the block is there to say.
    pub fn says(mut self, what: &'static str, plain: impl ToString, said: Text) -> Self {
        self.values.push(Value {
            what,
            name: None,
            plain: plain.to_string(),
            said,
            told: None,
        });
        self
    }

    /// Adds a value with a name, `il metodo`.
    pub fn sets(
        mut self,
        what: &'static str,
        name: Text,
        plain: impl ToString,
        said: Text,
    ) -> Self {
        self.values.push(Value {
            what,
            name: Some(name),
            plain: plain.to_string(),
            said,
            told: None,
        });
        self
    }

    /// Tells the value added last in other words, where all that the block sets is listed.
    pub fn told(mut self, told: Text) -> Self {
        if let Some(last) = self.values.last_mut() {
            last.told = Some(told);
        }
        self
    }

    /// Adds a text, in the words of the source.
    pub fn text(self, what: &'static str, name: Text, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.sets(what, name, text, Text::same(format!("«{text}»"))),
            None => self,
        }
    }

    /// Tells the value added last without its name, where all that the block sets is listed.
    pub fn bare_told(mut self) -> Self {
        if let Some(last) = self.values.last_mut() {
            last.told = Some(last.said.clone());
        }
        self
    }

    /// Adds a formula that the block is there to say.
    pub fn formula(self, what: &'static str, formula: Option<&Typed>) -> Self {
        let name = say!("la formula", "the formula");
        match formula {
            Some(formula) => self
                .sets(what, name, &formula.text, code(&formula.text))
                .bare_told(),
            None => self,
        }
    }

    /// Adds a formula that bounds or orders what the block says.
    pub fn by_formula(self, what: &'static str, name: Text, formula: Option<&Typed>) -> Self {
        match formula {
            Some(formula) => self.sets(what, name, &formula.text, code(&formula.text)),
            None => self,
        }
    }

    /// Adds names of rule files, each with what a reader calls it, in their order.
    pub fn list(
        self,
        what: &'static str,
        name: Text,
        names: impl IntoIterator<Item = (String, Text)>,
    ) -> Self {
        let (plain, said): (Vec<String>, Vec<Text>) = names.into_iter().unzip();
        match plain.is_empty() {
            true => self,
            false => self.sets(what, name, plain.join(", "), words::listed(&said)),
        }
    }

    /// Adds words of the source, in their order.
    pub fn words<'n>(
        self,
        what: &'static str,
        name: Text,
        words: impl IntoIterator<Item = &'n String>,
    ) -> Self {
        let words = words.into_iter();
        let words = words.map(|word| (word.clone(), Text::same(format!("«{word}»"))));
        self.list(what, name, words)
    }

    /// Adds that something holds, where it does; `told` says so of the block.
    pub fn holds(self, what: &'static str, name: Text, told: Text, holds: bool) -> Self {
        match holds {
            true => self.sets(what, name, true, say!("sì", "yes")).told(told),
            false => self,
        }
    }

    /// Adds a fraction of one.
    pub fn share(self, what: &'static str, name: Text, fraction: &Ratio) -> Self {
        self.sets(what, name, fraction, words::percent(fraction))
    }

    /// Gives what tells it from other blocks of its measure.
    pub fn key(&self) -> (Kind, &str) {
        (self.kind, &self.id)
    }

    /// Gives what tells the block that it is a part of from others.
    pub fn whole(&self) -> Option<(Kind, &str)> {
        self.of
            .as_ref()
            .map(|whole| (whole.kind, whole.id.as_str()))
    }

    /// Gives what stands behind it: the act, and whether it is an assumption.
    pub fn source(&self) -> (Option<&str>, bool) {
        (self.act.as_deref(), self.assumption)
    }

    /// Gives the value of that name.
    pub fn value(&self, what: &str) -> Option<&Value> {
        self.values.iter().find(|value| value.what == what)
    }
}

/// Writes a word of rule files.
pub(super) fn code(word: &str) -> Text {
    Text::same(format!("`{word}`"))
}

/// Puts a text in the quotation marks of each language.
pub(super) fn quoted(text: &Text) -> Text {
    say!("«{text}»", "“{text}”"; text = text.clone())
}
