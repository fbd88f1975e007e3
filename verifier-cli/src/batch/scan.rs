//! Every file of the folders: its digest, and the codes that its pages show.

use std::fs::File;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};

use super::folder::Found;
use crate::kind::{Kind, MOST_BYTES, kind};
use crate::trouble::Trouble;
use crate::worker::{Reading, Worker};

/// A file and what it gave.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) kind: Option<Kind>,
    pub(super) reading: Result<Reading, Trouble>,
}

/// Scans the files with so many children at once; `done` is told after each. The result is in the files' order.
pub(super) fn scan(files: &[Found], children: usize, done: impl Fn() + Sync) -> Vec<Scan> {
    let next = AtomicUsize::new(0);
    let scans = Mutex::new(Vec::with_capacity(files.len()));
    thread::scope(|scope| {
        for _ in 0..children.min(files.len()) {
            scope.spawn(|| {
                let mut worker = Worker::default();
                while let Some((place, file)) = take(&next, files) {
                    let scan = one(file, &mut worker);
                    scans.lock().unwrap_or_else(PoisonError::into_inner).push((place, scan));
                    done();
                }
            });
        }
    });
    let mut scans = scans.into_inner().unwrap_or_else(PoisonError::into_inner);
    scans.sort_by_key(|(place, _)| *place);
    scans.into_iter().map(|(_, scan)| scan).collect()
}

fn take<'a>(next: &AtomicUsize, files: &'a [Found]) -> Option<(usize, &'a Found)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    Some((place, files.get(place)?))
}

fn one(file: &Found, worker: &mut Worker) -> Scan {
    let mut scan =
        Scan { name: file.name.clone(), bytes: 0, sha256: None, kind: None, reading: Err(Trouble::NotAFile) };
    if let Some(trouble) = file.trouble {
        return Scan { reading: Err(trouble), ..scan };
    }
    let bytes = match contents(file, &mut scan) {
        Ok(bytes) => bytes,
        Err(error) => return Scan { reading: Err(Trouble::opening(error.kind())), ..scan },
    };
    scan.reading = match kind(&bytes) {
        Some(Err(trouble)) => Err(trouble),
        None => Err(Trouble::Text),
        Some(Ok(kind)) => {
            scan.kind = Some(kind);
            if scan.bytes > MOST_BYTES { Err(Trouble::FileTooLarge) } else { Ok(worker.read(&bytes)) }
        }
    };
    scan
}

/// The bytes as far as they are read, and the digest of the very same; of a file that is too large, the digest alone.
fn contents(file: &Found, scan: &mut Scan) -> io::Result<Vec<u8>> {
    let mut reader = File::open(&file.path)?;
    scan.bytes = reader.metadata()?.len();
    let mut bytes = Vec::new();
    reader.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    let mut digest = Sha256::new_with_prefix(&bytes);
    if bytes.len() as u64 <= MOST_BYTES {
        scan.bytes = bytes.len() as u64;
        scan.sha256 = Some(digest.finalize().into());
    } else if scan.bytes <= MOST_DIGESTED {
        let (mut reader, mut block) = (reader.take(MOST_DIGESTED), vec![0; 1 << 20]);
        while let read @ 1.. = reader.read(&mut block)? {
            digest.update(&block[..read]);
        }
        scan.sha256 = Some(digest.finalize().into());
    }
    Ok(bytes)
}

/// The most bytes of a file that is digested though its codes are not read.
const MOST_DIGESTED: u64 = 1 << 30;
