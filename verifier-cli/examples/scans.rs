//! A folder of scans with the truth about each, and the comparison of a report with that truth.
//!
//! ```sh
//! cargo run --release -p verifier-cli --example scans -- make work 5000
//! cargo run --release -p verifier-cli -- batch work/scans --trust work/trust.sceau --at 1790000000 --report work/report.jsonl
//! cargo run --release -p verifier-cli --example scans -- compare work
//! ```
//!
//! Half of the files are PDFs at 150 to 300 dpi; of all, one in ten has no code, one in twenty is damaged, one in fifty
//! carries two documents, one in a hundred is hostile, and one in twenty-five documents was withdrawn.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, unreachable_pub)]

#[path = "../../credential-core/tests/common/mod.rs"]
mod common;
#[path = "../tests/setup/files.rs"]
mod files;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::*;
use credential_core::lists::Statement;
use credential_core::sealing::{SealedDocument, issue};
use files::{Chance, hostile, jpeg, pdf, png, sheet, tiff};
use rayon::prelude::*;
use serde_json::Value;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", folder, count] => make(Path::new(folder), count.parse().unwrap()),
        ["compare", folder] => compare(Path::new(folder)),
        _ => println!("give `make FOLDER COUNT` or `compare FOLDER`"),
    }
}

/// What the report must say of a file: page, reason and serial of each line, in any order.
type Truth = Vec<(u64, String, String)>;

fn make(folder: &Path, count: u32) {
    let mut world = Setting::new();
    let withdrawn: Vec<_> =
        (0..u64::from(count) * 2).filter(is_withdrawn).map(|n| issued(&world, n).digest()).collect();
    withdrawn.into_iter().for_each(|digest| world.state(digest, Statement::Withdrawn));
    fs::create_dir_all(folder.join("scans")).unwrap();
    fs::write(folder.join("trust.sceau"), world.pack_bytes()).unwrap();
    let hostile = hostile();
    let truth: BTreeMap<String, Truth> =
        (0..count).into_par_iter().map(|number| one(folder, number, &world, &hostile)).collect();
    fs::write(folder.join("truth.json"), serde_json::to_string(&truth).unwrap()).unwrap();
    println!("{count} files in {}", folder.display());
}

fn one(folder: &Path, number: u32, world: &Setting, hostile: &[(&str, Vec<u8>)]) -> (String, Truth) {
    let mut chance = Chance(number.wrapping_mul(0x9E37_79B9) | 1);
    (0..8).for_each(|_| {
        chance.below(2);
    });
    let dpi = [150, 200, 240, 300][chance.below(4) as usize];
    let is_pdf = number.is_multiple_of(2);
    let what = chance.below(100);
    let codes = match what {
        0..10 => 0,
        10..12 => 2,
        _ => 1,
    };
    let texts: Vec<_> = (0..codes).map(|code| sealed(world, u64::from(number * 2 + code))).collect();
    let bytes: Vec<_> = texts.iter().map(|(text, _)| text.as_bytes()).collect();
    let page = sheet(&bytes, dpi, number | 1);
    let before = is_pdf && chance.below(4) == 0;
    let (mut ending, mut file) = match (is_pdf, chance.below(8)) {
        (true, _) if before => ("pdf", pdf(&[(&sheet(&[], dpi, number ^ 0x55), ""), (&page, "")], dpi)),
        (true, _) => ("pdf", pdf(&[(&page, "")], dpi)),
        (false, 0) => ("tiff", tiff(&page)),
        (false, 1..4) => ("png", png(&page)),
        (false, _) => ("jpg", jpeg(&page)),
    };
    let unreadable = || vec![(0, "input-unreadable".to_owned(), String::new())];
    let mut truth: Truth =
        texts.iter().map(|(_, truth)| (1 + u64::from(before), truth.0.clone(), truth.1.clone())).collect();
    if truth.is_empty() {
        truth = vec![(0, "no-code".into(), String::new())];
    }
    match what {
        90..95 => {
            file.truncate(30);
            truth = unreadable();
        }
        99 => {
            let (name, bytes) = &hostile[number as usize / 2 % hostile.len()];
            ending = name.rsplit_once('.').unwrap().1;
            file = bytes.clone();
            truth = vec![(0, "hostile".into(), String::new())];
        }
        _ => {}
    }
    let name = format!("{:03}/{number:05}.{ending}", number / 100);
    let path = folder.join("scans").join(&name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, file).unwrap();
    (name, truth)
}

/// The text of a document, and what is to be said of it.
fn sealed(world: &Setting, number: u64) -> (String, (String, String)) {
    let reason = if is_withdrawn(&number) { "withdrawn" } else { "genuine" };
    let text = issued(world, number).symbol_text(&world.dictionary.compactor());
    (text, (reason.into(), serial(number + 1).to_string()))
}

fn issued(world: &Setting, number: u64) -> SealedDocument {
    issue(&diploma(number), &serial(number + 1), SEALED_AT, &world.sealer()).unwrap()
}

fn is_withdrawn(number: &u64) -> bool {
    number % 50 == 48
}

fn compare(folder: &Path) {
    let truth: BTreeMap<String, Truth> =
        serde_json::from_str(&fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
    let report = fs::read_to_string(folder.join("report.jsonl")).unwrap();
    let mut said: BTreeMap<String, Truth> = BTreeMap::new();
    for record in report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if record["record"] == "line" {
            let file = text(&record["file"]);
            let name = file.rsplit_once("scans/").unwrap().1.to_owned();
            let line =
                (record["page"].as_u64().unwrap_or(0), text(&record["reason"]), text(&record["document"]["serial"]));
            said.entry(name).or_default().push(line);
        }
    }
    let mut kinds: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (name, truth) in &truth {
        let found = said.remove(name).unwrap_or_default();
        let right = is_right(truth, &found);
        let count = kinds.entry(&truth[0].1).or_default();
        count[usize::from(right)] += 1;
        if !right {
            println!("WRONG {name}: {found:?}, the truth is {truth:?}");
        }
    }
    for name in said.keys() {
        println!("WRONG {name}: not in the folder");
    }
    for (kind, [wrong, right]) in kinds {
        println!("{kind:<20} {right} right, {wrong} wrong");
    }
}

/// A hostile file is one line without a verdict; of an unreadable one the page does not count.
fn is_right(truth: &Truth, found: &Truth) -> bool {
    let (mut truth, mut found) = (truth.clone(), found.clone());
    match &*truth[0].1 {
        "hostile" => matches!(&*found, [(_, reason, _)] if ["input-unreadable", "no-code"].contains(&&**reason)),
        "input-unreadable" => matches!(&*found, [(_, reason, _)] if reason == "input-unreadable"),
        _ => {
            truth.sort();
            found.sort();
            truth == found
        }
    }
}
