//! Sealed diplomas and transcripts: what SPEC.md says, as a library without clock, files, network or randomness.
//!
//! An authority calls [`issue`], everybody else calls [`verify`]. Between them stands a [`Pack`] of trusted keys.
//!
//! # Verifying a paper's code
//!
//! 1. Take the text of the QR code as the scanner gives it, without trimming spaces: they are characters of base45.
//! 2. Take the trust pack: a file from the ministry, by any way, as everything in it is signed. Its roots' fingerprint is
//!    what a program must get by a way of its own, and hold: [`Anchor::Fingerprint`].
//! 3. Call [`verify`] with both and the time in seconds since 1970.
//! 4. Accept if and only if [`Reason::exit_status`] is 0. 1 says that the paper must not be relied on, 2 that nothing can
//!    be said. [`Report::document`] has the lines to compare with the paper, and is `None` unless the seal held.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use credential_core::{Anchor, Pack, TrustStore, verify};
//!
//! let pack = include_bytes!("../examples/verify/pack.sceau");
//! let root = include_bytes!("../examples/verify/root.sha256");
//! let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
//!
//! let mut store = TrustStore::new();
//! store.add(Pack::open(pack, Anchor::Fingerprint(*root))?);
//! let report = verify(text, &store, 1_790_000_000);
//!
//! assert_eq!((report.reason().code(), report.reason().exit_status()), ("genuine", 0));
//! assert_eq!(report.document().unwrap().holder.first(), "Salma EL IDRISSI");
//! # Ok(())
//! # }
//! ```
//!
//! A paper may have several codes: a document's and that of its legalisation, or one a sheet. [`judge_all`] takes all that were
//! read from one picture, and [`Story::exit_status`] accepts a record beside its document only, a sheet beside the others only.
//!
//! `cargo run -p credential-core --example verify` judges three texts in this way: one to accept, one to refuse, and one of
//! which nothing can be said. The files beside its source are there to try a program of one's own on.
#![forbid(unsafe_code)]

mod cbor;
mod claims;
mod compaction;
mod date;
mod deflate;
mod envelope;
mod evidence;
mod fault;
mod history;
mod identity;
mod index;
mod issue;
mod json;
mod judged;
mod key;
mod legalisation;
mod limits;
mod manifest;
mod merkle;
mod minutes;
mod outcome;
mod pack;
mod register;
mod sheets;
mod state;
mod status;
mod steps;
mod store;
mod story;
mod text;
mod time;
mod trust;
mod verify;
mod words;

pub use claims::{
    Archive, BrokenRule, Cell, Column, ColumnRole, Decision, Document, Edition, Grade, Heading, Identity, IdentityForm,
    Kind, Level, Line, LineValue, Lines, MinutesReference, Number, Outcome, Results, Row, RowKind, Rule, Serial, Sheet,
    Tag, World, tag,
};
pub use compaction::{Compactor, Dictionary};
pub use date::{Date, PartialDate};
pub use evidence::Evidence;
pub use fault::{FaultCode, PackFault, PackObject};
pub use history::{is_history_entry_signed, sign_history_entry};
pub use identity::identity_digest;
pub use issue::{IssueError, SealedDocument, Sealer, issue, serial_data};
pub use json::{
    JsonText, fault_json, fault_text, legalisation_json, legalisation_text, report_json, report_text, trouble_json,
};
pub use judged::Judged;
pub use key::{KeyFault, KeyId, PublicKey, SealingKey};
pub use legalisation::{
    Legalisation, LegalisationMatch, LegalisationReport, SealedLegalisation, VerifiedLegalisation,
    legalisation_serial_data, legalise, match_legalisation, verify_legalisation, verify_legalisation_with_evidence,
};
pub use manifest::Manifest;
pub use merkle::MerkleTree;
pub use minutes::{Minutes, MinutesClaims, MinutesFault, MinutesLine, MinutesSalt, SeriesCount};
pub use outcome::{Cause, Reason, Register, Status, Verdict};
pub use pack::{Pack, PackContents};
pub use register::{InclusionProof, RegisterClaims, RegisterFile, RegisterHead, RegisterTree};
pub use sheets::complete_sheets;
pub use state::TrustState;
pub use status::{Statement, StatusClaims, StatusList};
pub use store::{ListPlace, StatusAge, TrustStore};
pub use story::{Relation, Story, Told, judge_all};
pub use text::{CodeKind, link_text, symbol_text};
pub use time::{UnixTime, parse_time, rfc3339};
pub use trust::{
    Anchor, Authority, KeyEntry, KeyUse, ListId, RegisterReference, Role, RootSet, SignatureFault, TrustClaims,
    TrustDraft, TrustList, Void,
};
pub use verify::{Issuer, Report, VerifiedCredential, verify, verify_with_evidence};
pub use words::{Language, Text, TextFault, Words, check_text};
