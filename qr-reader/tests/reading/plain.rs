//! One code on one picture.

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::{Picture, read};

use crate::chance::Chance;
use crate::codes::{assert_reads, blank, draw, from_bytes, from_fn, seal};
use crate::damage::{blur, cover, fade, invert, noise, place, quarter_turn, shadow, tilt, turn};

#[test]
fn reads_a_plain_code_of_any_size() {
    for (pixels, length) in [(3, 100), (4, 374), (5, 430), (8, 560)] {
        let text = seal(pixels as u64, length);
        assert_reads(&draw(&text, pixels), Quick, &[&text]);
    }
}

#[test]
fn gives_bytes_that_are_not_text() {
    let bytes: Vec<u8> = (0..=255).collect();
    assert_reads_bytes(&bytes);
    assert_reads_bytes(b"\xD2\x84\x00\xFF\xFE");
}

#[track_caller]
fn assert_reads_bytes(bytes: &[u8]) {
    assert_eq!(read(&draw(bytes, 4), Quick), [bytes]);
}

#[test]
fn reads_a_code_turned_by_quarters() {
    let text = seal(1, 374);
    let mut picture = draw(&text, 4);
    for _ in 0..3 {
        picture = quarter_turn(&picture);
        assert_reads(&picture, Quick, &[&text]);
    }
}

#[test]
fn reads_a_code_turned_by_17_degrees() {
    let text = seal(2, 374);
    assert_reads(&turn(&draw(&text, 4), 17.0), Quick, &[&text]);
}

#[test]
fn reads_a_mirrored_code() {
    let text = seal(3, 374);
    let picture = draw(&text, 4);
    let side = picture.width();
    let mirrored = from_fn(side, side, |x, y| picture.grey()[y * side + side - 1 - x]);
    assert_reads(&mirrored, Quick, &[&text]);
}

#[test]
fn reads_a_sheet_tilted_by_35_degrees() {
    let text = seal(4, 374);
    assert_reads(&tilt(&draw(&text, 6), 35.0), Quick, &[&text]);
}

#[test]
fn reads_through_a_shadow() {
    let text = seal(5, 374);
    assert_reads(&shadow(&draw(&text, 4), 0.3), Quick, &[&text]);
}

#[test]
fn reads_a_blurred_code() {
    let text = seal(6, 374);
    assert_reads(&blur(&draw(&text, 5), 1.5), Quick, &[&text]);
}

#[test]
fn reads_a_code_with_a_covered_corner_of_data() {
    let text = seal(7, 374);
    let picture = draw(&text, 4);
    let side = picture.width() as f32;
    assert_reads(&cover(&picture, side - 70.0, side - 70.0, 60.0), Quick, &[&text]);
}

#[test]
fn only_the_thorough_effort_reads_an_inverted_code() {
    let text = seal(8, 374);
    assert_only_thorough(&invert(&draw(&text, 4)), &text);
}

#[test]
fn only_the_thorough_effort_reads_a_pale_code() {
    let text = seal(9, 374);
    assert_only_thorough(&fade(&draw(&text, 4), 180, 200), &text);
}

#[test]
fn only_the_thorough_effort_reads_a_noisy_code() {
    let text = seal(10, 374);
    assert_only_thorough(&noise(&draw(&text, 4), 180, 1), &text);
}

#[track_caller]
fn assert_only_thorough(picture: &Picture, text: &[u8]) {
    assert_reads(picture, Quick, &[]);
    assert_reads(picture, Thorough, &[text]);
}

#[test]
fn reads_a_code_from_a_colour_picture_with_a_transparent_ground() {
    let text = seal(11, 200);
    let grey = draw(&text, 4);
    let rgba: Vec<u8> = grey.grey().iter().flat_map(|&p| [0, 0, 0, 255 - p]).collect();
    let picture = Picture::from_rgba(&rgba, grey.width() as u32, grey.height() as u32).unwrap();
    assert_eq!(picture, grey);
    assert_reads(&picture, Quick, &[&text]);
}

#[test]
fn finds_nothing_in_a_blank_picture() {
    assert_reads(&blank(320, 240), Thorough, &[]);
    assert_reads(&invert(&blank(320, 240)), Thorough, &[]);
}

#[test]
fn finds_nothing_in_noise() {
    let mut chance = Chance::new(12);
    let bytes = (0..200 * 200).map(|_| chance.next() as u8).collect();
    assert_reads(&from_bytes(bytes, 200, 200), Thorough, &[]);
}

#[test]
fn finds_nothing_in_half_a_code() {
    let code = draw(&seal(13, 374), 4);
    let half = place(&code, &blank(code.width(), code.height() / 2), 0, 0);
    assert_reads(&half, Thorough, &[]);
}
