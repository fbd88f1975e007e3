//! What a verifier holds beside its packs about one document.

use crate::register::InclusionProof;

/// Side data of one document: inclusion proofs, of which one that holds is enough and the others say nothing.
///
/// ```
/// # use credential_core::{Anchor, Pack, TrustStore, verify};
/// # let pack = include_bytes!("../examples/verify/pack.sceau");
/// # let root = include_bytes!("../examples/verify/root.sha256");
/// # let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
/// # let mut store = TrustStore::new();
/// # store.add(Pack::open(pack, Anchor::Fingerprint(*root)).unwrap());
/// use credential_core::{Evidence, register::InclusionProof, verify_with_evidence};
///
/// // what the holder brought along beside the paper; one that cannot be read is as none
/// let files: [&[u8]; 1] = [b"not a proof"];
/// let proofs = files.into_iter().filter_map(InclusionProof::read);
/// let evidence = proofs.fold(Evidence::none(), Evidence::with_proof);
/// let report = verify_with_evidence(text, &store, &evidence, 1_790_000_000);
/// assert_eq!(report.reason().code(), "genuine");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    proofs: Vec<InclusionProof>,
}

impl Evidence {
    /// No evidence.
    pub fn none() -> Self {
        Self::default()
    }

    /// The evidence with one more proof.
    pub fn with_proof(mut self, proof: InclusionProof) -> Self {
        self.proofs.push(proof);
        self
    }

    pub(crate) fn proofs(&self) -> &[InclusionProof] {
        &self.proofs
    }
}
