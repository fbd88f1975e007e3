//! What `issuer correct` and `issuer duplicate` have in common.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Args;
use credential_core::Pack;
use credential_core::document::{Edition, Serial, Text, World};
use credential_core::lists::PublicKey;
use credential_core::time::rfc3339;

use super::issue::{KindName, Making};
use super::list::{count, print_faults, print_read, read_list, read_profile};
use super::status::read_csv;
use super::trust::read_pack;
use super::{PassphraseSource, now_after, open_key, open_keys, open_ledger, print, progress, say};
use crate::batch::{Batch, Summary, entry_of};
use crate::ledger::Ledger;
use crate::life::{LaterEdition, Purpose, Revise, Revised, check_clerks_named, parse_serial};
use crate::list::Severity;
use crate::refused::open_pack;

/// Later editions to seal.
#[derive(Args)]
pub(super) struct LaterEditions {
    /// The list of the rows to seal
    list: PathBuf,
    /// Profile that says how to read the list and what the documents say: a file, or benin, morocco or haiti
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Key that seals the new documents; the old ones may be of any key of the office
    #[arg(long, value_name = "KEY")]
    key: PathBuf,
    /// Folder into which the old documents were sealed; give several if there are several
    #[arg(long, value_name = "DIR", required = true)]
    old: Vec<PathBuf>,
    /// List with the columns `number` and `serial`, in UTF-8, separated by `,` or `;`: which old document each
    /// candidate's row stands for [default: the latest edition of this kind, session and number in the ledger]
    #[arg(long, value_name = "FILE")]
    replaces: Option<PathBuf>,
    /// Reference of the decision
    #[arg(long, value_name = "TEXT")]
    decision: String,
    /// Key that signs the status lists
    #[arg(long, value_name = "KEY")]
    list_key: PathBuf,
    /// Key of a clerk, where two persons decide; give two, each types the passphrase
    #[arg(long, value_name = "KEY", num_args = 1..)]
    clerk: Vec<PathBuf>,
    /// The trust pack in force
    #[arg(long, value_name = "PACK")]
    trust: PathBuf,
    /// Folder for what is made, with the new pack
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Kind of document [default: the profile's first]
    #[arg(long)]
    kind: Option<KindName>,
    #[command(flatten)]
    making: Making,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

impl LaterEditions {
    pub(super) fn run(self, purpose: Purpose) -> Result<ExitCode> {
        let profile = read_profile(&self.profile)?;
        Text::new(&*self.decision).context("--decision")?;
        let replaces = self.replaces()?;
        let pack = read_pack(&self.trust)?;
        let ledger = open_ledger(Some(&self.key))?;
        let mut passphrases = self.passphrase.open()?;
        let key = open_key(&self.key, &mut passphrases)?;
        let list_key = open_key(&self.list_key, &mut passphrases)?;
        let clerks = open_keys(&self.clerk, &mut passphrases)?;
        ledger.check_key(&key.public())?;
        check_clerks_named(&ledger, &key.public(), &profile.clerks)?;
        let checked = read_list(&self.list, &profile)?;
        print_read(&checked, self.making.json)?;
        if checked.is_refused_whole() {
            return Ok(nothing_sealed());
        }
        let _lock = ledger.lock_sealing()?;
        let in_force = open_pack(&pack)?;
        let sources = sources(&ledger, &in_force, &key.public())?;
        let (authority, entry) = entry_of(&in_force, &key.public())?;
        let secret = ledger.office_secret(&self.key, &authority.id, World::of(entry.test))?;
        let batch = Batch {
            profile: &profile,
            checked: &checked,
            kind: self.kind.map_or(profile.default_kind(), KindName::kind),
            key: &key,
            secret: &secret,
            pack: &pack,
            out: &self.out,
            now: now_after(&pack),
            drawing: self.making.codes,
            read_back: self.making.read_back,
            minutes: &[],
            distinct: &[],
        };
        let revise = Revise {
            batch: &batch,
            purpose,
            decision: &self.decision,
            sources: &sources,
            folders: &self.old,
            replaces: &replaces,
            list_key: &list_key,
            clerks: &clerks,
        };
        match revise.run(&ledger, &progress("sealing"))? {
            Revised::Faults(faults) => {
                print_faults(&faults, self.making.json)?;
                say(&format!("compared with the old documents: {} errors", count(&faults, Severity::Error)));
                Ok(nothing_sealed())
            }
            Revised::Done(summary, editions) => self.tell(purpose, &summary, &editions),
        }
    }

    fn tell(&self, purpose: Purpose, summary: &Summary, editions: &[LaterEdition]) -> Result<ExitCode> {
        for LaterEdition { row, serial, edition } in editions {
            if let Edition::Duplicate { number, replaces: Some(old) }
            | Edition::Correction { number, replaces: old, .. } = edition
            {
                say(&format!("row {row}: serial {serial}, edition {number}, for {old}"));
            }
        }
        let (what, old) = match purpose {
            Purpose::Correct => ("corrections", "the documents that they correct are marked as replaced"),
            Purpose::Duplicate => ("duplicates", "the documents that they stand for are marked as replaced"),
            Purpose::DuplicateBeside => ("duplicates", "the documents that they stand for stay in force"),
        };
        let taken_up = if summary.resumed { ", begun earlier" } else { "" };
        say(&format!(
            "{} {what} sealed as of {}{taken_up}; {old}, by {}",
            summary.sealed,
            rfc3339(summary.sealed_at),
            super::printable(&self.decision)
        ));
        let trust = self.out.join("trust.sceau");
        say(&format!("Hand {} to all verifiers: those with the old pack see no change.", trust.display()));
        print(&self.out.join("documents.csv").display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    fn replaces(&self) -> Result<HashMap<String, Serial>> {
        let Some(path) = &self.replaces else { return Ok(HashMap::new()) };
        let (mut replaces, mut faults) = (HashMap::new(), Vec::new());
        for (row, (number, serial)) in (1..).zip(read_csv(path, ["number", "serial"])?) {
            match parse_serial(&serial) {
                Ok(_) if number.is_empty() => faults.push(format!("\n  no. {row}: there is no number")),
                Ok(serial) if replaces.insert(number.clone(), serial.clone()).is_none() => {}
                Ok(_) => faults.push(format!("\n  no. {row}: the number {number} stands here twice")),
                Err(error) => faults.push(format!("\n  no. {row}: {error:#}")),
            }
        }
        ensure!(faults.is_empty(), "list {}: nothing was sealed:{}", path.display(), faults.concat());
        Ok(replaces)
    }
}

/// The sealing key first, then every key of the office that has sealed for the same authority.
fn sources(ledger: &Ledger, pack: &Pack, sealing: &PublicKey) -> Result<Vec<PublicKey>> {
    let (authority, own) = entry_of(pack, sealing)?;
    let of_authority = |key: &PublicKey| {
        authority.keys.iter().any(|entry| entry.public == *key && entry.test == own.test && entry.status_list.is_some())
    };
    let others = ledger.sealing_keys()?.into_iter().filter(|key| key != sealing && of_authority(key));
    Ok(std::iter::once(sealing.clone()).chain(others).collect())
}

fn nothing_sealed() -> ExitCode {
    say("nothing was sealed: mend the rows with errors and run again");
    ExitCode::from(1)
}
