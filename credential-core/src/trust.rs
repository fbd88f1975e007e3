//! The trust list: SPEC section 7. Who may seal what, signed by a threshold of root keys.

mod draft;
mod line;
mod read;
mod scope;
mod write;

pub use draft::{SignatureFault, TrustDraft};
pub use line::ListId;
pub(crate) use line::{Known, Line};
pub(crate) use read::is_authority_id;
pub use scope::Void;

use sha2::{Digest, Sha256};

use crate::claims::Kind;
use crate::envelope::Object;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::key::{KeyId, PublicKey, SealingKey};

use crate::time::UnixTime;
use crate::words::{Language, Text};

/// Which root set a verifier holds to be the right one (TRU-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The fingerprint that the verifier holds.
    Fingerprint([u8; 32]),
    /// The roots that the file itself carries: its user has decided to trust this file, and is shown the fingerprint.
    AsCarried,
    /// None: what it carries counts by the roots that the verifier holds.
    Held,
}

/// A trust list whose signatures hold.
#[derive(Clone, Debug)]
pub struct TrustList {
    claims: TrustClaims,
    root: [u8; 32],
    id: ListId,
    bytes: Vec<u8>,
}

/// What a trust list states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustClaims {
    /// Version; may only rise.
    pub version: u32,
    /// Time of issue.
    pub issued: UnixTime,
    /// When the next list is due.
    pub next_update: UnixTime,
    /// The keys that sign the list.
    pub roots: RootSet,
    /// Name of the list's owner.
    pub owner: Text,
    /// Examination boards and legalising ministries.
    pub authorities: Vec<Authority>,
    /// The lists of its line, oldest first.
    pub earlier: Vec<ListId>,
    /// Lists of its roots that count for nothing: the way out of a mistake.
    pub disowned: Vec<ListId>,
    /// The root set from which this one takes over, which has signed the list as well.
    pub follows: Option<RootSet>,
}

/// Root keys, of which `threshold` different ones must sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootSet {
    /// How many must sign.
    pub threshold: usize,
    /// The keys, at most 16.
    pub keys: Vec<PublicKey>,
}

/// An authority and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Stable name, 2 to 32 of `A-Z`, `0-9`, `-`.
    pub id: String,
    /// Names shown to people, by language, sorted as CBOR sorts them (shorter tags first).
    pub names: Vec<(Language, Text)>,
    /// Country, ISO 3166-1, two capital letters.
    pub country: String,
    /// What it does.
    pub role: Role,
    /// Its keys.
    pub keys: Vec<KeyEntry>,
    /// SHA-256 of each of its dictionaries.
    pub dictionaries: Vec<[u8; 32]>,
    /// Of an authority that has ended, the id of the one whose status keys speak for it now.
    pub successor: Option<String>,
    /// Whom to ask about a paper, at most four lines.
    pub contacts: Vec<Text>,
    /// SHA-256 of the status lists that are its last: they never grow old.
    pub final_lists: Vec<[u8; 32]>,
}

/// What an authority does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Holds examinations.
    ExaminationBoard,
    /// Legalises documents.
    LegalisingMinistry,
}

/// A key, its use and its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// The key.
    pub public: PublicKey,
    /// What it may sign.
    pub usage: KeyUse,
    /// First second of its signing window.
    pub not_before: UnixTime,
    /// Last second of its signing window.
    pub not_after: UnixTime,
    /// When its batch was closed: nothing sealed later counts.
    pub closed_at: Option<UnixTime>,
    /// When it was found compromised: only registered documents count.
    pub compromised_at: Option<UnixTime>,
    /// Whether it belongs to the test world, whose documents are specimens.
    pub test: bool,
    /// The status list that says how current the status of what it seals is; of keys for documents and legalisations.
    pub status_list: Option<u64>,
    /// The register of what it seals; of keys for documents and legalisations.
    pub register: Option<RegisterReference>,
}

/// Which register lists what a key has sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterReference {
    /// Its number within the authority, from 1.
    pub number: u32,
    /// SHA-256 of the one head that counts, once the roots have fixed it.
    pub head: Option<[u8; 32]>,
    /// Whether what the key has sealed counts without a look-up, once the head is fixed.
    pub without_look_up: bool,
}

/// What a key may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// Documents within a scope.
    Documents {
        /// Kinds of documents.
        kinds: Vec<Kind>,
        /// Sessions by their first text; any if `None`.
        sessions: Option<Vec<Text>>,
        /// How many documents at most, 1 to 16,777,216.
        maximum_count: u32,
    },
    /// Status lists.
    Status,
    /// Register heads.
    Register,
    /// Minutes of juries.
    Minutes,
    /// Legalisation records.
    Legalisation,
}

impl TrustList {
    /// Reads a trust list and checks its structure, keys, signatures and roots (TRU-1 to TRU-5).
    pub fn open(bytes: &[u8], anchor: Anchor) -> Result<Self, PackFault> {
        let list = Self::read(bytes)?;
        match anchor {
            Anchor::Fingerprint(held) if held != list.root => Err(fault(FaultCode::TrustForeignRoot, "TRU-5")),
            _ => Ok(list),
        }
    }

    /// The same whatever its roots are: a list is well made by itself, and counts by its line (TRU-1 to TRU-4).
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PackFault> {
        let (claims, id) = read::read(bytes)?;
        Ok(Self { root: claims.roots.fingerprint(), claims, id, bytes: bytes.to_vec() })
    }

    /// Signs claims with root keys. The result is read again, so that what is not a good list is never published.
    pub fn sign(claims: &TrustClaims, roots: &[&SealingKey]) -> Result<Self, PackFault> {
        Self::open(&write::write(claims, roots), Anchor::AsCarried)
    }

    /// What the list states.
    pub fn claims(&self) -> &TrustClaims {
        &self.claims
    }

    /// Fingerprint of its root set.
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// How later lists name it: equal payloads are one list, however many roots have signed it.
    pub fn id(&self) -> ListId {
        self.id
    }

    /// The signed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl RootSet {
    /// SHA-256 of the encoded root set: what people compare when they decide to trust a list.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(write::root_set(self)).into()
    }
}

impl TrustClaims {
    /// The entry of a public key, with its authority.
    pub fn find(&self, key: &PublicKey) -> Option<(&Authority, &KeyEntry)> {
        self.entries().find(|(_, entry)| entry.public == *key)
    }

    /// The entry of a public key, to be changed.
    pub fn find_mut(&mut self, key: &PublicKey) -> Option<&mut KeyEntry> {
        self.authorities.iter_mut().flat_map(|authority| &mut authority.keys).find(|entry| entry.public == *key)
    }

    /// Every entry, with its authority.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Authority, &KeyEntry)> {
        self.authorities.iter().flat_map(|authority| authority.keys.iter().map(move |entry| (authority, entry)))
    }

    /// The root sets that must have signed: its own, and the one from which it takes over.
    pub(crate) fn root_sets(&self) -> impl Iterator<Item = &RootSet> {
        [&self.roots].into_iter().chain(&self.follows)
    }

    /// Every public key of the list, roots first.
    fn public_keys(&self) -> impl Iterator<Item = &PublicKey> {
        self.roots.keys.iter().chain(self.entries().map(|(_, entry)| &entry.public))
    }
}

impl Authority {
    /// Whether an authority speaks for this one: itself, or its successor.
    pub(crate) fn is_spoken_for_by(&self, id: &str) -> bool {
        self.id == id || self.successor.as_deref() == Some(id)
    }
}

impl KeyEntry {
    /// The number of its register.
    pub fn register_number(&self) -> Option<u32> {
        self.register.map(|register| register.number)
    }

    /// SHA-256 of the one head of its register that counts, once the roots have fixed it.
    pub fn fixed_head(&self) -> Option<[u8; 32]> {
        self.register?.head
    }

    /// Whether what it has sealed counts without a look-up in its register.
    pub fn counts_without_look_up(&self) -> bool {
        self.register.is_some_and(|register| register.without_look_up)
    }

    /// The last second of its service: that of its window, or of its closing if that is earlier.
    pub(crate) fn serves_until(&self) -> UnixTime {
        self.closed_at.map_or(self.not_after, |closed| closed.min(self.not_after))
    }

    /// Whether a signature of `time` lies in the window, both ends included, and not after the closing.
    pub fn may_sign_at(&self, time: UnixTime) -> bool {
        (self.not_before..=self.serves_until()).contains(&time)
    }
}

fn fault(code: FaultCode, rule: &'static str) -> PackFault {
    PackFault::new(code, PackObject::TrustList, rule)
}

/// One signature of a COSE_Sign.
struct RootSignature<'a> {
    protected: &'a [u8],
    kid: KeyId,
    signature: [u8; 64],
}

/// The `external_aad` of trust lists.
fn aad() -> Vec<u8> {
    Object::TrustList.alone()
}

/// Tag 98 of COSE_Sign.
const TAG_SIGN: [u8; 2] = [0xD8, 0x62];

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> PublicKey {
        SealingKey::from_seed(&[seed; 32]).public()
    }

    fn authority(id: &str, keys: &[u8]) -> Authority {
        let entry = |&seed: &u8| KeyEntry {
            public: key(seed),
            usage: KeyUse::Status,
            not_before: 1,
            not_after: 2,
            closed_at: None,
            compromised_at: None,
            test: false,
            status_list: None,
            register: None,
        };
        let (names, country) = (vec![], "BJ".to_owned());
        let keys = keys.iter().map(entry).collect();
        Authority {
            id: id.to_owned(),
            names,
            country,
            role: Role::ExaminationBoard,
            keys,
            dictionaries: vec![],
            successor: None,
            contacts: vec![],
            final_lists: vec![],
        }
    }

    #[test]
    fn the_entry_of_a_key_is_changed_and_no_other() {
        let mut claims = TrustClaims {
            version: 1,
            issued: 1,
            next_update: 2,
            roots: RootSet { threshold: 1, keys: vec![key(1)] },
            owner: Text::new("Pays fictif").unwrap(),
            authorities: vec![authority("BJ-OB", &[2, 3]), authority("BJ-MAE", &[4])],
            earlier: vec![],
            disowned: vec![],
            follows: None,
        };
        let mut expected = claims.clone();
        expected.authorities[1].keys[0].closed_at = Some(2);
        claims.find_mut(&key(4)).unwrap().closed_at = Some(2);
        assert_eq!(claims, expected);
        assert_eq!(claims.find_mut(&key(1)), None);
    }
}
