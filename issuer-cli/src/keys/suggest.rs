//! Passphrases that can be spoken: six words of 16 random bits each.

use zeroize::Zeroizing;

use super::PassphraseError;

/// A passphrase of six words of five letters, 96 random bits, such as `lusab-babad-gutih-...`.
///
/// The words are proquints: consonant, vowel, consonant, vowel, consonant. They need no word list
/// and belong to no language.
///
/// # Errors
///
/// The system gives no random bytes.
pub fn suggest() -> Result<Zeroizing<String>, PassphraseError> {
    let mut bits = Zeroizing::new([0; 2 * WORDS]);
    getrandom::fill(bits.as_mut_slice()).map_err(|_| PassphraseError::NoRandomness)?;
    let mut passphrase = Zeroizing::new(String::with_capacity(6 * WORDS));
    for bits in bits.chunks_exact(2) {
        if !passphrase.is_empty() {
            passphrase.push('-');
        }
        push_word(&mut passphrase, u16::from_be_bytes([bits[0], bits[1]]));
    }
    Ok(passphrase)
}

pub(super) fn push_word(text: &mut String, bits: u16) {
    let consonant = |shift: u32| char::from(CONSONANTS[usize::from(bits >> shift & 15)]);
    let vowel = |shift: u32| char::from(VOWELS[usize::from(bits >> shift & 3)]);
    text.extend([consonant(12), vowel(10), consonant(6), vowel(4), consonant(0)]);
}

const WORDS: usize = 6;
const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 4] = b"aiou";
