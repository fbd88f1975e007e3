//! Sealed diplomas and transcripts: what SPEC.md says, as a library without clock, files, network or randomness.
//!
//! An authority calls [`issue`], everybody else calls [`verify`]. Between them stands a [`Pack`] of trusted keys.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use credential_core::{Anchor, Pack, TrustStore, verify};
//!
//! let text = include_str!("../tests/sample/specimen.txt").trim_end();
//! let pack = include_bytes!("../tests/sample/specimen.sceau");
//!
//! let mut store = TrustStore::new();
//! store.add(Pack::open(pack, Anchor::AsCarried)?);
//! let report = verify(text, &store, 1_790_000_000);
//!
//! assert_eq!(report.reason().code(), "specimen");
//! assert_eq!(report.document().unwrap().holder.first(), "Salma EL IDRISSI");
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod cbor;
mod claims;
mod compaction;
mod date;
mod deflate;
mod envelope;
mod evidence;
mod identity;
mod issue;
mod json;
mod key;
mod legalisation;
mod limits;
mod manifest;
mod merkle;
mod minutes;
mod outcome;
mod pack;
mod register;
mod status;
mod store;
mod text;
mod time;
mod trust;
mod verify;
mod words;

pub use claims::{
    Archive, BrokenRule, Document, Edition, Grade, Identity, Kind, Mark, MinutesReference, Results, Rule, Scale,
    Serial, StatusReference, Subject,
};
pub use compaction::{Compactor, Dictionary};
pub use date::PartialDate;
pub use evidence::Evidence;
pub use identity::identity_digest;
pub use issue::{IssueError, SealedDocument, issue};
pub use json::{legalisation_json, report_json};
pub use key::{KeyFault, KeyId, PublicKey, SealingKey};
pub use legalisation::{
    Legalisation, LegalisationMatch, LegalisationReport, SealedLegalisation, VerifiedLegalisation, legalise,
    match_legalisation, verify_legalisation,
};
pub use manifest::Manifest;
pub use merkle::MerkleTree;
pub use minutes::{Decision, Minutes, MinutesClaims, MinutesFault, MinutesLine, MinutesSalt, SeriesCount};
pub use outcome::{Reason, Register, Status, Verdict};
pub use pack::{Pack, PackContents};
pub use register::{InclusionProof, RegisterClaims, RegisterFile, RegisterHead, RegisterTree};
pub use status::{StatusList, StatusValue};
pub use store::{StatusAge, TrustStore};
pub use text::{CodeKind, link_text, symbol_text};
pub use time::{UnixTime, parse_time, rfc3339};
pub use trust::{Anchor, Authority, KeyEntry, KeyUse, RegisterReference, Role, RootSet, TrustClaims, TrustList};
pub use verify::{Issuer, Report, VerifiedCredential, verify, verify_with_evidence};
pub use words::{Language, Text, TextFault, Words, check_text};
