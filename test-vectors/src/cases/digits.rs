//! Digits behind the `#` of a link (SPEC section 2, TXT-6).

use super::text::example_of_modulo;
use crate::case::{Case, case};
use crate::documents::example;
use crate::text::{DIGITS, PAGE, base45, digit_group, digits, link};

const TWO_TEXTS: &str = "one document would have several texts";
const OUTSIDE: &str = "a damaged or folded text would be repaired by guessing";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [lasts(), too_large(), counts(), characters(), short()].concat()
}

fn bad(name: &str, comment: &str, effect: &str, body: String) -> Case {
    case(name, "text-malformed", "TXT-6", comment, effect, format!("{PAGE}#SC1:{body}"))
}

/// A last group of every length is read.
fn lasts() -> Vec<Case> {
    let of = |rest: usize| {
        let comment = match rest {
            0 => "a link whose bytes are a multiple of seven".to_owned(),
            _ => format!("a link whose last group has {rest} bytes"),
        };
        let text = link(&example_of_modulo(7, rest));
        case(
            &format!("text_digits_last_{rest}"),
            "genuine",
            "TXT-6",
            &comment,
            "a genuine document would be refused",
            text,
        )
    };
    (0..7).map(of).collect()
}

/// A group at or above 256^n, in every length and in the middle.
fn too_large() -> Vec<Case> {
    let mut out = Vec::new();
    for rest in 1..8 {
        let bytes = example_of_modulo(7, rest % 7);
        let whole = digits(&bytes);
        let head = &whole[..whole.len() - DIGITS[rest]];
        let bound = 1u64 << (8 * rest);
        let with = |value| format!("{head}{}", digit_group(value, rest));
        out.push(bad(
            &format!("text_digits_bound_{rest}"),
            &format!("the last group of {rest} bytes is 256^{rest}"),
            TWO_TEXTS,
            with(bound),
        ));
        out.push(bad(
            &format!("text_digits_nines_{rest}"),
            &format!("the last group of {rest} bytes is all nines"),
            TWO_TEXTS,
            format!("{head}{}", "9".repeat(DIGITS[rest])),
        ));
        let last = bytes[bytes.len() - rest..].iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        if last + bound < 10u64.pow(DIGITS[rest] as u32) {
            out.push(bad(
                &format!("text_digits_wrapped_{rest}"),
                &format!(
                    "256^{rest} added to the last group of {rest} bytes: a reader that cuts takes it for the same"
                ),
                TWO_TEXTS,
                with(last + bound),
            ));
        }
    }
    let whole = digits(&example());
    out.push(bad(
        "text_digits_middle_group",
        "the third group of seventeen digits is 256^7",
        TWO_TEXTS,
        format!("{}{}{}", &whole[..34], digit_group(1 << 56, 7), &whole[51..]),
    ));
    out
}

/// Counts of digits that no byte string has.
fn counts() -> Vec<Case> {
    let whole = digits(&example_of_modulo(7, 0));
    let left_over = |count: usize| {
        bad(
            &format!("text_digits_left_{count}"),
            &format!("{count} zeros more than full groups"),
            TWO_TEXTS,
            format!("{whole}{}", "0".repeat(count)),
        )
    };
    let mut out: Vec<_> = [1, 2, 4, 6, 7, 9, 11, 12, 14, 16].map(left_over).to_vec();
    out.push(bad("text_digits_last_missing", "the last digit is missing", OUTSIDE, {
        let mut cut = digits(&example_of_modulo(7, 1));
        cut.pop();
        cut
    }));
    out.push(bad("text_digits_zero_before", "a zero before the digits", TWO_TEXTS, format!("0{whole}")));
    out
}

fn characters() -> Vec<Case> {
    let whole = digits(&example());
    let with = |name, comment, character: &str| {
        bad(name, comment, OUTSIDE, format!("{}{character}{}", &whole[..30], &whole[31..]))
    };
    vec![
        with("text_digits_letter", "the letter O for a zero", "O"),
        with("text_digits_arabic", "U+0663, an Arabic digit three", "\u{663}"),
        with("text_digits_persian", "U+06F3, a Persian digit three", "\u{6f3}"),
        with("text_digits_wide", "U+FF13, a digit three to some libraries", "\u{ff13}"),
        with("text_digits_superscript", "U+00B3, a superscript three", "\u{b3}"),
        with("text_digits_blank", "a blank in the middle", " "),
        with("text_digits_plus", "a plus sign in the middle", "+"),
        with("text_digits_minus", "a minus sign in the middle", "-"),
        with("text_digits_point", "a point in the middle", "."),
        with("text_digits_line_end", "a line end in the middle", "\n"),
        with("text_digits_letter_a", "a hexadecimal digit a", "a"),
        bad("text_digits_sign_first", "a plus sign for the first digit of the first group", OUTSIDE, {
            format!("+{}", &whole[1..])
        }),
        bad("text_digits_blank_first", "a blank for the first digit of the first group", OUTSIDE, {
            format!(" {}", &whole[1..])
        }),
        bad("text_digits_line_end_last", "a line end behind the digits: nothing is trimmed", OUTSIDE, {
            format!("{whole}\n")
        }),
        bad("text_digits_base45", "the base45 text behind the #", OUTSIDE, base45(&example())),
        bad("text_digits_hex", "the bytes in hexadecimal behind the #", OUTSIDE, crate::object::hex(&example())),
        bad("text_digits_query", "a query behind the digits", OUTSIDE, format!("{whole}?x=1")),
        case(
            "text_link_second_hash",
            "text-malformed",
            "TXT-2, TXT-6",
            "a # behind the digits",
            OUTSIDE,
            format!("{}#", link(&example())),
        ),
        case(
            "text_base45_of_digits",
            "text-malformed",
            "TXT-5, TXT-7",
            "the digits behind SC1: in a QR code: base45 of other bytes",
            OUTSIDE,
            format!("SC1:{whole}"),
        ),
    ]
}

/// Few digits: the first byte decides once they are read.
fn short() -> Vec<Case> {
    let row = |name, spec, comment, body: &str| {
        let effect = "bytes of another kind would be worked on";
        case(name, "text-malformed", spec, comment, effect, format!("{PAGE}#SC1:{body}"))
    };
    vec![
        row("text_digits_one", "TXT-6", "one digit", "7"),
        row("text_digits_three_zeros", "TXT-6, TXT-7", "three zeros: one byte, and no document", "000"),
        row("text_digits_256", "TXT-6", "the digits 256", "256"),
        row("text_digits_999", "TXT-6", "the digits 999", "999"),
        row("text_digits_seventeen_zeros", "TXT-6, TXT-7", "seventeen zeros: seven bytes of zero", &"0".repeat(17)),
        case(
            "text_digits_tag_alone",
            "envelope-malformed",
            "TXT-6, ENV-1",
            "the digits 210: the tag alone",
            "verifiers would differ in their code",
            format!("{PAGE}#SC1:210"),
        ),
        case(
            "text_digits_zlib_alone",
            "compression-malformed",
            "TXT-6, ZIP-3",
            "the digits 120: 0x78 alone",
            "verifiers would differ in their code",
            format!("{PAGE}#SC1:120"),
        ),
    ]
}
