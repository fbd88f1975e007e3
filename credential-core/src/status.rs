//! Status lists: SPEC section 8, an IETF Token Status List as a CWT with 2 bits a document.

use crate::cbor::{self, Fields, Item, Writer};
use crate::compaction;
use crate::envelope::{self, Envelope, Object};
use crate::key::SealingKey;
use crate::limits;
use crate::outcome::{Reason, Status};
use crate::time::UnixTime;
use crate::trust::{KeyUse, TrustClaims, is_authority_id};

/// A status list whose signature holds.
#[derive(Clone, Debug)]
pub struct StatusList {
    authority: String,
    number: u64,
    as_of: UnixTime,
    expires: UnixTime,
    test: bool,
    entries: Vec<u8>,
    bytes: Vec<u8>,
}

/// What a status list says of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusValue {
    /// It counts.
    InForce,
    /// Withdrawn.
    Withdrawn,
    /// Suspended for now.
    Suspended,
    /// Replaced by another document.
    Replaced,
}

impl StatusList {
    /// Signs a list of `values`, position by position.
    pub fn sign(
        authority: &str,
        number: u64,
        values: &[StatusValue],
        as_of: UnixTime,
        expires: UnixTime,
        key: &SealingKey,
    ) -> Vec<u8> {
        let mut entries = vec![0_u8; values.len().div_ceil(4)];
        for (index, value) in values.iter().enumerate() {
            entries[index / 4] |= (*value as u8) << (2 * (index % 4));
        }
        let packed = compaction::deflate_zlib(&entries);
        let mut payload = Writer::with_capacity(packed.len() + 64);
        payload
            .map(4)
            .uint(2)
            .text(&format!("{SUBJECT}{authority}/{number}"))
            .uint(4)
            .uint(expires)
            .uint(6)
            .uint(as_of);
        payload.uint(65_533).map(2).text("lst").bytes(&packed).text("bits").uint(2);
        envelope::sign(&payload.into_bytes(), key, Object::StatusList, Some(MEDIA_TYPE))
    }

    /// Reads a list and checks that a status key of its authority in `trust` signed it (STA-1, STA-2).
    pub fn open(bytes: &[u8], trust: &TrustClaims) -> Result<Self, Reason> {
        if bytes.len() > limits::STATUS_BYTES {
            return Err(Reason::StatusMalformed);
        }
        let envelope = Envelope::read_typed(bytes, Some(MEDIA_TYPE)).ok_or(Reason::StatusMalformed)?;
        let candidates =
            trust.entries().filter(|(_, entry)| entry.usage == KeyUse::Status && entry.public.id() == envelope.kid);
        let opened = candidates.into_iter().find_map(|(authority, entry)| {
            envelope.opened_by(&entry.public, Object::StatusList).map(|payload| (authority, entry, payload))
        });
        let (authority, entry, payload) = opened.ok_or(Reason::StatusUnsigned)?;
        let list = read(payload, bytes).ok_or(Reason::StatusMalformed)?;
        let in_scope =
            list.authority == authority.id && entry.may_sign_at(list.as_of) && entry.compromised_at.is_none();
        if in_scope { Ok(StatusList { test: entry.test, ..list }) } else { Err(Reason::StatusUnsigned) }
    }

    /// The authority whose documents it speaks of.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Its number within the authority.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The moment whose state it gives.
    pub fn as_of(&self) -> UnixTime {
        self.as_of
    }

    /// From when on it is old.
    pub fn expires(&self) -> UnixTime {
        self.expires
    }

    /// Whether it is old at `now`.
    pub fn is_old(&self, now: UnixTime) -> bool {
        now >= self.expires
    }

    /// Whether a key of the test world signed it: it decides about specimens only.
    pub(crate) fn is_test(&self) -> bool {
        self.test
    }

    /// The signed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The status at a position; unknown beyond the end of the list.
    pub fn status(&self, index: u64) -> Status {
        let byte = usize::try_from(index / 4).ok().and_then(|at| self.entries.get(at));
        match byte.map(|byte| value(*byte, index % 4)) {
            Some(StatusValue::InForce) => Status::InForce,
            Some(StatusValue::Withdrawn) => Status::Withdrawn,
            Some(StatusValue::Suspended) => Status::Suspended,
            Some(StatusValue::Replaced) => Status::Replaced,
            None => Status::Unknown,
        }
    }

    /// The value of every position, those that fill the last byte among them.
    pub fn values(&self) -> impl ExactSizeIterator<Item = StatusValue> {
        (0..self.entries.len() * 4).map(|index| value(self.entries[index / 4], index as u64 % 4))
    }
}

/// One of the four values of a byte, from its low end.
fn value(byte: u8, place: u64) -> StatusValue {
    match byte >> (2 * place) & 3 {
        0 => StatusValue::InForce,
        1 => StatusValue::Withdrawn,
        2 => StatusValue::Suspended,
        _ => StatusValue::Replaced,
    }
}

fn read(payload: &[u8], bytes: &[u8]) -> Option<StatusList> {
    let mut fields =
        Fields::open(cbor::read(payload, limits::STATUS_ITEMS).ok()?, &[2, 4, 6, 65_533], &[65_534]).ok()?;
    let subject = fields.take(2)?.text()?;
    let (authority, number) = subject.strip_prefix(SUBJECT)?.rsplit_once('/').filter(|(id, _)| is_authority_id(id))?;
    let number: u64 = number.parse().ok().filter(|parsed: &u64| parsed.to_string() == number)?;
    let expires = fields.take(4)?.time()?;
    let as_of = fields.take(6)?.time()?;
    let [lst, bits] = <[(Item<'_>, Item<'_>); 2]>::try_from(fields.take(65_533)?.map()?).ok()?;
    if let Some(ttl) = fields.take(65_534) {
        ttl.uint()?;
    }
    let shape = lst.0 == Item::Text("lst") && bits == (Item::Text("bits"), Item::Uint(2));
    let packed = lst.1.bytes().filter(|_| shape)?;
    let entries = compaction::inflate(packed, None, limits::STATUS_INFLATED)?;
    Some(StatusList {
        authority: authority.into(),
        number,
        as_of,
        expires,
        test: false,
        entries,
        bytes: bytes.to_vec(),
    })
}

const SUBJECT: &str = "sceau:";
const MEDIA_TYPE: &str = "application/statuslist+cwt";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_four_documents_a_byte_from_the_low_end() {
        let values = [
            StatusValue::InForce,
            StatusValue::Withdrawn,
            StatusValue::Suspended,
            StatusValue::Replaced,
            StatusValue::Withdrawn,
        ];
        let signed = StatusList::sign("X-1", 3, &values, 100, 200, &SealingKey::from_seed(&[1; 32]));
        let envelope = Envelope::read_typed(&signed, Some(MEDIA_TYPE)).unwrap();
        let payload = envelope.opened_by(&SealingKey::from_seed(&[1; 32]).public(), Object::StatusList).unwrap();
        let list = read(payload, &signed).unwrap();
        assert_eq!(list.entries, [0b11_10_01_00, 0b01]);
        let read_back: Vec<_> = (0..9).map(|index| list.status(index)).collect();
        assert_eq!(
            read_back[..5],
            [Status::InForce, Status::Withdrawn, Status::Suspended, Status::Replaced, Status::Withdrawn]
        );
        assert_eq!(read_back[8], Status::Unknown);
        assert_eq!(list.values().collect::<Vec<_>>(), [&values[..], &[StatusValue::InForce; 3]].concat());
        assert_eq!((list.authority(), list.number(), list.is_old(199), list.is_old(200)), ("X-1", 3, false, true));
    }
}
