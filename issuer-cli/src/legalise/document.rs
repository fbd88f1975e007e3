//! What a ministry is shown: legalised only if it is genuine and in force, and nothing else speaks against it.

use std::fmt;
use std::path::{Path, PathBuf};

use credential_core::answer::{Register, Status, VerifiedCredential};
use credential_core::document::{Outcome, Serial, complete_sheets};
use credential_core::time::{UnixTime, rfc3339};
use credential_core::{Reason, Report, TrustStore, verify};

use super::scan::document_codes;

/// A document that was found genuine and in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Its digest.
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

/// Which documents a ministry wants to legalise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Those that state nothing against the candidate's admission.
    Admitted,
    /// Those too that state that the candidate was not admitted, or neither that nor the contrary.
    Anything,
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

/// Reads and judges the one document of each input; a sheet counts only with all others of its paper.
pub fn present(
    inputs: &[PathBuf],
    stated: Stated,
    store: &TrustStore,
    now: UnixTime,
) -> Vec<Result<Presented, Refusal>> {
    let found: Vec<_> = inputs.iter().map(|input| judged(input, stated, store, now)).collect();
    let shown: Vec<&VerifiedCredential> = found.iter().flatten().filter_map(Report::credential).collect();
    let mut complete = complete_sheets(&shown).into_iter();
    found
        .into_iter()
        .map(|found| {
            let report = found?;
            let complete = complete.next().unwrap_or(false);
            let credential = report.credential().filter(|one| complete || one.document().sheet.is_none());
            credential.map(presented).ok_or_else(|| refused(INCOMPLETE.to_owned(), 2))
        })
        .collect()
}

fn judged(input: &Path, stated: Stated, store: &TrustStore, now: UnixTime) -> Result<Report, Refusal> {
    let codes = document_codes(input).map_err(|error| refused(format!("{error:#}"), 2))?;
    let mut found: Option<Report> = None;
    for code in &codes {
        let report = verify(code, store, now);
        check(&report, stated)?;
        let digest = |report: &Report| report.credential().map(VerifiedCredential::digest);
        if found.as_ref().is_some_and(|found| digest(found) != digest(&report)) {
            let words = "it holds several documents; give each in a picture or file of its own".to_owned();
            return Err(refused(words, 2));
        }
        found = Some(report);
    }
    found.ok_or_else(|| refused("it holds no document".to_owned(), 2))
}

fn check(report: &Report, stated: Stated) -> Result<(), Refusal> {
    let reason = report.reason();
    let as_of = report.status_as_of().map(|time| format!(" (state of {})", rfc3339(time))).unwrap_or_default();
    let said = || refused(format!("{reason}: {}{as_of}", reason.words()), reason.exit_status().max(1));
    let Some(credential) = report.credential() else { return Err(said()) };
    if report.status() != Status::InForce || !is_open(reason) {
        return Err(said());
    }
    if report.register() == Register::NotListed && reason != Reason::Specimen {
        return Err(refused("genuine, but NOT in the register of its key: ask the authority".to_owned(), 2));
    }
    // a specimen is judged as one whatever it states, so the document itself is asked
    let outcome = credential.document().decision.as_ref().map(|decision| decision.outcome);
    let against = match outcome {
        None | Some(Outcome::Admitted) => return Ok(()),
        Some(Outcome::NotAdmitted) => Reason::StatesNotAdmitted,
        Some(Outcome::Otherwise) => Reason::StatesOtherwise,
    };
    match stated {
        Stated::Anything => Ok(()),
        Stated::Admitted => Err(refused(
            format!(
                "{against}: {} If that is what is to be legalised, say so with --whatever-it-states",
                against.words()
            ),
            against.exit_status(),
        )),
    }
}

/// Whether a document with this outcome may be legalised; what it states is looked at apart.
fn is_open(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Genuine | Reason::Specimen | Reason::OneSheet | Reason::StatesNotAdmitted | Reason::StatesOtherwise
    )
}

fn presented(credential: &VerifiedCredential) -> Presented {
    let document = credential.document();
    Presented {
        digest: credential.digest(),
        serial: credential.serial().clone(),
        about: format!("{}, {}", document.holder.first(), document.title.first()),
        sealed_at: credential.sealed_at(),
        specimen: credential.world() == credential_core::document::World::Test,
    }
}

fn refused(words: String, exit_status: u8) -> Refusal {
    Refusal { words, exit_status }
}

const INCOMPLETE: &str = "it is one sheet of several, and not all of them are here; give every sheet of the paper, each with \
                          an act number of its own";
