//! A board of which lists are made by hand: each names its roots, its line and what it says of the keys.

use std::collections::BTreeMap;

use crate::common::*;

/// A root key by its number.
pub(crate) fn root(number: u8) -> SealingKey {
    SealingKey::from_seed(&[100 + number; 32])
}

pub(crate) fn root_set(numbers: &[u8]) -> RootSet {
    RootSet {
        threshold: numbers.len().div_ceil(2),
        keys: numbers.iter().map(|number| root(*number).public()).collect(),
    }
}

pub(crate) fn fingerprint(numbers: &[u8]) -> [u8; 32] {
    root_set(numbers).fingerprint()
}

/// The claims of a first list under these roots.
pub(crate) fn first(roots: &[u8]) -> TrustClaims {
    let mut claims = Setting::new().trust;
    claims.roots = root_set(roots);
    let setting = Setting::new();
    claims.authorities[0].dictionaries = vec![setting.dictionary.digest()];
    claims
}

/// The claims of the next list after another, with a change.
pub(crate) fn next(held: &TrustList, change: impl FnOnce(&mut TrustClaims)) -> TrustClaims {
    let mut claims = held.claims().clone();
    claims.version += 1;
    claims.issued += 1;
    change(&mut claims);
    claims.after(held)
}

/// A list signed by whoever must: its own roots, and those from which it takes over.
pub(crate) fn signed(claims: &TrustClaims) -> TrustList {
    let needed: Vec<_> = claims.follows.iter().chain([&claims.roots]).flat_map(|roots| &roots.keys).collect();
    let keys: Vec<_> = (0..100).map(root).filter(|key| needed.contains(&&key.public())).collect();
    TrustList::sign(claims, &keys.iter().collect::<Vec<_>>()).unwrap()
}

/// The next list after another, signed.
pub(crate) fn after(held: &TrustList, change: impl FnOnce(&mut TrustClaims)) -> TrustList {
    signed(&next(held, change))
}

/// What the list says of the key that seals.
pub(crate) fn key_of(claims: &mut TrustClaims) -> &mut KeyEntry {
    &mut claims.authorities[0].keys[0]
}

/// What travels in one file.
#[derive(Clone, Default)]
pub(crate) struct File {
    pub(crate) lists: Vec<TrustList>,
    pub(crate) statuses: Vec<Vec<u8>>,
    pub(crate) dictionary: bool,
}

impl File {
    pub(crate) fn of(list: &TrustList) -> Self {
        Self { lists: vec![list.clone()], ..Self::default() }
    }

    /// With another list of its line.
    pub(crate) fn link(mut self, list: &TrustList) -> Self {
        self.lists.push(list.clone());
        self
    }

    pub(crate) fn status(mut self, list: Vec<u8>) -> Self {
        self.statuses.push(list);
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let setting = Setting::new();
        PackContents {
            trust: self.lists[0].as_bytes(),
            links: self.lists[1..].iter().map(TrustList::as_bytes).collect(),
            statuses: self.statuses.iter().map(Vec::as_slice).collect(),
            dictionaries: vec![setting.dictionary.as_bytes(); self.dictionary.into()],
            ..PackContents::default()
        }
        .to_bytes()
    }

    pub(crate) fn open(&self, anchor: Anchor) -> Result<Pack, PackFault> {
        Pack::open(&self.bytes(), anchor)
    }
}

/// A verifier that holds these root fingerprints and was given these files.
pub(crate) fn verifier(anchors: &[[u8; 32]], files: &[File]) -> TrustStore {
    let mut store = TrustStore::new();
    anchors.iter().for_each(|anchor| store.hold(*anchor));
    files.iter().for_each(|file| store.add(file.open(Anchor::Held).unwrap()));
    store
}

/// A verifier that keeps what it has and takes one more file: what it writes down, and reads again.
pub(crate) fn kept(store: &TrustStore) -> TrustStore {
    kept_at(store, NOW)
}

pub(crate) fn kept_at(store: &TrustStore, now: UnixTime) -> TrustStore {
    let mut again = TrustStore::new();
    for state in store.states() {
        again.hold(*state.root());
        again.add(Pack::open(&store.kept(state, now, true).unwrap(), Anchor::Held).unwrap());
    }
    again
}

/// A status list of the board: its seq, and what is said of document 1.
pub(crate) fn status(seq: u64, statement: Option<Statement>) -> Vec<u8> {
    status_by(&Setting::new().list_key, seq, SEALED_AT, statement)
}

pub(crate) fn status_by(key: &SealingKey, seq: u64, as_of: u64, statement: Option<Statement>) -> Vec<u8> {
    let tag = tag(&Setting::new().seal(&diploma(1)).digest());
    let statements: BTreeMap<_, _> = statement.map(|statement| (tag, statement)).into_iter().collect();
    StatusClaims { authority: "XX-EXAM".into(), number: 1, seq, as_of, expires: NOW + 1, statements }.sign(key)
}

/// Document 1, sealed by the board's key.
pub(crate) fn paper() -> String {
    Setting::new().seal(&diploma(1)).symbol_text(&Compactor::plain())
}

/// A document sealed by some key for the board.
pub(crate) fn paper_of(key: &SealingKey) -> String {
    let sealer = Sealer { authority: "XX-EXAM", world: World::Live, key };
    issue(&diploma(2), &serial(2), SEALED_AT, &sealer).unwrap().symbol_text(&Compactor::plain())
}

pub(crate) fn judge(store: &TrustStore) -> Reason {
    verify(&paper(), store, NOW).reason()
}

/// A key for documents of the board that a thief would like to have named.
pub(crate) fn thief() -> SealingKey {
    SealingKey::from_seed(&[77; 32])
}

/// The thief's key as an entry without any limit of sessions.
pub(crate) fn entry_of(key: &SealingKey) -> KeyEntry {
    let mut entry = Setting::new().trust.authorities[0].keys[0].clone();
    entry.public = key.public();
    entry
}

pub(crate) fn name(name: &str) -> Text {
    text(name)
}
