//! The scenarios of the public conformance suite for TUF clients that apply to a verifier, by the names that they have
//! there. Where the answer is another one on purpose the row says why.

use crate::common::*;
use crate::world::*;

/// A root set, and who signs the list that has it.
type Version = (&'static [u8], usize, &'static [u8]);

/// Each row: its name, the root sets one after the other, and whether the last one is taken.
const ROTATIONS: [(&str, &[Version], bool); 15] = [
    ("1-of-1 key rotation", &[(&[1], 1, &[1]), (&[2], 1, &[2, 1]), (&[2], 1, &[2])], true),
    (
        "1-of-1 key rotation, unused signatures",
        &[(&[1], 1, &[3, 1, 4]), (&[2], 1, &[3, 2, 1, 4]), (&[2], 1, &[3, 2, 4])],
        true,
    ),
    (
        "3-of-5 signed by different keys",
        &[
            (&[0, 1, 2, 3, 4], 3, &[0, 2, 4]),
            (&[0, 1, 2, 3, 4], 3, &[0, 4, 1]),
            (&[0, 1, 2, 3, 4], 3, &[0, 1, 3]),
            (&[0, 1, 2, 3, 4], 3, &[0, 1, 3]),
        ],
        true,
    ),
    ("3-of-5 one key rotated", &[(&[0, 1, 2, 3, 4], 3, &[0, 2, 4]), (&[0, 1, 3, 4, 5], 3, &[0, 4, 1])], true),
    (
        "3-of-5 one key rotated with a step between",
        &[(&[0, 1, 2, 3, 4], 3, &[0, 2, 4]), (&[0, 1, 3, 4, 5], 3, &[0, 2, 4, 5]), (&[0, 1, 3, 4, 5], 3, &[0, 4, 5])],
        true,
    ),
    (
        "3-of-5 all keys rotated with a step between",
        &[
            (&[0, 1, 2, 3, 4], 3, &[0, 2, 4]),
            (&[5, 6, 7, 8, 9], 3, &[0, 2, 4, 5, 6, 7]),
            (&[5, 6, 7, 8, 9], 3, &[5, 6, 7]),
        ],
        true,
    ),
    ("threshold raised from 1 to 2 of 3", &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[1, 2])], true),
    (
        "threshold lowered from 2 to 1 of 3",
        &[(&[1, 2, 3], 2, &[1, 2]), (&[1, 2, 3], 1, &[1, 2]), (&[1, 2, 3], 1, &[1])],
        true,
    ),
    ("from 1-of-1 to 2-of-2", &[(&[1], 1, &[1]), (&[1, 2], 2, &[1, 2])], true),
    ("not signed by the old key", &[(&[1], 1, &[1]), (&[2], 1, &[2, 3, 4])], false),
    ("not signed by the new key", &[(&[1], 1, &[1]), (&[2], 1, &[1, 3, 4])], false),
    ("not signed by three new keys", &[(&[0, 1, 2, 3, 4], 3, &[0, 2, 4]), (&[0, 1, 3, 4, 5], 3, &[0, 2, 4])], false),
    ("not signed by three old keys", &[(&[0, 1, 2, 3, 4], 3, &[0, 2, 4]), (&[0, 1, 3, 4, 5], 3, &[0, 4, 5])], false),
    ("raised threshold not reached", &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[2])], false),
    ("old threshold not reached", &[(&[1, 2, 3], 2, &[1, 2]), (&[1, 2, 3], 1, &[1])], false),
];

#[test]
fn rotations_of_roots() {
    for (name, versions, taken) in ROTATIONS {
        let mut lists: Vec<TrustList> = Vec::new();
        let mut refused = None;
        for (keys, threshold, signers) in versions {
            let roots = RootSet { threshold: *threshold, keys: keys.iter().map(|key| root(*key).public()).collect() };
            let claims = match lists.last() {
                Some(held) => next(held, |claims| claims.roots = roots),
                None => TrustClaims { roots, ..first(&[1]) },
            };
            let signers: Vec<_> = signers.iter().map(|key| root(*key)).collect();
            match TrustList::sign(&claims, &signers.iter().collect::<Vec<_>>()) {
                Ok(list) => lists.push(list),
                Err(fault) => refused = Some(fault.code()),
            }
        }
        assert_eq!(refused, (!taken).then_some(FaultCode::TrustUnsigned), "{name}");
        let newest = lists.last().unwrap();
        let mut files: Vec<_> = lists.iter().map(File::of).collect();
        files.push(File::of(newest).status(status(1, None)));
        let held = [*lists[0].root()];
        for _ in 0..files.len() {
            files.rotate_left(1);
            let store = verifier(&held, &files);
            assert_eq!((store.place(newest), judge(&store)), (ListPlace::Newest, Reason::Genuine), "{name}");
            // one at a time, each kept before the next: what leads on only later is asked for again
            assert_eq!(judge(&kept(&store)), Reason::Genuine, "{name}");
            assert_eq!(*kept(&store).states()[0].root(), *newest.root(), "{name}");
        }
    }
}

/// What a scenario ends in: a row, or the code with which a list or a pack is refused.
type End = Result<Reason, FaultCode>;

fn held(files: &[File]) -> End {
    Ok(judge(&verifier(&[fingerprint(&[1])], files)))
}

/// The list names other keys for status lists: those of `named`, of which `marked` were stolen.
fn naming(held: &TrustList, named: &[&SealingKey], marked: &[&SealingKey]) -> TrustList {
    after(held, |claims| {
        let entry = claims.authorities[0].keys[1].clone();
        claims.authorities[0].keys.truncate(1);
        for key in named {
            let compromised_at = marked.iter().any(|one| one.public() == key.public()).then_some(1);
            claims.authorities[0].keys.push(KeyEntry { public: key.public(), compromised_at, ..entry.clone() });
        }
    })
}

fn signers(claims: &TrustClaims, numbers: &[u8]) -> End {
    let keys: Vec<_> = numbers.iter().map(|number| root(*number)).collect();
    let list = TrustList::sign(claims, &keys.iter().collect::<Vec<_>>()).map_err(|fault| fault.code())?;
    Ok(judge(&verifier(&[*list.root()], &[File::of(&list).status(status(1, None))])))
}

#[test]
fn rollback_and_fast_forward() {
    let one = signed(&first(&[1]));
    let two = after(&one, |_| ());
    let old_key = Setting::new().list_key;
    let new_key = SealingKey::from_seed(&[44; 32]);
    let (withdrawn, silent) = (Some(Statement::Withdrawn), None);
    let ended = naming(&two, &[&new_key], &[]);
    let stolen = naming(&two, &[&old_key, &new_key], &[&old_key]);
    let leap = after(&one, |claims| claims.version = u32::MAX);
    let healed = after(&two, |claims| claims.disowned = vec![leap.id()]);
    let rows: [(&str, End, Reason); 12] = [
        (
            "an older root behind a newer",
            held(&[File::of(&two).status(status(1, silent)), File::of(&one)]),
            Reason::Genuine,
        ),
        (
            "an older status list behind a newer",
            held(&[File::of(&two).status(status(2, withdrawn)), File::of(&two).status(status(1, silent))]),
            Reason::Withdrawn,
        ),
        // TUF refuses: here nothing is lost by taking it
        (
            "a newer list with an older status list",
            held(&[File::of(&one).status(status(2, withdrawn)), File::of(&two).status(status(1, silent))]),
            Reason::Withdrawn,
        ),
        (
            "the status list left out of the newer pack",
            held(&[File::of(&one).status(status(2, withdrawn)), File::of(&two)]),
            Reason::Withdrawn,
        ),
        (
            "a count that stands still over other contents",
            held(&[
                File::of(&two).status(status(2, withdrawn)),
                File::of(&two).status(status(2, Some(Statement::Suspended))),
            ]),
            Reason::Withdrawn,
        ),
        (
            "a status list by the key that the newest list no longer names",
            held(&[
                File::of(&one).status(status(9, withdrawn)),
                File::of(&ended).status(status_by(&new_key, 1, SEALED_AT, silent)),
            ]),
            Reason::Genuine,
        ),
        (
            "a new key's list before the list that names it",
            held(&[
                File::of(&ended).status(status_by(&new_key, 2, SEALED_AT, withdrawn)),
                File::of(&one).status(status(1, silent)),
            ]),
            Reason::Withdrawn,
        ),
        (
            "recovery from a count pushed up: the key is marked",
            held(&[
                File::of(&one).status(status(u64::MAX, silent)),
                File::of(&stolen).status(status_by(&new_key, 3, SEALED_AT, withdrawn)),
            ]),
            Reason::Withdrawn,
        ),
        (
            "recovery from a list dated to its last day",
            held(&[
                File::of(&one).status(status_by(&old_key, 9, SEALED_AT + 1_000, silent)),
                File::of(&stolen).status(status_by(&new_key, 3, SEALED_AT, withdrawn)),
            ]),
            Reason::Withdrawn,
        ),
        (
            "a version pushed up",
            held(&[File::of(&two).status(status(1, silent)), File::of(&leap)]),
            Reason::TrustConflict,
        ),
        (
            "recovery from a version pushed up: a list beside it disowns it",
            held(&[File::of(&leap), File::of(&healed).status(status(1, silent)), File::of(&two)]),
            Reason::Genuine,
        ),
        (
            "one version, other contents",
            held(&[
                File::of(&two).status(status(1, silent)),
                File::of(&after(&one, |claims| claims.owner = name("B"))),
            ]),
            Reason::TrustConflict,
        ),
    ];
    for (name, end, expected) in rows {
        assert_eq!(end, Ok(expected), "{name}");
    }
}

#[test]
fn keys_and_signatures() {
    let claims = |threshold, keys: &[u8]| TrustClaims {
        roots: RootSet { threshold, keys: keys.iter().map(|key| root(*key).public()).collect() },
        ..first(&[1])
    };
    let (unsigned, malformed) = (Err(FaultCode::TrustUnsigned), Err(FaultCode::TrustMalformed));
    let mut one_bad = TrustList::sign(&claims(1, &[1, 2]), &[&root(1), &root(2)]).unwrap().as_bytes().to_vec();
    *one_bad.last_mut().unwrap() ^= 1;
    let one_bad = TrustList::open(&one_bad, Anchor::AsCarried).map(|_| Reason::Genuine).map_err(|fault| fault.code());
    let rows: [(&str, End, End); 8] = [
        ("a key that occurs twice", signers(&claims(1, &[1, 1]), &[1]), malformed),
        ("a signature that occurs twice", signers(&claims(2, &[1, 2]), &[1, 1]), unsigned),
        ("a signature that occurs twice beside another", signers(&claims(2, &[1, 2]), &[1, 1, 2]), Ok(Reason::Genuine)),
        ("a threshold above the number of keys", signers(&claims(3, &[1, 2]), &[1, 2]), malformed),
        ("fewer signatures than the threshold", signers(&claims(2, &[1, 2]), &[2]), unsigned),
        ("signatures of strangers alone", signers(&claims(1, &[1]), &[2, 3]), unsigned),
        ("none at all", signers(&claims(1, &[1]), &[]), malformed),
        // TUF counts the good ones: here a root that signs badly is a fault that somebody must look at
        ("one bad signature beside enough good ones", one_bad, unsigned),
    ];
    for (name, end, expected) in rows {
        assert_eq!(end, expected, "{name}");
    }
}

#[test]
fn expiry_and_clocks() {
    let due = |next_update| signed(&TrustClaims { next_update, ..first(&[1]) });
    let at = |list: &TrustList, now| {
        let store = verifier(&[fingerprint(&[1])], &[File::of(list).status(status(1, None))]);
        verify(&paper(), &store, now).reason()
    };
    // TUF stops with an expired root: here a paper does not become unknown because a list is late, its status is old
    let rows = [
        ("the list is due tomorrow", at(&due(NOW + 1), NOW), Reason::Genuine),
        ("the list is overdue", at(&due(NOW), NOW), Reason::StatusOld),
        ("the status list is old", at(&due(NOW + 10), NOW + 1), Reason::StatusOld),
        ("the clock stands in 1970: no status list is of its day", at(&due(NOW + 1), 0), Reason::StatusUnknown),
        ("the clock stands in 2100", at(&due(NOW + 1), 4_102_444_800), Reason::StatusOld),
    ];
    for (name, found, expected) in rows {
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_is_held_is_judged_again_by_each_list_and_kept_as_it_came() {
    let one = signed(&first(&[1]));
    let new_key = SealingKey::from_seed(&[44; 32]);
    let list = status(1, Some(Statement::Withdrawn));
    let store = kept(&verifier(&[fingerprint(&[1])], &[File::of(&one).status(list.clone())]));
    assert_eq!(judge(&store), Reason::Withdrawn);
    let packs: Vec<_> = store.packs().collect();
    assert_eq!((packs[0].trust().as_bytes(), packs[0].statuses()[0].as_bytes()), (one.as_bytes(), list.as_slice()));
    // the key of the list held is marked: what it says counts for nothing any more, and nothing else is known
    let old_key = Setting::new().list_key;
    let mut later = store.clone();
    later.add(File::of(&naming(&one, &[&old_key, &new_key], &[&old_key])).open(Anchor::Held).unwrap());
    assert_eq!(judge(&later), Reason::StatusUnknown);
    // an object of another board in this one's pack refuses the pack
    let elsewhere = StatusClaims {
        authority: "XX-OTHER".into(),
        number: 1,
        seq: 1,
        as_of: SEALED_AT,
        expires: NOW + 1,
        statements: [].into(),
    };
    let swapped = File::of(&one).status(elsewhere.sign(&old_key)).open(Anchor::Held);
    assert_eq!(swapped.unwrap_err().code(), FaultCode::StatusUnsigned);
}
