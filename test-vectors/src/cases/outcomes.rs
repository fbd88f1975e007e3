//! What a document states about itself (SPEC section 11, VER-8, VER-11 and VER-12), and which row comes first.

use crate::case::{Case, Side, case};
use crate::cbor::{Fields, array, text, uint, uints};
use crate::documents::{attestation, digest, numbered_text, sealed_text, transcript};
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{EXPIRES, StatusList, only};
use crate::world::{pack_of, small_trust, status_key, wide_key};

const GREEN: &str = "a paper of somebody who was not admitted would be read as one of somebody who was";
const PART: &str = "one sheet would be taken for the whole paper";
const DIFFER: &str = "verifiers would differ in their code";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [decisions(), sheets(), order(), withdrawn()].concat()
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, document: Fields) -> Case {
    case(name, expect, spec, comment, effect, sealed_text(&wide_key(), document))
}

fn decided(outcome: u64) -> Fields {
    attestation().with(21, uints(&[outcome]))
}

fn decisions() -> Vec<Case> {
    let worded = |outcome: u64, words: &str| transcript().with(21, array(&[uint(outcome), text(words)]));
    vec![
        row("verdict_not_admitted", "states-not-admitted", "VER-8", "an attestation of outcome 0", GREEN, decided(0)),
        row(
            "verdict_not_admitted_words",
            "states-not-admitted",
            "VER-8",
            "outcome 0 whose words say admitted",
            GREEN,
            worded(0, "Admise"),
        ),
        row("verdict_admitted", "genuine", "VER-8, VER-11", "an attestation of outcome 1", GREEN, decided(1)),
        row(
            "verdict_admitted_words",
            "genuine",
            "VER-8, VER-11",
            "outcome 1 whose words say refused",
            GREEN,
            worded(1, "Refusée"),
        ),
        row("verdict_otherwise", "states-otherwise", "VER-11", "an attestation of outcome 2", GREEN, decided(2)),
        row(
            "verdict_otherwise_words",
            "states-otherwise",
            "VER-11",
            "outcome 2 whose words say admitted",
            GREEN,
            worded(2, "Admise"),
        ),
        row("verdict_undecided", "genuine", "VER-8, VER-11", "a transcript without label 21", GREEN, transcript()),
    ]
}

fn sheets() -> Vec<Case> {
    let sheet = |document: Fields| document.with(23, uints(&[2, 3]));
    vec![
        row("verdict_sheet", "one-sheet", "VER-12", "sheet 2 of 3 of a transcript", PART, sheet(transcript())),
        row("verdict_sheet_admitted", "one-sheet", "VER-12", "sheet 2 of 3, of outcome 1", PART, sheet(decided(1))),
        case(
            "verdict_sheet_specimen",
            "specimen",
            "VER-5, VER-12",
            "sheet 2 of 3 of a test document",
            PART,
            sealed_text(&Signer::named("specimen"), sheet(transcript())),
        ),
    ]
}

/// Two rows fit; the first of VER-6 to VER-12 is the outcome.
fn order() -> Vec<Case> {
    let sheet = |document: Fields| document.with(23, uints(&[1, 2]));
    let by = |name, expect, spec, comment, key: &str, document| {
        case(name, expect, spec, comment, DIFFER, sealed_text(&Signer::named(key), document))
    };
    vec![
        by(
            "verdict_order_outcome_before_unknown",
            "states-not-admitted",
            "VER-8, VER-10",
            "outcome 0, status unknown",
            "no status",
            decided(0),
        ),
        by(
            "verdict_order_outcome_before_old",
            "states-not-admitted",
            "VER-8, VER-10",
            "outcome 0, the list is old",
            "list 7",
            decided(0),
        ),
        by(
            "verdict_order_outcome_before_sheet",
            "states-not-admitted",
            "VER-8, VER-12",
            "outcome 0 on one sheet of two",
            "wide",
            sheet(decided(0)),
        ),
        by(
            "verdict_order_unknown_before_otherwise",
            "status-unknown",
            "VER-10, VER-11",
            "outcome 2, status unknown",
            "no status",
            decided(2),
        ),
        by(
            "verdict_order_old_before_otherwise",
            "status-old",
            "VER-10, VER-11",
            "outcome 2, the list is old",
            "list 7",
            decided(2),
        ),
        by(
            "verdict_order_unknown_before_sheet",
            "status-unknown",
            "VER-10, VER-12",
            "one sheet of two, status unknown",
            "no status",
            sheet(transcript()),
        ),
        by(
            "verdict_order_old_before_sheet",
            "status-old",
            "VER-10, VER-12",
            "one sheet of two, the list is old",
            "list 7",
            sheet(transcript()),
        ),
        by(
            "verdict_order_otherwise_before_sheet",
            "states-otherwise",
            "VER-11, VER-12",
            "outcome 2 on one sheet of two",
            "wide",
            sheet(decided(2)),
        ),
        by(
            "verdict_order_specimen_before_outcome",
            "specimen",
            "VER-5, VER-8",
            "a test document of outcome 0",
            "specimen",
            decided(0),
        ),
        by(
            "verdict_order_compromise_before_outcome",
            "key-compromised",
            "VER-3, VER-8",
            "a compromised key, outcome 0",
            "stolen",
            decided(0),
        ),
        by(
            "verdict_order_scope_before_outcome",
            "outside-scope",
            "VER-1, VER-8",
            "an attestation of outcome 0 under a key for diplomas",
            "diplomas only",
            decided(0),
        ),
        by(
            "verdict_order_old_before_otherwise_late",
            "status-old",
            "VER-10, VER-11",
            "outcome 2, at the list's end",
            "wide",
            decided(2),
        )
        .at(EXPIRES),
    ]
}

/// Statements of a list come before those of the document.
fn withdrawn() -> Vec<Case> {
    let serial = [7; 8];
    let of = |name: &str, expect: &str, state: usize, comment: &str, document: Fields| {
        let list = StatusList::new(1, &only(state, &digest(&serial, &document)), status_key());
        let pack = Pack { status: vec![list.encoded()], ..pack_of(&small_trust()) };
        case(
            name,
            expect,
            "VER-6, VER-8",
            comment,
            DIFFER,
            numbered_text(&crate::world::session_key(), &serial, document),
        )
        .with_packs(vec![Side::new(name, pack.encoded())])
    };
    let sheet = transcript().with(23, uints(&[1, 2]));
    vec![
        of("verdict_order_withdrawn_before_outcome", "withdrawn", 0, "withdrawn, of outcome 0", decided(0)),
        of("verdict_order_suspended_before_outcome", "suspended", 1, "suspended, of outcome 0", decided(0)),
        of("verdict_order_replaced_before_outcome", "replaced", 2, "replaced, of outcome 0", decided(0)),
        of("verdict_order_reinstated_outcome", "states-not-admitted", 3, "reinstated, of outcome 0", decided(0)),
        of("verdict_order_replaced_before_otherwise", "replaced", 2, "replaced, of outcome 2", decided(2)),
        of("verdict_order_withdrawn_before_sheet", "withdrawn", 0, "withdrawn, one sheet of two", sheet.clone()),
        of("verdict_order_reinstated_sheet", "one-sheet", 3, "reinstated, one sheet of two", sheet),
    ]
}
