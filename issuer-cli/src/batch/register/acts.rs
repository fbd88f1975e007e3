//! The acts of a ministry that legalises: each number once, only ever added to.
//!
//! They stand in the register of the ministry's key, with the status lists that it has: no other key has a place in them,
//! for no other register knows which places are taken.

use anyhow::{Context, Result};
use credential_core::Serial;
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

    /// Whether a place in a status list is taken.
    pub(crate) fn is_taken(&self, list: u64, index: u64) -> Result<bool> {
        let sql = "SELECT 1 FROM act WHERE list = ? AND place_in_list = ?";
        Ok(self.connection.prepare_cached(sql)?.exists(params![list, index])?)
    }

    /// How many acts stand in a status list.
    pub(crate) fn acts_in(&self, list: u64) -> Result<u64> {
        prepare(&self.connection)?;
        count(&self.connection, list)
    }

    /// The numbers of the status lists that are this key's.
    pub(crate) fn act_lists(&self) -> Result<Vec<u64>> {
        prepare(&self.connection)?;
        lists(&self.connection)
    }

    /// A status list of this key as it was signed first.
    pub(crate) fn first_list(&self, number: u64) -> Result<Option<Vec<u8>>> {
        prepare(&self.connection)?;
        let mut statement = self.connection.prepare("SELECT first FROM act_list WHERE number = ?")?;
        Ok(statement.query_row([number], |row| row.get(0)).optional()?)
    }

    /// Makes a status list this key's.
    pub(crate) fn record_list(&mut self, number: u64, first: &[u8]) -> Result<()> {
        prepare(&self.connection)?;
        self.connection.execute("INSERT INTO act_list (number, first) VALUES (?, ?)", params![number, first])?;
        Ok(())
    }

    /// Records acts, all or none. A number, a serial or a place that is there already is refused.
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

    /// The numbers of the status lists that are this key's, each with the count of its acts.
    pub(crate) fn act_lists(&self) -> Result<Vec<(u64, u64)>> {
        if !has(&self.connection, "act_list")? {
            return Ok(Vec::new());
        }
        lists(&self.connection)?.into_iter().map(|list| Ok((list, count(&self.connection, list)?))).collect()
    }

    /// Status list and place of an act.
    pub(crate) fn place_of_act(&self, serial: &Serial) -> Result<Option<(u64, u64)>> {
        let mut statement = self.connection.prepare_cached("SELECT list, place_in_list FROM act WHERE serial = ?")?;
        Ok(statement.query_row(params![serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The act with a place in a status list.
    pub(crate) fn act_at(&self, list: u64, index: u64) -> Result<Option<Serial>> {
        let sql = "SELECT serial FROM act WHERE list = ? AND place_in_list = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params![list, index], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        found.map(|serial| Serial::new(serial).context("the register holds a damaged serial")).transpose()
    }
}

fn prepare(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(SCHEMA)?)
}

fn lists(connection: &Connection) -> Result<Vec<u64>> {
    let mut statement = connection.prepare("SELECT number FROM act_list ORDER BY number")?;
    let numbers = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>();
    numbers.context("the register holds a damaged status list")
}

fn count(connection: &Connection, list: u64) -> Result<u64> {
    Ok(connection.query_row("SELECT count(*) FROM act WHERE list = ?", [list], |row| row.get(0))?)
}

fn insert(connection: &Connection, act: &Act) -> Result<()> {
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
    CREATE TABLE IF NOT EXISTS act_list (number INTEGER PRIMARY KEY, first BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS act (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, serial BLOB NOT NULL UNIQUE, document BLOB NOT NULL,
        document_serial BLOB NOT NULL, contents BLOB NOT NULL, sealed_at INTEGER NOT NULL,
        list INTEGER NOT NULL REFERENCES act_list, place_in_list INTEGER NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL,
        capacity TEXT NOT NULL, purpose TEXT NOT NULL,
        UNIQUE (list, place_in_list)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS act_date ON act (date);
    CREATE INDEX IF NOT EXISTS act_document ON act (document);
    CREATE TRIGGER IF NOT EXISTS act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
    CREATE TRIGGER IF NOT EXISTS act_remains BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are only added'); END;
";
