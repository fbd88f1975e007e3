//! The office's folder: where its ledger stands, found from the folder in which somebody works upwards.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::World;

use super::Ledger;
use super::basis::{record_secret, recorded_secret};
use crate::file::{folder, write_whole};
use crate::keys::{OfficeSecret, secret_path};

/// A folder that `issuer init` has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// From the root of the disk.
    folder: PathBuf,
    /// As people see it from where they work; empty for that very place.
    shown: PathBuf,
}

impl Office {
    /// The office whose folder holds a place, or is it.
    pub fn around(place: &Path) -> Option<Self> {
        let place = std::path::absolute(place).ok()?;
        place.ancestors().find(|folder| folder.join(MARK).is_file()).map(Self::of)
    }

    fn of(folder: &Path) -> Self {
        let here = std::env::current_dir().ok();
        let up =
            here.as_deref().and_then(|here| here.strip_prefix(folder).ok()).map(|below| below.components().count());
        let below = here.as_deref().and_then(|here| folder.strip_prefix(here).ok());
        let shown = match (up, below) {
            (Some(up), _) => std::iter::repeat_n("..", up).collect(),
            (None, Some(below)) => below.to_owned(),
            (None, None) => folder.to_owned(),
        };
        Self { folder: folder.to_owned(), shown }
    }

    /// The office in whose folder somebody works; else the one in whose folder a key lies. A key of another office is
    /// refused.
    pub fn find(key: Option<&Path>) -> Result<Self> {
        let here = Self::around(&std::env::current_dir().context("reading the current folder")?);
        let of_key = key.and_then(|key| Self::around(folder(key)));
        match (here, of_key) {
            (Some(here), Some(other)) if here != other => bail!(
                "the key lies in the folder of another office, {}: go there, for its ledger knows what the key has sealed",
                other.folder().display()
            ),
            (Some(office), _) | (None, Some(office)) => Ok(office),
            (None, None) => bail!(
                "this is no office's folder, nor is any folder around it: make one with `issuer init`, or go into the one \
                 that you have"
            ),
        }
    }

    /// Makes an office of a folder: its ledger, and the mark that every command finds. Where anything was sealed, a ledger
    /// that is missing is a loss and no beginning.
    pub fn init(place: &Path, profile: Option<&str>, now: u64) -> Result<Self> {
        std::fs::create_dir_all(place).with_context(|| format!("making the folder {}", place.display()))?;
        if let Some(found) = Self::around(place) {
            found.check_ledger()?;
            bail!("{} is an office's folder already", found.folder().display());
        }
        let office = Self::of(&std::path::absolute(place)?);
        office.clear_what_was_begun()?;
        for entry in std::fs::read_dir(office.folder())?.flatten() {
            ensure!(
                !entry.path().join(BATCH_MARKER).exists(),
                "{} holds documents that were sealed: their ledger is lost, not to be begun. Put its newest copy back, or \
                 take another folder",
                entry.path().display()
            );
        }
        Ledger::create(&office, now)?;
        if let Some(profile) = profile {
            write_whole(&office.folder().join("office.toml"), profile.as_bytes())?;
        }
        // last: what stopped before is done again from the start
        write_whole(&office.folder().join(MARK), MARK_WORDS.as_bytes())?;
        Ok(office)
    }

    /// The office of a folder, made if there is none.
    pub fn at(place: &Path, now: u64) -> Result<Self> {
        let own = std::path::absolute(place)?;
        match Self::around(place).filter(|office| office.folder == own) {
            Some(office) => Ok(office),
            None => Self::init(place, None, now),
        }
    }

    /// A run that was stopped has left a ledger without its mark, in which nothing has happened yet.
    fn clear_what_was_begun(&self) -> Result<()> {
        let path = self.ledger();
        if !path.exists() {
            return Ok(());
        }
        let head = Ledger::open_unwitnessed(self)?.head()?;
        ensure!(
            head.event == 1,
            "{} is the ledger of an office, and {MARK} is gone: put it back, it is a text of any words",
            path.display()
        );
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))
    }

    fn check_ledger(&self) -> Result<()> {
        super::schema::check_file(&self.ledger())
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        if self.shown.as_os_str().is_empty() { Path::new(".") } else { &self.shown }
    }

    /// Where the ledger is.
    pub fn ledger(&self) -> PathBuf {
        self.shown.join("ledger.sqlite")
    }
}

impl Ledger {
    /// The secret of an authority beside a key; it is made if nothing was sealed with it, and must be the same ever after.
    pub fn office_secret(&self, key_file: &Path, authority: &str, world: World) -> Result<OfficeSecret> {
        let path = secret_path(key_file, authority, world);
        let known = recorded_secret(&self.connection, authority, world == World::Test)?;
        let secret = OfficeSecret::open_or_create(&path, known.is_some())?;
        ensure!(
            known.is_none_or(|known| known == secret.fingerprint()),
            "{} is another secret than the one with which this office has sealed; put the copy from the backup back",
            path.display()
        );
        Ok(secret)
    }

    /// Records the secret of an authority before its first act.
    pub(crate) fn record_secret(&self, authority: &str, world: World, secret: &OfficeSecret, now: u64) -> Result<()> {
        let test = world == World::Test;
        match recorded_secret(&self.connection, authority, test)? {
            Some(_) => Ok(()),
            None => self.write(|writer| record_secret(writer, authority, test, &secret.fingerprint(), now)),
        }
    }
}

/// Its mark.
const MARK: &str = "office.txt";
const MARK_WORDS: &str =
    "The folder of an office that seals with Sceau. Its ledger, ledger.sqlite, keeps everybody from getting two
originals: keep it on one computer, keep copies of it, and never begin another one in its place.
";
/// The file in the folder of a batch that says which one it is.
pub(crate) const BATCH_MARKER: &str = "batch.txt";
