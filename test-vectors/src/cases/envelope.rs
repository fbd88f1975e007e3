//! Envelope (SPEC section 5, before the signature).

use crate::case::{Case, case};
use crate::cbor::{
    Bytes, Fields, array, bytes, indefinite_array, indefinite_bytes, indefinite_map, int, joined, pairs, tag, text,
    uint, wide_head,
};
use crate::cose::{DOCUMENT, Envelope, header};
use crate::documents::{attestation, claims};
use crate::text::symbol;
use crate::world::{session_key, status_list};

const ONE_FORM: &str = "one document would have several encodings, each of them genuine";
const UNREAD: &str = "a header that is not understood would be passed over";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), outer(), parts(), protected(), not_signed_again(), other_objects()].concat()
}

fn payload() -> Bytes {
    claims(attestation()).encoded()
}

fn sealed() -> Envelope {
    Envelope::sealed(&session_key(), &payload())
}

fn bad(name: &str, spec: &str, comment: &str, effect: &str, encoded: &[u8]) -> Case {
    case(name, "envelope-malformed", spec, comment, effect, symbol(encoded))
}

fn accepted() -> Vec<Case> {
    vec![
        case(
            "envelope_attestation",
            "genuine",
            "ENV-1, ENV-2, ENV-3",
            "the least document, untouched",
            "a genuine document would be refused",
            symbol(&sealed().encoded()),
        ),
        case(
            "envelope_signed_twice",
            "genuine",
            "ENV-2, SIG-4",
            "another signature of the same payload, made with another nonce",
            "a genuine document would be refused",
            {
                let envelope = sealed();
                let other = session_key().sign_with_other_nonce(&envelope.message());
                symbol(&envelope.with_signature(&other).encoded())
            },
        ),
    ]
}

/// The outer object written otherwise; its signature holds, for that covers the parts only.
fn outer() -> Vec<Case> {
    let whole = sealed().encoded();
    let items = sealed().items();
    let tagged = |array: Bytes| tag(18, &array);
    let with = |index: usize, item: Bytes| {
        let mut items = sealed().items();
        items[index] = item;
        tagged(array(&items))
    };
    let wide = |content: &[u8], width| joined(wide_head(2, content.len() as u64, width), content);
    let parts = sealed();
    let case = |name, spec, comment, encoded: Bytes| bad(name, spec, comment, ONE_FORM, &encoded);
    vec![
        case(
            "envelope_wide_array",
            "ENV-1, CBR-2",
            "the array's head in one byte more",
            tagged(joined(wide_head(4, 4, 1), &items.concat())),
        ),
        case(
            "envelope_wide_array_8",
            "ENV-1, CBR-2",
            "the array's head in eight bytes more",
            tagged(joined(wide_head(4, 4, 8), &items.concat())),
        ),
        case(
            "envelope_indefinite_array",
            "ENV-1, CBR-1",
            "the array of indefinite length",
            tagged(indefinite_array(&items)),
        ),
        case(
            "envelope_wide_protected",
            "ENV-1, CBR-2",
            "the protected header's length in one byte more",
            with(0, wide(&parts.protected, 1)),
        ),
        case(
            "envelope_wide_payload",
            "ENV-1, CBR-2",
            "the payload's length in four bytes",
            with(2, wide(&parts.payload, 4)),
        ),
        case(
            "envelope_wide_signature",
            "ENV-1, CBR-2",
            "the signature's length in two bytes",
            with(3, wide(&parts.signature, 2)),
        ),
        case(
            "envelope_wide_unprotected",
            "ENV-1, CBR-2",
            "the empty map's head in one byte more",
            with(1, wide_head(5, 0, 1)),
        ),
        case(
            "envelope_indefinite_unprotected",
            "ENV-1, CBR-1",
            "the empty map of indefinite length",
            with(1, indefinite_map(&[])),
        ),
        case(
            "envelope_indefinite_protected",
            "ENV-1, CBR-1",
            "the protected header in two chunks",
            with(0, indefinite_bytes(&[&parts.protected[..3], &parts.protected[3..]])),
        ),
        case(
            "envelope_indefinite_payload",
            "ENV-1, CBR-1",
            "the payload in two chunks",
            with(2, indefinite_bytes(&[&parts.payload[..50], &parts.payload[50..]])),
        ),
        case(
            "envelope_indefinite_signature",
            "ENV-1, CBR-1",
            "the signature in two chunks",
            with(3, indefinite_bytes(&[&parts.signature[..32], &parts.signature[32..]])),
        ),
        case("envelope_byte_after", "ENV-1, CBR-8", "a zero byte behind the object", joined(whole.clone(), &[0])),
        case(
            "envelope_object_after",
            "ENV-1, CBR-8",
            "the object twice, one behind the other",
            joined(whole.clone(), &whole),
        ),
        case("envelope_cut", "ENV-1, CBR-8", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        case("envelope_first_byte_only", "ENV-1, CBR-8", "the tag alone", vec![0xd2]),
        case("envelope_tag_twice", "ENV-2, CBR-5", "tag 18 twice", tag(18, &whole)),
        case(
            "envelope_tag_inside",
            "ENV-2, CBR-5",
            "a tag before the payload",
            with(2, tag(24, &bytes(&parts.payload))),
        ),
        case(
            "envelope_length_2_64",
            "ENV-1, CBR-8",
            "the payload's head announces 2^64 - 1 bytes",
            with(2, wide_head(2, u64::MAX, 8)),
        ),
    ]
}

fn parts() -> Vec<Case> {
    let with = |index: usize, item: Bytes| {
        let mut items = sealed().items();
        items[index] = item;
        tag(18, &array(&items))
    };
    let mut five = sealed().items();
    five.push(pairs(&[]));
    let three = &sealed().items()[..3];
    let map = pairs(&sealed().items().into_iter().zip(0..).map(|(item, at)| (uint(at), item)).collect::<Vec<_>>());
    let parts = sealed();
    let unprotected = |pair: (Bytes, Bytes)| with(1, pairs(&[pair]));
    let case = |name, comment, encoded: Bytes| bad(name, "ENV-2", comment, ONE_FORM, &encoded);
    vec![
        case("envelope_three_parts", "an array of three: no signature", tag(18, &array(three))),
        case("envelope_five_parts", "an array of five: an empty map behind the signature", tag(18, &array(&five))),
        case("envelope_empty_array", "an array of nothing", tag(18, &array(&[]))),
        case("envelope_map", "a map instead of the array", tag(18, &map)),
        case("envelope_bytes", "the object wrapped in a byte string", tag(18, &bytes(&sealed().untagged()))),
        case(
            "envelope_unprotected_kid",
            "the kid once more in the unprotected header",
            unprotected((uint(4), bytes(&session_key().kid()))),
        ),
        case(
            "envelope_unprotected_algorithm",
            "the algorithm once more in the unprotected header",
            unprotected((uint(1), int(-19))),
        ),
        case(
            "envelope_unprotected_key_url",
            "a web address for the key in the unprotected header",
            unprotected((uint(35), text("https://keys.example.org/"))),
        ),
        case(
            "envelope_unprotected_countersignature",
            "a countersignature in the unprotected header",
            unprotected((uint(11), bytes(&[0; 64]))),
        ),
        case("envelope_unprotected_bytes", "an empty byte string as unprotected header", with(1, bytes(&[]))),
        case("envelope_unprotected_array", "an empty array as unprotected header", with(1, array(&[]))),
        case("envelope_no_payload", "null as payload (detached)", with(2, vec![0xf6])),
        case(
            "envelope_empty_payload",
            "a payload of no bytes, rightly signed",
            Envelope::sealed(&session_key(), &[]).encoded(),
        ),
        case(
            "envelope_payload_text",
            "the payload as a text string",
            with(2, joined(crate::cbor::head(3, 40), &[b'a'; 40])),
        ),
        case("envelope_payload_map", "the claims as a map, not as a byte string", with(2, payload())),
        case("envelope_signature_63", "a signature of 63 bytes", with(3, bytes(&parts.signature[..63]))),
        case(
            "envelope_signature_65",
            "a signature of 65 bytes",
            with(3, bytes(&joined(parts.signature.clone(), &[0]))),
        ),
        case("envelope_signature_empty", "a signature of no bytes", with(3, bytes(&[]))),
        case("envelope_signature_text", "64 characters of text as signature", with(3, text(&"0".repeat(64)))),
        case(
            "envelope_protected_map",
            "the protected header as a map, not as a byte string",
            with(0, header(session_key().kid()).encoded()),
        ),
    ]
}

/// Protected headers that are not as they must be. The signature holds over them.
fn protected() -> Vec<Case> {
    let key = session_key();
    let right = header(key.kid());
    let signed = |protected: &[u8]| Envelope::signed(&key, protected, DOCUMENT, &payload()).encoded();
    let case = |name, comment: &str, fields: &Fields| {
        bad(name, "ENV-3", &format!("{comment}; signed with this header"), UNREAD, &signed(&fields.encoded()))
    };
    let bytewise = |name, spec, comment: &str, encoded: &[u8]| {
        bad(name, spec, &format!("{comment}; signed with this header"), ONE_FORM, &signed(encoded))
    };
    let kid = key.kid();
    let mut reversed = right.pairs();
    reversed.reverse();
    let twice = [right.pairs(), vec![(uint(4), bytes(&[0; 4]))]].concat();
    vec![
        case("envelope_algorithm_eddsa", "algorithm -8, the older EdDSA", &right.clone().with(1, int(-8))),
        case("envelope_algorithm_es256", "algorithm -7", &right.clone().with(1, int(-7))),
        case("envelope_algorithm_ed448", "algorithm -53, Ed448", &right.clone().with(1, int(-53))),
        case("envelope_algorithm_18", "algorithm 18 instead of -19", &right.clone().with(1, uint(18))),
        case("envelope_algorithm_text", "the algorithm as a text", &right.clone().with(1, text("Ed25519"))),
        case("envelope_algorithm_missing", "no algorithm", &right.clone().without(1)),
        case("envelope_kid_missing", "no kid", &right.clone().without(4)),
        case("envelope_kid_3", "a kid of three bytes", &right.clone().with(4, bytes(&kid[..3]))),
        case(
            "envelope_kid_5",
            "a kid of five bytes, the first four of them right",
            &right.clone().with(4, bytes(&[&kid[..], &[0]].concat())),
        ),
        case(
            "envelope_kid_8",
            "a kid of eight bytes",
            &right.clone().with(4, bytes(&crate::sign::sha256(&key.public)[..8])),
        ),
        case("envelope_kid_empty", "a kid of no bytes", &right.clone().with(4, bytes(&[]))),
        case("envelope_kid_text", "a kid of four characters of text", &right.clone().with(4, text("kid1"))),
        case(
            "envelope_kid_integer",
            "the kid as an integer",
            &right.clone().with(4, uint(u64::from(u32::from_be_bytes(kid)))),
        ),
        case("envelope_critical", "crit names a header that is not there", &right.clone().with(2, array(&[uint(4)]))),
        case("envelope_content_type", "a content type", &right.clone().with(3, text("application/sceau+cbor"))),
        case("envelope_header_text_key", "one more entry with a text key", &right.clone().with_key(text("x"), uint(1))),
        case("envelope_header_empty_map", "an empty map as protected header", &Fields::new()),
        bytewise("envelope_header_empty", "ENV-3", "a protected header of no bytes", &[]),
        bytewise("envelope_header_unsorted", "ENV-1, CBR-3", "kid before algorithm", &pairs(&reversed)),
        bytewise("envelope_header_duplicate", "ENV-1, CBR-3", "two kids", &pairs(&twice)),
        bytewise(
            "envelope_header_wide_algorithm",
            "ENV-1, CBR-2",
            "the algorithm in two bytes",
            &right.clone().with(1, wide_head(1, 18, 1)).encoded(),
        ),
        bytewise(
            "envelope_header_wide_map",
            "ENV-1, CBR-2",
            "the header's count of entries in one byte more",
            &joined(wide_head(5, 2, 1), &right.encoded()[1..]),
        ),
        bytewise(
            "envelope_header_indefinite",
            "ENV-1, CBR-1",
            "the header as a map of indefinite length",
            &indefinite_map(&right.pairs()),
        ),
        bytewise(
            "envelope_header_byte_after",
            "ENV-1, CBR-8",
            "a zero byte behind the header's map",
            &joined(right.encoded(), &[0]),
        ),
        bytewise(
            "envelope_header_array",
            "ENV-3",
            "an array instead of the header's map",
            &array(&[int(-19), bytes(&kid)]),
        ),
    ]
}

/// What is wrong with the envelope is said before the key is looked for.
fn not_signed_again() -> Vec<Case> {
    let stranger = crate::world::stranger();
    let both = Envelope::signed(&stranger, &header(stranger.kid()).with(1, int(-8)).encoded(), DOCUMENT, &payload());
    let mut flipped = sealed();
    flipped.protected[2] ^= 1;
    vec![
        bad(
            "envelope_before_key",
            "ENV-3",
            "algorithm -8 and a key that is on no list: the envelope is looked at first",
            "verifiers would differ in their code",
            &both.encoded(),
        ),
        bad(
            "envelope_flipped_algorithm",
            "ENV-3",
            "one bit of the algorithm flipped, not signed again",
            UNREAD,
            &flipped.encoded(),
        ),
    ]
}

fn other_objects() -> Vec<Case> {
    let typed = header(session_key().kid()).with(16, text("application/statuslist+cwt"));
    vec![
        case(
            "envelope_status_list",
            "unknown-issuer",
            "ENV-3, SIG-1",
            "a genuine status list in a QR code: its envelope is the same, its key is for status lists",
            "one kind of object would stand for another",
            symbol(&status_list().encoded()),
        ),
        bad(
            "envelope_typed",
            "ENV-3",
            "a type in the protected header, as status lists of other systems have it",
            UNREAD,
            &Envelope::signed(&session_key(), &typed.encoded(), DOCUMENT, &payload()).encoded(),
        ),
        bad(
            "envelope_claims_only",
            "ENV-2",
            "the claims without a signature behind tag 18",
            "unsigned claims would be shown",
            &tag(18, &payload()),
        ),
    ]
}
