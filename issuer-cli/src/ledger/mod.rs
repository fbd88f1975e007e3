//! The office's ledger: one SQLite file in which everything the office did is an event of one hash chain.
//!
//! An event is a JSON line with its number and the SHA-256 of the line before it; none is ever changed or taken out. The rows
//! of documents, persons, acts and minutes stand in tables beside them: an event fixes each by a digest, or they follow from
//! the events and nothing else. All keys of the office ask the same ledger, so that nobody gets two originals.
//!
//! WAL and FULL, and the side file is emptied with each commit: what has left the house never stands in a side file alone.

mod acts;
mod basis;
mod chain;
mod decisions;
mod documents;
mod event;
mod key;
mod office;
mod persons;
mod schema;
mod state;
mod verify;
mod witness;

use std::cell::Cell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use acts::Act;
pub use basis::UsedMinutes;
pub use chain::Head;
pub(crate) use chain::Writer;
pub use decisions::{Change, History, Past};
pub(crate) use documents::unfinished_words;
pub use documents::{BatchRecord, DocumentRecord, Identity, NewBatch, SealedBefore};
pub(crate) use event::Event;
pub use key::{Closing, Register, SealedBatch};
pub(crate) use office::BATCH_MARKER;
pub use office::Office;
pub use persons::{Found, Person};
pub use state::State;
pub use verify::{Verified, verify};

use crate::file::{keep_private, lock};
use chain::read_chain;
use witness::Witness;

/// An open ledger whose chain holds and that is not older than its witnesses.
pub struct Ledger {
    connection: Connection,
    office: Office,
    id: String,
    /// Whether events were added: then the witnesses are written once more at the end.
    changed: Cell<bool>,
}

impl Ledger {
    /// Makes the ledger of a new office.
    pub(super) fn create(office: &Office, now: u64) -> Result<Self> {
        let path = office.ledger();
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| anyhow::anyhow!("the system gives no random bytes"))?;
        let id = crate::hex::hex(&id);
        // under a passing name until it is whole
        let passing = office.folder().join(PASSING);
        if passing.exists() {
            std::fs::remove_file(&passing).with_context(|| format!("removing {}", passing.display()))?;
        }
        let connection = Connection::open(&passing).with_context(|| format!("making {}", path.display()))?;
        // it names everybody who has a document
        keep_private(&passing)?;
        schema::create(&connection)?;
        let ledger = Self { connection, office: office.clone(), id: id.clone(), changed: Cell::new(false) };
        ledger.write(|writer| writer.append(now, &Event::Began { ledger: id.clone() }, &[]))?;
        drop(ledger);
        std::fs::rename(&passing, &path).with_context(|| format!("making {}", path.display()))?;
        let connection = connect(&path)?;
        let ledger = Self { connection, office: office.clone(), id, changed: Cell::new(true) };
        ledger.witness()?;
        Ok(ledger)
    }

    /// Opens the ledger of an office: the chain must hold, and no witness may be newer.
    pub fn open(office: &Office) -> Result<Self> {
        let ledger = Self::open_unwitnessed(office)?;
        witness::check(&ledger).map_err(|error| named(error, &ledger.path()))?;
        Ok(ledger)
    }

    /// The same before anybody has compared it with what left the house.
    pub(crate) fn open_unwitnessed(office: &Office) -> Result<Self> {
        let path = office.ledger();
        schema::check_file(&path)?;
        let connection = connect(&path)?;
        schema::migrate(&connection, &path)?;
        let id = read_chain(&connection).with_context(|| broken(&path))?;
        Ok(Self { connection, office: office.clone(), id, changed: Cell::new(false) })
    }

    /// Uses it on this computer from here on.
    pub(crate) fn take_over(&self, compared_with: &str, now: u64) -> Result<()> {
        witness::check_near(self)?;
        let event = Event::Machine { compared_with: compared_with.to_owned() };
        self.write(|writer| writer.append(now, &event, &[]))
    }

    /// Where it stands.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// Its own name, 32 hexadecimal digits that no other ledger has.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Number and digest of its last event.
    pub fn head(&self) -> Result<Head> {
        chain::head(&self.connection)
    }

    /// Nobody else seals with it as long as the file lives.
    pub(crate) fn lock_sealing(&self) -> Result<File> {
        lock(
            &self.office.folder().join("sealing"),
            "another program is sealing in this office's folder; wait until it has ended",
        )
    }

    /// Nobody else decides with it as long as the file lives.
    pub(crate) fn lock_deciding(&self) -> Result<File> {
        lock(
            &self.office.folder().join("deciding"),
            "another program is changing the status of documents of this office; wait until it has ended",
        )
    }

    /// Everything that `change` writes, or nothing; then the witnesses follow.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let done = self.commit(change)?;
        self.changed.set(true);
        if self.office.ledger().exists() {
            Witness::of(self)?.write(self)?;
        }
        Ok(done)
    }

    fn commit<T>(&self, change: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let path =
            || format!("writing {}; make room on the disk and give the same command again", self.path().display());
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).with_context(path)?;
        let done = change(&Writer::new(&transaction))?;
        transaction.commit().with_context(path)?;
        // a reader at work keeps the side file for now: the next commit empties it
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).with_context(path)?;
        Ok(done)
    }

    fn path(&self) -> PathBuf {
        self.office.ledger()
    }

    /// Brings both witnesses up to date, with the digests of the file as it now lies there.
    fn witness(&self) -> Result<()> {
        Witness::at_rest(self)?.write(self)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        if self.changed.get() && self.path().exists() {
            // a witness that lags says less, and nothing wrong
            let _ = self.witness();
        }
    }
}

fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).with_context(|| format!("opening the ledger {}", path.display()))?;
    connection.busy_timeout(Duration::from_secs(20))?;
    schema::set_up(&connection).with_context(|| broken(path))?;
    Ok(connection)
}

/// What SQLite says of a damaged file names no file.
fn named(error: anyhow::Error, path: &Path) -> anyhow::Error {
    if error.chain().any(|cause| cause.is::<rusqlite::Error>()) { error.context(broken(path)) } else { error }
}

fn broken(path: &Path) -> String {
    format!("the ledger {} is damaged; put its newest copy back, and seal nothing before that", path.display())
}

const PASSING: &str = ".sceau-ledger";
