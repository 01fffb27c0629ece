//! The words of the command line, in both languages: help pages and refusals of arguments.
//!
//! `args` says which arguments there are, this file says what they mean. A test holds that every
//! command and every argument has its words.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use riparto_core::diag::{Code, Diagnostic, Lang, Text};
use riparto_core::say;

use crate::args::{Cli, Format};
use crate::output;

/// Reads the command line; help, version and refusals are printed, and their exit code given.
pub fn parse(arguments: Vec<OsString>) -> Result<Cli, u8> {
    let lang = wanted(&arguments, "--lang")
        .filter(|lang| lang == "en")
        .map_or(Lang::It, |_| Lang::En);
    let format = wanted(&arguments, "--format").filter(|format| format == "json");
    let format = format.map_or(Format::Text, |_| Format::Json);
    // The name is the program's own, wherever it was called from.
    let command = localise(Cli::command(), "riparto", lang).bin_name("riparto");
    let matches = command.try_get_matches_from(arguments);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => Ok(cli),
        Err(error) => Err(answer(&error, lang, format)),
    }
}

/// The value of an option, before the command line is read.
fn wanted(arguments: &[OsString], option: &str) -> Option<String> {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let joined = format!("{option}=");
    let apart = texts.windows(2).find_map(|pair| match pair {
        [name, value] if *name == option => Some((*value).to_owned()),
        _ => None,
    });
    apart.or_else(|| {
        texts
            .iter()
            .find_map(|text| text.strip_prefix(&joined).map(str::to_owned))
    })
}

fn answer(error: &clap::Error, lang: Lang, format: Format) -> u8 {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let bare = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if asked || bare {
        let printed = output::print(&error.render().ansi().to_string());
        return if asked && printed.is_ok() { 0 } else { 2 };
    }
    let found = [refusal(error)];
    if output::report(&found, None, format, lang).is_err() {
        1
    } else {
        2
    }
}

fn refusal(error: &clap::Error) -> Diagnostic {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("`, `"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    // Of an option only the name, without the placeholder of its value.
    let argument = match argument.split_once(' ') {
        Some((name, _)) if name.starts_with("--") => name.to_owned(),
        _ => argument,
    };
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            say!(
                "`{argument}` non è un argomento di questo comando",
                "`{argument}` is not an argument of this command"
            )
        }
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand);
            say!(
                "non c'è un comando `{command}`",
                "there is no command `{command}`"
            )
        }
        ErrorKind::MissingRequiredArgument => {
            say!("manca `{argument}`", "`{argument}` is missing")
        }
        ErrorKind::MissingSubcommand => say!("manca il comando", "the command is missing"),
        ErrorKind::InvalidValue => {
            let value = context(ContextKind::InvalidValue);
            if value.is_empty() {
                say!("`{argument}` vuole un valore", "`{argument}` takes a value")
            } else {
                say!(
                    "`{value}` non va bene per `{argument}`",
                    "`{value}` will not do for `{argument}`"
                )
            }
        }
        ErrorKind::ArgumentConflict => {
            say!(
                "`{argument}` è dato più di una volta",
                "`{argument}` is given more than once"
            )
        }
        _ => say!(
            "gli argomenti non si leggono",
            "the arguments cannot be read"
        ),
    };
    Diagnostic::error(Code::BadArgument, message).help(remedy(error))
}

fn remedy(error: &clap::Error) -> Text {
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        let suggestion = match error.get(kind) {
            Some(ContextValue::String(text)) => Some(text.clone()),
            // The nearest comes last.
            Some(ContextValue::Strings(texts)) => texts.last().cloned(),
            _ => None,
        };
        if let Some(suggestion) = suggestion {
            return say!("forse `{suggestion}`?", "did you mean `{suggestion}`?");
        }
    }
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue) {
        let list = values
            .iter()
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(", ");
        return say!("si può dare: {list}", "what will do: {list}");
    }
    say!(
        "`riparto --help` dice come si usa",
        "`riparto --help` says how to use it"
    )
}

/// Gives a command its words in `lang`, and those below it.
fn localise(mut command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    if let Some(text) = about(path) {
        command = command.about(text.get(lang).to_owned());
    }
    let arguments: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for id in arguments {
        if let Some(text) = argument(&id) {
            command = command.mut_arg(&id, |arg| arg.help(text.get(lang).to_owned()));
        }
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for name in names {
        let below = format!("{path} {name}");
        command = command.mut_subcommand(&name, |sub| localise(sub, &below, lang));
    }
    if lang == Lang::It {
        command = command
            .help_template("{about}\n\nUso: {usage}\n\n{all-args}{after-help}")
            .subcommand_help_heading("Comandi")
            .disable_help_flag(true)
            .arg(
                clap::Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(clap::ArgAction::Help)
                    .help("Mostra queste righe"),
            );
        let ids: Vec<(String, bool)> = command
            .get_arguments()
            .map(|argument| (argument.get_id().to_string(), argument.is_positional()))
            .collect();
        for (id, positional) in ids {
            let heading = if positional { "Argomenti" } else { "Opzioni" };
            command = command.mut_arg(&id, |arg| values_in_italian(arg.help_heading(heading)));
        }
        if path == "riparto" {
            command = command.disable_version_flag(true).arg(
                clap::Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(clap::ArgAction::Version)
                    .help("Mostra la versione")
                    .help_heading("Opzioni"),
            );
        }
    }
    if path == "riparto" {
        command = command.after_help(exit_codes().get(lang).to_owned());
    }
    command
}

/// Says which values an argument takes in the place of clap, which says it in English only.
fn values_in_italian(arg: clap::Arg) -> clap::Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let possible = arg.get_possible_values();
    let possible: Vec<&str> = possible.iter().map(|value| value.get_name()).collect();
    if !possible.is_empty() {
        help.push_str(&format!(" [valori: {}]", possible.join(", ")));
    }
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        help.push_str(&format!(" [se non detto: {}]", defaults.join(", ")));
    }
    arg.help(help)
        .hide_possible_values(true)
        .hide_default_value(true)
}

fn exit_codes() -> Text {
    say!(
        "Codici d'uscita: 0 fatto · 1 non si è potuto eseguire · 2 il pacchetto o i dati hanno errori · 3 un confronto non riesce",
        "Exit codes: 0 done · 1 could not run · 2 the pack or the data has errors · 3 a comparison failed"
    )
}

fn about(path: &str) -> Option<Text> {
    Some(match path {
        "riparto" => say!(
            "Chi riceve i fondi per l'educazione da zero a sei anni, quanto, e perché",
            "Who gets the funds for early education, how much, and why"
        ),
        "riparto list" => say!(
            "Elenca i pacchetti: anno, stato, atto principale",
            "List the packs: year, status, main act"
        ),
        "riparto check" => say!(
            "Trova tutti gli errori di pacchetti, dati e casi",
            "Find every fault of packs, facts and cases"
        ),
        "riparto run" => say!(
            "Calcola un pacchetto sui suoi dati",
            "Run a pack on its facts"
        ),
        "riparto explain" => say!(
            "Spiega quanto riceve un soggetto, passo per passo con gli atti",
            "Explain what a subject receives, step by step with the acts"
        ),
        "riparto test" => say!("Prova i casi dei pacchetti", "Try the cases of the packs"),
        "riparto deadlines" => say!(
            "Elenca finestre e termini di un pacchetto, con lo stato a un istante",
            "List the windows and terms of a pack, with their state at an instant"
        ),
        "riparto diff" => say!(
            "Dice quali regole, scadenze e importi cambiano da un pacchetto all'altro, o dopo una modifica",
            "Say which rules, deadlines and amounts change from one pack to another, or after an edit"
        ),
        "riparto simulate" => say!(
            "Dice chi guadagna e chi perde se dei parametri prendono altri valori",
            "Say who gains and who loses when parameters take other values"
        ),
        "riparto split" => say!(
            "Ripartisce un importo secondo dei pesi, al centesimo",
            "Split an amount by weights, to the cent"
        ),
        "riparto term" => say!(
            "Calcola quando scade un termine, passo per passo con gli atti",
            "Compute when a term ends, step by step with the acts"
        ),
        "riparto calendar" => say!(
            "Elenca i giorni festivi di un anno, con la norma di ciascuno",
            "List the holidays of a year, each with its law"
        ),
        "riparto schema" => say!(
            "Mostra lo schema JSON dei file di regole",
            "Print the JSON Schema of rule files"
        ),
        "riparto new" => say!("Comincia qualcosa di nuovo", "Begin something new"),
        "riparto new year" => say!(
            "Comincia l'anno nuovo di una Regione a partire da uno precedente",
            "Begin a Region's new year from an earlier one"
        ),
        "riparto new plugin" => say!(
            "Comincia un plugin: un crate che si compila, si prova e fa una cosa utile",
            "Begin a plugin: a crate that builds, tests itself and does one useful thing"
        ),
        "riparto plugin" => say!(
            "I plugin delle Regioni: quali possono girare",
            "The plugins of the Regions: which may run"
        ),
        "riparto plugin list" => say!(
            "Elenca i plugin bloccati, senza eseguirli",
            "List the plugins that are locked, without running them"
        ),
        "riparto plugin check" => say!(
            "Avvia i plugin e prova che rispettino il contratto",
            "Start the plugins and try whether they keep the contract"
        ),
        "riparto plugin lock" => say!(
            "Mette delle librerie fra i plugin di una Regione e ne blocca i byte",
            "Put libraries among the plugins of a Region and lock their bytes"
        ),
        "riparto new region" => say!(
            "Comincia una Regione: un primo anno di esempio che si controlla e si calcola",
            "Begin a Region: a first year, an example that checks and runs"
        ),
        _ => return None,
    })
}

fn argument(id: &str) -> Option<Text> {
    Some(match id {
        "lang" => say!("La lingua delle risposte", "The language of answers"),
        "format" => say!(
            "Il formato delle risposte; `csv` solo per `run` e `simulate`, `ics` solo per `deadlines`",
            "The format of answers; `csv` for `run` and `simulate` only, `ics` for `deadlines` only"
        ),
        "root" => say!(
            "La cartella che contiene `rules/` e `regions/`; altrimenti si cerca risalendo, poi nel programma",
            "The folder that holds `rules/` and `regions/`; else found upward, else those in the program"
        ),
        "packs" => say!(
            "I pacchetti; tutti se non se ne nomina nessuno",
            "The packs; all of them unless some are named"
        ),
        "pack" => say!(
            "Il pacchetto: Regione e anno, come `regione/2024`",
            "The pack: Region and year, such as `regione/2024`"
        ),
        "watch" => say!(
            "Ricontrolla a ogni modifica dei file",
            "Check again whenever a file changes"
        ),
        "data" => say!(
            "I dati: una cartella di CSV, o un CSV; altrimenti quelli del pacchetto",
            "The facts: a folder of CSV files, or one; else the pack's own"
        ),
        "as_of" => say!(
            "La data a cui si leggono le regole; altrimenti quella del pacchetto",
            "The day as of which rules are read; else the pack's own"
        ),
        "before" => say!("Il pacchetto di prima", "The pack before"),
        "after" => say!("Il pacchetto di dopo", "The pack after"),
        "before_root" => say!(
            "La cartella da cui leggere A: le stesse regole prima di una modifica",
            "The folder to read A from: the same rules before a change"
        ),
        "events" => say!(
            "Il giorno di un evento da cui decorrono dei termini, anno-mese-giorno",
            "The day of an event that terms run from, year-month-day"
        ),
        "at" => say!(
            "L'istante a cui dire lo stato, in ora italiana o con lo scarto: `2026-05-18T12:00:00`",
            "The instant to give states at, in Italian time or with an offset: `2026-05-18T12:00:00`"
        ),
        "funds" => say!(
            "L'importo di un fondo per questa esecuzione",
            "The amount of a fund for this run"
        ),
        "params" => say!(
            "Il valore di un parametro per questa esecuzione",
            "The value of a parameter for this run"
        ),
        "varies" => say!(
            "Un parametro e i suoi valori: `quota=90%..96%/1%` o `quota=90%,95%`; più d'uno fa una griglia",
            "A parameter and its values: `quota=90%..96%/1%` or `quota=90%,95%`; several make a grid"
        ),
        "out" => say!(
            "Una cartella nuova in cui scrivere i risultati",
            "A new folder to write the results into"
        ),
        "unmasked" => say!(
            "Un elenco da scrivere in `--out` con i dati personali per intero, leggibile solo da chi lo scrive",
            "A list to write into `--out` with its personal data in full, for its owner's eyes only"
        ),
        "subject" => say!(
            "Di chi si parla: nome, codice ISTAT o catastale",
            "Whom it is about: name, ISTAT or cadastral code"
        ),
        "measure" => say!(
            "Una sola misura del pacchetto",
            "One measure of the pack only"
        ),
        "amount" => say!(
            "L'importo da ripartire, in euro",
            "The amount to split, in euro"
        ),
        "weights" => say!(
            "I pesi, separati da virgole: decimali non sotto zero",
            "The weights, by commas: decimals not below zero"
        ),
        "keys" => say!(
            "I nomi delle righe, nell'ordine dei pesi",
            "The names of the rows, in the order of the weights"
        ),
        "method" => say!(
            "Come dalle quote si arriva agli importi",
            "How amounts come out of quotas"
        ),
        "step" => say!(
            "Il passo di cui gli importi sono multipli",
            "The step that amounts are multiples of"
        ),
        "round" => say!("Il modo dell'arrotondamento", "The mode of rounding"),
        "min" => say!(
            "Il minimo: uno per tutti, o uno per peso",
            "The minimum: one for all, or one a weight"
        ),
        "max" => say!(
            "Il massimo: uno per tutti, o uno per peso",
            "The maximum: one for all, or one a weight"
        ),
        "ties" => say!(
            "Chi vince a parità di resto: nessuno, il primo, l'ultimo",
            "Who wins among equal remainders: nobody, the first, the last"
        ),
        "total_weight" => say!(
            "Il peso di tutti, se le righe sono solo una parte",
            "The weight of the whole, where the rows are a part of it"
        ),
        "from_date" => say!(
            "Il giorno dell'evento, che non si conta: `2024-06-14`",
            "The day of the event, which is not counted: `2024-06-14`"
        ),
        "days" => say!("Quanti giorni", "How many days"),
        "months" => say!("Quanti mesi", "How many months"),
        "years" => say!("Quanti anni", "How many years"),
        "back" => say!(
            "A ritroso: si conta e ci si sposta all'indietro",
            "Backwards, in counting and in moving"
        ),
        "free_days" => say!(
            "Giorni liberi: anche l'ultimo giorno resta fuori",
            "Free days: the last day is left out too"
        ),
        "regime" => say!(
            "Le regole: `procedimento`, `tar`, `straordinario`, `sostanziale`, `incarico`, `civile`, `civile-a-ritroso`, `cpa-a-ritroso`, `ue-1182-71`",
            "The rules: `procedimento`, `tar`, `straordinario`, `sostanziale`, `incarico`, `civile`, `civile-a-ritroso`, `cpa-a-ritroso`, `ue-1182-71`"
        ),
        "suspension" => say!(
            "La sospensione feriale, o nessuna; altrimenti come dice il regime",
            "The summer suspension, or none; else as the regime says"
        ),
        "saturday" => say!(
            "Il sabato come festivo o come giorno qualsiasi; altrimenti come dice il regime",
            "Saturday as a holiday or as any day; else as the regime says"
        ),
        "municipality" => say!(
            "Il Comune di cui conta anche la festività propria, per codice catastale: `H501` è Roma",
            "The municipality whose own holiday counts too, by cadastral code: `H501` is Roma"
        ),
        "year" => say!("L'anno", "The year"),
        "name" => say!(
            "Il nome della cartella: lettere minuscole, con trattini fra le parole",
            "The name of the folder: small letters, with hyphens between words"
        ),
        "first_year" => say!(
            "L'anno da cui cominciare; altrimenti l'ultimo che una Regione ha",
            "The year to begin with; else the latest that any Region has"
        ),
        "istat" => say!(
            "Il codice ISTAT della Regione, due cifre",
            "The ISTAT code of the Region, two digits"
        ),
        "label" => say!(
            "Il nome da mostrare; altrimenti quello della cartella",
            "The name to show; else that of the folder"
        ),
        "file" => say!("Di quale file", "Of which file"),
        "from" => say!(
            "Il pacchetto da cui partire; altrimenti l'ultimo della Regione",
            "The pack to start from; else the Region's latest"
        ),
        "region" => say!(
            "La Regione: una cartella di `regions/`",
            "The Region: a folder of `regions/`"
        ),
        "files" => say!(
            "Librerie da mettere nella cartella dei plugin",
            "Libraries to put into the folder of plugins"
        ),
        "help" => say!("Mostra queste righe", "Print help"),
        "version" => say!("Mostra la versione", "Print version"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wordless(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        if about(path).is_none() {
            found.push(path.to_owned());
        }
        for arg in command.get_arguments() {
            if argument(arg.get_id().as_str()).is_none() {
                found.push(format!("{path} {}", arg.get_id()));
            }
        }
        for below in command.get_subcommands() {
            wordless(below, &format!("{path} {}", below.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_words() {
        let mut found = Vec::new();
        wordless(&Cli::command(), "riparto", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_command_line_is_well_formed_in_both_languages() {
        for lang in [Lang::It, Lang::En] {
            localise(Cli::command(), "riparto", lang).debug_assert();
        }
    }
}
