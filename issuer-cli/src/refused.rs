//! What the core refuses, told to people: code, object, rule and byte with the words of the code, and what to do where
//! that is known.

use std::fmt::Display;

use anyhow::{Result, anyhow};
use credential_core::{Anchor, FaultCode, Pack, PackFault, Unfollowed};

/// Opens a pack whose root its user trusts.
pub(crate) fn open_pack(bytes: &[u8]) -> Result<Pack> {
    Pack::open(bytes, Anchor::AsCarried).map_err(refused("the trust pack is"))
}

/// The error that `what` refused, such as "the trust pack is" or "the new list would be".
pub(crate) fn refused(what: impl Display) -> impl FnOnce(PackFault) -> anyhow::Error {
    move |fault| anyhow!("{what} refused: {fault}. {}", words(fault.code()))
}

/// What every verifier keeps that holds `held` and is given a new pack: with the lists whose statements it lacks.
pub(crate) fn follow(bytes: &[u8], held: &Pack, now: u64) -> Result<Vec<u8>> {
    match Pack::open_following(bytes, held, now) {
        Ok(followed) => Ok(followed.bytes),
        Err(Unfollowed::Refused(fault)) => Err(refused("the new pack would be")(fault)),
        Err(step) => Err(anyhow!("the new pack would be refused: {}. {}", step.code(), step_words(&step))),
    }
}

/// The words of a code without those that are for verifiers.
fn words(code: FaultCode) -> &'static str {
    code.words().trim_end_matches(" No statement about the paper.")
}

fn step_words(step: &Unfollowed) -> String {
    let (object, name, fault) = match step {
        Unfollowed::Refused(fault) => return words(fault.code()).to_owned(),
        Unfollowed::Ahead(name) => return format!("The status list {name} {AHEAD}"),
        Unfollowed::OlderStatus(name) => ("status list", name, OLDER),
        Unfollowed::NoStatus(name) => ("status list", name, MISSING),
        Unfollowed::OlderRegister(name) => ("register", name, OLDER),
        Unfollowed::NoRegister(name) => ("register", name, MISSING),
    };
    format!("In the pack that verifiers hold the {object} {name} {fault}")
}

const OLDER: &str = "is newer, or another of the same second: give that pack too, or sign the list again with \
                     `issuer status renew`";
const MISSING: &str = "is there, and here it is not: give that pack too";
const AHEAD: &str = "is dated more than a day ahead of this computer's clock: set the clock, or sign the list again with \
                     `issuer status renew`";
