//! Memory that module and caller share. The only unsafe code of the project: pointers become slices here, and nothing
//! else happens.
//!
//! In WebAssembly a wrong pointer of the caller can spoil this instance's memory, or trap; it cannot reach outside.
#![allow(unsafe_code, reason = "exports by name, and memory shared with the caller")]
#![allow(unreachable_pub, reason = "what the module exports is public, though no crate can name it")]

use std::{ptr, slice};

#[cfg(feature = "conformance")]
mod conformance;
#[cfg(feature = "picture")]
mod picture;
#[cfg(feature = "text")]
mod text;

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

/// # Safety
/// `ptr` points to `len` bytes from [`alloc`] that nobody changes or gives back while the slice lives: a call of this
/// module, which has one thread.
unsafe fn bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: `alloc` initialises every byte and never returns null
    unsafe { slice::from_raw_parts(ptr, len) }
}

/// Hands bytes to the caller as `ptr << 32 | len`.
fn result(bytes: Vec<u8>) -> u64 {
    let bytes = bytes.into_boxed_slice();
    let len = bytes.len() as u64;
    (Box::into_raw(bytes).cast::<u8>() as u64) << 32 | len
}
