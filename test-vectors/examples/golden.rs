//! Asks about each golden text and prints the answers: `answers.tsv`, once, when the golden files were made.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/golden/folder.rs"]
mod folder;

use folder::{COUNTRIES, Golden, Question};

/// 2026-12-01 and 2027-12-01, when every list is old.
const SOON: u64 = 1_796_083_200;
const LATER: u64 = 1_827_619_200;

fn main() {
    let mut golden = Golden::default();
    println!("text\troot\tpacks\tnow\treason\tstatus\tregister\tdigest");
    for (at, country) in COUNTRIES.into_iter().enumerate() {
        let elsewhere = COUNTRIES[(at + 1) % COUNTRIES.len()];
        let of = |stage: &str| format!("{country}-{stage}.sceau");
        let mut asked: Vec<_> =
            ["1", "2", "3", "3-small", "4", "4-small", "5"].map(|stage| (country, of(stage), SOON)).into();
        asked.push((country, format!("{},{}", of("5"), of("1")), SOON));
        asked.push((country, of("4"), LATER));
        asked.push((elsewhere, format!("{elsewhere}-1.sceau"), SOON));
        for line in 1..=80 {
            let text = format!("{country}-{line:02}");
            for (root, packs, now) in &asked {
                let question = Question { text: &text, root, packs, now: *now };
                println!("{text}\t{root}\t{packs}\t{now}\t{}", golden.answer(&question).join("\t"));
            }
        }
    }
}
