//! Which status lists are current: by key, by time and by pack (SPEC section 11, VER-4).

use super::lists::{of_lists, says, side, silent, under};
use super::states::versioned;
use crate::case::{Case, case};
use crate::cbor::{Fields, uint};
use crate::documents::{example_digest, example_text, yes};
use crate::sign::Signer;
use crate::status::{AS_OF, StatusList, only};
use crate::trust::{Trust, key_entry};
use crate::world::{LAST_TIME, NOW, base, root, small_trust};

const MISSED: &str = "a withdrawal would be missed";
const FORGED: &str = "who stole a key of status lists could go on withdrawing";
const DAY: u64 = 86_400;

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [keys(), ahead(), packs()].concat()
}

/// The deciding trust list names the key with use 2, without label 10, and with label 11 as the document's key has it.
fn keys() -> Vec<Case> {
    let thief = Signer::named("second status");
    let with = |edit: &dyn Fn(Fields) -> Fields| {
        let mut trust = small_trust();
        trust.authorities[0].keys.push(edit(key_entry(&thief.public, 2, 0, LAST_TIME)));
        trust
    };
    let theirs =
        |state: usize, seq: u64| StatusList::new(2, &only(state, &example_digest()), thief.clone()).with(3, uint(seq));
    let stolen = with(&|entry| entry.with(10, uint(AS_OF + DAY)));
    let kept = with(&|entry| entry);
    let test = with(&|entry| entry.with(11, yes()));
    let closed = with(&|entry| entry.with(9, uint(AS_OF)));
    let own_stolen = {
        let mut trust = small_trust();
        trust.authorities[0].keys[1] = trust.authorities[0].keys[1].clone().with(10, uint(LAST_TIME));
        trust
    };
    let row = |name, expect, comment, trust: &Trust, lists| under(name, expect, comment, FORGED, trust, lists);
    vec![
        row(
            "verdict_list_key",
            "withdrawn",
            "a second key of status lists says withdrawn",
            &kept,
            vec![silent(), theirs(0, 12)],
        ),
        row(
            "verdict_list_key_stolen",
            "genuine",
            "a second key of status lists says withdrawn, and was found compromised",
            &stolen,
            vec![silent(), theirs(0, 12)],
        ),
        row(
            "verdict_list_key_stolen_reinstates",
            "withdrawn",
            "list 1 says withdrawn, a compromised key with a higher seq reinstated",
            &stolen,
            vec![says(1, 0, 12), theirs(3, 99)],
        ),
        row(
            "verdict_list_key_stolen_own",
            "status-unknown",
            "the key of the only list was found compromised, later: it is no list of anybody",
            &own_stolen,
            vec![silent()],
        ),
        row(
            "verdict_list_key_stolen_withdraws",
            "status-unknown",
            "the only list says withdrawn, and its key was found compromised",
            &own_stolen,
            vec![says(1, 0, 12)],
        ),
        row(
            "verdict_list_key_closed",
            "withdrawn",
            "a closed key of status lists says withdrawn",
            &closed,
            vec![silent(), theirs(0, 12)],
        ),
        row(
            "verdict_list_key_test",
            "genuine",
            "a key of the test world says withdrawn of a document in earnest",
            &test,
            vec![silent(), theirs(0, 12)],
        ),
        row(
            "verdict_list_key_test_reinstates",
            "withdrawn",
            "list 1 says withdrawn, a key of the test world with a higher seq reinstated",
            &test,
            vec![says(1, 0, 12), theirs(3, 99)],
        ),
        row(
            "verdict_list_key_test_own",
            "status-unknown",
            "the key's list 1 is there under a key of the test world only",
            &test,
            vec![theirs(3, 12).with(2, uint(1))],
        ),
    ]
}

/// A list may be dated a day ahead of the clock, and no more.
fn ahead() -> Vec<Case> {
    let row = |name, expect, comment, lists| {
        of_lists(name, expect, comment, "a thief could date a list ahead for ever", lists)
    };
    let dated = |list: StatusList, ahead: u64| list.with(4, uint(NOW + ahead));
    vec![
        row("verdict_ahead_day_own", "genuine", "the only list is dated 86,400 s ahead", vec![dated(silent(), DAY)]),
        row(
            "verdict_ahead_over_day_own",
            "status-unknown",
            "the only list is dated 86,401 s ahead",
            vec![dated(silent(), DAY + 1)],
        ),
        row(
            "verdict_ahead_day_withdrawn",
            "withdrawn",
            "a list dated 86,400 s ahead says withdrawn",
            vec![silent(), dated(says(2, 0, 13), DAY)],
        ),
        row(
            "verdict_ahead_over_day_withdrawn",
            "genuine",
            "a list dated 86,401 s ahead says withdrawn",
            vec![silent(), dated(says(2, 0, 13), DAY + 1)],
        ),
        row(
            "verdict_ahead_day_reinstated",
            "genuine",
            "list 1 says withdrawn, a list dated 86,400 s ahead reinstated",
            vec![says(1, 0, 12), dated(says(2, 3, 13), DAY)],
        ),
        row(
            "verdict_ahead_over_day_reinstated",
            "withdrawn",
            "list 1 says withdrawn, a list dated 86,401 s ahead reinstated",
            vec![says(1, 0, 12), dated(says(2, 3, 13), DAY + 1)],
        ),
        row(
            "verdict_ahead_own_falls_back",
            "status-old",
            "list 1 of seq 13 is dated 86,401 s ahead; that of seq 12 is old",
            vec![dated(silent().with(3, uint(13)), DAY + 1), silent().with(5, uint(NOW))],
        ),
        row("verdict_ahead_clock_0", "status-unknown", "the clock stands at 0", vec![silent()]).at(0),
        row(
            "verdict_ahead_clock_0_withdrawn",
            "status-unknown",
            "the clock stands at 0, and the list says withdrawn",
            vec![says(1, 0, 12)],
        )
        .at(0),
    ]
}

/// Lists of other packs count under the same roots, of the keys that the deciding list names.
fn packs() -> Vec<Case> {
    let with_version = |version: u64, edit: &dyn Fn(&mut Trust)| {
        let mut trust = versioned(version);
        edit(&mut trust);
        trust
    };
    let plain = |name: &str, version: u64, lists| side(name, &with_version(version, &|_| {}), lists);
    let second = Signer::named("second status");
    let naming = |trust: &mut Trust| trust.authorities[0].keys.push(key_entry(&second.public, 2, 0, LAST_TIME));
    let theirs = |state| StatusList::new(1, &only(state, &example_digest()), second.clone()).with(3, uint(99));
    let stolen = |trust: &mut Trust| {
        trust.authorities[0].keys[1] = trust.authorities[0].keys[1].clone().with(10, uint(LAST_TIME));
    };
    let row = |name, expect, comment, packs| {
        case(name, expect, "VER-4, SIG-1", comment, MISSED, example_text()).with_packs(packs)
    };
    let deciding = || plain("lists_version_9", 9, vec![silent()]);
    let bare = || plain("lists_version_9_none", 9, vec![]);
    let foreign = |name: &str, lists| {
        let trust = with_version(9, &|trust| {
            (trust.roots, trust.signers) = (vec![root(2).public], vec![root(2)]);
        });
        side(name, &trust, lists)
    };
    vec![
        row(
            "verdict_pack_other_withdrawn",
            "withdrawn",
            "an older pack of the same roots has a list that says withdrawn",
            vec![plain("lists_version_4_withdrawn", 4, vec![says(2, 0, 12)]), deciding()],
        ),
        row(
            "verdict_pack_other_reinstated",
            "genuine",
            "the deciding pack says withdrawn, an older one of a higher seq reinstated",
            vec![
                plain("lists_version_4_reinstated", 4, vec![says(2, 3, 13)]),
                side("lists_version_9_withdrawn", &with_version(9, &|_| {}), vec![says(1, 0, 12)]),
            ],
        ),
        row(
            "verdict_pack_other_key",
            "withdrawn",
            "a list of an older pack whose key the deciding list names too",
            vec![
                side("lists_version_4_second", &with_version(4, &naming), vec![theirs(0)]),
                side("lists_version_9_second", &with_version(9, &naming), vec![silent()]),
            ],
        ),
        row(
            "verdict_pack_key_gone",
            "genuine",
            "a list of an older pack whose key the deciding list does not name",
            vec![side("lists_version_4_second", &with_version(4, &naming), vec![theirs(0)]), deciding()],
        ),
        row(
            "verdict_pack_key_gone_reinstates",
            "withdrawn",
            "a key that the deciding list does not name says reinstated",
            vec![
                side("lists_version_4_second_reinstates", &with_version(4, &naming), vec![theirs(3)]),
                side("lists_version_9_withdrawn", &with_version(9, &|_| {}), vec![says(1, 0, 12)]),
            ],
        ),
        row(
            "verdict_pack_key_stolen",
            "status-unknown",
            "an older pack has the only list; the deciding list says that its key was stolen",
            vec![
                plain("lists_version_4_withdrawn_own", 4, vec![says(1, 0, 12)]),
                side("lists_version_9_stolen", &with_version(9, &stolen), vec![]),
            ],
        ),
        row(
            "verdict_pack_key_stolen_then",
            "withdrawn",
            "the older list says that the key of lists was stolen, the deciding one does not",
            vec![side("lists_version_4_stolen", &with_version(4, &stolen), vec![says(1, 0, 12)]), deciding()],
        ),
        row(
            "verdict_pack_other_roots",
            "genuine",
            "a pack of other roots, with the same key of lists, says withdrawn",
            vec![deciding(), foreign("lists_other_roots", vec![says(1, 0, 99)])],
        ),
        row(
            "verdict_pack_other_roots_first",
            "withdrawn",
            "the pack of other roots is loaded first: it decides",
            vec![foreign("lists_other_roots", vec![says(1, 0, 99)]), deciding()],
        ),
        row(
            "verdict_pack_other_roots_reinstate",
            "withdrawn",
            "a pack of other roots says reinstated with a higher seq",
            vec![
                side("lists_version_9_withdrawn", &with_version(9, &|_| {}), vec![says(1, 0, 12)]),
                foreign("lists_other_roots_reinstate", vec![says(1, 3, 99)]),
            ],
        ),
        row(
            "verdict_pack_own_elsewhere",
            "genuine",
            "the own list stands in a pack that was loaded second",
            vec![bare(), plain("lists_version_4_silent", 4, vec![silent()])],
        ),
        row(
            "verdict_pack_own_other_roots",
            "status-unknown",
            "the own list stands in a pack of other roots only",
            vec![bare(), base()],
        ),
        row(
            "verdict_pack_own_old_elsewhere",
            "status-old",
            "the deciding pack's list 1 has seq 12, that of an older pack seq 13 and is old",
            vec![deciding(), plain("lists_version_4_old", 4, vec![silent().with(3, uint(13)).with(5, uint(NOW))])],
        ),
        row(
            "verdict_pack_graver",
            "withdrawn",
            "two packs of the same roots with lists of one seq, reinstated and withdrawn",
            vec![
                plain("lists_version_4_withdrawn", 4, vec![says(2, 0, 12)]),
                side("lists_version_9_reinstated", &with_version(9, &|_| {}), vec![says(1, 3, 12)]),
            ],
        ),
    ]
}
