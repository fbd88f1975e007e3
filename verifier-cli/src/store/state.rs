//! One generation of what is held of a country: a pack, the roots that were held before, and a checksum over both.

use sha2::{Digest, Sha256};

/// What a file of a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Rises by one with each update.
    pub(super) generation: u64,
    /// Fingerprints of every root set that was held, the one in force last.
    pub(super) roots: Vec<[u8; 32]>,
    /// The pack file.
    pub(super) pack: Vec<u8>,
}

impl State {
    /// The bytes of the file; its last 32 are the SHA-256 of all before them.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.pack.len() + 1_024);
        bytes.extend(MAGIC);
        bytes.extend(self.generation.to_be_bytes());
        bytes.extend((self.roots.len() as u64).to_be_bytes());
        self.roots.iter().for_each(|root| bytes.extend(root));
        bytes.extend(&self.pack);
        let digest = Sha256::digest(&bytes);
        bytes.extend(digest);
        bytes
    }

    /// Reads a whole file; `None` if a byte of it is missing or changed.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (body, digest) = bytes.split_last_chunk::<32>()?;
        if Sha256::digest(body)[..] != digest[..] {
            return None;
        }
        let (generation, body) = body.strip_prefix(MAGIC)?.split_first_chunk()?;
        let (count, body) = body.split_first_chunk()?;
        let count =
            usize::try_from(u64::from_be_bytes(*count)).ok().filter(|count| (1..=MOST_ROOTS).contains(count))?;
        let (roots, pack) = body.split_at_checked(count * 32)?;
        let (roots, _) = roots.as_chunks::<32>();
        Some(Self { generation: u64::from_be_bytes(*generation), roots: roots.to_vec(), pack: pack.to_vec() })
    }

    /// The fingerprint of the root set in force.
    pub(super) fn root(&self) -> &[u8; 32] {
        self.roots.last().unwrap_or(&[0; 32])
    }
}

const MAGIC: &[u8] = b"sceau/1/store\n";
/// Root sets in the life of one country; far more than there will ever be.
const MOST_ROOTS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_and_no_byte_of_it_may_be_missing_or_changed() {
        let state = State { generation: 7, roots: vec![[1; 32], [2; 32]], pack: b"pack".to_vec() };
        let bytes = state.to_bytes();
        assert_eq!(State::read(&bytes), Some(state));
        for at in 0..bytes.len() {
            assert_eq!(State::read(&bytes[..at]), None, "cut at {at}");
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            assert_eq!(State::read(&flipped), None, "flipped at {at}");
        }
        assert_eq!(State::read(&[&bytes[..], b"x"].concat()), None);
    }
}
