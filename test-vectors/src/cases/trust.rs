//! Trust lists (SPEC section 7): envelope and claims. The document is always the example.

use crate::case::{Case, Side, case};
use crate::cbor::{
    Bytes, Fields, array, bytes, indefinite_array, indefinite_bytes, int, joined, pairs, tag, text, texts, uint,
    wide_head,
};
use crate::cose::{TRUST_LIST, header};
use crate::documents::example_text;
use crate::sign::{Signer, sha256};
use crate::trust::{Authority, Trust, TrustParts, entry, signed_parts, with_longer_payload};
use crate::world::{LAST_TIME, small_root, small_trust, status_list};

const GUESS: &str = "a list that two verifiers read differently would decide";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), envelope(), claims(), authorities()].concat()
}

/// The example, judged by a pack whose trust list has these bytes.
pub(crate) fn with_list(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, list: Bytes) -> Case {
    let pack = crate::pack::Pack { trust: list, status: vec![status_list().encoded()], ..Default::default() };
    case(name, expect, spec, comment, effect, example_text()).with_packs(vec![Side::new(name, pack.encoded())])
}

/// The small list with one thing changed, signed again.
pub(crate) fn edited(edit: impl FnOnce(&mut Trust)) -> Bytes {
    let mut trust = small_trust();
    edit(&mut trust);
    trust.encoded()
}

fn malformed(name: &str, comment: &str, list: Bytes) -> Case {
    with_list(name, "trust-malformed", "TRU-1", comment, GUESS, list)
}

fn accepted() -> Vec<Case> {
    let good =
        |name, spec, comment, list| with_list(name, "genuine", spec, comment, "a right list would be refused", list);
    vec![
        good("trust_small", "TRU-1, TRU-3, TRU-4", "one root, one authority, two keys", small_trust().encoded()),
        with_list(
            "trust_past_next_update",
            "status-old",
            "TRU-1, VER-10",
            "the next update was due long ago; the list still serves, and every status is old",
            "a right list would be refused, or an old one would pass for the present one",
            edited(|trust| trust.claims = trust.claims.clone().with(3, uint(1_781_000_001))),
        ),
        good(
            "trust_ranges",
            "TRU-1, TRU-2",
            "the highest version, an id of 32 characters and one of 4, a name in eight languages",
            edited(|trust| {
                trust.claims = trust.claims.clone().with(1, uint(u64::from(u32::MAX)));
                let mut long = Authority::board("MA-EFGHIJKLMNOPQRSTUVWXYZ-012389", "Longue", vec![]);
                let names =
                    ["ar", "de", "en", "es", "fr", "it", "pt", "zgh"].map(|language| (text(language), text("Nom")));
                long.fields = long.fields.with(
                    2,
                    names.into_iter().fold(Fields::new(), |map, (key, value)| map.with_key(key, value)).encoded(),
                );
                trust.authorities.extend([long, Authority::board("MA-9", "Courte", vec![])]);
            }),
        ),
    ]
}

/// The outer object and the headers; the payload is as it must be.
fn envelope() -> Vec<Case> {
    let with = |edit: fn(&mut TrustParts)| {
        let mut parts = small_trust().parts();
        edit(&mut parts);
        parts.encoded()
    };
    let signer = small_root();
    let signed_with = |protected: Bytes| {
        let mut parts = small_trust().parts();
        let payload = small_trust().payload();
        let message =
            array(&[text("Signature"), bytes(&[]), bytes(&protected), bytes(TRUST_LIST.as_bytes()), bytes(&payload)]);
        parts.signatures = vec![entry(&protected, &signer.sign(&message))];
        parts.encoded()
    };
    let whole = small_trust().encoded();
    let right = header(signer.kid());
    vec![
        malformed("trust_no_bytes", "an empty byte string", vec![]),
        malformed("trust_untagged", "no tag 98", small_trust().parts().untagged()),
        malformed("trust_tag_18", "tag 18 instead of 98", tag(18, &small_trust().parts().untagged())),
        malformed(
            "trust_wide_tag",
            "the tag in two bytes more",
            joined(wide_head(6, 98, 2), &small_trust().parts().untagged()),
        ),
        malformed("trust_byte_after", "a zero byte behind the list", joined(whole.clone(), &[0])),
        malformed("trust_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        malformed("trust_indefinite_signatures", "the array of signatures of indefinite length", {
            let parts = small_trust().parts();
            let signatures = indefinite_array(&parts.signatures);
            tag(98, &array(&[parts.protected, parts.unprotected, parts.payload, signatures]))
        }),
        malformed(
            "trust_protected_filled",
            "an algorithm in the outer protected header",
            with(|parts| parts.protected = bytes(&pairs(&[(uint(1), int(-19))]))),
        ),
        malformed(
            "trust_protected_empty_map",
            "the outer protected header is an encoded empty map",
            with(|parts| parts.protected = bytes(&pairs(&[]))),
        ),
        malformed(
            "trust_unprotected_filled",
            "an entry in the outer unprotected header",
            with(|parts| parts.unprotected = pairs(&[(uint(4), bytes(b"1"))])),
        ),
        malformed(
            "trust_payload_chunks",
            "the payload in chunks",
            with(|parts| {
                let payload = small_trust().payload();
                parts.payload = indefinite_bytes(&[&payload[..9], &payload[9..]]);
            }),
        ),
        malformed("trust_no_payload", "null as payload (detached)", with(|parts| parts.payload = vec![0xf6])),
        malformed("trust_no_signature", "an empty array of signatures", with(|parts| parts.signatures.clear())),
        malformed(
            "trust_33_signatures",
            "33 signatures",
            with(|parts| parts.signatures = vec![parts.signatures[0].clone(); 33]),
        ),
        malformed(
            "trust_signature_63",
            "a signature of 63 bytes",
            with(|parts| parts.signatures = vec![entry(&header(small_root().kid()).encoded(), &[1; 63])]),
        ),
        malformed(
            "trust_signature_kid_5",
            "a signature with a kid of five bytes, signed with this header",
            signed_with(right.clone().with(4, bytes(&[0; 5])).encoded()),
        ),
        malformed(
            "trust_signature_header_longer",
            "a signature with one more header entry, signed with this header",
            signed_with(right.clone().with(3, uint(0)).encoded()),
        ),
        malformed(
            "trust_signature_header_wide",
            "a signature whose header has a wide integer, signed with this header",
            signed_with(right.clone().with(1, wide_head(1, 18, 1)).encoded()),
        ),
        malformed(
            "trust_signature_unprotected",
            "a signature with an entry in its unprotected header",
            with(|parts| {
                let filled = pairs(&[(uint(4), bytes(b"1"))]);
                parts.signatures =
                    vec![array(&[bytes(&header(small_root().kid()).encoded()), filled, bytes(&[1; 64])])];
            }),
        ),
        malformed("trust_single_signature", "a COSE_Sign1 instead of a COSE_Sign", {
            crate::cose::Envelope::signed(&signer, &right.encoded(), TRUST_LIST, &small_trust().payload()).encoded()
        }),
        malformed(
            "trust_payload_byte_after",
            "a zero byte behind the claims, signed again",
            with_longer_payload(&small_trust().payload(), &[0], std::slice::from_ref(&signer)),
        ),
        malformed("trust_payload_empty", "a payload of no bytes, signed again", signed_parts(&[], &[signer]).encoded()),
    ]
}

fn claims() -> Vec<Case> {
    let set = |label: i64, value: Bytes| edited(|trust| trust.claims = trust.claims.clone().with(label, value));
    let without = |label: i64| {
        let payload = small_trust().payload();
        let claims = Fields::new().with(4, small_trust().root_set()).with(6, array(&[]));
        let mut all = Fields(small_trust().claims.0.into_iter().chain(claims.0).collect());
        all = all.without(label);
        assert_ne!(payload, all.encoded());
        signed_parts(&all.encoded(), &[small_root()]).encoded()
    };
    let root_set = |threshold: Bytes, roots: Bytes| set(4, array(&[threshold, roots]));
    let key = || bytes(&small_root().public);
    vec![
        malformed("trust_version_0", "version 0", set(1, uint(0))),
        malformed("trust_version_2_32", "version 2^32", set(1, uint(1 << 32))),
        malformed("trust_version_text", "the version as a text", set(1, text("3"))),
        malformed("trust_issued_2_40", "issued at 2^40", set(2, uint(LAST_TIME + 1))),
        malformed("trust_update_negative", "next update before 1970", set(3, int(-1))),
        malformed("trust_owner_empty", "an owner without a name", set(5, text(""))),
        malformed("trust_owner_hidden", "U+202E in the owner's name", set(5, text("Liste \u{202e}etsiL"))),
        malformed("trust_owner_blank", "a blank behind the owner's name", set(5, text("Liste "))),
        malformed("trust_no_version", "no version", without(1)),
        malformed("trust_no_next_update", "no next update", without(3)),
        malformed("trust_no_roots", "no label 4", without(4)),
        malformed("trust_no_authorities", "no label 6", without(6)),
        malformed("trust_label_7", "a label 7 that nobody knows", set(7, uint(0))),
        malformed("trust_owner_241", "an owner of 241 letters", set(5, text(&"a".repeat(241)))),
        malformed("trust_float", "a float at label 10", set(10, vec![0xf9, 0, 0])),
        malformed("trust_threshold_0", "a threshold of 0", root_set(uint(0), array(&[key()]))),
        malformed("trust_threshold_17", "a threshold of 17", root_set(uint(17), array(&[key()]))),
        malformed("trust_roots_none", "no root", root_set(uint(1), array(&[]))),
        malformed(
            "trust_roots_17",
            "17 roots",
            edited(|trust| trust.roots.extend((0..16).map(|number| Signer::named(&format!("many {number}")).public))),
        ),
        malformed("trust_root_31", "a root of 31 bytes", root_set(uint(1), array(&[key(), bytes(&[1; 31])]))),
        malformed("trust_root_text", "a root as text", root_set(uint(1), array(&[key(), text(&"a".repeat(32))]))),
        malformed(
            "trust_roots_longer",
            "a third entry in label 4",
            set(4, array(&[uint(1), array(&[key()]), uint(0)])),
        ),
    ]
}

fn authorities() -> Vec<Case> {
    let with = |label: i64, value: Bytes| {
        edited(|trust| trust.authorities[0].fields = trust.authorities[0].fields.clone().with(label, value))
    };
    let without =
        |label: i64| edited(|trust| trust.authorities[0].fields = trust.authorities[0].fields.clone().without(label));
    let names = |pairs_of: &[(&str, &str)]| {
        let all: Vec<_> = pairs_of.iter().map(|(language, name)| (text(language), text(name))).collect();
        with(2, pairs(&all))
    };
    let second = |id: &str| {
        let authority = Authority::board(id, "Autre", vec![]);
        edited(|trust| trust.authorities.push(authority))
    };
    let nine = ["ar", "de", "en", "es", "fr", "it", "pt", "ta", "zgh"].map(|language| (language, "Nom"));
    vec![
        malformed("trust_id_1", "an id of one character", second("A")),
        malformed("trust_id_33", "an id of 33 characters", second(&format!("MA-{}", "A".repeat(30)))),
        malformed("trust_id_lower", "an id in lower case", second("ma-autre")),
        malformed("trust_id_slash", "a slash in an id", second("MA-1/")),
        with_list(
            "trust_id_twice",
            "trust-malformed",
            "TRU-3",
            "two authorities of one id",
            GUESS,
            second("MA-EXEMPLE"),
        ),
        malformed("trust_no_names", "an authority without label 2", without(2)),
        malformed("trust_names_none", "an authority whose names are none", names(&[])),
        malformed("trust_names_nine", "names in nine languages", names(&nine)),
        malformed(
            "trust_names_unsorted",
            "names whose languages are not in order",
            names(&[("fr", "Académie"), ("ar", "أكاديمية")]),
        ),
        malformed("trust_names_language", "a language in upper case", names(&[("FR", "Académie")])),
        malformed("trust_names_twice", "one language twice", names(&[("fr", "Académie"), ("fr", "Autre")])),
        malformed("trust_names_hidden", "U+200B in an authority's name", names(&[("fr", "Aca\u{200b}démie")])),
        malformed("trust_names_blank", "a blank before an authority's name", names(&[("fr", " Académie")])),
        malformed("trust_names_241", "a name of 241 letters", names(&[("fr", &"a".repeat(241))])),
        malformed("trust_names_language_13", "a language of thirteen", names(&[("zgh-tfng-x-ab", "Nom")])),
        malformed("trust_country_lower", "a country in lower case", with(3, text("ma"))),
        malformed("trust_country_3", "a country of three letters", with(3, text("MAR"))),
        malformed("trust_role_0", "role 0", with(4, uint(0))),
        malformed("trust_role_3", "role 3", with(4, uint(3))),
        malformed(
            "trust_keys_missing",
            "an authority without label 5",
            edited(|trust| {
                let fields = trust.authorities[0].fields.clone();
                trust.claims = trust.claims.clone().with(6, array(&[fields.encoded()]));
            }),
        ),
        malformed("trust_dictionaries_none", "label 6 is there and empty", with(6, array(&[]))),
        malformed("trust_dictionary_31", "a dictionary's digest of 31 bytes", with(6, array(&[bytes(&[1; 31])]))),
        malformed(
            "trust_dictionaries_1025",
            "1,025 digests of dictionaries",
            with(6, array(&(0..1_025u32).map(|number| bytes(&sha256(&number.to_be_bytes()))).collect::<Vec<_>>())),
        ),
        malformed("trust_authority_label_10", "a label 10 of an authority that nobody knows", with(10, uint(0))),
        malformed(
            "trust_authority_array",
            "an authority that is an array",
            edited(|trust| trust.claims = trust.claims.clone().with(6, array(&[texts(&["MA-EXEMPLE"])]))),
        ),
        malformed(
            "trust_authorities_1001",
            "1,001 authorities",
            edited(|trust| {
                let more = (0..1000).map(|number| Authority::board(&format!("MA-{number}"), "N", vec![]));
                trust.authorities.extend(more);
            }),
        ),
    ]
}
