//! Seals texts that no office would: each line of the standard input is a text in hexadecimal digits, each line of the output
//! two documents that hold it in all of their text fields, and a legalisation of the first, with tabs between them.
//!
//! They are judged by `side/base.sceau`. Nothing here looks at what the format allows.

use std::io::{self, Write};

use test_vectors::cbor::{Fields, array, bytes, text, texts, uint, uints};
use test_vectors::documents::{SERIAL, attestation, claims, column, digest, marks, results, sealed, transcript};
use test_vectors::legalisation::{self, legalisation_key, record_of};
use test_vectors::text::symbol;
use test_vectors::world::wide_key;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lines() {
        let hostile = String::from_utf8(unhex(&line?)?)?;
        let documents = [person(&hostile), outcome(&hostile)];
        let record = legalisation::claims(record(&hostile, &documents[0])).encoded();
        let [first, second] = documents.map(|document| sealed(&wide_key(), &claims(document).encoded()));
        let record = legalisation::symbol(&legalisation::envelope(&legalisation_key(), &record).encoded());
        writeln!(out, "{}\t{}\t{record}", symbol(&first), symbol(&second))?;
    }
    Ok(())
}

/// Whose it is and what.
fn person(hostile: &str) -> Fields {
    attestation()
        .with(2, texts(&["fr", "ar"]))
        .with(3, texts(&[hostile, hostile]))
        .with(4, array(&[uint(20_080_000), text(hostile)]))
        .with(5, text(hostile))
        .with(6, array(&[uint(1), text(&cut(hostile, 4)), text(hostile)]))
        .with(7, text(hostile))
        .with(8, text(hostile))
        .with(9, text(hostile))
        .with(22, array(&[array(&[texts(&[hostile, hostile])]), array(&[])]))
}

/// What was reached, where and when, in a corrected transcript.
fn outcome(hostile: &str) -> Fields {
    let columns = [
        column(0, text(hostile), 0, &[uint(1), uint(2), uint(3)]),
        marks(&[text(hostile), uint(1400), text("absent")]),
    ];
    let results = results()
        .with(2, texts(&[hostile, "Physique", "Philosophie"]))
        .with(4, array(&columns))
        .with(5, array(&[array(&[text(hostile), uints(&[24_400, 2, 320])])]));
    transcript()
        .with(10, text(hostile))
        .with(11, text(hostile))
        .with(12, text(hostile))
        .with(13, text(hostile))
        .with(14, results.encoded())
        .with(17, array(&[uint(2), uint(2), bytes(&SERIAL), text(hostile)]))
        .with(20, array(&[uint(0), text(hostile)]))
        .with(21, array(&[uint(1), text(hostile)]))
        .with(22, array(&[array(&[]), array(&[texts(&[hostile, hostile])])]))
}

fn record(hostile: &str, document: &Fields) -> Fields {
    record_of(&digest(&SERIAL, document), &SERIAL)
        .with(3, text(hostile))
        .with(4, text(hostile))
        .with(5, text(hostile))
        .with(7, text(hostile))
}

/// The first letters, where a field holds only a few.
fn cut(hostile: &str, most: usize) -> String {
    hostile.chars().take(most).collect::<String>().trim().to_owned()
}

fn unhex(line: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
    let pairs = line.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair));
    pairs.map(|pair| u8::from_str_radix(&pair, 16)).collect()
}
