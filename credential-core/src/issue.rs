//! Sealing one document.

use crate::cbor::Writer;
use crate::claims::{self, BrokenRule, Document, Domain, Rule, Serial, World};
use crate::compaction::Compactor;
use crate::envelope::{self, Object};
use crate::key::SealingKey;
use crate::limits;
use crate::text;
use crate::time::UnixTime;

/// A key with the authority and the world that the trust list names for it: both are part of what is sealed.
#[derive(Clone, Copy, Debug)]
pub struct Sealer<'a> {
    /// The authority's id.
    pub authority: &'a str,
    /// Live, or test.
    pub world: World,
    /// The key.
    pub key: &'a SealingKey,
}

/// Seals a document: the same arguments give the same bytes.
///
/// Whether the key may seal it is the trust list's word, see [`KeyEntry`](crate::lists::KeyEntry); the caller asks before.
///
/// ```
/// # use credential_core::{Anchor, Pack, TrustStore, verify};
/// # let pack = include_bytes!("../examples/verify/pack.sceau");
/// # let root = include_bytes!("../examples/verify/root.sha256");
/// # let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
/// # let mut store = TrustStore::new();
/// # store.add(Pack::open(pack, Anchor::Fingerprint(*root)).unwrap());
/// use credential_core::document::{Serial, World};
/// use credential_core::sealing::{Compactor, Sealer, SealingKey, issue};
///
/// # let document = verify(text, &store, 1_790_000_000).document().unwrap().clone();
/// // `document` is a `Document` with every line of the paper
/// let key = SealingKey::from_seed(&[7; 32]); // 32 secret random bytes
/// let serial = Serial::new(&[0, 1, 2, 3, 4, 5, 6, 7]).unwrap();
/// let sealer = Sealer { authority: "XX-EXAM", world: World::Live, key: &key };
/// let sealed = issue(&document, &serial, 1_782_000_000, &sealer)?;
/// assert!(sealed.symbol_text(&Compactor::plain()).starts_with("SC1:"));
/// # Ok::<(), credential_core::sealing::IssueError>(())
/// ```
pub fn issue(
    document: &Document,
    serial: &Serial,
    sealed_at: UnixTime,
    sealer: &Sealer<'_>,
) -> Result<SealedDocument, IssueError> {
    document.check()?;
    if sealed_at >= 1 << 40 {
        return Err(Rule::Range.of("iat").into());
    }
    let payload = claims::write(document, serial, sealed_at);
    let facts = &payload[claims::facts_at(serial, sealed_at)..];
    let digest = claims::facts_digest(Domain::Document, sealer.world, sealer.authority, serial, facts);
    let cose = envelope::sign(&payload, sealer.key, &Object::Document.of(sealer.authority));
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(IssueError::TooLarge { bytes: cose.len() });
    }
    Ok(SealedDocument { cose, digest })
}

/// A sealed document: COSE_Sign1 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedDocument {
    cose: Vec<u8>,
    digest: [u8; 32],
}

/// Why a document was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// Its contents break a rule.
    #[error(transparent)]
    Rule(#[from] BrokenRule),
    /// It is larger than any verifier reads.
    #[error("the sealed document has {bytes} bytes, at most {} are allowed", limits::DOCUMENT_BYTES)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
}

impl SealedDocument {
    /// The COSE bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.cose
    }

    /// The digest over authority, serial and facts: what the document is, whoever sealed it when (SPEC section 6).
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The bytes that go into a code: compact, or bare where that is shorter.
    pub fn compact(&self, compactor: &Compactor) -> Vec<u8> {
        compactor.compact(&self.cose)
    }

    /// The text for a QR code.
    pub fn symbol_text(&self, compactor: &Compactor) -> String {
        text::symbol_text(&self.compact(compactor))
    }

    /// The link form for a phone's own camera; `page` is an `https://` address without `#`.
    pub fn link_text(&self, page: &str, compactor: &Compactor) -> Option<String> {
        text::link_text(page, &self.compact(compactor))
    }
}

/// The bytes whose HMAC under the office's secret is the serial (ISS-2): the facts without the identity number's digest.
pub fn serial_data(authority: &str, document: &Document) -> Vec<u8> {
    let facts = claims::document_bytes(document);
    let mut out = Writer::with_capacity(facts.len() + 64);
    out.array(3).text("sceau/1/serial").text(authority).raw(&facts);
    out.into_bytes()
}
