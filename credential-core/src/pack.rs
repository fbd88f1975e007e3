//! The trust pack: SPEC section 9. One file of separately signed objects.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, Item, Writer};
use crate::compaction::Dictionary;
use crate::limits;
use crate::outcome::Reason;
use crate::status::StatusList;
use crate::trust::{Anchor, TrustClaims, TrustList};

/// A pack of which every object has been checked.
#[derive(Clone, Debug)]
pub struct Pack {
    trust: TrustList,
    statuses: Vec<StatusList>,
    dictionaries: Vec<Dictionary>,
}

/// The signed objects and dictionaries that go into a pack file.
#[derive(Clone, Debug, Default)]
pub struct PackContents<'a> {
    /// The trust list.
    pub trust: &'a [u8],
    /// Status lists.
    pub statuses: Vec<&'a [u8]>,
    /// Dictionaries.
    pub dictionaries: Vec<&'a [u8]>,
}

impl PackContents<'_> {
    /// The bytes of the pack file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.map(4).uint(0).text(NAME).uint(1).bytes(self.trust);
        for (label, objects) in [(2, &self.statuses), (3, &self.dictionaries)] {
            out.uint(label).array(objects.len());
            objects.iter().for_each(|object| {
                out.bytes(object);
            });
        }
        out.into_bytes()
    }
}

impl Pack {
    /// Reads a pack and checks everything in it (PCK-1 to PCK-3, TRU, STA). One bad object refuses the whole.
    pub fn open(bytes: &[u8], anchor: Anchor) -> Result<Self, Reason> {
        let (trust, statuses, dictionaries) = read(bytes).ok_or(Reason::PackMalformed)?;
        let trust = TrustList::open(trust, anchor)?;
        check_dictionaries(&dictionaries, trust.claims())?;
        let statuses: Vec<_> =
            statuses.iter().map(|list| StatusList::open(list, trust.claims())).collect::<Result<_, _>>()?;
        let mut subjects = BTreeSet::new();
        if !statuses.iter().all(|list| subjects.insert((list.authority(), list.number()))) {
            return Err(Reason::StatusMalformed); // STA-3
        }
        Ok(Self { trust, statuses, dictionaries })
    }

    /// The trust list.
    pub fn trust(&self) -> &TrustList {
        &self.trust
    }

    /// The status lists.
    pub fn statuses(&self) -> &[StatusList] {
        &self.statuses
    }

    /// The dictionaries.
    pub fn dictionaries(&self) -> &[Dictionary] {
        &self.dictionaries
    }

    /// The status list of an authority with a number.
    pub fn status_list(&self, authority: &str, number: u64) -> Option<&StatusList> {
        self.statuses.iter().find(|list| list.authority() == authority && list.number() == number)
    }
}

type Contents<'a> = (&'a [u8], Vec<&'a [u8]>, Vec<Dictionary>);

fn read(bytes: &[u8]) -> Option<Contents<'_>> {
    if bytes.len() > limits::PACK_BYTES {
        return None;
    }
    let value = cbor::read(bytes, limits::PACK_ITEMS).ok()?;
    let mut fields = Fields::open(value, &[0, 1, 2, 3], &[]).ok()?;
    fields.take(0)?.text().filter(|&name| name == NAME)?;
    let trust = fields.take(1)?.bytes()?;
    let statuses = byte_strings(fields.take(2)?, limits::PACK_STATUS_LISTS)?;
    let dictionaries = byte_strings(fields.take(3)?, limits::PACK_DICTIONARIES)?;
    Some((
        trust,
        statuses,
        dictionaries.into_iter().map(|bytes| Dictionary::new(bytes.to_vec())).collect::<Option<_>>()?,
    ))
}

fn byte_strings(value: Item<'_>, most: usize) -> Option<Vec<&[u8]>> {
    let items = value.array().filter(|items| items.len() <= most)?;
    items.iter().map(Item::bytes).collect()
}

// PCK-2
fn check_dictionaries(dictionaries: &[Dictionary], trust: &TrustClaims) -> Result<(), Reason> {
    let named = |dictionary: &Dictionary| {
        let digest: [u8; 32] = Sha256::digest(dictionary.as_bytes()).into();
        trust.authorities.iter().any(|authority| authority.dictionaries.contains(&digest))
    };
    let mut ids = BTreeSet::new();
    let fits = dictionaries.iter().all(|dictionary| named(dictionary) && ids.insert(dictionary.id()));
    if fits { Ok(()) } else { Err(Reason::PackMalformed) }
}

const NAME: &str = "sceau/1/pack";
