//! The audit of a session: documents, minutes, registers, histories and manifests against each other, in one pass.

mod finding;
mod folder;
mod judge;
mod key;
mod tally;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use credential_core::lists::{PublicKey, StatusAge};
use credential_core::time::UnixTime;
use credential_core::{Pack, TrustStore};
use indicatif::ProgressBar;

pub use finding::{Code, Finding};

use finding::Findings;
use folder::Folder;
use judge::Judge;
use key::{Closed, KeySide};
use tally::Tally;

use crate::ledger::Ledger;
use crate::minutes::{MinutesRefused, SealedMinutes, lines_path};

/// What is audited, and what against.
pub struct Audit<'a> {
    /// Folders that `issue`, `correct` and `duplicate` made.
    pub folders: &'a [PathBuf],
    /// The pack that verifiers load.
    pub pack: Pack,
    /// The office's ledger.
    pub ledger: &'a Ledger,
    /// The keys whose documents are audited.
    pub keys: &'a [PublicKey],
    /// Signed minutes; their lines stand beside them.
    pub minutes: &'a [PathBuf],
    /// Numbers of candidates whose documents are withheld.
    pub withheld: &'a HashSet<String>,
    /// The time: status lists that are dated ahead of it count for nothing, their age is no matter.
    pub now: UnixTime,
}

/// What an audit came to.
pub struct Audited {
    /// Everything that does not agree; nothing, if all is well.
    pub findings: Vec<Finding>,
    /// Where a correction, or a duplicate of one, says otherwise than the minutes, in words.
    pub departures: Vec<String>,
    /// Good documents, each counted once.
    pub documents: u64,
    /// Lines of the minutes that admit a candidate.
    pub admitted: u64,
    /// Keys whose register no head of the pack fixes yet.
    pub open_keys: usize,
}

impl Audit<'_> {
    /// Reads everything once. An error is what kept it from judging; what does not agree is a finding.
    pub fn run(self, bar: &ProgressBar) -> Result<Audited> {
        let mut findings = Findings::default();
        let minutes = self.open_minutes(&mut findings)?;
        let (mut keys, mut states) = (Vec::new(), HashMap::new());
        for public in self.keys {
            let side = KeySide::open(self.ledger, public.clone(), &self.pack)?;
            states.extend(side.states()?);
            side.check_minutes(&minutes, &mut findings)?;
            keys.push(side);
        }
        bar.set_length(keys.iter().map(|key| key.entries.len() as u64).sum());
        let mut store = TrustStore::new().with_status_age(StatusAge::Any);
        let pack = Arc::new(self.pack);
        store.add(pack.clone());
        let (withheld, now) = (self.withheld, self.now);
        let judge = Judge { store: &store, minutes: &minutes, states: &states, withheld, now };
        let mut tally = Tally::default();
        for folder in self.folders {
            Folder::open(folder, &mut keys, &mut findings).audit(&judge, &mut tally, &mut findings, bar)?;
        }
        bar.finish();
        let mut open_keys = 0;
        for key in &keys {
            open_keys += usize::from(key.finish(&pack, &mut findings)? == Closed::No);
        }
        let documents = tally.documents;
        let departures = tally.finish(&minutes, self.withheld, &mut findings);
        let admitted = minutes.iter().map(|minutes| minutes.admitted().count() as u64).sum();
        Ok(Audited { findings: findings.into_vec(), departures, documents, admitted, open_keys })
    }

    /// Minutes whose signature does not hold are a finding, and so is every line that was changed.
    fn open_minutes(&self, findings: &mut Findings) -> Result<Vec<SealedMinutes>> {
        let mut opened: Vec<SealedMinutes> = Vec::new();
        for path in self.minutes {
            let minutes = match SealedMinutes::open(path, self.pack.trust().claims()) {
                Ok(minutes) => minutes,
                Err(error) => match error.downcast_ref::<MinutesRefused>() {
                    Some(refused) => {
                        findings.add(path, None, Code::MinutesRefused, refused.to_string());
                        continue;
                    }
                    None => return Err(error),
                },
            };
            for fault in minutes.faults() {
                let line = (fault.line > 0).then_some(fault.line);
                findings.add(&lines_path(path), line, Code::MinutesChanged, fault.message.clone());
            }
            let number = minutes.claims().number;
            if opened.iter().any(|other| other.claims().number == number) {
                let message = format!("other minutes have the number {number} too");
                findings.add(path, None, Code::MinutesChanged, message);
            }
            opened.push(minutes);
        }
        Ok(opened)
    }
}
