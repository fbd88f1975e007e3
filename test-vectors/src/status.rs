//! Status lists (SPEC section 8).

use crate::cbor::{Bytes, Fields, array, bytes, text, uint};
use crate::cose::{Envelope, STATUS_LIST, header};
use crate::digest::{Digest, Tag, tag};
use crate::documents::{self, STATES, attestation};
use crate::sign::Signer;

/// Time of every status list: 2026-07-13 00:00:00 UTC.
pub const AS_OF: u64 = 1_783_900_800;
/// When every status list is old.
pub const EXPIRES: u64 = 1_786_320_000;
/// How many decisions were taken before every status list.
pub const SEQ: u64 = 12;

/// What a list states: withdrawn, suspended, replaced and reinstated tags.
pub type Statements = [Vec<Tag>; 4];

/// The tags of four digests: withdrawn, suspended, replaced, reinstated.
pub fn one_of_each(digests: [Digest; 4]) -> Statements {
    digests.map(|digest| vec![tag(&digest)])
}

/// What the board has decided about documents in earnest.
pub fn decided() -> Statements {
    one_of_each(STATES.map(|serial| documents::digest(&serial, &attestation())))
}

/// What the board has decided about documents of its test world.
pub fn decided_in_tests() -> Statements {
    one_of_each(STATES.map(|serial| documents::test_digest(&serial, &attestation())))
}

/// One tag is withdrawn (0), suspended (1), replaced (2) or reinstated (3), and nothing else is said.
pub fn only(at: usize, digest: &Digest) -> Statements {
    let mut statements = Statements::default();
    statements[at] = vec![tag(digest)];
    statements
}

/// A status list before it is signed.
#[derive(Clone, Debug)]
pub struct StatusList {
    /// The protected header.
    pub protected: Fields,
    /// The claims.
    pub claims: Fields,
    /// Who signs.
    pub signer: Signer,
}

impl StatusList {
    /// A list of the signer's authority after [`SEQ`] decisions.
    pub fn new(number: u64, statements: &Statements, signer: Signer) -> Self {
        Self::after(SEQ, number, statements, signer)
    }

    /// A list after that many decisions, of which the last one reinstated what is reinstated.
    pub fn after(decisions: u64, number: u64, statements: &Statements, signer: Signer) -> Self {
        let claims = Fields::new()
            .with(1, text(signer.authority))
            .with(2, uint(number))
            .with(3, uint(decisions))
            .with(4, uint(AS_OF))
            .with(5, uint(EXPIRES))
            .with(6, stated(statements, decisions));
        Self { protected: header(signer.kid()), claims, signer }
    }

    /// The list with another claim.
    pub fn with(mut self, label: i64, value: Bytes) -> Self {
        self.claims = self.claims.with(label, value);
        self
    }

    /// The parts of the envelope.
    pub fn envelope(&self) -> Envelope {
        Envelope::signed(&self.signer, &self.protected.encoded(), STATUS_LIST, &self.claims.encoded())
    }

    /// The encoding of the list.
    pub fn encoded(&self) -> Bytes {
        self.envelope().encoded()
    }
}

/// The value of label 6; one decision reinstated all that is reinstated.
pub fn stated(statements: &Statements, decision: u64) -> Bytes {
    let [withdrawn, suspended, replaced, reinstated] = statements;
    array(&[strung(withdrawn), strung(suspended), strung(replaced), bytes(&decided_by(decision, reinstated))])
}

/// Tags in rising order, each with the decision that reinstated it.
pub fn decided_by(decision: u64, tags: &[Tag]) -> Bytes {
    let mut tags = tags.to_vec();
    tags.sort();
    tags.iter().flat_map(|tag| [*tag, decision.to_be_bytes()].concat()).collect()
}

/// Tags in rising order, one behind the other.
pub fn strung(tags: &[Tag]) -> Bytes {
    let mut tags = tags.to_vec();
    tags.sort();
    bytes(&tags.concat())
}
