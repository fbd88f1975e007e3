//! Everything in a ledger's file against its chain: what was derived is derived again, what was fixed is hashed again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use credential_core::document::tag;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::acts::acts;
use super::chain::{Head, Line, walk};
use super::documents::hash_row;
use super::persons::{Person, digest};
use super::witness::{AtRest, Witness, beside};
use super::{Event, Ledger};
use crate::hex::hex;

/// What a ledger holds, once it was proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its last event.
    pub head: Head,
    /// Documents.
    pub documents: u64,
    /// Decisions.
    pub decisions: u64,
    /// Acts of a ministry.
    pub acts: u64,
    /// Everything that does not agree, in words; nothing, if all is well.
    pub faults: Vec<String>,
}

/// Proves a ledger; what does not agree is named.
pub fn verify(ledger: &Ledger) -> Result<Verified> {
    let mut proof = Proof::default();
    proof.check_bytes(ledger)?;
    let connection = &ledger.connection;
    for check in [Proof::check_pages, Proof::check_events, Proof::check_rows, Proof::check_acts, Proof::check_tables] {
        if let Err(error) = check(&mut proof, connection) {
            proof.faults.push(format!("{}: {error:#}", ledger.path().display()));
        }
    }
    let Proof { documents, decisions, faults, acts, .. } = proof;
    Ok(Verified { head: ledger.head()?, documents, decisions, acts: acts.len() as u64, faults })
}

/// What the events say must stand in the tables.
#[derive(Default)]
struct Proof {
    faults: Vec<String>,
    documents: u64,
    decisions: u64,
    /// Name of a batch, then the first position of a run of its rows: their count and digest.
    runs: BTreeMap<(String, u32), (u32, String)>,
    /// By number, key and digest of the row.
    acts: BTreeMap<String, (String, String)>,
    erased: BTreeSet<String>,
    /// What each small table must hold, a line for each row.
    tables: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Proof {
    fn row(&mut self, table: &'static str, row: String) {
        self.tables.entry(table).or_default().insert(row);
    }

    fn take(&mut self, line: &Line) {
        match &line.event {
            Event::Documents { batch, first, count, rows } => {
                self.documents += u64::from(*count);
                self.runs.insert((batch.clone(), *first), (*count, rows.clone()));
            }
            Event::Decision { .. } => self.decisions += 1,
            Event::Act { key, act, row } => drop(self.acts.insert(act.clone(), (key.clone(), row.clone()))),
            Event::Erased { serial, .. } => drop(self.erased.insert(serial.clone())),
            Event::Key { public } => self.row("key", public.clone()),
            Event::Secret { authority, test, fingerprint } => {
                self.row("secret", format!("{authority} {} {fingerprint}", u8::from(*test)));
            }
            Event::Batch { name, key, authority, test, kind, list, profile, count, sealed_at, minutes } => {
                let test = u8::from(*test);
                let row = format!("{name} {key} {authority} {test} {kind} {list} {profile} {count} {sealed_at} 0");
                self.row("batch", row);
                minutes
                    .iter()
                    .for_each(|used| self.row("used_minutes", format!("{name} {} {}", used.number, used.root)));
            }
            Event::Dropped { batch } => {
                let batches = self.tables.entry("batch").or_default();
                let begun = batches.iter().find(|row| row.starts_with(batch.as_str())).cloned();
                if let Some(begun) = begun {
                    batches.remove(&begun);
                    batches.insert(format!("{}1", &begun[..begun.len() - 1]));
                }
            }
            Event::Closed { key, closed_at, register, register_key, head } => {
                self.row("closing", format!("{key} {closed_at} {register} {register_key} {head}"));
            }
            Event::Minutes { key, minutes, root } => self.row("sealed_minutes", format!("{minutes} {key} {root}")),
            Event::Began { .. } | Event::Machine { .. } | Event::Ended { .. } | Event::Clerks { .. } => {}
        }
    }

    /// The bytes of the file, if nothing was written since they were last taken down.
    fn check_bytes(&mut self, ledger: &Ledger) -> Result<()> {
        let Some(Witness { head, file: Some(file), .. }) = Witness::read(&beside(&ledger.office))? else {
            return Ok(());
        };
        if head != ledger.head()? {
            return Ok(());
        }
        let found = AtRest::of(&ledger.path())?;
        if found.bytes != file.bytes {
            self.faults
                .push(format!("the file has {} bytes, and had {} when it was last closed", found.bytes, file.bytes));
        }
        for (at, (found, left)) in found.blocks.iter().zip(&file.blocks).enumerate() {
            if found != left {
                let first = at << 20;
                let last = (first + (1 << 20)).min(usize::try_from(file.bytes)?) - 1;
                self.faults.push(format!("bytes {first} to {last} of the file are not as they were left"));
            }
        }
        Ok(())
    }

    fn check_events(&mut self, connection: &Connection) -> Result<()> {
        walk(connection, |line| {
            self.take(line);
            Ok(())
        })
    }

    fn check_pages(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare("PRAGMA integrity_check")?;
        let found = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        self.faults.extend(found.into_iter().filter(|found| found != "ok"));
        Ok(())
    }

    /// The rows of documents and persons, run by run.
    fn check_rows(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare(
            "SELECT batch.name, position, serial, holder, person, contents, digest, tag, personal, salt, facts, folded
             FROM document JOIN batch ON batch.id = document.batch LEFT JOIN person ON person.document = document.id
             ORDER BY batch, position",
        )?;
        let mut rows = statement.query([])?;
        let mut run: Option<((String, u32), u32, Sha256)> = None;
        while let Some(row) = rows.next()? {
            let (name, position): ([u8; 16], u32) = (row.get(0)?, row.get(1)?);
            let serial: Vec<u8> = row.get(2)?;
            let place = format!("document {} (position {position} of batch {})", hex(&serial), hex(&name));
            let begins = (hex(&name), position);
            if self.runs.contains_key(&begins) {
                self.end_run(run.take());
                run = Some((begins, 0, Sha256::new()));
            }
            let Some((_, count, digests)) = &mut run else {
                self.faults.push(format!("{place} belongs to no event"));
                continue;
            };
            let document: [u8; 32] = row.get(6)?;
            let personal: [u8; 32] = row.get(8)?;
            hash_row(digests, position, &serial, [&row.get(3)?, &row.get(4)?, &row.get(5)?], [&document, &personal]);
            *count += 1;
            if row.get::<_, [u8; 8]>(7)? != tag(&document) {
                self.faults.push(format!("{place} has the tag of another"));
            }
            match row.get::<_, Option<String>>(10)? {
                Some(facts) => {
                    let salt: Vec<u8> = row.get(9)?;
                    let folded: String = row.get(11)?;
                    let person: Option<Person> = serde_json::from_str(&facts).ok();
                    if digest(&salt, &facts) != personal || person.is_none_or(|person| person.folded() != folded) {
                        self.faults.push(format!("the person of {place} was changed"));
                    }
                }
                None if self.erased.contains(&hex(&serial)) => {}
                None => {
                    self.faults.push(format!("the person of {place} is missing, and no event says that it was erased"))
                }
            }
        }
        self.end_run(run);
        for (batch, first) in std::mem::take(&mut self.runs).into_keys() {
            self.faults.push(format!("the documents from position {first} of batch {batch} on are missing"));
        }
        Ok(())
    }

    fn end_run(&mut self, run: Option<((String, u32), u32, Sha256)>) {
        let Some((begins, count, digests)) = run else { return };
        let Some((expected, rows)) = self.runs.remove(&begins) else { return };
        if (count, &hex(&digests.finalize())) != (expected, &rows) {
            let (batch, first) = begins;
            self.faults.push(format!(
                "the {expected} documents from position {first} of batch {batch} on are not those of their event"
            ));
        }
    }

    fn check_acts(&mut self, connection: &Connection) -> Result<()> {
        let mut missing: BTreeSet<String> = self.acts.keys().cloned().collect();
        for act in acts(connection, "?1 = ''", "")? {
            let sql = "SELECT public, tag FROM act JOIN key ON key.id = act.key WHERE act.number = ?";
            let (key, found): ([u8; 32], [u8; 8]) =
                connection.query_row(sql, [&act.number], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let known = self.acts.get(&act.number).is_some_and(|of| *of == (hex(&key), hex(&act.row())));
            if !known || found != tag(&act.digest) {
                self.faults.push(format!("the act {} is not that of its event", act.number));
            }
            missing.remove(&act.number);
        }
        self.faults.extend(missing.into_iter().map(|number| format!("the act {number} is missing")));
        Ok(())
    }

    /// The small tables follow from the events and nothing else.
    fn check_tables(&mut self, connection: &Connection) -> Result<()> {
        for (table, sql) in DERIVED {
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            let found: BTreeSet<String> = rows.collect::<Result<_, _>>().with_context(|| format!("reading {table}"))?;
            let expected = self.tables.remove(table).unwrap_or_default();
            for row in expected.symmetric_difference(&found) {
                let what = if found.contains(row) { "is in no event" } else { "is missing" };
                self.faults.push(format!("a row of {table} {what}: {row}"));
            }
        }
        Ok(())
    }
}

const DERIVED: [(&str, &str); 6] = [
    ("key", "SELECT lower(hex(public)) FROM key"),
    ("secret", "SELECT authority || ' ' || test || ' ' || lower(hex(fingerprint)) FROM secret"),
    (
        "batch",
        "SELECT lower(hex(name)) || ' ' || lower(hex(public)) || ' ' || authority || ' ' || test || ' ' || kind || ' '
         || lower(hex(list)) || ' ' || lower(hex(profile)) || ' ' || count || ' ' || sealed_at || ' ' || dropped
         FROM batch JOIN key ON key.id = batch.key",
    ),
    (
        "used_minutes",
        "SELECT lower(hex(name)) || ' ' || number || ' ' || lower(hex(root)) FROM used_minutes JOIN batch ON id = batch",
    ),
    (
        "closing",
        "SELECT lower(hex(public)) || ' ' || closed_at || ' ' || number || ' ' || lower(hex(register_key)) || ' '
         || lower(hex(head)) FROM closing JOIN key ON id = key",
    ),
    ("sealed_minutes", "SELECT number || ' ' || lower(hex(key)) || ' ' || lower(hex(root)) FROM sealed_minutes"),
];
