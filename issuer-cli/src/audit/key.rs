//! One key: what the ledger has of it, its head in the pack, and how often it was used.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use credential_core::Pack;
use credential_core::document::{Serial, Tag};
use credential_core::lists::{KeyUse, PublicKey};
use credential_core::register::RegisterTree;
use credential_core::sealing::Manifest;

use super::finding::{Code, Findings};
use crate::hex::hex;
use crate::ledger::{Ledger, Register, State, UsedMinutes};
use crate::life::minutes_root;
use crate::minutes::SealedMinutes;

/// What the ledger has of a key.
pub(super) struct KeySide<'l> {
    pub(super) ledger: PathBuf,
    public: PublicKey,
    /// The authority that the pack names for it.
    authority: String,
    reader: Register<'l>,
    pub(super) entries: Vec<(Serial, [u8; 32])>,
    places: OnceCell<HashMap<Serial, usize>>,
    seen: Vec<bool>,
    batches: Vec<BatchSide>,
}

/// A batch of the key.
struct BatchSide {
    name: [u8; 16],
    promised: u64,
    entries: Range<usize>,
    found: bool,
}

impl<'l> KeySide<'l> {
    pub(super) fn open(ledger: &'l Ledger, public: PublicKey, pack: &Pack) -> Result<Self> {
        let id = hex(&public.id());
        let found = pack.trust().claims().find(&public);
        let (authority, _) = found.with_context(|| format!("the trust pack does not name the key {id}"))?;
        let authority = authority.id.clone();
        let reader = ledger.register(&public)?;
        let mut entries = Vec::new();
        reader.each_document(|serial, digest| entries.push((serial, digest)))?;
        let mut start = 0;
        let batches = reader.batches()?.into_iter().map(|batch| {
            let end = start + usize::try_from(batch.recorded).unwrap_or(usize::MAX);
            let side = BatchSide { name: batch.name, promised: batch.promised, entries: start..end, found: false };
            start = end;
            side
        });
        let batches: Vec<_> = batches.collect();
        ensure!(start == entries.len(), "the ledger holds documents of no batch");
        let seen = vec![false; entries.len()];
        Ok(Self {
            ledger: ledger.office().ledger(),
            public,
            authority,
            reader,
            entries,
            places: OnceCell::new(),
            seen,
            batches,
        })
    }

    /// By tag, the last state of every document on which anything was decided.
    pub(super) fn states(&self) -> Result<HashMap<Tag, State>> {
        Ok(self.reader.ledger().history(&self.public)?.last_states())
    }

    /// The manifest, if this key signed it for its authority.
    pub(super) fn manifest(&self, bytes: &[u8]) -> Option<Manifest> {
        Manifest::open(bytes, &self.authority, &self.public)
    }

    /// Finds the batch of a manifest and compares the counts; the places of its documents.
    pub(super) fn claim(&mut self, manifest: &Manifest, findings: &mut Findings) -> Range<usize> {
        let Some(batch) = self.batches.iter_mut().find(|batch| batch.name == manifest.batch) else {
            let message = format!("the batch {} of a signed manifest is not in the ledger", hex(&manifest.batch));
            findings.add(&self.ledger, None, Code::NotInRegister, message);
            return 0..0;
        };
        batch.found = true;
        let recorded = batch.entries.len() as u64;
        if batch.promised != manifest.sealed || recorded != manifest.sealed {
            let message = format!(
                "the manifest has {} documents, the ledger promised {} and has {recorded}",
                manifest.sealed, batch.promised
            );
            findings.add(&self.ledger, Some(batch.entries.start as u64 + 1), Code::CountDiffers, message);
        }
        batch.entries.clone()
    }

    /// The place of a document in the order of sealing; `likely` is looked at first.
    pub(super) fn place(&self, serial: &Serial, likely: usize) -> Option<usize> {
        if self.entries.get(likely).is_some_and(|(found, _)| found == serial) {
            return Some(likely);
        }
        let by_serial = || self.entries.iter().enumerate().map(|(at, (serial, _))| (serial.clone(), at)).collect();
        self.places.get_or_init(by_serial).get(serial).copied()
    }

    /// Marks a document as found.
    pub(super) fn see(&mut self, place: usize) {
        self.seen[place] = true;
    }

    /// The minutes that the ledger names are among those that were given, and the same.
    pub(super) fn check_minutes(&self, given: &[SealedMinutes], findings: &mut Findings) -> Result<()> {
        for UsedMinutes { number, root } in self.reader.minutes()? {
            let mut same_number = given.iter().filter(|of| of.claims().number == number).peekable();
            let ledger = self.ledger.display();
            let Some(first) = same_number.peek().map(|of| of.path()) else {
                let message = format!("documents were sealed by the minutes {number}: give them with --minutes");
                findings.add(&self.ledger, None, Code::MinutesMissing, message);
                continue;
            };
            if same_number.all(|of| of.claims().root != root) {
                let message = format!("these are not the minutes {number} by which documents of {ledger} were sealed");
                findings.add(first, None, Code::MinutesChanged, message);
            }
        }
        Ok(())
    }

    /// Everything that is left when all folders were read: what was not found, counts and head.
    pub(super) fn finish(&self, pack: &Pack, findings: &mut Findings) -> Result<Closed> {
        for batch in &self.batches {
            let first = Some(batch.entries.start as u64 + 1);
            if batch.found {
                self.missing(batch.entries.clone(), findings);
            } else if batch.promised > 0 {
                let message =
                    format!("the batch {} of {} documents is in none of the folders", hex(&batch.name), batch.promised);
                findings.add(&self.ledger, first, Code::BatchMissing, message);
            }
        }
        let id = hex(&self.public.id());
        let found = pack.trust().claims().find(&self.public);
        let (authority, entry) = found.with_context(|| format!("the trust pack does not name the key {id}"))?;
        let KeyUse::Documents { maximum_count, .. } = entry.usage else { bail!("the key {id} seals no documents") };
        let promised: u64 = self.batches.iter().map(|batch| batch.promised).sum();
        if promised > maximum_count.into() {
            let message = format!("the key may seal {maximum_count} documents and has sealed {promised}");
            findings.add(&self.ledger, None, Code::KeyOverused, message);
        }
        let head = entry.register_number().and_then(|number| pack.register(&authority.id, number));
        let closing = self.reader.closing()?;
        let Some((head, _)) = head else {
            if let Some(closing) = closing {
                let message =
                    format!("the register was closed with the number {}, and the pack lacks its head", closing.number);
                findings.add(&self.ledger, None, Code::HeadMissing, message);
            }
            return Ok(Closed::No);
        };
        let mut tree = RegisterTree::new(&authority.id, head.claims().number);
        self.entries.iter().for_each(|(serial, digest)| tree.push(serial, digest));
        let differs = [
            ("count", head.claims().count != tree.count()),
            ("root", head.claims().root != tree.root()),
            ("root of the minutes", head.claims().minutes != minutes_root(&self.reader)?),
            ("signature", closing.is_some_and(|closing| closing.head != head.as_bytes())),
        ];
        for (what, _) in differs.iter().filter(|(_, differs)| *differs) {
            let message = format!("the head that was signed when the key was closed has another {what}");
            findings.add(&self.ledger, None, Code::HeadDiffers, message);
        }
        Ok(Closed::Yes)
    }

    /// A finding for each run of documents that were not found.
    fn missing(&self, batch: Range<usize>, findings: &mut Findings) {
        let mut at = batch.start;
        while at < batch.end {
            let run = self.seen[at..batch.end].iter().take_while(|seen| !**seen).count();
            if run > 0 {
                let message =
                    format!("{run} documents from serial {} on are in none of the folders", self.entries[at].0);
                findings.add(&self.ledger, Some(at as u64 + 1), Code::DocumentMissing, message);
            }
            at += run.max(1);
        }
    }
}

/// Whether a key's register is fixed by a head of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    Yes,
    No,
}
