//! What reading costs, in figures to read: `cargo bench -p qr-reader`.
#![allow(clippy::print_stdout, reason = "figures are the result")]

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/reading/chance.rs"]
mod chance;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/reading/codes.rs"]
mod codes;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/reading/damage.rs"]
mod damage;

use std::time::Instant;

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::{Picture, read};

use codes::{blank, draw, from_fn, seal};
use damage::{noise, place};

fn main() {
    let code = draw(&seal(1, 520), 4);
    let empty = blank(1280, 720);
    for (name, picture) in [
        ("clean code, version 14", &code),
        ("blank frame", &empty),
        ("noisy frame", &noise(&empty, 40, 1)),
        ("code in a frame", &place(&empty, &code, 400, 200)),
        ("blank page of 16 MP", &blank(4000, 4000)),
        ("stripes, 16 MP", &stripes(4000)),
        ("finder patterns, 1 MP", &paved(1000)),
        ("finder patterns, 4 MP", &paved(2000)),
        ("finder patterns, 16 MP", &paved(4000)),
    ] {
        for effort in [Quick, Thorough] {
            let best = (0..3).map(|_| milliseconds(|| read(picture, effort))).fold(f64::MAX, f64::min);
            println!("{name:24} {picture:?} {effort:?}: {best:.2} ms");
        }
    }
}

fn paved(side: usize) -> Picture {
    from_fn(side, side, |x, y| {
        let ring = (x % 8).abs_diff(3).max((y % 8).abs_diff(3));
        if ring == 2 || ring == 4 { 255 } else { 0 }
    })
}

/// Every line of pixels is full of runs 1 : 1 : 3 : 1 : 1 that no column confirms.
fn stripes(side: usize) -> Picture {
    from_fn(side, side, |x, _| if matches!(x % 8, 1 | 5 | 7) { 255 } else { 0 })
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64() * 1000.0
}
