//! Compaction with dictionaries (SPEC section 3, ZIP-5).

use super::legalisation::row;
use super::zip::bad;
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, text, uint};
use crate::deflate::{Bits, adler32, checked, fixed_block, wrapped, zlib_with};
use crate::documents::{claims, diploma, example, sealed};
use crate::legalisation;
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::sha256;
use crate::text::symbol;
use crate::trust::Trust;
use crate::world::{dictionary, session_key, stranger};

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [dictionaries(), dictionary_order()].concat()
}

fn dictionaries() -> Vec<Case> {
    let unknown = |name, comment, stream: Bytes| {
        case(
            name,
            "dictionary-unknown",
            "ZIP-5",
            comment,
            "a document of a newer session would be called damaged",
            symbol(&checked(&stream)),
        )
    };
    let bare = example();
    let with_id = |id: u32| wrapped(Some(id), &fixed_block(&bare, &[]), adler32(&bare));
    let strange = b"Baccalaureat Academie Session".to_vec();
    vec![
        unknown("zip_unknown_dictionary", "compressed with a dictionary that no pack has", zlib_with(&strange, &bare)),
        unknown("zip_dictionary_id_zero", "DICTID 0, and the stream does not even use a dictionary", with_id(0)),
        unknown("zip_dictionary_id_empty", "DICTID 1, the Adler-32 of no bytes: preset, but empty", with_id(1)),
        unknown(
            "zip_dictionary_id_reversed",
            "the DICTID least significant byte first",
            with_id(adler32(&dictionary()).swap_bytes()),
        ),
        unknown("zip_no_dictionary_loaded", "the loaded pack has no dictionary", zlib_with(&dictionary(), &bare))
            .with_packs(vec![Side::new("small", crate::world::pack_of(&crate::world::small_trust()).encoded())]),
        unknown(
            "zip_unknown_dictionary_cut",
            "unknown dictionary, and nothing behind the DICTID",
            vec![0x78, 0xbb, 0, 0, 0, 9],
        ),
        bad(
            "zip_wrong_dictionary",
            "ZIP-1, ZIP-5",
            "the DICTID of the loaded dictionary, but made with another one, six bytes shorter",
            {
                wrapped(
                    Some(adler32(&dictionary())),
                    &fixed_block(&bare, &dictionary()[..dictionary().len() - 6]),
                    adler32(&bare),
                )
            },
        ),
    ]
}

/// Two dictionaries with one Adler-32.
fn twins() -> (Bytes, Bytes) {
    let first = b"Sciences physiques 0 Lyc".to_vec();
    let mut second = first.clone();
    second[9] += 1;
    second[10] -= 2;
    second[11] += 1;
    (first, second)
}

/// Two dictionaries with one Adler-32, in two packs: the one under which the signature holds made the text.
fn dictionary_order() -> Vec<Case> {
    let (first, second) = twins();
    let older = trust_with(&first, 8);
    let newer = |words: &Bytes| trust_with(words, 9).after(&[&older]);
    let pack = |name: &str, trust: &Trust, words: &Bytes| {
        let dictionaries = vec![words.clone()];
        Side::new(name, Pack { dictionaries, ..crate::world::pack_of(trust) }.encoded())
    };
    let (one, two) = (pack("dictionary_one", &older, &first), pack("dictionary_two", &newer(&second), &second));
    let both = || vec![one.clone(), two.clone()];
    let reversed = || vec![two.clone(), one.clone()];
    let made = |cose: &[u8]| symbol(&checked(&zlib_with(&first, cose)));
    let part = {
        // a word that takes one of the altered letters only, so that the checksum shows it
        let bare = example();
        let at = bare.windows(8).position(|window| window == b"Sciences").unwrap_or(0);
        let mut bits = Bits::fixed();
        bare[..at].iter().for_each(|byte| bits.literal(*byte));
        bits.repetition(10, first.len() + at);
        bare[at + 10..].iter().for_each(|byte| bits.literal(*byte));
        symbol(&checked(&wrapped(Some(adler32(&first)), &bits.end(), adler32(&bare))))
    };
    let forged = flipped(example());
    let foreign = sealed(&stranger(), &claims(diploma()).encoded());
    let no_holder = sealed(&session_key(), &claims(diploma().with(3, text(""))).encoded());
    let cut = {
        let stream = zlib_with(&first, &example());
        symbol(&checked(&stream[..stream.len() - 20]))
    };
    let damaged = {
        let mut bytes = checked(&zlib_with(&first, &example()));
        bytes[60] ^= 4;
        symbol(&bytes)
    };
    let row = |name, expect, spec, comment, artefact: String, packs| {
        let lost = "verifiers would differ by the dictionary they take";
        case(name, expect, spec, comment, lost, artefact).with_packs(packs)
    };
    let good = |name, comment, artefact, packs| row(name, "genuine", "ZIP-5, SIG-1", comment, artefact, packs);
    let unknown =
        |name, spec, comment, artefact, packs| row(name, "dictionary-unknown", spec, comment, artefact, packs);
    vec![
        good(
            "zip_two_dictionaries",
            "two packs have dictionaries with this DICTID; the first loaded made the text",
            made(&example()),
            both(),
        ),
        good(
            "zip_two_dictionaries_reversed",
            "the other order; the text takes one altered letter, the checksum sees it, and the second dictionary fits",
            part,
            reversed(),
        ),
        good(
            "zip_two_dictionaries_same_sum",
            "the other order; all altered letters are taken, the checksum is blind, the signature is not",
            made(&example()),
            reversed(),
        ),
        unknown(
            "zip_two_dictionaries_forged",
            "ZIP-5, SIG-4",
            "one bit of the signature flipped: it holds under neither dictionary, and another one may have made it",
            made(&forged),
            both(),
        ),
        unknown(
            "zip_two_dictionaries_forged_reversed",
            "ZIP-5, SIG-4",
            "one bit of the signature flipped, the other order",
            made(&forged),
            reversed(),
        ),
        unknown(
            "zip_two_dictionaries_stranger",
            "ZIP-5, SIG-1",
            "signed by a key that is on no list",
            made(&foreign),
            both(),
        ),
        unknown(
            "zip_two_dictionaries_cut",
            "ZIP-5, ZIP-1",
            "the stream ends within its block under both; the CRC-32 agrees",
            cut,
            both(),
        ),
        row(
            "zip_two_dictionaries_rules",
            "breaks-rules",
            "ZIP-5, CLM-5",
            "an empty holder, rightly signed, the other order: the dictionary whose signature holds decides",
            made(&no_holder),
            reversed(),
        ),
        row(
            "zip_two_dictionaries_damaged",
            "compression-malformed",
            "ZIP-5, ZIP-6",
            "one bit of the stream flipped: the CRC-32 comes before any dictionary",
            damaged,
            both(),
        ),
        row(
            "zip_one_dictionary_forged",
            "signature-invalid",
            "ZIP-5, SIG-4",
            "one bit of the signature flipped, and one pack only",
            made(&forged),
            vec![one.clone()],
        ),
        row(
            "zip_one_dictionary_twice_forged",
            "signature-invalid",
            "ZIP-5, SIG-4",
            "one bit of the signature flipped, and two packs with the same dictionary",
            made(&forged),
            vec![one.clone(), pack("dictionary_one_again", &newer(&first), &first)],
        ),
        good(
            "zip_dictionary_of_second_pack",
            "the dictionary of the pack that was loaded second, which an older list of the line names",
            made(&example()),
            vec![Side::new("dictionary_none", crate::world::pack_of(&newer(&second)).encoded()), one.clone()],
        ),
    ]
}

/// A document or record with one bit of the signature flipped.
fn flipped(mut cose: Bytes) -> Bytes {
    if let Some(last) = cose.iter_mut().rev().nth(10) {
        *last ^= 1;
    }
    cose
}

/// The cases of this area for legalisation records.
pub fn objects() -> Vec<ObjectCase> {
    let (first, second) = twins();
    let list = |words: &Bytes| {
        let mut trust = legalisation::trust();
        let ministry = &mut trust.authorities[1];
        ministry.fields = ministry.fields.clone().with(6, array(&[bytes(&sha256(words))]));
        trust
    };
    let older = list(&second);
    let mut newer = list(&first).after(&[&older]);
    newer.claims = newer.claims.with(1, uint(4));
    let pack = |name: &str, trust: &Trust, words: &Bytes| {
        let pack = Pack { trust: trust.encoded(), dictionaries: vec![words.clone()], ..legalisation::pack() };
        Side::new(name, pack.encoded())
    };
    let made = |cose: &[u8]| legalisation::symbol(&checked(&zlib_with(&first, cose)));
    let record = legalisation::sealed(legalisation::record().with(7, text("Sciences physiques")));
    let of = |name, expect, spec, comment, artefact| {
        let lost = "verifiers would differ by the dictionary they take";
        row(name, expect, spec, comment, lost, artefact).with_packs(vec![
            pack("legalisation_dictionary_two", &older, &second),
            pack("legalisation_dictionary_one", &newer, &first),
        ])
    };
    vec![
        of(
            "legalisation_two_dictionaries",
            "genuine",
            "LEG-2, ZIP-5",
            "two dictionaries with this DICTID; the second loaded made the text, the checksum is blind",
            made(&record),
        ),
        of(
            "legalisation_two_dictionaries_forged",
            "dictionary-unknown",
            "LEG-3, ZIP-5",
            "the same with one bit of the signature flipped: it holds under neither",
            made(&flipped(record)),
        ),
    ]
}

fn trust_with(words: &Bytes, version: u64) -> Trust {
    let mut trust = crate::world::small_trust();
    trust.claims = trust.claims.with(1, uint(version));
    let board = &mut trust.authorities[0];
    board.fields = board.fields.clone().with(6, array(&[bytes(&sha256(words))]));
    trust
}
