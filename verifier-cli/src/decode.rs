//! The child process: files of strangers come in, the bytes of their codes go out.
//!
//! It sets limits for itself before it looks at anything, opens no file, and may die. `worker` is its parent.

mod answer;
mod limits;
mod pdf;
mod tiff;

use std::io::{self, Read, Write};

use qr_reader::{Effort, ImageFormat, Picture, read};

pub(crate) use answer::{Fault, Said, read_said};
pub(crate) use limits::{TIME_LIMIT, ran_out_of_time};

use crate::isolation::caught;
use crate::kind::{Kind, MOST_BYTES, kind};

/// Answers every file on standard input until it ends. The result is the exit status.
pub(crate) fn run() -> io::Result<u8> {
    limits::set()?;
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    while let Some(bytes) = next_file(&mut input)? {
        limits::allow_one_file()?;
        let mut say = |said: Said| out.write_all(said.line().as_bytes()).and_then(|()| out.flush());
        codes(bytes, &mut say)?;
        say(Said::End)?;
    }
    Ok(0)
}

/// A file as the parent sends it: its length in 8 bytes, least first, and its bytes.
pub(crate) fn send_file(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)?;
    out.flush()
}

fn next_file(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    if let Err(error) = input.read_exact(&mut length) {
        return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
    }
    let mut bytes = Vec::new();
    input.take(u64::from_le_bytes(length).min(MOST_BYTES)).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

type Say<'a> = &'a mut dyn FnMut(Said) -> io::Result<()>;

fn codes(bytes: Vec<u8>, say: Say<'_>) -> io::Result<()> {
    match kind(&bytes) {
        Some(Ok(Kind::Picture(format))) => {
            say(Said::Pages(1))?;
            say(picture_page(1, &bytes, format))
        }
        Some(Ok(Kind::Tiff)) => tiff_pages(bytes, say),
        Some(Ok(Kind::Pdf)) => pdf_pages(bytes, say),
        _ => say(Said::Refused(Fault::PictureDamaged)),
    }
}

fn tiff_pages(mut bytes: Vec<u8>, say: Say<'_>) -> io::Result<()> {
    let places = tiff::places(&bytes);
    if places.is_empty() {
        return say(Said::Refused(Fault::PictureDamaged));
    }
    say(Said::Pages(places.len()))?;
    for (page, place) in (1..).zip(places) {
        tiff::start_with(&mut bytes, place);
        say(picture_page(page, &bytes, ImageFormat::Tiff))?;
    }
    Ok(())
}

fn picture_page(page: usize, bytes: &[u8], format: ImageFormat) -> Said {
    let found = caught(|| Ok(read(&Picture::from_file(bytes, format)?, Effort::Thorough)));
    Said::Page { page, found: Fault::of(found), final_try: true, whole: true }
}

/// A quick look at every page first, so that a long file gives its codes before its time is up; then a thorough one at
/// those that showed none.
fn pdf_pages(bytes: Vec<u8>, say: Say<'_>) -> io::Result<()> {
    let document = match Fault::of(caught(|| pdf::Document::open(bytes))) {
        Ok(document) => document,
        Err(fault) => return say(Said::Refused(fault)),
    };
    say(Said::Pages(document.pages()))?;
    let mut blank = Vec::new();
    for page in 1..=document.pages() {
        let (found, whole) = pdf_page(&document, page, QUICK_DOTS, Effort::Quick);
        let final_try = !matches!(&found, Ok(codes) if codes.is_empty());
        blank.extend((!final_try).then_some(page));
        say(Said::Page { page, found, final_try, whole })?;
    }
    for page in blank {
        let (found, whole) = pdf_page(&document, page, THOROUGH_DOTS, Effort::Thorough);
        say(Said::Page { page, found, final_try: true, whole })?;
    }
    Ok(())
}

fn pdf_page(document: &pdf::Document, page: usize, dots: f32, effort: Effort) -> (Result<Vec<Vec<u8>>, Fault>, bool) {
    let rendered = caught(|| {
        let pdf::Rendered { picture, whole } = document.render(page - 1, dots)?;
        Ok((read(&picture, effort), whole))
    });
    match Fault::of(rendered) {
        Ok((codes, whole)) => (Ok(codes), whole),
        Err(fault) => (Err(fault), true),
    }
}

/// Dots an inch: 3 pixels for a module of 0.38 mm.
const QUICK_DOTS: f32 = 200.0;
/// What scanners give.
const THOROUGH_DOTS: f32 = 300.0;
