//! Bytes as text (SPEC section 2): base45 and base32 behind the prefix.

const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The page in front of the `#` of every link text.
pub const PAGE: &str = "https://sceau.example.org/v";

/// The text of a QR code around some bytes.
pub fn symbol(bytes: &[u8]) -> String {
    format!("SC1:{}", base45(bytes))
}

/// The text of a link around some bytes.
pub fn link(bytes: &[u8]) -> String {
    format!("{PAGE}#SC1:{}", base32(bytes))
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

/// RFC 4648 section 6, without padding.
pub fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    out
}

/// The base32 character of a value.
pub fn digit32(value: u8) -> char {
    char::from(BASE32[usize::from(value)])
}

/// The value of a base32 character.
pub fn value32(character: char) -> u8 {
    BASE32.iter().position(|known| char::from(*known) == character).map_or(0, |at| at as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_examples_of_the_rfcs() {
        assert_eq!(base45(b"AB"), "BB8");
        assert_eq!(base45(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"foo"), "MZXW6");
    }
}
