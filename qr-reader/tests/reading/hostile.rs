//! Sizes and shapes nobody prints.

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::{Picture, PictureError, read};

use crate::chance::Chance;
use crate::codes::{draw, from_fn, seal};
use crate::damage::{specks, tilt, turn};

#[test]
fn refuses_an_empty_picture() {
    for (width, height) in [(0, 0), (0, 5), (5, 0), (0, u32::MAX)] {
        let refusal = Err(PictureError::Empty { width, height });
        assert_eq!(Picture::from_grey(Vec::new(), width, height), refusal);
        assert_eq!(Picture::from_rgba(&[], width, height), refusal);
    }
}

#[test]
fn refuses_too_many_pixels_before_looking_at_the_bytes() {
    for (width, height) in [(4001, 4000), (60_000, 60_000), (65_536, 65_536), (u32::MAX, u32::MAX)] {
        let refusal = Err(PictureError::TooLarge { width, height });
        assert_eq!(Picture::from_grey(Vec::new(), width, height), refusal);
        assert_eq!(Picture::from_rgba(&[], width, height), refusal);
    }
}

#[test]
fn refuses_a_side_that_would_overflow_the_decoder() {
    let side = Picture::MAX_SIDE + 1;
    let refused = |width, height| Picture::from_grey(vec![0; 32_002], width, height).unwrap_err();
    assert_eq!(refused(side, 2), PictureError::TooLarge { width: side, height: 2 });
    assert_eq!(refused(2, side), PictureError::TooLarge { width: 2, height: side });
}

#[test]
fn refuses_bytes_that_do_not_fill_the_picture() {
    for found in [0, 11, 13] {
        let refusal = Err(PictureError::WrongLength { found, wanted: 12 });
        assert_eq!(Picture::from_grey(vec![0; found], 4, 3), refusal);
    }
    let refusal = Err(PictureError::WrongLength { found: 12, wanted: 48 });
    assert_eq!(Picture::from_rgba(&[0; 12], 4, 3), refusal);
}

#[test]
fn takes_the_largest_picture() {
    assert!(Picture::from_grey(vec![0; Picture::MAX_PIXELS], 4000, 4000).is_ok());
}

#[test]
fn a_refusal_says_what_was_found_and_what_is_wanted() {
    let said = |error: PictureError| error.to_string();
    assert_eq!(said(PictureError::Empty { width: 0, height: 5 }), "the picture is empty: 0 x 5 pixels");
    assert_eq!(
        said(PictureError::TooLarge { width: 60_000, height: 60_000 }),
        "the picture has 60000 x 60000 pixels, at most 16000000 pixels and 16000 a side are read"
    );
    assert_eq!(
        said(PictureError::WrongLength { found: 11, wanted: 12 }),
        "the picture has 11 bytes, its size asks for 12"
    );
}

#[test]
fn finds_nothing_in_pictures_of_a_few_pixels() {
    for width in 1..=6 {
        for height in 1..=6 {
            let picture = from_fn(width, height, |x, y| if (x + y) % 2 == 0 { 0 } else { 255 });
            assert!(read(&picture, Thorough).is_empty(), "{picture:?}");
        }
    }
}

#[test]
fn finds_nothing_in_strips() {
    let side = Picture::MAX_SIDE as usize;
    for (width, height) in [(side, 1), (1, side), (side, 21), (21, side)] {
        let picture = from_fn(width, height, |x, y| if (x / 3 + y / 3) % 2 == 0 { 0 } else { 255 });
        assert!(read(&picture, Quick).is_empty(), "{picture:?}");
    }
}

#[test]
fn a_page_paved_with_finder_patterns_ends() {
    let picture = from_fn(640, 640, |x, y| {
        let ring = (x % 8).abs_diff(3).max((y % 8).abs_diff(3));
        if ring == 2 || ring == 4 { 255 } else { 0 }
    });
    assert!(read(&picture, Quick).is_empty());
}

#[test]
fn random_mosaics_end() {
    let mut chance = Chance::new(51);
    for _ in 0..40 {
        let tile = 1 + chance.below(5) as usize;
        let tiles: Vec<u8> = (0..64 * 64).map(|_| if chance.below(2) == 0 { 0 } else { 255 }).collect();
        let picture = from_fn(64 * tile, 64 * tile, |x, y| tiles[y / tile * 64 + x / tile]);
        assert!(read(&picture, Quick).is_empty());
    }
}

#[test]
fn any_cut_through_a_code_ends() {
    let code = draw(&seal(50, 150), 3);
    for cut in (1..code.width()).step_by(7) {
        let (side, grey) = (code.width(), code.grey());
        let left = from_fn(cut, side, |x, y| grey[y * side + x]);
        let upper = from_fn(side, cut, |x, y| grey[y * side + x]);
        assert!(read(&left, Quick).len() <= 1);
        assert!(read(&upper, Quick).len() <= 1);
    }
}

#[test]
fn a_spoilt_code_gives_its_own_text_or_none() {
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let pixels = 1 + chance.below(5) as usize;
        let text = seal(seed, 30 + chance.below(300) as usize);
        let code = draw(&text, pixels);
        let percent = chance.below(40);
        let turned = turn(&specks(&code, percent, seed), chance.between(0.0, 360.0));
        let effort = if seed % 4 == 0 { Thorough } else { Quick };
        let found = read(&tilt(&turned, chance.between(0.0, 60.0)), effort);
        assert!(found.is_empty() || found == [text], "seed {seed}");
    }
}
