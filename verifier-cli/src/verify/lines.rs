//! Texts with one code a line, of any length: read and judged piece by piece, told in order.

use std::io::{self, BufRead};

use rayon::prelude::*;

use super::input::Reader;
use super::judge::Judge;
use super::outcome::{Input, Outcome, Place};
use crate::trouble::Trouble;

/// Judges every line that is not blank. Memory does not grow with the number of lines.
pub(super) fn judge(
    input: &Input,
    mut reader: Reader,
    judge: &Judge<'_>,
    mut tell: impl FnMut(Vec<Outcome>) -> io::Result<()>,
) -> io::Result<()> {
    let mut numbers = 1..;
    let mut any = false;
    loop {
        let batch = Batch::read(&mut reader, &mut numbers);
        any |= !batch.lines.is_empty();
        if !batch.lines.is_empty() {
            tell(batch.lines.par_iter().map(|(number, line)| outcome(input, *number, line, judge)).collect())?;
        }
        match batch.end {
            None => {}
            Some(Ok(())) if any => return Ok(()),
            Some(Ok(())) => return tell(vec![Outcome::unreadable(input, Trouble::OnlyBlankLines)]),
            Some(Err(error)) => return tell(vec![Outcome::unreadable(input, Trouble::Failed(error.kind()))]),
        }
    }
}

fn outcome(input: &Input, number: u64, line: &Line, judge: &Judge<'_>) -> Outcome {
    let outcome = match line {
        Line::Whole(bytes) => judge.bytes(input, bytes),
        Line::TooLong(bytes) => Outcome::unreadable(input, Trouble::LongLine { bytes: *bytes }),
    };
    outcome.at(Place::Line(number))
}

/// Lines that are judged together.
#[derive(Default)]
struct Batch {
    lines: Vec<(u64, Line)>,
    end: Option<io::Result<()>>,
}

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Whole(Vec<u8>),
    TooLong(u64),
}

impl Batch {
    /// Reads lines until there are enough, or until the next would have to be waited for.
    fn read(reader: &mut Reader, numbers: &mut impl Iterator<Item = u64>) -> Self {
        let mut batch = Self::default();
        while batch.lines.len() < MOST_LINES {
            match read_line(reader) {
                Ok(Some(line)) => batch.add(numbers.next().unwrap_or(u64::MAX), line),
                Ok(None) => batch.end = Some(Ok(())),
                Err(error) => batch.end = Some(Err(error)),
            }
            if batch.end.is_some() || (!batch.lines.is_empty() && !reader.buffer().contains(&b'\n')) {
                break;
            }
        }
        batch
    }

    fn add(&mut self, number: u64, line: Line) {
        let line = match line {
            Line::Whole(bytes) if number == 1 => {
                Line::Whole(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes).to_vec())
            }
            line => line,
        };
        if !matches!(&line, Line::Whole(bytes) if bytes.trim_ascii().is_empty()) {
            self.lines.push((number, line));
        }
    }
}

/// The next line without LF or CR LF; of one that is too long only the length is kept.
fn read_line(reader: &mut impl BufRead) -> io::Result<Option<Line>> {
    let (mut line, mut length, mut ended) = (Vec::new(), 0_u64, false);
    while !ended {
        let read = match reader.fill_buf() {
            Ok([]) if length == 0 => return Ok(None),
            Ok([]) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = read.iter().position(|&byte| byte == b'\n');
        ended = end.is_some();
        let piece = &read[..end.unwrap_or(read.len())];
        line.extend_from_slice(&piece[..piece.len().min(LONGEST_LINE + 1 - line.len())]);
        length += piece.len() as u64;
        let used = piece.len() + usize::from(ended);
        reader.consume(used);
    }
    if length > LONGEST_LINE as u64 {
        return Ok(Some(Line::TooLong(length)));
    }
    if ended && line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(Line::Whole(line)))
}

/// Lines judged together at most: their outcomes are all the memory there is.
const MOST_LINES: usize = 2_048;
/// Bytes of a line, fifteen times a code's.
const LONGEST_LINE: usize = 64 << 10;
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn lines(bytes: Vec<u8>) -> Vec<(u64, Line)> {
        let mut reader: Reader = BufReader::with_capacity(7, Box::new(io::Cursor::new(bytes)));
        let (mut numbers, mut all) = (1.., vec![]);
        loop {
            let batch = Batch::read(&mut reader, &mut numbers);
            all.extend(batch.lines);
            if batch.end.is_some() {
                return all;
            }
        }
    }

    #[test]
    fn blank_lines_are_counted_and_passed_over() {
        let whole = |text: &str| Line::Whole(text.into());
        let read = lines("\u{feff}a\r\n\n  \nb \n\r\nc\r".into());
        assert_eq!(read, [(1, whole("a")), (4, whole("b ")), (6, whole("c\r"))]);
        assert_eq!(lines(vec![]), []);
        assert_eq!(lines(b"\n\r\n".to_vec()), []);
    }

    #[test]
    fn a_line_is_too_long_from_one_byte_above_the_limit() {
        let read =
            lines([vec![b'x'; LONGEST_LINE], b"\n".to_vec(), vec![b'y'; LONGEST_LINE + 1], b"\nz".to_vec()].concat());
        assert_eq!(read[0], (1, Line::Whole(vec![b'x'; LONGEST_LINE])));
        assert_eq!(read[1..], [(2, Line::TooLong(65_537)), (3, Line::Whole(b"z".to_vec()))]);
    }
}
