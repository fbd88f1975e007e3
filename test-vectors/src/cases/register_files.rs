//! Register files (SPEC section 12, REG-4 and REG-5) and their place in a pack. The document is the example.

use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, array, bytes, indefinite_map, joined, pairs, text, uint, wide_head};
use crate::documents::example_text;
use crate::register::{Register, head, pack, register_key, side, stolen_trust};
use crate::sign::{Signer, sha256};
use crate::trust::Trust;
use crate::world::{BOARD, OTHER_BOARD, stranger};

const GUESS: &str = "two verifiers could take different documents for registered";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [structure(), bound(), several(), packs()].concat()
}

/// The example, judged by a pack with heads and files.
pub(crate) fn with_parts(
    name: &str,
    expect: &str,
    spec: &str,
    comment: &str,
    effect: &str,
    (trust, heads, files): (&Trust, Vec<Bytes>, Vec<Bytes>),
) -> Case {
    case(name, expect, spec, comment, effect, example_text()).with_packs(vec![side(name, trust, heads, files)])
}

fn usual() -> Register {
    Register::with_example()
}

fn malformed(name: &str, spec: &str, comment: &str, head: Bytes, file: Bytes) -> Case {
    with_parts(name, "register-malformed", spec, comment, GUESS, (&stolen_trust(), vec![head], vec![file]))
}

fn structure() -> Vec<Case> {
    let bad = |name, comment, file: Bytes| malformed(name, "REG-4", comment, usual().head(), file);
    let set = |name, comment, label, value| bad(name, comment, usual().file().with(label, value).encoded());
    let without = |name, comment, label| bad(name, comment, usual().file().without(label).encoded());
    let whole = usual().file().encoded();
    let mut swapped = usual().file().pairs();
    swapped.swap(1, 2);
    let mut twice = usual().file().pairs();
    twice.insert(3, (uint(2), uint(1)));
    vec![
        bad("register_file_no_bytes", "an empty byte string", vec![]),
        bad("register_file_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        bad("register_file_byte_after", "a zero byte behind the file", joined(whole.clone(), &[0])),
        bad("register_file_wide_map", "the map's head in one byte more", joined(wide_head(5, 4, 1), &whole[1..])),
        bad("register_file_indefinite", "the map of indefinite length", indefinite_map(&usual().file().pairs())),
        bad("register_file_unsorted", "number before authority", pairs(&swapped)),
        bad("register_file_number_twice", "the register number twice", pairs(&twice)),
        bad(
            "register_file_array",
            "an array instead of a map",
            array(&[text("sceau/1/register"), text(BOARD), uint(1)]),
        ),
        set("register_file_other_text", "another text at 0", 0, text("sceau/1/inclusion")),
        set("register_file_key_4", "a key 4 that nobody knows", 4, uint(0)),
        set("register_file_authority_lower", "an authority-id in lower case", 1, text("ma-exemple")),
        set("register_file_other_authority", "of an authority that the list does not have", 1, text(OTHER_BOARD)),
        set("register_file_number_0", "register number 0", 2, uint(0)),
        set("register_file_other_number", "register 2, of which there is no head", 2, uint(2)),
        set("register_file_number_over", "register number 2^32 + 1", 2, uint((1 << 32) + 1)),
        set("register_file_number_text", "the register number as a text", 2, text("1")),
        set("register_file_entries_array", "the entries as an array", 3, array(&[bytes(&[1; 16])])),
        without("register_file_no_text", "no text at 0", 0),
        without("register_file_no_authority", "no authority", 1),
        without("register_file_no_number", "no register number", 2),
        without("register_file_no_entries", "no entries", 3),
        with_parts(
            "register_file_no_head",
            "register-malformed",
            "REG-4",
            "a file, and the pack has no head",
            GUESS,
            (&stolen_trust(), vec![], vec![whole]),
        ),
    ]
}

/// Entries in another form, with a head whose label 7 is their SHA-256.
fn rehashed(entries: &[Bytes], count: u64) -> (Bytes, Bytes) {
    let content = entries.concat();
    let claims = usual().claims().with(3, uint(count)).with(7, bytes(&sha256(&content)));
    (head(&register_key(), &claims).encoded(), usual().file().with(3, bytes(&content)).encoded())
}

fn bound() -> Vec<Case> {
    let bad = |name, comment, (head, file)| malformed(name, "REG-5", comment, head, file);
    let with_entries = |entries: &[Bytes]| (usual().head(), usual().file().with(3, bytes(&entries.concat())).encoded());
    let entries = usual().entries();
    let mut swapped = entries.clone();
    swapped.swap(1, 2);
    let mut ends = entries.clone();
    ends.swap(3, 4);
    let mut twice = entries.clone();
    twice[1] = twice[2].clone();
    let mut altered = entries.clone();
    altered[4][15] ^= 1;
    let mut cut = entries.clone();
    cut[4].pop();
    let eight: Vec<_> = entries.iter().map(|entry| entry[..8].to_vec()).collect();
    vec![
        bad(
            "register_file_swapped",
            "the second and third entry swapped, the head names these bytes",
            rehashed(&swapped, 5),
        ),
        bad(
            "register_file_swapped_last",
            "the last two entries swapped, the head names these bytes",
            rehashed(&ends, 5),
        ),
        bad("register_file_entry_twice", "an entry twice, the head names these bytes", rehashed(&twice, 5)),
        bad("register_file_altered", "one bit of the last entry altered", with_entries(&altered)),
        bad("register_file_entry_left_out", "an entry left out", with_entries(&entries[1..])),
        bad(
            "register_file_head_of_four",
            "five entries, the head counts four and names these bytes",
            rehashed(&entries, 4),
        ),
        bad(
            "register_file_head_of_six",
            "five entries, the head counts six and names these bytes",
            rehashed(&entries, 6),
        ),
        bad("register_file_uneven", "the last entry of 15 bytes, the head names these bytes", rehashed(&cut, 5)),
        bad("register_file_entries_of_8", "entries of 8 bytes, the head names these bytes", rehashed(&eight, 5)),
        bad("register_file_empty", "no entries under a head of five", with_entries(&[])),
    ]
}

fn several() -> Vec<Case> {
    let (whole, other) = (usual().file().encoded(), Register::of_others(5).file().encoded());
    let of = |name, comment, files| {
        with_parts(name, "register-malformed", "REG-5", comment, GUESS, (&stolen_trust(), vec![usual().head()], files))
    };
    let mut second = usual();
    (second.number, second.key) = (2, Signer::named("second").public);
    let stranger_head = head(&stranger(), &second.claims()).encoded();
    vec![
        of("register_files_twice", "the same file twice", vec![whole.clone(), whole.clone()]),
        of("register_files_second_wrong", "the file, then one of other documents", vec![whole.clone(), other]),
        with_parts(
            "register_files_order",
            "register-unsigned",
            "REG-2, PCK-3",
            "a stranger's head and a file that is cut: heads come before files",
            GUESS,
            (&stolen_trust(), vec![stranger_head], vec![whole[..9].to_vec()]),
        ),
    ]
}

fn packs() -> Vec<Case> {
    let fields = || pack(&stolen_trust(), vec![usual().head()], vec![usual().file().encoded()]).fields();
    let bad = |name: &str, comment, fields: Fields| {
        case(name, "pack-malformed", "PCK-1", comment, GUESS, example_text())
            .with_packs(vec![Side::new(name, fields.encoded())])
    };
    vec![
        bad("register_pack_heads_none", "an empty array of heads", fields().with(4, array(&[])).without(5)),
        bad("register_pack_files_none", "an empty array of files", fields().with(5, array(&[]))),
        bad("register_pack_head_bare", "one head without its array", fields().with(4, bytes(&usual().head()))),
        bad(
            "register_pack_file_in_clear",
            "the file that is not in a byte string",
            fields().with(5, array(&[usual().file().encoded()])),
        ),
        bad("register_pack_heads_1001", "1,001 heads", fields().with(4, array(&vec![bytes(&[]); 1_001]))),
        bad("register_pack_key_6", "the reserved key 6", fields().with(6, array(&[]))),
        Case {
            spec: "PCK-3, STA-1".into(),
            expect: "status-malformed".into(),
            ..bad(
                "register_pack_status_first",
                "a status list and a head that are cut: status lists come first",
                fields().with(2, array(&[bytes(&[0xd2])])).with(4, array(&[bytes(&[0xd2])])),
            )
        },
    ]
}
