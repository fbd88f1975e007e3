//! Text form (SPEC section 2).

use crate::case::{Case, case};
use crate::documents::{attestation, claims, diploma, example, example_text, sealed};
use crate::text::{base45, digits, group45, link, symbol};
use crate::world::session_key;

const NO_OPEN: &str = "a code that leads elsewhere would be opened or read";
const TWO_TEXTS: &str = "one document would have several texts";
const PROMISE: &str = "a text of a later version would be called damaged or foreign";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), lengths(), prefixes(), alphabet45(), first_byte()].concat()
}

fn accepted() -> Vec<Case> {
    let accept = |name, spec, comment, artefact| {
        case(name, "genuine", spec, comment, "a genuine document would be refused", artefact)
    };
    let even = example_of_length(0);
    let odd = example_of_length(1);
    vec![
        accept("text_symbol", "TXT-2, TXT-5", "the example of SPEC.md as a QR code holds it", example_text()),
        accept("text_symbol_even", "TXT-5", "base45 of an even number of bytes", symbol(&even)),
        accept("text_symbol_odd", "TXT-5", "base45 of an odd number of bytes", symbol(&odd)),
        accept("text_link", "TXT-2, TXT-6", "the example as a link", link(&example())),
        accept(
            "text_link_without_host",
            "TXT-2",
            "nothing between https:// and #",
            format!("https://#SC1:{}", digits(&example())),
        ),
        accept(
            "text_link_foreign_host",
            "TXT-2",
            "a link to another page, with user, port and query: all of it is ignored",
            format!("https://user:word@evil.example.com:8443/a/b?x=SC2:&y=1#SC1:{}", digits(&example())),
        ),
    ]
}

fn lengths() -> Vec<Case> {
    let data = format!("#SC1:{}", digits(&example()));
    let padded = |filler: &str, total: usize| {
        let used = "https://".len() + data.chars().count();
        format!("https://{}{data}", filler.repeat(total - used))
    };
    let long = "a text that no QR code holds would be worked on";
    vec![
        case(
            "text_empty",
            "text-malformed",
            "TXT-1",
            "no character at all",
            "an empty field would be called foreign",
            String::new(),
        ),
        case(
            "text_7089_characters",
            "genuine",
            "TXT-1, TXT-2",
            "a link as long as a text may be",
            "a genuine document would be refused",
            padded("a", 7089),
        ),
        case(
            "text_7090_characters",
            "text-malformed",
            "TXT-1",
            "the same link with one more character in the host",
            long,
            padded("a", 7090),
        ),
        case(
            "text_7089_wide_characters",
            "genuine",
            "TXT-1, TXT-2",
            "7,089 code points, more bytes and more UTF-16 units: the host is of letters beyond U+FFFF",
            "verifiers would differ by how they count",
            padded("\u{1d4d0}", 7089),
        ),
        case(
            "text_7090_wide_characters",
            "text-malformed",
            "TXT-1",
            "one code point more",
            long,
            padded("\u{1d4d0}", 7090),
        ),
        case(
            "text_long_newer",
            "text-malformed",
            "TXT-1, TXT-3",
            "a text of a later version of 7,090 characters: the length is looked at first",
            "verifiers would differ in their code",
            format!("SC2:{}", "0".repeat(7086)),
        ),
        case(
            "text_newer_7089",
            "newer-format",
            "TXT-1, TXT-3",
            "a text of a later version of 7,089 characters",
            PROMISE,
            format!("SC2:{}", "0".repeat(7085)),
        ),
        case(
            "text_long_symbol",
            "text-malformed",
            "TXT-1",
            "a symbol text of 7,090 characters",
            long,
            format!("SC1:{}", "0".repeat(7086)),
        ),
        case(
            "text_long_foreign",
            "text-malformed",
            "TXT-1, TXT-4",
            "a foreign text of 7,090 characters: the length is looked at first",
            "verifiers would differ in their code",
            "a".repeat(7090),
        ),
        case(
            "text_foreign_7089",
            "foreign-code",
            "TXT-1, TXT-4",
            "a foreign text of 7,089 characters",
            NO_OPEN,
            "a".repeat(7089),
        ),
    ]
}

fn prefixes() -> Vec<Case> {
    let body = base45(&example());
    let link_body = digits(&example());
    let foreign = |name, comment, artefact| case(name, "foreign-code", "TXT-4", comment, NO_OPEN, artefact);
    let newer = |name, comment, artefact| case(name, "newer-format", "TXT-3", comment, PROMISE, artefact);
    vec![
        newer("text_prefix_version_2", "SC2: in a QR code", format!("SC2:{body}")),
        newer("text_prefix_version_0", "SC0: is a digit other than 1", format!("SC0:{body}")),
        newer("text_prefix_version_01", "SC01: is two digits, not the single digit 1", format!("SC01:{body}")),
        newer("text_prefix_version_11", "SC11: starts with the digit 1", format!("SC11:{body}")),
        newer("text_prefix_version_999", "SC999: is the last one", format!("SC999:{body}")),
        newer("text_prefix_version_2_bare", "SC2: with nothing behind it", "SC2:".into()),
        newer(
            "text_prefix_version_2_link",
            "SC2: behind the # of a link",
            format!("https://sceau.example.org/v#SC2:{link_body}"),
        ),
        foreign("text_prefix_version_1000", "SC1000: has four digits", format!("SC1000:{body}")),
        foreign("text_prefix_no_version", "SC: has no digit", format!("SC:{body}")),
        foreign("text_prefix_arabic_digit", "the digit is U+0662", format!("SC\u{662}:{body}")),
        foreign("text_prefix_sign", "SC+2: has a sign", format!("SC+2:{body}")),
        foreign("text_prefix_lower_case", "sc1: is not SC1:", format!("sc1:{body}")),
        foreign("text_prefix_no_colon", "no colon behind SC1", format!("SC1{body}")),
        foreign("text_prefix_health_certificate", "a health certificate of the European Union", format!("HC1:{body}")),
        foreign("text_blank_before", "a blank before the prefix: nothing is trimmed", format!(" {}", example_text())),
        foreign(
            "text_line_end_before",
            "a line end before the prefix: nothing is trimmed",
            format!("\n{}", example_text()),
        ),
        foreign("text_byte_order_mark", "U+FEFF before the prefix", format!("\u{feff}{}", example_text())),
        foreign("text_link_http", "http:// is not https://", link(&example()).replace("https", "http")),
        foreign("text_link_upper_case", "HTTPS:// is not https://", link(&example()).replace("https", "HTTPS")),
        foreign("text_link_no_fragment", "a plain link", "https://sceau.example.org/v?code=SC1:2RU".into()),
        foreign(
            "text_link_second_fragment",
            "SC1: stands behind the second # only",
            format!("https://a.example/#x#SC1:{link_body}"),
        ),
        foreign("text_link_percent", "the colon is percent-encoded", format!("https://a.example/#SC1%3A{link_body}")),
        foreign("text_link_lower_fragment", "sc1: behind the #", format!("https://a.example/#sc1:{link_body}")),
        foreign("text_link_script", "a script as a link", format!("javascript:alert(1)#SC1:{link_body}")),
        foreign("text_link_blank", "a blank between # and SC1:", format!("https://a.example/# SC1:{link_body}")),
        foreign("text_words", "a short line of words", "Baccalauréat 2026".into()),
    ]
}

fn alphabet45() -> Vec<Case> {
    let even = base45(&example_of_length(0));
    let odd_bytes = example_of_length(1);
    let odd_last = odd_bytes.last().copied().unwrap_or_default();
    let odd = base45(&odd_bytes);
    let bad = |name, comment, effect, body: String| {
        case(name, "text-malformed", "TXT-5", comment, effect, format!("SC1:{body}"))
    };
    let outside = "a damaged scan would be repaired by guessing";
    let head = &even[..even.len() - 3];
    let last = odd.len() - 2;
    vec![
        bad(
            "text_base45_group_65536",
            "the last group of three is 65536",
            TWO_TEXTS,
            format!("{head}{}", group45(65536, 3)),
        ),
        bad("text_base45_group_91124", "the last group of three is ::: (91124)", TWO_TEXTS, format!("{head}:::")),
        bad(
            "text_base45_middle_group",
            "a group in the middle plus 65536",
            TWO_TEXTS,
            overflowing(&example_of_length(0)),
        ),
        bad(
            "text_base45_pair_256",
            "the last group of two is 256",
            TWO_TEXTS,
            format!("{}{}", &odd[..last], group45(256, 2)),
        ),
        bad("text_base45_pair_2024", "the last group of two is :: (2024)", TWO_TEXTS, format!("{}::", &odd[..last])),
        bad(
            "text_base45_pair_plus_256",
            "the last byte plus 256, as a crate in wide use accepts it",
            TWO_TEXTS,
            format!("{}{}", &odd[..last], group45(256 + u32::from(odd_last), 2)),
        ),
        bad("text_base45_single", "one character left over", TWO_TEXTS, format!("{even}0")),
        bad("text_base45_lower_case", "a lower-case letter", outside, format!("{}a{}", &even[..30], &even[31..])),
        bad(
            "text_base45_comma",
            "a comma, which is not in the alphabet",
            outside,
            format!("{}, {}", &even[..30], &even[32..]),
        ),
        bad("text_base45_line_end", "a line end in the middle", outside, format!("{}\n{}", &even[..30], &even[31..])),
        bad(
            "text_base45_line_end_last",
            "a line end behind the text: nothing is trimmed",
            outside,
            format!("{even}\n"),
        ),
        bad(
            "text_base45_wide_letter",
            "a letter of two bytes of UTF-8",
            outside,
            format!("{}É{}", &even[..30], &even[31..]),
        ),
        bad(
            "text_base45_wide_digit",
            "U+FF11, a digit to some libraries",
            outside,
            format!("{}\u{ff11}{}", &even[..30], &even[31..]),
        ),
    ]
}

fn first_byte() -> Vec<Case> {
    let bad = |name, comment, bytes: &[u8]| {
        case(name, "text-malformed", "TXT-7", comment, "bytes of another kind would be worked on", symbol(bytes))
    };
    let bare = example();
    vec![
        bad("text_no_bytes", "the prefix alone", &[]),
        case(
            "text_no_bytes_link",
            "text-malformed",
            "TXT-7",
            "a link with the prefix alone",
            "bytes of another kind would be worked on",
            link(&[]),
        ),
        bad("text_first_byte_untagged", "the COSE_Sign1 without its tag starts with 0x84", &bare[1..]),
        bad("text_first_byte_wide_tag", "the tag in two bytes starts with 0xD8", &[&[0xd8, 18], &bare[1..]].concat()),
        bad("text_first_byte_tag_61", "a CWT tag before the COSE_Sign1", &[&[0xd8, 61], &bare[..]].concat()),
        bad(
            "text_first_byte_self_described",
            "the tag of self-described CBOR before the COSE_Sign1",
            &[&[0xd9, 0xd9, 0xf7], &bare[..]].concat(),
        ),
        bad("text_first_byte_mac", "tag 17 (COSE_Mac0)", &[&[0xd1], &bare[1..]].concat()),
        bad("text_first_byte_sign", "tag 98 (COSE_Sign)", &[&[0xd8, 98], &bare[1..]].concat()),
        bad(
            "text_first_byte_gzip",
            "a gzip stream starts with 0x1F",
            &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        bad(
            "text_first_byte_small_window",
            "a zlib stream with a window of 16 KiB starts with 0x68",
            &[&[0x68, 0x81], &crate::deflate::zlib(&bare)[2..]].concat(),
        ),
        bad("text_first_byte_zero", "a zero byte before the COSE_Sign1", &[&[0], &bare[..]].concat()),
    ]
}

/// Base45 with 65536 added to the first group that has room for it.
fn overflowing(bytes: &[u8]) -> String {
    let mut groups: Vec<u32> = bytes.chunks(2).map(|pair| u32::from(pair[0]) * 256 + u32::from(pair[1])).collect();
    if let Some(group) = groups.iter_mut().find(|group| **group < 91_125 - 65_536) {
        *group += 65_536;
    }
    groups.into_iter().map(|group| group45(group, 3)).collect()
}

/// A genuine document whose length in bytes is this modulo 2.
fn example_of_length(rest: usize) -> Vec<u8> {
    example_of_modulo(2, rest)
}

/// A genuine document whose length in bytes is this modulo something.
pub(crate) fn example_of_modulo(modulus: usize, rest: usize) -> Vec<u8> {
    let name = |extra: usize| crate::cbor::text(&format!("Salma EL MITALI{}", "I".repeat(extra)));
    let document = |extra| sealed(&session_key(), &claims(attestation().with(3, name(extra))).encoded());
    (0..modulus)
        .map(document)
        .find(|bytes| bytes.len() % modulus == rest)
        .unwrap_or_else(|| claims(diploma()).encoded())
}
