//! `verifier trust show`: owner, dates, roots, authorities, keys and status lists of a pack.

mod json;
mod report;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use credential_core::{Pack, UnixTime};

use crate::hex;
use crate::language::Language;
use crate::{clock, load, safe, tell};

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
    /// Show what a store holds, each country in its turn
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    store: Option<PathBuf>,
    /// Trust pack
    #[arg(value_name = "FILE", required_unless_present = "store")]
    file: Option<PathBuf>,
}

/// Shows the pack. The result is the exit status: 2 if the pack is refused.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.at.unwrap_or_else(clock::now);
    let (path, packs) = match (&arguments.store, &arguments.file) {
        (Some(folder), _) => (folder.as_path(), held(folder, arguments)),
        (None, Some(file)) => {
            (file.as_path(), load::pack(file, &arguments.root).map(|pack| vec![(file.clone(), pack)]))
        }
        (None, None) => return Ok(2),
    };
    let mut out = io::stdout().lock();
    match packs {
        Ok(packs) => {
            for (at, (file, pack)) in packs.iter().enumerate() {
                match arguments.json {
                    true => writeln!(out, "{}", json::pack(file, pack, now))?,
                    false => {
                        let between = if at > 0 { "\n\n" } else { "" };
                        write!(out, "{between}{}", report::pack(pack, now, arguments.lang))?;
                    }
                }
            }
        }
        Err(refusal) => {
            tell(&format!("verifier: {}", refusal.sentence(arguments.lang)));
            if arguments.json {
                writeln!(out, "{}", json::refusal(path, refusal.why, arguments.lang))?;
            }
            return Ok(2);
        }
    }
    out.flush()?;
    Ok(0)
}

/// What a store holds; where a generation is lost, that is said.
fn held(folder: &Path, arguments: &Arguments) -> Result<Vec<(PathBuf, Pack)>, load::Refusal> {
    let held = load::held(folder, &arguments.root)?.anchors;
    for one in held.iter().filter(|one| one.recovered) {
        let folder = safe::escaped(&one.folder.to_string_lossy());
        tell(&format!("verifier: {folder}:{}", &load::recovered(arguments.lang)[1..]));
    }
    Ok(held.into_iter().map(|one| (one.folder, one.pack)).collect())
}

const AFTER_HELP: &str = "\
Exit status: 0 if the pack is sound, 2 if it is refused or cannot be read.

Examples:
  verifier trust show --store ~/sceau
  verifier trust show benin.sceau";
