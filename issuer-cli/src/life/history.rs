//! The history of a key: every status change of its documents, one JSON object a line, only ever added to.
//!
//! Each line is numbered and holds the SHA-256 of the line before it (the first: of the public key), so a line that was
//! changed, moved or taken out is named. A cut tail is found where a pack says what the history never said.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use credential_core::document::{Serial, Tag, tag};
use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;
use credential_core::time::{parse_time, rfc3339};
use sha2::{Digest, Sha256};

use super::State;
use super::entry::{Clerks, Decision, Entry, check_clerks};
use super::named::parse_digest;
use crate::file::{lock, with_ending};
use crate::hex::{from_hex, hex};

/// Where the history of a key file is: the same name with `.history.jsonl` behind it.
pub fn history_path(key: &Path) -> PathBuf {
    with_ending(key, ".history.jsonl")
}

/// Where the chain of a history is broken.
#[derive(Debug, thiserror::Error)]
#[error("the history {} is broken at line {line}; compare it with a copy", path.display())]
pub struct BrokenAt {
    /// The file.
    pub path: PathBuf,
    /// The first line that does not follow from those before it.
    pub line: u64,
}

/// By tag, the last state of every document that the history of a key names; a broken chain is a [`BrokenAt`].
pub fn last_states(key: &Path, public: &PublicKey) -> Result<HashMap<Tag, State>> {
    let history = History::open(&history_path(key), public)?;
    let last = |(tag, past): (&Tag, &Past)| past.states.last().map(|state| (*tag, *state));
    Ok(history.documents().filter_map(last).collect())
}

/// A history whose chain holds; no other program changes it meanwhile.
pub(super) struct History {
    path: PathBuf,
    /// How many bytes hold lines; what follows is the start of one that a kill cut short.
    whole: u64,
    /// Whether the last line lacks its end.
    unended: bool,
    lines: u64,
    previous: String,
    seq: u64,
    times: Vec<u64>,
    documents: HashMap<Tag, Past>,
    /// By the serial of a duplicate, the documents that stayed in force beside it.
    copies: HashMap<Serial, Vec<Tag>>,
    /// Those of whom two sign every line; nobody signs as long as there are none.
    clerks: Vec<PublicKey>,
    _lock: File,
}

/// What the history says of one document.
pub(super) struct Past {
    /// The serial that it bears, where it was seen.
    pub(super) serial: Option<Serial>,
    /// How many decisions the authority had taken with the last one on it.
    pub(super) seq: u64,
    /// Every state it was in, the last one last.
    pub(super) states: Vec<State>,
    /// The reason for the last change.
    pub(super) reason: String,
    /// Later editions that were sealed in its place or beside it, the last one last.
    pub(super) successors: Vec<Serial>,
}

/// One decision.
pub(super) struct Change<'a> {
    /// How many decisions the authority has taken with this one.
    pub(super) seq: u64,
    pub(super) serial: Option<Serial>,
    pub(super) digest: [u8; 32],
    pub(super) from: State,
    pub(super) to: State,
    pub(super) reason: &'a str,
    /// The later edition that was sealed for it.
    pub(super) successor: Option<&'a Serial>,
}

impl History {
    /// Reads the history of a key and checks its chain.
    pub(super) fn open(path: &Path, key: &PublicKey) -> Result<Self> {
        let busy = "another program is changing the status of this key's documents; wait until it has ended";
        let lock = lock(path, busy)?;
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            read => read.with_context(|| format!("reading the history {}", path.display()))?,
        };
        let ended = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
        let unended = serde_json::from_slice::<Entry>(&bytes[ended..]).is_ok();
        let whole = if unended { bytes.len() } else { ended };
        let mut history = Self {
            path: path.to_owned(),
            whole: whole as u64,
            unended,
            lines: 0,
            previous: hex(&key.digest()),
            seq: 0,
            times: Vec::new(),
            documents: HashMap::new(),
            copies: HashMap::new(),
            clerks: Vec::new(),
            _lock: lock,
        };
        for line in bytes[..whole].split_inclusive(|&byte| byte == b'\n') {
            let number = history.lines + 1;
            history.read_line(line).with_context(|| BrokenAt { path: path.to_owned(), line: number })?;
        }
        Ok(history)
    }

    fn read_line(&mut self, bytes: &[u8]) -> Result<()> {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let mut entry: Entry = serde_json::from_slice(bytes).context("it is not a line of a history")?;
        ensure!(entry.previous() == self.previous, "it does not follow the line before it");
        ensure!(entry.number() == self.lines + 1, "its number is {}", entry.number());
        let time = parse_time(entry.time()).with_context(|| format!("{} is not a time", entry.time()))?;
        let first_rule = match &entry {
            Entry::Clerks(rule) if self.clerks.is_empty() => Some(rule.keys()?),
            _ => None,
        };
        entry.check_signatures(first_rule.as_ref().unwrap_or(&self.clerks))?;
        self.lines = entry.number();
        match entry {
            Entry::Decision(decision) => self.read_decision(decision)?,
            Entry::Clerks(rule) => self.clerks = rule.keys()?,
        }
        self.previous = hex(&Sha256::digest(bytes));
        self.times.push(time);
        Ok(())
    }

    fn read_decision(&mut self, decision: Decision) -> Result<()> {
        let successor = decision.successor.as_deref().map(parse_serial).transpose()?;
        let serial = decision.serial.as_deref().map(parse_serial).transpose()?;
        let tag = tag(&parse_digest(&decision.digest)?);
        ensure!(decision.seq > self.seq, "its seq is {} after {}", decision.seq, self.seq);
        self.seq = decision.seq;
        if let (Some(successor), State::InForce) = (&successor, decision.to) {
            self.copies.entry(successor.clone()).or_default().push(tag);
        }
        let past = self.documents.entry(tag).or_insert_with(|| Past {
            serial,
            seq: decision.seq,
            states: Vec::new(),
            reason: String::new(),
            successors: Vec::new(),
        });
        // the list of another key can have spoken of the same document in between
        if past.states.last() != Some(&decision.from) {
            past.states.push(decision.from);
        }
        past.states.push(decision.to);
        (past.seq, past.reason) = (decision.seq, decision.reason);
        past.successors.extend(successor);
        Ok(())
    }

    /// What it says of a document.
    pub(super) fn past(&self, tag: &Tag) -> Option<&Past> {
        self.documents.get(tag)
    }

    /// The documents of a register that were left in force beside a duplicate, as far as they still are.
    pub(super) fn copies_of(&self, duplicate: &Serial) -> impl Iterator<Item = &Serial> {
        let pasts = self.copies.get(duplicate).into_iter().flatten().filter_map(|copy| self.past(copy));
        pasts.filter(|past| past.states.last() == Some(&State::InForce)).filter_map(|past| past.serial.as_ref())
    }

    /// Every document that it names, by tag.
    pub(super) fn documents(&self) -> impl Iterator<Item = (&Tag, &Past)> {
        self.documents.iter()
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The time of the latest decision; 0 if there is none. One that is dated more than a day ahead of the clock says
    /// only that a clock was wrong.
    pub(super) fn latest(&self, now: u64) -> u64 {
        self.times.iter().copied().filter(|time| *time <= now.saturating_add(DAY)).max().unwrap_or(0)
    }

    /// How many decisions the authority had taken with the last one here.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    /// Checks that those may decide who are to sign.
    pub(super) fn check_clerks(&self, clerks: &[SealingKey]) -> Result<()> {
        check_clerks(clerks, &self.clerks)
    }

    /// Those of whom two decide; none if one person does.
    pub(super) fn clerks(&self) -> &[PublicKey] {
        &self.clerks
    }

    /// Adds decisions, signed by the clerks if there are any, and brings them to the disk.
    pub(super) fn append(self, changes: &[Change<'_>], now: u64, clerks: &[SealingKey]) -> Result<()> {
        self.check_clerks(clerks)?;
        let decision = |number, previous, change: &Change<'_>| {
            Entry::Decision(Decision {
                number,
                seq: change.seq,
                time: rfc3339(now),
                serial: change.serial.as_ref().map(Serial::to_string),
                digest: hex(&change.digest),
                from: change.from,
                to: change.to,
                reason: change.reason.to_owned(),
                successor: change.successor.map(Serial::to_string),
                previous,
                signatures: Vec::new(),
            })
        };
        self.write(changes, decision, clerks)
    }

    /// Adds the rule that from here on two of these clerks decide; two of those that decided before sign it, the first
    /// one two of its own.
    pub(super) fn rule(self, new: &[PublicKey], now: u64, clerks: &[SealingKey]) -> Result<()> {
        check_clerks(clerks, if self.clerks.is_empty() { new } else { &self.clerks })?;
        let names: Vec<String> = new.iter().map(|clerk| hex(clerk.as_bytes())).collect();
        let rule = |number, previous, clerks: &Vec<String>| {
            let (time, clerks) = (rfc3339(now), clerks.clone());
            Entry::Clerks(Clerks { number, time, clerks, previous, signatures: Vec::new() })
        };
        self.write(&[names], rule, clerks)
    }

    fn write<T>(self, all: &[T], entry: impl Fn(u64, String, &T) -> Entry, clerks: &[SealingKey]) -> Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        let mut block = if self.unended { vec![b'\n'] } else { Vec::new() };
        let (mut number, mut previous) = (self.lines, self.previous);
        for one in all {
            number += 1;
            let line = entry(number, previous, one).signed_by(clerks)?;
            previous = hex(&Sha256::digest(&line));
            block.extend(line);
            block.push(b'\n');
        }
        write_behind(&self.path, self.whole, &block).with_context(|| format!("writing {}", self.path.display()))
    }
}

/// Writes behind the whole lines. A line cut short by a kill goes: no pack was ever made from it.
fn write_behind(path: &Path, whole: u64, block: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    file.set_len(whole)?;
    file.seek(SeekFrom::End(0))?;
    file.write_all(block)?;
    file.sync_all()?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?; // so that a new file's name is on the disk too
    }
    Ok(())
}

/// Reads a serial as people write it.
pub fn parse_serial(text: &str) -> Result<Serial> {
    from_hex(text.trim())
        .and_then(Serial::new)
        .ok_or_else(|| anyhow!("`{}` is not a serial: 16 to 32 hexadecimal digits", text.trim()))
}

const DAY: u64 = 86_400;
