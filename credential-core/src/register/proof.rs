//! Inclusion proofs: rules REG-6 and REG-7.

use super::RegisterHead;
use crate::cbor::{self, Fields, Writer};
use crate::limits;
use crate::merkle::MerkleTree;
use crate::trust::is_authority_id;

/// What leads from one document to the root of its register: for a verifier that has the head and not the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    pub(super) authority: String,
    pub(super) number: u32,
    pub(super) index: u64,
    pub(super) path: Vec<[u8; 32]>,
}

impl InclusionProof {
    /// Reads a proof; `None` if it is none (REG-6). It says nothing before a signed head agrees with it.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        read(bytes)
    }

    /// The bytes of the proof.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(80 + 34 * self.path.len());
        out.map(5).uint(0).text(NAME).uint(1).text(&self.authority).uint(2).uint(self.number.into());
        out.uint(3).uint(self.index).uint(4).array(self.path.len());
        self.path.iter().for_each(|hash| {
            out.bytes(hash);
        });
        out.into_bytes()
    }

    /// The authority of the register.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The register's number.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The document's position in the register, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Whether it leads from a document's digest to the root of `head`.
    pub fn holds(&self, digest: &[u8; 32], head: &RegisterHead) -> bool {
        let claims = head.claims();
        let same_register = self.authority == head.authority() && self.number == claims.number;
        same_register && MerkleTree::path_holds(digest, self.index, &self.path, claims.count, &claims.root)
    }
}

fn read(bytes: &[u8]) -> Option<InclusionProof> {
    if bytes.len() > limits::PROOF_BYTES {
        return None;
    }
    let mut fields = Fields::open(cbor::read(bytes, limits::REGISTER_ITEMS).ok()?, &[0, 1, 2, 3, 4], &[]).ok()?;
    fields.take(0)?.text().filter(|&name| name == NAME)?;
    let authority = fields.take(1)?.text().filter(|id| is_authority_id(id))?.into();
    let number = fields.take(2)?.uint()?.try_into().ok().filter(|&number: &u32| number > 0)?;
    let index = fields.take(3)?.uint()?;
    let path = fields.take(4)?.array().filter(|path| path.len() <= limits::PROOF_HASHES)?;
    Some(InclusionProof {
        authority,
        number,
        index,
        path: path.iter().map(|hash| hash.bytes_of()).collect::<Option<_>>()?,
    })
}

const NAME: &str = "sceau/1/inclusion";
