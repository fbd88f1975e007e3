//! Seal and verify against the raw signature in the same run; prints ratios.

#![allow(clippy::print_stdout, reason = "ratios are the result")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use common::*;
use credential_core::sealing::issue;
use credential_core::verify;
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::{Signer, SigningKey};

fn ratios(criterion: &mut Criterion) {
    let world = Setting::new();
    let compactor = world.dictionary.compactor();
    let store = world.store();
    let raw = SigningKey::from_bytes(&[3; 32]);
    for (name, document) in [("diploma", diploma(1)), ("transcript", transcript(1))] {
        let cose = world.seal(&document).as_bytes().to_vec();
        let text = world.text(&document);
        let signature = raw.sign(&cose);
        let sign = || {
            black_box(raw.sign(black_box(&cose)));
        };
        let check = || drop(black_box(raw.verifying_key().verify_strict(black_box(&cose), &signature)));
        let seal = || {
            drop(black_box(
                issue(black_box(&document), &serial(1), SEALED_AT, &world.sealer())
                    .expect("the sample is good")
                    .symbol_text(&compactor),
            ))
        };
        let judge = || drop(black_box(verify(black_box(&text), &store, NOW)));
        println!("{name}: seal / raw sign {:.2}", ratio(seal, sign));
        println!("{name}: verify / raw verify_strict {:.2}", ratio(judge, check));
        let mut group = criterion.benchmark_group(name);
        group.bench_function("raw sign", |b| b.iter(sign));
        group.bench_function("seal", |b| b.iter(seal));
        group.bench_function("raw verify_strict", |b| b.iter(check));
        group.bench_function("verify", |b| b.iter(judge));
        group.finish();
    }
}

/// Quickest of ours to quickest of theirs, out of 1,001 short runs each, in turn: a busy machine only makes runs longer.
fn ratio(ours: impl Fn(), raw: impl Fn()) -> f64 {
    let time = |run: &dyn Fn()| {
        let start = Instant::now();
        (0..10).for_each(|_| run());
        start.elapsed().as_secs_f64()
    };
    let quickest = (0..1_001).fold([f64::INFINITY; 2], |[a, b], _| [a.min(time(&ours)), b.min(time(&raw))]);
    quickest[0] / quickest[1]
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(300)).sample_size(20);
    targets = ratios
}
criterion_main!(benches);
