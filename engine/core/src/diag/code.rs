//! The stable codes of the diagnostics, each with what it means.
//!
//! A code is never reused and never renamed: scripts, editors and annexes quote it. The meaning
//! feeds the reference in `tests/bad/README.md`, which a test holds equal to this table.

use super::{Lang, Text};

macro_rules! codes {
    ($($variant:ident $name:literal $it:literal $en:literal)*) => {
        /// What kind of fault a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $variant,)*
        }

        impl Code {
            /// All the codes, in the order in which the reference lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Gives the name that is printed: lowercase words joined by hyphens.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Says in one sentence what the code means.
            pub fn meaning(self, lang: Lang) -> &'static str {
                let (it, en) = match self { $(Self::$variant => ($it, $en)),* };
                match lang { Lang::It => it, Lang::En => en }
            }
        }
    };
}

codes! {
    // The text of a rule file.
    TomlSyntax "toml-syntax"
        "il file non è TOML valido" "the file is not valid TOML"
    DuplicateKey "duplicate-key"
        "la stessa chiave è scritta due volte" "the same key is written twice"
    Encoding "encoding"
        "il file non è in UTF-8" "the file is not UTF-8"
    Bom "bom"
        "c'è un segno BOM dove non può stare" "there is a byte order mark where none can be"
    Mojibake "mojibake"
        "gli accenti sono stati guastati da una conversione di codifica"
        "accented letters were spoiled by a change of encoding"
    UnknownKey "unknown-key"
        "la chiave non fa parte di questo blocco" "the key is not part of this block"
    MissingKey "missing-key"
        "manca una chiave obbligatoria" "a required key is missing"
    WrongType "wrong-type"
        "il valore non è del tipo atteso" "the value is not of the expected type"
    MalformedValue "malformed-value"
        "il valore non si legge: percentuale, importo, data, nome"
        "the value cannot be read: percentage, amount, date, name"

    LocalTime "local-time"
        "quel giorno l'orologio italiano non segna quell'ora, o la segna due volte"
        "that day the Italian clock does not show that time, or shows it twice"

    // How the parts of a pack fit together.
    UnknownPack "unknown-pack"
        "non c'è un pacchetto con questo nome" "there is no pack of that name"
    MissingFile "missing-file"
        "manca un file che la cartella deve avere" "a file that the folder must have is missing"
    UnexpectedFile "unexpected-file"
        "c'è un file che nessuno legge" "there is a file that nobody reads"
    UnknownName "unknown-name"
        "il nome non è dichiarato" "the name is not declared"
    NothingToRemove "nothing-to-remove"
        "si toglie ciò che il pacchetto di partenza non ha"
        "what is removed is not in the pack it extends"
    MissingAct "missing-act"
        "un valore non dice da quale atto viene" "a value does not say which act it comes from"
    TypeMismatch "type-mismatch"
        "l'espressione dà un tipo diverso da quello atteso"
        "the expression gives another type than expected"
    UnitMismatch "unit-mismatch"
        "si sommano o si confrontano unità diverse" "different units are added or compared"
    SharesNot100 "shares-not-100"
        "le quote non fanno 100%" "the shares do not add up to 100%"
    Cycle "cycle"
        "le definizioni si rincorrono" "the definitions go round in a circle"
    BandGap "band-gap"
        "nessuna fascia comprende un valore che può esserci"
        "no band holds a value that there can be"
    BandOverlap "band-overlap"
        "due fasce comprendono lo stesso valore" "two bands hold the same value"
    InvalidRule "invalid-rule"
        "le parti della regola non stanno insieme" "the parts of the rule contradict each other"

    // Expressions and scripts.
    ExpressionSyntax "expression-syntax"
        "l'espressione non si legge" "the expression cannot be read"
    ScriptSyntax "script-syntax"
        "lo script non si legge" "the script cannot be read"
    ScriptForbidden "script-forbidden"
        "lo script usa qualcosa che una regola non può usare"
        "the script uses something that a rule may not use"
    UnknownFunction "unknown-function"
        "la funzione non esiste o ha altri argomenti"
        "the function does not exist or takes other arguments"
    ScriptError "script-error"
        "lo script si è fermato con un errore" "the script stopped with an error"
    ScriptLimit "script-limit"
        "lo script ha superato un limite" "the script went beyond a limit"

    // Tables of facts.
    MissingTable "missing-table"
        "manca una tabella di dati" "a table of facts is missing"
    UnknownColumn "unknown-column"
        "la colonna non è dichiarata" "the column is not declared"
    MissingColumn "missing-column"
        "manca una colonna dichiarata" "a declared column is missing"
    DuplicateColumn "duplicate-column"
        "la stessa colonna compare due volte" "the same column appears twice"
    MixedSeparators "mixed-separators"
        "virgola e punto e virgola si mescolano nello stesso file"
        "comma and semicolon are mixed in one file"
    FieldCount "field-count"
        "la riga ha più o meno celle dell'intestazione"
        "the row has more or fewer cells than the header"
    MixedDecimals "mixed-decimals"
        "punto e virgola decimale si mescolano nello stesso file"
        "decimal point and decimal comma are mixed in one file"
    AmbiguousNumber "ambiguous-number"
        "il numero si può leggere in due modi" "the number can be read in two ways"
    EmptyCell "empty-cell"
        "una cella obbligatoria è vuota" "a required cell is empty"
    MalformedCell "malformed-cell"
        "la cella non è del tipo dichiarato" "the cell is not of the declared type"
    IstatLeadingZero "istat-leading-zero"
        "il codice ISTAT ha perso lo zero iniziale" "the ISTAT code lost its leading zero"
    DuplicateRow "duplicate-row"
        "due righe hanno la stessa chiave" "two rows have the same key"
    UnknownReference "unknown-reference"
        "la cella rimanda a una riga che non c'è" "the cell refers to a row that is not there"
    UnknownComune "unknown-comune"
        "nel registro dei Comuni i codici o il nome della riga non stanno insieme"
        "in the register of Comuni the codes or the name of the row do not belong together"

    // Evaluation.
    MissingDatum "missing-datum"
        "manca un dato che la regola richiede" "a datum that the rule needs is missing"
    DivisionByZero "division-by-zero"
        "la regola divide per zero" "the rule divides by zero"
    CheckFailed "check-failed"
        "un controllo dichiarato dal pacchetto non è soddisfatto"
        "a check that the pack declares does not hold"
    NegativeWeight "negative-weight"
        "un peso è sotto zero" "a weight is below zero"
    ZeroWeights "zero-weights"
        "tutti i pesi sono zero" "all weights are zero"
    FractionalCount "fractional-count"
        "il valore unitario si moltiplica solo per un numero intero"
        "a unit value is multiplied by a whole number only"
    TotalWeight "total-weight"
        "il totale dei pesi è minore delle righe elencate"
        "the total weight is less than the rows listed"
    Tie "tie"
        "resti uguali si contendono l'ultimo passo" "equal remainders compete for the last step"
    Infeasible "infeasible"
        "minimi e massimi non possono valere insieme"
        "minimums and maximums cannot all hold"
    UnknownFund "unknown-fund"
        "l'importo del fondo non è noto e la regola lo richiede"
        "the amount of the fund is not known and the rule needs it"

    // What was asked on the command line.
    UnknownSubject "unknown-subject"
        "nessuna riga ha questo nome o codice" "no row has that name or code"
    UnknownEvent "unknown-event"
        "il pacchetto non ha un evento con questo nome" "the pack has no event of that name"
    BadArgument "bad-argument"
        "un argomento del comando non si legge" "an argument of the command cannot be read"
    Unreadable "unreadable"
        "un file o una cartella non si può leggere o scrivere"
        "a file or folder cannot be read or written"
    CaseFailed "case-failed"
        "un caso non dà il risultato atteso" "a case does not give the expected result"

    // Native plugins.
    PluginUnlisted "plugin-unlisted"
        "il plugin non è nel file di blocco della Regione"
        "the plugin is not in the Region's lock file"
    PluginMissing "plugin-missing"
        "manca il file di un plugin" "the file of a plugin is missing"
    PluginNotAFile "plugin-not-a-file"
        "al posto del plugin c'è una pipe o un dispositivo"
        "a pipe or a device stands where a plugin should be"
    PluginFolder "plugin-folder"
        "al posto del plugin c'è una cartella" "a folder stands where a plugin should be"
    PluginOutside "plugin-outside"
        "il plugin sta fuori dalla cartella dei plugin" "the plugin lies outside its folder"
    PluginAltered "plugin-altered"
        "il plugin non è quello bloccato" "the plugin is not the one that was locked"
    PluginFormat "plugin-format"
        "il file non è una libreria che si possa caricare"
        "the file is not a library that can be loaded"
    PluginNoEntry "plugin-no-entry"
        "il plugin non ha il simbolo da cui si entra" "the plugin lacks the symbol of its entry"
    PluginMachine "plugin-machine"
        "il plugin è fatto per un'altra macchina" "the plugin was built for another machine"
    PluginAbi "plugin-abi"
        "il plugin segue un altro contratto" "the plugin keeps another contract"
    PluginSignature "plugin-signature"
        "la firma del plugin non vale" "the signature of the plugin does not hold"
    PluginLock "plugin-lock"
        "il file di blocco non si legge" "the lock file cannot be read"
    PluginPanicked "plugin-panicked"
        "il plugin si è interrotto per un suo errore" "the plugin panicked"
    PluginCrashed "plugin-crashed"
        "il processo del plugin è finito durante una chiamata"
        "the process of the plugin ended during a call"
    PluginStack "plugin-stack"
        "il plugin ha esaurito la pila delle chiamate" "the plugin overflowed its stack"
    PluginMemory "plugin-memory"
        "il plugin ha chiesto più memoria del suo limite"
        "the plugin asked for more memory than its limit"
    PluginTimeout "plugin-timeout"
        "il plugin non ha risposto in tempo" "the plugin gave no answer in time"
    PluginAnswer "plugin-answer"
        "il plugin ha risposto fuori dal contratto" "the plugin answered outside the contract"
    PluginTruncated "plugin-truncated"
        "la risposta del plugin è troncata" "the answer of the plugin is cut short"
    PluginUnsteady "plugin-unsteady"
        "il plugin risponde in modi diversi alla stessa domanda"
        "the plugin answers the same question in different ways"
    PluginRefused "plugin-refused"
        "il plugin rifiuta ciò che ha ricevuto" "the plugin refuses what it was given"
}

impl Code {
    /// Whether it is a plugin that could not do its part, rather than a pack or data with an error.
    pub fn is_of_a_plugin(self) -> bool {
        self != Self::PluginRefused && self.as_str().starts_with("plugin-")
    }

    /// Gives the meaning in both languages.
    pub fn meaning_text(self) -> Text {
        Text {
            it: self.meaning(Lang::It).to_owned(),
            en: self.meaning(Lang::En).to_owned(),
        }
    }
}
