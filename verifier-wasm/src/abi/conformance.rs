//! The exports that only test suites call.

use super::bytes;

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
    let Ok(key) = credential_core::PublicKey::new(key) else { return 2 };
    signature.try_into().is_ok_and(|signature| key.signed(message, signature)).into()
}
