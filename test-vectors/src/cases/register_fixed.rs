//! Registers that the roots have fixed (SPEC section 11, VER-3): what they do not list does not count.

use crate::case::{Case, case};
use crate::cbor::{Bytes, bytes, uint};
use crate::documents::{WITHDRAWN, attestation, claims, claims_of, digest, diploma, example_text, sealed, yes};
use crate::object::{ObjectCase, hex};
use crate::register::{HEAD_AT, Register, kept_trust, side};
use crate::sign::sha256;
use crate::text::symbol;
use crate::trust::Trust;
use crate::world::session_key;

const THIEF: &str = "a thief of a closed key could make documents that pass";
const VICTIM: &str = "an honest document would be lost";
const WARNING: &str = "a warning would be missed, or taken for a verdict";

/// The list whose session's key is in good hands, closed, and has a register.
fn closed() -> Trust {
    let mut trust = kept_trust();
    trust.authorities[0].keys[0] = trust.authorities[0].keys[0].clone().with(9, uint(HEAD_AT));
    trust
}

/// The same with label 13: the roots have fixed the head of this register.
fn fixed(register: &Register) -> Trust {
    let mut trust = closed();
    let head = bytes(&sha256(&register.head()));
    trust.authorities[0].keys[0] = trust.authorities[0].keys[0].clone().with(13, head);
    trust
}

fn row(name: &str, expect: &str, register: &'static str, comment: &str, effect: &str, parts: Parts) -> Case {
    let (trust, heads, files) = parts;
    case(name, expect, "VER-3", comment, effect, example_text())
        .registered(register)
        .with_packs(vec![side(name, &trust, heads, files)])
}

type Parts = (Trust, Vec<Bytes>, Vec<Bytes>);

/// Head and file of a register that the roots have fixed.
fn whole(register: &Register) -> Parts {
    (fixed(register), vec![register.head()], vec![register.file().encoded()])
}

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    let (with, without) = (Register::with_example(), Register::of_others(5));
    let other_serial = with.clone().with_third(&[9; 8], &digest(&[9; 8], &diploma()));
    let test = {
        let (mut trust, heads, files) = whole(&without);
        for at in [0, 2] {
            trust.authorities[0].keys[at] = trust.authorities[0].keys[at].clone().with(11, yes());
        }
        (trust, heads, files)
    };
    let withdrawn = sealed(&session_key(), &claims_of(&WITHDRAWN, attestation()).encoded());
    let late = sealed(&session_key(), &claims(attestation()).with(6, uint(HEAD_AT + 1)).encoded());
    let bad = |name, comment, parts| row(name, "key-compromised", "not-listed", comment, THIEF, parts);
    let good = |name, register, comment, effect, parts| row(name, "genuine", register, comment, effect, parts);
    vec![
        bad(
            "register_fixed_not_listed",
            "a closed key in good hands, its register is fixed and does not list the document",
            whole(&without),
        ),
        bad("register_fixed_empty", "the fixed register has no documents", whole(&Register::of_others(0))),
        bad(
            "register_fixed_other_serial",
            "the fixed register lists the same contents under another serial",
            whole(&other_serial),
        ),
        bad("register_fixed_specimen", "keys of the test world: the register is looked at first", test),
        Case {
            artefact: symbol(&withdrawn),
            ..bad(
                "register_fixed_withdrawn",
                "not in the fixed register, and withdrawn: the register is looked at first",
                whole(&without),
            )
        },
        Case {
            artefact: symbol(&late),
            ..row(
                "register_fixed_after_closing",
                "outside-signing-window",
                "unknown",
                "not in the fixed register, and sealed a second after the key was closed: the window is looked at first",
                THIEF,
                whole(&without),
            )
        },
        good(
            "register_fixed_listed",
            "listed",
            "a closed key, and its fixed register lists the document",
            VICTIM,
            whole(&with),
        ),
        good(
            "register_fixed_no_file",
            "unknown",
            "the head that is fixed, and no file: nobody can say what it lists",
            VICTIM,
            (fixed(&without), vec![without.head()], vec![]),
        ),
        good(
            "register_fixed_no_parts",
            "unknown",
            "neither the head that is fixed nor a file",
            VICTIM,
            (fixed(&without), vec![], vec![]),
        ),
        good(
            "register_closed_not_listed",
            "not-listed",
            "a closed key whose register is not fixed: it may be longer than the one at hand",
            WARNING,
            (closed(), vec![without.head()], vec![without.file().encoded()]),
        ),
    ]
}

/// The cases of this area with inclusion proofs.
pub fn objects() -> Vec<ObjectCase> {
    let (with, without) = (Register::with_example(), Register::of_others(5));
    let of = |name: &str, expect, register, comment, effect, parts: Parts, proof: Bytes| {
        let (trust, heads, files) = parts;
        ObjectCase::new("proof", name, expect, "VER-3, REG-6", comment, effect)
            .with("proof", hex(&proof))
            .with("register", register)
            .of(example_text())
            .with_packs(vec![side(name, &trust, heads, files)])
    };
    let right = with.proof(2).encoded();
    vec![
        of(
            "proof_fixed",
            "genuine",
            "listed",
            "a closed key, the head that is fixed and no file, with a proof",
            VICTIM,
            (fixed(&with), vec![with.head()], vec![]),
            right.clone(),
        ),
        of(
            "proof_fixed_not_holding",
            "genuine",
            "unknown",
            "the head that is fixed and no file, with a proof that does not hold: it is as none",
            VICTIM,
            (fixed(&without), vec![without.head()], vec![]),
            right.clone(),
        ),
        of(
            "proof_fixed_not_listed",
            "key-compromised",
            "not-listed",
            "the fixed register does not list the document, with a proof that does not hold",
            THIEF,
            whole(&without),
            right,
        ),
    ]
}
