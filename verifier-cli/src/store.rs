//! What a verifier holds from run to run: all that it was given and that can still count, anchor by anchor, in two
//! generations.
//!
//! A folder of the store is an anchor. Its two files are the last two generations; a new one takes the place of the older
//! file, whole or not at all, so that the newer one is untouched until its successor is on the disk. Register files lie beside
//! the anchors, and are on the disk before a generation speaks of their heads.

mod registers;
mod state;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use credential_core::lists::TrustState;
use credential_core::register::RegisterHead;
use credential_core::time::UnixTime;
use credential_core::{Anchor, Pack, TrustStore};
use sha2::{Digest, Sha256};

use registers::Registers;
use state::State;

/// A store whose files were read.
pub(crate) struct Store {
    folder: PathBuf,
    /// What is held, in the order in which it was installed.
    pub(crate) anchors: Vec<Held>,
}

/// What is held under one anchor.
pub(crate) struct Held {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// The pack that serves.
    pub(crate) pack: Pack,
    /// Whether the other generation is damaged or missing, so that a newer one may have been lost.
    pub(crate) recovered: bool,
    state: State,
    slot: usize,
}

/// An anchor of which neither generation can be read, or a store that cannot be.
#[derive(Debug)]
pub(crate) enum Damage {
    /// It cannot be read or written.
    Failed(io::ErrorKind),
    /// Another program is changing it.
    Busy,
    /// Both generations in this folder are damaged.
    Both(PathBuf),
    /// This folder was written by a version that kept packs in another way.
    OlderLayout(PathBuf),
    /// All that is known under an anchor is more than a pack may hold.
    TooMuch,
}

impl Store {
    /// Reads a store; one that is not there is empty. Every anchor must be readable.
    pub(crate) fn open(folder: &Path) -> Result<Self, Damage> {
        let mut names = Vec::new();
        match fs::read_dir(folder) {
            Ok(entries) => {
                for entry in entries {
                    names.push(entry.map_err(failed)?.path());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        names.retain(|path| number(path).is_some());
        names.sort_unstable_by_key(|path| number(path));
        let anchors = names.iter().map(|path| Held::read(path)).collect::<Result<_, _>>()?;
        Ok(Self { folder: folder.to_owned(), anchors })
    }

    /// Everything that is held, as one trust store.
    pub(crate) fn trust(&self) -> TrustStore {
        let mut trust = TrustStore::new().with_shelf(Arc::new(self.registers()));
        for held in &self.anchors {
            let pack = held.pack.clone();
            trust.limit(held.state.root, held.state.countries.clone());
            held.state.paired.iter().for_each(|id| trust.pair(id));
            trust.hold(held.state.root);
            trust.add(if held.recovered { pack.overtaken() } else { pack });
        }
        trust
    }

    /// The anchor from which a state was reached.
    pub(crate) fn held_of(&self, state: &TrustState) -> Option<&Held> {
        self.anchors.iter().find(|held| state.anchors().contains(&held.state.root))
    }

    fn registers(&self) -> Registers {
        Registers::of(&self.folder)
    }

    /// Whether the register of a head is at hand, whole.
    pub(crate) fn has_register(&self, head: &RegisterHead) -> bool {
        self.registers().has(head)
    }

    /// Takes away what a killed program left behind, and registers of which nobody speaks. Only for who has the lock.
    pub(crate) fn tidy(&self) {
        self.registers().keep_only(self.anchors.iter().flat_map(|held| held.pack.registers()).map(|(head, _)| head));
        let folders = self.anchors.iter().map(|held| &held.folder).chain([&self.folder]);
        let entries = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let left = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PARTIAL));
            if left {
                // one that stays does no harm
                let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
        }
    }

    /// Writes down what is known under an anchor, in the place of the older generation; false if it is held already.
    pub(crate) fn keep(
        &self,
        held: &Held,
        trust: &TrustStore,
        state: &TrustState,
        now: UnixTime,
    ) -> Result<bool, Damage> {
        let (pack, registered) = self.kept(trust, state, now)?;
        if pack == held.state.pack && !held.recovered {
            return Ok(registered);
        }
        self.write(held, State { root: *state.root(), pack, ..held.state.clone() })?;
        Ok(true)
    }

    /// The pack that says all that is known under an anchor, and whether a register was put on the disk for it.
    fn kept(&self, trust: &TrustStore, state: &TrustState, now: UnixTime) -> Result<(Vec<u8>, bool), Damage> {
        let bytes = trust.kept(state, now, false).map_err(|_| Damage::TooMuch)?;
        let pack = Pack::open(&bytes, Anchor::Held).map_err(|_| Damage::TooMuch)?;
        let registers = self.registers();
        let mut registered = false;
        for (head, _) in pack.registers() {
            let Some(file) = trust.file_of(head) else { continue };
            registered |= registers.put(head, file).map_err(failed)?;
        }
        Ok((bytes, registered))
    }

    /// Lets an anchor speak for one more country, or one of its authorities count beside another of the same looks.
    pub(crate) fn allow(&self, held: &Held, country: Option<&str>, authority: Option<&str>) -> Result<(), Damage> {
        let mut state = held.state.clone();
        state.countries.extend(country.map(Into::into));
        state.paired.extend(authority.map(Into::into));
        self.write(held, state)
    }

    fn write(&self, held: &Held, state: State) -> Result<(), Damage> {
        let state = State { generation: held.state.generation.saturating_add(1), ..state };
        write_whole(&held.folder, SLOTS[1 - held.slot], &state.to_bytes()).map_err(failed)
    }

    /// Installs an anchor: its folder appears with both generations or not at all.
    pub(crate) fn install(
        &self,
        trust: &TrustStore,
        state: &TrustState,
        countries: Vec<String>,
        now: UnixTime,
    ) -> Result<(), Damage> {
        let (pack, _) = self.kept(trust, state, now)?;
        let next = self.anchors.iter().filter_map(|held| number(&held.folder)).max().unwrap_or(0) + 1;
        let partial = tempfile::Builder::new().prefix(PARTIAL).tempdir_in(&self.folder).map_err(failed)?;
        let root = *state.root();
        for (generation, slot) in (0..).zip(SLOTS) {
            let state = State { generation, root, countries: countries.clone(), paired: vec![], pack: pack.clone() };
            write_whole(partial.path(), slot, &state.to_bytes()).map_err(failed)?;
        }
        fs::rename(partial.path(), self.folder.join(format!("{PREFIX}{next:04}"))).map_err(failed)?;
        let _ = partial.keep(); // it has its final name
        sync(&self.folder).map_err(failed)
    }

    /// Takes an anchor out, with all that was held under it.
    pub(crate) fn remove(&self, held: &Held) -> Result<(), Damage> {
        let name = held.folder.file_name().unwrap_or_default().to_string_lossy();
        let gone = self.folder.join(format!("{PARTIAL}{name}"));
        fs::rename(&held.folder, &gone).map_err(failed)?; // at once
        sync(&self.folder).map_err(failed)?;
        fs::remove_dir_all(&gone).map_err(failed)
    }
}

impl Held {
    /// SHA-256 of the pack that serves.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.state.pack).into()
    }

    /// The fingerprint of the newest root set that was reached.
    pub(crate) fn root(&self) -> &[u8; 32] {
        &self.state.root
    }

    /// The countries for which it speaks.
    pub(crate) fn countries(&self) -> &[String] {
        &self.state.countries
    }

    fn read(folder: &Path) -> Result<Self, Damage> {
        if SLOTS.iter().any(|slot| is_of_older_layout(&folder.join(slot))) {
            return Err(Damage::OlderLayout(folder.to_owned()));
        }
        let mut states: Vec<_> = SLOTS.iter().map(|slot| read_slot(&folder.join(slot))).enumerate().collect();
        states.sort_by_key(|(_, state)| std::cmp::Reverse(state.as_ref().map(|state| state.generation)));
        let mut recovered = states.iter().any(|(_, state)| state.is_none());
        for (slot, state) in states.into_iter().filter_map(|(slot, state)| Some((slot, state?))) {
            if let Ok(pack) = Pack::open(&state.pack, Anchor::Fingerprint(state.root)) {
                return Ok(Self { folder: folder.to_owned(), pack, recovered, state, slot });
            }
            recovered = true;
        }
        Err(Damage::Both(folder.to_owned()))
    }
}

/// Keeps other programs from changing a store meanwhile; makes its folder if there is none.
pub(crate) fn lock(folder: &Path) -> Result<File, Damage> {
    fs::create_dir_all(folder).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Damage::Busy),
        Err(fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// A generation, if every byte of it is there.
fn read_slot(path: &Path) -> Option<State> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST + 1).read_to_end(&mut bytes).ok()?;
    State::read(&bytes)
}

fn is_of_older_layout(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && State::is_of_older_layout(&head)
}

/// Writes a file under a passing name, brings it to the disk and gives it its name in the place of what is there.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|failed| failed.error)?;
    sync(folder)
}

/// Brings names to the disk.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn number(folder: &Path) -> Option<u32> {
    folder.file_name()?.to_str()?.strip_prefix(PREFIX)?.parse().ok()
}

fn failed(error: io::Error) -> Damage {
    Damage::Failed(error.kind())
}

const PREFIX: &str = "country-";
const PARTIAL: &str = ".partial-";
/// The file by which one program at a time changes a store.
pub(crate) const LOCK: &str = "lock";
const SLOTS: [&str; 2] = ["even.state", "odd.state"];
/// The most bytes of a generation: a pack and its head.
const MOST: u64 = 33 << 20;
