//! Compaction (SPEC section 3).

use crate::case::{Case, case};
use crate::cbor::{Bytes, Fields, array, text, uint};
use crate::deflate::{
    Bits, adler32, checked, crc32, dynamic, dynamic_block, stored, stored_block, wrapped, zlib, zlib_with,
};
use crate::documents::{claims, example, marks, sealed, transcript};
use crate::text::{link, symbol};
use crate::world::{dictionary, wide_key};

const DAMAGED: &str = "a damaged text would be read, or called not genuine";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), headers(), blocks(), ends(), sizes(), contents(), checks()].concat()
}

fn accepted() -> Vec<Case> {
    let good = |name, spec, comment, stream: Bytes| {
        let effect = "a genuine document would be refused";
        case(name, "genuine", spec, &format!("{comment}, and its CRC-32"), effect, symbol(&checked(&stream)))
    };
    let bare = example();
    let mut fastest = zlib(&bare);
    fastest[1] = 0x01;
    let three_blocks =
        [&[0, 10, 0, !10, !0][..], &bare[..10], &[0, 0, 0, 0xff, 0xff], &stored_block(&bare[10..])].concat();
    vec![
        good("zip_fixed_codes", "ZIP-1", "one block with fixed codes and repetitions", zlib(&bare)),
        good("zip_stored", "ZIP-1", "one stored block", stored(&bare)),
        good("zip_own_codes", "ZIP-1", "one block with codes of its own and no distance code", dynamic(&bare)),
        good(
            "zip_three_blocks",
            "ZIP-1",
            "three stored blocks, the second empty",
            wrapped(None, &three_blocks, adler32(&bare)),
        ),
        good("zip_other_level", "ZIP-1", "FLEVEL 0 in the header", fastest),
        good("zip_dictionary", "ZIP-5", "the dictionary of the loaded pack", zlib_with(&dictionary(), &bare)),
        case(
            "zip_link",
            "genuine",
            "ZIP-1, TXT-6",
            "a zlib stream in a link",
            "a genuine document would be refused",
            link(&checked(&zlib(&bare))),
        ),
    ]
}

pub(crate) fn bad(name: &str, spec: &str, comment: &str, stream: Bytes) -> Case {
    case(
        name,
        "compression-malformed",
        spec,
        &format!("{comment}; the CRC-32 agrees"),
        DAMAGED,
        symbol(&checked(&stream)),
    )
}

fn headers() -> Vec<Case> {
    let with_flags = |flags: u8| {
        let mut stream = zlib(&example());
        stream[1] = flags;
        stream
    };
    vec![
        bad("zip_header_check", "ZIP-1", "the header is not a multiple of 31", with_flags(0x9d)),
        bad("zip_header_check_zero", "ZIP-1", "FLG is zero", with_flags(0)),
        bad("zip_header_only", "ZIP-1", "nothing behind the header", vec![0x78, 0x9c]),
        bad("zip_first_byte_only", "ZIP-1", "nothing but 0x78", vec![0x78]),
        bad(
            "zip_dictionary_id_short",
            "ZIP-1, ZIP-5",
            "FDICT is set and the stream ends in the DICTID",
            vec![0x78, 0xbb, 1, 2, 3],
        ),
        bad("zip_dictionary_header_check", "ZIP-1, ZIP-5", "FDICT is set and the header check fails", {
            let mut stream = zlib_with(&dictionary(), &example());
            stream[1] ^= 1;
            stream
        }),
    ]
}

fn blocks() -> Vec<Case> {
    let bare = example();
    let sum = adler32(&bare);
    let after_literals = |tail: fn(&mut Bits)| {
        let mut bits = Bits::fixed();
        bare.iter().for_each(|byte| bits.literal(*byte));
        tail(&mut bits);
        wrapped(None, &bits.end(), sum)
    };
    let mut wrong_length = stored(&bare);
    wrong_length[5] ^= 1;
    let mut reserved = stored(&bare);
    reserved[2] = 0b111;
    let mut too_many_codes = dynamic_block(&bare);
    too_many_codes[0] |= 0b1111_1000;
    vec![
        bad("zip_stored_length_check", "ZIP-1", "LEN and NLEN of a stored block do not agree", wrong_length),
        bad("zip_reserved_block", "ZIP-1", "block type 3", reserved),
        bad(
            "zip_length_code_286",
            "ZIP-1",
            "length code 286 of the fixed codes, which means nothing",
            after_literals(|bits| bits.symbol(286)),
        ),
        bad(
            "zip_length_code_287",
            "ZIP-1",
            "length code 287 of the fixed codes, which means nothing",
            after_literals(|bits| bits.symbol(287)),
        ),
        bad(
            "zip_distance_code_30",
            "ZIP-1",
            "distance code 30 of the fixed codes, which means nothing",
            after_literals(|bits| {
                bits.symbol(257);
                bits.code(30, 5);
            }),
        ),
        bad(
            "zip_distance_code_31",
            "ZIP-1",
            "distance code 31 of the fixed codes, which means nothing",
            after_literals(|bits| {
                bits.symbol(257);
                bits.code(31, 5);
            }),
        ),
        bad("zip_distance_before_start", "ZIP-1", "a repetition from before the first byte, no dictionary", {
            let mut block = Bits::fixed();
            block.repetition(3, 1);
            wrapped(None, &block.end(), 1)
        }),
        bad(
            "zip_distance_before_dictionary",
            "ZIP-1, ZIP-5",
            "a repetition from before the first byte of the dictionary",
            {
                let mut block = Bits::fixed();
                block.repetition(3, dictionary().len() + 1);
                wrapped(Some(adler32(&dictionary())), &block.end(), 1)
            },
        ),
        bad(
            "zip_too_many_length_codes",
            "ZIP-1",
            "a block that announces 288 length codes",
            wrapped(None, &too_many_codes, sum),
        ),
        bad("zip_no_last_block", "ZIP-1", "the only block does not say that it is the last", {
            let mut stream = stored(&bare);
            stream[2] = 0;
            stream
        }),
    ]
}

fn ends() -> Vec<Case> {
    let bare = example();
    let whole = zlib(&bare);
    let without = |count: usize| whole[..whole.len() - count].to_vec();
    let with = |tail: &[u8]| [&whole, tail].concat();
    let mut flipped = whole.clone();
    if let Some(last) = flipped.last_mut() {
        *last ^= 1;
    }
    let mut swapped = without(4);
    swapped.extend(adler32(&bare).to_le_bytes());
    vec![
        bad("zip_no_checksum", "ZIP-1", "the Adler-32 is missing", without(4)),
        bad("zip_short_checksum", "ZIP-1", "the last byte of the Adler-32 is missing", without(1)),
        bad("zip_cut_in_block", "ZIP-1", "the stream ends within its block", without(20)),
        bad("zip_wrong_checksum", "ZIP-1", "the last bit of the Adler-32 is flipped", flipped),
        bad("zip_checksum_order", "ZIP-1", "the Adler-32 least significant byte first", swapped),
        bad("zip_altered_byte", "ZIP-1", "one byte of a stored block is altered", {
            let mut stream = stored(&bare);
            stream[100] ^= 0x20;
            stream
        }),
        bad("zip_byte_after", "ZIP-3", "a zero byte behind the stream", with(&[0])),
        bad("zip_line_end_after", "ZIP-3", "a line end behind the stream", with(b"\n")),
        bad("zip_stream_after", "ZIP-3", "the same stream once more", with(&whole)),
        bad("zip_document_after", "ZIP-3", "the bare document behind the stream", with(&bare)),
    ]
}

fn sizes() -> Vec<Case> {
    let mut bomb = Bits::fixed();
    bomb.literal(0xd2);
    (0..1600).for_each(|_| bomb.repetition(258, 1));
    let zeros = vec![0xd2; 1 + 1600 * 258];
    let large = |length| zlib(&document_of(length));
    vec![
        case(
            "zip_16384_bytes",
            "genuine",
            "ZIP-2, ENV-1",
            "a transcript of exactly 16,384 bytes",
            "a genuine document would be refused",
            symbol(&checked(&large(16384))),
        ),
        bad("zip_16385_bytes", "ZIP-2", "the same transcript with one byte more, rightly signed", large(16385)),
        bad("zip_20000_bytes", "ZIP-2", "a transcript of 20,000 bytes, rightly signed", large(20000)),
        bad("zip_bomb", "ZIP-2", "412,801 bytes out of some 2,600", wrapped(None, &bomb.end(), adler32(&zeros))),
    ]
}

fn contents() -> Vec<Case> {
    let bare = example();
    vec![
        bad("zip_twice", "ZIP-4", "a zlib stream of a zlib stream", zlib(&zlib(&bare))),
        bad("zip_of_nothing", "ZIP-4", "a zlib stream of no bytes", zlib(&[])),
        bad("zip_of_untagged", "ZIP-4", "a zlib stream of the COSE_Sign1 without its tag", zlib(&bare[1..])),
        bad(
            "zip_of_wide_tag",
            "ZIP-4",
            "a zlib stream of the COSE_Sign1 with its tag in two bytes",
            zlib(&[&[0xd8, 18], &bare[1..]].concat()),
        ),
        bad("zip_of_text", "ZIP-4", "a zlib stream of the symbol text", zlib(symbol(&bare).as_bytes())),
        case(
            "zip_of_two_documents",
            "envelope-malformed",
            "ZIP-4, CBR-8",
            "a good zlib stream of two documents",
            "what follows would be unsigned",
            symbol(&checked(&zlib(&[&bare[..], &bare].concat()))),
        ),
    ]
}

/// The CRC-32 behind the stream.
fn checks() -> Vec<Case> {
    let bad = |name: &str, spec: &str, comment: &str, bytes: &[u8]| {
        case(name, "compression-malformed", spec, comment, "damage would be mistaken for forgery", symbol(bytes))
    };
    let stream = zlib(&example());
    let followed_by = |sum: u32| [&stream[..], &sum.to_be_bytes()].concat();
    let sum = crc32(&stream);
    let flipped = |mut bytes: Bytes, at: usize, bit: u8| {
        bytes[at] ^= bit;
        bytes
    };
    vec![
        bad("zip_crc_missing", "ZIP-3, ZIP-6", "no CRC-32 behind the stream", &stream),
        bad("zip_crc_short", "ZIP-3, ZIP-6", "three bytes of the CRC-32", &followed_by(sum)[..stream.len() + 3]),
        bad("zip_crc_flipped", "ZIP-6", "the last bit of the CRC-32 flipped", &followed_by(sum ^ 1)),
        bad("zip_crc_zero", "ZIP-6", "a CRC-32 of zero", &followed_by(0)),
        bad("zip_crc_reversed", "ZIP-6", "the CRC-32 least significant byte first", &followed_by(sum.swap_bytes())),
        bad(
            "zip_crc_of_output",
            "ZIP-6",
            "the CRC-32 of the document instead of the stream, as in gzip",
            &followed_by(crc32(&example())),
        ),
        bad(
            "zip_crc_adler",
            "ZIP-6",
            "an Adler-32 of the stream instead of its CRC-32",
            &followed_by(adler32(&stream)),
        ),
        bad("zip_crc_twice", "ZIP-3", "the CRC-32 twice, the second over all before it", &checked(&checked(&stream))),
        bad(
            "zip_crc_level_flipped",
            "ZIP-6",
            "FLEVEL altered to another right header: inflation alone would not see it",
            &flipped(flipped(checked(&stream), 1, 0x9c), 1, 0x01),
        ),
        bad(
            "zip_crc_stream_flipped",
            "ZIP-6",
            "one bit of the stream flipped: a lost blank in a copied text shows here",
            &flipped(checked(&stream), 60, 4),
        ),
        bad(
            "zip_crc_before_dictionary",
            "ZIP-6, ZIP-5",
            "an unknown dictionary and a CRC-32 that does not agree: that comes first",
            &{
                let stream = zlib_with(b"Baccalaureat Academie Session", &example());
                [stream, vec![0; 4]].concat()
            },
        ),
        bad("zip_crc_before_output", "ZIP-6, ZIP-4", "a stream of two documents and a CRC-32 that does not agree", &{
            let stream = zlib(&[example(), example()].concat());
            [stream, vec![0; 4]].concat()
        }),
    ]
}

/// A transcript of 256 rows whose COSE bytes have exactly this length.
fn document_of(length: usize) -> Bytes {
    let row = |at: usize, filler: usize| text(&format!("Sujet {at} {}", "x".repeat(filler)));
    let build = |filler: &[usize]| {
        let rows: Vec<_> = filler.iter().enumerate().map(|(at, count)| row(at, *count)).collect();
        let results = Fields::new().with(2, array(&rows)).with(4, array(&[marks(&vec![uint(10); 256])]));
        sealed(&wide_key(), &claims(transcript().with(14, results.encoded())).encoded())
    };
    let mut filler = [40; 256];
    let mut at = 0;
    loop {
        let have = build(&filler).len();
        match length.checked_sub(have) {
            Some(0) | None => return build(&filler),
            Some(missing) => filler[at] += missing.min(100),
        }
        at += 1;
    }
}
