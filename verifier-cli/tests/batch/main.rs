//! Folders of scans through the real program: every file is a line, whatever it holds.
#![allow(clippy::unwrap_used, clippy::panic)]

mod applicants;
mod basis;
#[path = "../setup/files.rs"]
mod files;
mod legalisations;
mod reading;
mod reports;
#[path = "../setup/mod.rs"]
mod setup;

use std::fs;
use std::path::{Path, PathBuf};

use credential_core::Document;
use credential_core::lists::Statement;
use credential_core::sealing::issue;
use files::{A4, pdf, pdf_page, png, sheet};
use serde_json::Value;
use setup::*;

/// A desk with a folder of scans.
struct Office {
    world: Setting,
    desk: Desk,
    scans: PathBuf,
}

impl Office {
    fn new(world: Setting) -> Self {
        let pack = world.pack_bytes();
        Self::with_pack(world, &pack)
    }

    fn with_pack(world: Setting, pack: &[u8]) -> Self {
        let desk = Desk::with_pack(pack);
        let scans = desk.folder.path().join("scans");
        fs::create_dir(&scans).unwrap();
        Self { world, desk, scans }
    }

    /// The text of document `number`, with a serial of its own.
    fn text(&self, number: u64, change: impl FnOnce(&mut Document)) -> String {
        let mut document = diploma(number);
        change(&mut document);
        let sealed = issue(&document, &serial(number), SEALED_AT, &self.world.sealer()).unwrap();
        sealed.symbol_text(&self.world.dictionary.compactor())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.scans.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn put_scan(&self, name: &str, text: &str) {
        self.put(name, png(&sheet(&[text.as_bytes()], 150, 7)));
    }

    /// A page with several codes.
    fn put_page(&self, name: &str, texts: &[&str]) {
        let codes: Vec<_> = texts.iter().map(|text| text.as_bytes()).collect();
        self.put(name, png(&sheet(&codes, 200, 5)));
    }

    fn path(&self, name: &str) -> String {
        self.desk.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn batch(&self, arguments: &[&str]) -> Run {
        let (now, pack) = (NOW.to_string(), self.desk.pack.to_str().unwrap());
        let fixed = ["batch", "--trust", pack, "--at", &now, self.scans.to_str().unwrap()];
        run(&[&fixed, arguments].concat(), b"")
    }

    /// A run with a report in JSON lines: its exit status and records.
    fn records(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        self.records_by(&["--trust", self.desk.pack.to_str().unwrap()], arguments)
    }

    /// The same by other packs than the desk's.
    fn records_by(&self, packs: &[&str], arguments: &[&str]) -> (i32, Vec<Value>) {
        let report = self.path(&format!("report-{}.jsonl", fs::read_dir(self.desk.folder.path()).unwrap().count()));
        let (now, scans) = (NOW.to_string(), self.scans.to_str().unwrap());
        let run = run(&[&["batch", "--at", &now, scans, "--report", &report], packs, arguments].concat(), b"");
        let text = fs::read_to_string(&report).unwrap_or_else(|_| panic!("{run:?}"));
        (run.status, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    /// The same, where these lines and this exit status are expected: file, page, reason.
    #[track_caller]
    fn expect(&self, arguments: &[&str], lines: &[(&str, u64, &str)], expected: i32) -> Vec<Value> {
        let (status, records) = self.records(arguments);
        assert_eq!(found(&records), lines);
        assert_eq!(status, expected);
        records
    }
}

/// States something of document `number`.
fn decide(world: &mut Setting, number: u64, statement: Statement) {
    let digest = setup::office::sealed(world, number).digest();
    world.state(digest, statement);
}

/// Each line of a report: file, page, reason.
fn found(records: &[Value]) -> Vec<(&str, u64, &str)> {
    let lines = records.iter().filter(|record| record["record"] == "line");
    lines.map(|line| (name(line), line["page"].as_u64().unwrap_or(0), line["reason"].as_str().unwrap())).collect()
}

/// The file of a line, from the folder of scans.
fn name(line: &Value) -> &str {
    line["file"].as_str().unwrap().rsplit_once("scans/").unwrap().1
}

/// The first line of a file.
#[track_caller]
fn line_of<'a>(records: &'a [Value], file: &str) -> &'a Value {
    records.iter().find(|record| record["record"] == "line" && name(record) == file).unwrap()
}

/// Each applicant's number, pile and why.
fn piles(records: &[Value]) -> Vec<String> {
    let applicants = records.iter().filter(|record| record["record"] == "applicant");
    let said = applicants.map(|record| {
        let why: Vec<_> = record["why"].as_array().unwrap().iter().map(|why| why.as_str().unwrap()).collect();
        format!("{} {} {}", record["number"].as_str().unwrap(), record["pile"].as_str().unwrap(), why.join(" "))
    });
    said.collect()
}
