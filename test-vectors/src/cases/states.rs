//! Status and the deciding pack (SPEC section 11, VER-4 to VER-6). When a list is old is in `freshness`.

use crate::case::{Case, Side, case};
use crate::cbor::{Fields, texts, uint, uints};
use crate::documents::{attestation, example_text, sealed_text};
use crate::sign::Signer;
use crate::status::{EXPIRES, STATES, StatusList};
use crate::trust::{Trust, document_key};
use crate::world::{
    LAST_TIME, base, pack_of, session_entry, session_key, small_trust, status_entry, status_key, wide_key,
};

const MISSED: &str = "a withdrawal would be missed";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [status(), specimen(), packs()].concat()
}

fn by(name: &str, document: Fields) -> String {
    sealed_text(&Signer::named(name), document)
}

fn status() -> Vec<Case> {
    let index = |name: &str, expect: &str, comment: &str, index: u64| {
        case(name, expect, "VER-4, VER-6", comment, MISSED, by("wide", attestation().with(15, uints(&[1, index]))))
    };
    let unknown =
        |name, comment, artefact: String| case(name, "status-unknown", "VER-4, VER-6", comment, MISSED, artefact);
    vec![
        index("verdict_status_0", "genuine", "entry 0 is 0", 0),
        index("verdict_status_withdrawn", "withdrawn", "entry 1 is 1", 1),
        index("verdict_status_suspended", "suspended", "entry 2 is 2", 2),
        index("verdict_status_replaced", "replaced", "entry 3 is 3", 3),
        index("verdict_status_last", "genuine", "entry 15, the last one", 15),
        index("verdict_status_beyond", "status-unknown", "entry 16, one behind the last", 16),
        index("verdict_status_index_2_64", "status-unknown", "entry 2^64 - 1", u64::MAX),
        unknown(
            "verdict_status_no_reference",
            "no status reference, though the key has a list",
            by("wide", attestation().without(15)),
        ),
        unknown(
            "verdict_status_no_reference_no_list",
            "no status reference, and the key has no list",
            by("no status", attestation().without(15)),
        ),
        unknown(
            "verdict_status_no_list",
            "list 9, which the pack does not have",
            by("list 9", attestation().with(15, uints(&[9, 4]))),
        ),
        unknown(
            "verdict_status_empty_list",
            "list 2, which has no entry",
            by("list 2", attestation().with(15, uints(&[2, 0]))),
        ),
        case(
            "verdict_status_ministry",
            "withdrawn",
            "VER-4, VER-6",
            "list 1 of the ministry says withdrawn, list 1 of the board does not",
            MISSED,
            by("ministry", attestation()),
        ),
        withdrawn_elsewhere("verdict_status_withdrawn_3", "withdrawn", "entry 6 of another pack is 1", 6, 1),
        withdrawn_elsewhere(
            "verdict_status_suspended_7",
            "suspended",
            "entry 7 of another pack is 2, the highest bits of a byte",
            7,
            2,
        ),
        withdrawn_elsewhere(
            "verdict_status_suspended_8",
            "suspended",
            "entry 8 of another pack is 2, the lowest bits of a byte",
            8,
            2,
        ),
        withdrawn_elsewhere(
            "verdict_status_replaced_7",
            "replaced",
            "entry 7 of another pack is 3, the highest bits of a byte",
            7,
            3,
        ),
        withdrawn_elsewhere(
            "verdict_status_replaced_8",
            "replaced",
            "entry 8 of another pack is 3, the lowest bits of a byte",
            8,
            3,
        ),
        withdrawn_elsewhere(
            "verdict_status_withdrawn_11",
            "withdrawn",
            "entry 11 of another pack is 1, the last of a list of three bytes",
            11,
            1,
        ),
    ]
}

/// The small pack whose list has one state that is not 0.
fn withdrawn_elsewhere(name: &str, expect: &str, comment: &str, index: usize, state: u8) -> Case {
    let mut states = [0; 12];
    states[index] = state;
    let document = attestation().with(15, uints(&[1, index as u64]));
    case(name, expect, "VER-4, VER-6", comment, MISSED, sealed_text(&session_key(), document))
        .with_packs(vec![pack_with(name, 3, |_| {}, Some(&states))])
}

fn specimen() -> Vec<Case> {
    let earnest = "a test document would be taken in earnest";
    let test = |name, comment, document| case(name, "specimen", "VER-5", comment, earnest, by("specimen", document));
    vec![
        test("verdict_specimen", "a document of the test world, in force", attestation()),
        test(
            "verdict_specimen_withdrawn",
            "a document of the test world, withdrawn",
            attestation().with(15, uints(&[1, 1])),
        ),
        test(
            "verdict_specimen_unknown",
            "a document of the test world without status reference",
            attestation().without(15),
        ),
        case(
            "verdict_specimen_old",
            "specimen",
            "VER-5, VER-6",
            "a document of the test world, the list is old",
            earnest,
            by("specimen", attestation()),
        )
        .at(EXPIRES),
    ]
}

/// The same key in two packs: the first loaded decides, unless a later one is a newer list of the same roots.
fn packs() -> Vec<Case> {
    let rolled_back = "an older pack would undo what a newer one says";
    let withdrawn = {
        let mut states = STATES;
        states[4] = 1;
        states
    };
    let pack = |name: &str, version: u64, states: Option<&[u8]>| pack_with(name, version, |_| {}, states);
    let (old, new) = (pack("version_4_in_force", 4, Some(&STATES)), pack("version_5_withdrawn", 5, Some(&withdrawn)));
    let newest = pack("version_6_no_status", 6, None);
    let twin = pack("version_4_withdrawn", 4, Some(&withdrawn));
    let narrow = pack_with(
        "version_9_other_session",
        9,
        |entry| *entry = entry.clone().with(6, texts(&["Juin 2027"])),
        Some(&STATES),
    );
    let gone = {
        let mut trust = versioned(8);
        trust.authorities[0].keys =
            vec![document_key(&wide_key().public, 0, LAST_TIME).with(8, uint(1)), status_entry()];
        Side::new("version_8_without_key", pack_of(&trust).encoded())
    };
    let foreign = {
        let mut trust = versioned(9);
        trust.roots = vec![crate::world::root(1).public];
        trust.signers = vec![crate::world::root(1)];
        let mut pack = pack_of(&trust);
        pack.status = vec![StatusList::new("sceau:MA-EXEMPLE/1", &withdrawn, status_key()).encoded()];
        Side::new("version_9_other_roots", pack.encoded())
    };
    let by = |name, expect, comment, packs| {
        case(name, expect, "SIG-1, VER-4", comment, rolled_back, example_text()).with_packs(packs)
    };
    vec![
        by(
            "verdict_packs_newer_second",
            "withdrawn",
            "version 4 says in force, version 5, loaded second, withdrawn",
            vec![old.clone(), new.clone()],
        ),
        by(
            "verdict_packs_newer_first",
            "withdrawn",
            "version 5, loaded first, says withdrawn, version 4 in force",
            vec![new.clone(), old.clone()],
        ),
        by(
            "verdict_packs_no_list",
            "status-unknown",
            "version 6 has no status list; those of older packs are not looked at",
            vec![old.clone(), newest],
        ),
        by(
            "verdict_packs_same_version",
            "genuine",
            "two packs of version 4: the first loaded says in force",
            vec![old.clone(), twin.clone()],
        ),
        by(
            "verdict_packs_same_version_reversed",
            "withdrawn",
            "two packs of version 4: the first loaded says withdrawn",
            vec![twin, old.clone()],
        ),
        by(
            "verdict_packs_narrower",
            "outside-scope",
            "version 9 has narrowed the key's sessions",
            vec![old.clone(), narrow],
        ),
        by(
            "verdict_packs_key_gone",
            "genuine",
            "version 8 does not have the key; version 4, where it holds, decides",
            vec![old.clone(), gone.clone()],
        ),
        by("verdict_packs_only_without_key", "unknown-issuer", "the only pack does not have the key", vec![gone]),
        by(
            "verdict_packs_with_large",
            "withdrawn",
            "version 5 says withdrawn, version 7 of other roots, loaded second, in force",
            vec![new.clone(), base()],
        ),
        by(
            "verdict_packs_large_first",
            "genuine",
            "version 7 says in force, version 5 of other roots, loaded second, withdrawn",
            vec![base(), new.clone()],
        ),
        by(
            "verdict_packs_low_version_first",
            "genuine",
            "version 4 says in force; version 9 of other roots, loaded second, withdrawn",
            vec![old.clone(), foreign],
        ),
        by(
            "verdict_packs_others_between",
            "withdrawn",
            "version 4, version 7 of other roots, then version 5 of the first roots, which says withdrawn",
            vec![old, base(), new],
        ),
    ]
}

fn versioned(version: u64) -> Trust {
    let mut trust = small_trust();
    trust.claims = trust.claims.with(1, uint(version));
    trust
}

/// The small pack with another version, entry of the session's key and status list.
pub(crate) fn pack_with(name: &str, version: u64, edit: impl FnOnce(&mut Fields), states: Option<&[u8]>) -> Side {
    let mut trust = versioned(version);
    let mut entry = session_entry();
    edit(&mut entry);
    trust.authorities[0].keys[0] = entry;
    let mut pack = pack_of(&trust);
    pack.status =
        states.iter().map(|states| StatusList::new("sceau:MA-EXEMPLE/1", states, status_key()).encoded()).collect();
    Side::new(name, pack.encoded())
}
