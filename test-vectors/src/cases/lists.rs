//! Which status list speaks, and which is the document's own (SPEC section 11, VER-4). Which ones are current is in
//! `list_sources`.

use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, uint};
use crate::digest::tag;
use crate::documents::{attestation, digest, example_digest, example_text, sealed_text, yes};
use crate::sign::Signer;
use crate::status::{AS_OF, EXPIRES, SEQ, Statements, StatusList, decided_by, only};
use crate::trust::{Trust, document_key, key_entry};
use crate::world::{LAST_TIME, NOW, pack_of, small_trust, status_key, stranger, test_status_key};

const MISSED: &str = "a withdrawal would be missed";
const BACK: &str = "a list made from an old copy would bring back what was withdrawn since";
const STUCK: &str = "a decision that was taken back would stand";
const FORGED: &str = "who stole a key of status lists could go on withdrawing";
const DAY: u64 = 86_400;
const STATES: [(&str, &str); 4] =
    [("withdrawn", "withdrawn"), ("suspended", "suspended"), ("replaced", "replaced"), ("reinstated", "genuine")];

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [by_seq(), by_decision(), graver(), own(), tags()].concat()
}

pub(crate) fn of_lists(name: &str, expect: &str, comment: &str, effect: &str, lists: Vec<StatusList>) -> Case {
    under(name, expect, comment, effect, &small_trust(), lists)
}

pub(crate) fn under(
    name: &str,
    expect: &str,
    comment: &str,
    effect: &str,
    trust: &Trust,
    lists: Vec<StatusList>,
) -> Case {
    let pack = side(name, trust, lists);
    case(name, expect, "VER-4", comment, effect, example_text()).with_packs(vec![pack])
}

pub(crate) fn side(name: &str, trust: &Trust, lists: Vec<StatusList>) -> Side {
    let mut pack = pack_of(trust);
    pack.status = lists.iter().map(StatusList::encoded).collect();
    Side::new(name, pack.encoded())
}

/// A list of the board that says one thing of the example.
pub(crate) fn says(number: u64, state: usize, seq: u64) -> StatusList {
    StatusList::after(seq, number, &only(state, &example_digest()), status_key())
}

/// List 1 of the board that says nothing.
pub(crate) fn silent() -> StatusList {
    StatusList::new(1, &Statements::default(), status_key())
}

/// Of the lists that have the tag, the one with the highest `seq` speaks.
fn by_seq() -> Vec<Case> {
    let mut out = Vec::new();
    for (first, (older, _)) in STATES.into_iter().enumerate() {
        for (second, (newer, expect)) in STATES.into_iter().enumerate() {
            if first != second {
                let comment = format!("list 1 of seq 12 says {older}, list 2 of seq 13 {newer}");
                let name = format!("verdict_seq_{older}_then_{newer}");
                out.push(of_lists(&name, expect, &comment, STUCK, vec![says(1, first, 12), says(2, second, 13)]));
            }
        }
    }
    out.extend([
        of_lists(
            "verdict_seq_reversed",
            "genuine",
            "list 2 of seq 13 says reinstated and stands first, list 1 of seq 12 withdrawn",
            STUCK,
            vec![says(2, 3, 13), says(1, 0, 12)],
        ),
        of_lists(
            "verdict_seq_later_time",
            "withdrawn",
            "list 1 of seq 13 says withdrawn, list 2 of seq 12 reinstated, a day later: seq counts",
            STUCK,
            vec![says(1, 0, 13), says(2, 3, 12).with(4, uint(AS_OF + DAY))],
        ),
        of_lists(
            "verdict_seq_silent_newest",
            "withdrawn",
            "list 2 of seq 12 says withdrawn, list 1 of seq 99 nothing: a statement stands until another is made",
            MISSED,
            vec![silent().with(3, uint(99)), says(2, 0, 12)],
        ),
        of_lists(
            "verdict_seq_largest",
            "genuine",
            "list 1 of seq 2^64 - 2 says withdrawn, list 2 of seq 2^64 - 1 reinstated",
            STUCK,
            vec![says(1, 0, u64::MAX - 1), says(2, 3, u64::MAX)],
        ),
        of_lists(
            "verdict_seq_three",
            "suspended",
            "seq 12 says withdrawn, seq 14 suspended, seq 13 reinstated",
            STUCK,
            vec![says(1, 0, 12), says(2, 1, 14), says(3, 3, 13)],
        ),
        of_lists(
            "verdict_seq_old_list_speaks",
            "withdrawn",
            "list 2 of seq 13 says withdrawn and is old, list 1 of seq 12 nothing",
            MISSED,
            vec![silent(), says(2, 0, 13).with(5, uint(NOW))],
        ),
        of_lists("verdict_seq_0", "withdrawn", "list 1 of seq 0 says withdrawn", MISSED, vec![says(1, 0, 0)]),
    ]);
    out
}

/// A list says again what an earlier decision reinstated: it counts from that decision on, not from the list's `seq`.
fn by_decision() -> Vec<Case> {
    let again = |seq: u64, decision: u64| {
        let reinstated = decided_by(decision, &[tag(&example_digest())]);
        says(2, 3, seq).with(6, array(&[bytes(&[]), bytes(&[]), bytes(&[]), bytes(&reinstated)]))
    };
    let row = |name, expect, comment, first: usize, seq, decision| {
        of_lists(name, expect, comment, BACK, vec![says(1, first, 12), again(seq, decision)])
    };
    vec![
        row(
            "verdict_decision_before",
            "withdrawn",
            "seq 12 says withdrawn, seq 13 reinstated by decision 11",
            0,
            13,
            11,
        ),
        row(
            "verdict_decision_equal",
            "withdrawn",
            "seq 12 says withdrawn, seq 13 reinstated by decision 12",
            0,
            13,
            12,
        ),
        row("verdict_decision_after", "genuine", "seq 12 says withdrawn, seq 99 reinstated by decision 13", 0, 99, 13),
        row("verdict_decision_0", "suspended", "seq 12 says suspended, seq 99 reinstated by decision 0", 1, 99, 0),
        row(
            "verdict_decision_replaced",
            "replaced",
            "seq 12 says replaced, seq 99 reinstated by decision 12",
            2,
            99,
            12,
        ),
    ]
}

/// Of equal `seq` the graver statement: withdrawn, replaced, suspended, reinstated.
fn graver() -> Vec<Case> {
    let order = [0, 2, 1, 3];
    let mut out = Vec::new();
    for (place, grave) in order.into_iter().enumerate() {
        for light in &order[place + 1..] {
            let (worse, expect) = STATES[grave];
            let (better, _) = STATES[*light];
            let of = |name: String, lists| {
                let comment = format!("two lists of one seq, {worse} and {better}");
                of_lists(&name, expect, &comment, MISSED, lists)
            };
            out.push(of(format!("verdict_graver_{worse}_{better}"), vec![says(1, grave, SEQ), says(2, *light, SEQ)]));
            out.push(of(format!("verdict_graver_{better}_{worse}"), vec![says(1, *light, SEQ), says(2, grave, SEQ)]));
        }
    }
    out.push(of_lists(
        "verdict_graver_later",
        "withdrawn",
        "two lists of one seq: withdrawn, and reinstated a day later",
        MISSED,
        vec![says(1, 0, SEQ), says(2, 3, SEQ).with(4, uint(AS_OF + DAY))],
    ));
    out
}

/// The own list has the number of the key's label 8: the highest `seq`, of equal ones the latest.
fn own() -> Vec<Case> {
    let old = |list: StatusList| list.with(5, uint(NOW));
    let row = |name, expect, comment, lists| of_lists(name, expect, comment, "an old list would look fresh", lists);
    let other = || silent().with(2, uint(2));
    vec![
        row(
            "verdict_own_highest_old",
            "status-old",
            "list 1 of seq 12 is fresh, list 1 of seq 13 is old",
            vec![silent(), old(silent().with(3, uint(13)))],
        ),
        row(
            "verdict_own_highest_fresh",
            "genuine",
            "list 1 of seq 12 is old, list 1 of seq 13 is fresh",
            vec![old(silent()), silent().with(3, uint(13))],
        ),
        row(
            "verdict_own_latest_old",
            "status-old",
            "two lists 1 of one seq; the later is old",
            vec![silent(), old(silent().with(4, uint(AS_OF + 1)))],
        ),
        row(
            "verdict_own_latest_fresh",
            "genuine",
            "two lists 1 of one seq; the earlier is old",
            vec![silent(), old(silent().with(4, uint(AS_OF - 1)))],
        ),
        row(
            "verdict_own_seq_before_time",
            "status-old",
            "list 1 of seq 13 is old, list 1 of seq 12 is a day later and fresh: seq counts first",
            vec![old(silent().with(3, uint(13))), silent().with(4, uint(AS_OF + DAY))],
        ),
        row(
            "verdict_own_other_number",
            "status-old",
            "list 1 is old, list 2 of a higher seq is fresh",
            vec![old(silent()), other().with(3, uint(13))],
        ),
        row("verdict_own_missing", "status-unknown", "list 2 is there, the key's list 1 is not", vec![other()]),
        row("verdict_own_none", "status-unknown", "no status list at all", vec![]),
        row(
            "verdict_own_reinstated_old",
            "status-old",
            "list 1 is old and says reinstated",
            vec![old(says(1, 3, SEQ))],
        ),
        row(
            "verdict_own_reinstated_by_other",
            "status-unknown",
            "list 2 says reinstated, and the key's list 1 is not there",
            vec![says(2, 3, SEQ)],
        ),
    ]
}

/// Tags that are not the document's.
fn tags() -> Vec<Case> {
    let with = |name: &str, comment, tag: crate::digest::Tag| {
        let list = StatusList::new(1, &[vec![tag], vec![], vec![], vec![]], status_key());
        of_lists(name, "genuine", comment, "a decision would hit somebody else", vec![list])
    };
    let digest = example_digest();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    let mut serial_only = [0; 8];
    serial_only.copy_from_slice(&crate::documents::SERIAL);
    let mut near = tag(&digest);
    near[7] ^= 1;
    let hashed: Bytes = crate::sign::sha256(&digest)[..8].to_vec();
    let mut plain = [0; 8];
    plain.copy_from_slice(&hashed);
    let elsewhere = |authority: &str, domain: &str| {
        let document = crate::documents::diploma();
        tag(&crate::digest::digest(domain, authority, &crate::documents::SERIAL, &document))
    };
    let cose = tag(&crate::sign::sha256(&crate::documents::example()));
    vec![
        with("verdict_tag_digest", "the first 8 bytes of its digest are withdrawn", first),
        with("verdict_tag_serial", "its serial is withdrawn", serial_only),
        with("verdict_tag_near", "a tag that differs in the last bit is withdrawn", near),
        with("verdict_tag_hashed", "SHA-256 of its digest without the domain is withdrawn", plain),
        with("verdict_tag_cose", "the tag of its COSE bytes is withdrawn", cose),
        with(
            "verdict_tag_record",
            "the tag of a record with its contents is withdrawn",
            elsewhere("MA-EXEMPLE", "sceau/1/record"),
        ),
        with(
            "verdict_tag_test",
            "the tag of a test document with its contents is withdrawn",
            elsewhere("MA-EXEMPLE", "sceau/1/digest-test"),
        ),
        with(
            "verdict_tag_authority",
            "the tag under another authority-id is withdrawn",
            elsewhere("MA-AUTRE", "sceau/1/digest"),
        ),
        with("verdict_tag_other_serial", "the tag of its contents under another serial is withdrawn", {
            tag(&crate::documents::digest(&[9; 8], &crate::documents::diploma()))
        }),
        with("verdict_tag_other_contents", "the tag of other contents under its serial is withdrawn", {
            tag(&digest_of_attestation())
        }),
        test_world(),
        unlisted(),
    ]
}

fn digest_of_attestation() -> crate::digest::Digest {
    digest(&crate::documents::SERIAL, &attestation())
}

/// A test document with the facts of a document in earnest that a list of the test world names by its live tag.
fn test_world() -> Case {
    let mut trust = small_trust();
    trust.authorities[0].keys.extend([
        key_entry(&test_status_key().public, 2, 0, LAST_TIME).with(11, yes()),
        document_key(&Signer::named("specimen").public, 0, LAST_TIME).with(8, uint(1)).with(11, yes()),
    ]);
    let list = StatusList::new(1, &only(0, &digest_of_attestation()), test_status_key());
    let name = "verdict_tag_live_of_test";
    case(
        name,
        "specimen",
        "VER-4, VER-5",
        "a list of the test world withdraws the tag that its facts would have in earnest",
        "a list could not tell tests from earnest",
        sealed_text(&Signer::named("specimen"), attestation()),
    )
    .in_status("in-force")
    .with_packs(vec![side(name, &trust, vec![list])])
}

/// A key of lists that is on no list.
fn unlisted() -> Case {
    let list = StatusList::new(2, &only(0, &example_digest()), stranger()).with(5, uint(EXPIRES));
    let name = "verdict_list_key_unlisted";
    Case {
        spec: "STA-2".into(),
        ..of_lists(
            name,
            "status-unsigned",
            "a stranger's list withdraws the document: the pack is refused",
            FORGED,
            vec![silent(), list],
        )
    }
}
