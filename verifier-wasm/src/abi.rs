//! The exports. The only unsafe code of the project: pointers become slices here, and nothing else happens.
//!
//! In WebAssembly a wrong pointer of the caller can spoil this instance's memory, or trap; it cannot reach outside.
#![allow(unsafe_code, reason = "exports by name, and memory shared with the caller")]
#![allow(unreachable_pub, reason = "what the module exports is public, though no crate can name it")]

use std::{ptr, slice};

use serde_json::Value;

/// Takes `len` bytes, all zero, for an argument.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; len].into_boxed_slice()).cast::<u8>()
}

/// Gives back an argument or a result.
///
/// # Safety
/// `ptr` and `len` are those of [`alloc`] or of a result, not yet given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dealloc(ptr: *mut u8, len: usize) {
    // SAFETY: both sources are boxed slices of exactly `len` bytes, and the caller gives each back once
    drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(ptr, len)) });
}

/// Adds a trust pack under the root fingerprint at `root`, or under the one that it carries if `root` is null.
///
/// # Safety
/// `pack` points to `len` bytes from [`alloc`], `root` to 32 or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn load_pack(pack: *const u8, len: usize, root: *const [u8; 32]) -> u64 {
    // SAFETY: by the contract above; an array of bytes needs no alignment
    let (pack, root) = unsafe { (bytes(pack, len), root.as_ref()) };
    result(&crate::load_pack(pack, root.copied()))
}

/// Forgets all packs, and a refusal.
#[unsafe(no_mangle)]
pub extern "C" fn clear_packs() {
    crate::clear_packs();
}

/// Judges a text at the time `now`.
///
/// # Safety
/// `text` points to `len` bytes from [`alloc`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn verify(text: *const u8, len: usize, now: u64) -> u64 {
    // SAFETY: by the contract above
    let text = unsafe { bytes(text, len) };
    result(&crate::verify_text(text, now))
}

/// Whether a bare Ed25519 signature holds: 1 yes, 0 no, 2 the key is not admissible.
///
/// # Safety
/// `key` points to 32 bytes from [`alloc`], `message` and `signature` to as many as their lengths say.
#[cfg(feature = "conformance")]
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
    crate::signature_holds(key, message, signature)
}

/// # Safety
/// `ptr` points to `len` bytes from [`alloc`] that nobody changes or gives back while the slice lives: a call of this
/// module, which has one thread.
unsafe fn bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: `alloc` initialises every byte and never returns null
    unsafe { slice::from_raw_parts(ptr, len) }
}

/// Hands JSON to the caller as `ptr << 32 | len`.
fn result(json: &Value) -> u64 {
    let text = json.to_string().into_bytes().into_boxed_slice();
    let len = text.len() as u64;
    (Box::into_raw(text).cast::<u8>() as u64) << 32 | len
}
