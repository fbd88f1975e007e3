//! A pack file taken apart and put together again, with every object that is not changed byte for byte as it was.

use anyhow::{Context, Result, anyhow, ensure};
use credential_core::{Anchor, Pack, PackContents};

/// Checks a pack and gives it with the bytes of its objects.
pub(crate) fn open(bytes: &[u8]) -> Result<(Pack, PackContents<'_>)> {
    let pack = Pack::open(bytes, Anchor::AsCarried)
        .map_err(|reason| anyhow!("the trust pack is refused: {reason}. {}", reason.words()))?;
    let contents = split(bytes).context("the trust pack has parts that this program does not know")?;
    ensure!(contents.to_bytes() == bytes, "the trust pack has parts that this program does not know");
    Ok((pack, contents))
}

/// The bytes of the pack that follows `held`; what a verifier would refuse is never handed out.
pub(super) fn successor(contents: &PackContents<'_>, held: &Pack) -> Result<Vec<u8>> {
    let bytes = contents.to_bytes();
    Pack::open_successor(&bytes, held.trust())
        .map_err(|reason| anyhow!("the new pack would be refused: {reason}. {}", reason.words()))?;
    Ok(bytes)
}

/// A status list as it stood in a pack, and the one that follows it.
#[derive(Clone)]
pub(super) struct NextStatus<'a> {
    pub(super) held: &'a [u8],
    pub(super) next: Vec<u8>,
}

/// The bytes of the pack that follows `held` with other status lists.
pub(super) fn with_statuses<'a>(
    mut contents: PackContents<'a>,
    held: &Pack,
    lists: &'a [NextStatus<'a>],
) -> Result<Vec<u8>> {
    for bytes in &mut contents.statuses {
        if let Some(list) = lists.iter().find(|list| list.held == *bytes) {
            *bytes = &list.next;
        }
    }
    successor(&contents, held)
}

// the form of SPEC section 9; Pack::open has found the bytes to be good before
fn split(bytes: &[u8]) -> Option<PackContents<'_>> {
    let mut rest = Rest(bytes);
    let mut contents = PackContents::default();
    for _ in 0..rest.head(MAP)? {
        match rest.head(UINT)? {
            0 => drop(rest.string(TEXT)?),
            1 => contents.trust = rest.string(BYTES)?,
            2 => contents.statuses = rest.strings()?,
            3 => contents.dictionaries = rest.strings()?,
            4 => contents.register_heads = rest.strings()?,
            5 => contents.register_files = rest.strings()?,
            _ => return None,
        }
    }
    rest.0.is_empty().then_some(contents)
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The argument of the next head, which must be of this major type.
    fn head(&mut self, major: u8) -> Option<usize> {
        let first = *self.take(1)?.first()?;
        let length = match first & 31 {
            small @ 0..=23 => return (first >> 5 == major).then_some(small.into()),
            length @ 24..=27 => 1 << (length - 24),
            _ => return None,
        };
        let argument = self.take(length)?.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        if first >> 5 == major { argument.try_into().ok() } else { None }
    }

    fn string(&mut self, major: u8) -> Option<&'a [u8]> {
        let length = self.head(major)?;
        self.take(length)
    }

    fn strings(&mut self) -> Option<Vec<&'a [u8]>> {
        let count = self.head(ARRAY)?;
        (0..count).map(|_| self.string(BYTES)).collect()
    }
}

const UINT: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_split_is_put_together_to_the_same_bytes() {
        let (large, small) = (vec![7; 70_000], vec![1; 300]);
        let contents = PackContents {
            trust: &large,
            statuses: vec![&small, b"", b"abc"],
            dictionaries: vec![&small],
            register_heads: vec![b"head"],
            register_files: vec![large.as_slice(), b"file"],
        };
        let bytes = contents.to_bytes();
        assert_eq!(split(&bytes).unwrap().to_bytes(), bytes);
        assert!((0..bytes.len()).step_by(97).all(|cut| split(&bytes[..cut]).is_none()));
    }
}
