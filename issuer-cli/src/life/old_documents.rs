//! Documents that were sealed before, read from the folders into which they were sealed, and compared with new rows.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use credential_core::answer::VerifiedCredential;
use credential_core::document::{Identity, IdentityForm, Serial, Text};
use credential_core::{Document, Report, TrustStore, verify};

use crate::refused::open_pack;

/// The texts of some documents by their serials, and the pack under which they are judged.
pub(super) struct OldDocuments {
    store: TrustStore,
    texts: HashMap<String, String>,
}

impl OldDocuments {
    /// Reads `documents.csv` of each folder and keeps the texts of the wanted serials.
    pub(super) fn read(folders: &[PathBuf], wanted: &HashSet<String>, pack: &[u8]) -> Result<Self> {
        let mut store = TrustStore::new();
        store.add(open_pack(pack)?);
        let mut texts = HashMap::new();
        for folder in folders {
            let path = folder.join("documents.csv");
            let context = || format!("reading {}; name a folder into which documents were sealed", path.display());
            let mut reader = csv::Reader::from_path(&path).with_context(context)?;
            for record in reader.records() {
                let record = record.with_context(context)?;
                if let (Some(serial), Some(text)) = (record.get(0), record.get(3))
                    && wanted.contains(serial)
                {
                    texts.insert(serial.to_owned(), text.to_owned());
                }
            }
        }
        Ok(Self { store, texts })
    }

    /// What a verifier says of a document today; none if it is in none of the folders.
    pub(super) fn report(&self, serial: &Serial, now: u64) -> Option<Report> {
        self.texts.get(&serial.to_string()).map(|text| verify(text, &self.store, now))
    }
}

/// The fields in which a row's document differs from an older one, wherever each stands in list and minutes.
pub(super) fn differences(old: &VerifiedCredential, new: &Document, identity: Option<&Text>) -> Vec<&'static str> {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind,
        languages,
        holder,
        birth,
        birth_place,
        identity: stated,
        number,
        title,
        series,
        session,
        honours,
        authority,
        centre,
        results,
        minutes: _,
        edition: _,
        archive,
        valid_until,
        awarded,
        decision,
        lines,
        sheet,
    } = new;
    let was = old.document();
    let same = [
        ("kind", was.kind == *kind),
        ("languages", was.languages == *languages),
        ("holder", was.holder == *holder),
        ("birth", was.birth == *birth),
        ("place of birth", was.birth_place == *birth_place),
        ("identity number", is_same_identity(old, stated.as_ref(), identity)),
        ("candidate's number", was.number == *number),
        ("title", was.title == *title),
        ("series", was.series == *series),
        ("session", was.session == *session),
        ("honours", was.honours == *honours),
        ("authority", was.authority == *authority),
        ("centre", was.centre == *centre),
        ("results", was.results == *results),
        ("archives", was.archive == *archive),
        ("last day of validity", was.valid_until == *valid_until),
        ("day of award", was.awarded == *awarded),
        ("decision", was.decision == *decision),
        ("other lines", was.lines == *lines),
        ("sheet", was.sheet == *sheet),
    ];
    same.iter().filter(|(_, same)| !same).map(|(field, _)| *field).collect()
}

/// A digest is made when the document is sealed, with its serial: it is compared by the number of the row.
fn is_same_identity(old: &VerifiedCredential, new: Option<&Identity>, number: Option<&Text>) -> bool {
    let was = old.document().identity.as_ref();
    match (was.map(|identity| &identity.form), number) {
        (None, _) => new.is_none(),
        (Some(IdentityForm::Digest { .. }), Some(number)) => {
            let same_name = new.is_none_or(|new| was.is_some_and(|was| was.name == new.name));
            same_name && old.identity_matches(number.as_str()) == Some(true)
        }
        (Some(IdentityForm::Tail(_)), Some(_)) => was == new,
        (Some(_), None) => false,
    }
}
