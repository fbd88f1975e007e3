//! Which applicant a line belongs to, and how its document compares with what was declared.

use std::collections::HashMap;

use credential_core::Document;
use credential_core::document::Date;

use super::birth::BirthMatch;
use super::list::Applicant;
use super::mean::MeanMatch;
use crate::batch::line::Line;
use person_name::{NameMatch, folded};

/// A line's applicant.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    /// Place of the applicant in the list.
    pub(crate) applicant: usize,
    pub(crate) found_by: FoundBy,
    /// How the document compares; none if the line shows no document.
    pub(crate) document: Option<(NameMatch, BirthMatch, MeanMatch)>,
}

/// What makes a file an applicant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FoundBy {
    /// The list names the file, or a folder above it.
    FileColumn,
    /// The applicant's number stands in the name of the file or of a folder above it.
    NumberInName,
    /// The sealed name and birth date.
    NameAndBirth,
}

/// Finds the applicant of each line, where there is one.
pub(crate) fn join(lines: &[Line], applicants: &[Applicant]) -> Vec<Option<Compared>> {
    let index = Index::of(applicants);
    let compare = |line: &Line| {
        let (applicant, found_by) = index.by_file(&line.file.name).or_else(|| index.by_document(line, applicants))?;
        let document = line.credential().map(|credential| compare(&applicants[applicant], credential.document()));
        Some(Compared { applicant, found_by, document })
    };
    lines.iter().map(compare).collect()
}

fn compare(applicant: &Applicant, document: &Document) -> (NameMatch, BirthMatch, MeanMatch) {
    (
        NameMatch::of(&applicant.name, applicant.maiden.as_deref(), &names(document)),
        BirthMatch::of(&applicant.birth, document.birth.as_ref().and_then(Date::partial)),
        MeanMatch::of(&applicant.mean, document.results.as_ref()),
    )
}

/// The sealed name in each of its scripts.
fn names(document: &Document) -> Vec<&str> {
    document.holder.texts().iter().flatten().map(|text| text.as_str()).collect()
}

/// Applicants by what may lead to them.
struct Index<'a> {
    files: HashMap<&'a str, usize>,
    numbers: HashMap<String, usize>,
    /// By each word of the name of at least three letters.
    words: HashMap<String, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(applicants: &'a [Applicant]) -> Self {
        let mut index = Self { files: HashMap::new(), numbers: HashMap::new(), words: HashMap::new() };
        for (place, applicant) in applicants.iter().enumerate() {
            let file = applicant.file.trim_start_matches("./").trim_end_matches('/');
            if !file.is_empty() {
                index.files.entry(file).or_insert(place);
            }
            index.numbers.entry(applicant.number.to_lowercase()).or_insert(place);
            let names = format!("{} {}", applicant.name, applicant.maiden.as_deref().unwrap_or_default());
            for word in folded(&names).split(' ').filter(|word| word.chars().count() >= 3) {
                index.words.entry(word.to_owned()).or_default().push(place);
            }
        }
        index
    }

    /// By the way to the file, from its end: `scans/17/diploma.pdf` is named by the list as `17/diploma.pdf`, `17` or
    /// `diploma.pdf`, or bears the number 17.
    fn by_file(&self, name: &str) -> Option<(usize, FoundBy)> {
        let parts: Vec<_> = name.split('/').collect();
        let ways = (0..parts.len()).flat_map(|from| (from + 1..=parts.len()).rev().map(move |to| (from, to)));
        let named = ways.map(|(from, to)| parts[from..to].join("/")).find_map(|way| self.files.get(&*way).copied());
        let named = named.map(|place| (place, FoundBy::FileColumn));
        named.or_else(|| parts.iter().rev().find_map(|part| self.by_number(part)))
    }

    /// A part of the way that is the number, or begins or ends with it: `17`, `17.pdf`, `17_diploma.pdf`, `scan 17.png`.
    fn by_number(&self, part: &str) -> Option<(usize, FoundBy)> {
        let part = part.to_lowercase();
        let stem = part.rsplit_once('.').map_or(&*part, |(stem, _)| stem);
        let is_sign = |c: char| matches!(c, '_' | '-' | ' ' | '.' | '(' | ')');
        let first = stem.split(is_sign).next().unwrap_or_default();
        let last = stem.rsplit(is_sign).next().unwrap_or_default();
        let candidates = [&*part, stem, first, last];
        let found = candidates.iter().find_map(|candidate| self.numbers.get(*candidate));
        found.map(|place| (*place, FoundBy::NumberInName))
    }

    /// The only applicant whose name is near and whose birth date is the same.
    fn by_document(&self, line: &Line, applicants: &[Applicant]) -> Option<(usize, FoundBy)> {
        let document = line.credential()?.document();
        let names = names(document);
        let words = folded(&names.join(" "));
        let mut places: Vec<_> = words.split(' ').filter_map(|word| self.words.get(word)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|place| {
            let applicant = &applicants[*place];
            // many share a word of a name, few of them a birth date, and names take longer to compare
            BirthMatch::of(&applicant.birth, document.birth.as_ref().and_then(Date::partial)) == BirthMatch::Same
                && NameMatch::of(&applicant.name, applicant.maiden.as_deref(), &names) != NameMatch::None
        });
        match &*places {
            [one] => Some((*one, FoundBy::NameAndBirth)),
            _ => None,
        }
    }
}
