//! The `rules` command line: councils check cases against rule packs with it.

mod answer;
mod batch;
mod commands;
mod engine;
mod exact;
mod expectation;
mod failure;
mod findings;
mod packs;
mod record;
mod terminal;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// How a command ended. A fault (code 2) is a [`failure::Failure`] instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Everything was done and nothing is wrong: code 0.
    Done,
    /// Everything was done, and some of it needs a look (rejected rows, failed cases, faults in a pack): code 1.
    Findings,
}

/// Decides cases by rule packs, and says why.
///
/// A pack is a folder with a `pack.json` that says what the rules are and which law or report each rests on. A case is
/// what is known about one person, contract or report. The answer is a decision with its reasons or, where facts are
/// missing, what would settle it; a missing fact is never taken for a "no".
#[derive(Parser)]
#[command(
    name = "rules",
    version,
    after_help = "Exit codes: 0 done; 1 done, with findings (rejected rows, failed cases, faults in a pack); \
                  2 not done (wrong use, a pack that cannot be used, a file that cannot be read or written).\n\n\
                  Begin with:  rules check rule-packs/blue-light cases.csv --as-of 2026-04-01 --out decisions.ndjson"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(commands::check::Check),
    Decide(commands::decide::Decide),
    Feel(commands::feel::Feel),
    Lint(commands::lint::Lint),
    Test(commands::test::Test),
    Schema(commands::schema::Schema),
    Engine(commands::engine::Engine),
    Serve(commands::serve::Serve),
    Form(commands::form::Form),
    Verify(commands::verify::Verify),
}

fn main() -> ExitCode {
    let ending = match Arguments::parse().command {
        Command::Check(check) => check.run(),
        Command::Decide(decide) => decide.run(),
        Command::Feel(feel) => feel.run(),
        Command::Lint(lint) => lint.run(),
        Command::Test(test) => test.run(),
        Command::Schema(schema) => schema.run(),
        Command::Engine(engine) => engine.run(),
        Command::Serve(serve) => serve.run(),
        Command::Form(form) => form.run(),
        Command::Verify(verify) => verify.run(),
    };
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(failure) => {
            terminal::complain(&failure);
            ExitCode::from(2)
        }
    }
}
