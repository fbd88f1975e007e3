//! Signature (SPEC section 5): what is signed, and how. Whose key it is is in `signature_keys`.

use crate::case::{Case, Side, case};
use crate::cbor::{array, bytes, text, uint, uints};
use crate::cose::{DOCUMENT, Envelope, aad, manifest, sig_structure};
use crate::documents::{attestation, claims};
use crate::legalisation::MINISTRY;
use crate::sign::{ORDER, non_canonical, small_order_points, with_order_added};
use crate::text::symbol;
use crate::trust::{Authority, document_key};
use crate::world::{BOARD, LAST_TIME, OTHER_BOARD, other_key, pack_of, session_key, small_trust, stranger};

const FORGED: &str = "a document could be altered, or made by somebody else";
const TWO_SIGNATURES: &str = "one document would have several encodings, and verifiers would differ";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [structures(), scalars(), points(), flips(), other()].concat()
}

pub(crate) fn payload() -> Vec<u8> {
    claims(attestation()).encoded()
}

pub(crate) fn sealed() -> Envelope {
    Envelope::sealed(&session_key(), &payload())
}

pub(crate) fn bad(name: &str, spec: &str, comment: &str, effect: &str, envelope: &Envelope) -> Case {
    case(name, "signature-invalid", spec, comment, effect, symbol(&envelope.encoded()))
}

/// Right key, right bytes, another thing signed.
fn structures() -> Vec<Case> {
    let key = session_key();
    let parts = sealed();
    let over = |message: &[u8]| parts.clone().with_signature(&key.sign(message));
    let over_aad = |aad: &[u8]| over(&sig_structure(&parts.protected, aad, &parts.payload));
    let aad = |kind: &str| over_aad(&aad(kind, BOARD));
    let aad_of = |kind: &str, authority: &str| over_aad(&crate::cose::aad(kind, authority));
    let case = |name: &str, comment: &str, envelope: &Envelope| {
        bad(name, "SIG-5", comment, "one kind of object would stand for another", envelope)
    };
    let structure =
        |name: &str, comment: &str, message: &[u8]| bad(name, "SIG-4, SIG-5", comment, FORGED, &over(message));
    let (header, aad_bytes) = (bytes(&parts.protected), bytes(&crate::cose::aad(DOCUMENT, BOARD)));
    vec![
        case("signature_aad_trust_list", "external_aad of a trust list", &aad("sceau/1/trust-list")),
        case("signature_aad_status_list", "external_aad of a status list", &aad("sceau/1/status-list")),
        case("signature_aad_manifest", "external_aad of a manifest", &aad("sceau/1/manifest")),
        case("signature_aad_register_head", "external_aad of a register head", &aad("sceau/1/register-head")),
        case("signature_aad_minutes", "external_aad of minutes", &aad("sceau/1/minutes")),
        case("signature_aad_legalisation", "external_aad of a legalisation record", &aad("sceau/1/legalisation")),
        case(
            "signature_aad_status_history",
            "external_aad of an entry of the status history",
            &aad("sceau/1/status-history"),
        ),
        case("signature_aad_empty", "empty external_aad, as COSE libraries have it by default", &over_aad(b"")),
        case("signature_aad_version_2", "external_aad of a version 2", &aad("sceau/2/document")),
        case("signature_aad_upper_case", "external_aad in upper case", &aad("SCEAU/1/DOCUMENT")),
        case("signature_aad_no_authority", "external_aad without an authority", &over_aad(b"sceau/1/document")),
        case("signature_aad_empty_authority", "external_aad with an empty authority", &aad_of(DOCUMENT, "")),
        case("signature_aad_ministry", "external_aad of another authority of the list", &aad_of(DOCUMENT, MINISTRY)),
        case(
            "signature_aad_unlisted",
            "external_aad of an authority that no list names",
            &aad_of(DOCUMENT, OTHER_BOARD),
        ),
        case(
            "signature_aad_lower_case",
            "external_aad with the authority in lower case",
            &aad_of(DOCUMENT, "ma-exemple"),
        ),
        case("signature_aad_joined", "external_aad without the zero byte", &over_aad(b"sceau/1/documentMA-EXEMPLE")),
        case("signature_aad_slash", "a slash for the zero byte", &over_aad(b"sceau/1/document/MA-EXEMPLE")),
        case(
            "signature_aad_zero_byte",
            "a second zero byte behind the authority",
            &over_aad(b"sceau/1/document\0MA-EXEMPLE\0"),
        ),
        case(
            "signature_aad_two_zeros",
            "two zero bytes before the authority",
            &over_aad(b"sceau/1/document\0\0MA-EXEMPLE"),
        ),
        case(
            "signature_aad_authority_first",
            "the authority before the kind",
            &over_aad(b"MA-EXEMPLE\0sceau/1/document"),
        ),
        crate::case::case(
            "signature_manifest",
            "signature-invalid",
            "SIG-5",
            "a genuine manifest of a batch in a QR code",
            "one kind of object would stand for another",
            symbol(&manifest(&key)),
        ),
        structure("signature_context_signature", "the context \"Signature\" of COSE_Sign", &{
            array(&[text("Signature"), header.clone(), aad_bytes.clone(), bytes(&parts.payload)])
        }),
        structure("signature_context_countersignature", "the context \"CounterSignature\"", &{
            array(&[text("CounterSignature"), header.clone(), aad_bytes.clone(), bytes(&parts.payload)])
        }),
        structure("signature_five_parts", "a Sig_structure with an empty signer's header, as in COSE_Sign", &{
            array(&[text("Signature1"), header.clone(), bytes(&[]), aad_bytes.clone(), bytes(&parts.payload)])
        }),
        structure(
            "signature_without_header",
            "a Sig_structure with an empty protected header: the kid would not be covered",
            &{ sig_structure(&[], &crate::cose::aad(DOCUMENT, BOARD), &parts.payload) },
        ),
        structure(
            "signature_aad_as_text",
            "external_aad as a text string",
            &array(&[text("Signature1"), header, text("sceau/1/document\0MA-EXEMPLE"), bytes(&parts.payload)]),
        ),
        structure("signature_payload_only", "the payload alone is signed", &parts.payload),
        structure("signature_hashed", "SHA-256 of the Sig_structure is signed", &crate::sign::sha256(&parts.message())),
        bad(
            "signature_prehash",
            "SIG-4",
            "Ed25519ph",
            "verifiers would differ",
            &parts.clone().with_signature(&key.sign_with_domain(1, b"", &parts.message())),
        ),
        bad(
            "signature_context",
            "SIG-4",
            "Ed25519ctx with the context sceau",
            "verifiers would differ",
            &parts.clone().with_signature(&key.sign_with_domain(0, b"sceau", &parts.message())),
        ),
    ]
}

fn scalars() -> Vec<Case> {
    let parts = sealed();
    let right: [u8; 64] = session_key().sign(&parts.message());
    let case = |name: &str, comment: &str, signature: &[u8; 64]| {
        bad(name, "SIG-2", comment, TWO_SIGNATURES, &parts.clone().with_signature(signature))
    };
    let with_s = |s: [u8; 32]| {
        let mut out = right;
        out[32..].copy_from_slice(&s);
        out
    };
    let mut high = right;
    high[63] |= 0x80;
    vec![
        case("signature_s_plus_l", "L added to S", &with_order_added(right, 1)),
        case("signature_s_plus_2l", "2 L added to S", &with_order_added(right, 2)),
        case("signature_s_plus_7l", "7 L added to S", &with_order_added(right, 7)),
        case("signature_s_plus_14l", "14 L added to S", &with_order_added(right, 14)),
        case("signature_s_high_bit", "the highest bit of S set", &high),
        case("signature_s_is_l", "S is L", &with_s(ORDER)),
        case("signature_s_all_ones", "S is 2^256 - 1", &with_s([0xff; 32])),
        bad("signature_s_zero", "SIG-4", "S is zero", FORGED, &parts.clone().with_signature(&with_s([0; 32]))),
        bad("signature_all_zero", "SIG-3, SIG-4", "64 zero bytes", FORGED, &parts.clone().with_signature(&[0; 64])),
    ]
}

fn points() -> Vec<Case> {
    let key = session_key();
    let parts = sealed();
    let message = parts.message();
    let case = |name: String, spec: &str, comment: &str, signature: [u8; 64]| {
        bad(&name, spec, comment, TWO_SIGNATURES, &parts.clone().with_signature(&signature))
    };
    let mut out = Vec::new();
    for (index, point) in small_order_points().iter().enumerate() {
        let comment = match index {
            0 => "R is the neutral point and S fits: the equation holds without cofactor".to_owned(),
            _ => format!("R is point {index} of small order and S fits: only a cofactored equation holds"),
        };
        out.push(case(
            format!("signature_r_small_order_{index}"),
            "SIG-3",
            &comment,
            key.sign_without_nonce(point, &message),
        ));
    }
    let mut neutral_with_sign = [0; 32];
    (neutral_with_sign[0], neutral_with_sign[31]) = (1, 0x80);
    for (name, comment, point) in [
        ("neutral_sign", "R is the neutral point with its sign bit set", neutral_with_sign),
        ("neutral_p_plus_1", "R is the neutral point as y = p + 1", non_canonical(1, 0)),
        ("neutral_p_plus_1_sign", "R is the neutral point as y = p + 1 with its sign bit set", non_canonical(1, 1)),
        ("order_4_p", "R is a point of order 4 as y = p", non_canonical(0, 0)),
        ("order_4_p_sign", "R is a point of order 4 as y = p with its sign bit set", non_canonical(0, 1)),
        ("no_point", "R is no point: y = 2", two()),
        ("y_above_p", "R is y = p + 3, not canonical", non_canonical(3, 0)),
    ] {
        out.push(case(format!("signature_r_{name}"), "SIG-3", comment, key.sign_without_nonce(&point, &message)));
    }
    for index in [1, 2, 4, 7] {
        let comment = format!("R has torsion part {index}: only a cofactored equation holds");
        out.push(case(
            format!("signature_r_torsion_{index}"),
            "SIG-4",
            &comment,
            key.sign_with_torsion(index, &message),
        ));
    }
    out
}

fn two() -> [u8; 32] {
    let mut out = [0; 32];
    out[0] = 2;
    out
}

fn flips() -> Vec<Case> {
    let flipped = |edit: fn(&mut Envelope)| {
        let mut envelope = sealed();
        edit(&mut envelope);
        envelope
    };
    let case = |name: &str, comment: &str, edit: fn(&mut Envelope)| bad(name, "SIG-4", comment, FORGED, &flipped(edit));
    vec![
        case("signature_flipped_r", "one bit of R flipped", |parts| parts.signature[7] ^= 0x10),
        case("signature_flipped_r_sign", "the sign bit of R flipped", |parts| parts.signature[31] ^= 0x80),
        case("signature_flipped_s", "one bit of S flipped", |parts| parts.signature[40] ^= 1),
        case("signature_flipped_time", "one bit of the time of sealing flipped", |parts| parts.payload[6] ^= 1),
        case("signature_flipped_serial", "one bit of the serial flipped", |parts| parts.payload[10] ^= 1),
        case("signature_altered_name", "one letter of the holder altered", |parts| {
            let at = parts.payload.windows(5).position(|window| window == b"Salma").unwrap_or(0);
            parts.payload[at + 4] = b'o';
        }),
        case("signature_altered_last", "the last letter of the authority altered", |parts| {
            if let Some(last) = parts.payload.last_mut() {
                *last = b's';
            }
        }),
        case(
            "signature_broken_payload",
            "the payload is no longer CBOR: its contents are not read before the signature held",
            |parts| parts.payload[0] = 0xff,
        ),
        case("signature_payload_cut", "the last byte of the payload is missing", |parts| {
            parts.payload.truncate(parts.payload.len() - 1)
        }),
        case("signature_payload_longer", "a zero byte more in the payload", |parts| parts.payload.push(0)),
        case("signature_halves_exchanged", "S before R", |parts| parts.signature.rotate_left(32)),
        case("signature_newer_label_added", "an unknown label added, not signed again: not newer-format", |parts| {
            parts.payload = claims(attestation().with(24, uint(0))).encoded();
        }),
    ]
}

fn other() -> Vec<Case> {
    let unread = Envelope::sealed(&stranger(), &[0xff; 20]);
    let other_board = {
        let mut trust = small_trust();
        let twin = document_key(&other_key("twin").public, 0, LAST_TIME).with(8, uint(1)).with(5, uints(&[3]));
        trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", vec![twin]));
        Side::new("two_boards", pack_of(&trust).encoded())
    };
    vec![
        case(
            "signature_unknown_before_claims",
            "unknown-issuer",
            "SIG-1, ENV-1",
            "an unknown key over bytes that are no CBOR",
            "contents would be read before the signature held",
            symbol(&unread.encoded()),
        ),
        case(
            "signature_moved_signature",
            "signature-invalid",
            "SIG-4",
            "the signature of another document of the same key",
            FORGED,
            {
                let other =
                    Envelope::sealed(&session_key(), &claims(attestation().with(3, text("Karim EL MITALI"))).encoded());
                symbol(&sealed().with_signature(&other.signature).encoded())
            },
        ),
        case(
            "signature_other_board",
            "status-unknown",
            "SIG-1, VER-4",
            "a key of another authority with a list of the same number: the board's list does not speak for it",
            "one authority's list would decide over another's documents",
            symbol(&Envelope::sealed(&other_key("twin"), &payload()).encoded()),
        )
        .with_packs(vec![other_board]),
    ]
}
