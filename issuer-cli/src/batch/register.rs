//! The register of a key: every batch and every document that it sealed, written before anything leaves the house.
//!
//! SQLite with WAL and FULL: what is committed survives a kill and, as far as the disk tells the truth, a power cut.

mod acts;
mod secret;

pub use acts::Act;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use credential_core::document::{Serial, Tag, tag};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::closing::{self, Closing};
use crate::file::{lock, with_ending};
use crate::minutes::UsedMinutes;

/// The register file of one key.
pub struct Register {
    connection: Connection,
    // held as long as the register is open: two programs never seal with one key at a time
    _lock: std::fs::File,
}

/// What makes two runs the same batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity {
    pub(super) list: [u8; 32],
    pub(super) profile: [u8; 32],
    pub(super) kind: u8,
}

/// A batch as it was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BatchRecord {
    pub(super) id: i64,
    pub(super) name: [u8; 16],
    pub(super) sealed_at: u64,
    pub(super) count: u32,
    pub(super) resumed: bool,
}

/// What a holder has already.
pub(super) struct SealedBefore {
    pub(super) serial: Vec<u8>,
    pub(super) contents: [u8; 32],
}

/// One sealed document of a batch.
pub(super) struct DocumentRecord<'a> {
    pub(super) serial: &'a [u8],
    pub(super) position: u32,
    /// SHA-256 of kind, session and candidate's number: nobody gets two originals.
    pub(super) holder: [u8; 32],
    /// A keyed digest of kind, session, name and birth: the same person under another number is looked at.
    pub(super) person: [u8; 32],
    /// A keyed digest of what it says, wherever it stands in the list.
    pub(super) contents: [u8; 32],
    /// The document digest (SPEC section 6); its tag stands beside it.
    pub(super) digest: [u8; 32],
}

/// The register of a key, to read what was sealed; nothing is changed.
pub struct RegisterReader {
    connection: Connection,
}

/// A batch as the register tells it.
pub struct SealedBatch {
    /// Its number in the register.
    pub id: i64,
    /// Its name.
    pub name: [u8; 16],
    /// Time of sealing.
    pub sealed_at: u64,
    /// How many documents it is to have.
    pub promised: u64,
    /// How many it has.
    pub recorded: u64,
}

/// Where the register of a key file is: the same name with `.register` behind it.
pub fn register_path(key: &Path) -> PathBuf {
    with_ending(key, ".register")
}

impl Register {
    /// Opens the register, or makes an empty one.
    pub fn open(path: &Path) -> Result<Self> {
        let lock = lock(path, "another program is sealing with this key; wait until it has ended")?;
        let connection = Connection::open(path).with_context(|| format!("opening the register {}", path.display()))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA).with_context(|| format!("{} is not a register", path.display()))?;
        Ok(Self { connection, _lock: lock })
    }

    /// How many documents the key has sealed or promised to seal.
    pub(super) fn promised(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT coalesce(sum(count), 0) FROM batch", [], |row| row.get(0))?)
    }

    /// The batch with this identity, if it was begun before.
    pub(super) fn find(&self, identity: &Identity) -> Result<Option<BatchRecord>> {
        let found = self.connection.query_row(
            "SELECT id, name, sealed_at, count FROM batch WHERE list = ? AND profile = ? AND kind = ?",
            params![identity.list, identity.profile, identity.kind],
            |row| {
                let (id, name, sealed_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(BatchRecord { id, name, sealed_at, count: row.get(3)?, resumed: true })
            },
        );
        Ok(found.optional()?)
    }

    /// A new batch, whose serials follow from the secret with this fingerprint.
    pub(super) fn begin(
        &mut self,
        identity: &Identity,
        count: u32,
        now: u64,
        minutes: &[UsedMinutes],
        secret: &[u8; 32],
    ) -> Result<BatchRecord> {
        closing::ensure_open(&self.connection)?;
        let mut name = [0; 16];
        getrandom::fill(&mut name).map_err(|_| anyhow::anyhow!("the system gives no random bytes"))?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO batch (name, list, profile, kind, count, sealed_at) VALUES (?, ?, ?, ?, ?, ?)",
            params![name, identity.list, identity.profile, identity.kind, count, now],
        )?;
        let id = transaction.last_insert_rowid();
        closing::record_minutes(&transaction, id, minutes)?;
        secret::record(&transaction, secret)?;
        transaction.commit()?;
        Ok(BatchRecord { id, name, sealed_at: now, count, resumed: false })
    }

    /// The minutes that a batch, or all of them, were compared with, by number.
    pub(super) fn minutes(&self, batch: i64) -> Result<Vec<UsedMinutes>> {
        closing::minutes(&self.connection, Some(batch))
    }

    /// Marks the register as closed; nothing is sealed with its key from then on.
    pub fn close(&mut self, closing: &Closing) -> Result<()> {
        closing::close(&mut self.connection, closing)
    }

    /// Forgets other batches that were begun and of which no document was sealed: nothing of them has left the house.
    pub(super) fn forget_empty(&self, identity: &Identity) -> Result<()> {
        let forgotten = "NOT (list = ? AND profile = ? AND kind = ?) AND id NOT IN (SELECT batch FROM document)";
        let identity = params![identity.list, identity.profile, identity.kind];
        let minutes = format!("DELETE FROM minutes WHERE batch IN (SELECT id FROM batch WHERE {forgotten})");
        let transaction = self.connection.unchecked_transaction()?;
        transaction.execute(&minutes, identity)?;
        transaction.execute(&format!("DELETE FROM batch WHERE {forgotten}"), identity)?;
        Ok(transaction.commit()?)
    }

    /// Another batch that was begun and not finished: when it was begun, documents sealed and promised.
    pub(super) fn unfinished(&self, identity: &Identity) -> Result<Option<(u64, u32, u32)>> {
        let found = self.connection.query_row(
            "SELECT sealed_at, sealed, count FROM batch
             JOIN (SELECT batch, count(*) AS sealed FROM document GROUP BY batch) ON batch = batch.id
             WHERE sealed < count AND NOT (list = ? AND profile = ? AND kind = ?)",
            params![identity.list, identity.profile, identity.kind],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        );
        Ok(found.optional()?)
    }

    /// Whether the key has sealed anything for another list or profile.
    pub(super) fn has_others(&self, identity: &Identity) -> Result<bool> {
        let count: u32 = self.connection.query_row(
            "SELECT count(*) FROM batch WHERE NOT (list = ? AND profile = ?)",
            params![identity.list, identity.profile],
            |row| row.get(0),
        )?;
        Ok(count > 0)
    }

    /// What another list or profile has sealed for a holder.
    pub(super) fn sealed_before(&self, holder: &[u8; 32], identity: &Identity) -> Result<Option<SealedBefore>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT serial, contents FROM document JOIN batch ON batch.id = document.batch
             WHERE holder = ? AND NOT (batch.list = ? AND batch.profile = ?)",
        )?;
        let found = statement.query_row(params![holder, identity.list, identity.profile], |row| {
            Ok(SealedBefore { serial: row.get(0)?, contents: row.get(1)? })
        });
        Ok(found.optional()?)
    }

    /// The serial of a document for the same person under another number.
    pub(super) fn same_person(&self, person: &[u8; 32], holder: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        let mut statement =
            self.connection.prepare_cached("SELECT serial FROM document WHERE person = ? AND holder <> ? LIMIT 1")?;
        Ok(statement.query_row(params![person, holder], |row| row.get(0)).optional()?)
    }

    /// The digests of the documents at `positions`, if all of them are recorded.
    pub(super) fn digests(&self, batch: i64, positions: std::ops::Range<u32>) -> Result<Option<Vec<[u8; 32]>>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT digest FROM document WHERE batch = ? AND position >= ? AND position < ? ORDER BY position",
        )?;
        let rows = statement.query_map(params![batch, positions.start, positions.end], |row| row.get(0))?;
        let digests: Vec<[u8; 32]> = rows.collect::<Result<_, _>>()?;
        Ok((digests.len() == positions.len()).then_some(digests))
    }

    /// The serials of a batch, in its order.
    pub(super) fn serials(&self, batch: i64) -> Result<Vec<Serial>> {
        let mut statement = self.connection.prepare("SELECT serial FROM document WHERE batch = ? ORDER BY position")?;
        let rows = statement.query_map([batch], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|serial| Serial::new(serial?).context("the register holds a damaged serial")).collect()
    }

    /// Records documents, all or none. A serial or a holder that is there already is refused.
    pub(super) fn record(&mut self, batch: i64, documents: &[DocumentRecord<'_>]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO document (serial, batch, position, holder, person, contents, digest, tag)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            for document in documents {
                let DocumentRecord { serial, position, holder, person, contents, digest } = document;
                insert
                    .execute(params![serial, batch, position, holder, person, contents, digest, tag(digest)])
                    .with_context(|| {
                        format!(
                            "the register holds another document with the same serial or holder (position {position})"
                        )
                    })?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

impl RegisterReader {
    /// Opens a register that is there.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display();
        ensure!(path.is_file(), "there is no register {name}: nothing was sealed with this key here");
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("opening the register {name}"))?;
        let known =
            connection.query_row("SELECT (SELECT count(*) FROM batch), (SELECT max(id) FROM document)", [], |_| Ok(()));
        known.with_context(|| format!("{name} is not a register"))?;
        Ok(Self { connection })
    }

    /// How the register was closed, if it was.
    pub fn closing(&self) -> Result<Option<Closing>> {
        closing::find(&self.connection)
    }

    /// All minutes that its batches were compared with, by number.
    pub fn minutes(&self) -> Result<Vec<UsedMinutes>> {
        closing::minutes(&self.connection, None)
    }

    /// The place of a document in the order of sealing, from 0, with its digest.
    pub fn place(&self, serial: &Serial) -> Result<Option<(u64, [u8; 32])>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT (SELECT count(*) FROM document AS earlier
                     WHERE (earlier.batch, earlier.position) < (document.batch, document.position)), digest
             FROM document WHERE serial = ?",
        )?;
        Ok(statement.query_row(params![serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The digest of a document.
    pub fn digest_of(&self, serial: &Serial) -> Result<Option<[u8; 32]>> {
        let mut statement = self.connection.prepare_cached("SELECT digest FROM document WHERE serial = ?")?;
        Ok(statement.query_row(params![serial.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// Number of the batch and digest of a document.
    pub fn document(&self, serial: &Serial) -> Result<Option<(i64, [u8; 32])>> {
        let mut statement = self.connection.prepare_cached("SELECT batch, digest FROM document WHERE serial = ?")?;
        Ok(statement.query_row(params![serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Serial and number of the batch of a holder's document.
    pub fn of_holder(&self, holder: &[u8; 32]) -> Result<Option<(Serial, i64)>> {
        let mut statement = self.connection.prepare_cached("SELECT serial, batch FROM document WHERE holder = ?")?;
        let found =
            statement.query_row(params![holder], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))).optional()?;
        let serial = |serial| Serial::new(serial).context("the register holds a damaged serial");
        found.map(|(bytes, batch)| Ok((serial(bytes)?, batch))).transpose()
    }

    /// All batches in the order of sealing.
    pub fn batches(&self) -> Result<Vec<SealedBatch>> {
        let mut statement = self.connection.prepare(
            "SELECT id, name, sealed_at, count, (SELECT count(*) FROM document WHERE document.batch = batch.id) FROM batch ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            let (id, name, sealed_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(SealedBatch { id, name, sealed_at, promised: row.get(3)?, recorded: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives serial and digest of each document, in the order of sealing.
    pub fn each_document(&self, mut each: impl FnMut(Serial, [u8; 32])) -> Result<()> {
        let mut statement = self.connection.prepare("SELECT serial, digest FROM document ORDER BY batch, position")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let serial = Serial::new(row.get::<_, Vec<u8>>(0)?).context("the register holds a damaged serial")?;
            each(serial, row.get(1)?);
        }
        Ok(())
    }

    /// The document with a tag: what a status list calls it.
    pub fn serial_of_tag(&self, tag: &Tag) -> Result<Option<Serial>> {
        let mut statement = self.connection.prepare_cached("SELECT serial FROM document WHERE tag = ?")?;
        let found = statement.query_row(params![tag], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        found.map(|serial| Serial::new(serial).context("the register holds a damaged serial")).transpose()
    }
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS batch (
        id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, list BLOB NOT NULL, profile BLOB NOT NULL, kind INTEGER NOT NULL,
        count INTEGER NOT NULL, sealed_at INTEGER NOT NULL,
        UNIQUE (list, profile, kind)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS document (
        id INTEGER PRIMARY KEY, serial BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL REFERENCES batch, position INTEGER NOT NULL,
        holder BLOB NOT NULL UNIQUE, person BLOB NOT NULL, contents BLOB NOT NULL, digest BLOB NOT NULL,
        tag BLOB NOT NULL UNIQUE,
        UNIQUE (batch, position)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS document_person ON document (person);
    CREATE TABLE IF NOT EXISTS secret (id INTEGER PRIMARY KEY CHECK (id = 1), fingerprint BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS minutes (
        batch INTEGER NOT NULL REFERENCES batch, number INTEGER NOT NULL, root BLOB NOT NULL, PRIMARY KEY (batch, number)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS closing (
        id INTEGER PRIMARY KEY CHECK (id = 1), closed_at INTEGER NOT NULL, number INTEGER NOT NULL, register_key BLOB NOT NULL,
        head BLOB NOT NULL
    ) STRICT;
";
