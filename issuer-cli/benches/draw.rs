//! Drawing against the raw signature of 300 bytes, as ratios of one run.

#![allow(clippy::print_stdout, reason = "ratios are the result")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signer, SigningKey};
use issuer::draw::{PixelsPerModule, PrintSize, Symbol};

fn draw(criterion: &mut Criterion) {
    ratios();
    let key = SigningKey::from_bytes(&[7; 32]);
    let symbol = encode(&text(352));
    criterion.bench_function("sign 300 bytes", |b| b.iter(|| key.sign(black_box(&[1; 300]))));
    let text = text(352);
    criterion.bench_function("QR 352 characters", |b| b.iter(|| encode(black_box(&text))));
    criterion.bench_function("PNG 4 px", |b| b.iter(|| png(black_box(&symbol))));
    criterion.bench_function("SVG", |b| b.iter(|| black_box(&symbol).to_svg("a")));
}

/// Takes turns, so that a busy machine is as unkind to all.
fn ratios() {
    let key = SigningKey::from_bytes(&[7; 32]);
    for characters in [384, 420, 500] {
        let text = text(characters);
        let symbol = encode(&text);
        let mut rounds = [const { Vec::new() }; 4];
        for _ in 0..ROUNDS {
            rounds[0].push(time(|| key.sign(black_box(&[1; 300]))));
            rounds[1].push(time(|| encode(black_box(&text))));
            rounds[2].push(time(|| png(black_box(&symbol))));
            rounds[3].push(time(|| black_box(&symbol).to_svg("a")));
        }
        let [sign, qr, png_file, svg] = rounds.map(undisturbed);
        println!(
            "version {}-{}: sign {:.1} us; QR {:.2} x, PNG {:.2} x ({} bytes), QR + PNG {:.2} x, SVG {:.2} x",
            symbol.version(),
            symbol.level(),
            sign * 1e6,
            qr / sign,
            png_file / sign,
            png(&symbol).len(),
            (qr + png_file) / sign,
            svg / sign,
        );
    }
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..TURNS {
        black_box(work());
    }
    start.elapsed() / TURNS
}

/// The tenth part of the rounds, of which nothing else took time away.
fn undisturbed(mut rounds: Vec<Duration>) -> f64 {
    rounds.sort();
    rounds[rounds.len() / 10].as_secs_f64()
}

fn encode(text: &str) -> Symbol {
    let size = PrintSize::from_mm(28.0).expect("28 mm is a size");
    Symbol::encode(text, size).expect("the text fits")
}

fn png(symbol: &Symbol) -> Vec<u8> {
    symbol.to_png(PixelsPerModule::default())
}

/// Characters like those of a base45 text.
fn text(characters: u64) -> String {
    let mixed = |i: u64| (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (0..characters).map(|i| char::from(ALPHABET[(mixed(i) % 45) as usize])).collect()
}

const ROUNDS: usize = 400;
const TURNS: u32 = 10;
const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

criterion_group!(benches, draw);
criterion_main!(benches);
