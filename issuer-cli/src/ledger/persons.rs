//! Whose document a serial is: the only rows that name anybody, each fixed by a salted digest, so that it can be erased.

use anyhow::{Context, Result, ensure};
use credential_core::document::{Kind, Serial};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Event, Ledger, key};
use crate::hex::hex;

/// What the office knows of the holder of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The candidate's number.
    pub number: String,
    /// The name, in each script of the paper.
    pub names: Vec<String>,
    /// The birth as printed; empty where the paper states none.
    pub birth: String,
    /// The session, in its first language.
    pub session: String,
}

/// A document with its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The document's serial.
    pub serial: Serial,
    /// Its digest.
    pub digest: [u8; 32],
    /// Its kind.
    pub kind: Kind,
    /// The public half of the key that sealed it.
    pub key: [u8; 32],
    /// Whose it is; none if that was erased.
    pub person: Option<Person>,
}

/// A person's row, with the digest that the document's row holds.
pub(super) struct Personal {
    pub(super) salt: [u8; 16],
    pub(super) facts: String,
    pub(super) folded: String,
    pub(super) digest: [u8; 32],
}

impl Person {
    pub(super) fn personal(&self, salt: [u8; 16]) -> Result<Personal> {
        let facts = serde_json::to_string(self)?;
        Ok(Personal { digest: digest(&salt, &facts), salt, folded: self.folded(), facts })
    }

    /// What is searched: number and names, as everybody types them.
    pub(super) fn folded(&self) -> String {
        let names = self.names.iter().map(|name| person_name::folded(name));
        std::iter::once(person_name::folded(&self.number)).chain(names).collect::<Vec<_>>().join(" | ")
    }
}

/// What a document's row holds of its person.
pub(super) fn digest(salt: &[u8], facts: &str) -> [u8; 32] {
    Sha256::new().chain_update(b"sceau/1/person\0").chain_update(salt).chain_update(facts).finalize().into()
}

impl Ledger {
    /// Documents of whoever bears all of these words in name or number, at most `most` of them.
    pub fn search(&self, asked: &str, most: usize) -> Result<Vec<Found>> {
        let words = person_name::folded(asked);
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        ensure!(!words.is_empty(), "give a name, or a candidate's number");
        let holds = vec!["folded LIKE '%' || ? || '%'"; words.len()].join(" AND ");
        let sql = format!(
            "SELECT {FOUND} WHERE person.document IN (SELECT document FROM person WHERE {holds} LIMIT {most}) ORDER BY document.id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let found = statement.query_map(rusqlite::params_from_iter(&words), read)?;
        found.map(|found| found?).collect()
    }

    /// The document with a serial, and whose it is.
    pub fn find_serial(&self, serial: &Serial) -> Result<Option<Found>> {
        let sql = format!("SELECT {FOUND} WHERE document.serial = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut found = statement.query_map(params![serial.as_bytes()], read)?;
        found.next().map(|found| found?).transpose()
    }

    /// Erases what names the holder of a document; the document's own rows and every decision on it stay.
    pub fn erase(&self, serial: &Serial, reason: &str, now: u64) -> Result<()> {
        let found = self.find_serial(serial)?;
        let found = found.with_context(|| format!("{serial} is no document of this office"))?;
        ensure!(found.person.is_some(), "what names the holder of {serial} was erased before");
        self.write(|writer| {
            let sql = "DELETE FROM person WHERE document = (SELECT id FROM document WHERE serial = ?)";
            writer.connection().execute(sql, params![serial.as_bytes()])?;
            writer.append(now, &Event::Erased { serial: hex(serial.as_bytes()), reason: reason.to_owned() }, &[])
        })?;
        // what was deleted leaves the file too
        self.connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Found>> {
    let (serial, digest, kind, public): (Vec<u8>, _, u8, _) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let facts: Option<String> = row.get(4)?;
    let found = || {
        let kind =
            Kind::ALL.get(usize::from(kind).wrapping_sub(1)).copied().context("the ledger holds an unknown kind")?;
        let serial = key::serial(serial)?;
        Ok(Found {
            serial,
            digest,
            kind,
            key: public,
            person: facts.map(|facts| serde_json::from_str(&facts)).transpose()?,
        })
    };
    Ok(found())
}

const FOUND: &str = "document.serial, document.digest, batch.kind, key.public, person.facts
     FROM document JOIN batch ON batch.id = document.batch JOIN key ON key.id = batch.key
     LEFT JOIN person ON person.document = document.id";
