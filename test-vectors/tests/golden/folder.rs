//! The golden files: papers that stand for those in people's hands, and what a verifier of version 1.0 answers to them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use credential_core::{Anchor, Pack, TrustStore, verify};

/// The countries, each with 80 texts.
pub(crate) const COUNTRIES: [&str; 3] = ["benin", "haiti", "morocco"];

/// What a row of `answers.tsv` asks.
pub(crate) struct Question<'a> {
    /// `<country>-<line>`: a line of the country's texts, from 1.
    pub(crate) text: &'a str,
    /// The country whose first roots the verifier holds.
    pub(crate) root: &'a str,
    /// Files in `packs/`, with commas between them.
    pub(crate) packs: &'a str,
    /// The verifier's clock, in seconds since 1970.
    pub(crate) now: u64,
}

pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden")).join(name)
}

/// Texts and stores, read once.
#[derive(Default)]
pub(crate) struct Golden {
    texts: BTreeMap<String, String>,
    stores: BTreeMap<String, TrustStore>,
}

/// The store of a verifier that holds a country's first roots and was given packs.
fn store(root: &str, packs: &str) -> TrustStore {
    let pack = |name: &str| Pack::open(&fs::read(path("packs").join(name)).unwrap(), Anchor::Held).unwrap();
    let mut store = TrustStore::new();
    store.hold(*pack(&format!("{root}-1.sceau")).trust().root());
    packs.split(',').for_each(|name| store.add(pack(name)));
    store
}

impl Golden {
    /// Reason, status, register and, where the document is shown, its digest.
    pub(crate) fn answer(&mut self, question: &Question<'_>) -> [String; 4] {
        let Question { text, root, packs, now } = *question;
        let (country, line) = text.split_once('-').unwrap();
        let store = self.stores.entry(format!("{root} {packs}")).or_insert_with(|| store(root, packs));
        let read = || fs::read_to_string(path(&format!("{country}.txt"))).unwrap();
        let text = self
            .texts
            .entry(country.into())
            .or_insert_with(read)
            .lines()
            .nth(line.parse::<usize>().unwrap() - 1)
            .unwrap();
        let report = verify(text, store, now);
        let digest = report
            .credential()
            .map(|credential| credential.digest())
            .map(|digest| digest.iter().map(|byte| format!("{byte:02x}")).collect());
        [
            report.reason().code().into(),
            report.status().code().into(),
            report.register().code().into(),
            digest.unwrap_or_else(|| "-".into()),
        ]
    }
}
