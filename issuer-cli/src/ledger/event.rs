//! What happens in an office, as the ledger holds it. Events name nobody: what names a person stands in a table of its own.

use serde::{Deserialize, Serialize};

use super::State;

/// One thing that happened. Digests, keys and serials are in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(crate) enum Event {
    /// The ledger was made.
    Began { ledger: String },
    /// The ledger is used on another computer, or by another user of it, from here on.
    Machine { compared_with: String },
    /// A key that seals or signs for this office was made here.
    Key { public: String },
    /// The secret from which the serials of an authority's documents follow was made (ISS-2).
    Secret { authority: String, test: bool, fingerprint: String },
    /// A batch was begun.
    Batch {
        name: String,
        key: String,
        authority: String,
        test: bool,
        kind: u8,
        list: String,
        profile: String,
        count: u32,
        sealed_at: u64,
        minutes: Vec<MinutesUsed>,
    },
    /// A batch that was begun has sealed nothing and never will.
    Dropped { batch: String },
    /// Documents of a batch were sealed; `rows` is the SHA-256 over their rows.
    Documents { batch: String, first: u32, count: u32, rows: String },
    /// All documents of a batch and its manifest were written.
    Ended { batch: String, manifest: String },
    /// A decision on the status of a document.
    Decision {
        key: String,
        /// How many decisions the authority had taken with this one.
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        serial: Option<String>,
        digest: String,
        from: State,
        to: State,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        successor: Option<String>,
    },
    /// From here on two of these clerks decide on the documents of a key (ISS-14).
    Clerks { key: String, clerks: Vec<String> },
    /// A key was closed with the register of all that it sealed.
    Closed { key: String, closed_at: u64, register: u32, register_key: String, head: String },
    /// A jury's minutes were sealed.
    Minutes { key: String, minutes: u64, root: String },
    /// A document was legalised; `row` is the SHA-256 of the act's row.
    Act { key: String, act: String, row: String },
    /// What names a person was erased, by law; documents and decisions stay.
    Erased { serial: String, reason: String },
}

/// Minutes that a batch was compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MinutesUsed {
    pub(crate) number: u64,
    pub(crate) root: String,
}

/// A digest or a key from its hexadecimal digits.
pub(crate) fn hex32(text: &str) -> anyhow::Result<[u8; 32]> {
    use anyhow::Context;
    let bytes = crate::hex::from_hex(text).and_then(|bytes| bytes.try_into().ok());
    bytes.with_context(|| format!("{text} is not 64 hexadecimal digits"))
}
