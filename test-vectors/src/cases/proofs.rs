//! Inclusion proofs (SPEC section 12, REG-6). The document is the example unless a case says otherwise.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, indefinite_map, int, joined, pairs, text, uint, wide_head};
use crate::documents::{attestation, claims, example_text, sealed};
use crate::merkle::{self, Hash};
use crate::object::{ObjectCase, hex};
use crate::register::{Register, hashes, head, kept_trust, register_key, side, stolen_trust};
use crate::sign::sha256;
use crate::text::symbol;
use crate::world::session_key;

const THIEF: &str = "a thief of the key could make documents that pass";
const VICTIM: &str = "an honest document would be lost with its key";
const REFUSED: &str = "a proof that is damaged would spoil a genuine document";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [holding(), positions(), paths(), structure(), harmless(), others()].concat()
}

fn row(name: &str, expect: &str, register: &str, comment: &str, effect: &str, proof: &[Bytes]) -> ObjectCase {
    let proofs: Vec<_> = proof.iter().map(|proof| hex(proof)).collect();
    ObjectCase::new("proof", name, expect, "REG-6, REG-7", comment, effect)
        .with("proof", proofs.join(", "))
        .with("register", register)
        .of(example_text())
        .with_packs(vec![head_only("proof_head", &usual())])
}

fn usual() -> Register {
    Register::with_example()
}

/// The stolen key, with the head of a register and without its file.
fn head_only(name: &str, register: &Register) -> Side {
    side(name, &stolen_trust(), vec![register.head()], vec![])
}

fn bad(name: &str, comment: &str, proof: Bytes) -> ObjectCase {
    row(name, "key-compromised", "unknown", comment, THIEF, &[proof])
}

/// Trees of several sizes: an odd last leaf rises by fewer steps.
fn holding() -> Vec<ObjectCase> {
    [(0, 1), (0, 2), (1, 2), (2, 3), (2, 5), (4, 5), (5, 6), (6, 7), (3, 8), (8, 9), (64, 100), (127, 128)]
        .map(|(position, count)| {
            let register = Register::with_example_at(position, count);
            let name = format!("proof_{position}_of_{count}");
            let comment = format!("position {position} in a register of {count}");
            row(&name, "genuine", "listed", &comment, VICTIM, &[register.proof(position).encoded()])
                .with_packs(vec![head_only(&format!("proof_of_{count}_{position}"), &register)])
        })
        .to_vec()
}

fn positions() -> Vec<ObjectCase> {
    let at = |name, comment, position: u64| bad(name, comment, usual().proof(2).with(3, uint(position)).encoded());
    let last = Register::with_example_at(4, 5);
    let moved = |name: &str, comment: &str, position: u64| {
        bad(name, comment, last.proof(4).with(3, uint(position)).encoded())
            .with_packs(vec![head_only("proof_of_5_4", &last)])
    };
    vec![
        at("proof_position_before", "position 1 instead of 2", 1),
        at("proof_position_after", "position 3 instead of 2", 3),
        at("proof_position_plus_8", "position 10 in a register of five: the same steps to the root", 10),
        at("proof_position_2_64", "position 2^64 - 1", u64::MAX),
        at("proof_position_2_63", "position 2^63 + 2", (1 << 63) + 2),
        moved("proof_position_count", "position 5 in a register of five, the document is the last", 5),
        moved("proof_position_last_lower", "position 1, to which the same path would lead, instead of 4", 1),
        bad("proof_of_neighbour", "the proof of another document of the register", usual().proof(1).encoded()),
    ]
}

fn paths() -> Vec<ObjectCase> {
    let path = merkle::path(&usual().leaves(), 2);
    let with = |name, comment, path: &[Hash]| bad(name, comment, usual().proof(2).with(4, hashes(path)).encoded());
    let mut flipped = path.clone();
    flipped[1][31] ^= 1;
    let reversed: Vec<_> = path.iter().rev().copied().collect();
    let long: Vec<_> = path.iter().copied().chain([[0; 32]]).collect();
    let twice: Vec<_> = path.iter().copied().chain(path.clone()).collect();
    let most: Vec<_> = (0..24).map(|number| sha256(&[number])).collect();
    let over: Vec<_> = (0..25).map(|number| sha256(&[number])).collect();
    let inner = {
        let leaves = usual().leaves();
        merkle::node(&merkle::leaf(&leaves[0]), &merkle::leaf(&leaves[1]))
    };
    vec![
        with("proof_path_flipped", "one bit of the second hash flipped", &flipped),
        with("proof_path_reversed", "the path from the root downwards", &reversed),
        with("proof_path_short", "the last hash is missing", &path[..path.len() - 1]),
        with("proof_path_from_second", "the first hash is missing", &path[1..]),
        with("proof_path_long", "one more hash behind the root", &long),
        with("proof_path_twice", "the path twice", &twice),
        with("proof_path_none", "no path", &[]),
        with("proof_path_root", "the root itself", &[merkle::root(&usual().leaves())]),
        with("proof_path_node", "a node of the tree that does not lie beside the document's", &[inner]),
        with("proof_path_24", "24 hashes, as many as are allowed", &most),
        with("proof_path_25", "25 hashes", &over),
        bad("proof_path_31", "a hash of 31 bytes", usual().proof(2).with(4, array(&[bytes(&[1; 31])])).encoded()),
        bad("proof_path_text", "the path as a byte string", usual().proof(2).with(4, bytes(&path.concat())).encoded()),
    ]
}

fn structure() -> Vec<ObjectCase> {
    let proof = || usual().proof(2);
    let whole = proof().encoded();
    let set = |name, comment, label, value| bad(name, comment, proof().with(label, value).encoded());
    let without = |name, comment, label| bad(name, comment, proof().without(label).encoded());
    let mut swapped = proof().pairs();
    swapped.swap(2, 3);
    vec![
        bad("proof_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        bad("proof_byte_after", "a zero byte behind the proof", joined(whole.clone(), &[0])),
        bad("proof_wide_map", "the map's head in one byte more", joined(wide_head(5, 5, 1), &whole[1..])),
        bad("proof_indefinite", "the map of indefinite length", indefinite_map(&proof().pairs())),
        bad("proof_unsorted", "position before register number", pairs(&swapped)),
        bad("proof_no_map", "an array", array(&[uint(1)])),
        set("proof_other_text", "another text at 0", 0, text("sceau/1/register")),
        set("proof_other_authority", "of another authority", 1, text(crate::world::OTHER_BOARD)),
        set("proof_other_register", "of register 2", 2, uint(2)),
        set("proof_register_0", "of register 0", 2, uint(0)),
        set("proof_position_negative", "position -1", 3, int(-1)),
        set("proof_key_5", "a key 5 that nobody knows", 5, uint(0)),
        without("proof_no_text", "no text at 0", 0),
        without("proof_no_authority", "no authority", 1),
        without("proof_no_register", "no register number", 2),
        without("proof_no_position", "no position", 3),
        without("proof_no_path", "no path", 4),
    ]
}

/// A bad proof is as none: it refuses nothing.
fn harmless() -> Vec<ObjectCase> {
    let broken = || usual().proof(2).with(3, uint(3)).encoded();
    let malformed = || b"no proof".to_vec();
    let kept = |name: &str, files| side(name, &kept_trust(), vec![usual().head()], files);
    let row = |name, expect, register, comment, proofs: &[Bytes], pack| {
        row(name, expect, register, comment, REFUSED, proofs).with_packs(vec![pack])
    };
    let with_file = || side("register_stolen", &stolen_trust(), vec![usual().head()], vec![usual().file().encoded()]);
    let good = || usual().proof(2).encoded();
    let head = || head_only("proof_head", &usual());
    vec![
        row(
            "proof_kept_broken",
            "genuine",
            "unknown",
            "the key is in good hands, the proof does not hold",
            &[broken()],
            kept("proof_kept", vec![]),
        ),
        row(
            "proof_kept_malformed",
            "genuine",
            "unknown",
            "the key is in good hands, the proof is no CBOR",
            &[malformed()],
            kept("proof_kept", vec![]),
        ),
        row(
            "proof_kept",
            "genuine",
            "listed",
            "the key is in good hands, the proof holds",
            &[good()],
            kept("proof_kept", vec![]),
        ),
        row(
            "proof_broken_listed",
            "genuine",
            "listed",
            "the file lists the document, the proof does not hold",
            &[broken()],
            with_file(),
        ),
        row(
            "proof_malformed_listed",
            "genuine",
            "listed",
            "the file lists the document, the proof is no CBOR",
            &[malformed()],
            with_file(),
        ),
        row("proof_second_holds", "genuine", "listed", "two proofs, the second holds", &[broken(), good()], head()),
        row(
            "proof_first_holds",
            "genuine",
            "listed",
            "two proofs, the first holds, the second is no CBOR",
            &[good(), malformed()],
            head(),
        ),
        row(
            "proof_two_broken",
            "key-compromised",
            "unknown",
            "two proofs, and neither holds",
            &[broken(), malformed()],
            head(),
        ),
        row(
            "proof_without_head",
            "key-compromised",
            "unknown",
            "a right proof and a pack without the head",
            &[good()],
            side("register_no_head", &stolen_trust(), vec![], vec![]),
        ),
    ]
}

fn others() -> Vec<ObjectCase> {
    let good = || usual().proof(2).encoded();
    let without = || Register::of_others(5);
    let file_of_others = {
        let claims = without().claims().with(4, bytes(&merkle::root(&usual().leaves())));
        let head = head(&register_key(), &claims).encoded();
        side("proof_beside_file", &stolen_trust(), vec![head], vec![without().file().encoded()])
    };
    let not_listed =
        side("register_not_listed", &stolen_trust(), vec![without().head()], vec![without().file().encoded()]);
    let cose = sealed(&session_key(), &claims(attestation()).encoded());
    let mut altered = cose.clone();
    altered[60] ^= 1;
    let bare = |claims: Fields| {
        Side::new(
            "proof_count_4",
            crate::register::pack(&stolen_trust(), vec![head(&register_key(), &claims).encoded()], vec![]).encoded(),
        )
    };
    vec![
        row(
            "proof_beside_file",
            "genuine",
            "listed",
            "the file does not have the document, the proof holds",
            VICTIM,
            &[good()],
        )
        .with_packs(vec![file_of_others]),
        row(
            "proof_of_other_root",
            "key-compromised",
            "not-listed",
            "the proof leads to another root, the file does not have the document",
            THIEF,
            &[good()],
        )
        .with_packs(vec![not_listed]),
        row(
            "proof_of_other_document",
            "key-compromised",
            "unknown",
            "the proof of the example with another document of its serial",
            THIEF,
            &[good()],
        )
        .of(symbol(&cose)),
        row(
            "proof_resealed",
            "genuine",
            "listed",
            "the registered facts with another signature and a right proof",
            VICTIM,
            &[good()],
        )
        .of(symbol(&crate::legalisation::resealed())),
        row("proof_altered_document", "signature-invalid", "unknown", "a document that is altered", THIEF, &[good()])
            .of(symbol(&altered)),
        row(
            "proof_count_smaller",
            "key-compromised",
            "unknown",
            "the head counts four documents, its root is that of five",
            THIEF,
            &[Register::with_example_at(4, 5).proof(4).encoded()],
        )
        .with_packs(vec![bare(Register::with_example_at(4, 5).claims().with(3, uint(4)))]),
    ]
}
