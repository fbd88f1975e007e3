//! Trust packs (SPEC section 9). The document is always the example.

use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, head, indefinite_array, indefinite_map, joined, pairs, text, uint, wide_head};
use crate::documents::example_text;
use crate::pack::Pack;
use crate::sign::sha256;
use crate::trust::Authority;
use crate::world::{OTHER_BOARD, base, pack_of, small_trust, status_list};

const GUESS: &str = "a pack that two verifiers read differently would decide";
const PIECES: &str = "a damaged pack would serve in part, and a withdrawal could be missed";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), structure(), dictionaries(), objects(), none()].concat()
}

fn small() -> Pack {
    pack_of(&small_trust())
}

fn with_bytes(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, pack: Bytes) -> Case {
    case(name, expect, spec, comment, effect, example_text()).with_packs(vec![Side::new(name, pack)])
}

/// A pack whose authority names these dictionaries.
fn naming(named: &[&[u8]], carried: &[&[u8]]) -> Bytes {
    let mut trust = small_trust();
    let digests: Vec<_> = named.iter().map(|words| bytes(&sha256(words))).collect();
    trust.authorities[0].fields = trust.authorities[0].fields.clone().with(6, array(&digests));
    let mut pack = pack_of(&trust);
    pack.dictionaries = carried.iter().map(|words| words.to_vec()).collect();
    pack.encoded()
}

fn accepted() -> Vec<Case> {
    let good =
        |name, spec, comment, pack| with_bytes(name, "genuine", spec, comment, "a right pack would be refused", pack);
    let two_boards = {
        let mut trust = small_trust();
        let mut other = Authority::board(OTHER_BOARD, "Autre académie", vec![]);
        other.fields = other.fields.with(6, array(&[bytes(&sha256(b"of the other"))]));
        trust.authorities.push(other);
        let mut pack = pack_of(&trust);
        pack.dictionaries = vec![b"of the other".to_vec()];
        pack.encoded()
    };
    vec![
        case(
            "pack_large",
            "genuine",
            "PCK-1, PCK-2, PCK-3",
            "the pack of most vectors",
            "a right pack would be refused",
            example_text(),
        ),
        case(
            "pack_twice",
            "genuine",
            "PCK-3",
            "the same pack loaded twice",
            "a right pack would be refused",
            example_text(),
        )
        .with_packs(vec![base(), base()]),
        good("pack_dictionary_1", "PCK-2", "a dictionary of one byte", naming(&[b"a"], &[b"a"])),
        good(
            "pack_dictionary_32768",
            "PCK-2",
            "a dictionary of 32,768 bytes",
            naming(&[&[b'a'; 32_768]], &[&[b'a'; 32_768]]),
        ),
        good(
            "pack_dictionary_not_carried",
            "PCK-2",
            "two dictionaries are named, one is carried",
            naming(&[b"a", b"b"], &[b"b"]),
        ),
        good("pack_dictionary_of_other", "PCK-2", "a dictionary that another authority of the list names", two_boards),
    ]
}

fn structure() -> Vec<Case> {
    let bad = |name, comment, pack| with_bytes(name, "pack-malformed", "PCK-1", comment, GUESS, pack);
    let whole = small().encoded();
    let set = |label: i64, value: Bytes| small().fields().with(label, value).encoded();
    let without = |label: i64| small().fields().without(label).encoded();
    let mut swapped = small().fields().pairs();
    swapped.swap(2, 3);
    let mut twice = small().fields().pairs();
    twice.insert(2, twice[1].clone());
    let lists = || bytes(&status_list().encoded());
    vec![
        bad("pack_no_bytes", "an empty file", vec![]),
        bad("pack_text", "a text file", b"sceau/1/pack\n".to_vec()),
        bad("pack_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        bad("pack_byte_after", "a zero byte behind the pack", joined(whole.clone(), &[0])),
        bad("pack_line_end_after", "a line end behind the pack", joined(whole.clone(), b"\n")),
        bad("pack_other_text", "another text at 0", set(0, text("sceau/2/pack"))),
        bad("pack_bytes_text", "the text at 0 as a byte string", set(0, bytes(b"sceau/1/pack"))),
        bad("pack_no_text", "no text at 0", without(0)),
        bad("pack_no_trust_list", "no trust list", without(1)),
        bad("pack_no_status", "no array of status lists", without(2)),
        bad("pack_no_dictionaries", "no array of dictionaries", without(3)),
        bad("pack_links_none", "an empty array of links", set(6, array(&[]))),
        bad("pack_key_15", "the reserved key 15", set(15, array(&[]))),
        bad("pack_key_16", "key 16", set(16, uint(0))),
        bad("pack_key_text", "a key of text", small().fields().with_key(text("note"), text("x")).encoded()),
        bad(
            "pack_array",
            "an array instead of the map",
            array(&small().fields().pairs().into_iter().map(|pair| pair.1).collect::<Vec<_>>()),
        ),
        bad("pack_tagged", "a tag before the map", joined(head(6, 55799), &whole)),
        bad("pack_unsorted", "dictionaries before status lists", pairs(&swapped)),
        bad("pack_trust_list_twice", "two trust lists", pairs(&twice)),
        bad("pack_indefinite", "the map of indefinite length", indefinite_map(&small().fields().pairs())),
        bad("pack_wide_map", "the map's head in one byte more", joined(wide_head(5, 4, 1), &whole[1..])),
        bad(
            "pack_status_indefinite",
            "the status lists as an array of indefinite length",
            set(2, indefinite_array(&[lists()])),
        ),
        bad("pack_status_bytes", "one status list without its array", set(2, lists())),
        bad(
            "pack_status_in_clear",
            "a status list that is not in a byte string",
            set(2, array(&[status_list().encoded()])),
        ),
        bad("pack_trust_text", "the trust list as a text", set(1, text("trust"))),
        bad("pack_trust_in_clear", "the trust list that is not in a byte string", set(1, small_trust().encoded())),
        bad("pack_dictionary_text", "a dictionary as a text", set(3, array(&[text("a")]))),
        bad("pack_deep", "nine containers deep in the array of dictionaries", set(3, crate::cbor::nested(8))),
        bad("pack_float", "a float among the dictionaries", set(3, array(&[vec![0xf9, 0, 0]]))),
        bad("pack_document", "a sealed document instead of a pack", crate::documents::example()),
    ]
}

fn dictionaries() -> Vec<Case> {
    let bad = |name, comment, pack| {
        with_bytes(
            name,
            "pack-malformed",
            "PCK-2",
            comment,
            "a text would be read with words that nobody vouches for",
            pack,
        )
    };
    let of_boards = |count: u16| {
        let mut trust = small_trust();
        let many: Vec<_> = (0..count).map(|number| number.to_be_bytes().to_vec()).collect();
        trust.authorities.extend(many.chunks(1_024).enumerate().map(|(at, words)| {
            let digests: Vec<_> = words.iter().map(|words| bytes(&sha256(words))).collect();
            let mut board = Authority::board(&format!("MA-{at}"), "Autre académie", vec![]);
            board.fields = board.fields.with(6, array(&digests));
            board
        }));
        Pack { dictionaries: many, ..pack_of(&trust) }.encoded()
    };
    let (first, second) = (&b"Session 2026"[..], &b"Setqjon 2026"[..]);
    assert_eq!(crate::deflate::adler32(first), crate::deflate::adler32(second));
    let mut unnamed = small();
    unnamed.dictionaries = vec![b"nobody names these words".to_vec()];
    vec![
        bad("pack_dictionary_unnamed", "a dictionary that no authority names", unnamed.encoded()),
        bad("pack_dictionary_other", "a dictionary with one letter altered", naming(&[b"Session"], &[b"Sessiom"])),
        bad("pack_dictionary_empty", "a dictionary of no bytes", naming(&[b""], &[b""])),
        bad("pack_dictionary_32769", "a dictionary of 32,769 bytes", naming(&[&[b'a'; 32_769]], &[&[b'a'; 32_769]])),
        bad("pack_dictionary_twice", "one dictionary twice: the same Adler-32", naming(&[b"a"], &[b"a", b"a"])),
        with_bytes(
            "pack_dictionary_same_sum",
            "genuine",
            "PCK-2",
            "two dictionaries of one Adler-32",
            "two dictionaries that are alike by chance would shut a board out",
            naming(&[first, second], &[first, second]),
        ),
        with_bytes(
            "pack_dictionaries_4096",
            "genuine",
            "PCK-1",
            "4,096 dictionaries, all named",
            GUESS,
            of_boards(4_096),
        ),
        with_bytes(
            "pack_dictionaries_4097",
            "pack-malformed",
            "PCK-1",
            "4,097 dictionaries, all named",
            GUESS,
            of_boards(4_097),
        ),
    ]
}

/// A pack with one object that is refused is refused whole; so is every other pack.
fn objects() -> Vec<Case> {
    let mut unsigned = small_trust();
    unsigned.signers = vec![crate::world::stranger()];
    let broken_trust = || Side::new("pack_trust_unsigned", pack_of(&unsigned).encoded());
    let mut status = small();
    status.status[0].pop();
    let broken_status = || Side::new("pack_status_cut", status.encoded());
    let cut = || {
        let mut bytes = small().encoded();
        bytes.pop();
        Side::new("pack_cut", bytes)
    };
    let with =
        |name, expect, comment, packs| case(name, expect, "PCK-3", comment, PIECES, example_text()).with_packs(packs);
    vec![
        with(
            "pack_trust_unsigned",
            "trust-unsigned",
            "the trust list of the only pack is refused",
            vec![broken_trust()],
        ),
        with(
            "pack_status_cut",
            "status-malformed",
            "the status list of the only pack is refused",
            vec![broken_status()],
        ),
        with(
            "pack_second_trust_unsigned",
            "trust-unsigned",
            "the first pack would do, the trust list of the second is refused",
            vec![base(), broken_trust()],
        ),
        with(
            "pack_second_status_cut",
            "status-malformed",
            "the first pack would do, the status list of the second is refused",
            vec![base(), broken_status()],
        ),
        with("pack_second_cut", "pack-malformed", "the first pack would do, the second is cut", vec![base(), cut()]),
        with("pack_first_cut", "pack-malformed", "the first pack is cut, the second would do", vec![cut(), base()]),
        case(
            "pack_before_text",
            "pack-malformed",
            "PCK-1, PCK-3",
            "the pack is cut and the text is foreign: packs are loaded first",
            PIECES,
            "https://example.org/".into(),
        )
        .with_packs(vec![cut()]),
        case(
            "pack_before_length",
            "pack-malformed",
            "PCK-1, PCK-3",
            "the pack is cut and there is no text: packs are loaded first",
            PIECES,
            String::new(),
        )
        .with_packs(vec![cut()]),
    ]
}

fn none() -> Vec<Case> {
    let none = |name, comment, artefact: String| {
        case(name, "no-trust", "PCK-1", comment, "a verifier without lists would speak about the paper", artefact)
            .with_packs(vec![])
    };
    vec![
        none("pack_none", "no pack is loaded", example_text()),
        none(
            "pack_none_foreign_code",
            "no pack is loaded and the text is foreign: packs come first",
            "https://example.org/".into(),
        ),
        none("pack_none_empty_text", "no pack is loaded and there is no text: packs come first", String::new()),
        none(
            "pack_none_newer",
            "no pack is loaded and the text is of a newer version: packs come first",
            "SC2:ABC".into(),
        ),
    ]
}
