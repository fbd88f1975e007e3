//! One run of a batch, from checked candidates to a complete folder.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::{Kind, World};
use credential_core::lists::{KeyEntry, KeyUse};
use credential_core::sealing::{Compactor, Manifest, SealingKey};
use credential_core::{Pack, TrustStore};
use indicatif::ProgressBar;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::begin::{begin, check_key, entry_of};
use super::dictionary::dictionary;
use super::drawing::{Drawing, ReadBack};
use super::edition::Sealing;
use super::holder::facts;
use super::output::Output;
use super::plan::{Plan, Planned};
use super::seal::{Sealed, Sealer};
use super::serials::{Serials, USUAL, Usual};
use crate::draw::{PixelsPerModule, PrintSize};
use crate::keys::OfficeSecret;
use crate::ledger::{BatchRecord, DocumentRecord, Identity, Ledger, UsedMinutes};
use crate::list::{Candidate, Checked};
use crate::profile::Profile;
use crate::refused::open_pack;

/// What to seal, with what, and where to.
pub struct Batch<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The list, read and checked.
    pub checked: &'a Checked,
    /// The kind of document.
    pub kind: Kind,
    /// The key.
    pub key: &'a SealingKey,
    /// The office's secret, from which serials follow.
    pub secret: &'a OfficeSecret,
    /// The trust pack in which the key stands; it is handed out with the documents.
    pub pack: &'a [u8],
    /// The output folder.
    pub out: &'a Path,
    /// The time of sealing, in seconds, if the batch has not begun before.
    pub now: u64,
    /// What is drawn.
    pub drawing: Drawing,
    /// What is read back.
    pub read_back: ReadBack,
    /// The sealed minutes that the list was compared with.
    pub minutes: &'a [UsedMinutes],
    /// Numbers of candidates of whom somebody has said that they are not the person of the same name and birth who has a
    /// document.
    pub distinct: &'a [String],
}

impl Batch<'_> {
    /// Whether a candidate gets a document of this kind: diplomas are for those who were admitted, other kinds also for
    /// those of whom the profile says so.
    pub fn is_for(&self, candidate: &Candidate) -> bool {
        self.profile.document.is_made_for(self.kind, candidate.outcome)
    }

    /// What makes two runs over the list with this digest the same batch.
    pub(super) fn identity(&self, list: [u8; 32]) -> Identity {
        Identity { list, profile: self.profile.digest(), kind: self.kind, key: self.key.public() }
    }
}

/// What a batch came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Documents sealed.
    pub sealed: u64,
    /// Rows without a document: at fault, or of candidates who get none of this kind.
    pub not_sealed: u64,
    /// Time of sealing.
    pub sealed_at: u64,
    /// Whether an earlier run was taken up again.
    pub resumed: bool,
    /// Whether the codes were made with the profile's dictionary.
    pub with_dictionary: bool,
}

/// Seals one document for each candidate of the plan.
///
/// A run that was killed goes on where it stood, and ends with the same bytes.
pub fn run(batch: &Batch<'_>, plan: &Plan<'_>, ledger: &Ledger, bar: &ProgressBar) -> Result<Summary> {
    run_then(batch, plan, ledger, bar, |_| Ok(batch.pack.to_vec()))
}

/// The same with a pack that is made when all documents are sealed and registered; it is handed out with them.
pub fn run_then(
    batch: &Batch<'_>,
    plan: &Plan<'_>,
    ledger: &Ledger,
    bar: &ProgressBar,
    pack: impl FnOnce(Sealing<'_>) -> Result<Vec<u8>>,
) -> Result<Summary> {
    let count = plan.count()?;
    let pack_in_force = open_pack(batch.pack)?;
    let (authority, entry) = entry_of(&pack_in_force, &batch.key.public())?;
    let (authority, entry) = (authority.id.clone(), entry.clone());
    check_key(batch, &entry)?;
    let mut store = TrustStore::new();
    store.add(pack_in_force);
    let dictionary = profile_dictionary(batch, &store);
    let with_dictionary = dictionary.is_some();
    let under =
        Under { store: &store, authority, entry: &entry, compactor: dictionary.unwrap_or_else(Compactor::plain) };
    preflight(batch, plan, ledger, &under)?;
    let record = begin(batch, ledger, &plan.identity, (&under.authority, &entry), count)?;
    let sealer = sealer(batch, &under, record.sealed_at)?;
    let output = Output::open(batch.out, &record.name)?;
    bar.set_length(count.into());

    let mut contents = Sha256::new();
    for (number, documents) in plan.documents.chunks(CHUNK).enumerate() {
        let first = number * CHUNK;
        let chunk = Chunk { number, first, documents };
        for digest in seal_chunk(&chunk, &sealer, &record, &output, ledger)? {
            contents.update(digest);
        }
        bar.inc(documents.len() as u64);
    }
    bar.finish();
    let rows = u64::from(batch.checked.rows_read);
    let manifest = Manifest {
        batch: record.name,
        sealed_at: record.sealed_at,
        rows,
        sealed: count.into(),
        not_sealed: rows - u64::from(count),
        list: batch.checked.digest,
        profile: batch.profile.digest(),
        documents: output.join_lists(plan.documents.len().div_ceil(CHUNK))?,
        contents: contents.finalize().into(),
    };
    if !output.has(TRUST) {
        output.write(TRUST, &pack(Sealing { ledger, record: &record })?)?;
    }
    let signer =
        credential_core::sealing::Sealer { authority: &under.authority, world: World::of(entry.test), key: batch.key };
    let manifest_file = manifest.sign(&signer);
    output.write(MANIFEST, &manifest_file)?;
    ledger.end_batch(&record, &manifest_file, batch.now)?;
    Ok(Summary {
        sealed: count.into(),
        not_sealed: manifest.not_sealed,
        sealed_at: record.sealed_at,
        resumed: record.resumed,
        with_dictionary,
    })
}

/// What documents are sealed and judged under.
struct Under<'a> {
    store: &'a TrustStore,
    authority: String,
    entry: &'a KeyEntry,
    compactor: Compactor,
}

struct Chunk<'a> {
    number: usize,
    first: usize,
    documents: &'a [Planned<'a>],
}

/// Seals a chunk unless it is complete, and returns the digests of its documents.
fn seal_chunk(
    chunk: &Chunk<'_>,
    sealer: &Sealer<'_>,
    record: &BatchRecord,
    output: &Output,
    ledger: &Ledger,
) -> Result<Vec<[u8; 32]>> {
    let positions = chunk.first as u32..(chunk.first + chunk.documents.len()) as u32;
    let written = output.has_chunk(chunk.number);
    let recorded = ledger.digests(record.id, positions)?;
    if let (true, Some(digests)) = (written, &recorded) {
        return Ok(digests.clone());
    }
    let sealed = seal_all(chunk, sealer, record, ledger)?;
    // recorded before it is written: nothing leaves the house that the ledger does not hold
    let digests: Vec<_> = sealed.iter().map(|(_, document)| document.digest).collect();
    match recorded {
        Some(recorded) => {
            ensure!(recorded == digests, "the ledger holds other documents for this batch; stop and ask for help")
        }
        None => {
            let documents = sealed.iter().enumerate().map(|(i, (candidate, document))| DocumentRecord {
                serial: &document.serial,
                position: (chunk.first + i) as u32,
                holder: chunk.documents[i].holder,
                person: document.person,
                contents: document.contents,
                digest: document.digest,
                facts: facts(candidate, sealer.profile),
                salt: sealer.secret.blind("salt", &[document.serial.as_bytes()]),
            });
            ledger.record(record, &documents.collect::<Vec<_>>(), record.sealed_at)?;
        }
    }
    if !written {
        output.write_chunk(chunk.number, &sealed, sealer.kind.code())?;
    }
    Ok(digests)
}

/// Seals the documents of a chunk: all at a time with serials of the usual length, then those that clash with a longer one.
fn seal_all<'c>(
    chunk: &Chunk<'c>,
    sealer: &Sealer<'_>,
    record: &BatchRecord,
    ledger: &Ledger,
) -> Result<Vec<(&'c Candidate, Sealed)>> {
    let revision = |i: usize| chunk.documents[i].revision.as_ref();
    let mut sealed: Vec<(&Candidate, Sealed)> = (0..chunk.documents.len())
        .into_par_iter()
        .map(|i| Ok((chunk.documents[i].candidate, sealer.seal(chunk.documents[i].candidate, revision(i), USUAL)?)))
        .collect::<Result<_>>()?;
    let mut serials = Serials::new(ledger, record.id);
    for (i, (candidate, document)) in sealed.iter_mut().enumerate() {
        let usual = Usual { position: (chunk.first + i) as u32, serial: &document.serial, digest: document.digest };
        let length = serials.length(&usual).with_context(|| format!("row {}", candidate.row))?;
        if length != USUAL {
            *document = sealer.seal(candidate, revision(i), length)?;
        }
    }
    Ok(sealed)
}

/// Seals the first document for nobody to see: what would stop the batch stops it before it is begun.
fn preflight(batch: &Batch<'_>, plan: &Plan<'_>, ledger: &Ledger, under: &Under<'_>) -> Result<()> {
    let first = plan.documents.first().context("there is nothing to seal")?;
    let KeyUse::Documents { maximum_count, .. } = under.entry.usage else { bail!("not a key for documents") };
    let total = ledger.promised(&plan.identity.key)? + u64::from(plan.count()?);
    let other_word = !under.entry.may_sign_at(batch.now) || total > u64::from(maximum_count);
    if ledger.find_batch(&plan.identity)?.is_some() || other_word {
        return Ok(()); // begun before, or refused with its own words when it begins
    }
    let trial = Sealer { drawing: Drawing::Png, ..sealer(batch, under, batch.now)? };
    trial
        .seal(first.candidate, first.revision.as_ref(), USUAL)
        .map(drop)
        .context("nothing was sealed: profile, key and trust pack do not fit each other")
}

fn sealer<'a>(batch: &Batch<'a>, under: &'a Under<'a>, sealed_at: u64) -> Result<Sealer<'a>> {
    Ok(Sealer {
        profile: batch.profile,
        kind: batch.kind,
        key: batch.key,
        authority: &under.authority,
        world: World::of(under.entry.test),
        store: under.store,
        compactor: &under.compactor,
        sealed_at,
        listed: under.entry.status_list.is_some(),
        secret: batch.secret,
        drawing: batch.drawing,
        read_back: batch.read_back,
        size: PrintSize::from_mm(batch.profile.print.code_mm.into())?,
        pixels: PixelsPerModule::new(batch.profile.print.pixels_per_module.into())?,
    })
}

/// A compactor with the profile's dictionary, if verifiers will have it.
fn profile_dictionary(batch: &Batch<'_>, store: &TrustStore) -> Option<Compactor> {
    let dictionary = dictionary(batch.profile)?;
    let known = store.packs().flat_map(Pack::dictionaries).any(|known| known.as_bytes() == dictionary.as_bytes());
    known.then(|| dictionary.compactor())
}

/// Documents to a folder, and rows to a commit of the ledger.
const CHUNK: usize = 1_000;
const TRUST: &str = "trust.sceau";
const MANIFEST: &str = "manifest.sceau";
