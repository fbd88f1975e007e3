//! The trust pack: SPEC section 9. One file of separately signed objects.

mod follow;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, FieldsError, Item, Writer};
use crate::compaction::Dictionary;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::limits;
use crate::register::{self, RegisterFile, RegisterHead};
use crate::status::StatusList;
use crate::trust::{Anchor, TrustClaims, TrustList};

pub use follow::{Followed, Unfollowed};

/// A pack of which every object has been checked.
#[derive(Clone, Debug)]
pub struct Pack {
    trust: TrustList,
    statuses: Vec<StatusList>,
    dictionaries: Vec<Dictionary>,
    registers: Vec<(RegisterHead, Option<RegisterFile>)>,
    overtaken: bool,
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
    /// Heads of registers.
    pub register_heads: Vec<&'a [u8]>,
    /// Register files; each belongs to one of the heads.
    pub register_files: Vec<&'a [u8]>,
}

impl<'a> PackContents<'a> {
    /// The objects of a pack file (PCK-1); nothing is said of what each of them holds.
    pub fn read(bytes: &'a [u8]) -> Result<Self, PackFault> {
        if bytes.len() > limits::PACK_BYTES {
            return Err(malformed("PCK-1"));
        }
        let value = cbor::read(bytes, limits::PACK_ITEMS);
        let value = value.map_err(|error| malformed(error.fault.rule()).at(error.at))?;
        let mut fields = Fields::open_roomy(value, &[0, 1, 2, 3], &[4, 5])
            .map_err(|error| malformed(if error == FieldsError::Room { "GRO-1" } else { "PCK-1" }))?;
        let mut contents = || {
            fields.take(0)?.text().filter(|&name| name == NAME)?;
            Some(Self {
                trust: fields.take(1)?.bytes()?,
                statuses: byte_strings(fields.take(2)?, limits::PACK_STATUS_LISTS)?,
                dictionaries: byte_strings(fields.take(3)?, limits::PACK_DICTIONARIES)?,
                register_heads: some_byte_strings(fields.take(4))?,
                register_files: some_byte_strings(fields.take(5))?,
            })
        };
        contents().ok_or(malformed("PCK-1"))
    }

    /// The bytes of the pack file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        let registers = [(4, &self.register_heads), (5, &self.register_files)];
        let registers = registers.into_iter().filter(|(_, objects)| !objects.is_empty());
        out.map(4 + registers.clone().count()).uint(0).text(NAME).uint(1).bytes(self.trust);
        for (label, objects) in [(2, &self.statuses), (3, &self.dictionaries)].into_iter().chain(registers) {
            out.uint(label).array(objects.len());
            objects.iter().for_each(|object| {
                out.bytes(object);
            });
        }
        out.into_bytes()
    }
}

impl Pack {
    /// Reads a pack and checks everything in it (PCK-1 to PCK-3, TRU, STA, REG). One bad object refuses the whole.
    pub fn open(bytes: &[u8], anchor: Anchor) -> Result<Self, PackFault> {
        Self::open_with(bytes, &|trust| TrustList::open(trust, anchor))
    }

    /// The same for a pack whose trust list must follow the one held (ROT-1 to ROT-3).
    pub fn open_successor(bytes: &[u8], held: &TrustList) -> Result<Self, PackFault> {
        Self::open_with(bytes, &|trust| TrustList::open_successor(trust, held))
    }

    fn open_with(bytes: &[u8], open: &dyn Fn(&[u8]) -> Result<TrustList, PackFault>) -> Result<Self, PackFault> {
        let contents = PackContents::read(bytes)?;
        let trust = open(contents.trust)?;
        let dictionaries = dictionaries(&contents.dictionaries, trust.claims())?;
        let statuses = statuses(&contents.statuses, trust.claims())?;
        let registers = registers(&contents.register_heads, &contents.register_files, trust.claims())?;
        Ok(Self { trust, statuses, dictionaries, registers, overtaken: false })
    }

    /// The pack as one in whose place a newer one was held and lost: all of its status lists count as old.
    pub fn overtaken(self) -> Self {
        Self { overtaken: true, ..self }
    }

    pub(crate) fn is_overtaken(&self) -> bool {
        self.overtaken
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

    /// The register heads, each with its file if the pack has it.
    pub fn registers(&self) -> impl Iterator<Item = (&RegisterHead, Option<&RegisterFile>)> {
        self.registers.iter().map(|(head, file)| (head, file.as_ref()))
    }

    /// The register of an authority with a number.
    pub fn register(&self, authority: &str, number: u32) -> Option<(&RegisterHead, Option<&RegisterFile>)> {
        self.registers().find(|(head, _)| head.authority() == authority && head.claims().number == number)
    }
}

/// An array that is left out where it would be empty.
fn some_byte_strings(value: Option<Item<'_>>) -> Option<Vec<&[u8]>> {
    match value {
        None => Some(Vec::new()),
        Some(value) => byte_strings(value, limits::PACK_REGISTERS).filter(|objects| !objects.is_empty()),
    }
}

fn byte_strings(value: Item<'_>, most: usize) -> Option<Vec<&[u8]>> {
    let items = value.array().filter(|items| items.len() <= most)?;
    items.iter().map(Item::bytes).collect()
}

fn malformed(rule: &'static str) -> PackFault {
    PackFault::new(FaultCode::PackMalformed, PackObject::Pack, rule)
}

// PCK-2
fn dictionaries(all: &[&[u8]], trust: &TrustClaims) -> Result<Vec<Dictionary>, PackFault> {
    let mut ids = BTreeSet::new();
    let named = |dictionary: &Dictionary| {
        let digest: [u8; 32] = Sha256::digest(dictionary.as_bytes()).into();
        trust.authorities.iter().any(|authority| authority.dictionaries.contains(&digest))
    };
    let mut open = |(at, bytes): (usize, &&[u8])| {
        let dictionary = Dictionary::new(bytes.to_vec()).filter(|one| named(one) && ids.insert(one.id()));
        dictionary.ok_or(PackFault::new(FaultCode::PackMalformed, PackObject::Dictionary(at), "PCK-2"))
    };
    all.iter().enumerate().map(&mut open).collect()
}

fn statuses(all: &[&[u8]], trust: &TrustClaims) -> Result<Vec<StatusList>, PackFault> {
    let open = |(at, list): (usize, &&[u8])| {
        StatusList::open(list, trust).map_err(|fault| fault.in_object(PackObject::StatusList(at)))
    };
    all.iter().enumerate().map(open).collect()
}

fn registers(
    heads: &[&[u8]],
    files: &[&[u8]],
    trust: &TrustClaims,
) -> Result<Vec<(RegisterHead, Option<RegisterFile>)>, PackFault> {
    let open = |(at, head): (usize, &&[u8])| {
        RegisterHead::open(head, trust).map_err(|fault| fault.in_object(PackObject::RegisterHead(at)))
    };
    let heads: Vec<_> = heads.iter().enumerate().map(open).collect::<Result<_, _>>()?;
    register::check_heads(&heads)?;
    let mut found: Vec<_> = heads.iter().map(|_| None).collect();
    for (at, bytes) in files.iter().enumerate() {
        let object = PackObject::RegisterFile(at);
        let (head, file) = RegisterFile::open(bytes, &heads).map_err(|fault| fault.in_object(object))?;
        if found[head].replace(file).is_some() {
            return Err(PackFault::new(FaultCode::RegisterMalformed, object, "REG-5"));
        }
    }
    Ok(heads.into_iter().zip(found).collect())
}

const NAME: &str = "sceau/1/pack";
