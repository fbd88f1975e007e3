//! The acts of a ministry that legalises, and the minutes of a jury: each number once, only ever added to.

use anyhow::{Context, Result, ensure};
use credential_core::document::{Serial, Tag, tag};
use credential_core::lists::PublicKey;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::{Event, Ledger, Register, key};
use crate::hex::hex;

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

impl Act {
    /// What the ledger's event fixes of its row: every field, or this does not compile.
    pub(super) fn row(&self) -> [u8; 32] {
        let Self {
            number,
            serial,
            digest,
            document,
            document_serial,
            contents,
            sealed_at,
            date,
            place,
            capacity,
            purpose,
        } = self;
        let mut row = Sha256::new();
        for bytes in [serial.as_bytes(), digest, document, document_serial.as_bytes(), contents] {
            row.update([u8::try_from(bytes.len()).unwrap_or(u8::MAX)]);
            row.update(bytes);
        }
        row.update([number, date, place, capacity, purpose].map(String::as_str).join("\0"));
        row.update(sealed_at.to_be_bytes());
        row.finalize().into()
    }
}

impl Ledger {
    /// The act with this number.
    pub(crate) fn act(&self, number: &str) -> Result<Option<Act>> {
        Ok(acts(&self.connection, "number = ?", number)?.pop())
    }

    /// The acts over a document, by its digest.
    pub(crate) fn acts_over(&self, document: &[u8; 32]) -> Result<Vec<Act>> {
        acts(&self.connection, "document = ?", document)
    }

    /// The act whose record has a serial.
    pub(crate) fn act_of_serial(&self, serial: &Serial) -> Result<Option<Act>> {
        Ok(acts(&self.connection, "serial = ?", serial.as_bytes())?.pop())
    }

    /// Records the acts of a key, all or none. A number or a serial that is there already is refused.
    pub(crate) fn record_acts(&self, public: &PublicKey, acts: &[Act], now: u64) -> Result<()> {
        if acts.is_empty() {
            return Ok(());
        }
        let key = key::number(&self.connection, public)?;
        self.write(|writer| {
            for act in acts {
                insert(writer.connection(), key, act).with_context(|| format!("recording act {}", act.number))?;
                let event = Event::Act { key: hex(public.as_bytes()), act: act.number.clone(), row: hex(&act.row()) };
                writer.append(now, &event, &[])?;
            }
            Ok(())
        })
    }

    /// Refuses a number of minutes that was given, before anything is written.
    pub(crate) fn check_minutes_number(&self, number: u64) -> Result<()> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sealed_minutes WHERE number = ?)";
        let known: bool = self.connection.query_row(sql, [number], |row| row.get(0))?;
        ensure!(!known, "{}", given(number));
        Ok(())
    }

    /// Records the minutes of a jury before they are signed; a number is given once.
    pub(crate) fn record_minutes(&self, jury: &PublicKey, number: u64, root: &[u8; 32], now: u64) -> Result<()> {
        let sql = "SELECT key, root FROM sealed_minutes WHERE number = ?";
        let known = self.connection.query_row(sql, [number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some(known) = known {
            let same: ([u8; 32], [u8; 32]) = (*jury.as_bytes(), *root);
            ensure!(known == same, "{}", given(number));
            return Ok(());
        }
        self.write(|writer| {
            let event = Event::Minutes { key: hex(jury.as_bytes()), minutes: number, root: hex(root) };
            writer.append(now, &event, &[])?;
            writer.connection().execute(
                "INSERT INTO sealed_minutes (number, key, root) VALUES (?, ?, ?)",
                params![number, jury.as_bytes(), root],
            )?;
            Ok(())
        })
    }
}

impl Register<'_> {
    /// The acts of a date, `2026-09-14`, in the order of sealing; all acts for `None`.
    pub fn acts(&self, date: Option<&str>) -> Result<Vec<Act>> {
        let which = format!("key = {} AND (?1 = '' OR date = ?1)", self.key);
        acts(&self.ledger.connection, &which, date.unwrap_or_default())
    }

    /// The digest of the record of an act.
    pub(crate) fn digest_of_act(&self, serial: &Serial) -> Result<Option<[u8; 32]>> {
        let mut statement =
            self.ledger.connection.prepare_cached("SELECT digest FROM act WHERE serial = ? AND key = ?")?;
        Ok(statement.query_row(params![serial.as_bytes(), self.key], |row| row.get(0)).optional()?)
    }

    /// The serial of the act whose record has a tag: what a status list calls it.
    pub(crate) fn act_of_tag(&self, tag: &Tag) -> Result<Option<Serial>> {
        let mut statement =
            self.ledger.connection.prepare_cached("SELECT serial FROM act WHERE tag = ? AND key = ?")?;
        let found = statement.query_row(params![tag, self.key], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        found.map(key::serial).transpose()
    }
}

fn given(number: u64) -> String {
    format!("minutes with the number {number} were sealed before, with other lines; give these another --number")
}

fn insert(connection: &Connection, key: i64, act: &Act) -> Result<()> {
    connection.execute(
        "INSERT INTO act (key, number, serial, digest, tag, document, document_serial, contents, sealed_at, date, place,
         capacity, purpose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            key,
            act.number,
            act.serial.as_bytes(),
            act.digest,
            tag(&act.digest),
            act.document,
            act.document_serial.as_bytes(),
            act.contents,
            act.sealed_at,
            act.date,
            act.place,
            act.capacity,
            act.purpose
        ],
    )?;
    Ok(())
}

pub(super) fn acts(connection: &Connection, which: &str, value: impl rusqlite::ToSql) -> Result<Vec<Act>> {
    let columns =
        "number, digest, document, contents, sealed_at, date, place, capacity, purpose, serial, document_serial";
    let mut statement = connection.prepare(&format!("SELECT {columns} FROM act WHERE {which} ORDER BY id"))?;
    let found = statement.query_map([value], read)?.collect::<Result<_, _>>();
    found.context("the ledger holds a damaged act")
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
