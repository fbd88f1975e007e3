//! Loading side data and looking things up in them; prints times and sizes.

#![allow(clippy::print_stdout, reason = "times are the result")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use common::office::{Office, REGISTER};
use common::*;
use credential_core::document::tag;
use credential_core::lists::{KeyUse, PackContents, Statement, TrustList};
use credential_core::sealing::issue;
use credential_core::{Anchor, Pack, TrustStore, verify};
use criterion::{Criterion, criterion_group, criterion_main};

fn nation(criterion: &mut Criterion) {
    let mut office = Office::new(0);
    office.register = nation::register();
    if let KeyUse::Documents { maximum_count, .. } = &mut office.world.entry().usage {
        *maximum_count = 500_000;
    }
    let document =
        issue(&diploma(1), &serial(nation::DOCUMENTS), SEALED_AT, &office.world.sealer()).expect("a good sample");
    office.register.push(&serial(nation::DOCUMENTS), &document.digest());
    let withdrawn = |number: u64| (tag(&sha256(&number.to_be_bytes())), Statement::Withdrawn);
    office.world.status = (0..nation::DOCUMENTS / 1_000).map(withdrawn).collect();
    let pack = office.pack_bytes(&[&office.head()], &[&office.register.file()]);
    let pack = loaded("pack with a register of 451,117 and two status lists of 451 withdrawn", &pack);

    let (_, file) = pack.register("XX-EXAM", REGISTER).expect("it was put in");
    let file = file.expect("it was put in");
    let digest = document.digest();
    let list = &pack.statuses()[0];
    let mut group = criterion.benchmark_group("side data of 451,117 documents");
    group.bench_function("register look-up, listed", |b| {
        b.iter(|| file.lists(black_box(&serial(nation::DOCUMENTS)), &digest))
    });
    group.bench_function("register look-up, not listed", |b| b.iter(|| file.lists(black_box(&serial(5)), &digest)));
    group.bench_function("status look-up", |b| b.iter(|| list.statement(black_box(&tag(&digest)))));
    let mut store = TrustStore::new();
    store.add(pack.clone());
    let text = document.symbol_text(&office.world.dictionary.compactor());
    group.bench_function("verify with register and status", |b| b.iter(|| verify(black_box(&text), &store, NOW)));
    group.finish();
}

fn many_keys(criterion: &mut Criterion) {
    let trust = TrustList::sign(&nation::list_of_many_keys(), &[&Setting::new().root]).expect("a good sample");
    let pack = PackContents { trust: trust.as_bytes(), ..PackContents::default() }.to_bytes();
    loaded("pack with 5,000 keys, each screened", &pack);
    let mut group = criterion.benchmark_group("trust list of 5,000 keys");
    group.sample_size(10).bench_function("loading", |b| b.iter(|| Pack::open(black_box(&pack), Anchor::AsCarried)));
    group.finish();
}

fn loaded(what: &str, bytes: &[u8]) -> Pack {
    let start = Instant::now();
    let pack = Pack::open(bytes, Anchor::AsCarried).expect("a good sample");
    println!("{what}: {} bytes, loaded in {:.0?}", bytes.len(), start.elapsed());
    pack
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(300));
    targets = nation, many_keys
}
criterion_main!(benches);
