//! Signatures of trust lists that this version passes over (SPEC section 7, GRO-3). The document is the example.

use super::trust::with_list;
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, bytes, int, joined, pairs, text, uint, wide_head};
use crate::cose::header;
use crate::documents::yes;
use crate::sign::Signer;
use crate::trust::{Trust, entry, signature};
use crate::world::{small_root, small_trust};

const LATER: &str = "a list with signatures of a later version would be refused";
const READ: &str = "a signature that nobody checks would count";
const LIMIT: &str = "what is passed over could hold what two verifiers read differently";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [signatures(), headers(), counts()].concat()
}

/// The root's signature with others beside it.
fn beside(others: Vec<Bytes>) -> Bytes {
    let mut parts = small_trust().parts();
    parts.signatures.extend(others);
    parts.encoded()
}

fn signatures() -> Vec<Case> {
    let good = |name, comment, other: Bytes| with_list(name, "genuine", "GRO-3", comment, LATER, beside(vec![other]));
    let other = |algorithm: i64| header(small_root().kid()).with(1, int(algorithm)).encoded();
    let alone = {
        let mut parts = small_trust().parts();
        let right = parts.signatures[0].clone();
        parts.signatures = vec![entry(&other(-8), &right[right.len() - 64..])];
        parts.encoded()
    };
    let of_two = edited_signatures(|trust| {
        trust.threshold = 2;
        trust.roots.push(Signer::named("second root").public);
    });
    vec![
        good(
            "trust_signature_other_algorithm",
            "a second signature of the root with algorithm -8",
            entry(&other(-8), &[7; 64]),
        ),
        good(
            "trust_signature_mldsa",
            "a signature of 2,420 bytes with algorithm -48",
            entry(&other(-48), &vec![7; 2_420]),
        ),
        good("trust_signature_algorithm_0", "a signature with algorithm 0", entry(&other(0), &[7; 64])),
        good(
            "trust_signature_algorithm_18",
            "a signature with algorithm 18 instead of -19",
            entry(&other(18), &[7; 64]),
        ),
        good("trust_signature_algorithm_short", "a signature of one byte with algorithm -8", entry(&other(-8), &[7])),
        good(
            "trust_signature_algorithm_no_kid",
            "a header of algorithm -8 alone",
            entry(&Fields::new().with(1, int(-8)).encoded(), &[7; 64]),
        ),
        good(
            "trust_signature_algorithm_more",
            "a header of algorithm -8 with a text at 4 and a label of text",
            entry(&Fields::new().with(1, int(-8)).with(4, text("kid")).with_key(text("x"), yes()).encoded(), &[7; 64]),
        ),
        good(
            "trust_signature_16384",
            "a signature of 16,384 bytes with algorithm -8",
            entry(&other(-8), &vec![7; 16_384]),
        ),
        with_list(
            "trust_signature_algorithm",
            "trust-unsigned",
            "GRO-3, TRU-4",
            "the only signature has algorithm -8: it is passed over, and none is left",
            READ,
            alone,
        ),
        with_list(
            "trust_signature_algorithm_counts_not",
            "trust-unsigned",
            "GRO-3, TRU-4",
            "two of two roots must sign; the second signs with algorithm -8",
            READ,
            of_two,
        ),
    ]
}

/// A list of two roots, the second of which signs with another algorithm.
fn edited_signatures(edit: impl FnOnce(&mut Trust)) -> Bytes {
    let mut trust = small_trust();
    edit(&mut trust);
    let mut parts = trust.parts();
    let second = Signer::named("second root");
    let right = signature(&second, &trust.payload());
    parts.signatures.push(entry(&header(second.kid()).with(1, int(-8)).encoded(), &right[right.len() - 64..]));
    parts.encoded()
}

fn headers() -> Vec<Case> {
    let bad = |name, comment, other: Bytes| {
        with_list(name, "trust-malformed", "GRO-3, TRU-1", comment, LIMIT, beside(vec![other]))
    };
    let protected = |fields: Fields| entry(&fields.encoded(), &[7; 64]);
    let usual = || header(small_root().kid());
    let right = usual().with(1, int(-8)).encoded();
    let long = |length: usize| {
        let bare = usual().with(1, int(-8)).with(9, bytes(&vec![0; 10_000])).encoded().len() - 10_000;
        usual().with(1, int(-8)).with(9, bytes(&vec![0; length - bare])).encoded()
    };
    vec![
        bad("trust_signature_algorithm_text", "an algorithm that is a text", protected(usual().with(1, text("ES256")))),
        bad("trust_signature_algorithm_true", "an algorithm that is true", protected(usual().with(1, yes()))),
        bad("trust_signature_algorithm_missing", "no algorithm", protected(usual().without(1))),
        bad("trust_signature_header_array", "a header that is an array", entry(&array(&[int(-8)]), &[7; 64])),
        bad("trust_signature_header_empty", "a header of no bytes", entry(&[], &[7; 64])),
        bad("trust_signature_header_empty_map", "a header that is an empty map", entry(&pairs(&[]), &[7; 64])),
        bad(
            "trust_signature_other_wide",
            "a wide algorithm -8",
            entry(&usual().with(1, wide_head(1, 7, 1)).encoded(), &[7; 64]),
        ),
        bad(
            "trust_signature_other_after",
            "a byte behind the header of algorithm -8",
            entry(&joined(right.clone(), &[0]), &[7; 64]),
        ),
        bad(
            "trust_signature_other_float",
            "a float in the header of algorithm -8",
            protected(usual().with(1, int(-8)).with(9, vec![0xf9, 0, 0])),
        ),
        bad(
            "trust_signature_other_unprotected",
            "algorithm -8 and an entry in the unprotected header",
            array(&[bytes(&right), pairs(&[(uint(4), bytes(b"1"))]), bytes(&[7; 64])]),
        ),
        bad(
            "trust_signature_other_text",
            "algorithm -8 and a signature that is a text",
            array(&[bytes(&right), pairs(&[]), text("x")]),
        ),
        bad("trust_signature_other_two", "algorithm -8 in an array of two", array(&[bytes(&right), pairs(&[])])),
        bad("trust_signature_16385", "algorithm -8 and a signature of 16,385 bytes", entry(&right, &vec![7; 16_385])),
        bad("trust_signature_header_16385", "algorithm -8 in a header of 16,385 bytes", entry(&long(16_385), &[7; 64])),
        with_list(
            "trust_signature_header_16384",
            "genuine",
            "GRO-3",
            "algorithm -8 in a header of 16,384 bytes",
            LATER,
            beside(vec![entry(&long(16_384), &[7; 64])]),
        ),
        bad(
            "trust_signature_ed25519_longer",
            "algorithm -19 with one more entry",
            protected(usual().with(64, bytes(&[]))),
        ),
        bad(
            "trust_signature_ed25519_65",
            "algorithm -19 with a signature of 65 bytes",
            entry(&usual().encoded(), &[7; 65]),
        ),
    ]
}

/// Signatures that are passed over count among the 32.
fn counts() -> Vec<Case> {
    let others = |count: usize| vec![entry(&header(small_root().kid()).with(1, int(-8)).encoded(), &[7; 64]); count];
    vec![
        with_list(
            "trust_signatures_32",
            "genuine",
            "GRO-3",
            "the root's signature and 31 of algorithm -8",
            LATER,
            beside(others(31)),
        ),
        with_list(
            "trust_signatures_33",
            "trust-malformed",
            "GRO-3, TRU-1",
            "the root's signature and 32 of algorithm -8",
            LIMIT,
            beside(others(32)),
        ),
    ]
}
