//! A candidates' list against the minutes: what differs is a fault, what agrees gets its line's place.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use credential_core::{Decision, MinutesLine, MinutesReference, TrustClaims};

use super::seal::open_all;
use super::{Difference, Facts, SealedMinutes, UsedMinutes, differences};
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
        [] if !candidate.admitted => return None,
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
        faults.push(Fault::new(candidate.row, column(&difference, profile), FaultKind::DiffersFromMinutes, message));
    }
    Some(place)
}

/// A row without admission only has to say so: nothing is sealed for it.
fn relevant(candidate: &Candidate, line: &MinutesLine, profile: &Profile) -> Vec<Difference> {
    let columns = &profile.list.columns;
    let series = candidate.series.as_deref().and_then(|code| profile.document.series(code));
    let facts = Facts {
        number: candidate.number.as_str(),
        holder: &candidate.holder,
        birth: columns.birth_date.is_some().then_some(candidate.birth),
        series: columns.series.is_some().then_some(series.map(|words| words.first())),
        decision: if candidate.admitted { Decision::Admitted } else { Decision::NotAdmitted },
        mean: columns.mean.is_some().then_some(candidate.mean),
        marks: profile.list.subjects.as_ref().map(|_| candidate.subjects.iter().map(|of| &of.mark).collect()),
    };
    let mut found = differences(line, &facts, profile.document.scale);
    found.retain(|difference| candidate.admitted || matches!(difference, Difference::Decision(_)));
    found
}

fn column(difference: &Difference, profile: &Profile) -> String {
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
        Difference::Mean(_) => of(columns.mean.as_ref()),
        Difference::Mark(place, _) => profile
            .list
            .subjects
            .as_ref()
            .map_or_else(String::new, |subjects| subjects.mark.replace("{n}", &place.to_string())),
    }
}

fn shown(value: &str) -> String {
    format!("“{value}”")
}
