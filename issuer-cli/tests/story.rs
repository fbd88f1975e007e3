//! The whole life of a batch, from the ceremony to a theft: every verdict of the verifier under every pack.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use credential_core::document::{Serial, Words, World};
use credential_core::legalisation::verify_legalisation;
use credential_core::lists::ListPlace;
use credential_core::sealing::{Compactor, Sealer, issue};
use credential_core::time::rfc3339;
use credential_core::{TrustStore, verify};
use office::ceremony::Ceremony;
use office::{documents, many_candidates};

#[test]
fn every_verdict_of_a_life_is_exact_under_every_pack() {
    let story = Story::begin();
    let texts = story.batch_of_1000();
    let forged = story.steal_and_forge(&texts);
    story.close_withdraw_correct_and_duplicate(&texts);
    let acts = story.legalise(&texts[FINE..FINE + 5]);
    story.rotate_a_root_and_mark_the_stolen_key();

    let (genuine, withdrawn, replaced) = ("genuine", "withdrawn", "replaced");
    let editions = [story.texts("corrected"), story.texts("doubled")];
    for (version, pack) in PACKS.iter().enumerate() {
        let verdicts = story.verdicts(pack, &texts);
        let expect = |from: usize, to: usize, since: usize, reason: &str| {
            let reason = if version >= since { reason } else { genuine };
            assert!(verdicts[from..to].iter().all(|verdict| verdict.reason == reason), "{from} to {to} under {pack}");
        };
        expect(0, 10, WITHDRAWN, withdrawn);
        expect(10, 13, CORRECTED, replaced);
        expect(13, 15, DOUBLED, replaced);
        expect(15, 1_000, usize::MAX, genuine);
        let register = if version >= CLOSED { "listed" } else { "unknown" };
        assert!(verdicts.iter().all(|verdict| verdict.register == register), "{pack}");
        for edition in &editions {
            assert!(story.verdicts(pack, edition).iter().all(|verdict| verdict.reason == genuine), "{pack}");
        }

        let late = if version >= CLOSED { "outside-signing-window" } else { genuine };
        let early = if version >= CLOSED { "key-compromised" } else { genuine };
        let register = if version >= CLOSED { "not-listed" } else { "unknown" };
        let verdicts = story.verdicts(pack, &forged);
        assert!(
            verdicts[..50].iter().all(|verdict| (verdict.reason.as_str(), &*verdict.register) == (early, register)),
            "{pack}"
        );
        assert!(verdicts[50..].iter().all(|verdict| verdict.reason == late), "{pack}");
    }
    let legalised: Vec<_> =
        texts[FINE..].iter().zip(&acts).flat_map(|(text, act)| [text.clone(), act.clone()]).collect();
    for (version, pack) in PACKS.iter().enumerate().skip(DOUBLED) {
        let told = story.verdicts(pack, &legalised);
        for (number, pair) in told.chunks(2).enumerate() {
            let act = if number == 4 && version >= ACT_WITHDRAWN { withdrawn } else { genuine };
            assert_eq!((pair[0].reason.as_str(), pair[0].matched.as_deref()), (genuine, None), "{pack}");
            assert_eq!((pair[1].reason.as_str(), pair[1].matched.as_deref()), (act, Some("same-document")), "{pack}");
        }
    }
    let stranger = [texts[FINE + 9].clone(), acts[0].clone()];
    let other = &story.verdicts(PACKS[STOLEN], &stranger)[1];
    assert_eq!((other.verdict.as_str(), other.matched.as_deref()), ("genuine", Some("other-document")));
    story.no_verifier_goes_back();
    story.audited();
}

/// What is in force after each step; each pack is one that a verifier takes in the place of the one before.
const PACKS: [&str; 8] = [
    "all-keys.sceau",
    "closed.sceau",
    "withdrawn.sceau",
    "corrected/trust.sceau",
    "doubled/trust.sceau",
    "act-withdrawn.sceau",
    "rotated.sceau",
    "stolen.sceau",
];
const CLOSED: usize = 1;
const WITHDRAWN: usize = 2;
const CORRECTED: usize = 3;
const DOUBLED: usize = 4;
const ACT_WITHDRAWN: usize = 5;
const STOLEN: usize = 7;
/// The first document to which nothing happens.
const FINE: usize = 20;

struct Story {
    ceremony: Ceremony,
    verifier: std::path::PathBuf,
}

struct Verdict {
    verdict: String,
    reason: String,
    register: String,
    matched: Option<String>,
}

impl Story {
    /// Three of five sign; then keys for corrections, minutes, registers and a ministry come in with version 2.
    fn begin() -> Self {
        let ceremony = Ceremony::new();
        ceremony.office.new_keys(&["later.key", "jury.key", "registers.key", "ministry.key", "acts.key"]);
        ceremony.next("trust.sceau", "a.draft", &[]).success();
        let scope = ["--use", "documents", "--profile", "benin", "--maximum-count", "100"];
        ceremony.add_key("a.draft", "b.draft", "later.key.pub", &scope).success();
        ceremony.add_key("b.draft", "c.draft", "jury.key.pub", &["--use", "minutes"]).success();
        ceremony.add_key("c.draft", "d.draft", "registers.key.pub", &["--use", "register"]).success();
        let ministry = ["trust", "add-key", "--authority", "BJ-MAE", "--use"];
        let acts = ["legalisation", "--out", "e.draft", "d.draft", "--key", "ministry.key.pub"];
        ceremony.run(&[&ministry[..], &acts].concat()).success();
        let lists = ["status", "--out", "f.draft", "e.draft", "--key", "acts.key.pub"];
        ceremony.run(&[&ministry[..], &lists].concat()).success();
        ceremony.signed("f.draft", &[2, 3, 5], "2.list").success();
        let publish = ["trust", "publish", "2.list", "--pack", "trust.sceau", "--out", PACKS[0]];
        let first_lists = ["--list-key", "lists.key", "--list-key", "acts.key"];
        ceremony.key(&[&publish[..], &first_lists].concat()).success();
        Self { ceremony, verifier: office::verifier::program() }
    }

    /// The minutes first, then one document for each of their lines.
    fn batch_of_1000(&self) -> Vec<String> {
        let list = many_candidates(1_000);
        self.ceremony.office.write_list(&list);
        let minutes = ["minutes", "seal", "list.csv", "--profile", "benin", "--key", "jury.key", "--number", "4"];
        self.ceremony.key(&[&minutes[..], &["--trust", PACKS[0], "--out", "pv"]].concat()).success();
        let by = ["--trust", PACKS[0], "--minutes", MINUTES, "--codes", "png"];
        self.ceremony.office.issue(&list, "out", &by).success();
        self.texts("out")
    }

    /// A hundred documents with the office's own key: fifty of the days before it is closed, fifty of later ones.
    fn steal_and_forge(&self, texts: &[String]) -> Vec<String> {
        let (key, now) = (self.ceremony.stolen("session.key"), self.ceremony.office.now());
        let mut store = TrustStore::new();
        store.add(self.ceremony.pack(PACKS[0]));
        let forge = |(number, text): (usize, &String)| {
            let mut document = verify(text, &store, now).document().unwrap().clone();
            document.holder = Words::one("Voleur DE CLÉ").unwrap();
            let serial = Serial::new([&[7; 7][..], &[number as u8]].concat()).unwrap();
            let sealed_at = if number < 50 { now - 1 } else { now + 86_400 };
            let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
            issue(&document, &serial, sealed_at, &sealer).unwrap().symbol_text(&Compactor::plain())
        };
        texts[FINE..FINE + 100].iter().enumerate().map(forge).collect()
    }

    fn close_withdraw_correct_and_duplicate(&self, texts: &[String]) {
        let roots = ["--root", "root-1.key", "root-3.key", "root-5.key"];
        let close = ["register", "close", "--key", "session.key", "--register-key", "registers.key"];
        self.step(&[&close[..], &roots].concat(), PACKS[0], PACKS[CLOSED]);
        let serials = self.serials(texts);
        let withdrawn: Vec<_> = serials[..10].iter().flat_map(|serial| ["--serial", serial]).collect();
        let withdraw = ["status", "withdraw", "--key", "session.key", "--list-key", "lists.key", "--reason", "Fraud"];
        self.step(&[&withdraw[..], &withdrawn].concat(), PACKS[CLOSED], PACKS[WITHDRAWN]);
        self.edition("correct", 10..13, PACKS[WITHDRAWN], "corrected", |row| {
            row.replace(";Cotonou;", ";Parakou;").replace("-AA", "-ZZ")
        });
        self.edition("duplicate", 13..15, PACKS[CORRECTED], "doubled", str::to_owned);
    }

    /// Later editions of some rows of the list, by the key for corrections.
    fn edition(
        &self,
        command: &str,
        rows: std::ops::Range<usize>,
        trust: &str,
        out: &str,
        change: impl Fn(&str) -> String,
    ) {
        let list = many_candidates(1_000);
        let mut lines = list.lines();
        let header = lines.next().unwrap().to_owned();
        let rows: Vec<_> = lines.skip(rows.start).take(rows.len()).map(change).collect();
        self.ceremony.office.write_list(&format!("{header}\r\n{}\r\n", rows.join("\r\n")));
        let keys = ["--key", "later.key", "--list-key", "lists.key"];
        let what = ["list.csv", "--profile", "benin", "--old", "out", "--decision", "Décision 12/2026"];
        self.step(&[&[command][..], &what, &keys].concat(), trust, out);
    }

    /// The ministry's codes over some documents.
    fn legalise(&self, texts: &[String]) -> Vec<String> {
        let acts: Vec<_> = (1..=texts.len()).map(|act| format!("2026-{act}")).collect();
        let acts: Vec<_> = acts.iter().flat_map(|act| ["--act", act]).collect();
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let today = &rfc3339(self.ceremony.office.now())[..10];
        let words = ["--key", "ministry.key", "--capacity", "Chef", "--place", "Cotonou", "--date", today];
        let done = self.step(&[&["legalise"][..], &texts, &acts, &words].concat(), PACKS[DOUBLED], "acts");
        let text = |picture: &str| fs::read_to_string(self.path(picture).with_extension("txt")).unwrap();
        let acts: Vec<_> = done.lines().map(|picture| text(picture).trim_end().to_owned()).collect();
        let mut store = TrustStore::new();
        store.add(self.ceremony.pack(PACKS[DOUBLED]));
        let last = verify_legalisation(&acts[4], &store, 0).record().unwrap().serial().to_string();
        let withdraw = ["status", "withdraw", "--key", "ministry.key", "--list-key", "acts.key", "--reason", "Error"];
        self.step(&[&withdraw[..], &["--serial", &last]].concat(), PACKS[DOUBLED], PACKS[ACT_WITHDRAWN]);
        acts
    }

    fn rotate_a_root_and_mark_the_stolen_key(&self) {
        self.ceremony.new_root(6).success();
        let change = ["--remove-root", "root-2.key.pub", "--add-root", "root-6.key.pub"];
        self.ceremony.next(PACKS[ACT_WITHDRAWN], "rotate.draft", &change).success();
        self.ceremony.signed("rotate.draft", &[1, 3, 4], "rotate.list").success();
        self.ceremony.publish("rotate.list", PACKS[ACT_WITHDRAWN], PACKS[STOLEN - 1]).success();
        self.ceremony.next(PACKS[STOLEN - 1], "now.draft", &[]).success();
        let stolen = ["trust", "compromise-key", "now.draft", "--key", "session.key.pub", "--out", "stolen.draft"];
        self.ceremony.run(&stolen).success();
        self.ceremony.signed("stolen.draft", &[6, 4, 5], "stolen.list").success();
        self.ceremony.publish("stolen.list", PACKS[STOLEN - 1], PACKS[STOLEN]).success();
    }

    /// Each pack follows the one before, and none an older trust list.
    fn no_verifier_goes_back(&self) {
        for pair in PACKS.windows(2) {
            assert_eq!(self.ceremony.place(pair[1], pair[0]), ListPlace::Newest, "{pair:?}");
        }
        let root = self.ceremony.pack(PACKS[0]).trust().root().map(|byte| format!("{byte:02x}")).concat();
        let held = self.path("held");
        let update = |pack: &str, more: &[&str]| {
            let mut verifier = Command::new(&self.verifier);
            verifier.args(["trust", "add", "--store"]).arg(&held).arg(self.path(pack)).args(more);
            verifier.output().unwrap().status.code()
        };
        assert_eq!(update(PACKS[0], &["--root", &root]), Some(0));
        for (number, pack) in PACKS.iter().enumerate().skip(1) {
            assert_eq!(update(pack, &[]), Some(0), "{pack}");
            // what is older adds nothing that is not held already
            let before = generations(&held);
            assert!(PACKS[..number].iter().all(|older| update(older, &[]) == Some(0)), "behind {pack}");
            assert_eq!(generations(&held), before, "behind {pack}");
        }
    }

    /// Everything that the office made agrees with what the jury decided; the thief's documents are nowhere in it.
    fn audited(&self) {
        let audit = ["audit", "out", "corrected", "doubled", "--minutes", MINUTES, "--trust", PACKS[STOLEN]];
        self.ceremony.run(&[&audit[..], &["--key", "session.key", "--key", "later.key"]].concat()).success();
    }

    /// A command that opens keys and leads from one pack to another.
    fn step(&self, command: &[&str], trust: &str, out: &str) -> String {
        self.ceremony.key(&[command, &["--trust", trust, "--out", out]].concat()).success().stdout
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.ceremony.office.path(name)
    }

    fn texts(&self, out: &str) -> Vec<String> {
        documents(&self.path(out)).into_iter().map(|row| row.text).collect()
    }

    fn serials(&self, texts: &[String]) -> Vec<String> {
        let mut store = TrustStore::new();
        store.add(self.ceremony.pack(PACKS[0]));
        let serial = |text: &String| verify(text, &store, 0).credential().unwrap().serial().to_string();
        texts.iter().map(serial).collect()
    }

    /// What the verifier's program says of each text.
    fn verdicts(&self, pack: &str, texts: &[String]) -> Vec<Verdict> {
        let mut verifier = Command::new(&self.verifier);
        verifier.args(["verify", "--json", "-", "--trust"]).arg(self.path(pack));
        let mut running = verifier.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = running.stdin.take().unwrap();
        let all = texts.join("\n");
        let writer = std::thread::spawn(move || lines.write_all(all.as_bytes()).unwrap());
        let told = running.wait_with_output().unwrap();
        writer.join().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let verdict = |line: &str| {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
            let matched = object["match"].as_str().map(str::to_owned);
            Verdict { verdict: text("verdict"), reason: text("reason"), register: text("register"), matched }
        };
        let verdicts: Vec<_> = told.lines().map(verdict).collect();
        assert_eq!(verdicts.len(), texts.len());
        verdicts
    }
}

const MINUTES: &str = "pv/minutes-4.sceau-minutes";

/// The bytes of what a store holds.
fn generations(store: &std::path::Path) -> Vec<Vec<u8>> {
    ["even.state", "odd.state"].map(|name| fs::read(store.join("country-0001").join(name)).unwrap()).into()
}
