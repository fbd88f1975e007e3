//! What becomes of documents after they were sealed, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::path::Path;

use credential_core::{
    Anchor, Compactor, Pack, Reason, Register, RegisterReference, Report, SealingKey, Serial, TrustStore, Words, issue,
    verify,
};
use issuer::batch::RegisterReader;
use issuer::keys::KeyFile;
use office::{Ended, Office, documents, many_candidates};

/// An office that has sealed a list of 40 candidates.
struct Sealed {
    office: Office,
    texts: Vec<String>,
    serials: Vec<String>,
}

impl Sealed {
    fn new() -> Self {
        let office = Office::new("benin");
        office.issue(&many_candidates(40), "out", &[]).success();
        let rows = documents(&office.path("out"));
        let serials = rows.iter().map(|row| Path::new(&row.file).file_stem().unwrap().to_str().unwrap().to_owned());
        Self { serials: serials.collect(), texts: rows.into_iter().map(|row| row.text).collect(), office }
    }

    fn with_register_key() -> Self {
        let sealed = Self::new();
        sealed.office.run(&["key", "new", "registers.key", "--passphrase-file", "passphrase"]).success();
        sealed
    }

    fn pack(&self, name: &str) -> Pack {
        Pack::open(&fs::read(self.office.path(name)).unwrap(), Anchor::AsCarried).unwrap()
    }

    fn report(&self, text: &str, pack: &str) -> Report {
        let mut store = TrustStore::new();
        store.add(self.pack(pack));
        verify(text, &store, self.office.now())
    }

    /// The reasons of the first documents under a pack; all others must be genuine.
    #[track_caller]
    fn judged(&self, pack: &str, expected: &[Reason]) {
        for (i, text) in self.texts.iter().enumerate() {
            let expected = expected.get(i).copied().unwrap_or(Reason::Genuine);
            assert_eq!(self.report(text, pack).reason, expected, "document {i} under {pack}");
        }
    }

    /// `action documents reason`, from one pack to another.
    fn status(&self, action: &str, which: &[usize], reason: &str, trust: &str, out: &str) -> Ended {
        let serials: Vec<&str> = which.iter().map(|&i| self.serials[i].as_str()).collect();
        self.change(action, trust, out, &[&["--reason", reason, "--serial"][..], &serials].concat())
    }

    fn change(&self, action: &str, trust: &str, out: &str, more: &[&str]) -> Ended {
        let keys = ["--key", "session.key", "--list-key", "lists.key", "--passphrase-file", "passphrase"];
        let packs = ["--trust", trust, "--out", out];
        self.office.run(&[&["status", action][..], &keys, &packs, more].concat())
    }

    fn close(&self, trust: &str, out: &str, more: &[&str]) -> Ended {
        let keys = ["--key", "session.key", "--register-key", "registers.key", "--root", "root.key"];
        self.with_roots(&["register", "close"], trust, out, &[&keys, more].concat())
    }

    fn compromise(&self, key: &str, trust: &str, out: &str) -> Ended {
        self.with_roots(&["trust", "compromise-key"], trust, out, &["--key", key, "--root", "root.key"])
    }

    fn with_roots(&self, command: &[&str], trust: &str, out: &str, more: &[&str]) -> Ended {
        let rest = ["--trust", trust, "--out", out, "--passphrase-file", "passphrase"];
        self.office.run(&[command, &rest, more].concat())
    }

    /// A document that somebody with the session key makes of the first one, by his own date.
    fn forged(&self, sealed_at: u64) -> String {
        let report = self.report(&self.texts[0], "trust.sceau");
        let mut document = report.document().unwrap().clone();
        document.holder = Words::one("Voleur DE CLÉ").unwrap();
        let key = KeyFile::read(&self.office.path("session.key")).unwrap().open(PASSPHRASE).unwrap();
        let key = SealingKey::from_seed(&key.to_bytes());
        let serial = Serial::new([7; 8]).unwrap();
        issue(&document, serial, sealed_at, &key).unwrap().symbol_text(&Compactor::plain())
    }

    #[track_caller]
    fn judged_forged(&self, pack: &str, sealed_at: u64, reason: Reason, register: Register) {
        let report = self.report(&self.forged(sealed_at), pack);
        assert_eq!((report.reason, report.register), (reason, register), "sealed at {sealed_at} under {pack}");
    }

    fn history(&self) -> String {
        fs::read_to_string(self.office.path(HISTORY)).unwrap_or_default()
    }
}

#[test]
fn status_changes_are_seen_with_the_new_pack_and_not_with_the_old() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1], "Fraud, 12/2026", "trust.sceau", "2.sceau").success();
    sealed.status("suspend", &[2, 3], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.status("reinstate", &[3], "Inquiry closed", "3.sceau", "4.sceau").success();
    sealed.status("replace", &[4], "New edition", "4.sceau", "5.sceau").success();
    let (withdrawn, suspended) = (Reason::Withdrawn, Reason::Suspended);
    sealed.judged("trust.sceau", &[]);
    sealed.judged("2.sceau", &[withdrawn, withdrawn]);
    sealed.judged("3.sceau", &[withdrawn, withdrawn, suspended, suspended]);
    sealed.judged("4.sceau", &[withdrawn, withdrawn, suspended]);
    sealed.judged("5.sceau", &[withdrawn, withdrawn, suspended, Reason::Genuine, Reason::Replaced]);
    assert_eq!(sealed.history().lines().count(), 6);
}

#[test]
fn after_a_theft_exactly_the_registered_documents_stay_genuine() {
    let sealed = Sealed::with_register_key();
    let before = sealed.office.now();
    sealed.close("trust.sceau", "closed.sceau", &[]).success();
    let after = sealed.office.now() + 100;
    sealed.compromise("session.key.pub", "closed.sceau", "stolen.sceau").success();
    for pack in ["trust.sceau", "closed.sceau", "stolen.sceau"] {
        sealed.judged(pack, &[]);
        let expected = if pack == "trust.sceau" { Register::Unknown } else { Register::Listed };
        assert!(sealed.texts.iter().all(|text| sealed.report(text, pack).register == expected), "{pack}");
    }
    // the old pack knows no better
    sealed.judged_forged("trust.sceau", after, Reason::Genuine, Register::Unknown);
    sealed.judged_forged("closed.sceau", after, Reason::OutsideSigningWindow, Register::Unknown);
    sealed.judged_forged("closed.sceau", before, Reason::Genuine, Register::NotListed);
    sealed.judged_forged("stolen.sceau", after, Reason::OutsideSigningWindow, Register::Unknown);
    sealed.judged_forged("stolen.sceau", before, Reason::KeyCompromised, Register::NotListed);

    sealed.status("withdraw", &[0, 1], "Fraud", "stolen.sceau", "2.sceau").success();
    sealed.status("suspend", &[2, 3], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.status("reinstate", &[3], "Inquiry closed", "3.sceau", "4.sceau").success();
    sealed.judged("4.sceau", &[Reason::Withdrawn, Reason::Withdrawn, Reason::Suspended]);
    sealed.judged("stolen.sceau", &[]);
    assert!(sealed.texts.iter().all(|text| sealed.report(text, "4.sceau").register == Register::Listed));
    sealed.judged_forged("4.sceau", before, Reason::KeyCompromised, Register::NotListed);
}

#[test]
fn each_list_follows_the_one_before_and_names_the_register() {
    let sealed = Sealed::with_register_key();
    sealed.close("trust.sceau", "closed.sceau", &[]).success();
    sealed.compromise("session.key.pub", "closed.sceau", "stolen.sceau").success();
    let [old, closed, stolen] = ["trust.sceau", "closed.sceau", "stolen.sceau"].map(|name| sealed.pack(name));
    let bytes = fs::read(sealed.office.path("stolen.sceau")).unwrap();
    assert!([&old, &closed].iter().all(|held| Pack::open_successor(&bytes, held.trust()).is_ok()));
    assert_eq!([&old, &closed, &stolen].map(|pack| pack.trust().claims().version), [1, 2, 3]);
    let entry = closed.trust().claims().find(&sealed.office.public_key()).unwrap().1.clone();
    let (head, file) = closed.registers().next().unwrap();
    assert_eq!(entry.register, Some(RegisterReference { number: 1, head: Some(head.digest()) }));
    assert_eq!((head.claims().count, file.unwrap().count()), (40, 40));
    assert!(entry.closed_at.is_some() && entry.compromised_at.is_none());
    assert_eq!(closed.statuses()[0].as_bytes(), old.statuses()[0].as_bytes());
    let shown = sealed.office.run(&["trust", "show", "stolen.sceau"]).success().stderr;
    let facts = ["of 40 documents", "signs register heads", ", closed 2", ", COMPROMISED 2"];
    assert!(facts.iter().all(|fact| shown.contains(fact)), "{shown}");
}

#[test]
fn a_key_is_closed_once_and_seals_nothing_more() {
    let sealed = Sealed::with_register_key();
    sealed.close("trust.sceau", "closed.sceau", &[]).success();
    let refused = sealed.close("closed.sceau", "again.sceau", &[]).status(2);
    assert!(refused.stderr.contains("is closed already, with register 1"), "{}", refused.stderr);
    std::thread::sleep(std::time::Duration::from_secs(2)); // the second of the closing still counts
    let refused = sealed.office.issue(&many_candidates(41), "more", &["--trust", "closed.sceau", "--skip-faulty"]);
    assert!(refused.status(2).stderr.contains("(closed: 2"));
}

#[test]
fn an_unfinished_batch_is_not_closed() {
    let office = Office::new("benin");
    office.run(&["key", "new", "registers.key", "--passphrase-file", "passphrase"]).success();
    let list = many_candidates(3_000);
    let sealed = Sealed { office, texts: vec![], serials: vec![] };
    let register = sealed.office.path("session.key.register");
    let mut running = sealed.office.start(&list, "out");
    while !has_a_batch(&register) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let refused = sealed.close("trust.sceau", "closed.sceau", &[]).status(2);
    assert!(refused.stderr.contains("another program is sealing with this key"), "{}", refused.stderr);
    running.kill().unwrap();
    running.wait().unwrap();
    let refused = sealed.close("trust.sceau", "closed.sceau", &[]).status(2);
    assert!(refused.stderr.contains("is not finished") && refused.stderr.contains("of 3000 documents"));
    assert!(!sealed.office.path("closed.sceau").exists());
    sealed.office.issue(&list, "out", &[]).success();
    let closed = sealed.close("trust.sceau", "closed.sceau", &[]).success();
    assert!(closed.stderr.contains("register 1 lists 3000 documents"), "{}", closed.stderr);
}

#[test]
fn only_the_roots_close_a_key_or_call_it_stolen() {
    let sealed = Sealed::with_register_key();
    let pack = ["--key", "session.key.pub", "--root", "lists.key"];
    let refused = sealed.with_roots(&["trust", "compromise-key"], "trust.sceau", "2.sceau", &pack).status(2);
    assert!(refused.stderr.contains("is not a root of this trust list"), "{}", refused.stderr);
    let twice = sealed.close("trust.sceau", "2.sceau", &["--root", "root.key"]).status(2);
    assert!(twice.stderr.contains("is named twice"), "{}", twice.stderr);
    let keys = ["--key", "session.key", "--register-key", "lists.key", "--root", "root.key"];
    let refused = sealed.with_roots(&["register", "close"], "trust.sceau", "2.sceau", &keys).status(2);
    assert!(refused.stderr.contains("has another use in the trust list"), "{}", refused.stderr);
    let refused = sealed.compromise("root.key.pub", "trust.sceau", "2.sceau").status(2);
    assert!(refused.stderr.contains("is a root"), "{}", refused.stderr);
    let refused = sealed.compromise("lists.key.pub", "trust.sceau", "2.sceau").status(2);
    assert!(refused.stderr.contains("have them signed by a new key first"), "{}", refused.stderr);
    assert!(!sealed.office.path("2.sceau").exists());
}

#[test]
fn a_stolen_key_without_a_register_leaves_nothing_genuine_and_that_is_said() {
    let sealed = Sealed::new();
    let done = sealed.compromise("session.key.pub", "trust.sceau", "2.sceau").success();
    assert!(done.stderr.contains("WARNING: the pack has no register"), "{}", done.stderr);
    sealed.judged("2.sceau", &[Reason::KeyCompromised; 40]);
    let refused = sealed.compromise("session.key.pub", "2.sceau", "3.sceau").status(2);
    assert!(refused.stderr.contains("compromised already"), "{}", refused.stderr);
}

#[test]
fn a_withdrawal_is_final() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    for action in ["reinstate", "suspend", "replace", "withdraw"] {
        let refused = sealed.status(action, &[0], "Second thoughts", "2.sceau", "3.sceau").status(2);
        assert!(refused.stderr.contains("a withdrawal is final"), "{}", refused.stderr);
    }
    let refused = sealed.status("reinstate", &[1], "Mistake", "2.sceau", "3.sceau").status(2);
    assert!(refused.stderr.contains("only a suspended document can be reinstated"), "{}", refused.stderr);
    assert!(!sealed.office.path("3.sceau").exists());
    assert_eq!(sealed.history().lines().count(), 1);
}

#[test]
fn every_serial_at_fault_is_named_in_one_pass_and_nothing_is_changed() {
    let sealed = Sealed::new();
    let list = format!("serial;reason\n{};Fraud\n00000000000000aa;Fraud\n00000000000000bb;\n", sealed.serials[0]);
    fs::write(sealed.office.path("list.csv"), &list).unwrap();
    let csv = ["--csv", "list.csv", "--reason", "Decision 3"];
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).status(2);
    assert!(refused.stderr.contains("2 of 3 serials are at fault"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("00000000000000aa is not in") && refused.stderr.contains("00000000000000bb is not")
    );
    assert!(!sealed.office.path("2.sceau").exists() && sealed.history().is_empty());

    fs::write(sealed.office.path("list.csv"), list.replace("00000000000000bb", "not a serial")).unwrap();
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).status(2);
    assert!(refused.stderr.contains("no. 3: `not a serial` is not a serial"), "{}", refused.stderr);

    fs::write(sealed.office.path("list.csv"), format!("serial,reason\n{},\n", sealed.serials[5])).unwrap();
    sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).success();
    assert!(sealed.history().contains("Decision 3"));
}

#[test]
fn a_run_killed_between_history_and_pack_is_run_again_without_a_second_record() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1], "Fraud", "trust.sceau", "2.sceau").success();
    let (history, pack) = (sealed.history(), sealed.office.path("2.sceau"));
    fs::remove_file(&pack).unwrap(); // as if killed before it was there
    let again = sealed.status("withdraw", &[0, 1, 2], "Fraud", "trust.sceau", "2.sceau").success();
    assert!(again.stderr.contains("1 documents now withdrawn, 2 were already"), "{}", again.stderr);
    assert!(sealed.history().starts_with(&history));
    assert_eq!(sealed.history().lines().count(), 3);
    sealed.judged("2.sceau", &[Reason::Withdrawn; 3]);

    let cut_short = format!("{}{{\"number\":4,\"ti", sealed.history());
    fs::write(sealed.office.path(HISTORY), cut_short).unwrap(); // killed while it wrote
    sealed.status("withdraw", &[3], "Fraud", "2.sceau", "3.sceau").success();
    assert_eq!(sealed.history().lines().count(), 4);
    sealed.judged("3.sceau", &[Reason::Withdrawn; 4]);
}

#[test]
fn an_older_pack_undoes_no_decision() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    sealed.status("suspend", &[1], "Inquiry", "trust.sceau", "3.sceau").success();
    sealed.judged("3.sceau", &[Reason::Withdrawn, Reason::Suspended]);
}

#[test]
fn a_broken_history_is_named_and_nothing_is_written() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1, 2], "Fraud", "trust.sceau", "2.sceau").success();
    let good = sealed.history();
    let lines: Vec<&str> = good.lines().collect();
    let without_second = format!("{}\n{}\n", lines[0], lines[2]);
    let broken = [
        (good.replacen("Fraud", "Error", 1), "line 2"),
        (without_second, "line 2"),
        (good.replacen("{", "{\"x\":1,", 1), "line 1"),
        (format!("{}\n{}\n", lines[1], lines[0]), "line 1"),
        (format!("{}\n", lines[0]), "it has lost lines"),
        (String::new(), "it has lost lines"),
    ];
    for (history, named) in broken {
        fs::write(sealed.office.path(HISTORY), &history).unwrap();
        let refused = sealed.status("suspend", &[0, 3], "Inquiry", "2.sceau", "3.sceau").status(2);
        assert!(refused.stderr.contains(named), "{named}: {}", refused.stderr);
        assert!(!sealed.office.path("3.sceau").exists());
        assert_eq!(sealed.history(), history);
    }
}

#[test]
fn only_the_list_key_of_the_authority_signs_and_no_file_is_overwritten() {
    let sealed = Sealed::new();
    let keys = ["--key", "session.key", "--list-key", "root.key", "--passphrase-file", "passphrase"];
    let what = ["--trust", "trust.sceau", "--out", "2.sceau", "--reason", "Fraud", "--serial", &sealed.serials[0]];
    let refused = sealed.office.run(&[&["status", "withdraw"][..], &keys, &what].concat()).status(2);
    assert!(refused.stderr.contains("does not sign status lists of"), "{}", refused.stderr);
    let refused = sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "trust.sceau").status(2);
    assert!(refused.stderr.contains("trust.sceau exists; nothing is overwritten"), "{}", refused.stderr);
    assert!(sealed.history().is_empty());
}

fn has_a_batch(register: &Path) -> bool {
    RegisterReader::open(register).and_then(|reader| reader.batches()).is_ok_and(|batches| !batches.is_empty())
}

const PASSPHRASE: &str = "six words that nobody else knows";
const HISTORY: &str = "session.key.history.jsonl";
