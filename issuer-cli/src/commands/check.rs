//! `issuer check`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::list::{count, print_read, read_list, read_profile};
use super::say;
use crate::list::Severity;

/// A list to check.
#[derive(Args)]
#[command(after_help = "Example:
  issuer check candidates.csv --profile bac.toml > faults.txt

Needs no key and seals nothing. Exit status: 0 no errors; 1 rows with errors.")]
pub struct Check {
    /// The candidates' list
    list: PathBuf,
    /// Profile that says how to read the list: a file, or benin, morocco or haiti
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Prints each fault as one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode> {
        let profile = read_profile(&self.profile)?;
        let checked = read_list(&self.list, &profile)?;
        print_read(&checked, self.json)?;
        let admitted = checked.candidates.iter().filter(|candidate| candidate.admitted).count();
        say(&format!("{admitted} admitted candidates without an error would get a document"));
        let errors = count(&checked.faults, Severity::Error);
        Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
