//! A sentence in both languages, and the choice between them.

use serde::{Deserialize, Serialize};

/// The language that a reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Italian, the default.
    #[default]
    It,
    /// English.
    En,
}

/// A sentence, or a part of one, in Italian and in English.
///
/// Both are written at the place where the sentence is born, with [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// The Italian sentence.
    pub it: String,
    /// The English sentence.
    pub en: String,
}

impl Text {
    /// Gives the sentence in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::It => &self.it,
            Lang::En => &self.en,
        }
    }

    /// Gives a text that reads the same in both languages: a name, a number.
    pub fn same(text: impl Into<String>) -> Self {
        let it = text.into();
        Self { en: it.clone(), it }
    }
}

/// Writes a [`Text`](crate::diag::Text): first the Italian sentence, then the English one.
///
/// Both take values in braces, as `format!` does. What reads differently in the two languages is a
/// [`Text`](crate::diag::Text) itself, named after a semicolon.
///
/// # Examples
/// ```
/// use riparto_core::{diag::Lang, say};
/// let name = "stato";
/// let text = say!("il fondo `{name}` non esiste", "there is no fund `{name}`");
/// assert_eq!(text.get(Lang::En), "there is no fund `stato`");
/// let text = say!("{what} è poco", "{what} is little"; what = say!("uno", "one"));
/// assert_eq!(text.get(Lang::En), "one is little");
/// ```
#[macro_export]
macro_rules! say {
    ($it:literal, $en:literal $(,)?) => {
        $crate::diag::Text { it: format!($it), en: format!($en) }
    };
    ($it:literal, $en:literal; $($name:ident = $text:expr),+ $(,)?) => {{
        $(let $name: $crate::diag::Text = $text;)+
        $crate::diag::Text {
            it: { $(let $name = $name.it.as_str();)+ format!($it) },
            en: { $(let $name = $name.en.as_str();)+ format!($en) },
        }
    }};
}
