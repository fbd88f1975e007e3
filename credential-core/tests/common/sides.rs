//! Side data in every state that a verifier may meet, made from one office.

use std::collections::BTreeMap;

use super::office::*;
use super::*;

/// The state of one object that a verifier may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Good,
    Missing,
    OfAnother,
    /// A signed object of another kind in its place.
    OfAnotherKind,
    Truncated,
    Forged,
    /// A status list past its `exp`, of before the withdrawal; a register of before the document was sealed.
    Stale,
}

pub const SIDES: [Side; 7] =
    [Side::Good, Side::Missing, Side::OfAnother, Side::OfAnotherKind, Side::Truncated, Side::Forged, Side::Stale];

/// The state of the trust list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    Good,
    /// Its next update is overdue.
    Stale,
    Missing,
    /// By other roots than the ones that the verifier holds.
    Forged,
    Truncated,
    /// It knows other authorities' keys only.
    OfAnother,
    OfAnotherKind,
}

pub const TRUSTS: [Trust; 7] = [
    Trust::Good,
    Trust::Stale,
    Trust::Missing,
    Trust::Forged,
    Trust::Truncated,
    Trust::OfAnother,
    Trust::OfAnotherKind,
];

/// What the trust list says of the key that sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Good,
    Closed,
    /// Closed, and the roots have fixed its register.
    Fixed,
    Compromised,
    Test,
}

pub const KEYS: [Key; 5] = [Key::Good, Key::Closed, Key::Fixed, Key::Compromised, Key::Test];

/// The paper that is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Genuine,
    Withdrawn,
    /// Sealed with the stolen key: the signature holds, and the register does not know it.
    Forged,
}

pub const PAPERS: [Paper; 3] = [Paper::Genuine, Paper::Withdrawn, Paper::Forged];

/// The office, its register as it was before the papers, and what others sign.
pub struct Parts {
    office: Office,
    before: RegisterTree,
    foreign: RegisterTree,
    stranger: SealingKey,
}

const GENUINE: u64 = 12;
const WITHDRAWN: u64 = 13;
const FORGED: u64 = 32;

impl Parts {
    pub fn new() -> Self {
        let mut office = Office::new(20);
        let withdrawn = sealed(&office.world, WITHDRAWN).digest();
        office.world.state(withdrawn, Statement::Withdrawn);
        let tree = |authority: &str, last: u64| {
            let mut tree = RegisterTree::new(authority, REGISTER);
            (1..=last).for_each(|number| tree.push(&serial(number), &sealed(&office.world, number).digest()));
            tree
        };
        let (before, foreign) = (tree("XX-EXAM", 5), tree("XX-FOREIGN", 20));
        Self { office, before, foreign, stranger: SealingKey::from_seed(&[88; 32]) }
    }

    /// The text of a paper.
    pub fn text(&self, paper: Paper) -> String {
        self.office.text(match paper {
            Paper::Genuine => GENUINE,
            Paper::Withdrawn => WITHDRAWN,
            Paper::Forged => FORGED,
        })
    }

    pub fn head(&self, side: Side) -> Option<Vec<u8>> {
        let key = &self.office.register_key;
        let claims = |tree: &RegisterTree| tree.head(SEALED_AT, &self.office.world.key.public(), None);
        let good = claims(&self.office.register);
        Some(match side {
            Side::Good => good.sign(&of_board(key)),
            Side::Missing => return None,
            Side::OfAnother => good.sign(&of_ministry(&self.office.ministry)),
            Side::OfAnotherKind => self.minutes(key),
            Side::Truncated => cut(good.sign(&of_board(key))),
            Side::Forged => good.sign(&of_board(&self.stranger)),
            Side::Stale => claims(&self.before).sign(&of_board(key)),
        })
    }

    pub fn file(&self, side: Side) -> Option<Vec<u8>> {
        Some(match side {
            Side::Good => self.office.register.file(),
            Side::Missing => return None,
            Side::OfAnother => self.foreign.file(),
            Side::OfAnotherKind => self.legalisation(),
            Side::Truncated => cut(self.office.register.file()),
            Side::Forged => flipped(self.office.register.file()),
            Side::Stale => self.before.file(),
        })
    }

    /// The proofs of both registered papers.
    pub fn evidence(&self, side: Side) -> Evidence {
        let tree = if side == Side::OfAnother { &self.foreign } else { &self.office.register };
        let proofs = [GENUINE, WITHDRAWN].map(|number| tree.proof(number - 1).unwrap().to_bytes());
        let proofs = proofs.into_iter().filter_map(|bytes| match side {
            Side::Good | Side::OfAnother => Some(bytes),
            Side::Missing => None,
            Side::OfAnotherKind => Some(self.legalisation()),
            Side::Truncated => Some(cut(bytes)),
            Side::Forged => Some(flipped(bytes)),
            Side::Stale => self.before.proof(2).map(|proof| proof.to_bytes()),
        });
        proofs.filter_map(|bytes| InclusionProof::read(&bytes)).fold(Evidence::none(), Evidence::with_proof)
    }

    pub fn status(&self, side: Side) -> Option<Vec<u8>> {
        let world = &self.office.world;
        let sign = |authority, key| world.list(authority, key);
        Some(match side {
            Side::Good => sign("XX-EXAM", &world.list_key),
            Side::Missing => return None,
            Side::OfAnother => sign("XX-EXAM", &self.office.ministry_list),
            Side::OfAnotherKind => self.minutes(&world.list_key),
            Side::Truncated => cut(sign("XX-EXAM", &world.list_key)),
            Side::Forged => sign("XX-EXAM", &self.stranger),
            Side::Stale => StatusClaims {
                authority: "XX-EXAM".into(),
                number: 1,
                seq: 0,
                as_of: SEALED_AT,
                expires: NOW,
                statements: BTreeMap::new(),
            }
            .sign(&world.list_key),
        })
    }

    /// The bytes of a trust list in this state, saying this of the key.
    pub fn trust(&self, trust: Trust, key: Key) -> Vec<u8> {
        let mut claims = self.office.world.trust.clone();
        let keys = &mut claims.authorities[0].keys;
        match key {
            Key::Good => {}
            Key::Closed => keys[0].closed_at = Some(SEALED_AT),
            Key::Fixed => {
                let head = self.head(Side::Good).map(|head| sha256(&head));
                keys[0].closed_at = Some(SEALED_AT);
                keys[0].register = Some(RegisterReference { number: REGISTER, head, without_look_up: false });
            }
            Key::Compromised => keys[0].compromised_at = Some(SEALED_AT),
            // the register key of the test world goes with it
            Key::Test => keys.iter_mut().for_each(|key| key.test = true),
        }
        match trust {
            Trust::Stale => claims.next_update = SEALED_AT,
            Trust::OfAnother => drop(claims.authorities.remove(0)),
            Trust::Forged => claims.roots = RootSet { threshold: 1, keys: vec![self.stranger.public()] },
            _ => {}
        }
        let root = if trust == Trust::Forged { &self.stranger } else { &self.office.world.root };
        let good = TrustList::sign(&claims, &[root]).unwrap().as_bytes().to_vec();
        match trust {
            Trust::Missing => Vec::new(),
            Trust::Truncated => cut(good),
            Trust::OfAnotherKind => self.minutes(root),
            _ => good,
        }
    }

    /// Opens a pack as a verifier does: against its roots.
    pub fn open(&self, pack: &PackContents<'_>) -> Result<Pack, PackFault> {
        let pack =
            PackContents { dictionaries: vec![self.office.world.dictionary.as_bytes()], ..pack.clone() }.to_bytes();
        Pack::open(&pack, Anchor::Fingerprint(self.office.world.trust.roots.fingerprint()))
    }

    fn minutes(&self, key: &SealingKey) -> Vec<u8> {
        let session = text("Juin 2026");
        MinutesClaims { number: 1, time: SEALED_AT, session, lines: 1, root: [7; 32], counts: vec![] }
            .sign(&of_board(key))
    }

    fn legalisation(&self) -> Vec<u8> {
        let record = Legalisation {
            document: [7; 32],
            document_serial: serial(GENUINE),
            capacity: Words::one("Consul").unwrap(),
            act_number: text("1"),
            place: Words::one("Rabat").unwrap(),
            date: PartialDate::new(2026, None, None).unwrap(),
            purpose: None,
            languages: vec![],
        };
        legalise(&record, &serial(1), SEALED_AT, &of_ministry(&self.office.ministry)).unwrap().as_bytes().to_vec()
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
