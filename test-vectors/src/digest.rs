//! Document digests and tags (SPEC section 6): how registers, legalisations and status lists name what they speak of.

use crate::cbor::{Fields, array, bytes, text};
use crate::sign::sha256;

/// Domain of a document in earnest.
pub const DOCUMENT: &str = "sceau/1/digest";
/// Domain of a document whose key has label 11.
pub const TEST_DOCUMENT: &str = "sceau/1/digest-test";
/// Domain of a legalisation record in earnest.
pub const RECORD: &str = "sceau/1/record";
/// Domain of a legalisation record whose key has label 11.
pub const TEST_RECORD: &str = "sceau/1/record-test";

/// A digest of 32 bytes.
pub type Digest = [u8; 32];
/// The first bytes of a hash of a digest.
pub type Tag = [u8; 8];

/// SHA-256 of `digest-data`.
pub fn digest(domain: &str, authority: &str, serial: &[u8], map: &Fields) -> Digest {
    sha256(&array(&[text(domain), text(authority), bytes(serial), map.encoded()]))
}

/// The tag by which status lists speak of what has this digest.
pub fn tag(digest: &Digest) -> Tag {
    let whole = sha256(&[b"sceau/1/status", &digest[..]].concat());
    let mut tag = [0; 8];
    tag.copy_from_slice(&whole[..8]);
    tag
}
