//! The store: what is held rises and never falls, survives kills and damage, and keeps several countries side by side.
#![allow(clippy::unwrap_used)]

mod setup;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use credential_core::{PackContents, RootSet, SealingKey, StatusList, StatusValue, TrustList};
use setup::office::*;
use setup::*;

/// A folder with packs and a store that is not there yet.
struct Shelf {
    folder: tempfile::TempDir,
    world: World,
}

impl Shelf {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), world: World::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A pack of the world as it is changed, at a version, with the status of a time.
    fn pack(&self, name: &str, version: u32, as_of: u64, change: impl Fn(&mut World)) -> Vec<u8> {
        let mut world = World::new();
        world.trust.version = version;
        world.trust.issued = SEALED_AT - 1_000 + u64::from(version);
        change(&mut world);
        let roots: Vec<_> = [1, 40, 41].map(|seed| SealingKey::from_seed(&[seed; 32])).into();
        let signers: Vec<_> = match world.trust.roots.keys.contains(&roots[1].public()) {
            true => roots.iter().take(2).collect(),
            false => vec![&world.root],
        };
        let list = TrustList::sign(&world.trust, &signers).unwrap();
        let id = &world.trust.authorities[0].id;
        let status = StatusList::sign(id, 1, &world.status, as_of, world.status_expires, &world.list_key);
        let bytes = PackContents {
            trust: list.as_bytes(),
            statuses: if world.status.is_empty() { vec![] } else { vec![&status] },
            dictionaries: vec![world.dictionary.as_bytes()],
            ..PackContents::default()
        }
        .to_bytes();
        fs::write(self.path(name), &bytes).unwrap();
        bytes
    }

    fn root(&self) -> String {
        hex(&self.world.trust.roots.fingerprint())
    }

    fn update(&self, file: &str, more: &[&str]) -> Run {
        self.update_typing(file, more, "")
    }

    fn update_typing(&self, file: &str, more: &[&str], typed: &str) -> Run {
        let (store, file, now) = (self.path("store"), self.path(file), NOW.to_string());
        let fixed = ["trust", "update", "--store", store.to_str().unwrap(), "--at", &now, file.to_str().unwrap()];
        run(&[&fixed, more].concat(), typed.as_bytes())
    }

    #[track_caller]
    fn updated(&self, file: &str, more: &[&str]) -> String {
        let run = self.update(file, more);
        assert_eq!(run.status, 0, "{run:?}");
        run.stdout
    }

    /// The refusal; the store has the same bytes as before.
    #[track_caller]
    fn refused(&self, file: &str, more: &[&str], said: &str) {
        let before = self.files();
        let run = self.update(file, more);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{run:?}");
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
        assert_eq!(self.files(), before, "a refused pack changed the store");
    }

    fn verify(&self, text: &str) -> Run {
        let (store, now) = (self.path("store"), NOW.to_string());
        run(&["verify", "--store", store.to_str().unwrap(), "--at", &now, "--json", text], b"")
    }

    fn show(&self) -> Run {
        run(&["trust", "show", "--json", "--store", self.path("store").to_str().unwrap()], b"")
    }

    #[track_caller]
    fn versions(&self) -> Vec<u64> {
        self.show().objects().iter().map(|object| object["version"].as_u64().unwrap()).collect()
    }

    fn slots(&self) -> [PathBuf; 2] {
        ["even.state", "odd.state"].map(|name| self.path("store/country-0001").join(name))
    }

    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path("store"), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if !path.ends_with("lock") {
            files.push((path.clone(), fs::read(path).unwrap()));
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn withdrawn(world: &mut World) {
    world.status[1] = StatusValue::Withdrawn;
}

/// Five roots of which two sign, the old one among them.
fn rotated(world: &mut World) {
    let keys = [1, 40, 41].map(|seed| SealingKey::from_seed(&[seed; 32]).public()).to_vec();
    world.trust.roots = RootSet { threshold: 2, keys };
}

/// Another country: its own root, authority and keys.
fn elsewhere(world: &mut World) {
    world.root = SealingKey::from_seed(&[60; 32]);
    world.list_key = SealingKey::from_seed(&[61; 32]);
    world.trust.roots = RootSet { threshold: 1, keys: vec![world.root.public()] };
    world.trust.owner = text("Ailleurs");
    let authority = &mut world.trust.authorities[0];
    authority.id = "YY-EXAM".into();
    authority.keys[0].public = SealingKey::from_seed(&[62; 32]).public();
    authority.keys[1].public = world.list_key.public();
}

#[test]
fn a_first_pack_needs_its_root_to_be_given_or_typed() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    let document = shelf.world.text(&diploma(1));
    let none = shelf.verify(&document);
    assert_eq!((none.status, none.reasons()), (2, vec!["no-trust".into()]));
    assert!(none.stderr.contains("trust update --store"), "{}", none.stderr);
    shelf.refused("1.sceau", &[], &shelf.root());
    shelf.refused("1.sceau", &["--root", &"0".repeat(64)], "other roots");
    for typed in ["", "yes\n", "00000000\n"] {
        let run = shelf.update_typing("1.sceau", &["--accept-root"], typed);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(&shelf.root()), "the fingerprint is shown first: {}", run.stderr);
    }
    assert_eq!(shelf.files(), []);
    let typed = format!("{} {}\n", &shelf.root()[..4], &shelf.root()[4..8].to_uppercase());
    assert_eq!(shelf.update_typing("1.sceau", &["--accept-root"], &typed).status, 0);
    let judged = shelf.verify(&document);
    assert_eq!((judged.status, judged.reasons()), (0, vec!["genuine".into()]));
    assert!(judged.stderr.contains("the one that this store trusts"), "{}", judged.stderr);
    let other = shelf.update("1.sceau", &["--root", &shelf.root()]);
    assert!(other.status == 0 && other.stdout.contains("held already"), "{other:?}");
}

#[test]
fn what_is_held_rises_and_says_how_old_it_is() {
    let shelf = Shelf::new();
    let document = shelf.world.text(&diploma(1));
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("2.sceau", 2, SEALED_AT + 500, withdrawn);
    shelf.pack("3.sceau", 3, SEALED_AT + 600, |_| ());
    let installed = shelf.updated("1.sceau", &["--root", &shelf.root()]);
    assert!(installed.contains("version 1") && installed.contains("as of 2026-06-21 (92 days old)"), "{installed}");
    let updated = shelf.updated("2.sceau", &[]);
    assert!(updated.contains("version 2") && updated.contains("updated from version 1"), "{updated}");
    let judged = shelf.verify(&document);
    assert_eq!((judged.status, judged.reasons()), (1, vec!["withdrawn".into()]));
    shelf.updated("3.sceau", &[]);
    assert_eq!((shelf.verify(&document).status, shelf.versions()), (0, vec![3]));
    assert_eq!(shelf.files().len(), 2, "two generations");
}

#[test]
fn whatever_is_older_or_mixed_is_refused_and_changes_nothing() {
    let shelf = Shelf::new();
    let held = shelf.pack("5.sceau", 5, SEALED_AT + 500, withdrawn);
    shelf.updated("5.sceau", &["--root", &shelf.root()]);
    shelf.pack("old.sceau", 4, SEALED_AT + 900, |_| ());
    shelf.refused("old.sceau", &[], "trust-rolled-back");
    shelf.refused("old.sceau", &["--root", &shelf.root()], "trust-rolled-back");
    shelf.pack("same.sceau", 5, SEALED_AT + 900, |world| world.trust.next_update += 1);
    shelf.refused("same.sceau", &[], "trust-rolled-back");
    shelf.pack("mixed.sceau", 6, SEALED_AT + 499, |_| ());
    shelf.refused("mixed.sceau", &[], "status list XX-EXAM/1 is older");
    shelf.pack("twin.sceau", 6, SEALED_AT + 500, |_| ());
    shelf.refused("twin.sceau", &[], "another of the same moment");
    shelf.pack("bare.sceau", 6, SEALED_AT, |world| world.status.clear());
    shelf.refused("bare.sceau", &[], "lacks the status list XX-EXAM/1");
    for (name, bytes) in [("cut.sceau", &held[..held.len() - 1]), ("empty.sceau", b""), ("text.sceau", b"SC1:A")] {
        fs::write(shelf.path(name), bytes).unwrap();
        shelf.refused(name, &[], "pack-malformed");
    }
    shelf.refused("none.sceau", &[], "cannot be read");
    let document = shelf.world.text(&diploma(1));
    assert_eq!(shelf.verify(&document).reasons(), ["withdrawn"]);
    shelf.pack("status.sceau", 5, SEALED_AT + 501, |_| ());
    shelf.updated("status.sceau", &[]);
    assert_eq!(shelf.verify(&document).reasons(), ["genuine"], "a newer status list under the same trust list");
}

#[test]
fn a_forged_status_list_or_register_refuses_the_pack() {
    let shelf = Shelf::new();
    let office = Office::new(3);
    let head = office.head();
    fs::write(shelf.path("1.sceau"), office.pack_bytes(&[&head], &[])).unwrap();
    let root = hex(&office.world.trust.roots.fingerprint());
    shelf.updated("1.sceau", &["--root", &root]);
    let mut next = Office::new(3);
    next.world.trust.version = 2;
    next.world.trust.issued += 1;
    fs::write(shelf.path("no-register.sceau"), next.pack_bytes(&[], &[])).unwrap();
    shelf.refused("no-register.sceau", &[], "lacks the register XX-EXAM/6");
    let forged = next.register.head(SEALED_AT, &next.world.key.public(), None).sign(&SealingKey::from_seed(&[99; 32]));
    fs::write(shelf.path("forged.sceau"), next.pack_bytes(&[&forged], &[])).unwrap();
    shelf.refused("forged.sceau", &[], "register-unsigned");
    let other = Office::new(2).register.head(SEALED_AT, &next.world.key.public(), None).sign(&next.register_key);
    fs::write(shelf.path("shorter.sceau"), next.pack_bytes(&[&other], &[])).unwrap();
    shelf.refused("shorter.sceau", &[], "register XX-EXAM/6 is older than the one held, or another");
    fs::write(shelf.path("2.sceau"), next.pack_bytes(&[&next.head()], &[])).unwrap();
    shelf.updated("2.sceau", &[]);
}

#[test]
fn a_list_of_others_that_names_a_held_authority_is_neither_installed_nor_believed_beside_the_store() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    let rival = |world: &mut World| {
        elsewhere(world);
        world.trust.authorities[0].id = "XX-EXAM".into();
    };
    shelf.pack("forger.sceau", 1, SEALED_AT, rival);
    let mut forger = World::new();
    rival(&mut forger);
    let root = hex(&forger.trust.roots.fingerprint());
    shelf.refused("forger.sceau", &["--root", &root], "names an authority that is held already, under other roots");
    forger.key = SealingKey::from_seed(&[62; 32]);
    let (store, pack, now) = (shelf.path("store"), shelf.path("forger.sceau"), NOW.to_string());
    let both =
        ["verify", "--store", store.to_str().unwrap(), "--trust", pack.to_str().unwrap(), "--at", &now, "--json"];
    let judged = run(&[&both[..], &[&forger.text(&diploma(1))]].concat(), b"");
    assert_eq!((judged.status, judged.reasons()), (2, vec!["trust-foreign-root".into()]));
    assert!(judged.stderr.contains("holds under other roots"), "{}", judged.stderr);
}

#[test]
fn roots_are_replaced_by_the_old_ones_and_never_come_back() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    let first = shelf.root();
    shelf.pack("2.sceau", 2, SEALED_AT + 1, rotated);
    let said = shelf.updated("2.sceau", &[]);
    assert!(said.contains("roots were replaced"), "{said}");
    shelf.pack("3.sceau", 3, SEALED_AT + 2, |_| ());
    shelf.refused("3.sceau", &["--root", &first], "replaced here before");
    shelf.refused("1.sceau", &["--root", &first], "replaced here before");
    assert_eq!(shelf.versions(), [2]);
    let given = run(&["trust", "show", "--store", shelf.path("store").to_str().unwrap(), "--root", &first], b"");
    assert!(given.status == 2 && given.stderr.contains("other roots"), "{given:?}");
}

#[test]
fn several_countries_are_held_side_by_side() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("other.sceau", 9, SEALED_AT, elsewhere);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.refused("other.sceau", &[], "nothing is held of its owner");
    let root = run(&["trust", "show", "--json", shelf.path("other.sceau").to_str().unwrap()], b"").objects()[0]["root"]
        .clone();
    shelf.updated("other.sceau", &["--root", root.as_str().unwrap()]);
    assert_eq!(shelf.versions(), [1, 9]);
    shelf.pack("2.sceau", 2, SEALED_AT + 1, withdrawn);
    shelf.updated("2.sceau", &[]);
    assert_eq!(shelf.versions(), [2, 9]);
    let mut other = World::new();
    elsewhere(&mut other);
    other.key = SealingKey::from_seed(&[62; 32]);
    assert_eq!(shelf.verify(&other.text(&diploma(2))).reasons(), ["genuine"]);
    assert_eq!(shelf.verify(&shelf.world.text(&diploma(1))).reasons(), ["withdrawn"]);
    let people = run(&["trust", "show", "--store", shelf.path("store").to_str().unwrap()], b"").stdout;
    assert!(people.contains("Pays fictif") && people.contains("Ailleurs"), "{people}");
}

#[test]
fn a_damaged_generation_is_recovered_from_the_other_and_that_is_said() {
    let shelf = Shelf::new();
    let (good, bad) = (shelf.world.text(&diploma(2)), shelf.world.text(&diploma(1)));
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("2.sceau", 2, SEALED_AT + 1, withdrawn);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.updated("2.sceau", &[]);
    let [newest, before] = shelf.slots();
    let (whole, former) = (fs::read(&newest).unwrap(), fs::read(&before).unwrap());
    let damaged = [0, 1, 14, 30, 62, 63, whole.len() / 2, whole.len() - 33, whole.len() - 32, whole.len() - 1]
        .into_iter()
        .map(|length| whole[..length].to_vec());
    let flipped = (0..whole.len()).step_by(whole.len() / 23).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    });
    for bytes in damaged.chain(flipped) {
        fs::write(&newest, &bytes).unwrap();
        let run = shelf.verify(&good);
        assert_eq!((run.status, run.reasons()), (2, vec!["status-old".into()]));
        assert!(run.stderr.contains("damaged or missing") && run.stderr.contains("version 1"), "{}", run.stderr);
    }
    fs::remove_file(&newest).unwrap();
    assert!(shelf.verify(&good).stderr.contains("damaged or missing"));
    shelf.updated("2.sceau", &[]);
    let healed = shelf.verify(&bad);
    assert_eq!((healed.reasons(), healed.stderr.contains("damaged")), (vec!["withdrawn".into()], false));
    fs::write(&before, &former[..9]).unwrap();
    let older = shelf.verify(&bad);
    assert_eq!((older.reasons(), older.stderr.contains("damaged or missing")), (vec!["withdrawn".into()], true));
    shelf.updated("2.sceau", &[]);
    assert!(!shelf.verify(&bad).stderr.contains("damaged"), "the same pack heals the other generation");
}

#[test]
fn if_both_generations_are_damaged_no_statement_is_made() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("other.sceau", 1, SEALED_AT, elsewhere);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    for slot in shelf.slots() {
        fs::write(slot, b"rubbish").unwrap();
    }
    let mut altered = shelf.world.seal(&diploma(1)).as_bytes().to_vec();
    *altered.last_mut().unwrap() ^= 1;
    for code in [shelf.world.text(&diploma(1)), credential_core::symbol_text(&altered)] {
        let run = shelf.verify(&code);
        assert_eq!((run.status, run.reasons()), (2, vec!["pack-malformed".into()]), "{run:?}");
        assert!(run.stderr.contains("both generations") && run.objects()[0]["document"].is_null());
    }
    assert_eq!(shelf.show().status, 2);
    shelf.refused("1.sceau", &["--root", &shelf.root()], "both generations");
    fs::remove_dir_all(shelf.path("store/country-0001")).unwrap();
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
}

#[test]
fn a_kill_at_any_moment_leaves_one_of_two_whole_generations() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    let mut version = 1;
    for round in 0..60_u32 {
        let file = format!("{}.sceau", round + 2);
        shelf.pack(&file, round + 2, SEALED_AT + u64::from(round) + 1, |_| ());
        let mut child = Command::new(env!("CARGO_BIN_EXE_verifier"))
            .args(["trust", "update", "--store", shelf.path("store").to_str().unwrap()])
            .arg(shelf.path(&file))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(round) * 200));
        child.kill().unwrap();
        child.wait().unwrap();
        let shown = shelf.show();
        let now_held = shown.objects()[0]["version"].as_u64().unwrap();
        assert!(now_held == version || now_held == u64::from(round) + 2, "{now_held} after {version}");
        assert!(!shown.stderr.contains("damaged"), "{}", shown.stderr);
        version = now_held;
        assert_eq!(shelf.verify(&shelf.world.text(&diploma(1))).reasons(), ["genuine"]);
    }
    shelf.pack("last.sceau", 99, SEALED_AT + 999, |_| ());
    shelf.updated("last.sceau", &[]);
    assert_eq!((shelf.versions(), shelf.files().len()), (vec![99], 2), "what was left behind is tidied away");
}

#[test]
fn a_killed_installation_leaves_nothing_or_all() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    for round in 0..40_u64 {
        let _ = fs::remove_dir_all(shelf.path("store"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_verifier"))
            .args(["trust", "update", "--store", shelf.path("store").to_str().unwrap(), "--root", &shelf.root()])
            .arg(shelf.path("1.sceau"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(round * 250));
        child.kill().unwrap();
        child.wait().unwrap();
        let judged = shelf.verify(&shelf.world.text(&diploma(1)));
        assert!(["genuine", "no-trust"].contains(&&*judged.reasons()[0]), "{judged:?}");
        assert!(!judged.stderr.contains("damaged"), "{}", judged.stderr);
        shelf.updated("1.sceau", &["--root", &shelf.root()]);
        assert_eq!(shelf.files().len(), 2);
    }
}

#[test]
fn two_programs_do_not_change_one_store_at_a_time() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    fs::create_dir(shelf.path("store")).unwrap();
    let lock = fs::File::create(shelf.path("store/lock")).unwrap();
    lock.lock().unwrap();
    shelf.refused("1.sceau", &["--root", &shelf.root()], "another program is updating");
    drop(lock);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.pack("2.sceau", 2, SEALED_AT + 1, withdrawn);
    std::thread::scope(|scope| {
        let updates: Vec<_> = (0..8).map(|_| scope.spawn(|| shelf.update("2.sceau", &[]).status)).collect();
        assert!(updates.into_iter().map(|update| update.join().unwrap()).any(|status| status == 0));
    });
    assert_eq!(shelf.versions(), [2]);
}

#[test]
fn a_store_that_cannot_be_written_stays_and_serves() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    fs::write(shelf.path("store"), b"a file").unwrap();
    let run = shelf.update("1.sceau", &["--root", &shelf.root()]);
    assert!(run.status == 2 && run.stderr.contains("cannot be read or written"), "{run:?}");
    assert_eq!(shelf.verify("SC1:A").reasons(), ["no-trust"]);
}

#[test]
fn everything_is_said_in_french_too() {
    let shelf = Shelf::new();
    shelf.pack("2.sceau", 2, SEALED_AT, |_| ());
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    let french = ["--lang", "fr"];
    assert!(shelf.update("2.sceau", &french).stderr.contains("n'est pas confirmée"));
    let installed = shelf.update("2.sceau", &[&french[..], &["--root", &shelf.root()]].concat()).stdout;
    assert!(installed.contains("installé") && installed.contains("état du 21/06/2026"), "{installed}");
    assert!(shelf.update("1.sceau", &french).stderr.contains("Le dépôt n'a pas changé"));
}
