//! Decisions on the status of documents: events of the chain, signed by two clerks where the office has named them (ISS-8,
//! ISS-14).

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result, ensure};
use credential_core::document::{Serial, Tag, tag};
use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;
use credential_core::time::parse_time;

use super::chain::{Line, walk};
use super::event::hex32;
use super::{Event, Ledger, State};
use crate::hex::{from_hex, hex};

/// What was decided on the documents of one key.
pub struct History {
    key: PublicKey,
    seq: u64,
    times: Vec<u64>,
    documents: HashMap<Tag, Past>,
    /// By the serial of a duplicate, the documents that stayed in force beside it.
    copies: HashMap<Serial, Vec<Tag>>,
    /// Those of whom two sign every decision; nobody signs as long as there are none.
    clerks: Vec<PublicKey>,
}

/// What was decided on one document.
pub struct Past {
    /// The serial that it bears, where it was seen.
    pub serial: Option<Serial>,
    /// How many decisions the authority had taken with the last one on it.
    pub seq: u64,
    /// Every state it was in, the last one last.
    pub states: Vec<State>,
    /// The reason for the last change.
    pub reason: String,
    /// Later editions that were sealed in its place or beside it, the last one last.
    pub successors: Vec<Serial>,
}

/// One decision.
pub struct Change<'a> {
    /// How many decisions the authority has taken with this one.
    pub seq: u64,
    /// The serial that it bears, where it was seen.
    pub serial: Option<Serial>,
    /// Its digest.
    pub digest: [u8; 32],
    /// Its state before.
    pub from: State,
    /// Its state from now on.
    pub to: State,
    /// Why.
    pub reason: &'a str,
    /// The later edition that was sealed for it.
    pub successor: Option<&'a Serial>,
}

impl Ledger {
    /// What was decided on the documents of a key; every decision must be signed as the clerks' rule before it says.
    pub fn history(&self, key: &PublicKey) -> Result<History> {
        let of = hex(key.as_bytes());
        let found = self.histories(|key| key == of)?.remove(&of);
        found.map_or_else(|| History::of(&of), Ok)
    }

    /// By tag, the last state of every document on which anything was decided, whatever key sealed it.
    pub fn last_states(&self) -> Result<HashMap<Tag, State>> {
        let histories = self.histories(|_| true)?;
        let pasts = histories.values().flat_map(History::documents);
        let mut newest: HashMap<Tag, &Past> = HashMap::new();
        for (tag, past) in pasts {
            let known = newest.entry(*tag).or_insert(past);
            if past.seq > known.seq {
                *known = past;
            }
        }
        Ok(newest.into_iter().filter_map(|(tag, past)| Some((tag, *past.states.last()?))).collect())
    }

    /// The histories of the keys that are wanted, by key.
    fn histories(&self, wanted: impl Fn(&str) -> bool) -> Result<HashMap<String, History>> {
        let mut histories = HashMap::new();
        walk(&self.connection, |line| match &line.event {
            Event::Decision { key, .. } | Event::Clerks { key, .. } if wanted(key) => {
                let history = match histories.entry(key.clone()) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(History::of(key)?),
                };
                history.read(line)
            }
            _ => Ok(()),
        })
        .with_context(|| format!("the ledger {} is damaged; put its newest copy back", self.path().display()))?;
        Ok(histories)
    }

    /// Adds decisions on documents of a history's key, signed by the clerks if there are any.
    pub(crate) fn decide(
        &self,
        history: &History,
        changes: &[Change<'_>],
        now: u64,
        clerks: &[SealingKey],
    ) -> Result<()> {
        history.check_clerks(clerks)?;
        if changes.is_empty() {
            return Ok(());
        }
        self.write(|writer| {
            changes.iter().try_for_each(|change| {
                let event = Event::Decision {
                    key: hex(history.key.as_bytes()),
                    seq: change.seq,
                    serial: change.serial.as_ref().map(Serial::to_string),
                    digest: hex(&change.digest),
                    from: change.from,
                    to: change.to,
                    reason: change.reason.to_owned(),
                    successor: change.successor.map(Serial::to_string),
                };
                writer.append(now, &event, clerks)
            })
        })
    }

    /// Adds the rule that from here on two of these clerks decide; two of those that decided before sign it, the first one
    /// two of its own.
    pub(crate) fn rule(&self, history: &History, new: &[PublicKey], now: u64, clerks: &[SealingKey]) -> Result<()> {
        check_clerks(clerks, if history.clerks.is_empty() { new } else { &history.clerks })?;
        let names = new.iter().map(|clerk| hex(clerk.as_bytes())).collect();
        let event = Event::Clerks { key: hex(history.key.as_bytes()), clerks: names };
        self.write(|writer| writer.append(now, &event, clerks))
    }
}

impl History {
    /// The one of a key on which nothing was decided yet.
    fn of(key: &str) -> Result<Self> {
        Ok(Self {
            key: PublicKey::new(&hex32(key)?).with_context(|| format!("{key} is not a public key"))?,
            seq: 0,
            times: Vec::new(),
            documents: HashMap::new(),
            copies: HashMap::new(),
            clerks: Vec::new(),
        })
    }

    fn read(&mut self, line: &Line) -> Result<()> {
        let time = parse_time(&line.time).with_context(|| format!("{} is not a time", line.time))?;
        match &line.event {
            Event::Clerks { clerks, .. } => {
                let new = keys(clerks)?;
                check_signatures(line, if self.clerks.is_empty() { &new } else { &self.clerks })?;
                self.clerks = new;
            }
            Event::Decision { seq, serial, digest, from, to, reason, successor, .. } => {
                check_signatures(line, &self.clerks)?;
                let successor = successor.as_deref().map(parse).transpose()?;
                let serial = serial.as_deref().map(parse).transpose()?;
                ensure!(*seq > self.seq, "its seq is {seq} after {}", self.seq);
                self.seq = *seq;
                let tag = tag(&hex32(digest)?);
                self.decided(tag, serial, successor, (*from, *to), reason);
            }
            _ => return Ok(()),
        }
        self.times.push(time);
        Ok(())
    }

    fn decided(
        &mut self,
        tag: Tag,
        serial: Option<Serial>,
        successor: Option<Serial>,
        (from, to): (State, State),
        reason: &str,
    ) {
        if let (Some(successor), State::InForce) = (&successor, to) {
            self.copies.entry(successor.clone()).or_default().push(tag);
        }
        let seq = self.seq;
        let past = self.documents.entry(tag).or_insert_with(|| Past {
            serial,
            seq,
            states: Vec::new(),
            reason: String::new(),
            successors: Vec::new(),
        });
        // the list of another key can have spoken of the same document in between
        if past.states.last() != Some(&from) {
            past.states.push(from);
        }
        past.states.push(to);
        (past.seq, past.reason) = (seq, reason.to_owned());
        past.successors.extend(successor);
    }

    /// What was decided on a document.
    pub fn past(&self, tag: &Tag) -> Option<&Past> {
        self.documents.get(tag)
    }

    /// The documents that were left in force beside a duplicate, as far as they still are.
    pub fn copies_of(&self, duplicate: &Serial) -> impl Iterator<Item = &Serial> {
        let pasts = self.copies.get(duplicate).into_iter().flatten().filter_map(|copy| self.past(copy));
        pasts.filter(|past| past.states.last() == Some(&State::InForce)).filter_map(|past| past.serial.as_ref())
    }

    /// Every document on which anything was decided, by tag.
    pub fn documents(&self) -> impl Iterator<Item = (&Tag, &Past)> {
        self.documents.iter()
    }

    /// By tag, the last state of every document on which anything was decided.
    pub fn last_states(&self) -> HashMap<Tag, State> {
        let last = |(tag, past): (&Tag, &Past)| past.states.last().map(|state| (*tag, *state));
        self.documents().filter_map(last).collect()
    }

    /// The time of the latest decision; 0 if there is none. One that is dated more than a day ahead of the clock says
    /// only that a clock was wrong.
    pub fn latest(&self, now: u64) -> u64 {
        self.times.iter().copied().filter(|time| *time <= now.saturating_add(DAY)).max().unwrap_or(0)
    }

    /// How many decisions the authority had taken with the last one here.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Checks that those may decide who are to sign.
    pub fn check_clerks(&self, clerks: &[SealingKey]) -> Result<()> {
        check_clerks(clerks, &self.clerks)
    }

    /// Those of whom two decide; none if one person does.
    pub fn clerks(&self) -> &[PublicKey] {
        &self.clerks
    }
}

fn parse(text: &str) -> Result<Serial> {
    from_hex(text).and_then(Serial::new).with_context(|| format!("{text} is not a serial"))
}

/// The clerks' keys: two at least, each another one.
fn keys(names: &[String]) -> Result<Vec<PublicKey>> {
    let different = names.iter().collect::<BTreeSet<_>>().len();
    ensure!(different >= PERSONS && different == names.len(), "it does not name {PERSONS} clerks or more");
    let key = |name: &String| PublicKey::new(&hex32(name)?).with_context(|| format!("{name} is not a public key"));
    names.iter().map(key).collect()
}

/// Checks that two of these clerks have signed, or that nobody had to.
fn check_signatures(line: &Line, clerks: &[PublicKey]) -> Result<()> {
    if clerks.is_empty() {
        ensure!(line.signatures.is_empty(), "it is signed, but no event before it says by whom");
        return Ok(());
    }
    let mut different = BTreeSet::new();
    for signed in &line.signatures {
        let key = clerks.iter().find(|key| hex(key.as_bytes()) == signed.clerk);
        let key = key.with_context(|| format!("{} is not the key of a clerk", signed.clerk))?;
        ensure!(line.is_signed_by(signed, key)?, "the signature of the clerk {} does not hold", hex(&key.id()));
        different.insert(*key.as_bytes());
    }
    ensure!(different.len() >= PERSONS, "{} clerks have signed it, {PERSONS} must", different.len());
    Ok(())
}

/// Checks that these keys are those of enough clerks, each another one.
fn check_clerks(keys: &[SealingKey], clerks: &[PublicKey]) -> Result<()> {
    if clerks.is_empty() {
        ensure!(
            keys.is_empty(),
            "nobody was named a clerk for these documents; do it first, with `issuer status clerks`"
        );
        return Ok(());
    }
    let mut different = BTreeSet::new();
    for key in keys {
        let id = hex(&key.id());
        ensure!(clerks.contains(&key.public()), "the key {id} is not the key of a clerk for these documents");
        ensure!(different.insert(*key.public().as_bytes()), "the clerk {id} is named twice; {PERSONS} persons decide");
    }
    let ids = clerks.iter().map(|clerk| hex(&clerk.id())).collect::<Vec<_>>().join(", ");
    ensure!(
        different.len() >= PERSONS,
        "{PERSONS} persons decide on these documents: name the keys of {PERSONS} clerks with --clerk ({ids})"
    );
    Ok(())
}

/// How many clerks decide together.
const PERSONS: usize = 2;
const DAY: u64 = 86_400;
