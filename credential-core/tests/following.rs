//! Which pack takes the place of the one held (SPEC section 9, keeping packs).
#![allow(clippy::unwrap_used)]

mod common;

use common::office::Office;
use common::*;
use credential_core::*;
use proptest::prelude::*;

const HELD_AT: u64 = SEALED_AT + 100;

/// One status list of the board: number, seq, time and the withdrawn tags.
type List<'a> = (u64, u64, UnixTime, &'a [u8]);

fn list(world: &Setting, (number, seq, as_of, withdrawn): List<'_>) -> Vec<u8> {
    StatusClaims {
        authority: "XX-EXAM".into(),
        number,
        seq,
        as_of,
        expires: NOW,
        statements: withdrawn.iter().map(|&tag| ([tag; 8], Statement::Withdrawn)).collect(),
    }
    .sign(&world.list_key)
}

fn pack_of(world: &Setting, lists: &[List<'_>]) -> Vec<u8> {
    let trust = TrustList::sign(&world.trust, &[&world.root]).unwrap();
    let lists: Vec<_> = lists.iter().map(|one| list(world, *one)).collect();
    let statuses = lists.iter().map(Vec::as_slice).collect();
    PackContents { trust: trust.as_bytes(), statuses, ..PackContents::default() }.to_bytes()
}

fn pack(lists: &[List<'_>]) -> Vec<u8> {
    pack_of(&Setting::new(), lists)
}

fn opened(bytes: &[u8]) -> Pack {
    Pack::open(bytes, Anchor::AsCarried).unwrap()
}

fn held() -> Pack {
    opened(&pack(&[(1, 5, HELD_AT, &[1]), (2, 4, HELD_AT, &[2])]))
}

/// The place, seq and tags of each list that is kept.
fn follow(lists: &[List<'_>], held: &Pack) -> Result<Vec<(u64, u64, Vec<u8>)>, Unfollowed> {
    let followed = Pack::open_following(&pack(lists), held, NOW)?;
    let again = opened(&followed.bytes);
    let shown = |pack: &Pack| -> Vec<_> {
        let tags = |list: &StatusList| list.statements().map(|(tag, _)| tag[0]).collect();
        pack.statuses().iter().map(|list| (list.number(), list.seq(), tags(list))).collect()
    };
    assert_eq!(shown(&again), shown(&followed.pack));
    Ok(shown(&followed.pack))
}

fn follows(bytes: &[u8], held: &Pack) -> Result<(), Unfollowed> {
    Pack::open_following(bytes, held, NOW).map(drop)
}

#[test]
fn a_later_state_follows_and_so_does_the_same_pack() {
    let later = follow(&[(1, 6, HELD_AT + 1, &[1, 3]), (2, 4, HELD_AT, &[2])], &held());
    assert_eq!(later, Ok(vec![(1, 6, vec![1, 3]), (2, 4, vec![2])]));
    let same = follow(&[(1, 5, HELD_AT, &[1]), (2, 4, HELD_AT, &[2])], &held());
    assert_eq!(same, Ok(vec![(1, 5, vec![1]), (2, 4, vec![2])]));
}

#[test]
fn a_renewal_without_a_decision_follows_by_its_time() {
    let renewed = follow(&[(1, 5, HELD_AT + 1, &[1]), (2, 4, HELD_AT + 1, &[2])], &held());
    assert_eq!(renewed, Ok(vec![(1, 5, vec![1]), (2, 4, vec![2])]));
}

#[test]
fn a_lower_seq_or_an_earlier_time_is_a_step_back() {
    for older in [(1, 4, HELD_AT + 9, &[1][..]), (1, 5, HELD_AT - 1, &[1]), (1, 5, HELD_AT, &[1, 9])] {
        let refused = follow(&[older, (2, 4, HELD_AT, &[2])], &held()).unwrap_err();
        assert_eq!(refused, Unfollowed::OlderStatus("XX-EXAM/1".into()), "{older:?}");
        assert_eq!(refused.code(), FaultCode::TrustRolledBack);
    }
}

#[test]
fn a_status_list_that_is_held_may_not_be_left_out() {
    let refused = follow(&[(1, 6, HELD_AT + 1, &[1])], &held()).unwrap_err();
    assert_eq!((&refused, refused.code()), (&Unfollowed::NoStatus("XX-EXAM/2".into()), FaultCode::TrustRolledBack));
}

#[test]
fn a_statement_that_no_new_list_repeats_stands() {
    let without = [(1, 6, HELD_AT + 1, &[3][..]), (2, 7, HELD_AT + 1, &[2])];
    assert_eq!(follow(&without, &held()), Ok(vec![(1, 6, vec![3]), (2, 7, vec![2]), (1, 5, vec![1])]));
    // another list of the authority may repeat it, if it is not from before
    let elsewhere = [(1, 6, HELD_AT + 1, &[3][..]), (2, 7, HELD_AT + 1, &[1, 2])];
    assert_eq!(follow(&elsewhere, &held()), Ok(vec![(1, 6, vec![3]), (2, 7, vec![1, 2])]));
    let before = [(1, 6, HELD_AT + 1, &[3][..]), (2, 4, HELD_AT, &[2]), (3, 4, HELD_AT, &[1])];
    assert_eq!(follow(&before, &held()), Ok(vec![(1, 6, vec![3]), (2, 4, vec![2]), (3, 4, vec![1]), (1, 5, vec![1])]));
}

#[test]
fn what_was_kept_once_is_kept_again_and_dropped_when_it_is_repeated() {
    let kept = Pack::open_following(&pack(&[(1, 6, HELD_AT + 1, &[3])]), &opened(&pack(&[(1, 5, HELD_AT, &[1])])), NOW);
    let kept = kept.unwrap().pack;
    assert_eq!(follow(&[(1, 7, HELD_AT + 2, &[3])], &kept), Ok(vec![(1, 7, vec![3]), (1, 5, vec![1])]));
    assert_eq!(follow(&[(1, 7, HELD_AT + 2, &[1, 3])], &kept), Ok(vec![(1, 7, vec![1, 3])]));
    // what was kept beside a newer list is no reason to refuse one
    assert_eq!(follow(&[(1, 6, HELD_AT + 1, &[3])], &kept), Ok(vec![(1, 6, vec![3]), (1, 5, vec![1])]));
}

#[test]
fn a_list_dated_ahead_is_not_taken_and_blocks_nothing() {
    let day_ahead = NOW + 86_400;
    let world = || {
        let mut world = Setting::new();
        world.trust.authorities[0].keys[1].not_after = NOW + 400 * 86_400;
        world
    };
    let pack = |seq, as_of| pack_of(&world(), &[(1, seq, as_of, &[1])]);
    let held = opened(&pack(5, HELD_AT));
    assert_eq!(follows(&pack(6, day_ahead), &held), Ok(()));
    let refused = follows(&pack(6, day_ahead + 1), &held).unwrap_err();
    assert_eq!((&refused, refused.code()), (&Unfollowed::Ahead("XX-EXAM/1".into()), FaultCode::StatusAhead));
    // one that came in while the clock was wrong does not stop the true one
    let from_next_year = opened(&pack(900, NOW + 365 * 86_400));
    assert_eq!(follows(&pack(6, HELD_AT + 1), &from_next_year), Ok(()));
}

#[test]
fn a_list_of_a_marked_key_or_of_one_that_is_gone_stops_nothing() {
    let mut world = Setting::new();
    let other = SealingKey::from_seed(&[44; 32]);
    let entry = KeyEntry { public: other.public(), ..world.trust.authorities[0].keys[1].clone() };
    world.trust.authorities[0].keys.push(entry);
    let pushed_up = opened(&pack_of(&world, &[(1, u64::MAX, HELD_AT, &[1])]));
    let mut next = Setting { list_key: other, ..world };
    next.trust.version = 2;
    next.trust.authorities[0].keys[1].compromised_at = Some(HELD_AT);
    assert_eq!(follows(&pack_of(&next, &[(1, 6, HELD_AT + 1, &[1])]), &pushed_up), Ok(()));
    next.trust.authorities[0].keys.remove(1);
    assert_eq!(follows(&pack_of(&next, &[(1, 6, HELD_AT + 1, &[1])]), &pushed_up), Ok(()));
}

proptest! {
    /// Whatever packs come in which order, what was withdrawn in a list that was taken stays withdrawn.
    #[test]
    fn no_order_of_packs_takes_a_withdrawal_back(
        packs in proptest::collection::vec((0_u64..6, 0_u64..4, proptest::collection::vec(0_u8..5, 0..4)), 1..8),
    ) {
        let bytes = |(seq, time, tags): &(u64, u64, Vec<u8>)| {
            let mut tags = tags.clone();
            tags.sort_unstable();
            tags.dedup();
            (pack(&[(1, *seq, HELD_AT + time, &tags)]), tags)
        };
        let (first, mut withdrawn) = bytes(&packs[0]);
        let mut held = opened(&first);
        for one in &packs[1..] {
            let (next, tags) = bytes(one);
            if let Ok(followed) = Pack::open_following(&next, &held, NOW) {
                held = opened(&followed.bytes);
                withdrawn.extend(tags);
            }
            let known = |tag: u8| held.statuses().iter().any(|list| list.statement(&[tag; 8]).is_some());
            prop_assert!(withdrawn.iter().all(|&tag| known(tag)));
        }
    }
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
    let world = Setting::new();
    let judge = |pack: Pack| {
        let mut store = TrustStore::new();
        store.add(pack);
        verify(&world.text(&diploma(1)), &store, NOW).reason()
    };
    let open = || Pack::open(&world.pack_bytes(), Anchor::AsCarried).unwrap();
    assert_eq!(judge(open()), Reason::Genuine);
    assert_eq!(judge(open().overtaken()), Reason::StatusOld);
    // a clock so far behind that the list seems to come from the future accepts nothing either
    let mut store = TrustStore::new();
    store.add(open().overtaken());
    assert_eq!(verify(&world.text(&diploma(1)), &store, 0).reason(), Reason::StatusUnknown);
}
