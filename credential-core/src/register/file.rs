//! The register file: rules REG-4 and REG-5.

use sha2::{Digest, Sha256};

use super::{ENTRY_BYTES, RegisterHead, entry_of};
use crate::cbor::{self, Fields, Item, Writer};
use crate::claims::Serial;
use crate::fault::{FaultCode, PackFault, PackObject};
use crate::limits;

/// The sorted entries of a register, bound to its head.
#[derive(Clone, Debug)]
pub struct RegisterFile {
    entries: Vec<u8>,
    digest: [u8; 32],
}

impl RegisterFile {
    /// Reads a register file and checks that it is the one of a head among `heads`; gives that head's position.
    pub(crate) fn open(bytes: &[u8], heads: &[RegisterHead]) -> Result<(usize, Self), PackFault> {
        let malformed = |rule| PackFault::new(FaultCode::RegisterMalformed, PackObject::RegisterFile(0), rule);
        let item = cbor::read(bytes, limits::REGISTER_ITEMS);
        let item = item.map_err(|error| malformed(error.fault.rule()).at(error.at))?;
        let (authority, number, entries) = read(item).ok_or(malformed("REG-4"))?;
        let mut of_place = heads.iter().enumerate().filter(|(_, head)| head.is_of(authority, number)).peekable();
        of_place.peek().ok_or(malformed("REG-4"))?;
        let digest: [u8; 32] = Sha256::digest(entries).into();
        let is_of = |head: &RegisterHead| {
            entries.len() as u64 == head.claims().count * ENTRY_BYTES as u64 && digest == head.claims().entries
        };
        let rises = entries.chunks_exact(ENTRY_BYTES).is_sorted_by(|before, after| before < after);
        let found = of_place.find(|(_, head)| rises && is_of(head));
        let (at, _) = found.ok_or(malformed("REG-5"))?;
        Ok((at, Self { entries: entries.to_vec(), digest }))
    }

    /// SHA-256 of its entries, by which it belongs to a head.
    pub(crate) fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The bytes of the file, as the register of a head.
    pub fn to_bytes(&self, head: &RegisterHead) -> Vec<u8> {
        write(head.authority(), head.claims().number, &self.entries)
    }

    /// Its entries of 16 bytes, sorted, one behind the other: label 3.
    pub fn entries(&self) -> &[u8] {
        &self.entries
    }

    /// How many documents it lists.
    pub fn count(&self) -> u64 {
        (self.entries.len() / ENTRY_BYTES) as u64
    }

    /// Whether it lists the document with this serial and this digest.
    pub fn lists(&self, serial: &Serial, digest: &[u8; 32]) -> bool {
        let wanted = entry_of(serial, digest);
        let (mut low, mut high) = (0, self.entries.len() / ENTRY_BYTES);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entries[middle * ENTRY_BYTES..][..ENTRY_BYTES].cmp(&wanted) {
                core::cmp::Ordering::Equal => return true,
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        false
    }
}

pub(super) fn write(authority: &str, number: u32, entries: &[u8]) -> Vec<u8> {
    let mut out = Writer::with_capacity(entries.len() + 80);
    out.map(4).uint(0).text(NAME).uint(1).text(authority).uint(2).uint(number.into()).uint(3).bytes(entries);
    out.into_bytes()
}

fn read(item: Item<'_>) -> Option<(&str, u32, &[u8])> {
    let mut fields = Fields::open(item, &[0, 1, 2, 3], &[]).ok()?;
    fields.take(0)?.text().filter(|&name| name == NAME)?;
    let (authority, number) = (fields.take(1)?.text()?, fields.take(2)?.uint()?.try_into().ok()?);
    Some((authority, number, fields.take(3)?.bytes()?))
}

const NAME: &str = "sceau/1/register";
