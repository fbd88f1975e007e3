//! Reads a drawn code back: the file's own bytes, through another library's decoder (ISS-5).

use std::io::Cursor;

use anyhow::{Context, Result, ensure};
use png::{Decoder, Transformations};
use qr_reader::{Effort, Picture, read};

/// The one text in a PNG that [`Symbol::to_png`](super::Symbol::to_png) made.
pub fn read_back(file: &[u8]) -> Result<String> {
    let mut decoder = Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut grey = vec![0; reader.output_buffer_size().context("the picture is too large")?];
    let frame = reader.next_frame(&mut grey)?;
    let picture = Picture::from_grey(grey, frame.width, frame.height)?;
    let texts = read(&picture, Effort::Quick);
    ensure!(texts.len() == 1, "{} codes were read in the picture of one", texts.len());
    Ok(String::from_utf8(texts.into_iter().next().unwrap_or_default())?)
}
