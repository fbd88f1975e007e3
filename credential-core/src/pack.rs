//! The trust pack: SPEC section 9. One file of separately signed objects.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::cbor::{self, Fields, FieldsError, Item, Writer};
use crate::compaction::Dictionary;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::index::Index;
use crate::limits;
use crate::register::{RegisterFile, RegisterHead};
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{Anchor, Known, TrustClaims, TrustList};

/// A pack of which every object has been checked.
#[derive(Clone, Debug)]
pub struct Pack {
    trust: Arc<TrustList>,
    links: Vec<Arc<TrustList>>,
    anchor: Option<[u8; 32]>,
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
    /// Other lists of its line: rotations, and whatever else says something that the newest one leaves out.
    pub links: Vec<&'a [u8]>,
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
        let mut fields = Fields::open_roomy(value, &[0, 1, 2, 3], &[4, 5, 6])
            .map_err(|error| malformed(if error == FieldsError::Room { "GRO-1" } else { "PCK-1" }))?;
        let mut contents = || {
            fields.take(0)?.text().filter(|&name| name == NAME)?;
            Some(Self {
                trust: fields.take(1)?.bytes()?,
                statuses: byte_strings(fields.take(2)?, limits::PACK_STATUS_LISTS)?,
                dictionaries: byte_strings(fields.take(3)?, limits::PACK_DICTIONARIES)?,
                register_heads: some_byte_strings(fields.take(4), limits::PACK_REGISTERS)?,
                register_files: some_byte_strings(fields.take(5), limits::PACK_REGISTERS)?,
                links: some_byte_strings(fields.take(6), limits::PACK_LINKS)?,
            })
        };
        contents().ok_or(malformed("PCK-1"))
    }

    /// The bytes of the pack file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        let others = [(4, &self.register_heads), (5, &self.register_files), (6, &self.links)];
        let others = others.into_iter().filter(|(_, objects)| !objects.is_empty());
        out.map(4 + others.clone().count()).uint(0).text(NAME).uint(1).bytes(self.trust);
        for (label, objects) in [(2, &self.statuses), (3, &self.dictionaries)].into_iter().chain(others) {
            out.uint(label).array(objects.len());
            objects.iter().for_each(|object| {
                out.bytes(object);
            });
        }
        out.into_bytes()
    }
}

impl Pack {
    /// Reads a pack and checks everything in it (PCK-1 to PCK-3, TRU, STA, REG), and that its own lists lead from the
    /// anchor to its trust list (TRU-5). One bad object refuses the whole.
    pub fn open(bytes: &[u8], anchor: Anchor) -> Result<Self, PackFault> {
        let contents = PackContents::read(bytes)?;
        let read = |list: &[u8], object| TrustList::read(list).map(Arc::new).map_err(|fault| fault.in_object(object));
        let trust = read(contents.trust, PackObject::TrustList)?;
        let links = contents.links.iter().enumerate().map(|(at, link)| read(link, PackObject::Link(at)));
        let links = links.collect::<Result<Vec<_>, _>>()?;
        let anchor = match anchor {
            Anchor::Fingerprint(held) => Some(held),
            Anchor::AsCarried => Some(*trust.root()),
            Anchor::Held => None,
        };
        let lists: Vec<_> = [&trust].into_iter().chain(&links).map(|list| list.claims()).collect();
        let dictionaries = dictionaries(&contents.dictionaries, &lists)?;
        let statuses = statuses(&contents.statuses, &lists)?;
        let registers = registers(&contents.register_heads, &contents.register_files, &lists)?;
        let pack = Self { trust, links, anchor, statuses, dictionaries, registers, overtaken: false };
        anchor.map_or(Ok(()), |anchor| pack.check_reached_from(&anchor))?;
        Ok(pack)
    }

    /// The pack as one whose trust list has this fault, for programs that keep packs.
    pub fn refused(&self, code: FaultCode) -> PackFault {
        let rule = if code == FaultCode::TrustVoid { "LIN-3" } else { "ANC-1" };
        PackFault::new(code, PackObject::TrustList, rule)
    }

    // ANC-1
    fn check_reached_from(&self, anchor: &[u8; 32]) -> Result<(), PackFault> {
        let refused = |code| Err(self.refused(code));
        match Known::of(self.lists().cloned()).line(anchor) {
            Some(line) if line.newest.iter().any(|list| list.id() == self.trust.id()) => Ok(()),
            Some(line) if line.is_named_by(&self.trust) => refused(FaultCode::TrustLinkMissing),
            _ => refused(FaultCode::TrustForeignRoot),
        }
    }

    /// All of its trust lists, the one that it was made around first.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &Arc<TrustList>> {
        [&self.trust].into_iter().chain(&self.links)
    }

    /// The root fingerprint by which it was opened, if by one.
    pub(crate) fn anchor(&self) -> Option<&[u8; 32]> {
        self.anchor.as_ref()
    }

    /// Refuses a pack with a status list that is dated more than a day ahead of the clock (KEP-2).
    ///
    /// # Errors
    /// `status-ahead`, for the first such list.
    pub fn check_clock(&self, now: UnixTime) -> Result<(), PackFault> {
        match self.statuses.iter().position(|list| list.is_ahead(now)) {
            Some(at) => Err(PackFault::new(FaultCode::StatusAhead, PackObject::StatusList(at), "KEP-2")),
            None => Ok(()),
        }
    }

    /// A status list that is dated more than a day ahead of the clock: no such pack is taken.
    pub fn ahead_of(&self, now: UnixTime) -> Option<&StatusList> {
        self.statuses().iter().find(|list| list.is_ahead(now))
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

    /// The other lists of its line that it carries.
    pub fn links(&self) -> impl Iterator<Item = &TrustList> {
        self.links.iter().map(|link| &**link)
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

    /// The newest register of an authority with a number.
    pub fn register(&self, authority: &str, number: u32) -> Option<(&RegisterHead, Option<&RegisterFile>)> {
        let of_place = self.registers().filter(|(head, _)| head.is_of(authority, number));
        of_place.max_by_key(|(head, _)| head.age())
    }
}

/// An array that is left out where it would be empty.
fn some_byte_strings(value: Option<Item<'_>>, most: usize) -> Option<Vec<&[u8]>> {
    match value {
        None => Some(Vec::new()),
        Some(value) => byte_strings(value, most).filter(|objects| !objects.is_empty()),
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
fn dictionaries(all: &[&[u8]], lists: &[&TrustClaims]) -> Result<Vec<Dictionary>, PackFault> {
    let authorities = || lists.iter().flat_map(|list| &list.authorities);
    let named: Index = authorities().flat_map(|authority| &authority.dictionaries).collect();
    let mut digests = Index::default();
    let mut open = |(at, bytes): (usize, &&[u8])| {
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        let dictionary = Dictionary::new(bytes.to_vec()).filter(|_| named.has(&digest) && digests.add(&digest));
        dictionary.ok_or(PackFault::new(FaultCode::PackMalformed, PackObject::Dictionary(at), "PCK-2"))
    };
    all.iter().enumerate().map(&mut open).collect()
}

fn statuses(all: &[&[u8]], lists: &[&TrustClaims]) -> Result<Vec<StatusList>, PackFault> {
    let open = |(at, list): (usize, &&[u8])| {
        StatusList::open_under(list, lists).map_err(|fault| fault.in_object(PackObject::StatusList(at)))
    };
    all.iter().enumerate().map(open).collect()
}

fn registers(
    heads: &[&[u8]],
    files: &[&[u8]],
    lists: &[&TrustClaims],
) -> Result<Vec<(RegisterHead, Option<RegisterFile>)>, PackFault> {
    let open = |(at, head): (usize, &&[u8])| {
        RegisterHead::open_under(head, lists).map_err(|fault| fault.in_object(PackObject::RegisterHead(at)))
    };
    let heads: Vec<_> = heads.iter().enumerate().map(open).collect::<Result<_, _>>()?;
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
