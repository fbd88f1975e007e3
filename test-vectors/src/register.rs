//! Registers (SPEC section 12): head, file and inclusion proof, and the lists that they are judged by.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, text, uint};
use crate::cose::{Envelope, REGISTER_HEAD, header};
use crate::digest::Digest;
use crate::documents::{SERIAL, attestation, digest, example_digest};
use crate::merkle::{self, Hash};
use crate::pack::Pack;
use crate::sign::{Signer, sha256};
use crate::trust::{Trust, document_key, key_entry};
use crate::world::{BOARD, WINDOW_FIRST, WINDOW_LAST, pack_of, session_entry, session_key, small_trust};

/// Time of every head: 2026-07-10 00:00:00 UTC.
pub const HEAD_AT: u64 = 1_783_641_600;
/// When the session's key was found compromised: 2026-07-12 00:00:00 UTC.
pub const STOLEN_AT: u64 = 1_783_814_400;

/// A document as a register sees it: its serial and its digest.
pub type Registered = ([u8; 8], Digest);

/// The documents of one key in the order of sealing.
#[derive(Clone, Debug)]
pub struct Register {
    /// Whose it is.
    pub authority: &'static str,
    /// Its number.
    pub number: u64,
    /// The key of its documents.
    pub key: [u8; 32],
    /// What it holds.
    pub documents: Vec<Registered>,
}

impl Register {
    /// A register of the session's key with this many attestations and nothing else.
    pub fn of_others(count: u8) -> Self {
        let documents = (0..count).map(another).collect();
        Self { authority: BOARD, number: 1, key: session_key().public, documents }
    }

    /// The register that most cases are judged by: five documents, the example at position 2.
    pub fn with_example() -> Self {
        Self::with_example_at(2, 5)
    }

    /// A register of `count` documents with the example at a position.
    pub fn with_example_at(position: usize, count: u8) -> Self {
        let mut register = Self::of_others(count);
        register.documents[position] = (SERIAL, example_digest());
        register
    }

    /// The leaf data of all documents.
    pub fn leaves(&self) -> Vec<Hash> {
        self.documents.iter().map(|(_, digest)| *digest).collect()
    }

    /// The entries, sorted.
    pub fn entries(&self) -> Vec<Bytes> {
        let mut entries: Vec<_> = self.documents.iter().map(|(serial, digest)| entry(serial, digest)).collect();
        entries.sort();
        entries
    }

    /// The claims of the head.
    pub fn claims(&self) -> Fields {
        Fields::new()
            .with(1, uint(self.number))
            .with(2, uint(HEAD_AT))
            .with(3, uint(self.documents.len() as u64))
            .with(4, bytes(&merkle::root(&self.leaves())))
            .with(6, bytes(&sha256(&self.key)))
            .with(7, bytes(&sha256(&self.entries().concat())))
    }

    /// The register with another document in the place of the third.
    pub fn with_third(mut self, serial: &[u8; 8], digest: &Digest) -> Self {
        self.documents[2] = (*serial, *digest);
        self
    }

    /// The head under the register key.
    pub fn head(&self) -> Bytes {
        head(&register_key(), &self.claims()).encoded()
    }

    /// The register file.
    pub fn file(&self) -> Fields {
        Fields::new()
            .with(0, text("sceau/1/register"))
            .with(1, text(self.authority))
            .with(2, uint(self.number))
            .with(3, bytes(&self.entries().concat()))
    }

    /// The inclusion proof of the document at a position.
    pub fn proof(&self, position: usize) -> Fields {
        Fields::new()
            .with(0, text("sceau/1/inclusion"))
            .with(1, text(self.authority))
            .with(2, uint(self.number))
            .with(3, uint(position as u64))
            .with(4, hashes(&merkle::path(&self.leaves(), position)))
    }
}

/// A head with these claims, signed by anybody.
pub fn head(signer: &Signer, claims: &Fields) -> Envelope {
    Envelope::signed(signer, &header(signer.kid()).encoded(), REGISTER_HEAD, &claims.encoded())
}

/// The encoding of an inclusion path.
pub fn hashes(path: &[Hash]) -> Bytes {
    array(&path.iter().map(|hash| bytes(hash)).collect::<Vec<_>>())
}

/// Key of the board's registers.
pub fn register_key() -> Signer {
    Signer::named("register")
}

/// The small list whose session's key has register 1 and was stolen, with a register key as its third key.
pub fn stolen_trust() -> Trust {
    trust(session_entry().with(10, uint(STOLEN_AT)))
}

/// The same list with the session's key in good hands.
pub fn kept_trust() -> Trust {
    trust(session_entry())
}

/// The list of `stolen_trust` with something changed.
pub fn edited(edit: impl FnOnce(&mut Trust)) -> Trust {
    let mut trust = stolen_trust();
    edit(&mut trust);
    trust
}

/// A pack around a list with heads and files.
pub fn pack(trust: &Trust, heads: Vec<Bytes>, files: Vec<Bytes>) -> Pack {
    Pack { heads, files, ..pack_of(trust) }
}

/// The same as a file.
pub fn side(name: &str, trust: &Trust, heads: Vec<Bytes>, files: Vec<Bytes>) -> Side {
    Side::new(name, pack(trust, heads, files).encoded())
}

/// The entry of a second key for documents with a register number.
pub fn second_key(number: u64) -> Fields {
    document_key(&Signer::named("second").public, WINDOW_FIRST, WINDOW_LAST).with(12, uint(number))
}

fn trust(session: Fields) -> Trust {
    let mut trust = small_trust();
    trust.authorities[0].keys[0] = session.with(12, uint(1));
    trust.authorities[0].keys.push(key_entry(&register_key().public, 3, WINDOW_FIRST, WINDOW_LAST));
    trust
}

fn another(number: u8) -> Registered {
    let mut serial = SERIAL;
    serial[7] = 0x80 | number;
    (serial, digest(&serial, &attestation()))
}

fn entry(serial: &[u8], digest: &Digest) -> Bytes {
    sha256(&[&[2], serial, &merkle::leaf(digest)].concat())[..16].to_vec()
}
