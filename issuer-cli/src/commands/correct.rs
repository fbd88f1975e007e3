//! `issuer correct`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::later_edition::LaterEditions;
use crate::life::Purpose;

/// Documents to correct.
#[derive(Args)]
#[command(after_help = "Example:
  issuer correct corrected.csv --profile bac.toml --key bac-2026.key --old diplomas --decision \"Decision 12/2026\" \\
    --list-key lists.key --trust trust.sceau --out corrections

The list has the corrected rows, in the form that the profile says. Each new document names the one that it replaces,
the decision and its edition; the old one counts as replaced by the pack corrections/trust.sceau, which is for all
verifiers. If one row is at fault nothing is sealed (exit status 1). A run that was stopped goes on when the same
command is given again, and ends with the same bytes.
If the key of the old documents is closed, seal with another one of the office.")]
pub struct Correct {
    #[command(flatten)]
    editions: LaterEditions,
}

impl Correct {
    pub(super) fn run(self) -> Result<ExitCode> {
        self.editions.run(Purpose::Correct)
    }
}
