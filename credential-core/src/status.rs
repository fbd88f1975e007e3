//! Status lists: SPEC section 8. What an authority has decided about its documents since they were sealed, by tag.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, FieldsError, Item, Writer};
use crate::claims::Tag;
use crate::envelope::{self, Envelope, Object};
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::key::{PublicKey, SealingKey};
use crate::limits;
use crate::outcome::Status;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, TrustClaims, is_authority_id};

/// What an authority states of one document. It stands until another is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statement {
    /// Withdrawn.
    Withdrawn,
    /// Suspended for now.
    Suspended,
    /// Replaced by another document.
    Replaced,
    /// An earlier statement is taken back: it counts again.
    Reinstated,
}

impl Statement {
    /// Every statement, in the order of the strings of tags.
    pub const ALL: [Self; 4] = [Self::Withdrawn, Self::Suspended, Self::Replaced, Self::Reinstated];

    /// The status that it gives.
    pub fn status(self) -> Status {
        match self {
            Self::Withdrawn => Status::Withdrawn,
            Self::Suspended => Status::Suspended,
            Self::Replaced => Status::Replaced,
            Self::Reinstated => Status::InForce,
        }
    }

    /// Of two statements of the same moment the graver counts (VER-4).
    pub fn gravity(self) -> u8 {
        match self {
            Self::Withdrawn => 3,
            Self::Replaced => 2,
            Self::Suspended => 1,
            Self::Reinstated => 0,
        }
    }
}

/// What a status list states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusClaims {
    /// The authority that decided.
    pub authority: String,
    /// Its number within the authority.
    pub number: u64,
    /// How many decisions the authority has taken so far.
    pub seq: u64,
    /// The moment whose state it gives.
    pub as_of: UnixTime,
    /// From when on it is old.
    pub expires: UnixTime,
    /// What was decided, by tag.
    pub statements: BTreeMap<Tag, Statement>,
}

impl StatusClaims {
    /// Signs the list with a status key of its authority.
    pub fn sign(&self, key: &SealingKey) -> Vec<u8> {
        self.sign_as(&self.authority, key)
    }

    /// Signs the list with a status key of the authority that has succeeded to its own.
    pub fn sign_as(&self, signer: &str, key: &SealingKey) -> Vec<u8> {
        let Self { authority, number, seq, as_of, expires, statements } = self;
        let mut out = Writer::with_capacity(9 * statements.len() + 128);
        out.map(6).uint(1).text(authority).uint(2).uint(*number).uint(3).uint(*seq);
        out.uint(4).uint(*as_of).uint(5).uint(*expires).uint(6).array(4);
        for statement in Statement::ALL {
            let tags = statements.iter().filter(|(_, stated)| **stated == statement);
            out.bytes(&tags.flat_map(|(tag, _)| *tag).collect::<Vec<_>>());
        }
        envelope::sign(&out.into_bytes(), key, &Object::StatusList.of(signer))
    }
}

/// The claims as they are read: a nation's tags are searched where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    authority: String,
    number: u64,
    seq: u64,
    as_of: UnixTime,
    expires: UnixTime,
    tags: [Vec<Tag>; 4],
}

/// A status list whose signature holds.
#[derive(Clone, Debug)]
pub struct StatusList {
    stated: Stated,
    signer: PublicKey,
    test: bool,
    bytes: Vec<u8>,
}

impl StatusList {
    /// Reads a list and checks that a status key of its authority in `trust` signed it (STA-1, STA-2).
    pub fn open(bytes: &[u8], trust: &TrustClaims) -> Result<Self, PackFault> {
        Self::open_under(bytes, &[trust])
    }

    /// The same under the lists of a pack.
    pub(crate) fn open_under(bytes: &[u8], lists: &[&TrustClaims]) -> Result<Self, PackFault> {
        if bytes.len() > limits::STATUS_BYTES {
            return Err(malformed("STA-1"));
        }
        let envelope = Envelope::read(bytes).map_err(|envelope| {
            let fault = malformed(envelope.rule);
            envelope.byte.map_or(fault, |byte| fault.at(byte))
        })?;
        let keys = lists.iter().flat_map(|list| list.entries());
        let mut named = keys.filter(|(_, entry)| entry.usage == KeyUse::Status && entry.public.id() == envelope.kid);
        let unsigned = fault(FaultCode::StatusUnsigned, "STA-2");
        let opened = named.find_map(|(authority, entry)| {
            let payload = envelope.opened_by(&entry.public, &Object::StatusList.of(&authority.id))?;
            Some((authority, entry, payload))
        });
        let (signer, entry, payload) = opened.ok_or(unsigned)?;
        let stated = read(payload).map_err(|fault| match fault.byte() {
            Some(byte) => fault.at(byte + (payload.as_ptr().addr() - bytes.as_ptr().addr())),
            None => fault,
        })?;
        let may_speak =
            |authority: &Authority| authority.id == stated.authority && authority.is_spoken_for_by(&signer.id);
        let in_time = |(_, one): (&Authority, &KeyEntry)| one.public == entry.public && one.may_sign_at(stated.as_of);
        let speaks = lists.iter().flat_map(|list| &list.authorities).any(may_speak);
        if !speaks || !lists.iter().flat_map(|list| list.entries()).any(in_time) {
            return Err(unsigned);
        }
        Ok(Self { stated, signer: entry.public.clone(), test: entry.test, bytes: bytes.to_vec() })
    }

    /// The authority whose documents it speaks of.
    pub fn authority(&self) -> &str {
        &self.stated.authority
    }

    /// Its number within the authority.
    pub fn number(&self) -> u64 {
        self.stated.number
    }

    /// How many decisions the authority had taken.
    pub fn seq(&self) -> u64 {
        self.stated.seq
    }

    /// The moment whose state it gives.
    pub fn as_of(&self) -> UnixTime {
        self.stated.as_of
    }

    /// From when on it is old.
    pub fn expires(&self) -> UnixTime {
        self.stated.expires
    }

    /// Whether it is old at `now`.
    pub fn is_old(&self, now: UnixTime) -> bool {
        now >= self.stated.expires
    }

    /// Whether a key of the test world signed it: it speaks of specimens only.
    pub fn is_test(&self) -> bool {
        self.test
    }

    /// Whether it is dated more than a day ahead of `now`: somebody's clock is wrong.
    pub fn is_ahead(&self, now: UnixTime) -> bool {
        self.stated.as_of > now.saturating_add(DAY)
    }

    /// What it states of the document with this tag; `None` where it says nothing.
    pub fn statement(&self, tag: &Tag) -> Option<Statement> {
        let strings = Statement::ALL.into_iter().zip(&self.stated.tags);
        strings.into_iter().find(|(_, tags)| tags.binary_search(tag).is_ok()).map(|(statement, _)| statement)
    }

    /// Whether what it says of a tag stands, whatever an older list of the same key says (VER-4).
    pub(crate) fn overrules(&self, older: &Self, tag: &Tag) -> bool {
        match (self.statement(tag), older.statement(tag)) {
            (Some(said), Some(before)) => (self.seq(), said.gravity()) >= (older.seq(), before.gravity()),
            _ => false,
        }
    }

    /// Everything that it states.
    pub fn statements(&self) -> impl Iterator<Item = (Tag, Statement)> {
        let strings = Statement::ALL.into_iter().zip(&self.stated.tags);
        strings.flat_map(|(statement, tags)| tags.iter().map(move |tag| (*tag, statement)))
    }

    /// The signed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it counts for an authority: its key is named there, for this world, and not marked as compromised.
    pub fn counts_for(&self, authority: &Authority, test: bool) -> bool {
        self.stated.authority == authority.id && self.entry_of(authority, test).is_some()
    }

    /// Whether a key that an authority has for status lists of this world, and that nobody stole, signed it in its time.
    pub(crate) fn is_signed_by(&self, authority: &Authority, test: bool) -> bool {
        self.entry_of(authority, test).is_some_and(|entry| entry.may_sign_at(self.stated.as_of))
    }

    fn entry_of<'a>(&self, authority: &'a Authority, test: bool) -> Option<&'a KeyEntry> {
        let signs = |entry: &&KeyEntry| {
            let marked = entry.compromised_at.is_some();
            entry.public == self.signer && entry.usage == KeyUse::Status && entry.test == test && !marked
        };
        authority.keys.iter().find(signs)
    }

    /// The key that signed it.
    pub(crate) fn signer(&self) -> &PublicKey {
        &self.signer
    }

    /// SHA-256 of the signed bytes, as an authority that has ended may name it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}

fn fault(code: FaultCode, rule: &'static str) -> PackFault {
    PackFault::new(code, PackObject::StatusList(0), rule)
}

fn malformed(rule: &'static str) -> PackFault {
    fault(FaultCode::StatusMalformed, rule)
}

fn read(payload: &[u8]) -> Result<Stated, PackFault> {
    let item = cbor::read(payload, limits::STATUS_ITEMS).map_err(|error| malformed(error.fault.rule()).at(error.at))?;
    let mut fields = Fields::open_roomy(item, &[1, 2, 3, 4, 5, 6], &[])
        .map_err(|error| malformed(if error == FieldsError::Room { "GRO-1" } else { "STA-1" }))?;
    let mut stated = || {
        Some(Stated {
            authority: fields.take(1)?.text().filter(|id| is_authority_id(id))?.to_owned(),
            number: fields.take(2)?.uint()?,
            seq: fields.take(3)?.uint()?,
            as_of: fields.take(4)?.time()?,
            expires: fields.take(5)?.time()?,
            tags: strings(fields.take(6)?)?,
        })
    };
    stated().ok_or(malformed("STA-1"))
}

/// Four strings of tags that rise; no tag stands in two of them.
fn strings(value: Item<'_>) -> Option<[Vec<Tag>; 4]> {
    let strings: [Item<'_>; 4] = value.tuple()?;
    let mut read = [const { Vec::new() }; 4];
    for (tags, string) in read.iter_mut().zip(&strings) {
        let (all, rest) = string.bytes()?.as_chunks::<8>();
        if !rest.is_empty() || !all.is_sorted_by(|before, after| before < after) {
            return None;
        }
        tags.extend_from_slice(all);
    }
    // looked up rather than sorted together: sorting is 18 KiB of code in the page
    let in_later = |at: usize, tag: &Tag| read[at + 1..].iter().any(|tags| tags.binary_search(tag).is_ok());
    let twice = read.iter().enumerate().any(|(at, tags)| tags.iter().any(|tag| in_later(at, tag)));
    (!twice).then_some(read)
}

/// How far a list may be dated ahead of a clock that goes slow, in seconds.
const DAY: u64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> StatusClaims {
        let statements = [(9, Statement::Withdrawn), (1, Statement::Reinstated), (3, Statement::Withdrawn)];
        let statements = statements.map(|(tag, statement)| ([tag; 8], statement)).into();
        StatusClaims { authority: "X-1".into(), number: 3, seq: 7, as_of: 100, expires: 200, statements }
    }

    #[test]
    fn tags_stand_in_four_strings_and_rise() {
        let key = SealingKey::from_seed(&[1; 32]);
        let signed = claims().sign(&key);
        let payload = Envelope::read(&signed).unwrap();
        let payload = payload.opened_by(&key.public(), &Object::StatusList.of("X-1")).unwrap();
        let tags = [&[0x84, 0x50][..], &[3; 8], &[9; 8], &[0x40, 0x40, 0x48], &[1; 8]].concat();
        assert!(payload.ends_with(&tags), "{payload:02x?}");
        let read = read(payload).unwrap();
        assert_eq!(read.tags, [vec![[3; 8], [9; 8]], vec![], vec![], vec![[1; 8]]]);
        assert_eq!((read.authority.as_str(), read.number, read.seq, read.as_of, read.expires), ("X-1", 3, 7, 100, 200));
    }

    #[test]
    fn a_tag_stands_in_one_string_once() {
        let holds = |all: [&[u8]; 4]| strings(Item::Array(all.map(Item::Bytes).to_vec())).is_some();
        assert!(holds([&[1; 8], &[2; 8], &[3; 8], &[4; 8]]));
        assert!(holds([&[], &[], &[], &[]]));
        assert!(!holds([&[1; 8], &[], &[], &[1; 8]]));
        assert!(!holds([&[1; 16], &[], &[], &[]]));
        assert!(!holds([&[[2; 8], [1; 8]].concat(), &[], &[], &[]]));
        assert!(!holds([&[1; 7], &[], &[], &[]]));
    }
}
