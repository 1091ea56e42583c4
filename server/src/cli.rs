//! The command line: what is asked for, and the exit status that answers.

mod backup;
mod evaluate;
mod prices;
mod serve;
#[cfg(test)]
mod settings_table;
mod simulate;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ContextKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand};
use model::price::PriceBook;

use crate::config::Settings;
use crate::prices::overlaid;

/// Serverless or containers: what each will cost, how fast each will answer, where they break even
#[derive(Debug, Parser)]
#[command(name = "breakeven", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Copy the SQLite database into a new file, while it is served
    Backup(backup::Backup),
    /// Evaluate a system (JSON)
    Evaluate(evaluate::Evaluate),
    /// List the prices with their age
    Prices(prices::Prices),
    /// Simulate the traffic of a system (JSON), request by request
    Simulate(simulate::Simulate),
    /// Serve the pages and the API (the default)
    Serve(Serve),
}

#[derive(Args, Debug)]
struct Serve {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    book: Book,
}

/// Which prices to use.
#[derive(Args, Debug)]
struct Book {
    /// A folder of files like those of `model/data/prices`, whose entries win over the built-in ones; a
    /// file that cannot be read stops the start with status 2
    #[arg(long = "prices", value_name = "FOLDER", env = "BREAKEVEN_PRICES")]
    folder: Option<PathBuf>,
}

impl Book {
    fn open(&self) -> Result<PriceBook, Failure> {
        match &self.folder {
            None => Ok(PriceBook::embedded().clone()),
            Some(folder) => overlaid(folder).map_err(|error| Failure::BadInput(error.to_string())),
        }
    }
}

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// It was done as asked, and the result is a failure.
    #[error("{0}")]
    Failed(String),
    /// What was given cannot be used; names the field where there is one.
    #[error("{0}")]
    BadInput(String),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Failed(_) => ExitCode::FAILURE,
            Self::BadInput(_) => ExitCode::from(2),
        }
    }
}

/// Does what the command line asks. A command line that cannot be read ends with status 2.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|refused| refuse(&refused));
    let done = match arguments.command.unwrap_or(Command::Serve(arguments.serve)) {
        Command::Backup(backup) => backup.run(),
        Command::Evaluate(evaluate) => evaluate.run(),
        Command::Prices(prices) => prices.run(),
        Command::Serve(serve) => serve::run(serve),
        Command::Simulate(simulate) => simulate.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("breakeven: {failure}");
            failure.exit_code()
        }
    }
}

/// Says what is wrong, or helps, and ends. A bad value may have come by its variable, which clap does not name.
fn refuse(refused: &clap::Error) -> ! {
    let flag = refused
        .get(ContextKind::InvalidArg)
        .map(ToString::to_string);
    let mut command = Arguments::command();
    command.build();
    let setting = flag.and_then(|flag| {
        let mut all = command.get_arguments();
        all.find(|argument| argument.to_string() == flag)?.get_env()
    });
    if let Some(variable) = setting {
        eprintln!("breakeven: {} cannot be used", variable.to_string_lossy());
    }
    refused.exit()
}

/// Writes to standard output; a reader that has gone away is no failure.
fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Failed(error.to_string()))
        }
        _ => Ok(()),
    }
}
