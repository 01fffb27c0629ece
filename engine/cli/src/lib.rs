//! `riparto`: the command line. It reads arguments, asks the core, writes the answer.

mod args;
mod commands;
mod embedded;
mod exit;
mod help;
mod host;
mod output;
mod render;
mod world;

use std::process::ExitCode;

use args::{Cli, Command, Common, PluginCommand};
use exit::Failure;
use host::Host;

/// Runs the command that the program was called with, and gives its exit code.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(code) = commands::plugin::serve(&arguments) {
        return ExitCode::from(code);
    }
    let cli = match help::parse(arguments) {
        Ok(cli) => cli,
        Err(code) => return ExitCode::from(code),
    };
    let common = cli.common.clone();
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err((failure, host)) => fail(failure, host.as_ref(), &common),
    }
}

fn dispatch(cli: Cli) -> Result<(), (Failure, Option<Host>)> {
    let mut host = Host::open(&cli.common).map_err(|failure| (failure, None))?;
    let done = match &cli.command {
        Command::List => commands::list::list(&host),
        Command::Check(args) => commands::check::check(&mut host, args),
        Command::Run(args) => commands::run::run(&host, args),
        Command::Explain(args) => commands::explain::explain(&host, args),
        Command::Test(args) => commands::test::test(&host, args),
        Command::Deadlines(args) => commands::deadlines::deadlines(&host, args),
        Command::Diff(args) => commands::diff::diff(&host, args),
        Command::Simulate(args) => commands::simulate::simulate(&host, args),
        Command::Split(args) => commands::split::split(&host, args),
        Command::Term(args) => commands::term::term(&host, args),
        Command::Calendar(args) => commands::calendar::calendar(&host, args),
        Command::Schema(args) => commands::schema::schema(&host, args),
        Command::New(args) => commands::new::new(&host, &args.what),
        Command::Plugin(args) => match &args.what {
            PluginCommand::List { region } => commands::plugin::list(&host, region.as_deref()),
            PluginCommand::Check { region } => commands::plugin::check(&host, region.as_deref()),
            PluginCommand::Lock { region, files } => commands::plugin::lock(&host, region, files),
        },
    };
    done.map_err(|failure| (failure, Some(host)))
}

/// Says what went wrong, where the command has not said it yet.
fn fail(failure: Failure, host: Option<&Host>, common: &Common) -> ExitCode {
    let code = failure.code();
    let told = match failure {
        Failure::Unable(diagnostic) => vec![*diagnostic],
        Failure::Refused(faults) => faults.into_sorted(),
        Failure::RefusedAlready(_) | Failure::Differs => return ExitCode::from(code),
    };
    match output::report(&told, host, common.format, common.lang.into()) {
        Ok(()) => ExitCode::from(code),
        Err(_) => ExitCode::from(1),
    }
}
