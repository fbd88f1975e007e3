//! `issuer audit`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::trust::{public_key, read_pack};
use super::{now, open_ledger, print, printable, progress, say};
use crate::audit::{self, Audited, Finding};
use crate::keys::public_path;
use crate::refused::open_pack;

/// Folders to audit.
#[derive(Args)]
#[command(after_help = "Example:
  issuer audit diplomas transcripts --trust trust-2.sceau --minutes minutes/minutes-4.sceau-minutes

Give every folder, key and set of minutes of the session: what is in none of them is a finding. Proves that each
signature holds within its key's scope and window, that each document says what the minutes say, that nobody has two,
that everybody admitted has one, and that manifests, registers, their heads, status lists and histories agree.
Where a correction departs from the minutes by its decision, a note says so. No key is opened.
Exit status: 0 all agree; 1 findings; 2 could not be audited.")]
pub struct Audit {
    /// Folders that `issuer issue`, `correct` and `duplicate` made
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// The trust pack that verifiers load
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// Key whose documents are audited; its public half stands beside it, it is not opened [default: every key that has sealed
    /// anything here]
    #[arg(long, value_name = "KEY", num_args = 1..)]
    key: Vec<PathBuf>,
    /// Sealed minutes, their lines beside them
    #[arg(long, value_name = "FILE", num_args = 1..)]
    minutes: Vec<PathBuf>,
    /// Numbers of candidates whose documents are withheld, one a line
    #[arg(long, value_name = "FILE")]
    withheld: Option<PathBuf>,
    /// Prints each finding as one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(super) fn run(self) -> Result<ExitCode> {
        let ledger = open_ledger(self.key.first().map(PathBuf::as_path))?;
        let keys = if self.key.is_empty() {
            ledger.sealing_keys()?
        } else {
            self.key.iter().map(|key| public_key(&public_path(key))).collect::<Result<Vec<_>>>()?
        };
        let withheld = self.withheld.as_deref().map_or_else(|| Ok(HashSet::new()), numbers)?;
        let audit = audit::Audit {
            folders: &self.folders,
            pack: open_pack(&read_pack(&self.trust)?)?,
            ledger: &ledger,
            keys: &keys,
            minutes: &self.minutes,
            withheld: &withheld,
            now: now(),
        };
        let Audited { findings, departures, documents, admitted, open_keys } = audit.run(&progress("auditing"))?;
        for finding in &findings {
            print(&if self.json { serde_json::to_string(finding)? } else { printable(&words(finding)) })?;
        }
        departures.iter().for_each(|departure| say(&printable(&format!("note: {departure}"))));
        say(&format!("{documents} documents hold; the minutes given admit {admitted} candidates"));
        if self.minutes.is_empty() {
            say("note: no minutes were given, so nobody looked what the jury decided");
        }
        if open_keys > 0 {
            say(&format!(
                "note: {open_keys} of {} keys are not closed: no signed head fixes their registers",
                keys.len()
            ));
        }
        say(&format!("{} findings", findings.len()));
        Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn words(finding: &Finding) -> String {
    let line = finding.line.map_or_else(String::new, |line| format!(", line {line}"));
    format!("{}{line}: {} [{}]", finding.file, finding.message, finding.code.name())
}

fn numbers(path: &Path) -> Result<HashSet<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let numbers = text.lines().map(|line| line.trim_start_matches('\u{FEFF}').trim());
    Ok(numbers.filter(|number| !number.is_empty()).map(str::to_owned).collect())
}
