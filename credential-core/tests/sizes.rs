//! Sizes of side data for a session of 451,117 documents, and of a trust list with 5,000 keys.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::*;

#[test]
fn a_register_file_takes_at_most_7_500_000_bytes_and_a_proof_1_024() {
    let tree = nation::register();
    let (file, proof) = (tree.file(), tree.proof(0).unwrap().to_bytes());
    println!("register file {} bytes, proof {} bytes", file.len(), proof.len());
    assert!(file.len() <= 7_500_000 && proof.len() <= 1_024);
}

#[test]
fn a_thousand_withdrawals_take_at_most_9_kilobytes_of_a_pack() {
    let (none, thousand) =
        (nation::status_list(0, Statement::Withdrawn), nation::status_list(1_000, Statement::Withdrawn));
    println!("status list {} bytes with no statement, {} with 1,000", none.len(), thousand.len());
    assert!(thousand.len() - none.len() <= 9_000);
}

#[test]
fn a_nation_that_was_replaced_is_still_a_pack() {
    let list = nation::status_list(nation::DOCUMENTS, Statement::Replaced);
    let world = Setting::new();
    let trust = TrustList::sign(&world.trust, &[&world.root]).unwrap();
    let pack = PackContents { trust: trust.as_bytes(), statuses: vec![&list], ..PackContents::default() }.to_bytes();
    println!("pack with 451,117 replaced {} bytes", pack.len());
    let pack = Pack::open(&pack, Anchor::AsCarried).unwrap();
    let last = tag(&sha256(&(nation::DOCUMENTS - 1).to_be_bytes()));
    assert_eq!(pack.statuses()[0].statement(&last), Some(Statement::Replaced));
    assert_eq!(pack.statuses()[0].statement(&[0; 8]), None);
}

#[test]
fn a_key_takes_at_most_200_bytes_of_a_trust_list() {
    let root = Setting::new().root;
    let mut trust = nation::list_of_many_keys();
    let bytes = |trust: &TrustClaims| TrustList::sign(trust, &[&root]).unwrap().as_bytes().len();
    let full = bytes(&trust);
    trust.authorities.iter_mut().for_each(|authority| authority.keys.clear());
    let entry = (full - bytes(&trust)).div_ceil(nation::KEYS as usize);
    println!("trust list {full} bytes, an entry {entry} bytes");
    assert!(entry <= 200, "{entry}");
}
