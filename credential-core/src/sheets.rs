//! Papers in several codes (SPEC section 14).

use crate::claims::{Document, Identity, IdentityForm};
use crate::verify::VerifiedCredential;

/// For each document, whether every sheet of its paper is among them; `false` for a document that is no sheet.
///
/// A document that ended in `one-sheet` then counts as `genuine`.
pub fn complete_sheets(documents: &[&VerifiedCredential]) -> Vec<bool> {
    documents.iter().map(|one| is_complete(one, documents)).collect()
}

fn is_complete(one: &VerifiedCredential, documents: &[&VerifiedCredential]) -> bool {
    let Some(sheet) = one.document().sheet else { return false };
    let paper = documents.iter().filter(|other| are_of_one_paper(one, other));
    let found: Vec<u8> = paper.filter_map(|other| Some(other.document().sheet?.number)).collect();
    (1..=sheet.of).all(|number| found.contains(&number))
}

fn are_of_one_paper(one: &VerifiedCredential, other: &VerifiedCredential) -> bool {
    let [sealer, another] = [one, other].map(VerifiedCredential::issuer);
    sealer.root == another.root
        && sealer.id == another.id
        && one.world() == other.world()
        && agree(one.document(), other.document())
}

/// Whether two documents differ in nothing but results, the digest of an identity number and the number of the sheet.
fn agree(one: &Document, other: &Document) -> bool {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind,
        languages,
        holder,
        birth,
        birth_place,
        identity: stated_identity,
        number,
        title,
        series,
        session,
        honours,
        authority,
        centre,
        results: _,
        minutes,
        edition,
        archive,
        valid_until,
        awarded,
        decision,
        lines,
        sheet,
    } = one;
    *kind == other.kind
        && *languages == other.languages
        && [holder, title, session, authority] == [&other.holder, &other.title, &other.session, &other.authority]
        && *birth == other.birth
        && *birth_place == other.birth_place
        && identity(stated_identity.as_ref()) == identity(other.identity.as_ref())
        && *number == other.number
        && *series == other.series
        && *honours == other.honours
        && *centre == other.centre
        && *minutes == other.minutes
        && *edition == other.edition
        && *archive == other.archive
        && *valid_until == other.valid_until
        && *awarded == other.awarded
        && *decision == other.decision
        && *lines == other.lines
        && sheet.map(|sheet| sheet.of) == other.sheet.map(|sheet| sheet.of)
}

fn identity(stated: Option<&Identity>) -> Option<Identity> {
    let Identity { form, name } = stated?;
    let form = match form {
        IdentityForm::Tail(tail) => IdentityForm::Tail(tail.clone()),
        IdentityForm::Digest { work, digest: _ } => IdentityForm::Digest { work: *work, digest: [0; 16] },
    };
    Some(Identity { form, name: name.clone() })
}
