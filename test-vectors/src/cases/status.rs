//! Status lists (SPEC section 8). The document is always the example, entry 4 of list 1.

use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, indefinite_map, int, joined, pairs, text, uint, wide_head};
use crate::cose::Envelope;
use crate::deflate::{adler32, stored, wrapped, zlib, zlib_with};
use crate::documents::example_text;
use crate::sign::{Signer, with_order_added};
use crate::status::{AS_OF, STATES, StatusList, list, packed};
use crate::trust::{Authority, key_entry};
use crate::world::{
    LAST_TIME, WINDOW_FIRST, WINDOW_LAST, pack_of, session_key, small_root, small_trust, status_key, status_list,
    stranger,
};

const GUESS: &str = "a withdrawal could be missed, or read where there is none";
const FORGED: &str = "somebody else could withdraw documents, or hide a withdrawal";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), envelope(), claims(), streams(), signatures(), several()].concat()
}

fn with_lists(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, lists: Vec<Bytes>) -> Case {
    let mut pack = pack_of(&small_trust());
    pack.status = lists;
    case(name, expect, spec, comment, effect, example_text()).with_packs(vec![Side::new(name, pack.encoded())])
}

fn malformed(name: &str, spec: &str, comment: &str, list: Bytes) -> Case {
    with_lists(name, "status-malformed", spec, comment, GUESS, vec![list])
}

/// List 1 with one thing changed, signed again.
fn edited(edit: impl FnOnce(&mut StatusList)) -> Bytes {
    let mut list = status_list();
    edit(&mut list);
    list.encoded()
}

fn set(label: i64, value: Bytes) -> Bytes {
    edited(|list| list.claims = list.claims.clone().with(label, value))
}

/// List 1 under a status key with one more label.
fn with_status_key(name: &str, expect: &str, comment: &str, label: i64, time: u64) -> Case {
    let mut trust = small_trust();
    trust.authorities[0].keys[1] = trust.authorities[0].keys[1].clone().with(label, uint(time));
    let pack = Side::new(name, pack_of(&trust).encoded());
    case(name, expect, "STA-2", comment, FORGED, example_text()).with_packs(vec![pack])
}

fn accepted() -> Vec<Case> {
    let good = |name, comment, list: Bytes| {
        with_lists(name, "genuine", "STA-1, STA-2", comment, "a right list would be refused", vec![list])
    };
    vec![
        good("status_without_ttl", "no ttl", edited(|list| list.claims = list.claims.clone().without(65534))),
        good("status_stored", "the list as a stored block", set(65533, list(&stored(&packed(&STATES))))),
        good("status_window_first", "made in the first second of the key's signing window", set(6, uint(WINDOW_FIRST))),
        good("status_window_last", "made in the last second of the key's signing window", set(6, uint(WINDOW_LAST)))
            .at(WINDOW_LAST),
        with_status_key(
            "status_at_closing",
            "genuine",
            "made in the second in which the status key was closed",
            9,
            AS_OF,
        ),
        with_lists(
            "status_empty",
            "status-unknown",
            "STA-1, VER-4",
            "a list of no entry",
            GUESS,
            vec![set(65533, list(&zlib(&[])))],
        ),
    ]
}

fn envelope() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "STA-1", comment, list);
    let header = |label: i64, value: Bytes| edited(|list| list.protected = list.protected.clone().with(label, value));
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
        bad(
            "status_no_type",
            "no entry 16 in the protected header, signed with this header",
            edited(|list| list.protected = list.protected.clone().without(16)),
        ),
        bad(
            "status_type_jwt",
            "the type of a list as JWT, signed with this header",
            header(16, text("statuslist+jwt")),
        ),
        bad(
            "status_type_short",
            "the type without application/, signed with this header",
            header(16, text("statuslist+cwt")),
        ),
        bad("status_algorithm_eddsa", "algorithm -8, signed with this header", header(1, int(-8))),
        bad(
            "status_kid_5",
            "a kid of five bytes, signed with this header",
            header(4, bytes(&joined(status_key().kid().to_vec(), &[0]))),
        ),
        bad(
            "status_header_longer",
            "one more entry in the protected header, signed with this header",
            header(3, uint(0)),
        ),
        bad("status_document", "the example itself instead of a list", crate::documents::example()),
    ]
}

fn claims() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "STA-1", comment, list);
    let without = |label: i64| edited(|list| list.claims = list.claims.clone().without(label));
    let sub = |sub: &str| set(2, text(sub));
    let stream = || bytes(&zlib(&packed(&STATES)));
    let inner = |items: &[(Bytes, Bytes)]| set(65533, pairs(items));
    let signed = |payload: Bytes| {
        let list = status_list();
        Envelope::signed(&list.signer, &list.protected.encoded(), crate::cose::STATUS_LIST, &payload).encoded()
    };
    vec![
        bad("status_no_sub", "no sub", without(2)),
        bad("status_no_exp", "no exp", without(4)),
        bad("status_no_iat", "no iat", without(6)),
        bad("status_no_list", "no list", without(65533)),
        bad("status_newer_claim", "one more claim", set(1, text("https://example.org"))),
        bad("status_sub_web", "a web address as sub", sub("https://example.org/statuslists/1")),
        bad("status_sub_no_number", "a sub without number", sub("sceau:MA-EXEMPLE")),
        bad("status_sub_empty_number", "a sub with an empty number", sub("sceau:MA-EXEMPLE/")),
        bad("status_sub_letters", "a sub with letters for a number", sub("sceau:MA-EXEMPLE/I")),
        bad(
            "status_sub_leading_zero",
            "a sub with the number 01: one list would have several names",
            sub("sceau:MA-EXEMPLE/01"),
        ),
        bad("status_sub_sign", "a sub with the number +1", sub("sceau:MA-EXEMPLE/+1")),
        bad("status_sub_lower_id", "a sub with an id in lower case", sub("sceau:ma-exemple/1")),
        bad("status_sub_2_64", "a sub with the number 2^64", sub("sceau:MA-EXEMPLE/18446744073709551616")),
        bad("status_sub_bytes", "the sub as a byte string", set(2, bytes(b"sceau:MA-EXEMPLE/1"))),
        bad("status_exp_2_40", "exp at 2^40", set(4, uint(LAST_TIME + 1))),
        bad("status_exp_text", "exp as a text", set(4, text("2026-08-10"))),
        bad("status_iat_2_40", "iat of 2^40", set(6, uint(LAST_TIME + 1))),
        bad("status_iat_negative", "iat of -1", set(6, int(-1))),
        bad("status_iat_float", "iat as a float", set(6, joined(vec![0xfb], &(AS_OF as f64).to_be_bytes()))),
        bad("status_ttl_negative", "a negative ttl", set(65534, int(-1))),
        bad("status_bits_1", "one bit an entry", inner(&[(text("lst"), stream()), (text("bits"), uint(1))])),
        bad("status_bits_4", "four bits an entry", inner(&[(text("lst"), stream()), (text("bits"), uint(4))])),
        bad("status_no_bits", "no bits", inner(&[(text("lst"), stream())])),
        bad("status_no_lst", "no lst", inner(&[(text("bits"), uint(2))])),
        bad("status_list_unsorted", "bits before lst", inner(&[(text("bits"), uint(2)), (text("lst"), stream())])),
        bad(
            "status_list_longer",
            "an aggregation_uri in the list",
            inner(&[
                (text("lst"), stream()),
                (text("bits"), uint(2)),
                (text("aggregation_uri"), text("https://example.org")),
            ]),
        ),
        bad("status_lst_text", "lst as a text", inner(&[(text("lst"), text("eNpj")), (text("bits"), uint(2))])),
        bad(
            "status_claims_indefinite",
            "the claims of indefinite length, signed again",
            signed(indefinite_map(&status_list().claims.pairs())),
        ),
        bad(
            "status_claims_byte_after",
            "a zero byte behind the claims, signed again",
            signed(joined(status_list().claims.encoded(), &[0])),
        ),
    ]
}

fn streams() -> Vec<Case> {
    let states = packed(&STATES);
    let whole = zlib(&states);
    let bad = |name, spec, comment, stream: &[u8]| malformed(name, spec, comment, set(65533, list(stream)));
    let zeros = |length: usize| {
        let mut block = crate::deflate::Bits::fixed();
        (0..1 + (length - 1) % 258).for_each(|_| block.literal(0));
        (0..(length - 1) / 258).for_each(|_| block.repetition(258, 1));
        wrapped(None, &block.end(), adler32(&vec![0; length]))
    };
    let large = set(65533, list(&zeros(1 << 22)));
    vec![
        bad("status_lst_empty", "STA-1, ZIP-1", "lst of no bytes", &[]),
        bad("status_lst_raw", "STA-1, ZIP-1", "the entries without zlib", &states),
        bad("status_lst_no_checksum", "STA-1, ZIP-1", "the Adler-32 is missing", &whole[..whole.len() - 4]),
        bad(
            "status_lst_wrong_checksum",
            "STA-1, ZIP-1",
            "a wrong Adler-32",
            &wrapped(None, &whole[2..whole.len() - 4], adler32(b"other")),
        ),
        bad("status_lst_byte_after", "STA-1", "a zero byte behind the stream", &joined(whole.clone(), &[0])),
        bad(
            "status_lst_crc",
            "STA-1",
            "a CRC-32 behind the stream, as documents have it",
            &crate::deflate::checked(&whole),
        ),
        bad(
            "status_lst_small_window",
            "STA-1",
            "a zlib stream with a window of 16 KiB starts with 0x68",
            &[&[0x68, 0x81], &whole[2..]].concat(),
        ),
        bad("status_lst_dictionary", "STA-1, ZIP-1", "a stream with a dictionary", &zlib_with(b"status", &states)),
        bad(
            "status_lst_4_mib_and_1",
            "STA-1",
            "a list of 4 MiB and one byte when inflated, 26 KB as it stands",
            &zeros((1 << 22) + 1),
        ),
        with_lists(
            "status_lst_4_mib",
            "genuine",
            "STA-1",
            "a list of exactly 4 MiB when inflated",
            "a right list would be refused",
            vec![large],
        ),
        bad(
            "status_lst_gzip",
            "STA-1, ZIP-1",
            "a gzip stream",
            &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
    ]
}

fn signatures() -> Vec<Case> {
    let bad = |name, comment, list| with_lists(name, "status-unsigned", "STA-2", comment, FORGED, vec![list]);
    let by = |signer: Signer| StatusList::new("sceau:MA-EXEMPLE/1", &STATES, signer).encoded();
    let parts = status_list().envelope();
    let protected = status_list().protected.encoded();
    let aad = |aad: &str| Envelope::signed(&status_key(), &protected, aad, &parts.payload).encoded();
    let right: [u8; 64] = parts.signature.clone().try_into().unwrap_or([0; 64]);
    let mut flipped = right;
    flipped[50] ^= 4;
    let two_boards = |signer: &str| {
        let mut trust = small_trust();
        let theirs = key_entry(&Signer::named("their status").public, 2, 0, LAST_TIME);
        trust.authorities.push(Authority::board("MA-AUTRE", "Autre académie", vec![theirs]));
        let mut pack = pack_of(&trust);
        pack.status = vec![StatusList::new("sceau:MA-EXEMPLE/1", &STATES, Signer::named(signer)).encoded()];
        pack.encoded()
    };
    vec![
        bad("status_stranger", "signed by a key that is on no list", by(stranger())),
        bad("status_by_session_key", "signed by a key of use 1 of the authority", by(session_key())),
        bad("status_by_root", "signed by the root", by(small_root())),
        case(
            "status_by_other_board",
            "status-unsigned",
            "STA-2",
            "signed by the status key of another authority",
            FORGED,
            example_text(),
        )
        .with_packs(vec![Side::new("status_by_other_board", two_boards("their status"))]),
        bad("status_other_sub", "the sub names an authority that is not on the list", set(2, text("sceau:MA-AUTRE/1"))),
        bad("status_flipped", "one bit of the signature flipped", parts.clone().with_signature(&flipped).encoded()),
        bad("status_s_plus_l", "L added to S", parts.clone().with_signature(&with_order_added(right, 1)).encoded()),
        bad("status_aad_document", "external_aad of a sealed document", aad("sceau/1/document")),
        bad("status_aad_trust", "external_aad of a trust list", aad("sceau/1/trust-list")),
        bad("status_aad_empty", "empty external_aad", aad("")),
        bad("status_altered", "one entry altered, not signed again", {
            let mut other = status_list();
            other.claims = other.claims.with(65533, list(&zlib(&packed(&[0; 16]))));
            other.envelope().with_signature(&right).encoded()
        }),
        bad("status_before_window", "made a second before the key's signing window", set(6, uint(WINDOW_FIRST - 1))),
        bad("status_after_window", "made a second after the key's signing window", set(6, uint(WINDOW_LAST + 1))),
        with_status_key(
            "status_after_closing",
            "status-unsigned",
            "made a second after the status key was closed",
            9,
            AS_OF - 1,
        ),
        with_status_key(
            "status_key_compromised",
            "status-unsigned",
            "the status key was found compromised, later",
            10,
            AS_OF + 86_400,
        ),
        bad("status_stranger_under_kid", "a stranger signs under the status key's kid", {
            Envelope::signed(&stranger(), &protected, crate::cose::STATUS_LIST, &parts.payload).encoded()
        }),
    ]
}

fn several() -> Vec<Case> {
    let one = || status_list().encoded();
    let other = |number: u64| StatusList::new(&format!("sceau:MA-EXEMPLE/{number}"), &[1; 8], status_key()).encoded();
    let mut later = status_list();
    later.claims = later.claims.with(6, uint(AS_OF + 1));
    vec![
        with_lists("status_twice", "status-malformed", "STA-3", "the same list twice", GUESS, vec![one(), one()]),
        with_lists(
            "status_two_states",
            "status-malformed",
            "STA-3",
            "two lists of one sub, the second a second younger",
            GUESS,
            vec![one(), later.encoded()],
        ),
        with_lists(
            "status_twice_apart",
            "status-malformed",
            "STA-3",
            "lists 1, 2 and 1",
            GUESS,
            vec![one(), other(2), one()],
        ),
        with_lists(
            "status_three",
            "genuine",
            "STA-3, VER-4",
            "lists 2, 1 and 3; only list 1 says that the document is in force",
            GUESS,
            vec![other(2), one(), other(3)],
        ),
        with_lists(
            "status_second_refused",
            "status-unsigned",
            "STA-2, PCK-3",
            "list 1 is right, list 2 is a stranger's: the pack is refused whole",
            FORGED,
            vec![one(), StatusList::new("sceau:MA-EXEMPLE/2", &STATES, stranger()).encoded()],
        ),
    ]
}
