//! The acts of a ministry that legalises: each number once, only ever added to.
//!
//! They stand in the register of the ministry's key, where `issuer status` finds serial and status index as it does for
//! documents.

use anyhow::{Context, Result};
use credential_core::Serial;
use rusqlite::{Connection, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::{Register, RegisterReader};

/// One legalisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its number in the ministry's own book.
    pub number: String,
    /// Serial of the record.
    pub serial: Serial,
    /// SHA-256 of the document's COSE bytes.
    pub document: [u8; 32],
    /// Serial of the document.
    pub document_serial: Serial,
    /// A digest of all that the record states but its status reference.
    pub contents: [u8; 32],
    /// Time of sealing.
    pub sealed_at: u64,
    /// Number of its status list, and its place there.
    pub status: (u64, u64),
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

    /// Whether a place in the status lists is taken.
    pub(crate) fn is_taken(&self, index: u64) -> Result<bool> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM document WHERE status_index = ?")?;
        Ok(statement.exists(params![index])?)
    }

    /// Records acts, all or none. A number, a serial or an index that is there already is refused.
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
        let known = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'act'";
        if self.connection.query_row(known, [], |row| row.get::<_, u64>(0))? == 0 {
            return Ok(Vec::new());
        }
        match date {
            Some(date) => acts(&self.connection, "date = ?", date),
            None => acts(&self.connection, "?1 IS NOT NULL", ""),
        }
    }
}

fn prepare(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(SCHEMA)?)
}

/// Each act is a batch of one: so its place in the status list is taken as any document's.
fn insert(connection: &Connection, act: &Act) -> Result<()> {
    let number: [u8; 32] = Sha256::digest([b"act\0", act.number.as_bytes()].concat()).into();
    connection.execute(
        "INSERT INTO batch (name, list, profile, kind, count, sealed_at, first_index) VALUES (?, ?, ?, 0, 1, ?, ?)",
        params![&number[..16], number, act.contents, act.sealed_at, act.status.1],
    )?;
    connection.execute(
        "INSERT INTO document (serial, batch, position, status_index, holder, person, contents, digest)
         VALUES (?, ?, 0, ?, ?, ?, ?, ?)",
        params![
            act.serial.as_bytes(),
            connection.last_insert_rowid(),
            act.status.1,
            number,
            act.document,
            act.contents,
            act.document
        ],
    )?;
    connection.execute(
        "INSERT INTO act (number, serial, document, document_serial, contents, sealed_at, list, place_in_list, date, place,
         capacity, purpose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            act.number,
            act.serial.as_bytes(),
            act.document,
            act.document_serial.as_bytes(),
            act.contents,
            act.sealed_at,
            act.status.0,
            act.status.1,
            act.date,
            act.place,
            act.capacity,
            act.purpose
        ],
    )?;
    Ok(())
}

fn acts(connection: &Connection, which: &str, value: impl rusqlite::ToSql) -> Result<Vec<Act>> {
    let columns = "number, document, contents, sealed_at, list, place_in_list, date, place, capacity, purpose, serial, document_serial";
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
        document: row.get(1)?,
        contents: row.get(2)?,
        sealed_at: row.get(3)?,
        status: (row.get(4)?, row.get(5)?),
        date: row.get(6)?,
        place: row.get(7)?,
        capacity: row.get(8)?,
        purpose: row.get(9)?,
        serial: serial(10)?,
        document_serial: serial(11)?,
    })
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS act (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, serial BLOB NOT NULL UNIQUE, document BLOB NOT NULL,
        document_serial BLOB NOT NULL, contents BLOB NOT NULL, sealed_at INTEGER NOT NULL, list INTEGER NOT NULL,
        place_in_list INTEGER NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL, capacity TEXT NOT NULL, purpose TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS act_date ON act (date);
    CREATE INDEX IF NOT EXISTS act_document ON act (document);
    CREATE TRIGGER IF NOT EXISTS act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
    CREATE TRIGGER IF NOT EXISTS act_remains BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
";
