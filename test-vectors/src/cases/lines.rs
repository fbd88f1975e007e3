//! Canonical lines of minutes and their root (SPEC section 16, MIN-3 and MIN-4).

use crate::cbor::{Bytes, Fields, array, indefinite_array, int, joined, text, texts, uint, uints, wide_head};
use crate::documents::{columns, marks, mean_alone, results, yes};
use crate::merkle::{self, Hash};
use crate::minutes::{Line, SALT, line_salt, lines, root};
use crate::object::{ObjectCase, hex};
use crate::sign::sha256;

const GUESS: &str = "two auditors would come to different roots";
const HIDDEN: &str = "a line could be added, left out or altered after the jury met";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [accepted(), items(), newer(), languages(), encodings(), order(), roots()].concat()
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
    let least = Line::new(1).with(3, uint(0)).with(4, uint(0)).with(5, uints(&[0])).with(6, uint(0)).with(7, uint(0));
    let names = |count: usize| texts(&["Salma EL MITALI", "سلمى المثالي", "ⵙⴰⵍⵎⴰ", "Salma El Mitali"][..count]);
    let hollow = Line::new(1)
        .with(2, array(&[text("Salma EL MITALI"), yes()]))
        .with(5, array(&[uint(1), array(&[yes(), text("ناجحة")])]))
        .with(6, array(&[text("Bien"), text("حسن")]));
    let many =
        |count| (1..=count).map(|number| Line::new(number).with(1, text(&format!("E{number}")))).collect::<Vec<_>>();
    vec![
        good("lines", "three lines", &lines()),
        good("lines_one", "one line", &lines()[..1]),
        good("lines_two", "two lines", &lines()[..2]),
        good("lines_five", "five lines", &many(5)),
        good("lines_300", "300 lines, an uneven tree", &many(300)),
        good("lines_least", "birth date, series, honours and results that are not known", &[least]),
        good("lines_two_scripts", "a name in two scripts", &[Line::new(1).with(2, names(2))]),
        good("lines_three_scripts", "a name in three scripts", &[Line::new(1).with(2, names(3))]),
        good("lines_four_scripts", "a name in four scripts", &[Line::new(1).with(2, names(4))]),
        good("lines_holes", "words in two languages with holes", &[hollow]),
        good("lines_mean", "a mean and no rows", &[Line::new(1).with(7, mean_alone().encoded())]),
        good(
            "lines_otherwise",
            "an outcome 2 with its words",
            &[{ Line::new(1).with(5, array(&[uint(2), text("Ajourné")])) }],
        ),
        good(
            "lines_birth_words",
            "a birth date with its words",
            &[{ Line::new(1).with(3, array(&[uint(20_080_000), text("vers 2008")])) }],
        ),
        good(
            "lines_birth_words_alone",
            "0 and the words of a birth date",
            &[{ Line::new(1).with(3, array(&[uint(0), text("présumé")])) }],
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
        bad("lines_holder_five", "a name in five scripts", 2, texts(&["a", "b", "c", "d", "e"])),
        bad("lines_holder_holes", "a name of two holes", 2, array(&[yes(), yes()])),
        bad("lines_holder_0", "0 for the name", 2, uint(0)),
        bad("lines_holder_blank", "a blank before the name", 2, text(" Salma")),
        bad("lines_holder_hidden", "U+200B in the name", 2, text("Sal\u{200b}ma")),
        bad("lines_birth_month_13", "a birth date in month 13", 3, uint(20_081_301)),
        bad("lines_birth_text", "a birth date as a text", 3, text("2008-03-14")),
        bad("lines_birth_alone_in_array", "a birth date alone in an array", 3, uints(&[20_080_314])),
        bad("lines_birth_month_13_words", "month 13 with words", 3, array(&[uint(20_081_301), text("x")])),
        bad("lines_series_1", "a series 1", 4, uint(1)),
        bad("lines_series_empty", "an empty series", 4, text("")),
        bad("lines_series_array", "a series in two languages", 4, texts(&["Sciences", "علوم"])),
        bad("lines_series_true", "a series true", 4, yes()),
        bad("lines_decision_bare", "the outcome without its array", 5, uint(1)),
        bad("lines_decision_true", "a decision true", 5, yes()),
        bad("lines_decision_none", "a decision of no entry", 5, array(&[])),
        bad("lines_decision_negative", "an outcome -1", 5, array(&[int(-1)])),
        bad("lines_decision_longer", "a third entry in the decision", 5, array(&[uint(1), text("a"), text("b")])),
        bad("lines_decision_words_empty", "empty words of a decision", 5, array(&[uint(1), text("")])),
        bad("lines_honours_1", "honours 1", 6, uint(1)),
        bad("lines_honours_empty", "empty honours", 6, text("")),
        bad("lines_honours_true", "honours true", 6, yes()),
        bad("lines_results_array", "the results as an array", 7, uints(&[1525])),
        bad("lines_results_1", "results 1", 7, uint(1)),
        bad("lines_results_empty", "results without a label (CLM-16)", 7, Fields::new().encoded()),
        bad("lines_results_short", "a column too short (CLM-9)", 7, {
            results().with(4, array(&[marks(&[uint(1525)])])).encoded()
        }),
        bad("lines_results_role_twice", "two columns of role 1 (CLM-10)", 7, {
            results().with(4, array(&[columns()[0].clone(), columns()[0].clone()])).encoded()
        }),
        bad("lines_results_7_decimals", "a mean of seven decimals", 7, {
            Fields::new().with(1, uints(&[1525, 7])).encoded()
        }),
        rooted("lines_nine_items", "breaks-rules", "a line of nine items", GUESS, &encoded(&[longer])),
        rooted("lines_seven_items", "breaks-rules", "a line of seven items", GUESS, &encoded(&[shorter])),
    ]
}

/// Choices that are not known.
fn newer() -> Vec<ObjectCase> {
    let row = |name: &str, comment: &str, at: usize, item: Bytes| {
        rooted(name, "newer-format", comment, GUESS, &encoded(&[Line::new(1).with(at, item)]))
    };
    let role = array(&[uint(6), text("X"), uint(0), uints(&[1, 2, 3])]);
    vec![
        row("lines_decision_3", "an outcome 3", 5, uints(&[3])),
        row("lines_decision_2_64", "an outcome 2^64 - 1", 5, uints(&[u64::MAX])),
        row("lines_results_role_6", "a column of role 6", 7, results().with(4, array(&[role])).encoded()),
        row("lines_results_row_kind_5", "a row of kind 5", 7, {
            results().with(3, Fields::new().with(1, uint(5)).encoded()).encoded()
        }),
    ]
}

/// All arrays of a line have as many entries.
fn languages() -> Vec<ObjectCase> {
    let pair = || array(&[text("Salma"), text("سلمى")]);
    let three = || texts(&["a", "b", "c"]);
    let bad = |name: &str, comment: &str, line: Line| rooted(name, "breaks-rules", comment, GUESS, &encoded(&[line]));
    let two = || Line::new(1).with(2, pair());
    vec![
        bad("lines_languages_honours", "a name in two languages, honours in three", two().with(6, three())),
        bad("lines_languages_decision", "a name in two languages, a decision in three", {
            two().with(5, array(&[uint(1), three()]))
        }),
        bad("lines_languages_birth", "a name in two languages, a birth date in three", {
            two().with(3, array(&[uint(20_080_314), three()]))
        }),
        bad("lines_languages_results", "a name in two languages, a row in three", {
            two().with(7, results().with(2, array(&[three(), text("b"), text("c")])).encoded())
        }),
        bad("lines_languages_in_results", "a row in two languages, a cell in three", {
            let results = results()
                .with(2, array(&[pair(), text("b"), text("c")]))
                .with(4, array(&[marks(&[uint(1), three(), uint(3)])]));
            Line::new(1).with(7, results.encoded())
        }),
        rooted(
            "lines_languages_of_two_lines",
            "accepted",
            "a line in two languages and one in three",
            GUESS,
            &encoded(&[two(), Line::new(2).with(2, three())]),
        ),
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
