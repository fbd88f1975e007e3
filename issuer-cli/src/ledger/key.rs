//! What one key of the office has sealed, and how it was closed.

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::{Serial, Tag};
use credential_core::lists::PublicKey;
use credential_core::time::rfc3339;
use rusqlite::{Connection, OptionalExtension, params};

use super::basis::{UsedMinutes, used_minutes};
use super::{Event, Ledger, Writer};
use crate::hex::hex;

/// How a key was closed: whoever closes it again gets the same head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub closed_at: u64,
    /// The number of the register within the authority.
    pub number: u32,
    /// The public half of the key that signed the head.
    pub register_key: [u8; 32],
    /// The signed head.
    pub head: Vec<u8>,
}

/// A batch as the ledger tells it.
pub struct SealedBatch {
    /// Its number in the ledger.
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

/// The register of a key: every document that it sealed, in the order of sealing.
#[derive(Clone, Copy)]
pub struct Register<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) key: i64,
}

impl Ledger {
    /// Takes a key that was made for this office and never sealed anything elsewhere.
    pub fn add_key(&self, public: &PublicKey, now: u64) -> Result<()> {
        if self.has_key(public)? {
            return Ok(());
        }
        self.write(|writer| {
            writer.append(now, &Event::Key { public: hex(public.as_bytes()) }, &[])?;
            writer.connection().execute("INSERT INTO key (public) VALUES (?)", [public.as_bytes()])?;
            Ok(())
        })
    }

    /// Whether a key is one of this office.
    pub fn has_key(&self, public: &PublicKey) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM key WHERE public = ?)";
        Ok(self.connection.query_row(sql, [public.as_bytes()], |row| row.get(0))?)
    }

    /// Every key that has sealed documents, in the order of their first batches.
    pub fn sealing_keys(&self) -> Result<Vec<PublicKey>> {
        let sql = "SELECT public FROM key JOIN batch ON batch.key = key.id WHERE NOT dropped GROUP BY key.id ORDER BY min(batch.id)";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 32]>(0))?;
        rows.map(|public| PublicKey::new(&public?).context("the ledger holds a damaged key")).collect()
    }

    /// Refuses a key that this office has not made.
    pub fn check_key(&self, public: &PublicKey) -> Result<()> {
        number(&self.connection, public).map(drop)
    }

    /// What a key of this office has sealed.
    pub fn register(&self, public: &PublicKey) -> Result<Register<'_>> {
        Ok(Register { ledger: self, key: number(&self.connection, public)? })
    }

    /// Marks a key as closed; nothing is sealed with it from then on.
    pub fn close(&self, public: &PublicKey, closing: &Closing, now: u64) -> Result<()> {
        let key = number(&self.connection, public)?;
        match find(&self.connection, key)? {
            Some(found) => ensure!(found == *closing, "the key was closed before, with another head"),
            None => self.write(|writer| close(writer, public, key, closing, now))?,
        }
        Ok(())
    }
}

fn close(writer: &Writer<'_>, public: &PublicKey, key: i64, closing: &Closing, now: u64) -> Result<()> {
    let Closing { closed_at, number, register_key, head } = closing;
    let event = Event::Closed {
        key: hex(public.as_bytes()),
        closed_at: *closed_at,
        register: *number,
        register_key: hex(register_key),
        head: hex(head),
    };
    writer.append(now, &event, &[])?;
    writer.connection().execute(
        "INSERT INTO closing (key, closed_at, number, register_key, head) VALUES (?, ?, ?, ?, ?)",
        params![key, closed_at, number, register_key, head],
    )?;
    Ok(())
}

impl<'l> Register<'l> {
    /// The ledger that it is part of.
    pub fn ledger(&self) -> &'l Ledger {
        self.ledger
    }

    fn connection(&self) -> &'l Connection {
        &self.ledger.connection
    }

    /// How the key was closed, if it was.
    pub fn closing(&self) -> Result<Option<Closing>> {
        find(self.connection(), self.key)
    }

    /// All minutes that its batches were compared with, by number.
    pub fn minutes(&self) -> Result<Vec<UsedMinutes>> {
        used_minutes(self.connection(), "batch.key = ?", self.key)
    }

    /// The place of a document in the order of sealing, from 0, with its digest.
    pub fn place(&self, serial: &Serial) -> Result<Option<(u64, [u8; 32])>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT (SELECT count(*) FROM document AS earlier JOIN batch AS of ON of.id = earlier.batch
                     WHERE of.key = ?1 AND (earlier.batch, earlier.position) < (document.batch, document.position)), digest
             FROM document JOIN batch ON batch.id = document.batch WHERE serial = ?2 AND batch.key = ?1",
        )?;
        let row = statement.query_row(params![self.key, serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(row.optional()?)
    }

    /// The digest of a document.
    pub fn digest_of(&self, serial: &Serial) -> Result<Option<[u8; 32]>> {
        Ok(self.document(serial)?.map(|(_, digest)| digest))
    }

    /// Number of the batch and digest of a document.
    pub fn document(&self, serial: &Serial) -> Result<Option<(i64, [u8; 32])>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT batch, digest FROM document JOIN batch ON batch.id = document.batch WHERE serial = ? AND key = ?",
        )?;
        let row = statement.query_row(params![serial.as_bytes(), self.key], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(row.optional()?)
    }

    /// Serial and number of the batch of a holder's document.
    pub fn of_holder(&self, holder: &[u8; 16]) -> Result<Option<(Serial, i64)>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT serial, batch FROM document JOIN batch ON batch.id = document.batch WHERE holder = ? AND key = ?",
        )?;
        let found = statement.query_row(params![holder, self.key], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)));
        found.optional()?.map(|(bytes, batch)| Ok((serial(bytes)?, batch))).transpose()
    }

    /// All batches in the order of sealing.
    pub fn batches(&self) -> Result<Vec<SealedBatch>> {
        let mut statement = self.connection().prepare(
            "SELECT id, name, sealed_at, count, (SELECT count(*) FROM document WHERE document.batch = batch.id)
             FROM batch WHERE key = ? AND NOT dropped ORDER BY id",
        )?;
        let rows = statement.query_map([self.key], |row| {
            let (id, name, sealed_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(SealedBatch { id, name, sealed_at, promised: row.get(3)?, recorded: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives serial and digest of each document, in the order of sealing.
    pub fn each_document(&self, mut each: impl FnMut(Serial, [u8; 32])) -> Result<()> {
        let mut statement = self.connection().prepare(
            "SELECT serial, digest FROM document JOIN batch ON batch.id = document.batch WHERE key = ?
             ORDER BY batch, position",
        )?;
        let mut rows = statement.query([self.key])?;
        while let Some(row) = rows.next()? {
            each(serial(row.get(0)?)?, row.get(1)?);
        }
        Ok(())
    }

    /// The document with a tag: what a status list calls it.
    pub fn serial_of_tag(&self, tag: &Tag) -> Result<Option<Serial>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT serial FROM document JOIN batch ON batch.id = document.batch WHERE tag = ? AND key = ?",
        )?;
        let found = statement.query_row(params![tag, self.key], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        found.map(serial).transpose()
    }
}

pub(super) fn serial(bytes: Vec<u8>) -> Result<Serial> {
    Serial::new(bytes).context("the ledger holds a damaged serial")
}

/// The number of a key in this ledger; one that this office has not made seals nothing here.
pub(super) fn number(connection: &Connection, public: &PublicKey) -> Result<i64> {
    let found = connection.query_row("SELECT id FROM key WHERE public = ?", [public.as_bytes()], |row| row.get(0));
    found.optional()?.with_context(|| {
        format!(
            "the key {} was not made in this office's folder. If it has sealed anything elsewhere, go there; if it never \
             has: issuer key add",
            hex(&public.id())
        )
    })
}

pub(super) fn find(connection: &Connection, key: i64) -> Result<Option<Closing>> {
    let sql = "SELECT closed_at, number, register_key, head FROM closing WHERE key = ?";
    let found = connection.query_row(sql, [key], |row| {
        let (closed_at, number) = (row.get(0)?, row.get(1)?);
        Ok(Closing { closed_at, number, register_key: row.get(2)?, head: row.get(3)? })
    });
    Ok(found.optional()?)
}

pub(super) fn ensure_open(connection: &Connection, key: i64) -> Result<()> {
    match find(connection, key)? {
        None => Ok(()),
        Some(closing) => bail!(
            "this key was closed {} with register {}; nothing more is sealed with it: make a new session key",
            rfc3339(closing.closed_at),
            closing.number
        ),
    }
}
