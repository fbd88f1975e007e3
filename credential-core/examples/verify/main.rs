//! Judges three texts against one trust pack, without a network: `cargo run -p credential-core --example verify`.
#![allow(clippy::print_stdout, reason = "the answers are the result")]

use credential_core::answer::PackFault;
use credential_core::{Anchor, Pack, TrustStore, verify};

/// What the QR codes of three papers say.
const TEXTS: [&str; 3] = [include_str!("genuine.txt"), include_str!("altered.txt"), include_str!("stranger.txt")];
/// What is known of authorities and withdrawals; a new one comes by any way, as it is signed.
const PACK: &[u8] = include_bytes!("pack.sceau");
/// Whom this program trusts: the roots' fingerprint, which their owner publishes on paper.
const ROOT: &[u8; 32] = include_bytes!("root.sha256");
/// Seconds since 1970; a program in use asks its clock.
const NOW: u64 = 1_790_000_000;

fn main() -> Result<(), PackFault> {
    lines()?.iter().for_each(|line| println!("{line}"));
    Ok(())
}

pub(crate) fn lines() -> Result<Vec<String>, PackFault> {
    let mut store = TrustStore::new();
    store.add(Pack::open(PACK, Anchor::Fingerprint(*ROOT))?);
    Ok(TEXTS.iter().map(|text| line(text.trim_end_matches('\n'), &store)).collect())
}

/// `document` is there only if the seal held, whatever the text claims.
fn line(text: &str, store: &TrustStore) -> String {
    let report = verify(text, store, NOW);
    let answer = ["accept", "refuse", "cannot tell"][usize::from(report.reason().exit_status())];
    let holder = report.document().map_or("nobody is shown", |document| document.holder.first());
    format!("{answer} ({}): {holder}. {}", report.reason(), report.reason().words())
}
