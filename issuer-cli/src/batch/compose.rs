//! What a candidate's document says: the line of the list in the words of the profile.

use credential_core::{
    Archive, Document, Edition, Identity, Kind, MinutesReference, Results, Rule, Subject, TextFault, Words,
};

use crate::list::Candidate;
use crate::profile::{IdentityMode, Profile};

/// The document of a candidate, without its status reference and without a slow digest of the identity number.
pub(super) fn compose(candidate: &Candidate, profile: &Profile, kind: Kind) -> Result<Document, Rule> {
    let words = &profile.document;
    Ok(Document {
        kind,
        languages: words.languages.clone(),
        holder: candidate.holder.clone(),
        birth: candidate.birth,
        birth_place: candidate.birth_place.clone().map(Words::from),
        identity: masked_identity(candidate, profile)?,
        number: Some(candidate.number.clone()),
        title: words.title(kind).ok_or(Rule::Missing)?.clone(),
        series: candidate.series.as_deref().and_then(|code| words.series(code)).cloned(),
        session: words.session(candidate.session.as_deref())?,
        honours: candidate.honours.as_deref().and_then(|value| words.honours(value)).cloned(),
        authority: words.authority.clone(),
        centre: candidate.centre.as_deref().map(Words::one).transpose()?,
        results: results(candidate, profile, kind)?,
        status: None,
        minutes: candidate.minutes.or_else(|| unproven_minutes(candidate, profile)),
        edition: Edition::Original,
        archive: candidate.archive_year.zip(profile.archive_grade).map(|(year, grade)| Archive { year, grade }),
    })
}

/// The place that the profile alone names, where the list was not compared with sealed minutes.
fn unproven_minutes(candidate: &Candidate, profile: &Profile) -> Option<MinutesReference> {
    profile.minutes.map(|minutes| MinutesReference { minutes, line: u64::from(candidate.row) - 1 })
}

fn masked_identity(candidate: &Candidate, profile: &Profile) -> Result<Option<Identity>, TextFault> {
    let masked = profile.list.identity.as_ref().is_some_and(|identity| identity.mode == IdentityMode::Masked);
    candidate.identity.as_ref().filter(|_| masked).map(|number| Identity::masked(number.as_str())).transpose()
}

/// A diploma and an attestation hold the mean alone, a transcript the subjects too.
fn results(candidate: &Candidate, profile: &Profile, kind: Kind) -> Result<Option<Results>, TextFault> {
    let subjects = match kind {
        Kind::Transcript => candidate.subjects.iter().map(|line| subject(line, profile)).collect::<Result<_, _>>()?,
        Kind::Diploma | Kind::Attestation => Vec::new(),
    };
    let empty = candidate.mean.is_none() && subjects.is_empty();
    Ok((!empty).then_some(Results { scale: profile.document.scale, mean: candidate.mean, subjects }))
}

fn subject(line: &crate::list::SubjectResult, profile: &Profile) -> Result<Subject, TextFault> {
    let words = profile.document.subject(&line.name).cloned();
    Ok(Subject {
        name: words.map_or_else(|| Words::one(&*line.name), Ok)?,
        code: None,
        coefficient: line.coefficient,
        credits: None,
        mark: Some(line.mark.clone()),
    })
}
