//! What an input is: decided by what it holds, never by its name.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use image::ImageFormat;

use super::outcome::Input;
use super::trouble::Trouble;

/// What there is to judge in an input.
pub(super) enum Source {
    /// The argument is a code's own text.
    Text(String),
    /// A picture, whole.
    Picture {
        /// The bytes of the file.
        bytes: Vec<u8>,
        /// PNG or JPEG.
        format: ImageFormat,
    },
    /// One code a line.
    Lines(Reader),
}

/// A file or standard input.
pub(super) type Reader = BufReader<Box<dyn Read>>;

impl Source {
    /// Opens an input. Only regular files and standard input are opened.
    pub(super) fn open(input: &Input) -> Result<Self, Trouble> {
        if let Some(text) = input.as_code() {
            return Ok(Self::Text(text.to_owned()));
        }
        let opened: Box<dyn Read> =
            if &*input.given == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(file(&input.given)?) };
        Self::look_into(BufReader::with_capacity(BUFFER, Box::new(opened)))
    }

    fn look_into(mut reader: Reader) -> Result<Self, Trouble> {
        let start = first_bytes(&mut reader).map_err(trouble)?;
        let picture = PICTURES.iter().find(|(magic, _)| start.starts_with(magic));
        match (picture, not_text(&start)) {
            (Some((_, format)), _) => whole(start, reader).map(|bytes| Self::Picture { bytes, format: *format }),
            (None, Some(trouble)) => Err(trouble),
            (None, None) => {
                let again = io::Cursor::new(start).chain(reader);
                Ok(Self::Lines(BufReader::with_capacity(BUFFER, Box::new(again))))
            }
        }
    }
}

fn file(path: &Path) -> Result<File, Trouble> {
    let found = fs::metadata(path).map_err(trouble)?;
    if found.is_dir() {
        return Err(Trouble::Folder);
    }
    if !found.is_file() {
        return Err(Trouble::NotAFile);
    }
    File::open(path).map_err(trouble)
}

/// What the first read gives, but at least a magic number's length where there is so much.
fn first_bytes(reader: &mut Reader) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    while start.len() < MAGIC {
        let read = match reader.fill_buf() {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read.is_empty() || start.contains(&b'\n') {
            break;
        }
        start.extend_from_slice(read);
        let length = read.len();
        reader.consume(length);
    }
    Ok(start)
}

fn whole(mut bytes: Vec<u8>, reader: Reader) -> Result<Vec<u8>, Trouble> {
    reader.take(PICTURE_BYTES + 1).read_to_end(&mut bytes).map_err(trouble)?;
    if bytes.len() as u64 > PICTURE_BYTES { Err(Trouble::FileTooLarge) } else { Ok(bytes) }
}

/// What a file is that starts with these bytes and is neither a picture nor text.
fn not_text(start: &[u8]) -> Option<Trouble> {
    let known = OTHERS.iter().find(|(at, magic, _)| start.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    match known {
        _ if start.is_empty() => Some(Trouble::Empty),
        Some((_, _, trouble)) => Some(*trouble),
        None if start.contains(&0) => Some(Trouble::Binary),
        None => None,
    }
}

fn trouble(error: io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => Trouble::Missing,
        ErrorKind::PermissionDenied => Trouble::NoPermission,
        kind => Trouble::Failed(kind),
    }
}

/// Bytes read at once: some thousand codes.
const BUFFER: usize = 1 << 20;
/// The longest of the magic numbers below, with its place.
const MAGIC: usize = 16;
/// The most bytes of a picture file.
const PICTURE_BYTES: u64 = 64 << 20;

const PICTURES: [(&[u8], ImageFormat); 2] =
    [(b"\x89PNG\r\n\x1a\n", ImageFormat::Png), (b"\xff\xd8\xff", ImageFormat::Jpeg)];

const OTHERS: [(usize, &[u8], Trouble); 11] = [
    (0, b"%PDF", Trouble::Other("PDF")),
    (0, b"GIF8", Trouble::Other("GIF")),
    (0, b"RIFF", Trouble::Other("WebP")),
    (0, b"II*\0", Trouble::Other("TIFF")),
    (0, b"MM\0*", Trouble::Other("TIFF")),
    (4, b"ftyp", Trouble::Other("HEIC")),
    (0, b"PK\x03\x04", Trouble::Other("ZIP")),
    (0, b"\xff\xfe", Trouble::Utf16),
    (0, b"\xfe\xff", Trouble::Utf16),
    (0, b"\xa4\x00\x6csceau/1/pack", Trouble::TrustPack),
    (0, b"\x1f\x8b", Trouble::Other("gzip")),
];
