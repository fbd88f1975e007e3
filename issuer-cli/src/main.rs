//! `issuer`: seals diplomas and transcripts from a candidates' list.

use std::process::ExitCode;

use clap::Parser;
use issuer::commands::Command;

/// Seals diplomas, transcripts and attestations, so that anyone can check the paper offline.
///
/// Nothing here ever uses a network. Start with `issuer demo`.
#[derive(Parser)]
#[command(name = "issuer", version, max_term_width = 100, after_help = EXAMPLE)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    Cli::parse().command.run()
}

const EXAMPLE: &str = "Example, a whole session on one machine:
  issuer init
  issuer key new root.key
  issuer key new lists.key
  issuer key new bac-2026.key
  issuer trust new --profile bac.toml --root root.key --list-key lists.key --key bac-2026.key.pub
  issuer check candidates.csv --profile bac.toml
  issuer issue candidates.csv --profile bac.toml --key bac-2026.key --out sealed

Exit status: 0 done; 1 the list has faults and nothing was sealed; 2 could not be done.";
