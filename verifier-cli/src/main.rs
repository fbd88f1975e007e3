//! `verifier`: checks sealed diplomas and transcripts offline, under the trust packs that it is given.

mod basis;
mod batch;
mod clock;
mod decode;
mod hex;
mod isolation;
mod json;
mod judged;
mod kind;
mod language;
mod legalisation;
mod load;
mod safe;
mod store;
mod tally;
mod trouble;
mod trust;
mod verify;
mod worker;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

fn main() -> ExitCode {
    isolation::hush_isolated_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let run = match arguments.command {
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Trust(arguments) => trust::run(&arguments),
        Command::Decode => decode::run(),
    };
    run.unwrap_or_else(|error| stopped(&error)).into()
}

/// Checks sealed diplomas and transcripts, offline.
///
/// It answers from the trust packs and the store that you give it, and from nothing else: no network, no hidden files.
#[derive(Parser)]
#[command(name = "verifier", version, max_term_width = 100, after_help = EXAMPLE)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Verify(verify::Arguments),
    Batch(Box<batch::Arguments>),
    Trust(trust::Arguments),
    /// Reads codes for a parent process, under limits
    #[command(hide = true)]
    Decode,
}

/// Help goes to stdout; a mistake goes to stderr, without the control characters that a file name may have brought.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return if error.print().is_ok() { ExitCode::SUCCESS } else { COULD_NOT_JUDGE.into() };
    }
    for line in error.render().to_string().lines() {
        tell(&safe::escaped(line));
    }
    COULD_NOT_JUDGE.into()
}

/// The result could not be written. A reader that closed the pipe has seen enough, and is told nothing.
fn stopped(error: &io::Error) -> u8 {
    if error.kind() != ErrorKind::BrokenPipe {
        tell(&format!("verifier: the result could not be written: {error}"));
    }
    COULD_NOT_JUDGE
}

/// Writes one line of conversation to stderr; if nobody listens, that is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

const COULD_NOT_JUDGE: u8 = 2;

const EXAMPLE: &str = "\
Example:
  verifier trust show benin.sceau
  verifier verify --trust benin.sceau diploma.png
  verifier batch scans/ --trust benin.sceau --report checked.xlsx";
