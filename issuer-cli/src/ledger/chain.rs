//! The chain: one JSON line an event, each with its number and the digest of the line before it.

use anyhow::{Context, Result, ensure};
use credential_core::lists::PublicKey;
use credential_core::sealing::{SealingKey, is_history_entry_signed, sign_history_entry};
use credential_core::time::{parse_time, rfc3339};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::event::Event;
use crate::hex::{from_hex, hex};

/// Where a chain ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the last event.
    pub event: u64,
    /// SHA-256 of its line, in hexadecimal.
    pub digest: String,
    /// Its time, as RFC 3339.
    pub time: String,
}

impl Head {
    /// As people read it to each other: `event 812, 4F2A 91C0`.
    pub fn words(&self) -> String {
        let short = self.digest.get(..8).unwrap_or(&self.digest).to_uppercase();
        format!("event {}, {} {}", self.event, &short[..4], &short[4..])
    }
}

/// One event with its place in the chain.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) time: String,
    #[serde(flatten)]
    pub(super) event: Event,
    pub(super) previous: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) signatures: Vec<Signed>,
}

/// Who has signed a line (ISS-14).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    /// Public key, in hexadecimal.
    pub(super) clerk: String,
    pub(super) signature: String,
}

impl Line {
    /// Reads a line; it must be written as this program writes it, byte for byte.
    pub(super) fn read(text: &str) -> Result<Self> {
        let line: Self = serde_json::from_str(text).context("it is not an event")?;
        ensure!(serde_json::to_string(&line)? == text, "it is not written as an event is");
        Ok(line)
    }

    /// Whether a clerk's signature over the rest of the line holds.
    pub(super) fn is_signed_by(&self, signed: &Signed, key: &PublicKey) -> Result<bool> {
        let unsigned = Self {
            signatures: Vec::new(),
            event: self.event.clone(),
            time: self.time.clone(),
            previous: self.previous.clone(),
            ..*self
        };
        let unsigned = serde_json::to_vec(&unsigned)?;
        let signature = from_hex(&signed.signature).and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        Ok(signature.is_some_and(|signature| is_history_entry_signed(&unsigned, &signature, key)))
    }
}

/// Writes events and rows in one transaction.
pub(crate) struct Writer<'t> {
    transaction: &'t Transaction<'t>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(transaction: &'t Transaction<'t>) -> Self {
        Self { transaction }
    }

    pub(super) fn connection(&self) -> &Connection {
        self.transaction
    }

    /// Adds an event behind the last one, signed by clerks where two persons decide.
    pub(crate) fn append(&self, now: u64, event: &Event, clerks: &[SealingKey]) -> Result<()> {
        let (number, previous) = match last(self.connection())? {
            Some((number, line)) => (number + 1, digest(&line)),
            None => (1, hex(&[0; 32])),
        };
        let mut line = Line { number, time: rfc3339(now), event: event.clone(), previous, signatures: Vec::new() };
        let unsigned = serde_json::to_vec(&line)?;
        let signed = clerks.iter().map(|key| Signed {
            clerk: hex(key.public().as_bytes()),
            signature: hex(&sign_history_entry(&unsigned, key)),
        });
        line.signatures = signed.collect();
        let mut insert = self.connection().prepare_cached("INSERT INTO event (number, line) VALUES (?, ?)")?;
        insert.execute(params![number, serde_json::to_string(&line)?])?;
        Ok(())
    }
}

fn last(connection: &Connection) -> Result<Option<(u64, String)>> {
    let sql = "SELECT number, line FROM event ORDER BY number DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The last event.
pub(super) fn head(connection: &Connection) -> Result<Head> {
    let (number, line) = last(connection)?.context("the ledger has no event")?;
    Ok(Head { event: number, digest: digest(&line), time: Line::read(&line)?.time })
}

/// SHA-256 of the line of an event, in hexadecimal; none if there is no such event.
pub(super) fn digest_of(connection: &Connection, number: u64) -> Result<Option<String>> {
    let line = connection.query_row("SELECT line FROM event WHERE number = ?", [number], |row| row.get::<_, String>(0));
    Ok(line.optional()?.map(|line| digest(&line)))
}

/// Calls `each` with every event, in order, once its place in the chain is proved.
pub(super) fn walk(connection: &Connection, mut each: impl FnMut(&Line) -> Result<()>) -> Result<()> {
    let mut statement = connection.prepare("SELECT number, line FROM event ORDER BY number")?;
    let mut rows = statement.query([])?;
    let (mut expected, mut previous) = (1, hex(&[0; 32]));
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        let mut check = || -> Result<()> {
            let number: u64 = row.get(0)?;
            ensure!(number == expected, "its number is {number}");
            let line = Line::read(&text)?;
            ensure!(line.number == number, "its line has the number {}", line.number);
            ensure!(line.previous == previous, "it does not follow the event before it");
            ensure!(parse_time(&line.time).is_some(), "{} is not a time", line.time);
            each(&line)
        };
        check().with_context(|| format!("event {expected}"))?;
        previous = digest(&text);
        expected += 1;
    }
    ensure!(expected > 1, "it has no event");
    Ok(())
}

/// Checks the whole chain; the ledger's own name.
pub(super) fn read_chain(connection: &Connection) -> Result<String> {
    let mut id = None;
    walk(connection, |line| {
        if let Event::Began { ledger } = &line.event {
            ensure!(line.number == 1, "only the first event begins a ledger");
            id = Some(ledger.clone());
        }
        Ok(())
    })?;
    id.context("event 1: it does not begin a ledger")
}

fn digest(line: &str) -> String {
    hex(&Sha256::digest(line.as_bytes()))
}
