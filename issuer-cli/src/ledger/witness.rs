//! Witnesses: what says how far a ledger had come, outside of it. A ledger that is older than any of them does nothing.
//!
//! One stands beside the ledger, one with the user of this computer, where no copy of the folder takes it along. What was
//! sealed into the office's folder bears witness too.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::chain::{self, Head};
use super::{BATCH_MARKER, Ledger, Office};
use crate::file::{folder, replace, with_ending};
use crate::hex::{from_hex, hex};

/// How far a ledger had come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Witness {
    ledger: String,
    #[serde(flatten)]
    pub(super) head: Head,
    /// Bytes of the file, and the SHA-256 of each mebibyte of it, when no program had it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<AtRest>,
}

/// A file's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AtRest {
    pub(super) bytes: u64,
    pub(super) blocks: Vec<String>,
}

impl Witness {
    pub(super) fn of(ledger: &Ledger) -> Result<Self> {
        Ok(Self { ledger: ledger.id.clone(), head: ledger.head()?, file: None })
    }

    pub(super) fn at_rest(ledger: &Ledger) -> Result<Self> {
        let (path, witness) = (ledger.path(), Self::of(ledger)?);
        let file = AtRest::of(&path)?;
        // another program is at work: what it has written is not all in the file yet, and it will say so itself
        let busy = fs::metadata(with_ending(&path, "-wal")).is_ok_and(|side| side.len() > 0);
        let alone = !busy && witness.head == ledger.head()?;
        Ok(Self { file: alone.then_some(file), ..witness })
    }

    /// Writes both, whole or not at all.
    pub(super) fn write(&self, ledger: &Ledger) -> Result<()> {
        let own = serde_json::to_vec(self)?;
        replace(&beside(&ledger.office), &own)?;
        let outside = serde_json::to_vec(&Self { file: None, ..self.clone() })?;
        let path = outside_path(&ledger.id)?;
        fs::create_dir_all(folder(&path)).with_context(|| format!("making the folder {}", folder(&path).display()))?;
        replace(&path, &outside)
    }

    /// The witness in a file; none if there is none, or only what a power cut left of it.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        match fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            read => Ok(serde_json::from_slice(&read.with_context(|| format!("reading {}", path.display()))?).ok()),
        }
    }

    /// The chain must go through this witness.
    fn check(&self, ledger: &Ledger, place: &Path) -> Result<()> {
        let (own, name) = (ledger.head()?, ledger.path());
        ensure!(
            self.ledger == ledger.id,
            "{} belongs to another ledger than {}: one of the two is from another office; put back those that go together",
            place.display(),
            name.display()
        );
        match chain::digest_of(&ledger.connection, self.head.event)? {
            Some(found) if found == self.head.digest => Ok(()),
            Some(_) => bail!(
                "the ledger {} has parted from another copy of itself: {} tells of {} ({}), and here that event is another \
                 one. Two copies of the office were used side by side; work with the one that went on, and put it back here",
                name.display(),
                place.display(),
                self.head.words(),
                self.head.time
            ),
            None => bail!(
                "the ledger {} is older than it should be: it ends with {} of {}, and {} tells of {} of {}. Put its newest \
                 copy back; nothing is sealed, published or closed before that",
                name.display(),
                own.words(),
                own.time,
                place.display(),
                self.head.words(),
                self.head.time
            ),
        }
    }
}

impl AtRest {
    pub(super) fn of(path: &Path) -> Result<Self> {
        let context = || format!("reading {}", path.display());
        let mut file = fs::File::open(path).with_context(context)?;
        let (mut found, mut block) = (Self { bytes: 0, blocks: Vec::new() }, Vec::with_capacity(BLOCK));
        loop {
            block.clear();
            let read = file.by_ref().take(BLOCK as u64).read_to_end(&mut block).with_context(context)?;
            if read == 0 {
                return Ok(found);
            }
            found.bytes += read as u64;
            found.blocks.push(hex(&Sha256::digest(&block)));
        }
    }
}

/// Compares an open ledger with all that bears witness to it.
pub(super) fn check(ledger: &Ledger) -> Result<()> {
    check_near(ledger)?;
    let outside = outside_path(&ledger.id)?;
    match Witness::read(&outside)? {
        Some(witness) => witness.check(ledger, &outside)?,
        None => bail!(
            "the ledger {} was never used on this computer by this user. If it has moved here, give the trust pack that the \
             public has now, so that nothing that was published is forgotten: issuer ledger move --public trust.sceau",
            ledger.path().display()
        ),
    }
    Ok(())
}

/// The same with what stands in the office's folder alone.
pub(super) fn check_near(ledger: &Ledger) -> Result<()> {
    let near = beside(&ledger.office);
    if let Some(witness) = Witness::read(&near)? {
        witness.check(ledger, &near)?;
    }
    check_folders(ledger)
}

/// Every batch in the office's folder is in its ledger.
fn check_folders(ledger: &Ledger) -> Result<()> {
    let office = ledger.office.folder();
    for folder in folders(office).into_iter().chain(folders(&office.join("sealed"))) {
        let Ok(marker) = fs::read_to_string(folder.join(BATCH_MARKER)) else { continue };
        let Some(name) = from_hex(marker.trim()).and_then(|name| <[u8; 16]>::try_from(name).ok()) else { continue };
        let sql = "SELECT 1 FROM batch WHERE name = ?";
        let known = ledger.connection.query_row(sql, [name], |_| Ok(())).optional()?.is_some();
        ensure!(
            known,
            "{} holds a batch that the ledger {} does not know: the ledger is older than the folder, or the folder is of \
             another office. Put the newest copy of the ledger back; nothing is sealed before that",
            folder.display(),
            ledger.path().display()
        );
    }
    Ok(())
}

fn folders(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place).map(|entries| entries.flatten().map(|entry| entry.path()));
    let mut found: Vec<PathBuf> = entries.into_iter().flatten().filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// Beside the ledger.
pub(super) fn beside(office: &Office) -> PathBuf {
    office.folder().join("ledger.head")
}

/// With the user of this computer: `SCEAU_STATE`, or where the system keeps what programs remember.
pub(super) fn outside_path(ledger: &str) -> Result<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let tests = cfg!(test).then(|| std::env::temp_dir().join("sceau-tests"));
    let place = tests
        .or_else(|| of("SCEAU_STATE"))
        .or_else(|| of("XDG_STATE_HOME").map(|state| state.join("sceau")))
        .or_else(|| of("LOCALAPPDATA").map(|state| state.join("sceau")))
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/state/sceau")));
    let place = place.context("this user has no folder of their own, so nothing tells a ledger from an older copy of it; set SCEAU_STATE to a folder")?;
    Ok(place.join(format!("{ledger}.head")))
}

const BLOCK: usize = 1 << 20;
