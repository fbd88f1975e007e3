//! The envelope: SPEC section 5. COSE_Sign1 for single signers, shared with the lists that are signed the same way.

use crate::cbor::{self, Fields, Item, Writer};
use crate::key::{KeyId, PublicKey, SealingKey};
use crate::limits;
use crate::outcome::Reason;

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
    fn external_aad(self) -> &'static [u8] {
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
    pub(crate) fn read(cose: &'a [u8]) -> Option<Self> {
        Self::read_typed(cose, None)
    }

    /// The same for an object that has one more protected entry: its type (label 16).
    pub(crate) fn read_typed(cose: &'a [u8], media_type: Option<&str>) -> Option<Self> {
        let body = cose.strip_prefix(&[TAG_SIGN1])?;
        let [protected, unprotected, payload, signature] = cbor::read(body, ENVELOPE_ITEMS).ok()?.tuple()?;
        let protected = protected.bytes()?;
        let kid = read_protected(protected, media_type)?;
        let payload = payload.bytes().filter(|payload| !payload.is_empty())?;
        let empty = unprotected.map()?.is_empty();
        empty.then_some(Self { protected, kid, payload, signature: signature.bytes_of()? })
    }

    /// The payload, if the signature holds under `key` for this kind of object (SIG-2 to SIG-5).
    pub(crate) fn opened_by(&self, key: &PublicKey, object: Object) -> Option<&'a [u8]> {
        let message = signature_structure("Signature1", &[self.protected, object.external_aad(), self.payload]);
        key.signed(&message, &self.signature).then_some(self.payload)
    }
}

/// Reads a document's envelope.
pub(crate) fn read_document(cose: &[u8]) -> Result<SignedCredential<'_>, Reason> {
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(Reason::EnvelopeMalformed);
    }
    Envelope::read(cose).ok_or(Reason::EnvelopeMalformed)
}

/// Signs a payload into a COSE_Sign1.
pub(crate) fn sign(payload: &[u8], key: &SealingKey, object: Object, media_type: Option<&str>) -> Vec<u8> {
    let protected = protected_header(key.id(), media_type);
    let signature = key.sign(&signature_structure("Signature1", &[&protected, object.external_aad(), payload]));
    let mut cose = Writer::with_capacity(payload.len() + 96);
    cose.tag(18).array(4).bytes(&protected).map(0).bytes(payload).bytes(&signature);
    cose.into_bytes()
}

/// The signature alone, for a payload that stands elsewhere.
pub(crate) fn sign_detached(payload: &[u8], key: &SealingKey, object: Object) -> [u8; 64] {
    let protected = protected_header(key.id(), None);
    key.sign(&signature_structure("Signature1", &[&protected, object.external_aad(), payload]))
}

/// Whether such a signature holds (SIG-2 to SIG-5).
pub(crate) fn is_signed_detached(payload: &[u8], signature: &[u8; 64], key: &PublicKey, object: Object) -> bool {
    let protected = protected_header(key.id(), None);
    key.signed(&signature_structure("Signature1", &[&protected, object.external_aad(), payload]), signature)
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
pub(crate) fn shared_structure(protected: &[u8], object: Object, payload: &[u8]) -> Vec<u8> {
    signature_structure("Signature", &[&[], protected, object.external_aad(), payload])
}

pub(crate) fn protected_header(kid: KeyId, media_type: Option<&str>) -> Vec<u8> {
    let mut header = Writer::with_capacity(48);
    header.map(2 + usize::from(media_type.is_some())).uint(1).negative(ALG_ED25519).uint(4).bytes(&kid);
    if let Some(media_type) = media_type {
        header.uint(16).text(media_type);
    }
    header.into_bytes()
}

/// The key id of a protected header that holds the algorithm, a key id and, where asked for, the type, and nothing else.
pub(crate) fn read_protected(header: &[u8], media_type: Option<&str>) -> Option<KeyId> {
    let value = cbor::read(header, ENVELOPE_ITEMS).ok()?;
    let mut fields = match media_type {
        Some(_) => Fields::open(value, &[1, 4, 16], &[]),
        None => Fields::open(value, &[1, 4], &[]),
    }
    .ok()?;
    let algorithm = fields.take(1)?;
    let kid = fields.take(4)?.bytes_of()?;
    let typed = fields.take(16).as_ref().and_then(Item::text) == media_type;
    (algorithm == Item::Negative(ALG_ED25519) && typed).then_some(kid)
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
        for made_as in objects {
            let cose = sign(b"\xA0", &key(), made_as, None);
            let envelope = Envelope::read(&cose).unwrap();
            for read_as in objects {
                assert_eq!(envelope.opened_by(&key().public(), read_as).is_some(), made_as == read_as);
            }
        }
    }

    #[test]
    fn every_changed_bit_is_seen() {
        let cose = sign(b"\xA1\x01\x02", &key(), Object::Document, None);
        for bit in 0..cose.len() * 8 {
            let mut changed = cose.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let opened = Envelope::read(&changed).is_some_and(|envelope| {
                envelope.kid == key().id() && envelope.opened_by(&key().public(), Object::Document).is_some()
            });
            assert!(!opened, "bit {bit}");
        }
    }
}
