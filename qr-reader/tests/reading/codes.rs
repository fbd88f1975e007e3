//! Texts like those of a seal, drawn as codes.

use qr_reader::{Effort, Picture, read};
use qrcode::{Color, EcLevel, QrCode};

use crate::chance::Chance;

/// A text in the form of a seal: prefix and base45 characters.
pub(crate) fn seal(seed: u64, length: usize) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let mut text = b"SC1:".to_vec();
    text.resize_with(length, || BASE45[chance.below(45) as usize]);
    text
}

/// The code of a text, `pixels` wide a module, with the white border a code asks for.
pub(crate) fn draw(text: &[u8], pixels: usize) -> Picture {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("the text fits a code");
    let side = (code.width() + 2 * BORDER) * pixels;
    from_fn(side, side, |x, y| {
        let (column, row) = (x / pixels, y / pixels);
        let modules = BORDER..BORDER + code.width();
        let inside = modules.contains(&column) && modules.contains(&row);
        let dark = inside && code[(column - BORDER, row - BORDER)] == Color::Dark;
        if dark { 0 } else { 255 }
    })
}

pub(crate) fn from_fn(width: usize, height: usize, grey: impl Fn(usize, usize) -> u8) -> Picture {
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let bytes = pixels.map(|(x, y)| grey(x, y)).collect();
    from_bytes(bytes, width, height)
}

pub(crate) fn from_bytes(bytes: Vec<u8>, width: usize, height: usize) -> Picture {
    Picture::from_grey(bytes, width as u32, height as u32).expect("drawn within the limits")
}

pub(crate) fn blank(width: usize, height: usize) -> Picture {
    from_fn(width, height, |_, _| 255)
}

#[track_caller]
pub(crate) fn assert_reads(picture: &Picture, effort: Effort, texts: &[&[u8]]) {
    let found = read(picture, effort);
    let found: Vec<_> = found.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let wanted: Vec<_> = texts.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert_eq!(found, wanted);
}

const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
pub(crate) const BORDER: usize = 4;
