//! Compaction with a preset dictionary: SPEC section 3. The only user of miniz_oxide and of the checksums' crates.

use core::fmt;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use sha2::{Digest, Sha256};

use crate::deflate::{Bits, Index, inflate_one_block};
use crate::limits;
use crate::outcome::{Cause, Reason};
use crate::text::{BARE, ZLIB};

/// A preset dictionary: the fixed words of a profile, as bytes that documents repeat.
#[derive(Clone)]
pub struct Dictionary {
    bytes: Vec<u8>,
    id: u32,
}

impl Dictionary {
    /// Takes 1 to 32,768 bytes; `None` for any other length.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let id = adler32(&bytes);
        (1..=limits::DICTIONARY_BYTES).contains(&bytes.len()).then_some(Self { bytes, id })
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes, as a trust list names it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// DICTID of RFC 1950: the Adler-32 of the bytes.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Prepares the dictionary for making many documents compact.
    pub fn compactor(&self) -> Compactor {
        Compactor { id: Some(self.id), index: Index::new(&self.bytes), plain: Index::new(&[]) }
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dictionary({:08x}, {} bytes)", self.id, self.bytes.len())
    }
}

/// Makes documents compact with one dictionary, or with none.
#[derive(Clone, Debug)]
pub struct Compactor {
    id: Option<u32>,
    index: Index,
    plain: Index,
}

impl Compactor {
    /// A compactor without dictionary.
    pub fn plain() -> Self {
        Self { id: None, index: Index::new(&[]), plain: Index::new(&[]) }
    }

    /// The shortest of the bare form, zlib, and zlib with the dictionary.
    pub(crate) fn compact(&self, cose: &[u8]) -> Vec<u8> {
        // with a dictionary of its own words the plain stream cannot win, except for documents of another kind
        let with_dictionary = self.id.map(|id| stream(Some(id), &self.index, cose));
        let short = with_dictionary.as_ref().is_some_and(|stream| stream.len() * 4 < cose.len() * 3);
        let plain = (!short).then(|| stream(None, &self.plain, cose));
        let bare = (!short).then(|| cose.to_vec());
        [bare, plain, with_dictionary].into_iter().flatten().min_by_key(Vec::len).unwrap_or_default()
    }
}

fn stream(dictionary: Option<u32>, index: &Index, cose: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(cose.len() + 16);
    match dictionary {
        Some(id) => {
            bytes.extend([ZLIB, FLAGS_DICTIONARY]);
            bytes.extend(id.to_be_bytes());
        }
        None => bytes.extend([ZLIB, FLAGS_PLAIN]),
    }
    let mut bytes = index.deflate(cose, Bits::after(bytes));
    bytes.extend(adler32(cose).to_be_bytes());
    bytes.extend(crc32(&bytes).to_be_bytes());
    bytes
}

/// The COSE bytes in `bytes`, bare or compact. `dictionaries` finds the different dictionaries with an id, and `holds`
/// says of several which is the right one: with a foreign one of the same checksum a good signature would seem to fail.
pub(crate) fn expand<'d>(
    bytes: Vec<u8>,
    dictionaries: impl FnOnce(u32) -> Vec<&'d Dictionary>,
    holds: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Cause> {
    if bytes.first() != Some(&ZLIB) {
        return Ok(bytes);
    }
    let damaged = Cause::new(Reason::CompressionMalformed, "ZIP-6");
    let (bytes, crc) = bytes.split_last_chunk().ok_or(damaged)?;
    if crc32(bytes) != u32::from_be_bytes(*crc) {
        return Err(damaged);
    }
    let unknown = Cause::new(Reason::DictionaryUnknown, "ZIP-5");
    let Some(id) = dictionary_id(bytes) else { return inflate_document(bytes, None) };
    match dictionaries(id)[..] {
        [] => Err(unknown),
        [one] => inflate_document(bytes, Some(one)),
        ref several => {
            let mut expanded = several.iter().filter_map(|one| inflate_document(bytes, Some(one)).ok());
            expanded.find(|cose| holds(cose)).ok_or(unknown)
        }
    }
}

fn inflate_document(stream: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, Cause> {
    let malformed = |rule| Cause::new(Reason::CompressionMalformed, rule);
    // ZIP-1 to ZIP-3 are one step of the inflater
    let cose = inflate(stream, dictionary, limits::DOCUMENT_BYTES).ok_or(malformed("ZIP-1"))?;
    if cose.first() == Some(&BARE) { Ok(cose) } else { Err(malformed("ZIP-4")) }
}

/// DICTID of a stream whose header is right and asks for a dictionary.
fn dictionary_id(stream: &[u8]) -> Option<u32> {
    let id = stream.get(2..6)?.try_into().ok()?;
    header_holds(stream).filter(|flags| flags & FDICT != 0).map(|_| u32::from_be_bytes(id))
}

/// The flags of a zlib header whose first byte is 0x78 and whose check holds.
fn header_holds(stream: &[u8]) -> Option<u8> {
    let [ZLIB, flags, ..] = *stream else { return None };
    u16::from_be_bytes([ZLIB, flags]).is_multiple_of(31).then_some(flags)
}

/// One whole zlib stream of at most `most` bytes of output and no byte after it (ZIP-1 to ZIP-3).
pub(crate) fn inflate(stream: &[u8], dictionary: Option<&Dictionary>, most: usize) -> Option<Vec<u8>> {
    let asks_for_dictionary = header_holds(stream)? & FDICT != 0;
    if asks_for_dictionary != dictionary.is_some() {
        return None;
    }
    let header = if asks_for_dictionary { 6 } else { 2 };
    let (deflate, adler) = stream.get(header..)?.split_last_chunk()?;
    let before = dictionary.map_or(&[][..], Dictionary::as_bytes);
    let out = match inflate_one_block(deflate, before, most) {
        Some(out) => out,
        None => inflate_by_library(deflate, before, most)?,
    };
    (adler32(&out) == u32::from_be_bytes(*adler)).then_some(out)
}

fn inflate_by_library(deflate: &[u8], dictionary: &[u8], most: usize) -> Option<Vec<u8>> {
    // the dictionary stands in front of the output, as if it had just been inflated
    let mut out = vec![0; dictionary.len() + most];
    out[..dictionary.len()].copy_from_slice(dictionary);
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let (status, read, written) = decompress(&mut state, deflate, &mut out, dictionary.len(), flags);
    if status != TINFLStatus::Done || read != deflate.len() {
        return None;
    }
    out.drain(..dictionary.len());
    out.truncate(written);
    Some(out)
}

/// CRC-32 of RFC 1952 section 8.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| (crc >> 8) ^ CRC_TABLE[usize::from(crc as u8 ^ byte)])
}

/// What each last byte does to the CRC-32. crc32fast has 16 such tables: a sixth of the whole WebAssembly module.
static CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        table[index] = index as u32;
        let mut bit = 0;
        while bit < 8 {
            table[index] = (table[index] >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(table[index] & 1));
            bit += 1;
        }
        index += 1;
    }
    table
};

/// Adler-32 of RFC 1950.
fn adler32(bytes: &[u8]) -> u32 {
    adler2::adler32_slice(bytes)
}

const FDICT: u8 = 0x20;
/// FLG bytes that make CMF 0x78 and FLG a multiple of 31, at the level "maximum".
const FLAGS_PLAIN: u8 = 0xDA;
const FLAGS_DICTIONARY: u8 = 0xF9;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dictionary() -> Dictionary {
        Dictionary::new("Baccalauréat de l'enseignement secondaire, session de juin 2026 ".repeat(20).into_bytes())
            .unwrap()
    }

    #[test]
    fn refuses_a_stream_with_bytes_behind_it() {
        let mut bytes = stream(None, &Index::new(&[]), &[BARE; 40]);
        assert_eq!(expand(bytes.clone(), |_| vec![], |_| true).map(|cose| cose.len()), Ok(40));
        bytes.truncate(bytes.len() - 4);
        bytes.push(0);
        bytes.extend(crc32(&bytes).to_be_bytes());
        assert_eq!(
            expand(bytes, |_| vec![], |_| true).map_err(|cause| cause.reason()),
            Err(Reason::CompressionMalformed)
        );
    }

    #[test]
    fn stops_at_16384_bytes() {
        for (length, expected) in [(16_384, Ok(16_384)), (16_385, Err(Reason::CompressionMalformed))] {
            let bytes = stream(None, &Index::new(&[]), &vec![BARE; length]);
            assert_eq!(
                expand(bytes, |_| vec![], |_| true).map(|cose| cose.len()).map_err(|cause| cause.reason()),
                expected
            );
        }
    }

    #[test]
    fn a_dictionary_that_is_not_there_is_its_own_outcome() {
        let bytes = stream(Some(dictionary().id), &Index::new(dictionary().as_bytes()), &[BARE; 40]);
        assert_eq!(expand(bytes, |_| vec![], |_| true).map_err(|cause| cause.reason()), Err(Reason::DictionaryUnknown));
    }

    #[test]
    fn another_dictionary_fails_and_shows_nothing() {
        let cose = [&[BARE], &b"session de juin 2026"[..]].concat();
        let bytes = stream(Some(dictionary().id), &Index::new(dictionary().as_bytes()), &cose);
        let other = Dictionary { bytes: dictionary().bytes.to_ascii_uppercase(), id: dictionary().id };
        assert_eq!(
            expand(bytes, |_| vec![&other], |_| true).map_err(|cause| cause.reason()),
            Err(Reason::CompressionMalformed)
        );
    }

    proptest! {
        #[test]
        fn what_is_made_compact_expands_to_itself(
            words in proptest::collection::vec("[a-z ]{1,9}|session de juin 2026|Baccalauréat|(ab){1,200}", 0..40),
            noise in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let mut cose = [vec![BARE], words.concat().into_bytes(), noise].concat();
            cose.truncate(limits::DOCUMENT_BYTES);
            let dictionary = dictionary();
            for compactor in [Compactor::plain(), dictionary.compactor()] {
                let bytes = compactor.compact(&cose);
                prop_assert!(bytes.len() <= cose.len());
                let expanded = expand(bytes, |id| (id == dictionary.id).then_some(&dictionary).into_iter().collect(), |_| true);
                prop_assert_eq!(expanded.as_ref(), Ok(&cose));
            }
        }

        #[test]
        fn the_quick_reader_says_what_the_library_says_or_nothing(
            words in proptest::collection::vec("[a-z ]{1,9}|session de juin 2026|(ab){1,150}", 0..30),
            flips in proptest::collection::vec(any::<proptest::sample::Index>(), 0..3),
        ) {
            let dictionary = dictionary();
            let mut bytes = Index::new(dictionary.as_bytes()).deflate(words.concat().as_bytes(), Bits::after(Vec::new()));
            for flip in flips {
                let bit = flip.index(bytes.len() * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
            if let Some(read) = inflate_one_block(&bytes, dictionary.as_bytes(), 4_096) {
                let by_library = inflate_by_library(&bytes, dictionary.as_bytes(), 4_096);
                prop_assert_eq!(Some(read), by_library);
            }
        }

        #[test]
        fn never_panics_on_streams(mut bytes in proptest::collection::vec(any::<u8>(), 1..200)) {
            bytes[0] = ZLIB;
            let dictionary = dictionary();
            let _ = expand(bytes, |_| vec![&dictionary], |_| true);
        }
    }
}
