//! Closing a key: the Merkle register of all that it sealed, and the trust list that fixes it (SPEC section 12).

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::World;
use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey, RegisterReference, TrustClaims, TrustDraft};
use credential_core::register::{MerkleTree, RegisterTree};
use credential_core::sealing::{Sealer, SealingKey};
use credential_core::time::rfc3339;
use sha2::{Digest, Sha256};

use super::{next_list, pack_file};
use crate::ceremony::change_draft;
use crate::hex::hex;
use crate::ledger::{Closing, Ledger, Register};

/// A key to close.
pub struct Close<'a> {
    /// The office's ledger.
    pub ledger: &'a Ledger,
    /// The public half of the key.
    pub public: &'a PublicKey,
    /// Signs the head of the register.
    pub register_key: &'a SealingKey,
    /// Whether its documents count where the register cannot be looked up (label 14).
    pub without_look_up: bool,
    /// Time of closing.
    pub now: u64,
}

/// The register of a closed key.
pub struct Closed {
    /// Number of the register within the authority.
    pub number: u32,
    /// How many documents it lists.
    pub count: u64,
    /// Its signed head.
    pub head: Vec<u8>,
    /// Its file.
    pub file: Vec<u8>,
    closed_at: u64,
}

impl Close<'_> {
    /// Builds and signs the register and, with the roots, the trust list; the caller then writes the pack.
    pub fn in_pack(&self, pack: &[u8], roots: &[SealingKey]) -> Result<(Closed, Vec<u8>)> {
        let (pack, mut contents) = pack_file::take_apart(pack)?;
        let mut claims = pack.trust().claims().clone();
        let (closed, recorded) = self.close_in(&mut claims)?;
        // a run that was stopped gives the same list, unless another one came between
        let issued = if closed.closed_at >= claims.issued { closed.closed_at } else { self.now };
        let trust = next_list::sign(pack.trust(), claims, roots, issued)?;
        contents.trust = trust.as_bytes();
        contents.register_heads.push(&closed.head);
        contents.register_files.push(&closed.file);
        let new_pack = pack_file::successor(&contents, &pack, self.now)?;
        recorded.record()?;
        Ok((closed, new_pack))
    }

    /// Builds and signs the register and names it in a draft, for roots that sign on separate machines; the caller then
    /// writes head, file and draft.
    pub fn in_draft(&self, draft: &TrustDraft) -> Result<(Closed, TrustDraft)> {
        let mut found = None;
        let draft = change_draft(draft, |claims| {
            found = Some(self.close_in(claims)?);
            Ok(())
        })?;
        let (closed, recorded) = found.context("the key was not closed")?;
        recorded.record()?;
        Ok((closed, draft))
    }

    /// The register, and the claims that name it.
    fn close_in(&self, claims: &mut TrustClaims) -> Result<(Closed, Unrecorded<'_>)> {
        let (authority, entry) = self.find(claims)?;
        let (id, number) = (authority.id.clone(), register_number(authority, entry)?);
        let sealer = Sealer { authority: &id, world: World::of(entry.test), key: self.register_key };
        let lock = self.ledger.lock_sealing()?;
        let reader = self.ledger.register(self.public)?;
        check_batches(&reader, entry.closed_at.unwrap_or(self.now))?;
        let tree = tree(&reader, &id, number)?;
        let closing = match reader.closing()? {
            Some(closing) => self.take_up(closing, number)?,
            None => self.close(&tree, minutes_root(&reader)?, number, &sealer),
        };
        self.name_register_key(claims, closing.closed_at)?;
        let entry = claims.find_mut(self.public).context("the key has vanished from the trust list")?;
        entry.closed_at = entry.closed_at.or(Some(closing.closed_at));
        entry.register = Some(RegisterReference {
            number,
            head: Some(Sha256::digest(&closing.head).into()),
            without_look_up: self.without_look_up,
        });
        let (head, closed_at) = (closing.head.clone(), closing.closed_at);
        let closed = Closed { number, count: tree.count(), head, file: tree.file(), closed_at };
        Ok((closed, Unrecorded { close: self, closing, _lock: lock }))
    }

    fn find<'c>(&self, claims: &'c TrustClaims) -> Result<(&'c Authority, &'c KeyEntry)> {
        let id = hex(&self.public.id());
        let (authority, entry) = claims
            .find(self.public)
            .with_context(|| format!("the trust pack does not name the key {id}; give the pack that verifiers load"))?;
        ensure!(matches!(entry.usage, KeyUse::Documents { .. }), "the key {id} seals no documents");
        ensure!(
            entry.compromised_at.is_none(),
            "the key {id} is marked as compromised: what its register lists now could be a thief's work"
        );
        if let (Some(number), Some(_)) = (entry.register_number(), entry.fixed_head()) {
            bail!("the key {id} is closed already, with register {number}");
        }
        Ok((authority, entry))
    }

    fn close(&self, tree: &RegisterTree, minutes: Option<[u8; 32]>, number: u32, sealer: &Sealer<'_>) -> Closing {
        let head = tree.head(self.now, self.public, minutes).sign(sealer);
        let register_key = *self.register_key.public().as_bytes();
        Closing { closed_at: self.now, number, register_key, head }
    }

    /// The head of a run that was stopped, or whose pack was lost.
    fn take_up(&self, closing: Closing, number: u32) -> Result<Closing> {
        let at = rfc3339(closing.closed_at);
        ensure!(
            closing.number == number,
            "the register was closed {at} with the number {}; in this pack it would be {number}: give the pack of that time",
            closing.number
        );
        ensure!(
            closing.register_key == *self.register_key.public().as_bytes(),
            "the register was closed {at} with another register key; give that one"
        );
        Ok(closing)
    }

    /// Makes sure that the list names the register key, for the authority of the closed key.
    fn name_register_key(&self, claims: &mut TrustClaims, time: u64) -> Result<()> {
        let (public, id) = (self.register_key.public(), hex(&self.register_key.id()));
        let of_authority = |authority: &&mut Authority| authority.keys.iter().any(|entry| entry.public == *self.public);
        let elsewhere = claims.find(&public).is_some() || claims.roots.keys.contains(&public);
        let authority = claims.authorities.iter_mut().find(of_authority).context("the authority has vanished")?;
        let test = authority.keys.iter().any(|entry| entry.public == *self.public && entry.test);
        match authority.keys.iter().find(|entry| entry.public == public && entry.usage == KeyUse::Register) {
            Some(entry) => ensure!(
                entry.may_sign_at(time) && entry.compromised_at.is_none() && entry.test == test,
                "the register key {id} may not sign at that time (from {} to {}); make a new one",
                rfc3339(entry.not_before),
                rfc3339(entry.not_after)
            ),
            None => {
                ensure!(!elsewhere, "the key {id} has another use in the trust list; make one for registers only");
                authority.keys.push(KeyEntry {
                    public,
                    usage: KeyUse::Register,
                    not_before: time,
                    not_after: time + REGISTER_KEY_LIFE,
                    closed_at: None,
                    compromised_at: None,
                    test,
                    status_list: None,
                    register: None,
                });
            }
        }
        Ok(())
    }
}

/// A closing that the ledger does not know yet, or knows already.
struct Unrecorded<'a> {
    close: &'a Close<'a>,
    closing: Closing,
    // nothing is sealed between the count and the closing
    _lock: std::fs::File,
}

impl Unrecorded<'_> {
    /// Recorded before anything is written: no second head of this register leaves the house.
    fn record(self) -> Result<()> {
        self.close.ledger.close(self.close.public, &self.closing, self.close.now)
    }
}

/// Every batch must be finished, and sealed before the closing.
fn check_batches(reader: &Register<'_>, closed_at: u64) -> Result<()> {
    for batch in reader.batches()? {
        let (name, sealed_at) = (hex(&batch.name), rfc3339(batch.sealed_at));
        ensure!(
            batch.recorded == batch.promised,
            "the batch {name} of {sealed_at} is not finished: {} of {} documents; run its `issuer issue` again first",
            batch.recorded,
            batch.promised
        );
        ensure!(
            batch.sealed_at <= closed_at,
            "the batch {name} was sealed at {sealed_at}, after the closing at {}; look at the clock",
            rfc3339(closed_at)
        );
    }
    Ok(())
}

/// The tree of all documents in the order of sealing.
pub(super) fn tree(reader: &Register<'_>, authority: &str, number: u32) -> Result<RegisterTree> {
    let mut tree = RegisterTree::new(authority, number);
    reader.each_document(|serial, digest| tree.push(&serial, &digest))?;
    Ok(tree)
}

/// Label 5 of the head: the root over the roots of all minutes, in the order of their numbers.
pub(crate) fn minutes_root(reader: &Register<'_>) -> Result<Option<[u8; 32]>> {
    let minutes = reader.minutes()?;
    let root = || MerkleTree::new(minutes.iter().map(|minutes| minutes.root)).root();
    Ok((!minutes.is_empty()).then(root))
}

/// The number that the list has given the key, or the next one of its authority.
fn register_number(authority: &Authority, entry: &KeyEntry) -> Result<u32> {
    let highest = authority.keys.iter().filter_map(KeyEntry::register_number).max().unwrap_or(0);
    entry.register_number().or_else(|| highest.checked_add(1)).context("the authority has no register number left")
}

const REGISTER_KEY_LIFE: u64 = 2 * 365 * 86_400;
