//! Whose document it is, as the ledger knows them.

use credential_core::document::Date;
use person_name::NameMatch;

use super::run::Batch;
use crate::ledger::Person;
use crate::list::Candidate;
use crate::profile::Profile;

/// The birth as the paper has it, in digits where they say all.
fn printed_birth(candidate: &Candidate) -> String {
    match &candidate.birth {
        Some(Date::Known(date)) => date.to_string(),
        Some(Date::Printed(_, words)) => words.first().to_owned(),
        None => String::new(),
    }
}

/// Whose document it is, for whoever searches.
pub(super) fn facts(candidate: &Candidate, profile: &Profile) -> Person {
    Person {
        number: candidate.number.as_str().to_owned(),
        names: candidate.holder.texts().iter().flatten().map(|name| name.as_str().to_owned()).collect(),
        birth: printed_birth(candidate),
        session: session_of(candidate, profile),
    }
}

pub(super) fn session(candidate: &Candidate, batch: &Batch<'_>) -> String {
    session_of(candidate, batch.profile)
}

fn session_of(candidate: &Candidate, profile: &Profile) -> String {
    let session = profile.document.session(candidate.session.as_deref());
    session.map_or_else(|_| String::new(), |words| words.first().to_owned())
}

/// Whether name and birth both differ: then it is somebody else, whatever the number.
pub(crate) fn is_another(candidate: &Candidate, person: &Person) -> bool {
    let birth = printed_birth(candidate);
    let sealed: Vec<&str> = person.names.iter().map(String::as_str).collect();
    let near = candidate
        .holder
        .texts()
        .iter()
        .flatten()
        .any(|name| NameMatch::of(name.as_str(), None, &sealed) != NameMatch::None);
    !near && birth != person.birth
}
