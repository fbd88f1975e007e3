//! Which document a decision is about: by its serial, by its digest, or by its code.
//!
//! A forgery can bear the serial of an innocent's document, never its digest.

use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use credential_core::answer::VerifiedCredential;
use credential_core::document::{Serial, World};
use credential_core::legalisation::{VerifiedLegalisation, verify_legalisation};
use credential_core::sealing::CodeKind;
use credential_core::{Pack, TrustStore, verify};

use crate::hex::{from_hex, hex};

/// A document or an act, as somebody names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The one that the register has under a serial.
    Serial(Serial),
    /// The one with a digest, whether the register has it or not.
    Digest {
        /// Its digest.
        digest: [u8; 32],
        /// The serial that it bears, if it was seen.
        serial: Option<Serial>,
    },
}

impl Named {
    /// The document or the record of a code that an authority's key has sealed, as a verifier with this pack reads it.
    pub fn by_code(text: &str, pack: &Pack, authority: &str, world: World, now: u64) -> Result<Self> {
        let mut store = TrustStore::new();
        store.add(pack.clone());
        let (reason, found) = if CodeKind::of(text) == Some(CodeKind::Legalisation) {
            let report = verify_legalisation(text, &store, now);
            (report.reason(), report.record().map(of_record))
        } else {
            let report = verify(text, &store, now);
            (report.reason(), report.credential().map(of_document))
        };
        let Some((issuer, of_world, digest, serial)) = found else {
            bail!("the code is judged {reason}: {} No decision on it is needed, or possible", reason.words());
        };
        ensure!(issuer == authority, "the code is one of {issuer}, not of {authority}");
        ensure!(of_world == world, "the code and the key belong to different worlds, live and test");
        Ok(Self::Digest { digest, serial: Some(serial) })
    }
}

type Found = (String, World, [u8; 32], Serial);

fn of_document(found: &VerifiedCredential) -> Found {
    (found.issuer().id.clone(), found.world(), found.digest(), found.serial().clone())
}

fn of_record(found: &VerifiedLegalisation) -> Found {
    (found.issuer().id.clone(), found.world(), found.digest(), found.serial().clone())
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial(serial) | Self::Digest { serial: Some(serial), .. } => write!(f, "{serial}"),
            Self::Digest { digest, serial: None } => write!(f, "the document with the digest {}", hex(digest)),
        }
    }
}

/// Reads a digest as people write it.
pub fn parse_digest(text: &str) -> Result<[u8; 32]> {
    let digest = from_hex(text.trim()).and_then(|bytes| bytes.try_into().ok());
    digest.with_context(|| format!("`{}` is not a digest: 64 hexadecimal digits", text.trim()))
}

/// Reads a serial as people write it.
pub fn parse_serial(text: &str) -> Result<Serial> {
    let serial = from_hex(text.trim()).and_then(Serial::new);
    serial.with_context(|| format!("`{}` is not a serial: 16 to 32 hexadecimal digits", text.trim()))
}
