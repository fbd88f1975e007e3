//! Hexadecimal digests and root fingerprints.

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The short form of a fingerprint that people compare: its first half, in 8 groups of 4 digits.
pub(crate) fn short(fingerprint: &[u8; 32]) -> String {
    let groups: Vec<_> = fingerprint[..16].chunks(2).map(hex).collect();
    groups.join(" ")
}

/// Reads a whole root fingerprint; spaces, colons and hyphens between the digits are passed over.
pub(crate) fn fingerprint(text: &str) -> Result<[u8; 32], String> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|c| !matches!(c, ' ' | ':' | '-'))
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() == 64).ok_or_else(|| {
        "a root fingerprint has 64 hexadecimal digits, as `verifier trust show FILE` prints it".to_owned()
    })?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_fingerprint_in_groups_and_shows_its_first_half() {
        let text = "00112233 44556677 8899aabb ccddeeff:00112233-44556677 8899AABB CCDDEEFF";
        let read = fingerprint(text).unwrap();
        assert_eq!(short(&read), "0011 2233 4455 6677 8899 aabb ccdd eeff");
        for wrong in ["", "0011", "zz", &"0".repeat(63), &"0".repeat(65), &"é".repeat(64)] {
            assert!(fingerprint(wrong).is_err(), "{wrong}");
        }
    }
}
