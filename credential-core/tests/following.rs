//! Which pack takes the place of the one held (SPEC section 9, keeping packs).
#![allow(clippy::unwrap_used)]

mod common;

use common::office::Office;
use common::*;
use credential_core::*;

const HELD_AT: u64 = SEALED_AT + 100;

/// A pack with the state of `as_of`, one more withdrawal, and `keep` of its two status lists.
fn pack(as_of: u64, withdrawn: usize, keep: usize) -> Vec<u8> {
    let world = World::new();
    let trust = TrustList::sign(&world.trust, &[&world.root]).unwrap();
    let mut states = world.status.clone();
    states[..withdrawn].fill(StatusValue::Withdrawn);
    let list = |number| StatusList::sign("XX-EXAM", number, &states, as_of, NOW, &world.list_key);
    let lists = [list(1), list(2)];
    let statuses = lists[..keep].iter().map(Vec::as_slice).collect();
    PackContents { trust: trust.as_bytes(), statuses, ..PackContents::default() }.to_bytes()
}

fn held() -> Pack {
    Pack::open(&pack(HELD_AT, 1, 2), Anchor::AsCarried).unwrap()
}

fn follows(bytes: &[u8], held: &Pack) -> Result<(), Unfollowed> {
    Pack::open_following(bytes, held).map(drop)
}

#[test]
fn a_later_state_follows_and_so_does_the_same_pack() {
    assert_eq!(follows(&pack(HELD_AT + 1, 2, 2), &held()), Ok(()));
    assert_eq!(follows(&pack(HELD_AT, 1, 2), &held()), Ok(()));
}

#[test]
fn under_the_same_trust_list_an_older_state_is_a_step_back() {
    let refused = follows(&pack(HELD_AT - 1, 0, 2), &held()).unwrap_err();
    assert_eq!(refused, Unfollowed::OlderStatus("XX-EXAM/1".into()));
    assert_eq!(refused.reason(), Reason::TrustRolledBack);
}

#[test]
fn another_state_of_the_same_moment_is_refused() {
    assert_eq!(follows(&pack(HELD_AT, 0, 2), &held()), Err(Unfollowed::OlderStatus("XX-EXAM/1".into())));
}

#[test]
fn a_status_list_that_is_held_may_not_be_left_out() {
    let refused = follows(&pack(HELD_AT + 1, 1, 1), &held()).unwrap_err();
    assert_eq!((&refused, refused.reason()), (&Unfollowed::NoStatus("XX-EXAM/2".into()), Reason::TrustRolledBack));
}

#[test]
fn a_register_that_is_held_may_neither_shrink_nor_be_left_out() {
    let (long, short) = (Office::new(20), Office::new(19));
    let held = long.open(&[&long.head()], &[]).unwrap();
    let name = || "XX-EXAM/6".to_owned();
    assert_eq!(follows(&long.pack_bytes(&[&long.head()], &[]), &held), Ok(()));
    assert_eq!(follows(&long.pack_bytes(&[&short.head()], &[]), &held), Err(Unfollowed::OlderRegister(name())));
    assert_eq!(follows(&long.pack_bytes(&[], &[]), &held), Err(Unfollowed::NoRegister(name())));
}

#[test]
fn a_pack_that_was_overtaken_shows_its_states_as_old_and_accepts_nothing() {
    let world = World::new();
    let judge = |pack: Pack| {
        let mut store = TrustStore::new();
        store.add(pack);
        verify(&world.text(&diploma(1)), &store, NOW).reason()
    };
    let open = || Pack::open(&world.pack_bytes(), Anchor::AsCarried).unwrap();
    assert_eq!(judge(open()), Reason::Genuine);
    assert_eq!(judge(open().overtaken()), Reason::StatusOld);
    // whatever the clock says
    let mut store = TrustStore::new();
    store.add(open().overtaken());
    assert_eq!(verify(&world.text(&diploma(1)), &store, 0).reason(), Reason::StatusOld);
}
