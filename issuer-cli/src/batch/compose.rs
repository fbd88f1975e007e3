//! What a candidate's document says: the line of the list in the words of the profile.

use credential_core::Document;
use credential_core::document::{
    Archive, Date, Decision, Edition, Identity, IdentityForm, Kind, Line, LineValue, Lines, MinutesReference, Outcome,
    Rule, TextFault,
};

use super::table::results;
use crate::list::Candidate;
use crate::profile::{IdentityMode, PrintedDate, PrintedLine, Profile};

/// The document of a candidate; where it holds a slow digest of the identity number, that is still to be made.
pub(super) fn compose(candidate: &Candidate, profile: &Profile, kind: Kind) -> Result<Document, Rule> {
    let words = &profile.document;
    let Candidate { lines, .. } = candidate;
    Ok(Document {
        kind,
        languages: words.languages.clone(),
        holder: candidate.holder.clone(),
        birth: candidate.birth.clone(),
        birth_place: candidate.birth_place.clone(),
        identity: identity(candidate, profile)?,
        number: Some(candidate.number.clone()),
        title: words.title(kind).ok_or(Rule::Missing)?.clone(),
        series: candidate.series.as_deref().and_then(|code| words.series(code)).cloned(),
        session: words.session(candidate.session.as_deref())?,
        honours: candidate.honours.as_deref().and_then(|value| words.honours(value)).cloned(),
        authority: words.authority.clone(),
        centre: candidate.centre.clone(),
        results: results(candidate, profile, kind),
        minutes: candidate.minutes.or_else(|| unproven_minutes(candidate, profile)),
        edition: Edition::Original,
        archive: candidate.archive_year.zip(profile.archive_grade).map(|(year, grade)| Archive { year, grade }),
        valid_until: day(words.valid_until.as_ref(), candidate.valid_until.as_ref(), kind),
        awarded: day(words.awarded.as_ref(), candidate.awarded.as_ref(), kind),
        decision: printed_decision(candidate, profile, kind),
        lines: Lines {
            person: self::lines(&words.person_lines, &lines.person, kind),
            award: self::lines(&words.award_lines, &lines.award, kind),
        },
        sheet: None,
    })
}

/// What was decided, in the words of the paper.
pub(crate) fn decision(candidate: &Candidate, profile: &Profile) -> Decision {
    let words = candidate.decision.as_deref().and_then(|value| profile.document.decision(value));
    Decision { outcome: candidate.outcome, words: words.cloned() }
}

/// ISS-13: whoever was not admitted has the decision on every paper.
fn printed_decision(candidate: &Candidate, profile: &Profile, kind: Kind) -> Option<Decision> {
    let decision = decision(candidate, profile);
    let printed = decision.words.is_some() && profile.document.decision_on.contains(&kind);
    (printed || decision.outcome != Outcome::Admitted).then_some(decision)
}

/// The lines of a kind that have a value.
pub(super) fn lines(lines: &[PrintedLine], values: &[Option<LineValue>], kind: Kind) -> Vec<Line> {
    let printed = lines.iter().zip(values).filter(|(line, _)| line.kinds.contains(&kind));
    printed.filter_map(|(line, value)| Some(Line { name: line.name.clone(), value: value.clone()? })).collect()
}

fn day(printed: Option<&PrintedDate>, of_list: Option<&Date>, kind: Kind) -> Option<Date> {
    let printed = printed.filter(|printed| printed.kinds.contains(&kind))?;
    of_list.or(printed.fixed.as_ref()).cloned()
}

/// The place that the profile alone names, where the list was not compared with sealed minutes.
fn unproven_minutes(candidate: &Candidate, profile: &Profile) -> Option<MinutesReference> {
    profile.minutes.map(|minutes| MinutesReference { minutes, line: u64::from(candidate.row) - 1 })
}

fn identity(candidate: &Candidate, profile: &Profile) -> Result<Option<Identity>, TextFault> {
    let Some((column, number)) = profile.list.identity.as_ref().zip(candidate.identity.as_ref()) else {
        return Ok(None);
    };
    let identity = match column.mode {
        IdentityMode::Absent => return Ok(None),
        IdentityMode::Masked => Identity::masked(number.as_str())?,
        // the digest is salted with the serial, which follows from all the rest
        IdentityMode::Digest => IdentityForm::Digest { work: column.work, digest: [0; 16] }.into(),
    };
    Ok(Some(Identity { name: profile.identity_name.clone(), ..identity }))
}
