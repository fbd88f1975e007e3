//! What a ministry is shown: legalised only if it is genuine and in force, and nothing else speaks against it.

use std::fmt;
use std::path::Path;

use credential_core::{Reason, Register, Report, Serial, TrustStore, UnixTime, rfc3339, verify};

use super::scan::document_codes;

/// A document that was found genuine and in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// SHA-256 of its COSE bytes.
    pub digest: [u8; 32],
    /// Its serial.
    pub serial: Serial,
    /// Holder and title, for the clerk.
    pub about: String,
    /// When it was sealed.
    pub sealed_at: UnixTime,
    /// Whether it is a document of the test world.
    pub specimen: bool,
}

/// Why a document is not legalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    words: String,
    /// 1 if the document was judged and refused, 2 if it could not be judged.
    pub exit_status: u8,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Reads and judges the one document of an input.
pub fn present(input: &Path, store: &TrustStore, now: UnixTime) -> Result<Presented, Refusal> {
    let codes = document_codes(input).map_err(|error| Refusal { words: format!("{error:#}"), exit_status: 2 })?;
    let mut found: Option<Presented> = None;
    for code in &codes {
        let presented = judged(&verify(code, store, now))?;
        if found.as_ref().is_some_and(|found| found.digest != presented.digest) {
            let words = "it holds several documents; give each in a picture or file of its own".to_owned();
            return Err(Refusal { words, exit_status: 2 });
        }
        found = Some(presented);
    }
    found.ok_or_else(|| Refusal { words: "it holds no document".to_owned(), exit_status: 2 })
}

fn judged(report: &Report) -> Result<Presented, Refusal> {
    let reason = report.reason();
    let refused = |words: String, exit_status| Refusal { words, exit_status };
    let as_of = report.status_as_of().map(|time| format!(" (state of {})", rfc3339(time))).unwrap_or_default();
    let said = || format!("{reason}: {}{as_of}", reason.words());
    let in_force = report.status() == credential_core::Status::InForce;
    match (reason, report.credential()) {
        (Reason::Genuine, Some(_)) if report.register() == Register::NotListed => {
            Err(refused("genuine, but NOT in the register of its key: ask the authority".to_owned(), 2))
        }
        (Reason::Genuine | Reason::Specimen, Some(credential)) if in_force => Ok(Presented {
            digest: credential.digest(),
            serial: credential.serial().clone(),
            about: format!("{}, {}", credential.document().holder.first(), credential.document().title.first()),
            sealed_at: credential.sealed_at(),
            specimen: reason == Reason::Specimen,
        }),
        _ => Err(refused(said(), reason.exit_status().max(1))),
    }
}
