//! Changing the status of documents: a new status list in a new pack, and an event of the ledger for each decision.
//!
//! The ledger decides: the new list says what the lists of the pack say, with the last state of every document on which it holds a decision. So a
//! run that was killed between ledger and pack is simply run again. A decision that the ledger holds already, with
//! the same state and reason, is not recorded a second time; and an older pack never undoes a decision.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, ensure};
use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;

use super::decided::Decided;
use super::statuses::{Statuses, check_list_key, decided_by};
use super::{Action, Wanted, pack_file};
use crate::ledger::{Change, Ledger};

/// A change of status that was asked for.
pub struct StatusChange<'a> {
    /// The office's ledger.
    pub ledger: &'a Ledger,
    /// The public half of the key that sealed the documents.
    pub public: &'a PublicKey,
    /// The pack with the list in force.
    pub pack: &'a [u8],
    /// The key that signs the new list.
    pub list_key: &'a SealingKey,
    /// Those who decide, where two persons must.
    pub clerks: &'a [SealingKey],
    /// What was decided.
    pub action: Action,
    /// The documents.
    pub documents: &'a [Wanted],
    /// What was at fault already when they were read, a line each.
    pub unread: &'a [String],
    /// Where the new pack is to be written, and what stands there: at most the very pack that this change makes.
    pub out: (&'a Path, Option<&'a [u8]>),
    /// Time of the decision.
    pub now: u64,
}

/// A change that is in the ledger.
pub struct Changed {
    /// The new pack.
    pub pack: Vec<u8>,
    /// How many decisions were recorded.
    pub recorded: usize,
    /// How many the ledger held already.
    pub known: usize,
}

impl StatusChange<'_> {
    /// Checks everything, makes the new pack, records the decisions; the caller then writes the pack.
    ///
    /// Where all is in the ledger already, the list is of the time of the last decision: a run that was killed before
    /// its pack was written is run again to the same bytes.
    pub fn make(&self) -> Result<Changed> {
        let (pack, contents) = pack_file::take_apart(self.pack)?;
        let _lock = self.ledger.lock_deciding()?;
        let mut statuses = Statuses::open(self.ledger, self.public, &pack, self.now)?;
        check_list_key(statuses.authority(), statuses.is_test(), self.list_key, self.now)?;
        statuses.history().check_clerks(self.clerks)?;
        statuses.check_clock()?;
        let mut decided = decided_by(&[&statuses], &pack);
        let changes = self.changes(&mut statuses, &mut decided)?;
        let as_of = if changes.is_empty() { statuses.latest() } else { self.now };
        let list = statuses.sign(self.list_key, as_of, &decided)?;
        let new_pack = pack_file::with_statuses(contents, &pack, &[list], self.now)?;
        let (out, written) = self.out;
        ensure!(
            written.is_none_or(|written| changes.is_empty() && written == new_pack),
            "{} exists; nothing is overwritten, choose another file with --out",
            out.display()
        );
        statuses.record(&changes, self.now, self.clerks)?;
        let recorded = changes.len();
        Ok(Changed { pack: new_pack, recorded, known: self.documents.len() - recorded })
    }

    /// The decisions that are new; every document that does not allow one is named, and then there are none.
    fn changes(&self, statuses: &mut Statuses<'_>, decided: &mut Decided) -> Result<Vec<Change<'_>>> {
        let (mut changes, mut faults, mut seen) = (Vec::new(), self.unread.to_vec(), BTreeSet::new());
        for wanted in self.documents {
            let document = &wanted.document;
            if !seen.insert(statuses.name_of(document)?) {
                faults.push(format!("{document} is named twice"));
                continue;
            }
            match statuses.change(self.action, wanted, decided)? {
                Ok(change) => changes.extend(change),
                Err(fault) => faults.push(format!("{document} {fault}")),
            }
        }
        let (count, all) = (faults.len(), self.documents.len() + self.unread.len());
        ensure!(
            faults.is_empty(),
            "nothing was changed, {count} of {all} documents are at fault:\n  {}",
            faults.join("\n  ")
        );
        Ok(changes)
    }
}
