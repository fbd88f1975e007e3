//! Several codes on one page.

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::Picture;

use crate::codes::{assert_reads, blank, draw, seal};
use crate::damage::{invert, place, turn};

#[test]
fn reads_two_codes_from_left_to_right() {
    let [left, right] = [seal(20, 374), seal(21, 150)];
    let page = page(&[(&right, 330, 30), (&left, 10, 10)]);
    assert_reads(&page, Quick, &[&left, &right]);
}

#[test]
fn reads_rows_from_top_to_bottom() {
    let [first, second, third] = [seal(22, 150), seal(23, 150), seal(24, 374)];
    let page = page(&[(&third, 60, 290), (&second, 400, 5), (&first, 30, 25)]);
    assert_reads(&page, Quick, &[&first, &second, &third]);
}

#[test]
fn gives_equal_codes_once() {
    let [seal, other] = [seal(25, 150), seal(26, 150)];
    let page = page(&[(&seal, 0, 0), (&other, 230, 0), (&seal, 460, 0)]);
    assert_reads(&page, Quick, &[&seal, &other]);
}

#[test]
fn a_later_step_gives_all_codes_too() {
    let [first, second] = [seal(27, 150), seal(28, 150)];
    let page = invert(&page(&[(&first, 30, 25), (&second, 400, 5)]));
    assert_reads(&page, Quick, &[]);
    assert_reads(&page, Thorough, &[&first, &second]);
}

#[test]
fn reads_a_sheet_of_twenty_codes() {
    let seals: Vec<_> = (0..20).map(|i| seal(30 + i, 60)).collect();
    let at = |i: usize| (i % 5 * 140, i / 5 * 140);
    let places: Vec<_> = seals.iter().enumerate().map(|(i, s)| (&s[..], at(i).0, at(i).1)).collect();
    let wanted: Vec<&[u8]> = seals.iter().map(|s| &s[..]).collect();
    assert_reads(&page(&places), Quick, &wanted);
}

#[test]
fn reads_all_codes_of_a_turned_page() {
    let [first, second] = [seal(60, 150), seal(61, 150)];
    let page = turn(&page(&[(&first, 30, 25), (&second, 30, 320)]), -8.0);
    assert_reads(&page, Quick, &[&first, &second]);
}

/// A page of 700 x 620 pixels with codes of 3 pixels a module at the given places.
fn page(codes: &[(&[u8], usize, usize)]) -> Picture {
    codes.iter().fold(blank(700, 620), |page, (text, left, top)| place(&page, &draw(text, 3), *left, *top))
}
