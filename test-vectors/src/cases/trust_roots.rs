//! Trust lists (SPEC section 7): who must sign them. The document is always the example.

use super::trust::{edited, with_list};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, text, uint, uints};
use crate::cose::{TRUST_LIST, header};
use crate::documents::example_text;
use crate::sign::with_order_added;
use crate::trust::{Trust, TrustParts, entry, signature, signature_under, signed_parts};
use crate::world::{root, small_root, small_trust, stranger};

const GUESS: &str = "a list that two verifiers read differently would decide";
const FOISTED: &str = "somebody else's list would decide what is genuine";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [signatures(), thresholds(), roots()].concat()
}

fn signatures() -> Vec<Case> {
    let payload = small_trust().payload();
    let of = |signatures: Vec<Bytes>| {
        let mut parts = small_trust().parts();
        parts.signatures = signatures;
        parts.encoded()
    };
    let bad = |name, comment, list| with_list(name, "trust-unsigned", "TRU-4", comment, FOISTED, list);
    let right = signature(&small_root(), &payload);
    let protected = header(small_root().kid()).encoded();
    let signed: [u8; 64] = right[right.len() - 64..].try_into().unwrap_or([0; 64]);
    let mut flipped = signed;
    flipped[3] ^= 1;
    let mut altered = small_trust();
    altered.claims = altered.claims.with(1, uint(4));
    let moved = signed_parts(&altered.payload(), &[]);
    vec![
        bad("trust_signature_flipped", "one bit of the only signature flipped", of(vec![entry(&protected, &flipped)])),
        bad(
            "trust_signature_s_plus_l",
            "L added to S of the only signature",
            of(vec![entry(&protected, &with_order_added(signed, 1))]),
        ),
        bad(
            "trust_signature_stranger",
            "signed by a stranger alone, who is passed over",
            of(vec![signature(&stranger(), &payload)]),
        ),
        bad("trust_signature_stranger_as_root", "a stranger signs under the root's kid", {
            let message = array(&[
                text("Signature"),
                bytes(&[]),
                bytes(&protected),
                bytes(TRUST_LIST.as_bytes()),
                bytes(&payload),
            ]);
            of(vec![entry(&protected, &stranger().sign(&message))])
        }),
        bad("trust_signature_old_payload", "the version is altered, the signature is that of the former one", {
            TrustParts { signatures: vec![right.clone()], ..moved }.encoded()
        }),
        bad(
            "trust_signature_aad_document",
            "external_aad of a sealed document",
            of(vec![signature_under(&small_root(), &payload, "Signature", "sceau/1/document")]),
        ),
        bad(
            "trust_signature_aad_status",
            "external_aad of a status list",
            of(vec![signature_under(&small_root(), &payload, "Signature", "sceau/1/status-list")]),
        ),
        bad(
            "trust_signature_context",
            "the context \"Signature1\"",
            of(vec![signature_under(&small_root(), &payload, "Signature1", TRUST_LIST)]),
        ),
        bad("trust_signature_zero", "64 zero bytes as signature", of(vec![entry(&protected, &[0; 64])])),
        bad(
            "trust_signature_by_entry",
            "signed by the key of the session, which is no root",
            of(vec![signature(&crate::world::session_key(), &payload)]),
        ),
        bad("trust_signature_neutral", "R is the neutral point and S fits", {
            let message = array(&[
                text("Signature"),
                bytes(&[]),
                bytes(&protected),
                bytes(TRUST_LIST.as_bytes()),
                bytes(&payload),
            ]);
            let neutral = crate::sign::small_order_points()[0];
            of(vec![entry(&protected, &small_root().sign_without_nonce(&neutral, &message))])
        }),
        with_list(
            "trust_signature_passed_over",
            "genuine",
            "TRU-4",
            "a stranger's signature beside the root's is passed over",
            "a right list would be refused",
            of(vec![signature(&stranger(), &payload), right.clone()]),
        ),
        bad(
            "trust_signature_one_fails",
            "the root's signature twice, the second does not hold",
            of(vec![right.clone(), entry(&protected, &flipped)]),
        ),
        with_list(
            "trust_signature_twice_of_one",
            "genuine",
            "TRU-4",
            "the root's signature twice where one is needed",
            "a right list would be refused",
            of(vec![right.clone(), right]),
        ),
    ]
}

/// Two of three roots must sign.
fn thresholds() -> Vec<Case> {
    let by = |numbers: &[u8]| {
        edited(|trust| {
            trust.threshold = 2;
            trust.roots = vec![root(1).public, root(2).public, root(3).public];
            trust.signers = numbers.iter().map(|number| root(*number)).collect();
        })
    };
    let bad = |name, comment, list| {
        with_list(name, "trust-unsigned", "TRU-4", comment, "one stolen root would be enough", list)
    };
    let third_fails = {
        let mut trust = small_trust();
        trust.threshold = 2;
        trust.roots = vec![root(1).public, root(2).public, root(3).public];
        trust.signers = vec![root(1), root(2)];
        let mut parts = trust.parts();
        parts.signatures.push(entry(&header(root(3).kid()).encoded(), &[7; 64]));
        parts.encoded()
    };
    vec![
        with_list(
            "trust_threshold_met",
            "genuine",
            "TRU-4",
            "roots 2 and 3 of three, two are needed",
            "a right list would be refused",
            by(&[2, 3]),
        ),
        bad("trust_threshold_one", "root 1 alone, two are needed", by(&[1])),
        bad("trust_threshold_one_twice", "root 1 twice: two signatures, one key", by(&[1, 1])),
        bad("trust_threshold_third_fails", "roots 1 and 2 are enough, but that of root 3 does not hold", third_fails),
        with_list(
            "trust_threshold_above_roots",
            "trust-malformed",
            "TRU-3",
            "a threshold of 2 with one root",
            GUESS,
            edited(|trust| trust.threshold = 2),
        ),
    ]
}

fn roots() -> Vec<Case> {
    let pack = || Side::new("trust_small", crate::world::pack_of(&small_trust()).encoded());
    let right = small_trust().fingerprint();
    let usurper = |trust: &mut Trust| {
        trust.roots = vec![stranger().public];
        trust.signers = vec![stranger()];
    };
    let foreign = |name, comment, list, held: String| {
        with_list(name, "trust-foreign-root", "TRU-5", comment, FOISTED, list).holding(held)
    };
    let mut two_roots = small_trust();
    two_roots.roots.push(stranger().public);
    let roots_only = crate::cbor::array(&[bytes(&small_root().public)]);
    let hex = |digest: [u8; 32]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    vec![
        case(
            "trust_root_held",
            "genuine",
            "TRU-5",
            "the verifier holds the fingerprint of this list's roots",
            "a right list would be refused",
            example_text(),
        )
        .with_packs(vec![pack()])
        .holding(right.clone()),
        foreign("trust_root_foreign", "a list with its own root, rightly signed by it", edited(usurper), right.clone()),
        foreign(
            "trust_root_added",
            "one root more than those whose fingerprint is held, signed by both",
            edited(|trust| {
                trust.roots.push(stranger().public);
                trust.signers.push(stranger());
            }),
            right.clone(),
        ),
        foreign(
            "trust_root_threshold",
            "the same roots with another threshold",
            {
                edited(|trust| {
                    trust.roots.push(stranger().public);
                    trust.threshold = 2;
                    trust.signers.push(stranger());
                })
            },
            two_roots.fingerprint(),
        ),
        foreign(
            "trust_root_order",
            "the same two roots in the other order",
            edited(|trust| trust.roots.insert(0, stranger().public)),
            two_roots.fingerprint(),
        ),
        foreign(
            "trust_root_of_keys",
            "the fingerprint held is SHA-256 of the roots without the threshold",
            small_trust().encoded(),
            hex(crate::sign::sha256(&roots_only)),
        ),
        foreign("trust_root_zero", "the fingerprint held is zero", small_trust().encoded(), hex([0; 32])),
        case(
            "trust_root_second_pack",
            "trust-foreign-root",
            "TRU-5, PCK-3",
            "the second of two packs has another root than the one held",
            FOISTED,
            example_text(),
        )
        .with_packs(vec![
            pack(),
            Side::new("root_foreign", {
                let mut trust = small_trust();
                usurper(&mut trust);
                crate::world::pack_of(&trust).encoded()
            }),
        ])
        .holding(right),
        with_list(
            "trust_entry_uints",
            "trust-malformed",
            "TRU-1",
            "the list's roots are integers",
            GUESS,
            edited(|trust| trust.claims = trust.claims.clone().with(4, array(&[uint(1), uints(&[1])]))),
        ),
    ]
}
