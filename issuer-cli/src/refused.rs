//! What the core refuses, told to people: its outcome code with the words of it, and what to do where that is known.

use std::fmt::Display;

use anyhow::{Result, anyhow};
use credential_core::{Anchor, Pack, Reason, Unfollowed};

/// Opens a pack whose root its user trusts.
pub(crate) fn open_pack(bytes: &[u8]) -> Result<Pack> {
    Pack::open(bytes, Anchor::AsCarried).map_err(refused("the trust pack is"))
}

/// The error that `what` refused, such as "the trust pack is" or "the new list would be".
pub(crate) fn refused(what: impl Display) -> impl FnOnce(Reason) -> anyhow::Error {
    move |reason| anyhow!("{what} refused: {reason}. {}", reason.words())
}

/// The bytes of a new pack, if every verifier that holds `held` takes them in its place.
pub(crate) fn check_follows(bytes: &[u8], held: &Pack) -> Result<()> {
    match Pack::open_following(bytes, held) {
        Ok(_) => Ok(()),
        Err(Unfollowed::Refused(reason)) => Err(refused("the new pack would be")(reason)),
        Err(step_back) => Err(anyhow!("the new pack would be refused: {}. {}", step_back.reason(), words(&step_back))),
    }
}

fn words(step_back: &Unfollowed) -> String {
    let (object, name, fault) = match step_back {
        Unfollowed::Refused(reason) => return reason.words().to_owned(),
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
