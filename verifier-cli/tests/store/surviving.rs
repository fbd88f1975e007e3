//! What is left after kills, damage and two programs at once.

use std::fs;
use std::time::Duration;

use super::setup::*;
use super::shelf::*;

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
    for code in [shelf.world.text(&diploma(1)), credential_core::sealing::symbol_text(&altered)] {
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
        shelf.killed(&file, &[], Duration::from_micros(u64::from(round) * 200));
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
        shelf.killed("1.sceau", &["--root", &shelf.root()], Duration::from_micros(round * 250));
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
