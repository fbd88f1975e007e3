//! What a register says of a document (SPEC section 12, REG-7). The document is the example unless a case says otherwise.

use crate::case::{Case, Side, case};
use crate::cbor::{bytes, uint};
use crate::digest::Digest;
use crate::documents::{
    SERIAL, WITHDRAWN, attestation, digest, diploma, example, example_digest, example_text, numbered_text, sealed_text,
    test_digest, yes,
};
use crate::register::{Register, STOLEN_AT, edited, kept_trust, pack, second_key, side, stolen_trust};
use crate::sign::{Signer, sha256};
use crate::text::symbol;
use crate::trust::{Authority, document_key, key_entry};
use crate::world::{LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, base, other_key, session_entry, session_key};

const THIEF: &str = "a thief of the key could make documents that pass";
const VICTIM: &str = "an honest document would be lost with its key";
const WARNING: &str = "a warning would be missed, or taken for a verdict";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [listed(), not_listed(), unknown(), kept(), others()].concat()
}

fn row(name: &str, expect: &str, register: &'static str, comment: &str, effect: &str) -> Case {
    case(name, expect, "REG-7, VER-3", comment, effect, example_text()).registered(register)
}

/// The stolen key, with head and file of a register.
fn stolen(name: &str, register: &Register) -> Side {
    side(name, &stolen_trust(), vec![register.head()], vec![register.file().encoded()])
}

fn usual() -> Side {
    stolen("register_stolen", &Register::with_example())
}

fn listed() -> Vec<Case> {
    let good = |name, comment, pack| row(name, "genuine", "listed", comment, VICTIM).with_packs(vec![pack]);
    let one = Register::with_example_at(0, 1);
    let withdrawn = {
        let register = Register::with_example().with_third(&WITHDRAWN, &digest(&WITHDRAWN, &attestation()));
        Case {
            artefact: numbered_text(&session_key(), &WITHDRAWN, attestation()),
            ..row(
                "register_listed_withdrawn",
                "withdrawn",
                "listed",
                "listed under a compromised key, and withdrawn since",
                VICTIM,
            )
        }
        .with_packs(vec![stolen("register_listed_withdrawn", &register)])
    };
    let with_minutes = {
        let register = Register::with_example();
        let head = crate::register::head(&crate::register::register_key(), &register.claims().with(5, bytes(&[5; 32])));
        side("register_with_minutes", &stolen_trust(), vec![head.encoded()], vec![register.file().encoded()])
    };
    vec![
        good("register_listed", "listed under a compromised key", usual()),
        good("register_listed_alone", "the only document of the register", stolen("register_listed_alone", &one)),
        good(
            "register_listed_of_128",
            "one of 128 documents",
            stolen("register_listed_of_128", &Register::with_example_at(100, 128)),
        ),
        good("register_with_minutes", "a head with the root of the minutes", with_minutes),
        withdrawn,
        row(
            "register_listed_old",
            "status-old",
            "listed",
            "listed under a compromised key, the status list is old",
            VICTIM,
        )
        .at(crate::status::EXPIRES)
        .with_packs(vec![usual()]),
        Case {
            artefact: crate::text::link(&example()),
            ..row(
                "register_listed_link",
                "genuine",
                "listed",
                "listed under a compromised key, read from the link text",
                VICTIM,
            )
        }
        .with_packs(vec![usual()]),
        specimen("register_listed_specimen", "specimen", "listed", &of_tests()),
        specimen("register_specimen_live", "key-compromised", "not-listed", &Register::with_example()),
        Case {
            artefact: symbol(&resealed()),
            ..good("register_resealed", "the registered facts with another signature", usual())
        },
        Case {
            artefact: symbol(&crate::documents::sealed(
                &session_key(),
                &crate::documents::claims(crate::documents::diploma()).with(6, uint(WINDOW_FIRST)).encoded(),
            )),
            ..good("register_resealed_time", "the registered facts, sealed with another time", usual())
        },
        specimen("register_not_listed_specimen", "key-compromised", "not-listed", &Register::of_others(5)),
    ]
}

/// The register of the example as a test key sealed it.
fn of_tests() -> Register {
    Register::with_example().with_third(&SERIAL, &test_digest(&SERIAL, &diploma()))
}

/// Keys of the test world, the session's key compromised.
fn specimen(name: &str, expect: &str, value: &'static str, register: &Register) -> Case {
    let trust = edited(|trust| {
        for at in [0, 2] {
            trust.authorities[0].keys[at] = trust.authorities[0].keys[at].clone().with(11, yes());
        }
    });
    let pack = side(name, &trust, vec![register.head()], vec![register.file().encoded()]);
    row(name, expect, value, "a compromised key of the test world, with its register", THIEF).with_packs(vec![pack])
}

fn not_listed() -> Vec<Case> {
    let bad = |name, comment, pack| row(name, "key-compromised", "not-listed", comment, THIEF).with_packs(vec![pack]);
    let with = |serial: &[u8; 8], digest: Digest| Register::with_example().with_third(serial, &digest);
    let elsewhere =
        |domain: &str, authority: &str| with(&SERIAL, crate::digest::digest(domain, authority, &SERIAL, &diploma()));
    vec![
        bad(
            "register_not_listed",
            "five other documents are registered",
            stolen("register_not_listed", &Register::of_others(5)),
        ),
        bad("register_empty", "the register of no documents", stolen("register_empty", &Register::of_others(0))),
        bad(
            "register_other_serial",
            "the same contents under another serial",
            stolen("register_other_serial", &with(&[9; 8], digest(&[9; 8], &diploma()))),
        ),
        bad(
            "register_other_content",
            "another document with the same serial",
            stolen("register_other_content", &with(&SERIAL, digest(&SERIAL, &attestation()))),
        ),
        bad(
            "register_entry_of_other_serial",
            "an entry of the document's digest and another serial",
            stolen("register_entry_of_other_serial", &with(&[9; 8], example_digest())),
        ),
        bad(
            "register_of_cose",
            "the entry of SHA-256 of the COSE bytes, as drafts had it",
            stolen("register_of_cose", &with(&SERIAL, sha256(&example()))),
        ),
        bad(
            "register_of_other_authority",
            "the digest under another authority-id",
            stolen("register_of_other_authority", &elsewhere(crate::digest::DOCUMENT, OTHER_BOARD)),
        ),
        bad(
            "register_of_test_digest",
            "the digest of a test document with the same contents",
            stolen("register_of_test_digest", &elsewhere(crate::digest::TEST_DOCUMENT, crate::world::BOARD)),
        ),
        bad(
            "register_of_record_digest",
            "the digest of a record with the same contents",
            stolen("register_of_record_digest", &elsewhere(crate::digest::RECORD, crate::world::BOARD)),
        ),
    ]
}

/// The example with a second signature by the same key.
fn resealed() -> Vec<u8> {
    let payload = crate::documents::claims(crate::documents::diploma()).encoded();
    let envelope = crate::cose::Envelope::sealed(&session_key(), &payload);
    let signature = session_key().sign_with_other_nonce(&envelope.message());
    envelope.with_signature(&signature).encoded()
}

fn unknown() -> Vec<Case> {
    let bad = |name, comment, pack| row(name, "key-compromised", "unknown", comment, THIEF).with_packs(vec![pack]);
    let register = Register::with_example();
    let no_number = edited(|trust| trust.authorities[0].keys[0] = session_entry().with(10, uint(STOLEN_AT)));
    let mut second = Register::with_example();
    (second.number, second.key) = (2, Signer::named("second").public);
    let second_trust = edited(|trust| trust.authorities[0].keys.push(second_key(2)));
    vec![
        bad(
            "register_no_head",
            "a pack without head and file",
            side("register_no_head", &stolen_trust(), vec![], vec![]),
        ),
        bad(
            "register_no_file",
            "a head and no file",
            side("register_no_file", &stolen_trust(), vec![register.head()], vec![]),
        ),
        bad("register_no_number", "the key has no label 12", side("register_no_number", &no_number, vec![], vec![])),
        bad(
            "register_of_other_key",
            "register 2, of another key, lists the document; of register 1 there is nothing",
            side("register_of_other_key", &second_trust, vec![second.head()], vec![second.file().encoded()]),
        ),
        bad(
            "register_of_other_board",
            "register 1 of another authority lists the document",
            two_boards("register_of_other_board", false),
        ),
    ]
}

/// Another authority with a register 1 that lists the example, with or without that of the board.
fn two_boards(name: &str, with_own: bool) -> Side {
    let theirs = other_key("their register");
    let mut other = Register::with_example();
    (other.authority, other.key) = (OTHER_BOARD, Signer::named("second").public);
    let trust = edited(|trust| {
        let keys =
            vec![document_key(&other.key, 0, LAST_TIME).with(12, uint(1)), key_entry(&theirs.public, 3, 0, LAST_TIME)];
        trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", keys));
    });
    let own = Register::with_example();
    let mut heads = vec![crate::register::head(&theirs, &other.claims()).encoded()];
    let mut files = vec![other.file().encoded()];
    if with_own {
        heads.push(own.head());
        files.push(own.file().encoded());
    }
    side(name, &trust, heads, files)
}

/// The key is not compromised: the register changes neither verdict nor exit status.
fn kept() -> Vec<Case> {
    let good = |name, value, comment, heads, files| {
        row(name, "genuine", value, comment, WARNING).with_packs(vec![side(name, &kept_trust(), heads, files)])
    };
    let (with, without) = (Register::with_example(), Register::of_others(5));
    vec![
        good(
            "register_kept_listed",
            "listed",
            "the key is in good hands, the document is listed",
            vec![with.head()],
            vec![with.file().encoded()],
        ),
        good(
            "register_kept_not_listed",
            "not-listed",
            "the key is in good hands, the document is not listed",
            vec![without.head()],
            vec![without.file().encoded()],
        ),
        good(
            "register_kept_no_file",
            "unknown",
            "the key is in good hands, there is a head and no file",
            vec![with.head()],
            vec![],
        ),
        good("register_kept_no_head", "unknown", "the key is in good hands, there is no head", vec![], vec![]),
    ]
}

fn others() -> Vec<Case> {
    let late = {
        let claims = crate::documents::claims(attestation()).with(6, uint(WINDOW_LAST + 1)).encoded();
        let cose = crate::documents::sealed(&session_key(), &claims);
        let register = Register::with_example().with_third(&SERIAL, &digest(&SERIAL, &attestation()));
        Case {
            artefact: symbol(&cose),
            ..row(
                "register_listed_late",
                "outside-signing-window",
                "unknown",
                "listed, and sealed a second after the window",
                THIEF,
            )
        }
        .with_packs(vec![stolen("register_listed_late", &register)])
    };
    let fixed = {
        let register = Register::with_example();
        let head = register.head();
        let trust = edited(|trust| {
            trust.authorities[0].keys[0] = trust.authorities[0].keys[0].clone().with(13, bytes(&sha256(&head)));
        });
        side("register_fixed", &trust, vec![head], vec![register.file().encoded()])
    };
    let newer = {
        let older = edited(|_| {});
        let trust = edited(|trust| trust.claims = trust.claims.clone().with(1, uint(9))).after(&[&older]);
        side("register_newer_without", &trust, vec![], vec![])
    };
    let session = |signer: &Signer| sealed_text(signer, attestation());
    let two = || two_boards("register_two_boards", true);
    vec![
        late,
        row("register_fixed", "genuine", "listed", "label 13 of the key is the SHA-256 of the head", VICTIM)
            .with_packs(vec![fixed]),
        row("register_two_boards", "genuine", "listed", "two authorities have a register 1, each its own", VICTIM)
            .with_packs(vec![two()]),
        Case {
            artefact: session(&other_key("second")),
            ..row(
                "register_two_boards_theirs",
                "status-unknown",
                "not-listed",
                "a document of the other authority, which its own register 1 does not list",
                WARNING,
            )
        }
        .with_packs(vec![two_boards_no_status()]),
        row(
            "register_older_pack",
            "genuine",
            "listed",
            "the pack of the newest list has no register, an older one lists the document",
            VICTIM,
        )
        .with_packs(vec![usual(), newer]),
        Case {
            spec: "ANC-3".into(),
            ..row(
                "register_pack_of_others",
                "unknown-issuer",
                "unknown",
                "the large pack, of other roots, has the authority too: none counts, listed or not",
                WARNING,
            )
        }
        .with_packs(vec![usual(), base()]),
        Case {
            artefact: session(&Signer::named("stolen")),
            ..row(
                "register_key_without_number",
                "key-compromised",
                "unknown",
                "a compromised key of the large pack that has no register",
                THIEF,
            )
        },
    ]
}

/// The pack of two boards in which the second key has the status list 1, which the pack has for the board only.
fn two_boards_no_status() -> Side {
    let theirs = other_key("their register");
    let mut other = Register::with_example();
    (other.authority, other.key) = (OTHER_BOARD, Signer::named("second").public);
    let trust = edited(|trust| {
        let keys = vec![
            document_key(&other.key, 0, LAST_TIME).with(8, uint(1)).with(12, uint(1)),
            key_entry(&theirs.public, 3, 0, LAST_TIME),
        ];
        trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", keys));
    });
    let head = crate::register::head(&theirs, &other.claims()).encoded();
    Side::new("register_two_boards_theirs", pack(&trust, vec![head], vec![other.file().encoded()]).encoded())
}
