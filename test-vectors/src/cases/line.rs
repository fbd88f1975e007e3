//! Which list of several is the newest (SPEC section 7, LIN-1, LIN-2 and LIN-4; LIN-3 is in `line_scope`).

use crate::case::Side;
use crate::cbor::uint;
use crate::object::{ObjectCase, hex};
use crate::pack::Pack;
use crate::sign::Signer;
use crate::trust::Trust;
use crate::world::{LAST_TIME, root, small_trust, trust_claims};

const FOISTED: &str = "somebody else's list would take the place of the true one";
const OLDER: &str = "an old list would bring back keys that were taken back";
const STUCK: &str = "a verifier could never follow its list";
const CHOSEN: &str = "of two lists that contradict each other a verifier would take the one that it saw first";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [followed(), healed(), ordered(), rotated(), several_rotations(), foreign(), forked()].concat()
}

/// A list of some of the roots 1 to 9, signed by some.
pub(crate) fn list(version: u64, threshold: u64, roots: &[u8], signers: &[u8]) -> Trust {
    Trust {
        claims: trust_claims(version),
        threshold,
        roots: roots.iter().map(|number| root(*number).public).collect(),
        signers: signers.iter().map(|number| root(*number)).collect(),
        ..small_trust()
    }
}

/// A list of the roots 1 to 3, two of which sign.
fn of_first(version: u64) -> Trust {
    list(version, 2, &[1, 2, 3], &[1, 2])
}

/// A list of the roots 4 and 5, both of which sign.
fn of_second(version: u64) -> Trust {
    list(version, 2, &[4, 5], &[4, 5])
}

/// A rotation from the roots of a list: `signers` sign beside the two of the roots 1 to 3.
fn rotation(version: u64, held: &Trust, to: &[u8], signers: &[u8]) -> Trust {
    let signers = [&[1, 2][..], signers].concat();
    list(version, 2, to, &signers).taking_over_from(held).after(&[held])
}

/// Packs with a list each, whose roots' fingerprint is that of `anchor`: these are newest.
pub(crate) fn row(
    (name, spec, comment, effect): (&str, &str, &str, &str),
    anchor: &Trust,
    given: &[&Trust],
    newest: &[&Trust],
) -> ObjectCase {
    let packs = given.iter().enumerate().map(|(at, trust)| bare(&format!("{name}_{at}"), trust)).collect();
    of_packs((name, spec, comment, effect), anchor, packs, newest)
}

/// The same with packs as they are.
pub(crate) fn of_packs(
    (name, spec, comment, effect): (&str, &str, &str, &str),
    anchor: &Trust,
    packs: Vec<Side>,
    newest: &[&Trust],
) -> ObjectCase {
    let expect = match newest.len() {
        0 => "not-reached",
        1 => "newest",
        _ => "conflict",
    };
    let mut ids: Vec<_> = newest.iter().map(|trust| hex(&trust.id())).collect();
    ids.sort_unstable();
    let ids = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    ObjectCase::new("line", name, expect, spec, comment, effect)
        .with_packs(packs)
        .with("root", anchor.fingerprint())
        .with("lists", ids)
}

/// A pack of a list alone.
pub(crate) fn bare(name: &str, trust: &Trust) -> Side {
    Side::new(name, Pack { trust: trust.encoded(), ..Pack::default() }.encoded())
}

fn followed() -> Vec<ObjectCase> {
    let five = of_first(5);
    let six = of_first(6).after(&[&five]);
    let seven = of_first(7).after(&[&five, &six]);
    let short = of_first(7).after(&[&six]);
    let other_signers = Trust { signers: vec![root(2), root(3)], ..five.clone() };
    let all_signers = Trust { signers: vec![root(1), root(2), root(3)], ..five.clone() };
    let unheard = of_first(6).after(&[&of_first(1), &of_first(2), &five]);
    let row = |name, spec, comment, given: &[&Trust], newest: &[&Trust]| {
        row((name, spec, comment, STUCK), &five, given, newest)
    };
    vec![
        row("line_one", "LIN-2, LIN-4", "one list of the anchor's roots", &[&five], &[&five]),
        row("line_next", "LIN-1, LIN-4", "version 6 names version 5", &[&five, &six], &[&six]),
        row("line_next_alone", "LIN-1, LIN-2", "version 6 names version 5, which is not given", &[&six], &[&six]),
        row("line_three", "LIN-1, LIN-4", "version 7 names 5 and 6", &[&five, &six, &seven], &[&seven]),
        row("line_gap", "LIN-1, LIN-4", "version 7 names 5 and 6, which is not given", &[&five, &seven], &[&seven]),
        row("line_names_last", "LIN-3", "version 7 names 6 only, and 6 names 5: void", &[&five, &six, &short], &[&six]),
        row(
            "line_names_last_gap",
            "LIN-1, LIN-4",
            "version 7 names 6 only, which is not given: nothing ties it to 5",
            &[&five, &short],
            &[&five, &short],
        ),
        row(
            "line_names_unheard",
            "LIN-1",
            "version 6 names 1, 2 and 5; the first two are nowhere",
            &[&five, &unheard],
            &[&unheard],
        ),
        row(
            "line_signed_twice",
            "LIN-4",
            "version 5 with the signatures of two other roots: equal payloads are one list",
            &[&five, &other_signers],
            &[&five],
        ),
        row("line_signed_again", "LIN-4", "version 5 with one more signature", &[&five, &all_signers], &[&five]),
    ]
}

fn healed() -> Vec<ObjectCase> {
    let five = of_first(5);
    let (six, twin) = (of_first(6).after(&[&five]), {
        let mut twin = of_first(6).after(&[&five]);
        twin.claims = twin.claims.with(3, uint(1_800_000_001));
        twin
    });
    let third = {
        let mut third = of_first(9).after(&[&five]);
        third.claims = third.claims.with(3, uint(1_800_000_002));
        third
    };
    let both = of_first(7).after(&[&five, &six, &twin]);
    let disowns = of_first(7).after(&[&five, &six]).disowning(&[&twin]);
    let one_only = of_first(7).after(&[&five, &six]);
    let row = |name, comment, given: &[&Trust], newest: &[&Trust]| {
        row((name, "LIN-4", comment, CHOSEN), &five, given, newest)
    };
    vec![
        row("line_two", "two versions 6 after version 5", &[&five, &six, &twin], &[&six, &twin]),
        row("line_two_without_five", "two versions 6, and version 5 is not given", &[&six, &twin], &[&six, &twin]),
        row(
            "line_two_of_versions",
            "a version 6 and a version 9 after version 5: the higher one does not win",
            &[&five, &six, &third],
            &[&six, &third],
        ),
        row("line_three_apart", "three lists after version 5", &[&six, &twin, &third], &[&six, &twin, &third]),
        row("line_two_united", "version 7 names both versions 6", &[&five, &six, &twin, &both], &[&both]),
        row("line_two_disowned", "version 7 disowns one of them", &[&five, &six, &twin, &disowns], &[&disowns]),
        row("line_disowned_alone", "the disowned list and version 7", &[&twin, &disowns], &[&disowns]),
        row("line_two_one_named", "version 7 names one of them", &[&six, &twin, &one_only], &[&twin, &one_only]),
        row(
            "line_three_one_disowned",
            "version 7 disowns one, and knows nothing of the third",
            &[&six, &twin, &third, &disowns],
            &[&third, &disowns],
        ),
        row(
            "line_unnamed",
            "versions 5 and 6 that do not name each other",
            &[&five, &of_first(6)],
            &[&five, &of_first(6)],
        ),
        row(
            "line_disowns_first",
            "version 6 disowns version 5 and names nothing",
            &[&five, &of_first(6).disowning(&[&five])],
            &[&of_first(6).disowning(&[&five])],
        ),
    ]
}

/// Versions order a line, times do not.
fn ordered() -> Vec<ObjectCase> {
    let five = of_first(5);
    let timed = |version, issued| {
        let mut trust = of_first(version).after(&[&five]);
        trust.claims = trust.claims.with(2, uint(issued));
        trust
    };
    let row = |name, spec, comment, given: &[&Trust], newest: &[&Trust]| {
        row((name, spec, comment, OLDER), &five, given, newest)
    };
    let (before, ahead) = (timed(6, 1_780_999_999), timed(6, LAST_TIME));
    let last = timed(u64::from(u32::MAX), 1_781_000_000);
    let way_out = of_first(6).after(&[&five]).disowning(&[&last]);
    let (same, lower) = (timed(5, 1_781_000_001), timed(4, 1_781_000_001));
    let mut seven = of_first(7).after(&[&five, &same]);
    seven.claims = seven.claims.with(2, uint(1_781_000_002));
    vec![
        row("line_issued_before", "LIN-3, LIN-4", "version 6, issued before version 5", &[&five, &before], &[&before]),
        row("line_issued_ahead", "LIN-3, LIN-4", "version 6, issued at the largest time", &[&five, &ahead], &[&ahead]),
        row("line_last_version", "LIN-3, LIN-4", "the highest version after version 5", &[&five, &last], &[&last]),
        row(
            "line_last_version_disowned",
            "LIN-4",
            "version 6 disowns a list of the highest version",
            &[&five, &last, &way_out],
            &[&way_out],
        ),
        row("line_version_same", "LIN-3", "a version 5 that names version 5: void", &[&five, &same], &[&five]),
        row("line_version_lower", "LIN-3", "a version 4 that names version 5: void", &[&five, &lower], &[&five]),
        row(
            "line_version_same_alone",
            "LIN-3",
            "a version 5 that names a version 5 that is not given",
            &[&same],
            &[&same],
        ),
        row(
            "line_after_void",
            "LIN-3",
            "version 7 names version 5 and a void list beside it",
            &[&five, &same, &seven],
            &[&seven],
        ),
    ]
}

fn rotated() -> Vec<ObjectCase> {
    let five = of_first(5);
    let row =
        |name, comment, given: &[&Trust], newest: &[&Trust]| row((name, "LIN-2", comment, STUCK), &five, given, newest);
    let one_new = rotation(6, &five, &[1, 2, 4], &[4]);
    let all_new = rotation(6, &five, &[4, 5], &[4, 5]);
    let added = rotation(6, &five, &[1, 2, 3, 4], &[4]);
    let reordered = rotation(6, &five, &[3, 2, 1], &[]);
    let lower = list(6, 1, &[1, 2, 3], &[1, 2]).taking_over_from(&five).after(&[&five]);
    let higher = list(6, 3, &[1, 2, 3], &[1, 2, 3]).taking_over_from(&five).after(&[&five]);
    let mut first = list(6, 2, &[4, 5], &[1, 2, 4, 5]).taking_over_from(&five);
    first.authorities = vec![];
    vec![
        row("line_one_root_new", "one root is replaced", &[&five, &one_new], &[&one_new]),
        row("line_all_roots_new", "all roots are replaced", &[&five, &all_new], &[&all_new]),
        row("line_rotation_alone", "all roots are replaced, and version 5 is not given", &[&all_new], &[&all_new]),
        row("line_root_added", "a fourth root", &[&five, &added], &[&added]),
        row("line_roots_reordered", "the same roots in another order", &[&five, &reordered], &[&reordered]),
        row("line_threshold_lower", "the threshold falls to 1", &[&five, &lower], &[&lower]),
        row("line_threshold_higher", "the threshold rises to 3", &[&five, &higher], &[&higher]),
        row("line_rotation_names_nothing", "a rotation that names no list, alone", &[&first], &[&first]),
        row(
            "line_rotation_names_nothing_beside",
            "a rotation that does not name version 5, beside it",
            &[&five, &first],
            &[&five, &first],
        ),
    ]
}

fn several_rotations() -> Vec<ObjectCase> {
    let five = of_first(5);
    let six = rotation(6, &five, &[4, 5], &[4, 5]);
    let seven = of_second(7).after(&[&five, &six]);
    let eight = list(8, 1, &[6], &[4, 5, 6]).taking_over_from(&seven).after(&[&five, &six, &seven]);
    let nine = list(9, 1, &[6], &[6]).after(&[&five, &six, &seven, &eight]);
    let linked = |name: &str, links: &[&Trust]| {
        let links = links.iter().map(|trust| trust.encoded()).collect();
        vec![Side::new(name, Pack { trust: nine.encoded(), links, ..Pack::default() }.encoded())]
    };
    let row = |name, comment, anchor, given: &[&Trust], newest: &[&Trust]| {
        row((name, "LIN-2, LIN-4", comment, STUCK), anchor, given, newest)
    };
    vec![
        row("line_after_rotation", "version 7 of the new roots", &five, &[&five, &six, &seven], &[&seven]),
        row(
            "line_rotation_missing",
            "version 7 of the new roots, and the rotation is not given",
            &five,
            &[&five, &seven],
            &[&five],
        ),
        row("line_rotation_missing_alone", "version 7 of the new roots alone", &five, &[&seven], &[]),
        row("line_rotations_alone", "version 9, and two rotations", &five, &[&six, &eight, &nine], &[&nine]),
        row("line_second_rotation_missing", "version 9 and the first of two rotations", &five, &[&six, &nine], &[&six]),
        row("line_second_rotation_only", "version 9 and the second of two rotations", &five, &[&eight, &nine], &[]),
        row("line_anchor_new", "the anchor is the second root set", &seven, &[&five, &six, &seven], &[&seven]),
        row(
            "line_anchor_rotation",
            "the anchor is the second root set, and the rotation",
            &seven,
            &[&five, &six],
            &[&six],
        ),
        row("line_anchor_third", "the anchor is the third root set", &nine, &[&five, &six, &seven, &eight], &[&eight]),
        row(
            "line_anchor_third_older",
            "the anchor is the third root set, and no list of it",
            &nine,
            &[&five, &six],
            &[],
        ),
        of_packs(
            ("line_links", "LIN-2, PCK-3", "version 9 with two rotations as links", STUCK),
            &five,
            linked("line_links", &[&eight, &six]),
            &[&nine],
        ),
        of_packs(
            ("line_links_one", "LIN-2, PCK-3", "version 9 with the second rotation as link", STUCK),
            &five,
            linked("line_links_one", &[&eight]),
            &[],
        ),
    ]
}

fn foreign() -> Vec<ObjectCase> {
    let five = of_first(5);
    let row = |name, comment, given: &[&Trust], newest: &[&Trust]| {
        row((name, "LIN-2", comment, FOISTED), &five, given, newest)
    };
    let refused = |name: &str, expect, spec, comment, trust: &Trust| {
        ObjectCase::new("line", name, expect, spec, comment, FOISTED)
            .with_packs(vec![bare(name, trust)])
            .with("root", five.fingerprint())
            .with("lists", "none")
    };
    let named = of_second(6).after(&[&five]);
    let from_others = list(6, 2, &[4, 5], &[4, 5, 6]).taking_over_from(&list(5, 1, &[6], &[6])).after(&[&five]);
    let takes_back = of_second(6).disowning(&[&five]);
    let new = |signers: &[u8]| list(6, 2, &[4, 5], signers).taking_over_from(&five).after(&[&five]);
    let mut stranger = new(&[4, 5, 1]);
    stranger.signers.push(Signer::named("stranger"));
    let under = |name, comment, trust| refused(name, "trust-unsigned", "TRU-4", comment, &trust);
    vec![
        row("line_other_roots", "a list of other roots alone", &[&of_second(6)], &[]),
        row("line_other_roots_beside", "a list of other roots beside version 5", &[&five, &of_second(6)], &[&five]),
        row("line_other_roots_name", "a list of other roots that names version 5", &[&five, &named], &[&five]),
        row("line_other_roots_disown", "a list of other roots that disowns version 5", &[&five, &takes_back], &[&five]),
        row(
            "line_rotation_of_others",
            "a rotation from other roots that names version 5",
            &[&five, &from_others],
            &[&five],
        ),
        under("line_rotation_new_only", "all roots are replaced, and only the new ones sign", new(&[4, 5])),
        under("line_rotation_old_only", "all roots are replaced, and only the old ones sign", new(&[1, 2, 3])),
        under("line_rotation_one_old", "one old root signs, two are needed", new(&[4, 5, 1])),
        under("line_rotation_one_old_twice", "one old root signs twice", new(&[4, 5, 1, 1])),
        under("line_rotation_stranger", "one old root and a stranger sign", stranger),
    ]
}

/// The keys of an older root set have leaked.
fn forked() -> Vec<ObjectCase> {
    let five = of_first(5);
    let six = rotation(6, &five, &[4, 5], &[4, 5]);
    let seven = of_second(7).after(&[&five, &six]);
    let theirs = list(6, 2, &[1, 2, 3], &[2, 3]).after(&[&five]);
    let taken = list(6, 1, &[7], &[1, 2, 7]).taking_over_from(&five).after(&[&five]);
    let later = list(8, 1, &[7], &[7]).after(&[&five, &taken]);
    let disowns = of_second(8).after(&[&five, &six, &seven]).disowning(&[&theirs]);
    let disowns_taken = of_second(8).after(&[&five, &six, &seven]).disowning(&[&taken]);
    let back = list(9, 1, &[7], &[7]).after(&[&five, &taken]).disowning(&[&six]);
    let ours = [&five, &six, &seven];
    let row = |name, comment, anchor: &Trust, given: &[&Trust], newest: &[&Trust]| {
        row((name, "LIN-2, LIN-4", comment, FOISTED), anchor, given, newest)
    };
    let beside = |more: &[&Trust]| -> Vec<Trust> { ours.iter().chain(more).map(|trust| (*trust).clone()).collect() };
    let of = |name, comment, anchor: &Trust, more: &[&Trust], newest: &[&Trust]| {
        let given = beside(more);
        row(name, comment, anchor, &given.iter().collect::<Vec<_>>(), newest)
    };
    vec![
        of(
            "line_old_roots_sign",
            "the old roots sign after the rotation; their anchor",
            &five,
            &[&theirs],
            &[&seven, &theirs],
        ),
        of("line_old_roots_sign_moved", "the same, and the anchor is the new root set", &seven, &[&theirs], &[&seven]),
        of(
            "line_old_roots_disowned",
            "the same, and the new roots disown it",
            &five,
            &[&theirs, &disowns],
            &[&disowns],
        ),
        of("line_old_roots_rotate", "the old roots take over for others", &five, &[&taken], &[&seven, &taken]),
        of(
            "line_old_roots_rotate_moved",
            "the same, and the anchor is the new root set",
            &seven,
            &[&taken, &later],
            &[&seven],
        ),
        of(
            "line_old_roots_rotate_disowned",
            "a list of roots that no list of the line has cannot be disowned",
            &five,
            &[&taken, &disowns_taken],
            &[&disowns_taken, &taken],
        ),
        of(
            "line_old_roots_rotate_back",
            "who took over disowns the true rotation, whose roots no list of theirs has",
            &five,
            &[&taken, &back],
            &[&seven, &back],
        ),
    ]
}
