//! Status and the deciding pack (SPEC section 11, VER-4 to VER-6). Which lists speak is in `lists`, when one is old in
//! `freshness`.

use crate::case::{Case, Side, case};
use crate::cbor::{Fields, texts, uint};
use crate::documents::{
    REINSTATED, REPLACED, SERIAL, SUSPENDED, WITHDRAWN, attestation, claims_of, diploma, example_digest, example_text,
    numbered_text, sealed, sealed_text,
};
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{EXPIRES, Statements, StatusList, decided, only};
use crate::text::symbol;
use crate::trust::{Trust, document_key};
use crate::world::{
    LAST_TIME, base, ministry_key, pack_of, session_entry, session_key, small_trust, status_entry, status_key, wide_key,
};

const MISSED: &str = "a withdrawal would be missed";
const HIT: &str = "a decision would hit somebody else";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [status(), facts(), specimen(), packs()].concat()
}

fn by(name: &str, serial: &[u8]) -> String {
    numbered_text(&Signer::named(name), serial, attestation())
}

fn status() -> Vec<Case> {
    let row = |name: &str, expect: &str, status, comment: &str, artefact: String| {
        case(name, expect, "VER-4, VER-6", comment, MISSED, artefact).in_status(status)
    };
    vec![
        row("verdict_status_unnamed", "genuine", "in-force", "no list has its tag", by("wide", &SERIAL)),
        row("verdict_status_withdrawn", "withdrawn", "withdrawn", "its tag is withdrawn", by("wide", &WITHDRAWN)),
        row("verdict_status_suspended", "suspended", "suspended", "its tag is suspended", by("wide", &SUSPENDED)),
        row("verdict_status_replaced", "replaced", "replaced", "its tag is replaced", by("wide", &REPLACED)),
        row("verdict_status_reinstated", "genuine", "in-force", "its tag is reinstated", by("wide", &REINSTATED)),
        row(
            "verdict_status_no_own_list",
            "status-unknown",
            "unknown",
            "the key has no list, and no list has its tag",
            by("no status", &SERIAL),
        ),
        row(
            "verdict_status_no_own_list_withdrawn",
            "withdrawn",
            "withdrawn",
            "the key has no list, and a list of its authority says withdrawn",
            by("no status", &WITHDRAWN),
        ),
        row(
            "verdict_status_no_own_list_suspended",
            "suspended",
            "suspended",
            "the key has no list, and a list of its authority says suspended",
            by("no status", &SUSPENDED),
        ),
        row(
            "verdict_status_no_own_list_reinstated",
            "status-unknown",
            "unknown",
            "the key has no list, and a list of its authority says reinstated",
            by("no status", &REINSTATED),
        ),
        row(
            "verdict_status_absent_list",
            "status-unknown",
            "unknown",
            "the key's list 9 is not there, and no list has its tag",
            by("list 9", &SERIAL),
        ),
        row(
            "verdict_status_absent_list_replaced",
            "replaced",
            "replaced",
            "the key's list 9 is not there, and list 1 says replaced",
            by("list 9", &REPLACED),
        ),
        row(
            "verdict_status_empty_list",
            "genuine",
            "in-force",
            "the key's list 2 states nothing, and no list has its tag",
            by("list 2", &SERIAL),
        ),
        row(
            "verdict_status_other_list",
            "withdrawn",
            "withdrawn",
            "the key's list 2 states nothing, and list 1 says withdrawn",
            by("list 2", &WITHDRAWN),
        ),
        row(
            "verdict_status_ministry",
            "withdrawn",
            "withdrawn",
            "a list of the ministry withdraws its attestation; that of the board with the same facts is in force",
            sealed_text(&ministry_key("ministry"), attestation()),
        ),
        row(
            "verdict_status_ministry_other",
            "genuine",
            "in-force",
            "the board has withdrawn an attestation with these facts, the ministry its own has not",
            numbered_text(&ministry_key("ministry"), &WITHDRAWN, attestation()),
        ),
    ]
}

/// A decision is about facts: whoever shares them shares it, and nobody else.
fn facts() -> Vec<Case> {
    let row =
        |name: &str, expect: &str, comment: &str, artefact: String| case(name, expect, "VER-4", comment, HIT, artefact);
    let with = |serial: &[u8], document: Fields| numbered_text(&wide_key(), serial, document);
    let at = |time: u64| {
        let payload = claims_of(&WITHDRAWN, attestation()).with(6, uint(time)).encoded();
        symbol(&sealed(&wide_key(), &payload))
    };
    vec![
        row(
            "verdict_facts_other_key",
            "withdrawn",
            "the withdrawn facts, sealed again under another key of the authority",
            numbered_text(&session_key(), &WITHDRAWN, attestation()),
        ),
        row("verdict_facts_later", "withdrawn", "the withdrawn facts, sealed again a year later", at(1_814_428_800)),
        row("verdict_facts_earlier", "withdrawn", "the withdrawn facts, sealed in 1970", at(0)),
        row("verdict_facts_other_signature", "withdrawn", "the withdrawn facts with another signature", {
            let payload = claims_of(&WITHDRAWN, attestation()).encoded();
            let envelope = crate::cose::Envelope::sealed(&wide_key(), &payload);
            let other = wide_key().sign_with_other_nonce(&envelope.message());
            symbol(&envelope.with_signature(&other).encoded())
        }),
        row(
            "verdict_facts_serial_of_withdrawn",
            "genuine",
            "a diploma with the serial of a withdrawn attestation",
            with(&WITHDRAWN, diploma()),
        ),
        row(
            "verdict_facts_other_session",
            "genuine",
            "the serial of a withdrawn attestation and another session",
            with(&WITHDRAWN, attestation().with(10, crate::cbor::text("Juin 2025"))),
        ),
        row(
            "verdict_facts_more",
            "genuine",
            "the serial of a withdrawn attestation and a birth date more",
            with(&WITHDRAWN, attestation().with(4, uint(20_080_314))),
        ),
        row(
            "verdict_facts_other_serial",
            "genuine",
            "the facts of a withdrawn attestation and a longer serial",
            with(&[&WITHDRAWN[..], &[0]].concat(), attestation()),
        ),
    ]
}

fn specimen() -> Vec<Case> {
    let earnest = "a test document would be taken in earnest";
    let test = |name, status, comment, serial: &[u8]| {
        case(name, "specimen", "VER-5", comment, earnest, by("specimen", serial)).in_status(status)
    };
    vec![
        test("verdict_specimen", "in-force", "a document of the test world, in force", &SERIAL),
        test("verdict_specimen_withdrawn", "withdrawn", "a document of the test world, withdrawn", &WITHDRAWN),
        test("verdict_specimen_suspended", "suspended", "a document of the test world, suspended", &SUSPENDED),
        case(
            "verdict_specimen_old",
            "specimen",
            "VER-5, VER-10",
            "a document of the test world, the list is old",
            earnest,
            by("specimen", &SERIAL),
        )
        .at(EXPIRES),
    ]
}

/// The same key in several packs: versions of one line, whichever is loaded first. Status lists of all packs count.
fn packs() -> Vec<Case> {
    let rolled_back = "an older pack would undo what a newer one says";
    let nothing = Statements::default();
    let withdrawn = only(0, &example_digest());
    let side = |name: &str, trust: &Trust, statements: Option<&Statements>| {
        let lists = statements.iter().map(|said| StatusList::new(1, said, status_key()).encoded()).collect();
        Side::new(name, Pack { status: lists, ..pack_of(trust) }.encoded())
    };
    let trust = versioned(4);
    let fifth = versioned(5).after(&[&trust]);
    let (old, new) = (side("version_4_in_force", &trust, Some(&nothing)), side("version_5", &fifth, Some(&withdrawn)));
    let newest = side("version_6_no_status", &versioned(6).after(&[&trust, &fifth]), None);
    let twin = side("version_4_withdrawn", &trust, Some(&withdrawn));
    let narrow = {
        let mut narrow = versioned(9).after(&[&trust]);
        narrow.authorities[0].keys[0] = session_entry().with(6, texts(&["Juin 2027"]));
        side("version_9_other_session", &narrow, Some(&nothing))
    };
    let gone = {
        let mut gone = versioned(8).after(&[&trust]);
        gone.authorities[0].keys =
            vec![document_key(&wide_key().public, 0, LAST_TIME).with(8, uint(1)), status_entry()];
        side("version_8_without_key", &gone, Some(&decided()))
    };
    let apart = side("version_5_apart", &versioned(5), Some(&nothing));
    let by = |name, expect, spec, comment, packs| {
        case(name, expect, spec, comment, rolled_back, example_text()).with_packs(packs)
    };
    let line = |name, expect, comment, packs| by(name, expect, "LIN-4, VER-4", comment, packs);
    vec![
        line(
            "verdict_packs_newer_second",
            "withdrawn",
            "version 4 says nothing, version 5, loaded second, withdrawn",
            vec![old.clone(), new.clone()],
        ),
        line(
            "verdict_packs_newer_first",
            "withdrawn",
            "version 5, loaded first, says withdrawn, version 4 nothing",
            vec![new.clone(), old.clone()],
        ),
        line(
            "verdict_packs_no_list",
            "genuine",
            "version 6 has no status list; that of version 4 is the document's own",
            vec![old.clone(), newest.clone()],
        ),
        line(
            "verdict_packs_no_list_withdrawn",
            "withdrawn",
            "version 6 has no status list; that of version 5 says withdrawn",
            vec![new.clone(), newest.clone()],
        ),
        line("verdict_packs_only_without_list", "status-unknown", "the only pack has no status list", vec![newest]),
        line(
            "verdict_packs_same_version",
            "withdrawn",
            "two packs of version 4: the first loaded says nothing, the second withdrawn",
            vec![old.clone(), twin.clone()],
        ),
        line(
            "verdict_packs_same_version_reversed",
            "withdrawn",
            "two packs of version 4: the first loaded says withdrawn, the second nothing",
            vec![twin, old.clone()],
        ),
        by(
            "verdict_packs_narrower",
            "genuine",
            "LIN-3",
            "version 9 has narrowed the key's sessions: it is void",
            vec![old.clone(), narrow],
        ),
        line(
            "verdict_packs_key_gone",
            "genuine",
            "version 8 does not have the key; version 4, where it stands, speaks for it",
            vec![old.clone(), gone.clone()],
        ),
        line("verdict_packs_only_without_key", "unknown-issuer", "the only pack does not have the key", vec![gone]),
        line(
            "verdict_packs_apart",
            "trust-conflict",
            "version 4, and a version 5 that does not name it",
            vec![old.clone(), apart.clone()],
        ),
        line(
            "verdict_packs_apart_reversed",
            "trust-conflict",
            "a version 5 that does not name version 4, and version 4",
            vec![apart.clone(), old.clone()],
        ),
        line(
            "verdict_packs_apart_withdrawn",
            "trust-conflict",
            "the same; version 5 of the line says withdrawn",
            vec![new.clone(), apart],
        ),
        by(
            "verdict_packs_with_large",
            "unknown-issuer",
            "ANC-3",
            "version 5 says withdrawn, version 7 of other roots, loaded second, nothing",
            vec![new.clone(), base()],
        ),
        by(
            "verdict_packs_large_first",
            "unknown-issuer",
            "ANC-3",
            "version 7 says nothing, version 5 of other roots, loaded second, withdrawn",
            vec![base(), new.clone()],
        ),
        by(
            "verdict_packs_others_between",
            "unknown-issuer",
            "ANC-3",
            "version 4, version 7 of other roots, then version 5 of the first roots, which says withdrawn",
            vec![old, base(), new],
        ),
    ]
}

pub(crate) fn versioned(version: u64) -> Trust {
    let mut trust = small_trust();
    trust.claims = trust.claims.with(1, uint(version));
    trust
}

/// The small pack with another version, entry of the session's key and status list.
pub(crate) fn pack_with(
    name: &str,
    version: u64,
    edit: impl FnOnce(&mut Fields),
    statements: Option<&Statements>,
) -> Side {
    let mut trust = versioned(version);
    let mut entry = session_entry();
    edit(&mut entry);
    trust.authorities[0].keys[0] = entry;
    let mut pack = pack_of(&trust);
    pack.status = statements.iter().map(|said| StatusList::new(1, said, status_key()).encoded()).collect();
    Side::new(name, pack.encoded())
}
