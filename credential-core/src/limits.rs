//! Limits on everything that comes from outside, each with its reason. All are in SPEC.md.

/// Characters of a text: what QR version 40-L holds in numeric mode (TXT-1).
pub(crate) const TEXT_CHARACTERS: usize = 7_089;
/// Bytes of a sealed document, bare or inflated: six times what a printed code carries (ZIP-2, ENV-1).
pub(crate) const DOCUMENT_BYTES: usize = 16_384;
/// Items of a document's payload: a table of 128 rows and 20 columns fits, with its lines (CBR-7).
pub(crate) const DOCUMENT_ITEMS: usize = 4_096;
/// Containers inside each other (CBR-6); the deepest object of the format needs 6.
pub(crate) const DEPTH: usize = 8;
/// Bytes of a dictionary: the window of deflate.
pub(crate) const DICTIONARY_BYTES: usize = 32_768;
/// Bytes and items of a trust list: 60 boards with three keys a year for forty years fit (TRU-1).
pub(crate) const TRUST_BYTES: usize = 8 << 20;
pub(crate) const TRUST_ITEMS: usize = 1_000_000;
/// Signatures of a trust list: two root sets of sixteen sign a rotation.
pub(crate) const TRUST_SIGNATURES: usize = 32;
/// Lists that a list names as earlier, one a week for 78 years, or as disowned.
pub(crate) const TRUST_EARLIER: usize = 4_095;
pub(crate) const TRUST_DISOWNED: usize = 64;
/// Bytes of what a later version may add to a map (GRO-1), to a list's keys (GRO-2) or signatures (GRO-3).
pub(crate) const ROOM_BYTES: usize = 65_536;
pub(crate) const PASSED_OVER_BYTES: usize = 16_384;
/// Bytes of a status list: two million decisions (STA-1).
pub(crate) const STATUS_BYTES: usize = 16 << 20;
pub(crate) const STATUS_ITEMS: usize = 256;
/// Bytes of a pack (PCK-1), its status lists and its dictionaries.
pub(crate) const PACK_BYTES: usize = 32 << 20;
pub(crate) const PACK_STATUS_LISTS: usize = 1_000;
pub(crate) const PACK_LINKS: usize = 64;
pub(crate) const PACK_DICTIONARIES: usize = 4_096;
pub(crate) const PACK_REGISTERS: usize = 1_000;
pub(crate) const PACK_ITEMS: usize = 8_192;
/// Bytes of a register head (REG-1) and items of heads, files and proofs.
pub(crate) const HEAD_BYTES: usize = 1_024;
pub(crate) const REGISTER_ITEMS: usize = 256;
/// Bytes and hashes of an inclusion proof (REG-6): a register has at most 2^24 documents.
pub(crate) const PROOF_BYTES: usize = 1_024;
pub(crate) const PROOF_HASHES: usize = 24;
/// Bytes and items of minutes' claims (MIN-1).
pub(crate) const MINUTES_BYTES: usize = 64 << 10;
pub(crate) const MINUTES_ITEMS: usize = 1_024;
/// Items of a manifest's claims.
pub(crate) const MANIFEST_ITEMS: usize = 256;
