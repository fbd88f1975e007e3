//! An exam office for tests: a folder with keys, a trust pack and the real program.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::panic, clippy::zombie_processes)]

#[allow(dead_code)] // as above
pub mod ledger;
#[allow(dead_code)] // each test program uses its part of it
pub mod sealed;
#[allow(dead_code)] // as above
pub mod verifier;

#[allow(dead_code)] // each test program uses its part of it
pub mod jury;

#[allow(dead_code)] // each test program uses its part of it
pub mod ceremony;

#[allow(dead_code)] // each test program uses its part of it
pub mod counter;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack};
use issuer::keys::KeyFile;

pub struct Office {
    folder: tempfile::TempDir,
    profile: &'static str,
}

pub struct Ended {
    pub stdout: String,
    pub stderr: String,
    code: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub kind: String,
    pub file: String,
    pub text: String,
    pub number: String,
    pub row: String,
}

impl Office {
    pub fn new(profile: &'static str) -> Self {
        Self::with_trust(profile, &[])
    }

    /// An office without keys.
    pub fn empty(profile: &'static str) -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap(), profile };
        fs::write(office.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        office.run(&["init"]).success();
        office
    }

    pub fn with_trust(profile: &'static str, trust: &[&str]) -> Self {
        let office = Self::with_keys(profile, &[]);
        office.new_trust(trust).success();
        office
    }

    /// An office with its own keys and others, without a trust pack.
    pub fn with_keys(profile: &'static str, others: &[&str]) -> Self {
        let office = Self::empty(profile);
        office.new_keys(&["root.key", "lists.key", "session.key"]);
        office.new_keys(others);
        office
    }

    pub fn new_keys(&self, names: &[&str]) {
        for name in names {
            self.run_with_keys(&["key", "new", name]).success();
        }
    }

    /// A trust pack for the office's own keys: `trust.sceau` if no other is named.
    pub fn new_trust(&self, more: &[&str]) -> Ended {
        let keys = ["--root", "root.key", "--list-key", "lists.key", "--key", "session.key.pub"];
        self.run_with_keys(&[&["trust", "new", "--profile", self.profile][..], &keys, more].concat())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
    }

    pub fn public_key(&self) -> PublicKey {
        let key = issuer::keys::read_public_key(&self.path("session.key.pub")).unwrap();
        PublicKey::new(key.as_bytes()).unwrap()
    }

    pub fn pack(&self, name: &str) -> Pack {
        Pack::open(&fs::read(self.path(name)).unwrap(), Anchor::AsCarried).unwrap()
    }

    /// A key of the office, opened.
    pub fn opened_key(&self, name: &str) -> SealingKey {
        let key = KeyFile::read(&self.path(name)).unwrap().open(PASSPHRASE).unwrap();
        SealingKey::from_seed(&key.to_bytes())
    }

    /// Closes the session's key.
    pub fn close(&self, trust: &str, out: &str, more: &[&str]) -> Ended {
        let keys = ["--key", "session.key", "--register-key", "registers.key", "--root", "root.key"];
        let packs = ["--trust", trust, "--out", out];
        self.run_with_keys(&[&["register", "close"][..], &keys, &packs, more].concat())
    }

    /// The same office on another disk, with all of its folders.
    #[allow(dead_code)] // each test program uses its part of it
    pub fn copy_whole(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), folder.path());
        Self { folder, profile: self.profile }
    }

    /// The same office on another disk.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        copy_folder(&self.path(STATE), &folder.path().join(STATE));
        Self { folder, profile: self.profile }
    }

    /// Starts the program and does not wait for its end.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        self.command().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Starts the program, kills it after a time unless it has ended, and tells whether it was killed.
    pub fn killed_after(&self, arguments: &[&str], time: Duration) -> bool {
        let mut running = self.spawn(arguments);
        std::thread::sleep(time);
        running.kill().unwrap();
        running.wait().unwrap().code().is_none()
    }

    /// Every file below a folder with its bytes.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(folder))
    }

    pub fn issue(&self, list: &str, out: &str, more: &[&str]) -> Ended {
        ended(self.issue_command(list, self.profile, out).args(more).output().unwrap())
    }

    pub fn issue_by(&self, profile: &str, list: &str, out: &str) -> Ended {
        ended(self.issue_command(list, profile, out).output().unwrap())
    }

    pub fn start(&self, list: &str, out: &str) -> Child {
        self.issue_command(list, self.profile, out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Starts a run and returns it when its first thousand documents are written.
    pub fn start_and_wait(&self, list: &str, out: &str) -> Child {
        let running = self.start(list, out);
        let first = self.path(out).join("codes/0000");
        for _ in 0..6_000 {
            if first.exists() {
                return running;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("nothing was sealed in a minute");
    }

    pub fn kill_when_begun(&self, list: &str, out: &str) {
        let mut running = self.start_and_wait(list, out);
        running.kill().unwrap();
        running.wait().unwrap();
    }

    pub fn kill_after(&self, list: &str, out: &str, time: Duration) {
        let mut running = self.start(list, out);
        std::thread::sleep(time);
        running.kill().unwrap();
        running.wait().unwrap();
    }

    pub fn check(&self, list: &str) -> Ended {
        self.write_list(list);
        self.run(&["check", "list.csv", "--profile", self.profile])
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command().args(arguments).output().unwrap())
    }

    /// A command that opens keys.
    pub fn run_with_keys(&self, arguments: &[&str]) -> Ended {
        self.run(&[arguments, &["--passphrase-file", "passphrase"]].concat())
    }

    fn issue_command(&self, list: &str, profile: &str, out: &str) -> Command {
        self.write_list(list);
        let mut command = self.command();
        command.args(["issue", "list.csv", "--profile", profile, "--key", "session.key", "--out", out]);
        command.args(["--passphrase-file", "passphrase"]);
        command
    }

    /// Writes the list in the encoding that the profile says.
    pub fn write_list(&self, list: &str) {
        let bytes = match self.profile {
            "benin" => encoding_rs::WINDOWS_1252.encode(list).0.into_owned(),
            _ => list.as_bytes().to_vec(),
        };
        fs::write(self.path("list.csv"), bytes).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_issuer"));
        command.current_dir(self.folder.path()).env("SCEAU_STATE", self.path(STATE));
        command
    }
}

impl Ended {
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    #[track_caller]
    pub fn success(self) -> Self {
        self.status(0)
    }

    #[track_caller]
    pub fn status(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// Runs the demo in a folder and returns all of its documents.
pub fn demo(folder: &Path) -> Vec<Row> {
    let output = Command::new(env!("CARGO_BIN_EXE_issuer"))
        .arg("demo")
        .current_dir(folder)
        .env("SCEAU_STATE", folder.join(STATE))
        .output()
        .unwrap();
    let ended = ended(output).success();
    assert!(ended.stdout.contains("verify --trust sceau-demo/trust.sceau sceau-demo/"), "{}", ended.stdout);
    ["benin", "morocco", "haiti"].iter().flat_map(|name| documents(&folder.join("sceau-demo").join(name))).collect()
}

pub fn documents(out: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(out.join("documents.csv")).unwrap();
    let row = |record: csv::StringRecord| Row {
        kind: record[1].to_owned(),
        file: record[2].to_owned(),
        text: record[3].to_owned(),
        number: record[4].to_owned(),
        row: record[5].to_owned(),
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The embedded sample list of a country, as text.
pub fn sample(country: &str) -> String {
    match country {
        "benin" => encoding_rs::WINDOWS_1252.decode(include_bytes!("../../samples/benin.csv")).0.into_owned(),
        "morocco" => include_str!("../../samples/morocco.csv").trim_start_matches('\u{FEFF}').to_owned(),
        _ => include_str!("../../samples/haiti.tsv").to_owned(),
    }
}

/// A list of Benin with as many admitted candidates, each with a number and a name of their own.
pub fn many_candidates(count: usize) -> String {
    let sample = sample("benin");
    let mut lines = sample.lines();
    let header = lines.next().unwrap();
    let admitted: Vec<&str> = lines.filter(|line| line.ends_with(";Admis")).collect();
    let mut list = format!("{header}\r\n");
    for i in 0..count {
        let cells: Vec<&str> = admitted[i % admitted.len()].split(';').collect();
        let letters = [i / 676, i / 26 % 26, i % 26].map(|n| char::from(b'A' + n as u8));
        let name = format!("{}-{}", cells[1], letters.iter().collect::<String>());
        list.push_str(&format!("{:08};{name};{}\r\n", 90_000_000 + i, cells[2..].join(";")));
    }
    list
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, copy) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}

fn ended(output: Output) -> Ended {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

/// What the user's computer remembers of ledgers, beside them for tests.
const STATE: &str = ".state";
const PASSPHRASE: &str = "six words that nobody else knows";
