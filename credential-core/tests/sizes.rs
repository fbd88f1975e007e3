//! Sizes of side data for a session of 451,117 documents, and of a trust list with 5,000 keys.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::*;
use credential_core::*;

#[test]
fn a_register_file_takes_at_most_7_500_000_bytes_and_a_proof_1_024() {
    let tree = nation::register();
    let (file, proof) = (tree.file(), tree.proof(0).unwrap().to_bytes());
    println!("register file {} bytes, proof {} bytes", file.len(), proof.len());
    assert!(file.len() <= 7_500_000 && proof.len() <= 1_024);
}

#[test]
fn a_status_list_with_one_in_a_thousand_withdrawn_takes_at_most_1_536_bytes() {
    let list = StatusList::sign("XX-EXAM", 1, &nation::statuses(), SEALED_AT, NOW, &World::new().list_key);
    println!("status list {} bytes", list.len());
    assert!(list.len() <= 1_536, "{}", list.len());
}

#[test]
fn a_key_takes_at_most_200_bytes_of_a_trust_list() {
    let root = World::new().root;
    let mut trust = nation::list_of_many_keys();
    let bytes = |trust: &TrustClaims| TrustList::sign(trust, &[&root]).unwrap().as_bytes().len();
    let full = bytes(&trust);
    trust.authorities.iter_mut().for_each(|authority| authority.keys.clear());
    let entry = (full - bytes(&trust)).div_ceil(nation::KEYS as usize);
    println!("trust list {full} bytes, an entry {entry} bytes");
    assert!(entry <= 200, "{entry}");
}
