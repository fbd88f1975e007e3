//! Keys in a trust list that takes the place of another: what they may seal stays as it was (SPEC section 7, ROT-4).

use super::successor::{list, row_after};
use crate::case::Side;
use crate::cbor::{Fields, bytes, text, texts, uint, uints};
use crate::documents::yes;
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{StatusList, decided};
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{
    BOARD, LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, pack_of, session_entry, status_entry, stranger,
};

const OUTSIDE: &str = "a verifier with the older list would call not genuine what the newer list lets in";
const STUCK: &str = "a verifier could never follow its list";

/// Places of the keys in the first authority.
const SESSION: usize = 0;
const SPECIMEN: usize = 2;
const REGISTER: usize = 3;
const LEGALISATION: usize = 4;
const PASSED_OVER: usize = 5;

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [documents(), places(), order(), kept(), passed_over()].concat()
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

/// Version 6 with something changed.
fn edited(edit: impl FnOnce(&mut Trust)) -> Trust {
    let mut trust = version(6);
    edit(&mut trust);
    trust
}

/// Version 6 with one key of the first authority changed.
fn key(at: usize, edit: impl FnOnce(Fields) -> Fields) -> Trust {
    edited(|trust| {
        let keys = &mut trust.authorities[0].keys;
        keys[at] = edit(keys[at].clone());
    })
}

fn after_held(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, pack: &Pack) -> ObjectCase {
    let held = Side::new("successor_scope_held", pack_of(&version(5)).encoded());
    row_after(held, name, expect, spec, comment, effect, pack.encoded())
}

fn refused(name: &str, comment: &str, trust: &Trust) -> ObjectCase {
    after_held(name, "trust-malformed", "ROT-4", comment, OUTSIDE, &pack_of(trust))
}

fn documents() -> Vec<ObjectCase> {
    let session = |name, comment, label, value| refused(name, comment, &key(SESSION, |entry| entry.with(label, value)));
    let without = |name, comment, at, label| refused(name, comment, &key(at, |entry| entry.without(label)));
    vec![
        session("successor_kinds_wider", "a key for kinds 1 and 2 may seal kind 3 too", 5, uints(&[1, 2, 3])),
        session("successor_kinds_narrower", "a key for kinds 1 and 2 may seal kind 1 only", 5, uints(&[1])),
        session("successor_kinds_other", "a key for kinds 1 and 2 is for kinds 1 and 3", 5, uints(&[1, 3])),
        session("successor_sessions_wider", "a second session", 6, texts(&["Juin 2026", "Juin 2027"])),
        session("successor_sessions_other", "another session", 6, texts(&["Juin 2027"])),
        without("successor_sessions_any", "no sessions, which is any session", SESSION, 6),
        refused(
            "successor_sessions_named",
            "a session for a key that had any",
            &key(SPECIMEN, |entry| entry.with(6, texts(&["Juin 2026"]))),
        ),
        session("successor_status_list_other", "status list 2 in the place of 1", 8, uint(2)),
        without("successor_status_list_gone", "no status list any more", SESSION, 8),
        refused(
            "successor_legalisation_list_other",
            "status list 2 in the place of 1 for a key for legalisations",
            &key(LEGALISATION, |entry| entry.with(8, uint(2))),
        ),
        without("successor_legalisation_list_gone", "no status list any more for such a key", LEGALISATION, 8),
        without("successor_test_key_live", "a key of the test world becomes one in earnest", SPECIMEN, 11),
        session("successor_live_key_test", "a key in earnest becomes one of the test world", 11, yes()),
    ]
}

fn places() -> Vec<ObjectCase> {
    let moved = edited(|trust| {
        let session = trust.authorities[0].keys.remove(SESSION);
        trust.authorities[1].keys.push(session);
    });
    let renamed = edited(|trust| {
        trust.authorities[0].fields = trust.authorities[0].fields.clone().with(1, text("MA-EXEMPLE-2"));
    });
    let rotated = Trust { authorities: moved.authorities.clone(), ..list(6, 2, &[4, 5], &[4, 5, 1, 2]) };
    vec![
        refused(
            "successor_use_other",
            "the register key becomes a status key",
            &key(REGISTER, |entry| entry.with(2, uint(2))),
        ),
        refused("successor_key_moved", "the session's key moves to another authority", &moved),
        after_held(
            "successor_authority_renamed",
            "trust-malformed",
            "ROT-4",
            "the authority with all keys has another id",
            OUTSIDE,
            &Pack { status: vec![], ..pack_of(&renamed) },
        ),
        refused(
            "successor_rotated_key_moved",
            "all roots are replaced, both sets sign, and the session's key moves to another authority",
            &rotated,
        ),
    ]
}

/// Two things are wrong; the order says which one decides.
fn order() -> Vec<ObjectCase> {
    let wider = |mut trust: Trust| {
        let keys = &mut trust.authorities[0].keys;
        keys[SESSION] = keys[SESSION].clone().with(5, uints(&[1, 2, 3]));
        trust
    };
    let mut before = wider(version(6));
    before.claims = before.claims.with(2, uint(1_780_999_999));
    let mut of_stranger = pack_of(&wider(version(6)));
    of_stranger.status = vec![StatusList::new(1, &decided(), stranger()).encoded()];
    let rolled = |name, spec, comment, trust: &Trust| {
        after_held(name, "trust-rolled-back", spec, comment, OUTSIDE, &pack_of(trust))
    };
    vec![
        rolled(
            "successor_order_version_before_scope",
            "ROT-2, ROT-4",
            "version 4, and a key may seal another kind too",
            &wider(version(4)),
        ),
        rolled(
            "successor_order_time_before_scope",
            "ROT-3, ROT-4",
            "issued a second before the list held, and a key may seal another kind too",
            &before,
        ),
        after_held(
            "successor_order_scope_before_status",
            "trust-malformed",
            "ROT-4, PCK-3",
            "a key may seal another kind too, and a status list of a stranger: the trust list comes first",
            OUTSIDE,
            &of_stranger,
        ),
    ]
}

/// What may change, and what may go.
fn kept() -> Vec<ObjectCase> {
    let good = |name, comment, trust: &Trust| after_held(name, "accepted", "ROT-4", comment, STUCK, &pack_of(trust));
    let session = |name, comment, label, value| good(name, comment, &key(SESSION, |entry| entry.with(label, value)));
    vec![
        session("successor_window_wider", "the session's key may seal for a day longer", 4, uint(WINDOW_LAST + 86_400)),
        session("successor_count_lower", "the session's key may seal fewer documents", 7, uint(1_000)),
        session("successor_key_closed", "the session's key was closed", 9, uint(WINDOW_LAST)),
        session("successor_key_stolen", "the session's key was found compromised", 10, uint(WINDOW_FIRST)),
        session("successor_register_other", "another register number", 12, uint(2)),
        session("successor_register_fixed", "the register of the session's key is fixed", 13, bytes(&[13; 32])),
        good(
            "successor_key_gone",
            "the session's key is gone",
            &edited(|trust| {
                trust.authorities[0].keys.remove(SESSION);
            }),
        ),
        good(
            "successor_authority_gone",
            "the second authority is gone with its key",
            &edited(|trust| {
                trust.authorities.pop();
            }),
        ),
        good(
            "successor_key_new",
            "the second authority has one more key",
            &edited(|trust| {
                let new = document_key(&Signer::named("wide").public, 0, LAST_TIME).with(8, uint(1));
                trust.authorities[1].keys.push(new);
            }),
        ),
        good(
            "successor_keys_reordered",
            "the keys of an authority and the authorities in another order",
            &edited(|trust| {
                trust.authorities[0].keys.reverse();
                trust.authorities.reverse();
            }),
        ),
    ]
}

/// Entries that are passed over, and room: they count for nothing here either.
fn passed_over() -> Vec<ObjectCase> {
    let row =
        |name, expect, spec, comment, trust: &Trust| after_held(name, expect, spec, comment, STUCK, &pack_of(trust));
    let good = |name, spec, comment, trust| row(name, "accepted", spec, comment, &trust);
    let live = || document_key(&Signer::named("later").public, 0, LAST_TIME).with(8, uint(1));
    let mut same = version(5);
    same.claims = same.claims.with(64, bytes(b"later"));
    vec![
        good(
            "successor_key_use_6",
            "ROT-4, GRO-2",
            "the register key has use 6: it is passed over, as if it were gone",
            key(REGISTER, |entry| entry.with(2, uint(6))),
        ),
        good("successor_key_with_type", "ROT-4, GRO-2", "the session's key has a key type: it is passed over", {
            key(SESSION, |entry| entry.with(15, uint(1)))
        }),
        good("successor_passed_over_read", "ROT-4, GRO-2", "a key that was passed over is one for documents", {
            key(PASSED_OVER, |_| live())
        }),
        good(
            "successor_passed_over_other",
            "ROT-4, GRO-2",
            "a key that is passed over has another use and another type",
            key(PASSED_OVER, |entry| entry.with(2, uint(7)).with(15, text("x"))),
        ),
        good("successor_room", "ROT-4, GRO-1", "room in the session's entry that was not there", {
            key(SESSION, |entry| entry.with(64, bytes(b"later")))
        }),
        row(
            "successor_room_same_version",
            "trust-rolled-back",
            "ROT-2, GRO-1",
            "the version held with more room: another list",
            &same,
        ),
    ]
}
