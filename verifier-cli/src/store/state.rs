//! One generation of what is held under an anchor, and a checksum over all of it.

use sha2::{Digest, Sha256};

/// What a file of a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Rises by one with each update.
    pub(super) generation: u64,
    /// Fingerprint of the newest root set that was reached.
    pub(super) root: [u8; 32],
    /// The countries for which it speaks.
    pub(super) countries: Vec<String>,
    /// Authorities that count although another anchor names them too.
    pub(super) paired: Vec<String>,
    /// One pack with everything that is known.
    pub(super) pack: Vec<u8>,
}

impl State {
    /// The bytes of the file; its last 32 are the SHA-256 of all before them.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.pack.len() + 1_024);
        bytes.extend(MAGIC);
        bytes.extend(self.generation.to_be_bytes());
        bytes.extend(self.root);
        for words in [&self.countries, &self.paired] {
            let words = words.join(" ");
            bytes.extend((words.len() as u32).to_be_bytes());
            bytes.extend(words.as_bytes());
        }
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
        let (root, body) = body.split_first_chunk()?;
        let (countries, body) = words(body)?;
        let (paired, pack) = words(body)?;
        let generation = u64::from_be_bytes(*generation);
        Some(Self { generation, root: *root, countries, paired, pack: pack.to_vec() })
    }

    /// Whether a file is of the layout before this one, which knew nothing of countries and lines.
    pub(super) fn is_of_older_layout(bytes: &[u8]) -> bool {
        bytes.starts_with(OLDER)
    }
}

fn words(body: &[u8]) -> Option<(Vec<String>, &[u8])> {
    let (length, body) = body.split_first_chunk()?;
    let (words, rest) = body.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((str::from_utf8(words).ok()?.split_whitespace().map(Into::into).collect(), rest))
}

const OLDER: &[u8] = b"sceau/1/store\n";
const MAGIC: &[u8] = b"sceau/2/store\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_and_no_byte_of_it_may_be_missing_or_changed() {
        let countries = vec!["BJ".to_owned(), "MA".to_owned()];
        let state = State { generation: 7, root: [1; 32], countries, paired: vec![], pack: b"pack".to_vec() };
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
