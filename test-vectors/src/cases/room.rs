//! Room to grow (SPEC section 7, GRO-1): labels 64 to 127 of the maps that have it. The document is always the example.

use super::status::set as status_with;
use super::trust::{edited, with_list};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, array, bytes, indefinite_bytes, int, pairs, text, uint};
use crate::documents::{example_text, yes};
use crate::object::{ObjectCase, hex};
use crate::register::{Register, head, register_key, side as register_side, stolen_trust};
use crate::trust::Trust;
use crate::world::{pack_of, small_trust};

const OLD: &str = "a list of a later version would be refused, or read differently";
const LIMIT: &str = "room could hold what two verifiers read differently";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    let mut out = Vec::new();
    for place in [trust_place(), authority_place(), key_place(), status_place(), pack_place(), head_place()] {
        out.extend(place.cases());
    }
    [out, harmless(), elsewhere()].concat()
}

/// A map that has room: how a case with one label more is made, and what it is refused with.
struct Place {
    name: &'static str,
    what: &'static str,
    refused: &'static str,
    /// Whether values of 65,536 bytes have room in it.
    large: bool,
    case: fn(&str, &str, &str, &str, Bytes, Bytes) -> Case,
}

impl Place {
    fn cases(&self) -> Vec<Case> {
        let Place { name, what, refused, large, case } = self;
        let make = |ending: &str, expect: &str, comment: &str, key: Bytes, value: Bytes| {
            case(&format!("{name}_room_{ending}"), expect, &format!("{comment} {what}"), "GRO-1", key, value)
        };
        let good = |ending, comment, label: u64, value| make(ending, "genuine", comment, uint(label), value);
        let bad = |ending, comment, key: Bytes, value| make(ending, refused, comment, key, value);
        let mut out = vec![
            good("64", "label 64, an empty byte string, in", 64, bytes(&[])),
            good("127", "label 127 in", 127, bytes(b"later")),
            bad("63", "label 63 in", uint(63), bytes(&[])),
            bad("128", "label 128 in", uint(128), bytes(&[])),
            bad("text", "a text at label 64 in", uint(64), text("later")),
            bad("uint", "an integer at label 64 in", uint(64), uint(0)),
            bad("true", "true at label 127 in", uint(127), yes()),
            bad("map", "a map at label 100 in", uint(100), pairs(&[])),
            bad("array", "an array of a byte string at label 64 in", uint(64), array(&[bytes(&[])])),
            bad("chunks", "a byte string in chunks at label 64 in", uint(64), indefinite_bytes(&[b"a", b"b"])),
            bad("negative", "label -65 in", int(-65), bytes(&[])),
            bad("text_label", "a text label in", text("d"), bytes(&[])),
        ];
        if *large {
            out.push(good("65536", "65,536 bytes at label 64 in", 64, bytes(&vec![0xff; 65_536])));
            out.push(bad("65537", "65,537 bytes at label 64 in", uint(64), bytes(&vec![0xff; 65_537])));
        }
        out
    }
}

fn with_trust(name: &str, expect: &str, comment: &str, spec: &str, edit: impl FnOnce(&mut Trust)) -> Case {
    with_list(name, expect, spec, comment, effect(expect), edited(edit))
}

fn effect(expect: &str) -> &'static str {
    if expect == "genuine" { OLD } else { LIMIT }
}

fn trust_place() -> Place {
    Place {
        name: "trust",
        what: "the claims of a trust list",
        refused: "trust-malformed",
        large: true,
        case: |name, expect, comment, spec, key, value| {
            with_trust(name, expect, comment, spec, |trust| trust.claims = trust.claims.clone().with_key(key, value))
        },
    }
}

fn authority_place() -> Place {
    Place {
        name: "trust_authority",
        what: "an authority",
        refused: "trust-malformed",
        large: true,
        case: |name, expect, comment, spec, key, value| {
            with_trust(name, expect, comment, spec, |trust| {
                trust.authorities[0].fields = trust.authorities[0].fields.clone().with_key(key, value);
            })
        },
    }
}

fn key_place() -> Place {
    Place {
        name: "trust_key",
        what: "a key entry",
        refused: "trust-malformed",
        large: true,
        case: |name, expect, comment, spec, key, value| {
            with_trust(name, expect, comment, spec, |trust| {
                let keys = &mut trust.authorities[0].keys;
                keys[0] = keys[0].clone().with_key(key, value);
            })
        },
    }
}

fn status_place() -> Place {
    Place {
        name: "status",
        what: "a status list",
        refused: "status-malformed",
        large: true,
        case: |name, expect, comment, spec, key, value| {
            let mut list = crate::world::status_list();
            list.claims = list.claims.with_key(key, value);
            super::status::with_lists(name, expect, spec, comment, effect(expect), vec![list.encoded()])
        },
    }
}

fn pack_place() -> Place {
    Place {
        name: "pack",
        what: "a pack",
        refused: "pack-malformed",
        large: true,
        case: |name, expect, comment, spec, key, value| {
            let fields = pack_of(&small_trust()).fields().with_key(key, value);
            case(name, expect, spec, comment, effect(expect), example_text())
                .with_packs(vec![Side::new(name, fields.encoded())])
        },
    }
}

fn head_place() -> Place {
    Place {
        name: "register_head",
        what: "a register head",
        refused: "register-malformed",
        large: false,
        case: |name, expect, comment, spec, key, value| {
            let register = Register::with_example();
            let head = head(&register_key(), &register.claims().with_key(key, value)).encoded();
            let file = register.file().encoded();
            let pack = register_side(name, &stolen_trust(), vec![head], vec![file]);
            case(name, expect, spec, comment, effect(expect), example_text()).with_packs(vec![pack])
        },
    }
}

/// What stands in the room changes no outcome.
fn harmless() -> Vec<Case> {
    let document =
        |name, expect, comment, edit: &dyn Fn(&mut Trust)| with_list(name, expect, "GRO-1", comment, OLD, edited(edit));
    let forbidden = bytes(&[0xff, 0xfe, 0x9f, 0xd2]);
    vec![
        document("trust_room_all", "genuine", "all 64 labels of the room in the claims of a trust list", &|trust| {
            trust.claims = (64..128).fold(trust.claims.clone(), |claims, label| claims.with(label, forbidden.clone()));
        }),
        document("trust_room_stolen", "key-compromised", "a key found compromised, with room in its entry", &|trust| {
            let keys = &mut trust.authorities[0].keys;
            keys[0] = keys[0].clone().with(10, uint(0)).with(64, bytes(b"no longer"));
        }),
        document("trust_room_instead_of_kinds", "trust-malformed", "the kinds of a key stand in its room", &|trust| {
            let keys = &mut trust.authorities[0].keys;
            keys[0] = keys[0].clone().without(5).with(69, array(&[uint(1)]));
        }),
        super::status::with_lists(
            "status_room_instead_of_tags",
            "status-malformed",
            "GRO-1, STA-1",
            "the tags of a status list stand in its room",
            LIMIT,
            vec![{
                let mut list = crate::world::status_list();
                list.claims = list.claims.without(6).with(70, bytes(&[0x11; 8]));
                list.encoded()
            }],
        ),
        {
            let register = Register::with_example();
            let head = head(&register_key(), &register.claims().with(64, bytes(&vec![0; 1_024]))).encoded();
            let name = "register_head_room_1024";
            case(
                name,
                "register-malformed",
                "GRO-1, REG-1",
                "a register head above 1,024 bytes because of its room",
                LIMIT,
                example_text(),
            )
            .with_packs(vec![register_side(name, &stolen_trust(), vec![head], vec![])])
        },
        super::status::with_lists(
            "status_room_beside",
            "genuine",
            "GRO-1, STA-3",
            "two status lists that differ in their room alone",
            OLD,
            vec![status_with(64, bytes(b"a")), status_with(64, bytes(b"b"))],
        ),
    ]
}

/// Maps without room.
fn elsewhere() -> Vec<Case> {
    let register = Register::with_example();
    let file = register.file().with(64, bytes(&[])).encoded();
    let header = |edit: fn(Fields) -> Fields| {
        let mut list = crate::world::status_list();
        list.protected = edit(list.protected);
        list.encoded()
    };
    vec![
        case(
            "register_file_room",
            "register-malformed",
            "GRO-1, REG-4",
            "label 64 in a register file, which has no room",
            LIMIT,
            example_text(),
        )
        .with_packs(vec![register_side(
            "register_file_room",
            &stolen_trust(),
            vec![register.head()],
            vec![file],
        )]),
        super::status::malformed(
            "status_header_label_127",
            "GRO-1, STA-1",
            "label 127 in the protected header of a status list",
            header(|header| header.with(127, bytes(&[]))),
        ),
        with_trust(
            "trust_names_room",
            "trust-malformed",
            "label 64 among the names of an authority",
            "GRO-1, TRU-1",
            |trust| {
                let names = pairs(&[(uint(64), bytes(&[])), (text("fr"), text("Académie"))]);
                trust.authorities[0].fields = trust.authorities[0].fields.clone().with(2, names);
            },
        ),
    ]
}

/// The cases of this area for other objects.
pub fn objects() -> Vec<ObjectCase> {
    let register = Register::with_example();
    let of = |name: &str, expect: &str, register_value: &str, comment: &str, proof: Bytes| {
        ObjectCase::new("proof", name, expect, "GRO-1, REG-6", comment, LIMIT)
            .with("proof", hex(&proof))
            .with("register", register_value)
            .of(example_text())
            .with_packs(vec![register_side("proof_head", &stolen_trust(), vec![register.head()], vec![])])
    };
    vec![of(
        "proof_room",
        "key-compromised",
        "unknown",
        "label 64 in an inclusion proof, which has no room: it is as none",
        register.proof(2).with(64, bytes(&[])).encoded(),
    )]
}
