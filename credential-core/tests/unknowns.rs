//! No unknown leads to acceptance: every combination of what a verifier may hold, and what it may lack.
#![allow(clippy::unwrap_used)]

mod common;

use common::office::*;
use common::*;
use credential_core::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Good,
    Missing,
    OfAnother,
    Truncated,
    Forged,
    /// A status list past its `exp`; a register of before the document was sealed.
    Stale,
}

const SIDES: [Side; 6] = [Side::Good, Side::Missing, Side::OfAnother, Side::Truncated, Side::Forged, Side::Stale];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Good,
    Closed,
    Compromised,
    Test,
}

/// What surrounds one document.
#[derive(Clone, Copy, Debug)]
struct Held {
    key: Key,
    head: Side,
    file: Side,
    proof: Side,
    status: Side,
    /// Whether the document is in the register.
    sealed_by_the_office: bool,
}

impl Held {
    /// Whether exit status 0 may follow, said without looking at the program.
    fn suffices(self) -> bool {
        let side_data_reads = ![self.head, self.file].iter().any(|side| refuses_pack(*side)) && self.status_reads();
        let file_lists = self.file == Side::Good && self.head == Side::Good;
        let proof_holds = self.proof == Side::Good && self.head == Side::Good;
        let listed = self.sealed_by_the_office && (file_lists || proof_holds);
        let key_will_do = match self.key {
            Key::Good | Key::Closed => true,
            Key::Compromised => listed,
            Key::Test => false,
        };
        side_data_reads && self.files_have_their_head() && key_will_do && self.status == Side::Good
    }

    fn status_reads(self) -> bool {
        !matches!(self.status, Side::Truncated | Side::Forged | Side::OfAnother)
    }

    /// A file is only taken beside the head that it belongs to.
    fn files_have_their_head(self) -> bool {
        matches!((self.file, self.head), (Side::Missing, _) | (Side::Good, Side::Good) | (Side::Stale, Side::Stale))
    }
}

/// A truncated, forged or foreign object refuses the pack that it stands in.
fn refuses_pack(side: Side) -> bool {
    matches!(side, Side::OfAnother | Side::Truncated | Side::Forged)
}

/// The office, the register as it was before the document, and the bytes that the combinations are put together from.
struct Parts {
    office: Office,
    before: RegisterTree,
    foreign: RegisterTree,
    stranger: SealingKey,
}

const DOCUMENT: u64 = 12;

impl Parts {
    fn new() -> Self {
        let office = Office::new(20);
        let tree = |authority: &str, last: u64| {
            let mut tree = RegisterTree::new(authority, REGISTER);
            (1..=last).for_each(|number| tree.push(&serial(number), &sha256(sealed(&office.world, number).as_bytes())));
            tree
        };
        let (before, foreign) = (tree("XX-EXAM", 5), tree("XX-FOREIGN", 20));
        Self { office, before, foreign, stranger: SealingKey::from_seed(&[88; 32]) }
    }

    fn head(&self, side: Side) -> Option<Vec<u8>> {
        let key = &self.office.register_key;
        let claims = |tree: &RegisterTree| tree.head(SEALED_AT, &self.office.world.key.public(), None);
        let good = claims(&self.office.register);
        Some(match side {
            Side::Good => good.sign(key),
            Side::Missing => return None,
            Side::OfAnother => good.sign(&self.office.ministry),
            Side::Truncated => cut(good.sign(key)),
            Side::Forged => good.sign(&self.stranger),
            Side::Stale => claims(&self.before).sign(key),
        })
    }

    fn file(&self, side: Side) -> Option<Vec<u8>> {
        Some(match side {
            Side::Good => self.office.register.file(),
            Side::Missing => return None,
            Side::OfAnother => self.foreign.file(),
            Side::Truncated => cut(self.office.register.file()),
            Side::Forged => flipped(self.office.register.file()),
            Side::Stale => self.before.file(),
        })
    }

    fn proof(&self, side: Side) -> Option<InclusionProof> {
        let good = self.office.register.proof(DOCUMENT - 1).unwrap();
        let read = |bytes: Vec<u8>| InclusionProof::read(&bytes).ok();
        match side {
            Side::Good => Some(good),
            Side::Missing => None,
            Side::OfAnother => self.foreign.proof(DOCUMENT - 1),
            Side::Truncated => read(cut(good.to_bytes())),
            Side::Forged => read(flipped(good.to_bytes())),
            Side::Stale => self.before.proof(2),
        }
    }

    fn status(&self, side: Side) -> Option<Vec<u8>> {
        let World { status, list_key, .. } = &self.office.world;
        let sign = |authority, expires, key| StatusList::sign(authority, 1, status, SEALED_AT, expires, key);
        Some(match side {
            Side::Good => sign("XX-EXAM", NOW + 1, list_key),
            Side::Missing => return None,
            Side::OfAnother => sign("XX-EXAM", NOW + 1, &self.office.ministry_list),
            Side::Truncated => cut(sign("XX-EXAM", NOW + 1, list_key)),
            Side::Forged => sign("XX-EXAM", NOW + 1, &self.stranger),
            Side::Stale => sign("XX-EXAM", NOW, list_key),
        })
    }

    fn trust(&self, key: Key) -> Vec<u8> {
        let mut claims = self.office.world.trust.clone();
        let keys = &mut claims.authorities[0].keys;
        match key {
            Key::Good => {}
            Key::Closed => keys[0].closed_at = Some(SEALED_AT),
            Key::Compromised => keys[0].compromised_at = Some(SEALED_AT),
            // the register key of the test world goes with it
            Key::Test => keys.iter_mut().for_each(|key| key.test = true),
        }
        TrustList::sign(&claims, &[&self.office.world.root]).unwrap().as_bytes().to_vec()
    }
}

fn cut(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() - 7);
    bytes
}

fn flipped(mut bytes: Vec<u8>) -> Vec<u8> {
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    bytes
}

/// Every side once; the bytes are made once, so that the product costs little more than its verifications.
fn each<T>(make: impl Fn(Side) -> T) -> Vec<(Side, T)> {
    SIDES.into_iter().map(|side| (side, make(side))).collect()
}

fn held_by(pack: &Result<Pack, Reason>) -> TrustStore {
    let mut store = TrustStore::new();
    pack.iter().for_each(|pack| store.add(pack.clone()));
    store
}

#[test]
fn exit_status_0_only_when_everything_that_is_needed_is_there() {
    let parts = Parts::new();
    let documents = [(true, parts.office.text(DOCUMENT)), (false, parts.office.text(DOCUMENT + 20))];
    let (heads, files) = (each(|side| parts.head(side)), each(|side| parts.file(side)));
    let (proofs, statuses) = (each(|side| parts.proof(side)), each(|side| parts.status(side)));
    let (mut seen, mut accepted) = (0, 0);
    for key in [Key::Good, Key::Closed, Key::Compromised, Key::Test] {
        let trust = parts.trust(key);
        for ((head, head_bytes), (file, file_bytes)) in pairs(&heads, &files) {
            for (status, status_bytes) in &statuses {
                let pack = PackContents {
                    trust: &trust,
                    statuses: status_bytes.iter().map(Vec::as_slice).collect(),
                    dictionaries: vec![parts.office.world.dictionary.as_bytes()],
                    register_heads: head_bytes.iter().map(Vec::as_slice).collect(),
                    register_files: file_bytes.iter().map(Vec::as_slice).collect(),
                };
                let store = held_by(&Pack::open(&pack.to_bytes(), Anchor::AsCarried));
                for ((proof, evidence), (sealed_by_the_office, text)) in pairs(&proofs, &documents) {
                    let held = Held {
                        key,
                        head: *head,
                        file: *file,
                        proof: *proof,
                        status: *status,
                        sealed_by_the_office: *sealed_by_the_office,
                    };
                    let evidence = evidence.iter().cloned().fold(Evidence::none(), Evidence::with_proof);
                    let report = verify_with_evidence(text, &store, &evidence, NOW);
                    assert_eq!(report.reason().exit_status() == 0, held.suffices(), "{held:?}: {report:?}");
                    check_no_blame(held, &report);
                    accepted += u32::from(held.suffices());
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 4 * 6 * 6 * 6 * 6 * 2);
    assert!(accepted > 100, "{accepted}");
}

/// Side data never make a genuine document "not genuine", and what is not known is never called listed.
fn check_no_blame(held: Held, report: &Report) {
    assert_ne!(report.reason().verdict(), Verdict::NotGenuine, "{held:?}");
    if report.register() == Register::Listed {
        assert!(held.sealed_by_the_office && held.head == Side::Good, "{held:?}");
    }
    if report.register() == Register::NotListed {
        assert!(!held.sealed_by_the_office || held.file == Side::Stale, "{held:?}");
    }
}

fn pairs<'a, A, B>(left: &'a [A], right: &'a [B]) -> impl Iterator<Item = (&'a A, &'a B)> {
    left.iter().flat_map(move |left| right.iter().map(move |right| (left, right)))
}
