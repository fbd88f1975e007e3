//! Sealed minutes as files: the signed object, and the office's own file with salt and lines, one JSON object each.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use credential_core::Reason;
use credential_core::document::Outcome;
use credential_core::lists::TrustClaims;
use credential_core::minutes::{Minutes, MinutesClaims, MinutesLine, MinutesSalt};
use credential_core::register::MerkleTree;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::line;
use crate::file::with_ending;
use crate::hex::from_hex;
use crate::ledger::UsedMinutes;

/// Minutes whose signature holds, with their lines.
pub struct SealedMinutes {
    path: PathBuf,
    minutes: Minutes,
    bytes: Vec<u8>,
    /// Where each line starts and ends.
    places: Vec<(usize, usize)>,
    by_number: HashMap<Box<str>, u32>,
    /// What was decided on each line; `None` where it cannot be read.
    outcomes: Vec<Option<Outcome>>,
    faults: Vec<LinesFault>,
}

/// What is wrong with the lines of minutes: nothing may rest on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinesFault {
    /// Line of the file, from 1; 0 for all of it.
    pub line: u64,
    /// In words.
    pub message: String,
}

/// Minutes that no minutes key of the trust list signed.
#[derive(Debug, thiserror::Error)]
#[error("the minutes {} are refused: {reason}; no minutes key of the trust pack signed them", path.display())]
pub struct MinutesRefused {
    /// The signed file.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// The first object of the office's file.
#[derive(Serialize, Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) minutes: u64,
    pub(super) session: String,
    pub(super) time: String,
    pub(super) salt: String,
}

/// Where the lines of signed minutes are: the same name with `.lines.jsonl` behind it.
pub fn lines_path(signed: &Path) -> PathBuf {
    with_ending(signed, ".lines.jsonl")
}

impl SealedMinutes {
    /// Opens signed minutes and their lines; the signature must hold under a minutes key of the trust list.
    ///
    /// Lines that do not agree with it are no error here, see [`faults`](Self::faults).
    pub fn open(path: &Path, trust: &TrustClaims) -> Result<Self> {
        let signed = read(path, MOST_SIGNED)?;
        let minutes =
            Minutes::open(&signed, trust).map_err(|reason| MinutesRefused { path: path.to_owned(), reason })?;
        let lines = lines_path(path);
        let bytes = read(&lines, MOST_LINES).context("the office's own lines belong beside the signed minutes")?;
        let mut places = places(&bytes).into_iter();
        let (start, end) = places.next().with_context(|| format!("{} is empty", lines.display()))?;
        let head = serde_json::from_slice::<Head>(&bytes[start..end]).ok();
        let salt = head
            .and_then(|head| salt(&head))
            .with_context(|| format!("{} has no salt in its first line; put a good copy back", lines.display()))?;
        let mut sealed = Self {
            path: path.to_owned(),
            minutes,
            bytes,
            places: places.collect(),
            by_number: HashMap::new(),
            outcomes: Vec::new(),
            faults: Vec::new(),
        };
        sealed.check(&salt);
        Ok(sealed)
    }

    /// The signed file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the jury signed.
    pub fn claims(&self) -> &MinutesClaims {
        self.minutes.claims()
    }

    /// The authority whose jury signed.
    pub fn authority(&self) -> &str {
        self.minutes.authority()
    }

    /// Number and root.
    pub fn used(&self) -> UsedMinutes {
        UsedMinutes { number: self.claims().number, root: self.claims().root }
    }

    /// Everything that is wrong with the lines; without any they are what the jury signed.
    pub fn faults(&self) -> &[LinesFault] {
        &self.faults
    }

    /// The line with a number, from 1.
    pub fn line(&self, number: u64) -> Option<MinutesLine> {
        let &(start, end) = self.places.get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        line::from_json(&self.bytes[start..end]).ok().filter(|line| line.line == number)
    }

    /// The line of a candidate.
    pub fn line_of(&self, candidate: &str) -> Option<MinutesLine> {
        self.line(self.by_number.get(candidate).copied()?.into())
    }

    /// The lines with an admitted candidate.
    pub fn admitted(&self) -> impl Iterator<Item = u64> {
        (1..).zip(&self.outcomes).filter(|(_, outcome)| **outcome == Some(Outcome::Admitted)).map(|(line, _)| line)
    }

    fn check(&mut self, salt: &MinutesSalt) {
        let read: Vec<_> = self
            .places
            .par_iter()
            .map(|&(start, end)| line::from_json(&self.bytes[start..end]).map(|line| Read::new(line, salt)))
            .collect();
        let mut leaves = Vec::with_capacity(read.len());
        let mut counts = BTreeMap::<Option<String>, [u64; 3]>::new();
        for (expected, read) in (1..).zip(read) {
            let read = match read {
                Ok(read) => read,
                Err(error) => {
                    self.outcomes.push(None);
                    self.fault(expected + 1, format!("{error:#}"));
                    continue;
                }
            };
            if read.line != expected {
                self.fault(expected + 1, format!("line {expected} of the minutes has the number {}", read.line));
            }
            if self.by_number.insert(read.number.clone(), read.line as u32).is_some() {
                self.fault(expected + 1, format!("the candidate {} stands on an earlier line too", read.number));
            }
            leaves.push(read.leaf);
            counts.entry(read.series).or_default()[read.outcome as usize] += 1;
            self.outcomes.push(Some(read.outcome));
        }
        self.check_sums(leaves, &counts);
    }

    fn check_sums(&mut self, leaves: Vec<[u8; 32]>, counts: &BTreeMap<Option<String>, [u64; 3]>) {
        let claims = self.claims();
        let series =
            |of: &credential_core::minutes::SeriesCount| of.series.as_ref().map(|series| series.as_str().to_owned());
        let signed = claims.counts.iter().map(|of| (series(of), [of.not_admitted, of.admitted, of.otherwise]));
        let (lines, found) = (claims.lines, leaves.len() as u64);
        let same_counts = signed.collect::<BTreeMap<_, _>>() == *counts;
        let same_root = MerkleTree::new(leaves).root() == claims.root;
        if lines != found {
            self.fault(found + 2, format!("the jury signed {lines} lines, here are {found}"));
        } else if !same_counts {
            self.fault(
                0,
                "the numbers of those admitted, not admitted and decided otherwise are not those that the jury signed"
                    .into(),
            );
        }
        if !same_root {
            self.fault(0, "the lines are not those that the jury signed: their root differs".into());
        }
    }

    fn fault(&mut self, line: u64, message: String) {
        self.faults.push(LinesFault { line, message });
    }
}

/// What is kept of a line while all are checked.
struct Read {
    line: u64,
    number: Box<str>,
    series: Option<String>,
    outcome: Outcome,
    leaf: [u8; 32],
}

impl Read {
    fn new(line: MinutesLine, salt: &MinutesSalt) -> Self {
        Self {
            line: line.line,
            number: line.number.as_str().into(),
            series: line.series.as_ref().map(|series| series.as_str().to_owned()),
            outcome: line.decision.outcome,
            leaf: salt.leaf(&line),
        }
    }
}

pub(super) fn salt(head: &Head) -> Option<MinutesSalt> {
    Some(MinutesSalt::new(from_hex(&head.salt)?.try_into().ok()?))
}

/// Reads a regular file of bounded size.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let context = || format!("reading {}", path.display());
    let metadata = fs::metadata(path).with_context(context)?;
    ensure!(metadata.is_file() && metadata.len() <= most, "{} is too large or no file", path.display());
    fs::read(path).with_context(context)
}

/// Start and end of each line; an end that is missing is the file's.
fn places(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut start = 0;
    let lines = bytes.split_inclusive(|&byte| byte == b'\n').map(|line| {
        let place = (start, start + line.len() - usize::from(line.ends_with(b"\n")));
        start += line.len();
        place
    });
    lines.collect()
}

/// MIN-1.
const MOST_SIGNED: u64 = 65_536;
/// 451,117 lines of 12 subjects take 700 MB; more are several minutes.
pub(super) const MOST_LINES: u64 = 2 << 30;
