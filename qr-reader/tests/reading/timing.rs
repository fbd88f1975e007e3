//! Figures to read, not to pass: `cargo test -p qr-reader --release -- --ignored --nocapture`.

use std::time::Instant;

use qr_reader::Effort::{Quick, Thorough};
use qr_reader::{Picture, read};

use crate::chance::Chance;
use crate::codes::{blank, draw, from_fn, seal};
use crate::damage::{noise, place, specks, tilt, turn};

#[test]
#[ignore = "prints timings"]
fn prints_what_reading_costs() {
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
#[test]
#[ignore = "long: looks for panics"]
fn no_spoilt_code_panics() {
    for seed in 0..3000 {
        let mut chance = Chance::new(seed);
        let pixels = 1 + chance.below(5) as usize;
        let code = draw(&seal(seed, 30 + chance.below(300) as usize), pixels);
        let percent = chance.below(40);
        let turned = turn(&specks(&code, percent, seed), chance.between(0.0, 360.0));
        let effort = if seed % 4 == 0 { Thorough } else { Quick };
        read(&tilt(&turned, chance.between(0.0, 60.0)), effort);
    }
}
