//! Register files of a store: each in a file of its own beside the anchors, looked up where it lies.
//!
//! A file has a head of [`HEAD`] bytes, an index and the entries of the register. The index has, for each [`BLOCK`] bytes of
//! entries, the first of them and the SHA-256 of the block; the head has the SHA-256 of the index. So a look-up reads two small
//! pieces of a file of any size, and nothing that was damaged is ever searched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use credential_core::register::{RegisterFile, RegisterHead, RegisterShelf};
use sha2::{Digest, Sha256};

use super::write_whole;
use crate::hex;

/// The registers of a store.
#[derive(Debug)]
pub(crate) struct Registers {
    folder: PathBuf,
    /// Indexes that were read, by name; none for a file that is not there or is damaged.
    opened: Mutex<BTreeMap<String, Option<Arc<Index>>>>,
}

/// Of each block its first entry and its SHA-256.
#[derive(Debug)]
struct Index {
    blocks: Vec<([u8; ENTRY], [u8; 32])>,
    count: u64,
}

impl Registers {
    /// The registers of a store's folder.
    pub(crate) fn of(store: &Path) -> Self {
        Self { folder: store.join(FOLDER), opened: Mutex::default() }
    }

    /// Whether the whole file of a head is there, byte for byte.
    pub(crate) fn has(&self, head: &RegisterHead) -> bool {
        let name = name(head);
        let whole = || {
            let index = self.index(&name)?;
            let mut file = self.entries_of(&name, &index).ok()?;
            let (mut digest, mut block) = (Sha256::new(), Vec::new());
            for (_, known) in &index.blocks {
                block.clear();
                (&mut file).take(BLOCK as u64).read_to_end(&mut block).ok()?;
                digest.update(&block);
                (Sha256::digest(&block)[..] == known[..]).then_some(())?;
            }
            let entries: [u8; 32] = digest.finalize().into();
            (entries == head.claims().entries && index.count == head.claims().count).then_some(())
        };
        whole().is_some()
    }

    /// Puts the file of a head on the disk, if it is not there; false if it is.
    pub(crate) fn put(&self, head: &RegisterHead, file: &RegisterFile) -> io::Result<bool> {
        if self.has(head) {
            return Ok(false);
        }
        let mut index = Vec::new();
        for block in file.entries().chunks(BLOCK) {
            index.extend_from_slice(&block[..ENTRY]);
            index.extend_from_slice(&Sha256::digest(block));
        }
        let count = file.count().to_be_bytes();
        let digest = Sha256::new().chain_update(count).chain_update(&index).finalize();
        let bytes = [&NAME[..], &count, &digest, &index, file.entries()].concat();
        fs::create_dir_all(&self.folder)?;
        let name = name(head);
        write_whole(&self.folder, &name, &bytes)?;
        self.lock().remove(&name);
        Ok(true)
    }

    /// Takes away the files of which none of these heads speaks. Only for who has the store's lock.
    pub(crate) fn keep_only<'h>(&self, heads: impl Iterator<Item = &'h RegisterHead>) {
        let names: Vec<_> = heads.map(name).collect();
        for path in fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.file_name().is_none_or(|found| !names.iter().any(|name| found == name.as_str())) {
                let _ = fs::remove_file(path); // one that stays does no harm
            }
        }
    }

    fn index(&self, name: &str) -> Option<Arc<Index>> {
        let mut opened = self.lock();
        if let Some(known) = opened.get(name) {
            return known.clone();
        }
        let index = Index::read(&self.folder.join(name)).map(Arc::new);
        opened.insert(name.to_owned(), index.clone());
        index
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Option<Arc<Index>>>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file, where its entries begin.
    fn entries_of(&self, name: &str, index: &Index) -> io::Result<File> {
        let mut file = File::open(self.folder.join(name))?;
        file.seek(SeekFrom::Start((HEAD + index.blocks.len() * IN_INDEX) as u64))?;
        Ok(file)
    }

    fn find(&self, name: &str, entry: &[u8; ENTRY]) -> Option<bool> {
        let index = self.index(name)?;
        let Some(at) = index.blocks.partition_point(|(first, _)| first <= entry).checked_sub(1) else {
            return Some(false);
        };
        let mut file = self.entries_of(name, &index).ok()?;
        file.seek_relative((at * BLOCK) as i64).ok()?;
        let mut block = Vec::new();
        file.take(BLOCK as u64).read_to_end(&mut block).ok()?;
        let (_, known) = index.blocks[at];
        (Sha256::digest(&block)[..] == known).then(|| block.chunks_exact(ENTRY).any(|one| one == entry))
    }
}

impl RegisterShelf for Registers {
    fn lists(&self, head: &RegisterHead, entry: &[u8; 16]) -> Option<bool> {
        let name = name(head);
        (self.index(&name)?.count == head.claims().count).then(|| self.find(&name, entry))?
    }
}

impl Index {
    fn read(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let (name, rest) = head.split_first_chunk::<{ NAME.len() }>()?;
        let (count, digest) = rest.split_first_chunk::<8>()?;
        let entries = u64::from_be_bytes(*count).checked_mul(ENTRY as u64).filter(|bytes| *bytes <= MOST)?;
        let mut bytes = Vec::new();
        file.take(entries.div_ceil(BLOCK as u64) * IN_INDEX as u64).read_to_end(&mut bytes).ok()?;
        let found = Sha256::new().chain_update(count).chain_update(&bytes).finalize();
        let (blocks, rest) = bytes.as_chunks::<IN_INDEX>();
        let whole = name == NAME && found[..] == *digest && rest.is_empty();
        let block = |block: &[u8; IN_INDEX]| Some((*block.first_chunk()?, *block.last_chunk()?));
        let blocks = blocks.iter().map(block).collect::<Option<_>>()?;
        whole.then_some(Self { blocks, count: u64::from_be_bytes(*count) })
    }
}

/// Files are named by their entries.
fn name(head: &RegisterHead) -> String {
    format!("{}.register", hex::hex(&head.claims().entries))
}

const FOLDER: &str = "registers";
const NAME: &[u8; 16] = b"sceau registers\n";
/// Bytes of an entry.
const ENTRY: usize = 16;
/// Bytes of a block.
const BLOCK: usize = 256 * ENTRY;
/// Bytes of a block's part of the index.
const IN_INDEX: usize = ENTRY + 32;
/// Bytes before the index: name, count, SHA-256.
const HEAD: usize = NAME.len() + 8 + 32;
/// The most bytes of a register: those of a pack.
const MOST: u64 = 32 << 20;
