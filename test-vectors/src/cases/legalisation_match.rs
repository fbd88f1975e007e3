//! Legalisation records (SPEC section 13): status, LEG-7, and the document that they go with, LEG-8.

use super::legalisation::{link, row};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, joined, uint};
use crate::digest::{Digest, RECORD};
use crate::documents::{
    self, REINSTATED, REPLACED, SERIAL, SUSPENDED, WITHDRAWN, attestation, example, example_digest, test_digest,
};
use crate::legalisation::{
    MINISTRY, RECORD_SERIAL, claims, claims_of, envelope, legalisation_key, record, record_digest, record_of, resealed,
    sealed, side, symbol,
};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{AS_OF, EXPIRES, SEQ, StatusList, only};
use crate::trust::Trust;
use crate::world::{LAST_TIME, ministry_key, session_key};

const FORGED: &str = "anybody could legalise documents";
const MISREAD: &str = "a code would be read as what it is not, or two programs would differ";
const MISSED: &str = "a withdrawal would be missed";
const HIT: &str = "a decision would hit somebody else";
const OTHER: &str = "a record could be shown beside a document that the ministry never saw";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [status(), packs(), matches()].concat()
}

/// Documents of the folder `vectors/` that records are matched with.
pub fn vectors() -> Vec<Case> {
    let document = |name: &str, expect: &str, comment: &str, cose: Bytes| {
        case(name, expect, "LEG-8", comment, OTHER, crate::text::symbol(&cose)).with_packs(vec![side()])
    };
    vec![
        document("verdict_legalised", "genuine", "the document of the records", example()),
        document("verdict_legalised_other", "genuine", "another document with the same serial", other()),
        document("verdict_legalised_resealed", "genuine", "the same facts with another signature", resealed()),
        document("verdict_legalised_withdrawn", "withdrawn", "a document that was withdrawn", withdrawn()),
        document("verdict_legalised_altered", "signature-invalid", "the document with one bit flipped", altered()),
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

pub(super) fn altered() -> Bytes {
    let mut altered = example();
    altered[200] ^= 1;
    altered
}

pub(super) fn other() -> Bytes {
    documents::sealed(&session_key(), &documents::claims(attestation()).encoded())
}

pub(super) fn withdrawn() -> Bytes {
    documents::sealed(&session_key(), &documents::claims_of(&WITHDRAWN, attestation()).encoded())
}

pub(super) fn specimen() -> Bytes {
    documents::sealed(&Signer::named("specimen"), &documents::claims(attestation()).encoded())
}

fn status() -> Vec<ObjectCase> {
    let by = |name: &str, expect: &str, status: &str, comment: &str, key: &str, serial: &[u8]| {
        let payload = claims_of(serial, record()).encoded();
        row(name, expect, "LEG-7, VER-4", comment, MISSED, symbol(&envelope(&ministry_key(key), &payload).encoded()))
            .with("status", status)
    };
    let usual = |name, expect, status, comment, serial| by(name, expect, status, comment, "legalisation", serial);
    let test = |name, status, comment, serial| by(name, "specimen", status, comment, "legalisation test", serial);
    let other = |name, comment, serial: &[u8], record: Fields| {
        let payload = claims_of(serial, record).encoded();
        row(name, "genuine", "LEG-7, VER-4", comment, HIT, symbol(&envelope(&legalisation_key(), &payload).encoded()))
            .with("status", "in-force")
    };
    vec![
        usual("legalisation_withdrawn", "withdrawn", "withdrawn", "its tag is withdrawn", &WITHDRAWN),
        usual("legalisation_suspended", "suspended", "suspended", "its tag is suspended", &SUSPENDED),
        usual("legalisation_replaced", "replaced", "replaced", "its tag is replaced", &REPLACED),
        usual("legalisation_reinstated", "genuine", "in-force", "its tag is reinstated", &REINSTATED),
        by(
            "legalisation_list_old",
            "status-old",
            "in-force",
            "the key's list 2 ended this second",
            "legalisation list 2",
            &RECORD_SERIAL,
        ),
        by(
            "legalisation_list_old_withdrawn",
            "withdrawn",
            "withdrawn",
            "the key's list 2 ended this second, and the tag is withdrawn",
            "legalisation list 2",
            &WITHDRAWN,
        ),
        by(
            "legalisation_absent_list",
            "status-unknown",
            "unknown",
            "the key's list 9 is not there",
            "legalisation list 9",
            &RECORD_SERIAL,
        ),
        by(
            "legalisation_no_list",
            "status-unknown",
            "unknown",
            "the key has no list",
            "legalisation no list",
            &RECORD_SERIAL,
        ),
        by(
            "legalisation_no_list_withdrawn",
            "withdrawn",
            "withdrawn",
            "the key has no list, and a list of the ministry says withdrawn",
            "legalisation no list",
            &WITHDRAWN,
        ),
        usual("legalisation_list_at_end", "status-old", "in-force", "list 1 ends this second", &RECORD_SERIAL)
            .at(EXPIRES),
        other(
            "legalisation_facts_other",
            "the serial of a withdrawn record and another place",
            &WITHDRAWN,
            record().with(5, crate::cbor::text("Oujda")),
        ),
        tagged("legalisation_tag_document", "the tag of a document with its contents is withdrawn", |record| {
            crate::digest::digest(crate::digest::DOCUMENT, MINISTRY, &RECORD_SERIAL, record)
        }),
        tagged("legalisation_tag_of_its_document", "the tag of its document is withdrawn by the ministry", |_| {
            example_digest()
        }),
        test("legalisation_specimen", "in-force", "a record of the test world", &RECORD_SERIAL),
        test("legalisation_specimen_withdrawn", "withdrawn", "a record of the test world, withdrawn", &WITHDRAWN),
    ]
}

/// List 1 of the ministry withdraws something else than the record.
fn tagged(name: &str, comment: &str, digest: impl Fn(&Fields) -> Digest) -> ObjectCase {
    let list = StatusList::new(1, &only(0, &digest(&record())), ministry_key("ministry status"));
    let mut pack = crate::legalisation::pack();
    pack.status[1] = list.encoded();
    row(name, "genuine", "LEG-7", comment, HIT, symbol(&sealed(record())))
        .with("status", "in-force")
        .with_packs(vec![Side::new(name, pack.encoded())])
}

/// The first loaded pack decides, unless a later one is a newer list of the same roots.
fn packs() -> Vec<ObjectCase> {
    let newer = |name: &str, version: u64, edit: &dyn Fn(&mut Trust)| {
        let mut trust = crate::legalisation::trust().after(&[&crate::legalisation::trust()]);
        trust.claims = trust.claims.with(1, uint(version));
        edit(&mut trust);
        let withdrawn = only(0, &record_digest(RECORD, &RECORD_SERIAL, &record()));
        let list = StatusList::new(1, &withdrawn, ministry_key("ministry status"))
            .with(3, uint(SEQ + 1))
            .with(4, uint(AS_OF + version));
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
    let board = {
        let mut trust = crate::legalisation::trust().after(&[&crate::legalisation::trust()]);
        trust.claims = trust.claims.with(1, uint(5));
        trust.authorities[1].fields = trust.authorities[1].fields.clone().with(4, uint(1));
        Side::new("legalisation_now_a_board", Pack { trust: trust.encoded(), ..crate::legalisation::pack() }.encoded())
    };
    let stolen = {
        let mut trust = crate::legalisation::trust();
        let status = trust.authorities[1].keys.len() - 1;
        trust.authorities[1].keys[status] = trust.authorities[1].keys[status].clone().with(10, uint(LAST_TIME));
        let pack = Pack { trust: trust.encoded(), ..crate::legalisation::pack() };
        Side::new("legalisation_list_key_stolen", pack.encoded())
    };
    vec![
        of(
            "legalisation_newer_pack",
            "withdrawn",
            "version 4 of the same roots says withdrawn",
            vec![side(), withdrawn],
        ),
        of(
            "legalisation_other_roots",
            "unknown-issuer",
            "version 9 of other roots has the ministry too: none counts",
            vec![side(), foreign],
        ),
        of(
            "legalisation_now_a_board",
            "unknown-issuer",
            "version 5 says that the authority is an examination board",
            vec![side(), board.clone()],
        ),
        of(
            "legalisation_only_a_board",
            "unknown-issuer",
            "the only pack says that the authority is an examination board",
            vec![board],
        ),
        of(
            "legalisation_list_key_stolen",
            "status-unknown",
            "the key of the ministry's lists was stolen",
            vec![stolen],
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
            "same",
            "the same facts with another signature: one document, sealed twice",
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
            record_of(&documents::digest(&WITHDRAWN, &attestation()), &WITHDRAWN),
        ),
        with(
            "legalisation_match_specimen",
            "genuine",
            "verdict_legalised_specimen",
            "same",
            "its document is of the test world",
            record_of(&test_digest(&SERIAL, &attestation()), &SERIAL),
        ),
        with(
            "legalisation_match_specimen_live",
            "genuine",
            "verdict_legalised_specimen",
            "other",
            "its document has the facts in earnest, the one at hand is of the test world",
            record_of(&documents::digest(&SERIAL, &attestation()), &SERIAL),
        ),
        with(
            "legalisation_match_cose",
            "genuine",
            "verdict_legalised",
            "other",
            "SHA-256 of the document's COSE bytes, as drafts had it",
            record_of(&crate::sign::sha256(&example()), &SERIAL),
        ),
        with(
            "legalisation_match_other_authority",
            "genuine",
            "verdict_legalised",
            "other",
            "the digest of the same facts of another authority",
            record_of(
                &crate::digest::digest(crate::digest::DOCUMENT, MINISTRY, &SERIAL, &documents::diploma()),
                &SERIAL,
            ),
        ),
        row(
            "legalisation_match_record_withdrawn",
            "withdrawn",
            "LEG-8",
            "the record was withdrawn",
            OTHER,
            symbol(&envelope(&legalisation_key(), &claims_of(&WITHDRAWN, record()).encoded()).encoded()),
        )
        .with("document", "verdict_legalised.txt")
        .with("match", "same"),
        with(
            "legalisation_match_serial",
            "genuine",
            "verdict_legalised",
            "undetermined",
            "the document's digest with another serial",
            record_of(&example_digest(), &[9; 8]),
        ),
        with(
            "legalisation_match_serial_longer",
            "genuine",
            "verdict_legalised",
            "undetermined",
            "the document's digest, its serial and a byte",
            record_of(&example_digest(), &joined(SERIAL.to_vec(), &[0])),
        ),
        with(
            "legalisation_match_neither",
            "genuine",
            "verdict_legalised",
            "other",
            "another digest and another serial",
            record_of(&[9; 32], &[9; 8]),
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
