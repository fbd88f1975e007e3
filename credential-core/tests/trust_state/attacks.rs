//! Attacks that need no broken signature: each changes nothing, or ends in a word that accepts nothing.

use crate::common::*;
use crate::world::*;

/// Roots that have handed over long ago, and whose keys are stolen.
#[test]
fn t1_old_roots_never_take_over_who_holds_the_new_ones() {
    let one = signed(&first(&[1]));
    let rotation = after(&one, |claims| claims.roots = root_set(&[2]));
    let forged = after(&one, |claims| {
        claims.version = 4_000_000;
        claims.roots = root_set(&[3]);
        claims.authorities[0].keys.push(entry_of(&thief()));
    });
    let honest = File::of(&rotation).link(&one).status(status(1, None));
    for files in [[honest.clone(), File::of(&forged)], [File::of(&forged), honest.clone()]] {
        let store = verifier(&[fingerprint(&[2])], &files);
        assert_eq!(verify(&paper_of(&thief()), &store, NOW).reason(), Reason::UnknownIssuer);
        assert_eq!(judge(&store), Reason::Genuine);
        let moved = kept(&verifier(&[fingerprint(&[1])], std::slice::from_ref(&honest)));
        let mut moved_on = moved.clone();
        moved_on.add(File::of(&forged).open(Anchor::Held).unwrap());
        assert_eq!(judge(&moved_on), Reason::Genuine);
        assert_eq!(verify(&paper_of(&thief()), &moved_on, NOW).reason(), Reason::UnknownIssuer);
        // from the printed fingerprint of the old roots alone nothing can be said
        assert_eq!(judge(&verifier(&[fingerprint(&[1])], &files)), Reason::TrustConflict);
    }
}

#[test]
fn t2_what_is_off_the_line_names_no_key_and_marks_none() {
    let one = signed(&first(&[1]));
    let two = after(&one, |_| ());
    let rotation = after(&two, |claims| claims.roots = root_set(&[2]));
    let three = after(&rotation, |_| ());
    let beside = after(&one, |claims| {
        claims.authorities[0].keys.push(entry_of(&thief()));
        key_of(claims).compromised_at = Some(1);
    });
    let honest = File::of(&three).link(&rotation).link(&one).status(status(1, None));
    let store = verifier(&[fingerprint(&[2])], &[File::of(&beside), honest]);
    assert_eq!(judge(&store), Reason::Genuine);
    assert_eq!(verify(&paper_of(&thief()), &store, NOW).reason(), Reason::UnknownIssuer);
}

#[test]
fn t4_a_head_that_was_fixed_wrongly_is_replaced_by_a_later_list() {
    let one = after(&signed(&first(&[1])), |claims| {
        key_of(claims).register = Some(RegisterReference { number: 1, head: Some([1; 32]), without_look_up: false });
    });
    let two = after(&one, |claims| {
        key_of(claims).register = Some(RegisterReference { number: 1, head: Some([2; 32]), without_look_up: false });
    });
    let store = verifier(&[fingerprint(&[1])], &[File::of(&two), File::of(&one)]);
    assert_eq!(store.place(&two), ListPlace::Newest);
}

#[test]
fn t5_a_list_dated_ahead_stops_nobody() {
    let one = after(&signed(&first(&[1])), |claims| claims.issued = NOW + 400 * 86_400);
    let two = after(&one, |claims| claims.issued = NOW - 1);
    let base = File::of(&two).status(status(1, None));
    assert_eq!(judge(&verifier(&[fingerprint(&[1])], &[File::of(&one), base])), Reason::Genuine);
}

#[test]
fn t6_a_mark_on_a_list_key_brings_back_what_the_other_key_said_after_keeping_too() {
    let stolen = SealingKey::from_seed(&[66; 32]);
    let with_two = signed(&{
        let mut claims = first(&[1]);
        let mut entry = claims.authorities[0].keys[1].clone();
        entry.public = stolen.public();
        claims.authorities[0].keys.push(entry);
        claims
    });
    let withdrawn = File::of(&with_two).status(status(1, Some(Statement::Withdrawn)));
    let reinstated = File::of(&with_two).status(status_by(&stolen, 9, SEALED_AT + 1, Some(Statement::Reinstated(9))));
    let marked = after(&with_two, |claims| claims.authorities[0].keys[2].compromised_at = Some(1));
    for files in [[withdrawn.clone(), reinstated.clone()], [reinstated, withdrawn]] {
        let mut store = kept(&verifier(&[fingerprint(&[1])], &files));
        assert_eq!(judge(&store), Reason::Genuine);
        store.add(File::of(&marked).open(Anchor::Held).unwrap());
        assert_eq!(judge(&store), Reason::Withdrawn);
        assert_eq!(judge(&kept(&store)), Reason::Withdrawn);
    }
}

#[test]
fn t7_files_that_lead_on_only_together_end_the_same_in_every_order() {
    let one = signed(&first(&[1]));
    let two = after(&one, |claims| claims.roots = root_set(&[2]));
    let three = after(&two, |claims| claims.roots = root_set(&[3]));
    let four = after(&three, |_| ());
    let files = [&one, &two, &three, &four].map(File::of);
    for order in 0..24 {
        let mut left = files.to_vec();
        let mut at = order;
        let mut order = Vec::new();
        while !left.is_empty() {
            order.push(left.remove(at % left.len()));
            at /= left.len().max(1) + 1;
        }
        let store = verifier(&[fingerprint(&[1])], &order);
        assert_eq!(store.place(&four), ListPlace::Newest);
    }
}

#[test]
fn t8_a_key_that_another_anchor_names_for_an_authority_of_its_own_verifies_nothing() {
    let board = signed(&first(&[1]));
    let foreign = signed(&{
        let mut claims = first(&[2]);
        let authority = &mut claims.authorities[0];
        (authority.id, authority.country) = ("YY-EXAM".into(), "YY".into());
        authority.names[0].1 = text("Another board");
        claims
    });
    let files = [File::of(&board).status(status(1, None)), File::of(&foreign)];
    for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
        let store = verifier(&[fingerprint(&[1]), fingerprint(&[2])], &files);
        let report = verify(&paper(), &store, NOW);
        assert_eq!((report.reason(), report.credential().unwrap().issuer().id.as_str()), (Reason::Genuine, "XX-EXAM"));
    }
}

#[test]
fn t9_an_anchor_speaks_for_the_countries_that_its_user_named() {
    let file = File::of(&signed(&first(&[1]))).status(status(1, None));
    let mut store = verifier(&[fingerprint(&[1])], &[file]);
    assert_eq!(judge(&store), Reason::Genuine);
    store.limit(fingerprint(&[1]), ["YY".to_owned()]);
    assert_eq!(judge(&store), Reason::UnknownIssuer);
    store.limit(fingerprint(&[1]), ["XX".to_owned(), "YY".to_owned()]);
    assert_eq!(judge(&store), Reason::Genuine);
}

#[test]
fn t10_a_status_list_of_the_test_world_says_nothing_of_live_documents() {
    let test_key = SealingKey::from_seed(&[55; 32]);
    let list = signed(&{
        let mut claims = first(&[1]);
        let mut entry = claims.authorities[0].keys[1].clone();
        (entry.public, entry.test) = (test_key.public(), true);
        claims.authorities[0].keys.push(entry);
        claims
    });
    let file = File::of(&list).status(status(1, Some(Statement::Withdrawn)));
    let rehearsal = File::of(&list).status(status_by(&test_key, 9, SEALED_AT + 1, Some(Statement::Reinstated(9))));
    assert_eq!(judge(&verifier(&[fingerprint(&[1])], &[file, rehearsal])), Reason::Withdrawn);
}

#[test]
fn t11_of_an_id_or_a_name_under_two_anchors_neither_counts_until_the_user_names_the_pair() {
    let alike: [fn(&mut Authority); 3] = [
        |_| (),
        |one| one.id = "XX-BOARD".into(),
        |one| {
            one.id = "XX-BOARD".into();
            one.names[0].1 = text("OFFICE  des Examens");
        },
    ];
    for change in alike {
        let board = signed(&first(&[1]));
        let other = signed(&{
            let mut claims = first(&[2]);
            change(&mut claims.authorities[0]);
            claims.authorities[0].keys[0].public = thief().public();
            claims
        });
        let files = [File::of(&board).status(status(1, None)), File::of(&other)];
        for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
            let mut store = verifier(&[fingerprint(&[1]), fingerprint(&[2])], &files);
            assert_eq!(judge(&store), Reason::UnknownIssuer);
            store.pair("XX-EXAM");
            assert_eq!(judge(&store), Reason::Genuine);
        }
    }
}

#[test]
fn f2_a_withdrawal_in_any_pack_of_the_line_counts_in_both_orders() {
    let one = signed(&first(&[1]));
    let two = after(&one, |_| ());
    let newer = File::of(&two).status(status(2, Some(Statement::Withdrawn)));
    let stale = File::of(&after(&two, |_| ())).status(status(1, None));
    let older = File::of(&one).status(status(1, None));
    for files in
        [[older.clone(), newer.clone()], [newer.clone(), older], [newer.clone(), stale.clone()], [stale, newer]]
    {
        assert_eq!(judge(&verifier(&[fingerprint(&[1])], &files)), Reason::Withdrawn);
    }
}

#[test]
fn f3_f4_a_root_that_is_neither_held_nor_given_changes_nothing() {
    let board = File::of(&signed(&first(&[1]))).status(status(1, Some(Statement::Withdrawn)));
    let foreign = File::of(&signed(&{
        let mut claims = first(&[2]);
        key_of(&mut claims).usage =
            KeyUse::Documents { kinds: vec![Kind::Transcript], sessions: None, maximum_count: 1 };
        claims.authorities[0].keys.push(entry_of(&thief()));
        claims
    }));
    for files in [[foreign.clone(), board.clone()], [board, foreign]] {
        let store = verifier(&[fingerprint(&[1])], &files);
        assert_eq!(judge(&store), Reason::Withdrawn);
        assert_eq!(verify(&paper_of(&thief()), &store, NOW).reason(), Reason::UnknownIssuer);
    }
}

#[test]
fn f6_an_update_without_the_dictionaries_loses_none() {
    let one = signed(&first(&[1]));
    let with = File { dictionary: true, ..File::of(&one).status(status(1, None)) };
    let store = kept(&verifier(&[fingerprint(&[1])], &[with, File::of(&after(&one, |_| ()))]));
    let setting = Setting::new();
    let text = setting.seal(&crate::common::diploma(1)).symbol_text(&setting.dictionary.compactor());
    assert_eq!(verify(&text, &store, NOW).reason(), Reason::Genuine);
}

#[test]
fn f8_a_list_of_a_stolen_key_dated_to_the_end_of_its_window_stops_nobody() {
    let one = signed(&first(&[1]));
    let forged = File::of(&one).status(status_by(&Setting::new().list_key, u64::MAX, SEALED_AT + 1_000, None));
    let fresh = SealingKey::from_seed(&[44; 32]);
    let two = after(&one, |claims| {
        let keys = &mut claims.authorities[0].keys;
        let mut entry = keys[1].clone();
        entry.public = fresh.public();
        keys[1].compromised_at = Some(1);
        keys.push(entry);
    });
    let new = File::of(&two).status(status_by(&fresh, 3, SEALED_AT, Some(Statement::Withdrawn)));
    for files in [[forged.clone(), new.clone()], [new, forged]] {
        assert_eq!(judge(&verifier(&[fingerprint(&[1])], &files)), Reason::Withdrawn);
    }
}

/// Forty years of sixty boards, a rotation between two sets of nine that must sign, as many dictionaries as a pack takes.
#[test]
fn t12_what_a_country_needs_in_forty_years_fits() {
    let nine = |first: u8| RootSet { threshold: 9, ..root_set(&(first..first + 16).collect::<Vec<_>>()) };
    let one = signed(&TrustClaims { roots: nine(0), ..first(&[1]) });
    let rotation = after(&one, |claims| claims.roots = nine(20));
    let enough: Vec<_> = (0..9).chain(20..29).map(root).collect();
    let eighteen = TrustList::sign(rotation.claims(), &enough.iter().collect::<Vec<_>>()).unwrap();
    let full = after(&eighteen, |claims| {
        let board = claims.authorities[0].clone();
        for number in 1..60_u32 {
            let key = |year: u32| {
                let mut seed = [200; 32];
                seed[..4].copy_from_slice(&(number * 1_000 + year).to_be_bytes());
                KeyEntry { public: SealingKey::from_seed(&seed).public(), ..board.keys[0].clone() }
            };
            let keys = (0..120).map(key).collect();
            claims.authorities.push(Authority {
                id: format!("XX-BOARD-{number}"),
                keys,
                dictionaries: vec![],
                ..board.clone()
            });
        }
    });
    let store = verifier(&[*one.root()], &[File::of(&full).link(&eighteen).link(&one).status(status(1, None))]);
    // the boards have the same names, of one anchor: nobody is told from nobody
    assert_eq!((store.place(&full), judge(&store)), (ListPlace::Newest, Reason::Genuine));
}

#[test]
fn t13_two_fingerprints_of_one_line_are_one_anchor_and_two_packs_of_one_root_need_none() {
    let one = signed(&first(&[1]));
    let rotation = after(&one, |claims| claims.roots = root_set(&[2]));
    let files = [File::of(&one).status(status(1, Some(Statement::Withdrawn))), File::of(&rotation).link(&one)];
    let store = verifier(&[fingerprint(&[1]), fingerprint(&[2])], &files);
    assert_eq!((store.states().len(), store.rivals().count(), judge(&store)), (1, 0, Reason::Withdrawn));
    let two = after(&one, |_| ());
    let files = [File::of(&two).status(status(1, None)), File::of(&one).status(status(2, Some(Statement::Withdrawn)))];
    for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
        let mut store = TrustStore::new();
        files.iter().for_each(|file| store.add(file.open(Anchor::AsCarried).unwrap()));
        assert_eq!((store.states().len(), judge(&store)), (1, Reason::Withdrawn));
    }
}
