//! Which status list speaks, over sets of lists and orders of packs: nothing depends on what was loaded first (VER-4).
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/stated.rs"]
mod stated;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use stated::{said_by, stated};

/// One list: number, seq, time, days until it is old, and what it states of the document.
type List = (u64, u64, u64, u64, Option<Statement>);

fn lists() -> impl Strategy<Value = Vec<List>> {
    let list = (1_u64..3, stated(), 0_u64..3, 0_u64..2);
    let list = list.prop_map(|(number, (seq, said), later, young)| (number, seq, later, young, said));
    prop::collection::vec(list, 0..6)
}

fn pack(world: &Setting, digest: [u8; 32], lists: &[List]) -> Pack {
    let trust = TrustList::sign(&world.trust, &[&world.root]).unwrap();
    let sign = |&(number, seq, later, young, statement): &List| {
        StatusClaims {
            authority: "XX-EXAM".into(),
            number,
            seq,
            as_of: SEALED_AT + later,
            expires: NOW + young,
            statements: statement.map(|statement| (tag(&digest), statement)).into_iter().collect::<BTreeMap<_, _>>(),
        }
        .sign(&world.list_key)
    };
    let lists: Vec<_> = lists.iter().map(sign).collect();
    let statuses = lists.iter().map(Vec::as_slice).collect();
    let dictionaries = vec![world.dictionary.as_bytes()];
    let bytes = PackContents { trust: trust.as_bytes(), statuses, dictionaries, ..PackContents::default() }.to_bytes();
    Pack::open(&bytes, Anchor::AsCarried).unwrap()
}

/// What VER-4 says, said another way.
fn expected(lists: &[List]) -> (Status, Reason) {
    let mut stated: Vec<_> = lists.iter().filter_map(|list| Some(said_by(list.1, list.4?))).collect();
    stated.sort_unstable();
    match stated.last() {
        Some((_, 3)) => return (Status::Withdrawn, Reason::Withdrawn),
        Some((_, 2)) => return (Status::Replaced, Reason::Replaced),
        Some((_, 1)) => return (Status::Suspended, Reason::Suspended),
        _ => {}
    }
    let mut own: Vec<_> = lists.iter().filter(|list| list.0 == 1).map(|list| (list.1, list.2, 2 - list.3)).collect();
    own.sort_unstable();
    match own.last() {
        None => (Status::Unknown, Reason::StatusUnknown),
        Some((_, _, 2)) => (Status::InForce, Reason::StatusOld),
        Some(_) => (Status::InForce, Reason::Genuine),
    }
}

proptest! {
    #[test]
    fn the_set_of_lists_decides_and_never_their_order_or_their_packs(
        lists in lists(),
        cut in any::<prop::sample::Index>(),
        backwards in any::<bool>(),
    ) {
        let world = Setting::new();
        let text = world.text(&diploma(1));
        let digest = world.seal(&diploma(1)).digest();
        let mut shuffled = lists.clone();
        if backwards {
            shuffled.reverse();
        }
        let (first, second) = shuffled.split_at(cut.index(shuffled.len() + 1));
        for halves in [[first, second], [second, first], [&shuffled[..], &[]]] {
            let mut store = TrustStore::new();
            halves.iter().for_each(|half| store.add(pack(&world, digest, half)));
            let report = verify(&text, &store, NOW);
            prop_assert_eq!((report.status(), report.reason()), expected(&lists), "{:?}", halves);
        }
    }
}
