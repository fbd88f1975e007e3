//! Scope and signing window (SPEC section 11, VER-1 to VER-3).

use super::states::pack_with;
use crate::case::{Case, case};
use crate::cbor::{Bytes, Fields, text, texts, uint, uints};
use crate::documents::{SEALED_AT, attestation, claims, diploma, example_text, sealed, sealed_text, transcript};
use crate::sign::Signer;
use crate::status::STATES;
use crate::text::symbol;
use crate::world::{LAST_TIME, NOW, WINDOW_FIRST, WINDOW_LAST, session_key};

const SCOPE: &str = "a key could seal what its owner was not trusted with";
const WINDOW: &str = "a key could be used before or after its days of service";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [scope(), sessions(), status_scope(), window(), closed(), compromised(), order()].concat()
}

fn by(name: &str, document: Fields) -> String {
    sealed_text(&Signer::named(name), document)
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, artefact: String) -> Case {
    case(name, expect, spec, comment, effect, artefact)
}

fn scope() -> Vec<Case> {
    let kind =
        |name, expect, comment, document| row(name, expect, "VER-1", comment, SCOPE, by("diplomas only", document));
    vec![
        kind("verdict_kind_in_scope", "genuine", "a diploma under a key for diplomas", diploma()),
        kind("verdict_kind_transcript", "outside-scope", "a transcript under a key for diplomas", transcript()),
        kind("verdict_kind_attestation", "outside-scope", "an attestation under a key for diplomas", attestation()),
    ]
}

fn sessions() -> Vec<Case> {
    let session = |name, expect, comment, value: Bytes| {
        let document = attestation().with(2, texts(&["fr", "ar"])).with(10, value);
        row(name, expect, "VER-1", comment, SCOPE, by("two sessions", document))
    };
    vec![
        session("verdict_session_second", "genuine", "the second of the key's sessions", text("Juin 2026")),
        session(
            "verdict_session_first_text",
            "genuine",
            "the first of two texts is among the key's sessions",
            texts(&["Juin 2025", "يونيو 2025"]),
        ),
        session("verdict_session_other", "outside-scope", "a session that the key does not have", text("Juin 2027")),
        session(
            "verdict_session_second_text",
            "outside-scope",
            "only the second of two texts is among the key's sessions",
            texts(&["يونيو 2026", "Juin 2026"]),
        ),
        session("verdict_session_case", "outside-scope", "the session in lower case", text("juin 2026")),
        session(
            "verdict_session_longer",
            "outside-scope",
            "a session that starts like one of the key's",
            text("Juin 2026 bis"),
        ),
        session(
            "verdict_session_nbsp",
            "outside-scope",
            "the session with U+00A0 for the blank",
            text("Juin\u{a0}2026"),
        ),
        row(
            "verdict_session_any",
            "genuine",
            "VER-1",
            "any session under a key without sessions",
            SCOPE,
            by("wide", attestation().with(10, text("Juin 1962"))),
        ),
    ]
}

fn status_scope() -> Vec<Case> {
    let reference = |name, expect, comment, key, list: u64| {
        row(
            name,
            expect,
            "VER-1",
            comment,
            "a document could point at a list on which it never stands",
            by(key, attestation().with(15, uints(&[list, 4]))),
        )
    };
    vec![
        reference(
            "verdict_list_other",
            "outside-scope",
            "list 2 under a key of list 1, and the pack has a list 2",
            "wide",
            2,
        ),
        reference("verdict_list_0", "outside-scope", "list 0 under a key of list 1", "wide", 0),
        reference("verdict_list_2_64", "outside-scope", "list 2^64 - 1 under a key of list 1", "wide", u64::MAX),
        reference(
            "verdict_list_without_number",
            "outside-scope",
            "a status reference under a key without status list",
            "no status",
            1,
        ),
    ]
}

fn window() -> Vec<Case> {
    let at = |name, expect, comment, time: u64| {
        let payload = claims(attestation()).with(6, uint(time)).encoded();
        row(name, expect, "VER-2", comment, WINDOW, symbol(&sealed(&session_key(), &payload)))
    };
    vec![
        at("verdict_window_first", "genuine", "sealed in the first second of the window", WINDOW_FIRST),
        at("verdict_window_before", "outside-signing-window", "sealed a second before the window", WINDOW_FIRST - 1),
        at("verdict_window_last", "genuine", "sealed in the last second of the window", WINDOW_LAST),
        at("verdict_window_after", "outside-signing-window", "sealed a second after the window", WINDOW_LAST + 1),
        at("verdict_window_zero", "outside-signing-window", "sealed in 1970", 0),
        at(
            "verdict_sealed_after_now",
            "genuine",
            "sealed after the verifier's clock, within the window: today's date is not consulted",
            NOW + 86_400,
        ),
        row(
            "verdict_clock_in_1970",
            "status-old",
            "VER-2, VER-6",
            "the verifier's clock stands at 0: the window is not consulted, no list can be known to be fresh",
            "a wrong clock would spoil a genuine document",
            example_text(),
        )
        .at(0),
        row(
            "verdict_clock_far",
            "status-old",
            "VER-2, VER-6",
            "the verifier's clock stands at 2^40 - 1: the window is not consulted, the list is old",
            "a wrong clock would spoil a genuine document",
            example_text(),
        )
        .at(LAST_TIME),
    ]
}

fn closed() -> Vec<Case> {
    let at = |name, expect, comment, time: u64| {
        let payload = claims(attestation()).with(6, uint(time)).encoded();
        row(name, expect, "VER-2", comment, WINDOW, symbol(&sealed(&Signer::named("closed"), &payload)))
    };
    vec![
        at("verdict_closed_same_second", "genuine", "sealed in the second in which the key was closed", SEALED_AT),
        at("verdict_closed_after", "outside-signing-window", "sealed a second after the key was closed", SEALED_AT + 1),
        at("verdict_closed_before", "genuine", "sealed a second before the key was closed", SEALED_AT - 1),
    ]
}

fn compromised() -> Vec<Case> {
    let thief = "a thief could backdate";
    let stolen = |document| by("stolen", document);
    let after = claims(attestation()).with(6, uint(SEALED_AT + 86_401)).encoded();
    vec![
        row(
            "verdict_compromised_before",
            "key-compromised",
            "VER-3",
            "sealed a day before the key was found compromised",
            thief,
            stolen(attestation()),
        ),
        row(
            "verdict_compromised_after",
            "key-compromised",
            "VER-3",
            "sealed a second after the key was found compromised",
            thief,
            symbol(&sealed(&Signer::named("stolen"), &after)),
        ),
        row(
            "verdict_compromised_withdrawn",
            "key-compromised",
            "VER-3",
            "the document is withdrawn too: the key is looked at first",
            thief,
            stolen(attestation().with(15, uints(&[1, 1]))),
        ),
    ]
}

/// Several things are wrong; the order of section 11 says which one decides.
fn order() -> Vec<Case> {
    let differ = "verifiers would differ in their code";
    let late = |signer: &Signer, document: Fields| {
        symbol(&sealed(signer, &claims(document).with(6, uint(LAST_TIME)).encoded()))
    };
    let stolen = Signer::named("stolen");
    let closed_test = pack_with(
        "test_key_stolen",
        3,
        |entry| *entry = entry.clone().with(10, uint(0)).with(11, vec![0xf5]),
        Some(&STATES),
    );
    vec![
        row(
            "verdict_order_rules_before_scope",
            "breaks-rules",
            "VER-1, CLM-5",
            "an empty holder, and a kind outside the key's scope",
            differ,
            by("diplomas only", attestation().with(3, text(""))),
        ),
        row(
            "verdict_order_newer_before_scope",
            "newer-format",
            "VER-1, CLM-3",
            "kind 4 under a key for diplomas",
            differ,
            by("diplomas only", attestation().with(1, uint(4))),
        ),
        row(
            "verdict_order_scope_before_window",
            "outside-scope",
            "VER-1, VER-2",
            "another session, sealed after the window",
            differ,
            late(&session_key(), attestation().with(10, text("Juin 2027"))),
        ),
        row(
            "verdict_order_list_before_window",
            "outside-scope",
            "VER-1, VER-2",
            "another status list, sealed after the window",
            differ,
            late(&session_key(), attestation().with(15, uints(&[2, 4]))),
        ),
        row(
            "verdict_order_scope_before_compromise",
            "outside-scope",
            "VER-1, VER-3",
            "another status list, under a compromised key",
            differ,
            by("stolen", attestation().with(15, uints(&[2, 4]))),
        ),
        row(
            "verdict_order_window_before_compromise",
            "outside-signing-window",
            "VER-2, VER-3",
            "sealed after the window of a compromised key",
            differ,
            late(&session_key(), attestation()),
        )
        .with_packs(vec![pack_with(
            "session_key_stolen",
            3,
            |entry| *entry = entry.clone().with(10, uint(0)),
            Some(&STATES),
        )]),
        row(
            "verdict_order_compromise_before_specimen",
            "key-compromised",
            "VER-3, VER-5",
            "a compromised key of the test world",
            differ,
            example_text(),
        )
        .with_packs(vec![closed_test]),
        row(
            "verdict_order_compromise_before_status",
            "key-compromised",
            "VER-3, VER-6",
            "a compromised key and an entry beyond the list",
            differ,
            sealed_text(&stolen, attestation().with(15, uints(&[1, 99]))),
        ),
    ]
}
