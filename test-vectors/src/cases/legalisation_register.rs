//! Registers of keys for legalisations (SPEC section 13, LEG-6 and LEG-7, by VER-2, VER-3 and VER-9).

use crate::case::Side;
use crate::cbor::{Bytes, Fields, bytes, uint};
use crate::digest::RECORD;
use crate::documents::yes;
use crate::legalisation::{
    MINISTRY, RECORD_AT, RECORD_SERIAL, legalisation_key, pack, record, record_digest, sealed, symbol, trust,
};
use crate::object::{ObjectCase, hex};
use crate::pack::Pack;
use crate::register::{self, Register};
use crate::sign::{Signer, sha256};
use crate::trust::key_entry;
use crate::world::{LAST_TIME, WINDOW_LAST, ministry_key};

const THIEF: &str = "a thief of a ministry's key could legalise anything";
const VICTIM: &str = "an honest legalisation would be lost with its key";

/// Register 1 of the ministry: four other records, and this one at position 2 if it is listed.
fn of_ministry(listed: bool) -> Register {
    let records = (0..5u8).map(|number| {
        let mut serial = RECORD_SERIAL;
        if number != 2 || !listed {
            serial[7] = 0x80 | number;
        }
        (serial, record_digest(RECORD, &serial, &record()))
    });
    let documents = records.collect();
    Register { authority: MINISTRY, number: 1, key: legalisation_key().public, documents }
}

fn registrar() -> Signer {
    ministry_key("ministry register")
}

fn head(register: &Register) -> Bytes {
    register::head(&registrar(), &register.claims().with(2, uint(RECORD_AT + 10))).encoded()
}

/// What is known of a register: its head, its file.
#[derive(Clone, Copy)]
enum Known {
    Whole,
    Head,
    Nothing,
}

fn case(
    name: &str,
    expect: &str,
    value: &str,
    comment: &str,
    register: &Register,
    known: Known,
    entry: &dyn Fn(Fields) -> Fields,
) -> ObjectCase {
    let effect = if expect == "genuine" { VICTIM } else { THIEF };
    let mut trust = trust();
    trust.authorities[1].keys[0] = entry(trust.authorities[1].keys[0].clone().with(12, uint(1)));
    trust.authorities[1].keys.push(key_entry(&registrar().public, 3, 0, LAST_TIME));
    let (heads, files) = match known {
        Known::Whole => (vec![head(register)], vec![register.file().encoded()]),
        Known::Head => (vec![head(register)], vec![]),
        Known::Nothing => (vec![], vec![]),
    };
    let pack = Pack { trust: trust.encoded(), heads, files, ..pack() };
    ObjectCase::new("legalisation", name, expect, "LEG-6, LEG-7, REG-2", comment, effect)
        .of(symbol(&sealed(record())))
        .with_packs(vec![Side::new(name, pack.encoded())])
        .with("register", value)
}

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    let (with, without) = (of_ministry(true), of_ministry(false));
    let same = |entry: Fields| entry;
    let stolen = |entry: Fields| entry.with(10, uint(LAST_TIME));
    let fixed_with = |entry: Fields| entry.with(13, bytes(&sha256(&head(&of_ministry(true)))));
    let fixed_without = |entry: Fields| entry.with(13, bytes(&sha256(&head(&of_ministry(false)))));
    let good = |name, value, comment, register, known, entry: &dyn Fn(Fields) -> Fields| {
        case(name, "genuine", value, comment, register, known, entry)
    };
    vec![
        good("legalisation_register", "listed", "the register lists the record", &with, Known::Whole, &same),
        good("legalisation_register_none", "unknown", "no head, no file", &with, Known::Nothing, &same),
        good("legalisation_register_not", "not-listed", "it is not listed", &without, Known::Whole, &same),
        good("legalisation_register_stolen", "listed", "listed, the key was stolen", &with, Known::Whole, &stolen),
        case(
            "legalisation_register_stolen_not",
            "key-compromised",
            "not-listed",
            "not listed, and the key was stolen",
            &without,
            Known::Whole,
            &stolen,
        ),
        case(
            "legalisation_register_stolen_head",
            "key-compromised",
            "unknown",
            "the key was stolen, and there is no file",
            &with,
            Known::Head,
            &stolen,
        ),
        good("legalisation_register_fixed", "listed", "listed by the fixed head", &with, Known::Whole, &fixed_with),
        case(
            "legalisation_register_fixed_not",
            "key-compromised",
            "not-listed",
            "the fixed head does not list it",
            &without,
            Known::Whole,
            &fixed_without,
        ),
        case(
            "legalisation_register_fixed_head",
            "register-unknown",
            "unknown",
            "the fixed head, and no file",
            &with,
            Known::Head,
            &fixed_with,
        ),
        good("legalisation_register_free", "unknown", "labels 13 and 14, and no file", &with, Known::Head, &|entry| {
            fixed_with(entry).with(14, yes())
        }),
        good("legalisation_register_proof", "listed", "the fixed head and a proof", &with, Known::Head, &fixed_with)
            .with("proof", hex(&with.proof(2).encoded())),
        good(
            "legalisation_register_closed",
            "listed",
            "listed by the fixed head, and the key was closed before",
            &with,
            Known::Whole,
            &|entry| fixed_with(entry).with(9, uint(RECORD_AT - 1)),
        ),
        case(
            "legalisation_register_newer",
            "register-unknown",
            "not-listed",
            "not listed by a head that is newer than the record and the key's service",
            &without,
            Known::Whole,
            &|entry| entry.with(9, uint(RECORD_AT)),
        ),
        case(
            "legalisation_register_other_key",
            "register-unsigned",
            "unknown",
            "the head is of a key without label 12",
            &with,
            Known::Whole,
            &|entry| entry.without(12),
        ),
        good(
            "legalisation_register_window",
            "not-listed",
            "not listed by a head within the key's service",
            &without,
            Known::Whole,
            &|entry| entry.with(4, uint(WINDOW_LAST)),
        ),
    ]
}
