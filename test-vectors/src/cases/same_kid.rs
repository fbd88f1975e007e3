//! Keys of other uses, authorities and root sets that share one `kid`: a `kid` names a key, it does not choose one.

use super::register_files::with_parts;
use crate::case::{Case, Side};
use crate::legalisation::{self, MINISTRY};
use crate::minutes;
use crate::object::{ObjectCase, hex};
use crate::pack::Pack;
use crate::register::{Register, edited, head};
use crate::sign::{Signer, sha256};
use crate::trust::{Authority, Trust, document_key, entry, key_entry};
use crate::world::{LAST_TIME, OTHER_BOARD, SAME_KID, pack_of, small_trust, trust_claims};

const LOST: &str = "an honest object would be refused because of a neighbour's key";
const COUNTED: &str = "one holder of a root could replace all of them";

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    let register = Register::with_example();
    let heads = |at: usize| vec![head(&key(at), &register.claims()).encoded()];
    let of = |name, expect, spec, comment, trust: &Trust, at: usize| {
        with_parts(name, expect, spec, comment, LOST, (trust, heads(at), vec![register.file().encoded()]))
    };
    let before = with_neighbours(edited(|trust| trust.authorities[0].keys[2] = use_of(3, 2)), 3);
    let fixed = {
        let head = register.head();
        let trust = edited(|trust| {
            let session = trust.authorities[0].keys[0].clone();
            trust.authorities[0].keys[0] = session.with(13, crate::cbor::bytes(&sha256(&head)));
        });
        let comment = "label 13 names a head, and the pack does not have it";
        with_parts("register_fixed_no_head", "key-compromised", "REG-7", comment, LOST, (&trust, vec![], vec![]))
            .registered("unknown")
    };
    vec![
        of(
            "register_head_same_kid",
            "genuine",
            "REG-2",
            "signed by the third of three keys with one kid; the others are of use 1 and of another authority",
            &before,
            2,
        )
        .registered("listed"),
        of(
            "register_head_same_kid_other_board",
            "register-unsigned",
            "REG-2",
            "signed by another authority's register key that has the kid of the right one",
            &before,
            1,
        ),
        of(
            "register_head_same_kid_documents",
            "register-unsigned",
            "REG-2",
            "signed by a key of use 1 that has the kid of the register key",
            &before,
            0,
        ),
        fixed,
    ]
}

/// The cases of this area for other objects.
pub fn objects() -> Vec<ObjectCase> {
    [of_minutes(), of_legalisations(), of_roots()].concat()
}

/// One of five keys with one kid; the first two are of another board, or of none.
fn key(at: usize) -> Signer {
    let signer = Signer::in_row(SAME_KID[at]);
    if at < 2 { signer.of(OTHER_BOARD) } else { signer }
}

/// The third key in the hand of the ministry.
fn ministry_key() -> Signer {
    key(2).of(MINISTRY)
}

fn use_of(usage: u64, at: usize) -> crate::cbor::Fields {
    key_entry(&key(at).public, usage, 0, LAST_TIME)
}

/// A first authority with a key for documents and one of a use, both with the kid that another key of the list has.
fn with_neighbours(mut trust: Trust, usage: u64) -> Trust {
    let keys = vec![document_key(&key(0).public, 0, LAST_TIME), use_of(usage, 1)];
    trust.authorities.insert(0, Authority::board(OTHER_BOARD, "Autre académie", keys));
    trust
}

fn of_minutes() -> Vec<ObjectCase> {
    let mut trust = small_trust();
    trust.authorities[0].keys.push(use_of(4, 2));
    let side = Side::new("minutes_same_kid", pack_of(&with_neighbours(trust, 4)).encoded());
    let by = |name, expect, comment, at| {
        ObjectCase::new("minutes", name, expect, "MIN-1", comment, LOST)
            .of(hex(&minutes::signed(&key(at), &minutes::claims().encoded()).encoded()))
            .with_packs(vec![side.clone()])
    };
    vec![
        by("minutes_same_kid", "accepted", "signed by the third of three keys with one kid", 2),
        by("minutes_same_kid_documents", "signature-invalid", "signed by the one that has use 1", 0),
    ]
}

fn of_legalisations() -> Vec<ObjectCase> {
    let mut trust = legalisation::trust();
    trust.authorities[1].keys.push(use_of(5, 2).with(8, crate::cbor::uint(1)));
    let pack = crate::pack::Pack { trust: with_neighbours(trust, 5).encoded(), ..legalisation::pack() };
    let side = Side::new("legalisation_same_kid", pack.encoded());
    let by = |name, expect, comment, signer: &Signer| {
        let payload = legalisation::claims(legalisation::record()).encoded();
        ObjectCase::new("legalisation", name, expect, "LEG-3, SIG-1", comment, LOST)
            .of(legalisation::symbol(&legalisation::envelope(signer, &payload).encoded()))
            .with_packs(vec![side.clone()])
    };
    vec![
        by("legalisation_same_kid", "genuine", "signed by the third of three keys with one kid", &ministry_key()),
        by(
            "legalisation_same_kid_board",
            "signature-invalid",
            "signed by the one that has use 5 of an examination board",
            &key(1),
        ),
    ]
}

/// Three roots share one kid; two of them must sign the rotation that comes after them.
fn of_roots() -> Vec<ObjectCase> {
    let list = |version, roots: &[usize], signers: &[usize]| Trust {
        claims: trust_claims(version),
        threshold: 2,
        roots: roots.iter().map(|at| key(*at).public).collect(),
        signers: signers.iter().map(|at| key(*at)).collect(),
        ..small_trust()
    };
    let held = list(5, &[0, 1, 2], &[0, 1]);
    let mut plain = list(6, &[], &[1, 2]).taking_over_from(&held);
    plain.roots = vec![crate::world::root(4).public, crate::world::root(5).public];
    plain.signers.extend([crate::world::root(4), crate::world::root(5)]);
    let mut one = plain.clone();
    one.signers.remove(0);
    let twice = {
        let mut parts = one.parts();
        parts.signatures.push(entry(&crate::cose::header(key(2).kid()).encoded(), &again(&one.payload())));
        Pack { trust: parts.encoded(), ..Pack::default() }.encoded()
    };
    let refused = |name, comment, side| {
        ObjectCase::new("line", name, "trust-unsigned", "TRU-4", comment, COUNTED)
            .with_packs(vec![side])
            .with("root", held.fingerprint())
            .with("lists", "none")
    };
    vec![
        super::line::row(
            ("line_same_kid", "TRU-4, LIN-2", "two of three old roots with one kid sign, and both new ones", COUNTED),
            &held,
            &[&plain],
            &[&plain],
        ),
        refused(
            "line_same_kid_one",
            "one of three old roots with one kid signs",
            super::line::bare("line_same_kid_one", &one),
        ),
        refused(
            "line_same_kid_twice",
            "one of three old roots with one kid signs twice, differently",
            Side::new("line_same_kid_twice", twice),
        ),
    ]
}

/// A second signature of the third key that holds.
fn again(payload: &[u8]) -> [u8; 64] {
    use crate::cbor::{array, bytes, text};
    let protected = crate::cose::header(key(2).kid()).encoded();
    let aad = bytes(crate::cose::TRUST_LIST.as_bytes());
    key(2).sign_with_other_nonce(&array(&[text("Signature"), bytes(&[]), bytes(&protected), aad, bytes(payload)]))
}
