//! The trust pack: SPEC section 9. One file of separately signed objects.

mod follow;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, Item, Writer};
use crate::compaction::Dictionary;
use crate::limits;
use crate::outcome::Reason;
use crate::register::{self, RegisterFile, RegisterHead};
use crate::status::StatusList;
use crate::trust::{Anchor, TrustClaims, TrustList};

pub use follow::Unfollowed;

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
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() > limits::PACK_BYTES {
            return None;
        }
        let value = cbor::read(bytes, limits::PACK_ITEMS).ok()?;
        let mut fields = Fields::open(value, &[0, 1, 2, 3], &[4, 5]).ok()?;
        fields.take(0)?.text().filter(|&name| name == NAME)?;
        Some(Self {
            trust: fields.take(1)?.bytes()?,
            statuses: byte_strings(fields.take(2)?, limits::PACK_STATUS_LISTS)?,
            dictionaries: byte_strings(fields.take(3)?, limits::PACK_DICTIONARIES)?,
            register_heads: some_byte_strings(fields.take(4))?,
            register_files: some_byte_strings(fields.take(5))?,
        })
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
    pub fn open(bytes: &[u8], anchor: Anchor) -> Result<Self, Reason> {
        Self::open_with(bytes, |trust| TrustList::open(trust, anchor))
    }

    /// The same for a pack whose trust list must follow the one held (ROT-1 to ROT-3).
    pub fn open_successor(bytes: &[u8], held: &TrustList) -> Result<Self, Reason> {
        Self::open_with(bytes, |trust| TrustList::open_successor(trust, held))
    }

    fn open_with(bytes: &[u8], open: impl FnOnce(&[u8]) -> Result<TrustList, Reason>) -> Result<Self, Reason> {
        let contents = PackContents::read(bytes).ok_or(Reason::PackMalformed)?;
        let trust = open(contents.trust)?;
        let dictionaries = dictionaries(&contents.dictionaries, trust.claims()).ok_or(Reason::PackMalformed)?;
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

    /// The status list of an authority with a number.
    pub fn status_list(&self, authority: &str, number: u64) -> Option<&StatusList> {
        self.statuses.iter().find(|list| list.authority() == authority && list.number() == number)
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

// PCK-2
fn dictionaries(all: &[&[u8]], trust: &TrustClaims) -> Option<Vec<Dictionary>> {
    let dictionaries: Vec<_> = all.iter().map(|bytes| Dictionary::new(bytes.to_vec())).collect::<Option<_>>()?;
    let named = |dictionary: &Dictionary| {
        let digest: [u8; 32] = Sha256::digest(dictionary.as_bytes()).into();
        trust.authorities.iter().any(|authority| authority.dictionaries.contains(&digest))
    };
    let mut ids = BTreeSet::new();
    let fits = dictionaries.iter().all(|dictionary| named(dictionary) && ids.insert(dictionary.id()));
    fits.then_some(dictionaries)
}

fn statuses(all: &[&[u8]], trust: &TrustClaims) -> Result<Vec<StatusList>, Reason> {
    let lists: Vec<_> = all.iter().map(|list| StatusList::open(list, trust)).collect::<Result<_, _>>()?;
    let mut subjects = BTreeSet::new();
    let differ = lists.iter().all(|list| subjects.insert((list.authority(), list.number())));
    if differ { Ok(lists) } else { Err(Reason::StatusMalformed) } // STA-3
}

fn registers(
    heads: &[&[u8]],
    files: &[&[u8]],
    trust: &TrustClaims,
) -> Result<Vec<(RegisterHead, Option<RegisterFile>)>, Reason> {
    let heads: Vec<_> = heads.iter().map(|head| RegisterHead::open(head, trust)).collect::<Result<_, _>>()?;
    register::check_heads(&heads)?;
    let mut found: Vec<_> = heads.iter().map(|_| None).collect();
    for bytes in files {
        let (at, file) = RegisterFile::open(bytes, &heads)?;
        if found[at].replace(file).is_some() {
            return Err(Reason::RegisterMalformed); // REG-5
        }
    }
    Ok(heads.into_iter().zip(found).collect())
}

const NAME: &str = "sceau/1/pack";
