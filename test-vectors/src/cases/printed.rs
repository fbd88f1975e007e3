//! Words in several languages, with holes where a language is not printed (SPEC section 6, CLM-12).

use super::claims::{REFUSED, of};
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, int, text, texts, uint, uints};
use crate::documents::{attestation, column, diploma, marks, results, transcript, yes};

const WRONG: &str = "a text would be shown under the wrong language";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [counts(), holes(), places(), shapes()].concat()
}

fn row(name: &str, expect: &str, comment: &str, languages: &[&str], words: &[Bytes]) -> Case {
    let document = attestation().with(2, texts(languages)).with(3, array(words));
    of(name, expect, "CLM-12", comment, WRONG, document)
}

fn in_two(label: i64, words: Bytes) -> Fields {
    attestation().with(2, texts(&["fr", "ar"])).with(label, words)
}

fn counts() -> Vec<Case> {
    let all = ["Salma", "سلمى", "Salma", "Salma", "Salma"].map(text);
    let bad =
        |name, comment, languages: &[&str], count: usize| row(name, "breaks-rules", comment, languages, &all[..count]);
    vec![
        bad("claims_words_2_of_3", "two texts for three languages", &["fr", "ar", "en"], 2),
        bad("claims_words_3_of_2", "three texts for two languages", &["fr", "ar"], 3),
        bad("claims_words_3_of_4", "three texts for four languages", &["fr", "ar", "en", "es"], 3),
        bad("claims_words_2_of_1", "two texts for one language", &["fr"], 2),
        bad("claims_words_1_of_1", "an array of one text for one language", &["fr"], 1),
        bad("claims_words_1_of_2", "an array of one text for two languages", &["fr", "ar"], 1),
        bad("claims_words_4_of_3", "four texts for three languages", &["fr", "ar", "en"], 4),
        bad("claims_words_5_of_4", "five texts for four languages", &["fr", "ar", "en", "es"], 5),
        of(
            "claims_words_none",
            "breaks-rules",
            "CLM-12, CLM-4",
            "an empty array as title",
            "a text would be missing",
            attestation().with(8, uints(&[])),
        ),
        of(
            "claims_words_one_text",
            "genuine",
            "CLM-12",
            "one text each for two languages: the same in both",
            REFUSED,
            attestation().with(2, texts(&["fr", "ar"])),
        ),
        of(
            "claims_words_one_text_for_four",
            "genuine",
            "CLM-12",
            "one text each for four languages",
            REFUSED,
            attestation().with(2, texts(&["fr", "ar", "en", "es"])),
        ),
    ]
}

fn holes() -> Vec<Case> {
    let good = |name, comment, languages: &[&str], words: &[Bytes]| row(name, "genuine", comment, languages, words);
    let bad = |name, comment, languages: &[&str], words: &[Bytes]| row(name, "breaks-rules", comment, languages, words);
    let one = || text("Salma");
    vec![
        good("claims_hole_first", "a hole and a text", &["fr", "ar"], &[yes(), text("سلمى")]),
        good("claims_hole_last", "a text and a hole", &["fr", "ar"], &[one(), yes()]),
        good("claims_hole_middle", "a hole between two texts", &["fr", "ar", "en"], &[one(), yes(), one()]),
        good(
            "claims_holes_but_last",
            "three holes and a text",
            &["fr", "ar", "en", "es"],
            &[yes(), yes(), yes(), one()],
        ),
        bad("claims_holes_all_2", "two holes", &["fr", "ar"], &[yes(), yes()]),
        bad("claims_holes_all_4", "four holes", &["fr", "ar", "en", "es"], &vec![yes(); 4]),
        bad("claims_hole_of_1", "a hole for one language", &["fr"], &[yes()]),
        bad("claims_hole_3_of_2", "two texts and a hole for two languages", &["fr", "ar"], &[one(), one(), yes()]),
        bad("claims_hole_1_of_2", "a text for two languages in an array of one", &["fr", "ar"], &[one()]),
        of(
            "claims_hole_everywhere",
            "genuine",
            "CLM-12",
            "a diploma whose title has no Arabic and whose session no French",
            REFUSED,
            diploma().with(8, array(&[text("Baccalauréat"), yes()])).with(10, array(&[yes(), text("يونيو 2026")])),
        ),
    ]
}

/// Every field of words has the rule.
fn places() -> Vec<Case> {
    let three = || texts(&["a", "b", "c"]);
    let holes = || array(&[yes(), yes()]);
    let field = |name: &str, comment: &str, label: i64| {
        of(
            &format!("claims_words_{name}"),
            "breaks-rules",
            "CLM-12",
            &format!("three texts as {comment} for two languages"),
            WRONG,
            in_two(label, three()),
        )
    };
    let hollow = |name: &str, comment: &str, label: i64| {
        of(
            &format!("claims_holes_{name}"),
            "breaks-rules",
            "CLM-12",
            &format!("two holes as {comment}"),
            "a text would be missing",
            in_two(label, holes()),
        )
    };
    let of_results = |name: &str, comment: &str, results: Fields| {
        let document = transcript().with(2, texts(&["fr", "ar"])).with(14, results.encoded());
        of(&format!("claims_words_{name}"), "breaks-rules", "CLM-12", comment, WRONG, document)
    };
    let cells = |words: Bytes| results().with(4, array(&[marks(&[uint(1), words, uint(3)])]));
    let line = |name: Bytes, value: Bytes| array(&[array(&[array(&[name, value])]), array(&[])]);
    vec![
        field("place", "place of birth", 5),
        field("title", "title", 8),
        field("series", "series", 9),
        field("session", "session", 10),
        field("honours", "honours", 11),
        field("authority", "authority", 12),
        field("centre", "centre", 13),
        hollow("title", "title", 8),
        hollow("session", "session", 10),
        hollow("authority", "authority", 12),
        hollow("honours", "honours", 11),
        of_results(
            "row",
            "three texts as a row for two languages",
            results().with(2, array(&[three(), text("b"), text("c")])),
        ),
        of_results("row_holes", "two holes as a row", results().with(2, array(&[text("a"), holes(), text("c")]))),
        of_results("cell", "three texts in a cell for two languages", cells(three())),
        of_results("cell_holes", "two holes in a cell: nothing printed is true alone", cells(holes())),
        of_results("heading", "three texts as a heading for two languages", {
            results().with(4, array(&[marks(&[1, 2, 3].map(uint)), column(0, three(), 0, &[1, 2, 3].map(uint))]))
        }),
        of_results("heading_holes", "two holes as a heading", {
            results().with(4, array(&[marks(&[1, 2, 3].map(uint)), column(0, holes(), 0, &[1, 2, 3].map(uint))]))
        }),
        of_results("summary", "three texts as the name of a summary for two languages", {
            results().with(5, array(&[array(&[three(), uints(&[1, 0])])]))
        }),
        of(
            "claims_words_line_name",
            "breaks-rules",
            "CLM-12",
            "three texts as the name of a line",
            WRONG,
            in_two(22, line(three(), text("x"))),
        ),
        of(
            "claims_words_line_value",
            "breaks-rules",
            "CLM-12",
            "three texts as the value of a line",
            WRONG,
            in_two(22, line(text("x"), three())),
        ),
        of(
            "claims_words_outcome",
            "breaks-rules",
            "CLM-12",
            "three texts for a decision",
            WRONG,
            in_two(21, array(&[uint(1), three()])),
        ),
        of("claims_words_identity", "breaks-rules", "CLM-12", "three texts for the name of a number", WRONG, {
            in_two(6, array(&[uint(1), text("371"), three()]))
        }),
        of(
            "claims_words_places",
            "genuine",
            "CLM-12",
            "holes in a row, a cell, a heading, a line and a decision",
            REFUSED,
            {
                let pair = || array(&[text("a"), yes()]);
                let columns = [marks(&[uint(1), pair(), uint(3)]), column(0, pair(), 0, &[1, 2, 3].map(uint))];
                let results = results().with(2, array(&[pair(), text("b"), text("c")])).with(4, array(&columns));
                in_two(22, line(pair(), pair())).with(21, array(&[uint(1), pair()])).with(14, results.encoded())
            },
        ),
    ]
}

/// What is neither a text nor a hole.
fn shapes() -> Vec<Case> {
    let bad = |name, comment, second: Bytes| {
        of(name, "breaks-rules", "CLM-4, CLM-12", comment, WRONG, in_two(3, array(&[text("Salma"), second])))
    };
    vec![
        bad("claims_words_integer", "an integer as second text", uint(1)),
        bad("claims_words_negative", "a negative integer as second text", int(-1)),
        bad("claims_words_bytes", "a byte string as second text", crate::cbor::bytes(b"Salma")),
        bad("claims_words_nested", "an array of one text as second text", texts(&["Salma"])),
        bad("claims_words_map", "a map as second text", Fields::new().encoded()),
    ]
}
