//! TIFF of several pages, as scanners with a feeder make them.

/// The places of the directories of a TIFF, one a page, in order; at most [`MOST_PAGES`].
pub(super) fn places(bytes: &[u8]) -> Vec<u32> {
    Directories { bytes, next: u32_at(bytes, FIRST), seen: vec![] }.take(MOST_PAGES).collect()
}

/// Makes the page at `place` the first: the picture reader takes the first of the chain.
pub(super) fn start_with(bytes: &mut [u8], place: u32) {
    let place = if is_little(bytes) { place.to_le_bytes() } else { place.to_be_bytes() };
    bytes[FIRST..FIRST + 4].copy_from_slice(&place);
}

struct Directories<'a> {
    bytes: &'a [u8],
    next: Option<u32>,
    seen: Vec<u32>,
}

impl Iterator for Directories<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let here = self.next.filter(|place| *place != 0 && !self.seen.contains(place))?;
        self.seen.push(here);
        let entries = usize::from(u16_at(self.bytes, here as usize)?);
        self.next = u32_at(self.bytes, here as usize + 2 + 12 * entries);
        Some(here)
    }
}

fn is_little(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II")
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if is_little(bytes) { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(if is_little(bytes) { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
}

/// Where the place of the first directory stands.
const FIRST: usize = 4;
/// More pages in one scan are nobody's diploma.
const MOST_PAGES: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_that_bites_its_tail_ends() {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend([0, 0, 14, 0, 0, 0]); // no entries, next at 14
        bytes.extend([0, 0, 8, 0, 0, 0]); // no entries, next at 8 again
        assert_eq!(places(&bytes), [8, 14]);
        start_with(&mut bytes, 14);
        assert_eq!(bytes[..8], *b"II*\0\x0e\0\0\0");
    }

    #[test]
    fn places_outside_of_the_file_end_the_chain() {
        for bytes in [&b"II*\0"[..], b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0\xff\xff"] {
            assert!(places(bytes).len() <= 1, "{bytes:?}");
        }
    }
}
