//! Compaction with dictionaries (SPEC section 3, ZIP-5).

use super::zip::bad;
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, uint};
use crate::deflate::{Bits, adler32, checked, fixed_block, wrapped, zlib_with};
use crate::documents::example;
use crate::sign::sha256;
use crate::text::symbol;
use crate::trust::Trust;
use crate::world::{base, dictionary};

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

/// Two dictionaries with one Adler-32, in two packs.
fn dictionary_order() -> Vec<Case> {
    let first = b"Sciences physiques 0 Lyc".to_vec();
    let mut second = first.clone();
    second[9] += 1;
    second[10] -= 2;
    second[11] += 1;
    let pack = |name: &str, words: &Bytes, version| Side::new(name, pack_with(words, version).encoded());
    let (one, two) = (pack("dictionary_one", &first, 8), pack("dictionary_two", &second, 9));
    let whole = symbol(&checked(&zlib_with(&first, &example())));
    let whole_again = whole.clone();
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
    let lost = "verifiers would differ by the dictionary they take";
    vec![
        case("zip_two_dictionaries", "genuine", "ZIP-5", "two packs have dictionaries with this DICTID; the first loaded made the text", lost, whole.clone())
            .with_packs(vec![one.clone(), two.clone()]),
        case("zip_two_dictionaries_reversed", "compression-malformed", "ZIP-5", "the same packs in the other order; the text takes one altered letter, the checksum sees it", lost, part)
            .with_packs(vec![two.clone(), one.clone()]),
        case("zip_two_dictionaries_same_sum", "signature-invalid", "ZIP-5, SIG-1", "the same packs in the other order; all altered letters are taken, the checksum is blind, the signature is not", "a wrong dictionary would show a wrong meaning", whole)
            .with_packs(vec![two, one]),
        case("zip_dictionary_of_second_pack", "genuine", "ZIP-5", "the dictionary of the pack that was loaded second", "the dictionaries of one pack only would be looked at", whole_again)
            .with_packs(vec![base(), Side::new("dictionary_one", pack_with(&first, 8).encoded())]),
    ]
}

fn pack_with(words: &Bytes, version: u64) -> crate::pack::Pack {
    let mut trust: Trust = crate::world::small_trust();
    trust.claims = trust.claims.with(1, uint(version));
    let board = &mut trust.authorities[0];
    board.fields = board.fields.clone().with(6, array(&[bytes(&sha256(words))]));
    let mut pack = crate::world::pack_of(&trust);
    pack.dictionaries = vec![words.clone()];
    pack
}
