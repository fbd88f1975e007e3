//! What a batch is judged by: packs, a store, proofs, the age of lists; and what its report says of them.

use super::setup::office::Office as Board;
use super::*;

/// The words of the first record of a report, which is about the run.
fn about(records: &[Value]) -> &Value {
    assert_eq!(records[0]["record"], "about");
    &records[0]
}

#[test]
fn a_store_serves_as_a_pack_does_and_its_own_files_are_no_scans() {
    let office = Office::new(Setting::new());
    office.put_scan("page.png", &office.text(1, |_| {}));
    let (store, root) = (office.scans.join("store"), hex(&office.world.trust.roots.fingerprint()));
    let (store, pack) = (store.to_str().unwrap(), office.desk.pack.to_str().unwrap());
    let update = run(&["trust", "update", "--store", store, "--root", &root, pack], b"");
    assert_eq!(update.status, 0, "{update:?}");
    let (status, records) = office.records_by(&["--store", store], &[]);
    assert_eq!((found(&records), status), (vec![("page.png", 1, "genuine")], 0));
    let held = &about(&records)["packs"][0];
    assert_eq!(held["sha256"], hex(&sha256(&office.world.pack_bytes())));
    assert!(held["file"].as_str().unwrap().ends_with("store/country-0001"), "{held}");
    let both = office.records_by(&["--store", store, "--trust", pack], &[]).1;
    assert_eq!(about(&both)["packs"].as_array().unwrap().len(), 2);
}

#[test]
fn without_a_pack_or_a_store_nothing_is_judged() {
    let office = Office::new(Setting::new());
    let (scans, report) = (office.scans.to_str().unwrap(), office.path("report.csv"));
    for packs in [&[][..], &["--store", &office.path("none")]] {
        let run = run(&[&["batch", scans, "--report", &report], packs].concat(), b"");
        assert_eq!((run.status, &*run.stdout), (2, ""), "{run:?}");
        assert!(run.stderr.contains("Nothing was judged") && !Path::new(&report).exists(), "{run:?}");
    }
}

#[test]
fn the_age_that_counts_is_the_users_and_the_report_says_so() {
    let office = Office::new(Setting::new());
    office.put_scan("page.png", &office.text(1, |_| {}));
    let records = office.expect(&["--max-age", "30"], &[("page.png", 1, "status-old")], 2);
    assert_eq!(about(&records)["max_age_days"], 30);
    let records = office.expect(&["--max-age", "none"], &[("page.png", 1, "genuine")], 0);
    assert_eq!(about(&records)["max_age_days"], "none");
    assert!(about(&office.records(&[]).1)["max_age_days"].is_null());
    let csv = office.path("report.csv");
    assert_eq!(office.batch(&["--max-age", "30", "--report", &csv]).status, 2);
    assert!(fs::read_to_string(&csv).unwrap().contains("up to an age of 30 days, as you asked"));
}

#[test]
fn a_proof_serves_in_a_batch_where_the_key_was_lost() {
    let mut board = Board::new(3);
    board.world.entry().compromised_at = Some(NOW);
    let pack = board.pack_bytes(&[&board.head()], &[]);
    let office = Office::with_pack(Setting::new(), &pack);
    office.put_scan("page.png", &board.text(2));
    let proof = office.desk.file("2.proof", board.register.proof(1).unwrap().to_bytes());
    office.expect(&[], &[("page.png", 1, "key-compromised")], 2);
    let records = office.expect(&["--proof", &proof], &[("page.png", 1, "genuine")], 0);
    assert_eq!(about(&records)["proofs"], serde_json::json!([proof]));
    assert_eq!(records[1]["register"], "listed");
}
