//! Bytes as text (SPEC section 2): base45 or digits behind the prefix.

const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// How many digits a group of so many bytes has.
pub const DIGITS: [usize; 8] = [0, 3, 5, 8, 10, 13, 15, 17];

/// The page in front of the `#` of every link text.
pub const PAGE: &str = "https://sceau.example.org/v";

/// The text of a QR code around some bytes.
pub fn symbol(bytes: &[u8]) -> String {
    format!("SC1:{}", base45(bytes))
}

/// The text of a link around some bytes.
pub fn link(bytes: &[u8]) -> String {
    format!("{PAGE}#SC1:{}", digits(bytes))
}

/// RFC 9285: two bytes are three characters, a last single byte is two.
pub fn base45(bytes: &[u8]) -> String {
    let group = |pair: &[u8]| match *pair {
        [high, low] => group45(u32::from(high) * 256 + u32::from(low), 3),
        [byte] => group45(u32::from(byte), 2),
        _ => String::new(),
    };
    bytes.chunks(2).map(group).collect()
}

/// A number as base45 characters, least significant first; it may be more than a group can mean.
pub fn group45(mut value: u32, characters: usize) -> String {
    let digit = |_| {
        let character = BASE45[(value % 45) as usize];
        value /= 45;
        char::from(character)
    };
    (0..characters).map(digit).collect()
}

/// Seven bytes are seventeen digits, a shorter last group has fewer (TXT-6).
pub fn digits(bytes: &[u8]) -> String {
    bytes
        .chunks(7)
        .map(|group| digit_group(group.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)), group.len()))
        .collect()
}

/// A number as the digits of a group of 1 to 7 bytes; it may be more than the group can mean.
pub fn digit_group(value: u64, bytes: usize) -> String {
    format!("{value:0width$}", width = DIGITS[bytes])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_examples_of_the_rfc() {
        assert_eq!(base45(b"AB"), "BB8");
        assert_eq!(base45(b"Hello!!"), "%69 VD92EX0");
    }

    #[test]
    fn digits_have_leading_zeros() {
        assert_eq!(digits(&[]), "");
        assert_eq!(digits(&[0]), "000");
        assert_eq!(digits(&[1, 0]), "00256");
        assert_eq!(digits(&[0xff; 7]), "72057594037927935");
        assert_eq!(digits(&[0, 0, 0, 0, 0, 0, 1, 255]), "00000000000000001255");
    }
}
