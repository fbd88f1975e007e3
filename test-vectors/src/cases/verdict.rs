//! Scope and signing window (SPEC section 11, VER-1 to VER-3).

use super::states::pack_with;
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, array, text, texts, uint, uints};
use crate::documents::{
    SEALED_AT, WITHDRAWN, attestation, claims, diploma, example_text, numbered_text, sealed, sealed_text, transcript,
    yes,
};
use crate::sign::Signer;
use crate::status::Statements;
use crate::text::symbol;
use crate::trust::document_key;
use crate::world::{LAST_TIME, NOW, WINDOW_FIRST, WINDOW_LAST, session_key};

const SCOPE: &str = "a key could seal what its owner was not trusted with";
const WINDOW: &str = "a key could be used before or after its days of service";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [scope(), sessions(), order_of_scope(), window(), closed(), compromised(), order()].concat()
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
        row(name, expect, "VER-1, CLM-12", comment, SCOPE, by("two sessions", document))
    };
    let outside = |name, comment, value| session(name, "outside-session", comment, value);
    vec![
        session("verdict_session_second", "genuine", "the second of the key's sessions", text("Juin 2026")),
        session(
            "verdict_session_first_text",
            "genuine",
            "the first of two texts is among the key's sessions",
            texts(&["Juin 2025", "يونيو 2025"]),
        ),
        session(
            "verdict_session_first_printed",
            "genuine",
            "a hole, then a text that is among the key's sessions: the first text that is printed",
            array(&[yes(), text("Juin 2026")]),
        ),
        session(
            "verdict_session_then_hole",
            "genuine",
            "a text that is among the key's sessions, then a hole",
            array(&[text("Juin 2026"), yes()]),
        ),
        outside("verdict_session_other", "a session that the key does not have", text("Juin 2027")),
        outside(
            "verdict_session_second_text",
            "only the second of two texts is among the key's sessions",
            texts(&["يونيو 2026", "Juin 2026"]),
        ),
        outside(
            "verdict_session_printed_other",
            "a hole, then a text that is not among the key's sessions",
            array(&[yes(), text("يونيو 2026")]),
        ),
        outside("verdict_session_case", "the session in lower case", text("juin 2026")),
        outside("verdict_session_longer", "a session that starts like one of the key's", text("Juin 2026 bis")),
        outside("verdict_session_shorter", "the beginning of one of the key's sessions", text("Juin 202")),
        outside("verdict_session_nbsp", "the session with U+00A0 for the blank", text("Juin\u{a0}2026")),
        outside("verdict_session_wide", "the session with U+FF4A for its first letter", text("\u{ff2a}uin 2026")),
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

/// The kind is looked at before the session.
fn order_of_scope() -> Vec<Case> {
    let both = Signer::named("both");
    let pack = pack_with("scope_both", 3, |entry| *entry = document_entry(&both), Some(&Statements::default()));
    let of = |name, expect, comment, document| {
        row(name, expect, "VER-1", comment, "verifiers would differ in their code", sealed_text(&both, document))
            .with_packs(vec![pack.clone()])
    };
    let other = || text("Juin 2027");
    vec![
        of("verdict_scope_neither", "genuine", "kind and session of the key", diploma()),
        of("verdict_scope_kind", "outside-scope", "another kind, the session of the key", transcript()),
        of(
            "verdict_scope_session",
            "outside-session",
            "the kind of the key, another session",
            diploma().with(10, other()),
        ),
        of(
            "verdict_scope_both",
            "outside-scope",
            "another kind and another session: the kind comes first",
            transcript().with(10, other()),
        ),
    ]
}

/// A key for diplomas of one session.
fn document_entry(signer: &Signer) -> Fields {
    document_key(&signer.public, 0, LAST_TIME).with(5, uints(&[1])).with(6, texts(&["Juin 2026"])).with(8, uint(1))
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
            "status-unknown",
            "VER-2, VER-4",
            "the verifier's clock stands at 0: the window is not consulted, every list is dated ahead",
            "a wrong clock would spoil a genuine document",
            example_text(),
        )
        .at(0),
        row(
            "verdict_clock_far",
            "status-old",
            "VER-2, VER-10",
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
            numbered_text(&Signer::named("stolen"), &WITHDRAWN, attestation()),
        ),
    ]
}

/// Several things are wrong; the order of section 11 says which one decides.
fn order() -> Vec<Case> {
    let differ = "verifiers would differ in their code";
    let late = |signer: &Signer, document: Fields| {
        symbol(&sealed(signer, &claims(document).with(6, uint(LAST_TIME)).encoded()))
    };
    let closed_test = pack_with(
        "test_key_stolen",
        3,
        |entry| *entry = entry.clone().with(10, uint(0)).with(11, yes()),
        Some(&Statements::default()),
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
            "outside-session",
            "VER-1, VER-2",
            "another session, sealed after the window",
            differ,
            late(&session_key(), attestation().with(10, text("Juin 2027"))),
        ),
        row(
            "verdict_order_kind_before_window",
            "outside-scope",
            "VER-1, VER-2",
            "a kind outside the key's scope, sealed after the key was closed",
            differ,
            late(&Signer::named("closed diplomas"), attestation()),
        )
        .with_packs(vec![pack_with(
            "closed_diplomas",
            3,
            |entry| *entry = document_entry(&Signer::named("closed diplomas")).with(9, uint(0)),
            Some(&Statements::default()),
        )]),
        row(
            "verdict_order_scope_before_compromise",
            "outside-session",
            "VER-1, VER-3",
            "another session, under a compromised key",
            differ,
            sealed_text(&session_key(), attestation().with(10, text("Juin 2027"))),
        )
        .with_packs(vec![stolen_session()]),
        row(
            "verdict_order_window_before_compromise",
            "outside-signing-window",
            "VER-2, VER-3",
            "sealed after the window of a compromised key",
            differ,
            late(&session_key(), attestation()),
        )
        .with_packs(vec![stolen_session()]),
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
            "VER-3, VER-4",
            "a compromised key, and no list that could say anything",
            differ,
            example_text(),
        )
        .with_packs(vec![pack_with(
            "session_key_stolen_no_list",
            3,
            |entry| *entry = entry.clone().with(10, uint(0)),
            None,
        )]),
        row(
            "verdict_order_session_before_specimen",
            "outside-session",
            "VER-1, VER-5",
            "another session, under a key of the test world",
            differ,
            sealed_text(&session_key(), attestation().with(10, text("Juin 2027"))),
        )
        .with_packs(vec![pack_with(
            "session_key_test",
            3,
            |entry| *entry = entry.clone().with(11, yes()),
            None,
        )]),
        row(
            "verdict_order_window_before_specimen",
            "outside-signing-window",
            "VER-2, VER-5",
            "sealed after the window of a key of the test world",
            differ,
            late(&session_key(), attestation()),
        )
        .with_packs(vec![pack_with(
            "session_key_test",
            3,
            |entry| *entry = entry.clone().with(11, yes()),
            None,
        )]),
    ]
}

/// The session's key was found compromised.
fn stolen_session() -> Side {
    pack_with("session_key_stolen", 3, |entry| *entry = entry.clone().with(10, uint(0)), Some(&Statements::default()))
}
