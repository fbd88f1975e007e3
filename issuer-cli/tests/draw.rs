//! Drawn codes are read back by the reader of both verifiers.

#![allow(clippy::unwrap_used, reason = "in tests")]

use std::io::Cursor;

use issuer::draw::{Level, PixelsPerModule, PrintSize, Symbol};
use proptest::prelude::*;
use qr_reader::{Effort, Picture, read};

#[track_caller]
fn draw(text: &str, mm: f64, pixels: u32) -> (Symbol, Vec<u8>) {
    let symbol = Symbol::encode(text, PrintSize::from_mm(mm).unwrap()).unwrap();
    let png = symbol.to_png(PixelsPerModule::new(pixels).unwrap());
    (symbol, png)
}

fn picture(png: &[u8]) -> Picture {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut grey).unwrap();
    Picture::from_grey(grey, frame.width, frame.height).unwrap()
}

fn texts(png: &[u8]) -> Vec<String> {
    let codes = read(&picture(png), Effort::Thorough);
    codes.into_iter().map(|code| String::from_utf8(code).unwrap()).collect()
}

#[test]
fn both_levels_and_large_symbols_are_read_back() {
    let text = "SC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90";
    for (repeats, mm, level) in [(1, 40.0, Level::Q), (5, 25.0, Level::M), (20, 160.0, Level::Q)] {
        let text = text.repeat(repeats);
        let (symbol, png) = draw(&text, mm, 4);
        assert_eq!(symbol.level(), level, "{repeats}");
        assert_eq!(texts(&png), [text], "version {}", symbol.version());
    }
}

#[test]
fn links_are_read_back_from_their_two_segments() {
    for digits in [1, 2, 3, 340, 1_200] {
        let digits: String = (0..digits).map(|i| char::from(b'0' + (i * 7 % 10) as u8)).collect();
        let text = format!("https://bac.example/v#SC1:{digits}");
        let (symbol, png) = draw(&text, 80.0, 4);
        assert_eq!(texts(&png), [text], "version {}", symbol.version());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_read_back(
        text in "[0-9A-Z $%*+./:-]{50,600}",
        mm in 28.0_f64..45.0,
        pixels in 3_u32..7,
    ) {
        let (symbol, png) = draw(&text, mm, pixels);
        prop_assert_eq!(texts(&png), [text], "version {}", symbol.version());
    }
}
