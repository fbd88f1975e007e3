//! The slow digest of an identity number: SPEC section 6. The only user of scrypt.

use scrypt::Params;

/// The digest of an identity number under a document's serial; `None` unless `work` is 10 to 16.
///
/// Takes about 40 ms and 16 MiB at work 14. The number is normalised first, so that `BE 123-456` equals `be123456`.
///
/// ```
/// use credential_core::document::identity_digest;
///
/// assert_eq!(identity_digest("BE 123-456", &[1; 8], 10), identity_digest("be123456", &[1; 8], 10));
/// ```
pub fn identity_digest(number: &str, serial: &[u8], work: u8) -> Option<[u8; 16]> {
    if !(10..=16).contains(&work) {
        return None;
    }
    let salt = [b"sceau/1/identity", serial].concat();
    let mut digest = [0; 16];
    scrypt::scrypt(normalised(number).as_bytes(), &salt, &Params::new(work, 8, 1).ok()?, &mut digest).ok()?;
    Some(digest)
}

/// A number without what people write between its characters, in capitals.
pub(crate) fn normalised(number: &str) -> String {
    let kept = number.chars().filter(|c| !matches!(c, ' ' | '\u{A0}' | '-' | '.' | '/'));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_of_the_number_does_not_matter_and_the_serial_does() {
        let digest = |number, serial: &[u8]| identity_digest(number, serial, 10).unwrap();
        assert_eq!(digest("BE 123-456", b"serial-1"), digest("be123456", b"serial-1"));
        assert_ne!(digest("BE123456", b"serial-1"), digest("BE123456", b"serial-2"));
        assert_ne!(digest("BE123456", b"serial-1"), digest("BE123457", b"serial-1"));
    }

    #[test]
    fn refuses_work_outside_its_bounds() {
        assert_eq!(identity_digest("1", b"s", 9), None);
        assert_eq!(identity_digest("1", b"s", 17), None);
    }
}
