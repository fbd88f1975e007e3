//! The signed head of a register: rules REG-1 to REG-3.

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, FieldsError, Writer};
use crate::envelope::{self, Envelope, Object};
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::issue::Sealer;
use crate::key::PublicKey;
use crate::limits;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, TrustClaims};

/// What a register head states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterClaims {
    /// The register's number within the authority, from 1.
    pub number: u32,
    /// Time of signing.
    pub time: UnixTime,
    /// How many documents it lists.
    pub count: u64,
    /// Root of the tree over the documents.
    pub root: [u8; 32],
    /// Root of the tree over the roots of the minutes.
    pub minutes: Option<[u8; 32]>,
    /// SHA-256 of the public key that sealed the documents.
    pub key: [u8; 32],
    /// SHA-256 of the sorted entries of the register file.
    pub entries: [u8; 32],
}

/// A register head whose signature holds.
#[derive(Clone, Debug)]
pub struct RegisterHead {
    authority: String,
    claims: RegisterClaims,
    signer: PublicKey,
    test: bool,
    bytes: Vec<u8>,
}

impl RegisterClaims {
    /// Signs the head with a register key of an authority.
    pub fn sign(&self, sealer: &Sealer<'_>) -> Vec<u8> {
        let mut out = Writer::with_capacity(256);
        out.map(6 + usize::from(self.minutes.is_some())).uint(1).uint(self.number.into()).uint(2).uint(self.time);
        out.uint(3).uint(self.count).uint(4).bytes(&self.root);
        if let Some(minutes) = &self.minutes {
            out.uint(5).bytes(minutes);
        }
        out.uint(6).bytes(&self.key).uint(7).bytes(&self.entries);
        envelope::sign(&out.into_bytes(), sealer.key, &Object::RegisterHead.of(sealer.authority))
    }
}

impl RegisterHead {
    /// Reads a head and checks that a register key of the covered key's authority signed it (REG-1, REG-2).
    pub fn open(bytes: &[u8], trust: &TrustClaims) -> Result<Self, PackFault> {
        Self::open_under(bytes, &[trust])
    }

    /// The same under the lists of a pack.
    pub(crate) fn open_under(bytes: &[u8], lists: &[&TrustClaims]) -> Result<Self, PackFault> {
        if bytes.len() > limits::HEAD_BYTES {
            return Err(malformed("REG-1"));
        }
        let envelope = Envelope::read(bytes).map_err(|envelope| {
            let fault = malformed(envelope.rule);
            envelope.byte.map_or(fault, |byte| fault.at(byte))
        })?;
        let opened = lists
            .iter()
            .flat_map(|list| list.entries())
            .filter(|(_, entry)| entry.usage == KeyUse::Register && entry.public.id() == envelope.kid)
            .find_map(|(authority, entry)| {
                let payload = envelope.opened_by(&entry.public, &Object::RegisterHead.of(&authority.id));
                payload.map(|payload| (authority, entry, payload))
            });
        let unsigned = fault(FaultCode::RegisterUnsigned, "REG-2");
        let (authority, signer, payload) = opened.ok_or(unsigned)?;
        let claims = read(payload)?;
        let (authority, test, signer) = (authority.id.clone(), signer.test, signer.public.clone());
        let head = Self { authority, claims, signer, test, bytes: bytes.to_vec() };
        let mut named = lists.iter().flat_map(|list| &list.authorities).filter(|one| one.id == head.authority);
        if named.any(|authority| head.counts_for(authority)) { Ok(head) } else { Err(unsigned) }
    }

    /// The authority whose documents it lists.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// What it states.
    pub fn claims(&self) -> &RegisterClaims {
        &self.claims
    }

    /// The signed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the signed bytes, as a key entry may name it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// Whether it is the register of an authority with a number.
    pub(crate) fn is_of(&self, authority: &str, number: u32) -> bool {
        self.authority == authority && self.claims.number == number
    }

    /// By what the newest of several heads of a register is told: time, then count, then bytes.
    pub(crate) fn age(&self) -> (UnixTime, u64, [u8; 32]) {
        (self.claims.time, self.claims.count, self.digest())
    }

    /// The key that signed it.
    pub(crate) fn signer(&self) -> &PublicKey {
        &self.signer
    }

    /// Whether it counts for the key of an authority whose register it is (REG-2).
    pub(crate) fn counts_for(&self, authority: &Authority) -> bool {
        let number = Some(self.claims.number);
        authority.keys.iter().any(|entry| entry.register_number() == number && self.covers(entry, authority))
    }

    /// Whether it counts for this key. The head that the roots have fixed does so whoever signed it.
    pub(crate) fn covers(&self, entry: &KeyEntry, authority: &Authority) -> bool {
        let most = match entry.usage {
            KeyUse::Documents { maximum_count, .. } => maximum_count.into(),
            KeyUse::Legalisation => u64::MAX,
            KeyUse::Status | KeyUse::Register | KeyUse::Minutes => return false,
        };
        if entry.public.digest() != self.claims.key || self.claims.count > most || self.test != entry.test {
            return false;
        }
        let signs = |signer: &KeyEntry| {
            let marked = signer.compromised_at.is_some();
            signer.public == self.signer && signer.usage == KeyUse::Register && signer.test == self.test && !marked
        };
        match entry.fixed_head() {
            Some(fixed) => fixed == self.digest(),
            None => authority.keys.iter().any(|signer| signs(signer) && signer.may_sign_at(self.claims.time)),
        }
    }
}

fn fault(code: FaultCode, rule: &'static str) -> PackFault {
    PackFault::new(code, PackObject::RegisterHead(0), rule)
}

fn malformed(rule: &'static str) -> PackFault {
    fault(FaultCode::RegisterMalformed, rule)
}

fn read(payload: &[u8]) -> Result<RegisterClaims, PackFault> {
    let item = cbor::read(payload, limits::REGISTER_ITEMS).map_err(|error| malformed(error.fault.rule()))?;
    let mut fields = Fields::open_roomy(item, &[1, 2, 3, 4, 6, 7], &[5])
        .map_err(|error| malformed(if error == FieldsError::Room { "GRO-1" } else { "REG-1" }))?;
    let mut claims = || {
        Some(RegisterClaims {
            number: fields.take(1)?.uint()?.try_into().ok().filter(|&number: &u32| number > 0)?,
            time: fields.take(2)?.time()?,
            count: fields.take(3)?.uint().filter(|&count| count <= 1 << 24)?,
            root: fields.take(4)?.bytes_of()?,
            minutes: match fields.take(5) {
                Some(minutes) => Some(minutes.bytes_of()?),
                None => None,
            },
            key: fields.take(6)?.bytes_of()?,
            entries: fields.take(7)?.bytes_of()?,
        })
    };
    claims().ok_or(malformed("REG-1"))
}
