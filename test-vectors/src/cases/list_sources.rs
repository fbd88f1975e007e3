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
    [keys(), ahead(), packs(), rivals()].concat()
}

/// The deciding trust list names the key with use 2, without label 10, and with label 11 as the document's key has it.
fn keys() -> Vec<Case> {
    let thief = Signer::named("second status");
    let with = |edit: &dyn Fn(Fields) -> Fields| {
        let mut trust = small_trust();
        trust.authorities[0].keys.push(edit(key_entry(&thief.public, 2, 0, LAST_TIME)));
        trust
    };
    let theirs = |state: usize, seq: u64| StatusList::after(seq, 2, &only(state, &example_digest()), thief.clone());
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

/// Lists of other packs count under the same roots, of the keys that the newest list of the line names.
fn packs() -> Vec<Case> {
    let second = Signer::named("second status");
    let naming = |trust: &mut Trust| trust.authorities[0].keys.push(key_entry(&second.public, 2, 0, LAST_TIME));
    let theirs = |state| StatusList::after(99, 1, &only(state, &example_digest()), second.clone());
    let stolen = |trust: &mut Trust| {
        trust.authorities[0].keys[1] = trust.authorities[0].keys[1].clone().with(10, uint(LAST_TIME));
    };
    let plain = |_: &mut Trust| {};
    vec![
        line(
            "verdict_pack_other_withdrawn",
            "withdrawn",
            "an older pack of the same roots has a list that says withdrawn",
            (&plain, vec![says(2, 0, 12)]),
            (&plain, vec![silent()]),
        ),
        line(
            "verdict_pack_other_reinstated",
            "genuine",
            "the newer pack says withdrawn, an older one of a higher seq reinstated",
            (&plain, vec![says(2, 3, 13)]),
            (&plain, vec![says(1, 0, 12)]),
        ),
        line(
            "verdict_pack_other_key",
            "withdrawn",
            "a list of an older pack whose key the newer list names too",
            (&naming, vec![theirs(0)]),
            (&naming, vec![silent()]),
        ),
        line(
            "verdict_pack_key_gone",
            "genuine",
            "a list of an older pack whose key the newer list does not name",
            (&naming, vec![theirs(0)]),
            (&plain, vec![silent()]),
        ),
        line(
            "verdict_pack_key_gone_reinstates",
            "withdrawn",
            "a key that the newer list does not name says reinstated",
            (&naming, vec![theirs(3)]),
            (&plain, vec![says(1, 0, 12)]),
        ),
        line(
            "verdict_pack_key_stolen",
            "status-unknown",
            "an older pack has the only list; the newer trust list says that its key was stolen",
            (&plain, vec![says(1, 0, 12)]),
            (&stolen, vec![]),
        ),
        Case {
            spec: "LIN-3, VER-4".into(),
            ..line(
                "verdict_pack_key_stolen_then",
                "status-unknown",
                "the older list says that the key of lists was stolen, the newer one does not: the newer is void",
                (&stolen, vec![says(1, 0, 12)]),
                (&plain, vec![silent()]),
            )
        },
        line(
            "verdict_pack_own_elsewhere",
            "genuine",
            "the own list stands in the older pack",
            (&plain, vec![silent()]),
            (&plain, vec![]),
        ),
        line(
            "verdict_pack_own_old_elsewhere",
            "status-old",
            "the newer pack's list 1 has seq 12, that of an older pack seq 13 and is old",
            (&plain, vec![silent().with(3, uint(13)).with(5, uint(NOW))]),
            (&plain, vec![silent()]),
        ),
        line(
            "verdict_pack_graver",
            "withdrawn",
            "two packs of the same roots with lists of one seq, reinstated and withdrawn",
            (&plain, vec![says(2, 0, 12)]),
            (&plain, vec![says(1, 3, 12)]),
        ),
    ]
}

type Edit<'a> = &'a dyn Fn(&mut Trust);

/// A pack of version 4 and one of version 9 after it.
fn line(
    name: &str,
    expect: &str,
    comment: &str,
    (old, old_lists): (Edit, Vec<StatusList>),
    (new, new_lists): (Edit, Vec<StatusList>),
) -> Case {
    let with_version = |version: u64, edit: Edit| {
        let mut trust = versioned(version);
        edit(&mut trust);
        trust
    };
    let old = with_version(4, old);
    let new = with_version(9, new).after(&[&old]);
    case(name, expect, "VER-4, SIG-1", comment, MISSED, example_text())
        .with_packs(vec![side(&format!("{name}_4"), &old, old_lists), side(&format!("{name}_9"), &new, new_lists)])
}

/// Two anchors name the authority: none of them counts (ANC-3).
fn rivals() -> Vec<Case> {
    let mut foreign = versioned(9);
    (foreign.roots, foreign.signers) = (vec![root(2).public], vec![root(2)]);
    let ours = || side("lists_version_9", &versioned(9), vec![silent()]);
    let theirs = |name: &str, lists| side(name, &foreign, lists);
    let row =
        |name, comment, packs| case(name, "unknown-issuer", "ANC-3", comment, MISSED, example_text()).with_packs(packs);
    vec![
        row(
            "verdict_pack_other_roots",
            "a pack of other roots, with the same authority and key of lists, says withdrawn",
            vec![ours(), theirs("lists_other_roots", vec![says(1, 0, 99)])],
        ),
        row(
            "verdict_pack_other_roots_first",
            "the pack of other roots is loaded first",
            vec![theirs("lists_other_roots", vec![says(1, 0, 99)]), ours()],
        ),
        row(
            "verdict_pack_other_roots_reinstate",
            "a pack of other roots says reinstated with a higher seq",
            vec![
                side("lists_version_9_withdrawn", &versioned(9), vec![says(1, 0, 12)]),
                theirs("lists_other_roots_reinstate", vec![says(1, 3, 99)]),
            ],
        ),
        row(
            "verdict_pack_own_other_roots",
            "the own list stands in a pack of other roots only",
            vec![side("lists_version_9_none", &versioned(9), vec![]), base()],
        ),
    ]
}
