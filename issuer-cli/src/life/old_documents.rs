//! Documents that were sealed before, read from the folders into which they were sealed, and compared with new rows.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use credential_core::{Document, Identity, Report, Serial, Text, TrustStore, VerifiedCredential, verify};

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

/// The fields in which a row's document differs from an older one, wherever each stands in list, minutes and status.
pub(super) fn differences(old: &VerifiedCredential, new: &Document, identity: Option<&Text>) -> Vec<&'static str> {
    let was = old.document();
    let same_identity = match (&was.identity, &new.identity, identity) {
        (None, None, _) => true,
        (Some(Identity::Tail(_)), Some(_), Some(_)) => was.identity == new.identity,
        // a digest is made when the document is sealed, with its serial
        (Some(Identity::Digest { .. }), _, Some(number)) => old.identity_matches(number.as_str()) == Some(true),
        _ => false,
    };
    let same = [
        ("kind", was.kind == new.kind),
        ("languages", was.languages == new.languages),
        ("holder", was.holder == new.holder),
        ("birth", was.birth == new.birth),
        ("place of birth", was.birth_place == new.birth_place),
        ("identity number", same_identity),
        ("candidate's number", was.number == new.number),
        ("title", was.title == new.title),
        ("series", was.series == new.series),
        ("session", was.session == new.session),
        ("honours", was.honours == new.honours),
        ("authority", was.authority == new.authority),
        ("centre", was.centre == new.centre),
        ("results", was.results == new.results),
        ("archives", was.archive == new.archive),
    ];
    same.iter().filter(|(_, same)| !same).map(|(field, _)| *field).collect()
}
