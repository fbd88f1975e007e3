//! What a document is: the digest over authority, serial and facts, and the tag that status lists speak by (SPEC
//! section 6).

use sha2::{Digest, Sha256};

use super::Serial;
use crate::cbor::Writer;

/// Which world a key belongs to. Digests of the two never agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum World {
    /// Documents that count.
    Live,
    /// Specimens.
    Test,
}

impl World {
    /// The world of a key entry, by its label 11.
    pub fn of(test: bool) -> Self {
        if test { Self::Test } else { Self::Live }
    }
}

/// Whose facts are digested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Domain {
    Document,
    Record,
}

impl Domain {
    fn text(self, world: World) -> &'static str {
        match (self, world) {
            (Self::Document, World::Live) => "sceau/1/digest",
            (Self::Document, World::Test) => "sceau/1/digest-test",
            (Self::Record, World::Live) => "sceau/1/record",
            (Self::Record, World::Test) => "sceau/1/record-test",
        }
    }
}

/// How status lists name a document: the first bytes of a hash over its digest.
pub type Tag = [u8; 8];

/// The digest of the facts `map` under an authority and a serial.
pub(crate) fn facts_digest(domain: Domain, world: World, authority: &str, serial: &Serial, map: &[u8]) -> [u8; 32] {
    let mut head = Writer::with_capacity(80);
    head.array(4).text(domain.text(world)).text(authority).bytes(serial.as_bytes());
    Sha256::new().chain_update(head.into_bytes()).chain_update(map).finalize().into()
}

/// The tag of a document's or record's digest.
pub fn tag(digest: &[u8; 32]) -> Tag {
    let hash = Sha256::new().chain_update(b"sceau/1/status").chain_update(digest).finalize();
    let mut tag = [0; 8];
    tag.copy_from_slice(&hash[..8]);
    tag
}
