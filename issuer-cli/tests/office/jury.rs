//! An office whose jury has sealed the minutes of three lists.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::fs;

use credential_core::{Anchor, KeyEntry, KeyUse, Pack, PackContents, PublicKey, SealingKey, TrustClaims, TrustList};
use issuer::keys::{KeyFile, read_public_key};

use super::{Ended, Office, many_candidates};

pub struct Jury {
    pub office: Office,
    /// The header and a line for each candidate: 30 admitted, 6 not.
    pub header: String,
    pub lines: Vec<String>,
}

impl Jury {
    pub fn new() -> Self {
        let office = Office::new("benin");
        for key in ["jury.key", "registers.key"] {
            office.run(&["key", "new", key, "--passphrase-file", "passphrase"]).success();
        }
        name_in_trust(&office, "jury.key.pub");
        let list = many_candidates(36);
        let mut lines = list.lines().map(str::to_owned);
        let header = lines.next().unwrap();
        let lines = lines.enumerate().map(|(i, line)| if i % 6 == 5 { refused(&line) } else { line });
        Self { office, header, lines: lines.collect() }
    }

    /// With minutes 4 over three lists.
    pub fn sealed() -> Self {
        let jury = Self::new();
        jury.write_three();
        jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &["--trust", "trust.sceau"]).success();
        jury
    }

    pub fn write_three(&self) {
        for (at, lines) in self.lines.chunks(12).enumerate() {
            self.write(&format!("{}.csv", at + 1), lines);
        }
    }

    pub fn write(&self, name: &str, lines: &[String]) {
        fs::write(self.office.path(name), encoding_rs::WINDOWS_1252.encode(&self.list(lines)).0).unwrap();
    }

    pub fn list(&self, lines: &[String]) -> String {
        format!("{}\r\n{}\r\n", self.header, lines.join("\r\n"))
    }

    pub fn seal(&self, lists: &[&str], number: &str, more: &[&str]) -> Ended {
        let rest = ["--profile", "benin", "--key", "jury.key", "--number", number, "--out", "pv"];
        self.office.run(&[&["minutes", "seal"], lists, &rest, &["--passphrase-file", "passphrase"], more].concat())
    }

    /// Seals documents for some lines of the minutes.
    pub fn issue(&self, lines: &[String], out: &str, more: &[&str]) -> Ended {
        self.office.issue(&self.list(lines), out, &[&["--minutes", MINUTES, "--codes", "none"], more].concat())
    }

    pub fn close(&self, trust: &str, out: &str) -> Ended {
        let keys = ["--key", "session.key", "--register-key", "registers.key", "--root", "root.key"];
        let rest = ["--trust", trust, "--out", out, "--passphrase-file", "passphrase"];
        self.office.run(&[&["register", "close"][..], &keys, &rest].concat())
    }

    pub fn pack(&self, name: &str) -> Pack {
        Pack::open(&fs::read(self.office.path(name)).unwrap(), Anchor::AsCarried).unwrap()
    }
}

/// The line of a candidate who was not admitted.
fn refused(line: &str) -> String {
    let mut cells: Vec<&str> = line.split(';').collect();
    let at = cells.len() - 3;
    cells[at..].copy_from_slice(&["9,00", "", "Refusé"]);
    cells.join(";")
}

/// Signs the next trust list, with a key for minutes in it.
fn name_in_trust(office: &Office, public: &str) {
    let path = office.path("trust.sceau");
    let held = Pack::open(&fs::read(&path).unwrap(), Anchor::AsCarried).unwrap();
    let key = read_public_key(&office.path(public)).unwrap();
    let mut claims = TrustClaims { version: 2, ..held.trust().claims().clone() };
    let session = claims.authorities[0].keys[0].clone();
    let public = PublicKey::new(key.as_bytes()).unwrap();
    claims.authorities[0].keys.push(KeyEntry { public, usage: KeyUse::Minutes, ..session });
    let root = KeyFile::read(&office.path("root.key")).unwrap().open("six words that nobody else knows").unwrap();
    let trust = TrustList::sign(&claims, &[&SealingKey::from_seed(&root.to_bytes())]).unwrap();
    let contents = PackContents {
        trust: trust.as_bytes(),
        statuses: held.statuses().iter().map(|list| list.as_bytes()).collect(),
        dictionaries: held.dictionaries().iter().map(|of| of.as_bytes()).collect(),
        ..PackContents::default()
    };
    fs::write(&path, contents.to_bytes()).unwrap();
}

/// The signed minutes.
pub const MINUTES: &str = "pv/minutes-4.sceau-minutes";
/// Their lines.
pub const LINES: &str = "pv/minutes-4.sceau-minutes.lines.jsonl";
