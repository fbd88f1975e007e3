//! What has changed since an earlier report.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The records of an earlier report by their keys.
#[derive(Debug)]
pub(super) struct Previous {
    records: HashMap<String, Value>,
    pub(super) sha256: [u8; 32],
}

/// What became of a record since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// There is no earlier report.
    NotAsked,
    /// It says the same.
    Same,
    /// It was not there.
    New,
    /// It says something else; before, this.
    Changed(String),
}

impl Change {
    /// Whether the record belongs into the report.
    pub(super) fn is_shown(&self) -> bool {
        *self != Self::Same
    }

    /// For machines.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            Self::NotAsked | Self::Same => None,
            Self::New => Some("new"),
            Self::Changed(_) => Some("changed"),
        }
    }

    /// What it said before.
    pub(super) fn before(&self) -> Option<&str> {
        match self {
            Self::Changed(before) => Some(before),
            _ => None,
        }
    }
}

impl Previous {
    /// Reads a report in JSON lines; one that shows only changes itself is no base for another.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let mut bytes = Vec::new();
        File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 1 GiB"));
        }
        let mut records = HashMap::new();
        for (number, line) in BufReader::new(&*bytes).lines().enumerate() {
            let fault = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {what}", number + 1));
            let record: Value = serde_json::from_str(&line?).map_err(|_| fault("no JSON object"))?;
            if number == 0 {
                let is_whole =
                    record["record"] == "about" && record["report_version"] == 1 && record["previous"].is_null();
                is_whole
                    .then_some(())
                    .ok_or_else(|| fault("not the start of a whole report (--report FILE.jsonl without --previous)"))?;
                continue;
            }
            let key = record["key"].as_str().ok_or_else(|| fault("no key"))?.to_owned();
            records.insert(key, record);
        }
        if bytes.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "empty"));
        }
        Ok(Self { records, sha256: Sha256::digest(&bytes).into() })
    }

    /// What became of each of the new records, and the old ones that have no successor.
    pub(super) fn compare(mut self, records: &[Value]) -> (Vec<Change>, Vec<Value>) {
        let changes =
            records.iter().map(|record| match self.records.remove(record["key"].as_str().unwrap_or_default()) {
                None => Change::New,
                Some(before) if is_same(&before, record) => Change::Same,
                Some(before) => Change::Changed(summary(&before)),
            });
        let changes = changes.collect();
        let mut gone: Vec<_> = self.records.into_values().collect();
        gone.sort_by_key(|record| record["key"].as_str().unwrap_or_default().to_owned());
        let gone = gone.iter().map(|record| {
            json!({"record": record["record"], "key": record["key"], "change": "gone", "before": summary(record)})
        });
        (changes, gone.collect())
    }
}

/// Whether two records say the same, but for the age of the lists, words that follow from codes, and names of other files.
fn is_same(before: &Value, now: &Value) -> bool {
    said(before).eq(said(now))
}

fn said(record: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let members = record.as_object().into_iter().flatten();
    members.filter(|(name, _)| !PASSED_OVER.contains(&name.as_str()))
}

/// What a record said, in short.
fn summary(record: &Value) -> String {
    let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
    if record["record"] == "applicant" {
        let why: Vec<_> = record["why"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        return format!("{} {}", text("pile"), why.join(" ")).trim_end().to_owned();
    }
    if record["object"] == "legalisation" {
        return format!("legalisation {} {}", text("reason"), text("match"));
    }
    text("reason")
}

const PASSED_OVER: [&str; 6] = ["status_as_of", "issuer", "object", "words", "detail", "see"];
const MOST_BYTES: u64 = 1 << 30;
