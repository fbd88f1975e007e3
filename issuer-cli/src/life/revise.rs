//! Corrections and duplicates: later editions of documents, and what becomes of the earlier ones.
//!
//! The order of writing: the ledger's documents, the new documents, the ledger's decisions, then the pack. A run that was killed is simply
//! run again: what was begun and what was decided is found in the ledger.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use anyhow::{Result, anyhow, ensure};
use credential_core::Pack;
use credential_core::document::{Edition, Serial, Text};
use credential_core::lists::{PackContents, PublicKey};
use credential_core::sealing::SealingKey;
use credential_core::time::rfc3339;
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use super::decided::Decided;
use super::rows::Rows;
use super::statuses::{Statuses, check_list_key, decided_by};
use super::{Action, Named, Wanted, pack_file};
use crate::batch::{Batch, Order, Sealing, Summary, run_then};
use crate::hex::hex;
use crate::ledger::Ledger;
use crate::list::{Fault, Severity};

/// Later editions to seal.
pub struct Revise<'a> {
    /// The rows, the key that seals them and where to.
    pub batch: &'a Batch<'a>,
    /// Corrections or duplicates.
    pub purpose: Purpose,
    /// Reference of the decision.
    pub decision: &'a str,
    /// The sealing key first, then every other key of the office whose documents may be meant.
    pub sources: &'a [PublicKey],
    /// Folders into which the old documents were sealed.
    pub folders: &'a [PathBuf],
    /// Old serials by candidate's number, where the ledger is not asked.
    pub replaces: &'a HashMap<String, Serial>,
    /// The key that signs the status lists.
    pub list_key: &'a SealingKey,
    /// Those who decide, where two persons must.
    pub clerks: &'a [SealingKey],
}

/// What a later edition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It says something else, in the place of the old document.
    Correct,
    /// It says the same, in the place of the old document.
    Duplicate,
    /// It says the same, and the old document stays in force.
    DuplicateBeside,
}

/// What an order came to.
pub enum Revised {
    /// What speaks against rows, beside the errors of the list itself; then none was sealed.
    Faults(Vec<Fault>),
    /// All were sealed.
    Done(Summary, Vec<LaterEdition>),
}

/// A later edition that was sealed.
pub struct LaterEdition {
    /// The row of the list.
    pub row: u32,
    /// Its serial.
    pub serial: Serial,
    /// Which edition it is, and in whose place.
    pub edition: Edition,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Duplicate => "duplicate",
            Self::DuplicateBeside => "duplicate beside",
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Correct | Self::Duplicate => Action::Replace,
            Self::DuplicateBeside => Action::Keep,
        }
    }

    /// The edition that follows the one with the number before.
    pub(super) fn edition(self, number: u8, replaces: Serial, decision: &Text) -> Edition {
        match self {
            Self::Correct => Edition::Correction { number, replaces, decision: Some(decision.clone()) },
            Self::Duplicate | Self::DuplicateBeside => Edition::Duplicate { number, replaces: Some(replaces) },
        }
    }
}

impl Revise<'_> {
    /// Checks every row, seals the later editions, and records what becomes of the earlier ones.
    pub fn run(&self, ledger: &Ledger, bar: &ProgressBar) -> Result<Revised> {
        let (pack, contents) = pack_file::take_apart(self.batch.pack)?;
        let _lock = ledger.lock_deciding()?;
        let mut statuses = Vec::new();
        for source in self.sources {
            let of_key = Statuses::open(ledger, source, &pack, self.batch.now)?;
            check_list_key(of_key.authority(), of_key.is_test(), self.list_key, self.batch.now)?;
            of_key.history().check_clerks(self.clerks)?;
            statuses.push(of_key);
        }
        let order = Order::open(self.batch, self.digest(), ledger)?;
        if order.begun().is_none() {
            self.check_key(&pack)?;
            statuses.iter().try_for_each(Statuses::check_clock)?;
        }
        let decided = decided_by(&statuses.iter().collect::<Vec<_>>(), &pack);
        let rows = Rows::read(self, &statuses, &decided, &order)?;
        if !rows.faults.is_empty() || self.batch.checked.count(Severity::Error) > 0 {
            return Ok(Revised::Faults(rows.faults));
        }
        let olds: Vec<_> = rows.good.iter().map(|row| (row.source, row.old.clone())).collect();
        let plan = order.plan(self.batch, rows.good.into_iter().map(|row| (row.candidate, row.revision)).collect());
        let settle = |sealing: Sealing<'_>| self.settle(&sealing, &olds, statuses, decided, contents, &pack);
        let summary = run_then(self.batch, &plan, ledger, bar, settle)?;
        let serials = plan.serials(ledger)?.into_iter();
        let later = plan.editions().zip(serials).map(|((row, edition), serial)| LaterEdition { row, serial, edition });
        Ok(Revised::Done(summary, later.collect()))
    }

    /// What makes two runs the same order: all that was asked for, and no file's name.
    fn digest(&self) -> [u8; 32] {
        let mut replaces: Vec<_> = self.replaces.iter().map(|(number, serial)| format!("{number}\0{serial}")).collect();
        replaces.sort_unstable();
        let list = hex(&self.batch.checked.digest);
        let asked = [self.purpose.code(), &list, self.decision, &replaces.join("\0")].join("\0\0");
        Sha256::digest(asked).into()
    }

    /// A closed key seals nothing more: it may be the one of the old documents, not of the new ones.
    fn check_key(&self, pack: &Pack) -> Result<()> {
        let public = self.batch.key.public();
        let closed = pack.trust().claims().find(&public).and_then(|(_, entry)| entry.closed_at);
        ensure!(
            closed.is_none(),
            "the key {} was closed at {}: what it seals now counts for nothing. Seal with another key of this authority \
             with --key",
            hex(&public.id()),
            rfc3339(closed.unwrap_or_default())
        );
        Ok(())
    }

    /// Records what becomes of the old documents; the pack whose lists say so.
    fn settle(
        &self,
        sealing: &Sealing<'_>,
        olds: &[(usize, Serial)],
        mut statuses: Vec<Statuses<'_>>,
        mut decided: Decided,
        contents: PackContents<'_>,
        pack: &Pack,
    ) -> Result<Vec<u8>> {
        let wanted = self.wanted(&sealing.serials()?, olds, &statuses);
        let touched: BTreeSet<usize> = wanted.iter().map(|(source, _)| *source).collect();
        let mut changes: Vec<Vec<_>> = statuses.iter().map(|_| Vec::new()).collect();
        for (source, wanted) in &wanted {
            let change = statuses[*source].change(self.purpose.action(), wanted, &mut decided)?;
            changes[*source].extend(change.map_err(|fault| {
                anyhow!(
                    "the old document {} {fault}; its new edition is sealed already, withdraw that one",
                    wanted.document
                )
            })?);
        }
        // the same when a run is taken up again, whatever the clock says then
        let latest = touched.iter().map(|&source| statuses[source].latest()).max();
        let mut time = latest.max(Some(sealing.sealed_at())).unwrap_or_default();
        if changes.iter().any(|of_key| !of_key.is_empty()) && pack.statuses().iter().any(|list| list.as_of() == time) {
            time += 1; // of two states of one moment no verifier could tell which is the later one
        }
        let lists = touched.iter().map(|&source| statuses[source].sign(self.list_key, time, &decided));
        let lists = lists.collect::<Result<Vec<_>>>()?;
        let next = pack_file::with_statuses(contents, pack, &lists, self.batch.now.max(time))?;
        for (of_key, changes) in statuses.into_iter().zip(&changes) {
            of_key.record(changes, time, self.clerks)?;
        }
        Ok(next)
    }

    /// Each old document with its new edition, and, if it is replaced, every copy beside it that is still in force.
    fn wanted(&self, serials: &[Serial], olds: &[(usize, Serial)], statuses: &[Statuses<'_>]) -> Vec<(usize, Wanted)> {
        let mut wanted = Vec::new();
        for ((source, old), new) in olds.iter().zip(serials) {
            let mut chain = vec![(*source, old.clone())];
            let mut next = 0;
            while let (Action::Replace, Some((_, followed))) = (self.purpose.action(), chain.get(next).cloned()) {
                for (source, of_key) in statuses.iter().enumerate() {
                    chain.extend(of_key.history().copies_of(&followed).map(|copy| (source, copy.clone())));
                }
                next += 1;
            }
            wanted.extend(chain.into_iter().map(|(source, serial)| {
                (
                    source,
                    Wanted {
                        document: Named::Serial(serial),
                        reason: self.decision.to_owned(),
                        successor: Some(new.clone()),
                    },
                )
            }));
        }
        wanted
    }
}
