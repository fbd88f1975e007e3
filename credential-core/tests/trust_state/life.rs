//! The life of an authority over forty years, and a verifier that slept through all of it and is given one pack.

use crate::common::*;
use crate::world::*;

const YEAR: u64 = 365 * 86_400;
const START: u64 = 1_782_000_000;

/// A session: its year, its key, and when that key was stolen, if it was.
struct Session {
    at: u64,
    key: SealingKey,
    list_key: SealingKey,
}

impl Session {
    fn of(year: u8) -> Self {
        let key = |seed| SealingKey::from_seed(&[seed; 32]);
        Self { at: START + u64::from(year) * YEAR, key: key(150 + year), list_key: key(200 + year) }
    }

    /// Its key for documents and its key for status lists, in service for the rest of the year.
    fn entries(&self) -> [KeyEntry; 2] {
        let [document, status] = [0, 1].map(|at| Setting::new().trust.authorities[0].keys[at].clone());
        let (not_before, not_after) = (self.at, self.at + YEAR);
        [
            KeyEntry { public: self.key.public(), not_before, not_after, ..document },
            KeyEntry { public: self.list_key.public(), not_before, not_after: self.at + 50 * YEAR, ..status },
        ]
    }

    fn paper(&self, number: u64, sealed_at: u64) -> String {
        let sealer = Sealer { authority: "XX-EXAM", world: World::Live, key: &self.key };
        issue(&diploma(number), &serial(number), sealed_at, &sealer).unwrap().symbol_text(&Compactor::plain())
    }

    fn digest(&self, number: u64) -> [u8; 32] {
        let sealer = Sealer { authority: "XX-EXAM", world: World::Live, key: &self.key };
        issue(&diploma(number), &serial(number), self.at, &sealer).unwrap().digest()
    }
}

fn status_list(session: &Session, seq: u64, as_of: u64, withdrawn: &[[u8; 32]]) -> Vec<u8> {
    let statements = withdrawn.iter().map(|digest| (tag(digest), Statement::Withdrawn)).collect();
    let (authority, expires) = ("XX-EXAM".into(), as_of + YEAR);
    StatusClaims { authority, number: 1, seq, as_of, expires, statements }.sign(&session.list_key)
}

#[test]
fn forty_years_end_with_every_genuine_document_accepted_and_every_forged_one_not() {
    let mut claims = first(&[1, 2, 3]);
    claims.authorities[0].keys.clear();
    let mut newest = signed(&claims);
    let fingerprint_of_2026 = fingerprint(&[1, 2, 3]);
    let sessions: Vec<_> = (0..40).map(Session::of).collect();
    let mut lists = vec![newest.clone()];
    let next = |lists: &mut Vec<TrustList>, change: &dyn Fn(&mut TrustClaims)| {
        let list = after(lists.last().unwrap(), |claims| change(claims));
        lists.push(list);
    };
    for (year, session) in sessions.iter().enumerate() {
        next(&mut lists, &|claims| {
            claims.issued = session.at;
            claims.next_update = session.at + 2 * YEAR;
            claims.authorities[0].keys.extend(session.entries());
        });
        match year {
            // three changes of roots
            9 | 19 | 29 => {
                let numbers: [u8; 3] = [1, 2, 3].map(|number| number + year as u8);
                next(&mut lists, &|claims| claims.roots = root_set(&numbers));
            }
            // the session key of year 14 is stolen and marked before the year is over
            14 => next(&mut lists, &|claims| {
                let key = sessions[14].key.public();
                claims.find_mut(&key).unwrap().compromised_at = Some(sessions[14].at + 1_000);
            }),
            // a list is signed twice by mistake, and a list above both takes both
            24 => {
                let before = lists.last().unwrap().clone();
                let one = after(&before, |claims| claims.owner = text("Office des examens"));
                let other = after(&before, |claims| claims.owner = text("Office des Examens"));
                let mut both = after(&one, |_| ()).claims().clone();
                both.version += 1;
                both.earlier.push(other.id());
                lists.extend([one, other, signed(&both)]);
            }
            _ => {}
        }
    }
    newest = lists.last().unwrap().clone();
    // the board is merged into another, which speaks for it from then on; nobody else will sign a list any more
    let heir = SealingKey::from_seed(&[249; 32]);
    let end = START + 40 * YEAR;
    let last = after(&newest, |claims| {
        let mut successor = claims.authorities[0].clone();
        (successor.id, successor.keys) = ("XX-HEIR".into(), vec![]);
        successor.names[0].1 = text("Office des examens et concours");
        let mut entry = Session::of(39).entries()[1].clone();
        (entry.public, entry.not_before, entry.not_after) = (heir.public(), end, end + 50 * YEAR);
        successor.keys.push(entry);
        claims.authorities[0].successor = Some("XX-HEIR".into());
        claims.authorities.push(successor);
        (claims.issued, claims.next_update) = (end, (1 << 40) - 1);
    });
    lists.push(last.clone());

    let fraud = sessions[5].digest(2);
    let of_heir = StatusClaims {
        authority: "XX-EXAM".into(),
        number: 1,
        seq: 90,
        as_of: end + 10,
        expires: (1 << 40) - 1,
        statements: [(tag(&fraud), Statement::Withdrawn)].into(),
    };
    let mut file =
        File::of(&last).status(status_list(&sessions[39], 80, end - 10, &[])).status(of_heir.sign_as("XX-HEIR", &heir));
    for list in lists.iter().filter(|list| list.claims().follows.is_some()) {
        file = file.link(list);
    }
    // roots of 2026 and of 2036 leak, and sign a line of their own; old session keys leak with them
    let forged = after(&lists[0], |claims| {
        claims.version = 4_000_000;
        claims.authorities[0].keys.push(entry_of(&thief()));
    });
    let of_2036 = lists.iter().find(|list| list.root() == &fingerprint(&[10, 11, 12])).unwrap();
    let forged_later = after(of_2036, |claims| {
        claims.version = 4_000_001;
        claims.roots = root_set(&[77]);
        claims.authorities[0].keys.push(entry_of(&thief()));
    });

    // a verifier that has slept since 2026 and is given one pack reaches the last list
    let mut slept = TrustStore::new();
    slept.hold(fingerprint_of_2026);
    slept.add(Pack::open(&file.bytes(), Anchor::Held).unwrap());
    let root = *slept.states()[0].root();
    assert_eq!((slept.place(&last), root), (ListPlace::Newest, fingerprint(&[30, 31, 32])));
    // it keeps that, and whatever leaks later changes nothing
    let mut woken = kept_at(&slept, end + 20);
    for list in [&forged, &forged_later] {
        woken.add(File::of(list).open(Anchor::Held).unwrap());
        woken.add(File::of(list).link(&last).open(Anchor::Held).unwrap());
    }
    let now = end + 5 * YEAR;
    for (year, session) in sessions.iter().enumerate() {
        let judged = |number, at| verify(&session.paper(number, at), &woken, now).reason();
        let genuine = if year == 14 { Reason::KeyCompromised } else { Reason::Genuine };
        assert_eq!(judged(1, session.at), genuine, "year {year}");
        // a key that leaked after its year seals nothing of today
        assert_eq!(judged(3, end + 1), Reason::OutsideSigningWindow, "year {year}");
    }
    assert_eq!(verify(&sessions[5].paper(2, sessions[5].at), &woken, now).reason(), Reason::Withdrawn);
    assert_eq!(verify(&paper_of(&thief()), &woken, now).reason(), Reason::UnknownIssuer);
    // from the printed fingerprint of 2026, once its roots have leaked, nothing is accepted
    let mut fresh = TrustStore::new();
    fresh.hold(fingerprint_of_2026);
    fresh.add(Pack::open(&file.bytes(), Anchor::Held).unwrap());
    fresh.add(File::of(&forged).open(Anchor::Held).unwrap());
    assert_eq!(verify(&sessions[1].paper(1, sessions[1].at), &fresh, now).reason(), Reason::TrustConflict);
    assert_ne!(verify(&paper_of(&thief()), &fresh, now).reason().exit_status(), 0);
}
