//! What a program that keeps packs from run to run takes, and what it must not lose (SPEC section 9, KEP-1 to KEP-3).

use super::anchors::state;
use super::line::{bare, list};
use crate::case::Side;
use crate::cbor::{Fields, uint};
use crate::documents::example_digest;
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::register::Register;
use crate::sign::Signer;
use crate::status::{AS_OF, StatusList, decided, only};
use crate::trust::{Trust, key_entry};
use crate::world::{LAST_TIME, NOW, pack_of, small_trust, status_key};

const LOST: &str = "what a verifier has learned would be lost from one run to the next";
const AHEAD: &str = "a list dated ahead would be kept for ever";
const DAY: u64 = 86_400;

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [taken(), statuses(), lists(), registers()].concat()
}

fn taken() -> Vec<ObjectCase> {
    let trust = small_trust();
    let row = |name: &str, expect, spec, comment, lists: Vec<StatusList>| {
        let status = lists.iter().map(StatusList::encoded).collect();
        ObjectCase::new("kept-pack", name, expect, spec, comment, AHEAD)
            .with_packs(vec![Side::new(name, Pack { status, ..pack_of(&trust) }.encoded())])
            .with("root", trust.fingerprint())
    };
    let dated = |number, ahead: u64| StatusList::new(number, &decided(), status_key()).with(4, uint(NOW + ahead));
    let stranger = StatusList::new(1, &decided(), crate::world::stranger()).with(4, uint(NOW + DAY + 1));
    vec![
        row(
            "kept_pack",
            "accepted",
            "KEP-2",
            "a pack with a list of yesterday",
            vec![dated(1, 0).with(4, uint(AS_OF))],
        ),
        row("kept_pack_day", "accepted", "KEP-2", "a list dated 86,400 s ahead of the clock", vec![dated(1, DAY)]),
        row("kept_pack_over_day", "status-ahead", "KEP-2", "a list dated 86,401 s ahead", vec![dated(1, DAY + 1)]),
        row(
            "kept_pack_second_list",
            "status-ahead",
            "KEP-2",
            "the second of two lists is dated 86,401 s ahead",
            vec![dated(1, 0), dated(2, DAY + 1)],
        ),
        row(
            "kept_pack_clock_behind",
            "status-ahead",
            "KEP-2",
            "the clock stands a year behind: it is the clock that is wrong",
            vec![dated(1, 0)],
        )
        .at(NOW - 365 * DAY),
        row(
            "kept_pack_unsigned",
            "status-unsigned",
            "KEP-2, STA-2",
            "a stranger's list dated 86,401 s ahead: the pack is refused before the clock is asked",
            vec![stranger],
        ),
    ]
}

/// The small list in a version, after others of it.
fn version(number: u64, after: &[&Trust]) -> Trust {
    let mut trust = small_trust();
    trust.claims = trust.claims.with(1, uint(number));
    if after.is_empty() { trust } else { trust.after(after) }
}

fn side(name: &str, trust: &Trust, lists: &[StatusList]) -> Side {
    let status = lists.iter().map(StatusList::encoded).collect();
    Side::new(name, Pack { status, ..pack_of(trust) }.encoded())
}

/// A list of a key that says something of the example (or nothing), with a number, a seq and days after the usual ones.
fn said(number: u64, state: Option<usize>, signer: Signer, later: u64) -> StatusList {
    let said = state.map_or_else(decided, |state| only(state, &example_digest()));
    StatusList::after(12 + later, number, &said, signer).with(4, uint(AS_OF + later))
}

fn statuses() -> Vec<ObjectCase> {
    let second = Signer::named("second status");
    let two_keys = |edit: &dyn Fn(Fields) -> Fields| {
        let mut trust = small_trust();
        trust.authorities[0].keys.push(edit(key_entry(&second.public, 2, 0, LAST_TIME)));
        trust
    };
    let trust = two_keys(&|entry| entry);
    let row = |name: &str, expect, comment, packs: Vec<Side>| {
        state((name, expect, "KEP-1, VER-4", comment, LOST), &[&trust], packs)
    };
    let of = |name: &str, expect, comment, lists: &[StatusList]| {
        let packs = lists.iter().enumerate();
        let packs = packs.map(|(at, list)| side(&format!("{name}_{at}"), &trust, std::slice::from_ref(list)));
        row(name, expect, comment, packs.collect())
    };
    let ours = |number, state, later| said(number, state, status_key(), later);
    let theirs = |number, state, later| said(number, state, second.clone(), later);
    let mut stolen = two_keys(&|entry| entry.with(10, uint(AS_OF))).after(&[&trust]);
    stolen.claims = stolen.claims.with(1, uint(9));
    vec![
        of(
            "state_list_says_no_more",
            "withdrawn",
            "a list withdraws, the next one of the key says nothing",
            &[ours(1, Some(0), 0), ours(1, None, 1)],
        ),
        of(
            "state_list_of_other_number",
            "withdrawn",
            "list 2 withdraws, the next list 2 says nothing",
            &[ours(1, None, 0), ours(2, Some(0), 1), ours(2, None, 2)],
        ),
        of(
            "state_list_reinstates",
            "genuine",
            "a list withdraws, the next one reinstates",
            &[ours(1, Some(0), 0), ours(1, Some(3), 1)],
        ),
        of(
            "state_list_reinstates_other_key",
            "genuine",
            "a key withdraws, the other one reinstates",
            &[ours(1, Some(0), 0), theirs(2, Some(3), 1)],
        ),
        of(
            "state_list_three",
            "suspended",
            "withdrawn, reinstated, suspended, then nothing",
            &[ours(1, Some(0), 0), ours(1, Some(3), 1), ours(1, Some(1), 2), ours(1, None, 3)],
        ),
        row(
            "state_list_key_stolen_later",
            "withdrawn",
            "a second key reinstated, and is marked later: what the first said stands again",
            vec![
                side("state_list_key_stolen_first", &trust, &[ours(1, Some(0), 0), theirs(2, Some(3), 1)]),
                side("state_list_key_stolen_then", &stolen, &[]),
            ],
        ),
    ]
}

fn lists() -> Vec<ObjectCase> {
    let four = version(4, &[]);
    let without_key = {
        let mut five = version(5, &[&four]);
        five.authorities[0].keys.remove(0);
        five
    };
    let stolen = {
        let mut five = version(5, &[&four]);
        five.authorities[0].keys[0] = five.authorities[0].keys[0].clone().with(10, uint(0));
        five
    };
    let gone = {
        let mut six = version(6, &[&four, &stolen]);
        six.authorities[0].keys.remove(0);
        six
    };
    let nothing = {
        let mut six = version(6, &[&four, &without_key]);
        six.authorities.clear();
        six
    };
    let twin = {
        let mut five = version(5, &[&four]);
        five.claims = five.claims.with(3, uint(1_800_000_001));
        five
    };
    let lists = [said(1, None, status_key(), 0)];
    let row = |name: &str, expect, spec, comment, given: &[&Trust]| {
        let packs = given.iter().enumerate().map(|(at, trust)| match trust.authorities.is_empty() {
            true => bare(&format!("{name}_{at}"), trust),
            false => side(&format!("{name}_{at}"), trust, &lists),
        });
        state((name, expect, spec, comment, LOST), &[&four], packs.collect())
    };
    let rotated = {
        let mut rotated = list(6, 1, &[6], &[6]).taking_over_from(&four).after(&[&four]);
        rotated.authorities.clear();
        rotated.signers.push(crate::world::small_root());
        rotated
    };
    vec![
        row("state_key_left", "genuine", "KEP-1, LIN-4", "version 5 does not have the key", &[&four, &without_key]),
        row(
            "state_authority_left",
            "genuine",
            "KEP-1, LIN-4",
            "version 6 has no authority any more",
            &[&four, &without_key, &nothing],
        ),
        row(
            "state_mark_left",
            "key-compromised",
            "KEP-1, LIN-3",
            "version 5 marks the key, version 6 does not have it",
            &[&four, &stolen, &gone],
        ),
        row(
            "state_conflict_kept",
            "trust-conflict",
            "KEP-1, LIN-4",
            "two versions 5",
            &[&four, &version(5, &[&four]), &twin],
        ),
        row("state_rotated", "genuine", "KEP-1, ANC-1", "a rotation without authorities", &[&four, &rotated]),
    ]
}

fn registers() -> Vec<ObjectCase> {
    let register = Register::with_example();
    let trust = crate::register::stolen_trust();
    let head = || vec![register.head()];
    let file = || vec![register.file().encoded()];
    let pack = |name: &str, heads, files| Side::new(name, Pack { heads, files, ..pack_of(&trust) }.encoded());
    let row = |name, expect, comment, packs| state((name, expect, "KEP-1, REG-7", comment, LOST), &[&trust], packs);
    vec![
        row(
            "state_register",
            "genuine",
            "a compromised key; the document is in the register",
            vec![pack("state_register_none", vec![], vec![]), pack("state_register_file", head(), file())],
        ),
        row(
            "state_register_head_only",
            "key-compromised",
            "a compromised key; the head, and no file",
            vec![pack("state_register_none", vec![], vec![]), pack("state_register_head", head(), vec![])],
        ),
    ]
}
