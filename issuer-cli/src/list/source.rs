//! The bytes of a list: counted, hashed and bounded while they stream by.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::limits::{FILE_BYTES, ROW_BYTES};

/// Why a source gave no more bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// More than [`FILE_BYTES`].
    FileTooLarge,
    /// More than [`ROW_BYTES`] since the last row.
    RowTooLong,
}

/// What a [`Source`] has given so far and may still give; shared with the reader of rows.
#[derive(Debug, Default)]
pub(super) struct Gauge {
    given: Cell<u64>,
    allowed: Cell<u64>,
    stop: Cell<Option<Stop>>,
}

impl Gauge {
    /// Allows the bytes of one more row.
    pub(super) fn allow_row(&self) {
        self.allowed.set(self.given.get() + ROW_BYTES);
    }

    /// Why the source stopped, if it did.
    pub(super) fn stop(&self) -> Option<Stop> {
        self.stop.get()
    }
}

/// A reader that hashes what passes, refuses what is too much, and gives rows that all end with a line feed.
pub(super) struct Source<R> {
    inner: R,
    hasher: Sha256,
    gauge: Rc<Gauge>,
    /// Bytes read, the first `length` of them with line feeds only, those before `at` given.
    chunk: Box<[u8]>,
    at: usize,
    length: usize,
    /// Whether a carriage return waits for what follows it.
    held: bool,
    ended: bool,
}

impl<R: Read> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        let gauge = Rc::new(Gauge::default());
        gauge.allow_row();
        let chunk = vec![0; CHUNK_BYTES].into();
        Self { inner, hasher: Sha256::new(), gauge, chunk, at: 0, length: 0, held: false, ended: false }
    }

    pub(super) fn gauge(&self) -> Rc<Gauge> {
        Rc::clone(&self.gauge)
    }

    /// SHA-256 of the whole file, reading what is left of it.
    pub(super) fn digest(mut self) -> io::Result<[u8; 32]> {
        while self.gauge.given.get() <= FILE_BYTES && self.pull(0)? > 0 {}
        Ok(self.hasher.finalize().into())
    }

    /// Reads bytes into the chunk from `start` on.
    fn pull(&mut self, start: usize) -> io::Result<usize> {
        let count = loop {
            match self.inner.read(&mut self.chunk[start..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.hasher.update(&self.chunk[start..start + count]);
        self.gauge.given.set(self.gauge.given.get() + count as u64);
        Ok(count)
    }

    fn refill(&mut self) -> io::Result<()> {
        self.check_limits()?;
        let start = usize::from(self.held);
        self.chunk[0] = b'\r';
        let count = self.pull(start)?;
        (self.at, self.length) = (0, start + count);
        if count == 0 {
            // so that the last row is counted like the others
            self.chunk[start] = b'\n';
            self.length += 1;
            self.ended = true;
        }
        self.held = !self.ended && self.chunk[..self.length].ends_with(b"\r");
        self.length -= usize::from(self.held);
        self.drop_carriage_returns();
        Ok(())
    }

    /// Makes one line feed of each carriage return and line feed.
    fn drop_carriage_returns(&mut self) {
        let (mut from, mut to) = (0, 0);
        while let Some(next) = self.chunk[from..self.length].windows(2).position(|pair| pair == b"\r\n") {
            self.chunk.copy_within(from..from + next, to);
            to += next;
            from += next + 1;
        }
        self.chunk.copy_within(from..self.length, to);
        self.length -= from - to;
    }

    fn check_limits(&self) -> io::Result<()> {
        let given = self.gauge.given.get();
        let stop = match () {
            () if given > FILE_BYTES => Stop::FileTooLarge,
            () if given > self.gauge.allowed.get() => Stop::RowTooLong,
            () => return Ok(()),
        };
        self.gauge.stop.set(Some(stop));
        Err(io::Error::other("the list is refused"))
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.length && !self.ended {
            self.refill()?;
        }
        let count = buffer.len().min(self.length - self.at);
        buffer[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

const CHUNK_BYTES: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = usize::from(!self.0.is_empty() && !buffer.is_empty());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn gives_line_feeds_only_however_the_bytes_arrive() {
        for (bytes, given) in
            [(&b"a\r\nb\r\n"[..], &b"a\nb\n\n"[..]), (b"a\rb\r", b"a\rb\n"), (b"\r\r\n\n", b"\r\n\n\n"), (b"", b"\n")]
        {
            let (mut at_once, mut dripping) = (Vec::new(), Vec::new());
            Source::new(bytes).read_to_end(&mut at_once).unwrap();
            Source::new(Drip(bytes)).read_to_end(&mut dripping).unwrap();
            assert_eq!((at_once.as_slice(), dripping.as_slice()), (given, given), "{bytes:?}");
        }
    }

    #[test]
    fn stops_at_a_row_without_end() {
        let endless = vec![b'a'; 3 << 20];
        let mut source = Source::new(&endless[..]);
        let gauge = source.gauge();
        assert!(source.read_to_end(&mut Vec::new()).is_err());
        assert_eq!(gauge.stop(), Some(Stop::RowTooLong));
        assert_eq!(source.digest().unwrap(), <[u8; 32]>::from(Sha256::digest(&endless)));
    }
}
