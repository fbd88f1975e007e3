//! Batches and their documents: who has what already, whatever key sealed it.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use credential_core::document::{Kind, Serial, tag};
use credential_core::lists::PublicKey;
use credential_core::time::rfc3339;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::basis::{UsedMinutes, record_minutes, record_secret, used_minutes};
use super::event::MinutesUsed;
use super::persons::Person;
use super::{Event, Ledger, Writer, key};
use crate::hex::hex;

/// What makes two runs the same batch.
#[derive(Clone, Debug)]
pub struct Identity {
    /// SHA-256 of the list.
    pub list: [u8; 32],
    /// SHA-256 of the profile.
    pub profile: [u8; 32],
    /// The kind of document.
    pub kind: Kind,
    /// The key that seals.
    pub key: PublicKey,
}

/// A batch as it was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRecord {
    /// Its number in the ledger.
    pub id: i64,
    /// Its name.
    pub name: [u8; 16],
    /// Time of sealing.
    pub sealed_at: u64,
    /// How many documents it is to have.
    pub count: u32,
    /// Whether it was begun before.
    pub resumed: bool,
}

/// A batch to begin.
pub struct NewBatch<'a> {
    /// What makes it the same batch when it is run again.
    pub identity: &'a Identity,
    /// For whom its key seals.
    pub authority: &'a str,
    /// Whether its documents are specimens.
    pub test: bool,
    /// How many documents it is to have.
    pub count: u32,
    /// The minutes that its list was compared with.
    pub minutes: &'a [UsedMinutes],
    /// The fingerprint of the office's secret.
    pub secret: &'a [u8; 32],
    /// Time of sealing.
    pub now: u64,
}

/// What a holder has already.
pub struct SealedBefore {
    /// The serial.
    pub serial: Serial,
    /// A keyed digest of what it says.
    pub contents: [u8; 16],
    /// Whose it is, unless that was erased.
    pub person: Option<Person>,
}

/// One sealed document of a batch.
pub struct DocumentRecord<'a> {
    /// Its serial.
    pub serial: &'a Serial,
    /// Its place in the batch, from 0.
    pub position: u32,
    /// A keyed digest of authority, kind, session, candidate's number and edition: nobody gets two originals.
    pub holder: [u8; 16],
    /// A keyed digest of kind, session, folded name and birth: the same person under another number is looked at.
    pub person: [u8; 16],
    /// A keyed digest of what it says, wherever it stands in the list.
    pub contents: [u8; 16],
    /// The document digest (SPEC section 6); its tag stands beside it.
    pub digest: [u8; 32],
    /// Whose it is.
    pub facts: Person,
    /// What keeps the digest of that from being guessed; only the office can make it.
    pub salt: [u8; 16],
}

/// The number that stands for a kind in files that outlive this program.
pub(super) fn number_of(kind: Kind) -> u8 {
    (1..).zip(Kind::ALL).find(|(_, known)| *known == kind).map_or(0, |(number, _)| number)
}

impl Ledger {
    /// How many documents a key has sealed or promised to seal.
    pub fn promised(&self, key: &PublicKey) -> Result<u64> {
        let sql =
            "SELECT coalesce(sum(count), 0) FROM batch JOIN key ON key.id = batch.key WHERE public = ? AND NOT dropped";
        Ok(self.connection.query_row(sql, [key.as_bytes()], |row| row.get(0))?)
    }

    /// The batch with this identity, if it was begun before.
    pub fn find_batch(&self, identity: &Identity) -> Result<Option<BatchRecord>> {
        let Identity { list, profile, kind, key } = identity;
        let found = self.connection.query_row(
            "SELECT batch.id, name, sealed_at, count FROM batch JOIN key ON key.id = batch.key
             WHERE list = ? AND profile = ? AND kind = ? AND public = ? AND NOT dropped",
            params![list, profile, number_of(*kind), key.as_bytes()],
            |row| {
                let (id, name, sealed_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(BatchRecord { id, name, sealed_at, count: row.get(3)?, resumed: true })
            },
        );
        Ok(found.optional()?)
    }

    /// Begins a batch.
    pub fn begin_batch(&self, new: &NewBatch<'_>) -> Result<BatchRecord> {
        let mut name = [0; 16];
        getrandom::fill(&mut name).map_err(|_| anyhow::anyhow!("the system gives no random bytes"))?;
        let NewBatch { identity, authority, test, count, minutes, secret, now } = new;
        let id = self.write(|writer| {
            let key = key::number(writer.connection(), &identity.key)?;
            key::ensure_open(writer.connection(), key)?;
            check_world(writer.connection(), *test)?;
            record_secret(writer, authority, *test, secret, *now)?;
            let event = Event::Batch {
                name: hex(&name),
                key: hex(identity.key.as_bytes()),
                authority: (*authority).to_owned(),
                test: *test,
                kind: number_of(identity.kind),
                list: hex(&identity.list),
                profile: hex(&identity.profile),
                count: *count,
                sealed_at: *now,
                minutes: minutes
                    .iter()
                    .map(|used| MinutesUsed { number: used.number, root: hex(&used.root) })
                    .collect(),
            };
            writer.append(*now, &event, &[])?;
            writer.connection().execute(
                "INSERT INTO batch (name, key, authority, test, kind, list, profile, count, sealed_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    name,
                    key,
                    authority,
                    test,
                    number_of(identity.kind),
                    identity.list,
                    identity.profile,
                    count,
                    now
                ],
            )?;
            let id = writer.connection().last_insert_rowid();
            record_minutes(writer.connection(), id, minutes)?;
            Ok(id)
        })?;
        Ok(BatchRecord { id, name, sealed_at: *now, count: *count, resumed: false })
    }

    /// The minutes that a batch was compared with, by number.
    pub fn batch_minutes(&self, batch: i64) -> Result<Vec<UsedMinutes>> {
        used_minutes(&self.connection, "batch = ?", batch)
    }

    /// Ends batches other than `own` (0 for none) that were begun and of which no document was sealed: nothing of them has left the house.
    pub fn drop_empty(&self, own: i64, now: u64) -> Result<()> {
        let empty =
            "SELECT id, name FROM batch WHERE NOT dropped AND id <> ? AND id NOT IN (SELECT batch FROM document)";
        let mut statement = self.connection.prepare(empty)?;
        let rows = statement.query_map([own], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: Vec<(i64, [u8; 16])> = rows.collect::<Result<_, _>>()?;
        if found.is_empty() {
            return Ok(());
        }
        self.write(|writer| {
            for (id, name) in &found {
                writer.append(now, &Event::Dropped { batch: hex(name) }, &[])?;
                writer.connection().execute("UPDATE batch SET dropped = 1 WHERE id = ?", [id])?;
            }
            Ok(())
        })
    }

    /// A batch other than `own` that was begun and not finished: when it was begun, documents sealed and promised.
    pub fn unfinished(&self, own: i64) -> Result<Option<(u64, u32, u32)>> {
        let found = self.connection.query_row(
            "SELECT sealed_at, sealed, count FROM batch
             JOIN (SELECT batch, count(*) AS sealed FROM document GROUP BY batch) ON batch = batch.id
             WHERE sealed < count AND batch.id <> ?",
            [own],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        );
        Ok(found.optional()?)
    }

    /// Whether there is a batch other than `own`.
    pub fn has_others(&self, own: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE id <> ? AND NOT dropped)";
        Ok(self.connection.query_row(sql, [own], |row| row.get(0))?)
    }

    /// What another batch has sealed for a holder.
    pub fn sealed_before(&self, holder: &[u8; 16], own: i64) -> Result<Option<SealedBefore>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT serial, contents, facts FROM document LEFT JOIN person ON person.document = document.id
             WHERE holder = ? AND batch <> ?",
        )?;
        let found = statement.query_row(params![holder, own], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
        });
        let Some((serial, contents, facts)) = found.optional()? else { return Ok(None) };
        let person = facts.map(|facts| serde_json::from_str(&facts)).transpose()?;
        Ok(Some(SealedBefore { serial: key::serial(serial)?, contents, person }))
    }

    /// The serial of a document for the same person under another number, in another batch.
    pub fn same_person(&self, person: &[u8; 16], holder: &[u8; 16], own: i64) -> Result<Option<Serial>> {
        let sql = "SELECT serial FROM document WHERE person = ? AND holder <> ? AND batch <> ? LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let serial = statement.query_row(params![person, holder, own], |row| row.get(0)).optional()?;
        serial.map(key::serial).transpose()
    }

    /// The digests of the documents at `positions`, if all of them are recorded.
    pub fn digests(&self, batch: i64, positions: Range<u32>) -> Result<Option<Vec<[u8; 32]>>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT digest FROM document WHERE batch = ? AND position >= ? AND position < ? ORDER BY position",
        )?;
        let rows = statement.query_map(params![batch, positions.start, positions.end], |row| row.get(0))?;
        let digests: Vec<[u8; 32]> = rows.collect::<Result<_, _>>()?;
        Ok((digests.len() == positions.len()).then_some(digests))
    }

    /// The serials of a batch, in its order.
    pub fn serials(&self, batch: i64) -> Result<Vec<Serial>> {
        let mut statement = self.connection.prepare("SELECT serial FROM document WHERE batch = ? ORDER BY position")?;
        let rows = statement.query_map([batch], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|serial| key::serial(serial?)).collect()
    }

    /// Batch, position and digest of the document that has a serial.
    pub fn owner(&self, serial: &Serial) -> Result<Option<(i64, u32, [u8; 32])>> {
        let sql = "SELECT batch, position, digest FROM document WHERE serial = ?";
        let found = self
            .connection
            .prepare_cached(sql)?
            .query_row(params![serial.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        Ok(found.optional()?)
    }

    /// Records documents, all or none. A serial or a holder that is there already is refused.
    pub fn record(&self, batch: &BatchRecord, documents: &[DocumentRecord<'_>], now: u64) -> Result<()> {
        let Some(first) = documents.first() else { return Ok(()) };
        self.write(|writer| {
            let mut rows = Sha256::new();
            for document in documents {
                insert(writer, batch.id, document, &mut rows)?;
            }
            let event = Event::Documents {
                batch: hex(&batch.name),
                first: first.position,
                count: u32::try_from(documents.len())?,
                rows: hex(&rows.finalize()),
            };
            writer.append(now, &event, &[])
        })
    }

    /// Records that all documents of a batch and its manifest were written.
    pub fn end_batch(&self, batch: &BatchRecord, manifest: &[u8], now: u64) -> Result<()> {
        let event = Event::Ended { batch: hex(&batch.name), manifest: hex(&Sha256::digest(manifest)) };
        // as the event stands within its line
        let text = serde_json::to_string(&event)?;
        let within = text.trim_start_matches('{').trim_end_matches('}');
        let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE instr(line, ?) > 0)";
        let ended: bool = self.connection.query_row(sql, [within], |row| row.get(0))?;
        if ended { Ok(()) } else { self.write(|writer| writer.append(now, &event, &[])) }
    }
}

fn insert(writer: &Writer<'_>, batch: i64, document: &DocumentRecord<'_>, rows: &mut Sha256) -> Result<()> {
    let DocumentRecord { serial, position, holder, person, contents, digest, facts, salt } = document;
    let personal = facts.personal(*salt)?;
    let connection = writer.connection();
    let mut insert = connection.prepare_cached(
        "INSERT INTO document (serial, batch, position, holder, person, contents, digest, tag, personal)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let row =
        params![serial.as_bytes(), batch, position, holder, person, contents, digest, tag(digest), personal.digest];
    insert.execute(row).with_context(|| {
        format!("the ledger holds another document with the same serial or holder (position {position})")
    })?;
    let id = connection.last_insert_rowid();
    let mut insert =
        connection.prepare_cached("INSERT INTO person (document, salt, facts, folded) VALUES (?, ?, ?, ?)")?;
    insert.execute(params![id, personal.salt, personal.facts, personal.folded])?;
    hash_row(rows, *position, serial.as_bytes(), [holder, person, contents], [digest, &personal.digest]);
    Ok(())
}

/// One row as its event fixes it.
pub(super) fn hash_row(
    rows: &mut Sha256,
    position: u32,
    serial: &[u8],
    [holder, person, contents]: [&[u8; 16]; 3],
    [digest, personal]: [&[u8; 32]; 2],
) {
    rows.update(position.to_be_bytes());
    rows.update([u8::try_from(serial.len()).unwrap_or(u8::MAX)]);
    for part in [serial, holder, person, contents, digest, personal] {
        rows.update(part);
    }
}

/// Specimens and documents that count never share a ledger: a rehearsal has a folder of its own.
fn check_world(connection: &Connection, test: bool) -> Result<()> {
    let sql = "SELECT EXISTS (SELECT 1 FROM batch WHERE test <> ?)";
    let other: bool = connection.query_row(sql, [test], |row| row.get(0))?;
    ensure!(
        !other,
        "this office's folder has sealed {}: {} need a folder, keys and a secret of their own, made with `issuer init`",
        if test { "documents that count" } else { "specimens" },
        if test { "specimens" } else { "documents that count" }
    );
    Ok(())
}

/// When an unfinished batch was begun, for people.
pub(crate) fn unfinished_words((begun, sealed, count): (u64, u32, u32)) -> String {
    format!("a batch begun {} is unfinished: {sealed} of {count} documents are sealed", rfc3339(begun))
}
