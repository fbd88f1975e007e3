//! `verifier trust show`: owner, dates, roots, authorities, keys and status lists of a pack.

mod json;
mod report;

use std::io::{self, Write};
use std::path::PathBuf;

use credential_core::UnixTime;

use crate::hex;
use crate::language::Language;
use crate::{clock, load, tell};

/// Shows what a trust pack holds, and the root fingerprint to compare with what its owner publishes.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Root fingerprint that you trust (64 hexadecimal digits); a pack of another root is refused
    #[arg(long, value_name = "HEX", value_parser = hex::fingerprint)]
    root: Vec<[u8; 32]>,
    /// Reckon ages from this time instead of now
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    at: Option<UnixTime>,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// Trust pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Shows the pack. The result is the exit status: 2 if the pack is refused.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.at.unwrap_or_else(clock::now);
    let mut out = io::stdout().lock();
    match load::pack(&arguments.file, &arguments.root) {
        Ok(pack) if arguments.json => writeln!(out, "{}", json::pack(&arguments.file, &pack, now))?,
        Ok(pack) => out.write_all(report::pack(&pack, now, arguments.lang).as_bytes())?,
        Err(refusal) => {
            tell(&format!("verifier: {}", refusal.sentence(arguments.lang)));
            if arguments.json {
                writeln!(out, "{}", json::refusal(&arguments.file, refusal.reason, arguments.lang))?;
            }
            return Ok(refusal.reason.exit_status());
        }
    }
    out.flush()?;
    Ok(0)
}

const AFTER_HELP: &str = "\
Exit status: 0 if the pack is sound, 2 if it is refused or cannot be read.

Example:
  verifier trust show benin.sceau";
