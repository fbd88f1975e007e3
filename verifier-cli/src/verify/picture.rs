//! Pictures of papers: sizes are checked before anything is decoded, and all of it happens in isolation.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::time::Duration;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};
use qr_reader::{Effort, Picture, read};

use super::judge::Judge;
use super::outcome::{Input, Judged, OnPage, Outcome, Place};
use super::trouble::Trouble;
use crate::isolation::{Failure, timed};

/// Judges every code of a picture.
pub(super) fn judge(input: &Input, bytes: Vec<u8>, format: ImageFormat, judge: &Judge<'_>) -> Vec<Outcome> {
    match codes(bytes, format) {
        Ok(codes) => judge_page(input, &codes, judge),
        Err(trouble) => vec![Outcome::unreadable(input, trouble)],
    }
}

fn judge_page(input: &Input, codes: &[Vec<u8>], judge: &Judge<'_>) -> Vec<Outcome> {
    let outcomes: Vec<_> = codes.iter().map(|code| judge.bytes(input, code)).collect();
    let subjects: BTreeSet<_> = codes.iter().zip(&outcomes).map(|(code, outcome)| subject(code, outcome)).collect();
    let (of, differ) = (codes.len(), subjects.len() > 1);
    let copies = outcomes.iter().filter(|outcome| matches!(outcome.judged, Judged::Document(_))).count() > 1;
    let numbered = (1..).zip(outcomes);
    numbered.map(|(number, outcome)| outcome.at(Place::Code(OnPage { number, of, differ, copies }))).collect()
}

/// Which document a code speaks of, by its digest (SPEC section 2); the code itself where it is not shown.
fn subject(code: &[u8], outcome: &Outcome) -> Vec<u8> {
    let digest = match &outcome.judged {
        Judged::Document(report) => report.credential().map(|credential| credential.digest()),
        Judged::Record(report, _) => report.record().map(|record| record.legalisation().document),
    };
    digest.map_or_else(|| code.to_vec(), |digest| digest.to_vec())
}

fn codes(bytes: Vec<u8>, format: ImageFormat) -> Result<Vec<Vec<u8>>, Trouble> {
    let reading = timed(TIME_LIMIT, move || Ok(read(&decode(&bytes, format)?, Effort::Thorough)));
    let codes = reading.map_err(|failure| match failure {
        Failure::Died => Trouble::ReaderDied,
        Failure::TimedOut => Trouble::ReaderTimedOut,
    })??;
    if codes.is_empty() { Err(Trouble::NoCode) } else { Ok(codes) }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, Trouble> {
    let mut decoder = open(bytes, format).map_err(|_| Trouble::PictureDamaged)?;
    let (width, height) = decoder.dimensions();
    let too_large = Trouble::PictureTooLarge { width, height };
    if width.max(height) > Picture::MAX_SIDE || u64::from(width) * u64::from(height) > Picture::MAX_PIXELS as u64 {
        return Err(too_large);
    }
    let mut limits = limits();
    limits.reserve(decoder.total_bytes()).map_err(|_| too_large)?;
    decoder.set_limits(limits).map_err(|_| too_large)?;
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Trouble::PictureDamaged)?;
    let picture = if image.color().has_alpha() {
        Picture::from_rgba(&image.into_rgba8(), width, height)
    } else {
        Picture::from_grey(image.into_luma8().into_raw(), width, height)
    };
    picture.map_err(|_| too_large)
}

/// Reads the head of a picture, no pixels.
fn open(bytes: &[u8], format: ImageFormat) -> ImageResult<impl ImageDecoder> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    reader.into_decoder()
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// Memory for decoding: 16 million pixels of four channels of 16 bits, twice.
const MOST_BYTES: u64 = 256 << 20;
/// A picture of 16 million pixels without a code takes some seconds.
const TIME_LIMIT: Duration = Duration::from_secs(60);
