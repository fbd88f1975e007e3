//! Status lists: SPEC section 8. What an authority has decided about its documents since they were sealed, by tag.

use std::cmp::Ordering;
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
    /// An earlier statement is taken back, by the decision of the authority with this number: it counts again.
    Reinstated(u64),
}

impl Statement {
    /// Those that take a document out of force, in the order of their strings of tags.
    const GRAVE: [Self; 3] = [Self::Withdrawn, Self::Suspended, Self::Replaced];

    /// What an entry of the string at this place says.
    fn of(place: usize, entry: &[u8]) -> Self {
        let decision = || entry[8..].iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        Self::GRAVE.get(place).copied().unwrap_or_else(|| Self::Reinstated(decision()))
    }

    /// The status that it gives.
    pub fn status(self) -> Status {
        match self {
            Self::Withdrawn => Status::Withdrawn,
            Self::Suspended => Status::Suspended,
            Self::Replaced => Status::Replaced,
            Self::Reinstated(_) => Status::InForce,
        }
    }

    /// After how many decisions a list of this `seq` states it, and how grave it is: the greater speaks (VER-4).
    pub fn weight(self, seq: u64) -> (u64, u8) {
        match self {
            Self::Withdrawn => (seq, 3),
            Self::Replaced => (seq, 2),
            Self::Suspended => (seq, 1),
            Self::Reinstated(decision) => (decision, 0),
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
    /// What was decided, by tag. No decision that reinstates has a number above `seq`.
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
        for statement in Statement::GRAVE {
            let tags = statements.iter().filter(|(_, stated)| **stated == statement);
            out.bytes(&tags.flat_map(|(tag, _)| *tag).collect::<Vec<_>>());
        }
        let reinstated = statements.iter().filter_map(|(tag, stated)| match stated {
            Statement::Reinstated(decision) => Some([*tag, decision.to_be_bytes()].concat()),
            _ => None,
        });
        out.bytes(&reinstated.collect::<Vec<_>>().concat());
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
    strings: [TagString; 4],
}

/// Tags that rise, as they came: each with nothing behind it, or with the decision that reinstated it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TagString {
    width: usize,
    bytes: Vec<u8>,
}

impl TagString {
    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.width)
    }

    fn find(&self, tag: &Tag) -> Option<&[u8]> {
        let (mut low, mut high) = (0, self.bytes.len() / self.width);
        while low < high {
            let middle = low.midpoint(high);
            let entry = self.bytes.get(middle * self.width..)?.get(..self.width)?;
            match entry[..8].cmp(tag) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(entry),
            }
        }
        None
    }
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
        let mut strings = self.stated.strings.iter().enumerate();
        strings.find_map(|(place, string)| Some(Statement::of(place, string.find(tag)?)))
    }

    /// Whether what it says of a tag stands, whatever an older list of the same key says (VER-4).
    pub(crate) fn overrules(&self, older: &Self, tag: &Tag) -> bool {
        match (self.statement(tag), older.statement(tag)) {
            (Some(said), Some(before)) => said.weight(self.seq()) >= before.weight(older.seq()),
            _ => false,
        }
    }

    /// Everything that it states.
    pub fn statements(&self) -> impl Iterator<Item = (Tag, Statement)> {
        let strings = self.stated.strings.iter().enumerate();
        strings
            .flat_map(|(place, string)| string.entries().map(move |entry| (tag_of(entry), Statement::of(place, entry))))
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
        let authority = fields.take(1)?.text().filter(|id| is_authority_id(id))?.to_owned();
        let (number, seq) = (fields.take(2)?.uint()?, fields.take(3)?.uint()?);
        let (as_of, expires) = (fields.take(4)?.time()?, fields.take(5)?.time()?);
        let strings = strings(fields.take(6)?, seq)?;
        Some(Stated { authority, number, seq, as_of, expires, strings })
    };
    stated().ok_or(malformed("STA-1"))
}

/// Three strings of tags that rise and one of tags with decisions up to `seq`; no tag stands in two of them.
fn strings(value: Item<'_>, seq: u64) -> Option<[TagString; 4]> {
    let items: [Item<'_>; 4] = value.tuple()?;
    let mut strings = [8, 8, 8, 16].map(|width| TagString { width, bytes: Vec::new() });
    for (place, item) in items.iter().enumerate() {
        let (before, [string, ..]) = strings.split_at_mut(place) else { return None };
        string.bytes.extend_from_slice(item.bytes()?);
        let mut last: Option<Tag> = None;
        for entry in string.entries() {
            let tag = tag_of(entry);
            // looked up rather than sorted together: sorting is 18 KiB of code in the page
            let twice = before.iter().any(|other| other.find(&tag).is_some());
            let early = matches!(Statement::of(place, entry), Statement::Reinstated(decision) if decision > seq);
            if twice || early || last.is_some_and(|last| last >= tag) {
                return None;
            }
            last = Some(tag);
        }
        if !string.bytes.len().is_multiple_of(string.width) {
            return None;
        }
    }
    Some(strings)
}

fn tag_of(entry: &[u8]) -> Tag {
    let mut tag = [0; 8];
    tag.copy_from_slice(&entry[..8]);
    tag
}

/// How far a list may be dated ahead of a clock that goes slow, in seconds.
const DAY: u64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> StatusClaims {
        let statements = [(9, Statement::Withdrawn), (1, Statement::Reinstated(6)), (3, Statement::Withdrawn)];
        let statements = statements.map(|(tag, statement)| ([tag; 8], statement)).into();
        StatusClaims { authority: "X-1".into(), number: 3, seq: 7, as_of: 100, expires: 200, statements }
    }

    #[test]
    fn tags_stand_in_four_strings_and_rise_and_reinstated_ones_have_their_decision() {
        let key = SealingKey::from_seed(&[1; 32]);
        let signed = claims().sign(&key);
        let payload = Envelope::read(&signed).unwrap();
        let payload = payload.opened_by(&key.public(), &Object::StatusList.of("X-1")).unwrap();
        let tags =
            [&[0x84, 0x50][..], &[3; 8], &[9; 8], &[0x40, 0x40, 0x50], &[1; 8], &[0, 0, 0, 0, 0, 0, 0, 6]].concat();
        assert!(payload.ends_with(&tags), "{payload:02x?}");
        let read = read(payload).unwrap();
        let strings = read.strings.map(|string| string.bytes);
        assert_eq!(strings, [[[3; 8], [9; 8]].concat(), vec![], vec![], [[1; 8], 6_u64.to_be_bytes()].concat()]);
        assert_eq!((read.authority.as_str(), read.number, read.seq, read.as_of, read.expires), ("X-1", 3, 7, 100, 200));
    }

    #[test]
    fn a_tag_stands_in_one_string_once_and_no_decision_is_above_the_count() {
        let holds = |all: [&[u8]; 4]| strings(Item::Array(all.map(Item::Bytes).to_vec()), 5).is_some();
        let back = |tag: u8, decision: u64| [[tag; 8], decision.to_be_bytes()].concat();
        assert!(holds([&[1; 8], &[2; 8], &[3; 8], &back(4, 5)]));
        assert!(holds([&[], &[], &[], &[]]));
        assert!(!holds([&[1; 8], &[], &[], &back(1, 1)]));
        assert!(!holds([&[], &[], &[1; 8], &back(1, 1)]));
        assert!(!holds([&[], &[], &[], &[back(1, 1), back(1, 2)].concat()]));
        assert!(!holds([&[], &[], &[], &back(1, 6)]));
        assert!(!holds([&[], &[], &[], &[1; 8]]));
        assert!(!holds([&[1; 16], &[], &[], &[]]));
        assert!(!holds([&[[2; 8], [1; 8]].concat(), &[], &[], &[]]));
        assert!(!holds([&[1; 7], &[], &[], &[]]));
    }

    #[test]
    fn what_was_reinstated_counts_from_its_decision_on_however_often_it_is_said_again() {
        use Statement::{Reinstated, Withdrawn};
        assert!(Withdrawn.weight(7) > Reinstated(6).weight(9));
        assert!(Withdrawn.weight(7) > Reinstated(7).weight(9));
        assert!(Withdrawn.weight(7) < Reinstated(8).weight(9));
    }
}
