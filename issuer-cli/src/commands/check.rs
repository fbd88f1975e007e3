//! `issuer check`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::list::{count, print_read, read_list, read_profile};
use super::say;
use crate::batch::{LinkCost, link_cost};
use crate::list::{Candidate, Severity};
use crate::profile::Profile;

/// A list to check.
#[derive(Args)]
#[command(after_help = "Example:
  issuer check candidates.csv --profile bac.toml > faults.txt

Needs no key and seals nothing. Says for each kind how many documents the list would make and, where the profile asks for
codes in the link form, what they cost in modules. Exit status: 0 no errors; 1 rows with errors.")]
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
        for kind in &profile.document.kinds {
            let made = checked.candidates.iter().filter(|of| profile.document.is_made_for(*kind, of.outcome)).count();
            say(&format!("{made} candidates without an error would get a document of the kind {}", kind.code()));
        }
        if let Some(candidate) = checked.candidates.iter().find(|candidate| candidate.is_admitted()) {
            say_link_cost(candidate, &profile)?;
        }
        let errors = count(&checked.faults, Severity::Error);
        Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// What the address in the codes costs, by the code of one candidate.
fn say_link_cost(candidate: &Candidate, profile: &Profile) -> Result<()> {
    if let Some(LinkCost { plain, link }) = link_cost(candidate, profile)? {
        let page = profile.print.link.as_deref().unwrap_or_default();
        say(&format!(
            "codes that lead to {page}: that of row {} is {link} modules wide, without the address {plain}",
            candidate.row
        ));
    }
    Ok(())
}
