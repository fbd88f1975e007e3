//! Several anchors, what they speak for, and authorities that two of them name (SPEC section 9, ANC-1 to ANC-3).

use super::line::{bare, list};
use crate::case::Side;
use crate::cbor::{Bytes, pairs, text, uint};
use crate::documents::{example_digest, example_text};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{StatusList, decided, only};
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{BOARD, LAST_TIME, OTHER_BOARD, pack_of, small_trust, status_key};

const STRANGER: &str = "who holds any roots at all could speak for a country's board";
const MOVED: &str = "old root keys that leaked would still move verifiers that have long left them";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [held(), moved(), countries(), same_id(), look_alikes()].concat()
}

/// The example judged by packs, for who holds these anchors.
pub(crate) fn state(
    (name, expect, spec, comment, effect): (&str, &str, &str, &str, &str),
    anchors: &[&Trust],
    packs: Vec<Side>,
) -> ObjectCase {
    let anchors: Vec<_> = anchors.iter().map(|trust| trust.fingerprint()).collect();
    ObjectCase::new("state", name, expect, spec, comment, effect)
        .of(example_text())
        .with_packs(packs)
        .with("root", anchors.join(", "))
}

/// A list of root 6 with these authorities.
fn theirs(authorities: Vec<Authority>) -> Trust {
    Trust { authorities, ..list(4, 1, &[6], &[6]) }
}

/// A pack with the board's status list 1, which says this of the example.
fn saying(name: &str, trust: &Trust, state: Option<usize>) -> Side {
    let said = state.map_or_else(decided, |state| only(state, &example_digest()));
    let status = vec![StatusList::new(1, &said, status_key()).encoded()];
    Side::new(name, Pack { status, ..pack_of(trust) }.encoded())
}

/// A board with a key that sealed nothing.
fn board(id: &str, name: &str, country: &str) -> Authority {
    let key = document_key(&Signer::named("second").public, 0, LAST_TIME);
    let mut board = Authority::board(id, name, vec![key]);
    board.fields = board.fields.with(3, text(country));
    board
}

fn held() -> Vec<ObjectCase> {
    let ours = small_trust();
    let same = theirs(small_trust().authorities);
    let row = |name, expect, comment, anchors: &[&Trust], packs| {
        state((name, expect, "ANC-1", comment, STRANGER), anchors, packs)
    };
    let mine = || saying("state_ours", &ours, None);
    let foreign = || saying("state_theirs_withdrawn", &same, Some(0));
    let usurped = {
        let theirs_alone = Signer::named("second status");
        let mut trust = same.clone();
        trust.authorities[0].keys.push(key_entry(&theirs_alone.public, 2, 0, LAST_TIME));
        let list = StatusList::new(1, &only(0, &example_digest()), theirs_alone).with(3, uint(99));
        Side::new("state_usurped", Pack { status: vec![list.encoded()], ..pack_of(&trust) }.encoded())
    };
    vec![
        row("state_one_anchor", "genuine", "one anchor and its pack", &[&ours], vec![mine()]),
        row("state_no_anchor_reached", "unknown-issuer", "the pack is of other roots", &[&ours], vec![foreign()]),
        row(
            "state_other_roots_beside",
            "withdrawn",
            "a pack of roots that are not held, with a list that the board's own key signed: it counts wherever it travels",
            &[&ours],
            vec![mine(), foreign()],
        ),
        row(
            "state_other_roots_own_key",
            "genuine",
            "a pack of roots that are not held names a key of its own for the board's lists, which says withdrawn",
            &[&ours],
            vec![mine(), usurped],
        ),
        row(
            "state_other_roots_of_another",
            "genuine",
            "two anchors, each with a board of its own",
            &[&ours, &theirs(vec![board("HT-EXEMPLE", "Ministère", "HT")])],
            vec![mine(), bare("state_haiti", &theirs(vec![board("HT-EXEMPLE", "Ministère", "HT")]))],
        ),
        row(
            "state_anchor_without_pack",
            "genuine",
            "two anchors, and no pack of the second",
            &[&ours, &same],
            vec![mine()],
        ),
    ]
}

/// Two anchors of one line, and a fork that only the older one reaches.
fn moved() -> Vec<ObjectCase> {
    let first = small_trust();
    let old = crate::world::small_root();
    let new = crate::world::root(6);
    let mut rotated = theirs(small_trust().authorities).taking_over_from(&first).after(&[&first]);
    rotated.signers = vec![old.clone(), new];
    let mut fork = small_trust().after(&[&first]);
    fork.claims = fork.claims.with(1, uint(9));
    let row = |name, expect, comment, anchors: &[&Trust], packs| {
        state((name, expect, "ANC-1, LIN-4", comment, MOVED), anchors, packs)
    };
    let true_packs = || vec![saying("state_first", &first, None), bare("state_rotated", &rotated)];
    let forked = || [true_packs(), vec![saying("state_fork_withdrawn", &fork, Some(0))]].concat();
    vec![
        row("state_line_old_anchor", "genuine", "a rotation; the anchor before it", &[&first], true_packs()),
        row("state_line_new_anchor", "genuine", "a rotation; the anchor after it", &[&rotated], true_packs()),
        row(
            "state_line_both_anchors",
            "genuine",
            "a rotation; both anchors are one",
            &[&first, &rotated],
            true_packs(),
        ),
        row(
            "state_fork_old_anchor",
            "trust-conflict",
            "the old roots sign on after the rotation; the anchor before it",
            &[&first],
            forked(),
        ),
        row(
            "state_fork_new_anchor",
            "withdrawn",
            "the same; the anchor after it. The status list is signed by the board's key and counts",
            &[&rotated],
            forked(),
        ),
        row(
            "state_fork_both_anchors",
            "withdrawn",
            "the same; who has taken over is held, so the older anchor adds nothing",
            &[&first, &rotated],
            forked(),
        ),
    ]
}

fn countries() -> Vec<ObjectCase> {
    let ours = small_trust();
    let both = Trust {
        authorities: [small_trust().authorities, vec![board("XA-CONSEIL", "Conseil", "XA")]].concat(),
        ..ours.clone()
    };
    let row = |name, expect, comment, countries: &str| {
        let named = format!("{} {countries}", both.fingerprint());
        state((name, expect, "ANC-2", comment, STRANGER), &[&both], vec![saying("state_two_countries", &both, None)])
            .with("countries", named.trim_end())
    };
    vec![
        row("state_country", "genuine", "the anchor speaks for Morocco", "MA"),
        row("state_countries", "genuine", "the anchor speaks for Haiti and Morocco", "HT MA"),
        row("state_country_other", "unknown-issuer", "the anchor speaks for Haiti only", "HT"),
        row("state_country_several_states", "unknown-issuer", "the anchor speaks for XA only", "XA"),
    ]
}

fn same_id() -> Vec<ObjectCase> {
    let ours = small_trust();
    let same = theirs(small_trust().authorities);
    let bare_board = theirs(vec![board(BOARD, "Tout autre nom", "MA")]);
    let row = |name, expect, comment, other: &Trust, packs| {
        state((name, expect, "ANC-3", comment, STRANGER), &[&ours, other], packs)
    };
    let mine = || saying("state_ours", &ours, None);
    let both = |state: Option<usize>| vec![mine(), saying(&format!("state_same_{}", state.is_some()), &same, state)];
    let without_key = || vec![mine(), bare("state_same_id", &bare_board)];
    let named = |case: ObjectCase, ids: &str| case.with("pair", ids);
    vec![
        row("state_same_id", "unknown-issuer", "two anchors name the board with its key", &same, both(None)),
        row(
            "state_same_id_withdrawn",
            "unknown-issuer",
            "the same, and the second says withdrawn",
            &same,
            both(Some(0)),
        ),
        row(
            "state_same_id_without_key",
            "unknown-issuer",
            "the second names the board without its key",
            &bare_board,
            without_key(),
        ),
        named(row("state_same_id_named", "genuine", "the user has named the pair", &same, both(None)), BOARD),
        named(
            row(
                "state_same_id_named_withdrawn",
                "withdrawn",
                "the user has named the pair, and a list that both name the key of says withdrawn",
                &same,
                both(Some(0)),
            ),
            BOARD,
        ),
        named(
            row(
                "state_same_id_named_without_key",
                "genuine",
                "the user has named the pair, and the second does not have the key",
                &bare_board,
                without_key(),
            ),
            BOARD,
        ),
        named(
            row("state_same_id_other_named", "unknown-issuer", "the user has named another pair", &same, both(None)),
            OTHER_BOARD,
        ),
        {
            let limited = format!("{} HT", same.fingerprint());
            row(
                "state_same_id_limited",
                "genuine",
                "the second anchor speaks for Haiti only, so it does not name a board of Morocco",
                &same,
                both(None),
            )
            .with("countries", limited)
        },
    ]
}

fn look_alikes() -> Vec<ObjectCase> {
    let ours = small_trust();
    let row = |name: &str, expect, comment, other: Authority| {
        let other = theirs(vec![other]);
        let packs = vec![saying("state_ours", &ours, None), bare(name, &other)];
        state((name, expect, "ANC-3", comment, STRANGER), &[&ours, &other], packs)
    };
    let in_two =
        |first: &str, second: &str| -> Bytes { pairs(&[(text("ar"), text(first)), (text("fr"), text(second))]) };
    let mut second_name = board("MA-FAUX", "Académie", "MA");
    second_name.fields = second_name.fields.with(2, in_two("أكاديمية", "Académie de l'Exemple"));
    let mut elsewhere = board("MA-FAUX", "Académie", "MA");
    elsewhere.fields = elsewhere.fields.with(2, pairs(&[(text("en"), text("Académie de l'Exemple"))]));
    vec![
        row(
            "state_same_name",
            "unknown-issuer",
            "a board of the same country and name under another anchor",
            board("MA-FAUX", "Académie de l'Exemple", "MA"),
        ),
        row(
            "state_same_name_case",
            "unknown-issuer",
            "the same name in other case",
            board("MA-FAUX", "ACADÉMIE DE L'EXEMPLE", "MA"),
        ),
        row(
            "state_same_name_gap",
            "unknown-issuer",
            "the same name with a no-break space for a blank",
            board("MA-FAUX", "Académie\u{a0}de l'Exemple", "MA"),
        ),
        row("state_same_name_second", "unknown-issuer", "the same name as one of two", second_name),
        row("state_same_name_language", "unknown-issuer", "the same name in another language", elsewhere),
        row(
            "state_same_name_abroad",
            "genuine",
            "a board of the same name in another country",
            board("HT-EXEMPLE", "Académie de l'Exemple", "HT"),
        ),
        row("state_other_name", "genuine", "a board of another name", board("MA-FAUX", "Académie du Sud", "MA")),
        row(
            "state_same_name_named",
            "genuine",
            "a board of the same name, and the user has named both",
            board("MA-FAUX", "Académie de l'Exemple", "MA"),
        )
        .with("pair", format!("{BOARD}, MA-FAUX")),
    ]
}
