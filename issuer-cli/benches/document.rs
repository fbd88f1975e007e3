//! A whole document, from its facts to a sealed text and a drawn code, as ratios to the raw signature of one run.

#![allow(clippy::print_stdout, reason = "ratios are the result")]

#[path = "../../credential-core/tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use common::{SEALED_AT, Setting, diploma, serial, transcript};
use credential_core::Document;
use credential_core::sealing::{Compactor, issue};
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signer, SigningKey};
use issuer::draw::{PixelsPerModule, PrintSize, Symbol};

fn document(criterion: &mut Criterion) {
    let world = Setting::new();
    let compactor = world.dictionary.compactor();
    let raw = SigningKey::from_bytes(&[3; 32]);
    for (name, document) in [("diploma", diploma(1)), ("transcript", transcript(1))] {
        let cose = world.seal(&document).as_bytes().to_vec();
        let mut rounds = [const { Vec::new() }; 3];
        for _ in 0..ROUNDS {
            rounds[0].push(time(|| raw.sign(black_box(&cose))));
            rounds[1].push(time(|| seal(&world, &document, &compactor)));
            rounds[2].push(time(|| draw(&seal(&world, &document, &compactor))));
        }
        let [sign, seal_only, drawn] = rounds.map(median);
        println!(
            "{name}: raw sign {:.1} us; seal {:.2} x, seal + QR + PNG {:.2} x",
            sign * 1e6,
            seal_only / sign,
            drawn / sign
        );
        criterion.bench_function(&format!("{name}: seal, QR, PNG"), |b| {
            b.iter(|| draw(&seal(&world, &document, &compactor)))
        });
    }
}

fn seal(world: &Setting, document: &Document, compactor: &Compactor) -> String {
    let sealed = issue(black_box(document), &serial(1), SEALED_AT, &world.sealer()).expect("the sample is good");
    sealed.symbol_text(compactor)
}

fn draw(text: &str) -> Vec<u8> {
    let size = PrintSize::from_mm(38.0).expect("38 mm is a size");
    Symbol::encode(text, size).expect("the text fits").to_png(PixelsPerModule::default())
}

/// Takes turns, so that a busy machine is as unkind to all.
fn time<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..TURNS {
        black_box(work());
    }
    start.elapsed() / TURNS
}

fn median(mut rounds: Vec<Duration>) -> f64 {
    rounds.sort();
    rounds[rounds.len() / 2].as_secs_f64()
}

const ROUNDS: usize = 200;
const TURNS: u32 = 20;

criterion_group!(benches, document);
criterion_main!(benches);
