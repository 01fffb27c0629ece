//! The command line as types; its words, in both languages, are in `help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use riparto_core::diag::Lang;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "riparto", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    #[arg(long, global = true, value_enum, default_value_t = LangArg::It)]
    pub lang: LangArg,
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    It,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::It => Self::It,
            LangArg::En => Self::En,
        }
    }
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Csv,
    Ics,
}

impl Format {
    /// Gives the word that `--format` takes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Ics => "ics",
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(visible_alias = "elenca")]
    List,
    #[command(visible_alias = "controlla")]
    Check(CheckArgs),
    #[command(visible_alias = "calcola")]
    Run(RunArgs),
    #[command(visible_alias = "spiega")]
    Explain(ExplainArgs),
    #[command(visible_alias = "prova")]
    Test(TestArgs),
    #[command(visible_alias = "scadenze")]
    Deadlines(DeadlinesArgs),
    #[command(visible_alias = "confronta")]
    Diff(DiffArgs),
    #[command(visible_alias = "simula")]
    Simulate(SimulateArgs),
    Split(SplitArgs),
    Term(TermArgs),
    Calendar(CalendarArgs),
    Schema(SchemaArgs),
    #[command(visible_alias = "nuovo")]
    New(NewArgs),
    Plugin(PluginArgs),
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[arg(value_name = "PACK")]
    pub packs: Vec<String>,
    #[arg(long)]
    pub watch: bool,
}

/// Facts and values for one run.
#[derive(Debug, Clone, Args)]
pub struct Inputs {
    #[arg(long, value_name = "DIR|FILE")]
    pub data: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[arg(long = "fund", value_name = "ID=AMOUNT")]
    pub funds: Vec<String>,
    #[arg(long = "set", value_name = "PARAM=VALUE")]
    pub params: Vec<String>,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    #[arg(value_name = "PACK")]
    pub pack: String,
    #[command(flatten)]
    pub inputs: Inputs,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "REGISTER")]
    pub unmasked: Vec<String>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    #[arg(value_name = "PACK")]
    pub pack: String,
    #[arg(value_name = "SUBJECT")]
    pub subject: String,
    #[arg(long, value_name = "M")]
    pub measure: Option<String>,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    #[arg(value_name = "PACK")]
    pub pack: Option<String>,
}

/// Arguments of `deadlines`.
#[derive(Debug, Args)]
pub struct DeadlinesArgs {
    #[arg(value_name = "PACK")]
    pub pack: String,
    #[command(flatten)]
    pub when: When,
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<String>,
}

/// The days of events.
#[derive(Debug, Args)]
pub struct When {
    #[arg(long = "event", value_name = "NAME=DATE")]
    pub events: Vec<String>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    #[arg(value_name = "A")]
    pub before: String,
    #[arg(value_name = "B")]
    pub after: String,
    #[arg(long, value_name = "DIR")]
    pub before_root: Option<PathBuf>,
    #[arg(long, value_name = "DIR|FILE")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub when: When,
}

/// Arguments of `simulate`.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    #[arg(value_name = "PACK")]
    pub pack: String,
    #[arg(long = "vary", value_name = "PARAM=LO..HI/STEP", required = true)]
    pub varies: Vec<String>,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Arguments of `split`.
#[derive(Debug, Args)]
pub struct SplitArgs {
    #[arg(value_name = "AMOUNT", allow_negative_numbers = true)]
    pub amount: String,
    #[arg(long, value_name = "W1,W2,…", allow_hyphen_values = true)]
    pub weights: String,
    #[arg(long, value_name = "K1,…")]
    pub keys: Option<String>,
    #[arg(long, default_value = "largest-remainder", value_parser = ["largest-remainder", "unit-value", "each-rounded", "floor"])]
    pub method: String,
    #[arg(
        long,
        value_name = "STEP",
        default_value = "0.01",
        allow_hyphen_values = true
    )]
    pub step: String,
    #[arg(long, default_value = "half-up", value_parser = ["half-up", "half-even", "half-down", "up", "down", "ceiling", "floor"])]
    pub round: String,
    #[arg(long, value_name = "M1,…|M", allow_hyphen_values = true)]
    pub min: Option<String>,
    #[arg(long, value_name = "X1,…|X", allow_hyphen_values = true)]
    pub max: Option<String>,
    #[arg(long, default_value = "stop", value_parser = ["stop", "first", "last"])]
    pub ties: String,
    #[arg(long, value_name = "W", allow_hyphen_values = true)]
    pub total_weight: Option<String>,
}

/// Arguments of `term`.
#[derive(Debug, Args)]
pub struct TermArgs {
    #[arg(long = "from", value_name = "DATE", allow_hyphen_values = true)]
    pub from_date: String,
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub days: Option<String>,
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub months: Option<String>,
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub years: Option<String>,
    #[arg(long)]
    pub back: bool,
    #[arg(long)]
    pub free_days: bool,
    #[arg(long, value_name = "REGIME", default_value = "procedimento")]
    pub regime: String,
    #[arg(long, value_parser = ["august", "none"])]
    pub suspension: Option<String>,
    #[arg(long, value_parser = ["holiday", "working"])]
    pub saturday: Option<String>,
    #[arg(long, value_name = "CATASTALE")]
    pub municipality: Option<String>,
}

/// Arguments of `calendar`.
#[derive(Debug, Args)]
pub struct CalendarArgs {
    #[arg(value_name = "YEAR", allow_negative_numbers = true)]
    pub year: String,
    #[arg(long, value_name = "CATASTALE")]
    pub municipality: Option<String>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    #[arg(value_parser = ["measure", "pack", "region", "case", "holidays", "suspension", "regimes", "words"], default_value = "measure")]
    pub file: String,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    #[command(subcommand)]
    pub what: New,
}

/// What can be begun.
#[derive(Debug, Subcommand)]
pub enum New {
    #[command(visible_alias = "anno")]
    Year(NewYearArgs),
    #[command(visible_alias = "regione")]
    Region(NewRegionArgs),
    Plugin {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// Arguments of `new year`.
#[derive(Debug, Args)]
pub struct NewYearArgs {
    #[arg(value_name = "PACK")]
    pub pack: String,
    #[arg(value_name = "YEAR")]
    pub year: Option<String>,
    #[arg(long, value_name = "PACK")]
    pub from: Option<String>,
}

/// Arguments of `new region`.
#[derive(Debug, Args)]
pub struct NewRegionArgs {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "NN")]
    pub istat: String,
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    #[arg(long = "year", value_name = "YEAR")]
    pub first_year: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    pub amount: Option<String>,
}

/// Arguments of `plugin`.
#[derive(Debug, Args)]
pub struct PluginArgs {
    #[command(subcommand)]
    pub what: PluginCommand,
}

/// What can be done with plugins.
#[derive(Debug, Subcommand)]
pub enum PluginCommand {
    List {
        #[arg(value_name = "REGION")]
        region: Option<String>,
    },
    Check {
        #[arg(value_name = "REGION")]
        region: Option<String>,
    },
    Lock {
        #[arg(value_name = "REGION")]
        region: String,
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}
