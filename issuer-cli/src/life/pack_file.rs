//! A pack file taken apart and put together again, with every object that is not changed byte for byte as it was.

use anyhow::{Context, Result};
use credential_core::{Pack, PackContents};

use crate::refused::{check_follows, open_pack};

/// Checks a pack and gives it with the bytes of its objects.
pub(crate) fn take_apart(bytes: &[u8]) -> Result<(Pack, PackContents<'_>)> {
    let pack = open_pack(bytes)?;
    let contents = PackContents::read(bytes).filter(|contents| contents.to_bytes() == bytes);
    Ok((pack, contents.context("the trust pack has parts that this program does not know")?))
}

/// The bytes of the pack that follows `held`; what a verifier would refuse is never handed out.
pub(super) fn successor(contents: &PackContents<'_>, held: &Pack) -> Result<Vec<u8>> {
    let bytes = contents.to_bytes();
    check_follows(&bytes, held)?;
    Ok(bytes)
}

/// A status list as it stood in a pack, and the one that follows it.
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
