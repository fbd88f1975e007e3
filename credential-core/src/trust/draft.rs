//! A trust list on its way to its signatures: made on one machine, signed on others, joined again (SPEC section 7).

use sha2::{Digest, Sha256};

use super::{Anchor, RootSet, TrustClaims, TrustList, aad, fault, read, write};
use crate::cbor::{self, Fields, Writer};
use crate::envelope;
use crate::fault::{FaultCode, PackFault};
use crate::key::{PublicKey, SealingKey};
use crate::limits;

/// A trust list that nobody has signed yet, with the list in force whose place it is to take.
#[derive(Clone, Debug)]
pub struct TrustDraft {
    claims: TrustClaims,
    payload: Vec<u8>,
    held: Option<TrustList>,
}

/// Why a root's signature does not belong to a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Not one root's signature at all.
    #[error("is not the signature of one root")]
    Malformed,
    /// Made over other contents.
    #[error("was made over another draft")]
    OtherDraft,
    /// No root of the draft or of the list in force has the key id.
    #[error("is of a key that is no root, neither of the draft nor of the list in force")]
    ForeignRoot,
    /// It names a root, and does not hold.
    #[error("names a root, but does not hold")]
    DoesNotHold,
}

impl TrustDraft {
    /// Takes claims that a verifier would take once they are signed (TRU-1 to TRU-3), built on the list in force.
    pub fn new(claims: &TrustClaims, held: Option<&TrustList>) -> Result<Self, PackFault> {
        let claims = held.map_or_else(|| claims.clone(), |held| claims.clone().after(held));
        Self::from_parts(write::payload(&claims), held.cloned())
    }

    /// Reads a draft that was written by [`Self::to_bytes`].
    pub fn open(bytes: &[u8]) -> Result<Self, PackFault> {
        let (payload, held) = parts(bytes).ok_or(fault(FaultCode::TrustMalformed, "TRU-1"))?;
        let held = held.map(|held| TrustList::open(held, Anchor::AsCarried)).transpose()?;
        Self::from_parts(payload.to_vec(), held)
    }

    fn from_parts(payload: Vec<u8>, held: Option<TrustList>) -> Result<Self, PackFault> {
        if payload.len() > MOST_BYTES {
            return Err(fault(FaultCode::TrustMalformed, "TRU-1"));
        }
        let claims = read::unsigned(&payload)?;
        if let Some(held) = &held {
            check_next(&claims, held)?;
        }
        Ok(Self { claims, payload, held })
    }

    /// The bytes of the draft file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(self.payload.len() + 64);
        out.map(2 + usize::from(self.held.is_some())).uint(0).text(NAME).uint(1).bytes(&self.payload);
        if let Some(held) = &self.held {
            out.uint(2).bytes(held.as_bytes());
        }
        out.into_bytes()
    }

    /// What the list will state.
    pub fn claims(&self) -> &TrustClaims {
        &self.claims
    }

    /// The list in force; `None` for a first list.
    pub fn held(&self) -> Option<&TrustList> {
        self.held.as_ref()
    }

    /// SHA-256 of what the roots sign: what people read to each other.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.payload).into()
    }

    /// The root sets whose thresholds must sign: that from which it takes over, if it does, and the draft's own.
    pub fn root_sets(&self) -> impl Iterator<Item = &RootSet> {
        self.claims.follows.iter().chain([&self.claims.roots])
    }

    /// One root's signature, as a file of its own; `None` if the key is no root.
    pub fn sign(&self, root: &SealingKey) -> Option<Vec<u8>> {
        let public = root.public();
        let is_root = self.root_sets().any(|roots| roots.keys.contains(&public));
        is_root.then(|| write::join(&self.payload, [(root.id(), write::sign(&self.payload, root))].into_iter()))
    }

    /// The root that made a signature file over this draft.
    pub fn signer(&self, signature: &[u8]) -> Result<PublicKey, SignatureFault> {
        self.read_signature(signature).map(|(root, _)| root)
    }

    /// The trust list from its signatures: of each root one counts. It is read as a verifier reads it that holds the
    /// list in force.
    pub fn join(&self, signatures: &[Vec<u8>]) -> Result<TrustList, PackFault> {
        let mut signed: Vec<(PublicKey, [u8; 64])> = Vec::new();
        for signature in signatures {
            let (root, signature) =
                self.read_signature(signature).map_err(|_| fault(FaultCode::TrustUnsigned, "TRU-4"))?;
            if signed.iter().all(|(other, _)| *other != root) {
                signed.push((root, signature));
            }
        }
        let list = write::join(&self.payload, signed.iter().map(|(root, signature)| (root.id(), *signature)));
        match &self.held {
            Some(held) => TrustList::open_successor(&list, held),
            None => TrustList::open(&list, Anchor::AsCarried),
        }
    }

    fn read_signature(&self, bytes: &[u8]) -> Result<(PublicKey, [u8; 64]), SignatureFault> {
        let body = if bytes.len() > limits::TRUST_BYTES { None } else { read::body(bytes).ok() };
        let (payload, signatures) = body.ok_or(SignatureFault::Malformed)?;
        let [one] = signatures.as_slice() else { return Err(SignatureFault::Malformed) };
        if payload != self.payload {
            return Err(SignatureFault::OtherDraft);
        }
        let message = envelope::shared_structure(one.protected, &aad(), payload);
        let mut named = self.root_sets().flat_map(|roots| &roots.keys).filter(|root| root.id() == one.kid).peekable();
        named.peek().ok_or(SignatureFault::ForeignRoot)?;
        let root = named.find(|root| root.signed(&message, &one.signature)).ok_or(SignatureFault::DoesNotHold)?;
        Ok((root.clone(), one.signature))
    }
}

/// Whether a list with these claims would be the next of its line.
fn check_next(claims: &TrustClaims, held: &TrustList) -> Result<(), PackFault> {
    if !claims.earlier.contains(&held.id()) || claims.version <= held.claims().version {
        return Err(fault(FaultCode::TrustRolledBack, "LIN-4"));
    }
    let rotates = claims.follows.as_ref().is_some_and(|from| *from == held.claims().roots);
    if rotates || claims.roots == held.claims().roots {
        Ok(())
    } else {
        Err(fault(FaultCode::TrustForeignRoot, "LIN-2"))
    }
}

fn parts(bytes: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    if bytes.len() > 2 * limits::TRUST_BYTES {
        return None;
    }
    let mut fields = Fields::open(cbor::read(bytes, DRAFT_ITEMS).ok()?, &[0, 1], &[2]).ok()?;
    fields.take(0)?.text().filter(|&name| name == NAME)?;
    let payload = fields.take(1)?.bytes()?;
    match fields.take(2) {
        None => Some((payload, None)),
        Some(held) => Some((payload, Some(held.bytes()?))),
    }
}

const NAME: &str = "sceau/1/trust-draft";
const DRAFT_ITEMS: usize = 8;
/// So that sixteen signatures have room in the list.
const MOST_BYTES: usize = limits::TRUST_BYTES - 4_096;

#[cfg(test)]
mod tests;
