//! An office that has sealed a list, for what comes after.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::path::Path;

use credential_core::answer::Register;
use credential_core::document::{Serial, Words, World};
use credential_core::sealing::{Compactor, Sealer, issue};
use credential_core::{Reason, Report, TrustStore, verify};

use super::{Ended, Office, documents, many_candidates};

/// An office that has sealed a list of 40 candidates.
pub struct Sealed {
    pub office: Office,
    pub texts: Vec<String>,
    pub serials: Vec<String>,
}

impl Sealed {
    pub fn new() -> Self {
        Self::of(Office::new("benin"))
    }

    /// With a key that has served since a day.
    pub fn since(day: &str) -> Self {
        Self::of(Office::with_trust("benin", &["--from", day]))
    }

    fn of(office: Office) -> Self {
        office.issue(&many_candidates(40), "out", &[]).success();
        let rows = documents(&office.path("out"));
        let serials = rows.iter().map(|row| Path::new(&row.file).file_stem().unwrap().to_str().unwrap().to_owned());
        Self { serials: serials.collect(), texts: rows.into_iter().map(|row| row.text).collect(), office }
    }

    pub fn with_register_key() -> Self {
        let sealed = Self::new();
        sealed.office.new_keys(&["registers.key"]);
        sealed
    }

    pub fn report(&self, text: &str, pack: &str) -> Report {
        let mut store = TrustStore::new();
        store.add(self.office.pack(pack));
        verify(text, &store, self.office.now())
    }

    /// The reasons of the first documents under a pack; all others must be genuine.
    #[track_caller]
    pub fn judged(&self, pack: &str, expected: &[Reason]) {
        for (i, text) in self.texts.iter().enumerate() {
            let expected = expected.get(i).copied().unwrap_or(Reason::Genuine);
            assert_eq!(self.report(text, pack).reason(), expected, "document {i} under {pack}");
        }
    }

    /// `action documents reason`, from one pack to another.
    pub fn status(&self, action: &str, which: &[usize], reason: &str, trust: &str, out: &str) -> Ended {
        let serials: Vec<&str> = which.iter().map(|&i| self.serials[i].as_str()).collect();
        self.change(action, trust, out, &[&["--reason", reason, "--serial"][..], &serials].concat())
    }

    pub fn change(&self, action: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        let keys = ["--key", "session.key", "--list-key", "lists.key"];
        let packs = ["--trust", trust, "--out", out];
        self.office.run_with_keys(&[&["status", action][..], &keys, &packs, more].concat())
    }

    /// Some rows of the list that was sealed, each as `change` makes it.
    pub fn rows(&self, which: &[usize], change: impl Fn(&str) -> String) -> String {
        let list = many_candidates(40);
        let lines: Vec<&str> = list.lines().collect();
        let rows = which.iter().map(|&i| change(lines[i + 1])).collect::<Vec<_>>().join("\r\n");
        format!("{}\r\n{rows}\r\n", lines[0])
    }

    pub fn correct(&self, list: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        self.edition("correct", list, trust, out, &[more, &["--decision", "Décision 12/2026"]].concat())
    }

    pub fn duplicate(&self, list: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        self.edition("duplicate", list, trust, out, &[more, &["--decision", "Request 1"]].concat())
    }

    /// `issuer correct` or `issuer duplicate` with the session's key.
    pub fn edition(&self, command: &str, list: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        self.edition_by("session.key", command, list, trust, out, more)
    }

    pub fn edition_by(&self, key: &str, command: &str, list: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        self.office.run(&[&self.edition_arguments(key, command, list, trust, out), more].concat())
    }

    /// The arguments of a later edition; the list is written.
    pub fn edition_arguments<'a>(
        &self,
        key: &'a str,
        command: &'a str,
        list: &str,
        trust: &'a str,
        out: &'a str,
    ) -> Vec<&'a str> {
        self.office.write_list(list);
        let keys = ["--key", key, "--list-key", "lists.key", "--passphrase-file", "passphrase"];
        let what = [command, "list.csv", "--profile", "benin", "--old", "out", "--trust", trust, "--out", out];
        [&what[..], &keys].concat()
    }

    /// What a pack says of the one document that a folder holds, and its serial.
    pub fn report_of(&self, out: &str, pack: &str) -> (Report, Serial) {
        let report = self.report(&documents(&self.office.path(out))[0].text, pack);
        let serial = report.credential().unwrap().serial().clone();
        (report, serial)
    }

    /// A pack that also names a second key, `later.key`.
    pub fn with_later_key(&self, pack: &str) {
        self.office.new_keys(&["later.key"]);
        self.office.new_trust(&["--key", "later.key.pub", "--from", "2020-01-01", "--out", pack]).success();
    }

    pub fn renew(&self, trust: &str, out: &str) -> Ended {
        let rest = ["--list-key", "lists.key", "--trust", trust, "--out", out];
        self.office.run_with_keys(&[&["status", "renew"][..], &rest].concat())
    }

    pub fn serial(&self, document: usize) -> Serial {
        let bytes = (0..8).map(|i| u8::from_str_radix(&self.serials[document][2 * i..2 * i + 2], 16).unwrap());
        Serial::new(bytes.collect::<Vec<_>>()).unwrap()
    }

    pub fn compromise(&self, key: &str, trust: &str, out: &str) -> Ended {
        self.with_roots(&["trust", "compromise-key"], trust, out, &["--key", key, "--root", "root.key"])
    }

    pub fn with_roots(&self, command: &[&str], trust: &str, out: &str, more: &[&str]) -> Ended {
        self.office.run_with_keys(&[command, &["--trust", trust, "--out", out], more].concat())
    }

    /// A document that somebody with the session key makes of the first one, by his own date.
    pub fn forged(&self, sealed_at: u64) -> String {
        self.forged_as(&Serial::new([7; 8]).unwrap(), sealed_at)
    }

    /// The same with a serial of his choice.
    pub fn forged_as(&self, serial: &Serial, sealed_at: u64) -> String {
        let report = self.report(&self.texts[0], "trust.sceau");
        let mut document = report.document().unwrap().clone();
        document.holder = Words::one("Voleur DE CLÉ").unwrap();
        let key = self.office.opened_key("session.key");
        let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
        issue(&document, serial, sealed_at, &sealer).unwrap().symbol_text(&Compactor::plain())
    }

    #[track_caller]
    pub fn judged_forged(&self, pack: &str, sealed_at: u64, reason: Reason, register: Register) {
        let report = self.report(&self.forged(sealed_at), pack);
        assert_eq!((report.reason(), report.register()), (reason, register), "sealed at {sealed_at} under {pack}");
    }

    /// The decisions of the ledger, a line each.
    pub fn history(&self) -> String {
        self.office.events(&["decision", "clerks"]).into_iter().map(|line| line + "\n").collect()
    }
}
