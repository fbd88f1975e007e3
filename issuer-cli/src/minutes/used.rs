//! A candidates' list against the minutes: what differs is a fault, what agrees gets its line's place.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use credential_core::document::MinutesReference;
use credential_core::lists::TrustClaims;
use credential_core::minutes::MinutesLine;

use super::seal::open_all;
use super::{Difference, Facts, SealedMinutes, StatedResults, differences, line_of};
use crate::batch::{RowOf, order};
use crate::ledger::UsedMinutes;
use crate::list::{Candidate, Checked, Fault, FaultKind};
use crate::profile::Profile;

/// Compares every candidate of a list with the jury's minutes and names each difference as a fault of its row.
///
/// Candidates that agree get their place in the minutes; the others are taken out of the list.
pub fn compare_list(
    checked: &mut Checked,
    paths: &[PathBuf],
    profile: &Profile,
    trust: &TrustClaims,
) -> Result<Vec<UsedMinutes>> {
    let minutes = open_all(paths, trust)?;
    for of in &minutes {
        ensure!(
            of.authority() == profile.authority.id,
            "{} are minutes of {}, the profile is of {}",
            of.path().display(),
            of.authority(),
            profile.authority.id
        );
    }
    let mut faults = Vec::new();
    checked.candidates.retain_mut(|candidate| {
        let before = faults.len();
        candidate.minutes = compare(candidate, &minutes, profile, &mut faults);
        faults.len() == before
    });
    checked.faults.append(&mut faults);
    checked.faults.sort_by_key(|fault| fault.row);
    let mut used: Vec<_> = minutes.iter().map(SealedMinutes::used).collect();
    used.sort();
    Ok(used)
}

fn compare(
    candidate: &Candidate,
    minutes: &[SealedMinutes],
    profile: &Profile,
    faults: &mut Vec<Fault>,
) -> Option<MinutesReference> {
    let session = profile.document.session(candidate.session.as_deref()).ok();
    let of_session =
        |of: &&SealedMinutes| session.as_ref().is_some_and(|words| words.first() == of.claims().session.as_str());
    let found: Vec<_> = minutes
        .iter()
        .filter(of_session)
        .filter_map(|of| of.line_of(candidate.number.as_str()).map(|line| (of.claims().number, line)))
        .collect();
    let number = profile.list.columns.number.as_str();
    let (at, line) = match found.as_slice() {
        [one] => one,
        [] if !gets_something(candidate, profile) => return None,
        [] => {
            let message = "the minutes of this session have no line for this candidate; look in the minutes".to_owned();
            faults.push(Fault::new(candidate.row, number, FaultKind::NotInMinutes, message));
            return None;
        }
        [(first, _), (second, _), ..] => {
            let message = format!("this candidate has a line in the minutes {first} and in {second}; ask the jury");
            faults.push(Fault::new(candidate.row, number, FaultKind::DiffersFromMinutes, message));
            return None;
        }
    };
    let place = MinutesReference { minutes: *at, line: line.line };
    for difference in relevant(candidate, line, profile) {
        let (what, sides) = difference.parts();
        let message = format!(
            "the {what} is {} here and {} on line {} of the minutes {at}; the minutes decide",
            shown(&sides.found),
            shown(&sides.minutes),
            line.line
        );
        let column = column(&difference, candidate, profile);
        faults.push(Fault::new(candidate.row, column, FaultKind::DiffersFromMinutes, message));
    }
    Some(place)
}

/// Whether some kind of document is sealed for a candidate.
fn gets_something(candidate: &Candidate, profile: &Profile) -> bool {
    let document = &profile.document;
    document.kinds.iter().any(|&kind| document.is_made_for(kind, candidate.outcome))
}

/// A row for which nothing is sealed only has to say that it is so.
fn relevant(candidate: &Candidate, line: &MinutesLine, profile: &Profile) -> Vec<Difference> {
    let columns = &profile.list.columns;
    let own = line_of(candidate, profile, line.line);
    let facts = Facts {
        number: own.number.as_str(),
        holder: &own.holder,
        birth: columns.birth_date.is_some().then_some(own.birth.as_ref()),
        series: columns.series.is_some().then_some(own.series.as_ref().map(|series| series.as_str())),
        outcome: own.decision.outcome,
        decision_words: Some(own.decision.words.as_ref()),
        honours: Some(own.honours.as_ref()),
        results: StatedResults::Whole(own.results.as_ref()),
    };
    let mut found = differences(line, &facts);
    let all = gets_something(candidate, profile);
    found.retain(|difference| all || matches!(difference, Difference::Decision(_)));
    found
}

/// The list's column in which a difference stands.
fn column(difference: &Difference, candidate: &Candidate, profile: &Profile) -> String {
    let columns = &profile.list.columns;
    let of = |column: Option<&String>| column.unwrap_or(&columns.number).clone();
    match difference {
        Difference::Number(_) => columns.number.clone(),
        Difference::Holder(_) => of(profile
            .document
            .languages
            .iter()
            .find_map(|language| columns.holder.get(language.as_str()).and_then(|names| names.first()))),
        Difference::Birth(_) => of(columns.birth_date.as_ref()),
        Difference::Series(_) => of(columns.series.as_ref()),
        Difference::Decision(_) => of(profile.list.decision.as_ref().map(|decision| &decision.column)),
        Difference::Honours(_) => of(columns.honours.as_ref()),
        Difference::Mean(_) => of(columns.mean.as_ref()),
        Difference::Row(row, _) => of(row_column(*row, candidate, profile).as_ref()),
        Difference::Cell { row, column, .. } => of(cell_column(*row, *column, candidate, profile).as_ref()),
        Difference::Table(_) => columns.number.clone(),
        Difference::Summary(at, _) => {
            let summary = profile.document.summaries.get(*at);
            of(summary.and_then(|summary| summary.value.columns().first().cloned()).as_ref())
        }
    }
}

fn row_column(row: usize, candidate: &Candidate, profile: &Profile) -> Option<String> {
    let table = profile.table.as_ref()?;
    match order(candidate, table).get(row)? {
        RowOf::Subject(at) => table.name_header(candidate.table.subjects[*at].place),
        RowOf::Fixed(_) => None,
    }
}

fn cell_column(row: usize, column: usize, candidate: &Candidate, profile: &Profile) -> Option<String> {
    let table = profile.table.as_ref()?;
    let column = *candidate.table.columns.get(column)?;
    match order(candidate, table).get(row)? {
        RowOf::Subject(at) => Some(table.header(&table.columns[column], candidate.table.subjects[*at].place)),
        RowOf::Fixed(at) => table.rows[*at].cells[column].clone(),
    }
}

fn shown(value: &str) -> String {
    format!("“{value}”")
}
