//! Papers in several codes (SPEC section 17, programs that judge several codes).

use std::collections::{BTreeMap, BTreeSet};

use crate::claims::{self, Document, Sheet, World};
use crate::verify::VerifiedCredential;

/// For each document, whether every sheet of its paper is among them; `false` for a document that is no sheet.
///
/// A document that ended in `one-sheet` then counts as `genuine`.
pub fn complete_sheets(documents: &[&VerifiedCredential]) -> Vec<bool> {
    let mut papers: BTreeMap<_, BTreeSet<u8>> = BTreeMap::new();
    let places: Vec<_> = documents.iter().map(|document| place(document)).collect();
    for (paper, sheet) in places.iter().flatten() {
        papers.entry(paper).or_default().insert(sheet.number);
    }
    let is_complete = |(paper, sheet): &(Paper, Sheet)| {
        papers.get(paper).is_some_and(|found| (1..=sheet.of).all(|number| found.contains(&number)))
    };
    places.iter().map(|place| place.as_ref().is_some_and(is_complete)).collect()
}

/// Root, authority, world, count of sheets and everything that the sheets of one paper have in common.
type Paper = ([u8; 32], String, bool, u8, Vec<u8>);

fn place(credential: &VerifiedCredential) -> Option<(Paper, Sheet)> {
    let document = credential.document();
    let sheet = document.sheet?;
    let common = claims::document_bytes(&Document { results: None, sheet: None, ..document.clone() });
    let issuer = credential.issuer();
    let test = credential.world() == World::Test;
    Some(((issuer.root, issuer.id.clone(), test, sheet.of, common), sheet))
}
