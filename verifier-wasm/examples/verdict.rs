//! Prints the least time of a verdict in microseconds, which depends least on what else the machine does. usage: verdict PACK TEXT_FILE NOW

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::time::Instant;

use credential_core::json::report_json;
use credential_core::{Anchor, Pack, TrustStore, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: verdict PACK TEXT_FILE NOW");
    let (pack, text, now) = (fs::read(next()?)?, fs::read_to_string(next()?)?, next()?.parse()?);
    let mut store = TrustStore::new();
    store.add(Pack::open(&pack, Anchor::AsCarried)?);
    let times = (0..2_000).map(|_| {
        let start = Instant::now();
        let report = report_json(&verify(text.trim_end_matches('\n'), &store, now));
        assert!(report.contains("\"verdict\":\"genuine\""), "{report}");
        start.elapsed()
    });
    writeln!(io::stdout(), "{}", times.min().unwrap_or_default().as_micros())?;
    Ok(())
}
