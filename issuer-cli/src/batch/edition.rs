//! Later editions: corrections and duplicates of documents that were sealed before (SPEC section 6, label 17).

use anyhow::{Context, Result, bail, ensure};
use credential_core::Document;
use credential_core::document::{Edition, MinutesReference, Rule, Serial};
use credential_core::time::rfc3339;
use sha2::{Digest, Sha256};

use super::compose::compose;
use super::register::{BatchRecord, Identity, Register, SealedBefore};
use super::run::{Batch, Plan, session};
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
    pub fn open(batch: &Batch<'_>, digest: [u8; 32], register: &Register) -> Result<Self> {
        ensure!(batch.profile.document.kinds.contains(&batch.kind), "the profile makes no {}", batch.kind.code());
        let identity = Identity { list: digest, profile: batch.profile.digest(), kind: batch.kind as u8 };
        register.forget_empty(&identity)?;
        if let Some((begun, sealed, count)) = register.unfinished(&identity)? {
            bail!(
                "a batch begun {} is unfinished: {sealed} of {count} documents are sealed. Finish it first, with the \
                 command that began it",
                rfc3339(begun)
            );
        }
        Ok(Self { begun: register.find(&identity)?, identity })
    }

    /// The number of its batch in the register, if it was begun before.
    pub fn begun(&self) -> Option<i64> {
        self.begun.as_ref().map(|record| record.id)
    }

    /// The plan that seals these editions, in this order.
    pub fn plan<'a>(&self, batch: &Batch<'a>, revisions: Vec<(&'a Candidate, Revision)>) -> Plan<'a> {
        let holder = |(candidate, revision): &(&Candidate, Revision)| {
            edition_holder(batch, candidate, revision.edition.number())
        };
        let holders = revisions.iter().map(holder).collect();
        let (candidates, revisions) = revisions.into_iter().unzip();
        Plan { identity: self.identity, candidates, holders, revisions, faults: Vec::new() }
    }
}

impl Plan<'_> {
    /// Row and edition of each document, if these are later editions.
    pub fn editions(&self) -> impl Iterator<Item = (u32, Edition)> {
        self.candidates
            .iter()
            .zip(&self.revisions)
            .map(|(candidate, revision)| (candidate.row, revision.edition.clone()))
    }

    /// The serials of the batch in this order, when it has been sealed.
    pub fn serials(&self, register: &Register) -> Result<Vec<Serial>> {
        let record = register.find(&self.identity)?.context("the batch is not in the register")?;
        register.serials(record.id)
    }
}

/// What marks one edition for one holder in a register: nobody gets two of the same number.
pub fn edition_holder(batch: &Batch<'_>, candidate: &Candidate, edition: u8) -> [u8; 32] {
    let session = session(candidate, batch);
    let mut who = vec![batch.kind.code(), &session, candidate.number.as_str()];
    let later = format!("edition {edition}");
    if edition > 1 {
        who.push(&later);
    }
    Sha256::digest(who.join("\0")).into()
}

/// The latest edition of what a holder has.
pub(super) fn latest(
    original: SealedBefore,
    candidate: &Candidate,
    batch: &Batch<'_>,
    register: &Register,
    identity: &Identity,
) -> Result<SealedBefore> {
    let mut latest = original;
    for edition in 2..=LAST_EDITION {
        match register.sealed_before(&edition_holder(batch, candidate, edition), identity)? {
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
    pub(super) register: &'a Register,
    pub(super) record: &'a BatchRecord,
}

impl Sealing<'_> {
    /// Time of sealing, the same when a run is taken up again.
    pub fn sealed_at(&self) -> u64 {
        self.record.sealed_at
    }

    /// The serials of the batch, in the order of its plan.
    pub fn serials(&self) -> Result<Vec<Serial>> {
        self.register.serials(self.record.id)
    }
}
