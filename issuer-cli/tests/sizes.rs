//! How a pack grows with what was decided. Each test prints what it measured: `cargo test --test sizes -- --nocapture`.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::time::Instant;

use credential_core::document::Tag;
use credential_core::lists::{PackContents, Statement, StatusClaims};
use credential_core::{Anchor, Pack};
use office::{Office, documents, many_candidates};

#[test]
fn a_thousand_withdrawals_take_at_most_nine_kilobytes() {
    let office = Office::new("benin");
    office.issue(&many_candidates(1_000), "out", &["--codes", "none"]).success();
    let rows = fs::read_to_string(office.path("out/documents.csv")).unwrap();
    let serials: String = rows.lines().skip(1).map(|row| format!("{}\n", row.split(',').next().unwrap())).collect();
    assert_eq!(documents(&office.path("out")).len(), 1_000);
    fs::write(office.path("fraud.csv"), format!("serial\n{serials}")).unwrap();
    let keys = ["--key", "session.key", "--list-key", "lists.key", "--trust", "trust.sceau", "--out", "2.sceau"];
    let what = ["--csv", "fraud.csv", "--reason", "Fraud at centre 12"];
    let done = office.run_with_keys(&[&["status", "withdraw"][..], &keys, &what].concat()).success();
    assert!(done.stderr.contains("newly withdrawn: 1000\n"), "{}", done.stderr);
    let size = |name: &str| fs::metadata(office.path(name)).unwrap().len();
    let grown = size("2.sceau") - size("trust.sceau");
    println!("1,000 documents withdrawn: the pack grows from {} by {grown} bytes", size("trust.sceau"));
    assert!(grown <= 9_000, "{grown}");
}

#[test]
fn a_nation_of_replaced_documents_is_still_a_pack() {
    let office = Office::new("benin");
    let (held, now) = (office.pack("trust.sceau"), office.now());
    let list = StatusClaims {
        authority: "BJ-OB".into(),
        number: 1,
        seq: NATION,
        as_of: now,
        expires: now + 1_000,
        statements: (0..NATION).map(|n| (tag_of(n), Statement::Replaced)).collect(),
    };
    let list = list.sign(&office.opened_key("lists.key"));
    let contents = PackContents {
        trust: held.trust().as_bytes(),
        statuses: vec![&list],
        dictionaries: held.dictionaries().iter().map(|of| of.as_bytes()).collect(),
        ..PackContents::default()
    };
    let bytes = contents.to_bytes();
    let start = Instant::now();
    let pack = Pack::open(&bytes, Anchor::AsCarried).unwrap();
    println!("{NATION} documents replaced: a pack of {} bytes, read in {:?}", bytes.len(), start.elapsed());
    assert!(bytes.len() <= 32 << 20, "{}", bytes.len());
    assert_eq!(pack.statuses()[0].statements().count() as u64, NATION);
    assert_eq!(pack.statuses()[0].statement(&tag_of(77)), Some(Statement::Replaced));
    fs::write(office.path("nation.sceau"), &bytes).unwrap();
    let build = ["pack", "build", "--trust", "nation.sceau", "--from", "nation.sceau", "--held", "trust.sceau"];
    office.run(&[&build[..], &["--out", "built.sceau"]].concat()).success();
    assert_eq!(fs::read(office.path("built.sceau")).unwrap(), bytes);
    let shown = office.run(&["trust", "show", "built.sceau"]).success().stdout;
    assert!(shown.contains("0 withdrawn, 0 suspended, 451117 replaced, 0 reinstated"), "{shown}");
}

/// Tags as a hash scatters them.
fn tag_of(n: u64) -> Tag {
    n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()
}

/// The session for which SPEC section 12 gives its sizes.
const NATION: u64 = 451_117;
