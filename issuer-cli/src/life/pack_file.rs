//! A pack file taken apart and put together again, with every object that is not changed byte for byte as it was.

use anyhow::Result;
use credential_core::Pack;
use credential_core::lists::PackContents;

use crate::refused::{follow, open_pack, refused};

/// Checks a pack and gives it with the bytes of its objects. What stands in the room of the pack itself is signed by
/// nobody and not kept.
pub(crate) fn take_apart(bytes: &[u8]) -> Result<(Pack, PackContents<'_>)> {
    let pack = open_pack(bytes)?;
    let contents = PackContents::read(bytes).map_err(refused("the trust pack is"))?;
    Ok((pack, contents))
}

/// The bytes of the pack that follows `held`; what a verifier would refuse is never handed out.
pub(super) fn successor(contents: &PackContents<'_>, held: &Pack, now: u64) -> Result<Vec<u8>> {
    follow(&contents.to_bytes(), held, now)
}

/// A status list, and those in a pack in whose place it comes.
pub(super) struct NextStatus<'a> {
    pub(super) held: Vec<&'a [u8]>,
    pub(super) next: Vec<u8>,
}

/// The bytes of the pack that follows `held` with other status lists.
pub(super) fn with_statuses<'a>(
    mut contents: PackContents<'a>,
    held: &Pack,
    lists: &'a [NextStatus<'a>],
    now: u64,
) -> Result<Vec<u8>> {
    for NextStatus { held, next } in lists {
        let place = contents.statuses.iter().position(|bytes| held.contains(bytes));
        contents.statuses.retain(|bytes| !held.contains(bytes));
        contents.statuses.insert(place.unwrap_or(contents.statuses.len()).min(contents.statuses.len()), next);
    }
    successor(&contents, held, now)
}
