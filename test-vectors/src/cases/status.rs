//! Status lists (SPEC section 8): envelope and claims. The document is always the example, of which no list speaks.

use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, indefinite_map, int, joined, pairs, text, uint, wide_head};
use crate::cose::{Envelope, STATUS_LIST};
use crate::documents::example_text;
use crate::status::{AS_OF, StatusList, decided};
use crate::trust::Trust;
use crate::world::{LAST_TIME, WINDOW_FIRST, WINDOW_LAST, pack_of, small_trust, status_key, status_list};

pub(crate) const GUESS: &str = "a withdrawal could be missed, or read where there is none";
pub(crate) const REFUSED: &str = "a right list would be refused";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), envelope(), claims(), several()].concat()
}

/// The example, judged by the small pack with these lists.
pub(crate) fn with_lists(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, lists: Vec<Bytes>) -> Case {
    under(name, expect, spec, comment, effect, (&small_trust(), lists))
}

/// The example, judged by a pack around a trust list with these lists.
pub(crate) fn under(
    name: &str,
    expect: &str,
    spec: &str,
    comment: &str,
    effect: &str,
    (trust, lists): (&Trust, Vec<Bytes>),
) -> Case {
    let mut pack = pack_of(trust);
    pack.status = lists;
    let effect = if expect == "genuine" { REFUSED } else { effect };
    case(name, expect, spec, comment, effect, example_text()).with_packs(vec![Side::new(name, pack.encoded())])
}

pub(crate) fn malformed(name: &str, spec: &str, comment: &str, list: Bytes) -> Case {
    with_lists(name, "status-malformed", spec, comment, GUESS, vec![list])
}

/// List 1 with one claim changed, signed again.
pub(crate) fn set(label: i64, value: Bytes) -> Bytes {
    status_list().with(label, value).encoded()
}

/// List 1 with any claims, rightly signed.
pub(crate) fn signed(payload: &[u8]) -> Bytes {
    let list = status_list();
    Envelope::signed(&list.signer, &list.protected.encoded(), STATUS_LIST, payload).encoded()
}

fn accepted() -> Vec<Case> {
    let good = |name, comment, list: Bytes| with_lists(name, "genuine", "STA-1, STA-2", comment, GUESS, vec![list]);
    vec![
        good("status_usual", "a right list that does not speak of the document", status_list().encoded()),
        good("status_seq_0", "no decision so far", StatusList::after(0, 1, &decided(), status_key()).encoded()),
        good("status_seq_2_64", "2^64 - 1 decisions so far", set(3, uint(u64::MAX))),
        good("status_window_first", "made in the first second of the key's signing window", set(4, uint(WINDOW_FIRST))),
        good("status_window_last", "made in the last second of the key's signing window", set(4, uint(WINDOW_LAST)))
            .at(WINDOW_LAST),
        good("status_end_2_40", "old from 2^40 - 1 on", set(5, uint(LAST_TIME))),
        with_lists(
            "status_ends_before_it_starts",
            "status-old",
            "STA-1, VER-10",
            "old before it was made: a list of its own may be old from the start",
            GUESS,
            vec![set(5, uint(0))],
        ),
        with_lists(
            "status_number_2_64",
            "status-unknown",
            "STA-1, VER-4",
            "list 2^64 - 1",
            GUESS,
            vec![set(2, uint(u64::MAX))],
        ),
        with_lists("status_number_0", "status-unknown", "STA-1, VER-4", "list 0", GUESS, vec![set(2, uint(0))]),
    ]
}

fn envelope() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "STA-1", comment, list);
    let header = |label: i64, value: Bytes| {
        let mut list = status_list();
        list.protected = list.protected.with(label, value);
        list.encoded()
    };
    let without = |label: i64| {
        let mut list = status_list();
        list.protected = list.protected.without(label);
        list.encoded()
    };
    let parts = status_list().envelope();
    let with = |index: usize, item: Bytes| {
        let mut items = parts.items();
        items[index] = item;
        crate::cbor::tag(18, &array(&items))
    };
    let whole = status_list().encoded();
    vec![
        bad("status_no_bytes", "an empty byte string", vec![]),
        bad("status_untagged", "no tag 18", parts.untagged()),
        bad("status_cwt_tag", "tag 61 (CWT) before tag 18", crate::cbor::tag(61, &whole)),
        bad("status_byte_after", "a zero byte behind the list", joined(whole.clone(), &[0])),
        bad("status_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        bad(
            "status_wide_payload",
            "the payload's length in four bytes",
            with(2, joined(wide_head(2, parts.payload.len() as u64, 4), &parts.payload)),
        ),
        bad(
            "status_unprotected_filled",
            "an entry in the unprotected header",
            with(1, pairs(&[(uint(4), bytes(&status_key().kid()))])),
        ),
        bad("status_payload_map", "the claims as a map, not as a byte string", with(2, status_list().claims.encoded())),
        bad("status_no_payload", "a payload of no bytes, rightly signed", signed(&[])),
        bad("status_no_kid", "no kid, signed with this header", without(4)),
        bad(
            "status_typed",
            "a media type in the protected header, as IETF status lists have it",
            header(16, text("application/statuslist+cwt")),
        ),
        bad("status_algorithm_eddsa", "algorithm -8, signed with this header", header(1, int(-8))),
        bad(
            "status_kid_5",
            "a kid of five bytes, signed with this header",
            header(4, bytes(&joined(status_key().kid().to_vec(), &[0]))),
        ),
        bad("status_header_longer", "one more entry in the protected header", header(3, uint(0))),
        bad("status_header_room", "entry 64 in the protected header", header(64, bytes(&[]))),
        with_lists(
            "status_document",
            "status-unsigned",
            "STA-2",
            "the example itself instead of a list",
            GUESS,
            vec![crate::documents::example()],
        ),
    ]
}

fn claims() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "STA-1", comment, list);
    let whole = status_list().claims;
    let without = |name, comment, label: i64| bad(name, comment, signed(&whole.clone().without(label).encoded()));
    let mut swapped = whole.pairs();
    swapped.swap(1, 2);
    let mut twice = whole.pairs();
    twice.insert(3, (uint(3), uint(99)));
    vec![
        without("status_no_authority", "no authority", 1),
        without("status_no_number", "no number", 2),
        without("status_no_seq", "no seq", 3),
        without("status_no_time", "no time", 4),
        without("status_no_end", "no time from which the list is old", 5),
        without("status_no_statements", "no statements", 6),
        bad("status_label_0", "label 0", set(0, uint(0))),
        bad("status_label_7", "label 7", set(7, bytes(&[]))),
        bad("status_label_negative", "label -1", set(-1, uint(0))),
        bad("status_label_text", "a label of text", signed(&whole.clone().with_key(text("x"), uint(0)).encoded())),
        bad("status_authority_lower", "an authority-id in lower case", set(1, text("ma-exemple"))),
        bad("status_authority_1", "an authority-id of one character", set(1, text("M"))),
        bad("status_authority_33", "an authority-id of 33 characters", set(1, text(&"M".repeat(33)))),
        bad("status_authority_slash", "an authority-id with a slash", set(1, text("MA-EXEMPLE/1"))),
        bad("status_authority_bytes", "the authority-id as a byte string", set(1, bytes(b"MA-EXEMPLE"))),
        bad("status_number_text", "the number as a text", set(2, text("1"))),
        bad("status_number_negative", "number -1", set(2, int(-1))),
        bad("status_seq_negative", "seq -1", set(3, int(-1))),
        bad("status_seq_text", "seq as a text", set(3, text("12"))),
        bad("status_seq_float", "seq as a float", set(3, vec![0xf9, 0x4a, 0])),
        bad("status_time_2_40", "a time of 2^40", set(4, uint(LAST_TIME + 1))),
        bad("status_time_negative", "a time of -1", set(4, int(-1))),
        bad("status_time_text", "the time as a text", set(4, text("2026-07-13"))),
        bad("status_time_float", "the time as a float", set(4, joined(vec![0xfb], &(AS_OF as f64).to_be_bytes()))),
        bad("status_end_over", "old from 2^40 on", set(5, uint(LAST_TIME + 1))),
        bad("status_end_negative", "old from -1 on", set(5, int(-1))),
        bad("status_end_true", "true for the time from which the list is old", set(5, vec![0xf5])),
        bad("status_unsorted", "seq before number", signed(&pairs(&swapped))),
        bad("status_seq_twice", "two seqs", signed(&pairs(&twice))),
        bad("status_claims_indefinite", "claims of indefinite length", signed(&indefinite_map(&whole.pairs()))),
        bad("status_claims_byte_after", "a zero byte behind the claims", signed(&joined(whole.encoded(), &[0]))),
        bad("status_claims_array", "the claims as an array", signed(&array(&[text("MA-EXEMPLE"), uint(1)]))),
        bad(
            "status_ietf",
            "the claims of an IETF Token Status List",
            signed(&{
                let list = pairs(&[(text("lst"), bytes(&crate::deflate::zlib(&[0; 4]))), (text("bits"), uint(2))]);
                pairs(&[(uint(2), text("sceau:MA-EXEMPLE/1")), (uint(6), uint(AS_OF)), (uint(65533), list)])
            }),
        ),
    ]
}

/// Several lists of one pack: all of them count, and one that is refused refuses the pack.
fn several() -> Vec<Case> {
    let one = || status_list().encoded();
    let numbered = |number: u64| set(2, uint(number));
    let stranger = StatusList::new(2, &Default::default(), crate::world::stranger()).encoded();
    let cut = vec![0xd2];
    let row = |name, expect, spec, comment, lists| with_lists(name, expect, spec, comment, GUESS, lists);
    vec![
        row("status_twice", "genuine", "STA-3", "the same list twice", vec![one(), one()]),
        row(
            "status_two_states",
            "genuine",
            "STA-3",
            "two lists of one number, the second a second younger",
            vec![one(), set(4, uint(AS_OF + 1))],
        ),
        row("status_three", "genuine", "STA-3, VER-4", "lists 2, 1 and 3", vec![numbered(2), one(), numbered(3)]),
        row(
            "status_second_refused",
            "status-unsigned",
            "STA-3, PCK-3",
            "list 1 is right, list 2 is a stranger's: the pack is refused whole",
            vec![one(), stranger.clone()],
        ),
        row(
            "status_order_first_list",
            "status-unsigned",
            "STA-3",
            "a stranger's list, then one that is cut: list by list",
            vec![stranger.clone(), cut.clone()],
        ),
        row(
            "status_order_first_cut",
            "status-malformed",
            "STA-3",
            "a list that is cut, then a stranger's: list by list",
            vec![cut, stranger],
        ),
        row(
            "status_order_signature_before_claims",
            "status-unsigned",
            "STA-3",
            "a stranger's list whose claims are no CBOR: the signature is checked first",
            vec![{
                let signer = crate::world::stranger();
                let header = crate::cose::header(signer.kid()).encoded();
                Envelope::signed(&signer, &header, STATUS_LIST, &[0xff]).encoded()
            }],
        ),
        row(
            "status_order_claims_before_window",
            "status-malformed",
            "STA-3",
            "number -1, and made a second before the window: the claims come first",
            vec![status_list().with(2, int(-1)).with(4, uint(WINDOW_FIRST - 1)).encoded()],
        ),
        row(
            "status_order_envelope_before_key",
            "status-malformed",
            "STA-3",
            "algorithm -8 and a stranger's key: the envelope comes first",
            vec![{
                let signer = crate::world::stranger();
                let header = crate::cose::header(signer.kid()).with(1, int(-8)).encoded();
                Envelope::signed(&signer, &header, STATUS_LIST, &status_list().claims.encoded()).encoded()
            }],
        ),
    ]
}
