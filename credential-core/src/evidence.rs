//! What a verifier holds beside its packs about one document.

use crate::register::InclusionProof;

/// Side data of one document: inclusion proofs, of which one that holds is enough and the others say nothing.
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
