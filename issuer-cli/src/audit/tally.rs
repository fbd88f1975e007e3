//! What no folder shows alone: nobody twice, and everybody whom the minutes admit.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use credential_core::document::{Edition, Kind, Serial};

use super::finding::{Code, Findings};
use super::judge::Facets;
use crate::minutes::{SealedMinutes, lines_path};

/// A line of a folder.
type Place = (u32, u32);

/// What was seen so far.
#[derive(Default)]
pub(super) struct Tally {
    files: Vec<PathBuf>,
    serials: HashMap<Serial, Place>,
    holders: HashMap<[u8; 16], Place>,
    /// By kind and minutes, which lines have a document.
    covered: BTreeMap<(u8, usize), (Kind, Vec<bool>)>,
    /// Corrections, and the duplicates that follow them.
    corrected: HashSet<Serial>,
    /// Duplicates that say something else than the minutes.
    doubtful: Vec<Doubtful>,
    /// What corrections, and duplicates of them, say otherwise than the minutes.
    departures: Vec<(Place, String)>,
    /// By the number of minutes that were not given, where they are named first.
    missing: BTreeMap<u64, Place>,
    pub(super) documents: u64,
}

struct Doubtful {
    serial: Serial,
    follows: Option<Serial>,
    place: Place,
    messages: Vec<String>,
}

impl Tally {
    /// From here on lines are of this file.
    pub(super) fn begin(&mut self, file: &Path) {
        self.files.push(file.to_owned());
    }

    /// A line of the file that was begun last.
    fn place(&self, line: u64) -> Place {
        (self.files.len().saturating_sub(1) as u32, u32::try_from(line).unwrap_or(u32::MAX))
    }

    fn file(&self, place: Place) -> (&Path, Option<u64>) {
        (&self.files[place.0 as usize], Some(place.1.into()))
    }

    fn words(&self, place: Place) -> String {
        format!("{}, line {}", self.files[place.0 as usize].display(), place.1)
    }

    /// Where a serial was seen before.
    pub(super) fn serial_before(&mut self, serial: &Serial, line: u64) -> Option<String> {
        let place = self.place(line);
        match self.serials.get(serial) {
            Some(&first) => Some(self.words(first)),
            None => {
                self.serials.insert(serial.clone(), place);
                None
            }
        }
    }

    /// Takes a good document that was not seen before.
    pub(super) fn document(&mut self, facets: Facets, serial: Serial, line: u64, findings: &mut Findings) {
        self.documents += 1;
        let place = self.place(line);
        if let Some(&first) = self.holders.get(&facets.holder) {
            let message = format!(
                "this candidate has another {} of this session and edition, on {}",
                facets.kind.code(),
                self.words(first)
            );
            let (file, line) = self.file(place);
            findings.add(file, line, Code::CandidateTwice, message);
        } else {
            self.holders.insert(facets.holder, place);
        }
        if let Some((minutes, line)) = facets.line {
            let (_, lines) = self.covered.entry((facets.kind as u8, minutes)).or_insert((facets.kind, Vec::new()));
            let at = usize::try_from(line).unwrap_or(usize::MAX) - 1;
            if lines.len() <= at {
                lines.resize(at + 1, false);
            }
            lines[at] = true;
        }
        if let Some(number) = facets.missing {
            self.missing.entry(number).or_insert(place);
        }
        match facets.edition {
            Edition::Correction { .. } => {
                self.corrected.insert(serial);
                self.departures.extend(facets.departs.into_iter().map(|message| (place, message)));
            }
            Edition::Duplicate { replaces, .. } if !facets.departs.is_empty() => {
                self.doubtful.push(Doubtful { serial, follows: replaces, place, messages: facets.departs });
            }
            _ => {}
        }
    }

    /// What is left when all folders were read; in words, where an edition says otherwise than the minutes by a decision.
    pub(super) fn finish(
        mut self,
        minutes: &[SealedMinutes],
        withheld: &HashSet<String>,
        findings: &mut Findings,
    ) -> Vec<String> {
        self.finish_duplicates(findings);
        for (number, place) in &self.missing {
            let (file, line) = self.file(*place);
            let message =
                format!("this document, and maybe more, names the minutes {number}: give them with --minutes");
            findings.add(file, line, Code::MinutesMissing, message);
        }
        for ((_, at), (kind, covered)) in &self.covered {
            check_covered(&minutes[*at], kind.code(), covered, withheld, findings);
        }
        let forgotten = |(at, _): &(usize, _)| self.covered.keys().all(|(_, of)| of != at);
        for (_, of) in minutes.iter().enumerate().filter(forgotten) {
            check_covered(of, "document", &[], withheld, findings);
        }
        self.departures.iter().map(|(place, message)| format!("{}: {message}", self.words(*place))).collect()
    }

    /// A duplicate of a corrected document says what the correction says.
    fn finish_duplicates(&mut self, findings: &mut Findings) {
        let mut left = std::mem::take(&mut self.doubtful);
        loop {
            let (explained, rest): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|one| one.follows.as_ref().is_some_and(|follows| self.corrected.contains(follows)));
            left = rest;
            if explained.is_empty() {
                break;
            }
            for Doubtful { serial, place, messages, .. } in explained {
                self.corrected.insert(serial);
                self.departures.extend(messages.into_iter().map(|message| (place, message)));
            }
        }
        for Doubtful { place, messages, .. } in left {
            let (file, line) = self.file(place);
            messages.into_iter().for_each(|message| findings.add(file, line, Code::MinutesDiffer, message));
        }
    }
}

/// Everybody admitted has a document of each kind that was sealed by these minutes, or one at all where none was, except
/// those who are withheld.
fn check_covered(
    minutes: &SealedMinutes,
    kind: &str,
    covered: &[bool],
    withheld: &HashSet<String>,
    findings: &mut Findings,
) {
    let has_none = |line: &u64| covered.get(*line as usize - 1) != Some(&true);
    let number = |line| minutes.line(line).map(|line| line.number.as_str().to_owned());
    let none: Vec<(u64, String)> = minutes
        .admitted()
        .filter(has_none)
        .map(|line| (line, number(line).unwrap_or_default()))
        .filter(|(_, number)| !withheld.contains(number))
        .collect();
    let Some((first, _)) = none.first() else { return };
    let numbers: Vec<&str> = none.iter().take(12).map(|(_, number)| number.as_str()).collect();
    let more = if none.len() > numbers.len() { " and more" } else { "" };
    let message = format!(
        "{} candidates are admitted and have no {}: {}{more}; if they are withheld, list them with --withheld",
        none.len(),
        kind,
        numbers.join(", ")
    );
    // the first line of the file holds the salt
    findings.add(&lines_path(minutes.path()), Some(first + 1), Code::WithoutDocument, message);
}
