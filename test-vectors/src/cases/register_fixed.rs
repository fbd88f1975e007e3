//! Registers that the roots have fixed (SPEC section 11, VER-3): what they do not list does not count.

use crate::case::{Case, case};
use crate::cbor::{Bytes, Fields, bytes, uint, uints};
use crate::documents::{
    SEALED_AT, SERIAL, WITHDRAWN, attestation, claims, claims_of, digest, diploma, example_text, sealed, yes,
};
use crate::object::{ObjectCase, hex};
use crate::register::{HEAD_AT, Register, STOLEN_AT, kept_trust, side};
use crate::sign::sha256;
use crate::status::EXPIRES;
use crate::text::symbol;
use crate::trust::Trust;
use crate::world::{WINDOW_LAST, session_key};

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
    [fixed_registers(), without_look_up(), listed_outside(), newer_heads(), order()].concat()
}

fn fixed_registers() -> Vec<Case> {
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
    let wanting = |name, comment, parts| row(name, "register-unknown", "unknown", comment, THIEF, parts);
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
        wanting(
            "register_fixed_no_file",
            "the head that is fixed, and no file: nobody can say what it lists",
            (fixed(&without), vec![without.head()], vec![]),
        ),
        wanting(
            "register_fixed_no_parts",
            "neither the head that is fixed nor a file",
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

/// A closed key whose register is fixed, with something changed in its entry, and a document under it.
fn under(
    name: &str,
    expect: &str,
    register: &'static str,
    comment: &str,
    edit: &dyn Fn(Fields) -> Fields,
    parts: Parts,
) -> Case {
    let (mut trust, heads, files) = parts;
    trust.authorities[0].keys[0] = edit(trust.authorities[0].keys[0].clone());
    let case = row(name, expect, register, comment, THIEF, (trust, heads, files));
    Case { spec: "VER-2, VER-3, VER-9".into(), ..case }
}

/// Label 14 does without a look-up, and nothing else.
fn without_look_up() -> Vec<Case> {
    let (with, without) = (Register::with_example(), Register::of_others(5));
    let only_head = |register: &Register| (fixed(register), vec![register.head()], vec![]);
    let free = |entry: Fields| entry.with(14, yes());
    let early = |entry: Fields| entry.with(14, yes()).with(9, uint(SEALED_AT - 1));
    vec![
        under("register_free", "genuine", "unknown", "label 14, and no file", &free, only_head(&with)),
        under("register_free_no_parts", "genuine", "unknown", "label 14, neither head nor file", &free, {
            (fixed(&with), vec![], vec![])
        }),
        under("register_free_listed", "genuine", "listed", "label 14, and the file lists it", &free, whole(&with)),
        under(
            "register_free_not_listed",
            "key-compromised",
            "not-listed",
            "label 14, and the file does not list it",
            &free,
            whole(&without),
        ),
        under(
            "register_free_stolen",
            "key-compromised",
            "unknown",
            "labels 10 and 14, and no file: label 10 is the stronger",
            &|entry| entry.with(10, uint(STOLEN_AT)).with(14, yes()),
            only_head(&with),
        ),
        under(
            "register_free_after_closing",
            "outside-signing-window",
            "unknown",
            "label 14, no file, and sealed a second after the key was closed",
            &early,
            only_head(&with),
        ),
        under(
            "register_free_specimen",
            "specimen",
            "unknown",
            "label 13 without 14 under keys of the test world, and no file",
            &|entry| entry.with(11, yes()),
            {
                let (mut trust, heads, files) = only_head(&with);
                trust.authorities[0].keys[2] = trust.authorities[0].keys[2].clone().with(11, yes());
                (trust, heads, files)
            },
        ),
        Case {
            spec: "REG-2".into(),
            ..under(
                "register_fixed_other_world",
                "register-unsigned",
                "unknown",
                "the head is fixed, its register key is none of the test world",
                &|entry| entry.with(11, yes()),
                only_head(&with),
            )
        },
    ]
}

/// What the fixed register lists counts, whatever window and closing say since.
fn listed_outside() -> Vec<Case> {
    let (with, without) = (Register::with_example(), Register::of_others(5));
    let listed =
        |name, comment, edit: &dyn Fn(Fields) -> Fields| under(name, "genuine", "listed", comment, edit, whole(&with));
    let outside = |name, comment, edit: &dyn Fn(Fields) -> Fields, parts| {
        under(name, "outside-signing-window", "unknown", comment, edit, parts)
    };
    let closed = |entry: Fields| entry.with(9, uint(SEALED_AT - 1));
    vec![
        listed("register_fixed_listed_closed", "listed, and sealed a second after the closing", &closed),
        listed("register_fixed_listed_early", "listed, and sealed before the window", &|entry| {
            entry.with(3, uint(SEALED_AT + 1))
        }),
        listed("register_fixed_listed_late", "listed, and sealed after the window", &|entry| {
            entry.with(4, uint(SEALED_AT - 1))
        }),
        listed("register_fixed_listed_stolen", "listed, sealed after the closing, and the key was stolen", &|entry| {
            entry.with(9, uint(SEALED_AT - 1)).with(10, uint(STOLEN_AT))
        }),
        outside("register_fixed_closed_no_file", "no file, and sealed after the closing", &closed, {
            (fixed(&with), vec![with.head()], vec![])
        }),
        outside("register_fixed_closed_not_listed", "not listed, and sealed after the closing", &closed, {
            whole(&without)
        }),
        outside(
            "register_listed_closed",
            "listed by a head that is not fixed, and sealed after the closing",
            &|entry| entry.without(13).with(9, uint(SEALED_AT - 1)),
            whole(&with),
        ),
    ]
}

/// A head that is newer than document and key says that there is nothing behind it.
fn newer_heads() -> Vec<Case> {
    let without = Register::of_others(5);
    let case = |name, expect, comment, closed_at: Option<u64>, last: u64| {
        let edit = move |entry: Fields| {
            let entry = entry.without(9).without(13).with(4, uint(last));
            closed_at.map_or(entry.clone(), |closed| entry.with(9, uint(closed)))
        };
        under(name, expect, "not-listed", comment, &edit, whole(&without))
    };
    vec![
        case(
            "register_newer_closed",
            "register-unknown",
            "not listed by a head a second newer than label 9",
            Some(HEAD_AT - 1),
            WINDOW_LAST,
        ),
        case(
            "register_newer_closed_same",
            "genuine",
            "not listed by a head of the second of label 9",
            Some(HEAD_AT),
            WINDOW_LAST,
        ),
        case(
            "register_newer_window",
            "register-unknown",
            "not listed by a head a second newer than the window",
            None,
            HEAD_AT - 1,
        ),
        case("register_newer_window_same", "genuine", "not listed by a head of its last second", None, HEAD_AT),
        case("register_newer_open", "genuine", "not listed, and the key still serves", None, WINDOW_LAST),
        case(
            "register_newer_window_first",
            "register-unknown",
            "the window ends before label 9: the earlier one counts",
            Some(HEAD_AT + 1),
            HEAD_AT - 1,
        ),
    ]
}

/// Which row comes first where the register was not looked up.
fn order() -> Vec<Case> {
    let with = Register::with_example();
    let parts = || (fixed(&with), vec![with.head()], vec![]);
    let text =
        |serial: &[u8], document: Fields| symbol(&sealed(&session_key(), &claims_of(serial, document).encoded()));
    let case = |name, expect, comment, artefact| Case {
        artefact,
        spec: "VER-6, VER-7, VER-8, VER-9, VER-11, VER-12".into(),
        ..row(name, expect, "unknown", comment, THIEF, parts())
    };
    let decided = |outcome: u64| attestation().with(21, uints(&[outcome]));
    let unknown = {
        let (mut trust, heads, files) = parts();
        trust.authorities[0].keys[0] = trust.authorities[0].keys[0].clone().without(8);
        let parts = (trust, heads, files);
        let comment = "no look-up and no status list";
        row("register_unknown_before_status", "register-unknown", "unknown", comment, THIEF, parts)
    };
    let old =
        row("register_unknown_before_old", "register-unknown", "unknown", "no look-up, an old list", THIEF, parts());
    let before = |case: Case| Case { spec: "VER-9, VER-10".into(), ..case };
    vec![
        case(
            "register_unknown_after_withdrawn",
            "withdrawn",
            "withdrawn, and no look-up",
            text(&WITHDRAWN, attestation()),
        ),
        case(
            "register_unknown_after_validity",
            "past-validity",
            "its last day has passed, and no look-up",
            text(&SERIAL, attestation().with(19, uint(20_260_701))),
        ),
        case(
            "register_unknown_after_outcome",
            "states-not-admitted",
            "outcome 0, and no look-up",
            text(&SERIAL, decided(0)),
        ),
        case(
            "register_unknown_before_otherwise",
            "register-unknown",
            "outcome 2, and no look-up",
            text(&SERIAL, decided(2)),
        ),
        case(
            "register_unknown_before_sheet",
            "register-unknown",
            "one sheet of two, and no look-up",
            text(&SERIAL, attestation().with(23, uints(&[1, 2]))),
        ),
        before(unknown),
        before(old.at(EXPIRES)),
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
            "register-unknown",
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
