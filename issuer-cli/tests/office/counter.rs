//! An office with sealed documents, and the counter of a ministry that legalises them.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use credential_core::legalisation::verify_legalisation;
use credential_core::time::{parse_time, rfc3339};
use credential_core::{Reason, TrustStore};

use super::sealed::Sealed;
use super::{Ended, documents};

/// An office with sealed documents, and a ministry on the same trust list.
pub struct Counter {
    pub sealed: Sealed,
}

const PROFILE: &str = r#"
languages = ["fr", "en"]
[capacity]
chef = { fr = "Chef du service des légalisations", en = "Head of the legalisation service" }
[place]
cotonou = { fr = "Cotonou", en = "Cotonou" }
[purpose]
haiti = { fr = "Pour Haïti", en = "For Haiti" }
"#;

impl Counter {
    pub fn new() -> Self {
        let counter = Self { sealed: Sealed::since("2020-01-01") };
        counter.sealed.office.new_keys(&["ministry.key", "acts-lists.key", "other.key"]);
        fs::write(counter.path("ministry.toml"), PROFILE).unwrap();
        fs::write(counter.path("old.txt"), counter.sealed.forged(parse_time("2026-09-01").unwrap())).unwrap();
        counter.add_ministry("pack.sceau", &[], &[]);
        counter
    }

    /// The office's list with a ministry behind it, signed by the root.
    pub fn add_ministry(&self, pack: &str, key: &[&str], list_key: &[&str]) {
        let step = |n: u8| format!("{pack}.{n}");
        let [draft, authority, legalising, listing, signature, list] = [1, 2, 3, 4, 5, 6].map(step);
        let id = ["--id", "BJ-FOREIGN", "--country", "BJ", "--role", "legalising-ministry"];
        let name = ["--name", "fr=Affaires étrangères"];
        let of = ["--authority", "BJ-FOREIGN", "--use"];
        let profile = ["--ministry-profile", "ministry.toml"];
        let secret = ["--passphrase-file", "passphrase"];
        let run = |parts: &[&[&str]]| drop(self.run(&parts.concat()).success());
        run(&[&["trust", "draft", "--pack", "trust.sceau", "--out", &draft]]);
        run(&[&["trust", "add-authority", &draft, "--out", &authority], &id, &name]);
        let legalisation = ["legalisation", "--key", "ministry.key.pub", "--out", &legalising];
        run(&[&["trust", "add-key", &authority], &of, &legalisation, &profile, key]);
        let lists = ["status", "--key", "acts-lists.key.pub", "--out", &listing];
        run(&[&["trust", "add-key", &legalising], &of, &lists, list_key]);
        run(&[&["trust", "sign", &listing, "--root", "root.key", "--out", &signature], &secret]);
        run(&[&["trust", "merge-signatures", &listing, &signature, "--out", &list]]);
        let first = ["--list-key", "acts-lists.key"];
        run(&[&["trust", "publish", &list, "--pack", "trust.sceau", "--out", pack], &profile, &first, &secret]);
    }

    /// A further key of the ministry.
    pub fn add_key(&self, key: &str, trust: &str, out: &str) {
        let public = format!("{key}.pub");
        let run = |parts: &[&[&str]]| drop(self.run(&parts.concat()).success());
        let of = ["--authority", "BJ-FOREIGN", "--use", "legalisation", "--key", &public];
        run(&[&["trust", "draft", "--pack", trust, "--out", "k.1"]]);
        run(&[&["trust", "add-key", "k.1", "--out", "k.2"], &of]);
        run(&[&["trust", "sign", "k.2", "--root", "root.key", "--out", "k.3", "--passphrase-file", "passphrase"]]);
        run(&[&["trust", "merge-signatures", "k.2", "k.3", "--out", "k.4"]]);
        let first = ["--list-key", "acts-lists.key", "--passphrase-file", "passphrase"];
        run(&[&["trust", "publish", "k.4", "--pack", trust, "--out", out], &first]);
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.sealed.office.path(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.sealed.office.run(arguments)
    }

    pub fn legalise(&self, document: &str, act: &str, more: &[&str]) -> Ended {
        self.legalise_all(&[(document, act)], more)
    }

    pub fn legalise_all(&self, documents: &[(&str, &str)], more: &[&str]) -> Ended {
        let mut all = vec!["legalise"];
        let today = &rfc3339(self.sealed.office.now())[..10];
        all.extend(documents.iter().map(|(document, _)| *document));
        all.extend(documents.iter().flat_map(|(_, act)| ["--act", *act]));
        let has = |option| more.contains(&option);
        for (option, value) in [
            ("--trust", "pack.sceau"),
            ("--key", "ministry.key"),
            ("--capacity", "chef"),
            ("--place", "cotonou"),
            ("--date", today),
            ("--profile", "ministry.toml"),
            ("--out", "codes"),
            ("--passphrase-file", "passphrase"),
        ] {
            if !has(option) {
                all.extend([option, value]);
            }
        }
        self.run(&[&all[..], more].concat())
    }

    /// The picture of the document in a row of the list; `old.txt` is one that was sealed on 2026-09-01.
    pub fn picture(&self, row: usize) -> String {
        format!("out/{}", documents(&self.path("out"))[row].file)
    }

    pub fn store(&self, pack: &str) -> TrustStore {
        let mut store = TrustStore::new();
        store.add(self.sealed.office.pack(pack));
        store
    }

    pub fn reason(&self, pack: &str, text: &str) -> Reason {
        verify_legalisation(text, &self.store(pack), self.sealed.office.now()).reason()
    }

    /// The record that the program printed the picture of.
    pub fn text(&self, ended: &Ended) -> String {
        let [text] = self.texts(ended).try_into().unwrap();
        text
    }

    /// The records that the program printed the pictures of.
    pub fn texts(&self, ended: &Ended) -> Vec<String> {
        let text = |picture: &str| fs::read_to_string(self.path(picture).with_extension("txt")).unwrap();
        ended.stdout.lines().map(|picture| text(picture).trim_end_matches('\n').to_owned()).collect()
    }

    pub fn codes(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return vec![] };
        let read = |path: &Path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
        let mut files: Vec<_> = entries.map(|entry| read(&entry.unwrap().path())).collect();
        files.sort();
        files
    }

    /// Something done to acts, by the records of their pictures.
    pub fn status(&self, action: &str, texts: &[&str], trust: &str, out: &str) -> Ended {
        let serials: Vec<_> = texts.iter().map(|text| self.serial(text)).collect();
        let serials: Vec<_> = serials.iter().flat_map(|serial| ["--serial", serial]).collect();
        let keys = ["--key", "ministry.key", "--list-key", "acts-lists.key", "--passphrase-file", "passphrase"];
        let packs = ["--trust", trust, "--out", out, "--reason", "Given in error"];
        self.run(&[&["status", action][..], &keys, &packs, &serials].concat())
    }

    /// Signs the lists of the ministry's keys again.
    pub fn renew(&self, trust: &str, out: &str) -> Ended {
        let rest = ["--list-key", "acts-lists.key", "--passphrase-file", "passphrase", "--trust", trust, "--out", out];
        self.run(&[&["status", "renew"][..], &rest].concat())
    }

    fn serial(&self, text: &str) -> String {
        verify_legalisation(text, &self.store("pack.sceau"), 0).record().unwrap().serial().to_string()
    }
}
