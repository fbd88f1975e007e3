//! The acts of a ministry that legalises: each number once, only ever added to.
//!
//! They stand in the register of the ministry's key.

use anyhow::{Context, Result};
use credential_core::document::{Serial, Tag, tag};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::super::closing::has;
use super::{Register, RegisterReader};

/// One legalisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its number in the ministry's own book.
    pub number: String,
    /// Serial of the record.
    pub serial: Serial,
    /// Digest of the record.
    pub digest: [u8; 32],
    /// Digest of the document.
    pub document: [u8; 32],
    /// Serial of the document.
    pub document_serial: Serial,
    /// A digest of all that the record states.
    pub contents: [u8; 32],
    /// Time of sealing.
    pub sealed_at: u64,
    /// Date of the act, `2026-09-14`.
    pub date: String,
    /// Place, in its first language.
    pub place: String,
    /// Capacity, in its first language.
    pub capacity: String,
    /// Purpose, in its first language; empty if there is none.
    pub purpose: String,
}

impl Register {
    /// The act with this number.
    pub(crate) fn act(&self, number: &str) -> Result<Option<Act>> {
        prepare(&self.connection)?;
        Ok(acts(&self.connection, "number = ?", number)?.pop())
    }

    /// The acts over a document, by its digest.
    pub(crate) fn acts_over(&self, document: &[u8; 32]) -> Result<Vec<Act>> {
        prepare(&self.connection)?;
        acts(&self.connection, "document = ?", document)
    }

    /// The act whose record has a serial.
    pub(crate) fn act_of_serial(&self, serial: &Serial) -> Result<Option<Act>> {
        prepare(&self.connection)?;
        Ok(acts(&self.connection, "serial = ?", serial.as_bytes())?.pop())
    }

    /// Whether any act stands in it.
    pub(crate) fn has_acts(&self) -> Result<bool> {
        prepare(&self.connection)?;
        Ok(self.connection.prepare("SELECT 1 FROM act LIMIT 1")?.exists([])?)
    }

    /// Records acts, all or none. A number or a serial that is there already is refused.
    pub(crate) fn record_acts(&mut self, acts: &[Act]) -> Result<()> {
        prepare(&self.connection)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for act in acts {
            insert(&transaction, act).with_context(|| format!("recording act {}", act.number))?;
        }
        transaction.commit()?;
        Ok(())
    }
}

impl RegisterReader {
    /// The acts of a date, `2026-09-14`, in the order of sealing; all acts for `None`.
    pub fn acts(&self, date: Option<&str>) -> Result<Vec<Act>> {
        if !has(&self.connection, "act")? {
            return Ok(Vec::new());
        }
        match date {
            Some(date) => acts(&self.connection, "date = ?", date),
            None => acts(&self.connection, "?1 IS NOT NULL", ""),
        }
    }

    /// The digest of the record of an act.
    pub(crate) fn digest_of_act(&self, serial: &Serial) -> Result<Option<[u8; 32]>> {
        if !has(&self.connection, "act")? {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached("SELECT digest FROM act WHERE serial = ?")?;
        Ok(statement.query_row(params![serial.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The serial of the act whose record has a tag: what a status list calls it.
    pub(crate) fn act_of_tag(&self, tag: &Tag) -> Result<Option<Serial>> {
        if !has(&self.connection, "act")? {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached("SELECT serial FROM act WHERE tag = ?")?;
        let found = statement.query_row(params![tag], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        found.map(|serial| Serial::new(serial).context("the register holds a damaged serial")).transpose()
    }
}

fn prepare(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(SCHEMA)?)
}

fn insert(connection: &Connection, act: &Act) -> Result<()> {
    let Act { number, serial, digest, document, document_serial, contents, sealed_at, date, place, capacity, purpose } =
        act;
    let (serial, document_serial) = (serial.as_bytes(), document_serial.as_bytes());
    connection.execute(
        "INSERT INTO act (number, serial, digest, tag, document, document_serial, contents, sealed_at, date, place, capacity,
         purpose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            number,
            serial,
            digest,
            tag(digest),
            document,
            document_serial,
            contents,
            sealed_at,
            date,
            place,
            capacity,
            purpose
        ],
    )?;
    Ok(())
}

fn acts(connection: &Connection, which: &str, value: impl rusqlite::ToSql) -> Result<Vec<Act>> {
    let columns =
        "number, digest, document, contents, sealed_at, date, place, capacity, purpose, serial, document_serial";
    let mut statement = connection.prepare(&format!("SELECT {columns} FROM act WHERE {which} ORDER BY id"))?;
    let found = statement.query_map([value], read)?.collect::<Result<_, _>>();
    found.context("the register holds a damaged act")
}

fn read(row: &Row<'_>) -> rusqlite::Result<Act> {
    let serial = |at: usize| {
        Serial::new(row.get::<_, Vec<u8>>(at)?).ok_or_else(|| rusqlite::Error::IntegralValueOutOfRange(at, 0))
    };
    Ok(Act {
        number: row.get(0)?,
        digest: row.get(1)?,
        document: row.get(2)?,
        contents: row.get(3)?,
        sealed_at: row.get(4)?,
        date: row.get(5)?,
        place: row.get(6)?,
        capacity: row.get(7)?,
        purpose: row.get(8)?,
        serial: serial(9)?,
        document_serial: serial(10)?,
    })
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS act (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, serial BLOB NOT NULL UNIQUE, digest BLOB NOT NULL UNIQUE,
        tag BLOB NOT NULL UNIQUE, document BLOB NOT NULL, document_serial BLOB NOT NULL, contents BLOB NOT NULL,
        sealed_at INTEGER NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL, capacity TEXT NOT NULL, purpose TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS act_date ON act (date);
    CREATE INDEX IF NOT EXISTS act_document ON act (document);
    CREATE TRIGGER IF NOT EXISTS act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
    CREATE TRIGGER IF NOT EXISTS act_remains BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
";
