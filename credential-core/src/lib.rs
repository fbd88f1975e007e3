//! Sealed diplomas and transcripts: what SPEC.md says, as a library without clock, files, network or randomness.
//!
//! An authority calls [`sealing::issue`], everybody else calls [`verify`]. Between them stands a [`Pack`] of trusted keys.
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
pub mod json;
mod judged;
mod key;
pub mod legalisation;
mod limits;
mod manifest;
mod merkle;
pub mod minutes;
mod outcome;
mod pack;
pub mod register;
mod sheets;
mod state;
mod status;
mod steps;
mod store;
mod story;
mod text;
pub mod time;
mod trust;
mod verify;
mod words;

pub use claims::Document;
pub use evidence::Evidence;
pub use outcome::Reason;
pub use pack::Pack;
pub use store::TrustStore;
pub use story::{Story, judge_all};
pub use trust::Anchor;
pub use verify::{Report, verify, verify_with_evidence};

/// What a report, a story and a refused pack say (SPEC sections 10, 11 and 14).
pub mod answer {
    pub use crate::fault::{FaultCode, PackFault, PackObject};
    pub use crate::judged::Judged;
    pub use crate::outcome::{Cause, Register, Status, Verdict};
    pub use crate::state::Issuer;
    pub use crate::story::{Relation, Told};
    pub use crate::verify::VerifiedCredential;
}

/// What a document states (SPEC section 6).
pub mod document {
    pub use crate::claims::{
        Archive, BrokenRule, Cell, Column, ColumnRole, Decision, Edition, Grade, Heading, Identity, IdentityForm, Kind,
        Level, Line, LineValue, Lines, MinutesReference, Number, Outcome, Results, Row, RowKind, Rule, Serial, Sheet,
        Tag, World, tag,
    };
    pub use crate::date::{Date, PartialDate};
    pub use crate::identity::identity_digest;
    pub use crate::sheets::complete_sheets;
    pub use crate::words::{Language, Text, TextFault, Words, check_text};
}

/// Trust lists, status lists, the packs in which they travel, and the state that follows from them (SPEC sections 7 to 9).
///
/// ```
/// use credential_core::document::{Kind, Language, Text};
/// use credential_core::lists::*;
/// use credential_core::sealing::SealingKey;
/// use credential_core::{Anchor, Pack};
///
/// let [root, lists, session] = [1, 2, 3].map(|seed| SealingKey::from_seed(&[seed; 32]));
/// let entry = |key: &SealingKey, usage| KeyEntry {
///     public: key.public(),
///     usage,
///     not_before: 0,
///     not_after: 4_000_000_000,
///     closed_at: None,
///     compromised_at: None,
///     test: false,
///     status_list: None,
///     register: None,
/// };
/// let documents = KeyUse::Documents { kinds: vec![Kind::Diploma], sessions: None, maximum_count: 30_000 };
/// let board = Authority {
///     id: "XX-EXAM".into(),
///     names: vec![(Language::new("fr").unwrap(), Text::new("Office des examens")?)],
///     country: "XX".into(),
///     role: Role::ExaminationBoard,
///     keys: vec![
///         KeyEntry { status_list: Some(1), ..entry(&session, documents) },
///         entry(&lists, KeyUse::Status),
///     ],
///     dictionaries: vec![],
///     successor: None,
///     contacts: vec![],
///     final_lists: vec![],
/// };
/// let claims = TrustClaims {
///     version: 1,
///     issued: 1_782_000_000,
///     next_update: 1_800_000_000,
///     roots: RootSet { threshold: 1, keys: vec![root.public()] },
///     owner: Text::new("Pays fictif")?,
///     authorities: vec![board],
///     earlier: vec![],
///     disowned: vec![],
///     follows: None,
/// };
/// let trust = TrustList::sign(&claims, &[&root])?;
/// let status = StatusClaims {
///     authority: "XX-EXAM".into(),
///     number: 1,
///     seq: 0,
///     as_of: 1_782_000_000,
///     expires: 1_790_000_000,
///     statements: [].into(),
/// };
/// let status = status.sign(&lists);
/// let pack = PackContents { trust: trust.as_bytes(), statuses: vec![&status], ..PackContents::default() }.to_bytes();
///
/// let pack = Pack::open(&pack, Anchor::Fingerprint(claims.roots.fingerprint()))?;
/// assert_eq!(pack.trust().claims().version, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod lists {
    pub use crate::compaction::Dictionary;
    pub use crate::key::{KeyFault, KeyId, PublicKey};
    pub use crate::pack::PackContents;
    pub use crate::state::TrustState;
    pub use crate::status::{Statement, StatusClaims, StatusList};
    pub use crate::store::{ListPlace, StatusAge};
    pub use crate::trust::{
        Authority, KeyEntry, KeyUse, ListId, RegisterReference, Role, RootSet, SignatureFault, TrustClaims, TrustDraft,
        TrustList, Void,
    };
}

/// For who seals: documents, their texts, the manifest of a batch, entries of a status history (SPEC section 15).
pub mod sealing {
    pub use crate::compaction::Compactor;
    pub use crate::history::{is_history_entry_signed, sign_history_entry};
    pub use crate::issue::{IssueError, SealedDocument, Sealer, issue, serial_data};
    pub use crate::key::SealingKey;
    pub use crate::manifest::Manifest;
    pub use crate::text::{CodeKind, link_text, symbol_text};
}
