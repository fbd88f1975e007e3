//! Lines, states and kept packs: the same for every order in which packs come, and after they were kept.

use std::fs;

use credential_core::answer::{FaultCode, PackFault};
use credential_core::{Anchor, Pack, TrustStore, verify};

use super::common::{Vector, unhex};
use super::{Found, code, now};

/// How the line of the anchor ends, and which lists are at its end.
pub(crate) fn line(object: &Vector) -> Found {
    same(object, |packs| match store(object, packs) {
        Err(fault) => vec![("expect", code(fault).into()), ("lists", "none".into())],
        Ok(store) => {
            let Some(state) = store.states().first() else {
                return vec![("expect", "not-reached".into()), ("lists", "none".into())];
            };
            let (expect, mut ids): (_, Vec<_>) = match state.conflict() {
                None => ("newest", vec![hex(state.newest().id().as_bytes())]),
                Some(lists) => ("conflict", lists.map(|list| hex(list.id().as_bytes())).collect()),
            };
            ids.sort_unstable();
            vec![("expect", expect.into()), ("lists", ids.join(", "))]
        }
    })
}

/// What a document ends in for who holds these anchors, before and after the packs were kept.
pub(crate) fn state(object: &Vector) -> Found {
    same(object, |packs| {
        let store = match store(object, packs) {
            Ok(store) => store,
            Err(fault) => return vec![("expect", code(fault).into())],
        };
        let reason = |store: &TrustStore| verify(&object.artefact, store, now(object)).reason().code();
        let kept: Vec<_> = store.states().iter().map(|state| store.kept(state, now(object), true).unwrap()).collect();
        let mut after = held(object);
        store.states().iter().for_each(|state| after.hold(*state.root()));
        kept.iter().for_each(|pack| after.add(Pack::open(pack, Anchor::Held).unwrap()));
        // a pack that no anchor reaches is not kept
        let expected = if kept.is_empty() { "no-trust" } else { reason(&store) };
        assert_eq!(reason(&after), expected, "{}: after keeping", object.name);
        vec![("expect", reason(&store).into())]
    })
}

/// What a program that keeps packs says to one.
pub(crate) fn kept_pack(object: &Vector) -> Result<(), &'static str> {
    let root = unhex(object.field("root")).try_into().unwrap();
    let pack = Pack::open(&fs::read(&object.packs()[0]).unwrap(), Anchor::Fingerprint(root)).map_err(code)?;
    pack.check_clock(now(object)).map_err(|fault| FaultCode::code(fault.code()))
}

/// What is found in every order: as the packs are named, reversed, and each of them first once.
fn same(object: &Vector, judge: impl Fn(&[Vec<u8>]) -> Found) -> Found {
    let mut packs: Vec<_> = object.packs().iter().map(|path| fs::read(path).unwrap()).collect();
    let found = judge(&packs);
    for _ in 0..packs.len() {
        packs.rotate_left(1);
        assert_eq!(judge(&packs), found, "{}: the order of the packs decides", object.name);
    }
    packs.reverse();
    assert_eq!(judge(&packs), found, "{}: the order of the packs decides", object.name);
    found
}

fn store(object: &Vector, packs: &[Vec<u8>]) -> Result<TrustStore, PackFault> {
    let mut store = held(object);
    for pack in packs {
        store.add(Pack::open(pack, Anchor::Held)?);
    }
    Ok(store)
}

/// A store with the anchors, the countries and the pairs that the user has named, and no pack.
fn held(object: &Vector) -> TrustStore {
    let mut store = TrustStore::new();
    object.list("root").into_iter().for_each(|root| store.hold(unhex(root).try_into().unwrap()));
    for named in object.list("countries") {
        let (root, countries) = named.split_once(' ').unwrap();
        store.limit(unhex(root).try_into().unwrap(), countries.split(' ').map(str::to_owned));
    }
    object.list("pair").into_iter().for_each(|authority| store.pair(authority));
    store
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
