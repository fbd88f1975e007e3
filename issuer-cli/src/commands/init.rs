//! `issuer init`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::list::{profile_source, read_profile};
use super::{now, print, say};
use crate::ledger::Office;

/// The folder of an office.
#[derive(Args)]
#[command(after_help = "Example:
  issuer init bac-2026 --profile bac.toml
  cd bac-2026

Every other command finds the office from the current folder upwards. Its ledger, ledger.sqlite, holds all that the office ever
sealed and decided: keep it on one computer, and copies of it elsewhere. A rehearsal has a folder of its own.")]
pub struct Init {
    /// The folder; it is made if it is not there
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Profile of the office, copied into the folder as office.toml: a file, or benin, morocco or haiti
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(self) -> Result<ExitCode> {
        let profile =
            self.profile.as_deref().map(|path| read_profile(path).and_then(|_| profile_source(path))).transpose()?;
        let office = Office::init(&self.folder, profile.as_deref(), now())?;
        say("The ledger is begun. Next: make the office's keys in this folder with `issuer key new`.");
        print(&office.ledger().display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}
