//! Lists that are void: what a key may seal is for ever, and marks only grow (SPEC section 7, LIN-3).

use super::line::{list, row};
use crate::cbor::{Fields, bytes, text, texts, uint, uints};
use crate::documents::yes;
use crate::object::ObjectCase;
use crate::sign::Signer;
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{BOARD, LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, session_entry, status_entry};

const OUTSIDE: &str = "verifiers with one list and verifiers with another would differ about a paper for ever";
const BACK: &str = "a key that was taken back would seal again";
const STUCK: &str = "a verifier could never follow its list";

/// Places of the keys in the first authority.
const SESSION: usize = 0;
const STATUS: usize = 1;
const SPECIMEN: usize = 2;
const REGISTER: usize = 3;
const LEGALISATION: usize = 4;
const PASSED_OVER: usize = 5;

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [documents(), places(), marks(), several(), kept(), passed_over()].concat()
}

/// A list of two boards; the session's key may seal diplomas and transcripts.
fn version(version: u64) -> Trust {
    let session = session_entry().with(5, uints(&[1, 2])).with(12, uint(1));
    let specimen = document_key(&Signer::named("specimen").public, 0, LAST_TIME).with(8, uint(1)).with(11, yes());
    let register = key_entry(&Signer::named("register").public, 3, WINDOW_FIRST, WINDOW_LAST);
    let legalisation = key_entry(&Signer::named("board legalisation").public, 5, 0, LAST_TIME).with(8, uint(1));
    let later = Fields::new().with(1, bytes(&Signer::named("later").public)).with(2, uint(6)).with(15, uint(1));
    let keys = vec![session, status_entry(), specimen, register, legalisation, later];
    let others = vec![document_key(&Signer::named("second").public, 0, LAST_TIME)];
    let authorities = vec![
        Authority::board(BOARD, "Académie de l'Exemple", keys),
        Authority::board(OTHER_BOARD, "Autre académie", others),
    ];
    Trust { authorities, ..list(version, 2, &[1, 2, 3], &[1, 2]) }
}

/// A list with something changed.
fn edited(mut trust: Trust, edit: impl FnOnce(&mut Trust)) -> Trust {
    edit(&mut trust);
    trust
}

/// A list with one key of the first authority changed.
fn key_of(trust: Trust, at: usize, edit: impl FnOnce(Fields) -> Fields) -> Trust {
    edited(trust, |trust| {
        let keys = &mut trust.authorities[0].keys;
        keys[at] = edit(keys[at].clone());
    })
}

/// Version 6 with one key of the first authority changed.
fn key(at: usize, edit: impl FnOnce(Fields) -> Fields) -> Trust {
    key_of(version(6), at, edit)
}

/// Version 6 after version 5: void.
fn void(name: &str, comment: &str, next: Trust) -> ObjectCase {
    let held = version(5);
    row((name, "LIN-3", comment, OUTSIDE), &held, &[&held, &next.after(&[&held])], &[&held])
}

/// Version 6 after a version 5.
fn follows(name: &str, spec: &str, comment: &str, held: &Trust, next: Trust) -> ObjectCase {
    let next = next.after(&[held]);
    row((name, spec, comment, STUCK), held, &[held, &next], &[&next])
}

fn documents() -> Vec<ObjectCase> {
    let session = |name, comment, label, value| void(name, comment, key(SESSION, |entry| entry.with(label, value)));
    let without = |name, comment, at, label| void(name, comment, key(at, |entry| entry.without(label)));
    vec![
        session("line_kinds_wider", "a key for kinds 1 and 2 may seal kind 3 too", 5, uints(&[1, 2, 3])),
        session("line_kinds_narrower", "a key for kinds 1 and 2 may seal kind 1 only", 5, uints(&[1])),
        session("line_kinds_other", "a key for kinds 1 and 2 is for kinds 1 and 3", 5, uints(&[1, 3])),
        session("line_sessions_wider", "a second session", 6, texts(&["Juin 2026", "Juin 2027"])),
        session("line_sessions_other", "another session", 6, texts(&["Juin 2027"])),
        without("line_sessions_any", "no sessions, which is any session", SESSION, 6),
        void(
            "line_sessions_named",
            "a session for a key that had any",
            key(SPECIMEN, |entry| entry.with(6, texts(&["Juin 2026"]))),
        ),
        session("line_status_list_other", "status list 2 in the place of 1", 8, uint(2)),
        without("line_status_list_gone", "no status list any more", SESSION, 8),
        void(
            "line_legalisation_list_other",
            "status list 2 in the place of 1 for a key for legalisations",
            key(LEGALISATION, |entry| entry.with(8, uint(2))),
        ),
        without("line_legalisation_list_gone", "no status list any more for such a key", LEGALISATION, 8),
        without("line_test_key_live", "a key of the test world becomes one in earnest", SPECIMEN, 11),
        session("line_live_key_test", "a key in earnest becomes one of the test world", 11, yes()),
    ]
}

fn places() -> Vec<ObjectCase> {
    let moved = edited(version(6), |trust| {
        let session = trust.authorities[0].keys.remove(SESSION);
        trust.authorities[1].keys.push(session);
    });
    let renamed = edited(version(6), |trust| {
        trust.authorities[0].fields = trust.authorities[0].fields.clone().with(1, text("MA-EXEMPLE-2"));
    });
    let rotated = Trust { authorities: moved.authorities.clone(), ..list(6, 2, &[4, 5], &[4, 5, 1, 2]) }
        .taking_over_from(&version(5));
    vec![
        void("line_use_other", "the register key becomes a status key", key(REGISTER, |entry| entry.with(2, uint(2)))),
        void("line_key_moved", "the session's key moves to another authority", moved),
        void("line_authority_renamed", "the authority with all keys has another id", renamed),
        void(
            "line_rotated_key_moved",
            "all roots are replaced, both sets sign, and the session's key moves to another authority",
            rotated,
        ),
    ]
}

/// Marks that a key has: closed, compromised, its register fixed.
fn marks() -> Vec<ObjectCase> {
    let marked = |label, value| key_of(version(5), SESSION, |entry| entry.with(label, value));
    let closed = || marked(9, uint(WINDOW_LAST));
    let stolen = || marked(10, uint(WINDOW_FIRST));
    let fixed = || marked(13, bytes(&[13; 32]));
    let void = |name, comment, held: Trust, next: Trust| {
        let next = next.after(&[&held]);
        row((name, "LIN-3", comment, BACK), &held, &[&held, &next], &[&held])
    };
    let good = |name, comment, held: Trust, next| follows(name, "LIN-3", comment, &held, next);
    let session = |label, value| key(SESSION, |entry| entry.with(label, value));
    vec![
        void("line_closed_gone", "a closed key is open again", closed(), version(6)),
        void("line_closed_later", "a key is closed a second later", closed(), session(9, uint(WINDOW_LAST + 1))),
        good("line_closed_same", "a closed key stays closed", closed(), session(9, uint(WINDOW_LAST))),
        good("line_closed_earlier", "a key is closed a second earlier", closed(), session(9, uint(WINDOW_LAST - 1))),
        void("line_stolen_gone", "a compromised key is none any more", stolen(), version(6)),
        void(
            "line_stolen_closed",
            "a compromised key is closed in the place of it",
            stolen(),
            session(9, uint(WINDOW_FIRST)),
        ),
        good(
            "line_stolen_later",
            "a key was found compromised a second later",
            stolen(),
            session(10, uint(WINDOW_FIRST + 1)),
        ),
        void("line_fixed_gone", "a fixed register is open again", fixed(), version(6)),
        good("line_fixed_other", "another head is fixed", fixed(), session(13, bytes(&[14; 32]))),
        good(
            "line_marked_key_gone",
            "a compromised key is on the list no more",
            stolen(),
            edited(version(6), |trust| {
                trust.authorities[0].keys.remove(SESSION);
            }),
        ),
    ]
}

/// What a list further back says, and what lists say that are void themselves.
fn several() -> Vec<ObjectCase> {
    let five = key_of(version(5), SESSION, |entry| entry.with(10, uint(WINDOW_FIRST)));
    let six = edited(version(6), |trust| {
        trust.authorities[0].keys.remove(SESSION);
    })
    .after(&[&five]);
    let back = version(7).after(&[&five, &six]);
    let forgets = version(7).after(&[&six]);
    let wide = key_of(version(6), SESSION, |entry| entry.with(5, uints(&[1, 2, 3])).with(10, uint(WINDOW_FIRST)))
        .after(&[&five]);
    let over_void = key_of(version(7), SESSION, |entry| entry.with(10, uint(WINDOW_FIRST))).after(&[&five, &wide]);
    let row =
        |name, comment, given: &[&Trust], newest: &[&Trust]| row((name, "LIN-3", comment, BACK), &five, given, newest);
    vec![
        row("line_mark_two_back", "a compromised key leaves and comes back unmarked", &[&five, &six, &back], &[&six]),
        row("line_mark_two_back_gap", "the same, and the list between is not given", &[&five, &back], &[&five]),
        row("line_ids_dropped", "version 7 does not name 5, which 6 names: void", &[&five, &six, &forgets], &[&six]),
        row(
            "line_scope_of_void",
            "version 6 is void as a key's kinds grew; version 7 has the first kinds and follows version 5",
            &[&five, &wide, &over_void],
            &[&over_void],
        ),
    ]
}

/// What may change, and what may go.
fn kept() -> Vec<ObjectCase> {
    let good = |name, comment, next| follows(name, "LIN-3", comment, &version(5), next);
    let session = |name, comment, label, value| good(name, comment, key(SESSION, |entry| entry.with(label, value)));
    let changed = |edit: fn(&mut Trust)| edited(version(6), edit);
    vec![
        session("line_window_wider", "the session's key may seal for a day longer", 4, uint(WINDOW_LAST + 86_400)),
        session("line_count_lower", "the session's key may seal fewer documents", 7, uint(1_000)),
        session("line_key_closed", "the session's key was closed", 9, uint(WINDOW_LAST)),
        session("line_key_stolen", "the session's key was found compromised", 10, uint(WINDOW_FIRST)),
        session("line_register_other", "another register number", 12, uint(2)),
        session("line_register_fixed", "the register of the session's key is fixed", 13, bytes(&[13; 32])),
        good(
            "line_key_gone",
            "the session's key is gone",
            changed(|trust| {
                trust.authorities[0].keys.remove(SESSION);
            }),
        ),
        good(
            "line_authority_gone",
            "the second authority is gone with its key",
            changed(|trust| {
                trust.authorities.pop();
            }),
        ),
        good(
            "line_key_new",
            "the second authority has one more key",
            changed(|trust| {
                let new = document_key(&Signer::named("wide").public, 0, LAST_TIME).with(8, uint(1));
                trust.authorities[1].keys.push(new);
            }),
        ),
        good(
            "line_keys_reordered",
            "the keys and the authorities in another order",
            changed(|trust| {
                trust.authorities[0].keys.reverse();
                trust.authorities.reverse();
            }),
        ),
        good(
            "line_role_other",
            "the authority becomes a ministry",
            changed(|trust| {
                trust.authorities[0].fields = trust.authorities[0].fields.clone().with(4, uint(2));
            }),
        ),
        good(
            "line_status_key_gone",
            "the key of status lists is gone",
            changed(|trust| {
                trust.authorities[0].keys.remove(STATUS);
            }),
        ),
    ]
}

/// Entries that are passed over, and room: they count for nothing here either.
fn passed_over() -> Vec<ObjectCase> {
    let good = |name, spec, comment, next| follows(name, spec, comment, &version(5), next);
    let live = || document_key(&Signer::named("later").public, 0, LAST_TIME).with(8, uint(1));
    let same = edited(version(5), |trust| trust.claims = trust.claims.clone().with(64, bytes(b"later")));
    let held = version(5);
    vec![
        good(
            "line_key_use_6",
            "LIN-3, GRO-2",
            "the register key has use 6: it is passed over, as if it were gone",
            key(REGISTER, |entry| entry.with(2, uint(6))),
        ),
        good("line_key_with_type", "LIN-3, GRO-2", "the session's key has a key type: it is passed over", {
            key(SESSION, |entry| entry.with(15, uint(1)))
        }),
        good("line_passed_over_read", "LIN-3, GRO-2", "a key that was passed over is one for documents", {
            key(PASSED_OVER, |_| live())
        }),
        good(
            "line_passed_over_other",
            "LIN-3, GRO-2",
            "a key that is passed over has another use and another type",
            key(PASSED_OVER, |entry| entry.with(2, uint(7)).with(15, text("x"))),
        ),
        good("line_room", "LIN-3, GRO-1", "room in the session's entry that was not there", {
            key(SESSION, |entry| entry.with(64, bytes(b"later")))
        }),
        row(
            ("line_room_same_version", "LIN-4, GRO-1", "two lists that differ in room only are two lists", STUCK),
            &held,
            &[&held, &same],
            &[&held, &same],
        ),
    ]
}
