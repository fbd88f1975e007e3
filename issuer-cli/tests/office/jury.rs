//! An office whose jury has sealed the minutes of three lists.
#![allow(unreachable_pub, clippy::unwrap_used)]

use std::fs;

use super::{Ended, Office, many_candidates};

pub struct Jury {
    pub office: Office,
    /// The header and a line for each candidate: 30 admitted, 6 not.
    pub header: String,
    pub lines: Vec<String>,
}

impl Jury {
    pub fn new() -> Self {
        let office = Office::with_keys("benin", &["jury.key", "registers.key"]);
        office.new_trust(&["--jury-key", "jury.key.pub"]).success();
        let list = many_candidates(36);
        let mut lines = list.lines().map(str::to_owned);
        let header = lines.next().unwrap();
        let lines = lines.enumerate().map(|(i, line)| if i % 6 == 5 { refused(&line) } else { line });
        Self { office, header, lines: lines.collect() }
    }

    /// With minutes 4 over three lists.
    pub fn sealed() -> Self {
        let jury = Self::new();
        jury.write_three();
        jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &["--trust", "trust.sceau"]).success();
        jury
    }

    pub fn write_three(&self) {
        for (at, lines) in self.lines.chunks(12).enumerate() {
            self.write(&format!("{}.csv", at + 1), lines);
        }
    }

    pub fn write(&self, name: &str, lines: &[String]) {
        fs::write(self.office.path(name), encoding_rs::WINDOWS_1252.encode(&self.list(lines)).0).unwrap();
    }

    pub fn list(&self, lines: &[String]) -> String {
        format!("{}\r\n{}\r\n", self.header, lines.join("\r\n"))
    }

    pub fn seal(&self, lists: &[&str], number: &str, more: &[&str]) -> Ended {
        let rest = ["--profile", "benin", "--key", "jury.key", "--number", number, "--out", "pv"];
        self.office.run_with_keys(&[&["minutes", "seal"], lists, &rest, more].concat())
    }

    /// Seals documents for some lines of the minutes.
    pub fn issue(&self, lines: &[String], out: &str, more: &[&str]) -> Ended {
        self.office.issue(&self.list(lines), out, &[&["--minutes", MINUTES, "--codes", "none"], more].concat())
    }
}

/// The line of a candidate who was not admitted.
fn refused(line: &str) -> String {
    let mut cells: Vec<&str> = line.split(';').collect();
    let at = cells.len() - 3;
    cells[at..].copy_from_slice(&["9,00", "", "Refusé"]);
    cells.join(";")
}

/// The signed minutes.
pub const MINUTES: &str = "pv/minutes-4.sceau-minutes";
/// Their lines.
pub const LINES: &str = "pv/minutes-4.sceau-minutes.lines.jsonl";
