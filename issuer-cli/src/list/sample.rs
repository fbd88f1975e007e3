//! Small lists of invented people, for the demo and for tests.

/// The sample list of a shipped profile: `benin`, `morocco` or `haiti`.
pub fn sample(profile: &str) -> Option<&'static [u8]> {
    SAMPLES.iter().find(|(name, _)| *name == profile).map(|(_, list)| *list)
}

const SAMPLES: [(&str, &[u8]); 3] = [
    ("benin", include_bytes!("../../samples/benin.csv")),
    ("morocco", include_bytes!("../../samples/morocco.csv")),
    ("haiti", include_bytes!("../../samples/haiti.tsv")),
];
