//! The folder of a batch: every file appears whole or not at all, and none is overwritten.
//!
//! Documents stand in folders of 1,000, each of which is written under a passing name, brought to the disk and then
//! renamed; a folder with its final name is complete.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use super::seal::Sealed;
use crate::file::{is_passing, write_once, write_whole};
use crate::hex::hex;
use crate::ledger::BATCH_MARKER;
use crate::list::Candidate;

/// The output folder of one batch.
pub(super) struct Output {
    path: PathBuf,
}

impl Output {
    /// Opens the folder of the batch `name`, or makes it; a folder with anything else in it is refused.
    pub(super) fn open(path: &Path, name: &[u8; 16]) -> Result<Self> {
        let output = Self { path: path.to_owned() };
        fs::create_dir_all(path).with_context(|| format!("making the folder {}", path.display()))?;
        let (marker, contents) = (path.join(BATCH_MARKER), format!("{}\n", hex(name)));
        match fs::read_to_string(&marker) {
            Ok(found) if found == contents => {}
            Ok(_) if output.holds_no_document() => {
                fs::remove_file(&marker)?;
                write_whole(&marker, contents.as_bytes())?;
            }
            Ok(_) => bail!(
                "{} holds the documents of another list or kind; give each its own folder with --out",
                path.display()
            ),
            Err(_) => {
                ensure!(
                    fs::read_dir(path)?.flatten().all(|entry| is_passing(&entry.path())),
                    "{} is not empty; choose another folder with --out",
                    path.display()
                );
                write_whole(&marker, contents.as_bytes())?;
            }
        }
        fs::create_dir_all(path.join(CODES))?;
        Ok(output)
    }

    fn holds_no_document(&self) -> bool {
        let empty = fs::read_dir(self.path.join(CODES)).map_or(true, |mut entries| entries.next().is_none());
        empty && !self.has(DOCUMENTS)
    }

    pub(super) fn has_chunk(&self, chunk: usize) -> bool {
        self.chunk(chunk).is_dir()
    }

    /// Writes the documents of a chunk with their list.
    pub(super) fn write_chunk(&self, chunk: usize, documents: &[(&Candidate, Sealed)], kind: &str) -> Result<()> {
        let (folder, passing) = (self.chunk(chunk), self.path.join(CODES).join(format!(".{chunk:04}.partial")));
        let context =
            || format!("writing {} (is the disk full?); run the same command again to go on", folder.display());
        if passing.exists() {
            fs::remove_dir_all(&passing).with_context(context)?;
        }
        fs::create_dir(&passing).with_context(context)?;
        for (_, document) in documents {
            if let Some(png) = &document.png {
                fs::write(passing.join(format!("{}.png", document.serial)), png).with_context(context)?;
            }
            if let Some(svg) = &document.svg {
                fs::write(passing.join(format!("{}.svg", document.serial)), svg).with_context(context)?;
            }
        }
        let list = self.chunk_list(chunk, documents, kind)?;
        fs::write(passing.join(DOCUMENTS), list).with_context(context)?;
        bring_to_disk(&passing).with_context(context)?;
        fs::rename(&passing, &folder).with_context(context)?;
        bring_to_disk(&self.path.join(CODES)).with_context(context)
    }

    fn chunk_list(&self, chunk: usize, documents: &[(&Candidate, Sealed)], kind: &str) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for (candidate, document) in documents {
            let serial = document.serial.to_string();
            let ending = match (&document.png, &document.svg) {
                (Some(_), _) => "png",
                (None, Some(_)) => "svg",
                (None, None) => "",
            };
            let file = if ending.is_empty() { String::new() } else { format!("{CODES}/{chunk:04}/{serial}.{ending}") };
            let row = candidate.row.to_string();
            writer.write_record([&*serial, kind, &file, &document.text, candidate.number.as_str(), &row])?;
        }
        Ok(writer.into_inner()?)
    }

    /// Joins the lists of all chunks into `documents.csv` and returns its SHA-256.
    pub(super) fn join_lists(&self, chunks: usize) -> Result<[u8; 32]> {
        let (path, passing) = (self.path.join(DOCUMENTS), self.path.join(format!(".{DOCUMENTS}.partial")));
        let mut digest = Sha256::new();
        {
            let mut out =
                BufWriter::new(File::create(&passing).with_context(|| format!("writing {}", path.display()))?);
            let mut push = |bytes: &[u8]| {
                digest.update(bytes);
                out.write_all(bytes)
            };
            let header = format!("{}\n", COLUMNS.join(","));
            push(header.as_bytes())?;
            for chunk in 0..chunks {
                let part = self.chunk(chunk).join(DOCUMENTS);
                let mut bytes = Vec::new();
                BufReader::new(File::open(&part).with_context(|| format!("{} has vanished", part.display()))?)
                    .read_to_end(&mut bytes)?;
                let rows = bytes.strip_prefix(header.as_bytes());
                push(rows.with_context(|| format!("{} was changed", part.display()))?)?;
            }
            out.flush()?;
            out.get_ref().sync_all()?;
        }
        let digest = digest.finalize().into();
        if path.exists() {
            ensure!(file_digest(&path)? == digest, "{} was changed since it was written", path.display());
            fs::remove_file(&passing)?;
        } else {
            fs::rename(&passing, &path)?;
        }
        Ok(digest)
    }

    /// Writes a file at the top of the folder; one that is there already must hold the same bytes.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        write_once(&self.path.join(name), bytes, "was changed since it was written")
    }

    /// Whether a file is at the top of the folder.
    pub(super) fn has(&self, name: &str) -> bool {
        self.path.join(name).exists()
    }

    fn chunk(&self, chunk: usize) -> PathBuf {
        self.path.join(CODES).join(format!("{chunk:04}"))
    }
}

/// One call for all files of a folder: a call for each would take hours for a whole country.
#[cfg(target_os = "linux")]
fn bring_to_disk(folder: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn bring_to_disk(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            File::open(path)?.sync_all()?;
        }
    }
    Ok(())
}

fn file_digest(path: &Path) -> Result<[u8; 32]> {
    let mut digest = Sha256::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(digest.finalize().into());
        }
        digest.update(&block[..read]);
    }
}

const CODES: &str = "codes";
const DOCUMENTS: &str = "documents.csv";
const COLUMNS: [&str; 6] = ["serial", "kind", "file", "text", "number", "row"];
