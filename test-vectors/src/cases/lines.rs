//! Canonical lines of minutes and their root (SPEC section 16, MIN-3 and MIN-4).

use crate::cbor::{Bytes, array, bytes, indefinite_array, int, joined, text, texts, uint, wide_head};
use crate::merkle::{self, Hash};
use crate::minutes::{Line, SALT, line_salt, lines, root};
use crate::object::{ObjectCase, hex};
use crate::sign::sha256;

const GUESS: &str = "two auditors would come to different roots";
const HIDDEN: &str = "a line could be added, left out or altered after the jury met";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [accepted(), items(), encodings(), order(), roots()].concat()
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, lines: &[Bytes], root: &Hash) -> ObjectCase {
    let written: Vec<_> = lines.iter().map(|line| hex(line)).collect();
    ObjectCase::new("minutes-lines", name, expect, spec, comment, effect)
        .with("salt", hex(&SALT))
        .with("root", hex(root))
        .of(written.join("\n"))
}

/// Lines with their own root: only the lines can be wrong.
fn rooted(name: &str, expect: &str, comment: &str, effect: &str, lines: &[Bytes]) -> ObjectCase {
    row(name, expect, "MIN-3", comment, effect, lines, &root(lines, &SALT))
}

fn encoded(lines: &[Line]) -> Vec<Bytes> {
    lines.iter().map(Line::encoded).collect()
}

fn accepted() -> Vec<ObjectCase> {
    let good = |name, comment, lines: &[Line]| {
        row(name, "accepted", "MIN-3, MIN-4", comment, GUESS, &encoded(lines), &root(&encoded(lines), &SALT))
    };
    let least = Line::new(1).with(3, uint(0)).with(4, uint(0)).with(5, uint(0)).with(6, int(-1)).with(7, array(&[]));
    let names = |count: usize| texts(&["Salma EL MITALI", "سلمى المثالي", "ⵙⴰⵍⵎⴰ"][..count]);
    let many =
        |count| (1..=count).map(|number| Line::new(number).with(1, text(&format!("E{number}")))).collect::<Vec<_>>();
    vec![
        good("lines", "three lines", &lines()),
        good("lines_one", "one line", &lines()[..1]),
        good("lines_two", "two lines", &lines()[..2]),
        good("lines_five", "five lines", &many(5)),
        good("lines_300", "300 lines, an uneven tree", &many(300)),
        good("lines_least", "a birth date, a series and a mean that are not known, no marks", &[least]),
        good("lines_two_scripts", "a name in two scripts", &[Line::new(1).with(2, names(2))]),
        good("lines_three_scripts", "a name in three scripts", &[Line::new(1).with(2, names(3))]),
        good(
            "lines_marks",
            "marks in numbers and words",
            &[Line::new(1).with(7, array(&[uint(0), text("absent"), uint(100_000)]))],
        ),
        good("lines_year_only", "a birth date without month", &[Line::new(1).with(3, uint(20_080_000))]),
    ]
}

fn items() -> Vec<ObjectCase> {
    let bad = |name: &str, comment: &str, at: usize, item: Bytes| {
        rooted(name, "breaks-rules", comment, GUESS, &encoded(&[Line::new(1).with(at, item)]))
    };
    let mut longer = Line::new(1);
    longer.0.push(uint(0));
    let mut shorter = Line::new(1);
    shorter.0.pop();
    vec![
        bad("lines_number_uint", "the candidate's number as a number", 1, uint(1)),
        bad("lines_number_empty", "an empty candidate's number", 1, text("")),
        bad("lines_holder_one", "a name as an array of one text", 2, texts(&["Salma"])),
        bad("lines_holder_four", "a name in four scripts", 2, texts(&["a", "b", "c", "d"])),
        bad("lines_holder_blank", "a blank before the name", 2, text(" Salma")),
        bad("lines_birth_month_13", "a birth date in month 13", 3, uint(20_081_301)),
        bad("lines_birth_text", "a birth date as a text", 3, text("2008-03-14")),
        bad("lines_series_1", "a series 1", 4, uint(1)),
        bad("lines_series_empty", "an empty series", 4, text("")),
        bad("lines_decision_2", "a decision 2", 5, uint(2)),
        bad("lines_decision_true", "a decision true", 5, vec![0xf5]),
        bad("lines_mean_minus_2", "a mean of -2", 6, int(-2)),
        bad("lines_mean_float", "a mean as a float", 6, vec![0xf9, 0x4b, 0x80]),
        bad("lines_mark_negative", "a mark of -1", 7, array(&[int(-1)])),
        bad("lines_mark_long", "a mark in words of nine letters", 7, texts(&["dispensée"])),
        bad("lines_marks_bytes", "the marks as a byte string", 7, bytes(&[1])),
        rooted("lines_nine_items", "breaks-rules", "a line of nine items", GUESS, &encoded(&[longer])),
        rooted("lines_seven_items", "breaks-rules", "a line of seven items", GUESS, &encoded(&[shorter])),
    ]
}

/// One meaning, another encoding: not canonical.
fn encodings() -> Vec<ObjectCase> {
    let bad = |name, comment, line: Bytes| rooted(name, "breaks-rules", comment, GUESS, &[line]);
    let whole = Line::new(1).encoded();
    vec![
        bad(
            "lines_wide_number",
            "the line's number in one byte more",
            Line::new(1).with(0, wide_head(0, 1, 1)).encoded(),
        ),
        bad("lines_wide_array", "the array's head in one byte more", joined(wide_head(4, 8, 1), &whole[1..])),
        bad("lines_indefinite", "an array of indefinite length", indefinite_array(&Line::new(1).0)),
        bad("lines_byte_after", "a zero byte behind the line", joined(whole.clone(), &[0])),
        bad("lines_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        bad("lines_tagged", "a tag before the line", crate::cbor::tag(24, &whole)),
    ]
}

fn order() -> Vec<ObjectCase> {
    let bad = |name, comment, lines: &[Line]| rooted(name, "breaks-rules", comment, HIDDEN, &encoded(lines));
    let from_0 = [Line::new(0).with(1, text("A")), Line::new(1)];
    vec![
        bad("lines_from_0", "lines from 0", &from_0),
        bad("lines_from_2", "lines from 2", &lines()[1..]),
        bad("lines_gap", "lines 1 and 3", &[Line::new(1), Line::new(3)]),
        bad("lines_swapped", "lines 2 and 1", &[Line::new(2), Line::new(1)]),
        bad("lines_twice", "line 1 twice", &[Line::new(1), Line::new(1).with(1, text("A"))]),
        bad(
            "lines_candidate_twice",
            "a candidate's number on lines 1 and 3",
            &[Line::new(1), Line::new(2), Line::new(3).with(1, text("E130026001"))],
        ),
    ]
}

/// The lines are right, the root is another.
fn roots() -> Vec<ObjectCase> {
    let lines = encoded(&lines());
    let bad = |name, comment, root: Hash| row(name, "breaks-rules", "MIN-4", comment, HIDDEN, &lines, &root);
    let over = |leaf: &dyn Fn(&Bytes, u64) -> Hash| {
        merkle::root(&lines.iter().zip(1..).map(|(line, number)| leaf(line, number)).collect::<Vec<_>>())
    };
    let mut altered = lines.clone();
    altered[1] = Line::new(2).encoded();
    vec![
        bad("lines_root_altered", "the root of lines in which candidate 2 was admitted", root(&altered, &SALT)),
        bad("lines_root_of_two", "the root of the first two lines", root(&lines[..2], &SALT)),
        bad("lines_root_other_salt", "the root under another salt", root(&lines, &[0x5b; 32])),
        bad("lines_root_no_salt", "the root without salt", over(&|line, _| sha256(line))),
        bad(
            "lines_root_one_salt",
            "the root with the salt itself before each line",
            over(&|line, _| sha256(&[&SALT[..], line].concat())),
        ),
        bad(
            "lines_root_from_0",
            "the root with the salts of lines 0 to 2",
            over(&|line, number| sha256(&[&line_salt(&SALT, number - 1)[..], line].concat())),
        ),
        bad(
            "lines_root_little_endian",
            "the root with line numbers least significant byte first",
            over(&|line, number| {
                let salt = sha256(&[&SALT[..], &number.to_le_bytes()].concat());
                sha256(&[&salt[..], line].concat())
            }),
        ),
        bad("lines_root_line_as_leaf", "the root over salt and line without the inner hash of the leaf", {
            let leaves: Vec<Hash> = lines
                .iter()
                .zip(1..)
                .map(|(line, number)| sha256(&[&[0], &line_salt(&SALT, number)[..], line].concat()))
                .collect();
            merkle::node(&merkle::node(&leaves[0], &leaves[1]), &leaves[2])
        }),
        bad("lines_root_last_doubled", "the root with the last leaf twice, as in other trees", {
            let leaf = |number: u64| sha256(&[&line_salt(&SALT, number)[..], &lines[number as usize - 1]].concat());
            merkle::root(&[leaf(1), leaf(2), leaf(3), leaf(3)])
        }),
        row("lines_root_uints", "breaks-rules", "MIN-4", "32 zero bytes for the root", HIDDEN, &lines, &[0; 32]),
    ]
}
