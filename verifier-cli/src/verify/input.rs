//! What an input is: decided by what it holds, never by its name.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use super::outcome::Input;
use crate::kind::{Kind, MAGIC, MOST_BYTES, kind};
use crate::trouble::Trouble;

/// What there is to judge in an input.
pub(super) enum Source {
    /// The argument is a code's own text.
    Text(String),
    /// The bytes of a PNG or JPEG picture.
    Picture(Vec<u8>),
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
        match kind(&start).transpose()? {
            Some(Kind::Picture(_)) => whole(start, reader).map(Self::Picture),
            Some(other) => Err(Trouble::Other(other.name())),
            None => {
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
    reader.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(trouble)?;
    if bytes.len() as u64 > MOST_BYTES { Err(Trouble::FileTooLarge) } else { Ok(bytes) }
}

fn trouble(error: io::Error) -> Trouble {
    Trouble::opening(error.kind())
}

/// Bytes read at once: some thousand codes.
const BUFFER: usize = 1 << 20;
