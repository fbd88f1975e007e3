//! What a verifier holds from run to run: the highest versions it has seen, for each country, in two generations.
//!
//! A folder of the store is a country. Its two files are the last two generations; a new one takes the place of the older
//! file, whole or not at all, so that the newer one is untouched until its successor is on the disk. Countries are loaded
//! in the order in which they were installed: a later one undoes nothing that an earlier one says.

mod state;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use credential_core::{Anchor, FaultCode, Followed, Pack, Unfollowed, UnixTime};
use sha2::{Digest, Sha256};

use state::State;

/// A store whose files were read.
pub(crate) struct Store {
    folder: PathBuf,
    /// What is held, in the order in which it was installed.
    pub(crate) countries: Vec<Held>,
}

/// What is held of one country.
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

/// A country of which neither generation can be read, or a store that cannot be.
#[derive(Debug)]
pub(crate) enum Damage {
    /// It cannot be read or written.
    Failed(io::ErrorKind),
    /// Another program is changing it.
    Busy,
    /// Both generations in this folder are damaged.
    Both(PathBuf),
}

/// A pack that may take its place in the store.
pub(crate) enum Update {
    /// It is what is held already.
    Unchanged(usize),
    /// It follows what is held of this country.
    Follows(usize, Box<Followed>),
    /// It is of roots that were replaced here before: an old list never comes back.
    Former,
    /// It is of a country of which nothing is held: its root is for the user to trust.
    New(Box<Pack>),
}

impl Store {
    /// Reads a store; one that is not there is empty. Every country must be readable.
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
        let countries = names.iter().map(|path| Held::read(path)).collect::<Result<_, _>>()?;
        Ok(Self { folder: folder.to_owned(), countries })
    }

    /// What becomes of a pack: every check is made here, and nothing is written.
    pub(crate) fn judge(&self, bytes: &[u8], now: UnixTime) -> Result<Update, Unfollowed> {
        let same = |held: &Held, bytes: &[u8]| held.state.pack == bytes && !held.recovered;
        if let Some(at) = self.countries.iter().position(|held| same(held, bytes)) {
            return Ok(Update::Unchanged(at));
        }
        let mut refused = None;
        for (at, held) in self.countries.iter().enumerate() {
            match Pack::open_following(bytes, &held.pack, now) {
                // with the held lists that it does not repeat it is what is held
                Ok(followed) if same(held, &followed.bytes) => return Ok(Update::Unchanged(at)),
                Ok(followed) => return Ok(Update::Follows(at, Box::new(followed))),
                Err(Unfollowed::Refused(fault)) if fault.code() == FaultCode::TrustForeignRoot => {}
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        if let Some(error) = refused {
            return Err(error);
        }
        let pack = Pack::open(bytes, Anchor::AsCarried).map_err(Unfollowed::Refused)?;
        if let Some(list) = pack.ahead_of(now) {
            return Err(Unfollowed::Ahead(format!("{}/{}", list.authority(), list.number())));
        }
        let former = self.countries.iter().any(|held| held.state.roots.contains(pack.trust().root()));
        Ok(if former { Update::Former } else { Update::New(Box::new(pack)) })
    }

    /// The countries held whose roots are others and that name an authority of the pack: only one of the two can be right.
    pub(crate) fn rivals(&self, pack: &Pack) -> impl Iterator<Item = usize> {
        self.countries.iter().enumerate().filter(|(_, held)| held.pack.rivals(pack)).map(|(at, _)| at)
    }

    /// Takes away what a killed program left behind. Only for who has the lock.
    pub(crate) fn tidy(&self) {
        let folders = self.countries.iter().map(|held| &held.folder).chain([&self.folder]);
        let entries = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let left = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PARTIAL));
            if left {
                // one that stays does no harm
                let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
        }
    }

    /// Writes a pack that follows what is held of a country, in the place of the older generation.
    pub(crate) fn follow(&self, at: usize, bytes: &[u8], pack: &Pack) -> Result<(), Damage> {
        let held = &self.countries[at];
        let mut roots = held.state.roots.clone();
        if roots.last() != Some(pack.trust().root()) {
            roots.push(*pack.trust().root());
        }
        let generation = held.state.generation.saturating_add(1);
        let state = State { generation, roots, pack: bytes.to_owned() };
        write_whole(&held.folder, SLOTS[1 - held.slot], &state.to_bytes()).map_err(failed)
    }

    /// Installs a country: its folder appears with both generations or not at all.
    pub(crate) fn install(&self, bytes: &[u8], pack: &Pack) -> Result<(), Damage> {
        let next = self.countries.iter().filter_map(|held| number(&held.folder)).max().unwrap_or(0) + 1;
        let partial = tempfile::Builder::new().prefix(PARTIAL).tempdir_in(&self.folder).map_err(failed)?;
        for (generation, slot) in (0..).zip(SLOTS) {
            let state = State { generation, roots: vec![*pack.trust().root()], pack: bytes.to_owned() };
            write_whole(partial.path(), slot, &state.to_bytes()).map_err(failed)?;
        }
        fs::rename(partial.path(), self.folder.join(format!("{PREFIX}{next:04}"))).map_err(failed)?;
        let _ = partial.keep(); // it has its final name
        sync(&self.folder).map_err(failed)
    }
}

impl Held {
    /// SHA-256 of the pack that serves.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.state.pack).into()
    }

    fn read(folder: &Path) -> Result<Self, Damage> {
        let mut states: Vec<_> = SLOTS.iter().map(|slot| read_slot(&folder.join(slot))).enumerate().collect();
        states.sort_by_key(|(_, state)| std::cmp::Reverse(state.as_ref().map(|state| state.generation)));
        let mut recovered = states.iter().any(|(_, state)| state.is_none());
        for (slot, state) in states.into_iter().filter_map(|(slot, state)| Some((slot, state?))) {
            if let Ok(pack) = Pack::open(&state.pack, Anchor::Fingerprint(*state.root())) {
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
