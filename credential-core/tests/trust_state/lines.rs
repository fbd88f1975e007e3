//! Which list is the newest, and when nothing can be said: rules LIN.

use crate::common::NOW;
use crate::common::*;
use crate::world::*;

type Change = fn(&mut KeyEntry);

#[test]
fn the_newest_list_of_a_line_decides_in_every_order() {
    let one = signed(&first(&[1, 2]));
    let two = after(&one, |claims| key_of(claims).compromised_at = Some(1));
    let files = [File::of(&one).status(status(1, None)), File::of(&two)];
    for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
        let store = verifier(&[fingerprint(&[1, 2])], &files);
        assert_eq!(judge(&store), Reason::KeyCompromised);
        assert_eq!(store.place(&one), ListPlace::Older(2));
        assert_eq!(store.place(&two), ListPlace::Newest);
    }
}

#[test]
fn a_list_that_takes_a_mark_back_or_changes_a_scope_changes_nothing() {
    let one = after(&signed(&first(&[1, 2])), |claims| {
        let key = key_of(claims);
        key.closed_at = Some(NOW);
        key.register = Some(RegisterReference { number: 1, head: Some([7; 32]), without_look_up: false });
        key.compromised_at = Some(1);
    });
    let changes: [(Change, Void); 8] = [
        (|key| key.compromised_at = None, Void::Mark),
        (|key| key.closed_at = None, Void::Mark),
        (|key| key.closed_at = Some(NOW + 1), Void::Mark),
        (|key| key.register = None, Void::Mark),
        (|key| key.register = Some(RegisterReference { number: 1, head: None, without_look_up: false }), Void::Mark),
        (|key| key.test = true, Void::Scope),
        (|key| key.status_list = None, Void::Scope),
        (|key| key.usage = KeyUse::Minutes, Void::Scope),
    ];
    for (change, why) in changes {
        let claims = next(&one, |claims| {
            let key = key_of(claims);
            if why == Void::Scope && key.usage != KeyUse::Minutes {
                key.register = None;
            }
            change(key);
        });
        let claims = match signed_or_none(&claims) {
            Some(list) => list,
            None => continue, // not well made at all
        };
        let store = verifier(&[fingerprint(&[1, 2])], &[File::of(&one), File::of(&claims)]);
        assert_eq!(store.place(&claims), ListPlace::Void(why), "{why:?}");
        assert_eq!(store.place(&one), ListPlace::Newest);
    }
    let kept: [fn(&mut KeyEntry); 4] = [
        |key| key.closed_at = Some(NOW - 1),
        |key| key.register = Some(RegisterReference { number: 1, head: Some([8; 32]), without_look_up: false }),
        |key| key.not_after += 1,
        |_| (),
    ];
    for change in kept {
        let list = after(&one, |claims| change(key_of(claims)));
        let store = verifier(&[fingerprint(&[1, 2])], &[File::of(&list), File::of(&one)]);
        assert_eq!(store.place(&list), ListPlace::Newest);
    }
}

fn signed_or_none(claims: &TrustClaims) -> Option<TrustList> {
    TrustList::sign(claims, &[&root(1), &root(2)]).ok()
}

#[test]
fn a_key_given_to_another_authority_makes_the_list_void() {
    let one = signed(&first(&[1]));
    let list = after(&one, |claims| {
        let mut other = claims.authorities[0].clone();
        other.id = "XX-OTHER".into();
        claims.authorities[0].keys.clear();
        claims.authorities.push(other);
    });
    let store = verifier(&[fingerprint(&[1])], &[File::of(&one).status(status(1, None)), File::of(&list)]);
    assert_eq!((store.place(&list), judge(&store)), (ListPlace::Void(Void::Scope), Reason::Genuine));
}

#[test]
fn a_scope_is_for_ever_also_over_lists_that_leave_the_key_out() {
    let one = signed(&first(&[1]));
    let two = after(&one, |claims| drop(claims.authorities[0].keys.remove(0)));
    let three = after(&two, |claims| {
        let mut key = one.claims().authorities[0].keys[0].clone();
        key.test = true;
        claims.authorities[0].keys.push(key);
    });
    let store = verifier(&[fingerprint(&[1])], &[File::of(&one), File::of(&two), File::of(&three)]);
    assert_eq!(store.place(&three), ListPlace::Void(Void::Scope));
    assert_eq!(store.place(&two), ListPlace::Newest);
}

#[test]
fn t3_two_lists_of_one_version_are_a_conflict_until_a_list_above_takes_both_or_disowns_one() {
    let held = signed(&first(&[1, 2]));
    let two = after(&held, |claims| claims.owner = name("A"));
    let other = after(&held, |claims| key_of(claims).compromised_at = Some(1));
    let base = File::of(&held).status(status(1, None));
    let anchors = [fingerprint(&[1, 2])];
    let store = verifier(&anchors, &[base.clone(), File::of(&two), File::of(&other)]);
    assert_eq!(judge(&store), Reason::TrustConflict);
    assert_eq!(store.states()[0].conflict().unwrap().count(), 2);
    assert_eq!((store.place(&two), store.place(&other)), (ListPlace::Conflict, ListPlace::Conflict));

    for [first, second] in [[&two, &other], [&other, &two]] {
        let mut both = next(first, |claims| key_of(claims).compromised_at = Some(1));
        both.earlier.push(second.id());
        let both = signed(&both);
        let store = verifier(&anchors, &[base.clone(), File::of(&both), File::of(&two), File::of(&other)]);
        assert_eq!(judge(&store), Reason::KeyCompromised); // all that both say counts
    }

    let mut disowns = next(&two, |_| ());
    disowns.disowned = vec![other.id()];
    let disowns = signed(&disowns);
    let store = verifier(&anchors, &[base, File::of(&disowns), File::of(&other), File::of(&two)]);
    assert_eq!(judge(&store), Reason::Genuine); // the mark on the wrong key was a mistake, in the open

    // the list that disowns is kept behind a newer one that says nothing of it: the other one never comes back
    let newest = after(&disowns, |claims| claims.disowned = vec![]);
    let base = File::of(&held).status(status(1, None));
    let mut store = kept(&verifier(&anchors, &[base, File::of(&two), File::of(&disowns), File::of(&newest)]));
    store.add(File::of(&other).open(Anchor::Held).unwrap());
    assert_eq!(judge(&store), Reason::Genuine);
    assert_eq!(store.place(&newest), ListPlace::Newest);
}

#[test]
fn no_set_of_roots_disowns_the_list_of_roots_that_took_over_from_it() {
    let one = signed(&first(&[1]));
    let rotation = after(&one, |claims| claims.roots = root_set(&[2]));
    let mut thief = next(&one, |claims| claims.version = 4_000_000);
    thief.disowned = vec![rotation.id()];
    let thief = signed(&thief);
    let store = verifier(&[fingerprint(&[1])], &[File::of(&one), File::of(&rotation), File::of(&thief)]);
    assert_eq!(judge(&store), Reason::TrustConflict);
    // the newer fingerprint says which of them counts
    let files = [File::of(&one).status(status(1, None)), File::of(&rotation), File::of(&thief)];
    assert_eq!(judge(&verifier(&[fingerprint(&[2])], &files)), Reason::Genuine);
    assert_eq!(judge(&verifier(&[fingerprint(&[1]), fingerprint(&[2])], &files)), Reason::Genuine);
}

#[test]
fn rotations_lead_from_the_first_fingerprint_to_the_newest_list_and_a_missing_link_is_named() {
    let one = signed(&first(&[1]));
    let two = after(&one, |claims| {
        claims.roots = root_set(&[2]);
        claims.authorities.clear(); // a rotation may be a small list of its own
    });
    let three = after(&two, |claims| {
        claims.authorities = one.claims().authorities.clone();
        claims.roots = root_set(&[3]);
    });
    let four = after(&three, |_| ());
    let whole = File::of(&four).link(&two).link(&three).status(status(1, None));
    assert_eq!(judge(&verifier(&[fingerprint(&[1])], std::slice::from_ref(&whole))), Reason::Genuine);
    assert!(whole.open(Anchor::Fingerprint(fingerprint(&[1]))).is_ok());
    // without the second rotation nothing leads there
    let gap = File::of(&four).link(&two).status(status(1, None));
    let refused = gap.open(Anchor::Fingerprint(fingerprint(&[1]))).map(drop).map_err(|fault| fault.code());
    assert_eq!(refused, Err(FaultCode::TrustLinkMissing));
    let store = verifier(&[fingerprint(&[1])], &[File::of(&one), gap]);
    assert_eq!(store.place(&four), ListPlace::LinkMissing);
    assert_eq!(judge(&store), Reason::Genuine); // what is reached serves on
    let stranger = signed(&first(&[9]));
    assert_eq!(
        verifier(&[fingerprint(&[1])], &[File::of(&one), File::of(&stranger)]).place(&stranger),
        ListPlace::Foreign
    );
}

#[test]
fn a_rotation_needs_the_thresholds_of_both_root_sets() {
    let one = signed(&first(&[1, 2, 3]));
    let claims = next(&one, |claims| claims.roots = root_set(&[4, 5, 6]));
    let sign = |signers: &[u8]| {
        let keys: Vec<_> = signers.iter().map(|number| root(*number)).collect();
        TrustList::sign(&claims, &keys.iter().collect::<Vec<_>>()).map(drop).map_err(|fault| fault.code())
    };
    assert_eq!(sign(&[1, 2, 4, 5]), Ok(()));
    assert_eq!(sign(&[1, 4, 5]), Err(FaultCode::TrustUnsigned));
    assert_eq!(sign(&[1, 2, 4]), Err(FaultCode::TrustUnsigned));
    assert_eq!(sign(&[4, 5, 6]), Err(FaultCode::TrustUnsigned));
}

#[test]
fn a_rotation_without_authorities_leaves_every_key_as_it_was() {
    let one = after(&signed(&first(&[1])), |claims| key_of(claims).compromised_at = Some(1));
    let two = after(&one, |claims| {
        claims.roots = root_set(&[2]);
        claims.authorities.clear();
    });
    let store = verifier(&[fingerprint(&[2])], &[File::of(&two).link(&one)]);
    assert_eq!(judge(&store), Reason::KeyCompromised);
}
