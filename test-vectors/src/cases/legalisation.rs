//! Legalisation records (SPEC section 13): text, envelope, key and window.

use crate::cbor::{Bytes, Fields, array, bytes, int, joined, tag, uint};
use crate::cose::{Envelope, LEGALISATION, header};
use crate::deflate::{adler32, checked, fixed_block, wrapped, zlib, zlib_with};
use crate::documents::example;
use crate::legalisation::{
    MINISTRY, RECORD_AT, claims, envelope, legalisation_key, pack, record, sealed, side, symbol,
};
use crate::object::ObjectCase;
use crate::sign::{Signer, with_order_added};
use crate::text::{PAGE, digits};
use crate::world::{BOARD, LAST_TIME, WINDOW_FIRST, WINDOW_LAST, dictionary, ministry_key, stranger};

const MISREAD: &str = "a code would be read as what it is not, or two programs would differ";
const FORGED: &str = "anybody could legalise documents";
const WINDOW: &str = "a key could legalise before or after its days of service";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [texts(), compaction(), envelopes(), signers(), windows()].concat()
}

pub(crate) fn link(bytes: &[u8]) -> String {
    format!("{PAGE}#SL1:{}", digits(bytes))
}

pub(crate) fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, artefact: String) -> ObjectCase {
    ObjectCase::new("legalisation", name, expect, spec, comment, effect).of(artefact).with_packs(vec![side()])
}

fn texts() -> Vec<ObjectCase> {
    let text = |name, expect, comment, artefact: String| row(name, expect, "LEG-1", comment, MISREAD, artefact);
    let whole = sealed(record());
    let behind = crate::text::base45(&whole);
    vec![
        text("legalisation", "genuine", "a right record", symbol(&whole)).with("status", "in-force"),
        text("legalisation_link", "genuine", "the same record as a link", link(&whole)).with("status", "in-force"),
        text("legalisation_document", "foreign-code", "a sealed document's code", crate::text::symbol(&example())),
        text("legalisation_document_link", "foreign-code", "a sealed document's link", crate::text::link(&example())),
        text("legalisation_under_sc1", "foreign-code", "a record behind SC1:", crate::text::symbol(&whole)),
        text("legalisation_sl2", "newer-format", "SL2:", format!("SL2:{behind}")),
        text("legalisation_sl01", "newer-format", "SL01:", format!("SL01:{behind}")),
        text("legalisation_sl999_link", "newer-format", "SL999: in a link", format!("{PAGE}#SL999:{}", digits(&whole))),
        text("legalisation_sl1000", "foreign-code", "SL and four digits", format!("SL1000:{behind}")),
        text("legalisation_sc2", "foreign-code", "SC2:, a newer document", format!("SC2:{behind}")),
        text("legalisation_lower", "foreign-code", "the prefix in lower case", format!("sl1:{behind}")),
        text("legalisation_blank_before", "foreign-code", "a dot before the prefix", format!(".SL1:{behind}")),
        text("legalisation_http", "foreign-code", "a link with http", link(&whole).replace("https", "http")),
        text("legalisation_empty", "text-malformed", "nothing behind the prefix", "SL1:".into()),
        text(
            "legalisation_comma",
            "text-malformed",
            "a comma in the text",
            format!("SL1:{},", &behind[..behind.len() - 1]),
        ),
        text("legalisation_long", "text-malformed", "7,090 characters", format!("SL1:{}", "0".repeat(7086))),
        text(
            "legalisation_first_byte",
            "text-malformed",
            "a first byte 0xD3",
            symbol(&[&[0xd3], &whole[1..]].concat()),
        ),
        text("legalisation_no_trust", "no-trust", "no pack is loaded", symbol(&whole)).with_packs(vec![]),
        row(
            "legalisation_pack_cut",
            "pack-malformed",
            "LEG-7, PCK-1",
            "the pack is cut, and the text is no code",
            MISREAD,
            "Rabat".into(),
        )
        .with_packs(vec![{
            let mut bytes = pack().encoded();
            bytes.pop();
            crate::case::Side::new("legalisation_cut", bytes)
        }]),
    ]
}

fn compaction() -> Vec<ObjectCase> {
    let zip =
        |name, expect, comment, bytes: &[u8]| row(name, expect, "LEG-2, ZIP-5, ZIP-6", comment, MISREAD, symbol(bytes));
    let whole = sealed(record());
    let mut damaged = checked(&zlib(&whole));
    damaged[40] ^= 1;
    let twice = checked(&zlib(&checked(&zlib(&whole))));
    vec![
        zip("legalisation_zip", "genuine", "compressed without dictionary", &checked(&zlib(&whole))),
        zip(
            "legalisation_dictionary",
            "genuine",
            "compressed with the ministry's dictionary",
            &checked(&zlib_with(&dictionary(), &whole)),
        ),
        zip(
            "legalisation_dictionary_unknown",
            "dictionary-unknown",
            "a DICTID that no pack has",
            &checked(&wrapped(Some(7), &fixed_block(&whole, &[]), adler32(&whole))),
        ),
        zip("legalisation_zip_damaged", "compression-malformed", "one bit of the stream flipped", &damaged),
        zip("legalisation_zip_no_crc", "compression-malformed", "no CRC-32", &zlib(&whole)),
        zip("legalisation_zip_twice", "compression-malformed", "a stream in a stream", &twice),
    ]
}

fn envelopes() -> Vec<ObjectCase> {
    let bad = |name, comment, cose: &[u8]| row(name, "envelope-malformed", "LEG-2", comment, MISREAD, symbol(cose));
    let parts = envelope(&legalisation_key(), &claims(record()).encoded());
    let whole = parts.encoded();
    let usual = || header(legalisation_key().kid());
    let with = |protected: Fields| {
        Envelope::signed(&legalisation_key(), &protected.encoded(), LEGALISATION, &parts.payload).encoded()
    };
    let mut unprotected = parts.items();
    unprotected[1] = Fields::new().with(4, bytes(&[0; 4])).encoded();
    let long = checked(&zlib(&envelope(&stranger(), &vec![0x40; 16_400]).encoded()));
    vec![
        bad("legalisation_cut", "the last byte is missing", &whole[..whole.len() - 1]),
        bad("legalisation_byte_after", "a zero byte behind the record", &joined(whole.clone(), &[0])),
        bad("legalisation_algorithm", "algorithm -8, signed with this header", &with(usual().with(1, int(-8)))),
        bad("legalisation_crit", "an entry crit, signed with this header", &with(usual().with(2, array(&[uint(4)])))),
        bad(
            "legalisation_kid_5",
            "a kid of five bytes, signed with this header",
            &with(usual().with(4, bytes(&[1; 5]))),
        ),
        bad("legalisation_unprotected", "an entry in the unprotected header", &tag(18, &array(&unprotected))),
        row(
            "legalisation_long_cose",
            "compression-malformed",
            "LEG-2, ZIP-2",
            "more than 16,384 bytes when inflated",
            MISREAD,
            symbol(&long),
        ),
        bad("legalisation_empty_payload", "a payload of no bytes", &envelope(&legalisation_key(), &[]).encoded()),
    ]
}

fn signers() -> Vec<ObjectCase> {
    let payload = claims(record()).encoded();
    let signed = |signer: Signer| symbol(&envelope(&signer, &payload).encoded());
    let by = |name: &str| signed(ministry_key(name));
    let by_board = |name: &str| signed(Signer::named(name));
    let unknown = |name, comment, artefact| row(name, "unknown-issuer", "LEG-3, SIG-1", comment, FORGED, artefact);
    let invalid =
        |name, spec, comment, cose: Bytes| row(name, "signature-invalid", spec, comment, FORGED, symbol(&cose));
    let over = |aad: &[u8]| {
        let header = header(legalisation_key().kid()).encoded();
        Envelope::signed_over(&legalisation_key(), &header, aad, &payload).encoded()
    };
    let aad = |kind: &str| over(&crate::cose::aad(kind, MINISTRY));
    let parts = envelope(&legalisation_key(), &payload);
    let right: [u8; 64] = parts.signature.clone().try_into().unwrap_or([0; 64]);
    let mut flipped = right;
    flipped[10] ^= 0x10;
    let under_kid =
        Envelope::signed(&stranger().of(MINISTRY), &header(legalisation_key().kid()).encoded(), LEGALISATION, &payload);
    let altered = claims(record().with(5, crate::cbor::text("Paris"))).encoded();
    vec![
        unknown("legalisation_stranger", "signed by a key that is on no list", by("stranger")),
        unknown(
            "legalisation_by_board",
            "signed by a key with use 5 of an examination board",
            by_board("board legalisation"),
        ),
        unknown("legalisation_by_ministry_documents", "signed by the ministry's key for documents", by("ministry")),
        unknown("legalisation_by_ministry_status", "signed by the ministry's status key", by("ministry status")),
        unknown("legalisation_by_session_key", "signed by the key of the document", by_board("session")),
        invalid(
            "legalisation_stranger_under_kid",
            "LEG-3, SIG-1",
            "a stranger signs under the ministry's kid",
            under_kid.encoded(),
        ),
        invalid(
            "legalisation_flipped",
            "LEG-3, SIG-4",
            "one bit of the signature flipped",
            parts.clone().with_signature(&flipped).encoded(),
        ),
        invalid(
            "legalisation_s_plus_l",
            "LEG-3, SIG-2",
            "L added to S",
            parts.with_signature(&with_order_added(right, 1)).encoded(),
        ),
        invalid(
            "legalisation_altered",
            "LEG-3, SIG-4",
            "another place, not signed again",
            envelope(&legalisation_key(), &altered).with_signature(&right).encoded(),
        ),
        invalid(
            "legalisation_aad_document",
            "LEG-2, SIG-5",
            "external_aad of a sealed document",
            aad("sceau/1/document"),
        ),
        invalid("legalisation_aad_minutes", "LEG-2, SIG-5", "external_aad of minutes", aad("sceau/1/minutes")),
        invalid("legalisation_aad_empty", "LEG-2, SIG-5", "empty external_aad", over(b"")),
        invalid(
            "legalisation_aad_no_authority",
            "LEG-2, SIG-5",
            "external_aad without an authority",
            over(b"sceau/1/legalisation"),
        ),
        invalid(
            "legalisation_aad_board",
            "LEG-2, SIG-5",
            "external_aad of the board",
            over(&crate::cose::aad(LEGALISATION, BOARD)),
        ),
    ]
}

fn windows() -> Vec<ObjectCase> {
    let at = |name, expect, comment, key: &str, time: u64| {
        let payload = claims(record()).with(6, uint(time)).encoded();
        row(name, expect, "LEG-6", comment, WINDOW, symbol(&envelope(&ministry_key(key), &payload).encoded()))
    };
    vec![
        at(
            "legalisation_window_first",
            "genuine",
            "sealed in the first second of the window",
            "legalisation",
            WINDOW_FIRST,
        ),
        at(
            "legalisation_window_last",
            "genuine",
            "sealed in the last second of the window",
            "legalisation",
            WINDOW_LAST,
        ),
        at(
            "legalisation_before",
            "outside-signing-window",
            "sealed a second before the window",
            "legalisation",
            WINDOW_FIRST - 1,
        ),
        at(
            "legalisation_after",
            "outside-signing-window",
            "sealed a second after the window",
            "legalisation",
            WINDOW_LAST + 1,
        ),
        at(
            "legalisation_at_closing",
            "genuine",
            "sealed in the second in which the key was closed",
            "legalisation closed",
            RECORD_AT,
        ),
        at(
            "legalisation_after_closing",
            "outside-signing-window",
            "sealed a second after the key was closed",
            "legalisation closed",
            RECORD_AT + 1,
        ),
        at(
            "legalisation_compromised",
            "key-compromised",
            "the key was found compromised, later: there is no register",
            "legalisation stolen",
            RECORD_AT,
        ),
        at(
            "legalisation_compromised_1970",
            "key-compromised",
            "sealed in 1970 with that key",
            "legalisation stolen",
            0,
        ),
        row(
            "legalisation_rules_before_window",
            "breaks-rules",
            "LEG-4, LEG-6",
            "an empty place, sealed after the window",
            WINDOW,
            symbol(
                &envelope(
                    &legalisation_key(),
                    &claims(record().with(5, crate::cbor::text(""))).with(6, uint(LAST_TIME)).encoded(),
                )
                .encoded(),
            ),
        ),
    ]
}
