//! Later editions: corrections and duplicates of documents that were sealed before (SPEC section 6, label 17).

use anyhow::{Context, Result, bail, ensure};
use credential_core::Document;
use credential_core::document::{Edition, MinutesReference, Rule, Serial};

use super::compose::compose;
use super::holder::session;
use super::plan::{Plan, Planned};
use super::run::Batch;
use crate::ledger::{BatchRecord, Identity, Ledger, SealedBefore, unfinished_words};
use crate::list::Candidate;

/// What a later edition has from the document that it stands for, and which one it is.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Number, kind and the serial that it stands for.
    pub edition: Edition,
    /// The line of the jury's minutes that the first edition names.
    pub minutes: Option<MinutesReference>,
}

/// The batch of one order to seal later editions; the same order is the same batch, whatever the list's file is called.
pub struct Order {
    identity: Identity,
    begun: Option<BatchRecord>,
}

impl Order {
    /// Looks an order up by its digest; another batch that is not finished comes first.
    pub fn open(batch: &Batch<'_>, digest: [u8; 32], ledger: &Ledger) -> Result<Self> {
        ensure!(batch.profile.document.kinds.contains(&batch.kind), "the profile makes no {}", batch.kind.code());
        let identity = batch.identity(digest);
        let begun = ledger.find_batch(&identity)?;
        let own = begun.as_ref().map_or(0, |begun| begun.id);
        ledger.drop_empty(own, batch.now)?;
        if let Some(unfinished) = ledger.unfinished(own)? {
            bail!("{}. Finish it first, with the command that began it", unfinished_words(unfinished));
        }
        Ok(Self { begun, identity })
    }

    /// The number of its batch in the ledger, if it was begun before.
    pub fn begun(&self) -> Option<i64> {
        self.begun.as_ref().map(|record| record.id)
    }

    /// The plan that seals these editions, in this order.
    pub fn plan<'a>(&self, batch: &Batch<'a>, revisions: Vec<(&'a Candidate, Revision)>) -> Plan<'a> {
        let documents = revisions.into_iter().map(|(candidate, revision)| Planned {
            candidate,
            holder: edition_holder(batch, candidate, revision.edition.number()),
            revision: Some(revision),
        });
        Plan { identity: self.identity.clone(), documents: documents.collect(), faults: Vec::new() }
    }
}

impl Plan<'_> {
    /// Row and edition of each document that is a later edition.
    pub fn editions(&self) -> impl Iterator<Item = (u32, Edition)> {
        let later = |planned: &Planned<'_>| {
            planned.revision.as_ref().map(|revision| (planned.candidate.row, revision.edition.clone()))
        };
        self.documents.iter().filter_map(later)
    }

    /// The serials of the batch in this order, when it has been sealed.
    pub fn serials(&self, ledger: &Ledger) -> Result<Vec<Serial>> {
        let record = ledger.find_batch(&self.identity)?.context("the batch is not in the ledger")?;
        ledger.serials(record.id)
    }
}

/// What marks one edition for one holder in the ledger: nobody gets two of the same number, by whatever key.
pub fn edition_holder(batch: &Batch<'_>, candidate: &Candidate, edition: u8) -> [u8; 16] {
    let session = session(candidate, batch);
    let who = [batch.profile.authority.id.as_str(), batch.kind.code(), &session, candidate.number.as_str()];
    let [authority, kind, session, number] = who.map(str::as_bytes);
    batch.secret.blind("holder", &[authority, kind, session, number, &[edition]])
}

/// The latest edition of what a holder has.
pub(super) fn latest(
    original: SealedBefore,
    candidate: &Candidate,
    batch: &Batch<'_>,
    ledger: &Ledger,
    own: i64,
) -> Result<SealedBefore> {
    let mut latest = original;
    for edition in 2..=LAST_EDITION {
        match ledger.sealed_before(&edition_holder(batch, candidate, edition), own)? {
            Some(later) => latest = later,
            None => break,
        }
    }
    Ok(latest)
}

/// The highest number that an edition can have.
pub const LAST_EDITION: u8 = 99;

/// The document that a candidate's row makes, as an original.
pub fn composed(batch: &Batch<'_>, candidate: &Candidate) -> Result<Document, Rule> {
    compose(candidate, batch.profile, batch.kind)
}

/// A finished batch whose pack is still to be made.
pub struct Sealing<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) record: &'a BatchRecord,
}

impl Sealing<'_> {
    /// Time of sealing, the same when a run is taken up again.
    pub fn sealed_at(&self) -> u64 {
        self.record.sealed_at
    }

    /// The serials of the batch, in the order of its plan.
    pub fn serials(&self) -> Result<Vec<Serial>> {
        self.ledger.serials(self.record.id)
    }
}
