//! The envelope: SPEC section 5. COSE_Sign1 for single signers, shared with the lists that are signed the same way.

use crate::cbor::{self, CborError, Fields, Item, Writer};
use crate::key::{KeyId, PublicKey, SealingKey};
use crate::limits;
use crate::outcome::{Cause, Reason};

/// Kinds of signed objects; each has its own `external_aad`, so that none can stand for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    Document,
    TrustList,
    StatusList,
    Manifest,
    RegisterHead,
    Minutes,
    Legalisation,
    StatusHistory,
}

impl Object {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Document => b"sceau/1/document",
            Self::TrustList => b"sceau/1/trust-list",
            Self::StatusList => b"sceau/1/status-list",
            Self::Manifest => b"sceau/1/manifest",
            Self::RegisterHead => b"sceau/1/register-head",
            Self::Minutes => b"sceau/1/minutes",
            Self::Legalisation => b"sceau/1/legalisation",
            Self::StatusHistory => b"sceau/1/status-history",
        }
    }

    /// The `external_aad` of objects that no authority signs.
    pub(crate) fn alone(self) -> Vec<u8> {
        self.name().to_vec()
    }

    /// The `external_aad` under a key of an authority: what one of them signed never opens as another's (SIG-5).
    pub(crate) fn of(self, authority: &str) -> Vec<u8> {
        [self.name(), &[0], authority.as_bytes()].concat()
    }
}

/// A COSE_Sign1 whose shape is right and whose contents nobody has believed yet.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<'a> {
    protected: &'a [u8],
    pub(crate) kid: KeyId,
    payload: &'a [u8],
    signature: [u8; 64],
}

/// A document as it was scanned: parsed, not believed.
pub(crate) type SignedCredential<'a> = Envelope<'a>;

impl<'a> Envelope<'a> {
    /// Reads a COSE_Sign1 with exactly `{1: -19, 4: kid}` in its protected header (ENV-1 to ENV-3).
    pub(crate) fn read(cose: &'a [u8]) -> Result<Self, EnvelopeFault> {
        let shape = EnvelopeFault { rule: "ENV-2", byte: None };
        let body = cose.strip_prefix(&[TAG_SIGN1]).ok_or(EnvelopeFault { byte: Some(0), ..shape })?;
        let item = cbor::read(body, ENVELOPE_ITEMS).map_err(|error| EnvelopeFault::from(error).after(1))?;
        let [protected, unprotected, payload, signature] = item.tuple().ok_or(shape)?;
        let protected = protected.bytes().ok_or(shape)?;
        let payload = payload.bytes().filter(|payload| !payload.is_empty()).ok_or(shape)?;
        let signature = signature.bytes_of().ok_or(shape)?;
        unprotected.map().filter(Vec::is_empty).ok_or(shape)?;
        let kid = read_protected(protected)?;
        Ok(Self { protected, kid, payload, signature })
    }

    /// The payload, if the signature holds under `key` for this `external_aad` (SIG-2 to SIG-5).
    pub(crate) fn opened_by(&self, key: &PublicKey, aad: &[u8]) -> Option<&'a [u8]> {
        let message = signature_structure("Signature1", &[self.protected, aad, self.payload]);
        key.signed(&message, &self.signature).then_some(self.payload)
    }
}

/// The rule that an envelope breaks, and the byte where one can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EnvelopeFault {
    pub(crate) rule: &'static str,
    pub(crate) byte: Option<usize>,
}

impl EnvelopeFault {
    fn after(self, bytes: usize) -> Self {
        Self { byte: self.byte.map(|byte| byte + bytes), ..self }
    }
}

impl From<CborError> for EnvelopeFault {
    fn from(error: CborError) -> Self {
        Self { rule: error.fault.rule(), byte: Some(error.at) }
    }
}

/// Reads a document's envelope.
pub(crate) fn read_document(cose: &[u8]) -> Result<SignedCredential<'_>, Cause> {
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(Cause::new(Reason::EnvelopeMalformed, "ENV-1"));
    }
    Envelope::read(cose).map_err(|EnvelopeFault { rule, byte }| {
        let cause = Cause::new(Reason::EnvelopeMalformed, rule);
        byte.map_or(cause, |byte| cause.at(byte))
    })
}

/// Signs a payload into a COSE_Sign1.
pub(crate) fn sign(payload: &[u8], key: &SealingKey, aad: &[u8]) -> Vec<u8> {
    let protected = protected_header(key.id());
    let signature = key.sign(&signature_structure("Signature1", &[&protected, aad, payload]));
    let mut cose = Writer::with_capacity(payload.len() + 96);
    cose.tag(18).array(4).bytes(&protected).map(0).bytes(payload).bytes(&signature);
    cose.into_bytes()
}

/// The signature alone, for a payload that stands elsewhere.
pub(crate) fn sign_detached(payload: &[u8], key: &SealingKey, aad: &[u8]) -> [u8; 64] {
    key.sign(&signature_structure("Signature1", &[&protected_header(key.id()), aad, payload]))
}

/// Whether such a signature holds (SIG-2 to SIG-5).
pub(crate) fn is_signed_detached(payload: &[u8], signature: &[u8; 64], key: &PublicKey, aad: &[u8]) -> bool {
    key.signed(&signature_structure("Signature1", &[&protected_header(key.id()), aad, payload]), signature)
}

/// The bytes that are signed: RFC 9052 section 4.4.
pub(crate) fn signature_structure(context: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut message = Writer::with_capacity(64 + parts.iter().map(|part| part.len()).sum::<usize>());
    message.array(parts.len() + 1).text(context);
    for part in parts {
        message.bytes(part);
    }
    message.into_bytes()
}

/// The bytes that one of several signers of a COSE_Sign signs; the body's own protected header is empty.
pub(crate) fn shared_structure(protected: &[u8], aad: &[u8], payload: &[u8]) -> Vec<u8> {
    signature_structure("Signature", &[&[], protected, aad, payload])
}

pub(crate) fn protected_header(kid: KeyId) -> Vec<u8> {
    let mut header = Writer::with_capacity(16);
    header.map(2).uint(1).negative(ALG_ED25519).uint(4).bytes(&kid);
    header.into_bytes()
}

/// The key id of a protected header that holds the algorithm, a key id, and nothing else (ENV-3).
pub(crate) fn read_protected(header: &[u8]) -> Result<KeyId, EnvelopeFault> {
    let other = EnvelopeFault { rule: "ENV-3", byte: None };
    let value = cbor::read(header, ENVELOPE_ITEMS)?;
    let mut fields = Fields::open(value, &[1, 4], &[]).map_err(|_| other)?;
    let algorithm = fields.take(1);
    let kid = fields.take(4).and_then(|kid| kid.bytes_of());
    kid.filter(|_| algorithm == Some(Item::Negative(ALG_ED25519))).ok_or(other)
}

/// Whether a protected header is a map that names another algorithm than this version's (GRO-3).
pub(crate) fn names_other_algorithm(header: &[u8]) -> bool {
    let Some(entries) = cbor::read(header, limits::PASSED_OVER_BYTES).ok().and_then(Item::map) else { return false };
    let algorithm = entries.iter().find(|(key, _)| *key == Item::Uint(1)).map(|(_, value)| value);
    match algorithm {
        Some(Item::Negative(number)) => *number != ALG_ED25519,
        Some(Item::Uint(_)) => true,
        _ => false,
    }
}

const TAG_SIGN1: u8 = 0xD2;
/// -19, fully specified Ed25519 (RFC 9864), as CBOR writes it: -1 - 18.
const ALG_ED25519: u64 = 18;
const ENVELOPE_ITEMS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SealingKey {
        SealingKey::from_seed(&[7; 32])
    }

    #[test]
    fn one_kind_of_object_never_opens_as_another() {
        let objects = [
            Object::Document,
            Object::TrustList,
            Object::StatusList,
            Object::Manifest,
            Object::RegisterHead,
            Object::Minutes,
            Object::Legalisation,
            Object::StatusHistory,
        ];
        let aads = objects.iter().flat_map(|object| [object.alone(), object.of("AB"), object.of("A"), object.of("AC")]);
        let aads: Vec<_> = aads.collect();
        for (made_as, aad) in aads.iter().enumerate() {
            let cose = sign(b"\xA0", &key(), aad);
            let envelope = Envelope::read(&cose).unwrap();
            for (read_as, aad) in aads.iter().enumerate() {
                assert_eq!(envelope.opened_by(&key().public(), aad).is_some(), made_as == read_as);
            }
        }
    }

    #[test]
    fn every_changed_bit_is_seen() {
        let cose = sign(b"\xA1\x01\x02", &key(), &Object::Document.of("AB"));
        for bit in 0..cose.len() * 8 {
            let mut changed = cose.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let opened = Envelope::read(&changed).is_ok_and(|envelope| {
                envelope.kid == key().id() && envelope.opened_by(&key().public(), &Object::Document.of("AB")).is_some()
            });
            assert!(!opened, "bit {bit}");
        }
    }
}
