//! What the core refuses, told to people: code, object, rule and byte with the words of the code, and what to do where
//! that is known.

use std::fmt::Display;

use anyhow::{Context, Result, anyhow, bail};
use credential_core::answer::{FaultCode, PackFault};
use credential_core::lists::{ListPlace, StatusList, Void};
use credential_core::time::rfc3339;
use credential_core::{Anchor, Pack, TrustStore};

/// Opens a pack whose root its user trusts.
pub(crate) fn open_pack(bytes: &[u8]) -> Result<Pack> {
    Pack::open(bytes, Anchor::AsCarried).map_err(refused("the trust pack is"))
}

/// The error that `what` refused, such as "the trust pack is" or "the new list would be".
pub(crate) fn refused(what: impl Display) -> impl FnOnce(PackFault) -> anyhow::Error {
    move |fault| anyhow!("{what} refused: {fault}. {}", words(fault.code()))
}

/// What every verifier keeps that holds `held` and is given a new pack: all that either says and that still counts.
pub(crate) fn follow(bytes: &[u8], held: &Pack, now: u64) -> Result<Vec<u8>> {
    let pack = Pack::open(bytes, Anchor::Held).map_err(refused("the new pack would be"))?;
    let is_held = |list: &&StatusList| held.statuses().iter().any(|old| old.as_bytes() == list.as_bytes());
    if let Some(list) = pack.statuses().iter().find(|list| list.is_ahead(now) && !is_held(list)) {
        let (name, day) = (format!("{}/{}", list.authority(), list.number()), rfc3339(list.as_of()));
        bail!(
            "the new pack would be refused: status-ahead. The status list {name} is dated {day}, more than a day ahead of \
             this computer's clock: set the clock, or sign the list again with `issuer status renew`"
        );
    }
    let mut store = TrustStore::new();
    store.hold(*held.trust().root());
    [held, &pack].into_iter().for_each(|pack| store.add(pack.clone()));
    let step = match store.place(pack.trust()) {
        ListPlace::Newest => {
            let state = store.states().first().context("the roots of the pack in force are not in it")?;
            return store.kept(state, now, true).map_err(refused("the new pack would be"));
        }
        ListPlace::Older(version) => format!("trust-rolled-back. Verifiers hold version {version} of the trust list"),
        ListPlace::Conflict => {
            "trust-conflict. The trust list is not built on the one in force, so verifiers would accept \
                                nothing under either: make it again from the pack in force"
                .into()
        }
        ListPlace::Void(Void::Order) => "trust-void. It does not name all lists before it".into(),
        ListPlace::Void(Void::Scope) => {
            "trust-void. It gives a key another scope, which no later list can: use a new key".into()
        }
        ListPlace::Void(Void::Mark) => {
            "trust-void. It takes back that a key was closed, stolen or its register fixed".into()
        }
        ListPlace::LinkMissing => "trust-link-missing. The list by which its roots took over is not in it".into(),
        ListPlace::Foreign => format!("{}. {}", FaultCode::TrustForeignRoot, words(FaultCode::TrustForeignRoot)),
    };
    Err(anyhow!("the new pack would be refused: {step}"))
}

/// The words of a code without those that are for verifiers.
fn words(code: FaultCode) -> &'static str {
    code.words().trim_end_matches(" No statement about the paper.")
}
