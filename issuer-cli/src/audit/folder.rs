//! One folder of documents: its manifest and `documents.csv`, read in blocks so that memory stays bounded.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use credential_core::sealing::Manifest;
use csv::{Reader, StringRecord};
use indicatif::ProgressBar;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::finding::{Code, Findings};
use super::judge::{Facets, Judge, Judged};
use super::key::KeySide;
use super::tally::Tally;

/// A folder, and the batch that its manifest names.
pub(super) struct Folder<'k, 'l> {
    documents: PathBuf,
    signed: Option<(Manifest, &'k mut KeySide<'l>)>,
    /// Where the next document of the batch should stand in the register.
    next: usize,
    contents: Sha256,
    rows: u64,
}

impl<'k, 'l> Folder<'k, 'l> {
    pub(super) fn open(folder: &Path, keys: &'k mut [KeySide<'l>], findings: &mut Findings) -> Self {
        let path = folder.join("manifest.sceau");
        let bytes = std::fs::metadata(&path).ok().filter(|file| file.len() <= MOST_MANIFEST);
        let bytes = bytes.and_then(|_| std::fs::read(&path).ok()).unwrap_or_default();
        let signed = keys.iter_mut().find_map(|key| key.manifest(&bytes).map(|manifest| (manifest, key)));
        let mut next = 0;
        let signed = signed.map(|(manifest, key)| {
            next = key.claim(&manifest, findings).start;
            (manifest, key)
        });
        match &signed {
            None => {
                let message = "there is no manifest that one of the keys given with --key signed";
                findings.add(&path, None, Code::ManifestRefused, message);
            }
            Some((Manifest { rows, sealed, not_sealed, .. }, _)) if sealed.checked_add(*not_sealed) != Some(*rows) => {
                let message = format!("{rows} rows were read, {sealed} sealed and {not_sealed} not: that is no sum");
                findings.add(&path, None, Code::CountDiffers, message);
            }
            Some(_) => {}
        }
        Self { documents: folder.join("documents.csv"), signed, next, contents: Sha256::new(), rows: 0 }
    }

    /// Judges every line, in parallel block by block.
    pub(super) fn audit(
        mut self,
        judge: &Judge<'_>,
        tally: &mut Tally,
        findings: &mut Findings,
        bar: &ProgressBar,
    ) -> Result<()> {
        let context = format!("reading {}", self.documents.display());
        let file = File::open(&self.documents).with_context(|| context.clone())?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(Hashing { file, hash: Sha256::new() });
        reader.headers().with_context(|| context.clone())?;
        tally.begin(&self.documents);
        let mut block = read_block(&mut reader).with_context(|| context.clone())?;
        while !block.is_empty() {
            // the next block is read while this one is judged
            let (judged, next) = rayon::join(
                || block.par_iter().map(|record| judge.judge(record)).collect::<Vec<_>>(),
                || read_block(&mut reader),
            );
            bar.inc(judged.len() as u64);
            judged.into_iter().for_each(|judged| self.take(judged, tally, findings));
            block = next.with_context(|| context.clone())?;
        }
        let digest = reader.into_inner().finish().with_context(|| context)?;
        self.compare_manifest(digest, findings);
        Ok(())
    }

    fn take(&mut self, judged: Judged, tally: &mut Tally, findings: &mut Findings) {
        self.rows += 1;
        let Judged { line, serial, document, problems } = judged;
        for (code, message) in problems {
            findings.add(&self.documents, Some(line), code, message);
        }
        let Some(serial) = serial else { return };
        if let Some(document) = &document {
            self.contents.update(document.digest);
        }
        if let Some(first) = tally.serial_before(&serial, line) {
            let message = format!("{serial} stands on {first} already");
            return findings.add(&self.documents, Some(line), Code::SerialTwice, message);
        }
        self.find(&serial, document.as_ref(), line, findings);
        if let Some(document) = document {
            tally.document(document, serial, line, findings);
        }
    }

    /// The document's entry in the register of the folder's key.
    fn find(
        &mut self,
        serial: &credential_core::document::Serial,
        document: Option<&Facets>,
        line: u64,
        findings: &mut Findings,
    ) {
        let Some((_, key)) = &mut self.signed else { return };
        let Some(place) = key.place(serial, self.next) else {
            let message = format!("the register {} does not have {serial}", key.ledger.display());
            return findings.add(&self.documents, Some(line), Code::NotInRegister, message);
        };
        key.see(place);
        let is_sealed_one = document.is_none_or(|document| document.digest == key.entries[place].1);
        if !is_sealed_one {
            let message = format!(
                "the entry of {serial} is not that of the document on {}, line {line}",
                self.documents.display()
            );
            findings.add(&key.ledger, Some(place as u64 + 1), Code::RegisterDiffers, message);
        }
        if place < self.next {
            let message = format!("{serial} was sealed before the document above it");
            findings.add(&self.documents, Some(line), Code::OutOfOrder, message);
        }
        self.next = place + 1;
    }

    fn compare_manifest(&self, digest: [u8; 32], findings: &mut Findings) {
        let Some((manifest, _)) = &self.signed else { return };
        let (rows, sealed) = (self.rows, manifest.sealed);
        if rows < sealed {
            let message = format!("the list ends after {rows} documents, the manifest has {sealed}");
            return findings.add(&self.documents, Some(rows + 2), Code::CutTail, message);
        }
        if rows > sealed {
            let message = format!("the list has {rows} documents, the manifest {sealed}");
            return findings.add(&self.documents, Some(sealed + 2), Code::CountDiffers, message);
        }
        let contents: [u8; 32] = self.contents.clone().finalize().into();
        if digest != manifest.documents || contents != manifest.contents {
            let message = "the list is not the one that the manifest was signed for";
            findings.add(&self.documents, None, Code::DocumentsChanged, message);
        }
    }
}

fn read_block(reader: &mut Reader<Hashing>) -> Result<Vec<StringRecord>, csv::Error> {
    reader.records().take(BLOCK).collect()
}

/// A file whose SHA-256 is known when it was read to its end.
struct Hashing {
    file: File,
    hash: Sha256,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}

impl Hashing {
    fn finish(mut self) -> io::Result<[u8; 32]> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.hash.finalize().into())
    }
}

/// Lines that are in memory at a time; another block is being read meanwhile.
const BLOCK: usize = 4_096;
const MOST_MANIFEST: u64 = 4_096;
