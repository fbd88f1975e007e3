//! The exports that only test suites call.

use credential_core::minutes::Minutes;
use credential_core::{Anchor, Pack};

use super::{bytes, result};
use crate::text;

#[path = "../../../test-vectors/tests/minutes_lines/mod.rs"]
mod minutes_lines;

/// Whether a bare Ed25519 signature holds: 1 yes, 0 no, 2 the key is not admissible.
///
/// # Safety
/// `key` points to 32 bytes from [`alloc`](super::alloc), `message` and `signature` to as many as their lengths say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn signature_holds(
    key: *const [u8; 32],
    message: *const u8,
    message_len: usize,
    signature: *const u8,
    signature_len: usize,
) -> u32 {
    // SAFETY: by the contract above; an array of bytes needs no alignment
    let (key, message, signature) = unsafe { (&*key, bytes(message, message_len), bytes(signature, signature_len)) };
    let Ok(key) = credential_core::lists::PublicKey::new(key) else { return 2 };
    signature.try_into().is_ok_and(|signature| key.signed(message, signature)).into()
}

/// The code of the outcome of minutes under the trust list of a pack, empty if they are accepted.
///
/// # Safety
/// `minutes` points to `len` bytes from [`alloc`](super::alloc), `pack` to `pack_len`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open_minutes(minutes: *const u8, len: usize, pack: *const u8, pack_len: usize) -> u64 {
    // SAFETY: by the contract above
    let (minutes, pack) = unsafe { (bytes(minutes, len), bytes(pack, pack_len)) };
    let code = match Pack::open(pack, Anchor::AsCarried) {
        Ok(pack) => Minutes::open(minutes, pack.trust().claims()).map_or_else(|reason| reason.code(), |_| ""),
        Err(fault) => fault.code().code(),
    };
    result(code.into())
}

/// `accepted` if lines of minutes are canonical, in order, and have this root, else the code of the outcome.
///
/// # Safety
/// `lines` points to `len` bytes from [`alloc`](super::alloc), each line behind its length; `salt` and `root` to 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn judge_minutes_lines(
    lines: *const u8,
    len: usize,
    salt: *const [u8; 32],
    root: *const [u8; 32],
) -> u64 {
    // SAFETY: by the contract above; an array of bytes needs no alignment
    let (lines, salt, root) = unsafe { (bytes(lines, len), &*salt, &*root) };
    let code = text::texts(lines).map_or("breaks-rules", |lines| minutes_lines::judge(&lines, *salt, root));
    result(code.into())
}
