//! Depth, number of items and ends of a payload (SPEC section 4). Every payload here is signed as it stands.

use super::cbor::{bad, document, payload_case};
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, count, joined, nested, pairs, texts, uint, uints, wide_head};
use crate::documents::{attestation, claims, marks, results, transcript};

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [depth_and_items(), ends()].concat()
}

fn depth_and_items() -> Vec<Case> {
    let deep = "a reader with a recursion of its own could be brought down";
    let many = |total: usize| {
        let without = count(&document(24, uints(&[])));
        document(24, uints(&vec![0; total - without]))
    };
    let in_results = |value| claims(transcript().with(14, results().with(6, value).encoded())).encoded();
    let in_cell = |cell| {
        let languages = texts(&["fr", "ar"]);
        claims(transcript().with(2, languages).with(14, cell_results(cell))).encoded()
    };
    let in_map = |depth: usize| {
        let inner = (0..depth).fold(uint(0), |value, _| pairs(&[(uint(0), value)]));
        document(24, inner)
    };
    vec![
        payload_case(
            "cbor_depth_8",
            "newer-format",
            "CBR-6, CLM-2",
            "six arrays at the unknown label 24: eight containers deep",
            deep,
            &document(24, nested(6)),
        ),
        payload_case(
            "cbor_depth_9",
            "breaks-rules",
            "CBR-6, CLM-1",
            "seven arrays at the unknown label 24: nine containers deep",
            deep,
            &document(24, nested(7)),
        ),
        payload_case(
            "cbor_depth_9_empty",
            "breaks-rules",
            "CBR-6, CLM-1",
            "the ninth container is empty",
            deep,
            &document(24, joined(vec![0x81; 6], &[0x80])),
        ),
        payload_case(
            "cbor_depth_9_maps",
            "breaks-rules",
            "CBR-6, CLM-1",
            "seven maps at the unknown label 24",
            deep,
            &in_map(7),
        ),
        payload_case(
            "cbor_depth_1000",
            "breaks-rules",
            "CBR-6, CLM-1",
            "1,000 arrays at the unknown label 24",
            deep,
            &document(24, nested(1000)),
        ),
        payload_case(
            "cbor_depth_8_results",
            "newer-format",
            "CBR-6, CLM-2",
            "five arrays at the unknown label 6 of the results: eight containers deep",
            deep,
            &in_results(nested(5)),
        ),
        payload_case(
            "cbor_depth_9_results",
            "breaks-rules",
            "CBR-6, CLM-1",
            "six arrays at the unknown label 6 of the results: nine containers deep",
            deep,
            &in_results(nested(6)),
        ),
        payload_case(
            "cbor_depth_7_cell",
            "genuine",
            "CBR-6, CLM-12",
            "words in two languages in a cell: seven containers deep, as deep as a document goes",
            "a genuine document would be refused",
            &in_cell(texts(&["absent", "غائب"])),
        ),
        payload_case(
            "cbor_depth_9_cell",
            "breaks-rules",
            "CBR-6, CLM-1",
            "label 24 is unknown, and a cell is nine containers deep: it is read by section 4 first",
            deep,
            &{
                let document = transcript().with(14, cell_results(nested(3))).with(24, uint(0));
                claims(document).encoded()
            },
        ),
        payload_case(
            "cbor_items_4096",
            "newer-format",
            "CBR-7, CLM-2",
            "4,096 items, most of them in an array at the unknown label 24",
            deep,
            &many(4096),
        ),
        payload_case(
            "cbor_items_4097",
            "breaks-rules",
            "CBR-7, CLM-1",
            "4,097 items, most of them in an array at the unknown label 24",
            deep,
            &many(4097),
        ),
    ]
}

/// The usual results with something else in the second cell of the marks.
fn cell_results(cell: Bytes) -> Bytes {
    let column = marks(&[uint(1525), cell, uint(1400)]);
    results().with(4, array(&[column])).encoded()
}

fn ends() -> Vec<Case> {
    let whole = claims(attestation()).encoded();
    let longest = claims(Fields::new()).with(-65537, wide_head(5, u64::MAX, 8)).encoded();
    vec![
        bad("cbor_byte_after", "CBR-8", "a zero byte behind the claims", &joined(whole.clone(), &[0])),
        bad("cbor_map_after", "CBR-8", "the claims twice, one behind the other", &joined(whole.clone(), &whole)),
        bad("cbor_cut", "CBR-8", "the last byte of the claims is missing", &whole[..whole.len() - 1]),
        bad(
            "cbor_count_too_large",
            "CBR-8",
            "the claims' head announces one entry more than there is",
            &joined(vec![whole[0] + 1], &whole[1..]),
        ),
        bad("cbor_count_2_64", "CBR-8", "the document's head announces 2^64 - 1 entries", &longest),
        bad(
            "cbor_length_2_32",
            "CBR-8",
            "the holder's head announces 2^32 bytes",
            &document(3, wide_head(3, 1 << 32, 8)),
        ),
    ]
}
