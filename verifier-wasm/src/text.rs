//! The packs of this instance, and what is judged by them.

mod story;

use std::cell::RefCell;
use std::sync::Arc;

use credential_core::answer::{FaultCode, Judged, PackFault};
use credential_core::json::{JsonText, fault_json, legalisation_json, report_json};
use credential_core::lists::{ListPlace, TrustState};
use credential_core::register::InclusionProof;
use credential_core::time::{UnixTime, rfc3339};
use credential_core::{Anchor, Evidence, Pack, TrustStore};

pub(crate) use story::story;

thread_local! {
    /// The packs of this instance, or what is said since one was refused.
    static PACKS: RefCell<Result<TrustStore, String>> = RefCell::new(Ok(TrustStore::new()));

    /// What is to be kept since the last update.
    static KEPT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes of the longest argument that is looked at: one more than a pack may have (PCK-1).
pub(crate) const LONGEST_PACK: usize = (32 << 20) + 1;

/// Bytes of one code point more than a text may have, all of them long (TXT-1).
pub(crate) const LONGEST_TEXT: usize = 4 * (7_089 + 1);

/// Adds a pack; where the time is known, none with a status list that is dated ahead of it.
pub(crate) fn load_pack(bytes: &[u8], root: Option<[u8; 32]>, now: UnixTime) -> String {
    PACKS.with_borrow_mut(|packs| match opened(bytes, root, now) {
        Ok((pack, answer)) => {
            if let Ok(store) = packs {
                store.add(pack);
            }
            answer
        }
        Err(fault) => {
            let said = fault_json(&fault);
            let answer = refused(&said);
            if packs.is_ok() {
                *packs = Err(said);
            }
            answer
        }
    })
}

/// Adds a pack to the one held: what they say together is what is to be kept.
pub(crate) fn update_pack(bytes: &[u8], held: &[u8], root: Option<[u8; 32]>, now: UnixTime) -> String {
    match united(bytes, held, root, now) {
        Ok(United { held, pack, root, answer }) => {
            PACKS.with_borrow_mut(|packs| {
                if let Ok(store) = packs {
                    if store.place(held.trust()) == ListPlace::Foreign {
                        store.add(held);
                    }
                    store.add(pack);
                    store.hold(root);
                }
            });
            answer
        }
        Err(fault) => refused(&fault_json(&fault)),
    }
}

fn opened(bytes: &[u8], root: Option<[u8; 32]>, now: UnixTime) -> Result<(Arc<Pack>, String), PackFault> {
    let pack = Pack::open(bytes, anchor(root))?;
    pack.check_clock(now)?;
    let pack = Arc::new(pack);
    let store = store_of([pack.clone()]);
    let (state, place) = counted(&store, &pack)?;
    let answer = loaded(state, place);
    Ok((pack, answer))
}

/// Two packs that add up, the root fingerprint that is held from now on, and what is told of them.
struct United {
    held: Arc<Pack>,
    pack: Arc<Pack>,
    root: [u8; 32],
    answer: String,
}

fn united(bytes: &[u8], held: &[u8], root: Option<[u8; 32]>, now: UnixTime) -> Result<United, PackFault> {
    let held = Arc::new(Pack::open(held, anchor(root))?);
    let pack = Arc::new(Pack::open(bytes, Anchor::Held)?);
    pack.check_clock(now)?;
    let store = store_of([held.clone(), pack.clone()]);
    let (state, place) = counted(&store, &pack)?;
    KEPT.set(store.kept(state, now, true)?);
    let (root, answer) = (*state.root(), loaded(state, place));
    Ok(United { held, pack, root, answer })
}

fn anchor(root: Option<[u8; 32]>) -> Anchor {
    root.map_or(Anchor::AsCarried, Anchor::Fingerprint)
}

fn store_of<const N: usize>(packs: [Arc<Pack>; N]) -> TrustStore {
    let mut store = TrustStore::new();
    packs.into_iter().for_each(|pack| store.add(pack));
    store
}

/// The state of a store with one anchor, and where the list of a pack stands in it; of lists that conflict no other place is told.
fn counted<'s>(store: &'s TrustStore, pack: &Pack) -> Result<(&'s TrustState, &'static str), PackFault> {
    let refused = |code| Err(pack.refused(code));
    match (store.place(pack.trust()), store.states().first()) {
        (ListPlace::Void(_), _) => refused(FaultCode::TrustVoid),
        (ListPlace::LinkMissing, _) => refused(FaultCode::TrustLinkMissing),
        (ListPlace::Foreign, _) | (_, None) => refused(FaultCode::TrustForeignRoot),
        (_, Some(state)) if state.conflict().is_some() => Ok((state, "conflict")),
        (ListPlace::Older(_), Some(state)) => Ok((state, "older")),
        (_, Some(state)) => Ok((state, "newest")),
    }
}

/// What is to be kept of the last update.
pub(crate) fn kept_pack() -> Vec<u8> {
    KEPT.take()
}

/// What is held now.
fn loaded(state: &TrustState, place: &str) -> String {
    let claims = state.newest().claims();
    let mut json = JsonText::default();
    json.open('{');
    json.key("loaded").yes();
    json.key("root").hex(state.root());
    json.key("list_owner").text(claims.owner.as_str());
    json.key("list_version").number(claims.version.into());
    json.key("list_issued").text(&rfc3339(claims.issued));
    json.key("next_update").text(&rfc3339(claims.next_update));
    json.key("place").text(place);
    json.key("authorities").texts(state.authorities().map(|authority| authority.id.as_str()));
    json.close('}');
    json.into()
}

/// What is said of a pack that is refused, which is an object.
fn refused(said: &str) -> String {
    said.replacen('{', "{\"loaded\":false,", 1)
}

pub(crate) fn clear_packs() {
    PACKS.set(Ok(TrustStore::new()));
}

pub(crate) fn verify_text(text: &[u8], proofs: &[u8], now: UnixTime) -> String {
    PACKS.with_borrow(|packs| match packs {
        Ok(store) => report(&judge(text, store, &evidence(proofs), now)),
        Err(refusal) => refusal.clone(),
    })
}

/// A proof that cannot be read is as none (REG-6).
fn evidence(proofs: &[u8]) -> Evidence {
    let proofs = texts(proofs).unwrap_or_default();
    proofs.into_iter().filter_map(InclusionProof::read).fold(Evidence::none(), Evidence::with_proof)
}

/// Bytes that are not UTF-8 are no text of ours; replacing them lets the rules of the text form say so.
fn judge(text: &[u8], store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Judged {
    let text = String::from_utf8_lossy(&text[..text.len().min(LONGEST_TEXT)]);
    Judged::of(&text, store, evidence, now)
}

fn report(judged: &Judged) -> String {
    match judged {
        Judged::Document(report) => report_json(report),
        Judged::Legalisation(report) => legalisation_json(report),
    }
}

/// What stands behind its length each, or `None`.
pub(crate) fn texts(mut framed: &[u8]) -> Option<Vec<&[u8]>> {
    let mut texts = Vec::new();
    while let Some((length, rest)) = framed.split_first_chunk() {
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        texts.push(text);
        framed = rest;
    }
    (framed.is_empty() && texts.len() <= MOST_TEXTS).then_some(texts)
}

/// A paper has two codes, a folder of pictures some hundred; each text takes less than a millisecond.
const MOST_TEXTS: usize = 1_000;
