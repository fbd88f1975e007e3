//! What a status list states (SPEC section 8, STA-1): tags of 8 bytes, strictly rising, none twice.

use super::status::{malformed, set, with_lists};
use crate::case::Case;
use crate::cbor::{Bytes, array, bytes, indefinite_bytes, pairs, text, uint};
use crate::digest::Tag;
use crate::status::{SEQ, decided, decided_by, strung};

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), lengths(), order(), shapes()].concat()
}

const LOW: Tag = [0x10; 8];
const HIGH: Tag = [0x20; 8];

fn parts() -> Vec<Bytes> {
    let [withdrawn, suspended, replaced, reinstated] = decided();
    vec![strung(&withdrawn), strung(&suspended), strung(&replaced), bytes(&decided_by(SEQ, &reinstated))]
}

/// What stands in one of the four strings for these tags.
fn string(place: usize, tags: &[Tag]) -> Bytes {
    match place {
        3 => tags.iter().flat_map(|tag| decided_by(SEQ, &[*tag])).collect(),
        _ => tags.concat(),
    }
}

/// Label 6 with other bytes in one place.
fn at(place: usize, content: &[u8]) -> Bytes {
    let mut parts = parts();
    parts[place] = bytes(content);
    set(6, array(&parts))
}

fn accepted() -> Vec<Case> {
    let good = |name, comment, list| with_lists(name, "genuine", "STA-1", comment, "", vec![list]);
    let many: Vec<u8> = (0..1_000u64).flat_map(u64::to_be_bytes).collect();
    vec![
        good("status_no_tags", "no tag in any string", set(6, array(&vec![bytes(&[]); 4]))),
        good("status_1000_tags", "1,000 tags that are withdrawn, the tag of zeros among them", at(0, &many)),
        good("status_last_tag", "the tag of ones is reinstated", at(3, &string(3, &[[0xff; 8]]))),
        good("status_decision_seq", "a tag is reinstated by decision 12 of 12", at(3, &decided_by(SEQ, &[LOW]))),
        good("status_decision_0", "a tag is reinstated by decision 0", at(3, &decided_by(0, &[LOW]))),
        good(
            "status_decisions_falling",
            "the decisions of rising tags fall",
            at(3, &[decided_by(7, &[LOW]), decided_by(3, &[HIGH])].concat()),
        ),
    ]
}

fn lengths() -> Vec<Case> {
    let bad = |name: &str, comment: &str, list| malformed(name, "STA-1", comment, list);
    let mut out = Vec::new();
    for (place, state) in ["withdrawn", "suspended", "replaced", "reinstated"].into_iter().enumerate() {
        out.push(bad(
            &format!("status_{state}_7_bytes"),
            &format!("7 bytes in the string of {state} tags"),
            at(place, &[1; 7]),
        ));
        out.push(bad(
            &format!("status_{state}_twice"),
            &format!("a tag twice in the string of {state} tags"),
            at(place, &string(place, &[HIGH, HIGH])),
        ));
        out.push(bad(
            &format!("status_{state}_falling"),
            &format!("two falling tags in the string of {state} tags"),
            at(place, &string(place, &[HIGH, LOW])),
        ));
    }
    out.push(bad("status_tags_9_bytes", "a tag of 9 bytes", at(0, &[1; 9])));
    out.push(bad("status_tags_12_bytes", "a tag and a half", at(0, &[1; 12])));
    let decided = |decision| decided_by(decision, &[LOW]);
    out.extend([
        bad("status_reinstated_bare", "a reinstated tag without its decision", at(3, &LOW)),
        bad("status_reinstated_15_bytes", "a reinstated tag and a decision of 7 bytes", at(3, &decided(1)[..15])),
        bad(
            "status_reinstated_24_bytes",
            "two reinstated tags, one decision",
            at(3, &[decided(1), HIGH.to_vec()].concat()),
        ),
        bad("status_withdrawn_with_decision", "a withdrawn tag with a decision below it", at(0, &decided(1))),
        bad("status_decision_over_seq", "a tag is reinstated by decision 13 of 12", at(3, &decided(SEQ + 1))),
        bad("status_decision_largest", "a tag is reinstated by decision 2^64 - 1 of 12", at(3, &decided(u64::MAX))),
        bad("status_decision_little_endian", "decision 1, least byte first", at(3, &decided(1 << 56))),
        bad(
            "status_reinstated_twice_decisions",
            "a tag is reinstated by decision 3 and by decision 7",
            at(3, &[decided(3), decided(7)].concat()),
        ),
    ]);
    out.push(bad("status_tags_1_byte", "one byte", at(3, &[1])));
    out
}

fn order() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "STA-1", comment, list);
    let both = |first: usize, second: usize| {
        let mut parts = vec![bytes(&[]); 4];
        parts[first] = bytes(&[LOW, HIGH].concat());
        parts[second] = bytes(&string(second, &[HIGH]));
        set(6, array(&parts))
    };
    let equal_halves: Vec<u8> = [[1, 0, 0, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 0, 0, 1]].concat();
    let little_endian: Vec<u8> = [[0, 0, 0, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 0, 0, 1]].concat();
    vec![
        bad("status_tag_withdrawn_suspended", "a tag that is withdrawn and suspended", both(0, 1)),
        bad("status_tag_withdrawn_replaced", "a tag that is withdrawn and replaced", both(0, 2)),
        bad("status_tag_withdrawn_reinstated", "a tag that is withdrawn and reinstated", both(0, 3)),
        bad("status_tag_suspended_replaced", "a tag that is suspended and replaced", both(1, 2)),
        bad("status_tag_suspended_reinstated", "a tag that is suspended and reinstated", both(1, 3)),
        bad("status_tag_replaced_reinstated", "a tag that is replaced and reinstated", both(2, 3)),
        bad("status_tags_last_byte", "two tags that fall in their last byte", at(0, &equal_halves)),
        bad(
            "status_tags_last_falling",
            "three tags, the last of them falling",
            at(1, &[LOW, HIGH, [0x1f; 8]].concat()),
        ),
        with_lists(
            "status_tags_bytewise",
            "genuine",
            "STA-1",
            "two tags in bytewise order, which other orders of bytes would call falling",
            "",
            vec![at(0, &little_endian)],
        ),
    ]
}

fn shapes() -> Vec<Case> {
    let bad = |name, comment, value: Bytes| malformed(name, "STA-1", comment, set(6, value));
    let with = |item: Bytes| {
        let mut parts = parts();
        parts[1] = item;
        array(&parts)
    };
    vec![
        bad("status_three_strings", "three strings of tags", array(&parts()[..3])),
        bad("status_five_strings", "five strings of tags", array(&[parts(), vec![bytes(&[])]].concat())),
        bad("status_no_strings", "no string of tags", array(&[])),
        bad("status_tags_bytes", "the tags as one byte string", bytes(&LOW)),
        bad("status_tags_map", "a map of states", pairs(&[(uint(0), bytes(&LOW))])),
        bad("status_tags_text", "a string of tags as a text", with(text("12345678"))),
        bad("status_tags_array", "the tags as an array of byte strings", with(array(&[bytes(&LOW)]))),
        bad("status_tags_true", "true for a string of tags", with(vec![0xf5])),
        bad("status_tags_chunks", "a string of tags in two chunks", with(indefinite_bytes(&[&LOW, &HIGH]))),
        bad("status_tags_integer", "an integer for a string of tags", with(uint(0))),
    ]
}
