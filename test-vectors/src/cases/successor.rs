//! Trust lists that take the place of another (SPEC section 7, ROT-1 to ROT-3; ROT-4 is in `successor_scope`).

use crate::case::Side;
use crate::cbor::{Bytes, uint};
use crate::object::ObjectCase;
use crate::sign::{Signer, with_order_added};
use crate::status::{AS_OF, StatusList, decided, only};
use crate::trust::{Trust, entry, signature, signature_under};
use crate::world::{pack_of, root, small_trust, stranger, trust_claims};

const FOISTED: &str = "somebody else's list would take the place of the one held";
const OLDER: &str = "an old list would bring back keys that were withdrawn";
const STUCK: &str = "a verifier could never follow its list";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [followed(), rotated(), foreign(), older(), others()].concat()
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

fn held() -> Trust {
    list(5, 2, &[1, 2, 3], &[1, 2])
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, trust: &Trust) -> ObjectCase {
    of_bytes(name, expect, spec, comment, effect, pack_of(trust).encoded())
}

fn of_bytes(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, pack: Bytes) -> ObjectCase {
    let held = Side::new("successor_held", pack_of(&held()).encoded());
    row_after(held, name, expect, spec, comment, effect, pack)
}

/// A pack in the place of the one held.
pub(crate) fn row_after(
    held: Side,
    name: &str,
    expect: &str,
    spec: &str,
    comment: &str,
    effect: &str,
    pack: Bytes,
) -> ObjectCase {
    let case = ObjectCase::new("successor", name, expect, spec, comment, effect);
    ObjectCase { held: Some(held), ..case }.with_packs(vec![Side::new(name, pack)])
}

fn followed() -> Vec<ObjectCase> {
    let good = |name, comment, trust: &Trust| row(name, "accepted", "ROT-2, ROT-3", comment, STUCK, trust);
    let same = |version| list(version, 2, &[1, 2, 3], &[2, 3]);
    let mut newer_status = pack_of(&held());
    let withdrawn = only(0, &crate::documents::example_digest());
    let status = StatusList::new(1, &withdrawn, crate::world::status_key()).with(4, uint(AS_OF + 1));
    newer_status.status = vec![status.encoded()];
    let mut later = same(6);
    later.claims = later.claims.with(2, uint(1_781_000_001));
    vec![
        good("successor_same", "the list held, byte for byte", &held()),
        good(
            "successor_next",
            "the next version of the same roots, issued in the same second, signed by two other roots",
            &same(6),
        ),
        good("successor_later", "the next version, issued a second later", &later),
        good("successor_last", "the highest version", &same(u64::from(u32::MAX))),
        of_bytes(
            "successor_newer_status",
            "accepted",
            "ROT-2",
            "the list held with a newer status list",
            STUCK,
            newer_status.encoded(),
        ),
    ]
}

fn rotated() -> Vec<ObjectCase> {
    let good = |name, comment, trust: &Trust| row(name, "accepted", "ROT-1", comment, STUCK, trust);
    let all_new = list(6, 2, &[4, 5], &[4, 5, 1, 3]);
    let broken = with_signatures(&list(6, 2, &[4, 5], &[4, 5, 1, 2]), |payload| {
        let right = signature(&root(3), payload);
        let mut flipped: [u8; 64] = right[right.len() - 64..].try_into().unwrap_or([0; 64]);
        flipped[0] ^= 1;
        vec![entry(&crate::cose::header(root(3).kid()).encoded(), &flipped)]
    });
    vec![
        good("successor_one_root_new", "one root is replaced; two of both sets sign", &list(6, 2, &[1, 2, 4], &[1, 2])),
        good("successor_all_roots_new", "all roots are replaced; two old and two new ones sign", &all_new),
        good("successor_root_added", "a fourth root; two of both sets sign", &list(6, 2, &[1, 2, 3, 4], &[3, 1])),
        good(
            "successor_roots_reordered",
            "the same roots in another order, which is another fingerprint",
            &list(6, 2, &[3, 2, 1], &[3, 2]),
        ),
        good(
            "successor_threshold_lower",
            "the threshold falls to 1; two of the old roots sign",
            &list(6, 1, &[1, 2, 3], &[1, 2]),
        ),
        good(
            "successor_threshold_higher",
            "the threshold rises to 3, and three sign",
            &list(6, 3, &[1, 2, 3], &[1, 2, 3]),
        ),
        of_bytes(
            "successor_old_broken",
            "accepted",
            "ROT-1",
            "all roots are replaced, the signatures of two old roots hold, that of the third does not: it is passed over",
            STUCK,
            broken,
        ),
    ]
}

fn foreign() -> Vec<ObjectCase> {
    let bad = |name, comment, trust: &Trust| row(name, "trust-foreign-root", "ROT-1", comment, FOISTED, trust);
    let odd = |name, comment, list| of_bytes(name, "trust-foreign-root", "ROT-1", comment, FOISTED, list);
    let new = |signers: &[u8]| list(6, 2, &[4, 5], signers);
    let shifted = with_signatures(&new(&[4, 5, 1]), |payload| {
        let right = signature(&root(2), payload);
        let right: [u8; 64] = right[right.len() - 64..].try_into().unwrap_or([0; 64]);
        vec![entry(&crate::cose::header(root(2).kid()).encoded(), &with_order_added(right, 1))]
    });
    let other_aad = with_signatures(&new(&[4, 5, 1]), |payload| {
        vec![signature_under(&root(2), payload, "Signature", "sceau/1/status-list")]
    });
    let mut with_stranger = new(&[4, 5, 1]);
    with_stranger.signers.push(stranger());
    vec![
        bad("successor_other_owner", "a list of other roots, signed by them alone", &new(&[4, 5])),
        bad("successor_one_old", "all roots are replaced, one old root signs, two are needed", &new(&[4, 5, 1])),
        bad("successor_one_old_twice", "all roots are replaced, one old root signs twice", &new(&[4, 5, 1, 1])),
        bad("successor_stranger_counts", "all roots are replaced, one old root and a stranger sign", &with_stranger),
        bad(
            "successor_one_new_one_old",
            "one root is replaced; the new one and one old one sign",
            &list(6, 2, &[1, 2, 4], &[1, 4]),
        ),
        bad(
            "successor_threshold_lower_one",
            "the threshold falls to 1, and one root signs",
            &list(6, 1, &[1, 2, 3], &[1]),
        ),
        odd("successor_old_s_plus_l", "one of two old signatures has L added to its S", shifted),
        odd("successor_old_aad", "one of two old signatures has the external_aad of a status list", other_aad),
        bad(
            "successor_foreign_and_older",
            "a list of other roots with a lower version: ROT-1 comes first",
            &list(4, 2, &[4, 5], &[4, 5]),
        ),
    ]
}

fn older() -> Vec<ObjectCase> {
    let bad = |name, spec, comment, trust: &Trust| row(name, "trust-rolled-back", spec, comment, OLDER, trust);
    let same = |version| list(version, 2, &[1, 2, 3], &[1, 2]);
    let earlier = |mut trust: Trust| {
        trust.claims = trust.claims.with(2, uint(1_780_999_999));
        trust
    };
    let mut other = same(5);
    other.claims = other.claims.with(3, uint(1_800_000_001));
    let before_rotation = {
        let now = Side::new("successor_rotated_held", pack_of(&list(6, 2, &[1, 2, 4], &[1, 2])).encoded());
        ObjectCase {
            held: Some(now),
            ..bad(
                "successor_before_rotation",
                "ROT-2",
                "the list of before a rotation, whose signers are roots still",
                &same(5),
            )
        }
    };
    vec![
        bad("successor_older", "ROT-2", "version 4, version 5 is held", &same(4)),
        bad("successor_first", "ROT-2", "version 1, version 5 is held", &same(1)),
        bad("successor_other_content", "ROT-2", "version 5 with another next update", &other),
        bad(
            "successor_other_signers",
            "ROT-2",
            "version 5 with the signatures of two other roots",
            &list(5, 2, &[1, 2, 3], &[2, 3]),
        ),
        bad(
            "successor_signed_again",
            "ROT-2",
            "version 5 with one more signature",
            &list(5, 2, &[1, 2, 3], &[1, 2, 3]),
        ),
        bad("successor_issued_before", "ROT-3", "version 6, issued a second before the list held", &earlier(same(6))),
        bad(
            "successor_rotated_same_version",
            "ROT-2",
            "new roots that both sets sign, with the version held",
            &list(5, 2, &[1, 2, 4], &[1, 2]),
        ),
        bad(
            "successor_rotated_older",
            "ROT-2",
            "new roots that both sets sign, with a lower version",
            &list(4, 2, &[4, 5], &[4, 5, 1, 2]),
        ),
        bad(
            "successor_rotated_before",
            "ROT-3",
            "new roots that both sets sign, issued before the list held",
            &earlier(list(6, 2, &[4, 5], &[4, 5, 1, 2])),
        ),
        before_rotation,
    ]
}

/// Everything else that a pack must be.
fn others() -> Vec<ObjectCase> {
    let next = || list(6, 2, &[1, 2, 3], &[1, 2]);
    let mut bad_status = pack_of(&next());
    bad_status.status = vec![StatusList::new(1, &decided(), stranger()).encoded()];
    let mut bad_register = pack_of(&next());
    bad_register.heads = vec![vec![0xd2]];
    let mut older = pack_of(&list(4, 2, &[1, 2, 3], &[1, 2]));
    older.status = vec![vec![0xd2]];
    let mut cut = pack_of(&next()).encoded();
    cut.pop();
    let mut forged = next();
    forged.signers = vec![root(1), Signer::named("stranger")];
    vec![
        row(
            "successor_only_old_sign",
            "trust-unsigned",
            "TRU-4",
            "all roots are replaced, and only the old ones sign",
            FOISTED,
            &list(6, 2, &[4, 5], &[1, 2, 3]),
        ),
        row(
            "successor_too_few",
            "trust-unsigned",
            "TRU-4",
            "the same roots, one signs and a stranger",
            FOISTED,
            &forged,
        ),
        row(
            "successor_threshold_over",
            "trust-malformed",
            "TRU-3",
            "a threshold of 4 with three roots",
            STUCK,
            &list(6, 4, &[1, 2, 3], &[1, 2, 3]),
        ),
        of_bytes("successor_cut", "pack-malformed", "PCK-1", "the last byte is missing", STUCK, cut),
        of_bytes(
            "successor_status",
            "status-unsigned",
            "PCK-3, STA-2",
            "a right list, and a status list of a stranger",
            STUCK,
            bad_status.encoded(),
        ),
        of_bytes(
            "successor_register",
            "register-malformed",
            "PCK-3, REG-1",
            "a right list, and a register head that is cut",
            STUCK,
            bad_register.encoded(),
        ),
        of_bytes(
            "successor_order",
            "trust-rolled-back",
            "PCK-3, ROT-2",
            "an older list and a status list that is cut: the trust list comes first",
            OLDER,
            older.encoded(),
        ),
    ]
}

/// A pack around a list with more signatures.
fn with_signatures(trust: &Trust, more: impl FnOnce(&[u8]) -> Vec<Bytes>) -> Bytes {
    let mut parts = trust.parts();
    parts.signatures.extend(more(&trust.payload()));
    crate::pack::Pack { trust: parts.encoded(), ..pack_of(trust) }.encoded()
}
