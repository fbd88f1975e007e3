//! What a trust list says of its line and of authorities that end (SPEC section 7, labels 7 to 9). The document is the
//! example unless a case says otherwise.

use super::trust::{edited, with_list};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, bytes, indefinite_bytes, pairs, text, texts, uint};
use crate::documents::example_text;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::trust::{Authority, Trust};
use crate::world::{OTHER_BOARD, pack_of, root, small_root, small_trust, stranger};

const GUESS: &str = "verifiers would differ about which list is the newest";
const UNKNOWN: &str = "a line that cannot be followed would be followed";
const ROUND: &str = "an end that is no end would be taken for one";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [ids(), rotations(), authorities(), links(), anchors()].concat()
}

/// The small list with these labels beside the others.
fn with(labels: &[(i64, Bytes)]) -> Bytes {
    edited(|trust| {
        for (label, value) in labels {
            trust.claims = trust.claims.clone().with(*label, value.clone());
        }
    })
}

fn id(number: u16) -> Vec<u8> {
    [[7; 14].as_slice(), &number.to_be_bytes()].concat()
}

fn ids_of(count: u16) -> Vec<u8> {
    (0..count).flat_map(id).collect()
}

fn ids() -> Vec<Case> {
    let good = |name, comment, labels: &[(i64, Bytes)]| {
        with_list(name, "genuine", "TRU-1, LIN-1", comment, "a list with a long line would be refused", with(labels))
    };
    let bad = |name, comment, labels: &[(i64, Bytes)]| {
        with_list(name, "trust-malformed", "TRU-1", comment, GUESS, with(labels))
    };
    let twice = |name, comment, labels: &[(i64, Bytes)]| {
        with_list(name, "trust-malformed", "TRU-3", comment, GUESS, with(labels))
    };
    let own = small_trust().id();
    vec![
        good("trust_earlier_one", "one earlier list", &[(7, bytes(&id(1)))]),
        good("trust_earlier_4095", "4,095 earlier lists", &[(7, bytes(&ids_of(4_095)))]),
        bad("trust_earlier_4096", "4,096 earlier lists", &[(7, bytes(&ids_of(4_096)))]),
        bad("trust_earlier_none", "label 7 is there and empty", &[(7, bytes(&[]))]),
        bad("trust_earlier_15", "an id of 15 bytes", &[(7, bytes(&id(1)[1..]))]),
        bad("trust_earlier_17", "an id and a byte more", &[(7, bytes(&[&id(1)[..], &[0]].concat()))]),
        bad("trust_earlier_array", "the ids in an array", &[(7, array(&[bytes(&id(1))]))]),
        bad("trust_earlier_text", "the ids as a text", &[(7, text("ABCDEFGHIJKLMNOP"))]),
        bad("trust_earlier_chunks", "the ids in chunks", &[(7, indefinite_bytes(&[&id(1), &id(2)]))]),
        twice("trust_earlier_twice", "one id twice in label 7", &[(7, bytes(&[id(1), id(2), id(1)].concat()))]),
        good("trust_disowned_one", "one disowned list", &[(8, bytes(&id(1)))]),
        good("trust_disowned_64", "64 disowned lists", &[(8, bytes(&ids_of(64)))]),
        good(
            "trust_earlier_and_disowned",
            "an earlier list and a disowned one",
            &[(7, bytes(&id(1))), (8, bytes(&id(2)))],
        ),
        good("trust_disowned_unsorted", "disowned lists in falling order", &[(8, bytes(&[id(2), id(1)].concat()))]),
        bad("trust_disowned_65", "65 disowned lists", &[(8, bytes(&ids_of(65)))]),
        bad("trust_disowned_none", "label 8 is there and empty", &[(8, bytes(&[]))]),
        bad("trust_disowned_15", "an id of 15 bytes in label 8", &[(8, bytes(&id(1)[1..]))]),
        bad("trust_disowned_array", "the disowned ids in an array", &[(8, array(&[bytes(&id(1))]))]),
        twice("trust_disowned_twice", "one id twice in label 8", &[(8, bytes(&[id(1), id(1)].concat()))]),
        twice("trust_earlier_disowned", "one id in labels 7 and 8", &[(7, bytes(&id(1))), (8, bytes(&id(1)))]),
        good("trust_disowned_other", "the id of the list without label 8, which is another list", &[(8, bytes(&own))]),
    ]
}

/// A rotation from two roots to the small list's root.
fn held() -> Trust {
    Trust { threshold: 2, roots: vec![root(1).public, root(2).public], ..small_trust() }
}

/// The small list with a label 9, signed by its root and by others.
fn rotation(value: Bytes, signers: &[Signer]) -> Bytes {
    edited(|trust| {
        trust.claims = trust.claims.clone().with(9, value);
        trust.signers.extend(signers.iter().cloned());
    })
}

fn rotations() -> Vec<Case> {
    let row = |name, expect, spec, comment, list| with_list(name, expect, spec, comment, UNKNOWN, list);
    let bad =
        |name, comment, value| row(name, "trust-malformed", "TRU-1", comment, rotation(value, &[root(1), root(2)]));
    let odd = |name, comment, value, signers: &[Signer]| {
        row(name, "trust-malformed", "TRU-3", comment, rotation(value, signers))
    };
    let unsigned = |name, comment, signers: &[Signer]| {
        row(name, "trust-unsigned", "TRU-4", comment, rotation(held().root_set(), signers))
    };
    let set = |threshold: u64, roots: &[[u8; 32]]| {
        let roots: Vec<_> = roots.iter().map(|root| bytes(root)).collect();
        array(&[uint(threshold), array(&roots)])
    };
    let (one, two) = (root(1).public, root(2).public);
    let many: Vec<_> = (0..17).map(|number| Signer::named(&format!("many {number}")).public).collect();
    let own = small_root().public;
    vec![
        row("trust_rotation", "genuine", "TRU-4, TRU-5", "a rotation that both root sets signed", {
            rotation(held().root_set(), &[root(1), root(2)])
        }),
        row(
            "trust_rotation_of_both",
            "genuine",
            "TRU-4",
            "one key is of both root sets: its signature counts for both",
            rotation(set(1, &[own, one]), &[]),
        ),
        row("trust_rotation_16", "genuine", "TRU-1", "a rotation from 16 roots, one of which signs", {
            let mut sixteen = many[..15].to_vec();
            sixteen.push(one);
            rotation(set(1, &sixteen), &[root(1)])
        }),
        unsigned("trust_rotation_one", "one of two old roots signed", &[root(1)]),
        unsigned("trust_rotation_none", "no old root signed", &[]),
        unsigned("trust_rotation_twice", "one old root signed twice", &[root(1), root(1)]),
        unsigned("trust_rotation_stranger", "an old root and a stranger signed", &[root(1), stranger()]),
        odd("trust_rotation_same", "label 9 is label 4", small_trust().root_set(), &[]),
        odd("trust_rotation_root_twice", "label 9 names a root twice", set(1, &[one, one]), &[root(1)]),
        odd(
            "trust_rotation_threshold",
            "label 9 has a threshold above its roots",
            set(3, &[one, two]),
            &[root(1), root(2)],
        ),
        row(
            "trust_rotation_weak",
            "trust-weak-key",
            "TRU-2",
            "a root of label 9 is of small order",
            rotation(set(1, &[one, crate::sign::small_order_points()[1]]), &[root(1)]),
        ),
        bad("trust_rotation_threshold_0", "label 9 has the threshold 0", set(0, &[one])),
        bad("trust_rotation_no_root", "label 9 has no root", set(1, &[])),
        bad("trust_rotation_17", "label 9 has 17 roots", set(1, &many)),
        bad("trust_rotation_31", "label 9 has a root of 31 bytes", array(&[uint(1), array(&[bytes(&[1; 31])])])),
        bad("trust_rotation_longer", "a third entry in label 9", array(&[uint(1), array(&[bytes(&one)]), uint(0)])),
        bad("trust_rotation_fingerprint", "a fingerprint in label 9", bytes(&[9; 32])),
    ]
}

fn authorities() -> Vec<Case> {
    let with = |label: i64, value: Bytes| {
        edited(|trust| trust.authorities[0].fields = trust.authorities[0].fields.clone().with(label, value))
    };
    let good = |name, comment, label, value| {
        with_list(name, "genuine", "TRU-1", comment, "an authority that ended would be refused", with(label, value))
    };
    let bad =
        |name, comment, label, value| with_list(name, "trust-malformed", "TRU-1", comment, ROUND, with(label, value));
    let digests =
        |count: u16| array(&(0..count).map(|at| bytes(&[&id(at)[..], &[0; 16]].concat())).collect::<Vec<_>>());
    let long = "a".repeat(240);
    vec![
        good("trust_successor", "an authority that has ended, whose successor is on no list", 7, text(OTHER_BOARD)),
        bad("trust_successor_lower", "a successor in lower case", 7, text("ma-autre")),
        bad("trust_successor_bytes", "a successor as a byte string", 7, bytes(OTHER_BOARD.as_bytes())),
        bad("trust_successor_33", "a successor's id of 33 characters", 7, text(&format!("MA-{}", "A".repeat(30)))),
        good("trust_contact", "one line of whom to ask", 8, texts(&["verification@exemple.ma"])),
        good("trust_contacts_four", "four lines of whom to ask", 8, texts(&["a", "b", "c", &long])),
        bad("trust_contacts_five", "five lines of whom to ask", 8, texts(&["a", "b", "c", "d", "e"])),
        bad("trust_contacts_none", "label 8 of an authority is there and empty", 8, array(&[])),
        bad("trust_contact_241", "whom to ask, in 241 letters", 8, texts(&[&"a".repeat(241)])),
        bad("trust_contact_hidden", "U+202E in whom to ask", 8, texts(&["a\u{202e}b"])),
        bad("trust_contact_text", "whom to ask without its array", 8, text("a")),
        good("trust_final_lists", "a last status list that is not in the pack", 9, digests(1)),
        good("trust_final_lists_64", "64 last status lists", 9, digests(64)),
        bad("trust_final_lists_65", "65 last status lists", 9, digests(65)),
        bad("trust_final_lists_none", "label 9 of an authority is there and empty", 9, array(&[])),
        bad("trust_final_list_16", "a last status list by 16 bytes", 9, array(&[bytes(&[9; 16])])),
        with_list(
            "trust_id_other_country",
            "trust-malformed",
            "TRU-3",
            "an id that begins with another country",
            ROUND,
            edited(|trust| trust.authorities.push(Authority::board("HT-AUTRE", "Autre", vec![]))),
        ),
        with_list(
            "trust_id_country_alone",
            "trust-malformed",
            "TRU-3",
            "an id that is its country and a dash",
            ROUND,
            edited(|trust| trust.authorities.push(Authority::board("MA-", "Autre", vec![]))),
        ),
        with_list("trust_id_no_dash", "trust-malformed", "TRU-3", "an id without a dash behind the country", ROUND, {
            edited(|trust| trust.authorities.push(Authority::board("MAAUTRE", "Autre", vec![])))
        }),
    ]
}

/// Other lists of the line that a pack carries.
fn links() -> Vec<Case> {
    let trust = || small_trust().after(&[&held()]);
    let row = |name: &str, expect, spec, comment, links: Vec<Bytes>| {
        let pack = Pack { links, ..pack_of(&trust()) };
        case(name, expect, spec, comment, UNKNOWN, example_text()).with_packs(vec![Side::new(name, pack.encoded())])
    };
    let with_key = |name, comment, value: Bytes| {
        let fields = pack_of(&trust()).fields().with(6, value);
        case(name, "pack-malformed", "PCK-1", comment, UNKNOWN, example_text())
            .with_packs(vec![Side::new(name, fields.encoded())])
    };
    let mine = |version: u64| {
        let mut trust = small_trust();
        trust.claims = trust.claims.with(1, uint(version));
        trust
    };
    let many = |count: u64| (0..count).map(|number| mine(1 + number).encoded()).collect::<Vec<_>>();
    let all = |count: u64| -> Pack {
        let lists: Vec<_> = (0..count).map(|number| mine(1 + number)).collect();
        let mut newest = small_trust().after(&lists.iter().collect::<Vec<_>>());
        newest.claims = newest.claims.with(1, uint(99));
        Pack { links: many(count), ..pack_of(&newest) }
    };
    let with_all = |name, expect, comment, count| {
        case(name, expect, "PCK-1, LIN-4", comment, UNKNOWN, example_text())
            .with_packs(vec![Side::new(name, all(count).encoded())])
    };
    let mut unsigned = mine(2);
    unsigned.signers = vec![stranger()];
    let mut weak = mine(2);
    weak.roots.push(crate::sign::small_order_points()[1]);
    vec![
        row("pack_link_same", "genuine", "PCK-3", "the pack's own list once more as a link", vec![trust().encoded()]),
        row(
            "pack_link_foreign",
            "genuine",
            "PCK-3, LIN-2",
            "a well-made list of other roots as a link: it leads nowhere and counts for nothing",
            vec![crate::world::large_trust().encoded()],
        ),
        with_all("pack_links_64", "genuine", "64 links, which the newest list names", 64),
        with_all("pack_links_65", "pack-malformed", "65 links, which the newest list names", 65),
        row(
            "pack_link_unsigned",
            "trust-unsigned",
            "PCK-3, TRU-4",
            "a link that a stranger signed",
            vec![unsigned.encoded()],
        ),
        row("pack_link_weak", "trust-weak-key", "PCK-3, TRU-2", "a link with a weak root", vec![weak.encoded()]),
        row(
            "pack_link_cut",
            "trust-malformed",
            "PCK-3, TRU-1",
            "a link whose last byte is missing",
            vec![{
                let mut cut = mine(2).encoded();
                cut.pop();
                cut
            }],
        ),
        row("pack_link_empty", "trust-malformed", "PCK-3, TRU-1", "a link of no bytes", vec![vec![]]),
        with_key("pack_link_alone", "a link without its array", bytes(&mine(2).encoded())),
        with_key("pack_link_in_clear", "a link that is not in a byte string", array(&[mine(2).encoded()])),
        with_key("pack_links_map", "links in a map", pairs(&[(uint(0), bytes(&mine(2).encoded()))])),
        row(
            "pack_link_apart",
            "trust-conflict",
            "LIN-4",
            "a link of the same roots that does not name the list and is not named by it",
            vec![mine(9).encoded()],
        ),
    ]
}

/// A pack that is opened by the fingerprint that its reader holds.
fn anchors() -> Vec<Case> {
    let first = Trust { threshold: 1, roots: vec![root(1).public], signers: vec![root(1)], ..small_trust() };
    let version = |mut trust: Trust, version: u64| {
        trust.claims = trust.claims.with(1, uint(version));
        trust
    };
    let mut second = version(small_trust(), 4).taking_over_from(&first).after(&[&first]);
    second.signers.push(root(1));
    let third = version(small_trust(), 5).after(&[&first, &second]);
    let row = |name: &str, expect, comment, trust: &Trust, links: &[&Trust], held: &Trust| {
        let links = links.iter().map(|trust| trust.encoded()).collect();
        case(name, expect, "ANC-1, LIN-2", comment, UNKNOWN, example_text())
            .with_packs(vec![Side::new(name, Pack { links, ..pack_of(trust) }.encoded())])
            .holding(held.fingerprint())
    };
    let named_only = version(small_trust(), 5).after(&[&first]);
    vec![
        row(
            "trust_anchor_rotation",
            "genuine",
            "the first roots are held; the pack is the rotation",
            &second,
            &[],
            &first,
        ),
        row(
            "trust_anchor_linked",
            "genuine",
            "the first roots are held; the pack has the rotation as a link",
            &third,
            &[&second],
            &first,
        ),
        row("trust_anchor_new", "genuine", "the new roots are held", &third, &[], &third),
        row(
            "trust_anchor_link_missing",
            "trust-link-missing",
            "the first roots are held, and their list is there; the rotation is not",
            &third,
            &[&first],
            &first,
        ),
        row(
            "trust_anchor_link_missing_unnamed",
            "trust-link-missing",
            "the list names the first roots' list, which is there, and never a rotation",
            &named_only,
            &[&first],
            &first,
        ),
        row(
            "trust_anchor_links_missing",
            "trust-foreign-root",
            "the first roots are held, and no list of the pack leads from there",
            &third,
            &[],
            &first,
        ),
        row(
            "trust_anchor_link_of_others",
            "trust-foreign-root",
            "the first roots are held; a list of other roots is the link",
            &third,
            &[&crate::world::large_trust()],
            &first,
        ),
        {
            let held = &first;
            let row = row(
                "trust_anchor_link_unreached",
                "trust-link-missing",
                "the same as above, and the status lists are not looked at",
                &third,
                &[&first],
                held,
            );
            let packs = row.packs.clone();
            row.with_packs([packs, vec![Side::new("small", pack_of(&small_trust()).encoded())]].concat())
        },
    ]
}
