//! `issuer duplicate`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::later_edition::LaterEditions;
use crate::life::Purpose;

/// Documents to seal again.
#[derive(Args)]
#[command(after_help = "Example:
  issuer duplicate lost.csv --profile bac.toml --key bac-2026.key --old diplomas --decision \"Request 31/2026\" \\
    --list-key lists.key --trust trust.sceau --out duplicates

The list has the rows as they were sealed, in the form that the profile says. Each new document names the one that it
stands for and its edition; the old one counts as replaced by the pack duplicates/trust.sceau, which is for all
verifiers, unless --keep-first is given. If one row is at fault nothing is sealed (exit status 1). A run that was
stopped goes on when the same command is given again, and ends with the same bytes.")]
pub struct Duplicate {
    #[command(flatten)]
    editions: LaterEditions,
    /// Leaves the old documents in force beside the duplicates
    #[arg(long)]
    keep_first: bool,
}

impl Duplicate {
    pub(super) fn run(self) -> Result<ExitCode> {
        self.editions.run(if self.keep_first { Purpose::DuplicateBeside } else { Purpose::Duplicate })
    }
}
