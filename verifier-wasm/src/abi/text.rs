//! The exports of the module that judges.

use super::{bytes, result};
use crate::text;

/// Adds a trust pack under the root fingerprint at `root`, or under the one that it carries if `root` is null. At a time
/// `now` of all ones, which is not known, no status list is dated ahead.
///
/// # Safety
/// `pack` points to `len` bytes from [`alloc`](super::alloc), `root` to 32 or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn load_pack(pack: *const u8, len: usize, root: *const [u8; 32], now: u64) -> u64 {
    // SAFETY: by the contract above; an array of bytes needs no alignment
    let (pack, root) = unsafe { (bytes(pack, len), root.as_ref()) };
    json(text::load_pack(pack, root.copied(), now))
}

/// Adds a pack to the one that is held under the root fingerprint at `root`, or under the one that it carries if `root` is null.
///
/// # Safety
/// `pack` points to `len` bytes from [`alloc`](super::alloc), `held` to `held_len`, `root` to 32 or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn update_pack(
    pack: *const u8,
    len: usize,
    held: *const u8,
    held_len: usize,
    root: *const [u8; 32],
    now: u64,
) -> u64 {
    // SAFETY: by the contract above; an array of bytes needs no alignment
    let (pack, held, root) = unsafe { (bytes(pack, len), bytes(held, held_len), root.as_ref()) };
    json(text::update_pack(pack, held, root.copied(), now))
}

/// The bytes to keep since the last [`update_pack`]: both packs in one; they are given once.
#[unsafe(no_mangle)]
pub extern "C" fn kept_pack() -> u64 {
    result(text::kept_pack())
}

/// Forgets all packs, and a refusal.
#[unsafe(no_mangle)]
pub extern "C" fn clear_packs() {
    text::clear_packs();
}

/// Judges a text at the time `now`, with inclusion proofs (SPEC section 12), each behind its length, or none.
///
/// # Safety
/// `text` points to `len` bytes from [`alloc`](super::alloc), `proofs` to `proofs_len`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn verify(text: *const u8, len: usize, proofs: *const u8, proofs_len: usize, now: u64) -> u64 {
    // SAFETY: by the contract above
    let (text, proofs) = unsafe { (bytes(text, len), bytes(proofs, proofs_len)) };
    json(text::verify_text(text, proofs, now))
}

/// Judges the texts of one paper at the time `now`, each behind its length, with inclusion proofs like [`verify`].
///
/// # Safety
/// `texts` points to `len` bytes from [`alloc`](super::alloc), `proofs` to `proofs_len`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn story(texts: *const u8, len: usize, proofs: *const u8, proofs_len: usize, now: u64) -> u64 {
    // SAFETY: by the contract above
    let (texts, proofs) = unsafe { (bytes(texts, len), bytes(proofs, proofs_len)) };
    json(text::story(texts, proofs, now))
}

/// Bytes that a pack has at most; cut a longer one there, it is refused for its length.
#[unsafe(no_mangle)]
pub extern "C" fn longest_pack() -> usize {
    text::LONGEST_PACK
}

/// Bytes that a text has at most; cut a longer one there, it is refused for its length.
#[unsafe(no_mangle)]
pub extern "C" fn longest_text() -> usize {
    text::LONGEST_TEXT
}

fn json(text: String) -> u64 {
    result(text.into_bytes())
}
