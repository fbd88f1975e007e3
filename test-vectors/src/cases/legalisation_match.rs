//! Legalisation records (SPEC section 17): status, LEG-7, and the document that they go with, LEG-8.

use super::legalisation::{link, row};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, joined, uint, uints};
use crate::documents::{self, SERIAL, attestation, example};
use crate::legalisation::{
    MINISTRY, claims, envelope, legalisation_key, record, record_of, resealed, sealed, side, symbol,
};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{AS_OF, EXPIRES, StatusList};
use crate::trust::Trust;
use crate::world::{LAST_TIME, session_key};

const FORGED: &str = "anybody could legalise documents";
const MISREAD: &str = "a code would be read as what it is not, or two programs would differ";
const MISSED: &str = "a withdrawal would be missed";
const OTHER: &str = "a record could be shown beside a document that the ministry never saw";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [status(), packs(), matches()].concat()
}

/// Documents of the folder `vectors/` that records are matched with.
pub fn vectors() -> Vec<Case> {
    let document = |name: &str, expect: &str, comment: &str, cose: Bytes| {
        case(name, expect, "LEG-8, VER-6", comment, OTHER, crate::text::symbol(&cose)).with_packs(vec![side()])
    };
    let mut altered = example();
    altered[200] ^= 1;
    vec![
        document("verdict_legalised", "genuine", "the document of the records", example()),
        document("verdict_legalised_other", "genuine", "another document with the same serial", other()),
        document("verdict_legalised_resealed", "genuine", "the same claims with another signature", resealed()),
        document("verdict_legalised_withdrawn", "withdrawn", "a document that was withdrawn", withdrawn()),
        document("verdict_legalised_altered", "signature-invalid", "the document with one bit flipped", altered),
        document("verdict_legalised_specimen", "specimen", "a document of the test world", specimen()),
        case(
            "text_legalisation",
            "foreign-code",
            "LEG-1, TXT-4",
            "a right legalisation record where a document is expected",
            MISREAD,
            symbol(&sealed(record())),
        )
        .with_packs(vec![side()]),
        case(
            "text_legalisation_link",
            "foreign-code",
            "LEG-1, TXT-2",
            "the link of a legalisation record where a document is expected",
            MISREAD,
            link(&sealed(record())),
        )
        .with_packs(vec![side()]),
        case(
            "signature_legalisation_key_ministry",
            "unknown-issuer",
            "SIG-1, LEG-3",
            "a document sealed with a key for legalisations",
            FORGED,
            crate::text::symbol(&documents::sealed(&legalisation_key(), &documents::claims(attestation()).encoded())),
        )
        .with_packs(vec![side()]),
    ]
}

fn other() -> Bytes {
    documents::sealed(&session_key(), &documents::claims(attestation()).encoded())
}

fn withdrawn() -> Bytes {
    documents::sealed(&session_key(), &documents::claims(attestation().with(15, uints(&[1, 1]))).encoded())
}

fn specimen() -> Bytes {
    documents::sealed(&Signer::named("specimen"), &documents::claims(attestation()).encoded())
}

fn status() -> Vec<ObjectCase> {
    let at = |name: &str, expect: &str, status: &str, comment: &str, list: u64, index: u64| {
        row(name, expect, "LEG-7", comment, MISSED, symbol(&sealed(record().with(8, uints(&[list, index])))))
            .with("status", status)
    };
    let test = |name, status, comment, index: u64| {
        let payload = claims(record().with(8, uints(&[1, index]))).encoded();
        row(
            name,
            "specimen",
            "LEG-7",
            comment,
            MISSED,
            symbol(&envelope(&Signer::named("legalisation test"), &payload).encoded()),
        )
        .with("status", status)
    };
    vec![
        at("legalisation_withdrawn", "withdrawn", "withdrawn", "entry 1 is 1", 1, 1),
        at("legalisation_suspended", "suspended", "suspended", "entry 2 is 2", 1, 2),
        at("legalisation_replaced", "replaced", "replaced", "entry 3 is 3", 1, 3),
        at("legalisation_list_3", "withdrawn", "withdrawn", "list 3 says withdrawn, list 1 does not", 3, 4),
        at("legalisation_list_old", "status-old", "in-force", "list 2 ended this second", 2, 4),
        at(
            "legalisation_list_old_withdrawn",
            "withdrawn",
            "withdrawn",
            "list 2 ended this second, and entry 1 is withdrawn",
            2,
            1,
        ),
        at("legalisation_beyond", "status-unknown", "unknown", "entry 16, one behind the last", 1, 16),
        at("legalisation_no_list", "status-unknown", "unknown", "list 9, which the pack does not have", 9, 4),
        row(
            "legalisation_no_reference",
            "status-unknown",
            "LEG-7",
            "no status reference",
            MISSED,
            symbol(&sealed(record().without(8))),
        )
        .with("status", "unknown"),
        row(
            "legalisation_list_at_exp",
            "status-old",
            "LEG-7",
            "list 1 ends this second",
            MISSED,
            symbol(&sealed(record())),
        )
        .at(EXPIRES),
        test("legalisation_specimen", "in-force", "a record of the test world", 4),
        test("legalisation_specimen_withdrawn", "withdrawn", "a record of the test world, withdrawn", 1),
    ]
}

/// The first loaded pack decides, unless a later one is a newer list of the same roots.
fn packs() -> Vec<ObjectCase> {
    let newer = |name: &str, version: u64, edit: &dyn Fn(&mut Trust)| {
        let mut trust = crate::legalisation::trust();
        trust.claims = trust.claims.with(1, uint(version));
        edit(&mut trust);
        let mut list = StatusList::new(&format!("sceau:{MINISTRY}/1"), &[1; 8], Signer::named("ministry status"));
        list.claims = list.claims.with(6, uint(AS_OF + version));
        let mut pack = Pack { trust: trust.encoded(), ..crate::legalisation::pack() };
        pack.status[1] = list.encoded();
        Side::new(name, pack.encoded())
    };
    let of = |name, expect, comment, packs| {
        row(name, expect, "LEG-7, SIG-1", comment, MISSED, symbol(&sealed(record()))).with_packs(packs)
    };
    let withdrawn = newer("legalisation_version_4", 4, &|_| {});
    let foreign = newer("legalisation_other_roots", 9, &|trust| {
        (trust.roots, trust.signers) = (vec![crate::world::root(1).public], vec![crate::world::root(1)]);
    });
    let board = newer("legalisation_now_a_board", 5, &|trust| {
        trust.authorities[1].fields = trust.authorities[1].fields.clone().with(4, uint(1));
    });
    vec![
        of(
            "legalisation_newer_pack",
            "withdrawn",
            "version 4 of the same roots says withdrawn",
            vec![side(), withdrawn],
        ),
        of("legalisation_other_roots", "genuine", "version 9 of other roots says withdrawn", vec![side(), foreign]),
        of(
            "legalisation_now_a_board",
            "genuine",
            "version 5, where the authority is no ministry, has no key for it",
            vec![side(), board.clone()],
        ),
        of(
            "legalisation_only_a_board",
            "unknown-issuer",
            "the only pack says that the authority is an examination board",
            vec![board],
        ),
    ]
}

fn matches() -> Vec<ObjectCase> {
    let with = |name: &str, expect: &str, document: &str, found: &str, comment: &str, record: Fields| {
        row(name, expect, "LEG-8", comment, OTHER, symbol(&sealed(record)))
            .with("document", format!("{document}.txt"))
            .with("match", found)
    };
    let usual = |name: &str, document: &str, found: &str, comment: &str| {
        with(name, "genuine", document, found, comment, record())
    };
    let outside = claims(record()).with(6, uint(LAST_TIME)).encoded();
    vec![
        usual("legalisation_match", "verdict_legalised", "same", "the record's own document"),
        usual("legalisation_match_other", "verdict_legalised_other", "other", "another document with the same serial"),
        usual(
            "legalisation_match_resealed",
            "verdict_legalised_resealed",
            "other",
            "the same claims with another signature: other bytes",
        ),
        usual(
            "legalisation_match_altered",
            "verdict_legalised_altered",
            "undetermined",
            "a document that is altered and not shown",
        ),
        usual(
            "legalisation_match_foreign",
            "text_legalisation",
            "undetermined",
            "a record in the place of the document",
        ),
        with(
            "legalisation_match_withdrawn",
            "genuine",
            "verdict_legalised_withdrawn",
            "same",
            "its document was withdrawn since",
            record_of(&withdrawn(), &SERIAL),
        ),
        with(
            "legalisation_match_specimen",
            "genuine",
            "verdict_legalised_specimen",
            "same",
            "its document is of the test world",
            record_of(&specimen(), &SERIAL),
        ),
        with(
            "legalisation_match_record_withdrawn",
            "withdrawn",
            "verdict_legalised",
            "same",
            "the record was withdrawn",
            record().with(8, uints(&[1, 1])),
        ),
        with(
            "legalisation_match_serial",
            "genuine",
            "verdict_legalised",
            "undetermined",
            "the document's SHA-256 with another serial",
            record_of(&example(), &[9; 8]),
        ),
        with(
            "legalisation_match_serial_longer",
            "genuine",
            "verdict_legalised",
            "undetermined",
            "the document's SHA-256, its serial and a byte",
            record_of(&example(), &joined(SERIAL.to_vec(), &[0])),
        ),
        with(
            "legalisation_match_neither",
            "genuine",
            "verdict_legalised",
            "other",
            "another SHA-256 and another serial",
            record_of(b"another", &[9; 8]),
        ),
        row(
            "legalisation_match_outside",
            "outside-signing-window",
            "LEG-8, LEG-6",
            "a record that is not shown",
            OTHER,
            symbol(&envelope(&legalisation_key(), &outside).encoded()),
        )
        .with("document", "verdict_legalised.txt")
        .with("match", "undetermined"),
    ]
}
