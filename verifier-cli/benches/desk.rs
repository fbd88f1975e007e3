//! A desk that holds thirty closed sessions of 451,117 documents: what one verification takes, beside one with a store of none.
//!
//! `cargo bench -p verifier-cli --bench desk -- 3` does with three sessions.

#![allow(clippy::print_stdout, reason = "times are the result")]

#[path = "../../credential-core/tests/common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use common::office::of_board;
use common::*;
use sha2::{Digest, Sha256};

const DOCUMENTS: u64 = 451_117;
const ROUNDS: usize = 30;

fn main() {
    // cargo gives `--bench` too
    let sessions = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(30);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (text, without) = store(&folder.path().join("none"), 0);
    let (_, with) = store(&folder.path().join("desk"), sessions);
    let bytes: u64 =
        files(&with.join("registers")).iter().map(|file| file.metadata().map_or(0, |data| data.len())).sum();
    let times = [&without, &with].map(|store| median((0..ROUNDS).map(|_| verify(store, &text)).collect()));
    println!(
        "{sessions} registers of {DOCUMENTS} documents ({} MB on the disk): {:.1} ms for one verification as a whole process, \
         {:.1} ms without registers",
        bytes / 1_000_000,
        times[1],
        times[0]
    );
}

/// A store, and a document that the last register lists.
fn store(folder: &Path, sessions: u32) -> (String, PathBuf) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    let mut world = Setting::new();
    let key = |seed: u32| {
        let mut bytes = [9; 32];
        bytes[..4].copy_from_slice(&seed.to_be_bytes());
        SealingKey::from_seed(&bytes)
    };
    if let KeyUse::Documents { maximum_count, .. } = &mut world.entry().usage {
        *maximum_count = 1_000_000;
    }
    let registers = key(1_000_000);
    let first = world.trust.authorities[0].keys[0].clone();
    let of_registers =
        KeyEntry { public: registers.public(), usage: KeyUse::Register, status_list: None, ..first.clone() };
    world.trust.authorities[0].keys.push(of_registers);
    let (mut heads, mut books) = (Vec::new(), Vec::new());
    for session in 1..=sessions {
        let mut book = RegisterTree::new("XX-EXAM", session);
        let sealer = if session == sessions { world.key.public() } else { key(session).public() };
        let mine = world.seal(&diploma(1)).digest();
        book.push(&serial(1), &mine);
        for number in 2..=DOCUMENTS {
            let digest = Sha256::digest([u64::from(session).to_be_bytes(), number.to_be_bytes()].concat());
            book.push(&serial(number), &digest.into());
        }
        let head = book.head(SEALED_AT, &sealer, None).sign(&of_board(&registers));
        let register = Some(RegisterReference {
            number: session,
            head: Some(Sha256::digest(&head).into()),
            without_look_up: false,
        });
        let keys = &mut world.trust.authorities[0].keys;
        match session == sessions {
            true => keys[0].register = register,
            false => keys.push(KeyEntry { public: sealer, register, ..first.clone() }),
        }
        heads.push(head);
        books.push(book.file());
    }
    let trust = TrustList::sign(&world.trust, &[&world.root]).expect("the list is well made");
    let status = world.list("XX-EXAM", &world.list_key);
    let pack = |at: Option<usize>| {
        let contents = PackContents {
            trust: trust.as_bytes(),
            statuses: vec![&status],
            dictionaries: vec![world.dictionary.as_bytes()],
            register_heads: at.map(|at| heads[at].as_slice()).into_iter().collect(),
            register_files: at.map(|at| books[at].as_slice()).into_iter().collect(),
            ..PackContents::default()
        };
        contents.to_bytes()
    };
    let root = world.trust.roots.fingerprint().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let held = folder.join("store");
    for at in [None].into_iter().chain((0..heads.len()).map(Some)) {
        let file = folder.join("pack.sceau");
        std::fs::write(&file, pack(at)).expect("a file can be written");
        let mut add = Command::new(env!("CARGO_BIN_EXE_verifier"));
        add.args(["trust", "add", "--root", &root, "--at", &NOW.to_string(), "--store"]).arg(&held).arg(&file);
        let output = add.output().expect("the program runs");
        assert!(output.status.success(), "{output:?}");
    }
    (world.text(&diploma(1)), held)
}

/// Milliseconds of one verification, as a whole process.
fn verify(store: &Path, text: &str) -> f64 {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_verifier"))
        .args(["verify", "--at", &NOW.to_string(), "--store"])
        .arg(store)
        .arg(text)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    start.elapsed().as_secs_f64() * 1e3
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
